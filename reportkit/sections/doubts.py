"""Marks in running text: a number that a finding concerns carries ※, and a note below says where that is explained.

In: the blocks of a section. Out: the same blocks with marks behind such facts, and one note under each subsection that
has some. Tables and charts mark and explain their own values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportkit.document.block import Block, Box, Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import Emphasis, FactRef, Inline, Link, Strong, Text
from reportkit.exhibits.parts import doubt_mark, doubt_note

# Where a kind of briefing explains its findings; the others have no such chapter.
_EXPLAINED_IN = {"sector": "付録「点検の結果」"}


_HOLDING = frozenset({Strong, Emphasis, Link})


def mark_doubts(blocks: Sequence[Block], kind: str) -> tuple[Block, ...]:
    """Return the blocks of a section with marks and notes. kind: of the briefing (`sector`)."""
    marked: list[Block] = []
    last = -1  # place of the last marked block since the last heading
    for block in blocks:
        if isinstance(block, Heading) and last >= 0:
            marked.insert(last + 1, _note(kind))
            last = -1
        new = _marked(block, kind)
        marked.append(new)
        if new is not block and isinstance(new, Paragraph | ItemList):
            last = len(marked) - 1
    if last >= 0:
        marked.insert(last + 1, _note(kind))
    return tuple(marked)


def _note(kind: str) -> Paragraph:
    return Paragraph((Text(doubt_note(_EXPLAINED_IN.get(kind, ""))),), role="note")


def _marked(block: Block, kind: str) -> Block:
    """Return the block with marks, the very same one when nothing in it is doubtful."""
    match block:
        case Paragraph(content=content):
            line = _line(content)
            return block if line is content else replace(block, content=line)
        case ItemList(items=items):
            new = tuple(_item(item) for item in items)
            return (
                block if all(one is other for one, other in zip(items, new, strict=True)) else replace(block, items=new)
            )
        case Box(blocks=inner):
            inside = mark_doubts(inner, kind)
            return block if inside == tuple(inner) else replace(block, blocks=inside)
    return block


def _item(item: ListItem) -> ListItem:
    content = _line(item.content)
    children = tuple(_item(child) for child in item.children)
    same = content is item.content and all(one is other for one, other in zip(item.children, children, strict=True))
    return item if same else ListItem(content, children)


def _line(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return _with_marks(content) if any(map(_may_be_marked, content)) else content


def _may_be_marked(inline: Inline) -> bool:
    return type(inline) in _HOLDING or (type(inline) is FactRef and bool(inline.fact.flags))


def _with_marks(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for inline in content:
        match inline:
            case FactRef(fact) if mark := doubt_mark(fact):
                parts.extend((inline, Text(mark)))
            case Strong(children) | Emphasis(children) | Link(children):
                inside = _line(children)
                parts.append(inline if inside is children else replace(inline, children=inside))
            case _:
                parts.append(inline)
    same = len(parts) == len(content) and all(one is other for one, other in zip(parts, content, strict=True))
    return content if same else tuple(parts)
