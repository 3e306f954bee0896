"""Chart: the share of people who have used generative AI, by country and survey."""

from __future__ import annotations

from reportkit.document.chart import Chart, Series, Tone, ValueAxis
from reportkit.exhibits.parts import inlines, source_line
from reportkit.views.overview import OverviewView

_TONES: tuple[Tone, ...] = ("muted", "main", "accent", "contrast")


def overview_usage(view: OverviewView) -> Chart | None:
    """Return columns by country, one for each survey, or None without a series over countries."""
    usage = view.usage
    if usage is None or len(usage.countries) < 2 or len(usage.periods) < 2:
        return None
    told = "、".join(
        f"{country.country}{country.facts[-1].text}" for country in usage.countries if country.facts[-1] is not None
    )
    return Chart(
        id="overview-usage",
        kind="column",
        caption=inlines("国別にみた生成AIの利用経験の推移"),
        alt=f"生成AIの利用経験がある人の割合を国と調査年度で比べた縦棒グラフ。直近は{told}。",
        categories=tuple(country.country for country in usage.countries),
        series=tuple(
            Series(period, tuple(country.facts[place] for country in usage.countries), tone=_TONES[place % 4])
            for place, period in enumerate(usage.periods)
        ),
        values=ValueAxis(title="割合（%）", number_format='0"%"'),
        source=source_line(view.usage_citation),
        height=0.45,
    )
