"""What a chart kind hands to the part writer, and what several kinds need: layout, legend, references to cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.render.plot.frame import Frame, ReferenceLine, ReferenceMark
from reportkit.render.plot.numbers import number_text
from reportkit.render.plot.scale import Scale
from reportkit.render.plot.words import LINE_HEIGHT, text_width
from reportkit.render.word.charts.markup import (
    AXIS_LINE,
    CATEGORY_TEXT,
    GRIDLINES,
    INVISIBLE,
    NO_TICKS,
    TICK_TEXT,
    axis_head,
    axis_title,
    number_cache,
    number_format,
    string_cache,
    text_properties,
)
from reportkit.render.word.charts.workbook import SHEET, Column, column_letter


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inside of c:plotArea behind its layout, the workbook's columns, the frame, and reference lines over it."""

    plot_area: str
    columns: tuple[Column, ...]
    frame: Frame
    marks: tuple[ReferenceMark, ...] = ()


def axis_ids(index: int) -> tuple[int, int]:
    """Return the two axis ids of the chart with this running number: positive and below 2^31."""
    first = 100_000_000 + index % 100_000_000 * 10
    return first + 1, first + 2


def plot_layout(frame: Frame) -> str:
    """Return the c:layout that puts the plotting area (without axis labels) where the frame says."""
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{frame.left / frame.width:.5f}"/><c:y val="{frame.top / frame.height:.5f}"/>'
        f'<c:w val="{frame.plot_width / frame.width:.5f}"/><c:h val="{frame.plot_height / frame.height:.5f}"/>'
        "</c:manualLayout></c:layout>"
    )


def legend(frame: Frame) -> str:
    """Return the legend at the bottom, "" when the frame has none."""
    if not frame.legend_rows:
        return ""
    return f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{text_properties()}</c:legend>'


def cells_range(column: int, rows: int, first: int = 0) -> str:
    """Return the reference of `rows` cells of a column below the header, the first at data row `first`."""
    letter = column_letter(column)
    start = f"{SHEET}!${letter}${first + 2}"
    return start if rows == 1 else f"{start}:${letter}${first + 1 + rows}"


def series_head(columns: Sequence[Column], position: int, column: int) -> str:
    """Return the opening of c:ser: its number from 0 and its name, which is a column's header."""
    return (
        f'<c:idx val="{position}"/><c:order val="{position}"/>'
        f"<c:tx><c:strRef><c:f>{SHEET}!${column_letter(column)}$1</c:f>"
        f"{string_cache((columns[column].header,))}</c:strRef></c:tx>"
    )


def words(tag: str, columns: Sequence[Column], column: int) -> str:
    """Return c:cat that refers to a column of words."""
    cells = columns[column].cells
    return f"<c:{tag}><c:strRef><c:f>{cells_range(column, len(cells))}</c:f>{string_cache(cells)}</c:strRef></c:{tag}>"


def numbers(tag: str, columns: Sequence[Column], column: int) -> str:
    """Return c:val that refers to a column of numbers."""
    cells = columns[column].cells
    return (
        f"<c:{tag}><c:numRef><c:f>{cells_range(column, len(cells))}</c:f>"
        f"{number_cache(cells, columns[column].number_format or 'General')}</c:numRef></c:{tag}>"
    )


def number_cell(tag: str, columns: Sequence[Column], column: int, row: int) -> str:
    """Return c:xVal, c:yVal or c:bubbleSize that refers to one number."""
    one = columns[column]
    return (
        f"<c:{tag}><c:numRef><c:f>{cells_range(column, 1, row)}</c:f>"
        f"{number_cache((one.cells[row],), one.number_format or 'General')}</c:numRef></c:{tag}>"
    )


def number_column(header: str, values: Sequence[float | None], code: str) -> Column:
    """Return a column of numbers; None is an empty cell."""
    return Column(header, tuple(None if value is None else number_text(value) for value in values), code)


def reference_columns(lines: Sequence[ReferenceLine], code: str) -> list[Column]:
    """Return one column per reference line with its value in the first row: for the reader of the workbook."""
    return [number_column(line.label, (line.value,), code) for line in lines]


def category_axis(own: int, other: int, position: str, *, reverse: bool = False) -> str:
    """Return c:catAx. position: l or b; reverse: first category on top."""
    return (
        f'<c:catAx>{axis_head(own, reverse=reverse)}<c:axPos val="{position}"/>{number_format("General")}{NO_TICKS}'
        f'<c:tickLblPos val="low"/>{AXIS_LINE}{CATEGORY_TEXT}<c:crossAx val="{other}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:tickLblSkip val="1"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def value_axis(
    own: int, other: int, position: str, scale: Scale, code: str, title: str = "", *, crosses: str = "autoZero",
    between: str = "between", lined: bool = False,
) -> str:  # fmt: skip
    """Return c:valAx with light gridlines. title: finished c:title. between: whether categories stand between ticks."""
    ends = (number_text(scale.minimum), number_text(scale.maximum))
    return (
        f'<c:valAx>{axis_head(own, ends)}<c:axPos val="{position}"/>{GRIDLINES}{title}{number_format(code)}{NO_TICKS}'
        f'<c:tickLblPos val="nextTo"/>{AXIS_LINE if lined else INVISIBLE}{TICK_TEXT}<c:crossAx val="{other}"/>'
        f'<c:crosses val="{crosses}"/><c:crossBetween val="{between}"/>'
        f'<c:majorUnit val="{number_text(scale.step)}"/></c:valAx>'
    )


def title_above(text: str, frame: Frame) -> str:
    """Return the title of an upright axis: level, above the axis."""
    return axis_title(text, (4 / frame.width, max(frame.top - 10 - LINE_HEIGHT, 1) / frame.height))


def title_below(text: str, frame: Frame) -> str:
    """Return the title of a level axis: below its right end."""
    right = frame.width - frame.right
    place = max(right - text_width(text) + 4, 0) / frame.width
    return axis_title(text, (place, (frame.height - frame.bottom + 5 + LINE_HEIGHT) / frame.height))
