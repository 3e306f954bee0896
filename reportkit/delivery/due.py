"""Who is due for what: the wishes of people, the briefings there are, and the journal of what went out.

Nobody is due for facts that he or she has already, nor for those of which nobody knows whether they arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from reportkit.delivery.briefing import MailBriefing
from reportkit.delivery.journal import Item, Journal, Message
from reportkit.delivery.mailing import EDITIONS, Edition, MailingList, Recipient

Key = tuple[str, Edition]  # id of a subject, and which edition of its document

# due: to be sent. same: nothing changed since the last issue. sent: these very facts went out with this issue.
# unknown: a message with them may have arrived. refused: the server refused it. closed: the address was refused.
# missing: there is no such document. edition: there is, but in the other edition (comments of a review are not for
# readers). held: the document must not be sent as it is.
Standing = Literal["due", "same", "sent", "unknown", "refused", "closed", "missing", "edition", "held"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One briefing for one person. last: what the person got of it before; message: what stands in the way."""

    subject: str
    standing: Standing
    briefing: MailBriefing | None = None
    last: tuple[Message, Item] | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient with everything that he or she asked for."""

    recipient: Recipient
    claims: tuple[Claim, ...]

    @property
    def due(self) -> tuple[Claim, ...]:
        """Return what is to be sent now."""
        return tuple(claim for claim in self.claims if claim.standing == "due")


def claims_of(
    mailing: MailingList,
    journal: Journal,
    briefings: Mapping[Key, MailBriefing],
    held: frozenset[Key] = frozenset(),
    is_changed: Callable[[Item, MailBriefing], bool] = lambda _item, _briefing: True,
) -> tuple[Person, ...]:
    """Return every person of the list with what is due to them and what is not.

    briefings: by subject id and edition. held: those that must not be sent now. is_changed: whether a briefing says
    other numbers than the one that a person got; asked only when the digests of their facts differ.
    """
    desk = _Claims(journal, briefings, held, is_changed)
    return tuple(
        Person(recipient, tuple(desk.claim(recipient, subject) for subject in recipient.subjects))
        for recipient in mailing.recipients
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    journal: Journal
    briefings: Mapping[Key, MailBriefing]
    held: frozenset[Key]
    is_changed: Callable[[Item, MailBriefing], bool]

    def claim(self, recipient: Recipient, subject: str) -> Claim:
        history = self.journal.to(recipient.address.key)
        last = last_sent(history, subject)
        key = (subject, recipient.edition)
        briefing = self.briefings.get(key)
        if briefing is None:
            other = any((subject, edition) in self.briefings for edition in EDITIONS)
            return Claim(subject, "edition" if other else "missing", None, last)
        if briefing.edition != recipient.edition:
            return Claim(subject, "edition", briefing, last)
        standing, message = _standing(recipient, briefing, history, last)
        if standing == "due" and last and recipient.when == "changed" and not self.is_changed(last[1], briefing):
            standing, message = "same", last[0]
        if standing == "due" and key in self.held:
            standing = "held"
        return Claim(subject, standing, briefing, last, message)


def last_sent(history: tuple[Message, ...], subject: str) -> tuple[Message, Item] | None:
    """Return the newest message that brought this subject, and its entry for it."""
    arrived = [(message, item) for message in history for item in message.items if item.subject == subject]
    return max((each for each in arrived if each[0].state == "sent"), key=lambda each: each[0].at, default=None)


def _standing(
    recipient: Recipient, briefing: MailBriefing, history: tuple[Message, ...], last: tuple[Message, Item] | None
) -> tuple[Standing, Message | None]:
    for message in reversed(history):
        if message.state == "refused" and message.step == "rcpt":
            return "closed", message
        for item in message.items:
            if item.subject != briefing.id or item.digest != briefing.digest:
                continue
            same_issue = item.issue == briefing.issue
            if message.state == "unknown" and (same_issue or recipient.when == "changed"):
                return "unknown", message
            if message.state == "refused" and same_issue:
                return "refused", message
            if message.state == "sent" and same_issue:
                return "sent", message
    if last is not None and last[1].digest == briefing.digest and recipient.when == "changed":
        return "same", last[0]
    return "due", None


def is_first_send(mailing: MailingList, journal: Journal, people: tuple[Person, ...]) -> bool:
    """Tell whether nobody has agreed yet to send to these people: fewer than half of those due were in the list then.

    So a list that was exchanged, a journal that was deleted, and a table that grew tenfold by mistake all ask first.
    """
    due = {person.recipient.address.key for person in people if person.due}
    approved = journal.approved.get(mailing.name, frozenset())
    return bool(due) and 2 * len(due & approved) < len(due)
