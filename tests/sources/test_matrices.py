"""All thirteen matrices, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from printed_matrix import print_matrix
from seed_corpus import RAW, SEEDS, raw, seeds

from reportkit.base.origin import Origin
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix

GOLDEN = Path(__file__).parent / "golden"
IDS = (
    "initial-impact",
    "initial-impact-excerpt",
    "respondents",
    "labour-cost",
    "reduction-rate",
    "adoption-intent",
    "impact",
    "barriers",
    "support",
    "participation-barriers",
    "data-sharing-intent",
    "data-sharing-barriers",
    "data-sharing-support",
)
BOTH = pytest.mark.parametrize(("corpus", "folder"), [(seeds, SEEDS), (raw, RAW)], ids=["seeds", "raw"])


def every_cell(matrix: Matrix) -> Iterator[Cell]:
    for row in matrix.cells:
        yield from row
    yield from matrix.row_totals or ()
    yield from matrix.column_totals or ()
    if matrix.grand_total is not None:
        yield matrix.grand_total


def text_at(folder: Path, origin: Origin) -> str:
    line = (folder / origin.source).read_text(encoding="utf-8").split("\n")[origin.line - 1]
    cells = line.split("\t")
    return cells[origin.column - 1].strip() if origin.column <= len(cells) else ""


@BOTH
@pytest.mark.parametrize("name", IDS)
def test_a_matrix_reads_as_in_its_golden_file(corpus: Callable[[], Corpus], folder: Path, name: str) -> None:
    assert print_matrix(corpus().matrix(name)) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@BOTH
def test_there_are_thirteen_matrices_and_no_other(corpus: Callable[[], Corpus], folder: Path) -> None:
    assert sorted(matrix.id for matrix in corpus().matrices) == sorted(IDS)


@BOTH
@pytest.mark.parametrize("name", IDS)
def test_the_raw_text_of_every_cell_stands_at_its_origin(corpus: Callable[[], Corpus], folder: Path, name: str) -> None:
    matrix = corpus().matrix(name)
    for cell in every_cell(matrix):
        assert text_at(folder, cell.origin) == cell.raw
    for axis in (matrix.rows, matrix.columns):
        for printed, origin in zip(axis.printed, axis.origins, strict=True):
            assert text_at(folder, origin) == printed.strip()


def test_a_number_before_a_value_is_a_rank_and_not_a_thousand() -> None:
    cell = seeds().matrix("impact").cell("自動車・鉄道・船舶・航空", "業務横断（資料作成等）")
    assert cell is not None
    assert (cell.raw, cell.value, cell.rank) == ("9 643", Decimal(643), 9)


def test_a_spread_cell_keeps_the_origin_of_the_printed_one() -> None:
    matrix = seeds().matrix("reduction-rate")
    printed = matrix.cell("不動産", "R&D")
    spread = matrix.cell("農林水産・鉱石砂利", "R&D")
    assert printed is not None
    assert spread is not None
    assert (printed.spread, spread.spread) == (False, True)
    assert (spread.value, spread.origin) == (printed.value, printed.origin)


def test_two_names_glued_in_one_cell_are_two_rows_of_the_same_line() -> None:
    rows = seeds().matrix("adoption-intent").rows
    energy, mining = rows.labels.index("エネルギー"), rows.labels.index("農林水産・鉱石砂利")
    assert rows.origins[energy].line == rows.origins[mining].line
    assert "エネルギー 農林水産" in rows.printed[mining]


def test_a_dash_is_not_asked_and_a_zero_is_a_value() -> None:
    intent = seeds().matrix("adoption-intent")
    assert intent.value("医療", "製造・加工") is None
    assert intent.value("介護", "オペレーションサービス/CS") == 0


def test_the_misread_name_stays_as_printed_and_is_reported_with_candidates() -> None:
    assert "アパレル/ファッション" in seeds().matrix("initial-impact").rows.labels
    (finding,) = [finding for finding in seeds().findings if finding.code == "matrix.unknown-row"]
    assert "近い名前" in finding.fix
    assert finding.subjects == ("matrix:initial-impact",)


def test_damage_of_the_print_is_reported_for_each_table() -> None:
    found = {(finding.code, finding.subjects[0]) for finding in seeds().findings if finding.code.startswith("matrix.")}
    assert found == {
        ("matrix.header-shift", "matrix:initial-impact"),
        ("matrix.unknown-row", "matrix:initial-impact"),
        ("matrix.suspect", "matrix:initial-impact"),
        ("matrix.partial-group", "matrix:initial-impact"),
        ("matrix.suspect", "matrix:initial-impact-excerpt"),
        ("matrix.partial-group", "matrix:initial-impact-excerpt"),
        ("matrix.unit", "matrix:labour-cost"),
        ("matrix.glued-rows", "matrix:reduction-rate"),
        ("matrix.spread", "matrix:reduction-rate"),
        ("matrix.glued-rows", "matrix:adoption-intent"),
        ("matrix.spread", "matrix:adoption-intent"),
        ("matrix.spanner-shift", "matrix:barriers"),
        ("matrix.spanner-shift", "matrix:support"),
        ("matrix.spanner-shift", "matrix:data-sharing-intent"),
        ("matrix.header-noise", "matrix:data-sharing-intent"),
    }


@BOTH
def test_questions_and_notes_come_with_their_lines(corpus: Callable[[], Corpus], folder: Path) -> None:
    matrices = {matrix.id: matrix for matrix in corpus().matrices}
    assert {name for name, matrix in matrices.items() if matrix.question} == {
        "reduction-rate",
        "adoption-intent",
        "barriers",
        "support",
        "participation-barriers",
        "data-sharing-barriers",
        "data-sharing-support",
    }
    assert len(matrices["barriers"].question) == 3
    assert len(matrices["respondents"].notes) == 2
    for matrix in matrices.values():
        for quote in (*matrix.question, *matrix.notes):
            assert (
                quote.text
                in (folder / quote.origin.source).read_text(encoding="utf-8").split("\n")[quote.origin.line - 1]
            )


@BOTH
def test_notes_that_explain_the_imputation_belong_to_the_marked_tables(
    corpus: Callable[[], Corpus], folder: Path
) -> None:
    for name in ("reduction-rate", "adoption-intent"):
        (note,) = corpus().matrix(name).notes
        assert note.text.startswith("1. ")


def test_units_are_stated_or_explained() -> None:
    matrices = {matrix.id: matrix for matrix in seeds().matrices}
    assert "220兆円" in matrices["labour-cost"].unit_note
    assert [name for name, matrix in matrices.items() if matrix.unit_note] == ["labour-cost"]
