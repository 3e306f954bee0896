"""Workbooks (.xlsx): bytes in, a `Grid` for every visible sheet out.

openpyxl is imported when a workbook is read, not before. The archive is looked through first: what is no zip, unpacks
to more than a survey can hold, or declares entities is refused. Cells are text as the sheet shows them; formulas count
with the value that was stored with them. Hidden sheets, rows and columns are left out, and said so.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin, column_letters
from reportkit.base.text import printable
from reportkit.sources.blocks import Span
from reportkit.sources.grids.formats import show_number
from reportkit.sources.grids.grid import Doubt, Grid, GridReading

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 48 * 1024 * 1024
MAX_PARTS = 2000
MAX_CELLS = 200_000
_MAX_SHEET = 16 * 1024 * 1024  # XML of one sheet
_OLE = b"\xd0\xcf\x11\xe0"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DECLARATIONS = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_FORMULA = (b"<f>", b"<f ")

Place = tuple[int, int]


class _RefusedError(Exception):
    """A workbook that is not read: reason and remedy."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


def read_workbook(data: bytes, source: str) -> GridReading:
    """Return the sheets of a workbook. source: path for the findings; nothing is raised for a faulty file."""
    try:
        formulas = _look_through(data)
        return _read(data, source, formulas)
    except _RefusedError as error:
        finding = Finding("source.workbook", "warning", error.reason, error.fix, Origin(source))
        return GridReading(findings=(finding,), reason=error.reason)


def _look_through(data: bytes) -> bool:
    """Refuse what cannot be a sound workbook; return whether any sheet has formulas."""
    if data.startswith(_OLE):
        raise _RefusedError(
            "パスワードの付いた Excel か、古い形式（.xls）のファイルです",
            "パスワードを外し、.xlsx で保存し直してください",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _look_into(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        what = "拡張子は .xlsx ですが、Excel のファイルではないか、壊れています"
        raise _RefusedError(what, "Excel で開けることを確かめ、.xlsx で保存し直してください") from error


def _look_into(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        limit = f"上限 {MAX_UNPACKED // 1024 // 1024} MB・{MAX_PARTS} 部品"
        raise _RefusedError(
            f"展開すると大きすぎるブックです（{size / 1024 / 1024:.0f} MB・{len(parts)} 部品、{limit}）",
            "調査の表だけを新しいブックに写してください",
        )
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise _RefusedError("zip ですが Excel のブックではありません", "Excel のブック（.xlsx）を置いてください")
    formulas = False
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        if any(word in content for word in _DECLARATIONS):
            raise _RefusedError("XML に実体宣言があり、安全に読めません", "Excel で開き、.xlsx で保存し直してください")
        if part.filename.startswith("xl/worksheets/"):
            if len(content) > _MAX_SHEET:
                raise _RefusedError(
                    f"シートが大きすぎます（{len(content) / 1024 / 1024:.0f} MB）",
                    "調査の表だけを新しいブックに写してください",
                )
            formulas = formulas or any(word in content for word in _FORMULA)
    return formulas


def _read(data: bytes, source: str, formulas: bool) -> GridReading:
    shown = _open(data, values=True)
    written = _open(data, values=False) if formulas else None
    findings: list[Finding] = []
    grids = []
    for sheet in shown.worksheets:
        name = printable(sheet.title)
        if sheet.sheet_state != "visible":
            findings.append(
                Finding(
                    "source.hidden-sheet",
                    "note",
                    f"シート「{name}」は非表示のため、読み飛ばしました",
                    "使う表なら Excel で再表示してください",
                    Origin(source, sheet=name),
                )
            )
            continue
        if len(sheet._cells) > MAX_CELLS:  # noqa: SLF001 - iterating the rows would first create every empty cell
            raise _RefusedError(
                f"シート「{name}」の欄が多すぎます（上限 {MAX_CELLS:,}）", "調査の表だけを新しいブックに写してください"
            )
        grid, more = _Sheet(sheet, name, source, _formulas(written, sheet.title)).read()
        grids.append(grid)
        findings.extend(more)
    return GridReading(tuple(grids), tuple(findings))


def _open(data: bytes, values: bool) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that it does not keep; we only read
            return load_workbook(io.BytesIO(data), data_only=values, rich_text=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers meet: KeyError, TypeError, ParseError ...
        raise _RefusedError(
            f"Excel のブックとして読めません（{type(error).__name__}）", "Excel で開き、.xlsx で保存し直してください"
        ) from error


def _formulas(written: Any, title: str) -> frozenset[Place]:
    """Return the cells that hold a formula."""
    if written is None:
        return frozenset()
    cells = written[title]._cells  # noqa: SLF001
    return frozenset(place for place, cell in cells.items() if getattr(cell, "data_type", "") == "f")


class _Sheet:
    """One sheet being read."""

    def __init__(self, sheet: Worksheet, name: str, source: str, formulas: frozenset[Place]) -> None:
        self.sheet, self.name, self.source, self.formulas = sheet, name, source, formulas
        self.hidden_rows = {line for line, row in sheet.row_dimensions.items() if row.hidden}
        self.hidden_columns = frozenset(_hidden_columns(sheet))
        self.rounded: dict[int, list[str]] = {}
        self.zeros: dict[int, list[str]] = {}
        self.unknown: list[Place] = []

    def read(self) -> tuple[Grid, list[Finding]]:
        cells: dict[Place, str] = {}
        remarks: dict[Place, str] = {}
        skipped: dict[str, set[int]] = {"行": set(), "列": set()}
        for (line, column), cell in sorted(self.sheet._cells.items()):  # noqa: SLF001
            if line in self.hidden_rows or column in self.hidden_columns:
                if getattr(cell, "value", None) is not None:
                    kind, number = ("行", line) if line in self.hidden_rows else ("列", column)
                    skipped[kind].add(number)
                continue
            if text := self._text(line, column, cell):
                cells[line, column] = text
            remark = getattr(cell, "comment", None)
            if remark is not None and (words := _tidy(str(remark.text or ""))):
                remarks[line, column] = words
        doubts = (*self._hidden(skipped), *self._number_doubts())
        spans = tuple(self._spans())
        return Grid(cells, self.name, spans, remarks, doubts, frozenset(self.hidden_rows)), self._missing_values()

    def _text(self, line: int, column: int, cell: Any) -> str:
        value = getattr(cell, "value", None)
        if value is None:
            if (line, column) in self.formulas:
                self.unknown.append((line, column))
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float):
            if value != value or value in (float("inf"), float("-inf")):
                return str(value)
            shown = show_number(value, str(cell.number_format or "General"))
            if shown.rounded:
                self.rounded.setdefault(line, []).append(_name(line, column))
            if shown.zero_sign:
                self.zeros.setdefault(line, []).append(_name(line, column))
            return shown.text
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        if isinstance(value, timedelta):
            return str(value)
        return _tidy(_plain(value))

    # --- findings

    def _hidden(self, skipped: Mapping[str, set[int]]) -> Iterator[Doubt]:
        for what, numbers in skipped.items():
            if numbers:
                names = [str(number) if what == "行" else column_letters(number) for number in sorted(numbers)]
                message = f"非表示の{what}（{_some(names)}）を読み飛ばしました"
                fix = 'Excel で再表示して確かめ、正しければ定義に confirmed = ["hidden"] と書いてください'
                yield "matrix.hidden", message, fix, 0

    def _number_doubts(self) -> Iterator[Doubt]:
        for found, code, what in (
            (self.rounded, "matrix.rounded", "は表示より細かい値を持っています。表示どおりの（丸めた）値を使います"),
            (self.zeros, "matrix.zero-sign", "の値は 0 ですが、表示形式では記号になります。0 として読みました"),
        ):
            # One finding a run of lines would be one a table; a table has no empty lines, so runs are told by gaps.
            for lines in _line_runs(sorted(found)):
                names = [name for line in lines for name in found[line]]
                fix = (
                    f'元の表で確かめ、正しければ定義に confirmed = ["{code.removeprefix("matrix.")}"] と書いてください'
                )
                yield code, f"{_some(names)} {what}", fix, lines[0]

    def _missing_values(self) -> list[Finding]:
        if not self.unknown:
            return []
        line, column = self.unknown[0]
        names = _some([_name(*place) for place in self.unknown])
        return [
            Finding(
                "source.no-value",
                "warning",
                f"シート「{self.name}」の数式 {names} には計算結果が保存されていません。値なしとして扱います",
                "Excel で開いて保存し直すか、値として貼り付けてください",
                Origin(self.source, line, column, sheet=self.name),
            )
        ]

    def _spans(self) -> Iterator[Span]:
        for area in sorted(self.sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col)):
            yield Span(area.min_row, area.max_row, area.min_col, area.max_col)


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            yield from range(dimension.min, min(dimension.max, 16384) + 1)


def _line_runs(lines: Iterable[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for line in lines:
        if run and line > run[-1] + 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _plain(value: object) -> str:
    """Return rich text with raised digits as ¹²³: a note mark must never become a digit of the value."""
    if isinstance(value, str) or not isinstance(value, list):
        return str(value)
    pieces = []
    for piece in value:
        font = getattr(piece, "font", None)
        text = str(getattr(piece, "text", piece))
        pieces.append(text.translate(_SUPERSCRIPT) if getattr(font, "vertAlign", None) == "superscript" else text)
    return "".join(pieces)


def _tidy(text: str) -> str:
    return " ".join(printable(text).split())


def _name(line: int, column: int) -> str:
    return f"{column_letters(column)}{line}"


def _some(names: list[str], most: int = 8) -> str:
    more = f" ほか{len(names) - most}か所" if len(names) > most else ""
    return "、".join(names[:most]) + more
