"""Lines over points in time: everything decided but the strokes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.document.chart import Chart
from reportkit.render.plot.bars import clamped_to_whole
from reportkit.render.plot.frame import (
    MAX_HEIGHT,
    Frame,
    ReferenceLine,
    ReferenceMark,
    legend_rows,
    legend_space,
    level_label_lines,
    level_labels,
    level_marks,
    reference_column,
    reference_lines,
    spread,
    tick_count,
)
from reportkit.render.plot.numbers import printed_unit
from reportkit.render.plot.scale import Scale, round_scale, tick_format
from reportkit.render.plot.series import PlotSeries, plot_series
from reportkit.render.plot.words import LINE_HEIGHT, MAX_NAME, clean, shortened, text_width

_NAMED_SERIES = 6  # more names than that cannot stand beside the ends of their lines
_LONGEST_NAME = 100.0  # points
_EVERY_POINT = 3  # so many points in time: every point gets its number
_ONE_LINE = 9  # so many for a chart with one line only


@dataclass(frozen=True, slots=True)
class PointLabel:
    """A label at a point of a line.

    side: l, r, t or b of the point. shift: points by which it is moved down, so that labels do not overlap.
    named: the series' name stands before the number. text: as printed. fixed: the text replaces the number.
    """

    index: int
    text: str
    side: str
    shift: float
    named: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class LinePlot:
    """A line chart, everything decided but the strokes; labels: one tuple per series."""

    id: str
    categories: tuple[str, ...]
    full_categories: tuple[str, ...]
    series: tuple[PlotSeries, ...]
    labels: tuple[tuple[PointLabel, ...], ...]
    references: tuple[ReferenceLine, ...]
    marks: tuple[ReferenceMark, ...]
    scale: Scale
    axis_title: str
    axis_format: str
    number_format: str
    frame: Frame


def line_plot(chart: Chart, width: float) -> LinePlot:
    """Decide a line chart; width in points. Raises `RenderError` when it cannot be drawn."""
    series = plot_series(chart)
    references = reference_lines(chart)
    categories = level_labels(chart.categories, (width - 60.0 - reference_column(references)) / len(chart.categories))
    axis = chart.values
    values = [value for one in series for value in one.values if value is not None]
    ends = [*values, *(line.value for line in references)] or [0.0]
    low, high = min(ends), max(ends)
    named = _named(series) and chart.data_labels
    frame = _frame(chart, series, references, categories, width, named=named)
    # A line need not start at zero, but an axis that hides most of the height exaggerates every move.
    if low > 0 and low < 0.75 * high:
        low = 0.0
    elif high < 0 and high > 0.75 * low:
        high = 0.0
    scale = round_scale(
        low,
        high,
        minimum=axis.minimum,
        maximum=axis.maximum,
        pad_low=0.06,
        pad_high=0.1,
        unit=printed_unit(axis.number_format),
        ticks=tick_count(frame.plot_height, 36.0),
    )
    scale = clamped_to_whole(scale, max(ends), axis.number_format, fixed=axis.maximum is not None)
    labels = (
        _labels(series, references, scale, frame, axis.number_format, named=named)
        if chart.data_labels
        else ((),) * len(series)
    )
    return LinePlot(
        id=chart.id,
        categories=categories,
        full_categories=tuple(clean(category) for category in chart.categories),
        series=series,
        labels=labels,
        references=references,
        marks=level_marks(references, scale, frame),
        scale=scale,
        axis_title=shortened(axis.title, MAX_NAME),
        axis_format=tick_format(scale, axis.number_format),
        number_format=axis.number_format,
        frame=frame,
    )


def _last(one: PlotSeries) -> int | None:
    return next((index for index in reversed(range(len(one.values))) if one.values[index] is not None), None)


def _named(series: Sequence[PlotSeries]) -> bool:
    """Tell whether names can stand at the ends of the lines, which reads faster than a legend."""
    return (
        1 < len(series) <= _NAMED_SERIES
        and len({_last(one) for one in series}) == 1
        and _last(series[0]) is not None
        and all(text_width(one.name) <= _LONGEST_NAME for one in series)
    )


def _frame(
    chart: Chart,
    series: Sequence[PlotSeries],
    references: Sequence[ReferenceLine],
    categories: Sequence[str],
    width: float,
    *,
    named: bool,
) -> Frame:
    left, right = 46.0, max(reference_column(references), 12.0)
    if named:
        last = _last(series[0]) or 0
        wide = max(text_width(f"{one.name} {one.label_at(last, chart.values.number_format)}") for one in series) + 12
        # Half the last slot stands free beside the last point already.
        slot = (width - left - right) / len(categories)
        free = slot * (len(categories) - last - 0.5)
        if wide > free:
            right += (wide - free) * len(categories) / max(len(categories) - 0.5, 1)
    rows = legend_rows([one.name for one in series], width) if len(series) > 1 and not named else 0
    lines = level_label_lines(categories, (width - left - right) / len(categories))
    top = 10.0 + (LINE_HEIGHT + 4 if chart.values.title else 0)
    bottom = 8.0 + lines * LINE_HEIGHT + legend_space(rows)
    height = min(max(chart.height * width, top + bottom + 90), MAX_HEIGHT)
    return Frame(width, height, left, right, top, bottom, rows)


def _labels(
    series: Sequence[PlotSeries],
    references: Sequence[ReferenceLine],
    scale: Scale,
    frame: Frame,
    number_format: str,
    *,
    named: bool,
) -> tuple[tuple[PointLabel, ...], ...]:
    count = len(series[0].values)
    found: list[list[PointLabel]] = [[] for _ in series]
    for index in range(count):
        wanted: list[tuple[float, int]] = []
        for number, one in enumerate(series):
            value = one.values[index]
            if value is not None and _is_labelled(one, index, count, len(series)):
                wanted.append((frame.top + (1 - scale.share(value)) * frame.plot_height, number))
        wanted.sort()
        side = _side(index, count, len(series))
        heights = [LINE_HEIGHT] * len(wanted)
        places = spread([y for y, _ in wanted], heights) if side in "lr" else [y for y, _ in wanted]
        for (y, number), place in zip(wanted, places, strict=True):
            one = series[number]
            at_end = named and index == _last(one)
            text = one.label_at(index, number_format)
            found[number].append(
                PointLabel(
                    index,
                    f"{one.name} {text}" if at_end else text,
                    _below_line(side, one.values[index], references, scale, frame),
                    round(place - y, 2),
                    named=at_end,
                    fixed=one.labels[index] is not None,
                )
            )
    return tuple(tuple(labels) for labels in found)


def _is_labelled(one: PlotSeries, index: int, count: int, series: int) -> bool:
    everywhere = count <= (_ONE_LINE if series == 1 else _EVERY_POINT)
    return everywhere or index == _last(one) or index in one.highlight


def _below_line(side: str, value: float | None, references: Sequence[ReferenceLine], scale: Scale, frame: Frame) -> str:
    """Return "b" for a label that a reference line would cross above its point."""
    room = (LINE_HEIGHT + 5) * scale.span / frame.plot_height
    crossed = side == "t" and value is not None and any(0 <= line.value - value < room for line in references)
    return "b" if crossed else side


def _side(index: int, count: int, series: int) -> str:
    if series == 1:
        return "t"
    if index == count - 1:
        return "r"
    return "l" if index == 0 else "t"
