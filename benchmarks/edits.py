"""Random edits of a project, each followed by a build that must make exactly what changed.

    python -m benchmarks.edits --steps 300 --seed 1

A step edits, adds, deletes and renames sources and templates, changes settings or deletes documents. Then `reportkit
build` runs, and every document is made anew in memory, without any record. The files that the build wrote must be those
whose bytes differ from before (brute force), and all files must be those of the clean build, byte for byte. All sources
are made up (架空).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from click.testing import CliRunner

from benchmarks.generate import case_files
from reportkit.cli.main import cli
from reportkit.project.documents import Press, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import read_settings
from reportkit.sections.environment import forget_templates

_CHECKOUT = Path(__file__).parents[1]
_TEMPLATES = _CHECKOUT / "templates"


@dataclass(slots=True)
class Tally:
    """What was seen: steps, documents written, documents made again to the same bytes, edits by kind, faults."""

    steps: int = 0
    written: int = 0
    same: int = 0
    quiet: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Project:
    """A project in the current folder, and the edits that can happen to it."""

    def __init__(self, draw: Random, cases: int, survey: bool) -> None:
        self.draw = draw
        self.files = list(case_files(cases + 40, draw.randrange(1000)))
        self.spare = len(self.files)
        Path("seeds").mkdir()
        for file in self.files[:cases]:
            (Path("seeds") / file.name).write_text(file.text, encoding="utf-8")
        self.spare = cases
        if survey:
            shutil.copytree(_CHECKOUT / "seeds" / "survey", "seeds/survey")

    def edit(self) -> str:
        """Carry out one random edit and return what it was."""
        edits: list[Callable[[], str]] = [
            self._change_digit, self._change_digit, self._change_word, self._drop_line, self._add_line, self._add_blank,
            self._touch, self._add_source, self._delete_source, self._rename_source, self._copy_source, self._override,
            self._edit_template, self._rename_template, self._settings, self._taxonomy, self._delete_output,
            self._no_source,
        ]  # fmt: skip
        return self.draw.choice(edits)()

    def source(self) -> Path:
        """Return a random source."""
        return self.draw.choice(sorted(path for path in Path("seeds").rglob("*.*") if path.suffix in {".md", ".txt"}))

    def _lines(self) -> tuple[Path, list[str], int]:
        path = self.source()
        lines = path.read_text(encoding="utf-8").split("\n")
        return path, lines, self.draw.randrange(len(lines))

    def _write(self, path: Path, lines: list[str]) -> None:
        path.write_text("\n".join(lines), encoding="utf-8")

    def _change_digit(self) -> str:
        path, lines, _ = self._lines()
        at = [number for number, line in enumerate(lines) if any(char.isdigit() for char in line)]
        if at:
            number = self.draw.choice(at)
            places = [place for place, char in enumerate(lines[number]) if char.isdigit()]
            place = self.draw.choice(places)
            lines[number] = f"{lines[number][:place]}{self.draw.randrange(10)}{lines[number][place + 1 :]}"
        self._write(path, lines)
        return "digit"

    def _change_word(self) -> str:
        path, lines, at = self._lines()
        lines[at] = lines[at].replace("架空", "仮想") if "架空" in lines[at] else f"{lines[at]}（架空の補足）"
        self._write(path, lines)
        return "word"

    def _drop_line(self) -> str:
        path, lines, at = self._lines()
        del lines[at]
        self._write(path, lines)
        return "drop line"

    def _add_line(self) -> str:
        path, lines, at = self._lines()
        lines.insert(at, f"- 架空の一行 {self.draw.randrange(100)}")
        self._write(path, lines)
        return "add line"

    def _add_blank(self) -> str:
        path, lines, at = self._lines()
        lines[at] += " "
        self._write(path, lines)
        return "blank"

    def _touch(self) -> str:
        os.utime(self.source())
        return "touch"

    def _add_source(self) -> str:
        if self.spare < len(self.files):
            file = self.files[self.spare]
            self.spare += 1
            Path("seeds", file.name).write_text(file.text, encoding="utf-8")
        return "add source"

    def _delete_source(self) -> str:
        path = self.source()
        if path.suffix == ".md" and len(list(Path("seeds").glob("*.md"))) > 3:
            path.unlink()
        return "delete source"

    def _rename_source(self) -> str:
        path = self.source()
        path.rename(path.with_name(f"{self.draw.randrange(100)}-{path.name[-40:]}"))
        return "rename source"

    def _copy_source(self) -> str:
        path = self.source()
        shutil.copy(path, path.with_name(f"copy-{self.draw.randrange(100)}{path.suffix}"))
        return "copy source"

    def _no_source(self) -> str:
        Path("seeds/README.md").write_text(f"# 架空の説明 {self.draw.randrange(9)}\n", encoding="utf-8")
        return "no source"

    def _own(self) -> list[Path]:
        return sorted(Path("templates").rglob("*.j2"))

    def _override(self) -> str:
        name = self.draw.choice(sorted(path.relative_to(_TEMPLATES) for path in _TEMPLATES.rglob("*.md.j2")))
        own = Path("templates") / name
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text((_TEMPLATES / name).read_text(encoding="utf-8"), encoding="utf-8")
        return "override template"

    def _edit_template(self) -> str:
        if own := self._own():
            path = self.draw.choice(own)
            path.write_text(f"{path.read_text(encoding='utf-8')}\n架空の一文です。\n", encoding="utf-8")
        return "edit template"

    def _rename_template(self) -> str:
        if own := self._own():
            path = self.draw.choice(own)
            path.rename(path.with_name("another.md.j2")) if self.draw.random() < 0.5 else path.unlink()
        return "rename template"

    def _settings(self) -> str:
        Path("reportkit.toml").write_text(f'organisation = "架空総研{self.draw.randrange(3)}"\n', encoding="utf-8")
        return "settings"

    def _taxonomy(self) -> str:
        Path("seeds/taxonomy.toml").write_text(f"# 架空 {self.draw.randrange(3)}\n", encoding="utf-8")
        return "taxonomy"

    def _delete_output(self) -> str:
        documents = sorted(Path("out").rglob("*.docx"))
        if documents:
            self.draw.choice(documents).unlink()
        return "delete output"


def run_steps(steps: int, seed: int, cases: int = 8, survey: bool = False, fresh: int = 30) -> Tally:
    """Carry out so many steps and return what was seen; a new project is begun every `fresh` steps."""
    tally = Tally()
    draw = Random(seed)  # noqa: S311 - made-up edits, no secret
    while tally.steps < steps:
        with _in_new_folder():
            project = Project(draw, cases, survey)
            _build()
            for _ in range(min(fresh, steps - tally.steps)):
                _step(project, tally)
    return tally


def _step(project: Project, tally: Tally) -> None:
    before = _contents()
    edits = [project.edit() for _ in range(project.draw.choice((1, 1, 1, 2, 3)))]
    tally.steps += 1
    tally.edits.update(edits)
    stamps = {name: (Path("out") / name).stat().st_ino for name in before if (Path("out") / name).exists()}
    output = _build()
    expected = _clean()
    after = _contents()
    written = {name for name in after if (Path("out") / name).stat().st_ino != stamps.get(name)}
    wanted = {name for name, data in expected.items() if data != before.get(name) or name not in stamps}
    tally.written += len(written)
    tally.quiet += not written
    tally.same += sum(int(line.split()[0]) for line in output.splitlines() if "作り直しても同じ" in line)
    where = f"step {tally.steps} ({', '.join(edits)})"
    if written != wanted:
        tally.faults.append(f"{where}: rebuilt {sorted(written - wanted)} for nothing, not {sorted(wanted - written)}")
    if differing := sorted(name for name, data in expected.items() if after.get(name) != data):
        tally.faults.append(f"{where}: not as a clean build: {differing}")


def _build() -> str:
    forget_templates()  # the command begins in a new process
    result = CliRunner().invoke(cli, ["build", "--jobs", "1"])
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


def _contents() -> dict[str, bytes]:
    return {path.relative_to("out").as_posix(): path.read_bytes() for path in Path("out").rglob("*.docx")}


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
    parser.add_argument("--cases", type=int, default=8)
    parser.add_argument("--survey", action="store_true", help="調査の資料も使います")
    chosen = parser.parse_args()
    tally = run_steps(chosen.steps, chosen.seed, chosen.cases, chosen.survey)
    words = f"{tally.steps} steps, {sum(tally.edits.values())} edits, {tally.written} documents written"
    print(f"{words}, {tally.same} made again to the same bytes, {tally.quiet} steps wrote nothing")  # noqa: T201
    print(", ".join(f"{kind} {count}" for kind, count in tally.edits.most_common()))  # noqa: T201
    for fault in tally.faults:
        print(fault)  # noqa: T201
    print("no faults" if not tally.faults else f"{len(tally.faults)} faults")  # noqa: T201
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
