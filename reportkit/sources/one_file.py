"""One file by itself: its cases, tables and figures, whatever other files say; the kind of it told by its content.

In: a file that is open. Out: a `FileReading`. Nothing raises; what is no source says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from reportkit.base.dates import read_period
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import SourceFile
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.cases import CaseReading, CaseText, read_case, recognise_case
from reportkit.sources.cases.not_cases import json_reason_against, reason_against
from reportkit.sources.decode import Decoded, decode, too_large
from reportkit.sources.file_reading import FileReading
from reportkit.sources.folder import FoundFile
from reportkit.sources.grids import GridReading, read_delimited, read_workbook
from reportkit.sources.matrices.spec import MatrixSpec
from reportkit.sources.plugin_readers import read_by_plugins
from reportkit.sources.prose import Figure
from reportkit.sources.reports import read_grids, read_report

_MEGABYTE = 1024 * 1024
_TITLE = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)


def read_file(
    file: FoundFile, taxonomy: Taxonomy, specs: Sequence[MatrixSpec], figures: Sequence[Figure]
) -> FileReading:
    """Read a text file."""
    if file.problem is not None:  # it went in the meantime
        return FileReading("", decoding=(file.problem,), refused=file.problem.message)
    decoded = read_text_file(file)
    if decoded.text is None:
        return FileReading(file.digest, decoding=decoded.findings, refused=decoded.reason)
    text = decoded.text
    source = SourceFile(file.path, "unknown", file.digest, encoding=decoded.encoding, line_count=text.count("\n") + 1)
    reading, faults = read_by_plugins(text, file.path, taxonomy)
    opened = CaseText(text)
    if reading is None and recognise_case(opened):
        reading = read_case(opened, file.path, taxonomy)
    if reading is not None:
        found = _cases(reading, text, source)
    elif file.path.casefold().endswith(".json"):
        found = _no_case(replace(source, reason=json_reason_against(opened)))
    else:
        found = _report(text, source, taxonomy, specs, figures)
    return replace(found, findings=(*faults, *found.findings), decoding=decoded.findings)


def _cases(reading: CaseReading, text: str, source: SourceFile) -> FileReading:
    if reading.reason:
        title = reading.cases[0].title if reading.cases else ""
        return _no_case(replace(source, title=title, reason=reading.reason))
    title = _file_title(reading.cases, text, source.path)
    known = replace(source, kind="case", title=title, publication=title, date=_file_date(reading.cases))
    return FileReading(source.digest, (known,), reading.cases, findings=reading.findings)


def _no_case(source: SourceFile) -> FileReading:
    fix = "事例として読みたい場合は、「企業名」の行と「定量的効果」などの見出しを加えてください"
    finding = _note("source.not-a-case", source.path, source.reason, fix)
    return FileReading(source.digest, (source,), findings=(finding,))


def _report(
    text: str, source: SourceFile, taxonomy: Taxonomy, specs: Sequence[MatrixSpec], figures: Sequence[Figure]
) -> FileReading:
    report = read_report(text, source.path, specs, taxonomy, figures)
    imprint = report.imprint
    if report.kind is not None:
        known = replace(
            source, kind=report.kind, title=imprint.title, publication=imprint.publication, date=imprint.date
        )
        return FileReading(source.digest, (known,), reports=(report,), findings=report.findings)
    if reason := reason_against(text):
        return _no_case(replace(source, title=imprint.title, reason=reason))
    reason = "事例・調査・白書のどの書式にも当てはまりません"
    fix = "事例なら見出しと項目を、調査なら表の見出しを確かめ、資料でなければフォルダーから外してください"
    finding = _note("source.unknown", source.path, reason, fix)
    unknown = replace(source, title=imprint.title, reason=reason)
    return FileReading(source.digest, (unknown,), findings=(finding, *report.findings))


def read_cells(
    file: FoundFile, workbook: bool, taxonomy: Taxonomy, specs: Sequence[MatrixSpec], figures: Sequence[Figure]
) -> FileReading:
    """Read a CSV, TSV or .xlsx file."""
    reading = read_table_file(file, workbook)
    if file.data is None or reading.reason:
        return FileReading(file.digest, decoding=reading.findings, refused=reading.reason)
    encoding = reading.encoding or "xlsx"
    lines = 0 if workbook else sum(len(grid.lines()) for grid in reading.grids)
    report = read_grids(reading.grids, file.path, specs, taxonomy, figures)
    title = report.imprint.title or PurePosixPath(file.path).stem
    source = SourceFile(file.path, "unknown", file.digest, title=title, encoding=encoding, line_count=lines)
    if report.kind is None:
        reason = "知っている表（行列）がありません"
        fix = f"表を使う場合は `reportkit new matrix {file.path}` で定義の下書きを作ってください"
        findings = (*report.findings, _note("source.unknown", file.path, reason, fix))
        return FileReading(file.digest, (replace(source, reason=reason),), findings=findings, decoding=reading.findings)
    publication = report.imprint.publication or title
    known = replace(source, kind=report.kind, publication=publication, date=report.imprint.date)
    return FileReading(file.digest, (known,), reports=(report,), findings=report.findings, decoding=reading.findings)


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


def _note(code: str, path: str, message: str, fix: str) -> Finding:
    return Finding(code, "note", message, fix, Origin(path))
