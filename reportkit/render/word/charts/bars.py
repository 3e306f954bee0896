"""Native bars and columns, side by side or stacked, with reference lines.

A reference line is a second group of stacked bars without gaps on hidden axes of the same ends: an invisible bar from
zero to the value and a thin visible one behind it. Word and LibreOffice both draw it as one straight line across the
plotting area, for lying bars too (where neither a line nor a scatter series works in both), and the value stands in the
workbook.
"""

from __future__ import annotations

from reportkit.document.chart import Chart
from reportkit.render.plot.bars import CategoryPlot, PlotSeries, ReferenceLine, category_plot
from reportkit.render.plot.numbers import number_text
from reportkit.render.plot.palette import PAPER, REFERENCE, TEXT, is_dark
from reportkit.render.word.charts.drawing import (
    Drawing,
    axis_ids,
    legend,
    number_format,
    numbers,
    plot_layout,
    series_name,
    words,
)
from reportkit.render.word.charts.markup import (
    CATEGORY_TEXT,
    GRIDLINES,
    INVISIBLE,
    SHOW_NOTHING,
    SHOW_VALUE,
    TICK_TEXT,
    axis_head,
    axis_line,
    axis_title,
    rich_text,
    solid,
    text_properties,
)
from reportkit.render.word.charts.workbook import Column

_REFERENCE_SHARE = 0.0045  # thickness of a reference line, as share of the axis


def bar_chart(chart: Chart, index: int, width: float) -> Drawing:
    """Return the drawing of a bar, column or stacked-bar chart; width in points."""
    plot = category_plot(chart, width)
    columns = _columns(plot)
    category_axis, value_axis, second_category_axis, second_value_axis = axis_ids(index)
    direction = "bar" if plot.horizontal else "col"
    grouping = {"none": "clustered", "amount": "stacked", "share": "percentStacked"}[plot.stacking]
    overlap = "" if plot.stacking == "none" else '<c:overlap val="100"/>'
    if plot.stacking == "none" and len(plot.series) > 1:
        overlap = '<c:overlap val="-5"/>'
    groups = [
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>',
        *(_series(plot, columns, position) for position in range(len(plot.series))),
        f'<c:gapWidth val="50"/>{overlap}<c:axId val="{category_axis}"/><c:axId val="{value_axis}"/></c:barChart>',
    ]
    hidden_entries: list[int] = []
    axes = [_category_axis(plot, category_axis, value_axis), _value_axis(plot, value_axis, category_axis)]
    if plot.references:
        groups.append(f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="stacked"/><c:varyColors val="0"/>')
        for position, line in enumerate(plot.references):
            first = len(plot.series) + 2 * position
            hidden_entries.append(first)
            groups.append(_plain_series(columns, first, first + 1, INVISIBLE))
            groups.append(_plain_series(columns, first + 1, first + 2, solid(REFERENCE)))
        groups.append(
            f'<c:gapWidth val="0"/><c:overlap val="100"/><c:axId val="{second_category_axis}"/>'
            f'<c:axId val="{second_value_axis}"/></c:barChart>'
        )
        axes.append(_hidden_axes(plot, second_category_axis, second_value_axis))
    if len(plot.series) == 1:
        hidden_entries.insert(0, 0)
    return Drawing(
        "".join((plot_layout(plot.frame), *groups, *axes)),
        legend(plot.frame, hidden_entries),
        columns,
        plot.frame,
    )


def _columns(plot: CategoryPlot) -> tuple[Column, ...]:
    columns = [Column("", plot.categories)]
    columns += [
        Column(
            one.name,
            tuple(None if value is None else number_text(value) for value in one.values),
            plot.label_format,
        )
        for one in plot.series
    ]
    for line in plot.references:
        columns += _reference_columns(plot, line)
    if plot.full_categories != plot.categories:
        columns.append(Column("項目（全文）", plot.full_categories))
    return tuple(columns)


def _reference_columns(plot: CategoryPlot, line: ReferenceLine) -> list[Column]:
    thickness = plot.scale.span * _REFERENCE_SHARE * (-1 if line.value < 0 else 1)
    rows = len(plot.categories)
    return [
        Column(line.label, (number_text(line.value),) * rows, plot.label_format),
        Column(line.caption, (number_text(float(f"{thickness:.3g}")),) * rows, "General"),
    ]


def _series(plot: CategoryPlot, columns: tuple[Column, ...], position: int) -> str:
    one = plot.series[position]
    points = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{solid(one.colour_at(index))}'
        "</c:dPt>"
        for index in sorted(one.highlight)
        if index < len(one.values)
    )
    return (
        f'<c:ser><c:idx val="{position}"/><c:order val="{position}"/>{series_name(columns, position + 1)}'
        f'{solid(one.colour)}<c:invertIfNegative val="0"/>{points}{_data_labels(plot, one)}'
        f"{words('cat', columns, 0)}{numbers('val', columns, position + 1)}</c:ser>"
    )


def _plain_series(columns: tuple[Column, ...], position: int, column: int, shape: str) -> str:
    return (
        f'<c:ser><c:idx val="{position}"/><c:order val="{position}"/>{series_name(columns, column)}'
        f'{shape}<c:invertIfNegative val="0"/>{words("cat", columns, 0)}{numbers("val", columns, column)}</c:ser>'
    )


def _data_labels(plot: CategoryPlot, one: PlotSeries) -> str:
    if not plot.data_labels:
        return f"<c:dLbls>{SHOW_NOTHING}</c:dLbls>"
    place = "outEnd" if plot.stacking == "none" else "ctr"
    colour = PAPER if plot.stacking != "none" and is_dark(one.colour) else TEXT
    special = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{rich_text(text, colour=colour)}<c:dLblPos val="{place}"/>{SHOW_VALUE}</c:dLbl>'
        for index, text in enumerate(one.labels)
        if text is not None and one.values[index] is not None
    )
    return (
        f"<c:dLbls>{special}{number_format(plot.label_format)}{INVISIBLE}{text_properties(colour=colour)}"
        f'<c:dLblPos val="{place}"/>{SHOW_VALUE}</c:dLbls>'
    )


def _ends(plot: CategoryPlot) -> tuple[str, str]:
    return number_text(plot.scale.minimum), number_text(plot.scale.maximum)


def _category_axis(plot: CategoryPlot, own: int, other: int) -> str:
    position = "l" if plot.horizontal else "b"
    return (
        f'<c:catAx>{axis_head(own, reverse=plot.horizontal)}<c:axPos val="{position}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{axis_line()}{CATEGORY_TEXT}<c:crossAx val="{other}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:tickLblSkip val="1"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(plot: CategoryPlot, own: int, other: int) -> str:
    position, crosses = ("b", "max") if plot.horizontal else ("l", "autoZero")
    place = None if plot.horizontal else (0.005, 0.01)
    return (
        f'<c:valAx>{axis_head(own, ends=_ends(plot))}<c:axPos val="{position}"/>{GRIDLINES}'
        f'{axis_title(plot.axis_title, place)}{number_format(plot.axis_format)}<c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{axis_line("")}{TICK_TEXT}'
        f'<c:crossAx val="{other}"/><c:crosses val="{crosses}"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{number_text(plot.scale.step)}"/></c:valAx>'
    )


def _hidden_axes(plot: CategoryPlot, category_axis: int, value_axis: int) -> str:
    category_position, value_position = ("l", "t") if plot.horizontal else ("b", "r")
    return (
        f'<c:valAx>{axis_head(value_axis, ends=_ends(plot), hidden=True)}<c:axPos val="{value_position}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="none"/><c:crossAx val="{category_axis}"/><c:crosses val="max"/>'
        '<c:crossBetween val="between"/></c:valAx>'
        f"<c:catAx>{axis_head(category_axis, reverse=plot.horizontal, hidden=True)}"
        f'<c:axPos val="{category_position}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f'<c:crossAx val="{value_axis}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )
