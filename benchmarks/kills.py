"""Builds of 100 documents that are killed at random moments: no damaged file, and the next build completes the rest.

    python -m benchmarks.kills --kills 200 --seed 1

Each round changes a setting, so that every document is stale, begins a build with two workers in a process of its own,
and kills it (SIGKILL) after a random time, together with its workers or the parent alone. After every kill each
document must be whole, the old one or the new one. Every few rounds a build runs to its end: then every document must
be, byte for byte, what is made in memory without any record, and nothing else may be left. All sources are 架空.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.commands import environment_of
from benchmarks.generate import case_files
from benchmarks.progress import Progress
from reportkit.build.seal import is_sealed
from reportkit.project.documents import Press, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import read_settings

_CHECKOUT = Path(__file__).parents[1]
_COMPLETE_EVERY = 4


@dataclass(slots=True)
class Tally:
    """What was seen. begun: kills after which some documents were new and some old; faults: what must not be.

    ended: kills that came too late. resumed: builds that went on where a killed one had been. documents: how many.
    """

    kills: int = 0
    begun: int = 0
    ended: int = 0
    resumed: int = 0
    documents: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def steps(self) -> int:
        """Return how many kills there were, for the progress."""
        return self.kills


Tell = Callable[[Tally], None]


def _silent(_: Tally) -> None:
    """Say nothing."""


def run_kills(kills: int, seed: int, cases: int = 100, *, tell: Tell = _silent) -> Tally:
    """Kill that many builds and return what was seen. tell: hears the tally after each kill."""
    tally = Tally()
    draw = Random(seed)  # noqa: S311 - moments, no secret
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "seeds").mkdir()
        for file in case_files(cases, seed):
            (project / "seeds" / file.name).write_text(file.text, encoding="utf-8")
        _complete(project)
        start = time.monotonic()
        _set(project, -1)
        _complete(project)  # as long as the builds that will be killed: what files said is known
        longest = time.monotonic() - start
        known = _contents(project)
        tally.documents = len(known)
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
                tally.resumed += "最新です" in _complete(project)
                known = _contents(project)
                _compare(project, known, tally, number)
            tell(tally)
    return tally


def _compare(project: Path, found: dict[str, bytes], tally: Tally, number: int) -> None:
    """Look whether a whole build left exactly what is made without any record."""
    settings = read_settings(project)
    press = Press(read_corpus(settings.seeds), settings, {})
    expected = {
        press.path(subject).relative_to(settings.out).as_posix(): press.make(subject).data
        for subject in all_subjects(press.corpus)
    }
    if stale := sorted(name for name, data in expected.items() if name in found and found[name] != data):
        tally.faults.append(f"round {number}: not as a clean build after a whole one: {stale}")
    if expected.keys() != found.keys():
        tally.faults.append(f"round {number}: missing or too much: {sorted(expected.keys() ^ found.keys())}")
    if parts := sorted(str(path) for path in project.rglob("*.part")):
        tally.faults.append(f"round {number}: left behind: {parts}")


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
    environment = environment_of(str(_CHECKOUT))
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


def verdict(tally: Tally) -> str:
    """Return what came of it in one line."""
    words = f"{tally.kills} kills of builds of {tally.documents} documents, {tally.begun} in the middle of writing"
    more = f"{tally.ended} after the end, {tally.resumed} builds went on where a killed one had been"
    return f"{'FAILED' if tally.faults else 'passed'}: {words}, {more}, {len(tally.faults)} faults"


def main() -> None:
    """Run as the command line asks; exit code 1 when a file was damaged, missing or stale."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description="ビルドを途中で止めます")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=100, help="事例の数（省くと 100。文書はそれより多くなります）")
    chosen = parser.parse_args()
    tally = run_kills(chosen.kills, chosen.seed, chosen.cases, tell=Progress(chosen.kills))
    for fault in tally.faults:
        print(fault)  # noqa: T201
    print(verdict(tally))  # noqa: T201
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
