"""Packing a .docx: parts in, bytes out, the same bytes for the same parts.

A part that never changes (styles, theme, settings) is deflated once, when the base file is read, and copied into every
document. Parts that are already compressed (pictures, workbooks) are stored. All dates are the first day that the zip
format knows, and the parts stand in sorted order behind `[Content_Types].xml`. Another version of zlib may
compress the same parts to other bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from reportkit.base.errors import Problem, RenderError

# Level 6 takes half as long again as level 5 for XML of Word that is 5% smaller (a document: 1%, the overview 4%).
# What is packed once for many documents is packed as well as can be.
_LEVEL, _BEST = 5, 9
# A packer sets up its window and tables before the first byte: 0.3 MB for the usual window, which costs more than
# packing a small part. A window that holds the whole part packs it as well.
_PACKERS = ((4096, -12, 5), (8192, -13, 6), (16384, -14, 7))  # up to so many bytes: window (raw deflate), memory level
_LARGE = (-15, 8)
_DATE = (1 << 5) | 1  # 1980-01-01, MS-DOS form
_STORED, _DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands in the zip file: name without leading slash, data stored or deflated."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def kept_part(name: str, content: bytes) -> Part:
    """Return a part that goes into every document as it is."""
    return deflated_part(name, content, _BEST)


def deflated_part(name: str, content: bytes, level: int = _LEVEL) -> Part:
    """Return the part compressed (raw deflate)."""
    size = len(content)
    window, memory = next((packer[1:] for packer in _PACKERS if size <= packer[0]), _LARGE)
    packer = zlib.compressobj(level, zlib.DEFLATED, window, memory)
    return Part(name, _DEFLATED, zlib.crc32(content), size, packer.compress(content) + packer.flush())


def stored_part(name: str, content: bytes) -> Part:
    """Return the part as it is, for content that is compressed already."""
    return Part(name, _STORED, zlib.crc32(content), len(content), content)


def xml_part(name: str, content: bytes, level: int = _LEVEL) -> Part:
    """Return a compressed part after a namespace-aware parser has read it from end to end.

    Raises `RenderError` when the XML is not well-formed or uses a prefix that is not declared: such a file would be
    called damaged by Word, while its size and its other parts look right.
    """
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(content, True)
    except expat.ExpatError as error:
        raise RenderError(
            Problem(
                what=f"Word ファイルの部品 {name} が XML として正しくありません（{error}）",
                fix="reportkit の不具合です。この文書の元データを添えて報告してください",
                place=name,
            )
        ) from error
    return deflated_part(name, content, level)


@lru_cache(maxsize=64)
def recurring_part(name: str, content: bytes) -> Part:
    """Return `xml_part`, kept for other documents: for parts that many of them have alike (numbering, types)."""
    return xml_part(name, content, _BEST)


def pack_parts(parts: Iterable[Part]) -> bytes:
    """Return the zip file. A name that occurs twice is a programming error (ValueError)."""
    ordered = sorted(parts, key=lambda part: (part.name != "[Content_Types].xml", part.name))
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    previous = ""
    for part in ordered:
        if part.name == previous:
            raise ValueError(f"two parts named {part.name}")
        previous = part.name
        name = part.name.encode()
        flags = 0 if part.name.isascii() else 0x800
        sizes = (part.crc, len(part.data), part.size)
        header = _LOCAL.pack(b"PK\3\4", 20, flags, part.method, 0, _DATE, *sizes, len(name), 0)
        directory.append(
            _CENTRAL.pack(b"PK\1\2", 20, 20, flags, part.method, 0, _DATE, *sizes, len(name), 0, 0, 0, 0, 0, offset)
        )
        directory.append(name)
        body += (header, name, part.data)
        offset += len(header) + len(name) + len(part.data)
    index = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(ordered), len(ordered), len(index), offset, 0)
    return b"".join((*body, index, end))
