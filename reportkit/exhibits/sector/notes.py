"""Appendix tables: marked cells, findings, survey design, sources with their lines."""

from __future__ import annotations

from reportkit.base.finding import Finding
from reportkit.document.inline import Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import Inlines, cell, head, inlines, list_cell, named, source_line
from reportkit.views.facts import IMPUTED
from reportkit.views.sector import SectorView
from reportkit.views.sector.notes import MarkedCells

_MOST_VALUES = 8  # the places in the sources tell the rest
_SEVERITIES = {"error": "誤り", "warning": "警告", "note": "注記"}


def sector_marked_cells(view: SectorView) -> Table | None:
    """Return the imputed cells of the sector, or None when there is none; spread rows are told in words."""
    imputed = [found for found in view.notes.marked if found.mark == IMPUTED]
    if not imputed:
        return None
    return Table(
        id="sector-marked-cells",
        columns=(Column(2), Column(2.2), Column(6)),
        header=((head("表", align="left"), head("行", align="left"), head("該当する項目と値", align="left")),),
        body=tuple(_marked_row(found) for found in imputed),
        caption=inlines(named(view.name), "の補完値"),
        notes=(
            inlines(
                "回答者が",
                view.imputation_base,
                "未満のため、報告書が平均値で補った値。",
            ),
        ),
        small=True,
        summary=f"{view.name}の値のうち、報告書が平均値で補った値の一覧。",
    )


def sector_findings(view: SectorView) -> Table | None:
    """Return what the checks found about the sector's data, with places, or None when they found nothing."""
    if not view.notes.findings:
        return None
    return Table(
        id="sector-findings",
        columns=(Column(0.8, "center"), Column(7.2), Column(2.8)),
        header=(
            (
                head("区分"),
                head("指摘", align="left"),
                head("場所", align="left"),
            ),
        ),
        body=tuple(
            (
                cell(_SEVERITIES[finding.severity], align="center"),
                _explained(finding),
                cell(named(finding.origin.place() if finding.origin is not None else "–")),
            )
            for finding in view.notes.findings
        ),
        caption=inlines("データの点検で見つかった点"),
        small=True,
        summary="データの点検で見つかった点と、ソースの場所の一覧。",
    )


def sector_survey_design(view: SectorView) -> Table | None:
    """Return how the survey was made, as label and text, or None when the sources do not say."""
    design = view.notes.design
    if design is None or not design.lines:
        return None
    return Table(
        id="sector-survey-design",
        columns=(Column(1), Column(5)),
        header=(),
        body=tuple((cell(named(label), emphasis="strong"), cell(quote)) for label, quote in design.lines),
        caption=inlines("調査の設計"),
        source=source_line(view.citation("survey-design")),
        notes=tuple(inlines(note) for note in design.notes),
        kind="profile",
        summary="調査の期間、対象、回答者、調査母数など。",
    )


def sector_sources(view: SectorView) -> Table | None:
    """Return the tables and files that the briefing rests on, with file and lines, or None when there is none."""
    rows: list[tuple[TableCell, ...]] = []
    publication = ""
    for used in view.notes.used:
        if used.publication != publication:
            publication = used.publication
            rows.append((cell(named(publication), emphasis="total", span=2),))
        rows.append((cell(named(used.title)), cell(used.place)))
    tabled = {used.place.origin.source for used in view.notes.used}
    others = [source for source in view.notes.files if source.path not in tabled]
    if others and rows:
        rows.append((cell("そのほかの資料", emphasis="total", span=2),))
    rows += [(cell(named(source.publication or source.title or "–")), cell(named(source.path))) for source in others]
    if not rows:
        return None
    return Table(
        id="sector-sources",
        columns=(Column(5), Column(3)),
        header=((head("表・資料", align="left"), head("ファイルと行", align="left")),),
        body=tuple(rows),
        caption=inlines("数値を取り出した表と資料"),
        small=True,
        summary="この資料が使った表と資料、そのファイルと行の一覧。",
    )


def _explained(finding: Finding) -> TableCell:
    """Return what was found; for errors and warnings also the values that were compared, and what to do about it."""
    lines = [inlines(named(finding.message))]
    if finding.severity != "note":
        values = "、".join(f"{item.label}：{item.text}" for item in finding.evidence[:_MOST_VALUES])
        more = "、ほか" if len(finding.evidence) > _MOST_VALUES else ""
        if values:
            lines.append(inlines("比べた値（", named(values), more, "）"))
        lines.append(inlines("対応：", named(finding.fix)))
    return TableCell(tuple(lines))


def _marked_row(found: MarkedCells) -> tuple[TableCell, ...]:
    line: list[Inlines] = [inlines(named(column), " ", fact) for column, fact in found.cells]
    joined = tuple(part for index, piece in enumerate(line) for part in ((Text("、"),) if index else ()) + piece)
    return (
        cell(named(found.measure)),
        cell(named(found.row)),
        list_cell([joined]),
    )
