"""Table: the cases of the sector side by side."""

from __future__ import annotations

from reportkit.document.inline import Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import NOT_ASKED, Inlines, cell, head, inlines, list_cell, named
from reportkit.views.sector import SectorView
from reportkit.views.sector.cases import CaseMetric, SectorCase

_MOST_EFFECTS = 2


def sector_cases(view: SectorView) -> Table | None:
    """Return the comparison of the cases, or None when the sector has fewer than two."""
    cases = view.cases.cases
    if len(cases) < 2:
        return None
    return Table(
        id="sector-cases",
        columns=(Column(2.2), Column(0.9), Column(1.6), Column(2.6), Column(4.2)),
        header=(
            (
                head("企業・機関", align="left"),
                head("国", align="left"),
                head("導入時期", align="left"),
                head("AIツール", align="left"),
                head("主な効果", align="left"),
            ),
        ),
        body=tuple(_row(case) for case in cases),
        caption=inlines(named(view.name), "の事例の比較"),
        source=inlines("出典：各事例の調査票（一覧は付録に示す）"),
        notes=(inlines("（目標）は実績ではなく目標・見込み。"),)
        if any(metric.is_target for case in cases for metric in case.metrics)
        else (),
        small=True,
        summary=f"{view.name}の事例を、導入時期、AIツール、主な効果で比べた表。",
    )


def metric_line(metric: CaseMetric) -> Inlines:
    """Return an effect in one line: `相談対応数：20件/月 → 85件/月（325%増）`."""
    line: list[object] = [metric.label, "："]
    if metric.before is not None and metric.after is not None:
        line += [metric.before, " → ", metric.after]
    elif metric.value is not None:
        line.append(metric.value)
    elif metric.after is not None:
        line.append(metric.after)
    if metric.change is not None:
        line += ["（", metric.change, "）"] if len(line) > 2 else [metric.change]
    if metric.is_target:
        line.append("（目標）")
    return inlines(*line)  # type: ignore[arg-type]


def _row(case: SectorCase) -> tuple[TableCell, ...]:
    tools: list[Quoted | Text] = []
    for index, tool in enumerate(case.tools[:3]):
        tools += [Text("、")] if index else []
        tools.append(Quoted(tool.text, tool.origin))
    return (
        cell(case.company, *(() if case.verified else ("（未検証）",))),
        cell(named(case.country or NOT_ASKED)),
        cell(case.start) if case.start is not None else cell(NOT_ASKED, emphasis="muted"),
        cell(*tools) if tools else cell(NOT_ASKED, emphasis="muted"),
        list_cell(metric_line(metric) for metric in case.metrics[:_MOST_EFFECTS]),
    )
