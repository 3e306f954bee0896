"""Intervals and tests against an independent library (scipy), which the package itself does not need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency

from reportkit.views.statistics import holm, pooled_share, two_proportion_p, wilson_interval


@given(st.integers(1, 3000), st.data())
def test_the_interval_is_wilsons(respondents: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, respondents))
    oracle = binomtest(hits, respondents).proportion_ci(0.95, method="wilson")
    low, high = wilson_interval(hits / respondents, respondents)
    assert low == pytest.approx(oracle.low, abs=1e-9)
    assert high == pytest.approx(oracle.high, abs=1e-9)


def test_the_interval_of_a_share_of_zero_still_has_a_width() -> None:
    low, high = wilson_interval(0.0, 50)
    assert low == 0.0
    assert 0.05 < high < 0.1


@pytest.mark.parametrize(("share", "respondents"), [(0.2, 0), (1.2, 10), (-0.1, 10)])
def test_impossible_shares_are_refused(share: float, respondents: int) -> None:
    with pytest.raises(ValueError, match="respondents"):
        wilson_interval(share, respondents)


@pytest.mark.parametrize(
    ("hits", "count", "others", "rest"), [(123, 473, 310, 1918), (5, 60, 40, 700), (30, 90, 33, 99)]
)
def test_the_p_value_is_that_of_the_uncorrected_chi_square_test(hits: int, count: int, others: int, rest: int) -> None:
    oracle = chi2_contingency([[hits, count - hits], [others, rest - others]], correction=False).pvalue
    assert two_proportion_p(hits / count, count, others / rest, rest) == pytest.approx(oracle, rel=1e-9)


def test_two_groups_in_which_nobody_agrees_do_not_differ() -> None:
    assert two_proportion_p(0.0, 100, 0.0, 200) == 1.0


def test_holm_multiplies_the_smallest_by_the_number_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_is_never_below_the_p_value_and_never_above_bonferroni(p_values: list[float]) -> None:
    for p, adjusted in zip(p_values, holm(p_values), strict=True):
        assert p <= adjusted <= min(1.0, len(p_values) * p) + 1e-12


def test_pooling_counts_people_and_not_groups() -> None:
    assert pooled_share([0.1, 0.4], [300, 100]) == pytest.approx(0.175)
