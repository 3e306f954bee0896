"""What the templates of `templates/mail/` see: a person, the briefings of this mail, and what changed in them."""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.text import printable
from reportkit.delivery.briefing import Change
from reportkit.delivery.due import Claim
from reportkit.delivery.mailing import Language, MailingList, Recipient
from reportkit.document.inline import Inline, LineBreak, Quoted, plain_text
from reportkit.sections.slots import Fragment, Passage

MOST_CHANGES = 5
_DOUBT = "※"
_MOST_CHARTS = 3  # briefings in one mail up to which each shows its chart
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class BriefingView:
    """One briefing in the mail.

    issue, date, previous_issue, previous_date: in words of the mail's language.
    lead: may be printed inside a line; figures, chart: stand on a line of their own; each None when there is none.
    is_doubtful: the lead prints a number that the checks of the data doubt, with its mark.
    is_first: the person gets this subject for the first time. comparable: what the person had before is at hand.
    changes: at most five; change_count: all of them, in words; more: how many are left out, in words, or "".
    """

    title: str
    subtitle: str
    issue: str
    date: str
    vintage: str
    lead: Fragment | None
    figures: Passage | None
    chart: Passage | None
    is_doubtful: bool
    is_first: bool
    comparable: bool
    previous_issue: str
    previous_date: str
    changes: tuple[Change, ...]
    change_count: str
    more: str


@dataclass(frozen=True, slots=True)
class MailView:
    """One mail. count: of its briefings, in words. part: `1/2` when it had to be split. files: names of attachments.

    signature: may be printed inside a line, None when there is none.
    """

    person: str
    honorific: str
    sender: str
    mailing: str
    briefings: tuple[BriefingView, ...]
    count: str
    files: tuple[str, ...]
    signature: Fragment | None
    part: str = ""

    @property
    def is_single(self) -> bool:
        """Tell whether the mail brings one briefing."""
        return len(self.briefings) == 1


def mail_view(
    mailing: MailingList,
    recipient: Recipient,
    claims: tuple[Claim, ...],
    changes: tuple[tuple[Change, ...] | None, ...],
    files: tuple[str, ...],
    part: str = "",
) -> MailView:
    """Return the view of a mail. changes: for each claim what changed, None when that cannot be told."""
    language = recipient.language
    with_charts = len(claims) <= _MOST_CHARTS
    return MailView(
        person=recipient.name,
        honorific=recipient.honorific,
        sender=mailing.sender.name or mailing.sender.wire,
        mailing=mailing.name,
        briefings=tuple(
            _briefing(claim, found, language, with_charts) for claim, found in zip(claims, changes, strict=True)
        ),
        count=_counted(len(claims), "件", "briefing", language),
        files=files,
        signature=_lines(mailing.signature),
        part=part,
    )


def _briefing(claim: Claim, changes: tuple[Change, ...] | None, language: Language, with_charts: bool) -> BriefingView:
    briefing = claim.briefing
    if briefing is None:
        raise ValueError(claim.subject)
    last = claim.last[1] if claim.last else None
    found = changes or ()
    left_out = len(found) - MOST_CHANGES
    return BriefingView(
        title=briefing.title,
        subtitle=briefing.subtitle,
        issue=_issue(briefing.issue, language),
        date=_date(briefing.date, language),
        vintage=briefing.vintage,
        lead=_fragment(briefing.lead),
        figures=Passage((briefing.figures,)) if briefing.figures else None,
        chart=Passage((briefing.chart,)) if briefing.chart and with_charts else None,
        is_doubtful=_DOUBT in plain_text(briefing.lead),
        is_first=last is None,
        comparable=changes is not None,
        previous_issue=_issue(last.issue, language) if last else "",
        previous_date=_date(last.date, language) if last else "",
        changes=found[:MOST_CHANGES],
        change_count=_counted(len(found), "件", "change", language),
        more=_counted(left_out, "件", "more", language) if left_out > 0 else "",
    )


def _fragment(inlines: tuple[Inline, ...]) -> Fragment | None:
    return Fragment(inlines) if inlines else None


def _lines(lines: tuple[str, ...]) -> Fragment | None:
    parts: list[Inline] = []
    for line in lines:
        parts += [LineBreak(), Quoted(printable(line))] if parts else [Quoted(printable(line))]
    return Fragment(tuple(parts)) if parts else None


def _issue(number: int, language: Language) -> str:
    return f"第{number}号" if language == "ja" else f"No. {number}"


def _counted(number: int, unit: str, word: str, language: Language) -> str:
    if language == "ja":
        return f"{number}{unit}"
    return f"{number} {word}" if number == 1 or word == "more" else f"{number} {word}s"


def _date(iso: str, language: Language) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日" if language == "ja" else f"{day} {_MONTHS[month - 1]} {year}"
