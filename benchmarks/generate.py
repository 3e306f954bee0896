"""Collections of made-up case files of any size, in all text dialects, the same for the same numbers on every machine.

    python -m benchmarks.generate FOLDER --cases 1000 --seed 7

Every company is 架空. A collection begins with one file of each dialect; then dialects are drawn by their share in real
collections. A smaller collection is the beginning of a larger one with the same seed, but for its last file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.dialects import MANY, SINGLE, report
from benchmarks.facts import facts_of

_REPORTED = 12  # files that the report of a folder names
DIALECTS = (*SINGLE, *MANY)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file: its name, the dialect of the survey page, how many cases it holds, and its text."""

    name: str
    dialect: str
    cases: int
    text: str


def case_files(cases: int, seed: int = 7, dialects: Sequence[str] = DIALECTS) -> Iterator[CaseFile]:
    """Yield files that hold that many cases together, in the given dialects only."""
    draw = Random(seed)  # noqa: S311 - made-up cases, no secret
    shares = [SINGLE[name][1] if name in SINGLE else MANY[name][1] for name in dialects]
    number = index = 0
    while number < cases:
        name = dialects[index] if index < len(dialects) else draw.choices(dialects, shares)[0]
        index += 1
        file = _file(name, number + 1, cases - number, seed)
        number += file.cases
        yield file


def write_collection(folder: Path, cases: int, seed: int = 7) -> int:
    """Write a collection in folders of 500 files, each with a report that is no case; return the number of files."""
    count = 0
    names: list[str] = []
    for index, file in enumerate(case_files(cases, seed)):
        place = folder / f"part_{index // 500:03}"
        if index % 500 == 0:
            place.mkdir(parents=True, exist_ok=True)
            names = []
        (place / file.name).write_text(file.text, encoding="utf-8", newline="\n")
        names.append(file.name)
        count += 1
        if len(names) == _REPORTED:
            (place / "進捗レポート.md").write_text(report(names), encoding="utf-8", newline="\n")
            count += 1
    return count


def _file(dialect: str, first: int, most: int, seed: int) -> CaseFile:
    if dialect in SINGLE:
        text = SINGLE[dialect][0](facts_of(first, seed))
        return CaseFile(f"{first:05}_{dialect}.{'json' if dialect == 'J1' else 'md'}", dialect, 1, text)
    write, _, size = MANY[dialect]
    many = [facts_of(first + offset, seed) for offset in range(min(size, most))]
    return CaseFile(f"{first:05}_{dialect}.md", dialect, len(many), write(many))


def main() -> None:
    """Write a collection as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description="架空の事例集を書き出します")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    write_collection(chosen.folder, chosen.cases, chosen.seed)


if __name__ == "__main__":
    main()
