"""The cases of one sector, compact: one line each for the comparison table, and a short profile.

In: `Corpus.cases` with `Case.sectors`. Out: `SectorCases`. A case belongs to a group when it belongs to a member.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Quote
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Metric, Pair, Phase
from reportkit.views.facts import count_fact, stated_fact
from reportkit.views.sector.subject import Subject

_MOST_METRICS, _MOST_PHASES, _MOST_POINTS = 4, 5, 3


@dataclass(frozen=True, slots=True)
class CaseMetric:
    """One effect: what was measured, and what is stated of before, after, value and change; doubtful ones carry 要確認.

    is_target: a target or forecast, not a result.
    """

    label: Quote
    value: Fact | None
    before: Fact | None
    after: Fact | None
    change: Fact | None
    note: Quote | None
    is_target: bool

    @property
    def has_both_states(self) -> bool:
        """Tell whether before and after are both stated."""
        return self.before is not None and self.after is not None


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of the introduction: when (as written, "" when not dated) and what."""

    when: Quote | None
    name: Quote
    detail: Quote | None


@dataclass(frozen=True, slots=True)
class CasePoint:
    """A label and its text: a success factor with its detail, an issue with its measure."""

    label: Quote
    text: Quote | None


@dataclass(frozen=True, slots=True)
class SectorCase:
    """One case in short. `verified` is False when its file says that its contents are not verified."""

    id: str
    company: Quote
    country: str
    industry: Quote | None
    employees: Fact | None
    start: Quote | None
    tools: tuple[Quote, ...]
    vendors: tuple[Quote, ...]
    scope: Quote | None
    metrics: tuple[CaseMetric, ...]
    more_metrics: Fact | None
    steps: tuple[CaseStep, ...]
    factors: tuple[CasePoint, ...]
    issues: tuple[CasePoint, ...]
    lessons: tuple[Quote, ...]
    verified: bool
    doubts: tuple[Finding, ...]

    @property
    def leading(self) -> CaseMetric | None:
        """Return the first effect that is a result and names a number, or None."""
        return next((metric for metric in self.metrics if not metric.is_target), None)


@dataclass(frozen=True, slots=True)
class SectorCases:
    """The cases of the sector, in corpus order; `total` counts the whole corpus."""

    cases: tuple[SectorCase, ...]
    count: Fact
    total: Fact
    with_metrics: Fact
    unverified: Fact | None


def view_cases(subject: Subject) -> SectorCases:
    """Return the cases of the sector; empty when there is none."""
    own = cases_of(subject)
    cases = tuple(_case(subject, case) for case in own)
    unverified = [case for case in cases if not case.verified]
    with_metrics = [case for case in cases if case.metrics]
    name = subject.name
    return SectorCases(
        cases=cases,
        count=count_fact(f"cases/{name}", f"{name}の事例数", len(cases), origins=tuple(case.origin for case in own)),
        total=count_fact("cases", "収録事例の総数", len(subject.corpus.cases)),
        with_metrics=count_fact(f"cases-with-metrics/{name}", f"{name}で効果の数値がある事例", len(with_metrics)),
        unverified=(
            count_fact(f"unverified-cases/{name}", f"{name}で未検証とされる事例", len(unverified))
            if unverified
            else None
        ),
    )


def cases_of(subject: Subject) -> tuple[Case, ...]:
    """Return the cases whose sectors include the subject or one of its members."""
    names = {subject.name, *subject.rows}
    return tuple(case for case in subject.corpus.cases if names & set(case.sectors))


def company_of(case: Case) -> Quote:
    """Return the company as the case names it; the title when it names none."""
    return Quote(case.company or case.title, case.origin)


def _case(subject: Subject, case: Case) -> SectorCase:
    doubts = subject.doubts.about(f"case:{case.id}")
    known = [(number, metric) for number, metric in enumerate(case.metrics, start=1) if _is_known(metric)]
    metrics = tuple(_metric(case, number, metric) for number, metric in known[:_MOST_METRICS])
    more = len(case.metrics) - len(metrics)
    return SectorCase(
        id=case.id,
        company=company_of(case),
        country=case.country or "",
        industry=Quote("、".join(case.industry_raw), case.origin) if case.industry_raw else None,
        employees=_amount(case, "employees", "従業員数", case.employees),
        start=_when(case),
        tools=case.ai_tools,
        vendors=case.vendors,
        scope=case.scope,
        metrics=metrics,
        more_metrics=count_fact(f"more-metrics/{case.id}", "このほかの効果指標", more) if more > 0 else None,
        steps=tuple(_step(phase) for phase in case.phases[:_MOST_PHASES]),
        factors=tuple(_point(pair) for pair in case.success_factors[:_MOST_POINTS]),
        issues=tuple(_point(pair) for pair in case.issues[:_MOST_POINTS]),
        lessons=case.lessons[:_MOST_POINTS],
        verified=case.verified,
        doubts=doubts,
    )


def _is_known(metric: Metric) -> bool:
    amounts = (metric.value, metric.before, metric.after, metric.change)
    return any(amount is not None and amount.is_known for amount in amounts)


def _metric(case: Case, number: int, metric: Metric) -> CaseMetric:
    def part(name: str, amount: Quantity | None) -> Fact | None:
        if amount is None or not amount.raw:
            return None
        fact_id = f"case/{case.id}/metric/{number}/{name}"
        return stated_fact(fact_id, f"{company_of(case)}：{metric.label}", amount, metric.origin)

    return CaseMetric(
        label=Quote(metric.label, metric.origin),
        value=part("value", metric.value),
        before=part("before", metric.before),
        after=part("after", metric.after),
        change=part("change", metric.change),
        note=metric.note,
        is_target=metric.is_target,
    )


def _amount(case: Case, name: str, label: str, amount: Quantity | None) -> Fact | None:
    if amount is None:
        return None
    origin = case.employees_origin or case.origin
    return stated_fact(f"case/{case.id}/{name}", f"{company_of(case)}の{label}", amount, origin)


def _when(case: Case) -> Quote | None:
    if case.adoption_start is None:
        return None
    return Quote(case.adoption_start.raw, case.adoption_origin or case.origin)


def _step(phase: Phase) -> CaseStep:
    when = Quote(phase.period.raw, phase.origin) if phase.period is not None and phase.period.raw else None
    return CaseStep(when, Quote(phase.name, phase.origin), phase.details[0] if phase.details else None)


def _point(pair: Pair) -> CasePoint:
    return CasePoint(Quote(pair.label, pair.origin), Quote(pair.text, pair.origin) if pair.text else None)
