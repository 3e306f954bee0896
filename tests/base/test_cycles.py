"""Pausing the cyclic garbage collector."""

from __future__ import annotations

import gc

import pytest

from reportkit.base.cycles import no_cycle_search


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
