"""Native lines over points in time."""

from __future__ import annotations

from reportkit.document.chart import Chart
from reportkit.render.plot.lines import LinePlot, line_plot
from reportkit.render.plot.palette import PAPER, TEXT
from reportkit.render.word.charts.drawing import (
    Drawing,
    axis_ids,
    category_axis,
    number_column,
    numbers,
    reference_columns,
    series_head,
    title_above,
    value_axis,
    words,
)
from reportkit.render.word.charts.markup import (
    SHOW_NAME_AND_VALUE,
    SHOW_NOTHING,
    SHOW_VALUE,
    label,
    stroke,
)
from reportkit.render.word.charts.workbook import Column


def line_drawing(chart: Chart, index: int, width: float) -> Drawing:
    """Return the drawing of a line chart; width in points."""
    plot = line_plot(chart, width)
    columns = [Column("", plot.categories)]
    columns += [number_column(one.name, one.values, plot.number_format) for one in plot.series]
    columns += reference_columns(plot.references, plot.number_format)
    if plot.full_categories != plot.categories:
        columns.append(Column("項目（全文）", plot.full_categories))
    categories, values = axis_ids(index)
    axes = category_axis(categories, values, "b") + value_axis(
        values, categories, "l", plot.scale, plot.axis_format, title_above(plot.axis_title, plot.frame)
    )
    return Drawing(
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        + "".join(_series(plot, tuple(columns), position) for position in range(len(plot.series)))
        + f'<c:marker val="1"/><c:axId val="{categories}"/><c:axId val="{values}"/></c:lineChart>{axes}',
        tuple(columns),
        plot.frame,
        plot.marks,
    )


def _series(plot: LinePlot, columns: tuple[Column, ...], position: int) -> str:
    one = plot.series[position]
    points = "".join(
        f'<c:dPt><c:idx val="{index}"/>{_marker(one.colour_at(index), 9)}<c:bubble3D val="0"/></c:dPt>'
        for index in sorted(one.highlight)
        if 0 <= index < len(one.values)
    )
    return (
        f"<c:ser>{series_head(columns, position, position + 1)}<c:spPr>{stroke(one.colour, 2.0)}</c:spPr>"
        f"{_marker(one.colour, 6)}{points}{_data_labels(plot, position)}{words('cat', columns, 0)}"
        f'{numbers("val", columns, position + 1)}<c:smooth val="0"/></c:ser>'
    )


def _marker(colour: str, size: int) -> str:
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/><c:spPr><a:solidFill><a:srgbClr val="{colour}"/>'
        f"</a:solidFill>{stroke(PAPER, 0.75)}</c:spPr></c:marker>"
    )


def _data_labels(plot: LinePlot, position: int) -> str:
    labels = "".join(
        label(
            one.index,
            one.side,
            words=one.text if one.fixed else "",
            shown=SHOW_NAME_AND_VALUE if one.named else SHOW_VALUE,
            colour=TEXT,
            code=plot.number_format,
            shift=one.shift / plot.frame.height,
            separator=" " if one.named else "",
        )
        for one in plot.labels[position]
    )
    return f"<c:dLbls>{labels}{SHOW_NOTHING}</c:dLbls>"
