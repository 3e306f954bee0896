"""A corpus that notes what a view asks of it, so that a document knows what it depends on.

In: a corpus. Out: an `AskedCorpus` that answers like it, and the questions that were asked: which fields of which
cases, which cells of which matrices, the findings about which subjects, and lists whose members matter (all cases).
The same question put to a later corpus (`views/answers.py`) tells whether the document would say something else.

>>> # asked = AskedCorpus(corpus); view_case(asked.corpus, "863"); asked.questions()
>>> # ->  (("case", "863"), ("findings", "case:863"), ("matrix", "impact", "cell", "医療", "合計"), ...)
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any, Literal, TypeVar, cast

from reportkit.base.fact import Fact
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Matrix
from reportkit.views.doubts import Doubts
from reportkit.views.index import CorpusIndex, Search, index_corpus
from reportkit.views.questions import Notes, Question

Value = TypeVar("Value")
PARTS = frozenset(field.name for field in fields(Corpus))
# What `cell_fact` asks of a matrix beside the cell and the findings about it.
_OF_A_FACT = ("id", "title", "unit", "edition", "row_total_kind", "column_total_kind", "columns")


class _Record:
    """Stands in for a record and notes which attributes are read and which methods are called with what.

    What was answered once stands in the stand-in itself, so it is noted once. Two stand-ins are equal only when they
    are the same one; each record of a corpus gets one.
    """

    def __init__(self, record: object, question: Question, notes: Notes) -> None:
        self._record = record
        self._question = question
        self._notes = notes

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._record, name)
        question = (*self._question, name)
        if callable(value):
            value = _Asking(value, question, self._notes)
        else:
            self._notes.asked[question] = None
        self.__dict__[name] = value
        return value


class _Asking(dict[tuple[str, ...], Any]):
    """Stands in for a method of plain words; notes with what it is called, each time with other words."""

    def __init__(self, method: Callable[..., Any], question: Question, notes: Notes) -> None:
        self._method = method
        self._question = question
        self._notes = notes

    def __call__(self, *words: str) -> Any:
        return self[words]

    def __missing__(self, words: tuple[str, ...]) -> Any:
        self._notes.asked[(*self._question, *words)] = None
        value = self[words] = self._method(*words)
        return value


class _Member:
    """Stands in for a case or a source file and notes which fields are read; its methods note what they read.

    note: is called with each field, once.
    """

    def __init__(self, record: object, note: Callable[[str], None]) -> None:
        self._record = record
        self._note = note

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._record, name)
        if callable(value):
            value = partial(getattr(type(self._record), name), self)
        else:
            self._note(name)
        self.__dict__[name] = value
        return value


class _Table(Mapping[str, Value]):
    """Stands in for a look-up table and notes which keys are looked up."""

    def __init__(self, table: Mapping[str, Value], name: str, notes: Notes) -> None:
        self._table = table
        self._name = name
        self._notes = notes

    def __getitem__(self, key: str) -> Value:
        self._notes.asked[(self._name, key)] = None
        return self._table[key]

    def get(self, key: str, default: Any = None) -> Any:
        self._notes.asked[(self._name, key)] = None
        return self._table.get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._notes.asked[(self._name,)] = None
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class _Sources(_Table[SourceFile]):
    """Stands in for the source files by path; of a file that is there, the fields that are read are noted."""

    def __init__(self, index: CorpusIndex, notes: Notes) -> None:
        super().__init__(index.sources, "source", notes)
        self._made: dict[str, SourceFile] = {}

    def __getitem__(self, key: str) -> SourceFile:
        if key not in self._table:
            return super().__getitem__(key)
        if key not in self._made:
            self._made[key] = cast(
                "SourceFile", _Member(self._table[key], partial(self._notes.note_field, "source", key))
            )
        return self._made[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self._table else super().get(key, default)


class _NotingIndex(CorpusIndex):
    """The index of a corpus that notes what is asked; what all documents share is taken from the index behind it."""

    def __init__(self, corpus: Corpus, stand: _Stand, notes: Notes) -> None:
        # Not by CorpusIndex.__init__, which would ask for everything at once.
        self.corpus = cast("Corpus", stand)
        self._real = index_corpus(corpus)
        self._notes = notes
        self.cases = _Table(self._real.cases, "case", notes)
        self.sources = _Sources(self._real, notes)
        self.doubts = Doubts(_Table(self._real.doubts.by_subject, "findings", notes))
        self._told: set[str] = set()

    def fact(self, matrix: Matrix, row: str, column: str, *, coarser: bool = False) -> Fact | None:
        name, asked = matrix.id, self._notes.asked
        if name not in self._told:
            self._told.add(name)
            asked.update(dict.fromkeys(("matrix", name, part) for part in _OF_A_FACT))
        asked[("matrix", name, "cell", row, column)] = None
        found = self._real.fact(self._real.matrices[name], row, column, coarser=coarser)
        if found is not None:
            asked[("findings", f"cell:{name}/{row}/{column}")] = None
        return found

    def places_in(self, sectors: frozenset[str]) -> tuple[int, ...]:
        self._notes.asked.update({("cases",): None, ("cases", "sectors"): None})
        return self._real.places_in(sectors)

    def column(self, name: str, of: Literal["cases", "sources"] = "cases") -> tuple[Any, ...]:
        self._notes.asked.update({(of,): None, (of, name): None})
        return self._real.column(name, of)

    def first_cases(self, search: Search, places: Iterable[int], most: int) -> tuple[Case, ...]:
        found, looked_at = self._real.look_through(search, places, most)
        cases = self.corpus.cases
        if len(looked_at) > len(cases) // 2:  # one question to all is less than hundreds to each
            self._notes.asked.update(dict.fromkeys(("cases", name) for name in search.fields))
        else:
            for place in looked_at:
                _ = [getattr(cases[place], name) for name in search.fields]
        return tuple(cases[place] for place in found)

    def sources_at(self, paths: Container[str]) -> tuple[SourceFile, ...]:
        self._notes.asked[("sources",)] = None
        return tuple(self.sources[source.path] for source in self._real.sources_at(paths))

    def shared(self, make: Callable[..., Value], *words: Any) -> Value:
        found: Value
        found, questions = self._real.shared(_made_and_noted, make, *words)
        self._notes.replay(questions)
        return found


class _Cases(Sequence[Case]):
    """Stands in for the cases of a corpus; those that are looked at become stand-ins, one for each."""

    def __init__(self, index: CorpusIndex, notes: Notes) -> None:
        self._index = index
        self._notes = notes
        self._made: dict[int, Case] = {}

    def __len__(self) -> int:
        return len(self._index.corpus.cases)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(len(self))))
        if place not in self._made:
            self._made[place] = self._stand_in(self._index.corpus.cases[place])
        return self._made[place]

    def _stand_in(self, case: Case) -> Case:
        if self._index.cases[case.id] is case:
            return cast("Case", _Member(case, partial(self._notes.note_field, "case", case.id)))
        # Questions by id are answered by the first case of that id, so this one is asked for with all others.
        return cast("Case", _Member(case, partial(self._notes.note_column, "cases")))


class _Stand:
    """What views see as the corpus."""

    def __init__(self, corpus: Corpus, notes: Notes) -> None:
        self.__corpus = corpus
        self.__notes = notes
        self.__matrices: dict[str, Matrix] = {}

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__[name] = self.__part(name)
        return value

    def __part(self, name: str) -> Any:
        corpus, notes = self.__corpus, self.__notes
        match name:
            case "index":
                return _NotingIndex(corpus, self, notes)
            case "taxonomy":
                return _Record(corpus.taxonomy, ("taxonomy",), notes)
            case _ if name not in PARTS:
                raise AttributeError(f"a corpus has no {name}")
        notes.asked[(name,)] = None
        match name:
            case "cases":
                return _Cases(index_corpus(corpus), notes)
            case "sources":
                return tuple(self.index.sources[source.path] for source in corpus.sources)
            case "matrices":
                return tuple(self.matrix(matrix.id) for matrix in corpus.matrices)
        return getattr(corpus, name)

    def has_matrix(self, matrix_id: str) -> bool:
        self.__notes.asked[("matrix", matrix_id)] = None
        return matrix_id in index_corpus(self.__corpus).matrices

    def matrix(self, matrix_id: str) -> Matrix:
        if matrix_id not in self.__matrices:
            self.__notes.asked[("matrix", matrix_id)] = None
            matrix = _Record(self.__corpus.matrix(matrix_id), ("matrix", matrix_id), self.__notes)
            self.__matrices[matrix_id] = cast("Matrix", matrix)
        return self.__matrices[matrix_id]


class AskedCorpus:
    """A corpus for one document. corpus: what its view gets in the place of the real one."""

    def __init__(self, corpus: Corpus) -> None:
        self._notes = Notes()
        self._sizes = {"case": len(index_corpus(corpus).cases), "source": len(corpus.sources)}
        self.corpus = cast("Corpus", _Stand(corpus, self._notes))

    def noted(self, record: Value, name: str) -> Value:
        """Return a stand-in for another record (the settings) that notes the attributes that are read from it."""
        return cast("Value", _Record(record, (name,), self._notes))

    def table(self, table: Mapping[str, Value], name: str) -> Mapping[str, Value]:
        """Return a stand-in for a look-up table that notes which keys are looked up, as questions under that name."""
        return _Table(table, name, self._notes)

    def note(self, question: Question) -> None:
        """Note a question that was answered without the stand-in."""
        self._notes.note(question)

    def questions(self) -> tuple[Question, ...]:
        """Return what was asked until now, shortened: a field that all cases were asked for is one question."""
        return self._notes.questions(self._sizes)


def _made_and_noted(corpus: Corpus, make: Callable[..., Value], *words: str) -> tuple[Value, Notes]:
    """Return `make(corpus, *words)` and what it asked, for documents that use it too."""
    notes = Notes()
    value = make(_Stand(corpus, notes), *words)
    return value, notes.closed()
