"""What a chart kind hands to the part writer, and the pieces that several kinds need: layout, legend, series frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportkit.render.plot.frame import Frame
from reportkit.render.word.charts.markup import escape, number_cache, string_cache, text_properties
from reportkit.render.word.charts.workbook import SHEET, Column, column_letter


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inside of c:plotArea, the legend ("" for none), the workbook's columns, the frame."""

    plot_area: str
    legend: str
    columns: tuple[Column, ...]
    frame: Frame


def axis_ids(index: int) -> tuple[int, int, int, int]:
    """Return four axis ids of the chart with this running number: positive and below 2^31."""
    first = 100_000_000 + index % 100_000_000 * 10
    return first + 1, first + 2, first + 3, first + 4


def plot_layout(frame: Frame) -> str:
    """Return the c:layout that puts the plotting area (without axis labels) where the frame says."""
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{frame.left / frame.width:.4f}"/><c:y val="{frame.top / frame.height:.4f}"/>'
        f'<c:w val="{frame.plot_width / frame.width:.4f}"/><c:h val="{frame.plot_height / frame.height:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )


def legend(frame: Frame, deleted: Iterable[int] = ()) -> str:
    """Return the legend at the bottom; deleted: indexes of series that have no entry. "" when the frame has none."""
    if not frame.legend_rows:
        return ""
    entries = "".join(f'<c:legendEntry><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>' for index in deleted)
    return f'<c:legend><c:legendPos val="b"/>{entries}<c:overlay val="0"/>{text_properties()}</c:legend>'


def cells_range(column: int, rows: int, first: int = 0) -> str:
    """Return the reference of `rows` cells of a column below the header, the first at data row `first`."""
    letter = column_letter(column)
    start = f"{SHEET}!${letter}${first + 2}"
    return start if rows == 1 else f"{start}:${letter}${first + 1 + rows}"


def series_name(columns: Sequence[Column], column: int) -> str:
    """Return c:tx that refers to a column's header."""
    return (
        f"<c:tx><c:strRef><c:f>{SHEET}!${column_letter(column)}$1</c:f>"
        f"{string_cache((columns[column].header,))}</c:strRef></c:tx>"
    )


def words(tag: str, columns: Sequence[Column], column: int) -> str:
    """Return c:cat that refers to a column of words."""
    cells = columns[column].cells
    reference = cells_range(column, len(cells))
    return f"<c:{tag}><c:strRef><c:f>{reference}</c:f>{string_cache(cells)}</c:strRef></c:{tag}>"


def numbers(tag: str, columns: Sequence[Column], column: int) -> str:
    """Return c:val, c:xVal ... that refers to a column of numbers."""
    one = columns[column]
    return (
        f"<c:{tag}><c:numRef><c:f>{cells_range(column, len(one.cells))}</c:f>"
        f"{number_cache(one.cells, one.number_format or 'General')}</c:numRef></c:{tag}>"
    )


def number_format(code: str) -> str:
    """Return c:numFmt that does not follow the cells."""
    return f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>'
