"""What a case briefing prints of front matter, of tables with more columns, and of labels without anything below."""

from __future__ import annotations

from reportkit.base.origin import Origin
from reportkit.corpus.case import Case, Pair
from reportkit.corpus.corpus import Corpus
from reportkit.document.inline import Quoted, Text
from reportkit.document.table import Table
from reportkit.exhibits.case.appendix import case_record
from reportkit.exhibits.case.effects import case_changes
from reportkit.exhibits.case.points import case_issues
from reportkit.sources.cases import read_case
from reportkit.sources.taxonomy import built_in_taxonomy
from reportkit.views.case import CaseView, view_case

TAXONOMY = built_in_taxonomy()


def view_of(text: str) -> CaseView:
    (case,) = read_case(text, "架空.md", TAXONOMY).cases
    return view_case(Corpus(TAXONOMY, cases=(case,)), case.id)


def texts(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [
        ["".join(part.text for line in cell.lines for part in line if isinstance(part, Quoted | Text)) for cell in row]
        for row in table.body
    ]


def test_a_list_of_the_front_matter_is_one_row_and_its_opening_lines_are_none() -> None:
    place = Origin("架空.md", 1)
    pairs = (
        Pair("case_id", "901", place),
        Pair("tags", "tags:", place),
        Pair("tags.use_case", "use_case:", place),
        Pair("tags.use_case.0", "search", place),
        Pair("tags.use_case.1", "translation", place),
        Pair("scope", "scope:", place),
        Pair("部門.0", "営業", place),
        Pair("部門.1", "人事", place),
    )
    case = Case("901", "架空の事例", place, "A1", company="架空商事", front_matter=pairs)
    rows = texts(case_record(view_case(Corpus(TAXONOMY, cases=(case,)), "901")))
    assert rows == [
        ["case_id", "901"],
        ["tags.use_case", "search, translation"],
        ["scope", "scope:"],  # nothing is nested below: the words would be lost
        ["部門", "営業、人事"],
    ]


HEAD = "# 事例調査：架空商事（卸売・小売）\n\n## 1. 基本情報\n\n- **企業名**: 架空商事\n\n"


def test_a_table_whose_measure_is_not_the_second_column_is_printed_once_as_it_stands() -> None:
    view = view_of(
        HEAD + "## 8. 課題・対策\n\n| 課題 | 原因 | 対策 | 状況 |\n|---|---|---|---|\n"
        "| 誤答 | 学習不足 | 人が確認 | 継続中 |\n| 遅延 | 回線 | 増設 | 済み |\n"
    )
    assert texts(case_issues(view)) == [["誤答", "学習不足", "人が確認", "継続中"], ["遅延", "回線", "増設", "済み"]]
    assert view.text_of("issues") == ()


def test_an_industry_that_a_longer_label_says_too_is_named_once() -> None:
    view = view_of(
        "---\nindustry: 建設・土木\n---\n# 架空建設の事例\n\n## 1. 基本情報\n\n- **企業名**: 架空建設\n"
        "- **業界**: 建設・土木工事\n\n## 3. 導入背景\n\n- 人手不足\n"
    )
    assert view.industries == ("建設・土木工事",)


_STATES = """# 事例調査：架空研究所（研究所）

## 1. 基本情報

- 企業名：架空研究所

## 3. 定量的効果

| 指標 | 導入前 | 導入後 | 改善率 |
|---|---|---|---|
| 分析時間 | {0} | {1} | 50%削減 |
| 相談件数 | 20件/月 | 85件/月 | 325%増 |
"""


def weights_of(before: str, after: str) -> list[float]:
    table = case_changes(view_of(_STATES.format(before, after)))
    assert table is not None
    return [column.weight for column in table.columns]


def test_a_column_is_as_wide_as_its_longest_value_within_bounds() -> None:
    short, long = weights_of("600分/件", "300分/件"), weights_of("600分/プロジェクト", "300分/件")
    assert short[1:] == [1.6] * 4
    assert long[0] == 2.8
    assert long[1] / sum(long) > 20 / 96  # 18 half-width columns and the margins of the cell
    assert long[2:] == [1.6] * 3
    longest = weights_of("一つの計画あたり600分と確認にさらに60分", "300分/件")
    assert longest[1] / sum(longest) < 0.26


def test_issues_and_measures_listed_apart_are_one_row_of_two_lists() -> None:
    view = view_of(
        HEAD + "## 6. 課題と対策\n\n### 6.1 技術課題\n\n**課題**:\n- 誤答\n- 遅延\n\n**対策**:\n- 人が確認\n- 増設\n\n"
        "### 6.2 組織課題\n\n**課題**:\n- 抵抗感\n\n**軽減策**:\n- 研修\n"
    )
    table = case_issues(view)
    assert texts(table) == [["誤答遅延", "人が確認増設"], ["抵抗感", "軽減策研修"]]
    assert table is not None
    assert [len(cell.lines) for cell in table.body[0]] == [2, 2]
