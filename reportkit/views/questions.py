"""The questions that one document asked of a corpus: collected, replayed, shortened.

In: questions as they are asked, fields of cases and source files record by record. Out: the questions as they are
recorded: `("case", "863", "company", "title")` for fields of one case, `("cases", "sectors")` for a field of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

Question = tuple[str, ...]
_PLURAL = {"case": "cases", "source": "sources"}
_KEY = {"case": "id", "source": "path"}  # what a question is put by is no question; `("cases",)` asks for all ids


class Notes:
    """What was asked until now.

    asked: questions in the order in which they were first asked. Fields of cases and source files stand apart, by kind
    and id, because questions about them are put together.
    """

    def __init__(self) -> None:
        self.asked: dict[Question, None] = {}
        self._fields: dict[tuple[str, str], dict[str, None]] = {}

    def note_field(self, kind: str, name: str, field: str) -> None:
        """Note a field that is asked of a case or a source file."""
        read = self._fields.get((kind, name))
        if read is None:
            self._fields[(kind, name)] = {field: None}
        else:
            read[field] = None

    def note_column(self, of: str, field: str) -> None:
        """Note a field that is asked of all cases, or of all source files."""
        self.asked[(of, field)] = None

    def note(self, question: Question) -> None:
        """Note a question of any kind."""
        if question[0] in _PLURAL and len(question) > 2:
            for field in question[2:]:
                self.note_field(question[0], question[1], field)
        else:
            self.asked[question] = None

    def closed(self) -> Notes:
        """Return what was asked, and let nobody ask more: it would be missing where these notes are replayed.

        A stand-in that went into a shared value raises `TypeError` when it is asked for something else later.
        """
        kept = Notes()
        kept.asked, kept._fields = self.asked, self._fields
        self.asked = self._fields = cast("dict[Any, Any]", MappingProxyType({}))
        return kept

    def replay(self, other: Notes) -> None:
        """Note everything that was asked elsewhere."""
        self.asked.update(other.asked)
        for key, read in other._fields.items():
            self._fields.setdefault(key, {}).update(read)

    def questions(self, sizes: Mapping[str, int]) -> tuple[Question, ...]:
        """Return what was asked, shortened: a field that all records were asked for is one question.

        sizes: how many cases and source files there are, by kind.
        """
        found = dict(self.asked)
        for kind, plural in _PLURAL.items():
            records = {name: read for (of_kind, name), read in self._fields.items() if of_kind == kind}
            columns = {question[1] for question in self.asked if question[0] == plural and len(question) == 2}
            if len(records) == sizes[kind] > 1:
                columns |= set.intersection(*map(set, records.values()))
            columns.discard(_KEY[kind])
            found.update(dict.fromkeys((plural, name) for name in sorted(columns)))
            told = {_KEY[kind], *columns}
            for name, read in records.items():
                if rest := read.keys() - told:
                    found[(kind, name, *sorted(rest))] = None
        return tuple(found)
