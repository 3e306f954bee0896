"""Random edits of a project, each followed by a build that must make exactly what changed.

    python -m benchmarks.edits --steps 300 --seed 1

A step edits, adds, deletes and renames sources and templates, changes settings or deletes documents. Then `reportkit
build` runs with one or two workers, and every document is made anew in memory, without any record. The files that the
build wrote must be those whose bytes differ from before (brute force), and all files must be those of the clean build,
byte for byte. Now and then, and at the end of each project, the clean build is made by the command in a process of its
own as well, with hashes that begin elsewhere: what this process still remembers cannot help there. Every third project
has the survey. All sources are made up (架空).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from click.testing import CliRunner

from benchmarks.commands import CHECKOUT, environment_of
from benchmarks.progress import Progress
from benchmarks.project import Project
from reportkit.cli.main import cli
from reportkit.project.documents import Press, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import read_settings
from reportkit.sections.environment import forget_templates

_SURVEY_EVERY = 3  # projects
_APART_EVERY = 12  # steps, on average


@dataclass(slots=True)
class Tally:
    """What was seen: steps, documents, edits by kind, faults.

    written: documents that a build wrote. same: made again to the same bytes, and not written. quiet: steps after which
    nothing was written. apart: clean builds in processes of their own.
    """

    steps: int = 0
    written: int = 0
    same: int = 0
    quiet: int = 0
    apart: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


Tell = Callable[[Tally], None]


def _silent(_: Tally) -> None:
    """Say nothing."""


def run_steps(
    steps: int, seed: int, cases: int = 8, *, survey: bool = False, fresh: int = 30, tell: Tell = _silent
) -> Tally:
    """Carry out so many steps and return what was seen; a new project is begun every `fresh` steps.

    survey: every project has the survey, not only every third. tell: hears the tally after each step.
    """
    tally = Tally()
    draw = Random(seed)  # noqa: S311 - made-up edits, no secret
    for number in count():
        last = min(steps, tally.steps + fresh)
        with _in_new_folder():
            project = Project(draw, cases, survey=survey or number % _SURVEY_EVERY == _SURVEY_EVERY - 1)
            _build(1)
            while tally.steps < last:
                _step(project, tally)
                if tally.steps == last or draw.random() < 1 / _APART_EVERY:
                    _compare_apart(tally)
                tell(tally)
        if tally.steps == steps:
            break
    return tally


def _step(project: Project, tally: Tally) -> None:
    before = _contents()
    edits = [project.edit() for _ in range(project.draw.choice((1, 1, 1, 2, 3)))]
    tally.steps += 1
    tally.edits.update(edits)
    stamps = {name: (Path("out") / name).stat().st_ino for name in before if (Path("out") / name).exists()}
    output = _build(project.draw.choice((1, 2)))
    expected = _clean()
    after = _contents()
    written = {name for name in after if (Path("out") / name).stat().st_ino != stamps.get(name)}
    wanted = {name for name, data in expected.items() if data != before.get(name) or name not in stamps}
    tally.written += len(written)
    tally.quiet += not written
    tally.same += sum(int(line.split()[0]) for line in output.splitlines() if "作り直しても同じ" in line)
    where = f"step {tally.steps} ({', '.join(edits)})"
    if stale := sorted(wanted - written):
        tally.faults.append(f"{where}: stale, but not made again: {stale}")
    if idle := sorted(written - wanted):
        tally.faults.append(f"{where}: written for nothing: {idle}")
    if differing := sorted(name for name, data in expected.items() if after.get(name) != data):
        tally.faults.append(f"{where}: not as a clean build: {differing}")


def _build(jobs: int) -> str:
    forget_templates()  # the command begins in a new process
    result = CliRunner().invoke(cli, ["build", "--jobs", str(jobs)])
    if result.exit_code:
        raise RuntimeError(result.output)
    return result.output


def _clean() -> dict[str, bytes]:
    """Return every document by its path, made without looking at any record."""
    settings = read_settings(Path())
    forget_templates()
    press = Press(read_corpus(settings.seeds), settings)
    return {
        press.path(subject).relative_to(settings.out).as_posix(): press.make(subject).data
        for subject in all_subjects(press.corpus)
    }


def _compare_apart(tally: Tally) -> None:
    """Build everything in a new process and a new folder; what stands here must be the same.

    Documents of subjects that are gone stay here and are not there.
    """
    tally.apart += 1
    with tempfile.TemporaryDirectory() as name:
        for part in ("seeds", "templates", "reportkit.toml"):
            if Path(part).is_dir():
                shutil.copytree(part, Path(name, part))
            elif Path(part).exists():
                shutil.copy(part, name)
        words = [sys.executable, "-m", "reportkit_briefings", "build", "--jobs", "2"]
        environment = environment_of(str(CHECKOUT)) | {"PYTHONHASHSEED": str(tally.steps)}
        subprocess.run(words, cwd=name, env=environment, check=True, capture_output=True)  # noqa: S603 - our own command
        expected = _contents(Path(name, "out"))
    found = _contents()
    if differing := sorted(each for each, data in expected.items() if found.get(each) != data):
        tally.faults.append(f"step {tally.steps}: not as a clean build in a new process: {differing}")


def _contents(out: Path = Path("out")) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.docx")}


@contextmanager
def _in_new_folder() -> Iterator[None]:
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


def main() -> None:
    """Run as the command line asks; exit code 1 when a build did too much, too little, or something else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edits", description="架空の資料への編集とビルド")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=8, help="はじめの事例の数（省くと 8）")
    parser.add_argument("--survey", action="store_true", help="いつも調査の資料を使います（省くと三つに一つ）")
    chosen = parser.parse_args()
    tally = run_steps(chosen.steps, chosen.seed, chosen.cases, survey=chosen.survey, tell=Progress(chosen.steps))
    print(", ".join(f"{kind} {number}" for kind, number in tally.edits.most_common()))  # noqa: T201
    for fault in tally.faults:
        print(fault)  # noqa: T201
    print(verdict(tally))  # noqa: T201
    sys.exit(1 if tally.faults else 0)


def verdict(tally: Tally) -> str:
    """Return what came of it in one line."""
    words = f"{tally.steps} steps, {sum(tally.edits.values())} edits, {tally.written} documents written"
    more = f"{tally.same} made again to the same bytes, {tally.quiet} steps wrote nothing, {tally.apart} builds apart"
    return f"{'FAILED' if tally.faults else 'passed'}: {words}, {more}, {len(tally.faults)} faults"


if __name__ == "__main__":
    main()
