"""What one file says, as records: they are kept from run to run, and load none of the readers that make them."""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.finding import Finding
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import SourceFile, SourceKind
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
from reportkit.sources.document import Imprint


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


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one text file said, whatever other files say: its source, and cases, reports and findings.

    digest: sha256 of the bytes that were read. decoding: what was noticed while they became text. refused: why they
    are no text, and nothing was read; "" otherwise.
    """

    digest: str
    sources: tuple[SourceFile, ...] = ()
    cases: tuple[Case, ...] = ()
    reports: tuple[Report, ...] = ()
    findings: tuple[Finding, ...] = ()
    decoding: tuple[Finding, ...] = ()
    refused: str = ""
