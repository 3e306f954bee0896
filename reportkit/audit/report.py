"""What a verification says: differences, each with place, what was expected and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "place", "value", "derivation", "source", "table", "chart", "note", "comment", "loose", "ledger", "particulars"
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree.

    kind: what was compared; place: where in the document; what: a sentence; expected, found: both sides, "" when there
    is none. fact: id of the fact concerned, "" for none. note: nothing is wrong, but the reader may want to know.
    """

    kind: Kind
    place: str
    what: str
    expected: str = ""
    found: str = ""
    fact: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """What one document was compared with, how often, and what differed.

    with_sources: whether the source files were at hand.
    """

    name: str
    differences: tuple[Difference, ...]
    places: int = 0
    facts: int = 0
    charts: int = 0
    tables: int = 0
    with_sources: bool = False

    @property
    def faults(self) -> tuple[Difference, ...]:
        """Return the differences that are wrong, without the notes."""
        return tuple(one for one in self.differences if not one.note)

    @property
    def notes(self) -> tuple[Difference, ...]:
        """Return what is only worth knowing."""
        return tuple(one for one in self.differences if one.note)
