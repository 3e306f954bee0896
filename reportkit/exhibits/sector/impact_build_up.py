"""Table: how the impact comes about, function by function; the product of the three numbers beside the printed one."""

from __future__ import annotations

from reportkit.base.finding import sort_findings
from reportkit.document.inline import Text
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
from reportkit.exhibits.sector.bases import base_notes
from reportkit.views.facts import without_unit
from reportkit.views.sector import SectorView
from reportkit.views.sector.impact import FunctionLine, ImpactView

_VERDICTS = {"agrees": "一致", "differs": "不一致", "unknown": "–"}


def sector_impact_build_up(view: SectorView) -> Table | None:
    """Return the table, or None when no function has a product to compare."""
    impact = view.impact
    if impact is None or all(line.computed is None for line in impact.lines):
        return None
    asked = [line for line in impact.lines if line.impact is not None or line.computed is not None]
    facts = [fact for line in asked for fact in (line.labour, line.reduction, line.intent, line.computed, line.impact)]
    findings = sort_findings([finding for line in asked for finding in line.findings])
    return Table(
        id="sector-impact-build-up",
        columns=(
            Column(2.4),
            Column(1.3, "right"),
            Column(1.1, "right"),
            Column(1.1, "right"),
            Column(1.2, "right"),
            Column(1.2, "right"),
            Column(1.0, "right"),
            Column(0.9, "center"),
        ),
        header=(
            (
                head("機能", align="left"),
                head("労務・人件費"),
                head("削減割合"),
                head("導入意向"),
                head("三つの積"),
                head("報告書の値"),
                head("差"),
                head("照合"),
            ),
        ),
        body=(*(_row(line) for line in asked), _total_row(impact)),
        caption=inlines(named(view.name), "の効果の成り立ち（労務・人件費×削減割合×導入意向）"),
        source=source_line(
            *(view.citation(key) for key in ("labour-cost", "reduction-rate", "adoption-intent", "impact")),
            computed=True,
        ),
        notes=_notes(view, impact) + mark_notes(facts) + finding_notes(findings),
        unit="単位：億円（割合を除く）",
        summary=f"{view.name}の機能ごとの労務・人件費、削減割合、導入意向、その積と報告書の値を並べた表。",
        small=True,
    )


def _row(line: FunctionLine) -> tuple[TableCell, ...]:
    money = [None if fact is None else without_unit(fact) for fact in (line.labour, line.computed, line.impact)]
    gap = None if line.gap is None else without_unit(line.gap)
    verdict = _VERDICTS[line.agreement]
    return (
        cell(named(line.function)),
        fact_cell(money[0]),
        fact_cell(line.reduction),
        fact_cell(line.intent),
        fact_cell(money[1]),
        fact_cell(money[2]),
        fact_cell(gap),
        cell(verdict, align="center", emphasis="strong" if line.agreement == "differs" else ""),
    )


def _total_row(impact: ImpactView) -> tuple[TableCell, ...]:
    reduction = None if impact.reduction is None else impact.reduction.value
    intent = None if impact.intent is None else impact.intent.value
    sums = (impact.computed_total, impact.total, impact.computed_gap)
    money = [None if fact is None else without_unit(fact) for fact in sums]
    return (
        cell("合計（割合は平均）", emphasis="total"),
        fact_cell(None if impact.labour is None else without_unit(impact.labour), emphasis="total"),
        fact_cell(reduction, emphasis="total"),
        fact_cell(intent, emphasis="total"),
        *(fact_cell(fact, emphasis="total") for fact in money),
        cell("", emphasis="total"),
    )


def _notes(view: SectorView, impact: ImpactView) -> tuple[Inlines, ...]:
    notes = [inlines("「一致」は、印刷された数値の丸めを考えると積と報告書の値の差が説明できることを示す。")]
    if view.is_group:
        notes.append(inlines("金額は構成業種の合計、割合は労務・人件費で加重した平均。積は業種ごとに求めて合計した。"))
    if impact.disagreeing:
        names = [inlines(named(line.function)) for line in impact.disagreeing]
        listed = tuple(part for index, name in enumerate(names) for part in ((Text("、"),) if index else ()) + name)
        notes.append((*listed, Text("では、丸めを考えても積と報告書の値が一致しない。報告書の値をそのまま示す。")))
    notes.extend(base_notes(impact.bases, intervals=False))
    notes.extend(
        inlines("削減割合と導入意向の回答者数（全機能の計）：", named(base.row), "で", base.count, "。")
        for base in impact.bases
        if base.count is not None
    )
    return tuple(notes)
