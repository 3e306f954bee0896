"""The corpus: all that one seeds folder said, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportkit.base.errors import Problem, ViewError
from reportkit.base.finding import Finding
from reportkit.corpus.case import Case
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import Rules
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

if TYPE_CHECKING:
    import pandas as pd

SourceKind = Literal["case", "survey", "white-paper", "settings", "unknown"]
_NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the seeds folder.

    path: relative to the folder, forward slashes; digest: sha256 of its bytes, hex; title: its own title.
    publication: how to cite it (`経済産業省「…」2024年3月`), from its header when it has one, else from its title.
    reason: for kind "unknown", why it was not read; "" otherwise.
    """

    path: str
    kind: SourceKind
    digest: str
    title: str = ""
    publication: str = ""
    encoding: str = "utf-8"
    line_count: int = 0
    reason: str = ""
    date: str = ""  # ISO date of the publication or of the file's own date line, as precise as written; "" when none


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read, in a stable order, with the findings of reading and checking.

    rules: what the matrices must satisfy beyond their own totals, built-in rules and those of the folder.
    """

    taxonomy: Taxonomy
    sources: tuple[SourceFile, ...] = ()
    cases: tuple[Case, ...] = ()
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
    rules: Rules = _NO_RULES

    def has_matrix(self, matrix_id: str) -> bool:
        """Tell whether the sources gave that matrix."""
        return any(matrix.id == matrix_id for matrix in self.matrices)

    def matrix(self, matrix_id: str) -> Matrix:
        """Return the matrix by id (`impact`, `barriers` ...). Raises `ViewError` with the known ids."""
        for matrix in self.matrices:
            if matrix.id == matrix_id:
                return matrix
        known = "、".join(matrix.id for matrix in self.matrices) or "なし"
        raise ViewError(Problem(f"行列「{matrix_id}」はありません", f"次のいずれかを指定してください：{known}"))

    def source(self, path: str) -> SourceFile | None:
        """Return the source file by its path relative to the seeds folder."""
        return next((source for source in self.sources if source.path == path), None)

    def cases_frame(self) -> pd.DataFrame:
        """Return one row per case, indexed by id; missing values are NA."""
        from reportkit.corpus.frames import cases_frame

        return cases_frame(self.cases)

    def metrics_frame(self) -> pd.DataFrame:
        """Return one row per metric with case id and sectors; numbers in base units, missing values are NA."""
        from reportkit.corpus.frames import metrics_frame

        return metrics_frame(self.cases)
