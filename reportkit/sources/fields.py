"""Fields of the report (industry x function) by any of its spellings.

In: text such as `金融保険× オペレーション/CS` or a page title. Out: canonical sectors and function.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportkit.base.text import to_half_width
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.taxonomy import find_function, find_sector, spelling_key

_BUILT_IN = Path(__file__).with_name("fields.toml")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field: its name, canonical sectors (() = across industries), canonical function (None = no single one)."""

    name: str
    sectors: tuple[str, ...]
    function: str | None
    merged_data: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    field: FieldName
    words: tuple[str, ...]


@cache
def _data() -> tuple[tuple[_Known, ...], dict[str, tuple[str, ...]]]:
    data = tomllib.loads(_BUILT_IN.read_text(encoding="utf-8"))
    known = tuple(
        _Known(
            FieldName(
                item["name"], tuple(item["sectors"]), item["function"] or None, bool(item.get("merged_data", False))
            ),
            tuple(sorted(map(spelling_key, (item["name"], *item["words"])), key=len, reverse=True)),
        )
        for item in data["field"]
    )
    industries = {spelling_key(label): tuple(names) for label, names in data["industries"].items()}
    return known, industries


def winning_field(text: str) -> FieldName | None:
    """Return the winning field whose name the text begins with, or None."""
    key = spelling_key(text)
    for known in _data()[0]:
        if any(key.startswith(word) for word in known.words):
            return known.field
    return None


def find_industries(label: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the sectors that an industry label of the report means; () when it fits none."""
    named = _data()[1].get(spelling_key(label))
    if named is not None:
        return named
    sector = find_sector(taxonomy, label)
    if sector is None:
        return ()
    return sector.members or (sector.name,)


def read_field(text: str, taxonomy: Taxonomy) -> FieldName:
    """Return the field that `産業×機能`, an industry, or a function alone names; parts that fit nothing stay empty."""
    name = to_half_width(text).strip()
    left, _, right = name.partition("×")
    plain_left = _BRACKETS.sub("", left).strip()
    plain_right = _BRACKETS.sub("", right).strip()
    if plain_right:
        function = find_function(taxonomy, right) or find_function(taxonomy, plain_right)
        sectors = find_industries(left, taxonomy) or find_industries(plain_left, taxonomy)
        if not sectors and (known := winning_field(name)) is not None:
            sectors = known.sectors
        return FieldName(name, sectors, function.name if function else None)
    alone = find_function(taxonomy, left) or find_function(taxonomy, plain_left)
    if alone is not None:
        return FieldName(name, (), alone.name)
    known = winning_field(name)
    if known is not None:
        return FieldName(name, known.sectors, known.function)
    return FieldName(name, find_industries(plain_left, taxonomy), None)
