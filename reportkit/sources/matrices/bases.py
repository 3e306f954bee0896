"""The number of respondents behind the rows and cells of a matrix: printed behind its rows, or counted by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reportkit.corpus.matrix import Cell, Matrix
from reportkit.sources.matrices.shape import printed_base
from reportkit.sources.matrices.spec import MatrixSpec


def with_bases(matrices: tuple[Matrix, ...], specs: Sequence[MatrixSpec]) -> tuple[Matrix, ...]:
    """Return the matrices with the number of respondents behind each row, where the source gives it.

    Numbers that a table prints in a column of its own, or behind its rows (`製造業（n=473）`), come first; the checks
    compare them. Else a spec says which matrix counts them; a row that this matrix does not have (医療 of 医療・福祉)
    has no base. Where the counting matrix has the same columns, every cell has a base of its own.
    """
    by_id = {matrix.id: matrix for matrix in matrices}
    # The respondents of another edition are no bases of this one.
    counting = {spec.id: f"{spec.bases}@{spec.edition}" if spec.edition else spec.bases for spec in specs}
    return tuple(_with_bases(matrix, by_id.get(counting.get(matrix.id, ""))) for matrix in matrices)


def _with_bases(matrix: Matrix, counted: Matrix | None) -> Matrix:
    columns = matrix.columns.labels
    own = [_printed(label, matrix, at) for at, label in enumerate(matrix.rows.printed)]
    if counted is None:
        return replace(matrix, bases=tuple(own)) if any(own) else matrix
    kind = counted.row_total_kind
    given = [counted.cell(row, kind) if kind else None for row in matrix.rows.labels]
    both = tuple(mine or other for mine, other in zip(own, given, strict=True))
    if columns != counted.columns.labels:
        return replace(matrix, bases=both)
    cells = tuple(tuple(counted.cell(row, column) for column in columns) for row in matrix.rows.labels)
    return replace(matrix, bases=both, cell_bases=cells)


def _printed(label: str, matrix: Matrix, at: int) -> Cell | None:
    if matrix.bases and matrix.bases[at] is not None:
        return matrix.bases[at]  # a column of the table itself
    count = printed_base(label)
    return None if count is None else Cell(Decimal(count), label, matrix.rows.origins[at])
