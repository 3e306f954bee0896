"""The Markdown of section templates, read line by line into its parts; every fault knows its template line.

# 見出し            headings of one to three signs
本文の段落。         lines of one paragraph are joined, without a blank between Japanese characters
> 要点の一文        a lead paragraph
note: 小さな注       a note
- 項目 / 1. 項目    lists, nested by indentation
:::chart 名前       an exhibit: chart, table or figures
:::box 題名 … :::   a box; :::warning for a warning
:::points … :::     lowest headings with their lists as a table, heading beside list
---pagebreak---    a new page

In: what Jinja wrote, its slots as bare marks (`slots.in_order`). Out: parts without values, the same for every document
of which Jinja wrote the same: most sections of a thousand cases differ only in their values, so they are read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportkit.document.block import PageBreak
from reportkit.sections.inlines import NO_WORDS, MarkupError, Wording, wording
from reportkit.sections.lint import BOX_DIRECTIVES, DIRECTIVE, FRAME_DIRECTIVES, directive_problem
from reportkit.sections.slots import INLINE_MARK, LINE_MARK, PASSAGE_MARK

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
_KEPT_OUTLINES = 512  # sections in their variants; our cases have about a hundred, each of a few kilobytes


class ReadError(Exception):
    """Markup that cannot be read: what, how to mend it, and the line of the template (0 when unknown)."""

    def __init__(self, what: str, fix: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix
        self.line = line


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a block; first: the place of the first of their slots among those of the whole text."""

    wording: Wording
    first: int = 0


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A heading."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """A paragraph, a lead or a note."""

    words: Words
    role: Literal["body", "lead", "note"]


@dataclass(frozen=True, slots=True)
class EntryPart:
    """An item of a list, not yet nested: an item without words is left out first."""

    indent: int
    ordered: bool
    words: Words


@dataclass(frozen=True, slots=True)
class ListPart:
    """Items that follow each other."""

    entries: tuple[EntryPart, ...]


@dataclass(frozen=True, slots=True)
class PassagePart:
    """Whole blocks that a filter made; place: of their slot."""

    place: int


@dataclass(frozen=True, slots=True)
class ExhibitPart:
    """A chart, a table or key figures; line: of the template."""

    directive: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class BoxPart:
    """A framed box."""

    title: Words
    parts: tuple[Part, ...]
    tone: Literal["info", "warning"]


@dataclass(frozen=True, slots=True)
class PointsPart:
    """Headings with their lists, to be set as a table."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be read; line: of the template."""

    what: str
    fix: str
    line: int


Part = (
    HeadingPart | ParagraphPart | ListPart | PassagePart | ExhibitPart | BoxPart | PointsPart | PageBreak | Fault
)  # in the order of the page


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    indent: int
    first: int  # place of the first slot in it


@lru_cache(_KEPT_OUTLINES)
def outline(text: str) -> tuple[Part, ...]:
    """Return the parts of a rendered section, and in their place the faults of what could not be read."""
    return tuple(_Reader(_lines(text)).parts(inside_box=None))


class _Reader:
    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.at = 0

    def parts(self, inside_box: _Line | None) -> list[Part]:
        """Read up to the end, or to the line that closes the box."""
        found: list[Part] = []
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
            found.append(
                Fault("枠（:::）が閉じていません", "枠の最後に「:::」だけの行を置いてください", inside_box.number)
            )
        return found

    def _plain(self, line: _Line, found: list[Part]) -> None:
        if line.text == PASSAGE_MARK:
            self.at += 1
            found.append(PassagePart(line.first))
            return
        heading = _HEADING.match(line.text)
        if heading and len(heading[1]) <= 3:
            self.at += 1
            words = _words(heading[2], line, found)
            found.append(HeadingPart(len(heading[1]), words))
        elif line.text == PAGE_BREAK:
            self.at += 1
            found.append(PageBreak())
        elif _ITEM.match(line.text):
            self._list(found)
        elif foreign := _foreign(line.text):
            self.at += 1
            found.append(Fault(*foreign, line.number))
        else:
            self._paragraph(line, found)

    def _paragraph(self, line: _Line, found: list[Part]) -> None:
        first = line.text
        role: Literal["body", "lead", "note"] = "body"
        if first.startswith(">"):
            texts = [text.removeprefix(">").lstrip() for text in self._take(lambda each: each.startswith(">"))]
            role = "lead"
        else:
            texts = self._take(_continues)
            note = _NOTE.match(first)
            if note:
                texts[0] = first[note.end() :]
                role = "note"
        found.append(ParagraphPart(_words("\n".join(texts), line, found), role))

    def _take(self, belongs: Callable[[str], bool]) -> list[str]:
        """Take the line that is next, and those after it that belong to it."""
        start = self.at
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at].text and belongs(self.lines[self.at].text):
            self.at += 1
        return [line.text for line in self.lines[start : self.at]]

    def _list(self, found: list[Part]) -> None:
        """Read list items that follow each other, blank lines between them allowed."""
        entries: list[EntryPart] = []
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
            words = _words("\n".join(texts), line, found)
            entries.append(EntryPart(line.indent, item["marker"][-1] in ".)", words))
        found.append(ListPart(tuple(entries)))

    def _item_follows(self) -> bool:
        ahead = self.at
        while ahead < len(self.lines) and not self.lines[ahead].text:
            ahead += 1
        return ahead < len(self.lines) and _ITEM.match(self.lines[ahead].text) is not None

    def _directive(self, line: _Line, found: list[Part]) -> None:
        self.at += 1
        match = DIRECTIVE.match(line.text)
        keyword, rest = (match[1], match[2]) if match else ("", line.text)
        problem = directive_problem(keyword, rest)
        if problem:
            found.append(Fault(*problem, line.number))
        elif not keyword:
            found.append(Fault("閉じる枠がありません（余分な「:::」）", "この行を消してください", line.number))
        elif keyword in FRAME_DIRECTIVES:
            found.append(PointsPart(tuple(self.parts(inside_box=line))))
        elif keyword in BOX_DIRECTIVES:
            title = _words(rest, line, found)
            found.append(BoxPart(title, tuple(self.parts(line)), "warning" if keyword == "warning" else "info"))
        else:
            found.append(ExhibitPart(keyword, rest, line.number))


def _words(text: str, line: _Line, found: list[Part]) -> Words:
    try:
        return Words(wording(text), line.first)
    except MarkupError as error:
        found.append(Fault(error.what, error.fix, line.number))
        return Words(NO_WORDS)


def _lines(rendered: str) -> list[_Line]:
    """Return the lines without their marks; a line that Jinja built without literal text has the number before it."""
    lines = []
    number = slots = 0
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
        lines.append(_Line(number, stripped, len(text) - len(text.lstrip()) if stripped else 0, slots))
        slots += text.count(INLINE_MARK) + text.count(PASSAGE_MARK)
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
