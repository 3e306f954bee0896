"""A sheet of cells, and the tables on it: what stands beside and below each other is told apart by empty cells.

In: a `Grid` (cells as text with their places). Out: `Block`s with the text lines above and below each table, exactly as
`blocks.find_blocks` gives them for running text, so that one engine reads all forms of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reportkit.base.finding import Finding
from reportkit.sources.blocks import Block, Row, Span
from reportkit.sources.matrices.cells import read_cell

_CONTEXT = 14  # text lines to keep above a table
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
    parts = [part for band in _bands(rows, grid.passed) for part in _parts(band, rows, is_label)]
    numbers = [part for part in parts if _is_numeric(part, rows)]
    taken = {(line, column) for part in numbers for line in part.rows for column in part.columns}
    texts = [(line, column, text) for (line, column), text in sorted(grid.cells.items()) if (line, column) not in taken]
    return tuple(_block(grid, part, parts, numbers, rows, texts) for part in parts)


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


def _block(
    grid: Grid,
    part: _Part,
    parts: Sequence[_Part],
    numbers: Sequence[_Part],
    rows: Mapping[int, Mapping[int, str]],
    texts: Sequence[tuple[int, int, str]],
) -> Block:
    columns = part.columns
    first, last = part.rows[0], part.rows[-1]
    near = _columns_beside(part, parts)
    others = [other for other in numbers if other is not part and not _beside(part, other)]
    texts = [item for item in texts if item[0] not in part.rows]
    start = max((other.rows[-1] for other in others if other.rows[-1] < first), default=0)
    end = min((other.rows[0] for other in others if other.rows[0] > last), default=None)
    above = [(line, text) for line, column, text in texts if start < line < first and near(column)]
    below = [
        (line, text) for line, column, text in texts if line > last and (end is None or line < end) and near(column)
    ]
    index = {column: position for position, column in enumerate(columns)}
    return Block(
        rows=tuple(Row(line, tuple(rows[line].get(column, "") for column in columns)) for line in part.rows),
        above=tuple(reversed(above[-_CONTEXT:])),
        below=tuple(below),
        columns=columns,
        sheet=grid.sheet,
        spans=tuple(_spans(grid, part, index)),
        remarks=tuple(
            (line, index[column], text)
            for (line, column), text in sorted(grid.remarks.items())
            if first <= line <= last and column in index
        ),
        doubts=tuple(doubt for doubt in grid.doubts if not doubt[3] or first <= doubt[3] <= last),
    )


def _beside(part: _Part, other: _Part) -> bool:
    return other.columns != part.columns and not (other.rows[-1] < part.rows[0] or other.rows[0] > part.rows[-1])


def _columns_beside(part: _Part, parts: Iterable[_Part]) -> Callable[[int], bool]:
    """Return whether text in a column belongs to this table: not under or over a table that stands beside it."""
    beside = [other for other in parts if other is not part and _beside(part, other)]
    start = part.columns[0] if any(other.columns[0] < part.columns[0] for other in beside) else 0
    end = min((other.columns[0] for other in beside if other.columns[0] > part.columns[0]), default=None)
    return lambda column: column >= start and (end is None or column < end)


def _spans(grid: Grid, part: _Part, index: Mapping[int, int]) -> Iterable[Span]:
    for span in grid.spans:
        if span.line in part.rows and span.index in index:
            inside = [position for column, position in index.items() if span.index <= column <= span.end_index]
            yield Span(span.line, span.end_line, index[span.index], max(inside))
