"""Short ways from blocks to an opened Word file, for the tests of the renderer."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx

from reportkit.document.block import Block, Document, Issue
from reportkit.render.word import BaseFile, load_base, write_word
from reportkit.render.word.package import deflated_part, pack_parts

BASE = Path(__file__).parents[2] / "templates" / "base.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def base() -> BaseFile:
    """The base file of the project."""
    return load_base(BASE)


def briefing(*blocks: Block, **changes: Any) -> Document:
    """A small briefing around these blocks."""
    document = Document("case", "架空", "架空の題名", "", Issue("2026-11-22", "事例 2025年12月"), blocks)
    return replace(document, **changes)


def write(*blocks: Block, **changes: Any) -> bytes:
    """The .docx of a small briefing."""
    return write_word(briefing(*blocks, **changes), base())


def opened(data: bytes) -> Any:
    """The file as python-docx sees it."""
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    """One part as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def body_xml(*blocks: Block) -> str:
    """What stands in word/document.xml between contents and section properties."""
    xml = part(write(*blocks))
    mark = "</w:sdt>" if "</w:sdt>" in xml else "</w:tbl>"  # the contents, or the table of the cover
    start = xml.index(mark) + len(mark)
    return xml[start : xml.rfind("<w:sectPr")]


def changed_base(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the base file with one edit (a regular expression) in one part."""
    with zipfile.ZipFile(BASE) as archive:
        contents = {entry: archive.read(entry) for entry in archive.namelist()}
    text, count = re.subn(old, new, contents[name].decode(), flags=re.DOTALL)
    assert count, old
    contents[name] = text.encode()
    path = folder / "base.docx"
    path.write_bytes(pack_parts(deflated_part(entry, content) for entry, content in contents.items()))
    return path
