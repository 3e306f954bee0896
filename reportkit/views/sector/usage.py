"""Use of generative AI at home and abroad: figures from the prose of the white paper, by country and survey.

In: `Corpus.statistics`. Out: `UsageView`; the same for every sector, because the source has no industries.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin, Quote
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.survey import Statistic
from reportkit.views.facts import difference, number, rank, ratio, statistic_fact


@dataclass(frozen=True, slots=True)
class UsageFigure:
    """One figure from prose, with the sentence it stands in."""

    series: str
    label: str
    subject: str
    period: str
    fact: Fact
    context: Quote


@dataclass(frozen=True, slots=True)
class CountrySeries:
    """One country over the surveys: a fact for each period (None = not given), first to last, and the growth."""

    country: str
    facts: tuple[Fact | None, ...]
    growth: Fact | None

    @property
    def growth_size(self) -> Fact | None:
        """Return the growth without its plus sign."""
        return None if self.growth is None else self.growth.printed_as(self.growth.text.lstrip("+"))


@dataclass(frozen=True, slots=True)
class UsageView:
    """Countries over time, and single figures.

    series_label: what the series measures; countries: home first, then the source's order.
    home_rank: rank of Japan in the last period; leader_gap: Japan against the leading country.
    figures: every other figure from prose about use, in source order. origins: places of all of them.
    """

    series_label: str
    periods: tuple[str, ...]
    countries: tuple[CountrySeries, ...]
    home: CountrySeries | None
    leader: CountrySeries | None
    home_rank: Fact | None
    leader_ratio: Fact | None
    figures: tuple[UsageFigure, ...]
    origins: tuple[Origin, ...]

    def figure(self, series: str, subject: str, period: str = "") -> UsageFigure | None:
        """Return a single figure by the start of its series and its subject; the last period unless one is named."""
        found = [
            figure
            for figure in self.figures
            if figure.series.startswith(series) and figure.subject == subject and period in figure.period
        ]
        return found[-1] if found else None

    @property
    def organisation_figures(self) -> tuple[UsageFigure, ...]:
        """Return the figures about companies at home, the last survey of each, for briefings without a survey row."""
        about = (figure for figure in self.figures if "企業" in figure.label and figure.subject in {HOME, ""})
        return tuple({figure.series: figure for figure in sorted(about, key=lambda figure: figure.period)}.values())

    @property
    def organisation_periods(self) -> tuple[str, ...]:
        """Return the surveys in which companies at home were asked, first to last."""
        return tuple(sorted({figure.period for figure in self._organisations}))

    @property
    def organisation_series(self) -> tuple[tuple[str, tuple[Fact | None, ...]], ...]:
        """Return for each figure about companies its label and a fact per survey (None = not given), as first told."""
        found: dict[str, dict[str, Fact]] = {}
        labels: dict[str, str] = {}
        for figure in self._organisations:
            found.setdefault(figure.series, {})[figure.period] = figure.fact
            labels.setdefault(figure.series, figure.label)
        periods = self.organisation_periods
        return tuple((labels[series], tuple(map(by_period.get, periods))) for series, by_period in found.items())

    @property
    def _organisations(self) -> tuple[UsageFigure, ...]:
        return tuple(figure for figure in self.figures if "企業" in figure.label and figure.subject == HOME)

    @property
    def last_period(self) -> str:
        """Return the name of the last survey, "" when there is no series."""
        return self.periods[-1] if self.periods else ""

    @property
    def first_period(self) -> str:
        """Return the name of the first survey, "" when there is no series."""
        return self.periods[0] if self.periods else ""


HOME = "日本"


def view_usage(corpus: Corpus) -> UsageView | None:
    """Return the use at home and abroad, or None when the sources give no such figures."""
    figures = tuple(
        UsageFigure(
            statistic.series,
            statistic.label,
            statistic.subject,
            statistic.period,
            statistic_fact(statistic),
            Quote(statistic.context, statistic.origin),
        )
        for statistic in corpus.statistics
        if not statistic.series.startswith("headline") and _is_share(statistic)
    )
    series = _widest_series(figures)
    if not figures:
        return None
    periods = tuple(sorted({figure.period for figure in series}))
    names = dict.fromkeys(figure.subject for figure in series)
    by_place = {(figure.subject, figure.period): figure for figure in series}
    countries = tuple(
        sorted(
            (_country(name, [by_place.get((name, period)) for period in periods]) for name in names),
            key=lambda country: country.country != HOME,
        )
    )
    last = [country for country in countries if country.facts and country.facts[-1] is not None]
    home = next((country for country in countries if country.country == HOME), None)
    leader = max(last, key=lambda country: _last(country), default=None)
    home_rank = leader_ratio = None
    if home is not None and leader is not None and home in last and home.facts[-1] is not None:
        facts = [fact for country in last if (fact := country.facts[-1]) is not None]
        home_rank = rank(facts, home.facts[-1], f"usage/{HOME}", f"{HOME}の利用経験の順位（調査対象国中）")
        if leader is not home and leader.facts[-1] is not None:
            label = f"{leader.country}の利用経験は{HOME}の何倍か"
            leader_ratio = ratio(leader.facts[-1], home.facts[-1], f"usage/{leader.country}/{HOME}", label)
    drawn = {figure.fact.id for figure in series}
    return UsageView(
        series_label=series[0].label if series else "",
        periods=periods,
        countries=countries,
        home=home,
        leader=leader,
        home_rank=home_rank,
        leader_ratio=leader_ratio,
        figures=tuple(figure for figure in figures if figure.fact.id not in drawn),
        origins=tuple(dict.fromkeys(figure.context.origin for figure in (*series, *figures))),
    )


def _is_share(statistic: Statistic) -> bool:
    return statistic.quantity.unit == "%" and statistic.quantity.value is not None


def _widest_series(figures: tuple[UsageFigure, ...]) -> list[UsageFigure]:
    """Return the figures of the series with the most countries over at least two periods; [] when there is none."""
    names = dict.fromkeys(figure.series for figure in figures)
    best: list[UsageFigure] = []
    for name in names:
        own = [figure for figure in figures if figure.series == name and figure.period]
        periods = {figure.period for figure in own}
        subjects = {figure.subject for figure in own}
        if len(periods) > 1 and len(subjects) > 1 and len(own) > len(best):
            best = own
    return best


def _country(name: str, figures: list[UsageFigure | None]) -> CountrySeries:
    facts = tuple(None if figure is None else figure.fact for figure in figures)
    growth = None
    if len(facts) > 1 and facts[0] is not None and facts[-1] is not None:
        growth = difference(facts[-1], facts[0], f"usage/{name}", f"{name}の利用経験の伸び")
    return CountrySeries(name, facts, growth)


def _last(country: CountrySeries) -> float:
    fact = country.facts[-1]
    return float(number(fact)) if fact is not None else 0.0
