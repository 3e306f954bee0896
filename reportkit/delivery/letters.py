"""From what is due to a person to letters: cover note, pictures, attachments, and what to do with too large ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from reportkit.base.errors import DeliveryError, Problem
from reportkit.delivery.addresses import Address
from reportkit.delivery.briefing import Change, MailBriefing, Makers
from reportkit.delivery.due import Claim, Person
from reportkit.delivery.journal import Item, Journal, Message
from reportkit.delivery.mailing import FileKind, MailingList, Recipient
from reportkit.delivery.mime import File, Letter, message_bytes
from reportkit.delivery.view import mail_view
from reportkit.document.block import Block, Heading, Paragraph
from reportkit.document.inline import plain_text

_MOST_REFERENCES = 10
_HOUR = datetime.time(9, 0)  # drafts carry the issue date, at nine in Japan
JAPAN = datetime.timezone(datetime.timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter with what the journal has to know about it. size: of the draft in bytes."""

    message: Message
    letter: Letter
    size: int

    @property
    def draft(self) -> bytes:
        """Return the letter as a draft: the date is that of the issue, a mail program opens it for sending."""
        return message_bytes(self.letter)

    def dated(self, date: datetime.datetime) -> bytes:
        """Return the letter as it is really sent: with the time of sending, and no mark of a draft."""
        return message_bytes(replace(self.letter, date=date, unsent=False))


class Desk:
    """Where letters are written. sent: the folder that keeps the documents that were sent, by digest.

    redirect: a mailbox that gets everything instead of the people, for trials.
    """

    def __init__(
        self, mailing: MailingList, makers: Makers, journal: Journal, sent: Path, redirect: Address | None = None
    ) -> None:
        self.mailing, self.makers, self.journal, self.sent, self.redirect = mailing, makers, journal, sent, redirect
        self._changes: dict[tuple[str, str], tuple[Change, ...] | None] = {}

    def parcels(self, person: Person) -> tuple[Parcel, ...]:
        """Return what is due to a person: one letter, or several when the list says to split what is too large.

        Raises `DeliveryError` when it cannot be made small enough, `RenderError` when there is no PDF to be had,
        `TemplateError` for faulty templates.
        """
        if not person.due:
            return ()
        whole = self._parcel(person.recipient, person.due, person.recipient.files)
        if whole.size <= self.mailing.size_limit:
            return (whole,)
        return tuple(self._smaller(person.recipient, person.due, whole))

    def _smaller(self, recipient: Recipient, claims: tuple[Claim, ...], whole: Parcel) -> Iterator[Parcel]:
        limit = self.mailing.size_limit
        files = recipient.files
        if self.mailing.too_large == "pdf" and "docx" in files:
            files = ("pdf",)
            whole = self._parcel(recipient, claims, files)
            if whole.size <= limit:
                yield whole
                return
        if self.mailing.too_large == "refuse":
            raise _too_large(recipient, whole, limit)
        groups: list[tuple[Claim, ...]] = []
        held: tuple[Claim, ...] = ()
        for claim in claims:
            alone = self._parcel(recipient, (claim,), files)
            if alone.size > limit:
                raise _too_large(recipient, alone, limit)
            if held and self._parcel(recipient, (*held, claim), files).size > limit:
                groups.append(held)
                held = ()
            held = (*held, claim)
        groups.append(held)
        for number, group in enumerate(groups, start=1):
            yield self._parcel(recipient, group, files, f"{number}/{len(groups)}")

    def _parcel(
        self, recipient: Recipient, claims: tuple[Claim, ...], kinds: tuple[FileKind, ...], part: str = ""
    ) -> Parcel:
        briefings = [claim.briefing for claim in claims if claim.briefing is not None]
        attachments = self._attachments(briefings, kinds)
        items = tuple(briefing.item for briefing in briefings)
        message_id = _message_id(self.mailing, recipient.address, items)
        changes = tuple(map(self._changes_since, claims))
        names = tuple(file.name for file in attachments)
        view = mail_view(self.mailing, recipient, claims, changes, names, part)
        language = recipient.language
        subject = _first_line(self.makers.note(f"mail/subject.{language}.md.j2", view))
        blocks = self.makers.note(f"mail/note.{language}.md.j2", view)
        pictures = tuple(
            File(f"chart{number}.png", self.makers.draw(chart), f"chart{number}.{message_id}")
            for number, chart in enumerate(self.makers.charts(blocks), start=1)
        )
        trial = self.redirect is not None
        letter = Letter(
            id=f"trial.{message_id}" if trial else message_id,
            date=datetime.datetime.combine(
                datetime.date.fromisoformat(max(briefing.date for briefing in briefings)), _HOUR, JAPAN
            ),
            sender=self.mailing.sender,
            to=self.redirect or recipient.address,
            subject=f"［試送：{recipient.address}］{subject}" if trial else subject,
            html=self.makers.html(blocks, subject, language, [f"cid:{picture.id}" for picture in pictures]),
            plain=self.makers.plain(blocks),
            reply_to=self.mailing.reply_to,
            pictures=pictures,
            attachments=attachments,
            references=() if trial else self._references(recipient),
            unsent=True,
            note=str(recipient.address) if trial else "",
        )
        message = Message(
            message_id, self.mailing.name, recipient.address.key, recipient.address.wire, recipient.name, items
        )
        return Parcel(message, letter, len(message_bytes(letter)))

    def _attachments(self, briefings: list[MailBriefing], kinds: tuple[FileKind, ...]) -> tuple[File, ...]:
        files: list[File] = []
        taken: set[str] = set()
        for briefing in briefings:
            for kind in kinds:
                name = _free_name(briefing.file_name(kind), taken)
                files.append(File(name, briefing.docx if kind == "docx" else self.makers.pdf(briefing)))
        return tuple(files)

    def _changes_since(self, claim: Claim) -> tuple[Change, ...] | None:
        """Return what changed since the issue that this person got; None when that document is not kept any more."""
        if claim.last is None or claim.briefing is None:
            return ()
        old = claim.last[1].document
        key = (old, claim.subject)
        if key not in self._changes:
            kept = document_path(self.sent, old)
            try:
                self._changes[key] = self.makers.changes(kept.read_bytes(), claim.briefing.docx)
            except OSError:
                self._changes[key] = None
        return self._changes[key]

    def _references(self, recipient: Recipient) -> tuple[str, ...]:
        sent = [
            message
            for message in self.journal.to(recipient.address.key)
            if message.list == self.mailing.name and message.state == "sent"
        ]
        ids = [message.id for message in sorted(sent, key=lambda message: message.at)]
        return tuple(ids if len(ids) <= _MOST_REFERENCES else [ids[0], *ids[1 - _MOST_REFERENCES :]])


def document_path(sent: Path, digest: str) -> Path:
    """Return where a document that was sent is kept."""
    return sent / "documents" / f"{digest}.docx"


def _message_id(mailing: MailingList, address: Address, items: tuple[Item, ...]) -> str:
    """Return the id of a message: the same for the same person, briefings, facts and issue, on any machine."""
    parts = [mailing.name, address.key, *(f"{item.subject}\t{item.digest}\t{item.issue}" for item in items)]
    return f"{sha256(chr(10).join(parts).encode()).hexdigest()[:32]}@{mailing.sender.ascii_domain}"


def _first_line(blocks: tuple[Block, ...]) -> str:
    words = [plain_text(block.content) for block in blocks if isinstance(block, Paragraph | Heading)]
    return words[0] if words else ""


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}"
    taken.add(free.casefold())
    return free


def _too_large(recipient: Recipient, parcel: Parcel, limit: int) -> DeliveryError:
    size = f"{parcel.size / 1_000_000:.1f} MB（上限 {limit / 1_000_000:g} MB）"
    names: Mapping[str, None] = dict.fromkeys(file.name for file in parcel.letter.attachments)
    what = f"{recipient.name} 宛てのメールが大きすぎます：{size}、{'、'.join(names)}"
    fix = "mail.toml の size-limit を上げるか、files を pdf に、too-large を split か pdf にしてください"
    return DeliveryError(Problem(what, fix, recipient.place))
