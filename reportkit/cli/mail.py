"""`reportkit mail`: drafts, preview, sending, what went to whom.

Exit code 0 when everything that was asked for happened; 4 when something that is due was not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import Problem, ProjectError
from reportkit.cli import exits
from reportkit.cli.commands import Decorated, Group, OneOf, out_option, seeds_option, settings_with
from reportkit.cli.layout import print_columns
from reportkit.cli.mail_batch import STANDINGS, Batch, missing, print_holds, report_rest

if TYPE_CHECKING:
    from reportkit.delivery.addresses import Address
    from reportkit.delivery.due import Person
    from reportkit.delivery.journal import Message
    from reportkit.project.mail import Mail

_OUTCOMES = {
    "sent": "送信しました",
    "pending": "まだ送れていません",
    "refused": "拒否されました",
    "unknown": "届いたか分かりません",
    "not-sent": "送っていません",
}


@click.group("mail", cls=Group)
def mail_group() -> None:
    """報告書をメールで送ります：下書き、確認、送信、記録。

    \b
    例：
      reportkit mail draft              誰に何を送るかを .eml の下書きにする
      reportkit mail send               送る（初めての相手には --yes が要る）
      reportkit mail status             誰に何号を送ったか
    """


def _options(command: Decorated) -> Decorated:
    for option in (
        click.option("--allow", metavar="NAME", multiple=True, help="保留の理由があっても送る報告書（何度でも）"),
        click.option("--only", metavar="WHO", multiple=True, help="この人だけ（名前かアドレス、何度でも）"),
    ):
        command = option(command)
    return out_option(seeds_option(_list_option(command)))


def _list_option(command: Decorated) -> Decorated:
    return click.option(
        "--list", "list_path", type=click.Path(path_type=Path), default=Path("mail.toml"), metavar="FILE",
        help="配信リスト（省くと mail.toml。CSV や Excel の表も使えます）",
    )(command)  # fmt: skip


@mail_group.command("draft")
@_options
def draft(**options: Any) -> int:
    """下書き（.eml）と一覧のページを out/mail に書き出します。何も送りません。

    \b
    例：
      reportkit mail draft
      reportkit mail draft --only yamada@example.jp
    """
    return _draft(_mail(options), options["only"])[1]


@mail_group.command("preview")
@_options
@click.option("--open/--no-open", "opens", default=True, help="ブラウザーで開くか、場所だけを表示するか")
def preview(opens: bool, **options: Any) -> int:
    """下書きを作り、ブラウザーで見せます。何も送りません。

    \b
    例：
      reportkit mail preview
    """
    page, code = _draft(_mail(options), options["only"])
    if opens and click.launch(page.resolve().as_uri()):
        click.echo(f"ブラウザーを開けませんでした。このファイルを開いてください：{page}", err=True)
    return code


@mail_group.command("send")
@_options
@click.option("--yes", is_flag=True, help="初めて送る相手にも送ります")
@click.option("--dry-run", is_flag=True, help="送らずに、送るものを表示します")
@click.option("--redirect", metavar="ADDRESS", help="全部をこのアドレスに送る試し（記録しません）")
def send(yes: bool, dry_run: bool, redirect: str | None, **options: Any) -> int:
    """期日の来たものを送ります。同じ内容を同じ人に二度送ることはありません。

    \b
    例：
      reportkit mail send --dry-run
      reportkit mail send --yes
      reportkit mail send --redirect watashi@example.jp
    """
    from reportkit.cli.mail_send import dispatch

    mail = _mail(options)
    target = _redirected(redirect)
    people = _chosen(mail, options["only"])
    return dispatch(mail, people, Batch.of(mail, people, target), yes=yes, dry_run=dry_run, redirect=target)


@mail_group.command("status")
@_options
def status(**options: Any) -> int:
    """誰に何号をいつ送ったか、誰に送る予定か、何が失敗したか。

    \b
    例：
      reportkit mail status
    """
    mail = _mail(options)
    people = _chosen(mail, options["only"])
    rows = [("宛先", "報告書", "送った号", "送った日", "いま")]
    for person in people:
        for claim in person.claims:
            title = claim.briefing.title if claim.briefing else claim.subject
            issue, sent = "-", "-"
            if claim.last is not None:
                message, item = claim.last
                issue, sent = f"第{item.issue}号", message.at[:10]
            rows.append((person.recipient.name, title, issue, sent, STANDINGS[claim.standing]))
    print_columns(rows)
    print_holds(mail)
    open_messages = [message for message in mail.journal.messages if message.state in {"unknown", "refused", "pending"}]
    if open_messages:
        click.echo()
        print_columns([_message_row(message) for message in open_messages])
    if any(message.state in {"unknown", "refused"} for message in open_messages):
        click.echo("届いたか確かめたら reportkit mail resolve アドレス --as sent（または not-sent）")
    return 0


@mail_group.command("resolve")
@click.argument("who", metavar="WHO...", nargs=-1, required=True)
@_options
@click.option(
    "--as", "outcome", type=OneOf(["sent", "not-sent"]), required=True, help="届いていたら sent、いなければ not-sent"
)
def resolve(who: tuple[str, ...], outcome: str, **options: Any) -> int:
    """届いたか不明なもの、拒否されたもの、手で送ったものを、どうなったか記録します。

    WHO はアドレスか名前です。not-sent にしたものは、次の send で送ります。

    \b
    例：
      reportkit mail resolve yamada@example.jp --as sent
    """
    from reportkit.project.mail_decisions import decide

    decided = decide(_mail(options), who, "sent" if outcome == "sent" else "not-sent")
    for message in decided:
        titles = "、".join(item.title or item.subject for item in message.items)
        click.echo(f"記録しました：{message.name}：{titles}：{_OUTCOMES[outcome]}")
    return 0


def _mail(options: dict[str, Any]) -> Mail:
    from reportkit.project.mail import Mail

    settings = settings_with(seeds=options["seeds"], out=options["out"])
    return Mail(settings, options["list_path"], options["allow"])


def _redirected(redirect: str | None) -> Address | None:
    from reportkit.delivery.addresses import AddressFault, read_address

    if redirect is None:
        return None
    try:
        return read_address(redirect)
    except AddressFault as fault:
        raise ProjectError(Problem(f"--redirect：{fault.what}", fault.fix)) from fault


def _chosen(mail: Mail, only: Sequence[str]) -> tuple[Person, ...]:
    from reportkit.project.mail_decisions import find_people

    return find_people(mail.people, only) if only else mail.people


def _draft(mail: Mail, only: Sequence[str]) -> tuple[Path, int]:
    from reportkit.delivery.drafts import INDEX, write_drafts

    people = _chosen(mail, only)
    batch = Batch.of(mail, people)
    notes = [
        *(f"{hold.name}：{'。'.join(hold.reasons)}" for hold in mail.holds),
        *map(str, batch.problems),
        *missing(people),
    ]
    write_drafts(mail.drafts_folder, batch.parcels, notes)
    page = mail.drafts_folder / INDEX
    click.echo(f"{len(batch.parcels)} 通の下書きを書き出しました：{mail.drafts_folder}（一覧：{page}）")
    report_rest(mail, people, batch.problems)
    return page, exits.DELIVERY if mail.holds or batch.problems else 0


def _message_row(message: Message) -> tuple[str, ...]:
    titles = "、".join(item.title or item.subject for item in message.items)
    return (message.name, message.address, titles, _OUTCOMES[message.state], message.reply)
