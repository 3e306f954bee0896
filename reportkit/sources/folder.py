"""The files of a seeds folder: which there are, in which order, and their bytes.

In: a folder. Out: `FoundFile`s in the order of their paths, hashed or opened one by one when their turn comes, and
findings for what cannot be opened.
Hidden files and the lock files of Office are not sources. Folders behind symbolic links are entered once.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportkit.base.errors import Problem, SourceError
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.sources.decode import MAX_BYTES

_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})  # what a broken link leads to
_FIX_OPEN = "ファイルの権限と、リンク先があることを確かめてください"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file: path relative to the folder with forward slashes, its size, and its bytes (None when not read).

    problem: why the bytes are missing, as a finding. place: where it can be opened; "" when it is open, or cannot be.
    digest: sha256 of its bytes, hex; "" when it was not hashed, or is too large to be read.
    """

    path: str
    size: int = 0
    data: bytes | None = None
    problem: Finding | None = None
    place: str = ""
    digest: str = ""


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
    stack = [(str(folder), "")]
    while stack:
        current, path = stack.pop()
        try:
            state = os.stat(current)  # noqa: PTH116 - on the path of every command, also when nothing changed
            key = (state.st_dev, state.st_ino)
            if key in entered:
                continue
            entered.add(key)
            with os.scandir(current) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            name = _printable(path) or "."
            yield FoundFile(name, problem=_unreadable(name, f"フォルダーを開けません（{_why(error)}）"))
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            inside = f"{path}/{entry.name}" if path else entry.name
            if _is_folder(entry):
                stack.append((entry.path, inside))
            else:
                yield FoundFile(_printable(inside), place=entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def hash_file(found: FoundFile) -> FoundFile:
    """Return the file with its size and digest, not open, or with the problem that stood in the way."""
    opened = open_file(found)
    return FoundFile(found.path, opened.size, problem=opened.problem, place=found.place, digest=opened.digest)


def open_file(found: FoundFile) -> FoundFile:
    """Return the file with its size, bytes and digest, or with the problem that stood in the way."""
    place, path = found.place, found.path
    if not place:
        return found
    try:
        state = os.stat(place)  # noqa: PTH116
        if not stat.S_ISREG(state.st_mode):  # a socket, a pipe: opening it could wait forever
            return _not_a_file(path)
        if state.st_size > MAX_BYTES:
            return FoundFile(path, state.st_size)
        with open(place, "rb", buffering=0) as handle:  # noqa: PTH123
            data = handle.read()
        return FoundFile(path, len(data), data, digest=hashlib.sha256(data).hexdigest())
    except OSError as error:
        if error.errno in _NOWHERE:
            return _not_a_file(path)
        return FoundFile(path, problem=_unreadable(path, f"ファイルを開けません（{_why(error)}）"))


def _not_a_file(path: str) -> FoundFile:
    return FoundFile(path, problem=_unreadable(path, "ふつうのファイルではないか、リンク先がありません"))


def _unreadable(path: str, reason: str) -> Finding:
    return Finding("source.unreadable", "warning", reason, _FIX_OPEN, Origin(path))


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _printable(path: str) -> str:
    """Return the path inside the folder as text that every output can hold."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
