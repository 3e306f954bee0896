"""Table: the promising fields that concern the sector, with the report's evaluation of each."""

from __future__ import annotations

from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import NOT_ASKED, cell, fact_cell, head, inlines, mark_notes, named, source_line
from reportkit.views.sector import SectorView
from reportkit.views.sector.impact import FieldLine


def sector_promising_fields(view: SectorView) -> Table | None:
    """Return the table, or None when no field concerns the sector."""
    if view.impact is None or not view.impact.fields:
        return None
    lines = view.impact.fields
    return Table(
        id="sector-promising-fields",
        columns=(
            Column(0.7, "center"),
            Column(3.3),
            Column(1.8, "right"),
            Column(1.6, "center"),
            Column(1.7),
            Column(2.3),
            Column(0.9, "center"),
        ),
        header=(
            (
                head("番号"),
                head("領域", align="left"),
                head("効果"),
                head("インパクト"),
                head("競争環境"),
                head("潜在能力・可能性"),
                head("勝ち筋"),
            ),
        ),
        body=tuple(_row(line) for line in lines),
        caption=inlines(named(view.name), "に関わる有望領域と報告書の評価"),
        source=source_line(view.citation("impact"), view.citation("fields")),
        notes=(
            inlines("番号は報告書が有望領域に付けた印で、効果の大きさの順ではない。◎・✗・-は報告書の評価。"),
            *mark_notes(line.impact for line in lines),
        ),
        small=True,
        summary=f"{view.name}に関わる有望領域の効果と、インパクト、競争環境、潜在能力の評価を示す表。",
    )


def _row(line: FieldLine) -> tuple[TableCell, ...]:
    evaluation = line.evaluation
    if evaluation is None:
        marks = tuple(cell(NOT_ASKED, align="center", emphasis="muted") for _ in range(4))
    else:
        remark = f" {evaluation.remark}" if evaluation.remark else ""
        competition, potential = evaluation.competition or NOT_ASKED, evaluation.potential or NOT_ASKED
        # The remark explains whichever mark is not the plain one; the report prints it in that very cell.
        if evaluation.remark and evaluation.competition == "✗":
            competition += remark
        else:
            potential += remark
        marks = (
            cell(named(evaluation.impact or NOT_ASKED), align="center"),
            cell(named(competition)),
            cell(named(potential)),
            cell("選定" if evaluation.winning else NOT_ASKED, align="center"),
        )
    name = (named(line.name), "（全産業）") if line.across else (named(line.name),)
    number = cell(line.number, align="center") if line.number is not None else cell(NOT_ASKED, align="center")
    return (number, cell(*name), fact_cell(line.impact), *marks)
