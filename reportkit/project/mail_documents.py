"""What the mail must know about a finished document: its ledger, whether it holds, what changed since another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportkit.audit.entries import Ledger, LedgerFact
from reportkit.audit.ledger import read_ledger
from reportkit.base.errors import AuditError, Problem
from reportkit.delivery.briefing import Change
from reportkit.project.documents import Press, Subject


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
    return read_ledger(press.make(subject)).computed_digest


def faults_of(issued: Issued, seeds: Path) -> Iterable[str]:
    """Yield why a document does not hold: numbers that are not those of its ledger or of the sources."""
    if issued.ledger.digest != issued.ledger.computed_digest:
        yield "台帳の数値が作られた時のものと違います（reportkit build で作り直してください）"


def changes_between(old: bytes, new: bytes) -> tuple[Change, ...]:
    """Return which printed numbers differ between two issues of a document, in reading order of the new one."""
    return tuple(_changes(read_ledger(old, "前回の版"), read_ledger(new, "今回の版")))


def _changes(old: Ledger, new: Ledger) -> Iterator[Change]:
    before, after = _printed(old), _printed(new)
    for fact_id, (fact, text) in after.items():
        if fact_id not in before:
            yield Change(fact.label, "", text, "new")
        elif before[fact_id][0].amount != fact.amount:
            yield Change(fact.label, before[fact_id][1], text)
    for fact_id, (fact, text) in before.items():
        if fact_id not in after:
            yield Change(fact.label, text, "", "gone")


def _printed(ledger: Ledger) -> dict[str, tuple[LedgerFact, str]]:
    """Return the facts that are printed, by id, each with the form in which it is printed first."""
    found: dict[str, tuple[LedgerFact, str]] = {}
    for place in sorted(ledger.places.values(), key=lambda place: place.n):
        if place.fact:
            fact = ledger.fact(place.fact)
            found.setdefault(fact.id, (fact, place.text))
    return found
