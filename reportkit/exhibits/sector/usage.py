"""Use of generative AI by country and survey, and single figures from the white paper."""

from __future__ import annotations

from reportkit.document.chart import Chart, Series, Tone, ValueAxis
from reportkit.document.table import Column, Table
from reportkit.exhibits.parts import cell, head, inlines, named, source_line
from reportkit.views.sector import SectorView

_TONES: tuple[Tone, ...] = ("muted", "main", "accent", "contrast")


def sector_usage(view: SectorView) -> Chart | None:
    """Return columns by country, one for each survey, or None without a series over countries."""
    if view.usage is None or len(view.usage.countries) < 2 or not view.usage.periods:
        return None
    usage = view.usage
    told = "、".join(
        f"{country.country}{country.facts[-1].text}" for country in usage.countries if country.facts[-1] is not None
    )
    return Chart(
        id="sector-usage",
        kind="column",
        caption=inlines("生成AIの利用経験がある人の割合（国別）"),
        alt=f"生成AIの利用経験がある人の割合を国と調査年度で比べた縦棒グラフ。直近は{told}。",
        categories=tuple(country.country for country in usage.countries),
        series=tuple(
            Series(
                period,
                tuple(country.facts[index] for country in usage.countries),
                tone=_TONES[index % len(_TONES)],
            )
            for index, period in enumerate(usage.periods)
        ),
        values=ValueAxis(title="割合（%）", number_format='0"%"'),
        source=source_line(view.citation("usage")),
        height=0.36,
    )


def sector_usage_companies(view: SectorView) -> Chart | None:
    """Return bars of what companies do, one colour for each survey; None unless a figure was asked more than once."""
    series = view.usage.organisation_series if view.usage is not None else ()
    if view.usage is None or not any(sum(fact is not None for fact in facts) > 1 for _, facts in series):
        return None
    periods = view.usage.organisation_periods
    told = "、".join(
        f"{_short(label)}は{'から'.join(fact.text for fact in facts if fact is not None)}" for label, facts in series
    )
    return Chart(
        id="sector-usage-companies",
        kind="bar",
        caption=inlines("日本の企業の生成AI利用"),
        alt=f"日本の企業の生成AI利用を調査年度で比べた横棒グラフ。{told}。",
        categories=tuple(_short(label) for label, _ in series),
        series=tuple(
            Series(period, tuple(facts[index] for _, facts in series), tone=_TONES[index % len(_TONES)])
            for index, period in enumerate(periods)
        ),
        values=ValueAxis(title="企業の割合（%）", number_format='0"%"'),
        source=source_line(view.citation("usage")),
        height=0.3,
    )


def _short(label: str) -> str:
    """Return what companies do, without the words that the axis says."""
    return label.removesuffix("の割合").removesuffix("企業")


def sector_usage_figures(view: SectorView) -> Table | None:
    """Return the single figures with whom they are about, or None when there is none."""
    if view.usage is None or not view.usage.figures:
        return None
    return Table(
        id="sector-usage-figures",
        columns=(Column(5), Column(1.6), Column(1.8), Column(1.2, "right")),
        header=((head("内容", align="left"), head("対象", align="left"), head("調査", align="left"), head("値")),),
        body=tuple(
            (
                cell(named(figure.label)),
                cell(named(figure.subject or "–")),
                cell(named(figure.period or "–")),
                cell(figure.fact, align="right"),
            )
            for figure in view.usage.figures
        ),
        caption=inlines("個人と企業の利用に関する数値"),
        source=source_line(view.citation("usage")),
        summary="白書の本文に示された、個人と企業の生成AI利用に関する割合の一覧。",
    )
