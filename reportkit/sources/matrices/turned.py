"""A table with its axes the other way round: industries as columns, functions or answers as rows.

In: a `Block`. Out: the same block turned, whose places are still those of the source, and a doubt that says so.
"""

from __future__ import annotations

from dataclasses import replace

from reportkit.sources.blocks import Block, Row, Span

_FIX = '元の資料で行と列を確かめ、正しければ定義に confirmed = ["transposed"] と書いてください'
MOST_COLUMNS = 60  # no axis of a survey is longer; wider tables are data, and turning them would cost time


def turn(block: Block) -> Block | None:
    """Return the block with rows and columns changed over, None when it is too wide or too small to be a matrix."""
    width = max((len(row.cells) for row in block.rows), default=0)
    if not 3 <= width <= MOST_COLUMNS or not 2 <= len(block.rows) <= MOST_COLUMNS:
        return None
    columns = tuple(block.columns[index] if index < len(block.columns) else index + 1 for index in range(width))
    lines = tuple(row.line for row in block.rows)
    at = {line: position for position, line in enumerate(lines)}
    spans = []
    for span in block.spans:
        inside = [at[line] for line in range(span.line, span.end_line + 1) if line in at]
        if inside:
            spans.append(Span(columns[span.index], columns[span.end_index], inside[0], inside[-1]))
    message = "行と列が定義と逆の表とみて、入れ替えて読みました"
    return replace(
        block,
        rows=tuple(Row(columns[index], tuple(row.cell(index) for row in block.rows)) for index in range(width)),
        columns=(),
        spans=tuple(spans),
        remarks=tuple((columns[index], at[line], text) for line, index, text in block.remarks),
        doubts=(*((*doubt[:3], 0) for doubt in block.doubts), ("matrix.transposed", message, _FIX, 0)),
        turned=lines,
    )
