"""What files said in earlier runs, kept in `.reportkit/readings/`: a file that did not change is not read again.

One entry a file and content: its cases, its findings, what the checks found inside of its cases, and digests of the
cases. An entry is named by the file's path and sha256, the settings of the seeds folder and reportkit's own code.
Losing entries costs reading; one that is damaged is read anew. Only our own record types are ever made from an entry,
so that a project folder from somebody else cannot run anything.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import is_dataclass
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from reportkit.base.cycles import no_cycle_search
from reportkit.base.digests import digest_of, serialised
from reportkit.base.finding import Finding
from reportkit.base.plugins import CASES
from reportkit.checks.cases import check_case
from reportkit.corpus.case import Case
from reportkit.project.engine import engine_digest, plugins_digest
from reportkit.sources.folder import FoundFile
from reportkit.sources.reader import FileReading

FOLDER = "readings"
_PAYS = 60  # files that are worth a second process


class KeptReadings:
    """The readings of one run, and those of earlier ones. workers: processes that may read ahead."""

    def __init__(self, state: Path, workers: int = 1) -> None:
        self._folder = state / FOLDER
        self._workers = workers
        self._settings = ""
        self._used: set[str] = set()
        self._checked: dict[int, tuple[Case, tuple[Finding, ...], str]] = {}

    def begin(self, settings: Sequence[str]) -> None:
        """Hear the digests of the settings that every reading depends on."""
        self._settings = digest_of((engine_digest(), plugins_digest(CASES), tuple(settings)))

    def get(self, path: str, digest: str, read: Callable[[], FileReading]) -> FileReading:
        """Return what the file said: from an earlier run, else by reading it now."""
        name = digest_of((self._settings, path, digest))
        self._used.add(name)
        entry = self._load(name)
        if entry is None:
            fresh = read()
            entry = (fresh, tuple((check_case(case), digest_of(case)) for case in fresh.cases))
            if fresh.digest == digest:  # else the file has just changed
                self._store(name, entry)
        reading: FileReading = entry[0]
        checks = entry[1]
        for case, (findings, case_digest) in zip(reading.cases, checks, strict=True):
            self._checked[id(case)] = (case, findings, case_digest)  # holds the case, so that its id stays its own
        return reading

    def prepare(self, files: Sequence[FoundFile], read: Callable[[FoundFile], None]) -> None:
        """Read files ahead in several processes when most of them are new; the entries are how they answer."""
        known = sum(1 for _ in self._folder.glob("*")) if self._folder.is_dir() else 0
        if self._workers < 2 or len(files) - known < _PAYS or sys.platform != "linux":
            return
        context = get_context("fork")
        shares = [files[start :: self._workers] for start in range(self._workers)]
        processes = [context.Process(target=_read_all, args=(share, read)) for share in shares]
        for process in processes:
            process.start()
        for process in processes:
            process.join()  # what a process that died did not read is read by us

    def findings_in(self, case: Case) -> tuple[Finding, ...]:
        """Return what the checks find inside of a case; known unless it was joined or renamed."""
        known = self._checked.get(id(case))
        return known[1] if known is not None and known[0] is case else check_case(case)

    def digest(self, case: Case) -> str:
        """Return the digest of a case; known unless it was joined or renamed."""
        known = self._checked.get(id(case))
        return known[2] if known is not None and known[0] is case else digest_of(case)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_checked": {}}  # on another machine the cases are other objects

    def forget(self) -> None:
        """Remove the entries that this run did not use."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    with suppress(OSError):
                        path.unlink()

    def _load(self, name: str) -> Any:
        try:
            data = (self._folder / name).read_bytes()
            with no_cycle_search():
                reading, checks = _OwnTypes(io.BytesIO(data)).load()
            return (reading, checks) if isinstance(reading, FileReading) and len(checks) == len(reading.cases) else None
        except Exception:
            return None

    def _store(self, name: str, entry: object) -> None:
        """Write an entry in one step; a disk that takes none only costs time."""
        path = self._folder / f".{name}.{os.getpid()}.part"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(serialised(entry, shared=True))
            path.replace(self._folder / name)


class _OwnTypes(pickle.Unpickler):
    """Makes records of ours and decimal numbers, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("reportkit.") or (module, name) == ("decimal", "Decimal"):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or found is Decimal):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _read_all(files: Sequence[FoundFile], read: Callable[[FoundFile], None]) -> None:
    with no_cycle_search():
        for file in files:
            read(file)
