"""Where the processor time goes, by room of the house: samples of what runs, not counts of calls.

    python -m benchmarks.rooms FILE build --jobs 1       runs `reportkit build --jobs 1` here, and writes FILE

The system interrupts the process a few hundred times in a second of processor time; the innermost function of a room
gets the sample, with what it called outside of the house (regular expressions, templates, zlib). Nothing is slowed
down, so that small functions do not look dearer than they are; shares below a percent say little. What all rooms share
(`base`, `document`, `corpus`) counts for the room that uses it. Only this process is looked at, not its workers.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

_EVERY = 0.002  # seconds of processor time; the system rounds it up to its own tick

# Functions that have a line of their own, whatever calls them.
APART: Mapping[tuple[str, str], str] = {
    ("reportkit.render.word.package", "xml_part"): "render/word: XML check",
    ("reportkit.render.word.package", "deflated_part"): "render/word: deflate",
    ("reportkit.base.files", "write_atomic"): "writing files",
}
# Modules by their beginning; the longest one that fits decides.
ROOMS: Mapping[str, str] = {
    "reportkit.sources": "sources",
    "reportkit.checks": "checks",
    "reportkit.views": "views",
    "reportkit.views.asked": "recording",
    "reportkit.views.answers": "recording",
    "reportkit.exhibits": "exhibits",
    "reportkit.sections": "sections",
    "reportkit.briefings": "briefings",
    "reportkit.render.word": "render/word: the rest",
    "reportkit.render.plot": "render/plot",
    "reportkit.render.figures": "render/figures",
    "reportkit.base.digests": "recording",
    "reportkit.project": "recording",
    "reportkit.project.documents": "project: documents",
    "reportkit.project.readings": "kept readings",
    "reportkit.project.earlier_issues": "writing files",
    "reportkit.build": "build",
    "reportkit.build.record": "recording",
    "reportkit.build.seal": "writing files",
    "reportkit.build.documents": "writing files",
    "reportkit.cli": "commands",
}
_BY_LENGTH = sorted(ROOMS, key=len, reverse=True)
IMPORTS = "imports"
CYCLES = "search for cycles"
OTHER = "other"


class Sampler:
    """A context in which the samples of this process are counted by room."""

    def __init__(self) -> None:
        self.rooms: Counter[str] = Counter()

    def __enter__(self) -> Sampler:
        gc.callbacks.insert(0, _collected)  # what comes after a search first is where its samples arrive
        self._old = signal.signal(signal.SIGPROF, self._note)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._old)
        gc.callbacks.remove(_collected)

    def _note(self, _number: int, frame: FrameType | None) -> None:
        self.rooms[room_of(frame)] += 1


def _collected(_phase: str, _numbers: dict[str, Any]) -> None:
    """Be there after a search for cycles: a sample that fell into it is delivered here."""


def room_of(frame: FrameType | None) -> str:
    """Return the room of the innermost frame that has one."""
    while frame is not None:
        if frame.f_code is _collected.__code__:
            return CYCLES
        module = frame.f_globals.get("__name__", "")
        if room := room_of_function(module, frame.f_code.co_name):
            return room
        frame = frame.f_back
    return OTHER


def room_of_function(module: str, name: str) -> str:
    """Return the room of a function, "" when it counts for who calls it."""
    if module.startswith("importlib."):
        return IMPORTS
    if not module.startswith("reportkit."):
        return ""
    if room := APART.get((module, name)):
        return room
    return next((ROOMS[start] for start in _BY_LENGTH if module == start or module.startswith(f"{start}.")), "")


def shares(columns: Mapping[str, Mapping[str, int]]) -> list[tuple[str, ...]]:
    """Return a row for each room, the dearest first: its share of each column in per cent."""
    sums = {name: sum(counts.values()) or 1 for name, counts in columns.items()}
    rooms = {room for counts in columns.values() for room in counts}
    part = {room: [columns[name].get(room, 0) / sums[name] for name in columns] for room in rooms}
    order = sorted(rooms, key=lambda room: (-sum(part[room]), room))
    return [(room, *(f"{each:.1%}" if each else "" for each in part[room])) for room in order]


def main(words: Sequence[str]) -> int:
    """Run a command line of reportkit and write the samples as JSON."""
    path, *line = words
    code = 0
    with Sampler() as sampler:
        from reportkit.cli.main import cli

        try:
            cli(line, prog_name="reportkit")
        except SystemExit as end:
            code = int(end.code or 0)
    Path(path).write_text(json.dumps(sampler.rooms), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
