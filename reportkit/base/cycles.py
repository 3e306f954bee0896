"""Pausing Python's search for reference cycles, or making it rare, while many records are made that form none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """Pause the cyclic garbage collector inside of the `with` block; a collector that was off stays off.

    The search walks over every record that is alive, again and again while their number grows: a quarter of the time
    for a large collection, and more than linear. Records are freed by their counts as always.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class RareSearch:
    """Searches for reference cycles after every so many steps of work inside of the `with` block, and at no other time.

    The work makes thousands of records in each step, so that Python by itself would search several times a step for
    what it hardly finds: an eighth of the time of making documents.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._done = 0
        self._pause = no_cycle_search()

    def __enter__(self) -> RareSearch:
        self._pause.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._pause.__exit__(*error)

    def step(self) -> None:
        """Count a step of work; the last of so many searches what was made since the search before."""
        self._done += 1
        if self._done % self._steps == 0:
            gc.collect(1)  # what it leaves is older then, and not walked over again
