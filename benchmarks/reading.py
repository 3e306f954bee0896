"""How long reading and checking of made-up collections takes, and how it grows with their size.

    python -m benchmarks.reading [--cases 1000 10000] [--repeat 2]

Every measurement of a collection runs in a process of its own: `read_folder` and `check_corpus`, best time of the
repeats, peak memory of the process. The second table tells what one case costs in each dialect. Times depend on the
machine; the ratio between two sizes should not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import DIALECTS, case_files, write_collection

_SAMPLE = 60  # cases of each dialect for the second table


@dataclass(frozen=True, slots=True)
class Measured:
    """One collection: files and cases in it, seconds to read and to check, peak memory in MB, findings.

    cpu: seconds of processor time for both, which other work on the machine disturbs less.
    """

    files: int
    cases: int
    read: float
    check: float
    cpu: float
    memory: float
    findings: int

    @property
    def seconds(self) -> float:
        """Reading and checking together."""
        return self.read + self.check


def measure(folder: Path) -> Measured:
    """Read and check one folder in this process."""
    import resource

    from reportkit.checks import check_corpus
    from reportkit.sources.reader import read_folder

    busy = time.process_time()
    start = time.perf_counter()
    corpus = read_folder(folder)
    middle = time.perf_counter()
    findings = check_corpus(corpus)
    end = time.perf_counter()
    busy = time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    count = len(corpus.findings) + len(findings)
    return Measured(len(corpus.sources), len(corpus.cases), middle - start, end - middle, busy, memory, count)


def measure_apart(folder: Path) -> Measured:
    """Read and check one folder in a new process, so that nothing is warm and the peak memory is its own."""
    result = subprocess.run(  # noqa: S603 - this interpreter, our own module
        [sys.executable, "-m", "benchmarks.reading", "--folder", str(folder)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    return Measured(**json.loads(result.stdout))


def collections_table(sizes: Sequence[int], seed: int, repeat: int) -> str:
    """Return the first table: every size, and the ratio to the size before."""
    heads = ("cases", "files", "read s", "check s", "total s", "cpu s", "peak MB", "findings")
    lines = [" ".join(f"{head:>8}" for head in heads) + "  ratio of cpu"]
    before: Measured | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            write_collection(Path(place), size, seed)
            found = min((measure_apart(Path(place)) for _ in range(repeat)), key=lambda run: run.cpu)
        ratio = "" if before is None else f"x{found.cpu / before.cpu:.2f} for x{found.cases / before.cases:.1f}"
        lines.append(
            f"{found.cases:8} {found.files:8} {found.read:8.2f} {found.check:8.2f} {found.seconds:8.2f} "
            f"{found.cpu:8.2f} {found.memory:8.0f} {found.findings:8}  {ratio}"
        )
        before = found
    return "\n".join(lines)


def dialects_table(seed: int) -> str:
    """Return the second table: milliseconds and bytes of one case in each dialect."""
    from reportkit.checks.cases import check_case
    from reportkit.sources.cases import read_case, recognise_case
    from reportkit.sources.taxonomy import built_in_taxonomy

    taxonomy = built_in_taxonomy()
    lines = [f"{'dialect':>7} {'bytes':>7} {'recognise ms':>13} {'read ms':>8} {'check ms':>9} {'us per byte':>12}"]
    for dialect in DIALECTS:
        files = tuple(case_files(_SAMPLE, seed, (dialect,)))
        count = sum(file.cases for file in files)
        size = sum(len(file.text.encode()) for file in files)
        start = time.process_time()
        known = [recognise_case(file.text) for file in files]
        middle = time.process_time()
        cases = [case for file in files for case in read_case(file.text, file.name, taxonomy).cases]
        read = time.process_time()
        for case in cases:
            check_case(case)
        end = time.process_time()
        note = "" if all(known) and len(cases) == count else f"  {sum(known)} of {len(files)} files, {len(cases)} cases"
        parts = [(late - early) * 1000 / count for early, late in ((start, middle), (middle, read), (read, end))]
        lines.append(
            f"{dialect:>7} {size // count:7} {parts[0]:13.2f} {parts[1]:8.2f} {parts[2]:9.2f} "
            f"{(end - start) * 1e6 / size:12.2f}{note}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure as the command line asks, and write the tables to standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description="読み取りと検算の速さを測ります")
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.folder is not None:
        found = measure(chosen.folder)
        sys.stdout.write(json.dumps({name: getattr(found, name) for name in found.__dataclass_fields__}))
        return
    sys.stdout.write(
        f"{collections_table(chosen.cases, chosen.seed, chosen.repeat)}\n\n{dialects_table(chosen.seed)}\n"
    )


if __name__ == "__main__":
    main()
