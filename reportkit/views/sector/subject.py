"""The sector that a briefing is about, with the rows of the survey that speak for it.

In: a corpus and a name. Out: `Subject`: which rows of the fine matrices are its own, and which coarser rows stand in.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.errors import Problem, ViewError
from reportkit.base.fact import Fact
from reportkit.base.finding import Finding, sort_findings
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.taxonomy import Sector
from reportkit.views.doubts import Doubts
from reportkit.views.index import CorpusIndex, index_corpus


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Which row of a matrix speaks for the sector: the row's name, and whether it is coarser than the sector."""

    row: str
    coarser: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """One sector of one corpus.

    rows: rows of the fine matrices that belong to it: its own, or those of its members for a group; () for 公共.
    """

    corpus: Corpus
    index: CorpusIndex
    sector: Sector
    rows: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the canonical name."""
        return self.sector.name

    @property
    def doubts(self) -> Doubts:
        """Return the findings by what they concern."""
        return self.index.doubts

    @property
    def is_group(self) -> bool:
        """Tell whether the sector is a sum of several industries."""
        return self.sector.kind == "group"

    @property
    def case_sectors(self) -> frozenset[str]:
        """Return the sectors whose cases are its own: itself and its members."""
        return frozenset((self.name, *self.rows))

    def matrix(self, matrix_id: str) -> Matrix | None:
        """Return the matrix, or None when the sources do not give it."""
        return self.corpus.matrix(matrix_id) if self.corpus.has_matrix(matrix_id) else None

    def fact(self, matrix: Matrix, row: str, column: str, *, coarser: bool = False) -> Fact | None:
        """Return a cell as a fact that carries the marks of the findings about it."""
        return self.index.fact(matrix, row, column, coarser=coarser)

    def row_in(self, matrix: Matrix) -> tuple[RowChoice, ...]:
        """Return the rows of a matrix that speak for the sector: own row, else members' rows, else the coarser row.

        Several rows only for a group of which the matrix has the members one by one; () when no row fits.
        """
        labels = matrix.rows.labels
        if self.name in labels:
            return (RowChoice(self.name, coarser=False),)
        members = tuple(row for row in self.rows if row in labels)
        if self.is_group and members:
            return tuple(RowChoice(row, coarser=False) for row in members)
        for row in (self.sector.coarse_row, self.sector.respondent_group):
            if row and row in labels:
                return (RowChoice(row, coarser=row != self.name),)
        return ()

    def findings_about(self, matrix: Matrix, rows: tuple[str, ...]) -> tuple[Finding, ...]:
        """Return the errors and warnings about cells and totals of these rows of the matrix."""
        columns = matrix.columns.labels + ((matrix.row_total_kind,) if matrix.row_total_kind else ())
        cells = ((row, column) for row in rows for column in columns)
        found = [finding for row, column in cells for finding in self.doubts.about_cell(matrix.id, row, column)]
        return sort_findings(found) if found else ()


def find_subject(corpus: Corpus, name: str) -> Subject:
    """Return the subject by canonical name. Raises `ViewError` with the known names."""
    sector = corpus.taxonomy.sector(name)
    if sector is None:
        known = "、".join(known.name for known in corpus.taxonomy.sectors)
        raise ViewError(Problem(f"産業「{name}」はありません", f"次のいずれかを指定してください：{known}"))
    rows = {"industry": (sector.name,), "group": sector.members, "public": ()}[sector.kind]
    return Subject(corpus, index_corpus(corpus), sector, rows)
