"""Bubble chart: reduction against intent by function, sized by labour cost, with the averages as cross lines."""

from __future__ import annotations

from reportkit.document.chart import Bubble, Chart, Reference, ValueAxis
from reportkit.exhibits.parts import inlines, mark_notes, mark_text, named, source_line
from reportkit.views.sector import SectorView


def sector_room(view: SectorView) -> Chart | None:
    """Return the chart, or None when fewer than two functions have both rates."""
    if view.room is None:
        return None
    room = view.room
    waiting = {point.function for point in room.waiting}
    rates = [fact for point in room.points for fact in (point.reduction, point.intent)]
    told = "、".join(f"{point.short}（{point.reduction.text}・{point.intent.text}）" for point in room.waiting)
    reading = f"削減割合が高く導入意向が低い機能は{told}。" if told else "削減割合が高く導入意向が低い機能はない。"
    return Chart(
        id="sector-room",
        kind="bubble",
        caption=inlines(named(view.name), "の業務削減割合と導入意向（円の面積は労務・人件費）"),
        alt=f"{view.name}の機能ごとの業務削減割合（横軸）と導入意向（縦軸）のバブルチャート。{reading}",
        bubbles=tuple(
            Bubble(
                point.short + mark_text(point.reduction, point.intent),
                point.reduction,
                point.intent,
                point.labour,
                highlight=point.function in waiting,
            )
            for point in room.points
        ),
        values=ValueAxis(title="導入意向（%）", number_format='0"%"'),
        x_axis=ValueAxis(title="業務削減割合（%）", number_format='0"%"'),
        references=(Reference("導入意向の全産業平均", room.intent_average),),
        source=source_line(view.citation("reduction-rate"), view.citation("adoption-intent"), computed=True),
        notes=(
            inlines("強調した円は、削減割合が全産業平均以上で、導入意向が全産業平均に届かない機能。"),
            *mark_notes(rates),
        ),
        height=0.55,
    )
