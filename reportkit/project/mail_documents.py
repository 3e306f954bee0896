"""What the mail must know about a finished document: its ledger, whether it holds, what changed since another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportkit.audit.diff import compare_ledgers
from reportkit.audit.entries import Ledger
from reportkit.audit.ledger import read_ledger
from reportkit.audit.lines import Sources
from reportkit.audit.package import open_package
from reportkit.audit.verify import verify_package
from reportkit.base.errors import AuditError, Problem
from reportkit.delivery.briefing import Change
from reportkit.project.documents import Press, Subject

_MOST_FAULTS = 5


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


def fresh_digest(press: Press, subject: Subject) -> str:
    """Return the digest of the facts that the document would have if it were made now."""
    return read_ledger(press.make(subject).data).computed_digest


def faults_of(issued: Issued, texts: Sources) -> Iterator[str]:
    """Yield why a document does not hold: numbers that are not those of its ledger or of the sources."""
    faults = verify_package(open_package(issued.data, str(issued.path)), texts).faults
    for fault in faults[:_MOST_FAULTS]:
        sides = f"（あるべき値「{fault.expected}」、実際「{fault.found}」）" if fault.expected or fault.found else ""
        yield f"照合に合いません：{fault.place}：{fault.what}{sides}"
    if len(faults) > _MOST_FAULTS:
        yield f"照合に合わない箇所がほかに {len(faults) - _MOST_FAULTS} か所あります（reportkit verify {issued.path}）"


def changes_between(old: bytes, new: bytes) -> tuple[Change, ...]:
    """Return which printed numbers differ between two issues of a document: moved, new, gone."""
    found = compare_ledgers(read_ledger(old, "前回の版"), read_ledger(new, "今回の版"))
    return (
        *(Change(moved.label, moved.old_text, moved.new_text) for moved in found.moved),
        *(Change(single.label, "", single.text, "new") for single in found.appeared),
        *(Change(single.label, single.text, "", "gone") for single in found.gone),
    )
