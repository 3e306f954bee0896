"""What the documents depend on, as it is now: answers of the corpus, templates, settings, the issue, reportkit itself.

In: the questions that were asked while a document was composed. Out: the inputs of its record entry, in three groups,
so that thousands of documents share what is common; and later the digest of any of these inputs as it is then.

An input is named by the question's words with tabs between them: `matrix⇥impact⇥cell⇥医療⇥合計`, `template⇥base.docx`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import fields

from reportkit.base.digests import digest_bytes, digest_of
from reportkit.base.errors import ReportkitError
from reportkit.briefings.kind import read_kind
from reportkit.build.record import Group
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Issue
from reportkit.document.provenance import SourceRecord
from reportkit.project.earlier_issues import EarlierIssues
from reportkit.project.engine import engine_digest, plugin_digest
from reportkit.project.settings import Settings
from reportkit.project.templates import BASE_FILE
from reportkit.sections.folders import TemplateFolders
from reportkit.sections.render import section_name
from reportkit.views.answers import Answers
from reportkit.views.case_digests import CaseDigests
from reportkit.views.questions import Question

_OWN = frozenset({"case", "cases", "source", "sources", "record", "files", "findings", "earlier"})
_REFERENCE = re.compile(r"\{%-?\s*(?:include|import|from|extends)\b\s*(?:([\"'])(.+?)\1)?")


def input_name(question: Question) -> str:
    """Return the name of the input that answers a question."""
    name = "\t".join(question)
    if "\\" not in name and "\n" not in name and name.count("\t") == len(question) - 1:
        return name
    return "\t".join(word.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for word in question)


def question_of(name: str) -> Question:
    """Return the question of an input by its name."""
    if "\\" not in name:
        return tuple(name.split("\t"))
    unescaped = {"\\\\": "\\", "\\t": "\t", "\\n": "\n"}
    return tuple(re.sub(r"\\[\\tn]", lambda mark: unescaped[mark[0]], word) for word in name.split("\t"))


class Inputs:
    """The inputs of the documents of one run; each digest is computed once."""

    def __init__(
        self,
        corpus: Corpus,
        settings: Settings,
        issue: Issue,
        folders: TemplateFolders,
        files: Mapping[str, str],
        records: Mapping[str, SourceRecord],
        earlier: EarlierIssues,
        cases: CaseDigests | None = None,
    ) -> None:
        self._answers = Answers(corpus, cases)
        self._settings = settings
        self._issue = issue
        self._folders = folders
        self._files = files
        self._records = records
        self._earlier = earlier
        self._known: dict[str, str] = {}
        self._templates: dict[str, tuple[str, ...]] = {}
        self._shared: dict[tuple[str, ...], Group] = {}

    def with_earlier(self, earlier: EarlierIssues) -> Inputs:
        """Return the same inputs with other earlier issues."""
        inputs = copy(self)
        inputs._earlier = earlier  # noqa: SLF001 - a copy of ourselves
        return inputs

    def with_folders(self, folders: TemplateFolders) -> Inputs:
        """Return the same inputs with the templates of other folders."""
        inputs = copy(self)
        inputs._folders = folders  # noqa: SLF001 - a copy of ourselves
        return inputs

    def groups(self, kind: str, questions: Iterable[Question]) -> tuple[Group, ...]:
        """Return the inputs of a document of that kind: of its look, of the survey, of its own."""
        look = [input_name(question) for question in (("engine",), *_ISSUE)]
        look += [input_name(("template", name)) for name in self.templates(kind)]
        survey: list[str] = []
        own: list[str] = []
        for question in questions:
            is_own = question[0] in _OWN and not (
                question[0] == "findings" and question[1:2] and "cell:" in question[1]
            )
            (own if is_own else survey).append(input_name(question))
        return self._group(look), self._group(survey), {name: self.digest(name) for name in own}

    def _group(self, names: list[str]) -> Group:
        key = tuple(names)
        if key not in self._shared:
            self._shared[key] = {name: self.digest(name) for name in names}
        return self._shared[key]

    def digest(self, name: str) -> str:
        """Return the digest of an input as it is now; "" when it is not there."""
        if name.startswith("earlier\t"):  # kept in the course of this very build
            return self._digest(question_of(name))
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._digest(question_of(name))
        return known

    def _digest(self, question: Question) -> str:
        match question:
            case ("engine",):
                return engine_digest()
            case ("plugin", name):
                return plugin_digest(name)
            case ("template", name):
                path = self._folders.find(name)
                return digest_bytes(path.read_bytes()) if path is not None else ""
            case ("setting", name):
                return digest_of(getattr(self._settings, name, None))
            case ("issue", name):
                return digest_of(getattr(self._issue, name, None))
            case ("record", path):
                return digest_of(self._records[path]) if path in self._records else ""
            case ("earlier", path):
                kept = self._earlier.newest(self._settings.out / path)
                return "" if kept is None else digest_bytes(kept)
            case ("files",):
                return digest_of(tuple(self._files.items()))
        return self._answers.digest(question)

    def templates(self, kind: str) -> tuple[str, ...]:
        """Return the names of the files that a document of that kind is made from, those included by others too."""
        if kind not in self._templates:
            self._templates[kind] = (BASE_FILE, f"briefings/{kind}.toml", *self._sections(kind))
        return self._templates[kind]

    def _sections(self, kind: str) -> tuple[str, ...]:
        everything = self._folders.names("sections", ".j2")
        try:
            used = read_kind(self._folders, kind)
        except ReportkitError:  # its documents fail and tell why
            return everything
        found: dict[str, None] = {}
        waiting = [section_name(kind, name) for name in (*used.sections, *used.appendix)]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found[name] = None
            try:
                text = self._folders.read(name).text
            except ReportkitError:
                continue
            for reference in _REFERENCE.finditer(text):
                if reference[2] is None:  # the name is computed: it may be any
                    return everything
                waiting.append(reference[2])
        return tuple(sorted(found))


_ISSUE: tuple[Question, ...] = tuple(("issue", field.name) for field in fields(Issue))
