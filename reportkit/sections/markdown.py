"""Rendered section templates as blocks: the parts that `outline` reads, with the values of one document put in.

In: what Jinja wrote, the values behind its slots, a look-up of charts and tables. Out: blocks, and what was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from reportkit.document.block import (
    Block,
    Box,
    Heading,
    ItemList,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.chart import Chart
from reportkit.document.inline import Inline, plain_text
from reportkit.document.table import Table
from reportkit.sections.inlines import filled
from reportkit.sections.outline import (
    BoxPart,
    ExhibitPart,
    Fault,
    HeadingPart,
    ListPart,
    ParagraphPart,
    Part,
    PassagePart,
    PointsPart,
    ReadError,
    Words,
    outline,
)
from reportkit.sections.points import beside
from reportkit.sections.slots import Value, in_order

Exhibit = Table | Chart | KeyFigures
# directive (`chart`), name, template line -> the exhibit, or None when there is nothing to show
ExhibitSource = Callable[[str, str, int], Exhibit | None]

_Entry = tuple[int, bool, tuple[Inline, ...]]  # indent, ordered, words


def read_blocks(
    rendered: str, values: Sequence[Value], exhibit: ExhibitSource
) -> tuple[tuple[Block, ...], tuple[ReadError, ...]]:
    """Return the blocks of rendered Markdown, and everything that could not be read.

    rendered: what Jinja wrote, with slots and line marks. values: what the slots stand for. exhibit: looks up charts
    and tables; a `ReadError` that it raises is collected with the others.
    """
    marked, found = in_order(rendered, values)
    filler = _Filler(found, exhibit)
    blocks = filler.blocks(outline(marked))
    return without_empty_headings(blocks), tuple(filler.errors)


def without_empty_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks without headings that have nothing under them, deepest first.

    A section whose charts and tables had nothing to show so disappears together with its heading.
    """
    kept: list[Block] = []
    has_content = False
    deepest_kept = 0  # level of the heading just below, when it stays: it is content for shallower headings only
    for block in reversed(blocks):
        if type(block) is Heading:
            if has_content or deepest_kept > block.level:
                kept.append(block)
                deepest_kept = block.level
            has_content = False
            continue
        kept.append(block)
        if type(block) is not PageBreak:
            has_content = True
            deepest_kept = 0
    kept.reverse()
    if all(isinstance(block, PageBreak) for block in kept):
        return ()
    return tuple(kept)


class _Filler:
    """Puts the values of one document into the parts of a section."""

    def __init__(self, values: list[Any], exhibits: ExhibitSource) -> None:
        self.values = values
        self.exhibits = exhibits
        self.errors: list[ReadError] = []

    def blocks(self, parts: Sequence[Part]) -> list[Block]:
        """Return the blocks in order; parts without words or contents leave none."""
        found: list[Block] = []
        for part in parts:
            found += _MADE_OF[type(part)](self, part)
        return found

    def content(self, words: Words) -> tuple[Inline, ...]:
        """Return the inlines; () when they are no more than blanks."""
        content = filled(words.wording, self.values, words.first)
        return content if words.wording.has_words or plain_text(content).strip() else ()

    def heading(self, part: HeadingPart) -> Iterable[Block]:
        content = self.content(part.words)
        return (Heading(part.level, content),) if content else ()

    def paragraph(self, part: ParagraphPart) -> Iterable[Block]:
        content = self.content(part.words)
        return (Paragraph(content, part.role),) if content else ()

    def list(self, part: ListPart) -> Iterable[Block]:
        entries = part.entries
        return _nest([(each.indent, each.ordered, words) for each in entries if (words := self.content(each.words))])

    def passage(self, part: PassagePart) -> Iterable[Block]:
        blocks: tuple[Block, ...] = self.values[part.place].blocks
        return blocks

    def exhibit(self, part: ExhibitPart) -> Iterable[Block]:
        try:
            exhibit = self.exhibits(part.directive, part.name, part.line)
        except ReadError as error:
            self.errors.append(error)
            return ()
        return () if exhibit is None else (exhibit,)

    def box(self, part: BoxPart) -> Iterable[Block]:
        blocks = without_empty_headings(self.blocks(part.parts))
        title = part.title
        return (Box(filled(title.wording, self.values, title.first), blocks, part.tone),) if blocks else ()

    def points(self, part: PointsPart) -> Iterable[Block]:
        return beside(without_empty_headings(self.blocks(part.parts)), at_least=1)

    def fault(self, part: Fault) -> Iterable[Block]:
        self.errors.append(ReadError(part.what, part.fix, part.line))
        return ()


_MADE_OF: dict[type, Callable[[_Filler, Any], Iterable[Block]]] = {
    HeadingPart: _Filler.heading,
    ParagraphPart: _Filler.paragraph,
    ListPart: _Filler.list,
    PassagePart: _Filler.passage,
    ExhibitPart: _Filler.exhibit,
    BoxPart: _Filler.box,
    PointsPart: _Filler.points,
    Fault: _Filler.fault,
    PageBreak: lambda _, part: (part,),
}


def _nest(entries: list[_Entry]) -> Iterator[ItemList]:
    """Yield lists from flat entries; deeper indents become children."""
    start = 0
    while start < len(entries):
        indent, ordered, _ = entries[start]
        items: list[ListItem] = []
        while start < len(entries) and entries[start][0] >= indent and (entries[start][1] == ordered):
            content = entries[start][2]
            end = start + 1
            while end < len(entries) and entries[end][0] > indent:
                end += 1
            items.append(ListItem(content, _children(entries[start + 1 : end])))
            start = end
        yield ItemList(tuple(items), ordered)


def _children(entries: list[_Entry]) -> tuple[ListItem, ...]:
    return tuple(item for nested in _nest(entries) for item in nested.items)
