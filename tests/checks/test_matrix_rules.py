"""Declared relations on tables (架空 where made up): sums, bases, shares of few, proportions, editions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from benchmarks.reconcile import with_matrix, with_values
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.checks.matrices import check_matrices
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Axis, AxisKind, Cell, Matrix
from reportkit.corpus.rules import Rules
from reportkit.corpus.survey import Statistic
from reportkit.sources.reader import read_folder
from reportkit.sources.rules import built_in_rules, read_rules
from reportkit.sources.taxonomy import built_in_taxonomy

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def seeds() -> Corpus:
    return read_folder(SEEDS)


def table(name: str, rows: dict[str, list[int | None]], unit: str = "人", axis: AxisKind = "item") -> Matrix:
    """Return a 架空 matrix whose last column is the total of its rows where the unit is a count."""
    counted = unit == "人"
    width = len(next(iter(rows.values()))) - counted
    columns = tuple(f"列{at}" for at in range(1, width + 1))

    def cell(value: int | None, line: int, column: int) -> Cell:
        text = "-" if value is None else f"{value}%" if unit == "%" else f"{value}"
        return Cell(None if value is None else Decimal(value), text, Origin(f"{name}.md", line, column))

    cells = [[cell(value, line, at) for at, value in enumerate(row, 2)] for line, row in enumerate(rows.values(), 2)]
    return Matrix(
        id=name,
        title=f"架空の{name}",
        rows=Axis(
            "sector", tuple(rows), tuple(rows), tuple(Origin(f"{name}.md", at) for at in range(2, len(rows) + 2))
        ),
        columns=Axis(axis, columns, columns, tuple(Origin(f"{name}.md", 1, at) for at in range(2, width + 2))),
        unit=unit,
        cells=tuple(tuple(row[:width]) for row in cells),
        origin=Origin(f"{name}.md", 1),
        row_totals=tuple(row[width] for row in cells) if counted else None,
        row_total_kind="合計" if counted else None,
    )


def check(text: str, *matrices: Matrix) -> tuple[Finding, ...]:
    rules = read_rules([("own.rules.toml", text)])
    return check_matrices(Corpus(built_in_taxonomy(), matrices=matrices, rules=rules))


# --- sums ------------------------------------------------------------------------------------------------------------

SUM = '[[sum]]\nresult = "all"\nparts = ["men", "women"]\n'
LINES = '[[sum]]\nmatrix = "all"\nof = "rows"\nwhole = "医療・福祉"\nparts = ["医療", "介護"]\n'


def test_a_matrix_that_is_the_sum_of_others_is_compared_cell_by_cell() -> None:
    men, women = table("men", {"医療": [1, 2, 3]}), table("women", {"医療": [4, 5, 9]})
    assert check(SUM, men, women, table("all", {"医療": [5, 7, 12]})) == ()
    (finding,) = check(SUM, men, women, table("all", {"医療": [7, 5, 12]}))[:1]
    assert finding.code == "matrix.sum"
    assert "行列「all」の「医療」×「列1」：印刷の値 7人 が、規則でいう内訳の和 5（四捨五入の幅 5）" in finding.message
    assert [item.text for item in finding.evidence] == ["7人", "1", "4"]
    assert {"cell:all/医療/列1", "cell:men/医療/列1", "matrix:women"} <= set(finding.subjects)


def test_a_row_that_is_the_sum_of_other_rows_is_compared_in_every_column_and_total() -> None:
    rows: dict[str, list[int | None]] = {"医療・福祉": [5, 7, 12], "医療": [1, 2, 3], "介護": [4, 5, 9]}
    assert check(LINES, table("all", rows)) == ()
    found = check(LINES, table("all", {**rows, "医療・福祉": [5, 8, 13]}))
    assert [finding.code for finding in found] == ["matrix.sum", "matrix.sum"]
    assert [finding.subjects[1] for finding in found] == ["cell:all/医療・福祉/列2", "cell:all/医療・福祉/合計"]


def test_sums_of_rounded_values_may_differ_by_their_rounding() -> None:
    men, women = table("men", {"医療": [1, 2]}, "億円"), table("women", {"医療": [4, 5]}, "億円")
    assert check(SUM, men, women, table("all", {"医療": [6, 6]}, "億円")) == ()
    found = check(SUM, men, women, table("all", {"医療": [7, 6]}, "億円"))
    assert ["（四捨五入の幅 4〜6）" in finding.message for finding in found] == [True]


# --- bases -----------------------------------------------------------------------------------------------------------


def test_printed_bases_are_compared_with_the_table_of_respondents(tmp_path: Path) -> None:
    """The rows say (n=…) behind their names; one of them does not agree with the table of respondents."""
    survey = (
        "架空の人数\n\n産業,東,西,合計\n医療,50,53,103\n建設,20,22,42\n教育,10,11,21\n\n"
        "架空の支援策\n\n産業,人材,資金,手順書\n医療（n＝103）,10%,20%,30%\n建設（n=48）,11%,21%,31%\n"
        "教育,12%,22%,32%\n平均（n=166）,11%,21%,31%\n"
    )
    (tmp_path / "survey.csv").write_text(survey, encoding="utf-8")
    head = 'title = "架空の表"\nrows_kind = "sector"\ncolumns_kind = "item"\n'
    (tmp_path / "n.matrix.toml").write_text(
        f'id = "people"\nunit = "人"\n{head}captions = ["架空の人数"]\nrow_total = "合計"\ncolumns = ["東", "西"]\n',
        encoding="utf-8",
    )
    (tmp_path / "own.matrix.toml").write_text(
        f'id = "own"\nunit = "%"\n{head}captions = ["架空の支援策"]\ncolumn_total = "平均"\nbases = "people"\n'
        'columns = ["人材", "資金", "手順書"]\n',
        encoding="utf-8",
    )
    (tmp_path / "own.rules.toml").write_text('[[bases]]\nmatrix = "own"\ncounts = "people"\n', encoding="utf-8")
    corpus = read_folder(tmp_path)
    own = corpus.matrix("own")
    assert own.rows.labels == ("医療", "建設", "教育")
    assert [base and base.value for base in own.bases] == [103, 48, 21]
    (finding,) = check_matrices(corpus)
    assert (finding.code, finding.severity) == ("matrix.base", "warning")
    assert "「建設」：回答者数 48人が、「架空の表」の 42人と違います" in finding.message
    assert [item.text for item in finding.evidence] == ["建設（n=48）", "42"]
    assert finding.origin == own.rows.origins[1]


def test_a_share_that_no_number_of_respondents_gives_is_found() -> None:
    rule = '[[bases]]\nmatrix = "own"\ncounts = "n"\nshares = true\n'
    people = table("n", {"医療": [7, 200, 207]})
    assert check(rule, people, table("own", {"医療": [14, 12]}, "%")) == ()
    (finding,) = check(rule, people, table("own", {"医療": [12, 12]}, "%"))
    assert finding.code == "matrix.share-of-base"
    assert "12% になる人数は、回答者7人の中にありません（最も近い割合は 14.3%）" in finding.message
    assert {"cell:own/医療/列1", "cell:n/医療/列1"} <= set(finding.subjects)


# --- rows that share a merged cell -----------------------------------------------------------------------------------


def test_a_misprint_that_the_product_hides_shows_beside_rows_of_the_same_merged_cell() -> None:
    """架空: education's effect in back office is misprinted by less than the rounding of its own product allows."""
    (finding,) = _proportions(4)
    assert "行列「impact」の「教育」×「バックオフィス」：印刷の効果 519億円 が" in finding.message
    assert "値（513.7〜516.9億円）と合いません" in finding.message
    assert {"cell:impact/教育/バックオフィス", "sector:教育", "matrix:labour-cost"} <= set(finding.subjects)


def test_when_two_rows_of_a_merged_cell_contradict_each_other_both_are_named() -> None:
    (finding,) = _proportions(2)
    assert "「プロフェッショナルサービス」×「バックオフィス」" in finding.message
    assert "「教育」×「バックオフィス」 の側の誤りかもしれません" in finding.message


def _proportions(more: int) -> list[Finding]:
    impact = seeds().matrix("impact")
    value = impact.value("教育", "バックオフィス")
    assert value is not None
    wrong = with_matrix(seeds(), with_values(impact, {("impact", "教育", "バックオフィス"): value + more}))
    new = [finding for finding in check_matrices(wrong) if finding not in check_matrices(seeds())]
    assert "matrix.identity" not in {finding.code for finding in new}
    return [finding for finding in new if finding.code == "matrix.proportion"]


# --- editions --------------------------------------------------------------------------------------------------------


def newer(matrix: Matrix) -> Matrix:
    """Return the matrix as its own edition of 2025, from another file."""

    def moved(origin: Origin) -> Origin:
        return replace(origin, source="2025.md")

    return replace(matrix, id=f"{matrix.id}@2025", edition="2025", origin=moved(matrix.origin))


def about(findings: tuple[Finding, ...], edition: str) -> list[str]:
    """Return the codes of findings about tables of that edition."""
    return sorted(
        finding.code
        for finding in findings
        if any(name.startswith("matrix:") and name.endswith(edition) for name in finding.subjects)
        and not finding.code.startswith("prose.")
    )


def test_every_check_on_tables_runs_on_every_edition() -> None:
    both = replace(seeds(), matrices=(*seeds().matrices, *map(newer, seeds().matrices)))
    findings = check_matrices(both)
    plain = [code for code in about(check_matrices(seeds()), "") if code != "matrix.rank-scope"]
    assert about(findings, "@2025") == plain
    assert {"matrix.identity", "matrix.imputation-mark", "matrix.excerpt", "matrix.grand-total"} <= set(plain)
    assert any("「impact@2025」の「医療」×「オペレーションサービス/CS」" in finding.message for finding in findings)


def test_an_edition_without_its_own_factors_is_not_measured_with_those_of_another() -> None:
    impact = newer(seeds().matrix("impact"))
    both = replace(seeds(), matrices=(*seeds().matrices, impact))
    new = [finding for finding in check_matrices(both) if finding not in check_matrices(seeds())]
    assert {finding.code for finding in new} == {"matrix.rank-order"}


def test_an_error_in_the_newer_edition_is_found_and_named_there() -> None:
    impact = newer(seeds().matrix("impact"))
    others = [newer(matrix) for matrix in seeds().matrices if matrix.id != "impact"]
    place = ("impact@2025", "金融・保険", "バックオフィス")
    value = impact.value(*place[1:])
    assert value is not None
    wrong = replace(seeds(), matrices=(*others, with_values(impact, {place: value * 10})))
    told = [finding for finding in check_matrices(wrong) if "cell:" + "/".join(place) in finding.subjects]
    assert {"matrix.row-total", "matrix.identity"} <= {finding.code for finding in told}
    assert any("10倍ずれた値" in finding.message for finding in told)


def test_a_headline_is_compared_with_the_edition_in_its_own_file() -> None:
    impact = newer(seeds().matrix("impact"))
    text = Statistic(
        "headline/impact",
        "headline/impact",
        "効果",
        "",
        "",
        Quantity("約25兆円", value=Decimal(25 * 10**12), unit="円"),
        Origin("2025.md", 3),
    )
    corpus = replace(seeds(), matrices=(*seeds().matrices, impact), statistics=(text,))
    (finding,) = [finding for finding in check_matrices(corpus) if finding.code == "prose.headline"]
    assert "matrix:impact@2025" in finding.subjects


# --- rules that check nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('[[identity]]\nresult = "all"\nfactors = ["men", "nobody"]\n', "行列「nobody」が資料にありません"),
        (LINES, "行列「all」に「医療・福祉」「介護」がありません"),
        ('[[prose]]\nstatistic = "own/x"\nmatrix = "all"\nrow = "医療"\ncolumn = "列1"\n', "本文の数値「own/x」"),
        ('[[average]]\nmatrix = "all"\nof = "columns"\n', "行列「all」に平均の欄がありません"),
        ('[[sum]]\nresult = "all"\nparts = ["cost"]\n', "単位が違います（人、億円）"),
    ],
)
def test_a_rule_that_names_what_is_not_there_is_told_with_its_line(rule: str, words: str) -> None:
    matrices = (table("all", {"医療": [1, 2, 3]}), table("men", {"医療": [1, 1, 2]}))
    (finding,) = check("# 架空\n" + rule, *matrices, table("cost", {"医療": [1, 2]}, "億円"))
    assert (finding.code, finding.severity) == ("rule.unused", "warning")
    assert words in finding.message
    assert finding.origin == Origin("own.rules.toml", 2)


def test_built_in_rules_wait_for_their_tables() -> None:
    assert check_matrices(Corpus(built_in_taxonomy(), rules=built_in_rules())) == ()
    assert Corpus(built_in_taxonomy()).rules == Rules()
