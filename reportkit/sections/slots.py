"""Slots: how a value travels through Jinja and Markdown without becoming markup.

Jinja prints text, but a fact must arrive as a fact, and words of a source must arrive as words. So `finalize` puts each
inserted value into a table and prints a mark of private-use characters in its place; the Markdown reader puts the
value back once all markup has been read. Whole blocks (a filter's `Passage`) travel the same way, on a line of their
own. Line marks tell the reader which line of the template a piece of text came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined
from jinja2.utils import missing
from markupsafe import Markup

from reportkit.base.fact import Fact
from reportkit.base.origin import Quote
from reportkit.base.text import printable
from reportkit.document.block import Block
from reportkit.document.inline import Emphasis, FactRef, Inline, LineBreak, Link, Quoted, Strong, Text

SLOTS_NAME = "_slots"  # the name under which the render context carries the table
SLOT = re.compile("\ue000([0-9]+)\ue001")
INLINE_MARK, PASSAGE_MARK = "\ue000", "\ue001"  # a slot once its number is known: see `in_order`
LINE_MARK = re.compile("\ue002([0-9]+)\ue003")
MARK_CHARACTERS = re.compile("[\ue000-\ue003]")


class PrintError(Exception):
    """A template prints what it must not, or misuses a filter. The renderer adds file and line."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line that a filter made; may be printed or handed to another filter."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks that a filter made; may be printed on a line of its own."""

    blocks: tuple[Block, ...]


Value = tuple[Inline, ...] | Passage


def in_order(text: str, values: Sequence[Value]) -> tuple[str, list[Any]]:
    """Return the text with one mark for each slot, and the values in the order of these marks.

    So the same line of a template reads the same in every document, whatever was printed before it, and needs to be
    read only once. The mark tells what stands behind it: `INLINE_MARK` inlines, `PASSAGE_MARK` whole blocks.
    """
    pieces: list[str] = SLOT.split(text)  # text and numbers by turns
    if len(pieces) == 1:
        return text, []
    found = [values[int(number)] for number in pieces[1::2]]
    pieces[1::2] = [PASSAGE_MARK if isinstance(value, Passage) else INLINE_MARK for value in found]
    return "".join(pieces), found


class Slots:
    """The values that one rendering inserted, in order of insertion."""

    def __init__(self) -> None:
        self.values: list[Value] = []

    def mark(self, value: object) -> Markup:
        """Take a printed value in and return the mark that stands for it. Raises `PrintError`."""
        if isinstance(value, Markup):  # what our own macros and blocks rendered: holds marks already
            return value
        self.values.append(value if isinstance(value, Passage) else as_inlines(value))
        return _numbered(len(self.values) - 1)


@lru_cache(1024)
def _numbered(number: int) -> Markup:
    return Markup(f"\ue000{number}\ue001")  # noqa: S704 -- not HTML; tells our output from source text


@pass_context
def finalize(context: Context, value: Any) -> Markup:
    """Replace a printed value by its mark; the hook that Jinja calls for every `{{ ... }}`."""
    slots = context.resolve_or_missing(SLOTS_NAME)
    if slots is missing:
        raise PrintError(
            "このマクロには値の表が渡っていません", "{% import ... with context %} の形で読み込んでください"
        )
    marked: Markup = slots.mark(value)
    return marked


def as_inlines(value: object) -> tuple[Inline, ...]:
    """Return a printable value as inlines.

    A fact becomes a `FactRef`, a quote or a string `Quoted`. Raises `PrintError` for numbers, None, lists and the rest,
    and the error of Jinja for an undefined name.
    """
    make = _AS_INLINES.get(type(value))
    if make is not None:
        return make(value)
    if isinstance(value, Undefined):
        str(value)  # a strict undefined raises here, with its own message
    if isinstance(value, str):
        return (Quoted(printable(value)),)
    raise _refusal(value)


_AS_INLINES: dict[type, Callable[[Any], tuple[Inline, ...]]] = {
    Fact: lambda fact: (FactRef(fact),),
    Quote: lambda quote: (Quoted(printable(quote.text), quote.origin),),
    str: lambda text: (Quoted(printable(text)),),
    Fragment: lambda fragment: fragment.inlines,
    **dict.fromkeys((Text, Quoted, FactRef, Strong, Emphasis, Link, LineBreak), lambda inline: (inline,)),
}


def _refusal(value: object) -> PrintError:
    name = type(value).__name__
    match value:
        case None:
            return PrintError(
                "値がありません（None）", "{% if ... %} で有無を確かめてから印字するか、| default('…') を使ってください"
            )
        case bool():
            return PrintError("真偽値は印字できません", "{% if ... %} で言葉に置き換えてください")
        case tuple() | list():
            return PrintError(
                "一覧はそのまま印字できません", "{% for ... %} で一つずつ印字するか、| listing でつないでください"
            )
        case _ if hasattr(value, "is_finite") or isinstance(value, (int, float)):
            return PrintError(
                f"出所のない数値は印字できません（{name}）", "同じ数値のファクト（view の Fact）を印字してください"
            )
    return PrintError(f"{name} は印字できません", "その中のファクトか引用（Fact、Quote）を選んで印字してください")
