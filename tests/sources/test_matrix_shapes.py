"""Tables with a column of respondents or remarks, with axes changed over, with years as headings: read, and said so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from matrix_forms import as_workbook, content
from seed_corpus import SEEDS, seeds

from reportkit.base.errors import SourceError
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.sources.draft import draft_spec
from reportkit.sources.reader import read_folder

SPEC = """
id = "own"
title = "架空の表"
unit = "%"
rows_kind = "sector"
columns_kind = "item"
captions = ["架空の割合"]
columns = ["東", "西"]
"""
TABLE = "架空の割合\n\n産業,n,東,西,備考\n医療,120,10%,20%,架空\n介護,n=80,40%,50%,架空\n建設,-,60%,70%,架空\n"
TURNED = "架空の割合\n\n,医療,介護,建設\n東,10%,40%,60%\n西,20%,50%,70%\n"
YEARS = "架空の割合\n\n産業,2023,2024\n医療,10%,20%\n介護,40%,50%\n建設,60%,70%\n"


def read(folder: Path, table: str, spec: str = SPEC, name: str = "a.csv") -> Corpus:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(table, encoding="utf-8")
    (folder / "own.matrix.toml").write_text(spec, encoding="utf-8")
    return read_folder(folder)


def values(matrix: Matrix) -> list[list[int]]:
    return [[int(cell.value) for cell in row if cell.value is not None] for row in matrix.cells]


def codes(corpus: Corpus) -> list[str]:
    return [finding.code for finding in corpus.findings]


EXPECTED = [[10, 20], [40, 50], [60, 70]]


def test_a_column_of_respondents_is_the_base_of_the_rows_and_no_value(tmp_path: Path) -> None:
    corpus = read(tmp_path, TABLE)
    matrix = corpus.matrix("own")
    assert values(matrix) == EXPECTED
    assert [None if cell is None else int(cell.value or 0) for cell in matrix.bases] == [120, 80, None]
    assert matrix.bases[0] is not None
    assert matrix.bases[0].origin.place() == "a.csv:4 (列2)"
    assert matrix.cells[0][0].origin.place() == "a.csv:4 (列3)"
    assert matrix.unknown_bases == ("建設",)


def test_a_column_of_words_is_left_out_and_one_line_confirms_it(tmp_path: Path) -> None:
    corpus = read(tmp_path, TABLE)
    assert codes(corpus) == ["matrix.text-column"]
    assert "5列「備考」" in corpus.findings[0].message
    assert codes(read(tmp_path, TABLE, SPEC + 'confirmed = ["text-column"]\n')) == []


def test_a_column_that_the_spec_asks_for_stays_a_value(tmp_path: Path) -> None:
    spec = SPEC.replace('["東", "西"]', '["回答者数", "東", "西"]').replace('"%"', '"人"')
    matrix = read(tmp_path, "架空の割合\n\n産業,回答者数,東,西\n医療,1,2,3\n介護,4,5,6\n建設,7,8,9\n", spec).matrix(
        "own"
    )
    assert matrix.columns.labels == ("回答者数", "東", "西")
    assert matrix.bases == ()


@pytest.mark.parametrize("form", ["csv", "md", "xlsx"])
def test_a_table_with_its_axes_changed_over_gives_the_same_matrix_and_its_own_places(tmp_path: Path, form: str) -> None:
    straight = read(
        tmp_path / "straight", TABLE.replace("n,", "").replace("120,", "").replace("n=80,", "").replace("-,", "")
    )
    rows = [line.split(",") for line in TURNED.splitlines()[2:]]
    folder = tmp_path / "turned"
    folder.mkdir()
    (folder / "own.matrix.toml").write_text(SPEC, encoding="utf-8")
    if form == "csv":
        (folder / "a.csv").write_text(TURNED, encoding="utf-8")
    elif form == "md":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|---|---|---|---|")
        (folder / "a.md").write_text("# 架空の割合\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    else:
        (folder / "a.xlsx").write_bytes(as_workbook("架空の割合", rows, sheet="表"))
    corpus = read_folder(folder)
    matrix = corpus.matrix("own")
    assert values(matrix) == EXPECTED
    assert content(matrix)[2:5] == content(straight.matrix("own"))[2:5]
    assert "matrix.transposed" in codes(corpus)
    place = matrix.cell("介護", "西")
    assert place is not None
    assert place.raw == "50%"
    assert place.origin.place() == {"csv": "a.csv:5 (列3)", "md": "a.md:6 (列3)", "xlsx": "a.xlsx:表!C5"}[form]


def test_a_built_in_matrix_may_be_turned_too_and_one_line_confirms_it(tmp_path: Path) -> None:
    matrix = seeds().matrix("impact")
    head = ["", *matrix.rows.labels, "合計"]
    columns = [*matrix.columns.labels, "合計"]
    body = [
        [column, *(str(matrix.value(row, column) or "-") for row in (*matrix.rows.labels, "合計"))]
        for column in columns
    ]
    text = "効率化・コスト削減の経済インパクト（億円）\n\n" + "\n".join("\t".join(row) for row in (head, *body)) + "\n"
    (tmp_path / "turned.tsv").write_text(text, encoding="utf-8")
    corpus = read_folder(tmp_path)
    found = corpus.matrix("impact")
    assert found.frame().equals(matrix.frame())
    assert [cell.value for cell in found.row_totals or ()] == [cell.value for cell in matrix.row_totals or ()]
    assert [cell.value for cell in found.column_totals or ()] == [cell.value for cell in matrix.column_totals or ()]
    assert codes(corpus).count("matrix.transposed") == 1
    (tmp_path / "mine.matrix.toml").write_text('extends = "impact"\nconfirmed = ["transposed"]\n', encoding="utf-8")
    assert "matrix.transposed" not in codes(read_folder(tmp_path))


def test_years_are_headings_and_no_values(tmp_path: Path) -> None:
    spec = SPEC.replace('["東", "西"]', '["2023", "2024"]')
    corpus = read(tmp_path, YEARS, spec)
    assert values(corpus.matrix("own")) == EXPECTED
    assert corpus.matrix("own").columns.labels == ("2023", "2024")
    assert codes(corpus) == ["matrix.numeric-header"]
    assert codes(read(tmp_path, YEARS, spec + 'confirmed = ["numeric-header"]\n')) == []


def test_numbers_that_the_spec_names_as_columns_are_headings_but_a_row_of_values_is_not(tmp_path: Path) -> None:
    spec = SPEC.replace('["東", "西"]', '["1", "2"]').replace('"%"', '"件"')
    table = "架空の割合\n\n産業,1,2\n医療,10,20\n介護,40,50\n建設,60,70\n"
    assert values(read(tmp_path, table, spec).matrix("own")) == EXPECTED
    plain = read(
        tmp_path, "架空の割合\n\n産業,東,西\n医療,2023,2024\n介護,40,50\n建設,60,70\n", SPEC.replace('"%"', '"件"')
    )
    assert values(plain.matrix("own"))[0] == [2023, 2024]


@pytest.mark.parametrize("table", [TABLE, TURNED, YEARS])
def test_a_draft_of_such_a_table_reads_it_once_the_doubts_are_confirmed(tmp_path: Path, table: str) -> None:
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    text = draft_spec(tmp_path / "own.csv")
    assert "要確認" in text
    confirmed = text.replace("# confirmed = ", "confirmed = ")
    assert tomllib.loads(confirmed)["confirmed"]
    (tmp_path / "own.matrix.toml").write_text(confirmed, encoding="utf-8")
    corpus = read_folder(tmp_path)
    assert values(corpus.matrix("own")) == EXPECTED
    assert codes(corpus) == []


USE_CASES = """ユースケース一覧（架空）

カテゴリ,産業,機能,ユースケース概要,ユースケースの内容,インパクト
新価値,医療,オペレーションサービス/CS,架空の診療支援,架空の内容,架空の効果
,建設,R&D,架空の設計支援,架空の内容,N.A
"""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_use_cases_are_read_from_cells_with_their_places(tmp_path: Path, form: str) -> None:
    rows = [line.split(",") for line in USE_CASES.splitlines()[2:]]
    if form == "csv":
        (tmp_path / "a.csv").write_text(USE_CASES, encoding="utf-8")
    else:
        (tmp_path / "a.xlsx").write_bytes(as_workbook("ユースケース一覧（架空）", rows, sheet="一覧"))
    corpus = read_folder(tmp_path)
    first, second = corpus.use_cases
    assert (first.name, first.sectors, first.function) == ("架空の診療支援", ("医療",), "オペレーションサービス/CS")
    assert (second.category, second.impact) == ("新価値", "")
    assert second.origin.place() == {"csv": "a.csv:5", "xlsx": "a.xlsx:一覧!5:5"}[form]
    assert [source.kind for source in corpus.sources] == ["survey"]
    with pytest.raises(SourceError, match="ユースケース 2件"):
        draft_spec(tmp_path / f"a.{form}")


def test_the_text_tables_of_the_seeds_survive_a_sheet(tmp_path: Path) -> None:
    from reportkit.sources.blocks import find_blocks

    lines = (SEEDS / "survey" / "generative-ai-survey-2024.txt").read_text(encoding="utf-8").split("\n")
    wanted = {item.origin.line for item in seeds().national_projects}
    block = next(block for block in find_blocks(lines) if {row.line for row in block.rows} & wanted)
    rows = [list(row.cells) for row in block.rows]
    (tmp_path / "a.xlsx").write_bytes(as_workbook("国家プロジェクト", rows))
    read_again = read_folder(tmp_path).national_projects
    assert [(item.country, item.name) for item in read_again] == [
        (item.country, item.name) for item in seeds().national_projects
    ]


def test_figures_are_read_from_cells(tmp_path: Path) -> None:
    (tmp_path / "own.statistics.toml").write_text(
        '[[figure]]\nkind = "survey"\nseries = "kaku"\nlabel = "架空の割合"\n'
        "pattern = '日本\\t(?P<a>[\\d.]+%)\\t(?P<b>[\\d.]+%)'\n"
        'points = [{group = "a", subject = "日本", period = "2023年"}, '
        '{group = "b", subject = "日本", period = "2024年"}]\n',
        encoding="utf-8",
    )
    (tmp_path / "a.xlsx").write_bytes(
        as_workbook("架空の割合", [["国", "2023", "2024"], ["日本", "9%", "27%"]], sheet="国")
    )
    corpus = read_folder(tmp_path)
    assert [(item.id, str(item.quantity.value)) for item in corpus.statistics] == [
        ("kaku/日本/2023", "9"),
        ("kaku/日本/2024", "27"),
    ]
    assert corpus.statistics[0].origin.place() == "a.xlsx:国!4:4"


OWN_LIST = """架空の活用例

No.,業界,対象業務,ユースケース,期待効果,必要なデータ
1,建設業,R&D,架空の設計支援,時間の短縮,図面
2,宇宙旅行業,営業,架空の案内,-,予約
3,全産業,カスタマーサポート,架空の応答,-,問い合わせ
"""


def test_a_list_of_use_cases_is_known_by_its_headings_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(OWN_LIST, encoding="utf-8")
    corpus = read_folder(tmp_path)
    built, space, across = corpus.use_cases
    assert (built.name, built.sectors, built.function) == ("架空の設計支援", ("建設",), "R&D")
    assert (built.impact, built.data) == ("時間の短縮", ("図面",))
    assert (space.sectors, across.sectors) == ((), ())
    (finding,) = [item for item in corpus.findings if item.code == "use-case.unknown-industry"]
    assert "「宇宙旅行業」" in finding.message
    assert "全産業" not in finding.message


def test_a_table_with_some_of_these_words_is_no_list_of_use_cases(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("業界,内容,効果\n建設業,架空,架空\n教育,架空,架空\n", encoding="utf-8")
    assert read_folder(tmp_path).use_cases == ()
