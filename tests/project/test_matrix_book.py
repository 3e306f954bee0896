"""The matrices as a workbook: numbers with formats, marks, notes, places, findings; the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from small_corpus import corpus as small

from reportkit.cli.main import cli
from reportkit.corpus.corpus import Corpus
from reportkit.project.matrix_book import write_matrix_book
from reportkit.project.reading import read_corpus
from reportkit.project.records import matrix_records
from reportkit.sources.reader import read_folder

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(SEEDS)


@pytest.fixture(scope="module")
def book(corpus: Corpus) -> Any:
    return load_workbook(io.BytesIO(write_matrix_book(corpus)))


def table(sheet: Worksheet) -> dict[tuple[str, str], Any]:
    """Return the cells below the header by row and column name."""
    head = next(row for row in sheet.iter_rows() if row[-1].value == "出典の行" or "出典の行" in [c.value for c in row])
    names = {cell.column: str(cell.value) for cell in head if cell.value}
    found: dict[tuple[str, str], Any] = {}
    for line in range(head[0].row + 1, sheet.max_row + 1):
        stub = sheet.cell(line, 1).value
        if stub is None:
            break
        found |= {(str(stub), name): sheet.cell(line, column) for column, name in names.items()}
    return found


def test_there_is_a_sheet_for_every_matrix_between_list_and_findings(corpus: Corpus, book: Any) -> None:
    assert book.sheetnames == ["目次", *(matrix.id for matrix in corpus.matrices), "指摘", "全セル"]
    assert [book["目次"].cell(line, 1).value for line in range(2, 15)] == [matrix.id for matrix in corpus.matrices]
    assert book["目次"]["A2"].hyperlink.location == f"'{corpus.matrices[0].id}'!A1"


def test_every_value_of_every_matrix_is_there_as_a_number(corpus: Corpus, book: Any) -> None:
    for matrix in corpus.matrices:
        cells = table(book[matrix.id])
        factor = 100 if matrix.unit == "%" else 1
        for record in matrix_records(replace(corpus, matrices=(matrix,))):
            value = cells[record["row"], record["column"]].value
            if record["value"] is None:
                assert value is None
            else:
                assert value * factor == pytest.approx(record["value"])


def test_marks_are_in_the_number_format_and_the_fill(book: Any) -> None:
    intent, impact = table(book["adoption-intent"]), table(book["impact"])
    assert intent["医療", "R&D"].number_format == '0%"*"'
    assert intent["教育", "R&D"].number_format == '0%"+"'
    assert intent["製薬・化学・素材", "R&D"].number_format == "0%"
    assert impact["医療", "オペレーションサービス/CS"].number_format == '"r10 "#,##0'
    assert impact["医療", "オペレーションサービス/CS"].fill.start_color.rgb == "FFFFF2B3"
    assert impact["医療", "R&D"].fill.fill_type is None


def test_bases_intervals_notes_places_and_findings_stand_on_the_sheet(corpus: Corpus, book: Any) -> None:
    sheet = book["data-sharing-intent"]
    cells = table(sheet)
    assert cells["建設", "n"].value == 272
    assert cells["医療", "n"].value == "n不明"
    place = corpus.matrix("data-sharing-intent").rows.origins[6].place()
    assert cells["建設", "出典の行"].value == place.partition(" ")[0]
    texts = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    assert "建設　下限" in texts
    assert "医療　下限" not in texts
    assert any(text.startswith("n不明：") for text in texts)
    impact = [str(row[0].value) for row in book["impact"].iter_rows() if row[0].value]
    named = table(book["impact"])["医療", "オペレーションサービス/CS"].coordinate
    assert any(named in text and "3,711億円" in text for text in impact)


def test_panes_are_frozen_at_the_first_value(book: Any) -> None:
    for name in book.sheetnames[1:-2]:
        sheet = book[name]
        first = sheet[sheet.freeze_panes]
        assert isinstance(first.value, int | float) or first.value is None
        assert sheet.cell(first.row - 1, first.column + 1).value
    assert book["指摘"].freeze_panes == "A2"


def test_the_findings_name_their_cells_and_their_evidence(corpus: Corpus, book: Any) -> None:
    rows = [[cell.value for cell in row] for row in book["指摘"].iter_rows(min_row=2)]
    assert len(rows) == sum(any(name.startswith("matrix:") for name in item.subjects) for item in corpus.findings)
    identity = next(row for row in rows if row[1] == "matrix.identity" and "3,711億円" in row[4])
    assert "impact［" in identity[3]
    assert "労務" in identity[7]


def test_same_corpus_same_bytes_and_any_corpus_has_a_book(corpus: Corpus) -> None:
    assert write_matrix_book(corpus) == write_matrix_book(corpus)
    assert load_workbook(io.BytesIO(write_matrix_book(Corpus(corpus.taxonomy)))).sheetnames == [
        "目次",
        "指摘",
        "全セル",
    ]
    assert "impact" in load_workbook(io.BytesIO(write_matrix_book(small()))).sheetnames


def test_names_that_excel_refuses_become_names_that_it_takes(corpus: Corpus) -> None:
    matrix = corpus.matrix("impact")
    ids = ("a" * 40, "a" * 40 + "b", "x[1]:y", "指摘")
    odd = replace(corpus, matrices=tuple(replace(matrix, id=name) for name in ids))
    names = load_workbook(io.BytesIO(write_matrix_book(odd))).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 7
    assert all(len(name) <= 31 for name in names)


def test_the_workbook_is_read_back_as_the_same_matrices(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "matrices.xlsx").write_bytes(write_matrix_book(corpus))
    again = read_folder(tmp_path)
    for name in ("impact", "respondents", "labour-cost", "barriers", "support"):
        read, first = again.matrix(name), corpus.matrix(name)
        assert read.frame().equals(first.frame())


def test_the_command_writes_it(tmp_path: Path) -> None:
    target = tmp_path / "m.xlsx"
    result = CliRunner().invoke(cli, ["export", "matrices", "-o", str(target), "--seeds", str(SEEDS)])
    assert result.exit_code == 0, result.output
    assert "impact" in load_workbook(target).sheetnames
