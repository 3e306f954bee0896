"""The mail of a project, where the rooms meet: subjects, finished documents and their checks, renderers, journal.

In: the settings and the path of a mailing list. Out: people with what is due to them, letters, and why a document must
not go out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from reportkit.base.errors import AuditError, Problem, ProjectError, ReportkitError, ViewError
from reportkit.base.files import write_atomic
from reportkit.corpus.corpus import Corpus
from reportkit.delivery.addresses import Address
from reportkit.delivery.briefing import MailBriefing, Makers
from reportkit.delivery.due import Person, claims_of, is_first_send
from reportkit.delivery.journal import Journal, read_journal
from reportkit.delivery.letters import Desk, document_path
from reportkit.delivery.lists import read_mailing_list
from reportkit.delivery.mailing import MailingList
from reportkit.document.block import Block, Document, KeyFigures, Paragraph
from reportkit.document.chart import Chart
from reportkit.project.documents import Press
from reportkit.project.mail_documents import Issued, changes_between, read_issued
from reportkit.project.mail_gate import Gate, subject_of
from reportkit.project.mail_subjects import MailSubjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings
from reportkit.project.templates import template_folders
from reportkit.project.unchanged import STATE_FOLDER
from reportkit.render.figures import draw_png
from reportkit.render.html import charts_in, write_html
from reportkit.render.pdf import convert
from reportkit.render.plain import write_plain
from reportkit.sections.render import render_template

_CHART_CM = 14.8
_CHART_DPI = 110


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a document must not go out. name: how `--allow` names it; place: its file."""

    subject: str
    name: str
    place: str
    reasons: tuple[str, ...]


class Mail:
    """A mailing list over the documents of a project.

    list_path: `mail.toml` or a table; all lists of a project share its journal.
        Everything is read when it is first asked for.
    """

    def __init__(
        self,
        settings: Settings,
        list_path: Path,
        allowed: Sequence[str] = (),
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.settings, self.list_path = settings, list_path
        self.records = settings.folder / STATE_FOLDER
        self._allowed, self._environment = allowed, environment
        self._unreadable: list[Hold] = []

    @property
    def sent_folder(self) -> Path:
        """Return where it is recorded what was sent; cleaning and building never touch it."""
        return self.records / "sent"

    @property
    def drafts_folder(self) -> Path:
        """Return where drafts are written."""
        return self.settings.out / "mail"

    @cached_property
    def corpus(self) -> Corpus:
        """The sources, read and checked."""
        return read_corpus(self.settings.seeds)

    @cached_property
    def press(self) -> Press:
        """What makes documents, for looking whether those that were made still hold."""
        return Press(self.corpus, self.settings, self._environment)

    @cached_property
    def subjects(self) -> MailSubjects:
        """The subjects by the words of the list."""
        return MailSubjects(self.corpus)

    @cached_property
    def mailing(self) -> MailingList:
        """The mailing list, checked."""
        return read_mailing_list(self.list_path, self.subjects.resolve)

    @cached_property
    def journal(self) -> Journal:
        """What was sent so far."""
        return read_journal(self.sent_folder)

    @cached_property
    def issued(self) -> dict[str, Issued]:
        """The documents that the list asks for, as they stand in the output folder; unreadable ones are holds."""
        wanted = dict.fromkeys(subject for person in self.mailing.recipients for subject in person.subjects)
        found = {}
        for subject_id in wanted:
            path = self.press.path(subject_of(subject_id))
            if path.is_file():
                try:
                    found[subject_id] = read_issued(path)
                except AuditError as error:
                    self._unreadable.append(Hold(subject_id, _name(subject_id), str(path), _whats(error)))
        return found

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """The documents that are due and must not go out, with every reason; without those that were allowed.

        What is due to nobody is not looked at: that costs most of the time.
        """
        allowed = {each for word in self._allowed for each in self._allow(word)}
        plain = {subject: _briefing(subject, issued, None) for subject, issued in self.issued.items()}
        due = {claim.subject for person in claims_of(self.mailing, self.journal, plain) for claim in person.due}
        found = list(self._unreadable)
        for subject, issued in self.issued.items():
            reasons = self.gate.reasons(subject_of(subject), issued) if subject in due - allowed else ()
            if reasons:
                found.append(Hold(subject, _name(subject), str(issued.path), reasons))
        return tuple(found)

    @cached_property
    def gate(self) -> Gate:
        """What looks whether documents may go out."""
        return Gate(self.press, self.corpus, self.settings.seeds)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody on the list with what is due."""
        held = frozenset(hold.subject for hold in self.holds)
        plain = {subject: _briefing(subject, issued, None) for subject, issued in self.issued.items()}
        due = {claim.subject for person in claims_of(self.mailing, self.journal, plain, held) for claim in person.due}
        whole = {
            subject: _briefing(
                subject, self.issued[subject], self.gate.current(subject_of(subject), self.issued[subject])
            )
            for subject in self.issued
            if subject in due
        }
        return claims_of(self.mailing, self.journal, plain | whole, held)

    @property
    def is_first_send(self) -> bool:
        """Tell whether sending to these people needs somebody to say yes first."""
        return is_first_send(self.mailing, self.journal, self.people)

    def desk(self, redirect: Address | None = None) -> Desk:
        """Return where the letters are written."""
        return Desk(self.mailing, self.makers, self.journal, self.sent_folder, redirect)

    @cached_property
    def makers(self) -> Makers:
        """What the renderers do for the mail."""
        folders = template_folders(self.settings)

        def note(name: str, view: object) -> tuple[Block, ...]:
            return render_template(folders, name, view, {})

        @lru_cache(maxsize=1024)
        def draw(chart: Chart) -> bytes:
            return draw_png(chart, _CHART_CM, _CHART_DPI)

        return Makers(write_html, write_plain, charts_in, draw, self.pdf, changes_between, note)

    def prepare_pdfs(self, people: Iterable[Person]) -> None:
        """Make the PDFs that these people want in one go; raises `RenderError` as `pdf` does."""
        wanted = {
            claim.briefing.id: claim.briefing
            for person in people
            if "pdf" in person.recipient.files
            for claim in person.due
            if claim.briefing is not None and not self._pdf_path(claim.briefing).is_file()
        }
        by_date: dict[str, list[MailBriefing]] = {}
        for briefing in wanted.values():
            by_date.setdefault(briefing.date, []).append(briefing)
        for date, briefings in by_date.items():
            made = convert({str(self.issued[each.id].path): each.docx for each in briefings}, date, self._environment)
            for each, data in zip(briefings, made.values(), strict=True):
                write_atomic(self._pdf_path(each), data)

    def pdf(self, briefing: MailBriefing) -> bytes:
        """Return a briefing as PDF, made once for each document. Raises `RenderError` when there is no LibreOffice."""
        path = self._pdf_path(briefing)
        if not path.is_file():
            ((_, data),) = convert({briefing.title: briefing.docx}, briefing.date, self._environment).items()
            write_atomic(path, data)
        return path.read_bytes()

    def keep_documents(self, subjects: Iterable[str]) -> None:
        """Keep the documents that are about to be sent: the next mail tells what changed since then."""
        for subject in subjects:
            data = self.issued[subject].data
            path = document_path(self.sent_folder, sha256(data).hexdigest())
            if not path.is_file():
                write_atomic(path, data)

    def _pdf_path(self, briefing: MailBriefing) -> Path:
        return self.records / "pdf" / f"{briefing.item.document}.pdf"

    def _allow(self, word: str) -> tuple[str, ...]:
        try:
            return self.subjects.resolve(word)
        except ViewError as error:
            raise ProjectError([Problem(f"--allow：{each.what}", each.fix) for each in error.problems]) from error


def _name(subject_id: str) -> str:
    """Return how a person names a subject: `医療`, `863`, `overview`."""
    return subject_id.partition("/")[2] or subject_id


def _whats(error: ReportkitError) -> tuple[str, ...]:
    return tuple(problem.what for problem in error.problems[:3])


def _briefing(subject: str, issued: Issued, document: Document | None) -> MailBriefing:
    """Return a finished document as the mail sees it.

    document: the same facts as blocks, for lead, key figures and chart; None for a stale one, whose facts the sources
    no longer give: the mail must not show other numbers than the file that it brings.
    """
    blocks = document.blocks if document else ()
    lead = next((block for block in blocks if isinstance(block, Paragraph) and block.role == "lead"), None)
    return MailBriefing(
        id=subject,
        title=issued.ledger.title,
        subtitle=issued.ledger.subtitle,
        issue=issued.ledger.issue,
        date=issued.ledger.date,
        vintage=issued.ledger.vintage,
        edition="review" if issued.ledger.edition == "review" else "reader",
        digest=issued.digest,
        docx=issued.data,
        lead=lead.content if lead else (),
        figures=next((block for block in blocks if isinstance(block, KeyFigures)), None),
        chart=next(iter(charts_in(blocks)), None),
    )
