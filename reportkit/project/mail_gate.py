"""Whether a finished document may go out: does it verify, is it up to date, are there errors in its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reportkit.audit.ledger import read_ledger
from reportkit.audit.lines import Sources
from reportkit.audit.package import open_package
from reportkit.audit.verify import verify_package
from reportkit.base.errors import AuditError, Problem, ProjectError, ReportkitError
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Document
from reportkit.project.documents import Press, Subject, findings_about
from reportkit.project.mail_documents import Issued
from reportkit.project.settings import Settings

_MOST_FAULTS = 5


class Gate:
    """Looks at finished documents; each subject is made anew once, and only when it is asked about."""

    def __init__(self, corpus: Corpus, settings: Settings, environment: Mapping[str, str]) -> None:
        self._corpus, self._settings, self._environment = corpus, settings, environment
        self._texts = Sources(settings.seeds)
        self._presses: dict[tuple[int, str, str], Press] = {}
        self._digests: dict[Path, str | ReportkitError] = {}

    def current(self, subject: Subject, issued: Issued) -> Document | None:
        """Return the document as blocks; None when its facts are no longer those of the sources."""
        return self._press(issued).compose(subject) if self._digest(subject, issued) == issued.digest else None

    def reasons(self, subject: Subject, issued: Issued) -> tuple[str, ...]:
        """Return every reason why the document must not go out, in words."""
        return (*self._faults(issued), *self._age(subject, issued), *self._findings(subject))

    def _press(self, issued: Issued) -> Press:
        """Return what makes documents of the same issue, date and edition, whatever the settings say by now."""
        ledger = issued.ledger
        key = (ledger.issue, ledger.date, ledger.edition)
        if key not in self._presses:
            settings = replace(
                self._settings,
                issue=ledger.issue,
                date=ledger.date or None,
                edition="review" if ledger.edition == "review" else "reader",
            )
            self._presses[key] = Press(self._corpus, settings, self._environment)
        return self._presses[key]

    def _digest(self, subject: Subject, issued: Issued) -> str | ReportkitError:
        """Return the digest of the facts that the document would have if it were made now, or why it cannot be."""
        if issued.path not in self._digests:
            try:
                made = self._press(issued).make(subject)
                self._digests[issued.path] = read_ledger(made.data).computed_digest
            except ReportkitError as error:
                self._digests[issued.path] = error
        return self._digests[issued.path]

    def _faults(self, issued: Issued) -> Iterator[str]:
        try:
            faults = verify_package(open_package(issued.data, str(issued.path)), self._texts).faults
        except AuditError as error:
            yield from (f"照合できません：{problem.what}" for problem in error.problems[:_MOST_FAULTS])
            return
        for fault in faults[:_MOST_FAULTS]:
            sides = (
                f"（あるべき値「{fault.expected}」、実際「{fault.found}」）" if fault.expected or fault.found else ""
            )
            yield f"照合に合いません：{fault.place}：{fault.what}{sides}"
        if len(faults) > _MOST_FAULTS:
            more = len(faults) - _MOST_FAULTS
            yield f"照合に合わない箇所がほかに {more} か所あります（reportkit verify {issued.path}）"

    def _age(self, subject: Subject, issued: Issued) -> Iterator[str]:
        digest = self._digest(subject, issued)
        if isinstance(digest, ReportkitError):
            yield f"資料から作り直せないため、古いかどうか確かめられません：{digest.problems[0].what}"
        elif digest != issued.digest:
            yield "資料が変わった後に作り直されていません（reportkit build で作り直してください）"

    def _findings(self, subject: Subject) -> Iterator[str]:
        errors = [finding for finding in findings_about(self._corpus, subject) if finding.severity == "error"]
        if errors:
            first = errors[0]
            place = f"{first.origin.place()}: " if first.origin else ""
            more = f" ほか {len(errors) - 1} 件" if len(errors) > 1 else ""
            yield f"データにエラーの指摘があります：{place}{first.message}{more}"


def subject_of(subject_id: str) -> Subject:
    """Return the subject that an id of a list names."""
    kind, _, name = subject_id.partition("/")
    match kind:
        case "sector" | "case" | "overview":
            return Subject(kind, name)
        case _:
            raise ProjectError(Problem(f"「{subject_id}」という報告書はありません", "対象の名前を確かめてください"))
