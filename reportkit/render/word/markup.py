"""Text as XML, and the few elements that every part of a package needs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportkit.base.text import printable

# What XML or `printable` would change; most text has none of it, so one search is all that it costs.
_SPECIAL = re.compile(
    '[&<>"\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef'
    "\ufeff\ufffe\uffff\U000f0000-\U0010ffff]"
)


def escape(text: str) -> str:
    """Return printable text as XML, for elements and for attributes in double quotes."""
    if _SPECIAL.search(text) is None:
        return text
    text = printable(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


# Digits of any script, and marks that hold one: ² ① ❶ ㉑.
_DIGIT = re.compile("[\\d\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]")
# Marks that Word would take from the Latin font (① … ○ × → ℃), though in Japanese text they belong to the Japanese one.
_EITHER_FONT = re.compile("[\u00a7\u00b0\u00b1\u00b4\u00b6\u00d7\u00f7\u2014-\u206f\u2100-\u2bff]")
_OUTER_BLANKS = re.compile(r"\A\s|\s\s|\s\Z")
_ROW_MARKS = re.compile(r"[\\|{]")


def may_lose_blanks(xml: str) -> bool:
    """Tell whether words have white space that a reader of XML may drop: at an end, or several in a row."""
    return _OUTER_BLANKS.search(xml) is not None


class Words(NamedTuple):
    r"""A text as it is written. xml: escaped. row: the same for a row of the ledger, where `|`, `{` and `\` are marks.

    has_digit: it holds a digit of any script. japanese: it needs the hint that takes its marks from the Japanese font.
    spaced: it has white space that a reader of XML may drop (`may_lose_blanks`).
    """

    xml: str
    row: str
    has_digit: bool
    japanese: bool
    spaced: bool


_LONGEST_KEPT = 200  # characters


def read_words(text: str) -> Words:
    """Return all that a run and the ledger need to know of a text.

    Short ones are kept, since four of five texts of a document (labels, names, words of templates) stand in others too.
    """
    return _kept_words(text) if len(text) <= _LONGEST_KEPT else _read_words(text)


def _read_words(text: str) -> Words:
    xml = escape(text)
    return Words(
        xml,
        _ROW_MARKS.sub(r"\\\g<0>", xml),
        _DIGIT.search(text) is not None,
        not text.isascii() and _EITHER_FONT.search(text) is not None,
        may_lose_blanks(xml),
    )


_kept_words = lru_cache(maxsize=4096)(_read_words)


def text_xml(xml: str, *, spaced: bool) -> str:
    """Return `w:t` with these words, already escaped. spaced: see `Words`."""
    return f'<w:t xml:space="preserve">{xml}</w:t>' if spaced else f"<w:t>{xml}</w:t>"


def relationship_xml(identifier: str, kind: str, target: str, more: str = "") -> str:
    """Return one relationship. kind: its type address; target: escaped; more: further attributes."""
    return f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"{more}/>'


def relationships_xml(links: str) -> str:
    """Return a relationships part."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
