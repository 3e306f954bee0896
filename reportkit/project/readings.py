"""What files said in earlier runs, kept in `.reportkit/readings/`: a file that did not change is not read again.

One entry a file and content: its cases, its findings, what the checks found inside of its cases, and digests of the
fields of the cases. An entry is named by the file's path and sha256, the settings of the seeds folder and reportkit's
own code. Losing entries costs reading; one that is damaged is read anew. Only our own record types are ever made from
an entry, so that a project folder from somebody else cannot run anything.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from reportkit.base.cycles import no_cycle_search
from reportkit.base.digests import SIZE, digest_bytes, digest_of, serialised
from reportkit.base.finding import Finding
from reportkit.base.plugins import CASES
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.project.engine import engine_with_plugins
from reportkit.project.kept_case import CaseParts, case_parts, kept_case, own_records
from reportkit.sources.file_reading import FileReading
from reportkit.sources.folder import FoundFile
from reportkit.views.case_digests import CaseDigests, digests_of_fields

FOLDER = "readings"
_PAYS = 60  # files that are worth a second process

_SAY_NOTHING = frozenset({"case", "unknown"})  # kinds of files without tables and figures

# What an entry holds beside the reading without its cases: for each case its parts, findings, and digests of fields.
_Checked = tuple[CaseParts, tuple[Finding, ...], str]


class KeptReadings:
    """The readings of one run, and those of earlier ones. workers: processes that may read ahead.

    digests: of the cases, as far as they are known.
    """

    def __init__(self, state: Path, workers: int = 1) -> None:
        self._folder = state / FOLDER
        self._workers = workers
        self._settings = ""
        self._used: set[str] = set()
        self._findings: dict[int, tuple[Case, tuple[Finding, ...]]] = {}  # holds the case, so that its id stays its own
        self.digests = CaseDigests()

    def begin(self, settings: Sequence[str]) -> None:
        """Hear the digests of the settings that every reading depends on."""
        self._settings = digest_of((engine_with_plugins(CASES), tuple(settings)))

    def get(self, path: str, digest: str, read: Callable[[], FileReading]) -> FileReading:
        """Return what the file said: from an earlier run, else by reading it now."""
        name = self._name(path, digest)
        self._used.add(name)
        return self._load(name) or self._read(name, digest, read)

    def _name(self, path: str, digest: str) -> str:
        return digest_bytes(f"{self._settings}\0{path}\0{digest}".encode())

    def prepare(self, files: Sequence[FoundFile], read: Callable[[FoundFile], None]) -> None:
        """Read files ahead in several processes when many of them are new; the entries are how they answer."""
        if self._workers < 2 or sys.platform != "linux":
            return
        known = self._names()
        new = [file for file in files if file.digest and self._name(file.path, file.digest) not in known]
        if len(new) < _PAYS:
            return
        context = get_context("fork")
        shares = [new[start :: self._workers] for start in range(self._workers)]
        processes = [context.Process(target=_read_all, args=(share, read)) for share in shares]
        for process in processes:
            process.start()
        for process in processes:
            process.join()  # what a process that died did not read is read by us

    def findings_in(self, case: Case) -> tuple[Finding, ...]:
        """Return what the checks find inside of a case; known unless it was joined or renamed."""
        known = self._findings.get(id(case))
        return _check_case(case) if known is None else known[1]

    def findings_of_survey(self, corpus: Corpus, check: Callable[[Corpus], Iterable[Finding]]) -> tuple[Finding, ...]:
        """Return what a check finds that looks at everything but the cases: known while the same files say it."""
        survey = replace(corpus, cases=(), sources=(), findings=())
        files = [(source.path, source.digest) for source in corpus.sources if source.kind not in _SAY_NOTHING]
        name = digest_of((self._settings, "survey", tuple(files)))
        self._used.add(name)
        known = self._entry(name)
        if not isinstance(known, tuple) or not all(isinstance(finding, Finding) for finding in known):
            known = tuple(check(survey))
            self._store(name, known)
        return known

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_findings": {}}  # on another machine the cases are other objects

    def forget(self) -> None:
        """Remove the entries that this run did not use."""
        for name in self._names() - self._used:
            with suppress(OSError):
                (self._folder / name).unlink()

    def _names(self) -> set[str]:
        try:
            return set(os.listdir(self._folder))  # noqa: PTH208
        except OSError:
            return set()

    def _load(self, name: str) -> FileReading | None:
        """Return the reading of an entry, None when there is none."""
        try:
            reading, checked = self._entry(name)
            if not isinstance(reading, FileReading):
                return None
            cases = tuple(kept_case(parts) for parts, _, _ in checked)
        except (TypeError, ValueError, AttributeError):
            return None
        self._note(cases, ((findings, digests) for _, findings, digests in checked))
        return replace(reading, cases=cases)

    def _entry(self, name: str) -> Any:
        """Return what an entry holds when it is whole, else None."""
        try:
            with open(self._folder / name, "rb", buffering=0) as handle:  # noqa: PTH123
                data = handle.read()
            if digest_bytes(data[SIZE:]).encode() != data[:SIZE]:
                return None
            with no_cycle_search():
                return own_records(data[SIZE:])
        except Exception:
            return None

    def _read(self, name: str, digest: str, read: Callable[[], FileReading]) -> FileReading:
        """Read a file and keep what it said."""
        reading = read()
        checked = [(_check_case(case), digests_of_fields(case)) for case in reading.cases]
        self._note(reading.cases, checked)
        if reading.digest == digest:  # else the file has just changed
            entry = tuple((case_parts(case), *rest) for case, rest in zip(reading.cases, checked, strict=True))
            self._store(name, (replace(reading, cases=()), entry))
        return reading

    def _note(self, cases: Sequence[Case], checked: Iterable[tuple[tuple[Finding, ...], str]]) -> None:
        for case, (findings, digests) in zip(cases, checked, strict=True):
            self._findings[id(case)] = (case, findings)
            self.digests.add(case, digests)

    def _store(self, name: str, entry: tuple[FileReading, tuple[_Checked, ...]] | tuple[Finding, ...]) -> None:
        """Write an entry in one step; a disk that takes none only costs time."""
        data = serialised(entry, shared=True)
        path = self._folder / f".{name}.{os.getpid()}.part"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(digest_bytes(data).encode() + data)
            path.replace(self._folder / name)


def _check_case(case: Case) -> tuple[Finding, ...]:
    from reportkit.checks.cases import check_case  # a third of what loads; most runs check nothing anew

    return check_case(case)


def _read_all(files: Sequence[FoundFile], read: Callable[[FoundFile], None]) -> None:
    with no_cycle_search():
        for file in files:
            read(file)
