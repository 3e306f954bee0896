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

from reportkit.base.errors import AuditError, Problem, ProjectError, ReportkitError, ViewError
from reportkit.base.files import write_atomic
from reportkit.corpus.corpus import Corpus
from reportkit.delivery.addresses import Address
from reportkit.delivery.briefing import MailBriefing, Makers
from reportkit.delivery.due import Key, Person, claims_of, is_first_send
from reportkit.delivery.journal import Item, Journal, read_journal
from reportkit.delivery.letters import Desk, document_path
from reportkit.delivery.lists import read_mailing_list
from reportkit.delivery.mailing import EDITIONS, MailingList
from reportkit.document.block import Block, Document, KeyFigures, Paragraph
from reportkit.document.chart import Chart
from reportkit.project.documents import Press
from reportkit.project.mail_documents import Issued, changes_between, read_issued
from reportkit.project.mail_gate import Gate, subject_of
from reportkit.project.mail_subjects import MailSubjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings
from reportkit.project.state import STATE_FOLDER
from reportkit.project.templates import template_folders
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

    key: Key
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
        self._compared: dict[tuple[str, str], bool] = {}

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
    def issued(self) -> dict[Key, Issued]:
        """The documents that the list asks for, as they stand in the output folder; unreadable ones are holds."""
        people = self.mailing.recipients
        wanted = dict.fromkeys((subject, person.edition) for person in people for subject in person.subjects)
        found = {}
        for subject, edition in wanted:
            path = dict(zip(EDITIONS, self.press.paths(subject_of(subject)), strict=True))[edition]
            if path.is_file():
                try:
                    found[subject, edition] = read_issued(path)
                except AuditError as error:
                    self._unreadable.append(Hold((subject, edition), _name(subject), str(path), _whats(error)))
        return found

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """The documents that are due and must not go out, with every reason; without those that were allowed.

        What is due to nobody is not looked at: that costs most of the time.
        """
        allowed = {each for word in self._allowed for each in self._allow(word)}
        found = []
        for key in self._due(frozenset()):
            issued = self.issued[key]
            reasons = () if key[0] in allowed else self.gate.reasons(subject_of(key[0]), issued)
            if reasons:
                found.append(Hold(key, _name(key[0]), str(issued.path), reasons))
        return (*self._unreadable, *found)

    @cached_property
    def gate(self) -> Gate:
        """What looks whether documents may go out."""
        return Gate(self.corpus, self.settings, self._environment)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody on the list with what is due."""
        held = frozenset(hold.key for hold in self.holds)
        whole = {}
        for key in self._due(held):
            issued = self.issued[key]
            whole[key] = _briefing(key[0], issued, self.gate.current(subject_of(key[0]), issued))
        return claims_of(self.mailing, self.journal, self._plain | whole, held, self._is_changed)

    @cached_property
    def _plain(self) -> dict[Key, MailBriefing]:
        """The documents without what only a letter needs."""
        return {key: _briefing(key[0], issued, None) for key, issued in self.issued.items()}

    def _due(self, held: frozenset[Key]) -> list[Key]:
        """Return the documents that are due to somebody, in the order of the list."""
        people = claims_of(self.mailing, self.journal, self._plain, held, self._is_changed)
        return list(dict.fromkeys((claim.subject, each.recipient.edition) for each in people for claim in each.due))

    def _is_changed(self, last: Item, briefing: MailBriefing) -> bool:
        """Tell whether any printed number differs from those of the document that was sent."""
        key = (last.document, briefing.item.document)
        if key not in self._compared:
            try:
                old = document_path(self.sent_folder, last.document).read_bytes()
                self._compared[key] = bool(changes_between(old, briefing.docx))
            except (
                OSError,
                AuditError,
            ):  # not kept any more: better a mail too many than a change that nobody hears of
                self._compared[key] = True
        return self._compared[key]

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
            claim.briefing.item.document: claim.briefing
            for person in people
            if "pdf" in person.recipient.files
            for claim in person.due
            if claim.briefing is not None and not self._pdf_path(claim.briefing).is_file()
        }
        by_date: dict[str, dict[str, MailBriefing]] = {}
        for briefing in wanted.values():
            path = self.issued[briefing.id, briefing.edition].path
            by_date.setdefault(briefing.date, {})[str(path)] = briefing
        for date, briefings in by_date.items():
            made = convert({path: each.docx for path, each in briefings.items()}, date, self._environment)
            for name, data in made.items():
                write_atomic(self._pdf_path(briefings[name]), data)

    def pdf(self, briefing: MailBriefing) -> bytes:
        """Return a briefing as PDF, made once for each document. Raises `RenderError` when there is no LibreOffice."""
        path = self._pdf_path(briefing)
        if not path.is_file():
            ((_, data),) = convert({briefing.title: briefing.docx}, briefing.date, self._environment).items()
            write_atomic(path, data)
        return path.read_bytes()

    def keep_documents(self, items: Iterable[Item]) -> None:
        """Keep the documents that are about to be sent: the next mail tells what changed since then."""
        data = {briefing.item.document: briefing.docx for briefing in self._plain.values()}
        for item in dict.fromkeys(items):
            path = document_path(self.sent_folder, item.document)
            if not path.is_file():
                write_atomic(path, data[item.document])

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
