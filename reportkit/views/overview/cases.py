"""All cases side by side: counts by sector, tool and year, and one line each for the comparison.

In: `Corpus.cases`. Out: `CasesOverview`; every count is a fact that names the cases it counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.origin import Quote
from reportkit.base.period import Period
from reportkit.base.text import display_width, to_half_width
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.views.case.effects import Effect, effects_of
from reportkit.views.case.timeline import period_fact
from reportkit.views.doubts import names_of
from reportkit.views.facts import count_fact
from reportkit.views.index import CorpusIndex

MOST_COMPARED = 100
_MOST_TOOLS = 8
_WIDEST_START = 20  # half-width columns of a date in the comparison
UNKNOWN = "記載なし"
_REMARK = re.compile(r"[（(\[【].*")
_VERSION = re.compile(r"(?<=[A-Za-z])[ -]?v?[0-9][0-9.]*[A-Za-z]?$")


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases have a name in common (a sector, a tool, a year)."""

    name: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the comparison; effects: up to two with a known number, results before targets."""

    id: str
    company: Quote
    country: str
    sectors: tuple[str, ...]
    start: Fact | None
    tools: tuple[Quote, ...]
    effects: tuple[Effect, ...]
    confirmed: Fact
    checks: Fact
    doubts: Fact
    verified: bool


@dataclass(frozen=True, slots=True)
class CasesOverview:
    """The cases of the corpus. lines: at most `MOST_COMPARED`, those with the most checked claims first."""

    count: Fact
    by_sector: tuple[Count, ...]
    by_tool: tuple[Count, ...]
    by_year: tuple[Count, ...]
    lines: tuple[CaseLine, ...]
    left_out: Fact | None
    unverified: Fact | None


def cases_overview(corpus: Corpus, index: CorpusIndex) -> CasesOverview:
    """Return counts and comparison; empty when there is no case."""
    cases = corpus.cases
    compared = (
        sorted(cases, key=lambda case: -len(_confirmed(case)))[:MOST_COMPARED] if _too_many(cases) else list(cases)
    )
    unverified = [case for case in cases if not case.verified]
    shown = {id(case) for case in compared}
    left = [case.id for case in cases if id(case) not in shown]
    return CasesOverview(
        count=_count("cases", "収録した事例の数", cases),
        by_sector=_by_sector(corpus),
        by_tool=_by_tool(cases),
        by_year=_by_year(cases),
        lines=tuple(_line(case, index) for case in compared),
        left_out=count_fact("cases-left-out", "比較表に載せていない事例", left) if left else None,
        unverified=_count("unverified-cases", "内容が未検証とされる事例", unverified) if unverified else None,
    )


def company_of(case: Case) -> Quote:
    """Return the company as the case names it; the title when it names none."""
    return Quote(case.company or case.title, case.place_of("company" if case.company else "title"))


def tool_name(text: str) -> str:
    """Return the name under which a tool is counted: half-width, without remarks in brackets and without a version.

    >>> tool_name("ChatGPT（GPT-3.5/GPT-4）"), tool_name("Claude ３.５")
    ('ChatGPT', 'Claude')
    """
    name = _REMARK.sub("", to_half_width(text)).strip()
    return _VERSION.sub("", name).strip() or name


def _too_many(cases: tuple[Case, ...]) -> bool:
    return len(cases) > MOST_COMPARED


def _confirmed(case: Case) -> tuple[str, ...]:
    return tuple(check.item for check in case.fact_checks if check.verdict == "confirmed")


def _count(about: str, label: str, cases: Iterable[Case]) -> Fact:
    found = tuple(cases)
    return count_fact(about, label, (case.id for case in found), origins=tuple(case.origin for case in found))


def _grouped(names: Iterable[Iterable[str]], cases: tuple[Case, ...]) -> dict[str, list[Case]]:
    """Return the cases by name; `names` has the names of each case, a name given twice counts once."""
    groups: dict[str, list[Case]] = {}
    for own, case in zip(names, cases, strict=True):
        for name in dict.fromkeys(own):
            groups.setdefault(name, []).append(case)
    return groups


def _facts(groups: dict[str, list[Case]], about: str, label: str) -> list[Count]:
    return [
        Count(name, _count(f"{about}/{name}", f"{label}「{name}」の事例数", cases)) for name, cases in groups.items()
    ]


def _by_sector(corpus: Corpus) -> tuple[Count, ...]:
    """Return the sectors in the order of the survey, those without a case left out."""
    groups = _grouped((case.sectors or (UNKNOWN,) for case in corpus.cases), corpus.cases)
    order = {sector.name: place for place, sector in enumerate(corpus.taxonomy.sectors)}
    return tuple(
        sorted(_facts(groups, "cases", "業種"), key=lambda count: (-_size(count), order.get(count.name, len(order))))
    )


def _by_tool(cases: tuple[Case, ...]) -> tuple[Count, ...]:
    """Return the tools that most cases name, alike up to case; spelled as the first case spells them."""
    spelling: dict[str, str] = {}
    tools = [[name for tool in case.ai_tools if (name := tool_name(tool.text))] for case in cases]
    names = [[spelling.setdefault(name.casefold(), name) for name in own] for own in tools]
    counts = _facts(_grouped(names, cases), "cases-by-tool", "AIツール")
    return tuple(sorted(counts, key=lambda count: -_size(count))[:_MOST_TOOLS])


def _by_year(cases: tuple[Case, ...]) -> tuple[Count, ...]:
    """Return the years in which the use of AI began, and how many cases do not say."""
    groups = _grouped(((_year(case.adoption_start),) for case in cases), cases)
    counts = _facts(groups, "cases-by-year", "AI導入の年")
    return tuple(sorted(counts, key=lambda count: (count.name == UNKNOWN, count.name)))


def _year(period: Period | None) -> str:
    return f"{period.start.year}年" if period is not None and period.start is not None else UNKNOWN


def _short(period: Period) -> str:
    """Return the period as written, or when that is long its first date alone, as exact as it was written."""
    if period.start is None or display_width(period.raw) <= _WIDEST_START:
        return period.raw
    parts = zip((period.start.year, period.start.month, period.start.day), "年月日", strict=True)
    date = "".join(f"{part}{unit}" for part, unit in parts if part is not None)
    return f"{date}〜" if period.open_end or period.end != period.start else date


def _size(count: Count) -> int:
    return int(count.fact.quantity.value or 0)


def _line(case: Case, index: CorpusIndex) -> CaseLine:
    company = company_of(case)
    effects = [effect for effect in effects_of(case, company.text) if effect.headline is not None]
    effects.sort(key=lambda effect: effect.is_target)
    doubts = [finding for finding in index.doubts.about(f"case:{case.id}") if finding.severity != "note"]
    start = None
    if case.adoption_start is not None and case.adoption_start.raw:
        place = Quote(company.text, case.adoption_origin or case.origin)
        label = f"{company}のAI導入時期"
        start = period_fact(f"case/{case.id}/adoption-start", label, case.adoption_start, place)
        start = start.printed_as(_short(case.adoption_start))
    return CaseLine(
        id=case.id,
        company=company,
        country=case.country or "",
        sectors=case.sectors,
        start=start,
        tools=case.ai_tools,
        effects=tuple(effects[:2]),
        confirmed=count_fact(f"confirmed/case/{case.id}", f"{company}の確認済みの項目", _confirmed(case)),
        checks=count_fact(
            f"checks/case/{case.id}", f"{company}の確認の対象とした項目", (check.item for check in case.fact_checks)
        ),
        doubts=count_fact(f"doubts/case/{case.id}", f"{company}の記載で整合しない点", names_of(doubts)),
        verified=case.verified,
    )
