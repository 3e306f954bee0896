"""The files of a seeds folder: which there are, in which order, and their bytes.

In: a folder. Out: `FoundFile`s in the order of their paths, opened one by one when their turn comes, and findings for
what cannot be opened.
Hidden files and the lock files of Office are not sources. Folders behind symbolic links are entered once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportkit.base.errors import Problem, SourceError
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.sources.decode import MAX_BYTES

_FIX_OPEN = "ファイルの権限と、リンク先があることを確かめてください"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file: path relative to the folder with forward slashes, its size, and its bytes (None when not read).

    problem: why the bytes are missing, as a finding. place: where it can be opened; None when it is open, or cannot be.
    """

    path: str
    size: int = 0
    data: bytes | None = None
    problem: Finding | None = None
    place: Path | None = None


def find_files(folder: Path) -> tuple[FoundFile, ...]:
    """Return every file below `folder`, sorted by path and not yet opened: a large folder need not fit into memory.

    Raises `SourceError` when the folder itself cannot be read.
    """
    if not folder.is_dir():
        what = "フォルダーではありません" if folder.exists() else "フォルダーがありません"
        raise SourceError(Problem(f"資料の{what}", "資料を入れたフォルダーを指定してください", str(folder)))
    try:
        os.listdir(folder)  # noqa: PTH208 - only whether it can be listed
    except OSError as error:
        what = f"資料のフォルダーを開けません（{error.strerror}）"
        raise SourceError(Problem(what, "フォルダーの権限を確かめてください", str(folder))) from error
    return tuple(sorted(_walk(folder), key=lambda file: file.path))


def _walk(folder: Path) -> Iterator[FoundFile]:
    entered: set[tuple[int, int]] = set()
    stack = [folder]
    while stack:
        current = stack.pop()
        try:
            state = current.stat()
            key = (state.st_dev, state.st_ino)
            if key in entered:
                continue
            entered.add(key)
            entries = sorted(current.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            path = _relative(current, folder)
            yield FoundFile(path, problem=_unreadable(path, f"フォルダーを開けません（{_why(error)}）"))
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir():
                stack.append(entry)
            else:
                yield FoundFile(_relative(entry, folder), place=entry)


def open_file(found: FoundFile) -> FoundFile:
    """Return the file with its size and bytes, or with the problem that stood in the way."""
    file, path = found.place, found.path
    if file is None:
        return found
    try:
        if not file.is_file():  # a socket, a pipe, a broken link: opening it could wait forever
            return FoundFile(path, problem=_unreadable(path, "ふつうのファイルではないか、リンク先がありません"))
        size = file.stat().st_size
        if size > MAX_BYTES:
            return FoundFile(path, size)
        return FoundFile(path, size, file.read_bytes())
    except OSError as error:
        return FoundFile(path, problem=_unreadable(path, f"ファイルを開けません（{_why(error)}）"))


def _unreadable(path: str, reason: str) -> Finding:
    return Finding("source.unreadable", "warning", reason, _FIX_OPEN, Origin(path))


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _relative(path: Path, folder: Path) -> str:
    """Return the path inside the folder as text that every output can hold."""
    text = path.relative_to(folder).as_posix()
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
