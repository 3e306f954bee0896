"""Columns of a table that hold no values: numbers of respondents, remarks, groups left of the row names.

In: a `Block`. Out: the block without them, the numbers of respondents by line, and what was left out. Which columns
hold values is told before any spec is tried, so that a table with an extra column fits the same spec as one without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace

from reportkit.base.origin import column_letters
from reportkit.sources.blocks import Block, Row, Span
from reportkit.sources.matrices.cells import read_cell
from reportkit.sources.matrices.shape import label_key, total_kind
from reportkit.sources.taxonomy import spelling_key

_BASES = frozenset(
    map(
        spelling_key,
        ("n", "n数", "n値", "n=", "N", "回答者数", "回答人数", "回答数", "有効回答数", "サンプル数", "標本数", "母数"),
    )
)
_FIX = '元の資料で確かめ、正しければ定義に confirmed = ["{name}"] と書いてください'
_STUBS = 3  # the names of the rows stand in one of the first columns


@dataclass(frozen=True, slots=True)
class Sides:
    """block: the table without its side columns. bases: by line, the cell index in the original block and its text."""

    block: Block
    bases: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    original: Block | None = None


def part_sides(block: Block, is_label: Callable[[str], bool], wanted: Set[str]) -> Sides:
    """Part the columns of a table. wanted: spelling keys of the columns that specs ask for; these always stay."""
    width = max((len(row.cells) for row in block.rows), default=0)
    if width < 3:
        return Sides(block)
    empty = {index for index in range(width) if not any(row.cell(index) for row in block.rows)}
    if empty:
        block = _without(block, width, empty, block.doubts)
        width -= len(empty)
    stub = _stub(block, width, is_label)
    start = next((at for at, row in enumerate(block.rows) if _is_body(row, stub, is_label)), len(block.rows))
    header, body = block.rows[:start], block.rows[start:]
    bases: dict[int, tuple[int, str]] = {}
    dropped: list[tuple[int, str]] = []
    base_at = 0
    for index in range(stub + 1, width):
        names = [row.cell(index) for row in header if row.cell(index)]
        if not names or any(label_key(name, wanted) is not None or total_kind(name) for name in names):
            continue
        texts = [row.cell(index) for row in body if row.cell(index)]
        if not base_at and spelling_key(names[-1]) in _BASES:
            base_at = index
            bases = {row.line: (index, row.cell(index)) for row in body if row.cell(index)}
        elif len(texts) > 1 and not any(read_cell(text).readable for text in texts):
            dropped.append((index, names[-1]))
    gone = {*range(stub), *(index for index, _ in dropped), *((base_at,) if base_at else ())}
    if not gone:
        return Sides(block)
    doubts = list(block.doubts)
    if stub:
        message = f"行の名前は表の{stub + 1}列目にあるとみて、その左の{stub}列を読み飛ばしました"
        doubts.append(("matrix.stub-column", message, _FIX.format(name="stub-column"), block.line))
    for index, name in dropped:
        message = f"{_column(block, index)}列「{name[:30]}」は文字の列なので、値として読みませんでした"
        doubts.append(("matrix.text-column", message, _FIX.format(name="text-column"), block.line))
    return Sides(_without(block, width, gone, tuple(doubts)), bases, block)


def _stub(block: Block, width: int, is_label: Callable[[str], bool]) -> int:
    """Return the index of the column that names the rows: numbers or groups may stand to its left."""
    counts = [sum(is_label(row.cell(index)) for row in block.rows) for index in range(min(_STUBS, width))]
    best = max(range(len(counts)), key=lambda index: (counts[index], -index))
    return best if counts[best] >= 2 and counts[best] > counts[0] * 2 else 0


def _is_body(row: Row, stub: int, is_label: Callable[[str], bool]) -> bool:
    name = row.cell(stub)
    values = any(read_cell(text).value is not None for text in row.cells[stub + 1 :] if text)
    return bool(name) and (values or (is_label(name) and not any(row.cells[stub + 1 :])))


def _column(block: Block, index: int) -> str:
    """Return the name of a source column: letters on a sheet, else its number."""
    number = block.columns[index] if index < len(block.columns) else index + 1
    return column_letters(number) if block.sheet else str(number)


def _without(block: Block, width: int, gone: Set[int], doubts: tuple[tuple[str, str, str, int], ...]) -> Block:
    kept = [index for index in range(width) if index not in gone]
    place = {index: position for position, index in enumerate(kept)}
    spans = []
    for span in block.spans:
        inside = [place[index] for index in range(span.index, span.end_index + 1) if index in place]
        if inside:
            spans.append(Span(span.line, span.end_line, inside[0], inside[-1]))
    return replace(
        block,
        rows=tuple(Row(row.line, tuple(row.cell(index) for index in kept)) for row in block.rows),
        columns=tuple(block.columns[index] if index < len(block.columns) else index + 1 for index in kept),
        spans=tuple(spans),
        remarks=tuple((line, place[index], text) for line, index, text in block.remarks if index in place),
        doubts=doubts,
    )
