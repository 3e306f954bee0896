"""Tables: each answer with share, average, difference in points, interval, and what the difference is worth."""

from __future__ import annotations

from dataclasses import replace

from reportkit.base.fact import Fact
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import (
    Inlines,
    cell,
    fact_cell,
    finding_notes,
    head,
    inlines,
    mark_notes,
    named,
    source_line,
)
from reportkit.exhibits.sector.bases import base_notes, base_text
from reportkit.views.facts import COARSER, without_unit
from reportkit.views.sector import SectorView
from reportkit.views.sector.comparison import ComparedItem, Comparison


def sector_barriers(view: SectorView) -> Table | None:
    """Return the table of barriers, or None without a fitting row."""
    return _table(view, view.barriers, "sector-barriers", "生成AI導入の障壁")


def sector_support(view: SectorView) -> Table | None:
    """Return the table of wished support, or None without a fitting row."""
    return _table(view, view.support, "sector-support", "求める支援策")


def whose(view: SectorView, comparison: Comparison) -> Inlines:
    """Return whose values these are: the sector, or the coarser group that holds it."""
    if comparison.coarser:
        return inlines("「", named(comparison.row), "」（", named(view.name), "を含む）")
    return inlines(named(comparison.row))


def _table(view: SectorView, comparison: Comparison | None, table_id: str, topic: str) -> Table | None:
    if comparison is None:
        return None
    themed = any(item.theme for item in comparison.items)
    columns = (Column(1.5),) if themed else ()
    header = (head("区分", align="left"),) if themed else ()
    return Table(
        id=table_id,
        columns=(
            *columns,
            Column(5.6),
            Column(0.8, "right"),
            Column(0.8, "right"),
            Column(0.7, "right"),
            Column(1.2, "center"),
            Column(1.2, "center"),
        ),
        header=(
            (
                *header,
                head("項目", align="left"),
                head("割合"),
                head("平均"),
                head("差"),
                head("信頼区間"),
                head("平均との比較"),
            ),
        ),
        body=_rows(comparison, themed),
        caption=inlines(*whose(view, comparison), f"の{topic}：平均との差"),
        source=source_line(view.citation(comparison.matrix_id), computed=True),
        notes=_notes(view, comparison),
        unit=f"{base_text(comparison.base)}　割合：%、差：ポイント",
        small=True,
        summary=f"{comparison.row}の{topic}を項目ごとに平均と比べた表。",
    )


def _rows(comparison: Comparison, themed: bool) -> tuple[tuple[TableCell, ...], ...]:
    rows: list[tuple[TableCell, ...]] = []
    items = comparison.items
    for index, item in enumerate(items):
        stub: tuple[TableCell, ...] = ()
        if themed and (index == 0 or items[index - 1].theme != item.theme):
            span = _run_length(items[index:])
            stub = (cell(named(item.theme), rows=span),)
        rows.append((*stub, *_item_cells(item)))
    return tuple(rows)


def _run_length(items: tuple[ComparedItem, ...]) -> int:
    length = 1
    while length < len(items) and items[length].theme == items[0].theme:
        length += 1
    return length


def _item_cells(item: ComparedItem) -> tuple[TableCell, ...]:
    word = {"above": "上回る", "below": "下回る", "": "区間内"}[item.beyond]
    if item.interval is None:
        word = "–"
    parts = (word, "＊") if item.robust else (word,)
    emphasis = "strong" if item.beyond else "muted"
    return (
        cell(named(item.label)),
        fact_cell(_without_coarser(item.value)),
        cell(item.average, align="right"),
        cell(without_unit(item.difference), align="right"),
        cell(item.interval, align="center") if item.interval is not None else cell("–", align="center"),
        cell(*parts, align="center", emphasis="strong" if emphasis == "strong" else "muted"),
    )


def _notes(view: SectorView, comparison: Comparison) -> tuple[Inlines, ...]:
    notes: list[Inlines] = []
    if comparison.has_intervals:
        meaning = "の信頼区間。「上回る」「下回る」は平均がその外に、「区間内」は中にある。"
        notes.append(inlines("区間は", comparison.confidence, meaning))
    if comparison.robust:
        notes.append(inlines("＊は、項目数の多さを補正した検定でも、ほかの回答者との差が残る項目（方法は付録）。"))
    notes.extend(base_notes([comparison.base]))
    marks = mark_notes(_without_coarser(item.value) for item in comparison.items)
    return (*notes, *marks, *finding_notes(comparison.findings))


def _without_coarser(fact: Fact) -> Fact:
    """Return the fact without the mark that all cells of the table would carry; the caption says it once."""
    if COARSER not in fact.flags:
        return fact
    return replace(fact, flags=tuple(flag for flag in fact.flags if flag != COARSER))
