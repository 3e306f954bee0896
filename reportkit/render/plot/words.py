"""Words in charts: how wide they are, how they are shortened, and what may be printed at all."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from reportkit.base.text import display_width, printable

LABEL_SIZE = 9.0  # points: axis labels, data labels, legend
LINE_HEIGHT = LABEL_SIZE * 1.3
ELLIPSIS = "…"
MAX_LABEL = 72  # half-width columns (36 full-width characters) of a category label
MAX_NAME = 60  # the same for the name of a series
_NEVER_FIRST = "、。，．・）)」』】〕％%ー〜～々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…"
_NEVER_LAST = "（(「『【〔"
_HALF_WIDTH_EM = 0.56  # digits and Latin letters of the usual Japanese fonts, generously


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Return about how wide the text is, in points; rather too wide than too narrow."""
    ems = sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else _HALF_WIDTH_EM for char in text)
    return ems * size


def clean(text: str) -> str:
    """Return the text without characters that XML or a page cannot hold, blanks at the ends taken off."""
    return printable(text).strip()


def shortened(text: str, columns: int = MAX_LABEL) -> str:
    """Return the cleaned text cut to a number of half-width columns, with … in place of what was cut."""
    text = clean(text)
    if display_width(text) <= columns:
        return text
    used = 0
    kept: list[str] = []
    for char in text:
        used += 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        kept.append(char)
        if used > columns:
            while kept and used > columns - 2:
                used -= 2 if unicodedata.east_asian_width(kept.pop()) in "WFA" else 1
            return "".join(kept).rstrip() + ELLIPSIS
    return text


def line_count(text: str, width: float) -> int:
    """Return how many lines the text takes in a column of `width` points."""
    needed = text_width(text)
    return 1 if needed <= width else math.ceil(needed / max(width - LABEL_SIZE * 0.5, LABEL_SIZE))


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Return the text in lines of about equal length that fit into `width` points (or are one character long).

    Breaks after ・ and 、 and before （ where that is near, never inside a Latin word or a number, and never so that a
    line begins with closing punctuation or a small kana.
    """
    lines: list[str] = []
    left = line_count(text, width)
    while left > 1 and text_width(text) > width:
        target = text_width(text) / left
        place = min(range(1, len(text)), key=lambda at: _break_cost(text, at, target, width), default=len(text))
        lines.append(text[:place].rstrip())
        text = text[place:].lstrip()
        left = max(left - 1, line_count(text, width))
    return (*lines, text)


def _break_cost(text: str, place: int, target: float, width: float) -> float:
    """Return how bad it is to break the text before the character at `place`."""
    before, after = text[place - 1], text[place]
    length = text_width(text[:place])
    cost = abs(length - target) / LABEL_SIZE
    if length > width and place > 1:
        cost += 1000 + length
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        cost += 100
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        cost += 50
    if before in "・、／/ " or after in "（(「":
        return cost
    return cost + (3 if _is_katakana(before) and _is_katakana(after) else 2)


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ー"
