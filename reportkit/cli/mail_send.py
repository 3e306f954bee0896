"""`reportkit mail send`: the part that really sends, with the journal open."""

from __future__ import annotations

import datetime
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import click

from reportkit.base.errors import DeliveryError, Problem, ProjectError
from reportkit.cli import exits
from reportkit.cli.mail_batch import Batch, report_rest
from reportkit.delivery.channels import channel_of
from reportkit.delivery.journal import JournalWriter
from reportkit.delivery.passwords import find_password
from reportkit.delivery.sending import Clock, Sender, Sent
from reportkit.delivery.smtp import Connection

if TYPE_CHECKING:
    from reportkit.delivery.addresses import Address
    from reportkit.delivery.due import Person
    from reportkit.delivery.mailing import Server
    from reportkit.project.mail import Mail


def dispatch(
    mail: Mail, people: Sequence[Person], batch: Batch, *, yes: bool, dry_run: bool, redirect: Address | None
) -> int:
    """Send what is due, or only say what would be sent; returns the exit code."""
    first = mail.is_first_send and not yes and redirect is None
    report_rest(mail, people, batch.problems)
    incomplete = bool(mail.holds or batch.problems)
    if dry_run or (first and batch.parcels):
        _list_parcels(batch)
        if first and batch.parcels:
            click.echo("この宛先に送るのは初めてなので、まだ送っていません。よければ --yes を付けてください")
            incomplete = incomplete or not dry_run
        return exits.DELIVERY if incomplete else 0
    if not batch.parcels:
        click.echo("いま送るものはありません")
        return exits.DELIVERY if incomplete else 0
    server = _server(mail)
    connect = partial(channel_of(server), server, find_password(server, os.environ))
    if redirect is not None:
        return _send(mail, server, connect, batch, None) or (exits.DELIVERY if incomplete else 0)
    with JournalWriter(mail.sent_folder, _now_text) as journal:
        if journal.read() != mail.journal:
            fix = "もう一度実行してください"
            raise DeliveryError(Problem("準備の間に、別の reportkit が送信しました", fix, str(mail.sent_folder)))
        mail.keep_documents(item for parcel in batch.parcels for item in parcel.message.items)
        journal.approval(mail.mailing.name, {parcel.message.to for parcel in batch.parcels})
        return _send(mail, server, connect, batch, journal) or (exits.DELIVERY if incomplete else 0)


def _server(mail: Mail) -> Server:
    server = mail.mailing.server
    if server is None:
        fix = '[smtp] の表に host = "…" と user = "…" を書いてください（書き方は docs/mail.md）'
        raise ProjectError(Problem("メールサーバーの設定がありません", fix, str(mail.mailing.path)))
    return server


def _send(
    mail: Mail, server: Server, connect: Callable[[], Connection], batch: Batch, journal: JournalWriter | None
) -> int:
    envelope = (server.envelope or mail.mailing.sender).wire
    clock = Clock(lambda: datetime.datetime.now().astimezone(), time.monotonic, time.sleep)
    stop = _Stop()
    sender = Sender(server, envelope, connect, journal, clock, stop, _tell_pause)
    outcomes: dict[str, Sent] = {}
    error: DeliveryError | None = None
    with (
        stop,
        click.progressbar(
            length=len(batch.parcels), label="送信中", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as progress,
    ):
        try:
            for sent in sender.send(batch.parcels):
                outcomes[sent.parcel.message.id] = sent
                if sent.final:
                    progress.update(1)
        except DeliveryError as caught:
            error = caught
    _report(outcomes, batch, stop)
    if error is not None:
        raise error
    return 0 if all(sent.outcome.state == "sent" for sent in outcomes.values()) and not stop.asked else exits.DELIVERY


def _tell_pause(seconds: float, waiting: int) -> None:
    click.echo(f"\n{waiting} 通がまだ送れていません。{seconds:g} 秒後にもう一度試します（Ctrl-C で止めます）", err=True)


def _report(outcomes: dict[str, Sent], batch: Batch, stop: _Stop) -> None:
    states = [sent.outcome.state for sent in outcomes.values()]
    count = states.count("sent")
    click.echo(f"{count} 通を送りました")
    for sent in outcomes.values():
        outcome, message = sent.outcome, sent.parcel.message
        who = f"{message.name} <{message.address}>"
        match outcome.state:
            case "refused":
                click.echo(f"拒否：{who}：{outcome.reply}", err=True)
            case "unknown":
                click.echo(f"不明：{who}：届いたか分かりません（{outcome.reply}）", err=True)
            case "pending":
                click.echo(f"未送信：{who}：{outcome.reply}", err=True)
            case _:
                pass
    waiting = len(batch.parcels) - len(outcomes) + states.count("pending")
    if waiting:
        why = "中断したため" if stop.asked else "一時的な障害のため"
        click.echo(
            f"{waiting} 通は{why}まだ送っていません。もう一度 reportkit mail send を実行すると送ります", err=True
        )
    if "unknown" in states:
        click.echo(
            "不明のものは、届いたか相手に確かめて reportkit mail resolve アドレス --as sent（または not-sent）",
            err=True,
        )


def _list_parcels(batch: Batch) -> None:
    for parcel in batch.parcels:
        letter = parcel.letter
        click.echo(f"{letter.to}\n  件名：{letter.subject}")
        files = "、".join(file.name for file in letter.attachments)
        click.echo(f"  添付：{files}（全体で {parcel.size / 1_000_000:.1f} MB）")
    click.echo(f"送るメール：{len(batch.parcels)} 通")


def _now_text() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


class _Stop:
    """Ctrl-C ends a batch between two messages; a second one ends the program at once."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def __enter__(self) -> _Stop:
        try:
            self._old = signal.signal(signal.SIGINT, self._note)
        except ValueError:  # not in the main thread: somebody else decides about signals
            self._old = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._old is not None:
            signal.signal(signal.SIGINT, self._old)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        click.echo("いまの一通を終えてから止めます（もう一度 Ctrl-C ですぐに止めます）", err=True)
