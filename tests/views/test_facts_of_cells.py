"""Facts: where a number comes from, how it was computed, and which marks it carries to the page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fictional_survey import CORPUS, NURSING, SURVEY

from reportkit.base.origin import Origin
from reportkit.views.doubts import index_findings
from reportkit.views.facts import (
    as_read_aloud,
    cell_fact,
    count_fact,
    difference,
    grand_total_fact,
    interval,
    number,
    product,
    rank,
    ratio,
    share,
    statistic_fact,
    total,
    total_fact,
    weighted_average,
    without_unit,
)

IMPACT = CORPUS.matrix("impact")
REDUCTION = CORPUS.matrix("reduction-rate")
LABOUR = CORPUS.matrix("labour-cost")


def fact(matrix_id, row, column):
    found = cell_fact(CORPUS.matrix(matrix_id), row, column)
    assert found is not None
    return found


def test_a_cell_keeps_its_place_and_is_counted_in_yen() -> None:
    cell = fact("impact", "架空医療", "窓口")
    assert cell.id == "matrix/impact/架空医療/窓口"
    assert cell.label == "架空医療×窓口の効率化・コスト削減効果"
    assert (cell.text, number(cell)) == ("240億円", Decimal(24_000_000_000))
    assert cell.origins == (Origin(SURVEY, 41, 3),)
    assert cell.derivation is None


def test_labour_cost_in_units_of_a_billion_is_the_same_money() -> None:
    assert fact("labour-cost", "架空医療", "窓口").text == "2,000億円"


def test_what_was_not_asked_is_no_fact() -> None:
    assert cell_fact(IMPACT, "架空医療", "事務") is None
    assert cell_fact(IMPACT, "架空銀行", "窓口") is None


def test_marks_of_the_source_become_flags() -> None:
    assert fact("reduction-rate", NURSING, "研究開発").flags == ("補完",)
    assert fact("reduction-rate", "架空運輸", "窓口").flags == ("展開",)
    coarser = cell_fact(CORPUS.matrix("barriers"), "その他", "費用が高い", coarser=True)
    assert coarser is not None
    assert coarser.flags == ("上位区分",)


def test_a_finding_about_the_cell_marks_it_and_only_it() -> None:
    doubts = index_findings(CORPUS.findings)
    doubtful = cell_fact(IMPACT, NURSING, "窓口", doubts=doubts)
    assert doubtful is not None
    assert doubtful.flags == ("要確認",)
    certain = cell_fact(IMPACT, NURSING, "事務", doubts=doubts)
    assert certain is not None
    assert certain.flags == ()


def test_totals_are_those_that_the_source_prints() -> None:
    row, everyone = total_fact(IMPACT, "架空医療"), grand_total_fact(IMPACT)
    assert row is not None
    assert everyone is not None
    assert (row.id, row.text) == ("matrix/impact/架空医療/合計", "340億円")
    assert everyone.label == "全体の効率化・コスト削減効果（合計）"


def test_a_share_names_both_inputs_and_their_origins() -> None:
    part, whole = fact("impact", "架空医療", "窓口"), fact("impact", "架空医療", "合計")
    found = share(part, whole, "impact/架空医療/窓口", "割合")
    assert (found.id, found.text) == ("share/impact/架空医療/窓口", "70.6%")
    assert found.derivation is not None
    assert found.derivation.inputs == (part, whole)
    assert found.all_origins() == part.origins + whole.origins


def test_ranks_count_how_many_are_larger_and_ties_share_one() -> None:
    facts = [fact("reduction-rate", row, "研究開発") for row in ("架空医療", NURSING, "架空運輸")]
    assert [rank(facts, one, "x", "順位").text for one in facts] == ["第1位", "第3位", "第1位"]


def test_a_difference_of_percentages_is_in_points_and_as_exact_as_printed() -> None:
    points = difference(fact("reduction-rate", "架空医療", "窓口"), fact("reduction-rate", "平均", "窓口"), "x", "差")
    assert (points.text, points.quantity.unit) == ("+7ポイント", "ポイント")
    shares = [statistic_fact(one) for one in CORPUS.statistics[:2]]
    assert difference(shares[1], shares[0], "x", "差").text == "+19.5ポイント"


def test_money_differs_in_money() -> None:
    gap = difference(fact("impact", NURSING, "事務"), fact("impact", NURSING, "窓口"), "x", "差")
    assert gap.text == "−60億円"


def test_a_product_counts_percentages_as_parts_and_inherits_the_marks() -> None:
    factors = [fact(name, NURSING, "研究開発") for name in ("labour-cost", "reduction-rate", "adoption-intent")]
    found = product(factors, "x", "積")
    assert (found.text, number(found)) == ("25億円", Decimal(2_500_000_000))
    assert found.flags == ("補完",)


def test_an_average_is_weighted_and_says_by_what() -> None:
    rates = [fact("reduction-rate", row, "窓口") for row in ("架空医療", NURSING)]
    weights = [fact("labour-cost", row, "窓口") for row in ("架空医療", NURSING)]
    found = weighted_average(rates, weights, "x", "平均", weight_name="労務・人件費")
    assert found.text == "26.7%"
    assert found.derivation is not None
    assert "労務・人件費" in found.derivation.formula
    assert found.derivation.inputs == (*rates, *weights)


def test_sums_and_ratios_refuse_to_mix_units() -> None:
    money, rate = fact("impact", NURSING, "窓口"), fact("reduction-rate", NURSING, "窓口")
    for compute in (lambda: total([money, rate], "x", "和"), lambda: ratio(money, rate, "x", "比")):
        with pytest.raises(ValueError, match="units differ"):
            compute()


def test_an_interval_knows_its_respondents_and_its_level() -> None:
    value, people = fact("barriers", "架空福祉", "費用が高い"), fact("respondents", "架空福祉", "合計")
    found = interval(value, people, "x", "区間")
    assert found.text == "24〜37%"
    assert found.derivation is not None
    assert [one.text for one in found.derivation.inputs] == ["30%", "200人", "95%"]


def test_other_printed_forms_keep_the_id() -> None:
    everyone = fact("labour-cost", "合計", "合計")
    assert (as_read_aloud(everyone).text, without_unit(everyone).text) == ("6,600億円", "6,600")
    assert as_read_aloud(everyone).id == everyone.id


def test_counts_say_that_they_were_counted() -> None:
    found = count_fact("cases/x", "事例数", map(str, range(1234)))
    assert (found.id, found.text) == ("count/cases/x", "1,234件")
    assert found.derivation is not None
    assert found.derivation.operation == "count"
    assert found.derivation.members[:2] == ("0", "1")
    assert len(found.derivation.members) == 1234
