"""Which cells of a survey table get an interval, and that it is Wilson's (scipy as the oracle)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from scipy.stats import binomtest

from reportkit.sources.reader import read_folder
from reportkit.views.intervals import cell_interval, is_breakdown

CORPUS = read_folder(Path(__file__).parents[2] / "seeds")


@pytest.mark.parametrize(("row", "column"), [("医療・福祉", 0), ("建設", 3), ("金融・保険", 13)])
def test_an_interval_is_wilsons(row: str, column: int) -> None:
    matrix = CORPUS.matrix("barriers")
    name = matrix.columns.labels[column]
    base, found = matrix.base(row), cell_interval(matrix, row, name)
    assert base is not None
    assert base.value is not None
    assert found is not None
    # binomtest takes whole counts only; scipy's interval is checked where share x base is nearest to whole
    share, people = matrix.value(row, name), int(base.value)
    assert share is not None
    for count, bound in ((int(share * people / 100), 0), (-int(-share * people // 100), 1)):
        near = binomtest(count, people).proportion_ci(0.95, method="wilson")
        assert abs(Decimal(str((near.low, near.high)[bound] * 100)) - found[bound]) < Decimal("0.5")


def test_a_cell_with_a_base_of_its_own_uses_that_and_not_the_row() -> None:
    assert cell_interval(CORPUS.matrix("adoption-intent"), "卸売・小売", "R&D") == (Decimal("3.6"), Decimal("62.4"))


def test_no_interval_without_a_base_or_for_what_is_no_share_of_the_row() -> None:
    intent, sharing = CORPUS.matrix("adoption-intent"), CORPUS.matrix("data-sharing-barriers")
    assert cell_interval(intent, "卸売・小売", "製造・加工") is None  # imputed
    assert cell_interval(intent, "医療", "オペレーションサービス/CS") is None  # n不明
    assert cell_interval(CORPUS.matrix("impact"), "医療", "R&D") is None
    assert is_breakdown(sharing, "建設")
    assert cell_interval(sharing, "建設", sharing.columns.labels[0]) is None
    assert cell_interval(CORPUS.matrix("barriers"), "平均", CORPUS.matrix("barriers").columns.labels[0]) is None


def test_a_question_with_one_answer_each_adds_up_to_100_and_still_has_intervals() -> None:
    matrix = CORPUS.matrix("data-sharing-intent")
    assert not is_breakdown(matrix, "建設")
    assert cell_interval(matrix, "建設", "保有していない") is not None
