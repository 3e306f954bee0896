"""Every bound number at its place: the mark is there, once, in order, with the words of the ledger.

And nothing is stuck to it that would make it another number: a sign, a digit, a magnitude, a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.audit.entries import Heading, Ledger, Place
from reportkit.audit.page import Mark, Story
from reportkit.audit.places import Map
from reportkit.audit.report import Difference

_OURS = re.compile(r"_rk\d+")
_SIGNS = "+-−–‐±▲△＋－"
# What turns a number into another one when it follows: digits, a decimal part, a magnitude, a unit.
_MORE = re.compile(r"\d|[.,．，]\d|[十百千万億兆割%％‰]")
_UNITS = re.compile(r"円|ドル|ユーロ|ポイント|倍|パーセント|時間|分間|秒|ヶ月|か月|[kKMB](?![a-z])")
_DIGITS = re.compile(r"\d")


def check_places(places: Map) -> Iterator[Difference]:
    """Yield what is wrong with the marks of the document, in the order of the ledger."""
    ledger = places.ledger
    before = -1
    for place in ledger.of(Place):
        marks = places.marks.get(place.bookmark, [])
        if not marks:
            where = _section_in_ledger(ledger, place)
            yield Difference(
                "place", where, "数値の印（ブックマーク）が失われています", place.text, "", _id(ledger, place)
            )
            continue
        if len(marks) > 1:
            story, mark = marks[1]
            what = "同じ数値の印（ブックマーク）が二つあります"
            yield Difference("place", places.name(story, mark.start), what, "", place.bookmark, _id(ledger, place))
        story, mark = marks[0]
        found = story.text[mark.start : mark.end]
        if _words(found) != _words(place.text):
            what = "数値が台帳と違います" if place.fact else "引用した資料の言葉が台帳と違います"
            where = places.name(story, mark.start)
            yield Difference("place", where, what, place.text, found.strip(), _id(ledger, place))
        else:
            yield from _neighbours(places, story, mark, place)
        if story is places.page.body:
            if mark.start < before:
                what = "数値の並びが台帳と違います（別の場所に移されています）"
                yield Difference("place", places.name(story, mark.start), what, "", found.strip(), _id(ledger, place))
            before = max(before, mark.start)
    known = {place.bookmark for place in ledger.of(Place)}
    for name in sorted(name for name in places.marks if _OURS.fullmatch(name) and name not in known):
        story, mark = places.marks[name][0]
        found = story.text[mark.start : mark.end]
        yield Difference("place", places.name(story, mark.start), "台帳にない数値の印があります", "", found)


def check_headings(places: Map) -> Iterator[Difference]:
    """Yield headings that are gone, changed or in another order."""
    body = places.page.body
    found = [heading for _, heading in places.headings]
    for heading in places.ledger.of(Heading):
        marks = [mark for story, mark in places.marks.get(heading.bookmark, ()) if story is body]
        if heading not in found:
            yield Difference("place", heading.text, "見出しがありません", heading.text)
        elif marks:
            text = body.text[marks[0].start : marks[0].end]
            if _DIGITS.findall(text) != _DIGITS.findall(heading.text):
                yield Difference("place", heading.text, "見出しの数字が台帳と違います", heading.text, text)
    if [heading.n for heading in found] != sorted(heading.n for heading in found):
        yield Difference("place", "見出し", "見出しの並びが台帳と違います", note=True)


def _neighbours(places: Map, story: Story, mark: Mark, place: Place) -> Iterator[Difference]:
    line = story.line_at(mark.start)
    if line is None or not place.text.strip():
        return
    before, after = story.text[line.start : mark.start], story.text[mark.end : line.end]
    stuck = _stuck_before(places, story, mark, place, before) or _stuck_after(place, after)
    if stuck:
        what = f"台帳の数値に「{stuck}」が接していて、別の数に読めます"
        found = f"{before[-6:]}{place.text}{after[:6]}".strip()
        yield Difference("place", places.name(story, mark.start), what, place.text, found, _id(places.ledger, place))


def _stuck_before(places: Map, story: Story, mark: Mark, place: Place, before: str) -> str:
    first = place.text[0]
    if not before:
        return ""
    if first.isnumeric() and (before[-1].isdigit() or re.search(r"\d[.,．，]$", before)):
        return before[-1]
    # A dash between two numbers makes a range of them; anywhere else a sign changes the number.
    if place.fact and (first.isdigit() or first in _SIGNS) and before[-1] in _SIGNS:
        ends = {one.end for one in story.bookmarks if _OURS.fullmatch(one.name) and one.start < one.end}
        return "" if mark.start - 1 in ends else before[-1]
    return ""


def _stuck_after(place: Place, after: str) -> str:
    match = _MORE.match(after) if place.text[-1].isdigit() else None
    if match is None and place.fact and _ends_as_number(place.text):
        match = _MORE.match(after) or _UNITS.match(after)
    return "" if match is None else match[0]


def _ends_as_number(text: str) -> bool:
    """Tell whether a number with at most its unit ends the text, so that one more unit would be wrong."""
    return re.search(r"\d\s*(?:[十百千万億兆]*(?:円|USD|ドル)?|[%％]|ポイント|倍)?$", text) is not None


def _words(text: str) -> str:
    return " ".join(text.split())


def _id(ledger: Ledger, place: Place) -> str:
    return ledger.fact(place.fact).id if place.fact else ""


def _section_in_ledger(ledger: Ledger, place: Place) -> str:
    index = ledger.items.index(place)
    return " › ".join(heading.text for heading in ledger.headings_of[index]) or "表紙"
