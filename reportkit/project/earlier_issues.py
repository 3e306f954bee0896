"""The issues before this one: kept when a later issue takes their place, read when it says what changed.

A document of issue 1 in `out/sector/医療.docx` is kept as `out/issues/001/sector/医療.docx` before issue 2 is written
there. What a later issue compares itself with is always a kept one, so that it says the same however often it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportkit.base.errors import AuditError
from reportkit.base.files import write_atomic

FOLDER = "issues"


@dataclass(frozen=True, slots=True)
class EarlierIssues:
    """The kept issues below an out folder, seen from issue `number`."""

    out: Path
    number: int

    def keep(self, path: Path) -> None:
        """Keep the document at `path` when it is one of an earlier issue; an older copy of that issue goes.

        Raises `RenderError` when the copy cannot be written: the issue would be lost.
        """
        if self.number <= 1 or not path.is_file():
            return
        data = path.read_bytes()
        issue = issue_number(data)
        if 0 < issue < self.number:
            target = self.out / FOLDER / f"{issue:03d}" / path.relative_to(self.out)
            if not target.is_file() or target.read_bytes() != data:
                write_atomic(target, data)

    def newest(self, path: Path) -> bytes | None:
        """Return the newest kept issue of the document at `path` before this one, None when there is none."""
        for _, folder in self._folders():
            kept = folder / path.relative_to(self.out)
            if kept.is_file():
                return kept.read_bytes()
        return None

    def files(self) -> tuple[Path, ...]:
        """Return every kept document of an earlier issue, sorted."""
        return tuple(sorted(path for _, folder in self._folders() for path in folder.rglob("*.docx")))

    def _folders(self) -> list[tuple[int, Path]]:
        """Return the folders of earlier issues with their numbers, newest first."""
        found = self.out.joinpath(FOLDER).glob("*") if self.number > 1 else ()
        numbered = [(int(folder.name), folder) for folder in found if folder.name.isdecimal()]
        return sorted((pair for pair in numbered if pair[0] < self.number), reverse=True)


@dataclass(frozen=True, slots=True)
class GivenIssue(EarlierIssues):
    """One earlier issue that was sent along, for a machine that has no out folder."""

    data: bytes | None = None

    def newest(self, path: Path) -> bytes | None:
        """Return the issue that was sent, whatever the document."""
        return self.data


def issue_number(data: bytes) -> int:
    """Return the number of the issue that a Word file says it is; 0 when it says nothing."""
    from reportkit.audit.ledger import read_ledger  # needed by later issues only

    try:
        return int(read_ledger(data).issue)
    except (AuditError, ValueError):  # somebody else's file, or one from before the ledgers
        return 0
