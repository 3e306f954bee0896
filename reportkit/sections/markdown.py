"""The Markdown of section templates, read line by line into blocks; every error knows its template line.

# 見出し            headings of one to three signs
本文の段落。         lines of one paragraph are joined, without a blank between Japanese characters
> 要点の一文        a lead paragraph
note: 小さな注       a note
- 項目 / 1. 項目    lists, nested by indentation
:::chart 名前       an exhibit: chart, table or figures
:::box 題名 … :::   a box; :::warning for a warning
:::points … :::     lowest headings with their lists as a table, heading beside list
---pagebreak---    a new page
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportkit.document.block import (
    Block,
    Box,
    Heading,
    ItemList,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.chart import Chart
from reportkit.document.inline import Inline, plain_text
from reportkit.document.table import Table
from reportkit.sections.inlines import MarkupError, read_inlines
from reportkit.sections.lint import BOX_DIRECTIVES, DIRECTIVE, FRAME_DIRECTIVES, directive_problem
from reportkit.sections.points import beside
from reportkit.sections.slots import LINE_MARK, SLOT, Passage, Value

Exhibit = Table | Chart | KeyFigures
# directive (`chart`), name, template line -> the exhibit, or None when there is nothing to show
ExhibitSource = Callable[[str, str, int], Exhibit | None]

PAGE_BREAK = "---pagebreak---"
_ITEM = re.compile(r"^(?P<indent>[ \t]*)(?P<marker>[-*]|[0-9]+[.)])[ \t]+(?P<text>.*)$")
_HEADING = re.compile(r"^(#+)\s+(.*?)\s*#*$")
_LEADING_MARKS = re.compile("(?:[ \t]*\ue002([0-9]+)\ue003)+")
_NOTE = re.compile(r"^note[:：]\s*")
_FOREIGN = (
    (re.compile(r"^\|.*\|$"), "Markdown の表は使えません", "表は「:::table 名前」で置いてください"),
    (re.compile(r"^(```|~~~)"), "コードの囲みは使えません", "段落か箇条書きで書いてください"),
    (re.compile(r"^!\["), "画像は使えません", "図は「:::chart 名前」で置いてください"),
    (re.compile(r"^(-{3,}|\*{3,}|_{3,})$"), "区切り線は使えません", f"改ページは「{PAGE_BREAK}」と書いてください"),
    (re.compile(r"^#{4,}"), "見出しは三段階までです", "「###」までの見出しにしてください"),
)


class ReadError(Exception):
    """Markup that cannot be read: what, how to mend it, and the line of the template (0 when unknown)."""

    def __init__(self, what: str, fix: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix
        self.line = line


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    indent: int


def read_blocks(
    rendered: str, values: Sequence[Value], exhibit: ExhibitSource
) -> tuple[tuple[Block, ...], tuple[ReadError, ...]]:
    """Return the blocks of rendered Markdown, and everything that could not be read.

    rendered: what Jinja wrote, with slots and line marks. values: what the slots stand for. exhibit: looks up charts
    and tables; a `ReadError` that it raises is collected with the others.
    """
    reader = _Reader(_lines(rendered), values, exhibit)
    blocks = reader.blocks(inside_box=None)
    return without_empty_headings(blocks), tuple(reader.errors)


def without_empty_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks without headings that have nothing under them, deepest first.

    A section whose charts and tables had nothing to show so disappears together with its heading.
    """
    kept: list[Block] = []
    has_content = False
    deepest_kept = 0  # level of the heading just below, when it stays: it is content for shallower headings only
    for block in reversed(blocks):
        match block:
            case Heading(level=level):
                if has_content or deepest_kept > level:
                    kept.append(block)
                    deepest_kept = level
                has_content = False
            case PageBreak():
                kept.append(block)
            case _:
                kept.append(block)
                has_content = True
                deepest_kept = 0
    kept.reverse()
    if all(isinstance(block, PageBreak) for block in kept):
        return ()
    return tuple(kept)


class _Reader:
    def __init__(self, lines: list[_Line], values: Sequence[Value], exhibit: ExhibitSource) -> None:
        self.lines = lines
        self.values = values
        self.exhibit = exhibit
        self.errors: list[ReadError] = []
        self.at = 0

    def blocks(self, inside_box: _Line | None) -> list[Block]:
        """Read up to the end, or to the line that closes the box."""
        found: list[Block] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text:
                self.at += 1
            elif line.text.startswith(":::"):
                if line.text == ":::" and inside_box is not None:
                    self.at += 1
                    return found
                self._directive(line, found)
            else:
                self._plain(line, found)
        if inside_box is not None:
            self._complain("枠（:::）が閉じていません", "枠の最後に「:::」だけの行を置いてください", inside_box.number)
        return found

    def _plain(self, line: _Line, found: list[Block]) -> None:
        slot = SLOT.fullmatch(line.text)
        passage = self.values[int(slot[1])] if slot else None
        if isinstance(passage, Passage):
            self.at += 1
            found.extend(passage.blocks)
            return
        heading = _HEADING.match(line.text)
        if heading and len(heading[1]) <= 3:
            self.at += 1
            content = self._inlines(heading[2], line.number)
            if plain_text(content).strip():
                found.append(Heading(len(heading[1]), content))
        elif line.text == PAGE_BREAK:
            self.at += 1
            found.append(PageBreak())
        elif _ITEM.match(line.text):
            found.extend(self._lists())
        elif foreign := _foreign(line.text):
            self.at += 1
            self._complain(*foreign, line.number)
        else:
            found.extend(self._paragraph(line))

    def _paragraph(self, line: _Line) -> Iterator[Block]:
        first = line.text
        if first.startswith(">"):
            texts = [text.removeprefix(">").lstrip() for text in self._take(lambda each: each.startswith(">"))]
            role = "lead"
        else:
            texts = self._take(_continues)
            role = "body"
            note = _NOTE.match(first)
            if note:
                texts[0] = first[note.end() :]
                role = "note"
        content = self._inlines("\n".join(texts), line.number)
        if plain_text(content).strip():
            yield Paragraph(content, role)  # type: ignore[arg-type]  # one of the three literals above

    def _take(self, belongs: Callable[[str], bool]) -> list[str]:
        """Take the line that is next, and those after it that belong to it."""
        start = self.at
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at].text and belongs(self.lines[self.at].text):
            self.at += 1
        return [line.text for line in self.lines[start : self.at]]

    def _lists(self) -> list[Block]:
        """Read list items that follow each other, blank lines between them allowed."""
        entries: list[tuple[int, bool, tuple[Inline, ...]]] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            item = _ITEM.match(line.text) if line.text else None
            if item is None:
                if line.text or not self._item_follows():
                    break
                self.at += 1
                continue
            self.at += 1
            texts = [item["text"]]
            while self.at < len(self.lines):
                following = self.lines[self.at]
                if not following.text or following.indent <= line.indent or not _continues(following.text):
                    break
                texts.append(following.text)
                self.at += 1
            content = self._inlines("\n".join(texts), line.number)
            if plain_text(content).strip():
                entries.append((line.indent, item["marker"][-1] in ".)", content))
        return list(_nest(entries))

    def _item_follows(self) -> bool:
        ahead = self.at
        while ahead < len(self.lines) and not self.lines[ahead].text:
            ahead += 1
        return ahead < len(self.lines) and _ITEM.match(self.lines[ahead].text) is not None

    def _directive(self, line: _Line, found: list[Block]) -> None:
        self.at += 1
        match = DIRECTIVE.match(line.text)
        keyword, rest = (match[1], match[2]) if match else ("", line.text)
        problem = directive_problem(keyword, rest)
        if problem:
            self._complain(*problem, line.number)
        elif not keyword:
            self._complain("閉じる枠がありません（余分な「:::」）", "この行を消してください", line.number)
        elif keyword in FRAME_DIRECTIVES:
            found.extend(beside(without_empty_headings(self.blocks(inside_box=line)), at_least=1))
        elif keyword in BOX_DIRECTIVES:
            title = self._inlines(rest, line.number)
            blocks = without_empty_headings(self.blocks(inside_box=line))
            if blocks:
                found.append(Box(title, blocks, "warning" if keyword == "warning" else "info"))
        else:
            try:
                exhibit = self.exhibit(keyword, rest, line.number)
            except ReadError as error:
                self.errors.append(error)
            else:
                if exhibit is not None:
                    found.append(exhibit)

    def _inlines(self, text: str, line: int) -> tuple[Inline, ...]:
        try:
            return read_inlines(text, self.values)
        except MarkupError as error:
            self._complain(error.what, error.fix, line)
            return ()

    def _complain(self, what: str, fix: str, line: int) -> None:
        self.errors.append(ReadError(what, fix, line))


def _lines(rendered: str) -> list[_Line]:
    """Return the lines without their marks; a line that Jinja built without literal text has the number before it."""
    lines = []
    number = 0
    for raw in rendered.split("\n"):
        text = raw
        while text.startswith("\ue002"):  # the last mark counts: a line with nothing but a tag leaves its mark too
            mark, _, text = text[1:].partition("\ue003")
            number = int(mark)
        if "\ue002" in text:
            behind_blanks = _LEADING_MARKS.match(text)
            if behind_blanks:
                number = int(behind_blanks[1])
            text = LINE_MARK.sub("", text)
        if "\t" in text:
            text = text.expandtabs(4)
        stripped = text.strip()
        lines.append(_Line(number, stripped, len(text) - len(text.lstrip()) if stripped else 0))
    return lines


def _continues(text: str) -> bool:
    """Tell whether a line can go on with the paragraph above it, or begins something of its own."""
    return not (
        text.startswith((":::", ">", "#", PAGE_BREAK)) or _ITEM.match(text) or _NOTE.match(text) or _foreign(text)
    )


def _foreign(text: str) -> tuple[str, str] | None:
    if text[0] not in "|`~!-*_#":
        return None
    return next(((what, fix) for pattern, what, fix in _FOREIGN if pattern.match(text)), None)


def _nest(entries: list[tuple[int, bool, tuple[Inline, ...]]]) -> Iterator[ItemList]:
    """Yield lists from flat entries (indent, ordered, content); deeper indents become children."""
    start = 0
    while start < len(entries):
        indent, ordered, _ = entries[start]
        items: list[ListItem] = []
        while start < len(entries) and entries[start][0] >= indent and (entries[start][1] == ordered):
            content = entries[start][2]
            end = start + 1
            while end < len(entries) and entries[end][0] > indent:
                end += 1
            items.append(ListItem(content, _children(entries[start + 1 : end])))
            start = end
        yield ItemList(tuple(items), ordered)


def _children(entries: list[tuple[int, bool, tuple[Inline, ...]]]) -> tuple[ListItem, ...]:
    return tuple(item for nested in _nest(entries) for item in nested.items)
