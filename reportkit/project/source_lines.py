"""The lines of the files that a case was read from, each with what it became.

In: the seeds folder, the corpus that was read from it, and one of its cases. The corpus keeps no text, so the files are
read once more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.sources.cases import read_case
from reportkit.sources.cases.coverage import cover, words_of
from reportkit.sources.decode import decode
from reportkit.sources.folder import find_files, open_file
from reportkit.sources.provenance import Trace, trace

# How well a line was understood: words in a typed field; only text of a known section, front matter or footer; only
# text of a section that no synonym fits; words that are in no case; words of another case of the file; no words.
Understood = Literal["field", "text", "other", "nowhere", "elsewhere", "blank"]

_TEXT_FIELDS = ("front_matter[", "remarks[", "footer[")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file and what it became.

    fields: paths of the typed fields; sections: canonical kinds of the sections that keep it as text; cases: ids of
    other cases of the file that it went to; lost: its words that are nowhere.
    """

    number: int
    text: str
    understood: Understood
    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    lost: str = ""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file that a case was read from, and its lines; of a file with several cases, only those around this one."""

    path: str
    lines: tuple[SourceLine, ...]


def raw_files(folder: Path, corpus: Corpus, case: Case) -> tuple[RawFile, ...]:
    """Return every file that the case was read from, the first one first. Files that are gone are left out."""
    found = trace(case)
    places = (case.origin, *(item.origin for item in found.fields), *(item.origin for item in found.passages))
    paths = dict.fromkeys(place.source for place in places)
    data = {file.path: open_file(file).data for file in find_files(folder) if file.path in paths}
    files: list[RawFile] = []
    for path in paths:
        content = data.get(path)
        text = decode(content, path).text if content is not None else None
        if text is not None:
            files.append(RawFile(path, _lines(text, read_case(text, path, corpus.taxonomy).cases, found, path)))
    return tuple(files)


@dataclass(slots=True)
class _Became:
    """What one line became in the shown case."""

    fields: list[str] = field(default_factory=list)
    sections: dict[str, None] = field(default_factory=dict)


def _lines(text: str, cases: Sequence[Case], found: Trace, path: str) -> tuple[SourceLine, ...]:
    became = _became(found, path)
    lost = {line.line: line.text for line in cover(text, cases).lost}
    lines = text.rstrip().split("\n")
    first, last = 1, len(lines)
    elsewhere: dict[int, list[str]] = {}
    if len(cases) > 1 and became:
        first, last = min(became), min(last, max(became))
        elsewhere = _elsewhere(cases, became)
    return tuple(
        _line(number, lines[number - 1], became.get(number, _Became()), elsewhere.get(number, []), lost.get(number, ""))
        for number in range(max(first, 1), last + 1)
    )


def _became(found: Trace, path: str) -> dict[int, _Became]:
    became: dict[int, _Became] = {}
    for placed in found.fields:
        if placed.origin.source == path:
            became.setdefault(placed.origin.line, _Became()).fields.append(placed.path)
    for passage in found.passages:
        if passage.origin.source == path:
            became.setdefault(passage.origin.line, _Became()).sections[passage.kind] = None
    return became


def _elsewhere(cases: Sequence[Case], own: Collection[int]) -> dict[int, list[str]]:
    """Return the ids of the cases that hold the lines which the shown case does not hold."""
    found: dict[int, list[str]] = {}
    for case in cases:
        traced = trace(case)
        held = {item.origin.line for item in traced.fields} | {item.origin.line for item in traced.passages}
        for line in held.difference(own):
            found.setdefault(line, []).append(case.id)
    return found


def _line(number: int, text: str, became: _Became, cases: Sequence[str], lost: str) -> SourceLine:
    fields, sections = tuple(became.fields), tuple(became.sections)
    return SourceLine(number, text, _understood(text, fields, sections, cases, lost), fields, sections, (*cases,), lost)


def _understood(
    text: str, fields: Sequence[str], sections: Sequence[str], cases: Sequence[str], lost: str
) -> Understood:
    if lost:
        return "nowhere"
    if not words_of(text):
        return "blank"
    if any(not path.startswith(_TEXT_FIELDS) for path in fields):
        return "field"
    if fields or (sections and set(sections) != {"other"}):
        return "text"
    if sections:
        return "other"
    return "elsewhere" if cases else "blank"
