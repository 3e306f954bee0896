"""Whole collections by the command, as a user runs it: cold, unchanged, after one edit, ten times as large.

In: how many made-up cases (架空), with the survey of our seeds. Out: rows of goals, and where the time goes.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.batch import READING, Cost, read_costs
from benchmarks.commands import CHECKOUT, PROGRAM, Ran, median, run
from benchmarks.generate import write_collection
from benchmarks.goals import COLD, EDITED, MEMORY, NO_GOAL, ONE_DOCUMENT, SMALL_COMMAND, TEN_TIMES, UNCHANGED, Goal
from benchmarks.rooms import shares

HEAD = ("what", "result", "goal", "stretch goal")
_COLD_RUNS = 3
_BATCH = 300  # cases that are made one after another in one process
_SMALL = (("--help",), ("list", "cases"), ("explain", "overview"))
_NUMBER = re.compile(r"(?<=月)[\d,]*\d(?=時間)")  # hours saved: printed, drawn, and summed up in sectors

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows of goals, and where the time goes: a head and rows."""

    rows: tuple[Row, ...]
    head: Row
    rooms: tuple[Row, ...]


def measure(cases: int, rounds: int, *, large: bool) -> Measured:
    """Measure a collection of so many cases; with `large` also one of ten times as many."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        run(project(folder / "warm", 3), *PROGRAM, "build")  # writes the bytecode of every module, once and for all
        small = project(folder / "small", cases)
        costs = _batch(small, folder)
        cold = median([_cold(small) for _ in range(min(_COLD_RUNS, rounds))])
        rows = [*_batch_rows(costs), _cold_row(f"{cases:,} cases + sectors + overview, cold", cold)]
        rows += _small_rows(small, rounds)
        rows.append(_edit_row(small, rounds))
        alone = folder / "alone.json"
        run(_emptied(small), "-m", "benchmarks.rooms", str(alone), "build", "--jobs", "1")
        columns = {name: cost.rooms for name, cost in costs.items()}
        columns["cold build, one process"] = json.loads(alone.read_text(encoding="utf-8"))
        rows += _large_rows(folder, cases, cold if large else None)
        return Measured(tuple(rows), ("room", *columns), tuple(shares(columns)))


def project(folder: Path, cases: int) -> Path:
    """Write a project with so many made-up cases and the survey; return its folder."""
    (folder / "seeds").mkdir(parents=True)
    write_collection(folder / "seeds" / "cases", cases)
    for part in ("survey", "white-paper"):
        shutil.copytree(CHECKOUT / "seeds" / part, folder / "seeds" / part)
    return folder


def edit(folder: Path, number: int) -> Path:
    """Change a number that is used in one case, another one for each number of the edit; return the file."""
    edited = 0
    for path in sorted((folder / "seeds" / "cases").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if (found := _NUMBER.search(text)) is None:
            continue
        if edited == number:
            hours = int(found.group().replace(",", "")) + 1
            path.write_text(text.replace(found.group(), f"{hours:,}"), encoding="utf-8")
            return path
        edited += 1
    raise ValueError(f"only {edited} cases can be edited")


def _emptied(folder: Path) -> Path:
    for part in ("out", ".reportkit"):
        shutil.rmtree(folder / part, ignore_errors=True)
    return folder


def _cold(folder: Path) -> Ran:
    return run(_emptied(folder), *PROGRAM, "build")


def _batch(folder: Path, place: Path) -> dict[str, Cost]:
    found = place / "batch.json"
    run(folder, "-m", "benchmarks.batch", "seeds", str(found), "--cases", str(_BATCH))
    return read_costs(found)


def _batch_rows(costs: dict[str, Cost]) -> Iterator[Row]:
    reading = costs[READING].ms
    for kind in ("case", "sector", "overview"):
        cost = costs[kind]
        goal = ONE_DOCUMENT.get(kind)
        ms = cost.ms + reading if kind == "case" else cost.ms
        rest = f" ({reading:.1f} reading and checking, {cost.ms:.1f} the document)" if kind == "case" else ""
        what = f"one {kind} in a batch of {cost.count}" if cost.count > 1 else f"the {kind}"
        yield f"{what}, one process", f"{ms:.1f} ms{rest}", *(NO_GOAL if goal is None else goal.verdict(ms))


def _small_rows(folder: Path, rounds: int) -> list[Row]:
    """Return rows of commands that write nothing, each against bare Python in the same round."""
    words: list[tuple[str, ...]] = [("-c", "pass"), (*PROGRAM, "build"), *((*PROGRAM, *each) for each in _SMALL)]
    runs: list[list[Ran]] = [[] for _ in words]
    for each in words:
        run(folder, *each)
    for _ in range(rounds):
        for found, each in zip(runs, words, strict=True):
            found.append(run(folder, *each))
    bare, same, *small = map(median, runs)
    rows = [_against("nothing changed", same, bare, UNCHANGED)]
    named = zip(_SMALL, small, strict=True)
    return rows + [_against(f"reportkit {' '.join(each)}", ran, bare, SMALL_COMMAND) for each, ran in named]


def _edit_row(folder: Path, rounds: int) -> Row:
    runs: list[Ran] = []
    written: list[int] = []
    for number in range(rounds):
        edit(folder, number)
        before = _places(folder)
        runs.append(run(folder, *PROGRAM, "build"))
        written.append(len(_places(folder) - before))
    ran = median(runs)
    result = f"{_spent(ran)}; {min(written)}-{max(written)} documents written"
    return "one case edited", result, *EDITED.verdict(ran.seconds)


def _places(folder: Path) -> set[tuple[str, int]]:
    return {(str(path), path.stat().st_mtime_ns) for path in (folder / "out").rglob("*.docx")}


def _large_rows(folder: Path, cases: int, cold: Ran | None) -> Iterator[Row]:
    """Return the rows about ten times as many cases; without `cold` they say that it was not measured."""
    if cold is None:
        for what, goal in ((f"{cases * 10:,} cases, cold", TEN_TIMES), ("peak memory of any process then", MEMORY)):
            yield what, "with --large", *goal.verdict(None)
        return
    big = _cold(project(folder / "large", cases * 10))
    ratio = big.seconds / cold.seconds
    result = f"{ratio:.1f} x ({_spent(big)}; {big.cpu / cold.cpu:.1f} x the processors)"
    yield f"{cases * 10:,} cases, cold, against {cases:,}", result, *TEN_TIMES.verdict(ratio)
    yield "peak memory of any process then", _memory(big), *MEMORY.verdict(big.largest)


def _cold_row(what: str, ran: Ran, goal: Goal = COLD) -> Row:
    return what, f"{_spent(ran)}; {_memory(ran)}", *goal.verdict(ran.seconds)


def _spent(ran: Ran) -> str:
    return f"{ran.seconds:.2f} s, {ran.cpu:.2f} s of processors"


def _memory(ran: Ran) -> str:
    return f"{ran.largest:.0f} MB the largest process, {ran.together:.0f} MB all together"


def _against(what: str, ran: Ran, bare: Ran, goal: Goal) -> Row:
    ratio = ran.seconds / bare.seconds
    busy = f"{ran.cpu / bare.cpu:.1f} x by processors"
    result = f"{ratio:.1f} x bare python ({ran.seconds * 1000:.0f} ms, {ran.largest:.0f} MB; {busy})"
    return what, result, *goal.verdict(ratio)
