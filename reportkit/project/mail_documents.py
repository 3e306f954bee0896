"""What the mail must know about a finished document: its ledger, and what changed since another one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportkit.audit.diff import compare_ledgers
from reportkit.audit.entries import Ledger
from reportkit.audit.ledger import read_ledger
from reportkit.base.errors import AuditError, Problem
from reportkit.delivery.briefing import Change


@dataclass(frozen=True, slots=True)
class Issued:
    """A document in the output folder with its own ledger."""

    path: Path
    data: bytes
    ledger: Ledger

    @property
    def digest(self) -> str:
        """Return the digest of its facts, as they stand in the ledger."""
        return self.ledger.computed_digest


def read_issued(path: Path) -> Issued:
    """Return a document. Raises `AuditError` when it has no ledger that can be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        fix = "ファイルを開いている Word などを閉じて、権限を確かめてください"
        raise AuditError(Problem(f"報告書を読めません（{error.strerror or error}）", fix, str(path))) from error
    return Issued(path, data, read_ledger(data, str(path)))


def changes_between(old: bytes, new: bytes) -> tuple[Change, ...]:
    """Return which printed numbers differ between two issues of a document: moved, new, gone."""
    found = compare_ledgers(read_ledger(old, "前回の版"), read_ledger(new, "今回の版"))
    return (
        *(Change(moved.label, moved.old_text, moved.new_text) for moved in found.moved),
        *(Change(single.label, "", single.text, "new") for single in found.appeared),
        *(Change(single.label, single.text, "", "gone") for single in found.gone),
    )
