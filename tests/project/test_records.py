"""The exports: fields, order, null for unknown, base units."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from small_corpus import case, corpus

from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.project.records import (
    EXPORTS,
    case_records,
    finding_records,
    matrix_records,
    metric_records,
    number,
    statistic_records,
)
from reportkit.project.tables import FORMATS, write_csv, write_json, write_xlsx


def test_a_case_is_exported_with_every_field_in_order() -> None:
    (record,) = case_records(corpus())
    assert list(record) == [
        "id", "company", "country", "industry_raw", "sectors", "employees", "adoption_start", "ai_tools", "vendors",
        "metrics", "phases", "fact_checks", "references", "section_count", "source", "line",
    ]  # fmt: skip
    assert record["company"] == {"name": "株式会社架空電機", "name_en": "Kaku Electric"}
    assert record["employees"] == {"value": 110000, "qualifier": "約"}
    assert record["adoption_start"] == "2023-08"
    assert record["phases"] == [{"name": "試行", "start": "2023", "end": None, "line": 14}]
    assert record["fact_checks"] == [{"item": "従業員数", "verdict": "partial", "source": "会社案内"}]
    assert record["references"][1] == {"title": None, "url": "https://example.jp/a"}
    assert (record["section_count"], record["source"], record["line"]) == (8, "株式会社架空電機.md", 1)


def test_a_metric_keeps_both_states_and_the_change_with_its_sign() -> None:
    first, second = case_records(corpus())[0]["metrics"]
    assert first == {
        "label": "見積作成", "raw": "32時間 | 約8時間 | 75%減", "before": 32, "after": 8, "value": None,
        "value_min": None, "value_max": None, "unit": "時間", "per": "月・人", "qualifier": "約", "change_percent": -75,
        "change_points": None, "change_factor": None, "is_target": False, "direction": "down", "line": 9,
    }  # fmt: skip
    assert (second["value"], second["value_min"], second["value_max"], second["is_target"]) == (None, 10, 20.5, True)


def test_what_a_case_does_not_say_is_null() -> None:
    (record,) = case_records(corpus(case("1", "架空")))
    assert (record["country"], record["industry_raw"], record["adoption_start"]) == (None, None, None)
    assert record["employees"] == {"value": None, "qualifier": None}
    assert record["sectors"] == []


def test_a_matrix_is_exported_in_source_order_with_totals_last() -> None:
    records = matrix_records(corpus())
    assert [(record["row"], record["column"], record["value"]) for record in records] == [
        ("医療", "R&D", 3711), ("医療", "調達", 1.5), ("医療", "合計", 3712),
        ("介護", "R&D", None), ("介護", "調達", 0), ("介護", "合計", 0),
        ("平均", "R&D", 3711), ("平均", "調達", 2), ("平均", "合計", 3713),
    ]  # fmt: skip
    assert records[0] == {
        "matrix": "impact", "row": "医療", "column": "R&D", "value": 3711, "unit": "億円", "imputed": False,
        "rank": 10, "spread": False, "source": "調査.txt", "line": 101, "sheet": None, "base": None,
        "base_unknown": False,
    }  # fmt: skip
    assert [record["imputed"] for record in records[:2]] == [False, True]
    assert records[4]["spread"] is True


def test_metrics_statistics_and_findings_are_flat_records_with_their_place() -> None:
    whole = corpus()
    assert metric_records(whole)[0]["case"] == "007"
    assert metric_records(whole)[0]["line"] == 9
    (statistic,) = statistic_records(whole)
    assert (statistic["value"], statistic["unit"], statistic["line"]) == (26.7, "%", 7)
    assert finding_records(whole.findings) == [
        {"code": "matrix.row-total", "severity": "error", "message": "合計が合いません",
         "fix": "原典を確かめてください", "source": "調査.txt", "sheet": None, "line": 7, "column": None,
         "place": "調査.txt:7",
         "evidence": [{"label": "印刷された合計", "text": "3,712", "source": "調査.txt", "sheet": None, "line": 7,
                       "column": None, "place": "調査.txt:7"}],
         "subjects": ["matrix:impact", "sector:医療"]},
        {"code": "corpus.empty", "severity": "note", "message": "資料が少ないようです",
         "fix": "資料を足してください", "source": None, "sheet": None, "line": None, "column": None, "place": None,
         "evidence": [], "subjects": []},
    ]  # fmt: skip


def test_a_finding_about_a_cell_of_a_workbook_names_its_sheet_in_every_format() -> None:
    place = Origin("調査.xlsx", 3, 2, sheet="2023年")
    finding = Finding("matrix.row-total", "error", "合いません", "直す", place, (Evidence("計", "9", place),))
    (record,) = finding_records([finding])
    assert (record["sheet"], record["line"], record["column"], record["place"]) == (
        "2023年",
        3,
        2,
        "調査.xlsx:2023年!B3",
    )
    assert record["evidence"][0]["place"] == "調査.xlsx:2023年!B3"
    row = write_csv([record]).decode("utf-8-sig").splitlines()[1]
    assert "調査.xlsx:2023年!B3" in row
    sheet = load_workbook(io.BytesIO(write_xlsx([record]))).active
    assert sheet is not None
    assert "調査.xlsx:2023年!B3" in [cell.value for cell in sheet[2]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("5", 5), ("5.0", 5), ("4.48E+5", 448000), ("26.7", 26.7), ("-0", 0), ("NaN", None)],
)
def test_whole_numbers_are_ints_and_others_floats(value: str, expected: float | None) -> None:
    found = number(Decimal(value))
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("what", sorted(EXPORTS))
def test_every_export_in_every_format_gives_the_same_bytes_twice(what: str, form: str) -> None:
    records = EXPORTS[what](corpus())
    assert FORMATS[form](records) == FORMATS[form](records)


def test_csv_opens_in_excel_with_japanese_and_has_no_formula() -> None:
    data = write_csv(case_records(corpus()))
    assert data.startswith(b"\xef\xbb\xbf")
    header, row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    record = dict(zip(header, row, strict=True))
    assert record["ai_tools"] == '\'=HYPERLINK("x")'
    assert record["company.name"] == "株式会社架空電機"
    assert record["country"] == "日本"
    assert json.loads(record["metrics"])[0]["change_percent"] == -75


@pytest.mark.parametrize("start", ["=1+1", "+81", "-x", "@SUM(A1)", "\t=1", "\r\n=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_compute_stays_text(start: str) -> None:
    cell = write_csv([{"a": start}]).decode("utf-8-sig").splitlines()[1].strip('"')
    assert cell.startswith(("'", " "))
    book = load_workbook(io.BytesIO(write_xlsx([{"a": start}])))
    assert book.active["A2"].data_type == "s"


def test_excel_cells_are_typed() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(matrix_records(corpus()))))
    sheet = book.active
    assert [cell.value for cell in sheet[1]][:4] == ["matrix", "row", "column", "value"]
    assert [cell.value for cell in sheet[2]] == [
        "impact", "医療", "R&D", 3711, "億円", False, 10, False, "調査.txt", 101, None, None, False,
    ]  # fmt: skip
    assert sheet["D5"].value is None
    assert sheet["D3"].value == 1.5


def test_excel_takes_any_text_and_says_where_it_cut() -> None:
    long = "あ" * 40_000
    sheet = load_workbook(io.BytesIO(write_xlsx([{"a": "x\x01\ud800y", "b": long}]))).active
    assert sheet["A2"].value == "xy"
    assert len(sheet["B2"].value) == 32_767
    assert sheet["B2"].value.endswith("…（以下略）")


def test_a_workbook_carries_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx([{"a": 1}]))) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z</dcterms:modified>" in book.read("docProps/core.xml")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_records_are_an_empty_file_of_the_format(form: str) -> None:
    assert FORMATS[form]([])
    assert json.loads(write_json([])) == []
