"""Small text tools for Japanese: widths, full-width ASCII, and characters that no document may hold."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Only the full-width forms of ASCII and the ideographic space; NFKC would also turn ① and ¹ into 1, which are notes.
_HALF_WIDTH = {chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)} | {"\u3000": " "}
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]")
# Controls, surrogates, private use (also our own slot marks), direction overrides, byte-order mark, non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufeff\ufffe\uffff\U000f0000-\U0010ffff]"
)


_SHARED = 24  # words that short stand in many files: labels, headings of columns, 高, 取得不可, 約1,000万円


def shared(text: str) -> str:
    """Return the same short words as one and the same string, wherever they were read; long ones as they are.

    Not by `sys.intern`: its table is that of the whole process, never shrinks, and takes megabytes more at a time.
    """
    return _first_met(text) if len(text) <= _SHARED else text


@lru_cache(maxsize=8192)
def _first_met(text: str) -> str:
    return text


def to_half_width(text: str) -> str:
    """Return the text with full-width ASCII (５７％：) as ASCII; marks such as ① ¹ and kana stay as they are."""
    return text if text.isascii() else _FULL_WIDTH.sub(_half_width, text)


def _half_width(match: re.Match[str]) -> str:
    return _HALF_WIDTH[match[0]]


def display_width(text: str) -> int:
    """Return the width in half-width columns: wide and full-width characters count two."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """The widths of single characters, looked up once each; there are only some thousand in use."""

    def __missing__(self, char: str) -> int:
        width = self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def printable(text: str) -> str:
    """Return the text without what XML forbids or what would disturb a page.

    Tabs and line breaks become blanks; control, private-use and direction-changing characters go.
    """
    if text.isprintable():  # nearly all words are, and Python's own idea of it is stricter than ours
        return text
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))


def split_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without what stands in ASCII brackets, and the outermost bracketed pieces in order.

    An unclosed bracket takes in the rest of the text. Use `to_half_width` first for （）.

    >>> split_brackets("約2.5億円 (年間)")
    ('約2.5億円  ', ('年間',))
    """
    if "(" not in text:
        return text, ()
    outside: list[str] = []
    inside: list[str] = []
    depth = start = 0
    for position, char in enumerate(text):
        if char == "(":
            if depth == 0:
                outside.append(text[start:position])
                start = position + 1
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                inside.append(text[start:position])
                start = position + 1
    (inside if depth else outside).append(text[start:])
    return " ".join(outside), tuple(inside)
