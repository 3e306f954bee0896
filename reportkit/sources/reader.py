"""Reading a seeds folder: any depth, any file name, the kind of each document told by its content.

In: a folder. Out: a `Corpus` in the order of the paths, with the findings of reading. Nothing is dropped silently: what
is no source, or was met before, stands in `Corpus.sources` with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from reportkit.base.cycles import no_cycle_search
from reportkit.base.dates import read_period
from reportkit.base.errors import Problem, ProjectError
from reportkit.base.finding import Evidence, Finding, sort_findings
from reportkit.base.origin import Origin
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import Rules, base_id
from reportkit.corpus.survey import Statistic, TextTable
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.cases import CaseReading, CaseText, read_case, recognise_case
from reportkit.sources.cases.not_cases import json_reason_against, reason_against
from reportkit.sources.cases.plugin_readers import load_readers, read_by_plugins
from reportkit.sources.decode import Decoded, decode, too_large
from reportkit.sources.folder import FoundFile, find_files, hash_file, open_file
from reportkit.sources.grids import GridReading, read_delimited, read_workbook
from reportkit.sources.matrices import MatrixSpec, built_in_specs, choose_source, extend_specs, read_specs
from reportkit.sources.matrices.bases import with_bases
from reportkit.sources.prose import Figure, built_in_figures, read_figures
from reportkit.sources.reports import Report, read_grids, read_report
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
_MEGABYTE = 1024 * 1024
_TITLE = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one text file said, whatever other files say: its source, and cases, reports and findings.

    digest: sha256 of the bytes that were read. decoding: what was noticed while they became text. refused: why they
    are no text, and nothing was read; "" otherwise.
    """

    digest: str
    sources: tuple[SourceFile, ...] = ()
    cases: tuple[Case, ...] = ()
    reports: tuple[Report, ...] = ()
    findings: tuple[Finding, ...] = ()
    decoding: tuple[Finding, ...] = ()
    refused: str = ""


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
    taxonomy = _taxonomy(settings)
    specs = _specs(settings)
    reading = _Reading(taxonomy, specs, _figures(settings), readings)
    if readings is not None:
        readings.begin([setting.digest for setting in settings])
        readings.prepare(others, reading.read_ahead)
    rules = _rules(settings, specs)
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
        text = decode(file.data, file.path).text if file.data is not None else None
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
            self.findings.extend(read_text_file(open_file(file)).findings)
            self._is_new(file, file.digest)
            return
        reading = self._known(file)
        self.findings.extend(reading.decoding)
        if reading.refused:
            self._refuse(file, reading.refused, digest=reading.digest)
        elif self._is_new(file, reading.digest):
            self._take(reading)

    def read_ahead(self, file: FoundFile) -> None:
        """Read a text file so that `readings` know it; nothing becomes part of the corpus."""
        if file.problem is None and PurePosixPath(file.path).suffix.casefold() in _TEXT_SUFFIXES:
            self._known(file)

    def _known(self, file: FoundFile) -> FileReading:
        def read() -> FileReading:
            return self._read_file(open_file(file))

        if self.readings is None or not file.digest:
            return read()
        return self.readings.get(file.path, file.digest, read)

    def _read_file(self, file: FoundFile) -> FileReading:
        """Read a text file that is open, by itself."""
        if file.problem is not None:  # it went in the meantime
            return FileReading("", decoding=(file.problem,), refused=file.problem.message)
        decoded = read_text_file(file)
        if decoded.text is None:
            return FileReading(file.digest, decoding=decoded.findings, refused=decoded.reason)
        one = _OneFile(self.taxonomy, self.specs, self.figures)
        one.read_text(file.path, decoded.text, decoded.encoding, file.digest)
        found = (tuple(one.sources), tuple(one.said), tuple(one.reports), tuple(one.findings))
        return FileReading(file.digest, *found, decoding=decoded.findings)

    def _take(self, reading: FileReading) -> None:
        self.findings.extend(reading.findings)
        for case in reading.cases:
            self._keep_case(case)
        self.reports.extend(reading.reports)
        self.sources.extend(reading.sources)

    def _add_cells(self, file: FoundFile, workbook: bool) -> None:
        reading = read_table_file(file, workbook)
        self.findings.extend(reading.findings)
        if file.data is None or reading.reason:
            self._refuse(file, reading.reason)
            return
        if not self._is_new(file, file.digest):
            return
        encoding = reading.encoding or "xlsx"
        lines = 0 if workbook else sum(len(grid.lines()) for grid in reading.grids)
        source = SourceFile(file.path, "unknown", file.digest, encoding=encoding, line_count=lines)
        report = read_grids(reading.grids, file.path, self.specs, self.taxonomy, self.figures)
        self.findings.extend(report.findings)
        title = report.imprint.title or PurePosixPath(file.path).stem
        if report.kind is None:
            reason = "知っている表（行列）がありません"
            fix = f"表を使う場合は `reportkit new matrix {file.path}` で定義の下書きを作ってください"
            self.findings.append(_finding("source.unknown", file.path, reason, fix))
            self.sources.append(replace(source, title=title, reason=reason))
            return
        self.reports.append(report)
        publication = report.imprint.publication or title
        self.sources.append(
            replace(source, kind=report.kind, title=title, publication=publication, date=report.imprint.date)
        )

    def read_text(self, path: str, text: str, encoding: str, digest: str) -> None:
        """Read the text of a file and keep what it says."""
        source = SourceFile(path, "unknown", digest, encoding=encoding, line_count=text.count("\n") + 1)
        reading, faults = read_by_plugins(text, path, self.taxonomy)
        self.findings.extend(faults)
        opened = CaseText(text)
        if reading is None and recognise_case(opened):
            reading = read_case(opened, path, self.taxonomy)
        if reading is not None:
            self._read_cases(reading, text, source)
            return
        if path.casefold().endswith(".json"):
            self._no_case(replace(source, reason=json_reason_against(opened)))
            return
        report = read_report(text, path, self.specs, self.taxonomy, self.figures)
        if report.kind is None:
            if reason := reason_against(text):
                self._no_case(replace(source, title=report.imprint.title, reason=reason))
                return
            reason = "事例・調査・白書のどの書式にも当てはまりません"
            fix = "事例なら見出しと項目を、調査なら表の見出しを確かめ、資料でなければフォルダーから外してください"
            self.findings.append(_finding("source.unknown", path, reason, fix))
            self.findings.extend(report.findings)
            self.sources.append(replace(source, title=report.imprint.title, reason=reason))
            return
        self.reports.append(report)
        self.findings.extend(report.findings)
        imprint = report.imprint
        self.sources.append(
            replace(source, kind=report.kind, title=imprint.title, publication=imprint.publication, date=imprint.date)
        )

    def _read_cases(self, reading: CaseReading, text: str, source: SourceFile) -> None:
        if reading.reason:
            title = reading.cases[0].title if reading.cases else ""
            self._no_case(replace(source, title=title, reason=reading.reason))
            return
        self.findings.extend(reading.findings)
        for case in reading.cases:
            self._keep_case(case)
        title = _file_title(reading.cases, text, source.path)
        self.sources.append(
            replace(source, kind="case", title=title, publication=title, date=_file_date(reading.cases))
        )

    def _no_case(self, source: SourceFile) -> None:
        fix = "事例として読みたい場合は、「企業名」の行と「定量的効果」などの見出しを加えてください"
        self.findings.append(_finding("source.not-a-case", source.path, source.reason, fix))
        self.sources.append(source)

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


@dataclass(slots=True)
class _OneFile(_Reading):
    """The reading of one file alone, with the cases as the file calls them."""

    said: list[Case] = field(default_factory=list)

    def _keep_case(self, case: Case) -> None:
        self.said.append(case)


def read_table_file(file: FoundFile, workbook: bool) -> GridReading:
    """Return the sheets of a CSV, TSV or .xlsx file, with what was noticed on the way."""
    if workbook and file.data:
        return read_workbook(file.data, file.path)
    decoded = read_text_file(file)
    if decoded.text is None:
        return GridReading(findings=decoded.findings, reason=decoded.reason)
    reading = read_delimited(decoded.text, file.path)
    return replace(reading, findings=(*decoded.findings, *reading.findings), encoding=decoded.encoding)


def read_text_file(file: FoundFile) -> Decoded:
    """Return the text of a file, or why it has none."""
    if file.data is None:
        return too_large(f"{file.size / _MEGABYTE:.0f} MB", file.path)
    return decode(file.data, file.path)


# What a case file calls the day on which it was written or last changed.
_FILE_DATE_LABELS = frozenset(
    {"更新日", "最終更新日", "最終更新", "作成日", "ドキュメント作成日", "生成日", "調査日", "検証日", "created_at"}
    | {"updated_at", "last_updated", "Document Generated"}
)


def _file_date(cases: Sequence[Case]) -> str:
    """Return the newest date at which the file says that it was written, else when the case was published; or ""."""
    written = [
        read_period(pair.text).start
        for case in cases
        for pair in case.footer + case.front_matter
        if pair.label in _FILE_DATE_LABELS
    ]
    published = [case.published.start for case in cases if case.published]
    dates = sorted(date.iso() for date in written if date) or sorted(date.iso() for date in published if date)
    return dates[-1] if dates else ""


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


def _file_title(cases: tuple[Case, ...], text: str, path: str) -> str:
    """Return what a file of cases is called: by its only case, else by its own first heading, else by its name."""
    if len(cases) == 1:
        return cases[0].title
    first = _TITLE.search(text)
    title = first[1].strip() if first is not None else ""
    return PurePosixPath(path).stem if not title or any(_names(case, title) for case in cases) else title


def _names(case: Case, title: str) -> bool:
    """Tell whether a heading is that of one case of the file."""
    return case.title in title or title in case.title or (case.company or case.title) in title
