"""Native bars and columns, side by side or stacked."""

from __future__ import annotations

from reportkit.document.chart import Chart
from reportkit.render.plot.bars import BarPlot, bar_plot
from reportkit.render.plot.palette import TEXT, text_on
from reportkit.render.word.charts.drawing import (
    Drawing,
    axis_ids,
    category_axis,
    number_column,
    numbers,
    reference_columns,
    series_head,
    title_above,
    title_below,
    value_axis,
    words,
)
from reportkit.render.word.charts.markup import (
    INVISIBLE,
    ONE_LINE,
    SHOW_NOTHING,
    SHOW_VALUE,
    label,
    number_format,
    solid,
    text_properties,
)
from reportkit.render.word.charts.workbook import Column

_GROUPING = {"none": "clustered", "amount": "stacked", "share": "percentStacked"}


def bar_drawing(chart: Chart, index: int, width: float) -> Drawing:
    """Return the drawing of a bar, column or stacked-bar chart; width in points."""
    plot = bar_plot(chart, width)
    columns = _columns(plot)
    categories, values = axis_ids(index)
    overlap = 0 if plot.stacking == "none" else 100
    if plot.horizontal:
        # The first category stands on top, so the value axis must cross at the far end to stand below.
        axes = category_axis(categories, values, "l", reverse=True) + value_axis(
            values,
            categories,
            "b",
            plot.scale,
            plot.axis_format,
            title_below(plot.axis_title, plot.frame),
            crosses="max",
        )
    else:
        axes = category_axis(categories, values, "b") + value_axis(
            values, categories, "l", plot.scale, plot.axis_format, title_above(plot.axis_title, plot.frame)
        )
    return Drawing(
        f'<c:barChart><c:barDir val="{"bar" if plot.horizontal else "col"}"/>'
        f'<c:grouping val="{_GROUPING[plot.stacking]}"/><c:varyColors val="0"/>'
        + "".join(_series(plot, columns, position) for position in range(len(plot.series)))
        + f'<c:gapWidth val="{round(plot.gap * 100)}"/><c:overlap val="{overlap}"/>'
        f'<c:axId val="{categories}"/><c:axId val="{values}"/></c:barChart>{axes}',
        columns,
        plot.frame,
        plot.marks,
    )


def _columns(plot: BarPlot) -> tuple[Column, ...]:
    columns = [Column("", plot.categories)]
    columns += [number_column(one.name, one.values, plot.label_format) for one in plot.series]
    columns += reference_columns(plot.references, plot.label_format)
    if plot.full_categories != plot.categories:
        columns.append(Column("項目（全文）", plot.full_categories))
    return tuple(columns)


def _series(plot: BarPlot, columns: tuple[Column, ...], position: int) -> str:
    one = plot.series[position]
    points = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{solid(one.colour_at(index))}'
        "</c:dPt>"
        for index in sorted(one.highlight)
        if 0 <= index < len(one.values)
    )
    return (
        f"<c:ser>{series_head(columns, position, position + 1)}"
        f'{solid(one.colour)}<c:invertIfNegative val="0"/>{points}{_data_labels(plot, position)}'
        f"{words('cat', columns, 0)}{numbers('val', columns, position + 1)}</c:ser>"
    )


def _data_labels(plot: BarPlot, position: int) -> str:
    if not plot.label_size or position not in plot.labelled:
        return f"<c:dLbls>{SHOW_NOTHING}</c:dLbls>"
    one = plot.series[position]
    stacked = plot.stacking != "none"
    usual = "ctr" if stacked else "outEnd"
    special: list[str] = []
    for index, value in enumerate(one.values):
        if (position, index) in plot.hidden:
            special.append(f'<c:dLbl><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>')
            continue
        inside = (position, index) in plot.inside
        colour = text_on(one.colour_at(index)) if stacked or inside else TEXT
        own_colour = stacked and index in one.highlight
        if value is not None and (one.labels[index] is not None or inside or own_colour):
            special.append(
                label(
                    index,
                    "inEnd" if inside else usual,
                    words=one.labels[index] or "",
                    size=plot.label_size,
                    colour=colour,
                    code=plot.label_format,
                )
            )
    colour = text_on(one.colour) if stacked else TEXT
    return (
        f"<c:dLbls>{''.join(special)}{number_format(plot.label_format)}{INVISIBLE}"
        f'{text_properties(plot.label_size, colour, ONE_LINE)}<c:dLblPos val="{usual}"/>{SHOW_VALUE}</c:dLbls>'
    )
