"""What a corpus answers to the questions that were noted while documents were composed, as digests.

In: a corpus and questions as `views/asked.py` notes them. Out: a digest for each; another digest than the recorded one
tells that a document would say something else.
"""

from __future__ import annotations

from typing import Any

from reportkit.base.digests import digest_bytes, digest_of
from reportkit.corpus.corpus import Corpus
from reportkit.views.asked import PARTS
from reportkit.views.case_digests import CaseDigests
from reportkit.views.index import index_corpus
from reportkit.views.questions import Question


class Answers:
    """What a corpus answers, as digests; each question is answered once. cases: the digests that are known already."""

    def __init__(self, corpus: Corpus, cases: CaseDigests | None = None) -> None:
        self._corpus = corpus
        self._cases = CaseDigests() if cases is None else cases
        self._index = index_corpus(corpus)
        self._known: dict[Question, str] = {}

    def digest(self, question: Question) -> str:
        """Return the digest of the answer; "" when the corpus has not got what is asked for."""
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = self._digest(question)
        return known

    def _digest(self, question: Question) -> str:
        match question:
            case ("case", case_id, *names):
                case = self._index.cases.get(case_id)
                return "" if case is None else self._cases.of(case, *names)
            case ("cases", *names):
                wanted = names or ["id"]
                return digest_bytes("".join([self._cases.of(case, *wanted) for case in self._corpus.cases]).encode())
        value = self._answer(question)
        return "" if value is _NOTHING else digest_of(value)

    def _answer(self, question: Question) -> object:
        corpus, index = self._corpus, self._index
        match question:
            case ("source", path, *names):
                return _fields(index.sources.get(path), names)
            case ("sources", *names):
                return [_fields(source, names or ("path",)) for source in corpus.sources]
            case ("findings", subject):
                return index.doubts.by_subject.get(subject, ())
            case ("matrices",):
                return [matrix.id for matrix in corpus.matrices]
            case ("matrix", matrix_id):
                return corpus.has_matrix(matrix_id)
            case ("matrix", matrix_id, name, *words):
                return _called(corpus.matrix(matrix_id), name, words) if corpus.has_matrix(matrix_id) else _NOTHING
            case ("taxonomy", name, *words):
                return _called(corpus.taxonomy, name, words)
            case (name,) if name in PARTS:
                return getattr(corpus, name)
        return _NOTHING


_NOTHING = object()


def _fields(record: object, names: Any) -> object:
    if record is None:
        return _NOTHING
    return [getattr(record, name) for name in names] if names else record


def _called(record: object, name: str, words: list[str]) -> object:
    value = getattr(record, name, None)
    return value(*words) if callable(value) else value
