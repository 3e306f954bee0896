"""Places in the base file that are filled for every document: content controls with a tag that begins `reportkit.`.

A template is read once into pieces of XML that stay as they are and slots between them; filling it is joining strings.
The controls themselves do not go into the documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_TAG = "reportkit."
_TEXT = re.compile(r"<w:t(?:\s[^>]*)?(?:/>|>.*?</w:t>)", re.DOTALL)
_BLOCKS = ("contents", "body")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place. name: what goes there. pieces: what surrounds the words; empty for blocks, which replace everything.

    when: the pieces are kept or dropped as a whole, `name` saying which value decides.
    """

    name: str
    pieces: tuple[str | Slot, ...] = ()
    when: bool = False


Pieces = tuple[str | Slot, ...]


@dataclass(slots=True)
class _Control:
    """A content control while it is read. All places are byte offsets."""

    start: int
    tag: str = ""
    inside: int = 0
    inside_end: int = 0
    end: int = 0
    children: list[_Control] = field(default_factory=list)


def read_pieces(xml: bytes) -> Pieces:
    """Return the part as pieces and slots.

    The part must be well-formed (`xml.parsers.expat.ExpatError` otherwise) and use the prefix `w`, as Word does.
    """
    return _pieces(xml, _read_controls(xml), 0, len(xml))


def slot_names(pieces: Pieces) -> frozenset[str]:
    """Return the names of all slots, nested ones too."""
    names: set[str] = set()
    for piece in pieces:
        if isinstance(piece, Slot):
            names.add(piece.name)
            names |= slot_names(piece.pieces)
    return frozenset(names)


def fill_pieces(pieces: Pieces, values: Mapping[str, str]) -> str:
    """Return the part with values in its slots. values: name to XML (escaped text, or blocks for contents and body).

    A slot whose value is empty or unknown is dropped together with its paragraph or run.
    """
    return "".join(_filled(pieces, values))


def _filled(pieces: Pieces, values: Mapping[str, str]) -> list[str]:
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
        elif piece.when:
            if values.get(piece.name):
                parts += _filled(piece.pieces, values)
        elif value := values.get(piece.name, ""):
            if piece.name in _BLOCKS:
                parts.append(value)
            else:
                before, after = piece.pieces
                parts += (str(before), f'<w:t xml:space="preserve">{value}</w:t>', str(after))
    return parts


def _pieces(xml: bytes, controls: list[_Control], start: int, end: int) -> Pieces:
    pieces: list[str | Slot] = []
    place = start
    for control in controls:
        name = control.tag.removeprefix(_TAG)
        pieces.append(xml[place : control.start].decode())
        content = xml[control.inside : control.inside_end].decode()
        if name.startswith("when."):
            inner = _pieces(xml, control.children, control.inside, control.inside_end)
            pieces.append(Slot(name.removeprefix("when."), inner, when=True))
        elif name in _BLOCKS:
            pieces.append(Slot(name))
        elif (first := _TEXT.search(content)) is not None:
            rest = _TEXT.sub("", content[first.end() :])
            pieces.append(Slot(name, (content[: first.start()], rest)))
        place = control.end
    pieces.append(xml[place:end].decode())
    return tuple(piece for piece in pieces if piece)


def _read_controls(xml: bytes) -> list[_Control]:
    """Return our controls, outermost first, each with those inside it; other controls are part of the text."""
    parser = expat.ParserCreate()
    top = _Control(0, _TAG)
    stack: list[_Control] = [top]

    def start_tag(name: str, attributes: dict[str, str]) -> None:
        if name == "w:sdt":
            stack.append(_Control(parser.CurrentByteIndex))
        elif name == "w:tag" and len(stack) > 1 and not stack[-1].inside:
            stack[-1].tag = attributes.get("w:val", "")
        elif name == "w:sdtContent" and not stack[-1].inside:
            stack[-1].inside = xml.index(b">", parser.CurrentByteIndex) + 1

    def end_tag(name: str) -> None:
        if name == "w:sdtContent":
            stack[-1].inside_end = parser.CurrentByteIndex
        elif name == "w:sdt":
            control = stack.pop()
            control.end = xml.index(b">", parser.CurrentByteIndex) + 1
            if control.tag.startswith(_TAG):
                stack[-1].children.append(control)
            else:
                stack[-1].children += control.children

    parser.StartElementHandler = start_tag
    parser.EndElementHandler = end_tag
    parser.Parse(xml, True)
    return top.children
