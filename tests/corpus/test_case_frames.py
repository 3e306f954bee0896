"""Frames of cases and metrics: one row each, base units, missing values NA."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reportkit.corpus.frames import cases_frame, metrics_frame
from reportkit.sources.cases import read_case
from reportkit.sources.taxonomy import built_in_taxonomy

_SEEDS = Path(__file__).parents[2] / "seeds/cases"


def seed_cases():  # type: ignore[no-untyped-def]
    taxonomy = built_in_taxonomy()
    texts = [(_SEEDS / name).read_text(encoding="utf-8") for name in ("sony-group.md", "aist.md")]
    return [case for text in texts for case in read_case(text, "x.md", taxonomy).cases]


def test_a_row_for_each_case_by_id() -> None:
    frame = cases_frame(seed_cases())
    assert list(frame.index) == ["ソニーグループ", "863"]
    assert frame.index.name == "case"
    assert frame.loc["ソニーグループ", "employees"] == 110_000
    assert frame.loc["863", "adoption_start"] == "2023"
    assert frame.loc["863", "sectors"] == ("教育",)
    assert frame["company_en"].isna().tolist() == [True, False]


def test_a_row_for_each_metric_with_missing_values_as_na() -> None:
    frame = metrics_frame(seed_cases())
    assert frame["case"].tolist() == ["ソニーグループ"] * 8 + ["863"] * 4
    consulting = frame[frame["label"] == "企業相談対応数"].iloc[0]
    assert (consulting["before"], consulting["after"], consulting["change_percent"]) == (20, 85, 325)
    assert (consulting["unit"], consulting["per"], consulting["direction"]) == ("件", "月", "up")
    assert consulting["value"] is pd.NA
    hours = frame.iloc[0]
    assert (hours["value"], hours["unit"], hours["per"]) == (50_000, "時間", "月")
    assert hours["before"] is pd.NA


def test_no_cases_give_empty_frames_with_the_same_columns() -> None:
    assert cases_frame(()).columns.equals(cases_frame(seed_cases()).columns)
    assert metrics_frame(()).dtypes.equals(metrics_frame(seed_cases()).dtypes)
