"""Remains of markup in report cells: HTML lists, paragraphs, footnote marks. Cell text in, clean lines out.

The reports lost the tags of their list items; items stand side by side, parted by single blanks. A blank after a
Japanese character or a closing bracket parts two items, a blank inside a Latin name (`Llama 2`) does not.

>>> clean_cell('<p>要点</p> <ul style="x"> 製品設計情報 生産設備情報')
(CellLine(text='要点', level=0), CellLine(text='製品設計情報', level=1), CellLine(text='生産設備情報', level=1))
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<\s*(/?)\s*(p|ul|ol|li|br|b|strong|em|i|span|div)\b[^<>]*>", re.IGNORECASE)
_MARKED_ITEM = re.compile(r"•|(?:^|(?<=\s))・")
_ITEM_GAP = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff々〆ー）)」】。％%])\s+(?!\s|等|[(（※/／×+、。])")
_FOOTNOTE = re.compile(
    r"\^\{(?:\*\d+)+\}|\^\*?\d+|(?<=[^\s\d*])(?:\*\d{1,2})+(?=[\s。、）」)]|$)|\s?[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s?(?=[、。）)]|$)|(?<=\S)[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
)
_BLANKS = re.compile(r"\s+")
_SPLIT_LABEL = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff×・/]) (?=[\u3040-\u30ff\u3400-\u9fffA-Za-z&(（])")


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of a cell: level 0 is text, 1 an item of a list, 2 an item below it."""

    text: str
    level: int


def clean_cell(text: str) -> tuple[CellLine, ...]:
    """Return the content of a cell as lines; () for an empty cell."""
    return tuple(_lines(text))


def plain_cell(text: str) -> str:
    """Return the content of a cell as text: paragraphs on their own lines, items behind ・."""
    return "\n".join("　" * (line.level - 1) + "・" + line.text if line.level else line.text for line in _lines(text))


def cell_items(text: str) -> tuple[str, ...]:
    """Return the items of a cell, or its one text when it is no list."""
    lines = tuple(_lines(text))
    items = tuple(line.text for line in lines if line.level)
    return items or tuple(line.text for line in lines)


def plain_label(text: str) -> str:
    """Return a short label without line-break blanks and note marks: `医療× オペレーション・CS` is one word."""
    return _SPLIT_LABEL.sub("", without_notes(_BLANKS.sub(" ", text).strip()))


def without_notes(text: str) -> str:
    """Return the text without footnote marks (`^{*12}`, `*3`, `¹`)."""
    return _FOOTNOTE.sub("", text)


def _lines(text: str) -> Iterator[CellLine]:
    if "<" not in text and "•" not in text and "・ " not in text and "\n" not in text:
        # The usual cell: plain text, or one that starts its items with a middle dot.
        yield from _pieces(text, 0)
        return
    level = position = 0
    for match in _TAG.finditer(text):
        yield from _pieces(text[position : match.start()], level)
        position = match.end()
        name = match[2].casefold()
        if name in {"ul", "ol"}:
            level = max(0, level - 1) if match[1] else level + 1
        elif name == "p":
            level = 0
    yield from _pieces(text[position:], level)


def _pieces(text: str, level: int) -> Iterator[CellLine]:
    plain = html.unescape(text)
    parts = _MARKED_ITEM.split(plain) if _MARKED_ITEM.search(plain) else [plain]
    marked = len(parts) > 1
    for index, part in enumerate(parts):
        depth = level or (1 if marked and index else 0)
        for piece in _ITEM_GAP.split(part) if level and not marked else [part]:
            if words := _BLANKS.sub(" ", piece).strip():
                yield CellLine(without_notes(words), min(depth, 2))
