"""Fuzzing of everything that reads: spoilt files through the whole way of a case, odd phrases through the grammars.

    python -m benchmarks.fuzzing --inputs 100000 --seed 1 [--out FOLDER]

An input fails when anything raises, when a promise of the model is broken (`Broken`), or when it takes far more time
than its size allows. Every failure is written to the output folder with its trace; the summary tells how many inputs
ran. The engine `atheris` (coverage-guided) is used when it is installed; the other one needs nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random

from benchmarks.generate import DIALECTS, case_files
from benchmarks.spoil import phrase, spoil
from reportkit.base.amounts import read_change, read_conversion, read_quantities, read_quantity, read_transition
from reportkit.base.calculations import read_calculations
from reportkit.base.dates import read_period, read_periods
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.base.written import write_period, write_quantity
from reportkit.checks.cases import check_case
from reportkit.corpus.case import Case
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.cases import read_case, recognise_case
from reportkit.sources.cases.coverage import cover
from reportkit.sources.cases.not_cases import reason_against
from reportkit.sources.decode import decode
from reportkit.sources.front_matter import read_flow, read_front_matter, read_scalar
from reportkit.sources.matrices.spec import built_in_specs
from reportkit.sources.outline import read_outline
from reportkit.sources.prose import built_in_figures
from reportkit.sources.reports import read_report
from reportkit.sources.taxonomy import built_in_taxonomy
from reportkit.sources.twins import find_twins

_SLOW = 0.25  # seconds that any input may take, plus:
_SLOW_BYTE = 25e-6  # seconds a byte, about thirty times what a good file takes
_PHRASES_PER_FILE = 4


class Broken(AssertionError):  # noqa: N818 - says what is broken, not that there is an error
    """A promise of the model does not hold."""


@lru_cache(maxsize=1)
def _taxonomy() -> Taxonomy:
    return built_in_taxonomy()


# --- targets ---------------------------------------------------------------------------------------------------------


def read_bytes(data: bytes) -> tuple[str, ...]:
    """Read one file as the program does and return what is worth counting (its dialect, that text was lost).

    Raises `Broken` when a promise of the model does not hold; anything else that it raises is a fault too.
    """
    decoded = decode(data, "fuzz.md")
    if decoded.text is None:
        if not decoded.reason or not decoded.findings:
            raise Broken("a file without text needs a reason")
        return ("no text",)
    text = decoded.text
    if "\r" in text:
        raise Broken("a carriage return is left")
    lines = text.split("\n")
    known = recognise_case(text)
    reading = read_case(text, "fuzz.md", _taxonomy())
    reason_against(text)
    if not known:
        read_report(text, "fuzz.md", built_in_specs(), _taxonomy(), built_in_figures())
    for case in reading.cases:
        _promises(case, len(lines))
        for finding in check_case(case):
            if not finding.message or not finding.code:
                raise Broken("a finding without message")
    find_twins(reading.cases)
    coverage = cover(text, reading.cases)
    if coverage.nowhere and reading.cases:
        return ("case" if known else "no case", "text lost")
    return ("case" if known else "no case",)


def read_phrase(text: str) -> tuple[str, ...]:
    """Put one phrase through every grammar; returns what is worth counting, raises `Broken` as `read_bytes`."""
    quantity = read_quantity(text)
    _quantity(quantity)
    for other in (*read_quantities(text), read_change(text, "down"), read_conversion(text)):
        if other is not None:
            _quantity(other)
    transition = read_transition(text)
    if transition is not None:
        _quantity(transition.before)
        _quantity(transition.after)
    read_calculations(text)
    for period in (read_period(text), *read_periods(text)):
        _period(period)
    lines = text.split("\n")
    read_front_matter(["---", *lines, "---"])
    read_scalar(text)
    if text[:1] in {"[", "{"}:
        read_flow(text)
    read_outline(lines)
    counts = ["phrase"]
    if quantity.is_known and not _same_amount(quantity, read_quantity(write_quantity(quantity))):
        counts.append("amount changed when written")
    period = read_period(text)
    if period.start is not None or period.end is not None:
        again = read_period(write_period(period))
        if (again.start, again.end, again.open_end) != (period.start, period.end, period.open_end):
            counts.append("period changed when written")
    return tuple(counts)


def _promises(case: Case, line_count: int) -> None:
    if not case.id or not case.title:
        raise Broken("a case without id or title")
    places = [case.origin, *(metric.origin for metric in case.metrics), *(cost.origin for cost in case.costs)]
    for section in (*case.sections, *case.file_sections):
        places.append(section.origin)
        places.extend(line.origin for line in section.lines)
    if any(not 1 <= place.line <= line_count for place in places):
        raise Broken("a line that the file does not have")
    for metric in case.metrics:
        for quantity in (metric.value, metric.before, metric.after, metric.change):
            if quantity is not None:
                _quantity(quantity)
    for phase in case.phases:
        if phase.period is not None:
            _period(phase.period)


def _quantity(quantity: Quantity) -> None:
    numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
    if any(not number.is_finite() for number in numbers):
        raise Broken("a number that is none")
    if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
        raise Broken("a range that ends before it begins")
    if quantity.value is not None and (quantity.low is not None or quantity.high is not None):
        raise Broken("a value and a range at once")


def _period(period: Period) -> None:
    for date in (period.start, period.end):
        if date is not None and (date.month is not None and not 1 <= date.month <= 12):
            raise Broken("a month that does not exist")
    if period.open_end and period.end is not None:
        raise Broken("an open end and an end")


def _same_amount(first: Quantity, second: Quantity) -> bool:
    return (first.value, first.low, first.high, first.unit) == (second.value, second.low, second.high, second.unit)


# --- the run ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Run:
    """What a run has seen: inputs by kind, failures by place, the slowest input in microseconds a byte."""

    out: Path | None = None
    files: int = 0
    phrases: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def file(self, data: bytes) -> None:
        """Put one file through, and keep it when it fails."""
        self.files += 1
        start = time.process_time()
        counts = self._guard(data, lambda: read_bytes(data))
        spent = time.process_time() - start
        self.slowest = max(self.slowest, spent * 1e6 / max(len(data), 400))
        if spent > _SLOW + _SLOW_BYTE * len(data):
            self._fail(f"slow: {spent:.2f} s", data, "")
        if "text lost" in counts:
            self._fail("text lost", data, "")

    def phrase(self, text: str) -> None:
        """Put one phrase through, and keep it when it fails."""
        self.phrases += 1
        for count in self._guard(text.encode("utf-8", "surrogatepass"), lambda: read_phrase(text)):
            if count.endswith("written"):
                self._fail(count, text.encode("utf-8", "surrogatepass"), "")

    def _guard(self, data: bytes, action: object) -> tuple[str, ...]:
        try:
            counts: tuple[str, ...] = action()  # type: ignore[operator]
        except Exception as error:  # every kind is a failure, that is the point
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} {last.name}: {error}"[:160]
            self._fail(place, data, traceback.format_exc())
            return ()
        self.counts.update(counts)
        return counts

    def _fail(self, what: str, data: bytes, trace: str) -> None:
        what = "slow" if what.startswith("slow") else what
        self.failures[what] += 1
        if self.out is not None and self.failures[what] <= 12:
            self.out.mkdir(parents=True, exist_ok=True)
            words = "".join(char if char.isalnum() else "_" for char in what)[:60]
            name = f"{len(self.failures):03}_{self.failures[what]:02}_{words}"
            (self.out / f"{name}.bin").write_bytes(data)
            if trace:
                (self.out / f"{name}.txt").write_text(trace, encoding="utf-8", errors="replace")

    def summary(self) -> str:
        """Return what ran and what was found."""
        return "\n".join(
            (
                f"files {self.files}, phrases {self.phrases}, slowest {self.slowest:.1f} us a byte",
                f"seen {dict(self.counts)}",
                f"failures {dict(self.failures)}",
            )
        )


def good_files(seed: int = 7) -> tuple[bytes, ...]:
    """Return two made-up files of every dialect."""
    found: list[bytes] = []
    for dialect in DIALECTS:
        files = case_files(12, seed, (dialect,))
        found.extend(file.text.encode() for file, _ in zip(files, range(2), strict=False))
    return tuple(found)


def good_phrases(files: Sequence[bytes]) -> tuple[str, ...]:
    """Return the distinct cells and list items of the files: what the grammars are asked to read."""
    cells = (
        cell.strip(" -*|") for data in files for line in data.decode().split("\n") for cell in line.split("|") if cell
    )
    return tuple(dict.fromkeys(cell for cell in cells if 0 < len(cell) < 80))


def run_own(run: Run, inputs: int, seed: int, files: Sequence[bytes]) -> None:
    """Run spoilt files, and phrases between them, until that many inputs have run."""
    draw = Random(seed)  # noqa: S311 - spoiling, no secret
    phrases = good_phrases(files)
    while run.files + run.phrases < inputs:
        run.file(spoil(draw.choice(files), files, draw))
        for _ in range(_PHRASES_PER_FILE):
            run.phrase(phrase(phrases, draw))


def fuzz_file(data: bytes) -> None:
    """Read one input; raises when it fails. For engines that bring their own inputs."""
    read_bytes(data)


def fuzz_phrase(data: bytes) -> None:
    """Read one phrase; raises when it fails. For engines that bring their own inputs."""
    read_phrase(data.decode("utf-8", "replace"))


def main() -> None:
    """Run as the command line asks and write the summary to standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzzing", description="壊れた資料で読み取りを試します")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="失敗した入力を書き出すフォルダー")
    parser.add_argument("--folder", type=Path, help="壊す元にする .md ファイルのフォルダー（架空の事例に加えます）")
    chosen = parser.parse_args()
    own = () if chosen.folder is None else tuple(path.read_bytes() for path in sorted(chosen.folder.rglob("*.md")))
    run = Run(chosen.out)
    try:
        run_own(run, chosen.inputs, chosen.seed, (*good_files(), *own))
    finally:
        sys.stdout.write(run.summary() + "\n")


if __name__ == "__main__":
    main()
