"""Which documents are stale and why, and a build that makes exactly those and puts down what it made.

In: the press of a run, the record of the runs before. Out: a `Plan`; results, one by one; the record of this run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportkit.build.documents import Job, Result, sweep
from reportkit.build.outputs import documents, orphans, state_of
from reportkit.build.record import Entry, Record, RecordWriter, Summary
from reportkit.build.workers import build_in_parallel, worker_count
from reportkit.project.documents import Press, Subject, all_subjects
from reportkit.project.inputs import Inputs
from reportkit.project.reasons import reason
from reportkit.project.state import state_folder
from reportkit.project.unchanged import out_name, record_path
from reportkit.project.whole import whole_digest

KINDS = ("sector", "case")
_SECONDS = {"overview": 0.2, "sector": 0.04, "case": 0.008}  # until a build has measured the document itself


@dataclass(frozen=True, slots=True)
class Stale:
    """A document that is to be made, and why, in words."""

    subject: Subject
    path: Path
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do.

    fresh: documents that are up to date; edited: those of them that a person changed, with the new issue beside them.
    """

    stale: tuple[Stale, ...]
    fresh: tuple[Subject, ...]
    edited: tuple[Path, ...]


def make_plan(press: Press, record: Record, *, overwrite: bool = False) -> Plan:
    """Return which documents are stale. overwrite: also those that a person changed and that would be left alone."""
    entries = record.entries(out_name(press.settings))
    stale: list[Stale] = []
    fresh: list[Subject] = []
    edited: list[Path] = []
    changes = _Changes(press.inputs)
    subjects = all_subjects(press.corpus)
    for subject in subjects:
        path = press.path(subject)
        reasons, is_edited = _reasons(press, path, entries.get(subject.id), changes)
        if is_edited and overwrite:
            reasons.append("手で直されたファイルを置き換えます（--overwrite）")
        if reasons:
            stale.append(Stale(subject, path, tuple(reasons)))
            continue
        fresh.append(subject)
        if is_edited:
            edited.append(path)
    return Plan(tuple(stale), tuple(fresh), tuple(edited))


def unused_documents(press: Press) -> tuple[Path, ...]:
    """Return the documents in the out folder whose subjects no longer exist, of every edition."""
    subjects = all_subjects(press.corpus)
    usual = {str(press.path(subject)) for subject in subjects}
    others = [path for path in documents(press.settings.out, KINDS) if path not in usual]
    return orphans(others, (path for subject in subjects for path in press.paths(subject))) if others else ()


class _Changes:
    """Which inputs have another digest now; groups that documents share are looked at once."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._known: dict[int, tuple[str, ...]] = {}

    def of(self, entry: Entry) -> list[str]:
        return [name for group in entry.inputs for name in self._in(group)]

    def _in(self, group: Mapping[str, str]) -> tuple[str, ...]:
        known = self._known.get(id(group))
        if known is None:
            changed = tuple(name for name, digest in group.items() if self._inputs.digest(name) != digest)
            known = self._known[id(group)] = changed
        return known


def _reasons(press: Press, path: Path, entry: Entry | None, changes: _Changes) -> tuple[list[str], bool]:
    """Return why a document is stale, empty when it is not, and whether a person changed it."""
    if entry is None:
        return ["記録がありません" if path.exists() else "まだありません"], False
    found: list[str] = []
    if changed := changes.of(entry):
        found.append(reason(changed, press.corpus))
    out = press.settings.out
    if path.as_posix() != f"{out.as_posix()}/{entry.path}" and path != out / entry.path:
        found.append("ファイル名が変わりました")
        return found, False
    state = state_of(path, entry.digest)
    words = {
        "missing": "文書のファイルがありません",
        "edited": "文書が手で直されています（隣に新しい版を書きます）",
        "other": "文書が別のときに作られたものです",
    }
    if state in words:
        found.append(words[state])
    return found, state in {"edited", "beside"}


class Run:
    """One build: makes documents and keeps the record up to date while they are made."""

    def __init__(self, press: Press, record: Record, environment: Mapping[str, str]) -> None:
        self._press = press
        self._record = record
        self._environment = environment
        self._out = out_name(press.settings)
        self._writer = RecordWriter(record_path(press.settings), record, self._out)
        self._failed: set[str] = set()

    def build(
        self, subjects: Sequence[Subject], *, overwrite: bool = False, workers: int | None = 1, cluster: str = ""
    ) -> Iterator[Result]:
        """Make the documents of these subjects and yield what became of each, in the order in which they are done.

        workers: processes; None for as many as pay. cluster: address of a dask scheduler, whose workers make the
        documents instead; "" for none. The longest documents are begun first, so that none is left over
        at the end.
        """
        entries = self._record.entries(self._out)
        seconds = {each: entries[each.id].seconds if each.id in entries else _SECONDS[each.kind] for each in subjects}
        order = sorted(subjects, key=lambda subject: (-_SECONDS[subject.kind], -seconds[subject]))
        jobs = [self._press.job(subject, overwrite=overwrite) for subject in order]
        out = self._press.settings.out
        sweep((out, *(out / kind for kind in KINDS), state_folder(self._press.settings)))
        for result in (
            self._on_cluster(order, jobs, cluster)
            if cluster
            else self._here(jobs, worker_count([seconds[each] for each in order], workers))
        ):
            if result.written:
                path = result.job.path.relative_to(self._press.settings.out).as_posix()
                self._writer.note(Entry(result.job.id, path, result.digest, result.inputs, result.seconds))
            else:
                self._failed.add(result.job.id)
            yield result

    def _here(self, jobs: Sequence[Job], workers: int) -> Iterator[Result]:
        if workers > 1:
            self._press.prepare()
        return build_in_parallel(jobs, workers)

    def _on_cluster(self, subjects: Sequence[Subject], jobs: Sequence[Job], address: str) -> Iterator[Result]:
        from reportkit.build.cluster import build_on_cluster
        from reportkit.project.remote import remote_job, ship

        shipment = ship(self._press)
        calls = [remote_job(self._press, subject) for subject in subjects]
        return build_on_cluster(jobs, shipment, calls, address)

    def finish(self, facts: Mapping[str, Any], *, complete: bool) -> str:
        """Write the record. complete: every document was looked at. Returns why it could not be written, or ""."""
        press = self._press
        ids = [subject.id for subject in all_subjects(press.corpus)]
        entries = self._record.entries(self._out)
        kept = {name: entries[name] for name in ids if name in entries}
        whole = whole_digest(
            press.settings, self._environment, ((source.path, source.digest) for source in press.corpus.sources)
        )
        before = self._record.summaries.get(self._out, Summary())
        is_whole = len(kept) == len(ids) and not self._failed and (complete or before.whole == whole)
        files = {name: (entry.path, entry.digest) for name, entry in kept.items()}
        self._writer.finish(Summary(whole if is_whole else "", files, facts), kept)
        return self._writer.failure
