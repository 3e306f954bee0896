"""What a briefing says without its machinery, so that other tools can write the same: what speed is compared with.

In: a composed briefing. Out: headings, paragraphs, list items, tables of words and charts of numbers, in reading order,
with their links. Left out, because not every peer has them: footnotes, contents, cover, ledger, bold words.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from reportkit.base.fact import Fact
from reportkit.document.block import Block, Box, Document, Heading, ItemList, KeyFigures, ListItem, Paragraph
from reportkit.document.chart import Chart
from reportkit.document.inline import Emphasis, Inline, Link, Strong, plain_text
from reportkit.document.table import Table

Words = tuple[tuple[str, str], ...]  # pieces of a text, each with its address, "" for no link


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as plain numbers. kind: as in `Chart`; rows: series over the names; starts: where Gantt bars begin.

    A bubble is a name with the rows x, y and size.
    """

    kind: str
    title: str
    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    starts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the page: heading `h` or list item `li` (with a level), paragraph `p`, table `t`, chart `c`."""

    kind: str
    words: Words = ()
    level: int = 0
    rows: tuple[tuple[Words, ...], ...] = ()
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A title and what stands under it."""

    title: str
    items: tuple[Item, ...]

    def drawings(self) -> list[Drawing]:
        """Return the charts."""
        return [item.drawing for item in self.items if item.drawing is not None]


@dataclass(frozen=True, slots=True)
class Shape:
    """How much there is of each kind. cells: fields of the grids of tables; a merged cell covers several."""

    headings: int
    paragraphs: int
    items: int
    tables: int
    cells: int
    links: int
    charts: int

    def __str__(self) -> str:
        """Return `17 headings, 7 tables ...`."""
        return ", ".join(f"{getattr(self, field.name):,} {field.name}" for field in fields(self))


def shape_of(content: Content) -> Shape:
    """Count the content."""
    kinds = Counter(item.kind for item in content.items)
    cells = [cell for item in content.items for row in item.rows for cell in row]
    links = sum(bool(url) for words in (*(item.words for item in content.items), *cells) for _, url in words)
    return Shape(kinds["h"], kinds["p"], kinds["li"], kinds["t"], len(cells), links, kinds["c"])


def plain_content(document: Document) -> Content:
    """Return what the document says, without its machinery."""
    return Content(document.title, tuple(item for block in document.blocks for item in _items(block)))


def text_of(words: Words) -> str:
    """Return the words without their addresses."""
    return "".join(text for text, _ in words)


def _items(block: Block) -> Iterator[Item]:
    match block:
        case Heading(level=level, content=content):
            yield Item("h", _words(content), level)
        case Paragraph(content=content):
            yield from _paragraphs(content)
        case ItemList(items=listed):
            yield from _listed(listed, 1)
        case Box(title=title, blocks=blocks):
            yield from _paragraphs(title)
            for inner in blocks:
                yield from _items(inner)
        case KeyFigures(figures=figures):
            tiles = [(figure.label, figure.value, figure.comment) for figure in figures]
            yield Item("t", rows=(tuple(_joined(tile) for tile in tiles),))
        case Table():
            yield from _paragraphs(block.caption)
            yield Item("t", rows=_grid(block))
            yield from _paragraphs(block.source, *block.notes)
        case Chart():
            yield Item("c", drawing=_drawing(block))
            yield from _paragraphs(block.caption, block.source, *block.notes)
        case _:
            pass


def _paragraphs(*lines: tuple[Inline, ...]) -> Iterator[Item]:
    for line in lines:
        if words := _words(line):
            yield Item("p", words)


def _listed(listed: tuple[ListItem, ...], level: int) -> Iterator[Item]:
    for item in listed:
        yield Item("li", _words(item.content), level)
        yield from _listed(item.children, level + 1)


def _words(inlines: tuple[Inline, ...]) -> Words:
    pieces: list[tuple[str, str]] = []
    for text, url in _pieces(inlines):
        if pieces and not url and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + text, "")
        elif text:
            pieces.append((text, url))
    return tuple(pieces)


def _pieces(inlines: tuple[Inline, ...]) -> Iterator[tuple[str, str]]:
    for inline in inlines:
        match inline:
            case Link(children, url) if url.startswith(("http://", "https://", "mailto:")):
                yield plain_text(children), url
            case Strong(children) | Emphasis(children) | Link(children):
                yield from _pieces(children)
            case _:
                yield plain_text((inline,)), ""


def _grid(table: Table) -> tuple[tuple[Words, ...], ...]:
    """Return the table as a full grid: a merged cell has its words in its first field and leaves the others empty."""
    width = len(table.columns)
    covered: set[tuple[int, int]] = set()
    rows: list[tuple[Words, ...]] = []
    for number, row in enumerate((*table.header, *table.body)):
        fields_: list[Words] = [()] * width
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            fields_[column] = _joined(cell.lines)
            covered.update((number + down, column + across) for down in range(cell.rows) for across in range(cell.span))
            column += cell.span
        rows.append(tuple(fields_))
    return tuple(rows)


def _joined(lines: Iterable[tuple[Inline, ...]]) -> Words:
    words: list[tuple[str, str]] = []
    for line in filter(None, lines):
        words += ((" ", ""), *_words(line)) if words else _words(line)
    return tuple(words)


def _drawing(chart: Chart) -> Drawing:
    title = plain_text(chart.caption)
    if chart.spans:
        ends = [span.end or span.start + datetime.timedelta(days=365) for span in chart.spans]
        starts = tuple(float(span.start.toordinal()) for span in chart.spans)
        days = tuple(end.toordinal() - start for end, start in zip(ends, starts, strict=True))
        return Drawing(chart.kind, title, tuple(span.label for span in chart.spans), (days,), starts)
    if chart.bubbles:
        columns = [(_number(one.x), _number(one.y), _number(one.size)) for one in chart.bubbles]
        return Drawing(chart.kind, title, tuple(one.label for one in chart.bubbles), tuple(zip(*columns, strict=True)))
    rows = tuple(tuple(_number(fact) for fact in series.facts) for series in chart.series)
    return Drawing(chart.kind, title, chart.categories, rows)


def _number(fact: Fact | None) -> float:
    return float(fact.quantity.middle or 0) if fact is not None else 0.0
