"""Stacked bars: how far the sector is willing to share its data, beside the average."""

from __future__ import annotations

from reportkit.document.chart import Chart, Series, Tone, ValueAxis
from reportkit.exhibits.parts import inlines, named, source_line
from reportkit.exhibits.sector.bases import base_notes
from reportkit.views.sector import SectorView

_TONES: tuple[Tone, ...] = ("muted", "contrast", "main", "main", "main")


def sector_data_sharing_intent(view: SectorView) -> Chart | None:
    """Return the chart, or None when the survey has no fitting row."""
    participation = view.participation
    if participation is None or not participation.intent:
        return None
    rows = participation.intent
    told = "、".join(
        f"{_row_name(row.row, row.is_average)}は{row.shares.text}" for row in rows if row.shares is not None
    )
    notes = []
    if participation.coarser:
        notes.append(inlines(named(view.name), "を含む「", named(participation.row), "」の値。"))
    notes.extend(base_notes([row.base for row in rows if row.base is not None], intervals=False))
    return Chart(
        id="sector-data-sharing-intent",
        kind="stacked-bar",
        caption=inlines("データ共有の意向（", named(view.name), "と全体の平均）"),
        alt=f"データ共有の意向を段階別に積み上げた横棒グラフ。共有できる割合は{told}。",
        categories=tuple(_row_name(row.row, row.is_average) for row in rows),
        series=tuple(
            Series(step, tuple(row.facts[index] for row in rows), tone=_TONES[index % len(_TONES)])
            for index, step in enumerate(participation.steps)
        ),
        values=ValueAxis(title="", number_format='0"%"'),
        source=source_line(view.citation("data-sharing-intent")),
        notes=tuple(notes),
        height=0.2 + 0.06 * len(rows),
    )


def _row_name(row: str, is_average: bool) -> str:
    return "全体の平均" if is_average else row
