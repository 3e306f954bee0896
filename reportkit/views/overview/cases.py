"""All cases side by side: counts by sector, tool and year, and one line each for the comparison.

In: `Corpus.cases`. Out: `CasesOverview`; every count is a fact that names the cases it counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin, Quote
from reportkit.base.period import Period
from reportkit.base.text import display_width, to_half_width
from reportkit.corpus.case import Case, FactCheck, Metric
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.views.case.effects import Effect, effect_of
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
    counter = _Counter(index.column("id"), index.column("origin"))
    everyone = range(len(counter.ids))
    checks = [len(_confirmed(own)) for own in index.column("fact_checks")]
    compared = sorted(everyone, key=lambda at: -checks[at])[:MOST_COMPARED] if _too_many(counter.ids) else everyone
    shown = frozenset(compared)
    left = [counter.ids[at] for at in everyone if at not in shown]
    unverified = [at for at, verified in enumerate(index.column("verified")) if not verified]
    return CasesOverview(
        count=counter.fact("cases", "収録した事例の数", everyone),
        by_sector=_by_sector(index.column("sectors"), counter, corpus.taxonomy),
        by_tool=_by_tool(index.column("ai_tools"), counter),
        by_year=_by_year(index.column("adoption_start"), counter),
        lines=tuple(_line(corpus.cases[at], index) for at in compared),
        left_out=count_fact("cases-left-out", "比較表に載せていない事例", left) if left else None,
        unverified=counter.fact("unverified-cases", "内容が未検証とされる事例", unverified) if unverified else None,
    )


@dataclass(frozen=True, slots=True)
class _Counter:
    """Ids and places of all cases, for facts that count some of them."""

    ids: tuple[str, ...]
    origins: tuple[Origin, ...]

    def fact(self, about: str, label: str, places: Iterable[int]) -> Fact:
        """Return how many cases stand at these places of the corpus, as a fact that names them."""
        found = tuple(places)
        return count_fact(about, label, [self.ids[at] for at in found], origins=tuple(self.origins[at] for at in found))

    def by_name(self, names: Iterable[Iterable[str]], about: str, label: str) -> list[Count]:
        """Return the count of each name; `names` has the names of each case, a name given twice counts once."""
        groups: dict[str, list[int]] = {}
        for place, own in enumerate(names):
            for name in dict.fromkeys(own):
                groups.setdefault(name, []).append(place)
        return [
            Count(name, self.fact(f"{about}/{name}", f"{label}「{name}」の事例数", places))
            for name, places in groups.items()
        ]


def company_of(case: Case) -> Quote:
    """Return the company as the case names it; the title when it names none."""
    return Quote(case.company or case.title, case.place_of("company" if case.company else "title"))


@lru_cache(maxsize=1024)
def tool_name(text: str) -> str:
    """Return the name under which a tool is counted: half-width, without remarks in brackets and without a version.

    >>> tool_name("ChatGPT（GPT-3.5/GPT-4）"), tool_name("Claude ３.５")
    ('ChatGPT', 'Claude')
    """
    name = _REMARK.sub("", to_half_width(text)).strip()
    return _VERSION.sub("", name).strip() or name


def _too_many(cases: tuple[object, ...]) -> bool:
    return len(cases) > MOST_COMPARED


def _confirmed(checks: tuple[FactCheck, ...]) -> tuple[str, ...]:
    return tuple(check.item for check in checks if check.verdict == "confirmed")


def _by_sector(sectors: Iterable[tuple[str, ...]], counter: _Counter, taxonomy: Taxonomy) -> tuple[Count, ...]:
    """Return the sectors in the order of the survey, those without a case left out."""
    counts = counter.by_name((own or (UNKNOWN,) for own in sectors), "cases", "業種")
    order = {sector.name: place for place, sector in enumerate(taxonomy.sectors)}
    return tuple(sorted(counts, key=lambda count: (-_size(count), order.get(count.name, len(order)))))


def _by_tool(tools: Iterable[tuple[Quote, ...]], counter: _Counter) -> tuple[Count, ...]:
    """Return the tools that most cases name, alike up to case; spelled as the first case spells them."""
    spelling: dict[str, str] = {}
    named = [[name for tool in own if (name := tool_name(tool.text))] for own in tools]
    spelled = [[spelling.setdefault(name.casefold(), name) for name in own] for own in named]
    counts = counter.by_name(spelled, "cases-by-tool", "AIツール")
    return tuple(sorted(counts, key=lambda count: -_size(count))[:_MOST_TOOLS])


def _by_year(starts: Iterable[Period | None], counter: _Counter) -> tuple[Count, ...]:
    """Return the years in which the use of AI began, and how many cases do not say."""
    counts = counter.by_name(((_year(start),) for start in starts), "cases-by-year", "AI導入の年")
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


def _has_headline(metric: Metric) -> bool:
    """Tell whether the effect of the metric has a headline: a known number that is no state before."""
    amounts = (metric.value, metric.after, metric.change)
    return any(amount is not None and amount.raw and amount.is_known for amount in amounts)


def _line(case: Case, index: CorpusIndex) -> CaseLine:
    company = company_of(case)
    known = [place for place, metric in enumerate(case.metrics) if _has_headline(metric)]
    known.sort(key=lambda place: case.metrics[place].is_target)
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
        effects=tuple(effect_of(case, company.text, place) for place in known[:2]),
        confirmed=count_fact(f"confirmed/case/{case.id}", f"{company}の確認済みの項目", _confirmed(case.fact_checks)),
        checks=count_fact(
            f"checks/case/{case.id}", f"{company}の確認の対象とした項目", (check.item for check in case.fact_checks)
        ),
        doubts=count_fact(f"doubts/case/{case.id}", f"{company}の記載で整合しない点", names_of(doubts)),
        verified=case.verified,
    )
