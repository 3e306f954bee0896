"""A sheet of cells, and the tables on it: what stands beside and below each other is told apart by empty cells.

In: a `Grid` (cells as text with their places). Out: `Block`s with the text lines above and below each table, exactly as
`blocks.find_blocks` gives them for running text, so that one engine reads all forms of a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reportkit.base.finding import Finding
from reportkit.sources.blocks import Block, Row, Span
from reportkit.sources.matrices.cells import read_cell

_CONTEXT = 14  # text lines to keep above a table
_BELOW = 200  # cells of text to look at under a table
_STUB_COLUMNS = 3  # the names of the rows stand in one of the first columns

Doubt = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its cells that hold text, by (line, column), both 1-based, hidden ones left out.

    sheet: its name, "" for a file without sheets. spans: merged cells, with columns in place of cell indices.
    remarks: comments by (line, column). doubts: (code, message, fix, line), for the tables on those lines (0 = all).
    passed: lines that do not part tables although they hold nothing: hidden, or inside a cell that has several lines.
    """

    cells: Mapping[tuple[int, int], str]
    sheet: str = ""
    spans: tuple[Span, ...] = ()
    remarks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    passed: frozenset[int] = frozenset()

    def lines(self) -> tuple[str, ...]:
        """Return the rows as text: index 0 is row 1; cells are parted by tabs."""
        rows: dict[int, list[str]] = {}
        for (line, _), text in sorted(self.cells.items()):
            rows.setdefault(line, []).append(text)
        return tuple("\t".join(rows.get(line, ())) for line in range(1, max(rows, default=0) + 1))


@dataclass(frozen=True, slots=True)
class GridReading:
    """The sheets of a file; reason: why there are none, in Japanese; encoding: "" for workbooks."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    encoding: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A table on its way: the columns it takes, its rows as cells by column, and the text lines around it."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]


def find_grid_blocks(grid: Grid, is_label: Callable[[str], bool] = lambda text: False) -> tuple[Block, ...]:
    """Return the tables of a sheet, from top to bottom, left to right.

    is_label: tells whether a text names a row; such a cell alone in a line is an empty row and no text line.
    """
    rows: dict[int, dict[int, str]] = {}
    for (line, column), text in sorted(grid.cells.items()):
        rows.setdefault(line, {})[column] = text
    bands = [_parts(band, rows, is_label) for band in _bands(rows, grid.passed)]
    around = _Around(grid, rows, [part for band in bands for part in band])
    return tuple(around.block(part, band) for band in bands for part in band)


def _is_numeric(part: _Part, rows: Mapping[int, Mapping[int, str]]) -> bool:
    """Tell whether a part can have a caption of its own; a few lines about a table (date, author) are text to it."""
    return sum(_has_values(rows[line], part.columns) for line in part.rows) > 1 or len(part.rows) > _CONTEXT


def _bands(rows: Mapping[int, Mapping[int, str]], passed: frozenset[int]) -> list[list[int]]:
    """Return the runs of lines without an empty line between them."""
    bands: list[list[int]] = []
    for line in rows:
        if bands and all(between in passed for between in range(bands[-1][-1] + 1, line)):
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def _parts(band: Sequence[int], rows: Mapping[int, Mapping[int, str]], is_label: Callable[[str], bool]) -> list[_Part]:
    """Part a band at empty columns, where what follows has row names of its own; leave the text lines out."""
    wide = [line for line in band if len(rows[line]) > 1]
    used = sorted({column for line in wide for column in rows[line]})
    if not used or (len(band) == 1 and all(later > column + 1 for column, later in pairwise(used))):
        return []  # captions of tables that stand side by side
    groups = [[used[0]]]
    for column in used[1:]:
        apart = column > groups[-1][-1] + 1
        if apart and sum(is_label(rows[line].get(column, "")) for line in wide) > 1:
            groups.append([column])
        else:
            groups[-1].append(column)
    found: list[_Part] = []
    for position, group in enumerate(groups):
        end = groups[position + 1][0] if position + 1 < len(groups) else None
        cells = {
            line: {
                column: text
                for column, text in rows[line].items()
                if (column >= group[0] or not position) and (end is None or column < end)
            }
            for line in band
        }
        found.extend(
            _Part(tuple(group), tuple(run))
            for run in _runs([line for line in band if cells[line]], cells, group, is_label)
        )
    return found


def _runs(
    lines: Sequence[int],
    cells: Mapping[int, Mapping[int, str]],
    columns: Sequence[int],
    is_label: Callable[[str], bool],
) -> list[list[int]]:
    """Return the runs of table lines; a line with one cell in or before the first column is text, if no row name."""
    stub = columns[: _STUB_COLUMNS if len(columns) > _STUB_COLUMNS else 1]
    runs: list[list[int]] = []
    current: list[int] = []
    valued = False
    for position, line in enumerate(lines):
        row = cells[line]
        if len(row) == 1:
            ((column, text),) = row.items()
            before_value = position + 1 < len(lines) and _has_values(cells[lines[position + 1]], columns)
            inside = bool(current) and (is_label(text) or (valued and before_value and column in columns))
            if column <= stub[0] and not inside:
                if current:
                    runs.append(current)
                current, valued = [], False
                continue
        current.append(line)
        valued = valued or _has_values(row, columns)
    if current:
        runs.append(current)
    return [run for run in runs if any(len(cells[line]) > 1 for line in run)]


def _has_values(row: Mapping[int, str], columns: Sequence[int]) -> bool:
    return any(read_cell(text).value is not None for column, text in row.items() if column > columns[0])


class _Around:
    """What stands around the tables of a sheet: its text, comments and merged cells, found by line."""

    def __init__(self, grid: Grid, rows: Mapping[int, Mapping[int, str]], parts: Sequence[_Part]) -> None:
        self.grid, self.rows = grid, rows
        numbers = [part for part in parts if _is_numeric(part, rows)]
        taken = {(line, column) for part in numbers for line in part.rows for column in part.columns}
        self.texts = [
            (line, column, text) for (line, column), text in sorted(grid.cells.items()) if (line, column) not in taken
        ]
        self.lines = [line for line, _, _ in self.texts]
        self.firsts = sorted(part.rows[0] for part in numbers)
        self.lasts = sorted(part.rows[-1] for part in numbers)
        self.remarks = sorted(grid.remarks.items())

    def block(self, part: _Part, band: Sequence[_Part]) -> Block:
        """Return a table as a block. band: the tables in the same lines, which may stand beside it."""
        first, last = part.rows[0], part.rows[-1]
        near = _columns_beside(part, band)
        before, after = bisect_left(self.lasts, first), bisect_right(self.firsts, last)
        start = self.lasts[before - 1] if before else 0
        end = self.firsts[after] if after < len(self.firsts) else None
        index = {column: position for position, column in enumerate(part.columns)}
        return Block(
            rows=tuple(
                Row(line, tuple(self.rows[line].get(column, "") for column in part.columns)) for line in part.rows
            ),
            above=tuple(self._above(start, first, near)),
            below=tuple(self._below(last, end, near)),
            columns=part.columns,
            sheet=self.grid.sheet,
            spans=tuple(_spans(self.grid, part, index)),
            remarks=tuple(
                (line, index[column], text)
                for (line, column), text in self.remarks
                if first <= line <= last and column in index
            ),
            doubts=tuple(doubt for doubt in self.grid.doubts if not doubt[3] or first <= doubt[3] <= last),
        )

    def _above(self, start: int, first: int, near: Callable[[int], bool]) -> Iterator[tuple[int, str]]:
        """Yield the texts over a table, nearest first, down to the table above."""
        left = _CONTEXT
        for at in range(bisect_left(self.lines, first) - 1, -1, -1):
            line, column, text = self.texts[at]
            if line <= start or not left:
                return
            if near(column):
                left -= 1
                yield line, text

    def _below(self, last: int, end: int | None, near: Callable[[int], bool]) -> Iterator[tuple[int, str]]:
        """Yield the texts under a table, up to the next one."""
        begin = bisect_right(self.lines, last)
        for line, column, text in self.texts[begin : begin + _BELOW]:
            if end is not None and line >= end:
                return
            if near(column):
                yield line, text


def _columns_beside(part: _Part, band: Sequence[_Part]) -> Callable[[int], bool]:
    """Return whether text in a column belongs to this table: not under or over a table that stands beside it."""
    groups = {other.columns for other in band} - {part.columns}
    beside = {
        other.columns
        for other in (band if groups else ())
        if other.columns != part.columns and other.rows[-1] >= part.rows[0] and other.rows[0] <= part.rows[-1]
    }
    start = part.columns[0] if any(columns[0] < part.columns[0] for columns in beside) else 0
    end = min((columns[0] for columns in beside if columns[0] > part.columns[0]), default=None)
    return lambda column: column >= start and (end is None or column < end)


def _spans(grid: Grid, part: _Part, index: Mapping[int, int]) -> Iterator[Span]:
    lines = frozenset(part.rows) if grid.spans else frozenset()
    for span in grid.spans:
        if span.line in lines and span.index in index:
            inside = [position for column, position in index.items() if span.index <= column <= span.end_index]
            yield Span(span.line, span.end_line, index[span.index], max(inside))
