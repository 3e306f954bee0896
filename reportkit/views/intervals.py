"""Intervals of the shares in a survey table, row by row; for the terminal, the workbook and the briefings.

In: a matrix with the numbers of respondents behind its rows. Out: Wilson intervals in percent. Only shares of
respondents get one: not amounts, not rows with n不明, and not rows that break the answers down (they add up to 100%
although several answers were allowed).
"""

from __future__ import annotations

from decimal import Decimal

from reportkit.corpus.matrix import Cell, Matrix
from reportkit.views.facts import CONFIDENCE, number
from reportkit.views.formats import round_half_up
from reportkit.views.statistics import wilson_interval

Interval = tuple[Decimal, Decimal]
_BREAKDOWN = (97, 103)  # a row of shares of answers adds up to 100 within the rounding of its cells


def has_shares(matrix: Matrix) -> bool:
    """Tell whether the cells are shares of respondents that were counted, at least for some rows."""
    return matrix.unit == "%" and bool(matrix.bases)


def is_breakdown(matrix: Matrix, row: str) -> bool:
    """Tell whether a row divides the answers and not the people: it adds up to about 100% with several answers each."""
    if matrix.exclusive or matrix.columns.kind != "item":
        return False
    values = [value for column in matrix.columns.labels if (value := matrix.value(row, column)) is not None]
    low, high = _BREAKDOWN
    return low <= sum(values) <= high


def cell_interval(matrix: Matrix, row: str, column: str) -> Interval | None:
    """Return the interval of a share in percent, rounded to one decimal; None where none can be given."""
    base, cell = matrix.base(row, column), matrix.cell(row, column)
    if not has_shares(matrix) or column not in matrix.columns.labels or is_breakdown(matrix, row):
        return None
    return share_interval(cell, base)


def share_interval(cell: Cell | None, base: Cell | None) -> Interval | None:
    """Return the Wilson interval of a percentage among `base` respondents; None without a value or a base.

    Imputed values, and values printed for several rows at once, are no shares of the row's own respondents.
    """
    if cell is None or cell.value is None or cell.imputed or cell.spread or not 0 <= cell.value <= 100:
        return None
    if base is None or not base.value:
        return None
    level = float(number(CONFIDENCE)) / 100
    low, high = wilson_interval(float(cell.value) / 100, int(base.value), level)
    return _percent(low), _percent(high)


def _percent(share: float) -> Decimal:
    return round_half_up(Decimal(repr(round(share * 100, 6))), 1)
