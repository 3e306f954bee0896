"""The record of what was built: one file, one JSON object a line, written on while a build runs.

    {"reportkit-record": 1, "lines": 4}                                          head; how many lines a whole record has
    {"out": "out", "whole": "…", "files": {"case/863": ["case/863.docx", "…"]}, "facts": {…}}   one for every out folder
    {"group": "…", "inputs": {"matrix⇥impact⇥cell⇥医療⇥合計": "…", …}}              answers that several documents share
    {"out": "out", "document": "case/863", "path": "case/863.docx", "digest": "…", "groups": ["…"], "seconds": 0.02}

`whole` is a digest of everything that any document could depend on: while it is the same and the files are as they were
left, nothing needs to be read. Lines that follow the counted ones were written by a build that did not end: they count
as well. A line that broke off is left out. Losing the record costs a rebuild and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportkit.base.digests import digest_of
from reportkit.base.errors import RenderError
from reportkit.base.files import write_atomic

VERSION = 1
RECORD_NAME = "record.jsonl"
_HEAD = "reportkit-record"

Group = Mapping[str, str]  # what was asked, and the digest of the answer


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it was last made.

    path: below the out folder, forward slashes; digest: of the bytes that were made; inputs: what it was made from.
    line: how it stands in the record, when it does.
    """

    id: str
    path: str
    digest: str
    inputs: tuple[Group, ...] = ()
    seconds: float = 0.0
    line: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Summary:
    """An out folder after a build that reached every document; whole is "" when it did not.

    files: path and digest of every document by its id. facts: what the build said at its end.
    """

    whole: str = ""
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """What is known about every out folder of a project, by the folder's name.

    damage: why the file could not be used, in Japanese; "" when it could, or when there is none.
    """

    summaries: dict[str, Summary] = field(default_factory=dict)
    lines: tuple[bytes, ...] = ()
    damage: str = ""
    groups: Groups = field(default_factory=lambda: Groups())
    _entries: dict[str, dict[str, Entry]] | None = None

    def entries(self, out: str) -> dict[str, Entry]:
        """Return the documents of an out folder by id."""
        return self.all_entries().setdefault(out, {})

    def entry(self, out: str, document: str) -> Entry | None:
        """Return one document, reading no more of the record than its lines; None when it is not there."""
        start = _line({"out": out, "document": document})[:-1] + b","
        names: set[str] = set()
        found = [line for line in self.lines if line.startswith(start)][-1:]
        for line in found:
            with suppress(ValueError, TypeError, KeyError):
                names.update(json.loads(line)["groups"])
        groups = tuple(_line({"group": name})[:-1] + b"," for name in names)
        lines = [line for line in self.lines if line.startswith(groups)] if groups else []
        return _read_entries((*lines, *found), Groups()).get(out, {}).get(document)

    def all_entries(self) -> dict[str, dict[str, Entry]]:
        """Return the documents of every out folder; reads the long part of the record when first asked."""
        if self._entries is None:
            self._entries = _read_entries(self.lines, self.groups)
        return self._entries


def read_record(path: Path) -> Record:
    """Return the record; an empty one when there is none, or when it cannot be used (see `Record.damage`)."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Record()
    except OSError as error:
        return Record(damage=f"読めません（{error.strerror or error}）")
    lines = data.split(b"\n")
    try:
        head = json.loads(lines[0])
        version, count = head[_HEAD], head["lines"]
    except (ValueError, TypeError, KeyError):
        return Record(damage="壊れています")
    if version != VERSION:
        return Record(damage=f"別の版の reportkit のものです（記録の版 {version}、この reportkit は {VERSION}）")
    if not isinstance(count, int) or len(lines) <= count:
        return Record(damage="途中で切れています")
    try:
        return Record(_read_summaries(lines, whole=len(lines) == count + 1), tuple(lines[1:]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Record(damage="壊れています")


def _read_summaries(lines: list[bytes], *, whole: bool) -> dict[str, Summary]:
    """Return the summaries; `whole` is left out when a later build began to write."""
    found: dict[str, Summary] = {}
    for line in lines[1:]:
        if not line.startswith(b'{"out"') or b'"whole"' not in line[:200]:
            break
        item = json.loads(line)
        files = {name: (path, digest) for name, (path, digest) in item["files"].items()}
        found[item["out"]] = Summary(item["whole"] if whole else "", files, item["facts"])
    return found


def _read_entries(lines: tuple[bytes, ...], known: Groups) -> dict[str, dict[str, Entry]]:
    groups: dict[str, Group] = {}
    found: dict[str, dict[str, Entry]] = {}
    for line in lines:
        try:
            item = json.loads(line)
            if "group" in item:
                groups[item["group"]] = item["inputs"]
                known.know(item["group"], item["inputs"], line)
            elif "document" in item:
                inputs = tuple(groups[name] for name in item["groups"])
                entry = Entry(item["document"], item["path"], item["digest"], inputs, item["seconds"], line)
                found.setdefault(item["out"], {})[entry.id] = entry
        except (ValueError, TypeError, KeyError):  # broke off, or was spoilt: that document is made again
            continue
    return found


class RecordWriter:
    """Writes the record on while documents are made, and as a whole at the end."""

    def __init__(self, path: Path, record: Record, out: str) -> None:
        self._path = path
        self._record = record
        self._out = out
        self._groups = Groups()
        self._ready = False
        self.failure = ""

    def note(self, entry: Entry) -> None:
        """Put down a document that was just written, so that a build that is killed need not make it again."""
        self._record.entries(self._out)[entry.id] = entry
        lines = list(_entry_lines(self._out, entry, self._groups))
        try:
            if not self._ready:
                self._start()
            with self._path.open("ab") as handle:
                handle.write(b"".join(line + b"\n" for line in lines))
        except OSError as error:
            self.failure = error.strerror or str(error)
        except RenderError as error:
            self.failure = _why(error)

    def _start(self) -> None:
        """Begin a file to write on when there is none that can be read again."""
        self._ready = True
        if not self._record.lines:
            write_atomic(self._path, _line({_HEAD: VERSION, "lines": 1}) + b"\n")
        else:
            with self._path.open("ab") as handle:
                handle.write(b"\n")  # ends a line that broke off

    def finish(self, summary: Summary, kept: Mapping[str, Entry]) -> None:
        """Write the record anew: the documents of this out folder that are `kept`, and those of the other folders."""
        record = self._record
        record.all_entries()[self._out] = dict(kept)
        record.summaries[self._out] = summary
        lines = [
            _line({"out": out, "whole": each.whole, "facts": each.facts, "files": each.files})
            for out, each in sorted(record.summaries.items())
        ]
        all_entries = record.all_entries()
        groups = record.groups.unwritten()
        for out, entries in sorted(all_entries.items()):
            for _, entry in sorted(entries.items()):
                lines.extend(_entry_lines(out, entry, groups))
        head = _line({_HEAD: VERSION, "lines": len(lines) + 1})
        try:
            write_atomic(self._path, b"\n".join((head, *lines)) + b"\n")
        except RenderError as error:
            self.failure = _why(error)


def _why(error: RenderError) -> str:
    return "、".join(problem.what for problem in error.problems)


class Groups:
    """The names of groups: thousands of documents share a few, and each is named and written once."""

    def __init__(self) -> None:
        self._names: dict[int, tuple[str, Group]] = {}  # by identity; holds the group, so that no other takes its place
        self._lines: dict[str, bytes] = {}
        self._written: set[str] = set()

    def know(self, name: str, group: Group, line: bytes) -> None:
        """Hear the name of a group, and how it stands in a record."""
        self._names[id(group)] = (name, group)
        self._lines[name] = line

    def unwritten(self) -> Groups:
        """Return what is known here, with nothing written yet."""
        groups = Groups()
        groups._names, groups._lines = dict(self._names), self._lines
        return groups

    def name(self, group: Group) -> str:
        """Return the name of a group, the same for equal groups."""
        known = self._names.get(id(group))
        if known is None:
            known = self._names[id(group)] = (digest_of(tuple(sorted(group.items()))), group)
        return known[0]

    def is_new(self, name: str) -> bool:
        """Tell whether the group was not written yet, and count it as written."""
        new = name not in self._written
        self._written.add(name)
        return new

    def line(self, name: str, group: Group) -> bytes:
        """Return how a group stands in a record."""
        return self._lines.get(name) or _line({"group": name, "inputs": dict(group)})


def _entry_lines(out: str, entry: Entry, groups: Groups) -> Iterator[bytes]:
    names = [groups.name(group) for group in entry.inputs]
    for name, group in zip(names, entry.inputs, strict=True):
        if groups.is_new(name):
            yield groups.line(name, group)
    yield entry.line or _line(
        {"out": out, "document": entry.id, "path": entry.path, "digest": entry.digest}
        | {"groups": names, "seconds": round(entry.seconds, 4)}
    )


def _line(item: Mapping[str, Any]) -> bytes:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()
