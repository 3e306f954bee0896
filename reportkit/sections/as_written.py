"""The source's own text as blocks: headings, paragraphs, nested lists and tables in the shape in which it was written.

In: `Passage` tuples of a case view. Out: blocks whose words are all quotes. The filter `as_written` prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import sqrt

from reportkit.base.origin import Quote
from reportkit.base.text import display_width
from reportkit.corpus.case import Link as SourceLink
from reportkit.document.block import Block, Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import Inline, LineBreak, Link, Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import cell, head, source_line
from reportkit.sections.points import beside
from reportkit.views.case.passages import Passage

_WIDEST_COLUMN = 60  # half-width columns; beyond that a column gets no wider, its cells wrap


def as_blocks(passages: Sequence[Passage], citation: Quote | None = None) -> tuple[Block, ...]:
    """Return the passages as blocks. citation: for the 出典 line under their tables.

    Headings stand on the lowest level and carry no number: they often bring their own, and the table of contents should
    show the briefing's order, not the source's. Several of them in a row with short lists become one table.
    """
    if not passages:
        return ()
    groups = [(kind, list(group)) for kind, group in groupby(passages, key=_group)]
    blocks: list[Block] = []
    heading: tuple[Inline, ...] = ()
    for place, (kind, group) in enumerate(groups):
        match kind:
            case "heading":
                headings = [Heading(3, words(each.text, each.links), numbered=False) for each in group]
                heading = headings[-1].content
                following = [kind for kind, _ in groups[place + 1 : place + 3]]
                # Over a table alone the caption says the same.
                blocks.extend(headings[:-1] if following in (["table"], ["table", "heading"]) else headings)
            case "list":
                blocks.extend(_lists(group))
            case "table":
                blocks.extend(_table(passage, heading, citation) for passage in group)
            case "code":
                blocks.append(Paragraph(_joined(group), "note"))
            case _:
                blocks.extend(Paragraph(words(passage.text, passage.links)) for passage in group)
    return beside(blocks, source_line(citation))


def words(text: Quote, links: Sequence[SourceLink]) -> tuple[Inline, ...]:
    """Return source text with its links where they stood; a link whose words are not in the text follows it."""
    parts: list[Inline] = []
    rest = text.text
    later: list[SourceLink] = []
    for link in links:
        label = next((each for each in (link.title, link.url) if each and each in rest), "")
        if not label or not link.url:
            later.append(link)
            continue
        before, _, rest = rest.partition(label)
        if before:
            parts.append(Quoted(before, text.origin))
        parts.append(Link((Quoted(label, link.origin),), link.url))
    if rest:
        parts.append(Quoted(rest, text.origin))
    for link in later:
        label = link.title or link.url
        if label and link.url and label not in text.text:
            parts += [Text("（"), Link((Quoted(label, link.origin),), link.url), Text("）")]
    return tuple(parts)


def _group(passage: Passage) -> str:
    return "list" if passage.kind in {"item", "number"} else passage.kind


def _joined(passages: Iterable[Passage]) -> tuple[Inline, ...]:
    line: list[Inline] = []
    for passage in passages:
        if line:
            line.append(LineBreak())
        indent = len(passage.text.text) - len(passage.text.text.lstrip())
        line.append(Quoted("\u00a0" * indent + passage.text.text.lstrip(), passage.text.origin))
    return tuple(line)


def _lists(passages: list[Passage]) -> Iterator[ItemList]:
    start = 0
    while start < len(passages):
        level, kind = passages[start].level, passages[start].kind
        items: list[ListItem] = []
        while start < len(passages) and passages[start].level >= level and passages[start].kind == kind:
            end = start + 1
            while end < len(passages) and passages[end].level > level:
                end += 1
            children = tuple(item for nested in _lists(passages[start + 1 : end]) for item in nested.items)
            items.append(ListItem(words(passages[start].text, passages[start].links), children))
            start = end
        yield ItemList(tuple(items), ordered=kind == "number")


def _table(passage: Passage, heading: tuple[Inline, ...], citation: Quote | None) -> Table:
    count = max(len(row) for row in (passage.header, *passage.rows))
    widths = [
        max(
            (display_width(row[column].text) for row in (passage.header, *passage.rows) if column < len(row)), default=1
        )
        for column in range(count)
    ]
    header = _padded([head(_quoted(each), align="left") for each in passage.header], count)
    return Table(
        id=f"case-text-{passage.text.origin.line}",
        columns=tuple(Column(round(sqrt(min(max(width, 4), _WIDEST_COLUMN)), 2)) for width in widths),
        header=(header,) if passage.header else (),
        body=tuple(_padded([_cell(each, passage.links) for each in row], count) for row in passage.rows),
        caption=heading,
        source=source_line(citation),
        small=count > 4,
        summary="資料の表をそのまま示したもの。",
    )


def _padded(cells: list[TableCell], count: int) -> tuple[TableCell, ...]:
    return (*cells, *(cell("") for _ in range(count - len(cells))))


def _cell(text: Quote, links: Sequence[SourceLink]) -> TableCell:
    own = [link for link in links if link.origin.line == text.origin.line and (link.title or link.url) in text.text]
    return TableCell((words(text, own),))


def _quoted(text: Quote) -> Quoted:
    return Quoted(text.text, text.origin)
