"""Digests of the fields of cases, so that a question about a field of a thousand cases need not read them again.

In: a case and the name of a field. Out: a digest, the same for equal values. Those of cases that were read in an
earlier run are handed in; the others are computed when they are asked for.
"""

from __future__ import annotations

from dataclasses import fields

from reportkit.base.digests import SIZE, digest_bytes, digest_of
from reportkit.corpus.case import Case

_NAMES = tuple(field.name for field in fields(Case))
_PLACES = {name: slice(number * SIZE, number * SIZE + SIZE) for number, name in enumerate(_NAMES)}
_EMPTY: dict[type, str] = {type(value): digest_of(value) for value in (None, "", ())}


def digests_of_fields(case: Case) -> str:
    """Return the digests of all fields of a case, one after the other."""
    return "".join([_digest(getattr(case, name)) for name in _NAMES])


def _digest(value: object) -> str:
    """Return `digest_of`; most fields of a case are empty."""
    return (None if value else _EMPTY.get(type(value))) or digest_of(value)


class CaseDigests:
    """The digests of the cases of one corpus."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Case, str]] = {}  # holds the case, so that its id stays its own

    def add(self, case: Case, digests: str) -> None:
        """Hear what `digests_of_fields` gave for an equal case."""
        self._known[id(case)] = (case, digests)

    def of(self, case: Case, *names: str) -> str:
        """Return the digest of these fields of a case; without names, or with a name of no field, of the whole case."""
        digests = self._of(case)
        if not names or not all(name in _PLACES for name in names):
            return digest_bytes(digests.encode())
        if len(names) == 1:
            return digests[_PLACES[names[0]]]
        return digest_bytes("".join([digests[_PLACES[name]] for name in names]).encode())

    def _of(self, case: Case) -> str:
        known = self._known.get(id(case))
        if known is None:
            known = self._known[id(case)] = (case, digests_of_fields(case))
        return known[1]

    def __getstate__(self) -> dict[str, object]:
        return {"_known": {}}  # on another machine the cases are other objects
