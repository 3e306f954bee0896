"""The goals for speed and memory, measured beside other tools in one run.

    python -m benchmarks.speed [--cases 1000] [--large] [--rounds 5] [--modules node_modules] [--write]

Documents: a case and a sector of our own seeds, made by reportkit with all it does, and by the peers from the same
content, in turns, by processor time. Collections: made-up cases (架空) with the survey, built by the command as a user
runs it. Ratios are what to read: the machine may be busy. `--write` puts the tables into benchmarks/RESULTS.md; peers
that are not installed are left out.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import write_collection
from benchmarks.peers import NodeDocx, docxtpl, docxtpl_template, draw, pandoc, pandoc_program, plain_content, timed
from benchmarks.peers import python_docx as by_python_docx

_CHECKOUT = Path(__file__).parents[1]
_RESULTS = Path(__file__).parent / "RESULTS.md"
_GOALS = {"case": {"docxtpl + pyplot": 60, "docxtpl, pictures given": 8, "npm docx, warm, pictures given": 4,
                   "pandoc process, pictures given": 14},
          "sector": {"docxtpl + pyplot": 100, "npm docx, warm, pictures given": 4,
                     "pandoc process, pictures given": 14}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ran: seconds on the clock, seconds of processors, peak memory of its largest process in MB."""

    seconds: float
    cpu: float
    memory: float


def documents(rounds: int, modules: Path | None) -> Iterator[tuple[str, ...]]:
    """Yield a row for every tool and kind of document: kind, tool, milliseconds, how much faster we are, goal."""
    from reportkit.project.documents import Press, Subject
    from reportkit.project.reading import read_corpus
    from reportkit.project.settings import Settings

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        press = Press(read_corpus(_CHECKOUT / "seeds"), Settings(folder, folder / "out", folder / "templates"), {})
        node = NodeDocx(modules) if modules is not None and (modules / "docx").is_dir() else None
        for subject in (Subject("case", "ソニーグループ"), Subject("sector", "医療")):
            content = plain_content(press.compose(subject))
            pictures = draw(content.charts())
            template = docxtpl_template(folder)
            calls: dict[str, Callable[[], float]] = {
                "reportkit": lambda subject=subject: timed(lambda: press.make(subject)),  # type: ignore[misc]
                "docxtpl + pyplot": lambda c=content, t=template: timed(lambda: docxtpl(t, c, draw(c.charts()))),  # type: ignore[misc]
                "docxtpl, pictures given": lambda c=content, t=template, p=pictures: timed(lambda: docxtpl(t, c, p)),  # type: ignore[misc]
                "python-docx, pictures given": lambda c=content, p=pictures: timed(lambda: by_python_docx(c, p)),  # type: ignore[misc]
            }
            if (program := pandoc_program()) is not None:
                calls["pandoc process, pictures given"] = (
                    lambda c=content, p=pictures, g=program: timed(lambda: pandoc(g, folder, c, p))  # type: ignore[misc]
                )
            if node is not None:
                calls["npm docx, warm, pictures given"] = lambda c=content, p=pictures: node.seconds(c, p)  # type: ignore[misc]
            yield from _compared(subject.kind, calls, rounds)
        if node is not None:
            node.close()


def _compared(kind: str, calls: dict[str, Callable[[], float]], rounds: int) -> Iterator[tuple[str, ...]]:
    for call in calls.values():  # everybody warm
        call()
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            found[name].append(call())
    medians = {name: statistics.median(times) for name, times in found.items()}
    for name, median in medians.items():
        goal = _GOALS[kind].get(name)
        ratio = median / medians["reportkit"]
        met = "" if goal is None else f"≥ {goal} x: {'met' if ratio >= goal else 'missed'}"
        yield kind, name, f"{median * 1000:.1f}", f"{ratio:.1f}", met


def run(folder: Path, *words: str) -> Ran:
    """Run a command line of Python in a folder and return what it took. Raises `RuntimeError` when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(_CHECKOUT)}
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *words], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(words)}: {status}")
    return Ran(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def collections(cases: int, rounds: int, *, large: bool) -> Iterator[tuple[str, ...]]:
    """Yield a row for every goal about a collection: what, result, goal, met or not."""
    program = ("-m", "reportkit_briefings")
    with tempfile.TemporaryDirectory() as name:
        project = _project(Path(name) / "small", cases)
        cold = run(project, *program, "build")
        yield _row(f"{cases:,} cases + sectors + overview, cold", cold, "≤ 8 s", cold.seconds <= 8)
        bare = _median([run(project, "-c", "pass") for _ in range(rounds)])
        same = _median([run(project, *program, "build") for _ in range(rounds)])
        yield _against("nothing changed", same, bare, 12)
        edited = _median([_edit_and_run(project, number, program) for number in range(rounds)])
        yield _row("one case edited", edited, "≤ 1.2 s", edited.seconds <= 1.2)
        for words in (("--help",), ("list", "cases"), ("explain", "overview")):
            ran = _median([run(project, *program, *words) for _ in range(rounds)])
            yield _against(f"reportkit {' '.join(words)}", ran, bare, 8)
        if large:
            big = run(_project(Path(name) / "large", cases * 10), *program, "build")
            ratio = big.seconds / cold.seconds
            memory = big.memory <= 300
            yield _row(f"{cases * 10:,} cases, cold", big, "≤ 300 MB", memory)
            yield "ten times as many cases", f"{ratio:.1f} x", "≤ 10.5 x", "met" if ratio <= 10.5 else "missed"


def _project(folder: Path, cases: int) -> Path:
    (folder / "seeds").mkdir(parents=True)
    write_collection(folder / "seeds" / "cases", cases)
    for part in ("survey", "white-paper"):
        shutil.copytree(_CHECKOUT / "seeds" / part, folder / "seeds" / part)
    return folder


def _edit_and_run(project: Path, number: int, program: Sequence[str]) -> Ran:
    path = sorted((project / "seeds" / "cases").rglob("*.md"))[number]
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n\n架空の追記 {number}。\n", encoding="utf-8")
    return run(project, *program, "build")


def _median(runs: Sequence[Ran]) -> Ran:
    return sorted(runs, key=lambda ran: ran.seconds)[len(runs) // 2]


def _row(what: str, ran: Ran, goal: str, met: bool) -> tuple[str, ...]:
    result = f"{ran.seconds:.2f} s ({ran.cpu:.2f} s of processors, {ran.memory:.0f} MB)"
    return what, result, goal, "met" if met else "missed"


def _against(what: str, ran: Ran, bare: Ran, goal: int) -> tuple[str, ...]:
    ratio = ran.seconds / bare.seconds
    result = f"{ratio:.1f} x bare python ({ran.seconds * 1000:.0f} ms, {ran.memory:.0f} MB)"
    return what, result, f"≤ {goal} x", "met" if ratio <= goal else "missed"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Measure as the command line asks and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="速さの目標とほかの道具との比較")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="10 倍の事例でも測ります")
    parser.add_argument("--modules", type=Path, help="npm の docx を入れた node_modules")
    parser.add_argument("--write", action="store_true", help="benchmarks/RESULTS.md に書きます")
    chosen = parser.parse_args()
    load = os.getloadavg()[0]
    rows = list(documents(chosen.rounds, chosen.modules))
    first = table(("document", "tool", "ms", "reportkit is faster by", "goal"), rows)
    print(first, flush=True)  # noqa: T201
    second = table(("what", "result", "goal", ""), list(collections(chosen.cases, chosen.rounds, large=chosen.large)))
    print(f"\n{second}")  # noqa: T201
    if chosen.write:
        where = f"CPython {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f} when it began"
        head = f"# What building costs\n\nMade by `python -m benchmarks.speed`: medians of {chosen.rounds}, {where}.\n"
        units = "Documents: milliseconds of processors. Collections: seconds on the clock.\n"
        _RESULTS.write_text(f"{head}{units}\n{first}\n\n{second}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
