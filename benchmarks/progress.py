"""One line of progress on the error output of a long run, at most once every few seconds."""

from __future__ import annotations

import sys
import time
from typing import Protocol

_EVERY = 5.0  # seconds


class Counted(Protocol):
    """What is done, and what was wrong."""

    @property
    def steps(self) -> int:
        """Return how many steps are done."""

    @property
    def faults(self) -> list[str]:
        """Return what was wrong."""


class Progress:
    """Tells how far a run is. whole: how many steps there will be; every: seconds between two lines."""

    def __init__(self, whole: int, every: float = _EVERY) -> None:
        self._whole = whole
        self._every = every
        self._start = time.monotonic()
        self._told = self._start

    def __call__(self, tally: Counted) -> None:
        """Write a line when some time has passed, and after the last step."""
        now = time.monotonic()
        if now - self._told < self._every and tally.steps < self._whole:
            return
        self._told = now
        left = (now - self._start) / max(1, tally.steps) * (self._whole - tally.steps)
        line = f"{tally.steps} of {self._whole}, {len(tally.faults)} faults, {left:.0f} s left"
        print(line, file=sys.stderr, flush=True)  # noqa: T201
