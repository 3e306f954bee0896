"""Which line became which field: the way back from a `Case` to the lines of its file.

In: a case. Out: `Trace`: every typed field that is filled, by a path such as `metrics[2].after`, with its place; every
line of the sections with the kind of its section; and the fields whose place is not known.

The walk is over the fields of the dataclasses, so a field that `Case` gets tomorrow is traced too. A few fields hold
plain words without a place (`company`, `country`); their place is the line whose label names the field and that says
the words, or the line that they were concluded from (the country from the seat, a missing id from the company).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reportkit.base.origin import Origin, Quote
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Line, Link, Pair, Section
from reportkit.sources.cases.words import FRONT_MATTER, label_field
from reportkit.sources.outline import split_label

_BOOKKEEPING = frozenset({"origin", "dialect", "section_count", "verified", "placeholder", "joined"})
_SECTIONS = ("sections", "file_sections")
_COMPANIONS = {
    "id": "id_origin",
    "title": "origin",
    "employees": "employees_origin",
    "adoption_start": "adoption_origin",
}
# Fields of plain words: the labels that may name them, best first. A sector is what an industry label means.
_LABELS = {
    "id": ("company",),
    "title": ("title",),
    "company": ("company",),
    "company_en": ("company_en", "company"),
    "country": ("country", "headquarters"),
    "industry_raw": ("industry",),
    "sectors": ("industry",),
    "headquarters": ("headquarters",),
    "founded": ("founded",),
    "published": ("published",),
}
_CONCLUDED = frozenset({"id", "country", "sectors"})  # need not be written in the words of the model
_FROM_TITLE = frozenset({"id", "company", "company_en", "industry_raw"})
_KEYS = {key: name for name, keys in FRONT_MATTER.items() for key in keys}


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
    labelled = _labelled(case)
    for field in fields(case):
        name, value = field.name, getattr(case, field.name)
        if name in _BOOKKEEPING or name in _SECTIONS or name.endswith("_origin") or value in (None, (), ""):
            continue
        origin = getattr(case, _COMPANIONS[name]) if name in _COMPANIONS else None
        if origin is not None:
            placed.append(Placed(name, origin))
        elif _is_plain(value):
            found = list(_by_words(case, name, value, labelled))
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


# --- fields of plain words -------------------------------------------------------------------------------------------

_Labelled = Mapping[str, list[tuple[str, Origin]]]


def _by_words(case: Case, name: str, value: Any, labelled: _Labelled) -> Iterator[Placed]:
    """Yield the place of each part of a plain field: the first labelled line that says it, else the title."""
    several = isinstance(value, tuple)
    for index, part in enumerate(value if several else (value,)):
        text = part.raw if isinstance(part, Quantity | Period) else str(part)
        places = [place for label in _LABELS.get(name, ()) for place in labelled.get(label, ())]
        origin = next((origin for words, origin in places if text in words), None)
        if origin is None and name in _CONCLUDED and places:
            origin = places[0][1]
        if origin is None and (text in case.title if name in _FROM_TITLE else name == "sectors"):
            origin = case.origin
        if origin is not None:
            yield Placed(f"{name}[{index}]" if several else name, origin)


def _labelled(case: Case) -> dict[str, list[tuple[str, Origin]]]:
    """Return the words that stand behind the label of each field: in the text, then in the front matter."""
    found: dict[str, list[tuple[str, Origin]]] = {}
    for section in case.sections:
        for line in section.lines:
            label, words = _label_of(line)
            name = label_field(label) if label else None
            if name is not None:
                found.setdefault(name, []).append((words, line.origin))
    for pair in (*case.profile, *case.adoption):
        if (name := label_field(pair.label)) is not None:
            found.setdefault(name, []).append((pair.text, pair.origin))
    for pair in case.front_matter:
        if (name := _KEYS.get(pair.label.rstrip("0123456789").rstrip("."))) is not None:
            found.setdefault(name, []).append((pair.text, pair.origin))
    return found


def _label_of(line: Line) -> tuple[str, str]:
    if line.kind == "row":
        cells = line.cells
        return (cells[0].strip("*"), " ".join(cells[1:])) if len(cells) > 1 and not line.header else ("", "")
    return split_label(line.text) if line.kind in {"text", "item", "number"} else ("", "")
