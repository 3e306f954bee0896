"""Words in charts: how wide they are, how they are shortened, and what may be printed at all."""

from __future__ import annotations

import math
import unicodedata

from reportkit.base.text import printable

LABEL_SIZE = 9.0  # points: axis labels, data labels, legend
LINE_HEIGHT = LABEL_SIZE * 1.3
ELLIPSIS = "…"
MAX_LABEL = 72  # half-width columns (36 full-width characters) of a category label
MAX_NAME = 60  # the same for the name of a series
_HALF_WIDTH_EM = 0.56  # digits and Latin letters of the usual Japanese fonts, generously


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


def line_count(text: str, width: float, size: float = LABEL_SIZE) -> int:
    """Return how many lines the text takes in a column of `width` points."""
    return max(1, math.ceil(text_width(text, size) / max(width - size * 0.5, size)))


def wrapped(text: str, width: float, size: float = LABEL_SIZE) -> tuple[str, ...]:
    """Return the text in lines of about equal length that fit into `width` points.

    Breaks between any two characters except inside Latin words and numbers, and never before closing punctuation.
    """
    lines = line_count(text, width, size)
    if lines == 1:
        return (text,)
    target = text_width(text, size) / lines
    found: list[str] = []
    line = ""
    for char in text:
        full = text_width(line + char, size) > width
        ready = len(found) < lines - 1 and text_width(line, size) >= target - size * 0.4
        sticks = bool(line) and char.isascii() and line[-1].isascii() and char.isalnum() and line[-1].isalnum()
        if line and (full or ready) and char not in "、。）」』】・ー%％" and not (sticks and not full):
            found.append(line)
            line = ""
        line += char
    return (*found, line) if line else tuple(found)
