"""Tables that an empty line or a note cuts in pieces: the pieces are joined again.

In: the blocks of a document in order. Out: the blocks, where a piece without a heading of its own, whose rows go on
with known names and numbers, is part of the table above. Only empty lines and at most two notes may lie between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reportkit.sources.blocks import Block, Row
from reportkit.sources.matrices.cells import read_cell
from reportkit.sources.matrices.labels import is_remark
from reportkit.sources.matrices.shape import total_kind

_GAP = 4  # lines; what lies further away is another table
_NOTES = 2
_MOST_ROWS = 1000  # no survey has more; longer tables are lists or damage


def join_blocks(blocks: Sequence[Block], is_label: Callable[[str], bool]) -> tuple[Block, ...]:
    """Return the blocks with the pieces of one table joined. is_label: tells whether a text names a row."""
    joined: list[_Pieces] = []
    for block in blocks:
        if not joined or not joined[-1].take(block, is_label):
            joined.append(_Pieces(block))
    return tuple(pieces.whole() for pieces in joined)


class _Pieces:
    """One table on its way: its first piece, and what follows it."""

    def __init__(self, first: Block) -> None:
        self.first = first
        self.more: list[Block] = []
        self.rows: list[Row] = []
        self.notes: list[tuple[int, str]] = []
        self.end_line = first.end_line
        self.width = _width(first.rows)
        self.lines = {row.line for row in first.rows}

    def take(self, lower: Block, is_label: Callable[[str], bool]) -> bool:
        """Take in the next block when it is a piece of this table; return whether it was."""
        if lower.sheet != self.first.sheet or not 0 < lower.line - self.end_line <= _GAP:
            return False
        if len(self.lines) > _MOST_ROWS or not _goes_on(lower.rows[0], is_label):
            return False
        between = [(line, text) for line, text in lower.above if line > self.end_line]
        if len(between) > _NOTES or not all(is_remark(text) for _, text in between):
            return False
        rows = _in_columns_of(self.first, lower)
        if rows is None or abs(self.width - _width(rows)) > 1:
            return False
        self.more.append(lower)
        self.rows.extend(rows)
        self.notes.extend(reversed(between))
        self.lines.update(row.line for row in rows)
        self.end_line, self.width = lower.end_line, max(self.width, _width(rows))
        return True

    def whole(self) -> Block:
        """Return the table in one piece."""
        if not self.more:
            return self.first
        first, last = self.first, self.more[-1]
        return replace(
            first,
            rows=(*first.rows, *self.rows),
            below=None if last.below is None else (*self.notes, *last.below),
            spans=(*first.spans, *(span for block in self.more for span in block.spans)),
            remarks=(*first.remarks, *(remark for block in self.more for remark in block.remarks)),
            doubts=tuple(dict.fromkeys(doubt for block in (first, *self.more) for doubt in block.doubts)),
        )


def _in_columns_of(upper: Block, lower: Block) -> tuple[Row, ...] | None:
    """Return the lower rows with their cells under those of the upper table; None when they have other columns."""
    if upper.columns == lower.columns:
        return lower.rows
    if not set(lower.columns) <= set(upper.columns):
        return None
    at = {column: index for index, column in enumerate(lower.columns)}
    return tuple(
        Row(row.line, tuple(row.cell(at[column]) if column in at else "" for column in upper.columns))
        for row in lower.rows
    )


def _goes_on(row: Row, is_label: Callable[[str], bool]) -> bool:
    """Tell whether a row can stand in the middle of a table: a known name, and numbers or signs for none beside it."""
    name, *cells = row.cells
    filled = [text for text in cells if text]
    return (
        bool(filled)
        and (is_label(name) or total_kind(name) is not None)
        and all(read_cell(text).readable for text in filled)
    )


def _width(rows: Sequence[Row]) -> int:
    return max((index for row in rows for index, text in enumerate(row.cells) if text), default=0)
