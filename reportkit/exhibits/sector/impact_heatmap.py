"""Heat map: impact of all industries by function, with the rows of the briefing's sector marked."""

from __future__ import annotations

from reportkit.base.fact import Fact
from reportkit.base.text import display_width
from reportkit.document.table import Column, Emphasis, Table, TableCell
from reportkit.exhibits.parts import (
    Inlines,
    cell,
    fact_cell,
    head,
    inlines,
    mark_notes,
    named,
    share_of_scale,
    source_line,
)
from reportkit.views.facts import number, without_unit
from reportkit.views.sector import SectorView
from reportkit.views.sector.impact import HeatRow, ImpactView


def sector_impact_heatmap(view: SectorView) -> Table | None:
    """Return the heat map in 億円, or None without the impact matrix."""
    if view.impact is None:
        return None
    return heatmap(view.impact, view)


def heatmap(impact: ImpactView, view: SectorView) -> Table:
    """Return the table: industries, functions, printed totals; shading by the square root of the value."""
    cells = [fact for row in impact.heat for fact in row.cells if fact is not None]
    largest = max((float(number(fact)) for fact in cells), default=0.0)
    header = (
        head("産業", align="left"),
        *(head(named(short)) for short in impact.function_shorts),
        head(named(impact.heat_total_name)),
    )
    body = [_row(row, largest) for row in impact.heat]
    if any(fact is not None for fact in impact.heat_totals):
        totals = (_bare(fact, None, "total") for fact in impact.heat_totals)
        body.append((cell(named(impact.heat_total_name), emphasis="total"), *totals))
    return Table(
        id="sector-impact-heatmap",
        columns=(Column(3.2), *(_column(short) for short in impact.function_shorts), Column(1.25, "right")),
        header=(header,),
        body=tuple(body),
        caption=inlines("産業×機能の効率化・コスト削減効果における", named(view.name), "の位置"),
        source=source_line(view.citation("impact")),
        notes=((*inlines("色が濃いほど効果が大きい。「–」は調査の対象外。"), *_marks([*cells, *impact.heat_totals])),),
        unit="単位：億円",
        kind="heatmap",
        small=True,
        summary=f"全産業の効果を機能別に示す表。{view.name}の行を強調している。合計は{impact.total.text}。",
    )


def _marks(facts: list[Fact | None]) -> Inlines:
    """Return what the marks mean as the end of a line that says more."""
    return tuple(part for note in mark_notes(facts) for part in note)


def _column(short: str) -> Column:
    """Return a column wide enough for its heading in two lines at most, and for five digits."""
    return Column(max(1.0, 0.105 * display_width(short)), "right")


def _row(row: HeatRow, largest: float) -> tuple[TableCell, ...]:
    mark: Emphasis = "subject" if row.is_subject else ""
    stub = cell(named(row.industry), emphasis=mark)
    values = (
        _bare(fact, None if fact is None else share_of_scale(float(number(fact)), largest), mark) for fact in row.cells
    )
    return (stub, *values, _bare(row.total, None, mark or "strong"))


def _bare(fact: Fact | None, shade: float | None, emphasis: Emphasis) -> TableCell:
    return fact_cell(None if fact is None else without_unit(fact), emphasis=emphasis, shade=shade)
