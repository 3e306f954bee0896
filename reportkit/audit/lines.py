"""The source files as they are now: whether a number still stands where the ledger says, and where else it may be.

In: the seeds folder and what a ledger says about a place. Out: `Found`. Rows and columns are told by their labels, so
that a value is not taken for unchanged when only its neighbours have changed places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

from reportkit.audit.entries import Stated
from reportkit.audit.numerals import plain
from reportkit.base.origin import Origin
from reportkit.sources.decode import MAX_BYTES, decode

# same: where it was. moved: the same value, in another line or column. changed: the row or the line is there, with
# another value. gone: nothing there that fits. unread: the file is not there or cannot be read.
State = Literal["same", "moved", "changed", "gone", "unread"]
_LIST_MARK = re.compile(r"^\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s+", re.MULTILINE)
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9%])\s+(?=[0-9])")
_APART = re.compile(r"[\t|\n]")
_MARKUP = re.compile(r"[^\S\x00]|[*_`#>\[\]\\]|\(https?://[^)]*\)|<[^>]*>")
_FAR = 400  # lines around the old place in which a moved row is looked for first


@dataclass(frozen=True, slots=True)
class Found:
    """What stands there now. text: the cell or line now; origin: where; raw: the value now, as it is written there."""

    state: State
    origin: Origin
    text: str = ""
    why: str = ""


class SourceText:
    """One source file: its lines, and its cells when it is a table file.

    problem: why it cannot be read, "" when it can.
    """

    def __init__(self, file: str, data: bytes | None, problem: str = "") -> None:
        self.file, self.problem = file, problem
        self.lines: tuple[str, ...] = ()
        self.sheets: dict[str, Mapping[tuple[int, int], str]] = {}
        if data is not None:
            self._read(data)

    def _read(self, data: bytes) -> None:
        suffix = PurePosixPath(self.file).suffix.casefold()
        if suffix == ".xlsx":
            from reportkit.sources.grids import read_workbook

            reading = read_workbook(data, self.file)
            self.sheets = {grid.sheet: grid.cells for grid in reading.grids}
            self.problem = reading.reason
            return
        decoded = decode(data, self.file)
        self.problem = decoded.reason
        self.lines = tuple((decoded.text or "").split("\n"))
        if suffix in {".csv", ".tsv"} and decoded.text is not None:
            from reportkit.sources.grids import read_delimited

            self.sheets = {grid.sheet: grid.cells for grid in read_delimited(decoded.text, self.file).grids}

    def cell(self, sheet: str, line: int, column: int) -> str | None:
        """Return a cell, None when there is none. In text, cells are parted by tabs or bars."""
        if self.sheets:
            return self.sheets.get(sheet, {}).get((line, column))
        cells = self.cells(line)
        return cells[column - 1] if 0 < column <= len(cells) else None

    def cells(self, line: int) -> Sequence[str]:
        """Return the cells of a line of text."""
        text = self.line(line)
        if "\t" in text:
            return text.split("\t")
        return text.strip().removeprefix("|").removesuffix("|").split("|") if "|" in text else (text,)

    def line(self, number: int, sheet: str = "") -> str:
        """Return a line, or the cells of a row parted by tabs; "" outside of the file."""
        if self.sheets:
            rows = self.sheets.get(sheet, {})
            return "\t".join(text for (line, _), text in sorted(rows.items()) if line == number)
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def span(self, origin: Origin) -> str:
        """Return the lines that an origin names."""
        last = max(origin.line, origin.end_line)
        return "\n".join(self.line(number, origin.sheet) for number in range(origin.line, last + 1))

    @cached_property
    def squeezed(self) -> tuple[str, ...]:
        """Return every line without blanks and markup, for finding words."""
        count = max((line for rows in self.sheets.values() for line, _ in rows), default=0)
        lines = self.lines if not self.sheets else [self.line(number) for number in range(1, count + 1)]
        return tuple(squeeze(line) for line in lines)


class Sources:
    """The files of a seeds folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, SourceText] = {}

    def __getitem__(self, file: str) -> SourceText:
        if file not in self._files:
            self._files[file] = self._open(file)
        return self._files[file]

    def _open(self, file: str) -> SourceText:
        path = PurePosixPath(file)
        # The name comes from a document that anybody may have changed: it must not lead out of the folder.
        if not file or path.is_absolute() or ".." in path.parts or ":" in file or "\\" in file:
            return SourceText(file, None, "資料のフォルダーの外を指す名前です")
        try:
            with (self.folder / path).open("rb") as handle:
                return SourceText(file, handle.read(MAX_BYTES + 1))
        except OSError as error:
            return SourceText(file, None, f"開けません（{error.strerror or error}）")


def squeeze(text: str) -> str:
    """Return words without blanks and Markdown, full-width ASCII as ASCII, for comparing across layouts.

    Cells and lines, and numbers that only a blank parts, stay apart, by a zero character.
    """
    apart = _APART.sub("\x00", _LIST_MARK.sub("", plain(text)))
    return _MARKUP.sub("", _BETWEEN_DIGITS.sub("\x00", apart)).strip("\x00").casefold()


def holds(text: str, words: str) -> bool:
    """Tell whether a text holds the words, whatever its layout; a number must stand there whole, not inside another."""
    return _holds(squeeze(text), squeeze(words))


def _holds(inside: str, wanted: str) -> bool:
    if not wanted:
        return False
    start = inside.find(wanted)
    while start >= 0:
        before, after = inside[start - 1 : start] if start else "", inside[start + len(wanted) :][:2]
        cut_before = wanted[0].isdigit() and (before.isdigit() or (before in {".", ","} and _digit(inside, start - 2)))
        cut_after = wanted[-1].isdigit() and (
            after[:1].isdigit() or (after[:1] in {".", ","} and after[1:].isdigit()) or after[:1] in {*"万億兆"}
        )
        if not (cut_before or cut_after):
            return True
        start = inside.find(wanted, start + 1)
    return False


def _digit(text: str, position: int) -> bool:
    return position >= 0 and text[position].isdigit()


def look_up(stated: Stated, texts: Sources, unit: str = "") -> Found:
    """Return what stands now where a fact was written.

    unit: of the fact; a bare number of a table takes it from its column or row, so the source need not repeat it.
    """
    found = _look_up(stated, texts)
    if found.state in {"changed", "gone"} and unit and unit in stated.raw:
        bare = _look_up(replace(stated, raw=stated.raw.replace(unit, "", 1)), texts)
        return bare if bare.state == "same" else found
    return found


def _look_up(stated: Stated, texts: Sources) -> Found:
    origin = stated.origin
    text = texts[origin.source]
    if text.problem:
        return Found("unread", origin, why=text.problem)
    if not stated.raw:
        return Found("same", origin, text.span(origin))
    return _look_up_cell(stated, text) if origin.column else _look_up_words(stated, text)


# --- cells -----------------------------------------------------------------------------------------------------------


def _look_up_cell(stated: Stated, text: SourceText) -> Found:
    origin = stated.origin
    cell = text.cell(origin.sheet, origin.line, origin.column) or ""
    why = _labels_gone(stated, text)
    if not why and _is_value(cell, stated.raw):
        return Found("same", origin, cell)
    if not stated.row:
        return _look_up_words(stated, text)
    moved = _same_row_elsewhere(stated, text)
    if not why:
        return moved if moved is not None and moved.state == "moved" else Found("changed", origin, cell)
    if moved is not None:
        return moved
    return Found("gone", origin, cell, why)


def _is_value(cell: str, raw: str) -> bool:
    return _holds(squeeze(cell), squeeze(raw)) or (not squeeze(cell) and not squeeze(raw))


def _labels_gone(stated: Stated, text: SourceText) -> str:
    """Return which label no longer stands where it stood, "" when both do."""
    sheet = stated.origin.sheet
    if stated.row and stated.row_line and not _label_on(text, sheet, stated.row_line, stated.row):
        return f"{stated.row_line} 行に「{stated.row}」がありません"
    if stated.head and stated.head_line and not _head_on(stated, text, stated.head_line, stated.origin.column):
        return f"{stated.head_line} 行の {stated.origin.column} 列に「{stated.head}」がありません"
    return ""


def _label_on(text: SourceText, sheet: str, line: int, label: str) -> bool:
    wanted = squeeze(label)
    cells = [text.line(line, sheet)] if not text.sheets else text.line(line, sheet).split("\t")
    first = squeeze(text.cells(line)[0]) if not text.sheets else squeeze(cells[0])
    # A label may break over lines, or stand behind another one; but it must not be the tail of a longer word.
    return (
        first == wanted
        or wanted in {squeeze(cell) for cell in text.cells(line)}
        or (bool(first) and (wanted.startswith(first) or wanted.endswith(first) or first.startswith(wanted)))
    )


def _head_on(stated: Stated, text: SourceText, line: int, column: int) -> bool:
    wanted = squeeze(stated.head)
    cells = text.cells(line) if not text.sheets else ()
    own = text.cell(stated.origin.sheet, line, column)
    if own is not None and squeeze(own):
        here = squeeze(own)
        if here == wanted or here in wanted or wanted in here:
            return True
        # The heads may be set otherwise than the values (spanners, broken lines): only a head that plainly stands
        # over another column is a swap.
        return wanted not in {squeeze(cell) for cell in cells}
    return _holds_head(text, stated.origin.sheet, line, wanted)


def _holds_head(text: SourceText, sheet: str, line: int, wanted: str) -> bool:
    around = squeeze("".join(text.line(number, sheet) for number in range(line, line + 4)))
    return wanted in around or any(part and part in around for part in (wanted[:4], wanted[-4:]))


def _same_row_elsewhere(stated: Stated, text: SourceText) -> Found | None:
    """Return the row of that label (and the column of that head) where they stand now, None when they are gone."""
    origin = stated.origin
    wanted = squeeze(stated.row)
    shift = origin.line - (stated.row_line or origin.line)
    count = len(text.squeezed)
    near = sorted(range(1, count + 1), key=lambda line: abs(line - (stated.row_line or origin.line)))
    columns = [origin.column]
    if stated.head:
        columns = _columns_of(stated, text) or columns
    fallback: Found | None = None
    for line in near[: 2 * _FAR]:
        first = text.cell(origin.sheet, line, 1) if text.sheets else text.cells(line)[0]
        if squeeze(first or "") != wanted or not _label_on(text, origin.sheet, line, stated.row):
            continue
        for column in columns:
            place = Origin(origin.source, line + shift, column, 0, origin.sheet)
            cell = text.cell(origin.sheet, line + shift, column)
            if cell is None:
                continue
            if _is_value(cell, stated.raw):
                return Found("moved" if place != origin else "same", place, cell)
            fallback = fallback or Found("changed", place, cell)
    return fallback


def _columns_of(stated: Stated, text: SourceText) -> list[int]:
    """Return the columns over which the head stands now, near the line where it stood."""
    wanted = squeeze(stated.head)
    columns = []
    for line in range(max(1, stated.head_line - 40), stated.head_line + 41):
        cells = (
            text.cells(line)
            if not text.sheets
            else [text.cell(stated.origin.sheet, line, column) or "" for column in range(1, 60)]
        )
        columns += [column for column, cell in enumerate(cells, start=1) if squeeze(cell) == wanted]
    return list(dict.fromkeys(columns))


# --- words -----------------------------------------------------------------------------------------------------------


def _look_up_words(stated: Stated, text: SourceText) -> Found:
    origin = stated.origin
    here = text.span(origin)
    wanted = squeeze(stated.raw)
    if _holds(squeeze(here), wanted):
        return Found("same", origin, here)
    elsewhere = [number for number, line in enumerate(text.squeezed, start=1) if _holds(line, wanted)]
    if elsewhere:
        nearest = min(elsewhere, key=lambda number: abs(number - origin.line))
        return Found("moved", Origin(origin.source, nearest, 0, 0, origin.sheet), text.line(nearest, origin.sheet))
    return Found("changed" if here.strip() else "gone", origin, here)
