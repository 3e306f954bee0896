"""The filters that template authors use; each returns a value that can be printed safely.

{{ view.facts | listing }}          3,711億円、2,954億円
{{ view.company | quote }}          「…」
{{ view.difference | signed }}      +6ポイント
{{ view.items | first(3) }}         the first three, as a list
{{ fact | marked }}                 3,711億円（補完）
{{ finding.origin | place }}        survey/001.txt:1165 (列6)
{{ view.text_of("solution") | as_written(view.citation) }}    on its own line: the source's text in its own shape
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jinja2.filters import FILTERS as JINJA_FILTERS

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin, Quote
from reportkit.document.inline import Inline, Text
from reportkit.sections.as_written import as_blocks
from reportkit.sections.slots import Fragment, Passage, PrintError, as_inlines
from reportkit.views.case.passages import Passage as SourcePassage

# Filters of Jinja that pick and order, and never turn a value into a string (join, format, upper ... would).
_KEPT = (
    "batch", "count", "d", "default", "groupby", "last", "length", "list", "map", "max", "min", "reject",
    "rejectattr", "reverse", "select", "selectattr", "slice", "sort", "unique",
)  # fmt: skip


def listing(values: Iterable[object], separator: str = "、", last: str = "") -> Fragment:
    """Return the values as a Japanese enumeration; `last` (`と`、`および`) stands before the last one."""
    if isinstance(values, (str, Fact)):
        raise PrintError("listing は一覧につけるものです", "ファクトや引用の一覧を渡してください")
    items = [as_inlines(value) for value in values]
    parts: list[Inline] = []
    for index, item in enumerate(items):
        if index:
            parts.append(Text(last if last and index == len(items) - 1 else separator))
        parts.extend(item)
    return Fragment(tuple(parts))


def quote(value: object) -> Fragment:
    """Return the value in Japanese quotation marks."""
    return Fragment((Text("「"), *as_inlines(value), Text("」")))


def signed(fact: Fact) -> Fact:
    """Return the fact with a plus sign before a positive value; negative ones carry theirs already."""
    if not isinstance(fact, Fact):
        raise PrintError("signed はファクトにつけるものです", "view のファクトを渡してください")
    value = fact.quantity.middle
    if value is None or value <= 0 or fact.text.startswith(("+", "＋")):
        return fact
    return fact.printed_as(f"+{fact.text}")


def marked(fact: Fact) -> Fragment:
    """Return the fact with its flags in brackets behind it (`補完`, `上位区分`), or alone when it has none."""
    if not isinstance(fact, Fact):
        raise PrintError("marked はファクトにつけるものです", "view のファクトを渡してください")
    flags = f"（{'・'.join(fact.flags)}）" if fact.flags else ""
    return Fragment((*as_inlines(fact), Text(flags)) if flags else as_inlines(fact))


def first(values: Iterable[Any], count: int | None = None) -> Any:
    """Return the first `count` values as a tuple; without a count the first one alone."""
    items = tuple(values)
    if count is not None:
        return items[:count]
    if not items:
        raise PrintError("一覧が空です", "{% if ... %} で有無を確かめてください")
    return items[0]


def place(origin: Origin | None) -> str:
    """Return where something stands, as people read it; an empty string when it stands nowhere."""
    return "" if origin is None else origin.place()


def as_written(passages: Sequence[SourcePassage], citation: Quote | None = None) -> Passage:
    """Return the source's own text as blocks, in its own shape; stands on a line of its own.

    citation: for the 出典 line under tables (`view.citation`).
    """
    return Passage(as_blocks(passages, citation))


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: JINJA_FILTERS[name] for name in _KEPT},
    "as_written": as_written,
    "first": first,
    "listing": listing,
    "marked": marked,
    "place": place,
    "quote": quote,
    "signed": signed,
}
