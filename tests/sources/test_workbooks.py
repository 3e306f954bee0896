"""Sheets as people make them: merged and hidden cells, comments, formulas, several tables; and hostile files."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrix_forms import saved
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from reportkit.base.finding import Finding
from reportkit.corpus.corpus import Corpus
from reportkit.sources.grids import read_workbook
from reportkit.sources.grids.formats import show_number
from reportkit.sources.reader import read_folder

SPEC = """
id = "own"
title = "架空の表"
unit = "件"
rows_kind = "sector"
columns_kind = "item"
captions = ["架空の件数"]
row_total = "合計"
columns = ["東", "西"]
"""
ROWS = [["産業", "東", "西", "合計"], ["医療", 1, 2, 3], ["介護", 4, 5, 9], ["建設", 6, 7, 13]]


def page(book: Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def put(sheet: Worksheet, rows: list[list[object]], line: int = 3, column: int = 1) -> None:
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value is not None:
                sheet.cell(line + down, column + right, value)  # type: ignore[arg-type]


def small(caption: str = "架空の件数") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = page(book)
    sheet.title = "集計"
    sheet["A1"] = caption
    put(sheet, ROWS)
    return book, sheet


def read(folder: Path, book: Workbook, spec: str = SPEC) -> Corpus:
    (folder / "own.matrix.toml").write_text(spec, encoding="utf-8")
    (folder / "a.xlsx").write_bytes(saved(book))
    return read_folder(folder)


def found(corpus: Corpus, code: str) -> list[Finding]:
    return [finding for finding in corpus.findings if finding.code == code]


def test_a_sheet_is_read_without_findings(tmp_path: Path) -> None:
    corpus = read(tmp_path, small()[0])
    assert corpus.findings == ()
    assert corpus.matrix("own").value("介護", "合計") == 9
    assert corpus.matrix("own").origin.place() == "a.xlsx:集計!3:6"


def test_hidden_rows_and_columns_are_left_out_and_said_so(tmp_path: Path) -> None:
    book, sheet = small()
    sheet.insert_cols(3)
    for line, value in enumerate(["隠し", 90, 90, 90], start=3):
        sheet.cell(line, 3, value)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True
    corpus = read(tmp_path, book)
    matrix = corpus.matrix("own")
    assert matrix.rows.labels == ("医療", "建設")
    assert matrix.value("建設", "西") == 7
    assert matrix.cells[1][1].origin.place() == "a.xlsx:集計!D6"
    messages = " ".join(finding.message for finding in found(corpus, "matrix.hidden"))
    assert "行（5）" in messages
    assert "列（C）" in messages


def test_hidden_sheets_are_left_out_and_said_so(tmp_path: Path) -> None:
    book, sheet = small()
    book.create_sheet("表紙")
    sheet.sheet_state = "hidden"
    corpus = read(tmp_path, book)
    assert corpus.matrices == ()
    assert [finding.origin.place() for finding in found(corpus, "source.hidden-sheet") if finding.origin] == [
        "a.xlsx:集計"
    ]


def test_comments_are_notes_with_their_cell(tmp_path: Path) -> None:
    book, sheet = small()
    sheet["B5"].comment = Comment("速報値", "架空の人")
    (note,) = read(tmp_path, book).matrix("own").notes
    assert (note.text, note.origin.place()) == ("速報値", "a.xlsx:集計!B5")


def test_cells_merged_over_rows_spread_their_value(tmp_path: Path) -> None:
    book, sheet = small()
    for column in "BCD":
        sheet[f"{column}5"] = None
        sheet.merge_cells(f"{column}4:{column}5")
    corpus = read(tmp_path, book)
    cell = corpus.matrix("own").cell("介護", "西")
    assert cell is not None
    assert (cell.value, cell.spread, cell.origin.place()) == (Decimal(2), True, "a.xlsx:集計!C4")
    assert corpus.matrix("own").merged[0].labels == ("医療", "介護")
    assert len(found(corpus, "matrix.spread")) == 1


def test_merged_captions_and_headings_do_not_disturb(tmp_path: Path) -> None:
    book, sheet = small()
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B2:C2")
    sheet["B2"] = "地域"
    corpus = read(tmp_path, book)
    assert corpus.matrix("own").value("医療", "東") == 1
    assert corpus.findings == ()


def test_several_tables_stand_on_one_sheet(tmp_path: Path) -> None:
    book, sheet = small()
    put(sheet, [["別の件数"]], line=9)
    put(sheet, [[value if isinstance(value, str) else value * 10 for value in row] for row in ROWS], line=10)
    sheet["G1"] = "右の件数"
    put(sheet, [[value if isinstance(value, str) else value * 100 for value in row] for row in ROWS], column=7)
    for name in ("別", "右"):
        text = SPEC.replace('"own"', f'"{name}"').replace("架空の件数", f"{name}の件数")
        (tmp_path / f"{name}.matrix.toml").write_text(text, encoding="utf-8")
    corpus = read(tmp_path, book)
    assert {matrix.id: matrix.value("介護", "西") for matrix in corpus.matrices} == {"own": 5, "別": 50, "右": 500}
    assert corpus.matrix("右").cells[0][0].origin.place() == "a.xlsx:集計!H4"


def test_numbers_to_the_left_of_the_names_are_passed_over_with_a_note(tmp_path: Path) -> None:
    book = Workbook()
    page(book)["A1"] = "架空の件数"
    put(page(book), [[index or "No.", *row] for index, row in enumerate(ROWS)])
    corpus = read(tmp_path, book)
    assert corpus.matrix("own").value("建設", "東") == 6
    assert len(found(corpus, "matrix.stub-column")) == 1


def test_a_formula_without_its_value_is_no_value_and_a_finding(tmp_path: Path) -> None:
    book, sheet = small()
    sheet["D5"] = "=B5+C5"
    corpus = read(tmp_path, book)
    assert corpus.matrix("own").value("介護", "合計") is None
    (finding,) = found(corpus, "source.no-value")
    assert "D5" in finding.message


def test_a_raised_mark_never_becomes_a_digit(tmp_path: Path) -> None:
    book, sheet = small()
    sheet["B4"] = CellRichText("1", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    cell = read(tmp_path, book).matrix("own").cells[0][0]
    assert (cell.raw, cell.value) == ("1²", 1)


def test_shown_decimals_count_and_rounding_is_noted_and_can_be_confirmed(tmp_path: Path) -> None:
    book, sheet = small()
    sheet["B4"] = 1.26
    sheet["B4"].number_format = "0.0"
    corpus = read(tmp_path, book)
    assert corpus.matrix("own").value("医療", "東") == Decimal("1.3")
    assert len(found(corpus, "matrix.rounded")) == 1
    assert read(tmp_path, book, SPEC + 'confirmed = ["rounded"]\n').findings == ()


@pytest.mark.parametrize("fractions", [True, False])
def test_percentages_without_their_sign_are_read_and_flagged(tmp_path: Path, fractions: bool) -> None:
    book, sheet = small()
    for line in (4, 5, 6):
        for column in (2, 3, 4):
            sheet.cell(line, column, 0.25 if fractions else 25)
    spec = SPEC.replace('"件"', '"%"')
    corpus = read(tmp_path, book, spec)
    assert corpus.matrix("own").value("医療", "東") == 25
    (finding,) = corpus.findings
    assert (finding.code, finding.severity) == ("matrix.percent-sign", "warning" if fractions else "note")
    assert read(tmp_path, book, spec + 'confirmed = ["percent-sign"]\n').findings == ()


def test_a_scale_brings_values_to_the_unit_exactly(tmp_path: Path) -> None:
    matrix = read(tmp_path, small()[0], SPEC + 'scale = "0.01"\n').matrix("own")
    assert str(matrix.value("医療", "合計")) == "0.03"
    assert matrix.cells[0][0].raw == "1"


def test_a_sheet_name_may_stand_for_the_caption(tmp_path: Path) -> None:
    book, sheet = small("何かの表")
    put(book.create_sheet("別表"), ROWS)
    corpus = read(tmp_path, book, SPEC.replace('captions = ["架空の件数"]', 'sheet = "集計"'))
    assert [matrix.origin.sheet for matrix in corpus.matrices] == [sheet.title]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.2, "0%", "20%"),
        (0.235, "0.0%", "23.5%"),
        (0.29, "0%", "29%"),
        (15289, "#,##0", "15,289"),
        (15289000, "#,##0,", "15,289"),
        (-1234, "#,##0;▲#,##0", "-1,234"),
        (0.1 + 0.2, "General", "0.3"),
        (12, '0"人"', "12人"),
        (1234.5, "[Red]#,##0.00_ ", "1,234.50"),
        (1e300, "0", format(Decimal("1e300"), "f")),
        (5, "@", "5"),
        (2.5, "0", "3"),
    ],
)
def test_numbers_are_shown_as_their_format_says(value: float, number_format: str, text: str) -> None:
    assert show_number(value, number_format).text == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?,.%;"[]_*\\人E+@/ ', max_size=20))
def test_no_number_format_makes_the_reader_fail(value: float, number_format: str) -> None:
    assert show_number(value, number_format).text


# --- hostile files ---------------------------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zipped(parts | {name: content})


SOUND = saved(small()[0])
SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "no zip": b"a,b\n1,2\n",
    "old office": b"\xd0\xcf\x11\xe0" + bytes(600),
    "cut off": SOUND[: len(SOUND) // 2],
    "no workbook": zipped({"a.txt": b"x"}),
    "bomb": changed(SOUND, "xl/media/a.bin", bytes(60 * 1024 * 1024)),
    "huge sheet": changed(SOUND, SHEET, b"<worksheet>" + b" " * (17 * 1024 * 1024) + b"</worksheet>"),
    "entities": changed(SOUND, SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'),
    "broken xml": changed(SOUND, SHEET, b"<worksheet><sheetData><row"),
    "many parts": zipped({f"{number}.xml": b"" for number in range(2100)}),
    "no sheets": changed(SOUND, "xl/workbook.xml", b"<workbook/>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_with_a_reason_and_stops_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "bad.xlsx").write_bytes(HOSTILE[name])
    corpus = read(tmp_path, small()[0])
    assert [matrix.id for matrix in corpus.matrices] == ["own"]
    source = corpus.source("bad.xlsx")
    assert source is not None
    assert source.kind == "unknown"
    assert source.reason
    assert [finding.origin.source for finding in corpus.findings if finding.origin] == ["bad.xlsx"]


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book, sheet = small()
    sheet["XFD1048576"] = "遠い"
    assert read(tmp_path, book).matrix("own").value("医療", "東") == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
def test_no_changed_byte_makes_the_reader_fail(position: int, value: int) -> None:
    data = bytearray(SOUND)
    data[position] = value
    reading = read_workbook(bytes(data), "a.xlsx")
    assert reading.grids or reading.reason
