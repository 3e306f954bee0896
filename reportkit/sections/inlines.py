"""Inline Markdown: `**strong**`, `[text](url)`, a backslash before a sign, slots, and line ends in Japanese.

`**` opens and closes by turns, whatever stands beside it, so that bold works right after 」, 。 or % and before kana,
where CommonMark leaves the asterisks. Source text cannot hold markup (it arrives in slots), so every `**` is meant.

A line of a template is rendered for thousands of documents with other values, so reading is parted from filling:
`wording` says once what a text is made of, `filled` puts the values of one document in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportkit.base.text import display_width
from reportkit.document.inline import Inline, Link, Strong, Text, plain_text
from reportkit.sections.slots import INLINE_MARK, PASSAGE_MARK, Value, in_order

_TOKEN = re.compile(
    f"(?P<slot>{INLINE_MARK})"
    f"|(?P<passage>{PASSAGE_MARK})"
    r"|(?P<strong>\*\*)"
    r"|\[(?P<label>(?:\\.|[^\[\]\n\\])*)\]\((?P<url>[^()\s]*)\)"
    r"|\\(?P<escaped>[\\*\[\]()#>:|-])"
    r"|(?P<newline>[ \t]*\n[ \t]*)"
)
_LINKED = ("https://", "http://", "mailto:")
_KEPT_WORDINGS = 2048  # more than the lines of all our templates in all their branches


class MarkupError(Exception):
    """Inline markup that cannot be read: what, and how to mend it; the block reader adds the place."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class _LineEnd:
    """A line end inside a paragraph; whether it becomes a blank depends on the characters around it."""


@dataclass(frozen=True, slots=True)
class _Strong:
    """Strong words with values in them."""

    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A link with values in it. address: text and slots by turns; slots are counted from its own first one."""

    label: Wording
    address: tuple[str | int, ...]
    first: int


LINE_END = _LineEnd()
_Part = Inline | int | _LineEnd | _Strong | _Link  # an int is the place of a slot within the text


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text is made of, before the values are put in.

    parts: inlines, places of slots, and what holds such. ready: the inlines where there is nothing to put in.
    has_words: our own words alone are more than blanks. has_line_ends: lines must be joined when the values are known.
    """

    parts: tuple[_Part, ...]
    ready: tuple[Inline, ...] | None
    has_words: bool
    has_line_ends: bool


NO_WORDS = Wording((), (), has_words=False, has_line_ends=False)


def read_inlines(text: str, values: Sequence[Value]) -> tuple[Inline, ...]:
    """Return the inlines of a paragraph's text; `values` are what the slots stand for.

    Raises `MarkupError` when a `**` has no partner, or whole blocks stand inside a line.
    """
    marked, found = in_order(text, values)
    return filled(wording(marked), found, 0)


@lru_cache(_KEPT_WORDINGS)
def wording(text: str) -> Wording:
    """Return what a text is made of. text: with its slots as bare marks, as `slots.in_order` leaves them.

    Raises `MarkupError` as `read_inlines` does.
    """
    reader = _Reader()
    position = slots = 0
    for match in _TOKEN.finditer(text):
        if match.start() > position:
            reader.text.append(text[position : match.start()])
        position = match.end()
        match match.lastgroup:
            case "slot":
                reader.add(slots)
                slots += 1
            case "passage":
                raise _misplaced()
            case "strong":
                reader.toggle_strong()
            case "url":
                reader.add(_link(match["label"], match["url"], slots))
                slots += match.group().count(INLINE_MARK)
            case "escaped":
                reader.text.append(match["escaped"])
            case _:
                reader.add(LINE_END)
    if position < len(text):
        reader.text.append(text[position:])
    parts = reader.finish()
    ready = _joined(parts, (), 0) if not slots else None
    return Wording(
        parts,
        ready,
        has_words=bool(plain_text(tuple(part for part in parts if isinstance(part, Text | Strong | Link))).strip()),
        has_line_ends=any(part is LINE_END or (type(part) is _Strong and LINE_END in part.parts) for part in parts),
    )


def filled(words: Wording, values: Sequence[tuple[Inline, ...]], first: int) -> tuple[Inline, ...]:
    """Return the inlines of a wording. values: of the slots of a whole text, of which its own begin at `first`."""
    if words.ready is not None:
        return words.ready
    return (_joined if words.has_line_ends else _put)(words.parts, values, first)


def _put(parts: tuple[_Part, ...], values: Sequence[tuple[Inline, ...]], first: int) -> tuple[Inline, ...]:
    """Return the inlines of parts without line ends: nothing depends on what stands beside it."""
    out: list[Inline] = []
    for part in parts:
        if type(part) is int:
            out += values[first + part]
        elif type(part) is _Strong:
            if children := _put(part.parts, values, first):
                out.append(Strong(children))
        elif type(part) is _Link:
            out += _linked(part, values, first)
        else:
            out.append(part)  # type: ignore[arg-type]  # one of the inlines
    return tuple(out)


def _joined(parts: tuple[_Part, ...], values: Sequence[tuple[Inline, ...]], first: int) -> tuple[Inline, ...]:
    """Return the inlines of parts with line ends."""
    line = _Line()
    line.add_parts(parts, values, first)
    return line.finish()


def _linked(link: _Link, values: Sequence[tuple[Inline, ...]], first: int) -> tuple[Inline, ...]:
    """Return a link; an address that came from a source may be anything, so only web and mail addresses are linked."""
    children = filled(link.label, values, first + link.first)
    address = "".join(
        part if isinstance(part, str) else plain_text(values[first + link.first + part]) for part in link.address
    )
    if not address.startswith(_LINKED):
        return children
    return (Link(children or (Text(address),), address),)


def _link(label: str, url: str, first: int) -> _Part:
    """Return what is known of a link whose slots begin at `first`."""
    words = wording(label)
    if PASSAGE_MARK in url:
        raise _misplaced()
    pieces = url.split(INLINE_MARK)
    if words.ready is not None and len(pieces) == 1 and url.startswith(_LINKED):
        return Link(words.ready or (Text(url),), url)
    inside = label.count(INLINE_MARK)
    address: list[str | int] = [pieces[0]]
    for offset, piece in enumerate(pieces[1:]):
        address += [inside + offset, piece]
    return _Link(words, tuple(address), first)


def _misplaced() -> MarkupError:
    return MarkupError("段落や表は文の中に置けません", "前後を改行し、一行に一つだけ置いてください")


class _Reader:
    """Collects the parts of a text and merges neighbouring words."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.outer: list[_Part] | None = None
        self.text: list[str] = []

    def add(self, part: _Part) -> None:
        self._flush()
        self.parts.append(part)

    def toggle_strong(self) -> None:
        self._flush()
        if self.outer is None:
            self.outer, self.parts = self.parts, []
            return
        inner, self.parts, self.outer = tuple(self.parts), self.outer, None
        is_ready = bool(inner) and all(isinstance(part, Text | Link) for part in inner)
        self.parts.append(Strong(inner) if is_ready else _Strong(inner))  # type: ignore[arg-type]  # only inlines

    def finish(self) -> tuple[_Part, ...]:
        self._flush()
        if self.outer is not None:
            raise MarkupError("「**」が閉じていません", "「**」を対にしてください。文字として書くときは「\\*」とします")
        return tuple(self.parts)

    def _flush(self) -> None:
        if self.text:
            self.parts.append(Text("".join(self.text)))
            self.text.clear()


class _Line:
    """Collects inlines, merges neighbouring text, and decides about line ends once both neighbours are known."""

    def __init__(self) -> None:
        self.inlines: list[Inline] = []
        self.text: list[str] = []
        self.last = ""
        self.pending_break = False

    def add_parts(self, parts: tuple[_Part, ...], values: Sequence[tuple[Inline, ...]], first: int) -> None:
        for part in parts:
            match part:
                case Text(text):
                    self._join(text[0])
                    self.text.append(text)
                    self.last = text[-1]
                case int():
                    self._add(values[first + part])
                case _LineEnd():
                    self.pending_break = True
                case _Link():
                    self._add(_linked(part, values, first))
                case Strong(inner) | _Strong(inner):
                    self._add_strong(inner, values, first)
                case _:
                    self._add((part,))

    def finish(self) -> tuple[Inline, ...]:
        self._flush()
        return tuple(self.inlines)

    def _add(self, inlines: tuple[Inline, ...]) -> None:
        words = plain_text(inlines)
        if words:
            self._join(words[0])
            self.last = words[-1]
        self._flush()
        self.inlines.extend(inlines)

    def _add_strong(self, parts: tuple[_Part, ...], values: Sequence[tuple[Inline, ...]], first: int) -> None:
        self._flush()
        outer, self.inlines = self.inlines, []
        self.add_parts(parts, values, first)
        inner, self.inlines = self.finish(), outer
        if inner:
            self.inlines.append(Strong(inner))

    def _join(self, following: str) -> None:
        if self.pending_break:
            self.pending_break = False
            if self.last and display_width(self.last) == 1 and display_width(following) == 1:
                self.text.append(" ")

    def _flush(self) -> None:
        if self.text:
            self.inlines.append(Text("".join(self.text)))
            self.text.clear()
