"""A matrix as text that a person can lay beside the source: one line per row, marks as letters.

`*` imputed, `~` spread from a merged cell, `#n` rank mark, `-` not asked.
"""

from __future__ import annotations

from reportkit.corpus.matrix import Cell, Matrix


def print_cell(cell: Cell | None) -> str:
    if cell is None:
        return "."
    if cell.value is None:
        return "-"
    marks = ("*" if cell.imputed else "") + ("~" if cell.spread else "")
    return f"{cell.value}{marks}" + (f" #{cell.rank}" if cell.rank is not None else "")


def print_matrix(matrix: Matrix) -> str:
    lines = [
        f"{matrix.id} | {matrix.title} | {matrix.unit}",
        (
            f"rows {len(matrix.rows.labels)} ({matrix.rows.kind}), columns {len(matrix.columns.labels)} "
            f"({matrix.columns.kind}), suspect {matrix.suspect}, exclusive {matrix.exclusive}, "
            f"answers {'several' if matrix.multiple_answers else 'one'}, at most {matrix.max_answers or 'any number'}"
        ),
    ]
    for index, name in enumerate(matrix.columns.labels):
        above = matrix.columns.spanners[index] if matrix.columns.spanners else ()
        lines.append(f"column {index + 1}: {' > '.join((*above, name))}")
    for index, (name, cells) in enumerate(zip(matrix.rows.labels, matrix.cells, strict=True)):
        total = (
            "" if matrix.row_totals is None else f" | {matrix.row_total_kind} {print_cell(matrix.row_totals[index])}"
        )
        base = "" if not matrix.bases else f" | n {print_cell(matrix.bases[index])}"
        lines.append(f"{name} | {' | '.join(print_cell(cell) for cell in cells)}{total}{base}")
    if matrix.column_totals is not None:
        grand = "" if matrix.grand_total is None else f" | {matrix.column_total_kind} {print_cell(matrix.grand_total)}"
        lines.append(
            f"{matrix.column_total_kind} | {' | '.join(print_cell(cell) for cell in matrix.column_totals)}{grand}"
        )
    return "\n".join(lines) + "\n"
