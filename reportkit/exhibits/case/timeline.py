"""The steps of the introduction: a Gantt chart of those that are dated, and a table of all."""

from __future__ import annotations

from reportkit.document.chart import Chart, Span
from reportkit.document.inline import Quoted
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, cell, head, inlines, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.timeline import Step

_MOST_SPANS = 14


def case_timeline(view: CaseView) -> Chart | None:
    """Return the Gantt chart; None when fewer than two steps are dated."""
    spans = tuple(
        Span(step.name.text, step.start, step.end, step.when)
        for step in view.steps
        if step.start is not None and step.when is not None
    )[:_MOST_SPANS]
    if len(spans) < 2:
        return None
    told = "、".join(f"{span.label}は{span.fact.text}" for span in spans)
    return Chart(
        id="case-timeline",
        kind="gantt",
        caption=inlines(view.name, "の導入の経過"),
        alt=f"{view.name}の導入の経過。{told}。",
        spans=spans,
        source=source_line(view.citation),
        notes=(inlines("帯の長さは資料の記す時期の精度による。終わりの記載がないものは右端まで示す。"),)
        if any(span.end is None for span in spans)
        else (),
        height=round(min(0.8, 0.14 + 0.055 * len(spans)), 3),
    )


def case_steps(view: CaseView) -> Table | None:
    """Return all steps with time and contents."""
    if not view.steps:
        return None
    with_details = any(step.details for step in view.steps)
    heads = ("フェーズ", "時期", "内容")
    weights = (2.2, 1.8, 4.0)
    count = 3 if with_details else 2
    return Table(
        id="case-steps",
        columns=tuple(Column(weight) for weight in weights[:count]),
        header=(tuple(head(each, align="left") for each in heads[:count]),),
        body=tuple(_row(step, with_details) for step in view.steps),
        caption=inlines(view.name, "の導入の段階"),
        source=source_line(view.citation),
        summary=f"{view.name}の導入の段階、時期、内容の表。",
    )


def _row(step: Step, with_details: bool) -> tuple[TableCell, ...]:
    when = cell(step.when) if step.when is not None else DASH
    if not with_details:
        return (cell(step.name), when)
    details = tuple((Quoted(detail.text, detail.origin),) for detail in step.details)
    if not details:
        return (cell(step.name), when, DASH)
    return (cell(step.name), when, TableCell(details, bullets=len(details) > 1))
