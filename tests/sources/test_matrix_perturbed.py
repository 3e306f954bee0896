"""One matrix as people hand it on: moved, cut by empty lines and notes, with units and numbering in its labels.

Every form must give the cells of the clean table; what had to be assumed is a finding, never an error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from matrix_forms import Rows, as_workbook
from seed_corpus import seeds

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.sources.reader import read_folder

CAPTIONS = {"impact": "効率化・コスト削減の経済インパクト", "adoption-intent": "生成AIの導入意向"}
WIDE = str.maketrans("0123456789%,", "０１２３４５６７８９％，")
Change = Callable[[str, Rows], Rows]


def under(caption: str, rows: Rows) -> Rows:
    return [[caption], [], *rows]


def stubs(rows: Rows, change: Callable[[int, str], str]) -> Rows:
    return [rows[0], *([change(at, row[0]), *row[1:]] for at, row in enumerate(rows[1:], start=1))]


def values(rows: Rows, change: Callable[[str], str]) -> Rows:
    return [rows[0], *([row[0], *map(change, row[1:])] for row in rows[1:])]


def unit(rows: Rows) -> str:
    return "%" if any("%" in text for text in rows[1]) else "億円"


def total(name: str) -> bool:
    return name in {"合計", "平均"}


CHANGES: dict[str, Change] = {
    "an empty column at the left": lambda caption, rows: [[], *(["", *row] for row in under(caption, rows))],
    "an empty column after the names": lambda caption, rows: under(caption, [[row[0], "", *row[1:]] for row in rows]),
    "an empty column between values": lambda caption, rows: under(caption, [[*row[:3], "", *row[3:]] for row in rows]),
    "empty columns at the end": lambda caption, rows: under(caption, [[*row, "", ""] for row in rows]),
    "an empty line after every row": lambda caption, rows: under(caption, [one for row in rows for one in (row, [])]),
    "an empty line under the heading": lambda caption, rows: under(caption, [rows[0], [], *rows[1:]]),
    "the heading in row 5": lambda caption, rows: [
        [caption], ["作成日", "2025年3月1日"], ["作成者", "架空部"], ["対象", "全国の企業", "2,391人"], *rows
    ],
    "the heading below a block of particulars": lambda caption, rows: [
        [caption], ["作成日", "2025年3月1日"], ["作成者", "架空部"], [], ["注：架空の数値"], [], *rows
    ],
    "a note among the rows": lambda caption, rows: under(caption, [*rows[:4], ["※ここまでは架空の数値"], *rows[4:]]),
    "a note with two cells": lambda caption, rows: under(caption, [*rows[:4], ["注1) 架空の注", "なし"], *rows[4:]]),
    "the source in the last row": lambda caption, rows: under(caption, [*rows, ["出典：架空の調査", "", "2025年"]]),
    "the total row first": lambda caption, rows: under(caption, [rows[0], rows[-1], *rows[1:-1]]),
    "the total column first": lambda caption, rows: under(caption, [[row[0], row[-1], *row[1:-1]] for row in rows]),
    "a blank before the percent sign": lambda caption, rows: under(
        caption, values(rows, lambda text: text.replace("%", " %"))
    ),
    "full-width digits": lambda caption, rows: under(caption, values(rows, lambda text: text.translate(WIDE))),
    "the unit in every heading": lambda caption, rows: under(
        caption, [["産業", *(f"{text}（{unit(rows)}）" for text in rows[0][1:])], *rows[1:]]
    ),
    "the unit in the corner": lambda caption, rows: under(
        caption, [[f"産業（単位：{unit(rows)}）", *rows[0][1:]], *rows[1:]]
    ),
    "a row of units": lambda caption, rows: under(
        caption, [rows[0], ["", *([f"（{unit(rows)}）"] * (len(rows[0]) - 1))], *rows[1:]]
    ),
    "no separators in thousands": lambda caption, rows: under(
        caption, values(rows, lambda text: text.replace(",", ""))
    ),
    "numbered rows": lambda caption, rows: under(
        caption, stubs(rows, lambda at, name: name if total(name) else f"{at}. {name}")
    ),
    "circled numbers": lambda caption, rows: under(
        caption, stubs(rows, lambda at, name: name if total(name) else f"{chr(0x245F + at)}{name}")
    ),
    "a column of numbers": lambda caption, rows: under(
        caption, [["No.", *rows[0]], *([str(at), *row] for at, row in enumerate(rows[1:], start=1))]
    ),
    "blanks in short names": lambda caption, rows: under(
        caption, stubs(rows, lambda at, name: "　".join(name) if len(name) < 4 else name)
    ),
    "a heading over all columns": lambda caption, rows: under(
        caption, [["", "機能", *([""] * (len(rows[0]) - 2))], *rows]
    ),
    "another name of the total": lambda caption, rows: under(
        caption, stubs(rows, lambda at, name: "全体" if total(name) else name)
    ),
    "the heading once more": lambda caption, rows: under(caption, [*rows[:8], rows[0], *rows[8:]]),
    "bold headings": lambda caption, rows: under(caption, [[f"**{text}**" for text in rows[0]], *rows[1:]]),
    "other signs for none": lambda caption, rows: under(
        caption, values(rows, lambda text: "該当なし" if text == "-" else text)
    ),
    "a column of respondents": lambda caption, rows: under(
        caption, [["産業", "n", *rows[0][1:]], *([row[0], "100", *row[1:]] for row in rows[1:])]
    ),
    "a column of remarks": lambda caption, rows: under(
        caption, [[*rows[0], "備考"], *([*row, "架空" if at % 2 else ""] for at, row in enumerate(rows[1:]))]
    ),
    "a second total": lambda caption, rows: under(
        caption, [*rows, ["総数" if rows[-1][0] == "平均" else "平均", *([rows[1][1]] * (len(rows[0]) - 1))]]
    ),
    "axes changed over": lambda caption, rows: under(caption, [list(column) for column in zip(*rows, strict=True)]),
    "another table below": lambda caption, rows: [
        *under(caption, rows), [], ["次の表"], ["都市", "人口"], ["東京", "1,400"], ["大阪", "270"], ["名古屋", "230"]
    ],
}  # fmt: skip


def printed(matrix: Matrix) -> Rows:
    kind, bottom = matrix.row_total_kind or "", matrix.column_total_kind or ""
    columns = (*matrix.columns.labels, kind)
    sign = "%" if matrix.unit == "%" else ""

    def text(value: Decimal | None) -> str:
        return "-" if value is None else f"{value:,}{sign}"

    body = [[row, *(text(matrix.value(row, column)) for column in columns)] for row in (*matrix.rows.labels, bottom)]
    return [["産業", *columns], *body]


def written(folder: Path, form: str, caption: str, rows: Rows) -> Corpus:
    if form == "csv":
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        (folder / "a.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    elif form == "tabs":
        (folder / "a.txt").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    else:
        (folder / "a.xlsx").write_bytes(as_workbook(caption, rows))
    return read_folder(folder)


def known(matrix: Matrix) -> object:
    return (
        matrix.rows.labels,
        matrix.columns.labels,
        [[cell.value for cell in row] for row in matrix.cells],
        [cell.value for cell in matrix.row_totals or ()],
        [cell.value for cell in matrix.column_totals or ()],
        matrix.grand_total and matrix.grand_total.value,
        (matrix.row_total_kind, matrix.column_total_kind),
    )


@pytest.mark.parametrize("form", ["csv", "tabs", "xlsx"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_form_gives_the_same_cells(tmp_path: Path, change: str, form: str) -> None:
    for name, caption in CAPTIONS.items():
        folder = tmp_path / name
        folder.mkdir()
        clean = seeds().matrix(name)
        corpus = written(folder, form, caption, CHANGES[change](caption, printed(clean)))
        assert [matrix.id for matrix in corpus.matrices] == [name]
        assert known(corpus.matrix(name)) == known(clean)
        assert not [finding for finding in corpus.findings if finding.severity == "error"]


SPEC = """
id = "own"
title = "架空の増減"
unit = "億円"
rows_kind = "sector"
columns_kind = "item"
captions = ["架空の増減"]
columns = ["前年", "今年"]
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_signs_circles_and_full_width_figures_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    table = '①架空の増減（億円）\n\n産業,前年,今年\n①医療,△1,２３\n②介護,▲4.5,"１，２３４"\n③建設,－6,+7\n'
    (tmp_path / "own.csv").write_bytes(table.encode(encoding))
    (tmp_path / "own.matrix.toml").write_text(SPEC, encoding="utf-8")
    corpus = read_folder(tmp_path)
    matrix = corpus.matrix("own")
    assert [[str(cell.value) for cell in row] for row in matrix.cells] == [["-1", "23"], ["-4.5", "1234"], ["-6", "7"]]
    assert not [finding for finding in corpus.findings if finding.severity == "error"]


def test_a_table_of_its_own_is_not_joined_to_the_one_above(tmp_path: Path) -> None:
    first = "架空の増減\n\n産業,前年,今年\n医療,1,2\n介護,3,4\n建設,5,6\n"
    (tmp_path / "own.matrix.toml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "a.csv").write_text(first + "\n別の表\n\n教育,7,8\nサービス,9,10\n", encoding="utf-8")
    assert read_folder(tmp_path).matrix("own").rows.labels == ("医療", "介護", "建設")
    (tmp_path / "a.csv").write_text(first + "\n教育,7,8\nサービス,9,10\n", encoding="utf-8")
    assert read_folder(tmp_path).matrix("own").rows.labels == ("医療", "介護", "建設", "教育", "サービス")


def test_a_second_total_is_left_out_and_said_so(tmp_path: Path) -> None:
    rows = printed(seeds().matrix("impact"))
    corpus = written(tmp_path, "csv", CAPTIONS["impact"], CHANGES["a second total"](CAPTIONS["impact"], rows))
    (finding,) = [item for item in corpus.findings if item.code == "matrix.second-total"]
    assert "「平均」の行は使いません" in finding.message
