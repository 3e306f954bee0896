"""What the text says against the tables: 18兆円, 21%, 44%, the shares that it names, and 42% = 10% + 32%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.editions import matrix_for
from reportkit.checks.matrices.relations import Tables, half_step
from reportkit.checks.matrices.shares import average_cell, average_place, is_share_of_answers
from reportkit.checks.matrices.units import power_of_ten, times, unit_scale
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, sector_keys, with_unit
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.rules import Parts
from reportkit.corpus.survey import Statistic


def check_prose(tables: Tables) -> Iterator[Finding]:
    """Compare what the text says with the tables, and shares in the text with their parts."""
    corpus, rules = tables.corpus, tables.rules
    statistics = {statistic.id: statistic for statistic in corpus.statistics}
    for rule in rules.prose:
        statistic = statistics.get(rule.statistic)
        matrix = None if statistic is None else matrix_for(corpus, rule.matrix, statistic)
        if statistic is None or matrix is None:
            continue
        cell = matrix.cell(rule.row, rule.column)
        if cell is not None:
            yield from _compare(statistic, matrix, rule.row, rule.column, cell)
    for statistic in corpus.statistics:
        name = rules.series_matrix(statistic.series)
        matrix = matrix_for(corpus, name, statistic) if name and statistic.subject else None
        if matrix is None:
            continue
        found = average_cell(matrix, statistic.subject)
        if found is not None and not is_share_of_answers(matrix):
            yield from _compare(statistic, matrix, *average_place(matrix, statistic.subject), found)
    for parts in rules.parts:
        yield from _check_parts(statistics, parts)


def _compare(statistic: Statistic, matrix: Matrix, row: str, column: str, cell: Cell) -> Iterator[Finding]:
    stated = statistic.quantity.value
    scale = Decimal(1) if matrix.unit == "%" else unit_scale(matrix.unit)  # a percentage is stated in percent
    factor = Decimal(1) if scale is None else scale
    if stated is None or cell.value is None:
        return
    printed = cell.value * factor
    step = _last_digit(stated)
    if abs(printed - stated) <= step / 2 + (factor * half_step(matrix) if matrix.unit == "%" else 0):
        return
    truncated = stated <= printed < stated + step
    power = power_of_ten(printed, stated)
    other = _same_value(matrix, statistic, stated / factor)
    if truncated:
        cause = "端数を切り捨てた値とみられます"
    elif power:
        cause = f"表の値が本文の約{times(power)}です。表の単位か桁が違います"
    elif other is not None:
        cause = f"本文の値は「{other[0]}」の値と同じで、行を取り違えた恐れがあります"
    else:
        cause = "どちらが正しいかは資料から決められません"
    label = f"{statistic.label}（{statistic.subject}）" if statistic.subject else statistic.label
    evidence = [
        Evidence("本文", statistic.quantity.raw, statistic.origin),
        Evidence(matrix.title, with_unit(cell, matrix), cell.origin),
    ]
    if other is not None and not truncated:
        evidence.append(Evidence(f"「{other[0]}」の値", other[1].raw, other[1].origin))
    yield Finding(
        "prose.headline",
        "note" if truncated else "error" if power else "warning",
        f"{label}：本文の {statistic.quantity.raw} が、表の {with_unit(cell, matrix)} と合いません。{cause}",
        "表の値を使い、本文の値を引くときは違いを添えてください",
        statistic.origin,
        tuple(evidence),
        (
            f"statistic:{statistic.id}",
            f"matrix:{matrix.id}",
            cell_key((matrix.id, row, column)),
            *sector_keys(row if row in matrix.rows.labels else ""),
        ),
    )


def _same_value(matrix: Matrix, statistic: Statistic, value: Decimal) -> tuple[str, Cell] | None:
    """Return another row whose average is the stated value: the neighbour that the text may have meant."""
    if statistic.subject not in matrix.rows.labels or matrix.row_totals is None:
        return None
    place = matrix.rows.labels.index(statistic.subject)
    rows = [
        (abs(index - place), name, cell)
        for index, (name, cell) in enumerate(zip(matrix.rows.labels, matrix.row_totals, strict=True))
        if name != statistic.subject and cell.value == value and not cell.spread
    ]
    return min(rows, key=lambda item: item[0])[1:] if rows else None


def _last_digit(value: Decimal) -> Decimal:
    """Return the size of the last digit that a stated figure gives: 18兆 -> 1兆, 220兆 -> 10兆, 26.7 -> 0.1."""
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _check_parts(statistics: Mapping[str, Statistic], rule: Parts) -> Iterator[Finding]:
    """Compare a share in the text with the sum of its parts there; each is rounded to its last digit."""
    found = [statistics[name] for name in (rule.whole, *rule.parts) if name in statistics]
    values = [item.quantity.value for item in found if item.quantity.value is not None]
    if len(values) < 1 + len(rule.parts):
        return
    half = Decimal(5).scaleb(-1 - max(max(0, -int(value.as_tuple().exponent)) for value in values))
    if abs(values[0] - sum(values[1:])) <= half * len(values):
        return
    yield Finding(
        "prose.parts",
        "warning",
        f"{found[0].label}：{found[0].quantity.raw} が、"
        f"内訳の {'、'.join(item.quantity.raw for item in found[1:])} の和と合いません",
        FIX_SOURCE,
        found[0].origin,
        tuple(Evidence(item.label, item.quantity.raw, item.origin) for item in found),
        tuple(f"statistic:{item.id}" for item in found),
    )
