"""The mail of a project, where the rooms meet: subjects, finished documents and their checks, renderers, journal.

In: the settings and the path of a mailing list. Out: people with what is due to them, letters, and why a document must
not go out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from reportkit.audit.lines import Sources
from reportkit.base.errors import Problem, ProjectError, ViewError
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
from reportkit.project.documents import Press, Subject, findings_about
from reportkit.project.mail_documents import Issued, changes_between, faults_of, fresh_digest, read_issued
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
        """The documents that the list asks for, as they stand in the output folder."""
        wanted = dict.fromkeys(subject for person in self.mailing.recipients for subject in person.subjects)
        found = {}
        for subject_id in wanted:
            subject = subject_of(subject_id)
            path = self.press.path(subject)
            if path.is_file():
                found[subject_id] = read_issued(path)
        return found

    @cached_property
    def briefings(self) -> dict[str, MailBriefing]:
        """The documents as the mail sees them."""
        found = {}
        for subject, issued in self.issued.items():
            document = None if subject in self.stale else self.press.compose(subject_of(subject))
            found[subject] = _briefing(subject, issued, document)
        return found

    @cached_property
    def stale(self) -> frozenset[str]:
        """The documents whose facts are no longer those of the sources."""
        return frozenset(
            subject
            for subject, issued in self.issued.items()
            if fresh_digest(self.press, subject_of(subject)) != issued.digest
        )

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """The documents that must not go out, with every reason; those that were allowed are not among them."""
        allowed = {each for word in self._allowed for each in self._allow(word)}
        found = []
        for subject, issued in self.issued.items():
            reasons = tuple(self._reasons(subject, issued))
            if reasons and subject not in allowed:
                found.append(Hold(subject, subject.partition("/")[2] or subject, str(issued.path), reasons))
        return tuple(found)

    @cached_property
    def _texts(self) -> Sources:
        return Sources(self.settings.seeds)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody on the list with what is due."""
        held = frozenset(hold.subject for hold in self.holds)
        return claims_of(self.mailing, self.journal, self.briefings, held)

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
            briefing = self.briefings[subject]
            path = document_path(self.sent_folder, briefing.item.document)
            if not path.is_file():
                write_atomic(path, briefing.docx)

    def _pdf_path(self, briefing: MailBriefing) -> Path:
        return self.records / "pdf" / f"{briefing.item.document}.pdf"

    def _allow(self, word: str) -> tuple[str, ...]:
        try:
            return self.subjects.resolve(word)
        except ViewError as error:
            raise ProjectError([Problem(f"--allow：{each.what}", each.fix) for each in error.problems]) from error

    def _reasons(self, subject: str, issued: Issued) -> Iterable[str]:
        yield from faults_of(issued, self._texts)
        if subject in self.stale:
            yield "資料が変わった後に作り直されていません（reportkit build で作り直してください）"
        errors = [each for each in findings_about(self.corpus, subject_of(subject)) if each.severity == "error"]
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
