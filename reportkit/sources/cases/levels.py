"""Headings at unusual levels brought to the usual ones: the title at level 1, the sections of a case at level 2.

In: the headings of a file, as (level, text). Out: how far each moves. Files whose sections stand at level 1 beside the
title, or at level 3 and deeper, are read as if they stood at level 2. In files with several cases the case has level 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportkit.sources.cases.words import is_section_title, section_kind
from reportkit.sources.outline import Piece

BAR_HEADING = re.compile(r"[0-9]{2,4}\s*[|｜]\s*\S")
NUMBER_HEADING = re.compile(r"[0-9]{3,4}(?:[.．_]\s*|\s+[-–—]\s+)\S")
_NUMBER = re.compile(r"^[0-9]{2,4}[\s.．_|｜–—-]*")
_FEW = 2  # sections that make a level the one of the sections
_CASE_KINDS = frozenset(
    {"basic_info", "summary", "quant_effect", "qual_effect", "background", "solution", "tech_stack", "process",
     "success_factors", "issues", "cost_roi", "organisation", "outlook", "lessons", "fact_check", "references"}
)  # fmt: skip


def usual_levels(headings: Sequence[tuple[int, str]]) -> list[int]:
    """Return the level of each heading with the sections at level 2."""
    levels = _raised([level for level, _ in headings], headings)
    headings = [(level, text) for level, (_, text) in zip(levels, headings, strict=True)]
    if not levels:
        return levels
    if parted := _below_the_title(headings):
        return parted
    sections = _known(headings, 2)
    if sections >= _FEW:
        return levels
    if levels.count(1) > _FEW and _known(headings, 1) >= max(_FEW, sections + 1):
        titled = levels[0] == 1 and not is_section_title(headings[0][1])
        return [1 if titled and not place else min(level + 1, 6) for place, level in enumerate(levels)]
    if 2 not in levels:
        first = min((level for level in levels if level > 2), default=0)
        if first and _known(headings, first) >= _FEW:
            return [level - first + 2 if level > 2 else level for level in levels]
    return levels


def _raised(levels: list[int], headings: Sequence[tuple[int, str]]) -> list[int]:
    """Return the levels with the one heading above all others at level 1, where a file has none at that level."""
    if not levels:
        return levels
    top = min(levels)
    if top == 1 or levels[0] != top or levels.count(top) > 1 or len(levels) == 1 or is_section_title(headings[0][1]):
        return levels
    return [level - top + 1 for level in levels]


def _below_the_title(headings: Sequence[tuple[int, str]]) -> list[int]:
    """Return the levels of a file whose cases have a numbered level-1 heading each: these at 2, their sections at 3.

    [] when the file is not of that kind.
    """
    names = {place for place, (level, text) in enumerate(headings) if level == 1 and _opens_case(text)}
    titles = [place for place, (level, _) in enumerate(headings) if level == 1 and place not in names]
    if len(names) < _FEW or len(titles) > len(names):
        return []
    below = min((level for level, _ in headings if level > 1), default=3)
    found: list[int] = []
    for place, (level, _) in enumerate(headings):
        if level > 1:
            found.append(min(level + 3 - below, 6))
        else:
            found.append(1 if place == 0 and place not in names else 2)
    return found


def _opens_case(text: str) -> bool:
    return (BAR_HEADING.match(text) or NUMBER_HEADING.match(text)) is not None and not is_numbered_section(text)


def is_numbered_section(text: str) -> bool:
    """Tell whether a numbered heading is what sections of cases are called (`003. 定量的効果`), and names no case."""
    return is_section_title(_NUMBER.sub("", text))


def _known(headings: Sequence[tuple[int, str]], level: int) -> int:
    """Return how many kinds of sections the headings of a level name."""
    return len({kind for at, text in headings if at == level and (kind := section_kind(text)) in _CASE_KINDS})


def with_usual_levels(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the outline with its headings at their usual levels."""
    headings = [(piece.level, piece.text) for piece in pieces if piece.kind == "heading"]
    levels = usual_levels(headings)
    if levels == [level for level, _ in headings]:
        return pieces
    rest = iter(levels)
    return [replace(piece, level=next(rest)) if piece.kind == "heading" else piece for piece in pieces]
