"""Footnotes and comments of the page against those of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from reportkit.audit.entries import FootnoteEntry
from reportkit.audit.places import Map
from reportkit.audit.report import Difference

_REACH = 4  # characters between a number and the mark of its note: a unit mark, a closing bracket


def check_notes(places: Map) -> Iterator[Difference]:
    """Yield footnotes whose mark stands elsewhere, that say something else, or that lead to another note."""
    body, ledger = places.page.body, places.ledger
    entries = list(ledger.of(FootnoteEntry))
    for number, (entry, note) in enumerate(zip_longest(entries, body.notes), start=1):
        if entry is None:
            where = places.name(body, note[0])
            yield Difference("note", where, "台帳にない脚注があります", "", _text(places, note[1]))
            continue
        if note is None:
            yield Difference("note", f"脚注 {number}", "脚注がありません", entry.text)
            continue
        where = places.name(body, note[0])
        found = _text(places, note[1])
        if _words(found) != _words(entry.text):
            yield Difference("note", where, f"脚注 {number} が別の注を指すか、言葉が違います", entry.text, found)
        yield from _after(places, entry, note[0], where)


def _after(places: Map, entry: FootnoteEntry, at: int, where: str) -> Iterator[Difference]:
    place = places.ledger.places.get(entry.after)
    marks = places.marks.get(place.bookmark, []) if place is not None else []
    if place is None or not marks or marks[0][0] is not places.page.body:
        return
    end = marks[0][1].end
    body = places.page.body
    between = body.text[end:at] if at >= end else None
    if (
        between is None
        or "\n" in between
        or any(
            end <= mark.start and mark.end <= at and mark.start < mark.end and mark.name.startswith("_rk")
            for mark in body.bookmarks
        )
        or len(between) > _REACH
    ):
        what = "脚注の印が、台帳の数値の後にありません"
        yield Difference("note", where, what, f"{place.text} の後", "" if between is None else between)


def check_comments(places: Map) -> Iterator[Difference]:
    """Yield comments that are gone, say something else than their finding, or stand at another number."""
    body, ledger = places.page.body, places.ledger
    marks = {mark.name: mark for mark in body.comments}
    for finding in ledger.findings:
        if not finding.comment:
            continue
        story = places.page.comments.get(finding.comment)
        if story is None or finding.comment not in marks:
            yield Difference("comment", "コメント", "指摘のコメントがありません", finding.message)
            continue
        mark = marks[finding.comment]
        where = places.name(body, mark.start)
        if _words(finding.message) not in _words(story.text):
            yield Difference(
                "comment", where, "コメントの言葉が台帳の指摘と違います", finding.message, story.text.strip()
            )
        concerned = ledger.resting_on(finding.facts)  # also what was computed from a doubtful number
        ours = {place.bookmark for number in concerned for place in ledger.printed(number)}
        near = [one for one in body.bookmarks if one.name in ours and one.start <= mark.end and mark.start <= one.end]
        if finding.facts and not near:
            facts = "、".join(ledger.fact(number).label for number in finding.facts[:3])
            yield Difference(
                "comment", where, "コメントが、指摘された数値の所にありません", facts, body.text[mark.start : mark.end]
            )


def _text(places: Map, identifier: str) -> str:
    story = places.page.footnotes.get(identifier)
    return "" if story is None else story.text.strip()


def _words(text: str) -> str:
    return "".join(text.split())
