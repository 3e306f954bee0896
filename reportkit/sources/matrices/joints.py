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


def join_blocks(blocks: Sequence[Block], is_label: Callable[[str], bool]) -> tuple[Block, ...]:
    """Return the blocks with the pieces of one table joined. is_label: tells whether a text names a row."""
    joined: list[Block] = []
    for block in blocks:
        whole = _join(joined[-1], block, is_label) if joined else None
        if whole is None:
            joined.append(block)
        else:
            joined[-1] = whole
    return tuple(joined)


def _join(upper: Block, lower: Block, is_label: Callable[[str], bool]) -> Block | None:
    """Return both as one block, or None when the lower one is a table of its own."""
    if upper.sheet != lower.sheet or not 0 < lower.line - upper.end_line <= _GAP:
        return None
    taken = {row.line for row in upper.rows}
    between = [(line, text) for line, text in lower.above if line not in taken and line > upper.line]
    if len(between) > _NOTES or not all(is_remark(text) for _, text in between):
        return None
    rows = _in_columns_of(upper, lower)
    if rows is None or not _goes_on(rows[0], is_label) or abs(_width(upper.rows) - _width(rows)) > 1:
        return None
    if (
        len(upper.rows) == 1
        and not any(_goes_on(row, is_label) for row in upper.rows)
        and _width(upper.rows) < _width(rows)
    ):
        return None
    notes = tuple(reversed(between))
    below = None if lower.below is None else (*notes, *lower.below)
    return replace(
        upper,
        rows=(*upper.rows, *rows),
        below=below,
        spans=(*upper.spans, *lower.spans),
        remarks=(*upper.remarks, *lower.remarks),
        doubts=(*upper.doubts, *(doubt for doubt in lower.doubts if doubt not in upper.doubts)),
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
