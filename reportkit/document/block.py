"""What a page is made of. A closed set: every renderer matches all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from reportkit.base.fact import Fact
from reportkit.document.chart import Chart
from reportkit.document.inline import Emphasis, FactRef, Inline, Link, Strong
from reportkit.document.provenance import NO_PROVENANCE, Provenance
from reportkit.document.table import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; the renderer numbers level 1 and 2 when `numbered` (an appendix is not)."""

    level: int
    content: tuple[Inline, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. role: body; lead = the sentence under a heading that says it all; note = smaller remark."""

    content: tuple[Inline, ...]
    role: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item, with sub-items."""

    content: tuple[Inline, ...]
    children: tuple[ListItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """A bulleted or numbered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A framed box with a title: what to know before using the numbers (注意), or what changed (変更)."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    tone: Literal["info", "warning"] = "info"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One tile: label, big number, one line of comparison under it."""

    label: tuple[Inline, ...]
    value: tuple[Inline, ...]
    comment: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Two to four tiles side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page."""


Block = Heading | Paragraph | ItemList | Box | KeyFigures | Table | Chart | PageBreak


@dataclass(frozen=True, slots=True)
class Issue:
    """What the cover and the footer say about this issue.

    date: ISO date of issue, passed in, never the clock. vintage: state of the data in words (`調査 2023年9月`).
    number: issue number, from 1.
    """

    date: str
    vintage: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing, ready to be rendered.

    kind: sector, case or overview. subject: canonical name or case id. organisation: who issues it, "" for nobody.
    keywords: for the core properties.
    front: "cover" = a page of its own; "masthead" = title and particulars on top of the first page (short briefings).
    contents_depth: levels of headings in the table of contents, 1 to 3.
    provenance: what the document can say about its sources.
    edition: "review" for those who check it, "reader" for everybody else.
    since: the issue that the change box compares with, 0 when there is none.
    """

    kind: str
    subject: str
    title: str
    subtitle: str
    issue: Issue
    blocks: tuple[Block, ...]
    organisation: str = ""
    keywords: tuple[str, ...] = ()
    front: Literal["cover", "masthead"] = "cover"
    contents_depth: int = 2
    provenance: Provenance = NO_PROVENANCE
    edition: Literal["reader", "review"] = "reader"
    since: int = 0

    def facts(self) -> tuple[Fact, ...]:
        """Return every fact that is printed or drawn, in reading order, one for each id and printed form."""
        found: dict[tuple[str, str], Fact] = {}
        for fact in _facts_of_blocks(self.blocks):
            found.setdefault((fact.id, fact.text), fact)
        return tuple(found.values())


def _facts_of_blocks(blocks: tuple[Block, ...]) -> Iterator[Fact]:
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield from _facts_of_inlines(content)
            case ItemList(items=items):
                yield from _facts_of_items(items)
            case Box(title=title, blocks=inner):
                yield from _facts_of_inlines(title)
                yield from _facts_of_blocks(inner)
            case KeyFigures(figures=figures):
                for figure in figures:
                    yield from _facts_of_inlines(figure.label + figure.value + figure.comment)
            case Table() | Chart():
                yield from _facts_of_exhibit(block)
            case PageBreak():
                pass


def _facts_of_exhibit(exhibit: Table | Chart) -> Iterator[Fact]:
    yield from _facts_of_inlines(exhibit.caption)
    match exhibit:
        case Chart():
            yield from exhibit.facts()
        case Table(header=header, body=body):
            lines = (line for row in header + body for cell in row for line in cell.lines)
            yield from _facts_of_lines(lines)
    yield from _facts_of_inlines(exhibit.source)
    yield from _facts_of_lines(exhibit.notes)


def _facts_of_lines(lines: Iterable[tuple[Inline, ...]]) -> Iterator[Fact]:
    for line in lines:
        yield from _facts_of_inlines(line)


def _facts_of_items(items: tuple[ListItem, ...]) -> Iterator[Fact]:
    for item in items:
        yield from _facts_of_inlines(item.content)
        yield from _facts_of_items(item.children)


def _facts_of_inlines(inlines: tuple[Inline, ...]) -> Iterator[Fact]:
    for inline in inlines:
        match inline:
            case FactRef(fact):
                yield fact
            case Strong(children) | Emphasis(children) | Link(children):
                yield from _facts_of_inlines(children)
            case _:
                pass
