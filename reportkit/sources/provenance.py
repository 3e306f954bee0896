"""Which line became which field: the way back from a `Case` to the lines of its file.

In: a case. Out: `Trace`: every typed field that is filled, by a path such as `metrics[2].after`, with its place; every
line of the sections with the kind of its section; and the fields whose place is not known.

The walk is over the fields of the dataclasses, so a field that `Case` gets tomorrow is traced too. A few fields hold
plain words without a place in them (`company`, `country`); the reader notes it in `Case.places`: the line that says the
words, or that they were concluded from (the country from the seat, a missing id from the company).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reportkit.base.origin import Origin, Quote
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Link, Pair, Section

_BOOKKEEPING = frozenset({"origin", "dialect", "section_count", "verified", "placeholder", "joined", "places"})
_SECTIONS = ("sections", "file_sections")
_COMPANIONS = {
    "id": "id_origin",
    "employees": "employees_origin",
    "adoption_start": "adoption_origin",
}
_MADE_FROM = {"id": ("company",)}  # what a field was concluded from where the file does not state it


@dataclass(frozen=True, slots=True)
class Placed:
    """A typed field and the place it was read from."""

    path: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of a section: the canonical kind of the section, `other` when no synonym fits, and the place."""

    kind: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Trace:
    """Where everything in a case stands.

    fields: in the order of the model; passages: in the order of the file; unplaced: paths of fields without a place.
    """

    fields: tuple[Placed, ...]
    passages: tuple[Passage, ...]
    unplaced: tuple[str, ...]


def trace(case: Case) -> Trace:
    """Return the place of every filled field and of every line of text in the case."""
    placed: list[Placed] = []
    unplaced: list[str] = []
    places = {"title": case.origin, **dict(case.places)}
    for field in fields(case):
        name, value = field.name, getattr(case, field.name)
        if name in _BOOKKEEPING or name in _SECTIONS or name.endswith("_origin") or value in (None, (), ""):
            continue
        origin = getattr(case, _COMPANIONS[name]) if name in _COMPANIONS else None
        if origin is not None:
            placed.append(Placed(name, origin))
        elif _is_plain(value):
            found = list(_by_name(name, value, places))
            placed.extend(found)
            if not found:
                unplaced.append(name)
        else:
            placed.extend(_walk(name, value, None))
    passages = tuple(
        passage for group in _SECTIONS for section in getattr(case, group) for passage in _passages(section)
    )
    return Trace(tuple(placed), passages, tuple(unplaced))


def _passages(section: Section) -> Iterator[Passage]:
    """Yield the heading and every line of a section."""
    yield Passage(section.kind, section.origin)
    for line in section.lines:
        yield Passage(section.kind, line.origin)


def _walk(path: str, value: Any, above: Origin | None) -> Iterator[Placed]:
    """Yield the filled leaves below a value; what has no place of its own stands where its owner stands."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(f"{path}[{index}]", item, above)
        return
    if not is_dataclass(value) or isinstance(value, Quantity | Period):
        if above is not None:
            yield Placed(path, above)
        return
    origin: Origin | None = getattr(value, "origin", above)
    if isinstance(value, Quote | Pair | Link):  # words with a label or an address: one thing
        if origin is not None:
            yield Placed(path, origin)
        return
    for field in fields(value):
        part = getattr(value, field.name)
        if field.name != "origin" and part not in (None, (), "", False):
            yield from _walk(f"{path}.{field.name}", part, origin)


def _is_plain(value: Any) -> bool:
    """Tell whether a value has no place anywhere in it."""
    if isinstance(value, tuple):
        return all(_is_plain(item) for item in value)
    return not is_dataclass(value) or isinstance(value, Quantity | Period)


def _by_name(name: str, value: Any, places: Mapping[str, Origin]) -> Iterator[Placed]:
    """Yield the noted place of a plain field, of each of its parts when it has several."""
    several = isinstance(value, tuple)
    for index in range(len(value) if several else 1):
        path = f"{name}[{index}]" if several else name
        origin = next((places[known] for known in (path, *_MADE_FROM.get(name, ())) if known in places), None)
        if origin is not None:
            yield Placed(path, origin)
