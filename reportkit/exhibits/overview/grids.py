"""Heat maps over all industries: effect by function, barriers by group of respondents."""

from __future__ import annotations

from collections.abc import Callable

from reportkit.base.fact import Fact
from reportkit.base.text import display_width
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import Inlines, cell, fact_cell, head, inlines, mark_notes, named, source_line
from reportkit.exhibits.parts import share_of_scale as by_root
from reportkit.views.facts import number, without_unit
from reportkit.views.overview import OverviewView
from reportkit.views.overview.survey import Grid

_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WIDEST_HEAD = 24  # half-width columns that a narrow column's head may take, in three lines


def overview_heatmap(view: OverviewView) -> Table | None:
    """Return industries by functions with the effect in 億円, ranked from the largest total."""
    if view.survey is None:
        return None
    return _heatmap(
        view.survey.heat,
        "overview-heatmap",
        inlines("産業×機能の効率化・コスト削減効果"),
        (inlines("産業は合計の大きい順。色が濃いほど効果が大きい。「–」は調査の対象外。"),),
        "単位：億円",
        "産業",
        by_root,
        f"全産業の効果を機能別に示す表。合計は{view.survey.total.text}。",
    )


def overview_barriers(view: OverviewView) -> Table | None:
    """Return groups of respondents by barriers in percent, shaded from the least to the most named."""
    if view.barriers is None:
        return None
    return _heatmap(
        view.barriers,
        "overview-barriers",
        inlines("回答者の業種区分別にみた導入の障壁"),
        (
            inlines("色が濃いほど挙げた回答者の割合が高い。複数回答。業種区分は産業より大きい。"),
            *_full_names(view.barriers),
        ),
        "単位：%",
        "業種区分",
        lambda value, largest: round(min(1.0, value / largest), 4) if largest > 0 else 0.0,
        "回答者の業種区分ごとに、導入の障壁を挙げた割合を示す表。",
    )


def _heatmap(
    grid: Grid,
    table_id: str,
    caption: Inlines,
    notes: tuple[Inlines, ...],
    unit: str,
    stub: str,
    scale: Callable[[float, float], float],
    summary: str,
) -> Table:
    facts = [fact for row in grid.cells for fact in row if fact is not None]
    largest = max((float(number(fact)) for fact in facts), default=0.0)
    total_name = "合計" if unit == "単位：億円" else "平均"
    header = (head(stub, align="left"), *(head(named(name)) for name in _heads(grid)))
    if grid.totals:
        header += (head(named(total_name)),)
    body: list[tuple[TableCell, ...]] = []
    for place, (row, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        line = [cell(named(row)), *(_value(fact, largest, scale) for fact in cells)]
        if grid.totals:
            line.append(fact_cell(_bare(grid.totals[place]), emphasis="strong"))
        body.append(tuple(line))
    if grid.foot:
        foot = [cell(named(grid.foot_name), emphasis="total")]
        foot += [fact_cell(_bare(fact), emphasis="total") for fact in grid.foot]
        if grid.totals:
            foot.append(cell("", emphasis="total"))
        body.append(tuple(foot))
    weight = 1.2 if grid.totals else 1.0
    columns = (Column(2.6), *(Column(1, "right") for _ in grid.columns))
    return Table(
        id=table_id,
        columns=(*columns, Column(weight, "right")) if grid.totals else columns,
        header=(header,),
        body=tuple(body),
        caption=caption,
        source=source_line(grid.citation),
        notes=(*notes, *mark_notes(facts)),
        unit=unit,
        kind="heatmap",
        small=True,
        summary=summary,
    )


def _heads(grid: Grid) -> tuple[str, ...]:
    """Return the heads of narrow columns: short names, or numbers that a note explains when there are many."""
    if len(grid.columns) <= 10 and all(display_width(name) <= _WIDEST_HEAD for name in grid.shorts):
        return grid.shorts
    return tuple(_NUMBERS[place] for place in range(len(grid.columns)))


def _full_names(grid: Grid) -> tuple[Inlines, ...]:
    names = tuple(f"{_NUMBERS[place]} {name}" for place, name in enumerate(grid.columns))
    return (inlines(named("　".join(names))),)


def _value(fact: Fact | None, largest: float, scale: Callable[[float, float], float]) -> TableCell:
    return fact_cell(_bare(fact), shade=None if fact is None else scale(float(number(fact)), largest))


def _bare(fact: Fact | None) -> Fact | None:
    return None if fact is None else without_unit(fact)
