"""What stands in the out folder: whether a document is as it was left, and which documents have no subject any more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from reportkit.base.digests import digest_bytes
from reportkit.build.documents import new_issue_paths
from reportkit.build.seal import is_sealed

State = Literal["intact", "missing", "edited", "other", "beside"]


def state_of(path: Path, digest: str) -> State:
    """Return what became of a document since it was written with that digest.

    other: an issue of ours, but not this one (an older one put back, or a build that was killed). edited: changed by a
    person; beside: changed by a person, and the document of that digest stands beside it.
    """
    try:
        with open(path, "rb", buffering=0) as handle:  # noqa: PTH123 - every document of every build
            data = handle.read()
    except OSError:
        return "missing"
    if digest_bytes(data) == digest:
        return "intact"
    if is_sealed(data):
        return "other"
    for place in new_issue_paths(path):
        try:
            beside = place.read_bytes()
        except OSError:
            break
        if digest_bytes(beside) == digest:
            return "beside"
    return "edited"


def documents(out: Path, kinds: Iterable[str]) -> list[str]:
    """Return every document in the out folder and in its folders `kinds`, sorted."""
    return sorted(path for folder in (out, *(out / kind for kind in kinds)) for path in _documents(folder))


def orphans(found: Iterable[str], expected: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of the documents found that are ours and that nothing writes any more.

    A file that a person changed is theirs and not among them. A new issue beside such a file belongs to it.
    """
    known = set(expected)
    return tuple(path for path in map(Path, found) if not _belongs(path, known) and _is_ours(path))


def remove(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Delete files and yield each with the reason why it could not be deleted, "" when it was."""
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            yield path, error.strerror or str(error)
        else:
            with suppress(OSError):  # the folder of a kind goes with its last document
                path.parent.rmdir()
            yield path, ""


def _documents(folder: Path) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".docx") and not entry.name.startswith("."):
                yield entry.path


def _belongs(path: Path, known: set[Path]) -> bool:
    if path in known:
        return True
    stem, dot, _ = path.stem.rpartition(".new")
    document = path.with_name(f"{stem}{path.suffix}")
    return bool(dot) and document in known and not _is_ours(document)


def _is_ours(path: Path) -> bool:
    try:
        return is_sealed(path.read_bytes())
    except OSError:
        return False
