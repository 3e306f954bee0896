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
