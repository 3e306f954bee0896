"""One report (a survey, a section of a white paper): its matrices, its text tables, the figures in its prose.

In: decoded text. Out: `Report`; its kind is None when nothing in the text is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportkit.corpus.corpus import SourceKind
from reportkit.corpus.survey import (
    Statistic,
)
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block, find_blocks
from reportkit.sources.document import Imprint, read_imprint
from reportkit.sources.file_reading import Report
from reportkit.sources.grids import Grid, find_grid_blocks
from reportkit.sources.matrices.joints import join_blocks
from reportkit.sources.matrices.read import MatrixReading, read_matrices
from reportkit.sources.matrices.shape import row_names
from reportkit.sources.matrices.spec import MatrixSpec
from reportkit.sources.prose import Figure, read_statistics
from reportkit.sources.tables import TableReading, read_tables


def read_report(
    text: str, source: str, specs: Sequence[MatrixSpec], taxonomy: Taxonomy, figures: Sequence[Figure]
) -> Report:
    """Read a report. source: path for the origins."""
    lines = text.split("\n")

    def is_label(text: str) -> bool:
        return bool(row_names(text, taxonomy))

    blocks = join_blocks(find_blocks(lines, is_label), is_label)
    matrices = read_matrices(lines, blocks, source, specs, taxonomy)
    imprint = read_imprint(text, lines)
    kind: SourceKind | None = "survey" if matrices.matrices else imprint.kind
    if kind is None:
        return Report(None, imprint, findings=matrices.findings)
    tables = read_tables(lines, blocks, matrices.used, matrices.matrices, source, taxonomy)
    return _report(kind, imprint, matrices, read_statistics(lines, source, kind, figures), tables)


def read_grids(
    grids: Sequence[Grid], source: str, specs: Sequence[MatrixSpec], taxonomy: Taxonomy, figures: Sequence[Figure] = ()
) -> Report:
    """Read the sheets of a file (CSV, TSV, workbook): matrices, text tables, figures. source: path for the origins.

    The first line of text is the title. A file without a known matrix, a known kind of text table, a figure, or an
    imprint that tells its kind, has kind None, and nothing is taken from it.
    """

    def is_label(text: str) -> bool:
        return bool(row_names(text, taxonomy))

    sheets = [(grid, grid.lines(), join_blocks(find_grid_blocks(grid, is_label), is_label)) for grid in grids]
    lines = [line for _, own, _ in sheets for line in own]
    imprint = read_imprint("\n".join(lines), [line for line in lines if line and "\t" not in line])
    parts = [_read_sheet(grid, own, blocks, source, specs, taxonomy, figures, imprint) for grid, own, blocks in sheets]
    kind = next((part.kind for part in parts if part.kind is not None), imprint.kind)
    findings = tuple(finding for part in parts for finding in part.findings)
    if kind is None:
        return Report(None, imprint, findings=findings)

    def joined(name: str) -> tuple[Any, ...]:
        return tuple(item for part in parts for item in getattr(part, name))

    return Report(
        kind=kind,
        imprint=imprint,
        survey_design=next((part.survey_design for part in parts if part.survey_design), None),
        findings=findings,
        **{name: joined(name) for name in _LISTS},
    )


_LISTS = (
    "matrices",
    "statistics",
    "use_cases",
    "promising_fields",
    "field_evaluations",
    "field_resources",
    "national_projects",
    "text_tables",
)


def _read_sheet(
    grid: Grid,
    lines: Sequence[str],
    blocks: Sequence[Block],
    source: str,
    specs: Sequence[MatrixSpec],
    taxonomy: Taxonomy,
    figures: Sequence[Figure],
    imprint: Imprint,
) -> Report:
    """Read one sheet; its kind is that of the first thing that was recognised on it, None for nothing."""
    matrices = read_matrices(lines, blocks, source, specs, taxonomy)
    tables = read_tables(lines, blocks, matrices.used, matrices.matrices, source, taxonomy)
    typed = (tables.use_cases, tables.field_evaluations, tables.field_resources, tables.national_projects)
    kind: SourceKind | None = "survey" if matrices.matrices or any(typed) or tables.survey_design else imprint.kind
    kinds: tuple[SourceKind, ...] = ("survey", "white-paper") if kind is None else (kind,)
    statistics: tuple[Statistic, ...] = ()
    for name in kinds:
        statistics = read_statistics(lines, source, name, figures, sheet=grid.sheet)
        if statistics:
            kind = name
            break
    return _report(kind, imprint, matrices, statistics, tables)


def _report(
    kind: SourceKind | None,
    imprint: Imprint,
    matrices: MatrixReading,
    statistics: tuple[Statistic, ...],
    tables: TableReading,
) -> Report:
    """Return what the readers of matrices, figures and text tables found in the same lines, as one report."""
    return Report(
        kind=kind,
        imprint=imprint,
        matrices=matrices.matrices,
        statistics=statistics,
        use_cases=tuple(tables.use_cases),
        promising_fields=tuple(tables.promising_fields),
        field_evaluations=tuple(tables.field_evaluations),
        field_resources=tuple(tables.field_resources),
        national_projects=tuple(tables.national_projects),
        survey_design=tables.survey_design,
        text_tables=tuple(tables.text_tables),
        findings=(*matrices.findings, *tables.findings),
    )
