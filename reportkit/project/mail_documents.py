"""What the mail must know about a finished document: its ledger, whether it holds, what changed since another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reportkit.base.errors import Problem, ProjectError
from reportkit.delivery.briefing import Change
from reportkit.project.documents import Press, Subject


@dataclass(frozen=True, slots=True)
class Issued:
    """A document in the output folder, as its own ledger describes it. digest: of its facts."""

    path: Path
    data: bytes
    digest: str
    title: str = ""
    subtitle: str = ""
    issue: int = 0
    date: str = ""
    vintage: str = ""
    edition: str = "reader"


def read_issued(path: Path) -> Issued:
    """Return a document with what its ledger says. Raises `ProjectError` when it cannot be read."""
    try:
        data = path.read_bytes()
        return Issued(path, data, _digest(data))
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        fix = "reportkit build で作り直してください"
        raise ProjectError(Problem(f"報告書を読めません（{error}）", fix, str(path))) from error


def fresh_digest(press: Press, subject: Subject) -> str:
    """Return the digest of the facts that the document would have if it were made now."""
    return _digest(press.make(subject))


def faults_of(issued: Issued, seeds: Path) -> Iterable[str]:
    """Yield why a document does not hold: numbers that are not those of its ledger or of the sources."""
    return ()


def changes_between(old: bytes, new: bytes) -> tuple[Change, ...]:
    """Return what differs between two issues of a document."""
    return ()


def _digest(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sha256(archive.read("word/document.xml")).hexdigest()
