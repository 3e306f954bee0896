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
        case Paragraph(content=content) if _has_doubts(content):
            return Paragraph(_with_marks(content), block.role)
        case ItemList(items=items) if any(map(_is_doubtful, items)):
            return ItemList(tuple(map(_item, items)), block.ordered)
        case Box(blocks=inner):
            inside = mark_doubts(inner, kind)
            return block if inside == tuple(inner) else replace(block, blocks=inside)
    return block


def _is_doubtful(item: ListItem) -> bool:
    return _has_doubts(item.content) or any(map(_is_doubtful, item.children))


def _item(item: ListItem) -> ListItem:
    return ListItem(_with_marks(item.content), tuple(map(_item, item.children)))


def _has_doubts(content: tuple[Inline, ...]) -> bool:
    for inline in content:
        if type(inline) is FactRef:
            if inline.fact.flags and doubt_mark(inline.fact):
                return True
        elif isinstance(inline, Strong | Emphasis | Link) and _has_doubts(inline.children):
            return True
    return False


def _with_marks(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for inline in content:
        match inline:
            case FactRef(fact) if mark := doubt_mark(fact):
                parts.extend((inline, Text(mark)))
            case Strong(children) | Emphasis(children) | Link(children):
                parts.append(replace(inline, children=_with_marks(children)))
            case _:
                parts.append(inline)
    return tuple(parts)
