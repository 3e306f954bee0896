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
