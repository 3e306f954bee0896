"""A Markdown document as a flat outline: one piece per line of text, with its line number, kind and depth.

In: the lines of a document. Out: `Piece`s in order. Reads what case files really use: headings, paragraphs, nested
lists, tables with and without separator rows, code fences, bold lines that stand for headings, quotes, links, thematic
breaks. Line by line and in linear time, whatever the text; nothing raises and no line of text is left out.

>>> [(piece.kind, piece.text) for piece in read_outline(["# 社名", "- **業界**: 金融"])]
[('heading', '社名'), ('item', '業界: 金融')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.base.text import shared

PieceKind = Literal["heading", "text", "item", "number", "row", "label", "code", "quote", "rule"]


@dataclass(slots=True)
class Piece:
    """One line of the document.

    It lives as long as its file is read, and nobody changes it; frozen, it would take three times as long to make.
    text: the words without Markdown marks; code keeps its blanks. level: of a heading, or depth of a list item from 1.
    cells: of a table row; header: the row stands above a separator row; table: number of the table, 0 outside of one.
    links: (title, address) as written; a bare address has the title "".
    label, value: both sides of `**項目**: 値` and `項目：値`; "" when the line has no label.
    end_line: last line of a piece that was put together from several; 0 for one line.
    """

    kind: PieceKind
    text: str
    line: int
    level: int = 0
    cells: tuple[str, ...] = ()
    header: bool = False
    table: int = 0
    links: tuple[tuple[str, str], ...] = ()
    label: str = ""
    value: str = ""
    end_line: int = 0


_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
# Marks of list items; coverage takes the same marks for no words.
# The letters that the pattern below may begin with: one look instead of a match.
_ITEM_BEGINS = frozenset("-*+•‣◦(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳・●◆■▪0123456789０１２３４５６７８９")
ITEM_MARK = re.compile(
    r"([-*+•‣◦])(?:[ \t　]+|$)"
    r"|([0-9０-９]{1,9}[.)](?:[ \t　]+|$)|[0-9０-９]{1,3}[．）](?![0-9０-９])|[(（][0-9０-９]{1,2}[)）](?=[ \t　]*\D)"
    r"|[①-⑳])[ \t　]*"
    r"|([・●◆■▪])[ \t　]*(?![・…●◆■])(?=\S)"
)
CHECK_BOX = re.compile(r"\[([ xX])\][ \t]+")
_BOLD_LINE = re.compile(r"\*\*([^*]+)\*\*[ \t]*[:：]?")
_BOLD_LABEL = re.compile(r"\*\*([^*]{1,80})\*\*[ \t]*([:：]?)")
_PLAIN_LABEL = re.compile(r"([^:：。「」\[\]|]{1,40})(?:：|:(?!//|[0-9]))")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"]*\")?\)")
_AUTO_LINK = re.compile(r"<(https?://[^<>\s]+)>")
_URL = re.compile(r"https?://[^\s<>\"|「」『』【】、。，）（]+")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_CODE_SPAN = re.compile(r"`([^`]+)`")
_ESCAPED = re.compile(r"\\([|*_`\[\]#])")
_MARKED = re.compile(r"[*`<\\]|\[|https?://")
_BOLD_MARK = re.compile(r"(?<=\S)\*\*|\*\*(?=\S)")
_SLANTED = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*")
_MAX_DEPTH = 12
_LONGEST_BARE_ROW = 1000  # characters of a table row without outer bars and separator row


def read_outline(lines: Sequence[str], first_line: int = 1) -> tuple[Piece, ...]:
    """Return the pieces of the lines; `first_line` is the number of the first one in its file."""
    return _Reader(lines, first_line).read()


def clean_text(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the words without Markdown marks, and the links in them. Braces, `<`, `&`, `|` stay as they are."""
    if not _MARKED.search(text):
        return text, ()
    links: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        title = shared(_plain_marks(match[1]).strip())
        links.append((title, match[2]))
        return title or match[2]

    if "<" in text:
        text = _BREAK.sub(" ", text)
    if "](" in text:
        text = _LINK.sub(take, text)
    if "<" in text:
        text = _AUTO_LINK.sub(r"\1", text)
    if "://" in text:
        known = {url for _, url in links}
        links.extend(("", url) for found in _URL.findall(text) if (url := _trim_url(found)) not in known)
    return _plain_marks(text), tuple(links)


def split_label(text: str) -> tuple[str, str]:
    """Return both sides of `**項目**: 値` or `項目：値`, marks still in them; ("", "") when there is no label."""
    if ":" not in text and "：" not in text:
        return "", ""
    bold = _BOLD_LABEL.match(text) if text.startswith("**") else None
    if bold is not None and (bold[2] or bold[1].rstrip().endswith((":", "："))):
        return bold[1].strip().rstrip(":：").rstrip(), text[bold.end() :].strip()
    match = _PLAIN_LABEL.match(text)
    return ("", "") if match is None else (match[1].strip(), text[match.end() :].strip())


def split_cells(line: str) -> list[str]:
    """Return the cells of a table row, marks still in them; an escaped bar does not part cells."""
    row = line.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    cells = row.split("|")
    if "\\" not in row:
        return [cell.strip() for cell in cells]
    joined: list[str] = []
    for cell in cells:
        if joined and joined[-1].endswith("\\"):
            joined[-1] = f"{joined[-1][:-1]}|{cell}"
        else:
            joined.append(cell)
    return [cell.strip() for cell in joined]


def _plain_marks(text: str) -> str:
    if "*" in text:
        text = _BOLD_MARK.sub("", text)
        if text.startswith("*") and text.endswith("*") and (match := _SLANTED.fullmatch(text)):
            text = match[1]
    if "`" in text:
        text = _CODE_SPAN.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _trim_url(url: str) -> str:
    url = url.rstrip(".,;:!?'*")
    surplus = url.count(")") - url.count("(")
    closing = len(url) - len(url.rstrip(")"))
    return url[: len(url) - min(surplus, closing)] if surplus > 0 else url


class _Reader:
    """Walks over the lines once; state is the open fence, the open table and the indents of the open list."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.pieces: list[Piece] = []
        self.fence = ""
        self.tables = 0
        self.in_table = False
        self.rows = 0
        self.indents: list[int] = []

    def read(self) -> tuple[Piece, ...]:
        for index, line in enumerate(self.lines):
            number = self.first_line + index
            stripped = line.strip(" \t")
            if self.fence:
                self._code(line, stripped, number)
            elif not stripped:
                self.in_table = False
            elif stripped.startswith(("```", "~~~")):
                self.fence = stripped[:3]
                self.in_table = False
                if stripped[3:].strip("`~ "):
                    self.pieces.append(Piece("code", stripped[3:].strip(), number))
            elif stripped[0] == "|" or self._starts_table(index, stripped):
                self._row(index, stripped, number)
            else:
                self.in_table = False
                self._line(line, stripped, number)
        return tuple(self.pieces)

    def _code(self, line: str, stripped: str, number: int) -> None:
        if stripped.startswith(self.fence) and not stripped.strip("`~ "):
            self.fence = ""
        elif stripped:
            self.pieces.append(Piece("code", line.rstrip(), number))

    def _starts_table(self, index: int, stripped: str) -> bool:
        """Tell whether a line without leading bar is a table row: inside a table, or above a separator row."""
        if "|" not in stripped:
            return False
        return self.in_table or self._separated(index) or self._bare_rows(index, stripped)

    def _bare_rows(self, index: int, stripped: str) -> bool:
        """Tell whether a line and the next one are rows without outer bars: as many cells, none of them a list item."""
        if " | " not in stripped or index + 1 == len(self.lines) or len(stripped) > _LONGEST_BARE_ROW:
            return False
        below = self.lines[index + 1].strip(" \t")
        return (
            below.count(" | ") == stripped.count(" | ")
            and len(below) <= _LONGEST_BARE_ROW
            and not any(line[0] in "#>" or ITEM_MARK.match(line) for line in (stripped, below))
        )

    def _separated(self, index: int) -> bool:
        """Tell whether a separator row stands below the line."""
        return index + 1 < len(self.lines) and _is_separator(self.lines[index + 1])

    def _row(self, index: int, stripped: str, number: int) -> None:
        if not self.in_table:
            self.tables += 1
            self.in_table = True
            self.rows = 0
        self.rows += 1
        if self.rows <= 2 and _is_separator(stripped):  # further down, dashes are cells without a value
            return
        header = self.rows == 1 and self._separated(index)
        links: list[tuple[str, str]] = []
        cells = split_cells(stripped)
        if _MARKED.search(stripped):
            for index, raw in enumerate(cells):
                cells[index], found = clean_text(raw)
                links.extend(found)
        cells = [shared(cell) for cell in cells]
        self.pieces.append(Piece("row", " | ".join(cells), number, 0, tuple(cells), header, self.tables, tuple(links)))

    def _line(self, line: str, stripped: str, number: int) -> None:
        first = stripped[0]
        if first == "#" and (heading := heading_of(stripped)) is not None:
            self.indents.clear()
            text, links = clean_text(heading[1])
            self.pieces.append(Piece("heading", shared(text), number, level=heading[0], links=links))
        elif first in "-*_" and _RULE.fullmatch(stripped):
            self.indents.clear()
            self.pieces.append(Piece("rule", "", number))
        elif first == ">":
            quoted = stripped.lstrip("> \t")
            if item := ITEM_MARK.match(quoted):  # a list that is set as a quotation is a list
                self._item(quoted, quoted, item, number)
                return
            text, links = clean_text(quoted)
            self.pieces.append(Piece("quote", text, number, links=links))
        elif first in _ITEM_BEGINS and (item := ITEM_MARK.match(stripped)):
            self._item(line, stripped, item, number)
        elif first == "*" and (bold := _BOLD_LINE.fullmatch(stripped)):
            self.indents.clear()
            text, links = clean_text(bold[1].strip().rstrip(":："))
            self.pieces.append(Piece("label", shared(text), number, links=links))
        else:
            if line[0] not in " \t":
                self.indents.clear()
            self._labelled("text", stripped, number, 0)

    def _item(self, line: str, stripped: str, item: re.Match[str], number: int) -> None:
        indent = len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4)) if line[0] in " \t" else 0
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        kind: PieceKind = "number" if item[2] else "item"
        text = stripped[item.end() :].strip()
        level = min(len(self.indents), _MAX_DEPTH)
        if text.startswith("[") and (box := CHECK_BOX.match(text)):
            self._labelled(kind, text[box.end() :], number, level, "☐ " if box[1] == " " else "☑ ")
        else:
            self._labelled(kind, text, number, level)

    def _labelled(self, kind: PieceKind, raw: str, number: int, level: int, mark: str = "") -> None:
        label, value = split_label(raw)
        links: tuple[tuple[str, str], ...] = ()
        text = raw
        if _MARKED.search(raw):
            text, links = clean_text(raw)
            label, value = clean_text(label)[0], clean_text(value)[0]
        if mark:
            text = mark + text
        if label:
            label, value = shared(label), shared(value)
        self.pieces.append(Piece(kind, shared(text), number, level, (), False, 0, links, label, value))


def _is_separator(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip("|-: \t")


def heading_of(stripped: str) -> tuple[int, str] | None:
    """Return level and text of a heading, or None (`#タグ` is text, `##見出し` is a heading without its blank)."""
    text = stripped.lstrip("#")
    level = len(stripped) - len(text)
    if not 1 <= level <= 6 or (level == 1 and text and text[0] not in " \t　"):
        return None
    text = text.strip()
    bare = text.rstrip("#")
    return level, bare.rstrip() if bare != text and bare.endswith((" ", "\t")) else text
