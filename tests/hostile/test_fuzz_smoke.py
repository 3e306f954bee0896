"""A small run of the fuzzer on every change: nothing raises, no promise of the model breaks, no text gets lost."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.fuzzing import Broken, Run, good_files, good_phrases, read_bytes, run_own
from benchmarks.generate import DIALECTS
from benchmarks.spoil import spoil

_FILES = good_files()


def test_good_files_of_every_dialect_are_cases_and_lose_no_text() -> None:
    assert len(_FILES) >= 2 * len(DIALECTS) - 4
    assert {read_bytes(data) for data in _FILES} == {("case",)}


@pytest.mark.parametrize("seed", range(4))
def test_spoilt_files_and_odd_phrases_raise_nothing(seed: int) -> None:
    run = Run()
    run_own(run, 400, seed, _FILES)
    assert run.files + run.phrases >= 400
    wrong = {what: count for what, count in run.failures.items() if " written" not in what and what != "text lost"}
    assert not wrong
    assert run.counts["case"] > run.files // 3  # most inputs are still near enough to a case to reach its readers


def test_the_phrases_reach_the_grammars() -> None:
    assert len(good_phrases(_FILES)) > 300


def test_the_same_seed_spoils_the_same_way() -> None:
    first = [spoil(_FILES[0], _FILES, Random(5)) for _ in range(20)]
    assert first == [spoil(_FILES[0], _FILES, Random(5)) for _ in range(20)]
    assert any(spoilt != _FILES[0] for spoilt in first)


def test_a_fault_is_counted_with_its_place_and_kept(tmp_path: object) -> None:
    run = Run()
    run.file(_FILES[0])
    assert not run.failures

    class Unreadable(bytes):
        def startswith(self, *_: object) -> bool:  # type: ignore[override]
            raise Broken("a promise")

    run.file(Unreadable(_FILES[0]))
    assert sum(run.failures.values()) == 1
    assert next(iter(run.failures)).startswith("Broken at")
