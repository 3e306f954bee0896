"""`reportkit show matrix`: marks, numbers of respondents, intervals, notes; aligned for Japanese."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportkit.base.text import display_width
from reportkit.cli.main import cli

SEEDS = Path(__file__).parents[2] / "seeds"


def shown(*words: str) -> list[str]:
    result = CliRunner().invoke(cli, ["show", "matrix", *words, "--seeds", str(SEEDS)])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def row(lines: list[str], name: str) -> str:
    return next(line for line in lines if line.startswith(name))


def test_shares_stand_with_their_base_and_interval() -> None:
    lines = shown("data-sharing-intent")
    assert "272  37 (32-43)" in " ".join(row(lines, "建設").split()).replace("272 ", "272  ", 1)
    assert any("ウィルソン区間" in line for line in lines)
    assert "(32-43)" not in "\n".join(shown("data-sharing-intent", "--no-intervals"))


def test_an_unknown_base_is_said_in_the_row_and_below() -> None:
    lines = shown("data-sharing-intent")
    assert "n不明" in row(lines, "医療")
    assert "医療、介護" in row(lines, "n不明：")


def test_a_breakdown_of_answers_has_no_intervals_and_says_why() -> None:
    lines = shown("data-sharing-barriers")
    assert not any("(" in line and "-" in line and line.startswith("建設") for line in lines)
    assert "内訳" in row(lines, "区間なし：")


def test_only_marks_that_occur_are_explained() -> None:
    legend = row(shown("adoption-intent"), "印：")
    assert all(mark in legend for mark in ("*＝", "+＝", "!＝", "-＝"))
    assert "r＝" not in legend
    assert "r＝" in row(shown("impact"), "印：")
    assert not any(line.startswith("印：") for line in shown("respondents") if "*" in line)


@pytest.mark.parametrize("name", ["impact", "barriers", "adoption-intent", "data-sharing-support", "respondents"])
def test_columns_end_at_the_same_place_in_every_row(name: str) -> None:
    lines = shown(name, "--no-intervals")[1:]
    table = lines[: next((at for at, line in enumerate(lines) if "：" in line), len(lines))]
    full = [line for line in table if line[-1].isdigit() and not line.startswith((" ", "n"))]
    assert len(full) >= 7
    assert len(set(map(display_width, full))) == 1
    assert max(map(display_width, table)) <= 190


def test_long_names_are_broken_and_nothing_is_lost() -> None:
    lines = shown("barriers")
    whole = "".join(line[:44].split("  ")[0].strip() for line in lines[2:30])
    assert "従業員が業務において不適切な使い方をする可能性あり" in whole
