"""Table: barriers to taking part and to sharing data, and the support wished for, beside the average."""

from __future__ import annotations

import re

from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import (
    NOT_ASKED,
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
from reportkit.exhibits.sector.bases import base_cell, base_notes
from reportkit.views.facts import without_unit
from reportkit.views.sector import SectorView
from reportkit.views.sector.comparison import ComparedItem, Comparison
from reportkit.views.sector.participation import ParticipationView, Topic

_LONGEST = 26
_MOST = 3


def sector_participation(view: SectorView) -> Table | None:
    """Return one table of all three questions, or None when no row fits the sector."""
    participation = view.participation
    if participation is None or not participation.topics:
        return None
    names = [comparison.row for comparison in participation.topics[0].rows]
    single = len(names) == 1
    width = 2 + len(names) + (1 if single else 0)
    return Table(
        id="sector-participation",
        columns=(Column(4.5), *(Column(1.2, "right") for _ in range(width - 1))),
        header=(
            (
                head("項目", align="left"),
                *(head(named(name)) for name in names),
                head("平均"),
                *((head("差"),) if single else ()),
            ),
        ),
        body=(
            _base_row(participation.topics[0], single),
            *(row for topic in participation.topics for row in _topic_rows(topic, width, single)),
        ),
        caption=inlines(named(view.name), "の参加障壁・データ共有の障壁と求める支援策"),
        source=source_line(*(view.citation(topic.rows[0].matrix_id) for topic in participation.topics), computed=True),
        notes=_notes(view, participation),
        unit="単位：%、差：ポイント",
        small=True,
        summary=f"{view.name}の事業への参加障壁、データ共有の障壁、求める支援策を平均と並べた表。",
    )


def _base_row(topic: Topic, single: bool) -> tuple[TableCell, ...]:
    """Return how many answered, by column; n不明 where the survey does not print it."""
    blank = cell(NOT_ASKED, align="right", emphasis="muted")
    return (cell("回答者数"), *(base_cell(row.base) for row in topic.rows), blank, *((blank,) if single else ()))


def _topic_rows(topic: Topic, width: int, single: bool) -> list[tuple[TableCell, ...]]:
    rows: list[tuple[TableCell, ...]] = [(cell(topic.name, emphasis="total", span=width),)]
    first = topic.rows[0]
    order = _telling(first) if single else [item.label for item in first.items]
    for label in order:
        found = [next((item for item in row.items if item.label == label), None) for row in topic.rows]
        known = next((item for item in found if item is not None), None)
        if known is None:
            continue
        values = (fact_cell(None if item is None else item.value) for item in found)
        difference = (cell(without_unit(known.difference), align="right"),) if single else ()
        rows.append((cell(named(_answer(known))), *values, fact_cell(known.average), *difference))
    return rows


def _telling(comparison: Comparison) -> list[str]:
    """Return the answers with the largest shares and those far from the average, largest share first."""
    shown = {item.label for item in (*comparison.largest[:_MOST], *comparison.standouts)}
    return [item.label for item in comparison.largest if item.label in shown]


def _answer(item: ComparedItem) -> str:
    """Return the answer without its bracketed explanation, or its short name when it is still long."""
    first = re.split(r"[（(]", item.label, maxsplit=1)[0].strip()
    return first if len(first) <= _LONGEST else item.short


def _notes(view: SectorView, participation: ParticipationView) -> tuple[Inlines, ...]:
    comparisons: list[Comparison] = [row for topic in participation.topics for row in topic.rows]
    notes: list[Inlines] = []
    summed = [row for row in comparisons if row.breakdown is not None]
    if summed:
        notes.append(
            inlines(
                "各表の行の合計がほぼ全体に等しい（例：",
                named(summed[0].row),
                "で",
                *((summed[0].breakdown,) if summed[0].breakdown is not None else ()),
                "）。選択された回答の内訳とみられ、回答者に占める割合ではないため、信頼区間は算出しない。",
            )
        )
    if all(len(topic.rows) == 1 for topic in participation.topics):
        notes.append(inlines("割合の大きい項目と、平均との差が大きい項目を示す。"))
    if view.is_group:
        notes.append(inlines("業種ごとの回答者数が印刷されていないため、グループとしての割合は算出しない。"))
    notes.extend(base_notes([row.base for row in comparisons], intervals=False))
    findings = [finding for row in comparisons for finding in row.findings]
    facts = [item.value for row in comparisons for item in row.items]
    return (*notes, *mark_notes(facts), *finding_notes(findings))
