"""Looking things up in a corpus by key, so that a thousand briefings do not search it a thousand times."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, TypeVar

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Matrix
from reportkit.views.doubts import Doubts, index_findings
from reportkit.views.facts import cell_fact
from reportkit.views.wording import worded

Value = TypeVar("Value")
_NOT_FOUND, _FOUND = 1, 2


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in cases: a test of a case and a word, and the fields that the test reads of a case."""

    test: Callable[[Case, str], bool]
    word: str
    fields: tuple[str, ...]

    def finds(self, case: Case) -> bool:
        """Tell whether the case is one that is looked for."""
        return self.test(case, self.word)


class CorpusIndex:
    """Cases by id (the first of several), source files by path, findings by subject, and what many documents use.

    A corpus is never changed, so all of it is made once, when it is first asked for. A corpus that notes what is asked
    (see `asked`) brings an index that notes every look-up.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.cases: Mapping[str, Case] = _by_key(corpus.cases, attrgetter("id"))
        self.sources: Mapping[str, SourceFile] = {source.path: source for source in corpus.sources}
        self.matrices = _by_key(corpus.matrices, attrgetter("id"))
        self._facts: dict[tuple[str, str, str, bool], Fact | None] = {}
        self._shared: dict[tuple[Any, ...], Any] = {}
        self._places: dict[frozenset[str], tuple[int, ...]] = {}
        self._tests: dict[Search, bytearray] = {}  # a byte for each case, 0 until it is tested

    @cached_property
    def doubts(self) -> Doubts:
        """The findings by what they concern, in the words of a document."""
        return index_findings(worded(self.corpus.findings, self.corpus.matrices))

    def citation(self, origin: Origin) -> str:
        """Return how to cite the file in which something stands; its path when it names no publication and no title."""
        source = self.sources.get(origin.source)
        if source is None:
            return origin.source
        return source.publication or source.title or source.path

    def fact(self, matrix: Matrix, row: str, column: str, *, coarser: bool = False) -> Fact | None:
        """Return a cell as `cell_fact` does, with the marks of the findings about it."""
        key = (matrix.id, row, column, coarser)
        if key not in self._facts:
            self._facts[key] = cell_fact(matrix, row, column, doubts=self.doubts, coarser=coarser)
        return self._facts[key]

    def total(self, matrix: Matrix, row: str) -> Fact | None:
        """Return the printed total or average of a row as a fact, None when the source prints none."""
        return None if matrix.row_total_kind is None else self.fact(matrix, row, matrix.row_total_kind)

    def grand_total(self, matrix: Matrix) -> Fact | None:
        """Return the printed total or average of the whole matrix as a fact, None when the source prints none."""
        return None if matrix.column_total_kind is None else self.total(matrix, matrix.column_total_kind)

    def cases_in(self, sectors: frozenset[str]) -> tuple[Case, ...]:
        """Return the cases that belong to any of the sectors, in the order of the corpus, one for each id."""
        cases = self.corpus.cases
        return tuple(cases[place] for place in self.places_in(sectors))

    def places_in(self, sectors: frozenset[str]) -> tuple[int, ...]:
        """Return where those cases stand among the cases of the corpus."""
        if sectors not in self._places:
            found: dict[str, int] = {}
            for place in sorted({place for name in sectors for place in self._by_sector.get(name, ())}):
                found.setdefault(self.corpus.cases[place].id, place)
            self._places[sectors] = tuple(found.values())
        return self._places[sectors]

    @cached_property
    def _by_sector(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, case in enumerate(self.corpus.cases):
            for name in case.sectors:
                found.setdefault(name, []).append(place)
        return found

    def column(self, name: str, of: Literal["cases", "sources"] = "cases") -> tuple[Any, ...]:
        """Return a field of every case, or of every source file, in the order of the corpus."""
        return tuple(map(attrgetter(name), getattr(self.corpus, of)))

    def first_cases(self, search: Search, places: Iterable[int], most: int) -> tuple[Case, ...]:
        """Return the first cases that the search finds, at most so many. places: where the cases stand to look at."""
        found, _ = self.look_through(search, places, most)
        return tuple(self.corpus.cases[place] for place in found)

    def look_through(self, search: Search, places: Iterable[int], most: int) -> tuple[list[int], list[int]]:
        """Return where the found cases stand, and where those that had to be looked at; each is tested once."""
        known = self._tests.setdefault(search, bytearray(len(self.corpus.cases)))
        found: list[int] = []
        looked_at: list[int] = []
        for place in places:
            if not known[place]:
                known[place] = _FOUND if search.finds(self.corpus.cases[place]) else _NOT_FOUND
            looked_at.append(place)
            if known[place] == _FOUND:
                found.append(place)
                if len(found) == most:
                    break
        return found, looked_at

    def sources_at(self, paths: Container[str]) -> tuple[SourceFile, ...]:
        """Return the source files with these paths, in the order of the corpus."""
        return tuple(source for source in self.corpus.sources if source.path in paths)

    def shared(self, make: Callable[..., Value], *words: Any) -> Value:
        """Return `make(corpus, *words)`, made once for all documents.

        For what says the same in many documents. It must be made of facts and plain values: records of the corpus
        belong to the document that asks for them.
        """
        key = (make, *words)
        if key not in self._shared:
            self._shared[key] = make(self.corpus, *words)
        found: Value = self._shared[key]
        return found


def _by_key(records: Iterable[Value], key: Callable[[Value], str]) -> dict[str, Value]:
    """Return the records by their key, the first of several with one key, in their order."""
    found: dict[str, Value] = {}
    for record in records:
        found.setdefault(key(record), record)
    return found


class _Latest:
    """Holds the index of the corpus asked for last; a corpus is never changed, so it stays right."""

    corpus: Corpus | None = None
    index: CorpusIndex | None = None


def index_corpus(corpus: Corpus) -> CorpusIndex:
    """Return the index of a corpus; made once as long as the same corpus is asked for.

    A corpus that notes what is asked of it (see `asked`) brings an index of its own, which notes the look-ups.
    """
    own = getattr(corpus, "index", None)
    if isinstance(own, CorpusIndex):
        return own
    if _Latest.index is None or _Latest.corpus is not corpus:
        _Latest.index, _Latest.corpus = CorpusIndex(corpus), corpus
    return _Latest.index
