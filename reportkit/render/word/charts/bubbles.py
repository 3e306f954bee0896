"""Native bubbles: one series each, so that every bubble carries its name in Word and in LibreOffice.

Bubbles none of which has a size become dots of a scatter chart; Word would blow them up to the largest size.
"""

from __future__ import annotations

from reportkit.document.chart import Chart, ValueAxis
from reportkit.render.plot.bubbles import BUBBLE_SCALE, DOT, SMALL, BubblePlot, PlotBubble, bubble_plot
from reportkit.render.plot.palette import PAPER, TEXT
from reportkit.render.plot.words import MAX_NAME, shortened
from reportkit.render.word.charts.drawing import (
    Drawing,
    axis_ids,
    cells_range,
    number_cell,
    number_column,
    reference_columns,
    title_above,
    title_below,
    value_axis,
)
from reportkit.render.word.charts.markup import (
    INVISIBLE,
    ONE_LINE,
    SHOW_NAME,
    SHOW_NOTHING,
    string_cache,
    stroke,
    text_properties,
)
from reportkit.render.word.charts.workbook import Column


def bubble_drawing(chart: Chart, index: int, width: float) -> Drawing:
    """Return the drawing of a bubble chart; width in points."""
    plot = bubble_plot(chart, width)
    columns = _columns(plot, (chart.x_axis or ValueAxis()).number_format, chart.values.number_format)
    across, up = axis_ids(index)
    rows = [row for row, (_, x, y, _) in enumerate(plot.rows) if x is not None and y is not None]
    write = _bubble if plot.sized else _dot
    series = "".join(
        write(columns, position, row, bubble, _labels(bubble, labels=chart.data_labels))
        for position, (row, bubble) in enumerate(zip(rows, plot.bubbles, strict=True))
    )
    axes = value_axis(
        across, up, "b", plot.x_scale, plot.x_format, title_below(plot.x_title, plot.frame), crosses="min",
        between="midCat", lined=True,
    ) + value_axis(
        up, across, "l", plot.y_scale, plot.y_format, title_above(plot.y_title, plot.frame), crosses="min",
        between="midCat", lined=True,
    )  # fmt: skip
    ids = f'<c:axId val="{across}"/><c:axId val="{up}"/>'
    if plot.sized:
        body = (
            f'<c:bubbleChart><c:varyColors val="0"/>{series}<c:bubbleScale val="{BUBBLE_SCALE}"/>'
            f'<c:showNegBubbles val="0"/><c:sizeRepresents val="area"/>{ids}</c:bubbleChart>'
        )
    else:
        body = (
            f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}{ids}</c:scatterChart>'
        )
    return Drawing(body + axes, columns, plot.frame, plot.marks)


def _columns(plot: BubblePlot, x_format: str, y_format: str) -> tuple[Column, ...]:
    names = tuple(shortened(row[0], MAX_NAME) for row in plot.rows)
    columns = [
        Column("", names),
        number_column(plot.x_title or "横軸", [row[1] for row in plot.rows], x_format),
        number_column(plot.y_title or "縦軸", [row[2] for row in plot.rows], y_format),
    ]
    if plot.sized:
        # A bubble without a size is drawn hollow, as small as the smallest; its cell says so by standing alone.
        sizes = [size if size is not None and size > 0 else plot.smallest for *_, size in plot.rows]
        columns.append(number_column("大きさ", sizes, "#,##0.##########"))
    columns += reference_columns(plot.x_references, x_format)
    columns += reference_columns(plot.references, y_format)
    if plot.sized and any(size is None or size <= 0 for *_, size in plot.rows):
        notes = tuple("" if size is not None and size > 0 else "大きさの値なし（白抜き）" for *_, size in plot.rows)
        columns.append(Column("注", notes))
    full = tuple(row[0] for row in plot.rows)
    if full != names:
        columns.append(Column("項目（全文）", full))
    return tuple(columns)


def _head(columns: tuple[Column, ...], position: int, row: int) -> str:
    return (
        f'<c:idx val="{position}"/><c:order val="{position}"/><c:tx><c:strRef><c:f>{cells_range(0, 1, row)}</c:f>'
        f"{string_cache((columns[0].cells[row],))}</c:strRef></c:tx>"
    )


def _labels(bubble: PlotBubble, *, labels: bool) -> str:
    if not labels:
        return f"<c:dLbls>{SHOW_NOTHING}</c:dLbls>"
    return (
        f'<c:dLbls>{INVISIBLE}{text_properties(colour=TEXT, body=ONE_LINE)}<c:dLblPos val="{bubble.side}"/>'
        f"{SHOW_NAME}</c:dLbls>"
    )


def _points(columns: tuple[Column, ...], row: int) -> str:
    return number_cell("xVal", columns, 1, row) + number_cell("yVal", columns, 2, row)


def _bubble(columns: tuple[Column, ...], position: int, row: int, bubble: PlotBubble, labels: str) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{bubble.colour}"><a:alpha val="82000"/></a:srgbClr></a:solidFill>'
    # A white edge parts bubbles that overlap; the smallest would vanish in it and get one of their own colour.
    outline = stroke(PAPER if bubble.radius > SMALL else bubble.colour, 0.75 if bubble.radius > SMALL else 1.5)
    if bubble.size is None:
        fill, outline = "<a:noFill/>", stroke(bubble.colour, 1.25)
    return (
        f"<c:ser>{_head(columns, position, row)}<c:spPr>{fill}{outline}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{labels}{_points(columns, row)}'
        f'{number_cell("bubbleSize", columns, 3, row)}<c:bubble3D val="0"/></c:ser>'
    )


def _dot(columns: tuple[Column, ...], position: int, row: int, bubble: PlotBubble, labels: str) -> str:
    return (
        f"<c:ser>{_head(columns, position, row)}<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:marker><c:symbol val="circle"/><c:size val="{round(DOT)}"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{bubble.colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:marker>'
        f'{labels}{_points(columns, row)}<c:smooth val="0"/></c:ser>'
    )
