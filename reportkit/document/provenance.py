"""What a document must know of its sources so that it can answer for its numbers without the machine that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportkit.base.finding import Finding


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source file. file: path below the seeds folder; the rest as it is cited.

    cited, again: how a note calls it the first time and later (`経済産業省（前掲）`).
    """

    file: str
    title: str = ""
    publication: str = ""
    encoding: str = "utf-8"
    cited: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class CellLabels:
    """Where a cell stands in its table: the labels of row and column as printed, and their lines (0 for unknown)."""

    row: str
    row_line: int = 0
    head: str = ""
    head_line: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where everything in a document comes from; may tell of more than the document uses.

    sources: by path. tables: titles by the ids of matrices. labels: of table cells, by the id of the fact.
    findings: what was found about the subject.
    version: of reportkit.
    cell_findings: what was found about a cell of a matrix, by subject key (`cell:impact/医療/R&D`).
    """

    sources: Mapping[str, SourceRecord] = field(default_factory=dict)
    labels: Mapping[str, CellLabels] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    version: str = ""
    tables: Mapping[str, str] = field(default_factory=dict)
    cell_findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


NO_PROVENANCE = Provenance()
