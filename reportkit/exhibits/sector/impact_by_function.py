"""Columns: the sector's impact by business function, largest first; upright, because the short names fit below."""

from __future__ import annotations

from reportkit.document.chart import Chart, Series, ValueAxis
from reportkit.exhibits.parts import inlines, mark_notes, mark_text, named, source_line
from reportkit.views.formats import OKU
from reportkit.views.sector import SectorView


def sector_impact_by_function(view: SectorView) -> Chart | None:
    """Return the chart, or None when fewer than two functions have an impact."""
    if view.impact is None or len(view.impact.leading) < 2:
        return None
    lines = view.impact.leading
    facts = tuple(line.impact for line in lines)
    citation = view.citation("impact")  # the table stands below and names its title
    first, second = lines[0], lines[1]
    told = f"{first.short}（{first.impact.text if first.impact else ''}）"
    told += f"、{second.short}（{second.impact.text if second.impact else ''}）"
    return Chart(
        id="sector-impact-by-function",
        kind="column",
        caption=inlines(named(view.name), "の効率化・コスト削減効果（機能別）"),
        alt=f"{view.name}の効率化・コスト削減効果を機能別に大きい順に並べた縦棒グラフ。大きいのは{told}。",
        categories=tuple(line.short + mark_text(line.impact) for line in lines),
        series=(Series("効率化・コスト削減効果", facts, highlight=(0,)),),
        values=ValueAxis(title="効果（億円）", divisor=OKU),
        source=source_line(citation.publication if citation is not None else None),
        notes=mark_notes(facts),
        height=0.28,
    )
