"""Pausing Python's search for reference cycles, or making it rare, while many records are made that form none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count


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


@contextmanager
def rare_cycle_search(steps: int) -> Iterator[Callable[[], None]]:
    """Give the `with` block a function to call after each step of work; the last of so many steps searches for cycles.

    The work makes thousands of records in each step, so that Python by itself would search several times a step for
    what it hardly finds: an eighth of the time of making documents. Each search looks at what was made since the one
    before: what it leaves is older then, and not walked over again.
    """
    done = count(1)

    def step() -> None:
        if next(done) % steps == 0:
            gc.collect(1)

    with no_cycle_search():
        yield step
