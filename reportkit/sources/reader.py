"""Reading a seeds folder: any depth, any file name, the kind of each document told by its content.

In: a folder. Out: a `Corpus` in the order of the paths, with the findings of reading. Nothing is dropped silently: what
is no source, or was met before, stands in `Corpus.sources` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from reportkit.base.cycles import no_cycle_search
from reportkit.base.errors import Problem, ProjectError
from reportkit.base.finding import Evidence, Finding, sort_findings
from reportkit.base.origin import Origin
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import Rules, base_id
from reportkit.corpus.survey import Statistic, TextTable
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.decode import decode
from reportkit.sources.file_reading import FileReading, Report
from reportkit.sources.folder import FoundFile, find_files, hash_file, open_file
from reportkit.sources.matrices.bases import with_bases
from reportkit.sources.matrices.duplicates import choose_source
from reportkit.sources.matrices.spec import MatrixSpec, built_in_specs, extend_specs, read_specs
from reportkit.sources.plugin_readers import load_readers
from reportkit.sources.prose import Figure, built_in_figures, read_figures
from reportkit.sources.rules import built_in_rules, read_rules
from reportkit.sources.taxonomy import built_in_taxonomy, read_taxonomy
from reportkit.sources.twins import find_twins, join_cases

_TEXT_SUFFIXES = frozenset({".md", ".txt", ".markdown", ".json"})
_CELL_SUFFIXES = frozenset({".csv", ".tsv"})
_WORKBOOK_SUFFIXES = frozenset({".xlsx"})
_TAXONOMY = "taxonomy.toml"
_MATRIX_SPEC = ".matrix.toml"
_FIGURES = ".statistics.toml"
_RULES = ".rules.toml"
_OWN_SETTINGS = (_MATRIX_SPEC, _FIGURES, _RULES)


class Readings(Protocol):
    """Keeps what files said, so that a file that did not change need not be read again."""

    def begin(self, settings: Sequence[str]) -> None:
        """Hear the digests of the settings that every reading depends on."""

    def get(self, path: str, digest: str, read: Callable[[], FileReading]) -> FileReading:
        """Return what the file of that path and sha256 said; `read` reads it, as it is by then."""

    def prepare(self, files: Sequence[FoundFile], read: Callable[[FoundFile], None]) -> None:
        """May read files ahead of `get`, in any order and in other processes."""


def read_folder(folder: Path, readings: Readings | None = None, files: Sequence[FoundFile] | None = None) -> Corpus:
    """Read every source below `folder`.

    readings: keeps what files said from one run to the next; None reads everything. files: what was found there and
    hashed just now, so that it is not done twice.

    The built-in taxonomy, matrix specs, figures and rules are extended by `taxonomy.toml`, `*.matrix.toml`,
    `*.statistics.toml` and `*.rules.toml` of the folder.
    Raises `SourceError` when the folder cannot be read, `ProjectError` when its settings are wrong; everything else
    that is wrong is a finding.
    """
    load_readers()
    settings, others = _settings(tuple(map(hash_file, find_files(folder))) if files is None else files)
    said = [setting for setting in settings if setting.text.strip()]
    taxonomy = _taxonomy(said)
    specs = _specs(said)
    reading = _Reading(taxonomy, specs, _figures(said), readings)
    if readings is not None:
        readings.begin([setting.digest for setting in settings])
        readings.prepare(others, reading.read_ahead)
    rules = _rules(said, specs)
    with no_cycle_search():
        for file in others:
            reading.add(file)
        return replace(reading.corpus(settings), rules=rules)


# --- settings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Setting:
    path: str
    text: str
    digest: str


def _settings(files: Sequence[FoundFile]) -> tuple[tuple[_Setting, ...], tuple[FoundFile, ...]]:
    """Part the files into settings and the rest. Raises `ProjectError` for settings that are no text."""
    settings: list[_Setting] = []
    others: list[FoundFile] = []
    problems: list[Problem] = []
    for file in files:
        name = PurePosixPath(file.path).name.casefold()
        if name != _TAXONOMY and not name.endswith(_OWN_SETTINGS):
            others.append(file)
            continue
        file = open_file(file)
        text = decode(file.data, file.path).text if file.data else None
        if file.data is not None and not file.data.strip():
            text = ""  # says nothing of its own, as a file that is not there
        if text is None:
            problems.append(Problem("設定ファイルを読めません", "UTF-8 のテキストで保存し直してください", file.path))
            continue
        settings.append(_Setting(file.path, text, file.digest))
    if problems:
        raise ProjectError(problems)
    return tuple(settings), tuple(others)


def _taxonomy(settings: Sequence[_Setting]) -> Taxonomy:
    taxonomy = built_in_taxonomy()
    for setting in settings:
        if not setting.path.casefold().endswith(_OWN_SETTINGS):
            taxonomy = read_taxonomy(setting.text, setting.path, taxonomy)
    return taxonomy


def _specs(settings: Sequence[_Setting]) -> tuple[MatrixSpec, ...]:
    own = read_specs(
        ((setting.path, setting.text) for setting in settings if setting.path.casefold().endswith(_MATRIX_SPEC)),
        built_in_specs(),
    )
    return extend_specs(built_in_specs(), own)


def _figures(settings: Sequence[_Setting]) -> tuple[Figure, ...]:
    own = [(setting.path, setting.text) for setting in settings if setting.path.casefold().endswith(_FIGURES)]
    return (*built_in_figures(), *read_figures(own))


def _rules(settings: Sequence[_Setting], specs: Sequence[MatrixSpec]) -> Rules:
    own = [(setting.path, setting.text) for setting in settings if setting.path.casefold().endswith(_RULES)]
    return read_rules(own, built_in_rules(), {name for spec in specs for name in (spec.id, base_id(spec.id))})


# --- documents -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """The corpus while it grows, file by file."""

    taxonomy: Taxonomy
    specs: tuple[MatrixSpec, ...]
    figures: tuple[Figure, ...]
    readings: Readings | None = None
    sources: list[SourceFile] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)  # how often an id was met

    def add(self, file: FoundFile) -> None:
        """Read one file, which is hashed, and keep what it says, or why it says nothing."""
        if file.problem is not None:
            self._refuse(file, file.problem.message, file.problem)
            return
        suffix = PurePosixPath(file.path).suffix.casefold()
        if suffix not in _TEXT_SUFFIXES | _CELL_SUFFIXES | _WORKBOOK_SUFFIXES:
            reason = "読める形式（.md、.txt、.json、.csv、.tsv、.xlsx）ではありません"
            fix = "本文をテキストで、表を .csv か .xlsx で保存してください"
            self._refuse(file, reason, _finding("source.skipped", file.path, reason, fix))
            return
        if suffix in _TEXT_SUFFIXES:
            self._add_text(file)
        else:
            self._add_cells(open_file(file), workbook=suffix in _WORKBOOK_SUFFIXES)

    def _is_new(self, file: FoundFile, digest: str) -> bool:
        first = self.digests.setdefault(digest, file.path)
        if first != file.path:
            reason = f"「{first}」と同じ内容です。初めのファイルだけを使います"
            fix = "どちらかのファイルを消してください"
            duplicate = Finding("source.duplicate", "warning", reason, fix, Origin(file.path))
            self._refuse(file, reason, duplicate, digest)
            return False
        return True

    def _add_text(self, file: FoundFile) -> None:
        if file.digest in self.digests:
            from reportkit.sources.one_file import read_text_file

            self.findings.extend(read_text_file(open_file(file)).findings)
            self._is_new(file, file.digest)
            return
        self._take(file, self._known(file))

    def _add_cells(self, file: FoundFile, workbook: bool) -> None:
        from reportkit.sources.one_file import read_cells

        self._take(file, read_cells(file, workbook, self.taxonomy, self.specs, self.figures))

    def read_ahead(self, file: FoundFile) -> None:
        """Read a text file so that `readings` know it; nothing becomes part of the corpus."""
        if file.problem is None and PurePosixPath(file.path).suffix.casefold() in _TEXT_SUFFIXES:
            self._known(file)

    def _known(self, file: FoundFile) -> FileReading:
        def read() -> FileReading:
            from reportkit.sources.one_file import read_file  # the readers are loaded when there is something to read

            return read_file(open_file(file), self.taxonomy, self.specs, self.figures)

        if self.readings is None or not file.digest:
            return read()
        return self.readings.get(file.path, file.digest, read)

    def _take(self, file: FoundFile, reading: FileReading) -> None:
        self.findings.extend(reading.decoding)
        if reading.refused:
            self._refuse(file, reading.refused, digest=reading.digest)
            return
        if not self._is_new(file, reading.digest):
            return
        self.findings.extend(reading.findings)
        for case in reading.cases:
            self._keep_case(case)
        self.reports.extend(reading.reports)
        self.sources.extend(reading.sources)

    def _refuse(self, file: FoundFile, reason: str, finding: Finding | None = None, digest: str = "") -> None:
        if finding is not None:
            self.findings.append(finding)
        self.sources.append(SourceFile(file.path, "unknown", digest or file.digest, encoding="", reason=reason))

    def _keep_case(self, case: Case) -> None:
        first = self.cases.get(case.id)
        if first is None:
            self.cases[case.id] = case
            return
        number = self.copies.get(case.id, 1) + 1
        while f"{case.id}-{number}" in self.cases:
            number += 1
        self.copies[case.id] = number
        unique = f"{case.id}-{number}"
        self.cases[unique] = replace(case, id=unique)
        if case.id_origin is None and first.id_origin is None:
            return  # both ids are only the name of the company; several cases of one company are noted as such
        self.findings.append(
            Finding(
                "case.duplicate-id",
                "warning",
                f"事例の番号「{case.id}」が「{first.title}」と重なっています。こちらは「{unique}」として扱います",
                "どちらかの番号（case_id）を変えてください",
                case.origin,
                (Evidence("初めの事例", first.title, first.origin), Evidence("この事例", case.title, case.origin)),
                (f"case:{case.id}", f"case:{unique}"),
            )
        )

    # --- the whole

    def corpus(self, settings: Sequence[_Setting]) -> Corpus:
        """Join what the files said."""
        cases, renamed, unknown = join_cases(self.cases, self.taxonomy.joins)
        self.findings = [*_renamed(self.findings, renamed), *unknown, *find_twins(cases.values())]
        sources = [*self.sources, *(SourceFile(item.path, "settings", item.digest) for item in settings)]
        reports = self.reports
        return Corpus(
            taxonomy=self.taxonomy,
            sources=tuple(sorted(sources, key=lambda source: source.path)),
            cases=tuple(cases.values()),
            matrices=with_bases(self._matrices(), self.specs),
            statistics=self._statistics(),
            use_cases=tuple(item for report in reports for item in report.use_cases),
            promising_fields=tuple(item for report in reports for item in report.promising_fields),
            field_evaluations=tuple(item for report in reports for item in report.field_evaluations),
            field_resources=tuple(item for report in reports for item in report.field_resources),
            national_projects=tuple(item for report in reports for item in report.national_projects),
            survey_design=next((report.survey_design for report in reports if report.survey_design), None),
            text_tables=self._text_tables(),
            findings=sort_findings(self.findings),
        )

    def _matrices(self) -> tuple[Matrix, ...]:
        found: dict[str, list[Matrix]] = {}
        for report in self.reports:
            for matrix in report.matrices:
                found.setdefault(matrix.id, []).append(matrix)
        specs = {spec.id: spec for spec in self.specs}
        kept = []
        for name, matrices in found.items():
            chosen, findings = choose_source(matrices, specs[name])
            kept.append(chosen)
            self.findings.extend(findings)
        return tuple(kept)

    def _statistics(self) -> tuple[Statistic, ...]:
        kept: dict[str, Statistic] = {}
        for report in self.reports:
            for statistic in report.statistics:
                first = kept.setdefault(statistic.id, statistic)
                if first is statistic or first.quantity.value == statistic.quantity.value:
                    continue
                self.findings.append(
                    Finding(
                        "statistic.duplicate",
                        "warning",
                        f"「{statistic.label}」の値が二つの場所で違います。初めのものだけを使います",
                        "どちらが正しいか、元の資料で確かめてください",
                        statistic.origin,
                        (
                            Evidence("使う値", first.quantity.raw, first.origin),
                            Evidence("使わない値", statistic.quantity.raw, statistic.origin),
                        ),
                        (f"statistic:{statistic.id}",),
                    )
                )
        return tuple(kept.values())

    def _text_tables(self) -> tuple[TextTable, ...]:
        """Return the text tables with ids that are unique over all reports."""
        kept: dict[str, TextTable] = {}
        for report in self.reports:
            for table in report.text_tables:
                name, number = table.id, 2
                while name in kept:
                    name, number = f"{table.id}-{number}", number + 1
                kept[name] = replace(table, id=name)
        return tuple(kept.values())


def _renamed(findings: Sequence[Finding], renamed: Mapping[str, str]) -> list[Finding]:
    """Return the findings with the ids that joined cases have now."""
    subjects = {f"case:{old}": f"case:{new}" for old, new in renamed.items()}
    if not subjects:
        return list(findings)
    return [
        replace(finding, subjects=tuple(dict.fromkeys(subjects.get(name, name) for name in finding.subjects)))
        for finding in findings
    ]


def _finding(code: str, path: str, message: str, fix: str) -> Finding:
    return Finding(code, "note", message, fix, Origin(path))
