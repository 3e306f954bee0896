"""What to know before using the numbers: imputed and spread cells, coarser rows, findings, sources.

In: the subject and the matrices that speak about it. Out: `NotesView` for the appendix and for the sentence of doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding, sort_findings
from reportkit.base.origin import Origin, Quote
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.survey import SurveyDesign
from reportkit.views.doubts import names_of
from reportkit.views.editions import edition_pairs
from reportkit.views.facts import IMPUTED, SPREAD, count_fact, measure_of
from reportkit.views.index import index_corpus
from reportkit.views.sector.subject import Subject

SECTOR_MATRICES = (
    "impact",
    "labour-cost",
    "reduction-rate",
    "adoption-intent",
    "respondents",
    "barriers",
    "support",
    "participation-barriers",
    "data-sharing-intent",
    "data-sharing-barriers",
    "data-sharing-support",
)


_SHOWN_WHOLE = "impact"  # the heat map shows every industry


@dataclass(frozen=True, slots=True)
class MarkedCells:
    """Cells of one row that carry a mark of the source: which table, which mark, which columns, which values."""

    measure: str
    row: str
    mark: str
    cells: tuple[tuple[str, Fact], ...]


@dataclass(frozen=True, slots=True)
class CoarserRow:
    """A table that has only a coarser row for the sector, or only the members of a group."""

    measure: str
    row: str


@dataclass(frozen=True, slots=True)
class UsedSource:
    """One table or list of the sources that the briefing rests on: its title, the publication, where it stands."""

    title: str
    publication: str
    place: Quote


@dataclass(frozen=True, slots=True)
class MergedRows:
    """The rows that share one printed row of values with the sector."""

    measure: str
    rows: tuple[str, ...]
    printed_on: str


@dataclass(frozen=True, slots=True)
class NotesView:
    """imputed, spread: counted over the cells of the sector.

    findings: contradictions in the tables used, and everything that names the sector, worst first.
    readings_count: notes on how whole tables were read, which are only counted; None for none.
    """

    marked: tuple[MarkedCells, ...]
    merged: tuple[MergedRows, ...]
    coarser: tuple[CoarserRow, ...]
    imputed_count: Fact
    spread_count: Fact
    findings: tuple[Finding, ...]
    findings_count: Fact
    readings_count: Fact | None
    design: SurveyDesign | None
    used: tuple[UsedSource, ...]
    files: tuple[SourceFile, ...]

    @property
    def has_imputed(self) -> bool:
        """Tell whether a rate of the sector was imputed."""
        return any(cells.mark == IMPUTED for cells in self.marked)

    @property
    def has_spread(self) -> bool:
        """Tell whether the rates of the sector are shared with other industries."""
        return bool(self.merged)


def view_notes(
    subject: Subject, case_origins: tuple[Origin, ...], records: tuple[tuple[str, tuple[Origin, ...]], ...] = ()
) -> NotesView:
    """Return the notes.

    case_origins: places of the cases that the briefing tells; records: what else it tells, by name, with its places.
    """
    matrices = [matrix for name in SECTOR_MATRICES if (matrix := subject.matrix(name)) is not None]
    told = {matrix.id for matrix in matrices}
    newer = [matrix for pair in edition_pairs(subject.corpus) for matrix in (pair.old, pair.new)]
    matrices += [matrix for matrix in newer if matrix.id not in told and matrix.id.partition("@")[0] in SECTOR_MATRICES]
    spoken = [matrix for matrix in matrices if subject.row_in(matrix)]
    marked = tuple(found for matrix in spoken for found in _marked(subject, matrix))
    concerned = _findings(subject, spoken)
    findings = tuple(found for found in concerned if found.severity != "note" or _names(subject, found))
    readings = tuple(found for found in concerned if found not in findings)
    name = subject.name
    imputed, spread = (
        tuple(fact.id for found in marked if found.mark == mark for _, fact in found.cells)
        for mark in (IMPUTED, SPREAD)
    )
    return NotesView(
        marked=marked,
        merged=tuple(found for matrix in spoken for found in _merged(subject, matrix)),
        coarser=tuple(
            CoarserRow(measure_of(matrix), choice.row)
            for matrix in spoken
            for choice in subject.row_in(matrix)
            if choice.coarser and matrix.id in told and matrix.id != "respondents"
        ),
        imputed_count=count_fact(f"imputed/{name}", f"{name}の補完値", imputed, "か所"),
        spread_count=count_fact(f"spread/{name}", f"{name}の展開値", spread, "か所"),
        findings=findings,
        findings_count=count_fact(f"findings/{name}", f"{name}に関わるデータの指摘", names_of(findings)),
        readings_count=count_fact(f"readings/{name}", f"{name}の表の読み取りの注記", names_of(readings))
        if readings
        else None,
        design=subject.corpus.survey_design if subject.rows else None,
        used=(*_used(subject, spoken), *_used_records(subject, records)),
        files=_files(subject, spoken, case_origins),
    )


def _names(subject: Subject, finding: Finding) -> bool:
    """Tell whether a finding names the sector, one of its members, or cells."""
    own = {f"sector:{name}" for name in (subject.name, *subject.rows)}
    return any(key in own or key.startswith("cell:") for key in finding.subjects)


def _marked(subject: Subject, matrix: Matrix) -> list[MarkedCells]:
    found = []
    for choice in subject.row_in(matrix):
        facts = [
            (column, fact)
            for column in matrix.columns.labels
            if (fact := subject.fact(matrix, choice.row, column)) is not None
        ]
        for mark in (IMPUTED, SPREAD):
            cells = tuple((column, fact) for column, fact in facts if mark in fact.flags)
            if cells:
                found.append(MarkedCells(measure_of(matrix), choice.row, mark, cells))
    return found


def _merged(subject: Subject, matrix: Matrix) -> list[MergedRows]:
    measure = measure_of(matrix)
    return [
        MergedRows(measure, group.labels, group.printed_on)
        for group in matrix.merged
        if set(group.labels) & set(subject.rows)
    ]


def _findings(subject: Subject, matrices: list[Matrix]) -> tuple[Finding, ...]:
    keys = [f"sector:{name}" for name in (subject.name, *subject.rows)]
    for matrix in matrices:
        keys.append(f"matrix:{matrix.id}")
        for choice in subject.row_in(matrix):
            totals = (matrix.row_total_kind,) if matrix.row_total_kind else ()
            keys.extend(f"cell:{matrix.id}/{choice.row}/{column}" for column in (*matrix.columns.labels, *totals))
    found = [finding for finding in subject.doubts.about(*keys) if _concerns(subject, finding, frozenset(keys))]
    for matrix in matrices:
        found += subject.index.shared(_printed, matrix.id)
    return sort_findings(found)


def _printed(corpus: Corpus, matrix_id: str) -> tuple[Finding, ...]:
    """Return the errors and warnings about other cells of a table that the briefing prints with a mark.

    These are the totals of all industries, and all of the table that is shown whole.
    """
    matrix, doubts = corpus.matrix(matrix_id), index_corpus(corpus).doubts
    rows = (matrix.column_total_kind, *(matrix.rows.labels if matrix.id == _SHOWN_WHOLE else ()))
    columns = (*matrix.columns.labels, matrix.row_total_kind)
    return tuple(
        finding
        for row in filter(None, rows)
        for column in filter(None, columns)
        for finding in doubts.about_cell(matrix.id, row, column)
    )


def _concerns(subject: Subject, finding: Finding, keys: frozenset[str]) -> bool:
    """Tell whether a finding about a table is about this sector too, and not only about named others."""
    named = [key for key in finding.subjects if key.startswith(("sector:", "cell:"))]
    tables = [key for key in finding.subjects if key.startswith("matrix:")]
    elsewhere = bool(tables) and not any(key in keys for key in tables)
    return not elsewhere and (not named or any(key in keys for key in named))


def _used(subject: Subject, matrices: list[Matrix]) -> tuple[UsedSource, ...]:
    return tuple(
        UsedSource(matrix.title, subject.index.citation(matrix.origin), Quote(matrix.origin.place(), matrix.origin))
        for matrix in matrices
    )


def _used_records(subject: Subject, records: tuple[tuple[str, tuple[Origin, ...]], ...]) -> tuple[UsedSource, ...]:
    """Return one source for each kind of record and file, from its first line to its last."""
    found: list[UsedSource] = []
    for title, origins in records:
        for path in dict.fromkeys(origin.source for origin in origins):
            lines = [origin.line for origin in origins if origin.source == path]
            place = Origin(path, min(lines), end_line=max(lines))
            found.append(UsedSource(title, subject.index.citation(place), Quote(place.place(), place)))
    return tuple(found)


def _files(subject: Subject, matrices: list[Matrix], case_origins: tuple[Origin, ...]) -> tuple[SourceFile, ...]:
    paths = dict.fromkeys(matrix.origin.source for matrix in matrices)
    paths.update(dict.fromkeys(statistic.origin.source for statistic in subject.corpus.statistics))
    paths.update(dict.fromkeys(origin.source for origin in case_origins))
    return subject.index.sources_at(paths)
