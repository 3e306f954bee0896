"""One report (a survey, a section of a white paper): its matrices, its text tables, the figures in its prose.

In: decoded text. Out: `Report`; its kind is None when nothing in the text is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.base.finding import Finding
from reportkit.corpus.corpus import SourceKind
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.survey import (
    FieldEvaluation,
    FieldResource,
    NationalProject,
    PromisingField,
    Statistic,
    SurveyDesign,
    TextTable,
    UseCase,
)
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import find_blocks
from reportkit.sources.document import Imprint, read_imprint
from reportkit.sources.grids import Grid, find_grid_blocks
from reportkit.sources.matrices import MatrixSpec, read_matrices
from reportkit.sources.matrices.shape import row_names
from reportkit.sources.prose import Figure, read_statistics
from reportkit.sources.tables import read_tables


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one report said. kind: survey or white-paper, None when it is neither."""

    kind: SourceKind | None
    imprint: Imprint
    matrices: tuple[Matrix, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    use_cases: tuple[UseCase, ...] = ()
    promising_fields: tuple[PromisingField, ...] = ()
    field_evaluations: tuple[FieldEvaluation, ...] = ()
    field_resources: tuple[FieldResource, ...] = ()
    national_projects: tuple[NationalProject, ...] = ()
    survey_design: SurveyDesign | None = None
    text_tables: tuple[TextTable, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_report(
    text: str, source: str, specs: Sequence[MatrixSpec], taxonomy: Taxonomy, figures: Sequence[Figure]
) -> Report:
    """Read a report. source: path for the origins."""
    lines = text.split("\n")
    blocks = find_blocks(lines, lambda stub: bool(row_names(stub, taxonomy)))
    matrices = read_matrices(lines, blocks, source, specs, taxonomy)
    imprint = read_imprint(text, lines)
    kind: SourceKind | None = "survey" if matrices.matrices else imprint.kind
    if kind is None:
        return Report(None, imprint, findings=matrices.findings)
    tables = read_tables(lines, blocks, matrices.used, matrices.matrices, source, taxonomy)
    return Report(
        kind=kind,
        imprint=imprint,
        matrices=matrices.matrices,
        statistics=read_statistics(lines, source, kind, figures),
        use_cases=tuple(tables.use_cases),
        promising_fields=tuple(tables.promising_fields),
        field_evaluations=tuple(tables.field_evaluations),
        field_resources=tuple(tables.field_resources),
        national_projects=tuple(tables.national_projects),
        survey_design=tables.survey_design,
        text_tables=tuple(tables.text_tables),
        findings=(*matrices.findings, *tables.findings),
    )


def read_grids(grids: Sequence[Grid], source: str, specs: Sequence[MatrixSpec], taxonomy: Taxonomy) -> Report:
    """Read the matrices on the sheets of a file (CSV, TSV, workbook). source: path for the origins.

    The first line of text is the title; a file whose cells hold no known matrix has kind None.
    """
    matrices: list[Matrix] = []
    findings: list[Finding] = []
    lines: list[str] = []
    for grid in grids:
        own = grid.lines()
        lines.extend(own)
        reading = read_matrices(
            own, find_grid_blocks(grid, lambda text: bool(row_names(text, taxonomy))), source, specs, taxonomy
        )
        matrices.extend(reading.matrices)
        findings.extend(reading.findings)
    texts = [line for line in lines if line and "\t" not in line]
    imprint = read_imprint("\n".join(lines), texts)
    kind: SourceKind | None = "survey" if matrices else None
    return Report(kind, imprint, matrices=tuple(matrices), findings=tuple(findings))
