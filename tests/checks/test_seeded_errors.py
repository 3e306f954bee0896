"""Misprints seeded into the real tables are found when rounding cannot explain them; sound tables stay silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from benchmarks.reconcile import (
    SIGNED,
    alarms,
    rounded,
    seed_errors,
    survey,
    with_matrix,
    with_values,
)
from reportkit.base.finding import Finding
from reportkit.checks.matrices import check_matrices
from reportkit.checks.matrices.relations import half_step
from reportkit.checks.matrices.units import common_power, unit_scale
from reportkit.corpus.corpus import Corpus
from reportkit.sources.taxonomy import built_in_taxonomy

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def seeds() -> Corpus:
    return survey(SEEDS)


def alone(corpus: Corpus) -> list[Finding]:
    known = {finding.message for finding in check_matrices(seeds())}
    return [finding for finding in check_matrices(corpus) if finding.message not in known]


@pytest.mark.parametrize("name", [matrix.id for matrix in seeds().matrices])
def test_every_misprint_beyond_rounding_is_found(name: str) -> None:
    count = seed_errors(seeds(), name, 5)
    total: Counter[str] = Counter()
    for (_, outcome), times in count.items():
        total[outcome] += times
    assert total["seeded"] == 5
    assert total["beyond"] == total["found"] > 0
    assert total["missed"] == 0


def test_correctly_rounded_tables_give_no_alarm() -> None:
    assert [found for number in range(24) for found in alarms(number)] == []


@pytest.mark.parametrize(
    ("place", "value", "cause"),
    [
        (("impact", "製薬・化学・素材", "製造・加工"), 98990, "10倍ずれた値（9,899）"),
        (("impact", "製薬・化学・素材", "製造・加工"), 9989, "数字の入れ替わった値（9,899）"),
        (("respondents", "その他", "SW開発/アプリケーション開発"), 17, "（157）"),
    ],
)
def test_the_likely_misprint_is_named(place: tuple[str, str, str], value: int, cause: str) -> None:
    matrix = seeds().matrix(place[0])
    assert place[2] in matrix.columns.labels
    changed = with_values(matrix, {place: Decimal(value)})
    new = alone(with_matrix(seeds(), changed))
    assert any(cause in finding.message for finding in new)
    assert all(f"matrix:{place[0]}" in finding.subjects for finding in new)


def test_a_lost_sign_is_named() -> None:
    matrix = seeds().matrix(SIGNED)
    row, column = next(
        (row, at) for row, cells in enumerate(matrix.cells) for at, cell in enumerate(cells) if (cell.value or 0) < -50
    )
    place = (SIGNED, matrix.rows.labels[row], matrix.columns.labels[column])
    value = matrix.cells[row][column].value
    assert value is not None
    new = alone(with_matrix(seeds(), with_values(matrix, {place: -value})))
    assert any("符号の落ちた値" in finding.message for finding in new)


def test_a_wrong_unit_is_one_error_and_not_one_for_each_cell() -> None:
    cost = replace(seeds().matrix("labour-cost"), unit="億円")
    new = [finding for finding in alone(with_matrix(seeds(), cost)) if finding.severity == "error"]
    assert [finding.code for finding in new] == ["matrix.unit-factor", "prose.headline"]
    assert "10倍" in new[0].message


def test_totals_that_exclude_each_other_are_found_although_each_alone_could_be_true() -> None:
    """架空: the rows need every cell at its upper end, the columns need every cell at its lower end."""
    matrix = replace(rounded("own", [[10.0, 10.0], [10.0, 10.0]], "合計", "億円"), grand_total=None)

    def codes(rows: int, columns: tuple[int, int]) -> list[str]:
        totals = {("own", f"行{at}", "合計"): Decimal(rows) for at in range(2)}
        totals |= {("own", "合計", f"列{at}"): Decimal(value) for at, value in enumerate(columns)}
        corpus = Corpus(built_in_taxonomy(), matrices=(with_values(matrix, dict(totals)),))
        return [finding.code for finding in check_matrices(corpus)]

    assert codes(21, (19, 19)) == ["matrix.totals-together"]
    assert codes(21, (20, 21)) == []


def test_the_last_printed_digit_gives_the_width() -> None:
    assert half_step(rounded("own", [[1.23, 2.0]], None, "%", 1)) == Decimal("0.05")
    assert half_step(rounded("own", [[1.23, 2.0]], None, "億円")) == Decimal("0.5")
    assert half_step(rounded("own", [[1.0, 2.0]], None, "人")) == 0


def test_units_of_the_tables() -> None:
    assert [unit_scale(unit) for unit in ("億円", "10億円", "百万円", "%", "坪")] == [
        Decimal(10**8),
        Decimal(10**9),
        Decimal(10**6),
        Decimal("0.01"),
        None,
    ]
    assert common_power([(Decimal(100), Decimal(10))] * 3) == 1
    assert common_power([(Decimal(11), Decimal(10))] * 3) == 0
