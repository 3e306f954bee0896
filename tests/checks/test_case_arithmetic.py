"""Arithmetic that case files write out, in the shapes in which it goes wrong, and right ones. 架空 throughout."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.base.finding import Finding
from reportkit.checks.cases import check_case
from reportkit.checks.codes import CODES
from reportkit.sources.cases import read_case
from reportkit.sources.taxonomy import built_in_taxonomy

_SHARED = Path(__file__).parents[2].parent / "shared"
_TAXONOMY = built_in_taxonomy()
_HEAD = """# 事例調査：架空商事株式会社（小売業）

## 1. 基本情報

| 項目 | 内容 | ソース |
|---|---|---|
| 企業名 | 架空商事株式会社 | - |
| 業界 | 小売業 | - |

"""


def findings(text: str, head: str = _HEAD, front: str = "") -> list[Finding]:
    cases = read_case(front + head + text, "kaku.md", _TAXONOMY).cases
    return [finding for case in cases for finding in check_case(case) if finding.severity != "note"]


def only(text: str, code: str, front: str = "") -> Finding:
    found = findings(text, front=front)
    assert [finding.code for finding in found] == [code], [finding.message for finding in found]
    (finding,) = found
    assert finding.severity == "warning"
    assert finding.fix
    assert finding.code in CODES
    places = {evidence.origin.line for evidence in finding.evidence if evidence.origin is not None}
    assert places, "no place"
    assert any(evidence.label.startswith("計算") for evidence in finding.evidence)
    return finding


def computed(finding: Finding) -> str:
    return finding.evidence[-1].text


# --- calculations -------------------------------------------------------------------------------------------


def _cost_row(stated: str, calculation: str, header: str = "金額") -> str:
    head = f"## 9. コスト分析\n\n| 指標 | {header} | 計算根拠 |\n|---|---|---|\n"
    return f"{head}| 月間の削減コスト | {stated} | {calculation} |\n"


@pytest.mark.parametrize(
    ("stated", "calculation", "result"),
    [
        ("約3億円", "30万時間 × 平均時給1,000円", None),
        ("約3.2億円", "30万時間 × 平均時給1,000円", None),  # rounded
        ("2〜4億円", "30万時間 × 平均時給1,000円", None),  # a range around it
        ("2億円以上", "30万時間 × 平均時給1,000円", None),
        ("約3,000万円", "30万時間 × 平均時給1,000円", "3億円"),
        ("約50万円", "100件 × 30分 × 時給10,000円", None),  # minutes meet a rate per hour
        ("約3,000万円", "100件 × 30分 × 時給10,000円", "50万円"),
        ("約7.2億円", "5,000人 × $20/月 × 12ヶ月 × 4年", None),  # 4.8 million dollars
        ("約60億円", "5,000人 × $20/月 × 12ヶ月 × 4年", "480万USD（3.36億円〜9.6億円に当たる）"),
        ("約4億円", "5億円 - 1億円", None),
        ("約1億円", "20%×5億円", None),
        ("取得不可", "30万時間 × 平均時給1,000円", None),
        ("約3億円", "月間 × 12", None),
        ("90%", "AI × 専門家", None),
    ],
)
def test_a_calculation_is_compared_with_the_result_beside_it(stated: str, calculation: str, result: str | None) -> None:
    text = _cost_row(stated, calculation)
    if result is None:
        assert findings(text) == []
    else:
        finding = only(text, "case.calculation")
        assert result in finding.message
        assert calculation in computed(finding)


def test_a_total_over_years_is_not_excused_by_its_yearly_average() -> None:
    text = (
        "## 9. コスト分析\n\n| 項目 | 金額（4年間） | 年間平均 | 詳細 |\n|---|---|---|---|\n"
        "| 利用料 | 約20億円 | 5億円 | 5,000人 × $20/月 × 12ヶ月 × 4年 |\n"
    )
    assert "約20億円" in only(text, "case.calculation").message


def test_a_calculation_in_a_code_line_is_compared_with_what_stands_behind_the_equals_sign() -> None:
    text = "## 9. ROI分析\n\n```\n年間効果:\n  - 作業時間: 担当者 20名 × 100時間/年 × 2,000円/時間 = {}\n```\n"
    assert findings(text.format("約400万円")) == []
    finding = only(text.format("4,000万円"), "case.calculation")
    assert "400万円" in finding.message
    assert "約10倍" in finding.message


def test_long_calculations_with_groups_are_computed() -> None:
    text = "## 9. ROI分析\n\n```\n3年間の累積: 2億円 × 3 - 5,000万円 - (1,000万円 × 3) = 約{}億円\n```\n"
    assert findings(text.format("5.2")) == []
    assert "5.2億円" in only(text.format("52"), "case.calculation").message


def test_minutes_without_a_rate_must_give_a_rate_that_somebody_could_be_paid() -> None:
    text = "## 3. 定量的効果\n\n- **コスト削減**: 年間約{}万円削減（月300件×12ヶ月×10分×時給換算）\n"
    assert findings(text.format("180")) == []
    finding = only(text.format("3,000"), "case.implied-rate")
    assert computed(finding) == "3,000万円 ÷ 600時間 ＝ 50,000円/時間"


# --- persons ------------------------------------------------------------------------------------------------


def test_work_per_person_times_persons_is_the_work_of_all() -> None:
    text = (
        "## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n| 月間発注件数 | 20件/購買担当者 | - |\n\n"
        "## 4. 組織体制\n\n- **購買担当者数**: 10名\n- **年間発注件数**: 約{}件\n"
    )
    assert findings(text.format("2,400")) == []
    finding = only(text.format("300"), "case.per-person")
    assert computed(finding) == "20件 × 10人 × 12 ＝ 2,400件"
    assert len([evidence for evidence in finding.evidence if evidence.origin]) == 3


def test_hours_saved_cannot_be_more_than_the_hours_spent() -> None:
    text = (
        "## 4. 導入背景・課題\n\n- 発注書作成業務に年間2,000時間以上を費やしている（全担当者合計）\n\n"
        "## 9. ROI分析\n\n- 発注書作成の時間削減: 担当者{}名 × 300時間/年\n"
    )
    assert findings(text.format("6")) == []
    assert "9,000時間" in only(text.format("30"), "case.hours-saved").message


def test_cost_per_customer_times_customers_cannot_be_far_above_the_running_cost() -> None:
    text = (
        "## 3. 定量的効果\n\n- **コスト削減**: 顧客1人あたりコスト年間300USD→50USD\n\n"
        "## 9. 投資規模\n\n- **投資額**: 初期投資500万USD、年間運用費{}万USD\n\n## 12. 備考\n\n- 顧客基盤20万人\n"
    )
    assert findings(text.format("1,000")) == []
    finding = only(text.format("100"), "case.per-person")
    assert computed(finding) == "20万人 × 50USD ＝ 1,000万USD/年"


# --- totals -------------------------------------------------------------------------------------------------


def _table(total: str, *parts: str) -> str:
    rows = "".join(f"| 業務{index} | {part} | - |\n" for index, part in enumerate(parts, 1))
    return f"## 3. 定量的効果\n\n| 業務領域 | 作業量（月間） | 備考 |\n|---|---|---|\n{rows}| 合計 | {total} | - |\n"


@pytest.mark.parametrize(
    ("total", "parts", "sums"),
    [
        ("60万件", ("30万件", "20万件", "10万件"), None),
        ("約60万件", ("30.4万件", "19.8万件", "10.1万件"), None),  # rounded
        ("90万件", ("30万件", "20万件", "10万件"), "60万件"),
        ("約40〜80万件", ("30万件", "20万件", "10万件"), None),
        ("8〜14億円", ("5～10億円", "3～5億円"), None),
        ("20〜30億円", ("5～10億円", "3～5億円"), "8億〜15億円"),
        ("90万件", ("30万件", "取得不可", "10万件"), None),  # a part is missing: undecidable
        ("90万件", ("30万件", "20万件以上"), None),
        ("75%", ("40%", "20%"), None),  # rates are not added
        ("500人", ("300人", "400人"), None),  # one person may be counted twice
        ("90万件", ("30万件", "20万円"), None),
    ],
)
def test_a_total_row_is_the_sum_of_the_rows_above(total: str, parts: tuple[str, ...], sums: str | None) -> None:
    text = _table(total, *parts)
    if sums is None:
        assert findings(text) == []
    else:
        assert sums in only(text, "case.total").message


def test_a_total_in_a_list_is_the_sum_of_its_items() -> None:
    text = "## 9. ROI分析\n\n### 導入コスト\n- 利用料: 年5～10億円\n- 構築: 年3～5億円\n- **合計**: 年{}億円\n"
    assert findings(text.format("8～15")) == []
    assert "8億〜15億円" in only(text.format("30～40"), "case.total").message


# --- ROI and pay-back ------------------------------------------------------------------------------------------------


def _roi(first: str, second: str) -> str:
    return (
        "## 9. ROI分析\n\n| 指標 | 1年目 | 2年目 |\n|---|---|---|\n| **投資額** | 100億円 | 100億円 |\n"
        f"| **効果額** | 30億円 | 80億円 |\n| **ROI** | {first} | {second} |\n"
    )


def test_roi_is_benefit_less_cost_by_cost_in_the_year_or_cumulated() -> None:
    assert findings(_roi("-70%", "-20%")) == []
    assert findings(_roi("-70%", "-45%")) == []  # cumulated: 110 of 200
    finding = only(_roi("-70%", "-60%"), "case.roi")
    assert "2年目のROI" in finding.message
    assert computed(finding) == "（80億円 − 100億円）÷ 100億円 ＝ -20.0%"


def test_two_cumulative_roi_must_agree() -> None:
    text = (
        "## 3. 定量的効果\n\n| 指標 | 金額 | 計算根拠 |\n|---|---|---|\n"
        "| ROI（累積） | -70% | （削減30億円 - 投資100億円） |\n\n"
        "## 9. ROI分析\n\n| 指標 | 1年目 | 累積2年 |\n|---|---|---|\n| 累積ROI | -70% | {} |\n"
    )
    assert findings(text.format("-71%")) == []
    assert only(text.format("-40%"), "case.roi-twice")


def test_a_roi_that_is_written_out_is_computed() -> None:
    text = (
        "## 3. 定量的効果\n\n| 指標 | 金額 | 計算根拠 |\n|---|---|---|\n| ROI | {} | （削減30億円 - 投資100億円） |\n"
    )
    assert findings(text.format("-70%")) == []
    assert "-70" in only(text.format("-30%"), "case.calculation").message


def test_a_payback_is_computed_from_totals_below_their_headings() -> None:
    text = (
        "## 9. ROI分析\n\n### 導入コスト（推定年間）\n- 利用料: 年10億円\n- 人件費: 年10億円\n- **合計**: 年20億円\n\n"
        "### 削減コスト（年間見込み）\n- 効率化: 年60億円\n- 新規: 年60億円\n- **合計**: 年120億円\n\n"
        "### ROI\n- **回収期間**: {}\n"
    )
    assert findings(text.format("2～3ヶ月")) == []
    assert "約2.0ヶ月" in only(text.format("10～12ヶ月"), "case.payback").message


def test_an_effect_after_cost_is_compared_with_both_totals() -> None:
    text = (
        "## 9. ROI分析\n\n### 導入コスト\n- 利用料: 年5～10億円\n- 人件費: 年5～10億円\n- **合計**: 年10～20億円\n\n"
        "### 削減効果\n- 効率化: 年30～50億円\n- 新規: 年30～50億円\n- **合計**: 年60～100億円\n\n"
        "### ROI\n- **推定効果額**: 年{}億円\n"
    )
    assert findings(text.format("40～90")) == []
    assert findings(text.format("60～100")) == []
    assert "40億円〜90億円" in only(text.format("20～80"), "case.net-benefit").message


def test_front_matter_that_repeats_a_wrong_rate_is_another_place_of_the_same_finding() -> None:
    front = '---\nid: "1"\ncompany:\n  name: "架空社"\nquantitative_impact:\n  task: "{}分 → 42分（89%削減）"\n---\n'
    head = "## 3. 定量的効果\n\n| 指標 | 導入前 | 導入後 | 改善率 |\n|---|---|---|---|\n"
    text = head + "| 契約書の照合 | 210分 | 42分 | 89%削減 |\n"
    finding = only(text, "case.change-rate", front=front.format(210))
    assert [side.label for side in finding.evidence][-1] == "front matter の同じ値"
    assert {side.origin.line for side in finding.evidence if side.origin} == {6, 21}
    codes = [one.code for one in findings(text, front=front.format(300))]  # other states: a contradiction of its own
    assert codes == ["case.change-rate", "case.change-rate"]


def test_two_paybacks_in_one_file_must_agree() -> None:
    text = (
        "## 9. 投資規模\n\n| 項目 | 金額 | 備考 |\n|---|---|---|\n| 初期費用 | 約1,000万円 | 回収期間: 約{}年 |\n\n"
        "### 試算\n\n```\n初期投資回収期間: 1,000万円 ÷ 4,000万円 = 約3ヶ月\n```\n"
    )
    assert findings(text.format("0.25")) == []
    assert only(text.format("1.5"), "case.payback-twice")


def test_a_payback_that_is_wrong_and_stated_twice_is_one_finding() -> None:
    text = (
        "## 9. 投資規模\n\n| 項目 | 金額 | 備考 |\n|---|---|---|\n| 初期費用 | 約1,000万円 | 回収期間: 約1.5年 |\n"
        "| 年間効果 | 約4,000万円 | - |\n\n### 試算\n\n```\n初期投資回収期間: 1,000万円 ÷ 4,000万円 = 約3ヶ月\n```\n"
    )
    finding = only(text, "case.payback")
    assert "約1.5年" in finding.message
    assert "別の箇所には約3ヶ月とも" in finding.message
    assert [side.label for side in finding.evidence[:2]] == ["記載された回収期間", "別の箇所の回収期間"]
    assert len({side.origin for side in finding.evidence if side.origin}) == 4


def test_a_running_cost_that_changes_nothing_is_not_told_twice() -> None:
    text = (
        "## 9. 投資規模\n\n- **初期投資**: 5,000万円\n- **年間運用費**: 10万円\n- **年間効果**: 5億円\n"
        "- **投資回収期間**: 10ヶ月\n"
    )
    assert "引かない場合" not in only(text, "case.payback").message


# --- rates --------------------------------------------------------------------------------------------------


def test_a_rate_inside_a_line_is_compared_with_its_states() -> None:
    text = "## 5. ソリューション詳細\n\n### 機能1：在庫照会\n\n```\n削減時間: 従来4週間 → 7日（{}削減）\n```\n"
    assert findings(text.format("75%")) == []
    assert "-75.0%" in only(text.format("90%"), "case.change-rate").message


def test_the_rate_of_a_table_is_compared_with_the_states_under_a_heading_for_the_same_work() -> None:
    text = (
        "## 3. 定量的効果\n\n| 指標 | 削減率/改善度 | 備考 |\n|---|---|---|\n| 在庫照会所要時間 | {} | - |\n\n"
        "## 5. ソリューション詳細\n\n### 機能1：在庫状況の照会\n\n```\n削減時間: 従来10日 → 2日（80%削減）\n```\n"
    )
    assert findings(text.format("75～85% 短縮")) == []
    assert findings(text.format("30～40% 加速")) == []  # a speed-up is no reduction
    finding = only(text.format("30～40% 短縮"), "case.rate-elsewhere")
    assert len({evidence.origin.line for evidence in finding.evidence if evidence.origin}) == 2


def test_a_range_without_baseline_is_no_error() -> None:
    head = "## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n"
    text = f"{head}| 在庫照会時間 | 20-40%削減 | - |\n| 生産性 | 25-35% | - |\n"
    assert findings(text) == []


def test_percent_and_factor_of_one_growth_differ_by_one() -> None:
    text = "## 2. 概要\n\n処理能力 {}向上を実現した。\n\n"
    text += "## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n| 処理能力 | 4倍向上 | - |\n"
    assert findings(text.format("300%")) == []
    assert "+300%" in only(text.format("400%"), "case.percent-as-factor").message


# --- currencies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("約20億ユーロ（約3,200億円換算）", False),
        ("約20億ユーロ（約32兆円換算）", True),
        ("5,000万円（$350,000）", False),
        ("5,000万円（$35,000）", True),
        ("£100M（約190億円）", False),
        ("$10M（約€9M）", False),
        ("500万円（$30/月）", False),  # not the same money
        ("20億ドル（2023年）", False),
        ("5億円（うち$100,000は広告費）", False),
    ],
)
def test_a_conversion_must_have_been_possible(text: str, wrong: bool) -> None:
    body = f"## 9. 投資規模\n\n- **売上高**: {text}\n"
    if wrong:
        assert "相場" in only(body, "case.conversion").message
    else:
        assert findings(body) == []


def test_yen_and_dollars_of_the_front_matter_are_one_sum() -> None:
    front = '---\ncase_id: "kaku"\ncost_savings_yen: {}\ncost_savings_usd: 2000000\n---\n\n'
    assert findings("", front=front.format(300000000)) == []
    assert only("", "case.conversion", front=front.format(3000000))


# --- lengths ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("合計：10ヶ月（2023年1月-10月）", False),
        ("合計：9ヶ月（2023年1月-10月）", False),  # the first month not counted
        ("合計：6ヶ月（2023年1月-10月）", True),
        ("2025年6月〜7月（2ヶ月の導入期間）", False),
        ("2025年6月〜9月（10ヶ月の導入期間）", True),
        ("6ヶ月（設立初期）", False),
        ("3ヶ月（2023年春）", False),
    ],
)
def test_a_length_is_compared_with_its_dates_wherever_it_is_written(text: str, wrong: bool) -> None:
    body = f"## 6. 導入プロセス\n\n- **準備**: {text}\n"
    if wrong:
        only(body, "case.duration-length")
    else:
        assert findings(body) == []


# --- the same thing twice -----------------------------------------------------------------------------------

_HOURS = (
    "## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n| 月間削減時間 | 約1.5万時間 | - |\n"
    "| 年間削減時間 | 約18万時間 | - |\n\n## 12. 備考\n\n```\n- 月間削減時間: 約{}万時間\n```\n"
)


def test_hours_that_differ_by_a_power_of_ten_are_found_once() -> None:
    assert findings(_HOURS.format("1.5")) == []
    finding = only(_HOURS.format("15"), "case.magnitude")
    assert "約10倍" in finding.message


def test_hours_of_the_front_matter_are_those_of_the_month_or_of_the_year() -> None:
    front = '---\ncase_id: "kaku"\ntime_savings_hours: {}\n---\n\n'
    for right in (15000, 180000):
        assert findings(_HOURS.format("1.5"), front=front.format(right)) == []
    found = findings(_HOURS.format("1.5"), front=front.format(150000))
    assert [finding.code for finding in found] == ["case.front-matter-value"]


def test_what_other_companies_did_is_no_second_statement() -> None:
    text = (
        "## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n| 月間削減時間 | 約1.5万時間 | - |\n\n"
        "## 10. 他社への示唆\n\n| 指標 | 当社 | 甲社 | 乙社 |\n|---|---|---|---|\n"
        "| 月間削減時間 | 1.5万時間 | 15万時間 | 150時間 |\n"
    )
    assert findings(text) == []


# --- counts -------------------------------------------------------------------------------------------------


def _range(stated: int, last: int, *parts: int) -> str:
    items = "".join(f"- **分野{index}**（{part}社）: 甲、乙 他\n" for index, part in enumerate(parts, 1))
    return f"## 12. 備考\n\n### 中堅の架空企業（101-{last}）：{stated}社\n\n{items}"


def test_a_range_of_companies_is_as_long_as_its_parts_say() -> None:
    assert findings(_range(20, 120, 5, 7, 8)) == []
    assert "内訳の合計は18社" in only(_range(20, 120, 5, 6, 7), "case.count").message
    assert "番号の範囲は25社分" in only(_range(20, 125, 5, 7, 8), "case.count").message


def test_the_count_of_a_heading_is_compared_with_the_overview_of_the_file() -> None:
    head = "## 11. 補足\n\n- 追加企業（{}社）: 上場企業（{}社）、中堅の架空企業（{}社）\n\n"
    assert findings(head.format(30, 10, 20) + _range(20, 120, 5, 7, 8)) == []
    assert "別の箇所では10社" in only(head.format(20, 10, 10) + _range(20, 120, 5, 7, 8), "case.count").message


@pytest.mark.parametrize(
    ("names", "right"),
    [("甲社、乙社、丙社", True), ("甲社、乙社", False), ("甲社、乙社、その他", True), ("甲社 他", True)],
)
def test_names_behind_a_count_are_counted(names: str, right: bool) -> None:
    text = f"## 12. 備考\n\n- **物流**（3社）: {names}\n"
    assert findings(text) == [] if right else only(text, "case.count")


def test_points_that_are_announced_are_counted() -> None:
    text = "## 7. 成功要因分析\n\n特に、以下の{}点が大きい：\n\n- 経営層の支持\n- 教育\n- 小さく始めた\n"
    assert findings(text.format("3")) == []
    assert findings(text.format("三")) == []
    assert "3個" in only(text.format("5"), "case.count").message


def test_the_number_of_phases_is_the_number_of_phases() -> None:
    front = '---\ncase_id: "kaku"\nscale_phase_count: {}\n---\n\n'
    text = "## 6. 導入プロセス\n\n**Phase 1: 試行**\n- 一部の店\n\n**Phase 2: 展開**\n- 全店\n"
    assert findings(text, front=front.format(2)) == []
    assert "本文の段階は2つ" in only(text, "case.count", front=front.format(5)).message


# --- the real files -----------------------------------------------------------------------------------------

# Every warning that each file must give, looked at one by one: code and words of the message.
_EXPECTED: dict[str, list[tuple[str, str]]] = {
    "001_mitsubishi_ufj.md": [
        ("case.roi", "年1の累積 ROI」は-76%.*-80.0%"),
        ("case.roi", "年3の累積 ROI」は-70%.*-55.0%"),
        ("case.roi-twice", "-85%と-67%"),
        ("case.total", "約220万時間/月.*148万時間"),
        ("case.calculation", "約2.5億円.*27.5億円"),
        ("case.calculation", "約150億円.*4,320万USD"),
        ("case.calculation", "約30億円.*303.6億円"),
        ("case.magnitude", "月22万時間とも約220万時間"),
        ("case.front-matter-value", "220万時間.*月22万時間.*年264万時間"),
    ],
    "008_flow_joyo_bank_gemini.md": [
        ("case.change-rate", "85%.*-78.6%"),
        ("case.rate-elsewhere", "40～50%.*-80.0%"),
        ("case.rate-elsewhere", "35～45%.*-71.4%"),
    ],
    "041_construction_estimate_ai.md": [
        ("case.payback", "約0.8年.*約1.1〜1.3ヶ月になります。別の箇所には約1.2ヶ月とも"),
        ("case.change-rate", "-87.3%.*-86.4%"),
        ("case.change-rate", r"\+6.8pp.*\+6.0ポイント"),
        ("case.calculation", "3.375億円.*3,375万円"),
        ("case.per-person", "81,000件.*約1,800件"),
        ("case.hours-saved", "11,250時間.*3,000時間以上"),
    ],
    "051_goldman_sachs.md": [("case.percent-as-factor", r"300%向上.*3倍.*\+200%")],
    "311_bosch.md": [("case.conversion", "約88.5億ユーロ.*132.8兆円.*2桁（約100倍）違います")],
    "584_stripe.md": [("case.count", "scale_phase_count は4.*3つ")],
    "632_lg_ai_research.md": [
        ("case.payback", "6～12ヶ月.*約1.1〜4.2ヶ月"),
        ("case.net-benefit", "年50～165億円.*65億円〜182億円"),
    ],
    "755_Wealthfront.md": [("case.per-person", "年10億USD.*3,000万USD")],
    "862_RIKEN.md": [("case.payback", "20ヶ月.*約1.5ヶ月"), ("case.duration-phases", "2023年1月.*2023年2月")],
    "batch_911_1000.md": [("case.count", "40社.*35社.*20社")],
    "dena_012_slack_jira_automation.md": [("case.implied-rate", "200時間.*4万円")],
}


@pytest.mark.parametrize("path", sorted((_SHARED / "corpus" / "cases").glob("*.md")), ids=lambda path: path.name)
def test_a_real_file_gives_its_true_warnings_and_no_false_one(path: Path) -> None:
    cases = read_case(path.read_text(encoding="utf-8"), path.name, _TAXONOMY).cases
    found = [finding for case in cases for finding in check_case(case) if finding.severity != "note"]
    expected = _EXPECTED.get(path.name, [])
    assert [finding.code for finding in found] == [code for code, _ in expected]
    for finding, (_, words) in zip(found, expected, strict=True):
        assert re.search(words, finding.message), finding.message
        assert len([side for side in finding.evidence if side.origin is not None]) >= 1
        assert finding.code in CODES


@pytest.mark.parametrize("path", sorted((_SHARED / "seeds").glob("*.txt")), ids=lambda path: path.name)
def test_the_documents_of_the_seeds_give_no_false_warning(path: Path) -> None:
    cases = read_case(path.read_text(encoding="utf-8", errors="replace"), path.name, _TAXONOMY).cases
    codes = [finding.code for case in cases for finding in check_case(case) if finding.severity != "note"]
    assert codes in ([], ["case.payback", "case.duration-phases"])


# --- any text -----------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet="0123456789,.×÷=- （）()万億円時間人件社%倍→月年合計ROI回収期間投資効果削減|#*：、\n", max_size=60
        ),
        max_size=12,
    )
)
def test_any_case_at_all_is_checked_without_error(lines: list[str]) -> None:
    findings("\n".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        "| 指標 | 5億円 × 3 - 1億円 | 回収期間: 3年 |\n",
        "- 合計（5社）: 甲（3社）、乙（2社）\n",
        "- 月間削減時間: 5万時間 → 3万時間（40%削減）\n",
        "### 中堅（1-40）：40社\n- 甲（3社）: 丙\n",
        "顧客1人あたりコスト年間5,000USD→1,000USD、300%向上、3倍向上、年間5,000時間以上を費やし全員\n",
    ],
)
def test_checking_takes_time_in_proportion_to_the_text(line: str) -> None:
    def seconds(count: int) -> float:
        case = read_case(_HEAD + "## 3. 定量的効果\n\n" + line * count, "kaku.md", _TAXONOMY).cases[0]
        started = time.process_time()
        check_case(case)
        return time.process_time() - started

    seconds(50)
    assert seconds(1_500) < 20 * seconds(300) + 0.2
