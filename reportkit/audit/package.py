"""Opening a .docx that anyone may have made or changed: bytes in, parts and safe XML trees out.

Nothing outside of the file is ever read, no entity is expanded, and nothing is unpacked beyond a size that no briefing
comes near. Whatever is wrong is an `AuditError` that names the file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

from reportkit.base.errors import AuditError, Problem

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 5000
MAX_DEPTH = 200  # Word nests a table in a table in a box some forty levels deep
_OLE = b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 16
_SAVE_AGAIN = "Word で開けることを確かめ、.docx 形式で保存し直してください"
_BUILD_AGAIN = "reportkit build で作り直すか、バックアップから戻してください"


@dataclass(frozen=True, slots=True)
class Package:
    """The unpacked parts of a .docx by their name (`word/document.xml`), and its name for messages."""

    name: str
    parts: Mapping[str, bytes]

    def tree(self, part: str) -> ElementTree.Element | None:
        """Return the root of an XML part, None when there is no such part. Raises `AuditError` for faulty XML."""
        data = self.parts.get(part)
        return None if data is None else parse_xml(data, self.name, part)


def open_package(source: Path | bytes, name: str = "") -> Package:
    """Read and unpack a .docx. name: what messages call it when `source` is bytes."""
    name = name or (str(source) if isinstance(source, Path) else "文書")
    data = source if isinstance(source, bytes) else _read(source)
    if data.startswith(_OLE):
        _refuse(
            name, "パスワードの付いた文書か、古い形式（.doc）です", "パスワードを外し、.docx で保存し直してください"
        )
    if len(data) > MAX_FILE:
        _refuse(name, f"ファイルが大きすぎます（上限 {MAX_FILE // 1024 // 1024} MB）", "画像を小さくしてください")
    parts = unpack(data, name)
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        _refuse(name, "zip ですが Word の文書（.docx）ではありません", "報告書の .docx を指定してください")
    return Package(name, parts)


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a zip archive. Raises `AuditError` when it is none, or is larger than it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive, name)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        what = "Word の文書（.docx）ではないか、壊れています"
        raise AuditError(Problem(what, _SAVE_AGAIN, name)) from error


def parse_xml(data: bytes, name: str, part: str) -> ElementTree.Element:
    """Return the root element. Raises `AuditError` for XML that is faulty, declares a type or nests deep."""
    parser = ElementTree.XMLParser(target=_Target(name, part))  # noqa: S314 - document types are refused below
    try:
        parser.feed(data)
        root = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        _refuse(name, f"{part} の中身が壊れています（{error}）", _BUILD_AGAIN)
    if not isinstance(root, ElementTree.Element):
        _refuse(name, f"{part} の中身が空です", _BUILD_AGAIN)
    return root


class _Target(ElementTree.TreeBuilder):
    """Builds the tree; refuses what could expand or overflow."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__()
        self._name, self._part, self._depth = name, part, 0

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> NoReturn:
        """Refuse a document type: it could declare entities."""
        _refuse(self._name, f"{self._part} に文書型・実体の宣言があり、安全に読めません", _BUILD_AGAIN)

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        """Open an element."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            _refuse(self._name, f"{self._part} の入れ子が深すぎます", _BUILD_AGAIN)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        """Close an element."""
        self._depth -= 1
        return super().end(tag)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(MAX_FILE + 1)
    except OSError as error:
        what = f"文書を開けません（{error.strerror or error}）"
        raise AuditError(Problem(what, "ファイルの名前と権限を確かめてください", str(path))) from error


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_PARTS:
        _refuse(name, f"部品が多すぎます（{len(entries)}、上限 {MAX_PARTS}）", _SAVE_AGAIN)
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        if entry.filename in parts:
            _refuse(name, f"同じ名前の部品 {entry.filename} が二つあります", _SAVE_AGAIN)
        chunks: list[bytes] = []
        with archive.open(entry) as stream:  # the size in the directory may lie, so what really comes out is counted
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    limit = MAX_UNPACKED // 1024 // 1024
                    _refuse(name, f"展開すると大きすぎる文書です（上限 {limit} MB）", _SAVE_AGAIN)
                chunks.append(chunk)
        parts[entry.filename] = b"".join(chunks)
    return parts


def _refuse(name: str, what: str, fix: str) -> NoReturn:
    raise AuditError(Problem(what, fix, name))
