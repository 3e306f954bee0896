"""CSV and TSV: decoded text in, one `Grid` out. The delimiter is told by what makes the lines equally long.

A cell may be quoted and then hold delimiters, doubled quotes and line breaks. Lines are those of the file, so that a
place is where an editor shows it. Quotes that do not close are a finding, and are then read as they stand.
"""

from __future__ import annotations

import csv
import re
from collections import Counter

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.sources.grids.grid import Grid, GridReading

_DELIMITERS = ("\t", ",", ";", "|")
_MAX_CELLS = 200_000
_BREAK = re.compile(r"\s*\n\s*")

Records = list[tuple[int, list[str]]]


def read_delimited(text: str, source: str) -> GridReading:
    """Return the cells of a decoded CSV or TSV text. source: path for the findings."""
    findings: list[Finding] = []
    delimiter, records = _best(text)
    if records is None:
        fix = '引用符（"）の閉じ忘れを直してください'
        message = "引用符の対応が壊れているため、引用符を文字として読みました。列がずれている恐れがあります"
        findings.append(
            Finding("source.quotes", "warning", message, fix, Origin(source, _broken_line(text, delimiter)))
        )
        records = [(number, line.split(delimiter)) for number, line in enumerate(text.split("\n"), start=1)]
    cells: dict[tuple[int, int], str] = {}
    for line, record in records:
        for column, cell in enumerate(record, start=1):
            if tidy := _BREAK.sub(" ", cell).strip():
                cells[line, column] = tidy
        if len(cells) > _MAX_CELLS:
            reason = f"欄が多すぎます（上限 {_MAX_CELLS:,}）。調査の表だけを分けて保存してください"
            finding = Finding("source.too-large", "warning", reason, "不要な行と列を除いてください", Origin(source))
            return GridReading((), (*findings, finding), reason=reason)
    starts = {line for line, _ in records}
    passed = frozenset(range(1, text.count("\n") + 2)) - starts
    return GridReading((Grid(cells, passed=passed),), tuple(findings))


def _best(text: str) -> tuple[str, Records | None]:
    """Return the delimiter that gives most lines the same number of cells, and the records (None: broken quotes)."""
    scores = []
    for order, delimiter in enumerate(_DELIMITERS):
        if delimiter not in text:
            continue
        records = _parse(text, delimiter)
        lengths = (
            [len(record) for _, record in records]
            if records
            else [line.count(delimiter) + 1 for line in text.split("\n")]
        )
        widths = Counter(length for length in lengths if length > 1)
        width, lines = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        scores.append((records is not None, lines, width, -order, delimiter, records))
    if not scores:
        return ",", _parse(text, ",")
    best = max(scores, key=lambda item: item[:4])
    return best[4], best[5]


def _parse(text: str, delimiter: str) -> Records | None:
    """Return the records with the line on which each begins, None when the quotes are broken."""
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=delimiter, strict=True)
    records: Records = []
    start = 1
    try:
        for record in reader:
            records.append((start, record))
            start = reader.line_num + 1
    except csv.Error:
        return None
    return records


def _broken_line(text: str, delimiter: str) -> int:
    """Return the line on which the record begins whose quotes are broken."""
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=delimiter, strict=True)
    start = 1
    try:
        for _ in reader:
            start = reader.line_num + 1
    except csv.Error:
        return start
    return 1
