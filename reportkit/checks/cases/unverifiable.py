"""What a case states and nobody can compute again: one note for each case, with the reasons one by one.

A range such as 20-40% without the states before and after, a pay-back or an ROI without cost or benefit, a calculation
with a factor that the file does not give. Plain single rates are left alone: nearly every effect is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportkit.base.amounts import CURRENCIES
from reportkit.base.finding import Evidence, Finding
from reportkit.checks.cases.passages import ABOUT_OTHERS, Subject
from reportkit.checks.cases.payback import payback_gap
from reportkit.checks.cases.products import lacks_only_an_hourly_rate
from reportkit.checks.cases.rates import rates_with_states
from reportkit.checks.cases.wording import short
from reportkit.corpus.case import Metric

_SHOWN = 8  # places that a note names one by one
_ROI = re.compile(r"\bROI\b|投資利益率|投資収益率", re.IGNORECASE)
_NO_STATES = "導入前と導入後の値がない"


def check_unverifiable(subject: Subject) -> Iterable[Finding]:
    """Report together what the case's own figures cannot prove or disprove."""
    gaps = sorted({item.origin: item for item in _gaps(subject)}.values(), key=_line)
    if not gaps:
        return
    rest = len(gaps) - _SHOWN
    more = (Evidence("ほか", f"{rest} 件"),) if rest > 0 else ()
    yield Finding(
        "case.unverifiable",
        "note",
        f"もとになる値が資料にないため検証できない値が {len(gaps)} 件あります。誤りとは限りません",
        "引用するときは「企業の公表値」などと添え、もとになる値は出典で確かめてください",
        gaps[0].origin,
        (*gaps[:_SHOWN], *more),
        (subject.key,),
    )


def _line(gap: Evidence) -> int:
    return gap.origin.line if gap.origin is not None else 0


def _gaps(subject: Subject) -> Iterator[Evidence]:
    bare = [metric for metric in subject.case.metrics if _is_bare_range(metric)]
    known = {passage.line for passage, *_ in rates_with_states(subject)} if bare else set()
    for metric in bare:
        if metric.origin.line not in known:
            yield Evidence(short(metric.label), f"{short(metric.raw, 60)}：{_NO_STATES}", metric.origin)
    yield from payback_gap(subject)
    yield from _roi_gap(subject)
    yield from _unknown_factors(subject)


def _is_bare_range(metric: Metric) -> bool:
    """Tell whether a result is only a range of percent, with no state that it could be computed from."""
    change = metric.change
    if change is None or metric.is_target or change.unit != "%" or metric.before is not None:
        return False
    return change.low is not None and change.high is not None


def _roi_gap(subject: Subject) -> Iterator[Evidence]:
    """Yield an ROI of a case that states no money at all."""
    costs = subject.case.costs
    if any(cost.quantity.unit in CURRENCIES for cost in costs):
        return
    for cost in costs:
        if _ROI.search(cost.label) and cost.quantity.unit in {"%", "倍"}:
            yield Evidence(short(cost.label), f"{short(cost.quantity.raw, 60)}：費用と効果の額がない", cost.origin)


def _unknown_factors(subject: Subject) -> Iterator[Evidence]:
    """Yield calculations with a result and a factor that is only a word (`月200件×5分×時給換算`)."""
    for passage, calculations in subject.calculations:
        if passage.kind in ABOUT_OTHERS:
            continue
        for calculation in calculations:
            if lacks_only_an_hourly_rate(calculation):  # judged by the pay that it implies
                continue
            if calculation.unknown and (calculation.stated is not None or calculation.outer is not None):
                words = "、".join(f"「{short(word, 20)}」" for word in calculation.unknown)
                label = short(passage.label or passage.title or "計算")
                yield Evidence(label, f"{short(calculation.text, 60)}：{words}の値がない", passage.origin)
