"""The documents of a project: which there are, where each goes, and how one is made.

In: the corpus and the settings. Out: jobs for the build, in a fixed order: sectors, cases, overview.
"""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, cast

from reportkit.base.finding import Finding
from reportkit.briefings.compose import compose
from reportkit.briefings.footnotes import with_footnotes
from reportkit.build.documents import Job, Made
from reportkit.build.seal import seal
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.taxonomy import Sector
from reportkit.document.block import Document, Issue
from reportkit.document.provenance import Provenance
from reportkit.exhibits.registry import EXHIBITS, Maker, plugin_exhibits
from reportkit.project.earlier_issues import EarlierIssues, GivenIssue
from reportkit.project.file_names import document_paths
from reportkit.project.inputs import Inputs
from reportkit.project.issue import issue_of
from reportkit.project.kept_case import close_cases
from reportkit.project.provenance import Origins, noted_provenance
from reportkit.project.settings import EDITIONS, Edition, Settings
from reportkit.project.templates import BASE_FILE, base_file, template_folders
from reportkit.render.word import BaseFile, write_word
from reportkit.sections.folders import TemplateFolders
from reportkit.sections.render import Exhibits
from reportkit.views.asked import AskedCorpus
from reportkit.views.case import CaseView, view_case
from reportkit.views.case_digests import CaseDigests
from reportkit.views.overview import OverviewView, view_overview
from reportkit.views.sector import SectorView, view_sector

Kind = Literal["sector", "case", "overview"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about. name: canonical sector, or case id; "" for the overview."""

    kind: Kind
    name: str = ""

    @property
    def id(self) -> str:
        """Return `sector/医療`, `case/863`, `overview`."""
        return f"{self.kind}/{self.name}" if self.name else self.kind


OVERVIEW = Subject("overview")


def all_subjects(corpus: Corpus) -> tuple[Subject, ...]:
    """Return every document that the corpus has something to say for.

    With a survey that is every sector, also one that the survey did not ask: its briefing says so.
    """
    sectors = tuple(Subject("sector", sector.name) for sector in corpus.taxonomy.sectors if _has_data(corpus, sector))
    cases = tuple(dict.fromkeys(Subject("case", case.id) for case in corpus.cases))
    return (*sectors, *cases, OVERVIEW) if sectors or cases else ()


def findings_about(corpus: Corpus, subject: Subject) -> tuple[Finding, ...]:
    """Return the findings that concern the subject; all of them for the overview."""
    if subject.kind == "overview":
        return corpus.findings
    key = f"{subject.kind}:{subject.name}"
    return tuple(finding for finding in corpus.findings if key in finding.subjects)


class Press:
    """Everything that the documents of one run share: corpus, templates, base file, issue.

    Templates and base file are read when the first document needs them, once.
    """

    def __init__(
        self,
        corpus: Corpus,
        settings: Settings,
        environment: Mapping[str, str] = os.environ,
        digests: CaseDigests | None = None,
    ) -> None:
        self._digests = digests
        self.corpus = corpus
        self.settings = settings
        self.issue: Issue = issue_of(corpus, settings, environment)
        self._folders = template_folders(settings)
        self._origins = Origins(corpus)
        self._earlier = EarlierIssues(settings.out, self.issue.number)

    def path(self, subject: Subject) -> Path:
        """Return where the subject's document goes; the same whatever else is written in this run."""
        return _of_edition(self._path(subject), self.settings.edition)

    def paths(self, subject: Subject) -> tuple[Path, ...]:
        """Return where the subject's document goes in each edition."""
        return tuple(_of_edition(self._path(subject), edition) for edition in EDITIONS)

    def _path(self, subject: Subject) -> Path:
        if subject.kind == "overview":
            return self.settings.out / "overview.docx"
        return self._paths[subject.kind][subject.name]

    def job(self, subject: Subject, *, overwrite: bool = False) -> Job:
        """Return the job that makes the subject's document."""
        return Job(subject.id, self.path(subject), partial(self.publish, subject), overwrite)

    def prepare(self) -> None:
        """Load what every document needs, so that workers that are forked inherit it."""
        _ = self._base, self.inputs, self._files, self._paths

    def publish(self, subject: Subject) -> Made:
        """Keep the issue whose place this one takes, and return the document."""
        self._earlier.keep(self.path(subject))
        try:
            return self.make(subject)
        finally:
            close_cases()

    def keep_earlier(self, subject: Subject) -> bytes | None:
        """Keep the issue whose place this one takes, and return the newest one before this, None when there is none."""
        self._earlier.keep(self.path(subject))
        return self._earlier.newest(self.path(subject)) if self.issue.number > 1 else None

    def with_earlier(self, data: bytes | None) -> Press:
        """Return the press with that issue as the newest one before this, wherever it was kept."""
        press = copy(self)
        press._earlier = GivenIssue(self.settings.out, self.issue.number, data)  # noqa: SLF001 - a copy of ourselves
        press.inputs = self.inputs.with_earlier(press._earlier)  # noqa: SLF001
        return press

    def template_files(self) -> tuple[tuple[str, bytes], ...]:
        """Return name and content of every template in use, so that they can be sent elsewhere."""
        names = (*self._folders.names("sections", ".j2"), *self._folders.names("briefings", ".toml"), BASE_FILE)
        found = ((name, self._folders.find(name)) for name in names)
        return tuple((name, path.read_bytes()) for name, path in found if path is not None)

    def use_templates(self, folders: TemplateFolders) -> None:
        """Take the templates from other folders, which hold the same files."""
        self._folders = folders
        self.inputs = self.inputs.with_folders(folders)

    def make(self, subject: Subject) -> Made:
        """Return the document as a sealed Word file, and what it was made from.

        What the view, its sections and the settings were asked for is noted on the way.
        """
        asked = AskedCorpus(self.corpus)
        settings = asked.noted(self.settings, "setting")
        document = self._compose(subject, asked, settings)
        data = seal(write_word(document, self._base, settings.charts))
        questions = asked.questions() + ((("files",),) if subject == OVERVIEW else ())
        return Made(data, self.inputs.groups(subject.kind, questions))

    def compose(self, subject: Subject) -> Document:
        """Return the document as blocks."""
        return self._compose(subject, AskedCorpus(self.corpus), self.settings)

    def _compose(self, subject: Subject, asked: AskedCorpus, settings: Settings) -> Document:
        view = self._view(subject, asked.corpus)
        document = compose(subject.kind, view, self._folders, self.issue, _exhibits(asked))
        provenance = self._provenance(subject, asked)
        document = replace(
            document, organisation=settings.organisation, provenance=provenance, edition=settings.edition
        )
        document = with_footnotes(document) if settings.has_footnotes else document
        return self._with_changes(document, subject, asked)

    def _with_changes(self, document: Document, subject: Subject, asked: AskedCorpus) -> Document:
        if self.issue.number <= 1:
            return document
        path = self.path(subject)
        asked.note(("earlier", path.relative_to(self.settings.out).as_posix()))
        earlier = self._earlier.newest(path)
        if earlier is None:
            return document
        from reportkit.project.change_box import with_change_box

        return with_change_box(document, earlier, lambda one: write_word(one, self._base, self.settings.charts))

    def _provenance(self, subject: Subject, asked: AskedCorpus) -> Provenance:
        match subject.kind:
            case "overview":
                asked.note(("findings",))
            case kind:
                asked.note(("findings", f"{kind}:{subject.name}"))
        findings = findings_about(self.corpus, subject) if subject.kind != "case" else None
        found = self._origins.of_case(subject.name) if findings is None else self._origins.of_findings(findings)
        return noted_provenance(found, asked)

    def _view(self, subject: Subject, corpus: Corpus) -> SectorView | CaseView | OverviewView:
        match subject.kind:
            case "sector":
                return view_sector(corpus, subject.name)
            case "case":
                return view_case(corpus, subject.name)
            case "overview":
                return view_overview(corpus, self._files)

    @cached_property
    def inputs(self) -> Inputs:
        """What the documents depend on, as it was when this run began."""
        return Inputs(
            self.corpus,
            self.settings,
            self.issue,
            self._folders,
            self._files,
            self._origins.records,
            self._earlier,
            self._digests,
        )

    @cached_property
    def _base(self) -> BaseFile:
        return base_file(self._folders)

    @cached_property
    def _files(self) -> dict[str, str]:
        """Where the other documents of a whole build stand, for the overview's list."""
        subjects = (subject for subject in all_subjects(self.corpus) if subject != OVERVIEW)
        return {subject.id: self.path(subject).relative_to(self.settings.out).as_posix() for subject in subjects}

    @cached_property
    def _paths(self) -> dict[str, dict[str, Path]]:
        out = self.settings.out
        return {
            "sector": document_paths(out, "sector", (sector.name for sector in self.corpus.taxonomy.sectors)),
            "case": document_paths(out, "case", (case.id for case in self.corpus.cases)),
        }


def _exhibits(asked: AskedCorpus) -> Exhibits:
    """Return all exhibits; which of those from other packages a document takes is noted."""
    others = plugin_exhibits()
    return ChainMap({**EXHIBITS}, cast("dict[str, Maker]", asked.table(others, "plugin"))) if others else EXHIBITS


def _of_edition(path: Path, edition: Edition) -> Path:
    """Return where an edition goes: the review edition beside the one for readers, never in its place."""
    return path if edition == "reader" else path.with_name(f"{path.stem}.{edition}.docx")


def _has_data(corpus: Corpus, sector: Sector) -> bool:
    names = {sector.name, *sector.members}
    return bool(corpus.matrices) or any(names & {*case.sectors} for case in corpus.cases)
