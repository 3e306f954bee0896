"""Heat maps over all industries: effect by function, barriers by group of respondents."""

from __future__ import annotations

from collections.abc import Callable

from reportkit.base.fact import Fact
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import cell, fact_cell, head, inlines, mark_notes, named, source_line
from reportkit.exhibits.parts import share_of_scale as by_root
from reportkit.views.facts import number, without_unit
from reportkit.views.overview import OverviewView


def overview_barriers(view: OverviewView) -> Table | None:
    """Return barriers by groups of respondents in percent, shaded from the least to the most named.

    The many barriers stand in rows, where their names can be read, the few groups in columns.
    """
    grid = view.barriers
    if grid is None:
        return None
    facts = [fact for row in grid.cells for fact in row if fact is not None]
    largest = max((float(number(fact)) for fact in facts), default=0.0)
    groups = (*grid.rows, grid.foot_name) if grid.foot else grid.rows
    body = []
    for place, barrier in enumerate(grid.shorts):
        values = [_value(row[place], largest, _by_share) for row in grid.cells]
        if grid.foot:
            values.append(fact_cell(_bare(grid.foot[place]), emphasis="strong"))
        body.append((cell(named(barrier)), *values))
    return Table(
        id="overview-barriers",
        columns=(Column(2.4), *(Column(1.1, "right") for _ in groups)),
        header=((head("障壁", align="left"), *(head(named(group)) for group in groups)),),
        body=tuple(body),
        caption=inlines("回答者の業種区分別にみた導入の障壁"),
        source=source_line(grid.citation),
        notes=(
            inlines("色が濃いほど、挙げた回答者の割合が高い。複数回答。業種区分は産業より大きい。"),
            *mark_notes(facts),
        ),
        unit="単位：%",
        kind="heatmap",
        small=True,
        summary="回答者の業種区分ごとに、導入の障壁を挙げた割合を示す表。",
    )


def overview_heatmap(view: OverviewView) -> Table | None:
    """Return industries by functions with the effect in 億円, ranked from the largest total."""
    if view.survey is None:
        return None
    grid = view.survey.heat
    facts = [fact for row in grid.cells for fact in row if fact is not None]
    largest = max((float(number(fact)) for fact in facts), default=0.0)
    header = (head("産業", align="left"), *(head(named(name)) for name in grid.shorts), head("合計"))
    totals = grid.totals or (None,) * len(grid.rows)
    body = [
        (
            cell(named(row)),
            *(_value(fact, largest, by_root) for fact in cells),
            fact_cell(_bare(total), emphasis="strong"),
        )
        for row, cells, total in zip(grid.rows, grid.cells, totals, strict=True)
    ]
    if grid.foot:
        foot = (fact_cell(_bare(fact), emphasis="total") for fact in (*grid.foot, view.survey.total))
        body.append((cell(named(grid.foot_name), emphasis="total"), *foot))
    return Table(
        id="overview-heatmap",
        columns=(Column(2.9), *(Column(1, "right") for _ in grid.columns), Column(1.1, "right")),
        header=(header,),
        body=tuple(body),
        caption=inlines("産業×機能の効率化・コスト削減効果"),
        source=source_line(grid.citation),
        notes=(
            inlines("産業は合計の大きい順。色が濃いほど効果が大きい。「–」は調査の対象外。"),
            *mark_notes([*facts, *totals, *grid.foot]),
        ),
        unit="単位：億円",
        kind="heatmap",
        small=True,
        summary=f"全産業の効果を機能別に示す表。合計は{view.survey.total.text}。",
    )


def _by_share(value: float, largest: float) -> float:
    return round(min(1.0, value / largest), 4) if largest > 0 else 0.0


def _value(fact: Fact | None, largest: float, scale: Callable[[float, float], float]) -> TableCell:
    return fact_cell(_bare(fact), shade=None if fact is None else scale(float(number(fact)), largest))


def _bare(fact: Fact | None) -> Fact | None:
    return None if fact is None else without_unit(fact)
