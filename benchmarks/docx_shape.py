"""How much a .docx holds, counted in the file: whether a peer really wrote what it was asked for.

Counted as a reader sees it, whoever wrote the file: what a style is called says whether a paragraph is a heading.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from benchmarks.content import Shape

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_HEADING = re.compile(r"heading \d", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|number|paragraph)", re.IGNORECASE)


def shape_of_file(path: Path) -> Shape:
    """Count headings, list items, other paragraphs with words outside of tables, fields of grids, links and charts.

    A paragraph that holds only a picture is no paragraph; the title is one of no kind.
    """
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))[0]  # noqa: S314 - written by us a moment ago
        names = _style_names(ElementTree.fromstring(package.read("word/styles.xml")))  # noqa: S314
    tables = list(body.iter(f"{_W}tbl"))
    shape = Shape(
        headings=0, paragraphs=0, items=0, tables=len(tables), cells=sum(map(_fields, tables)),
        links=sum(_RELATION in link.attrib for link in body.iter(f"{_W}hyperlink")),
        charts=sum(1 for _ in body.iter(_BLIP)) + sum(1 for _ in body.iter(_CHART)),
    )  # fmt: skip
    for paragraph in _outside_tables(body):
        style, numbered = _style(paragraph, names)
        if not "".join(text.text or "" for text in paragraph.iter(f"{_W}t")):
            continue
        if _HEADING.fullmatch(style):
            shape = replace(shape, headings=shape.headings + 1)
        elif numbered or _LIST.match(style):
            shape = replace(shape, items=shape.items + 1)
        elif style.casefold() != "title":
            shape = replace(shape, paragraphs=shape.paragraphs + 1)
    return shape


def _outside_tables(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag != f"{_W}tbl":
            yield from _outside_tables(child)


def _style(paragraph: Element, names: dict[str, str]) -> tuple[str, bool]:
    """Return the name of a paragraph's style, and whether the paragraph itself is an item of a list."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else names.get(style.get(f"{_W}val", ""), "")
    return name, paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def _style_names(styles: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        found[style.get(f"{_W}styleId", "")] = "" if name is None else name.get(f"{_W}val", "")
    return found


def _fields(table: Element) -> int:
    spans = (cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in table.iter(f"{_W}tc"))
    return sum(1 if span is None else int(span.get(f"{_W}val", "1")) for span in spans)
