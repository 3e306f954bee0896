"""A corpus that notes what a view asks of it, so that a document knows what it depends on.

In: a corpus. Out: an `AskedCorpus` that answers like it, and the questions that were asked: which fields of which
cases, which cells of which matrices, the findings about which subjects, and lists whose members matter (all cases).
The same question put to a later corpus (`views/answers.py`) tells whether the document would say something else.

>>> # asked = AskedCorpus(corpus); view_case(asked.corpus, "863"); asked.questions()
>>> # ->  (("case", "863"), ("findings", "case:863"), ("matrix", "impact", "cell", "医療", "合計"), ...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar, cast

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.views.doubts import Doubts
from reportkit.views.index import CorpusIndex, index_corpus

Question = tuple[str, ...]
Value = TypeVar("Value")
PARTS = frozenset(field.name for field in fields(Corpus))


class _Notes:
    """The questions in the order in which they were first asked."""

    def __init__(self) -> None:
        self.asked: dict[Question, None] = {}


class _Record:
    """Stands in for a record and notes which attributes are read and which methods are called with what.

    Two of them are equal only when they are the same one; each record of a corpus gets one.
    """

    __slots__ = ("_notes", "_question", "_record")

    def __init__(self, record: object, question: Question, notes: _Notes) -> None:
        self._record = record
        self._question = question
        self._notes = notes

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._record, name)
        question = (*self._question, name)
        if not callable(value):
            self._notes.asked[question] = None
            return value

        def ask(*words: str) -> Any:
            self._notes.asked[(*question, *words)] = None
            return value(*words)

        return ask


class _Table(Mapping[str, Value]):
    """Stands in for a look-up table and notes which keys are looked up."""

    def __init__(self, table: Mapping[str, Value], name: str, notes: _Notes, wrap: Callable[..., Any] | None) -> None:
        self._table = table
        self._name = name
        self._notes = notes
        self._wrap = wrap

    def __getitem__(self, key: str) -> Value:
        question = (self._name, key)
        if key not in self._table or self._wrap is None:
            self._notes.asked[question] = None
            return self._table[key]
        return cast("Value", self._wrap(self._table[key], question, self._notes))

    def __iter__(self) -> Iterator[str]:
        self._notes.asked[(self._name,)] = None
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class _Stand:
    """What views see as the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.__corpus = corpus
        self.__notes = _Notes()
        self.__made: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        made = self.__made.get(name)
        if made is None:
            made = self.__made[name] = self.__part(name)
        return made

    def __part(self, name: str) -> Any:
        corpus, notes = self.__corpus, self.__notes
        match name:
            case "cases":
                notes.asked[("cases",)] = None
                return tuple(_Record(case, ("case", case.id), notes) for case in corpus.cases)
            case "sources":
                notes.asked[("sources",)] = None
                return tuple(_Record(source, ("source", source.path), notes) for source in corpus.sources)
            case "matrices":
                notes.asked[("matrices",)] = None
                return tuple(self.matrix(matrix.id) for matrix in corpus.matrices)
            case "taxonomy":
                return _Record(corpus.taxonomy, ("taxonomy",), notes)
            case "index":
                index = index_corpus(corpus)
                return CorpusIndex(
                    cases=_Table(index.cases, "case", notes, None),
                    sources=_Table(index.sources, "source", notes, _Record),
                    doubts=Doubts(_Table(index.doubts.by_subject, "findings", notes, None)),
                )
            case _ if name in PARTS:
                notes.asked[(name,)] = None
                return getattr(corpus, name)
        raise AttributeError(f"a corpus has no {name}")

    def has_matrix(self, matrix_id: str) -> bool:
        self.__notes.asked[("matrix", matrix_id)] = None
        return self.__corpus.has_matrix(matrix_id)

    def matrix(self, matrix_id: str) -> Matrix:
        self.__notes.asked[("matrix", matrix_id)] = None
        key = f"matrix {matrix_id}"
        if key not in self.__made:
            self.__made[key] = _Record(self.__corpus.matrix(matrix_id), ("matrix", matrix_id), self.__notes)
        return cast("Matrix", self.__made[key])

    def questions(self) -> Iterator[Question]:
        return iter(self.__notes.asked)

    def noted(self, record: object, question: Question) -> Any:
        return _Record(record, question, self.__notes)

    def table(self, table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        return _Table(table, name, self.__notes, None)

    def note(self, question: Question) -> None:
        self.__notes.asked[question] = None


class AskedCorpus:
    """A corpus for one document. corpus: what its view gets in the place of the real one."""

    def __init__(self, corpus: Corpus) -> None:
        self._real = corpus
        self._stand = _Stand(corpus)
        self.corpus = cast("Corpus", self._stand)

    def noted(self, record: Value, name: str) -> Value:
        """Return a stand-in for another record (the settings) that notes the attributes that are read from it."""
        return cast("Value", self._stand.noted(record, (name,)))

    def table(self, table: Mapping[str, Value], name: str) -> Mapping[str, Value]:
        """Return a stand-in for a look-up table that notes which keys are looked up, as questions under that name."""
        return self._stand.table(table, name)

    def note(self, question: Question) -> None:
        """Note a question that was answered without the stand-in."""
        self._stand.note(question)

    def questions(self) -> tuple[Question, ...]:
        """Return what was asked until now, shortened: a field that all cases were asked for is one question."""
        found: dict[Question, None] = {}
        fields_of: dict[str, dict[str, dict[str, None]]] = {"case": {}, "source": {}}
        for question in self._stand.questions():
            if question[0] in fields_of and len(question) > 2:
                fields_of[question[0]].setdefault(question[1], {})[question[2]] = None
            else:
                found[question] = None
        for kind, plural, size in (
            ("case", "cases", len(self._real.cases)),
            ("source", "sources", len(self._real.sources)),
        ):
            found.update(_shortened(fields_of[kind], kind, plural, size))
        return tuple(found)


def _shortened(asked: Mapping[str, Mapping[str, None]], kind: str, plural: str, size: int) -> dict[Question, None]:
    """Return one question for each field that all records were asked for, and one for the others of each record."""
    columns: set[str] = set()
    if len(asked) == size > 1:
        columns = set.intersection(*(set(names) for names in asked.values()))
    found: dict[Question, None] = dict.fromkeys((plural, name) for name in sorted(columns))
    for name, fields_asked in asked.items():
        if rest := tuple(sorted(fields_asked.keys() - columns)):
            found[(kind, name, *rest)] = None
    return found
