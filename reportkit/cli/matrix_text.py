"""A matrix for the terminal: cells with marks, totals, numbers of respondents and intervals, aligned, and a legend.

In: a matrix, the rows to show, the findings about it. Out: lines. Long names are broken, and the table is turned when
that makes it narrower; Japanese characters take two places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from reportkit.base.text import display_width, printable
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.views.doubts import Doubts
from reportkit.views.facts import SMALL_BASE, number
from reportkit.views.intervals import Interval, cell_interval, has_shares, is_breakdown

UNKNOWN_BASE = "n不明"
_HEAD, _STUB = 14, 44  # widest heading over a column and widest name of a row, in half-width places
_LEGEND = (
    ("r", "r＝値の前に印刷された番号"),
    ("*", "*＝補完された値"),
    ("+", "+＝結合セルから展開した値"),
    ("!", "!＝指摘のある値"),
    ("-", "-＝質問なし（0ではない）"),
)


def matrix_lines(
    matrix: Matrix, rows: Sequence[str], doubts: Doubts, *, totals: bool = True, intervals: bool = True
) -> Iterator[str]:
    """Yield the lines of the table, then what its marks mean, the notes and the question of the source.

    rows: canonical names, in order; totals: also the printed total row; intervals: also the intervals of shares.
    """
    cells = _cells(matrix, rows, doubts, totals=totals, intervals=intervals)
    turned = [list(column) for column in zip(*cells, strict=True)]
    yield from _aligned(min(cells, turned, key=_width))
    yield from _explained(matrix, rows, cells[1:], intervals)
    for group in matrix.merged:
        if set(group.labels) & set(rows):
            yield f"結合：{'、'.join(group.labels)} は一つの欄（値は「{group.printed_on}」の行に印刷）"
    for quote in matrix.notes:
        yield f"注：{quote.text}"
    for quote in matrix.question:
        yield f"質問文：{quote.text}"
    if matrix.unit_note:
        yield f"単位：{matrix.unit_note}"


def _cells(matrix: Matrix, rows: Sequence[str], doubts: Doubts, *, totals: bool, intervals: bool) -> list[list[str]]:
    columns = [*matrix.columns.labels]
    if matrix.row_total_kind is not None:
        columns.append(matrix.row_total_kind)
    counted = bool(matrix.bases)
    table = [["", *(("n",) if counted else ()), *columns]]
    names = [*rows]
    if totals and matrix.column_total_kind is not None:
        names.append(matrix.column_total_kind)
    for row in names:
        base = [_base(matrix, row)] if counted else []
        values = []
        for column in columns:
            doubtful = bool(doubts.about_cell(matrix.id, row, column))
            interval = cell_interval(matrix, row, column) if intervals else None
            values.append(_shown(matrix.cell(row, column), doubtful, interval))
        table.append([row, *base, *values])
    return table


def _base(matrix: Matrix, row: str) -> str:
    if row == matrix.column_total_kind:
        return ""
    cell = matrix.base(row)
    if cell is None or cell.value is None:
        return UNKNOWN_BASE
    return f"{cell.value:,}{'（少）' if cell.value < number(SMALL_BASE) else ''}"


def _shown(cell: Cell | None, doubtful: bool, interval: Interval | None) -> str:
    if cell is None:
        return ""
    mark = "!" if doubtful else ""
    if cell.value is None:
        return f"-{mark}"
    rank = f"r{cell.rank} " if cell.rank is not None else ""
    text = f"{rank}{cell.value:,}{'*' if cell.imputed else ''}{'+' if cell.spread else ''}{mark}"
    return text if interval is None else f"{text} ({interval[0]:.0f}-{interval[1]:.0f})"


def _explained(matrix: Matrix, rows: Sequence[str], table: Sequence[Sequence[str]], intervals: bool) -> Iterator[str]:
    values = [text for row in table for text in row[1:]]
    legend = [meaning for mark, meaning in _LEGEND if any(_has_mark(text, mark) for text in values)]
    if legend:
        yield f"印：{'、'.join(legend)}"
    if not has_shares(matrix):
        return
    broken = [row for row in rows if is_breakdown(matrix, row)]
    unknown = [row for row in rows if row in matrix.unknown_bases]
    if intervals and len(rows) > len({*broken, *unknown}):
        yield "括弧内は、割合と回答者数から求めた95%のウィルソン区間（無作為抽出を仮定した目安）"
    if unknown:
        yield f"{UNKNOWN_BASE}：{'、'.join(unknown)} の回答者数は資料に示されていません"
    if broken:
        yield f"区間なし：{'、'.join(broken)} は行の計がほぼ100%で、回答者でなく回答の内訳と読めます"


def _has_mark(text: str, mark: str) -> bool:
    if mark in {"r", "-"}:
        return text.startswith(mark)
    return mark in text


# --- layout ----------------------------------------------------------------------------------------------------------


def _width(table: Sequence[Sequence[str]]) -> int:
    """Return how wide the table would be printed with its names broken."""
    return sum(_column_widths(table)) + 2 * (len(table[0]) - 1)


def _column_widths(table: Sequence[Sequence[str]]) -> list[int]:
    widths = []
    for index, column in enumerate(zip(*table, strict=True)):
        most = _STUB if index == 0 else max(_HEAD, *map(display_width, column[1:]))
        widths.append(max(display_width(piece) for text in column for piece in _broken(text, most)))
    return widths


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = _column_widths(table)
    for row in table:
        pieces = [_broken(text, width) for text, width in zip(row, widths, strict=True)]
        for line in zip_longest(*pieces, fillvalue=""):
            cells = [
                text + " " * (width - display_width(text)) if index == 0 else " " * (width - display_width(text)) + text
                for index, (text, width) in enumerate(zip(line, widths, strict=True))
            ]
            yield "  ".join(cells).rstrip()


def _broken(text: str, most: int) -> list[str]:
    """Return the text in pieces of at most `most` places, as equal as can be; broken after a separator if one fits."""
    clean = printable(text)
    pieces: list[str] = []
    while display_width(clean) > most:
        cut = width = 0
        while width + display_width(clean[cut]) <= most:
            width += display_width(clean[cut])
            cut += 1
        near = max(clean.rfind(mark, 0, cut) for mark in "・、/（( 　")
        if near >= cut // 2:
            cut = near if clean[near] in "（(" else near + 1
        pieces.append(clean[:cut])
        clean = clean[cut:]
    return [*pieces, clean]
