"""Native Gantt charts: stacked bars over an axis of Excel days, the bar up to the first day invisible.

The words beside a bar are labels of the invisible bars before or behind it, so they move with the bar.
"""

from __future__ import annotations

from reportkit.document.chart import Chart
from reportkit.render.plot.gantt import OPEN_FADE, GanttPlot, PlotSpan, gantt_plot
from reportkit.render.plot.palette import TEXT, mix_with_white, text_on
from reportkit.render.plot.scale import date_serial
from reportkit.render.word.charts.drawing import (
    Drawing,
    axis_ids,
    category_axis,
    number_column,
    numbers,
    series_head,
    value_axis,
    words,
)
from reportkit.render.word.charts.markup import INVISIBLE, SHOW_NOTHING, label, stroke
from reportkit.render.word.charts.workbook import DATE_FORMAT, Column

_START, _DAYS, _REST = 1, 2, 3


def gantt_drawing(chart: Chart, index: int, width: float) -> Drawing:
    """Return the drawing of a Gantt chart; width in points."""
    plot = gantt_plot(chart, width)
    columns = _columns(plot)
    categories, dates = axis_ids(index)
    axes = category_axis(categories, dates, "l", reverse=True) + value_axis(
        dates, categories, "b", plot.axis.scale, plot.axis.number_format, crosses="max"
    )
    line = stroke(plot.colour, 1.0)  # keeps a single day visible on an axis of years
    fill = f'<c:spPr><a:solidFill><a:srgbClr val="{plot.colour}"/></a:solidFill>{line}</c:spPr>'
    series = (
        _series(plot, columns, _START, INVISIBLE, "", "before", "inEnd"),
        _series(
            plot,
            columns,
            _DAYS,
            fill,
            "".join(_open_end(plot, index, span) for index, span in enumerate(plot.spans)),
            "inside",
            "ctr",
        ),
        _series(plot, columns, _REST, INVISIBLE, "", "after", "inBase"),
    )
    return Drawing(
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        + "".join(series)
        + f'<c:gapWidth val="{round(plot.gap * 100)}"/><c:overlap val="100"/>'
        f'<c:axId val="{categories}"/><c:axId val="{dates}"/></c:barChart>{axes}',
        columns,
        plot.frame,
    )


def _columns(plot: GanttPlot) -> tuple[Column, ...]:
    spans = plot.spans
    columns = [
        Column("", tuple(span.label for span in spans)),
        number_column("開始", [span.start for span in spans], DATE_FORMAT),
        number_column("日数", [span.days for span in spans], "#,##0"),
        number_column("余白", [plot.axis.scale.maximum - span.start - span.days for span in spans], "#,##0"),
        number_column("終了", [None if span.end is None else date_serial(span.end) for span in spans], DATE_FORMAT),
        Column("期間（出典の表記）", tuple(span.text for span in spans)),
    ]
    full = tuple(span.full_label for span in spans)
    if full != columns[0].cells:
        columns.append(Column("項目（全文）", full))
    return tuple(columns)


def _series(
    plot: GanttPlot, columns: tuple[Column, ...], column: int, shape: str, points: str, place: str, label_place: str
) -> str:
    colour = text_on(plot.colour) if place == "inside" else TEXT
    labels = ""
    if plot.labels:
        labels = "".join(
            # An open bar fades, so its words stand where it is still dark.
            label(
                index, "inBase" if place == "inside" and span.is_open else label_place, words=span.text, colour=colour
            )
            for index, span in enumerate(plot.spans)
            if span.place == place and span.text
        )
    return (
        f'<c:ser>{series_head(columns, column - 1, column)}{shape}<c:invertIfNegative val="0"/>{points}'
        f"<c:dLbls>{labels}{SHOW_NOTHING}</c:dLbls>{words('cat', columns, 0)}{numbers('val', columns, column)}</c:ser>"
    )


def _open_end(plot: GanttPlot, index: int, span: PlotSpan) -> str:
    if not span.is_open:
        return ""
    faded = mix_with_white(plot.colour, OPEN_FADE)
    return (
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>'
        f'<a:gradFill rotWithShape="1"><a:gsLst><a:gs pos="0"><a:srgbClr val="{plot.colour}"/></a:gs>'
        f'<a:gs pos="100000"><a:srgbClr val="{faded}"/></a:gs></a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'
        "<a:ln><a:noFill/></a:ln></c:spPr></c:dPt>"
    )
