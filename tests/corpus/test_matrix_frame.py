"""A matrix as a pandas frame: named axes, units, missing values as NA."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd

from reportkit.sources.reader import read_folder

CORPUS = read_folder(Path(__file__).parents[2] / "seeds")


def test_axes_are_named_and_values_are_numbers() -> None:
    frame = CORPUS.matrix("impact").frame()
    assert frame.shape == (17, 8)
    assert (frame.index.name, frame.columns.name) == ("sector", "function")
    assert set(frame.dtypes.astype(str)) == {"Float64"}
    assert frame.loc["医療", "オペレーションサービス/CS"] == 3711


def test_what_was_not_asked_is_na_and_never_zero() -> None:
    frame = CORPUS.matrix("adoption-intent").frame()
    assert frame.loc["医療", "製造・加工"] is pd.NA
    assert frame.loc["介護", "オペレーションサービス/CS"] == 0


def test_id_title_and_unit_travel_with_the_frame() -> None:
    frame = CORPUS.matrix("labour-cost").frame()
    assert frame.attrs["id"] == "labour-cost"
    assert frame.attrs["unit"] == "10億円"
    assert frame.attrs["title"]


def test_totals_are_left_out() -> None:
    frame = CORPUS.matrix("respondents").frame()
    assert "合計" not in frame.index
    assert "合計" not in frame.columns
    assert frame.sum().sum() == 2391


def test_pandas_is_not_loaded_by_reading() -> None:
    code = "import reportkit.sources.reader, reportkit.corpus.frames, sys; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_frame_of_shares_says_how_many_answered_and_where_that_is_unknown() -> None:
    frame = CORPUS.matrix("data-sharing-intent").frame()
    assert frame.attrs["bases"]["建設"] == 272
    assert frame.attrs["bases"]["医療"] is None
    assert "医療" in frame.attrs["n不明"]
    assert "建設" not in frame.attrs["n不明"]
    assert "bases" not in CORPUS.matrix("impact").frame().attrs


def test_where_respondents_are_counted_by_function_every_cell_has_its_own_base() -> None:
    matrix = CORPUS.matrix("adoption-intent")
    cell, row, unknown = matrix.base("卸売・小売", "R&D"), matrix.base("卸売・小売"), matrix.base("医療", "R&D")
    assert cell is not None
    assert row is not None
    assert (cell.value, row.value, unknown) == (5, 273, None)
