"""How many seeded faults in finished briefings `verify` finds, and whether it says anything about untouched ones.

    python -m benchmarks.mutants [--count 600] [--seed 7] [--seeds FOLDER ...]

The faults are made by `tests/audit/mutants.py`, which knows only the format of the files. Every folder of sources is
built, every untouched document is verified, then the faults of all kinds in turn, in documents drawn at random.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from reportkit.audit.lines import Sources
from reportkit.audit.package import open_package
from reportkit.audit.verify import verify_package
from reportkit.base.errors import AuditError

CHECKOUT = Path(__file__).parents[1]


@dataclass
class Score:
    """What was found: faults made and missed by kind, and what was said about untouched documents."""

    made: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)  # kind, document, fault
    false_alarms: list[tuple[str, str]] = field(default_factory=list)  # document, difference
    untouched: int = 0


def maker() -> tuple[Mapping[str, object], Callable[[str, bytes, Random], Any]]:
    """Return the kinds of faults and the function that makes one, from the script of the tests."""
    path = CHECKOUT / "tests" / "audit" / "mutants.py"
    spec = importlib.util.spec_from_file_location("audit_mutants", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(path.parent))  # it imports its neighbours, as under pytest
    spec.loader.exec_module(module)
    return module.KINDS, module.make_mutant


def score(documents: Mapping[str, bytes], seeds: Path, count: int, seed: int) -> Score:
    """Verify the documents as they are, then `count` faults in them. documents: by name."""
    kinds, make = maker()
    texts, random, result = Sources(seeds), Random(seed), Score()  # noqa: S311 - seeded faults
    for name, data in documents.items():
        result.untouched += 1
        verification = verify_package(open_package(data, name), texts)
        result.false_alarms += [(name, f"{one.place}: {one.what}") for one in verification.faults]
    names, order = sorted(documents), list(kinds)
    while sum(result.made.values()) < count:
        kind, name = order[sum(result.made.values()) % len(order)], random.choice(names)
        mutant = make(kind, documents[name], random)
        if mutant is None:
            continue  # the document has nothing of that kind
        result.made[kind] += 1
        try:
            found = bool(verify_package(open_package(mutant.data, name), texts).faults)
        except AuditError:
            found = True  # damaged beyond reading is reported as well
        if not found:
            result.missed.append((kind, name, mutant.what))
    return result


def built(seeds: Path, out: Path, keep: Callable[[str], bool] = lambda _: True) -> dict[str, bytes]:
    """Build every document of a folder of sources that is to be kept, by its name (`sector/医療`)."""
    from reportkit.project.documents import Press, all_subjects
    from reportkit.project.reading import read_corpus
    from reportkit.project.settings import Settings

    press = Press(read_corpus(seeds), Settings(seeds=seeds, out=out, templates=CHECKOUT / "templates"), {})
    return {one.id: press.make(one).data for one in all_subjects(press.corpus) if keep(one.id)}


def told(folder: Path, result: Score, seconds: float) -> str:
    """Return the result in words."""
    made, missed = sum(result.made.values()), Counter(kind for kind, _, _ in result.missed)
    lines = [f"{folder}: {result.untouched} untouched documents, {len(result.false_alarms)} false alarms"]
    lines += [f"  {name}: {what}" for name, what in result.false_alarms[:20]]
    lines += [f"{made} faults, {made - len(result.missed)} reported, {len(result.missed)} missed, {seconds:.0f} s"]
    lines += [f"  {kind:<10} {number:>4} {missed[kind]:>4} missed" for kind, number in result.made.items()]
    lines += [f"  missed: {kind} in {name}: {what}" for kind, name, what in result.missed]
    return "".join(f"{line}\n" for line in lines)


def main(words: Sequence[str] | None = None) -> int:
    """Run from the command line; exit code 1 when anything was missed or wrongly reported."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=600, help="faults for each folder")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seeds", type=Path, nargs="+", default=None, help="folders of sources")
    options = parser.parse_args(words)
    shared = CHECKOUT.parent / "shared"
    known = [CHECKOUT / "seeds", shared / "seeds", shared / "corpus" / "cases"]
    faulty = False
    for folder in options.seeds or [folder for folder in known if folder.is_dir()]:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as out:
            result = score(built(folder, Path(out)), folder, options.count, options.seed)
        sys.stdout.write(told(folder, result, time.perf_counter() - start))
        faulty = faulty or bool(result.missed or result.false_alarms)
    return int(faulty)


if __name__ == "__main__":
    sys.exit(main())
