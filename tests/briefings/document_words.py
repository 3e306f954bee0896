"""All words of a document, link addresses included, for tests that ask whether something is in it."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.document.block import Block, Box, Document, Heading, ItemList, KeyFigures, ListItem, Paragraph
from reportkit.document.chart import Chart
from reportkit.document.inline import Emphasis, Inline, Link, Strong, plain_text
from reportkit.document.table import Table


def document_words(document: Document) -> str:
    """Return everything that a reader of the document can see or click."""
    return "\n".join((document.title, document.subtitle, *_blocks(document.blocks)))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield _words(content)
            case ItemList(items=items):
                yield from _items(items)
            case Box(title=title, blocks=inner):
                yield _words(title)
                yield from _blocks(inner)
            case KeyFigures(figures=figures):
                for figure in figures:
                    yield _words(figure.label + figure.value + figure.comment)
            case Table():
                yield _words(block.caption)
                yield from (_words(line) for row in block.header + block.body for cell in row for line in cell.lines)
                yield from (_words(note) for note in (*block.notes, block.source))
            case Chart():
                yield _words(block.caption)
                yield from (_words(note) for note in (*block.notes, block.source))


def _items(items: tuple[ListItem, ...]) -> Iterator[str]:
    for item in items:
        yield _words(item.content)
        yield from _items(item.children)


def _words(inlines: tuple[Inline, ...]) -> str:
    words = []
    for inline in inlines:
        match inline:
            case Link(children, url):
                words.append(f"{_words(children)} {url} ")
            case Strong(children) | Emphasis(children):
                words.append(_words(children))
            case _:
                words.append(plain_text((inline,)))
    return "".join(words)
