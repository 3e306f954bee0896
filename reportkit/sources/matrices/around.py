"""The text around a table: its question, its notes, and how many answers were allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.base.origin import Quote
from reportkit.base.text import to_half_width
from reportkit.sources.blocks import Block
from reportkit.sources.matrices.cells import read_cell

_NOTE = re.compile(r"(?:\d{1,2}[.)．]\s|注\s?\d*[.:：)）]|（注|※|note\s?:|\^\{?\*)")
_BETWEEN = ("Source", "出典", "出所", "資料", ":", "：", "■", "□")  # lines that may stand between table and notes
_QUESTION = re.compile(r"質問文?\s*[:：]?\s*")
_MULTIPLE = re.compile(r"最大(\d+)つ|(\d+)つまで")
_ALL_THAT_APPLY = re.compile(r"(?:全|すべ)て(?:お選び|選択|回答)|複数回答")


def text_below(lines: Sequence[str], block: Block, later: Sequence[Block]) -> tuple[tuple[int, str], ...]:
    """Return the text lines after the table, up to the next table that has several rows of numbers."""
    end = len(lines)
    for following in later:
        if sum(any(read_cell(text).value is not None for text in row.cells[1:]) for row in following.rows) > 2:
            end = following.line - 1
            break
    return tuple(
        (number, text)
        for number, line in enumerate(lines[block.end_line : end], start=block.end_line + 1)
        if "\t" not in line and (text := line.strip())
    )


def questions_of(below: Sequence[tuple[int, str]], block: Block, source: str) -> tuple[Quote, ...]:
    """Return the question: the line that starts with 質問文, and the bracketed variants under it."""
    for position, (line, text) in enumerate(below):
        plain = text.lstrip("-*> ")
        match = _QUESTION.match(plain)
        if match is None:
            continue
        quotes = []
        if rest := plain[match.end() :].strip("* "):
            quotes.append(Quote(rest, block.place(source, line)))
        for number, following in below[position + 1 :]:
            variant = following.lstrip("-*> ")
            if not variant.startswith(("(", "（")):
                break
            quotes.append(Quote(variant, block.place(source, number)))
        return tuple(quotes)
    return ()


def notes_of(below: Sequence[tuple[int, str]], block: Block, source: str) -> tuple[Quote, ...]:
    """Return the notes under the table: the numbered or marked lines before running text begins."""
    notes: list[Quote] = []
    for line, text in below[:14]:
        plain = text.lstrip("-*> ")
        if _NOTE.match(plain):
            notes.append(Quote(plain, block.place(source, line)))
        elif not plain.startswith(_BETWEEN):
            break
    return tuple(notes)


def answers_allowed(questions: Sequence[Quote], block: Block) -> tuple[bool, int | None]:
    """Return whether several answers were allowed, and how many at most (None = any number)."""
    texts = [to_half_width(quote.text) for quote in questions] + [to_half_width(text) for _, text in block.above[:6]]
    for text in texts:
        if match := _MULTIPLE.search(text):
            return True, int(match[1] or match[2])
    return any(_ALL_THAT_APPLY.search(text) for text in texts[: len(questions) or None]), None
