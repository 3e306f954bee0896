from __future__ import annotations

import pytest
from case_parts import SOURCE, amount, case, corpus_of, line, metric, section

from reportkit.base.amounts import read_quantity
from reportkit.base.errors import ViewError
from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import FactCheck, Pair, Phase
from reportkit.views.case import CaseView, view_case
from reportkit.views.case.effects import comparable, comparable_states, with_rates
from reportkit.views.case.passages import Passage, account_of, brief, coverage_of, passages_of


def view(**fields: object) -> CaseView:
    return view_case(corpus_of(case(**fields)), "901")


def test_facts_print_what_the_source_wrote_and_know_their_line() -> None:
    effects = view(metrics=(metric("削減時間", 9, value=amount("約5万時間", 50_000, "時間")),)).effects
    fact = effects[0].value
    assert fact is not None
    assert (fact.id, fact.text, fact.origins) == ("case/901/metric/1/value", "約5万時間", (Origin(SOURCE, 9),))


def test_a_change_is_computed_from_both_states_and_names_them() -> None:
    (effect,) = view(
        metrics=(metric("相談", 9, before=amount("20件/月", 20, "件", "月"), after=amount("85件/月", 85, "件", "月")),)
    ).effects
    computed = effect.computed
    assert computed is not None
    assert (computed.text, computed.quantity.unit) == ("+325%", "%")
    assert computed.derivation is not None
    assert [fact.text for fact in computed.derivation.inputs] == ["20件/月", "85件/月"]


def test_percentages_differ_in_points() -> None:
    (effect,) = view(metrics=(metric("率", 9, before=amount("70%", 70, "%"), after=amount("95%", 95, "%")),)).effects
    assert effect.computed is not None
    assert effect.computed.text == "+25ポイント"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (amount("0件", 0), amount("150社", 150, "社")),
        (amount("0件", 0), amount("9件", 9)),
        (amount("8件/月", 8, "件", "月"), amount("9件/年", 9, "件", "年")),
        (amount("数件", None), amount("9件", 9)),
    ],
)
def test_no_change_is_computed_where_units_differ_or_there_is_no_base(before: Quantity, after: Quantity) -> None:
    (effect,) = view(metrics=(metric("相談", 9, before=before, after=after),)).effects
    assert effect.computed is None


def test_only_values_of_one_unit_share_an_axis() -> None:
    effects = view(
        metrics=(
            metric("甲", 1, value=amount("260件", 260)),
            metric("乙", 2, value=amount("40件", 40)),
            metric("丙", 3, value=amount("15万件/日", 150_000, "件", "日")),
            metric("丁", 4, value=amount("5万時間", 50_000, "時間")),
        )
    ).effects
    assert [effect.label.text for effect in comparable(effects)] == ["甲", "乙"]


def test_a_width_around_something_is_no_bar_and_has_no_change() -> None:
    effects = view(
        metrics=(
            metric("予測の誤差", 1, before=read_quantity("±30%"), after=read_quantity("±10%")),
            metric("満足度", 2, before=amount("78%", 78, "%"), after=amount("92%", 92, "%")),
            metric("正答率", 3, before=amount("60%", 60, "%"), after=amount("80%", 80, "%")),
            metric("振れ", 4, value=read_quantity("±30%")),
            metric("利用率", 5, value=amount("40%", 40, "%")),
            metric("定着率", 6, value=amount("70%", 70, "%")),
            metric("費用", 7, change=read_quantity("±5%")),
        )
    ).effects
    assert [effect.label.text for effect in comparable_states(effects)] == ["満足度", "正答率"]
    assert [effect.label.text for effect in comparable(effects)] == ["利用率", "定着率"]
    assert (effects[0].computed, effects[6].rate) == (None, None)
    assert effects[0].before is not None
    assert effects[0].before.text == "±30%"  # tables print it as it is


def test_a_bar_that_could_not_be_seen_is_not_drawn() -> None:
    values = (3, 1_000_000, 900_000)
    metrics = tuple(
        metric(f"指標{place}", place, value=amount(f"{value}件", value)) for place, value in enumerate(values)
    )
    assert len(comparable(view(metrics=metrics).effects)) == 2


def test_one_pair_of_states_alone_makes_no_chart() -> None:
    one = view(metrics=(metric("甲", 1, before=amount("8件", 8), after=amount("26件", 26)),)).effects
    assert comparable_states(one) == ()
    assert with_rates(one) == ()


def test_targets_come_after_results_on_the_first_page() -> None:
    found = view(
        metrics=(
            metric("目標", 1, value=amount("9件", 9), is_target=True),
            metric("実績", 2, value=amount("3件", 3)),
        )
    )
    assert [effect.label.text for effect in found.headline] == ["実績", "目標"]


def test_a_step_spans_what_its_dates_may_mean() -> None:
    phases = (
        Phase("春", Origin(SOURCE, 3), Period("2023年", PartialDate(2023), PartialDate(2023))),
        Phase("二月", Origin(SOURCE, 4), Period("2024年2月", PartialDate(2024, 2), PartialDate(2024, 2))),
        Phase("継続", Origin(SOURCE, 5), Period("2024年3月〜", PartialDate(2024, 3), open_end=True)),
        Phase("不明", Origin(SOURCE, 6)),
    )
    steps = view(phases=phases).steps
    assert [(str(step.start), str(step.end)) for step in steps] == [
        ("2023-01-01", "2023-12-31"),
        ("2024-02-01", "2024-02-29"),
        ("2024-03-01", "None"),
        ("None", "None"),
    ]
    assert steps[0].when is not None
    assert (steps[0].when.text, steps[3].when) == ("2023年", None)


def test_a_line_that_a_table_shows_only_in_part_is_told_again() -> None:
    rows = (
        line("row", "", 11, "要因", "詳細", "備考", header=True),
        line("row", "", 13, "体制", "専門チーム", "設置済み"),
    )
    found = view(
        success_factors=(Pair("体制", "専門", Origin(SOURCE, 13)),),
        sections=(section("成功要因", "success_factors", 10, *rows),),
    )
    (passage,) = found.text_of("factors")
    assert passage.kind == "table"
    assert [cell.text for cell in passage.rows[0]] == ["体制", "専門チーム", "設置済み"]


def test_a_row_with_more_cells_keeps_them_beside_the_pair() -> None:
    rows = (
        line("row", "", 11, "課題", "対策", "結果", header=True),
        line("row", "", 13, "定着", "研修", "解消"),
    )
    found = view(issues=(Pair("定着", "研修", Origin(SOURCE, 13)),), sections=(section("課題", "issues", 10, *rows),))
    (point,) = found.issues
    assert [each.text for each in point.extra] == ["解消"]
    assert point.header == ("課題", "対策", "結果")
    assert found.text_of("issues") == ()


def test_a_measure_on_a_line_of_its_own_is_not_told_twice() -> None:
    lines = (line("label", "技術的課題", 11), line("item", "品質のばらつき", 12), line("item", "対策：調整", 13))
    found = view(
        issues=(Pair("品質のばらつき", "調整", Origin(SOURCE, 12)),), sections=(section("課題", "issues", 10, *lines),)
    )
    assert found.text_of("issues") == ()


def test_a_section_of_no_known_kind_is_kept() -> None:
    found = view(sections=(section("雑記", "other", 20, line("text", "ひとこと", 21)),))
    (rest,) = found.rest
    assert (rest.title.text, [passage.text.text for passage in rest.passages]) == ("雑記", ["ひとこと"])


def test_long_text_is_cut_before_a_heading_and_goes_on_in_the_appendix() -> None:
    def part(number: int) -> list[Passage]:
        words = [Passage("item", Quote("項目", Origin(SOURCE, number)), 1) for _ in range(20)]
        return [Passage("heading", Quote(f"見出し{number}", Origin(SOURCE, number)), 1), *words]

    passages = tuple(part(1) + part(2) + part(3))
    shown, later = brief(passages)
    assert shown + later == passages
    assert [passage.text.text for passage in later if passage.kind == "heading"] == ["見出し3"]
    assert brief(tuple(part(1))) == (tuple(part(1)), ())


def test_verdicts_come_in_three_words() -> None:
    verdicts = ("confirmed", "partial", "unconfirmed")
    checks = tuple(
        FactCheck("項目", verdict, "✅", Origin(SOURCE, place))  # type: ignore[arg-type]
        for place, verdict in enumerate(verdicts)
    )
    found = view(fact_checks=checks)
    assert [check.verdict for check in found.checks] == ["確認済み", "一部確認", "未確認"]
    assert (found.check_count.text, found.confirmed_count.text) == ("3件", "1件")


def test_a_contradiction_keeps_both_sides_as_facts_and_a_note_is_only_a_hint() -> None:
    evidence = (Evidence("記載", "16ヶ月", Origin(SOURCE, 8)), Evidence("計算", "約1.6ヶ月"))
    findings = (
        Finding("case.payback", "warning", "合いません", "確かめる", Origin(SOURCE, 8), evidence, ("case:901",)),
        Finding("case.unit", "note", "単位なし", "確かめる", Origin(SOURCE, 9), (), ("case:901",)),
        Finding("case.payback", "warning", "別の事例", "確かめる", Origin("他.md", 8), (), ("case:902",)),
    )
    found = view_case(corpus_of(case(), findings=findings), "901")
    (doubt,) = found.doubts
    assert [(side.fact.text, side.place) for side in doubt.sides] == [("16ヶ月", f"{SOURCE}:8"), ("約1.6ヶ月", "")]
    assert [hint.message.text for hint in found.hints] == ["単位なし"]
    assert found.doubt_count.text == "1件"


def test_an_unknown_case_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ViewError, match=r"事例「9」はありません.*901"):
        view_case(corpus_of(case()), "9")


def test_a_printed_dash_does_not_stand_for_the_other_rows_of_its_section() -> None:
    rows = (
        line("row", "", 3, "指標", "効果", header=True),
        line("row", "", 4, "処理時間", "—"),
        line("row", "", 5, "満足度", "向上"),
    )
    effects = section("効果", "quant_effect", 2, *rows)
    coverage = coverage_of(case(sections=(effects,)))
    coverage.show(rows[1].origin, "処理時間", "—")
    assert account_of(effects, coverage).covered == (False, True, False)
    (table,) = passages_of((effects,), coverage)
    assert [[cell.text for cell in row] for row in table.rows] == [["満足度", "向上"]]


def test_a_label_whose_whole_list_is_printed_elsewhere_is_not_left_alone() -> None:
    lines = (
        line("item", "課題:", 3, level=1),
        line("item", "精度:", 4, level=2),
        line("item", "誤答", 5, level=3),
        line("item", "学んだ教訓:", 6, level=1),
        line("item", "早く試す", 7, level=2),
        line("item", "単独のラベル:", 8, level=1),
    )
    issues = section("課題", "issues", 2, *lines)
    coverage = coverage_of(case(sections=(issues,)))
    assert not any(account_of(issues, coverage).bare)
    coverage.show(lines[2].origin, "誤答")
    assert account_of(issues, coverage).bare == (True, True, False, False, False, False)
    assert account_of(issues, coverage).covered == (False, False, True, False, False, False)
    told = [passage.text.text for passage in passages_of((issues,), coverage)]
    assert told == ["学んだ教訓:", "早く試す", "単独のラベル:"]
