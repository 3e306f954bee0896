"""The same matrix as tab text, Markdown, CSV, TSV in CP932 and a sheet of a workbook gives the same cells."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from matrix_forms import Rows, as_busy_workbook, as_delimited, as_markdown, as_tabs, as_workbook, content, table_rows
from printed_matrix import print_matrix
from seed_corpus import RAW, SEEDS, raw, seeds

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.sources.blocks import find_blocks
from reportkit.sources.matrices.shape import row_names
from reportkit.sources.matrices.spec import built_in_specs
from reportkit.sources.reader import read_folder
from reportkit.sources.taxonomy import built_in_taxonomy

GOLDEN = Path(__file__).parent / "golden"
CAPTIONS = {
    "impact": "生成AIによる効率化・コスト削減の経済インパクト (単位:億円)",
    "reduction-rate": "生成AIの利活用による業務削減割合",
    "barriers": "生成AI導入における障壁 (産業別・最大5つの選択肢を回答)",
    "respondents": "回答人数",
    "labour-cost": "労務・人件費総額",
    "adoption-intent": "生成AIの導入意向",
    "support": "生成AI導入において求める支援策 (最大3つの選択肢を回答)",
    "data-sharing-intent": "データ共有の意向",
    "data-sharing-barriers": "データ共有の障壁",
    "initial-impact": "効率化・コスト削減による経済インパクト 初期試算結果 (億円)",
    "initial-impact-excerpt": "効率化・コスト削減インパクト (億円)",
    "participation-barriers": "事業への参加障壁",
    "data-sharing-support": "データ共有において求める支援策",
}
BELOW = ("Source: 架空の調査", "1. 10人未満の欄は平均で置き換えた", "質問文: 架空の質問", "本文")
FORMS = ("tabs.txt", "markdown.md", "comma.csv", "bom.csv", "cp932.tsv", "semicolon.csv", "sheet.xlsx")


@cache
def rows_of(name: str, folder: Path = SEEDS) -> Rows:
    taxonomy = built_in_taxonomy()
    origin = (seeds() if folder == SEEDS else raw()).matrix(name).origin
    lines = (folder / origin.source).read_text(encoding="utf-8").split("\n")
    blocks = find_blocks(lines, lambda stub: bool(row_names(stub, taxonomy)))
    return table_rows(next(block for block in blocks if block.line == origin.line))


def form(name: str, file: str, folder: Path = SEEDS) -> bytes:
    caption, rows = CAPTIONS[name], rows_of(name, folder)
    match file:
        case "tabs.txt":
            return as_tabs(caption, rows, BELOW)
        case "markdown.md":
            return as_markdown(caption, rows, BELOW)
        case "comma.csv":
            return as_delimited(caption, rows, BELOW).encode()
        case "bom.csv":
            return as_delimited(caption, rows, BELOW).encode("utf-8-sig")
        case "semicolon.csv":
            return as_delimited(caption, rows, BELOW, ";").encode()
        case "cp932.tsv":  # has no raised digits: the mark is written as people then write it
            marked = [[cell.replace("¹", "*1") for cell in row] for row in rows]
            return as_delimited(caption, marked, BELOW, "\t").encode("cp932")
        case _:
            return as_workbook(caption, rows, BELOW)


@cache
def read_form(folder: Path, name: str, file: str) -> Corpus:
    (folder / file).write_bytes(form(name, file))
    return read_folder(folder)


@pytest.mark.parametrize("file", FORMS)
@pytest.mark.parametrize("name", CAPTIONS)
def test_every_form_of_a_matrix_gives_identical_cells(tmp_path: Path, name: str, file: str) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "form").mkdir()
    expected = read_form(tmp_path / "text", name, "tabs.txt").matrix(name)
    corpus = read_form(tmp_path / "form", name, file)
    assert [matrix.id for matrix in corpus.matrices] == [name]
    assert content(corpus.matrix(name)) == content(expected)
    asked = {spec.id: spec.question for spec in built_in_specs()}
    assert len(expected.question) == int(asked[name])
    assert not [finding for finding in corpus.findings if finding.severity == "error"]


def cells_of(matrix: Matrix) -> list[object]:
    return list(content(matrix)[5:9])


@pytest.mark.parametrize("file", FORMS)
def test_every_matrix_of_the_raw_report_reads_alike_in_every_form(tmp_path: Path, file: str) -> None:
    corpus = raw()
    for name in CAPTIONS:
        (tmp_path / name).mkdir()
        again = read_folder_of(tmp_path / name, file, form(name, file, RAW))
        assert [matrix.id for matrix in again.matrices] == [name], name
        assert cells_of(again.matrix(name)) == cells_of(corpus.matrix(name)), name
    assert set(CAPTIONS) == {matrix.id for matrix in corpus.matrices}


def read_folder_of(folder: Path, file: str, data: bytes) -> Corpus:
    (folder / file).write_bytes(data)
    return read_folder(folder)


def test_all_matrices_on_one_busy_sheet_read_alike(tmp_path: Path) -> None:
    """Tables below each other, hidden rows with other numbers, a comment, a merged title, empty columns at the left."""
    tables = [(f"{caption}", rows_of(name)) for name, caption in CAPTIONS.items()]
    corpus = read_folder_of(tmp_path, "busy.xlsx", as_busy_workbook(tables))
    assert {matrix.id for matrix in corpus.matrices} == set(CAPTIONS)
    for matrix in corpus.matrices:
        assert cells_of(matrix) == cells_of(seeds().matrix(matrix.id)), matrix.id
        assert "架空のコメント" in [quote.text for quote in matrix.notes]
    assert any(finding.code == "matrix.hidden" for finding in corpus.findings)


@pytest.mark.parametrize("name", ["impact", "reduction-rate", "labour-cost", "adoption-intent"])
def test_a_sheet_reads_as_in_the_golden_file_of_the_text(tmp_path: Path, name: str) -> None:
    printed = print_matrix(read_form(tmp_path, name, "sheet.xlsx").matrix(name))
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert printed == re.sub(r" \| n (?:\d+|\.)$", "", golden, flags=re.MULTILINE)  # the sheet counts no respondents


def test_places_in_a_sheet_are_named_as_excel_names_them(tmp_path: Path) -> None:
    matrix = read_form(tmp_path, "impact", "sheet.xlsx").matrix("impact")
    first = matrix.cells[0][0].origin
    assert first.place() == f"sheet.xlsx:表1!B{first.line}"
    assert rows_of("impact")[first.line - 3][1] == matrix.cells[0][0].raw
    assert {quote.origin.place() for quote in matrix.notes} == {
        f"sheet.xlsx:表1!{len(rows_of('impact')) + 5}:{len(rows_of('impact')) + 5}"
    }


def test_the_raw_text_of_a_csv_cell_stands_at_its_line_and_cell(tmp_path: Path) -> None:
    matrix = read_form(tmp_path, "impact", "comma.csv").matrix("impact")
    for row in matrix.cells:
        for cell in row:
            assert rows_of("impact")[cell.origin.line - 3][cell.origin.column - 1] == cell.raw


def test_openpyxl_is_not_imported_unless_a_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(form("impact", "comma.csv"))
    code = (
        "import sys\nfrom pathlib import Path\nfrom reportkit.sources.reader import read_folder\n"
        f"corpus = read_folder(Path({str(tmp_path)!r}))\n"
        "assert corpus.matrices\nassert not any(name.split('.')[0] == 'openpyxl' for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
