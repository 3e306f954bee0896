"""Builds of 100 documents that are killed at random moments: no damaged file, and the next build completes the rest.

    python -m benchmarks.kills --kills 200 --seed 1

Each round changes a setting, so that every document is stale, begins a build with two workers in a process of its own,
and kills it (SIGKILL) after a random time, together with its workers or the parent alone. After every kill each
document must be whole, the old one or the new one; every few rounds a build runs to its end. All sources are 架空.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.generate import case_files
from reportkit.build.seal import is_sealed

_CHECKOUT = Path(__file__).parents[1]
_COMPLETE_EVERY = 4


@dataclass(slots=True)
class Tally:
    """What was seen. begun: kills after which some documents were new and some old; faults: what must not be."""

    kills: int = 0
    begun: int = 0
    ended: int = 0
    resumed: int = 0
    faults: list[str] = field(default_factory=list)


def run_kills(kills: int, seed: int, documents: int = 100) -> Tally:
    """Kill that many builds and return what was seen."""
    tally = Tally()
    draw = Random(seed)  # noqa: S311 - moments, no secret
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "seeds").mkdir()
        for file in case_files(documents, seed):
            (project / "seeds" / file.name).write_text(file.text, encoding="utf-8")
        start = time.monotonic()
        _complete(project)
        longest = time.monotonic() - start
        known = _contents(project)
        for number in range(kills):
            _set(project, number)
            process = _begin(project)
            time.sleep(draw.uniform(0.0, longest * 1.05))
            alone = draw.random() < 0.5
            running = process.poll() is None
            _kill(process, alone=alone)
            tally.kills += 1
            tally.ended += not running
            _look(project, known, tally, number)
            if number % _COMPLETE_EVERY == _COMPLETE_EVERY - 1 or number == kills - 1:
                before = _contents(project)
                output = _complete(project)
                after = _contents(project)
                tally.resumed += "最新です" in output
                if set(after) != set(before) or not all(map(is_sealed, after.values())):
                    tally.faults.append(f"round {number}: documents are missing or damaged after a whole build")
                if parts := [str(path) for path in (project / "out").rglob("*.part")]:
                    tally.faults.append(f"round {number}: left behind: {parts}")
                known = after
                print(f"{tally.kills} kills, {len(tally.faults)} faults", file=sys.stderr)  # noqa: T201
    return tally


def _look(project: Path, known: dict[str, bytes], tally: Tally, number: int) -> None:
    found = _contents(project)
    new = sum(known.get(name) != data for name, data in found.items())
    tally.begun += 0 < new < len(found)
    if missing := sorted(known.keys() - found.keys()):
        tally.faults.append(f"round {number}: gone: {missing}")
    if damaged := sorted(name for name, data in found.items() if not is_sealed(data)):
        tally.faults.append(f"round {number}: damaged: {damaged}")


def _set(project: Path, number: int) -> None:
    (project / "reportkit.toml").write_text(f'organisation = "架空総研{number}"\n', encoding="utf-8")


def _begin(project: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "reportkit_briefings", "build", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(_CHECKOUT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=project, env=environment, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def _kill(process: subprocess.Popen[str], *, alone: bool) -> None:
    if alone:
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()  # its workers hold the pipe until they are gone


def _complete(project: Path) -> str:
    process = _begin(project)
    output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(output)
    return output


def _contents(project: Path) -> dict[str, bytes]:
    out = project / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.docx")}


def main() -> None:
    """Run as the command line asks; exit code 1 when a file was damaged or missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description="ビルドを途中で止めます")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=100)
    chosen = parser.parse_args()
    tally = run_kills(chosen.kills, chosen.seed, chosen.documents)
    words = f"{tally.kills} kills, {tally.begun} in the middle of writing, {tally.ended} after the end"
    print(f"{words}, {tally.resumed} builds that went on where a killed one had been")  # noqa: T201
    for fault in tally.faults:
        print(fault)  # noqa: T201
    print("no faults" if not tally.faults else f"{len(tally.faults)} faults")  # noqa: T201
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
