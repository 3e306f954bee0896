"""The cases of one sector, compact: lines of a comparison table, and short profiles.

In: `Corpus.cases` with `Case.sectors`. Out: `SectorCases`. A case belongs to a group when it belongs to a member.
Facts are those of the case briefing, under the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Quote
from reportkit.corpus.case import Case, Metric, Pair
from reportkit.corpus.corpus import Corpus
from reportkit.views.case.effects import Effect, effect_of
from reportkit.views.case.timeline import Step, period_fact, steps_of
from reportkit.views.facts import count_fact, number, stated_fact
from reportkit.views.index import index_corpus
from reportkit.views.sector.subject import Subject

_MOST_EFFECTS, _MOST_STEPS, _MOST_POINTS = 4, 5, 3
_MOST_PROFILES, _MOST_ROWS, _MOST_ROW_EFFECTS = 8, 30, 2


@dataclass(frozen=True, slots=True)
class CasePoint:
    """A label and its text: a success factor with its detail, an issue with its measure."""

    label: Quote
    text: Quote | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the comparison. effects: at most two of those with a number, results before targets."""

    company: Quote
    country: str
    start: Fact | None
    tools: tuple[Quote, ...]
    effects: tuple[Effect, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class SectorCase:
    """One case in short. `verified` is False when its file says that its contents are not verified.

    effects: those with a number, results before targets; more_effects: how many are left out, None for none.
    """

    id: str
    company: Quote
    country: str
    industry: str
    employees: Fact | None
    start: Fact | None
    tools: tuple[Quote, ...]
    vendors: tuple[Quote, ...]
    scope: Quote | None
    effects: tuple[Effect, ...]
    more_effects: Fact | None
    steps: tuple[Step, ...]
    factors: tuple[CasePoint, ...]
    issues: tuple[CasePoint, ...]
    lessons: tuple[Quote, ...]
    verified: bool
    doubts: tuple[Finding, ...]

    @property
    def leading(self) -> Effect | None:
        """Return the first effect that is a result, or None."""
        return next((effect for effect in self.effects if not effect.is_target), None)

    @property
    def has_lessons(self) -> bool:
        """Tell whether the case names success factors, issues or lessons."""
        return bool(self.factors or self.issues or self.lessons)


@dataclass(frozen=True, slots=True)
class SectorCases:
    """The cases of the sector.

    listed: for the comparison table; profiled: told one by one; not_profiled: how many are not, None for none.
    total counts the whole corpus.
    """

    listed: tuple[CaseRow, ...]
    profiled: tuple[SectorCase, ...]
    count: Fact
    total: Fact
    not_profiled: Fact | None
    unverified: Fact | None

    @property
    def all_unverified(self) -> bool:
        """Tell whether none of the cases is verified."""
        return self.unverified is not None and number(self.unverified) == number(self.count)


def view_cases(subject: Subject) -> SectorCases:
    """Return the cases of the sector; empty when there is none.

    When there are many, those with the most stated effects are told; order is that of the corpus.
    """
    own = cases_of(subject)
    order = _fullest_first(own) if len(own) > _MOST_PROFILES else range(len(own))
    profiled = tuple(own[at] for at in sorted(order[:_MOST_PROFILES]))
    unverified = [case.id for case in own if not case.verified]
    left, name = [case.id for case in own if case not in profiled], subject.name
    ids = (case.id for case in own)
    return SectorCases(
        listed=tuple(_row(own[at]) for at in sorted(order[:_MOST_ROWS])),
        profiled=tuple(_case(subject, case) for case in profiled),
        count=count_fact(f"cases/{name}", f"{name}の事例数", ids, origins=tuple(case.origin for case in own)),
        total=subject.index.shared(_all_cases),
        not_profiled=count_fact(f"cases-not-profiled/{name}", f"{name}で紹介しない事例", left) if left else None,
        unverified=count_fact(f"cases-unverified/{name}", f"{name}で未検証の事例", unverified) if unverified else None,
    )


def _all_cases(corpus: Corpus) -> Fact:
    return count_fact("cases", "収録事例の総数", index_corpus(corpus).column("id"))


def cases_of(subject: Subject) -> tuple[Case, ...]:
    """Return the cases whose sectors include the subject or one of its members, one for each id."""
    return subject.index.cases_in(subject.case_sectors)


def company_of(case: Case) -> Quote:
    """Return the company as the case names it; the title when it names none."""
    return Quote(case.company or case.title, case.place_of("company" if case.company else "title"))


def _fullest_first(cases: tuple[Case, ...]) -> list[int]:
    """Return where the cases stand, verified ones with the most effects first."""
    return sorted(range(len(cases)), key=lambda at: (not cases[at].verified, -_known(cases[at]), at))


def _known(case: Case) -> int:
    return sum(map(_has_number, case.metrics))


def _has_number(metric: Metric) -> bool:
    for amount in (metric.value, metric.before, metric.after, metric.change):
        if amount is not None and amount.is_known:
            return True
    return False


def _leading_places(case: Case) -> list[int]:
    """Return the places of the metrics that have a number, results before targets."""
    known = [place for place, metric in enumerate(case.metrics) if _has_number(metric)]
    return sorted(known, key=lambda place: case.metrics[place].is_target)


def _start(case: Case, name: str) -> Fact | None:
    if case.adoption_start is None or not case.adoption_start.raw:
        return None
    place = Quote(case.adoption_start.raw, case.adoption_origin or case.origin)
    return period_fact(f"case/{case.id}/adoption-start", f"{name}：AI導入時期", case.adoption_start, place)


def _row(case: Case) -> CaseRow:
    company = company_of(case)
    return CaseRow(
        company=company,
        country=case.country or "",
        start=_start(case, company.text),
        tools=case.ai_tools,
        effects=tuple(effect_of(case, company.text, place) for place in _leading_places(case)[:_MOST_ROW_EFFECTS]),
        verified=case.verified,
    )


def _case(subject: Subject, case: Case) -> SectorCase:
    company = company_of(case)
    name = company.text
    shown = _leading_places(case)[:_MOST_EFFECTS]
    more = [metric.label for place, metric in enumerate(case.metrics) if place not in shown]
    employees = None
    if case.employees is not None and case.employees.raw:
        origin = case.employees_origin or case.origin
        employees = stated_fact(f"case/{case.id}/employees", f"{name}：従業員数", case.employees, origin)
    return SectorCase(
        id=case.id,
        company=company,
        country=case.country or "",
        industry="、".join(case.industry_raw),
        employees=employees,
        start=_start(case, name),
        tools=case.ai_tools,
        vendors=case.vendors,
        scope=case.scope,
        effects=tuple(effect_of(case, name, place) for place in shown),
        more_effects=count_fact(f"more-effects/{case.id}", f"{name}：このほかの効果指標", more) if more else None,
        steps=steps_of(case, name, _MOST_STEPS),
        factors=tuple(_point(pair) for pair in case.success_factors[:_MOST_POINTS]),
        issues=tuple(_point(pair) for pair in case.issues[:_MOST_POINTS]),
        lessons=case.lessons[:_MOST_POINTS],
        verified=case.verified,
        doubts=tuple(found for found in subject.doubts.about(f"case:{case.id}") if found.severity != "note"),
    )


def _point(pair: Pair) -> CasePoint:
    return CasePoint(Quote(pair.label, pair.origin), Quote(pair.text, pair.origin) if pair.text else None)
