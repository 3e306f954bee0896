"""A case from an earlier run, most of which stays bytes until somebody asks for it.

A build after one edit lists a thousand cases, compares some of their fields, and prints one.

In: a case, to be kept: its light part and two heavy ones. Out: a case that equals it.
"""

from __future__ import annotations

import io
import pickle
import zlib
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any, ClassVar

from reportkit.base.cycles import no_cycle_search
from reportkit.base.digests import serialised
from reportkit.base.errors import BuildError, Problem
from reportkit.corpus.case import Case

_NAMES = tuple(field.name for field in fields(Case))
_NUMBERS = ("metrics", "costs", "phases", "lessons", "qualitative", "scope", "duration")
_TEXTS = (
    "sections", "file_sections", "profile", "adoption", "background", "outlook", "references", "front_matter",
    "footer", "remarks", "title_links", "headquarters",
)  # fmt: skip
_PARTS = (_NUMBERS, _TEXTS)
_LIGHT = tuple(name for name in _NAMES if name not in _NUMBERS and name not in _TEXTS)
_PART_OF = {name: number for number, names in enumerate(_PARTS) for name in names}


_LEVEL = 1  # a quarter of the bytes, at a hundredth of what reading the case costs
_OPENED: list[tuple[KeptCase, int]] = []  # cases that are no longer only bytes, and which of their parts


@dataclass(frozen=True, slots=True)
class CaseParts:
    """A case as it is kept. light: what lists and comparisons ask for; heavy: packed bytes of the other fields."""

    light: tuple[object, ...]
    heavy: tuple[bytes, ...]


def case_parts(case: Case) -> CaseParts:
    """Take a case apart."""
    light = tuple(getattr(case, name) for name in _LIGHT)
    heavy = (serialised(tuple(getattr(case, name) for name in names), shared=True) for names in _PARTS)
    return CaseParts(light, tuple(zlib.compress(part, _LEVEL) for part in heavy))


def kept_case(parts: CaseParts) -> Case:
    """Return the case that was taken apart."""
    case = object.__new__(KeptCase)
    for name, value in zip(_LIGHT, parts.light, strict=True):
        object.__setattr__(case, name, value)
    object.__setattr__(case, "_heavy", parts.heavy)
    return case


class KeptCase(Case):
    """A case whose heavy fields are read from their bytes when they are first asked for."""

    __slots__ = ("_heavy",)
    _heavy: tuple[bytes, ...]

    def __getattr__(self, name: str) -> Any:
        """Return a field that has no value yet; called only for those."""
        if name not in _PART_OF:
            raise AttributeError(name)
        number = _PART_OF[name]
        try:
            with no_cycle_search():
                values = own_records(zlib.decompress(self._heavy[number]))
            for field, value in zip(_PARTS[number], values, strict=True):
                object.__setattr__(self, field, value)
            _OPENED.append((self, number))
        except Exception as error:  # the bytes are whole: somebody made them so
            fix = "フォルダー .reportkit/readings を消して、もう一度実行してください"
            raise BuildError(Problem("前に読んだ事例の控えを使えません", fix, self.origin.source)) from error
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in _NAMES))

    def __reduce__(self) -> tuple[object, ...]:
        return Case, tuple(getattr(self, name) for name in _NAMES)


def close_cases() -> None:
    """Let the cases that were opened be bytes again, so that a long build does not hold all of them open at its end."""
    for case, number in _OPENED:
        for name in _PARTS[number]:
            object.__delattr__(case, name)
    _OPENED.clear()


def own_records(data: bytes) -> Any:
    """Return what `serialised` made bytes of. Raises when it holds anything but records of ours and plain values."""
    return _OwnTypes(io.BytesIO(data)).load()


class _OwnTypes(pickle.Unpickler):
    """Makes records of ours and decimal numbers, and refuses everything else."""

    _known: ClassVar[dict[tuple[str, str], Any]] = {}  # classes of ours, of which there are a few dozen

    def find_class(self, module: str, name: str) -> Any:
        known = self._known.get((module, name))
        if known is not None:
            return known
        if module.startswith("reportkit.") or (module, name) == ("decimal", "Decimal"):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or found is Decimal):
                self._known[module, name] = found
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
