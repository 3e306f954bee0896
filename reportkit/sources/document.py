"""What a report says about itself: its title, how to cite it, its date, and of which kind it is.

In: the lines of a document. Out: `Imprint`. A line `出典：…` or `出所：…` at the top decides; else the known reports of
`publications.toml`; else the first line of text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportkit.base.text import to_half_width
from reportkit.corpus.corpus import SourceKind

_TOP = 12  # lines in which a header may stand
_SOURCE_LINE = re.compile(r"^[>*#\s]*(?:出典|出所|Source)\**\s*[:：]\s*\**(?P<text>.+)$")
_DATE = re.compile(r"(?P<year>20\d\d)年(?:\s?(?P<month>\d{1,2})月(?:\s?(?P<day>\d{1,2})日)?)?")
_REIWA = re.compile(r"令和(?P<year>\d{1,2})年(?P<edition>版)?")


@dataclass(frozen=True, slots=True)
class Imprint:
    """title: the document's own; publication: how to cite it; date: ISO; kind: None when nothing tells."""

    title: str
    publication: str
    date: str = ""
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class _Publication:
    words: tuple[str, ...]
    kind: SourceKind
    publication: str
    date: str


@cache
def _publications() -> tuple[_Publication, ...]:
    data = tomllib.loads(Path(__file__).with_name("publications.toml").read_text(encoding="utf-8"))
    return tuple(
        _Publication(tuple(_squeeze(word) for word in item["words"]), item["kind"], item["publication"], item["date"])
        for item in data["publication"]
    )


def read_imprint(text: str, lines: Sequence[str]) -> Imprint:
    """Return the imprint of a report."""
    top = [line.lstrip("#>*- \t\u3000").rstrip("* \t\u3000") for line in lines[:_TOP] if line.strip()]
    title = next((line for line in top if line and not _SOURCE_LINE.match(line)), "")
    stated = next((match["text"] for line in lines[:_TOP] if (match := _SOURCE_LINE.match(line))), "")
    squeezed = _squeeze(text)
    known = next((item for item in _publications() if all(word in squeezed for word in item.words)), None)
    if stated:
        publication = stated.split("。")[0].strip("* ")
        date = _date(publication) or (known.date if known else "")
        return Imprint(title, publication, date, known.kind if known else _kind(publication))
    if known is not None:
        return Imprint(title, known.publication, known.date, known.kind)
    return Imprint(title, title, next(filter(None, map(_date, top)), ""))


def _kind(text: str) -> SourceKind | None:
    return "white-paper" if "白書" in text else None


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", to_half_width(text))


def _date(text: str) -> str:
    plain = to_half_width(text)
    if match := _DATE.search(plain):
        parts = [match["year"], *(f"{int(part):02d}" for part in (match["month"], match["day"]) if part)]
        return "-".join(parts)
    if match := _REIWA.search(plain):
        return str(2018 + int(match["year"]))
    return ""
