"""What does not add up in the survey: found on the real figures, silent where rounding explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from seed_corpus import BOTH, seeds

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.checks import check_corpus
from reportkit.checks.matrices import check_matrices
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Axis, AxisKind, Cell, Matrix, TotalKind
from reportkit.corpus.survey import Statistic
from reportkit.sources.rules import built_in_rules
from reportkit.sources.taxonomy import built_in_taxonomy


def found(corpus: Corpus, code: str) -> list[Finding]:
    return [finding for finding in check_matrices(corpus) if finding.code == code]


# --- on the real figures ---------------------------------------------------------------------------------------------


@BOTH
def test_the_survey_has_exactly_these_contradictions(corpus: Callable[[], Corpus]) -> None:
    counts: dict[tuple[str, str], int] = {}
    for finding in check_matrices(corpus()):
        counts[finding.severity, finding.code] = counts.get((finding.severity, finding.code), 0) + 1
    assert counts == {
        ("error", "matrix.row-total"): 2,
        ("error", "matrix.column-total"): 1,
        ("error", "matrix.excerpt"): 1,
        ("warning", "matrix.grand-total"): 2,
        ("warning", "matrix.identity"): 2,
        ("warning", "matrix.imputation-mark"): 3,
        ("warning", "prose.headline"): 2,
        ("note", "prose.headline"): 1,
        ("note", "matrix.gap"): 2,
        ("note", "matrix.rank-order"): 1,
        ("note", "matrix.rank-scope"): 2,
        ("note", "matrix.share-of-answers"): 3,
    }


@BOTH
def test_errors_concern_only_the_first_estimate_and_its_excerpt(corpus: Callable[[], Corpus]) -> None:
    subjects = {item.subjects[0] for item in check_matrices(corpus()) if item.severity == "error"}
    assert subjects == {"matrix:initial-impact", "matrix:initial-impact-excerpt"}


@BOTH
def test_the_product_of_the_three_tables_misses_the_impact_in_two_cells_only(corpus: Callable[[], Corpus]) -> None:
    first, second = found(corpus(), "matrix.identity")
    assert "cell:impact/医療/オペレーションサービス/CS" in first.subjects
    assert "sector:医療" in first.subjects
    assert "cell:impact/介護/オペレーションサービス/CS" in second.subjects
    assert "1,904〜2,124億円" in first.message
    assert [item.text for item in second.evidence] == [
        "5,197（10億円単位）",
        "15%",
        "0%",
        "3,029億円",
        "37.6〜40.2%",
    ]
    assert all(item.origin for item in second.evidence)


@BOTH
def test_totals_that_slipped_by_one_row_are_explained(corpus: Callable[[], Corpus]) -> None:
    retail, medical = found(corpus(), "matrix.row-total")
    assert "16,444" in retail.message
    assert "23,241" in retail.message
    assert "「医療」の行の計と同じ" in retail.message
    assert "「卸売・小売」の行に印刷" in medical.message
    assert all("一行ずれています" in item.message for item in (retail, medical))


@BOTH
def test_the_grand_total_of_labour_cost_is_1530_too_much(corpus: Callable[[], Corpus]) -> None:
    (finding,) = [item for item in found(corpus(), "matrix.grand-total") if "matrix:labour-cost" in item.subjects]
    assert "差 1,530" in finding.message
    assert [item.text for item in finding.evidence] == ["222,152", "220,622", "220,621"]


@BOTH
def test_cells_with_few_answers_and_no_mark_are_named(corpus: Callable[[], Corpus]) -> None:
    cells = {subject for item in found(corpus(), "matrix.imputation-mark") for subject in item.subjects}
    assert {cell for cell in cells if cell.startswith("cell:")} == {
        "cell:reduction-rate/卸売・小売/R&D",
        "cell:reduction-rate/卸売・小売/製造・加工",
        "cell:adoption-intent/卸売・小売/R&D",
    }


@BOTH
def test_the_text_takes_two_intents_from_the_wrong_row(corpus: Callable[[], Corpus]) -> None:
    messages = {item.subjects[0]: item.message for item in found(corpus(), "prose.headline")}
    assert "「サービス」の値と同じ" in messages["statistic:headline/adoption-intent/建設"]
    assert "「建設」の値と同じ" in messages["statistic:headline/adoption-intent/介護"]
    assert "切り捨てた値" in messages["statistic:headline/impact"]


@BOTH
def test_the_excerpt_repeats_a_column_under_a_heading_of_totals(corpus: Callable[[], Corpus]) -> None:
    (finding,) = found(corpus(), "matrix.excerpt")
    assert "「R&D」の列と同じ" in finding.message
    assert [item.text for item in finding.evidence] == ["605", "605", "4,135"]


@BOTH
def test_every_finding_says_where_why_and_what_to_do(corpus: Callable[[], Corpus]) -> None:
    for finding in check_corpus(corpus()):
        assert finding.fix
        assert finding.message
        assert finding.subjects
        assert finding.origin is not None
        assert finding.origin.line > 0
        assert all("Decimal" not in text for text in (finding.message, *(item.text for item in finding.evidence)))


# --- on made-up tables (架空) ---------------------------------------------------------------------------------------


def matrix(
    rows: dict[str, list[int | str | None]],
    columns: tuple[str, ...],
    *,
    name: str = "own",
    unit: str = "億円",
    kind: TotalKind | None = "合計",
    axis: AxisKind = "item",
    exclusive: bool = False,
    several: bool = False,
) -> Matrix:
    """Return a 架空 matrix; with `kind`, the last value of each row and the last row are its totals."""

    def cell(value: int | str | None, line: int, column: int) -> Cell:
        imputed = isinstance(value, str) and value.endswith("*")
        number = None if value is None else Decimal(str(value).rstrip("*"))
        return Cell(number, "-" if value is None else str(value), Origin("架空.md", line, column), imputed=imputed)

    cells = [
        [cell(value, line, column) for column, value in enumerate(values, start=2)]
        for line, values in enumerate(rows.values(), start=2)
    ]
    names = tuple(rows)
    width = len(columns)
    totals = cells.pop() if kind else None
    labels = names[:-1] if kind else names
    return Matrix(
        id=name,
        title=name,
        rows=Axis("sector", labels, labels, tuple(Origin("架空.md", 2 + index, 1) for index in range(len(labels)))),
        columns=Axis(axis, columns, columns, tuple(Origin("架空.md", 1, 2 + index) for index in range(width))),
        unit=unit,
        cells=tuple(tuple(row[:width]) for row in cells),
        origin=Origin("架空.md", 1, end_line=len(rows) + 1),
        row_totals=tuple(row[width] for row in cells) if kind else None,
        column_totals=tuple(totals[:width]) if totals else None,
        grand_total=totals[width] if totals else None,
        row_total_kind=kind,
        column_total_kind=kind,
        exclusive=exclusive,
        multiple_answers=several,
    )


def corpus(*matrices: Matrix, statistics: tuple[Statistic, ...] = ()) -> Corpus:
    return Corpus(built_in_taxonomy(), matrices=matrices, statistics=statistics, rules=built_in_rules())


def codes(*matrices: Matrix, statistics: tuple[Statistic, ...] = ()) -> list[str]:
    return [finding.code for finding in check_matrices(corpus(*matrices, statistics=statistics))]


def test_totals_off_by_rounding_are_no_contradiction() -> None:
    rows = {"医療": [10, 20, 31], "介護": [5, 5, 9], "合計": [16, 25, 41]}
    assert codes(matrix(rows, ("東", "西"))) == []


def test_counts_are_not_rounded() -> None:
    rows = {"医療": [10, 20, 31], "介護": [5, 5, 10], "合計": [15, 25, 41]}
    assert codes(matrix(rows, ("東", "西"), unit="人")) == ["matrix.row-total", "matrix.grand-total"]


def test_cells_that_were_not_asked_do_not_count_as_zero() -> None:
    rows = {"医療": [10, None, 10], "介護": [7, None, 7], "合計": [17, None, 17]}
    assert codes(matrix(rows, ("東", "西"))) == []


def test_an_average_outside_its_values_is_reported() -> None:
    rows = {"医療": [10, 20, 40], "介護": [10, 30, 20], "平均": [10, 25, 20]}
    assert codes(matrix(rows, ("東", "西"), unit="%", kind="平均")) == ["matrix.average-range"]


def test_one_answer_each_must_give_100_percent() -> None:
    rows: dict[str, list[int | str | None]] = {"医療": [60, 39], "介護": [60, 30]}
    (finding,) = check_matrices(corpus(matrix(rows, ("東", "西"), unit="%", kind=None, exclusive=True)))
    assert finding.code == "matrix.not-100"
    assert finding.subjects == ("matrix:own", "cell:own/介護/東", "cell:own/介護/西", "sector:介護")
    assert "90%（四捨五入の幅 89.0〜91.0）" in finding.message


def test_several_answers_that_give_100_percent_are_shares_of_answers() -> None:
    rows: dict[str, list[int | str | None]] = {"医療": [60, 40], "介護": [61, 40]}
    assert codes(matrix(rows, ("東", "西"), unit="%", kind=None, several=True)) == ["matrix.share-of-answers"]


def test_an_imputed_value_must_be_the_average_that_the_note_names() -> None:
    respondents = matrix(
        {"建設": [5, 50, 55], "合計": [5, 50, 55]},
        ("R&D", "バックオフィス"),
        name="respondents",
        unit="人",
        axis="function",
    )
    wrong = matrix(
        {"建設": ["18*", 20, 19], "平均": [17, 20, 19]},
        ("R&D", "バックオフィス"),
        name="reduction-rate",
        unit="%",
        kind="平均",
        axis="function",
    )
    assert codes(respondents, wrong) == ["matrix.imputed-value"]


def test_a_mark_on_a_cell_with_enough_answers_is_reported() -> None:
    respondents = matrix(
        {"建設": [15, 50, 65], "合計": [15, 50, 65]},
        ("R&D", "バックオフィス"),
        name="respondents",
        unit="人",
        axis="function",
    )
    marked = matrix(
        {"建設": ["18*", 20, 19], "平均": [18, 20, 19]},
        ("R&D", "バックオフィス"),
        name="reduction-rate",
        unit="%",
        kind="平均",
        axis="function",
    )
    assert codes(respondents, marked) == ["matrix.imputation-mark"]


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("約19兆円", 19 * 10**12, []),
        ("約18兆円", 18 * 10**12, ["prose.headline"]),
        ("約20兆円", 20 * 10**12, []),
        ("18.7兆円", 187 * 10**11, []),
        ("25兆円", 25 * 10**12, ["prose.headline"]),
    ],
)
def test_a_headline_is_compared_to_its_last_stated_digit(text: str, value: int, expected: list[str]) -> None:
    rows = {"医療": [186_000, 821, 186_821], "合計": [186_000, 821, 186_821]}
    statistic = Statistic(
        "headline/impact",
        "headline/impact",
        "効果",
        "",
        "",
        Quantity(text, value=Decimal(value), unit="円"),
        Origin("架空.md", 9),
    )
    assert codes(matrix(rows, ("東", "西"), name="impact"), statistics=(statistic,)) == expected


def test_parts_of_a_share_must_add_up() -> None:
    def part(name: str, value: int) -> Statistic:
        quantity = Quantity(f"{value}%", value=Decimal(value), unit="%")
        return Statistic(f"headline/{name}", f"headline/{name}", name, "", "", quantity, Origin("架空.md", 9))

    good = (part("participation", 42), part("participation-yes", 10), part("participation-rather", 32))
    assert codes(statistics=good) == []
    assert codes(statistics=(part("participation", 52), *good[1:])) == ["prose.parts"]


def test_a_rank_mark_that_the_list_does_not_know_is_reported() -> None:
    survey = seeds()
    impact = survey.matrix("impact")
    first = replace(impact.cells[0][0], rank=99)
    changed = replace(impact, cells=((first, *impact.cells[0][1:]), *impact.cells[1:]))
    others = tuple(item for item in survey.matrices if item.id != "impact")
    messages = [item.message for item in found(replace(survey, matrices=(*others, changed)), "matrix.rank-scope")]
    assert any("番号 99" in message for message in messages)


def test_nothing_is_said_about_an_empty_corpus() -> None:
    assert check_corpus(Corpus(built_in_taxonomy())) == ()
