"""Inline Markdown: `**strong**`, `[text](url)`, a backslash before a sign, slots, and line ends in Japanese.

`**` opens and closes by turns, whatever stands beside it, so that bold works right after 」, 。 or % and before kana,
where CommonMark leaves the asterisks. Source text cannot hold markup (it arrives in slots), so every `**` is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.base.text import display_width
from reportkit.document.inline import Inline, Link, Strong, Text, plain_text
from reportkit.sections.slots import SLOT, Passage, Value

_TOKEN = re.compile(
    r"(?P<slot>\ue000[0-9]+\ue001)"
    r"|(?P<strong>\*\*)"
    r"|\[(?P<label>(?:\\.|[^\[\]\n\\])*)\]\((?P<url>[^()\s]*)\)"
    r"|\\(?P<escaped>[\\*\[\]()#>:|-])"
    r"|(?P<newline>[ \t]*\n[ \t]*)"
)


class MarkupError(Exception):
    """Inline markup that cannot be read: what, and how to mend it; the block reader adds the place."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def read_inlines(text: str, values: Sequence[Value]) -> tuple[Inline, ...]:
    """Return the inlines of a paragraph's text; `values` are what the slots stand for.

    Raises `MarkupError` when a `**` has no partner, or whole blocks stand inside a line.
    """
    line = _Line()
    position = 0
    for match in _TOKEN.finditer(text):
        if match.start() > position:
            line.add_text(text[position : match.start()])
        position = match.end()
        match match.lastgroup:
            case "slot":
                line.add(_words(values[int(match.group()[1:-1])]))
            case "strong":
                line.toggle_strong()
            case "url":
                line.add(_link(match["label"], match["url"], values))
            case "escaped":
                line.add_text(match["escaped"])
            case _:
                line.pending_break = True
    if position < len(text):
        line.add_text(text[position:])
    return line.finish()


def _words(value: Value) -> tuple[Inline, ...]:
    if isinstance(value, Passage):
        raise MarkupError("段落や表は文の中に置けません", "前後を改行し、一行に一つだけ置いてください")
    return value


class _Line:
    """Collects inlines, merges neighbouring text, and decides about line ends once both neighbours are known."""

    def __init__(self) -> None:
        self.parts: list[Inline] = []
        self.outer: list[Inline] | None = None
        self.text: list[str] = []
        self.last = ""
        self.pending_break = False

    def add_text(self, text: str) -> None:
        self._join(text[0])
        self.text.append(text)
        self.last = text[-1]

    def add(self, inlines: tuple[Inline, ...]) -> None:
        words = plain_text(inlines)
        if words:
            self._join(words[0])
            self.last = words[-1]
        self._flush()
        self.parts.extend(inlines)

    def toggle_strong(self) -> None:
        self._flush()
        if self.outer is None:
            self.outer, self.parts = self.parts, []
            return
        inner, self.parts, self.outer = self.parts, self.outer, None
        if inner:
            self.parts.append(Strong(tuple(inner)))

    def finish(self) -> tuple[Inline, ...]:
        self._flush()
        if self.outer is not None:
            raise MarkupError("「**」が閉じていません", "「**」を対にしてください。文字として書くときは「\\*」とします")
        return tuple(self.parts)

    def _join(self, following: str) -> None:
        if self.pending_break:
            self.pending_break = False
            if self.last and display_width(self.last) == 1 and display_width(following) == 1:
                self.text.append(" ")

    def _flush(self) -> None:
        if self.text:
            self.parts.append(Text("".join(self.text)))
            self.text.clear()


def _link(label: str, url: str, values: Sequence[Value]) -> tuple[Inline, ...]:
    """Return a link; an address that came from a source may be anything, so only web and mail addresses are linked."""
    children = read_inlines(label, values)
    address = SLOT.sub(lambda match: plain_text(_words(values[int(match[1])])), url)
    if not address.startswith(("https://", "http://", "mailto:")):
        return children
    return (Link(children or (Text(address),), address),)
