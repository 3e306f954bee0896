"""Commands as a user runs them: how long, how many seconds of processors, how much memory, over all their processes.

A command is started by a small process of its own (`benchmarks/launch.py`): Linux bills to a child at first what the
process that starts it holds, and that of a benchmark holds other tools.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
PROGRAM = ("-m", "reportkit_briefings")
_LAUNCH = Path(__file__).parent / "launch.py"
_LOOK_EVERY = 0.05  # seconds; the highest point of a process is kept by the system, so none is missed but its last


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ran: seconds on the clock and of processors, peak memory in MB.

    largest: of its largest process. together: the peaks of all its processes that were seen, added up; pages that
    forked processes share are counted in each of them.
    """

    seconds: float
    cpu: float
    largest: float
    together: float = 0.0


def environment_of(path: str) -> dict[str, str]:
    """Return the environment of a user: bytecode is kept, nothing of Python is set but where its modules are."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return found | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


def run(folder: Path, *words: str) -> Ran:
    """Run a command line of Python in a folder and return what it took. Raises `RuntimeError` when it fails."""
    command = [sys.executable, "-I", "-S", str(_LAUNCH), sys.executable, *words]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=folder, env=environment_of(str(CHECKOUT)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        watch = _Peaks(process.pid)
        watch.start()
        output, errors = process.communicate()
        peaks = watch.stop()
    seconds, cpu, largest, status = output.split()
    if int(status):
        raise RuntimeError(f"{' '.join(words)}: {status}\n{errors}")
    return Ran(float(seconds), float(cpu), max([float(largest), *peaks]), sum(peaks))


def median(runs: Sequence[Ran]) -> Ran:
    """Return the run in the middle by the clock, with the highest memory of all."""
    middle = sorted(runs, key=lambda ran: ran.seconds)[len(runs) // 2]
    return Ran(middle.seconds, middle.cpu, max(ran.largest for ran in runs), max(ran.together for ran in runs))


def in_turns(rounds: int, calls: Sequence[Callable[[], float]]) -> list[list[float]]:
    """Call everything once a round, beginning with another one each time; return the answers of each."""
    answers: list[list[float]] = [[] for _ in calls]
    for number in range(rounds):
        for offset in range(len(calls)):
            index = (number + offset) % len(calls)
            answers[index].append(calls[index]())
    return answers


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


class _Peaks(threading.Thread):
    """Looks at the processes below another one and keeps the peak memory (MB) of each; not at that one itself."""

    def __init__(self, above: int) -> None:
        super().__init__(daemon=True)
        self._above = above
        self._ends = threading.Event()
        self._peaks: dict[str, float] = {}

    def run(self) -> None:
        """Look until told to stop."""
        while not self._ends.wait(_LOOK_EVERY):
            for pid in _below(str(self._above)):
                if peak := _peak(pid):
                    self._peaks[pid] = peak

    def stop(self) -> list[float]:
        """Return the peaks of all processes that were seen."""
        self._ends.set()
        self.join()
        return list(self._peaks.values())


def _below(pid: str) -> list[str]:
    found: list[str] = []
    with suppress(OSError):
        for task in Path("/proc", pid, "task").iterdir():
            for child in (task / "children").read_text().split():
                found += (child, *_below(child))
    return found


def _peak(pid: str) -> float:
    with suppress(OSError, ValueError):
        for line in Path("/proc", pid, "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0
