"""Table: the promising fields by their number, with industry, function and effect."""

from __future__ import annotations

from reportkit.document.table import Column, Table
from reportkit.exhibits.parts import NOT_ASKED, cell, fact_cell, head, inlines, mark_notes, named, source_line
from reportkit.views.overview import OverviewView


def overview_fields(view: OverviewView) -> Table | None:
    """Return the table, or None when the sources mark no field."""
    if view.survey is None or not view.survey.fields:
        return None
    fields = view.survey.fields
    return Table(
        id="overview-fields",
        columns=(Column(0.8, "center"), Column(3.6), Column(2.8), Column(2.8), Column(1.6, "right")),
        header=(
            (
                head("番号"),
                head("有望領域", align="left"),
                head("産業", align="left"),
                head("機能", align="left"),
                head("効果", align="right"),
            ),
        ),
        body=tuple(
            (
                cell(field.number, align="center"),
                cell(named(field.name)),
                cell(named("、".join(field.sectors) or "全産業")),
                cell(named(field.function or NOT_ASKED)),
                fact_cell(field.impact),
            )
            for field in fields
        ),
        caption=inlines("報告書が挙げる有望領域"),
        source=source_line(view.survey.heat.citation),
        notes=(
            inlines(
                "番号は報告書が有望領域に付けた印で、効果の大きさの順ではない。効果は、その印が付いた欄の値。"
                "全産業にわたる領域では、機能の合計の値。"
            ),
            *mark_notes(field.impact for field in fields),
        ),
        summary="報告書が挙げる有望領域の番号、産業、機能、効果の表。",
    )
