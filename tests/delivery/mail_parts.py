"""A mailing list, a briefing and makers for tests of delivery, all 架空; nothing is drawn, nothing is converted."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.delivery.addresses import read_address
from reportkit.delivery.briefing import Change, MailBriefing, Makers
from reportkit.delivery.due import Person, claims_of
from reportkit.delivery.journal import read_journal
from reportkit.delivery.letters import Desk, Parcel
from reportkit.delivery.mailing import MailingList, Recipient, Server
from reportkit.document.block import Block, KeyFigure, KeyFigures
from reportkit.document.chart import Chart, Series
from reportkit.document.inline import FactRef, Text
from reportkit.project.templates import builtin_templates
from reportkit.render.html import charts_in, write_html
from reportkit.render.plain import write_plain
from reportkit.sections.folders import TemplateFolders
from reportkit.sections.render import render_template

TEMPLATES = TemplateFolders((builtin_templates(),))
# A picture of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf"
    "50000003030101b4d8c9f10000000049454e44ae426082"
)
JAPAN = datetime.timezone(datetime.timedelta(hours=9))
NOW = datetime.datetime(2026, 4, 2, 10, 30, tzinfo=JAPAN)


def fact(text: str, value: int = 1) -> Fact:
    return Fact(f"test/{text}", "架空の数値", Quantity(text, value=Decimal(value)), text)


def chart(name: str = "effects") -> Chart:
    return Chart(
        name, "bar", (Text("架空の効果"),), "架空の効果の棒グラフ。", ("効果",), (Series("効果", (fact("5件", 5),)),)
    )


def briefing(subject: str = "sector/医療", **changes: object) -> MailBriefing:
    """Return a briefing about 医療, or what `changes` say."""
    made = MailBriefing(
        id=subject,
        title=subject.rpartition("/")[2],
        subtitle="生成AIの経済インパクト",
        issue=1,
        date="2026-04-01",
        vintage="調査 2024年3月",
        digest="a" * 64,
        docx=b"PK\x03\x04" + subject.encode() + bytes(range(256)),
        lead=(Text("効果は"), FactRef(fact("5件", 5)), Text("である。")),
        figures=KeyFigures((KeyFigure((Text("効果"),), (FactRef(fact("5件", 5)),), (Text("全産業の一部"),)),)),
        chart=chart(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def recipient(address: str = "山田 太郎 <yamada@example.jp>", **changes: object) -> Recipient:
    made = Recipient(read_address(address), "様", ("sector/医療",), place="mail.toml:3")
    return replace(made, **changes)  # type: ignore[arg-type]


def mailing(*recipients: Recipient, **changes: object) -> MailingList:
    made = MailingList(
        name="月次報告",
        sender=read_address("架空総研 調査部 <report@example.jp>"),
        recipients=recipients or (recipient(),),
        reply_to=read_address("desk@example.jp"),
        signature=("架空総研 調査部", "desk@example.jp"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def many(count: int) -> MailingList:
    """Return a list of that many people, one of them with an internationalised domain."""
    people = [recipient(f"第{number}課 <person{number}@example.jp>") for number in range(1, count)]
    return mailing(*people, recipient("髙﨑 <takasaki@例え.jp>"))


def makers(changes: tuple[Change, ...] = (), pdf: bytes = b"%PDF-1.7 test") -> Makers:
    def note(name: str, view: object) -> tuple[Block, ...]:
        return render_template(TEMPLATES, name, view, {})

    def found(_old: bytes, _new: bytes) -> tuple[Change, ...]:
        return changes

    return Makers(write_html, write_plain, charts_in, lambda _chart: PNG, lambda _briefing: pdf, found, note)


def people(
    mailing_list: MailingList, folder: Path, briefings: Sequence[MailBriefing] | None = None
) -> tuple[Person, ...]:
    """Return what is due by the journal in `folder`."""
    known = {(each.id, each.edition): each for each in (briefings if briefings is not None else (briefing(),))}
    return claims_of(mailing_list, read_journal(folder), known)


def parcels(
    mailing_list: MailingList,
    folder: Path,
    briefings: Sequence[MailBriefing] | None = None,
    changes: tuple[Change, ...] = (),
) -> tuple[Parcel, ...]:
    """Return everything that is due as letters."""
    desk = Desk(mailing_list, makers(changes), read_journal(folder), folder)
    return tuple(parcel for person in people(mailing_list, folder, briefings) for parcel in desk.parcels(person))


def local(port: int, **changes: object) -> Server:
    """Return a server on this machine that is not waited for."""
    made = Server("127.0.0.1", port, "none", per_minute=100_000, pauses=(0.0, 0.0), timeout=2)
    return replace(made, **changes)  # type: ignore[arg-type]
