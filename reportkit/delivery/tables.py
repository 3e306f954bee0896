"""Mailing lists as tables: CSV, TSV and Excel sheets, one person a row.

The first line that names an address column is the header; columns that we do not know are left alone, unless their name
looks like one of ours with a slip in it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportkit.base.errors import Problem
from reportkit.base.origin import Origin
from reportkit.base.text import to_half_width
from reportkit.sources.decode import decode
from reportkit.sources.grids import Grid, GridReading, read_delimited, read_workbook

WORKBOOKS = (".xlsx", ".xlsm")
SUFFIXES = (".csv", ".tsv", ".txt", *WORKBOOKS)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "名前", "氏名", "宛名", "担当者", "お名前"),
    "address": (
        "address", "mail", "email", "e-mail", "メール", "アドレス", "メールアドレス", "eメール", "宛先", "mailaddress",
    ),
    "groups": ("groups", "group", "グループ", "分類", "所属グループ"),
    "subjects": ("subjects", "subject", "対象", "報告書", "業界", "配信対象", "購読"),
    "edition": ("edition", "版"),
    "language": ("language", "言語", "カバーの言語"),
    "files": ("files", "file", "添付", "形式", "添付形式"),
    "when": ("when", "送る時", "送信条件", "頻度", "配信条件"),
    "honorific": ("honorific", "敬称"),
}  # fmt: skip
_HEADER_WITHIN = 20  # lines above the table: a title, a note


@dataclass(frozen=True, slots=True)
class Row:
    """One person's line: our field names with the cells' texts, and where each stands."""

    fields: Mapping[str, str]
    places: Mapping[str, str]
    place: str


def read_table(path: Path, shown: str, problems: list[Problem]) -> tuple[Row, ...]:
    """Return the rows of a table file; adds to `problems` why it cannot be read. shown: its path for messages."""
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"配信先の表を読めません（{error.strerror or error}）"
        problems.append(Problem(what, "ファイルの名前と権限を確かめてください", shown))
        return ()
    reading = read_workbook(data, shown) if path.suffix.lower() in WORKBOOKS else _read_text(data, shown)
    problems.extend(
        Problem(finding.message, finding.fix, (finding.origin or Origin(shown)).place())
        for finding in reading.findings
        if not reading.grids or finding.code in {"source.quotes", "source.damaged", "source.too-large"}
    )
    if not reading.grids:
        if not reading.findings:
            problems.append(Problem(reason_of(reading), "CSV か Excel で保存し直してください", shown))
        return ()
    headed = [(grid, line, columns) for grid in reading.grids for line, columns in [_header(grid)] if columns]
    if not headed:
        fix = "一行目に「名前」「メールアドレス」「対象」などの見出しを置いてください"
        problems.append(Problem("アドレスの列（メールアドレス、address）が見つかりません", fix, shown))
        return ()
    rows: list[Row] = []
    for grid, line, columns in headed:
        rows.extend(_rows(grid, line, columns, shown, problems))
    return tuple(rows)


def reason_of(reading: GridReading) -> str:
    """Return why a table holds nothing."""
    return reading.reason or "表に何もありません"


def _read_text(data: bytes, shown: str) -> GridReading:
    decoded = decode(data, shown)
    if decoded.text is None:
        return GridReading(findings=decoded.findings, reason=decoded.reason)
    return read_delimited(decoded.text, shown)


def _header(grid: Grid) -> tuple[int, dict[int, str]]:
    lines = sorted({line for line, _ in grid.cells})[:_HEADER_WITHIN]
    for line in lines:
        columns = {
            column: known
            for (at, column), text in sorted(grid.cells.items())
            if at == line and (known := _known(text)) is not None
        }
        if "address" in columns.values():
            return line, columns
    return 0, {}


def _known(text: str) -> str | None:
    tidy = _tidy(text)
    return next((name for name, words in COLUMNS.items() if tidy in words), None)


def _tidy(text: str) -> str:
    return "".join(to_half_width(text).casefold().split())


def _rows(grid: Grid, header: int, columns: Mapping[int, str], shown: str, problems: list[Problem]) -> Iterator[Row]:
    _check_header(grid, header, columns, shown, problems)
    lines: dict[int, dict[int, str]] = {}
    for (line, column), text in grid.cells.items():
        if line > header:
            lines.setdefault(line, {})[column] = text
    for line, cells in sorted(lines.items()):
        fields: dict[str, str] = {}
        places: dict[str, str] = {}
        for column, name in columns.items():
            if column in cells and name not in fields:
                fields[name] = cells[column]
                places[name] = Origin(shown, line, column, sheet=grid.sheet).place()
        if fields:
            yield Row(fields, places, Origin(shown, line, sheet=grid.sheet).place())


def _check_header(grid: Grid, header: int, columns: Mapping[int, str], shown: str, problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for column, name in sorted(columns.items()):
        if name in seen:
            place = Origin(shown, header, column, sheet=grid.sheet).place()
            problems.append(Problem(f"見出し「{name}」の列が二つあります", "一つだけ残してください", place))
        seen[name] = column
    ours = [word for words in COLUMNS.values() for word in words]
    for (line, column), text in sorted(grid.cells.items()):
        if line != header or column in columns:
            continue
        close = difflib.get_close_matches(_tidy(text), ours, 1, 0.8)
        if close:
            place = Origin(shown, header, column, sheet=grid.sheet).place()
            problems.append(Problem(f"見出し「{text[:40]}」は使われません", f"「{close[0]}」ではありませんか", place))
