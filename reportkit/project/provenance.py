"""What the documents of a corpus may say about where their numbers come from; made once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reportkit import __version__
from reportkit.base.finding import Finding
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Matrix
from reportkit.document.provenance import CellLabels, Provenance, SourceRecord
from reportkit.views.asked import AskedCorpus
from reportkit.views.citations import short_publication
from reportkit.views.index import index_corpus

if TYPE_CHECKING:
    from reportkit.corpus.case import Case


class Origins:
    """The sources, cell labels and findings of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def of_case(self, case_id: str) -> Provenance:
        """Return what a case briefing needs: the rows of its effects beside the cells of the survey."""
        index = index_corpus(self.corpus)
        findings = index.doubts.about(f"case:{case_id}")
        case = index.cases.get(case_id)
        rows = {} if case is None else dict(_metric_rows(case))
        return replace(self._shared, labels={**self._shared.labels, **rows}, findings=findings)

    def of_findings(self, findings: tuple[Finding, ...]) -> Provenance:
        """Return what any other briefing needs, with the findings about its subject."""
        return replace(self._shared, labels=self._all_labels, findings=findings)

    @property
    def records(self) -> Mapping[str, SourceRecord]:
        """Return what documents say about the sources, by path."""
        return self._shared.sources

    @cached_property
    def _shared(self) -> Provenance:
        sources = {record.file: record for record in _records(self.corpus.sources)}
        labels = {name: labels for matrix in self.corpus.matrices for name, labels in _cells(matrix)}
        tables = {matrix.id: matrix.title for matrix in self.corpus.matrices}
        by_subject = index_corpus(self.corpus).doubts.by_subject
        cells = {key: found for key, found in by_subject.items() if key.startswith("cell:")}
        return Provenance(sources, labels, version=__version__, tables=tables, cell_findings=cells)

    @cached_property
    def _all_labels(self) -> Mapping[str, CellLabels]:
        rows = {name: labels for case in self.corpus.cases for name, labels in _metric_rows(case)}
        return {**self._shared.labels, **rows}


def _records(sources: tuple[SourceFile, ...]) -> Iterator[SourceRecord]:
    """Return the sources with their names in notes: a publication is called by its issuer when it is his only one."""
    names = [_in_quotes(short_publication(source.publication or source.title or source.path)) for source in sources]
    issuers = Counter(name.partition("「")[0] for name in dict.fromkeys(names))
    for source, name in zip(sources, names, strict=True):
        issuer = name.partition("「")[0]
        again = f"{issuer}（前掲）" if issuer and issuers[issuer] == 1 else name
        yield SourceRecord(source.path, source.title, source.publication, source.encoding, cited=name, again=again)


def _in_quotes(name: str) -> str:
    return name if "「" in name else f"「{name}」"


def noted_provenance(provenance: Provenance, asked: AskedCorpus) -> Provenance:
    """Return the same provenance, noting what a document takes from it as questions to the corpus."""
    return replace(
        provenance,
        sources=asked.table(provenance.sources, "record"),
        labels=_NotedLabels(provenance.labels, asked),
        cell_findings=asked.table(provenance.cell_findings, "findings"),
    )


class _NotedLabels(Mapping[str, CellLabels]):
    """Labels of cells; they come from the axes of a matrix, or from the effects of a case."""

    def __init__(self, labels: Mapping[str, CellLabels], asked: AskedCorpus) -> None:
        self._labels = labels
        self._asked = asked
        self._told: set[str] = set()  # matrices that were noted

    def __getitem__(self, fact: str) -> CellLabels:
        self._note(fact)
        return self._labels[fact]

    def get(self, fact: str, default: Any = None) -> Any:
        self._note(fact)
        return self._labels.get(fact, default)

    def _note(self, fact: str) -> None:
        kind, _, name = fact.partition("/")
        if kind == "case":
            name, metric, _ = name.partition("/metric/")
            if metric:
                self._asked.note(("case", name, "metrics"))
        elif kind == "matrix":
            matrix = name.partition("/")[0]
            if matrix not in self._told:
                self._told.add(matrix)
                for part in ("rows", "columns", "row_total_kind", "column_total_kind"):
                    self._asked.note(("matrix", matrix, part))

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def _cells(matrix: Matrix) -> Iterator[tuple[str, CellLabels]]:
    """Return the labels of every cell, printed totals included, by the id of the fact that tells the cell."""
    rows = [
        (name, printed, origin.line)
        for name, printed, origin in zip(matrix.rows.labels, matrix.rows.printed, matrix.rows.origins, strict=True)
    ]
    heads = [
        (name, printed, origin.line)
        for name, printed, origin in zip(
            matrix.columns.labels, matrix.columns.printed, matrix.columns.origins, strict=True
        )
    ]
    if matrix.column_total_kind is not None:
        rows.append((matrix.column_total_kind, matrix.column_total_kind, 0))
    if matrix.row_total_kind is not None:
        heads.append((matrix.row_total_kind, matrix.row_total_kind, 0))
    for row, printed_row, row_line in rows:
        for head, printed_head, head_line in heads:
            yield f"matrix/{matrix.id}/{row}/{head}", CellLabels(printed_row, row_line, printed_head, head_line)


def _metric_rows(case: Case) -> Iterator[tuple[str, CellLabels]]:
    for number, metric in enumerate(case.metrics, start=1):
        labels = CellLabels(metric.label, metric.origin.line)
        for part in ("value", "before", "after", "change"):
            yield f"case/{case.id}/metric/{number}/{part}", labels
