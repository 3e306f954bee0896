"""How far a build is: a line on the terminal with documents, rate and the time left; nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TypeVar

Item = TypeVar("Item")
_EVERY = 0.1  # seconds between two changes of the line
_WIDTH = 30


def with_progress(
    items: Iterable[Item],
    length: int,
    stream: IO[str] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Item]:
    """Yield the items and show how many have come; the line is wiped out at the end, however it comes."""
    screen = sys.stderr if stream is None else stream
    if not screen.isatty() or length < 2:
        yield from items
        return
    start = shown = clock()
    screen.write(progress_line(0, length, 0))
    screen.flush()
    try:
        for done, item in enumerate(items, start=1):
            yield item
            now = clock()
            if now - shown >= _EVERY or done == length:
                shown = now
                screen.write(progress_line(done, length, now - start))
                screen.flush()
    finally:
        screen.write("\r\x1b[K")
        screen.flush()


def progress_line(done: int, length: int, seconds: float) -> str:
    """Return the line that takes the place of the one before.

    >>> progress_line(250, 1000, 10.0).strip()
    '\\x1b[K文書を作成中 ███████░░░░░░░░░░░░░░░░░░░░░░░ 250/1000  25.0 件/秒  残り 30 秒'
    """
    filled = _WIDTH * done // length
    bar = "█" * filled + "░" * (_WIDTH - filled)
    rate = done / seconds if seconds > 0 else 0.0
    left = f"  {rate:.1f} 件/秒  残り {_duration((length - done) / rate)}" if rate else ""
    return f"\r\x1b[K文書を作成中 {bar} {done}/{length}{left}"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} 分 {whole % 60:02} 秒" if whole >= 60 else f"{whole} 秒"
