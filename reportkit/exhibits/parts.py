"""The pieces that tables and charts are made of: words, facts with their marks, source lines and notes.

Marks stand behind a value in tables and are explained under the table, but only those that occur in it:
† imputed by the survey, ‡ shared with other industries, § value of a coarser group, ※ a finding concerns it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import sqrt
from typing import Any

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Quote
from reportkit.document.inline import FactRef, Inline, Quoted, Text
from reportkit.document.table import Align, Emphasis, TableCell
from reportkit.views.citations import Citation
from reportkit.views.facts import COARSER, DOUBTFUL, IMPUTED, SPREAD

Inlines = tuple[Inline, ...]
NOT_ASKED = "–"
_MOST_TITLES = 2  # more titles make a 出典 line that nobody reads; the appendix lists them all
_KEPT_HEADS = 512
_KEPT_SOURCE_LINES = 64  # one briefing at a time asks for the same few again and again
_MARKS: dict[str, tuple[str, str]] = {
    IMPUTED: ("†", "回答者が少ないため、報告書が平均値で補った値"),
    SPREAD: ("‡", "報告書が複数の業種に一行で示した値"),
    COARSER: ("§", "より大きな業種区分の値"),
    DOUBTFUL: ("※", "データの点検で指摘のある値"),
}


def inlines(*parts: str | Fact | Quote | Inline) -> Inlines:
    """Return parts of a line: our own words as str (never digits), facts, quotes, and inlines as they are."""
    if len(parts) == 1:  # most cells
        part = parts[0]
        make = _INLINE_OF.get(type(part))
        return (make(part) if make else part,)  # type: ignore[return-value]
    return tuple([make(part) if (make := _INLINE_OF.get(type(part))) else part for part in parts])  # type: ignore[misc]


_INLINE_OF: dict[type, Callable[[Any], Inline]] = {
    str: Text,
    Fact: FactRef,
    Quote: lambda quote: Quoted(quote.text, quote.origin),
}


def named(text: str) -> Quoted:
    """Return a name of the sources (a sector, a function, an answer), which may hold digits of its own."""
    return Quoted(text)


def cell(
    *parts: str | Fact | Quote | Inline,
    align: Align = "left",
    emphasis: Emphasis = "",
    shade: float | None = None,
    span: int = 1,
    rows: int = 1,
) -> TableCell:
    """Return a cell of one line."""
    return TableCell((inlines(*parts),), align, shade, emphasis, span, rows)


DASH = cell(NOT_ASKED, emphasis="muted")  # the cell of what a source does not say


@lru_cache(_KEPT_HEADS)
def head(*parts: str | Inline, align: Align = "center", span: int = 1, rows: int = 1) -> TableCell:
    """Return a heading cell; the same one for the same words, for most documents have the same headings."""
    return cell(*parts, align=align, span=span, rows=rows)


def fact_cell(
    fact: Fact | None, *, align: Align = "right", emphasis: Emphasis = "", shade: float | None = None
) -> TableCell:
    """Return the fact with its marks; a dash for what was not asked."""
    if fact is None:
        return cell(NOT_ASKED, align=align, emphasis=emphasis or "muted")
    if not fact.flags:
        return TableCell(((FactRef(fact),),), align, shade, emphasis)
    return cell(fact, *marks_of(fact), align=align, emphasis=emphasis, shade=shade)


def list_cell(lines: Iterable[Inlines], *, emphasis: Emphasis = "") -> TableCell:
    """Return a cell with one list item for each line; a dash when there is none."""
    items = tuple(lines)
    if not items:
        return DASH
    return TableCell(items, emphasis=emphasis, bullets=len(items) > 1)


def mark_text(*facts: Fact | None) -> str:
    """Return the marks of the facts' flags, in the order of the legend; for labels in charts."""
    flags = {flag for fact in facts if fact is not None for flag in fact.flags}
    if not flags:
        return ""
    return "".join(mark for flag, (mark, _) in _MARKS.items() if flag in flags)


def marks_of(fact: Fact) -> Inlines:
    """Return the marks of a fact's flags, in the order of the legend."""
    marks = mark_text(fact)
    return (Text(marks),) if marks else ()


def doubt_mark(fact: Fact) -> str:
    """Return the mark of a number that a finding concerns, "" for the others."""
    return _MARKS[DOUBTFUL][0] if DOUBTFUL in fact.flags else ""


def doubt_note(explained_in: str) -> str:
    """Return the note that explains this mark. explained_in: the chapter that has the findings, "" when none does."""
    mark, meaning = _MARKS[DOUBTFUL]
    return f"{mark} {meaning}。" + (f"内容は{explained_in}を参照。" if explained_in else "")


def mark_notes(facts: Iterable[Fact | None]) -> tuple[Inlines, ...]:
    """Return one note that explains the marks which occur on these facts; () when none does."""
    flags = {flag for fact in facts if fact is not None for flag in fact.flags}
    told = [f"{mark} {meaning}" for flag, (mark, meaning) in _MARKS.items() if flag in flags]
    return ((Text("。".join(told) + "。"),),) if told else ()


def finding_notes(findings: Sequence[Finding], most: int = 4) -> tuple[Inlines, ...]:
    """Return the messages of the findings as notes, at most `most`; the rest stand in the appendix."""
    notes: tuple[Inlines, ...] = tuple(
        (Text("※ "), Quoted(finding.message, finding.origin)) for finding in findings[:most]
    )
    if len(findings) > most:
        notes += ((Text("※ このほかの指摘は付録のデータに関する注記に示す。"),),)
    return notes


@lru_cache(_KEPT_SOURCE_LINES)
def source_line(*citations: Citation | Quote | None, computed: bool = False) -> Inlines:
    """Return the 出典 line: each publication once, with its table or two; `computed` says that we computed from them.

    () without citation.
    """
    known = [
        Citation(citation) if isinstance(citation, Quote) else citation
        for citation in citations
        if citation is not None
    ]
    publications = {citation.publication.text: citation.publication for citation in known}
    if not publications:
        return ()
    line: list[Inline] = [Text("出典：")]
    for index, (text, quote) in enumerate(publications.items()):
        if index:
            line.append(Text("、"))
        line.append(Quoted(text, quote.origin))
        titles = dict.fromkeys(citation.title for citation in known if citation.publication.text == text)
        for title in filter(None, titles if len(titles) <= _MOST_TITLES else ()):
            line += [Text("「"), Quoted(title), Text("」")]
    if computed:
        line.append(Text("をもとに作成"))
    return tuple(line)


def share_of_scale(value: float, largest: float) -> float:
    """Return the place of a value on the heat scale, 0 to 1; by the square root, so that small cells still differ."""
    if largest <= 0 or value <= 0:
        return 0.0
    return round(min(1.0, sqrt(value / largest)), 4)
