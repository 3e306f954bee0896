"""Arithmetic inside one case: what its own numbers say about each other.

In: a `Case`. Out: findings, never repairs. A contradiction needs both sides stated; a range without a baseline is no
error. Rates are allowed one point (half a point when they are printed with decimals), truncation, and the rounding that
the printed states may hide; ranges compare by overlap. One file for each kind of check; each check is one plain
function from the `Subject` (the case with its passages) to findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportkit.base.finding import Finding
from reportkit.checks.cases.conversions import check_conversions
from reportkit.checks.cases.counts import check_counts
from reportkit.checks.cases.itself import check_verified
from reportkit.checks.cases.passages import Subject, read_subject
from reportkit.checks.cases.payback import check_net_benefit, check_payback
from reportkit.checks.cases.periods import check_duration, check_lengths
from reportkit.checks.cases.persons import check_per_person
from reportkit.checks.cases.products import check_calculations
from reportkit.checks.cases.rates import check_changes, check_percent_as_factor, check_rates_elsewhere
from reportkit.checks.cases.repeats import check_repeats
from reportkit.checks.cases.roi import check_roi, check_roi_twice
from reportkit.checks.cases.totals import check_totals
from reportkit.checks.cases.unverifiable import check_unverifiable
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus

CASE_CHECKS: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    check_payback,
    check_net_benefit,
    check_roi,
    check_roi_twice,
    check_changes,
    check_rates_elsewhere,
    check_percent_as_factor,
    check_totals,
    check_calculations,
    check_per_person,
    check_conversions,
    check_duration,
    check_lengths,
    check_repeats,
    check_counts,
    check_unverifiable,
    check_verified,
)


def check_case(case: Case) -> tuple[Finding, ...]:
    """Return everything in the case that does not add up, in the order of `CASE_CHECKS`."""
    subject = read_subject(case)
    return tuple(dict.fromkeys(finding for check in CASE_CHECKS for finding in check(subject)))


def check_cases(corpus: Corpus) -> tuple[Finding, ...]:
    """Return what does not add up inside any case of the corpus."""
    return tuple(finding for case in corpus.cases for finding in check_case(case))
