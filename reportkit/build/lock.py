"""One build at a time: the lock that a build holds on its project's `.reportkit/` folder.

The system frees it when the process ends, however it ends; a file that is left behind locks nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportkit.base.errors import BuildError, Problem

LOCK_NAME = "lock"
_PATIENCE = 2.0  # seconds


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder inside of the `with` block; create the folder when it is missing.

    Raises `BuildError` when another process holds it. A folder in which nothing can be written holds no record either,
    so that two builds cannot spoil it: they are let in.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield
        return
    try:
        if not _lock_soon(handle):
            owner = os.read(handle, 100).decode(errors="replace").strip()
            what = f"別の reportkit がこのプロジェクトで文書を作っています（{owner or '番号不明'}）"
            fix = "終わるのを待つか、そのプロセスを止めてから、もう一度実行してください"
            raise BuildError(Problem(what, fix, str(path)))
        with suppress(OSError):  # a full disk: the lock holds without a name on it
            os.ftruncate(handle, 0)
            os.write(handle, f"プロセス {os.getpid()}\n".encode())
        yield
        with suppress(OSError):
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _lock_soon(handle: int) -> bool:
    """Wait a moment for the lock: workers of a build that was killed finish the document they are at."""
    deadline = time.monotonic() + _PATIENCE
    while not _try_lock(handle):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _try_lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _try_lock_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system that knows no locks
        return True
    return True


def _try_lock_on_windows(handle: int) -> bool:
    import msvcrt  # type: ignore[import-not-found,unused-ignore]

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
