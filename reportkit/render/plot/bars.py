"""Bars and columns, side by side or stacked: everything decided but the strokes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportkit.base.errors import Problem, RenderError
from reportkit.document.chart import Chart
from reportkit.render.plot.frame import (
    MAX_HEIGHT,
    Frame,
    ReferenceLine,
    ReferenceMark,
    fitted_height,
    label_column,
    legend_rows,
    legend_space,
    level_label_lines,
    level_labels,
    level_marks,
    reference_column,
    reference_lines,
    tick_count,
    upright_marks,
)
from reportkit.render.plot.numbers import printed_unit
from reportkit.render.plot.palette import COLOURS
from reportkit.render.plot.scale import Scale, round_scale, tick_format
from reportkit.render.plot.series import PlotSeries, plot_series
from reportkit.render.plot.words import LABEL_SIZE, LINE_HEIGHT, MAX_NAME, clean, line_count, shortened, text_width

# none: side by side. amount: on top of each other. share: the same, every row drawn as a whole.
Stacking = Literal["none", "amount", "share"]

_ROUNDING = 1.5  # points by which printed percentages of a whole may miss 100
_THICKEST_BAR, _THICKEST_COLUMN = 20.0, 56.0  # points
_SMALL = 8.0  # points, for labels at narrow columns


@dataclass(frozen=True, slots=True)
class BarPlot:
    """A chart with bars, everything decided but the strokes.

    categories: shortened for the axis; full_categories: as they came. axis_format prints the ticks, label_format the
    data labels (they differ where rows are drawn as a whole). gap: free room between groups of bars, as share of one
    bar. label_size: points, 0 for no labels; labelled: series that have any. hidden: (series, category) of labels that
    are wider than their part of a stacked bar. inside: of labels that stand inside the bar's end, because a reference
    line would run through them.
    """

    id: str
    horizontal: bool
    stacking: Stacking
    categories: tuple[str, ...]
    full_categories: tuple[str, ...]
    series: tuple[PlotSeries, ...]
    references: tuple[ReferenceLine, ...]
    marks: tuple[ReferenceMark, ...]
    scale: Scale
    axis_title: str
    axis_format: str
    label_format: str
    label_size: float
    labelled: frozenset[int]
    hidden: frozenset[tuple[int, int]]
    inside: frozenset[tuple[int, int]]
    gap: float
    frame: Frame


def percent_whole(number_format: str) -> float | None:
    """Return 100 or 1 when the format prints percentages of a whole (`0"%"`, `0%`), else None."""
    if "%" not in number_format and "％" not in number_format:
        return None
    return 100.0 if any(f'{mark}"' in number_format or f"\\{mark}" in number_format for mark in "%％") else 1.0


def clamped_to_whole(scale: Scale, highest: float, number_format: str, *, fixed: bool) -> Scale:
    """Return the scale ended at 100% when no value goes beyond; an axis to 120% puzzles readers."""
    whole = percent_whole(number_format)
    if fixed or whole is None or scale.maximum <= whole or highest > whole:
        return scale
    return Scale(scale.minimum, whole, whole / 4 if scale.minimum == 0 else scale.step)


def stacked_ends(series: Sequence[PlotSeries], rows: int) -> list[tuple[float, float]]:
    """Return for every row the sum of its negative and of its positive numbers."""
    columns = [[one.values[row] or 0.0 for one in series] for row in range(rows)]
    return [(sum(v for v in row if v < 0), sum(v for v in row if v > 0)) for row in columns]


def bar_plot(chart: Chart, width: float) -> BarPlot:
    """Decide a bar, column or stacked-bar chart; width in points. Raises `RenderError` when it cannot be drawn."""
    series = plot_series(chart)
    references = reference_lines(chart)
    horizontal = chart.kind != "column"
    stacking = _stacking(chart, series)
    if stacking == "share" and references:
        what = f"図 {chart.id}: 全体を100%とする積上げ棒に基準線は引けません"
        raise RenderError(Problem(what, "基準線を外すか、kind を bar にしてください"))
    categories = tuple(shortened(category) for category in chart.categories)
    if not horizontal:
        categories = level_labels(chart.categories, (width - 60.0 - reference_column(references)) / len(categories))
    rows = legend_rows([one.name for one in series], width) if len(series) > 1 else 0
    stacked = stacking != "none"
    if horizontal:
        frame = _bar_frame(chart, categories, 1 if stacked else len(series), rows, width)
    else:
        frame = _column_frame(chart, categories, references, rows, width)
    scale = _scale(chart, series, stacking, references, frame)
    marks: tuple[ReferenceMark, ...]
    if horizontal:
        frame, marks = upright_marks(references, scale, frame)
    else:
        marks = level_marks(references, scale, frame)
    beside = 1 if stacked else len(series)
    slot = (frame.plot_height if horizontal else frame.plot_width) / len(categories)
    gap = min(max(slot / (_THICKEST_BAR if horizontal else _THICKEST_COLUMN) - beside, 0.5), 5.0)
    thickness = slot / (beside + gap)
    plot = BarPlot(
        id=chart.id,
        horizontal=horizontal,
        stacking=stacking,
        categories=categories,
        full_categories=tuple(clean(category) for category in chart.categories),
        series=series,
        references=references,
        marks=marks,
        scale=scale,
        axis_title=shortened(chart.values.title, MAX_NAME),
        axis_format="0%" if stacking == "share" else tick_format(scale, chart.values.number_format),
        label_format=chart.values.number_format,
        label_size=LABEL_SIZE if chart.data_labels else 0.0,
        labelled=frozenset(range(len(series))),
        hidden=frozenset(),
        inside=frozenset(),
        gap=gap,
        frame=frame,
    )
    if not chart.data_labels:
        return plot
    if stacked:
        return _with_labels_inside_parts(plot)
    plot = _with_labels_beside_lines(plot)
    return plot if horizontal else _with_labels_that_fit(plot, thickness)


def _stacking(chart: Chart, series: Sequence[PlotSeries]) -> Stacking:
    if chart.kind != "stacked-bar":
        return "none"
    if any(low < 0 for low, _ in stacked_ends(series, len(chart.categories))):
        return "amount"
    # Percentages are drawn as they are: stretching answers that miss or exceed 100 would draw other numbers.
    return "share" if percent_whole(chart.values.number_format) is None else "amount"


def _scale(
    chart: Chart,
    series: Sequence[PlotSeries],
    stacking: Stacking,
    references: Sequence[ReferenceLine],
    frame: Frame,
) -> Scale:
    if stacking == "share":
        return Scale(0.0, 1.0, 0.2)
    axis = chart.values
    horizontal = chart.kind != "column"
    values = [value for one in series for value in one.values if value is not None]
    if stacking == "amount":
        values = [end for ends in stacked_ends(series, len(chart.categories)) for end in ends]
        whole = percent_whole(axis.number_format)
        if whole is not None and max(values, default=0.0) <= whole * (1 + _ROUNDING / 100):
            values = [min(value, whole) for value in values]
    ends = [0.0, *values, *(line.value for line in references)]
    room = 0.0
    if chart.data_labels and stacking == "none":
        room = _label_room(series, axis.number_format, frame, horizontal=horizontal)
    scale = round_scale(
        min(ends),
        max(ends),
        minimum=axis.minimum,
        maximum=axis.maximum,
        pad_low=room,
        pad_high=room,
        unit=printed_unit(axis.number_format),
        ticks=tick_count(frame.plot_width, 70.0) if horizontal else tick_count(frame.plot_height, 32.0),
    )
    return clamped_to_whole(scale, max(ends), axis.number_format, fixed=axis.maximum is not None)


def _label_room(series: Sequence[PlotSeries], number_format: str, frame: Frame, *, horizontal: bool) -> float:
    """Return the room beyond the longest bar that its label needs, as share of the plotting area."""
    if not horizontal:
        return min((LABEL_SIZE + 4) / frame.plot_height, 0.3)
    labels = [one.label_at(index, number_format) for one in series for index in range(len(one.values))]
    widest = max((text_width(label) for label in labels), default=0.0)
    return min((widest + 6) / frame.plot_width, 0.45)


def _bar_frame(chart: Chart, categories: Sequence[str], beside: int, rows: int, width: float) -> Frame:
    label_width = label_column(categories, width)
    lines = max(line_count(category, label_width) for category in categories)
    bars = 19.0 if beside == 1 else 11.0 * beside + 7.0
    pitch = max(bars, lines * LINE_HEIGHT + 6)
    bottom = 20.0 + (LINE_HEIGHT if chart.values.title else 0) + legend_space(rows)
    top = 6.0
    height = fitted_height(width, top + bottom + pitch * max(len(categories), 1.5), chart.height)
    return Frame(width, height, label_width + 12, 18.0, top, bottom, rows)


def _column_frame(
    chart: Chart, categories: Sequence[str], references: Sequence[ReferenceLine], rows: int, width: float
) -> Frame:
    left, right = 46.0, max(reference_column(references), 10.0)
    lines = level_label_lines(categories, (width - left - right) / len(categories))
    top = 8.0 + (LINE_HEIGHT + 4 if chart.values.title else 0)
    bottom = 8.0 + lines * LINE_HEIGHT + legend_space(rows)
    height = min(max(chart.height * width, top + bottom + 90), MAX_HEIGHT)
    return Frame(width, height, left, right, top, bottom, rows)


def _with_labels_inside_parts(plot: BarPlot) -> BarPlot:
    """Leave out labels that are wider than what can be seen of their part of a stacked bar."""
    hidden: set[tuple[int, int]] = set()
    for index in range(len(plot.categories)):
        values = [one.values[index] or 0.0 for one in plot.series]
        whole = sum(map(abs, values)) if plot.stacking == "share" else 1.0
        reached = {True: 0.0, False: 0.0}
        for number, (one, value) in enumerate(zip(plot.series, values, strict=True)):
            start = reached[value > 0]
            end = reached[value > 0] = start + (value / whole if whole else 0.0)
            seen = [min(max(place, plot.scale.minimum), plot.scale.maximum) for place in (start, end)]
            room = abs(seen[1] - seen[0]) / plot.scale.span * plot.frame.plot_width
            if text_width(one.label_at(index, plot.label_format)) > room - 2:
                hidden.add((number, index))
    return replace(plot, hidden=frozenset(hidden))


def _with_labels_beside_lines(plot: BarPlot) -> BarPlot:
    """Move labels that a reference line would cross into the end of their bar, where the bar is long enough."""
    inside: set[tuple[int, int]] = set()
    point = plot.scale.span / (plot.frame.plot_width if plot.horizontal else plot.frame.plot_height)
    for number, one in enumerate(plot.series):
        for index, value in enumerate(one.values):
            if value is None:
                continue
            label = one.label_at(index, plot.label_format)
            room = (text_width(label) + 6 if plot.horizontal else LABEL_SIZE + 5) * point
            low, high = (value - room, value) if value < 0 else (value, value + room)
            crossed = any(low - point < line.value < high + point for line in plot.references)
            covered = any(abs(value) - room < abs(line.value) <= abs(value) for line in plot.references)
            if crossed and not covered and abs(value) > room:
                inside.add((number, index))
    return replace(plot, inside=frozenset(inside))


def _with_labels_that_fit(plot: BarPlot, thickness: float) -> BarPlot:
    """Make labels at columns smaller where they are wider than their column; then leave the muted series without."""
    if len(plot.series) == 1:
        thickness *= 1 + plot.gap
    widest = max(
        (
            text_width(one.label_at(index, plot.label_format))
            for one in plot.series
            for index in range(len(plot.categories))
        ),
        default=0.0,
    )
    if widest <= thickness * 1.1:
        return plot
    if widest * _SMALL / LABEL_SIZE <= thickness * 1.2:
        return replace(plot, label_size=_SMALL)
    quiet = COLOURS["muted"]
    labelled = frozenset(index for index, one in enumerate(plot.series) if one.colour != quiet) or plot.labelled
    return replace(plot, label_size=_SMALL, labelled=labelled)
