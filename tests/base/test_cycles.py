"""Pausing the cyclic garbage collector."""

from __future__ import annotations

import gc

import pytest

from reportkit.base.cycles import no_cycle_search, rare_cycle_search


class _Fault(Exception):  # noqa: N818
    pass


def test_the_search_pauses_inside_and_goes_on_after_a_fault() -> None:
    assert gc.isenabled()

    def fail() -> None:
        with no_cycle_search():
            assert not gc.isenabled()
            raise _Fault

    with pytest.raises(_Fault):
        fail()
    assert gc.isenabled()


def test_a_search_that_was_off_stays_off_and_inner_pauses_end_nothing() -> None:
    with no_cycle_search():
        with no_cycle_search():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


class _Knot:
    """Holds itself, so that only a search frees it."""

    alive = 0

    def __init__(self) -> None:
        self.self = self
        _Knot.alive += 1

    def __del__(self) -> None:
        _Knot.alive -= 1


def test_a_rare_search_frees_cycles_after_so_many_steps_and_at_no_other_time() -> None:
    gc.collect()
    alive = []
    with rare_cycle_search(3) as step:
        for _ in range(7):
            _Knot()
            assert len([[] for _ in range(2000)]) == 2000  # Python by itself would search after these
            alive.append(_Knot.alive)
            step()
        assert not gc.isenabled()
    assert alive == [1, 2, 3, 1, 2, 3, 1]
    assert gc.isenabled()
    gc.collect()
    assert _Knot.alive == 0
