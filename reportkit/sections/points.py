"""Headings with short lists as one table, heading beside list: half the height, found without searching.

In: blocks. Out: the same blocks, with runs of lowest-level headings and flat, short bulleted lists made into tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.base.text import display_width
from reportkit.document.block import Block, Heading, ItemList
from reportkit.document.inline import Inline, plain_text
from reportkit.document.table import Column, Table, TableCell

_LONGEST_POINT = 120  # half-width columns of a list item that may stand in a table cell: two lines
_MOST_POINTS = 8  # a longer list stays a list, or its row would fill a page
_LEVEL = 3

Pair = tuple[Heading, ItemList]


def beside(blocks: Sequence[Block], source: tuple[Inline, ...] = (), at_least: int = 2) -> tuple[Block, ...]:
    """Return the blocks with every run of `at_least` such headings and lists as one table. source: its 出典 line."""
    found: list[Block] = []
    place = 0
    while place < len(blocks):
        pairs = _pairs(blocks[place:])
        if len(pairs) >= at_least:
            found.append(_table(pairs, source))
            place += 2 * len(pairs)
        else:
            found.append(blocks[place])
            place += 1
    return tuple(found)


def _pairs(blocks: Sequence[Block]) -> list[Pair]:
    """Return the headings with their lists that the blocks begin with."""
    found: list[Pair] = []
    for heading, points in zip(blocks[::2], blocks[1::2], strict=False):
        if not (isinstance(heading, Heading) and isinstance(points, ItemList) and heading.level == _LEVEL):
            break
        if points.ordered or not _are_short(points):
            break
        found.append((heading, points))
    return found


def _are_short(points: ItemList) -> bool:
    return len(points.items) <= _MOST_POINTS and not any(
        item.children or not _fits(plain_text(item.content)) for item in points.items
    )


def _fits(text: str) -> bool:
    if 2 * len(text) <= _LONGEST_POINT:  # no character is wider than two columns
        return True
    return len(text) <= _LONGEST_POINT and display_width(text) <= _LONGEST_POINT


def _table(pairs: Sequence[Pair], source: tuple[Inline, ...]) -> Table:
    return Table(
        id=f"points-{plain_text(pairs[0][0].content)}",
        columns=(Column(1), Column(3)),
        header=(),
        body=tuple(
            (
                TableCell((heading.content,)),
                TableCell(tuple(item.content for item in points.items), bullets=True),
            )
            for heading, points in pairs
        ),
        source=source,
        kind="profile",
        summary="見出しごとに要点を並べた表。",
    )
