"""Arithmetic inside a case: what is wrong is found with both places, what is right is left alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportkit.base.amounts import read_change, read_quantity
from reportkit.base.dates import read_period
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.checks.cases import CASE_CHECKS, check_case
from reportkit.corpus.case import Case, Cost, Metric, Pair, Phase
from reportkit.sources.cases import read_case
from reportkit.sources.taxonomy import built_in_taxonomy


def case(**fields: object) -> Case:
    return Case(id="1", title="架空", origin=Origin("c.md", 1), dialect="", **fields)  # type: ignore[arg-type]


def costs(**stated: str) -> tuple[Cost, ...]:
    return tuple(
        Cost(label, read_quantity(text), Origin("c.md", line)) for line, (label, text) in enumerate(stated.items(), 10)
    )


def metric(label: str, before: str, after: str, change: str) -> Metric:
    return Metric(
        label,
        "",
        Origin("c.md", 5),
        before=read_quantity(before),
        after=read_quantity(after),
        change=read_change(change),
    )


def value(label: str, text: str, line: int = 5) -> Metric:
    return Metric(label, text, Origin("c.md", line), value=read_quantity(text))


def codes(subject: Case) -> list[str]:
    return [finding.code for finding in check_case(subject)]


def only(subject: Case) -> Finding:
    (finding,) = check_case(subject)
    return finding


@pytest.mark.parametrize("name", ["seeds/cases/aist.md", "../shared/seeds/003_186593a879ea8978.txt"])
def test_the_research_institute_has_a_wrong_payback_and_right_rates(name: str) -> None:
    path = Path(__file__).parents[2] / name
    if not path.is_file():
        pytest.skip("the file is not here")
    found = check_case(read_case(path.read_text(encoding="utf-8"), "aist.md", built_in_taxonomy()).cases[0])
    assert [(finding.code, finding.severity) for finding in found] == [
        ("case.payback", "warning"),
        ("case.duration-phases", "warning"),
    ]
    payback, duration = found
    assert payback.message == (
        "投資の回収期間は16ヶ月と書かれていますが、同じ資料の費用と効果から計算すると"
        "約1.6ヶ月（運用費を引かない場合は約1.5ヶ月）になります"
    )
    assert payback.subjects == ("case:863",)
    assert {evidence.label: evidence.text for evidence in payback.evidence}["計算"] == (
        "4,500万円 ÷（3.5億円 − 2,200万円）× 12 ＝ 約1.6ヶ月"
    )
    assert all(evidence.origin for evidence in payback.evidence if not evidence.label.startswith("計算"))
    assert "2023年1月" in duration.message
    assert "2023年2月" in duration.message
    assert len({evidence.origin for evidence in duration.evidence}) == 2


@pytest.mark.parametrize("stated", ["1.6ヶ月", "約1.5ヶ月", "2ヶ月", "1～2ヶ月", "0.13年"])
def test_either_way_of_counting_running_cost_is_right(stated: str) -> None:
    subject = case(costs=costs(初期投資="4,500万円", 年間運用費="2,200万円", 年間効果="3.5億円", 回収期間=stated))
    assert codes(subject) == []


def test_a_payback_without_running_cost_shows_one_computation() -> None:
    finding = only(case(costs=costs(初期投資="1億円", 年間効果="2億円", 投資回収期間="3年")))
    assert finding.message.endswith("計算すると約6.0ヶ月になります")
    assert [evidence.label for evidence in finding.evidence][-1] == "計算"


def test_ranges_of_cost_and_benefit_compare_by_overlap() -> None:
    stated = {"初期投資": "1～2億円", "年間効果": "1～4億円"}
    assert codes(case(costs=costs(**stated, 回収期間="20ヶ月"))) == []
    assert codes(case(costs=costs(**stated, 回収期間="60ヶ月"))) == ["case.payback"]


def test_a_payback_in_two_currencies_is_not_computed() -> None:
    assert codes(case(costs=costs(初期投資="4,500万円", 年間効果="$1M", 回収期間="99ヶ月"))) == []


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("20件/月", "85件/月", "325%増"),
        ("8件/年", "26件/年", "225%増"),
        ("3日", "1日", "66%削減"),  # truncated
        ("3日", "1日", "67%削減"),
        ("18%", "4%", "-77.8%"),
        ("78%", "92%", "+14pp"),
        ("32%", "38%", "+19%"),  # of the percentage
        ("32%", "38%", "+6%"),  # its difference
        ("基準値(100)", "240", "2.4倍"),
        ("5.7万人", "11万人", "93%増"),  # rounded states
        ("500時間", "100時間", "75-85%削減"),
        ("0件", "150社+", "325%増"),  # units differ: not computed
    ],
)
def test_a_right_rate_is_left_alone(before: str, after: str, change: str) -> None:
    assert codes(case(metrics=(metric("指標", before, after, change),))) == []


@pytest.mark.parametrize(
    ("before", "after", "change", "computed"),
    [
        ("20件/月", "85件/月", "425%増", "+325.0%"),
        ("330分", "45分", "-87.3%", "-86.4%"),
        ("88%", "94%", "+6.8pp", "+6.0ポイント"),
        ("10%", "30%", "+5ポイント", "+20.0ポイント"),
        ("10件", "20件", "3倍", "2.0倍"),
        ("14日", "3日", "85%短縮", "-78.6%"),
    ],
)
def test_a_wrong_rate_is_a_warning_with_the_right_one(before: str, after: str, change: str, computed: str) -> None:
    finding = only(case(metrics=(metric("指標", before, after, change),)))
    assert (finding.code, finding.severity, finding.origin) == ("case.change-rate", "warning", Origin("c.md", 5))
    assert finding.evidence[-1].text == computed
    assert computed in finding.message


def test_a_duration_of_other_length_than_its_dates_is_found() -> None:
    finding = only(case(duration=Pair("実装期間", "8ヶ月（2023年1月-10月）", Origin("c.md", 7))))
    assert finding.code == "case.duration-length"
    assert "8ヶ月" in finding.message
    assert "10ヶ月" in finding.message


def test_steps_that_fit_the_duration_are_left_alone() -> None:
    steps = tuple(
        Phase(name, Origin("c.md", line), read_period(when))
        for line, (name, when) in enumerate([("一", "2023年1月-4月"), ("二", "2023年5月-10月")], 20)
    )
    fitting = Pair("実装期間", "10ヶ月（2023年1月-10月）", Origin("c.md", 7))
    assert codes(case(duration=fitting, phases=steps)) == []
    later = Pair("実装期間", "11ヶ月（2023年1月-11月）", Origin("c.md", 7))
    assert codes(case(duration=later, phases=steps)) == ["case.duration-phases"]
    assert (
        codes(case(duration=later, phases=(*steps, Phase("三", Origin("c.md", 22), read_period("2023年11月-"))))) == []
    )


def test_the_same_effect_with_two_values_is_found_with_both_places() -> None:
    finding = only(case(metrics=(value("削減時間", "5万時間", 3), value("削減時間", "6万時間", 9))))
    assert finding.code == "case.metric-twice"
    assert [evidence.origin for evidence in finding.evidence] == [Origin("c.md", 3), Origin("c.md", 9)]


def test_twelve_months_make_a_year() -> None:
    right = (value("月間削減時間", "月22万時間"), value("年間削減時間", "年264万時間"))
    wrong = (value("月間削減時間", "月22万時間"), value("年間削減時間", "年2,640万時間"))
    assert codes(case(metrics=right)) == []
    assert codes(case(metrics=wrong)) == ["case.metric-twice"]


def test_a_file_that_calls_itself_unverified_is_a_note() -> None:
    assert [(finding.code, finding.severity) for finding in check_case(case(verified=False))] == [
        ("case.unverified", "note")
    ]


def test_every_finding_says_how_to_mend_it() -> None:
    subject = case(
        costs=costs(初期投資="1億円", 年間効果="2億円", 回収期間="3年"),
        metrics=(metric("指標", "1件", "2件", "500%増"),),
        verified=False,
    )
    found = check_case(subject)
    assert len(found) == 3
    assert all(finding.fix and finding.subjects == ("case:1",) for finding in found)


def test_an_empty_case_has_nothing_to_check() -> None:
    assert check_case(case()) == ()
    assert len(CASE_CHECKS) == len(set(CASE_CHECKS))


def test_zero_before_is_not_divided_by() -> None:
    subject = case(
        metrics=(metric("指標", "0件", "5件", "500%増"),), costs=costs(初期投資="1円", 年間効果="0円", 回収期間="1年")
    )
    assert codes(subject) == []
    assert Decimal(0) == subject.metrics[0].before.value  # type: ignore[union-attr]
