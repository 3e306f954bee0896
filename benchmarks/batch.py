"""The documents of a collection one after another in one process, each once: what one costs in a batch, and where.

    python -m benchmarks.batch SEEDS FILE [--cases 300]

Runs in a process of its own, without the garbage of other tools. Reads and checks the whole folder, makes and writes so
many cases, all sectors and the overview, and puts milliseconds of processors and samples by room into FILE as JSON.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.rooms import Sampler
from reportkit.base.files import write_atomic
from reportkit.corpus.corpus import Corpus
from reportkit.project.documents import Press, Subject, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

READING = "reading and checking a case"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one of so many costs: milliseconds of processors, samples by room."""

    count: int
    ms: float
    rooms: Mapping[str, int]


def measure(seeds: Path, cases: int) -> dict[str, Cost]:
    """Return the costs of reading a case, and of making and writing a case, a sector, the overview."""
    corpora: list[Corpus] = []
    reading = _cost(1, lambda: corpora.append(read_corpus(seeds)))
    corpus = corpora[0]
    number = max(1, len(corpus.cases))
    costs = {READING: Cost(number, reading.ms / number, reading.rooms)}
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        press = Press(corpus, Settings(seeds, out, out / "templates"), {})
        press.prepare()
        gc.collect()
        gc.freeze()  # as a worker has it
        try:
            for kind in ("case", "sector", "overview"):
                subjects = [subject for subject in all_subjects(corpus) if subject.kind == kind]
                chosen = list(islice(subjects, cases + 1))
                first, rest = chosen[:1], chosen[1:] or chosen
                _make(press, first, out)  # templates are compiled and parts deflated once in a run
                costs[kind] = _cost(len(rest), lambda rest=rest: _make(press, rest, out))  # type: ignore[misc]
        finally:
            gc.unfreeze()
    return costs


def read_costs(path: Path) -> dict[str, Cost]:
    """Return the costs that a process wrote."""
    return {name: Cost(**cost) for name, cost in json.loads(path.read_text(encoding="utf-8")).items()}


def _make(press: Press, subjects: list[Subject], out: Path) -> None:
    for number, subject in enumerate(subjects):
        write_atomic(out / f"{number}.docx", press.make(subject).data)


def _cost(count: int, work: Callable[[], object]) -> Cost:
    start = time.process_time()
    with Sampler() as sampler:
        work()
    return Cost(count, (time.process_time() - start) * 1000 / max(1, count), sampler.rooms)


def main() -> None:
    """Measure and write what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description="文書を続けて作る費用")
    parser.add_argument("seeds", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--cases", type=int, default=300)
    chosen = parser.parse_args()
    costs = measure(chosen.seeds, chosen.cases)
    plain = {name: {"count": one.count, "ms": one.ms, "rooms": dict(one.rooms)} for name, one in costs.items()}
    chosen.file.write_text(json.dumps(plain), encoding="utf-8")


if __name__ == "__main__":
    main()
