"""Headings at unusual levels brought to the usual ones: the title at level 1, the sections of a case at level 2.

In: the headings of a file, as (level, text). Out: how far each moves. Files whose sections stand at level 1 beside the
title, or at level 3 and deeper, are read as if they stood at level 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportkit.sources.cases.words import is_section_title, section_kind
from reportkit.sources.outline import Piece

_FEW = 2  # sections that make a level the one of the sections
_CASE_KINDS = frozenset(
    {"basic_info", "summary", "quant_effect", "qual_effect", "background", "solution", "tech_stack", "process",
     "success_factors", "issues", "cost_roi", "organisation", "outlook", "lessons", "fact_check", "references"}
)  # fmt: skip


def usual_levels(headings: Sequence[tuple[int, str]]) -> list[int]:
    """Return the level of each heading with the sections at level 2."""
    levels = [level for level, _ in headings]
    known = {level: _known(headings, level) for level in set(levels)}
    if known.get(2, 0) >= _FEW or not levels:
        return levels
    ones = levels.count(1)
    if ones > _FEW and known.get(1, 0) >= _FEW and known.get(1, 0) > known.get(2, 0):
        titled = levels[0] == 1 and not is_section_title(headings[0][1])
        return [1 if titled and not place else min(level + 1, 6) for place, level in enumerate(levels)]
    if 2 not in levels:
        first = min((level for level in levels if level > 2), default=0)
        if first and known[first] >= _FEW:
            return [level - first + 2 if level > 2 else level for level in levels]
    return levels


def _known(headings: Sequence[tuple[int, str]], level: int) -> int:
    return len({kind for at, text in headings if at == level and (kind := section_kind(text)) in _CASE_KINDS})


def with_usual_levels(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the outline with its headings at their usual levels."""
    headings = [(piece.level, piece.text) for piece in pieces if piece.kind == "heading"]
    levels = usual_levels(headings)
    if levels == [level for level, _ in headings]:
        return pieces
    rest = iter(levels)
    return [replace(piece, level=next(rest)) if piece.kind == "heading" else piece for piece in pieces]
