"""Bar charts: the answers of one row beside the average of the survey, for barriers and for wished support."""

from __future__ import annotations

from reportkit.document.chart import Chart, Series, ValueAxis
from reportkit.exhibits.parts import inlines, source_line
from reportkit.exhibits.sector.bases import base_notes
from reportkit.exhibits.sector.compared_table import whose
from reportkit.views.sector import SectorView
from reportkit.views.sector.comparison import Comparison

_MOST_BARS = 5


def sector_barriers_chart(view: SectorView) -> Chart | None:
    """Return the chart of barriers, or None without a fitting row."""
    return _chart(view, view.barriers, "sector-barriers-chart", "生成AI導入の障壁")


def sector_support_chart(view: SectorView) -> Chart | None:
    """Return the chart of wished support, or None without a fitting row."""
    return _chart(view, view.support, "sector-support-chart", "求める支援策")


def _chart(view: SectorView, comparison: Comparison | None, chart_id: str, topic: str) -> Chart | None:
    if comparison is None or len(comparison.items) < 2:
        return None
    items = comparison.largest[:_MOST_BARS]
    told = "、".join(f"{item.short}（{item.value.text}）" for item in items[:2])
    beyond = tuple(index for index, item in enumerate(items) if item.beyond == "above")
    told_below = "上位の項目だけを示す（すべての項目は表にある）。" if len(comparison.items) > len(items) else ""
    told_colour = "目立つ色は、信頼区間で見ても平均を上回る項目。" if beyond else ""
    told_how = (inlines(told_colour + told_below),) if told_colour or told_below else ()
    notes = (*told_how, *base_notes([comparison.base]))
    return Chart(
        id=chart_id,
        kind="bar",
        caption=inlines(*whose(view, comparison), f"の{topic}：全体の平均との比較"),
        alt=f"{comparison.row}における{topic}を平均と並べた横棒グラフ。多いのは{told}。",
        categories=tuple(item.short for item in items),
        series=(
            Series(comparison.row, tuple(item.value for item in items), highlight=beyond),
            Series("全体の平均", tuple(item.average for item in items), tone="muted"),
        ),
        values=ValueAxis(title="回答割合（%）", number_format='0"%"'),
        source=source_line(view.citation(comparison.matrix_id)),
        notes=notes,
        height=0.1 + 0.032 * len(items),
    )
