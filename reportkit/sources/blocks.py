r"""Tables: runs of lines whose cells are parted by tabs, or by Markdown bars.

In: the lines of a document. Out: `Block`s with the line number of every row. What a table means is not known here.

>>> find_blocks(["産業\t億円", "医療\t15"])[0].rows[1].cells
('医療', '15')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportkit.base.origin import Origin

_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
_NUMBER = re.compile(r"[\s\d.,%+－−-]+")
_HEAD = 12  # the first lines of a file, where pairs of words are about the file
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its 1-based line number and its cells, trimmed, empty ones included."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return the cell at that index, "" beyond the end."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A merged cell: its first and last line, and the indices of its first and last cell."""

    line: int
    end_line: int
    index: int
    end_index: int


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its rows, and the non-empty text lines above it, nearest first, as (line number, text).

    The other fields are for tables that come from cells instead of text lines (CSV, sheets of a workbook):
    below: the text lines under the table, None when they are to be looked up in the document.
    columns: the number (1 = A) of the source column that each cell index stands for; () when they follow each other.
    sheet: name of the sheet, "" when the file has none.
    spans: merged cells. remarks: comments on cells, as (line, cell index, text).
    doubts: what had to be assumed to get this block, as (finding code, message, fix, line).
    turned: for a table that is read with its axes changed over, the source line of each cell index; the `line` of a row
        is then its source column. () else.
    """

    rows: tuple[Row, ...]
    above: tuple[tuple[int, str], ...]
    below: tuple[tuple[int, str], ...] | None = None
    columns: tuple[int, ...] = ()
    sheet: str = ""
    spans: tuple[Span, ...] = ()
    remarks: tuple[tuple[int, int, str], ...] = ()
    doubts: tuple[tuple[str, str, str, int], ...] = ()
    turned: tuple[int, ...] = ()

    def place(self, source: str, line: int, index: int | None = None) -> Origin:
        """Return the place of a line, or of the cell with that index in it."""
        if self.turned:
            at = 0 if index is None else self.columns[index] - 1 if index < len(self.columns) else index
            return Origin(source, self.turned[min(at, len(self.turned) - 1)], line, sheet=self.sheet)
        column = 0 if index is None else self.columns[index] if index < len(self.columns) else index + 1
        return Origin(source, line, column, sheet=self.sheet)

    def whole(self, source: str) -> Origin:
        """Return the place of the whole table."""
        return Origin(source, self.line, end_line=self.end_line, sheet=self.sheet)

    @property
    def line(self) -> int:
        """Return the line number of the first row."""
        return self.turned[0] if self.turned else self.rows[0].line

    @property
    def end_line(self) -> int:
        """Return the line number of the last row."""
        return self.turned[-1] if self.turned else self.rows[-1].line


def split_row(line: str) -> tuple[str, ...] | None:
    """Return the cells of a table line, () for a Markdown rule, None for running text."""
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    stripped = line.strip()
    if not stripped.startswith("|"):
        return None
    if _RULE.fullmatch(stripped):
        return ()
    inner = stripped[1:-1] if stripped.endswith("|") and not stripped.endswith("\\|") else stripped[1:]
    return tuple(cell.replace("\\|", "|").strip() for cell in _BAR.split(inner))


def find_blocks(
    lines: Sequence[str], is_label: Callable[[str], bool] = lambda text: False, context: int = 14
) -> tuple[Block, ...]:
    """Return the tables in order.

    is_label: tells whether a line without any cell mark is the stub of an empty row (editors strip trailing tabs); such
        a line counts when it touches a table line.
    context: how many text lines above a table to keep; text above an earlier table never counts.
    """
    blocks: list[Block] = []
    rows: list[Row] = []
    above: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        cells = split_row(line)
        if cells is None and rows and line.strip() and is_label(line.strip()):
            cells = (line.strip(),)
        if cells is not None:
            if cells:
                rows.append(Row(number, cells))
            continue
        if rows:
            above = _closed(blocks, rows, above, context)
            rows = []
        if text := line.strip():
            above.append((number, text))
    if rows:
        _closed(blocks, rows, above, context)
    return tuple(blocks)


def _closed(
    blocks: list[Block], rows: Sequence[Row], above: list[tuple[int, str]], context: int
) -> list[tuple[int, str]]:
    """Append the rows as a block, and return the text that still stands above what follows.

    Lines with one filled cell are text that was shifted by a tab. Pairs of words at the head of a file (date,
    author) are a block, but what stands over them stands over the next table too.
    """
    filled = [[cell for cell in row.cells if cell] for row in rows]
    texts = [(row.line, " ".join(cells)) for row, cells in zip(rows, filled, strict=True)]
    if all(len(cells) < 2 for cells in filled) and any(row.cells and not row.cells[0] for row in rows):
        return [*above, *texts]
    blocks.append(Block(tuple(rows), tuple(reversed(above[-context:]))))
    pairs = rows[-1].line <= _HEAD and all(len(cells) <= 3 for cells in filled)
    if pairs and not any(_NUMBER.fullmatch(cell) for cells in filled for cell in cells):
        return [*above, *texts]
    return []
