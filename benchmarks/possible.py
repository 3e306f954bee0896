"""Whether some unrounded values fit what is printed: an oracle for `benchmarks.reconcile`, apart from the checks.

`contradictions` names every single relation that rounding cannot explain, in plain floats. `fits_together` asks a
linear programme whether one set of unrounded cells satisfies all totals, averages and sums of 100 of a table at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.rules import Rules

_SLACK = 1e-9
_FOUR = ("labour-cost", "reduction-rate", "adoption-intent", "impact")
# Questions with several answers whose rows add up to 100 all the same.
_SHARES_OF_ANSWERS = {"participation-barriers", "data-sharing-barriers", "data-sharing-support"}
_COPY, _COPIED, _COPIED_COLUMN = "initial-impact-excerpt", "initial-impact", "R&D"

Line = tuple[str, list[tuple[int, int]], float, float]  # name, cells, lowest and highest sum


def contradictions(corpus: Corpus, rules: Rules) -> set[str]:
    """Return the names of all sums, means, products, proportions, shares and copies that rounding cannot explain."""
    inside = {name for matrix in corpus.matrices for name in _inside(matrix, rules)}
    return inside | set(_products(corpus)) | set(_between(corpus, rules))


def half(matrix: Matrix) -> float:
    """Return half of the last printed digit; the survey prints whole numbers, and counts are exact."""
    return 0.0 if matrix.unit in {"人", "社", "件"} else 0.5


def _number(cell: Cell | None) -> float | None:
    return None if cell is None or cell.value is None else float(cell.value)


def lines(matrix: Matrix, rules: Rules) -> Iterator[Line]:
    """Yield every row and column whose sum is bounded by a printed total, an average of equal weights, or 100."""
    step = half(matrix)
    height, width = len(matrix.rows.labels), len(matrix.columns.labels)
    across = [(f"rows/{row}", [(at, to) for to in range(width)]) for at, row in enumerate(matrix.rows.labels)]
    down = [(f"columns/{name}", [(at, to) for at in range(height)]) for to, name in enumerate(matrix.columns.labels)]
    for side, items, totals, kind in (
        ("rows", across, matrix.row_totals, matrix.row_total_kind),
        ("columns", down, matrix.column_totals, matrix.column_total_kind),
    ):
        if side == "columns" and matrix.id == _COPY:
            continue  # its total belongs to the table that it copies
        for (name, places), total in zip(items, totals or (), strict=False):
            known = [place for place in places if _number(matrix.cells[place[0]][place[1]]) is not None]
            stated = _number(total)
            alike = rules.averages_alike(matrix.id, "rows" if side == "rows" else "columns")
            if stated is not None and known and (kind == "合計" or alike):
                count = len(known) if kind == "平均" else 1
                yield f"{matrix.id}/{name}", known, (stated - step) * count, (stated + step) * count
    if matrix.exclusive or matrix.id in _SHARES_OF_ANSWERS:
        for name, places in across:
            known = [place for place in places if _number(matrix.cells[place[0]][place[1]]) is not None]
            yield f"{matrix.id}/100/{name}", known, 100.0, 100.0


def _inside(matrix: Matrix, rules: Rules) -> Iterator[str]:
    step = half(matrix)
    for name, places, low, high in lines(matrix, rules):
        added = sum(_number(matrix.cells[at][to]) or 0.0 for at, to in places)
        width = len(places) * step + _SLACK
        if added + width < low or added - width > high:
            yield name
    for totals, side in ((matrix.row_totals, "rows"), (matrix.column_totals, "columns")):
        grand, known = _number(matrix.grand_total), [_number(cell) for cell in totals or ()]
        values = [value for value in known if value is not None]
        summed = matrix.row_total_kind == matrix.column_total_kind == "合計" and matrix.id != _COPY
        width = (len(values) + 1) * step + _SLACK
        if grand is not None and values and summed and abs(sum(values) - grand) > width:
            yield f"{matrix.id}/grand/{side}"
    if (matrix.exclusive or matrix.id in _SHARES_OF_ANSWERS) and matrix.column_totals:
        values = [value for cell in matrix.column_totals if (value := _number(cell)) is not None]
        if abs(sum(values) - 100) > len(values) * step + _SLACK:
            yield f"{matrix.id}/100/average"
    yield from _ranges(matrix, rules)


def _ranges(matrix: Matrix, rules: Rules) -> Iterator[str]:
    """Yield averages outside of what they average, and numbers that nothing can be."""
    step = half(matrix)
    down = list(zip(*matrix.cells, strict=True))
    for side, items, totals, kind in (
        ("rows", matrix.cells, matrix.row_totals, matrix.row_total_kind),
        ("columns", down, matrix.column_totals, matrix.column_total_kind),
    ):
        if kind != "平均" or totals is None or rules.averages_alike(matrix.id, "rows" if side == "rows" else "columns"):
            continue
        averaged = [*zip(items, totals, strict=True)]
        if matrix.grand_total is not None:
            averaged.append((totals, matrix.grand_total))
        for at, (cells, total) in enumerate(averaged):
            values, stated = [value for cell in cells if (value := _number(cell)) is not None], _number(total)
            if stated is not None and values and not min(values) - 2 * step <= stated <= max(values) + 2 * step:
                yield f"{matrix.id}/{side}/range/{at}"
    share = matrix.unit == "%" and (
        matrix.exclusive or matrix.multiple_answers or matrix.id in {"reduction-rate", "adoption-intent"}
    )
    if not share and step:
        return
    every = [cell for row in matrix.cells for cell in row if not cell.spread]
    every += [*(matrix.row_totals or ()), *(matrix.column_totals or ()), *filter(None, [matrix.grand_total])]
    for at, cell in enumerate(every):
        value = _number(cell)
        if value is not None and (value < 0 or (share and value > 100)):
            yield f"{matrix.id}/impossible/{at}"


def fits_together(matrix: Matrix, rules: Rules, without: set[str]) -> bool:
    """Tell whether one set of unrounded cells satisfies all lines at once, those in `without` left out."""
    step, width = half(matrix), len(matrix.columns.labels)
    known = {(at, to): value for at, row in enumerate(matrix.cells) for to, cell in enumerate(row)
             if (value := _number(cell)) is not None}  # fmt: skip
    number = {place: at for at, place in enumerate(known)}
    bounds = [(value - step, value + step) for value in known.values()]
    above: list[np.ndarray] = []
    limits: list[float] = []

    def limit(places: list[tuple[int, int]], low: float, high: float) -> None:
        row = np.zeros(len(known))
        row[[number[place] for place in places]] = 1.0
        above.extend((row, -row))
        limits.extend((high + _SLACK, -low + _SLACK))

    for name, places, low, high in lines(matrix, rules):
        if name not in without:
            limit(places, low, high)
    grand = _number(matrix.grand_total)
    sums = matrix.row_total_kind == matrix.column_total_kind == "合計" and width > 1
    if grand is not None and sums and not any(name.startswith(f"{matrix.id}/grand") for name in without):
        limit(list(known), grand - step, grand + step)
    if not above or not step:
        return True
    found = linprog(np.zeros(len(known)), A_ub=np.array(above), b_ub=np.array(limits), bounds=bounds, method="highs")
    return bool(found.status != 2)  # 2: infeasible


# --- between tables --------------------------------------------------------------------------------------------------


def _products(corpus: Corpus) -> Iterator[str]:
    if not all(corpus.has_matrix(name) for name in _FOUR):
        return
    cost_of, rate_of, intent_of, impact_of = (corpus.matrix(name) for name in _FOUR)
    for column in cost_of.columns.labels:
        groups: dict[object, list[tuple[str, float, float]]] = {}
        for row in cost_of.rows.labels:
            four = [_number(item.cell(row, column)) for item in (cost_of, rate_of, intent_of, impact_of)]
            cost, rate, intent, impact = four
            if cost is None or rate is None or intent is None or impact is None:
                continue
            low = max(0, cost - 0.5) * max(0, rate - 0.5) * max(0, intent - 0.5) / 1000
            high = (cost + 0.5) * (rate + 0.5) * (intent + 0.5) / 1000
            if impact + 0.5 < low - _SLACK or impact - 0.5 > high + _SLACK:
                yield f"product/{row}/{column}"
            shared = (rate_of.cell(row, column), intent_of.cell(row, column))
            if cost > 0.5 and impact > 0 and rate and intent:
                key = tuple(cell.origin for cell in shared if cell is not None)
                groups.setdefault(key, []).append(
                    (row, max(0.0, impact - 0.5) / (cost + 0.5), (impact + 0.5) / (cost - 0.5))
                )
        for group in groups.values():
            for (one, low, high), (other, below, above) in combinations(group, 2):
                if low > above + _SLACK or below > high + _SLACK:
                    yield f"proportion/{one}/{other}/{column}"


def _between(corpus: Corpus, rules: Rules) -> Iterator[str]:
    for rule in rules.imputations:
        if corpus.has_matrix(rule.matrix):
            matrix = corpus.matrix(rule.matrix)
            for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
                for column, cell in zip(matrix.columns.labels, cells, strict=True):
                    place = (row, "平均") if rule.average == "row" else ("平均", column)
                    if cell.imputed and cell.value != matrix.value(*place):
                        yield f"imputed/{rule.matrix}/{row}/{column}"
    if corpus.has_matrix(_COPY) and corpus.has_matrix(_COPIED):
        copy, whole = corpus.matrix(_COPY), corpus.matrix(_COPIED)
        for row in (*copy.rows.labels, "合計"):
            there = whole.value(row, _COPIED_COLUMN)
            if there is not None and copy.value(row, copy.columns.labels[0]) != there:
                yield f"copy/{row}"
    for bases in rules.bases:
        if bases.shares and corpus.has_matrix(bases.matrix) and corpus.has_matrix(bases.counts):
            yield from _shares(corpus.matrix(bases.matrix), corpus.matrix(bases.counts))


def _shares(matrix: Matrix, counts: Matrix) -> Iterator[str]:
    for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns.labels, cells, strict=True):
            count, value = counts.value(row, column), _number(cell)
            if not count or count < 0 or value is None or cell.imputed or cell.spread:
                continue
            if not any(abs(100 * hits / float(count) - value) <= 0.5 + _SLACK for hits in range(int(count) + 1)):
                yield f"share/{row}/{column}"
