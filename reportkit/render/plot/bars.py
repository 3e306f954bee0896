"""Bars and columns, side by side or stacked: everything decided but the strokes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.base.errors import Problem, RenderError
from reportkit.base.fact import Fact
from reportkit.document.chart import Chart
from reportkit.render.plot.frame import Frame, fitted_height, legend_rows, legend_space
from reportkit.render.plot.numbers import drawn_value, format_number
from reportkit.render.plot.palette import COLOURS, series_colours
from reportkit.render.plot.scale import Scale, round_scale
from reportkit.render.plot.words import LABEL_SIZE, MAX_NAME, clean, line_count, shortened, text_width

# none: side by side. amount: on top of each other. share: the same, every row drawn as a whole.
Stacking = Literal["none", "amount", "share"]

_LABEL_SHARE = 0.36  # of the chart's width, for the labels of horizontal bars
_LINE = LABEL_SIZE * 1.28
_ROUNDING = 1.5  # points by which printed percentages of a whole may miss 100


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """One series, ready to draw.

    values: numbers in axis units, None for a gap. labels: text to print instead of the formatted number, where the
    number alone would say more than the source does (約, ranges); None elsewhere.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str | None, ...]
    colour: str
    highlight: frozenset[int] = frozenset()

    def colour_at(self, index: int) -> str:
        """Return the RRGGBB colour of one bar or point."""
        return COLOURS["accent"] if index in self.highlight else self.colour

    def label_at(self, index: int, number_format: str) -> str:
        """Return the data label of one bar or point, "" for a gap."""
        value = self.values[index]
        if value is None:
            return ""
        return self.labels[index] or format_number(value, number_format)


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A line across the plotting area: the plain label, the label with its number, and where it stands."""

    label: str
    caption: str
    value: float


@dataclass(frozen=True, slots=True)
class CategoryPlot:
    """A chart over categories, everything decided but the strokes.

    categories: shortened for the axis; full_categories: as they came. axis_format prints the ticks, label_format the
    data labels (they differ where rows are drawn as a whole).
    """

    id: str
    horizontal: bool
    stacking: Stacking
    categories: tuple[str, ...]
    full_categories: tuple[str, ...]
    series: tuple[PlotSeries, ...]
    references: tuple[ReferenceLine, ...]
    scale: Scale
    axis_title: str
    axis_format: str
    label_format: str
    data_labels: bool
    frame: Frame

    @property
    def has_legend(self) -> bool:
        """Tell whether a legend says something that the caption does not."""
        return self.frame.legend_rows > 0


def label_override(fact: Fact) -> str | None:
    """Return the printed text of a fact whose bare number would say more than its source does, else None."""
    quantity = fact.quantity
    return clean(fact.text) if quantity.value is None or quantity.qualifier else None


def checked_series(chart: Chart) -> None:
    """Raise `RenderError` naming the chart when its series and categories cannot be drawn."""
    problems: list[Problem] = []
    fix = "図を作る関数で系列と項目をそろえるか、データが足りなければ None を返してください"
    if not chart.categories:
        problems.append(Problem(f"図 {chart.id}: 項目がありません", fix))
    if not chart.series:
        problems.append(Problem(f"図 {chart.id}: 系列がありません", fix))
    for series in chart.series:
        if len(series.facts) != len(chart.categories):
            what = f"系列「{clean(series.name)}」の値が {len(series.facts)} 個、項目が {len(chart.categories)} 個です"
            problems.append(Problem(f"図 {chart.id}: {what}", fix))
    if problems:
        raise RenderError(problems)


def plot_series(chart: Chart) -> tuple[PlotSeries, ...]:
    """Return the series of a chart over categories, numbers in axis units."""
    divisor = chart.values.divisor
    return tuple(
        PlotSeries(
            shortened(series.name, MAX_NAME),
            tuple(None if fact is None else drawn_value(fact, divisor, chart.id) for fact in series.facts),
            tuple(None if fact is None else label_override(fact) for fact in series.facts),
            colour,
            frozenset(series.highlight),
        )
        for series, colour in zip(chart.series, series_colours(chart), strict=True)
    )


def reference_lines(chart: Chart) -> tuple[ReferenceLine, ...]:
    """Return the reference lines whose fact has a number."""
    found: list[ReferenceLine] = []
    for reference in chart.references:
        value = drawn_value(reference.fact, chart.values.divisor, chart.id)
        if value is not None:
            label = shortened(reference.label, MAX_NAME)
            found.append(ReferenceLine(label, f"{label}（{clean(reference.fact.text)}）", value))
    return tuple(found)


def percent_whole(number_format: str) -> float | None:
    """Return 100 or 1 when the format prints percentages of a whole (`0"%"`, `0%`), else None."""
    if "%" not in number_format and "％" not in number_format:
        return None
    return 100.0 if any(f'{mark}"' in number_format or f"\\{mark}" in number_format for mark in "%％") else 1.0


def clamped_to_whole(scale: Scale, values: Sequence[float], number_format: str, *, fixed: bool) -> Scale:
    """Return the scale ended at 100% when no value goes beyond; an axis to 120% puzzles readers."""
    whole = percent_whole(number_format)
    if fixed or whole is None or scale.maximum <= whole or max(values, default=0.0) > whole:
        return scale
    return Scale(scale.minimum, whole, scale.step)


def stacked_ends(series: Sequence[PlotSeries], rows: int) -> list[tuple[float, float]]:
    """Return for every row the sum of its negative and of its positive numbers."""
    columns = [[values.values[row] or 0.0 for values in series] for row in range(rows)]
    return [(sum(v for v in row if v < 0), sum(v for v in row if v > 0)) for row in columns]


def _stacking(chart: Chart, series: Sequence[PlotSeries]) -> Stacking:
    if chart.kind != "stacked-bar":
        return "none"
    ends = stacked_ends(series, len(chart.categories))
    if any(low < 0 for low, _ in ends):
        return "amount"
    whole = percent_whole(chart.values.number_format)
    if whole is None:
        return "share"
    # Percentages are drawn as they are: stretching answers that miss or exceed 100 would draw other numbers.
    return "amount"


def category_plot(chart: Chart, width: float) -> CategoryPlot:
    """Decide a bar, column or stacked-bar chart; width in points. Raises `RenderError` when it cannot be drawn."""
    checked_series(chart)
    series = plot_series(chart)
    references = reference_lines(chart)
    horizontal = chart.kind != "column"
    stacking = _stacking(chart, series)
    categories = tuple(shortened(category) for category in chart.categories)
    axis = chart.values
    axis_title = shortened(axis.title, MAX_NAME)
    names = [one.name for one in series] if len(series) > 1 else []
    rows = legend_rows(names + [line.caption for line in references], width)
    frame = (_bar_frame if horizontal else _column_frame)(chart, categories, len(series), stacking, rows, width)

    label_format = axis.number_format
    if stacking == "share":
        scale, axis_format = Scale(0.0, 1.0, 0.2), "0%"
    else:
        axis_format = axis.number_format
        values = [value for one in series for value in one.values if value is not None]
        if stacking == "amount":
            values = [end for ends in stacked_ends(series, len(categories)) for end in ends]
        values += [line.value for line in references]
        room = _label_room(series, label_format, frame, horizontal=horizontal) if chart.data_labels else 0.0
        outside = stacking == "none"
        scale = round_scale(
            min([0.0, *values]),
            max([0.0, *values]),
            minimum=axis.minimum,
            maximum=axis.maximum,
            pad_low=room if outside else 0.0,
            pad_high=room if outside else 0.0,
            ticks=5 if horizontal else 4,
        )
        if stacking == "amount" and percent_whole(axis_format) and max(values, default=0.0) <= 100 + _ROUNDING:
            values = [min(value, 100.0) for value in values]
        scale = clamped_to_whole(scale, values, axis_format, fixed=axis.maximum is not None)
    return CategoryPlot(
        id=chart.id,
        horizontal=horizontal,
        stacking=stacking,
        categories=categories,
        full_categories=tuple(clean(category) for category in chart.categories),
        series=series,
        references=references,
        scale=scale,
        axis_title=axis_title,
        axis_format=axis_format,
        label_format=label_format,
        data_labels=chart.data_labels,
        frame=frame,
    )


def _label_room(series: Sequence[PlotSeries], number_format: str, frame: Frame, *, horizontal: bool) -> float:
    """Return the room beyond the longest bar that its label needs, as share of the plotting area."""
    if not horizontal:
        return min((LABEL_SIZE + 4) / frame.plot_height, 0.3)
    labels = [one.label_at(index, number_format) for one in series for index in range(len(one.values))]
    widest = max((text_width(label) for label in labels), default=0.0)
    return min((widest + 6) / frame.plot_width, 0.45)


def _bar_frame(
    chart: Chart, categories: Sequence[str], series: int, stacking: Stacking, rows: int, width: float
) -> Frame:
    label_width = min(max(text_width(category) for category in categories), width * _LABEL_SHARE)
    lines = max(line_count(category, label_width + LABEL_SIZE * 0.5) for category in categories)
    bars = 24.0 if stacking != "none" else max(22.0, 13.0 * series + 9.0)
    pitch = max(bars, lines * _LINE + 6)
    bottom = 20.0 + (_LINE if chart.values.title else 0) + legend_space(rows)
    top = 6.0
    height = fitted_height(width, top + bottom + pitch * max(len(categories), 2), chart.height)
    return Frame(width, height, label_width + 12, 16.0, top, bottom, rows)


def _column_frame(
    chart: Chart, categories: Sequence[str], series: int, stacking: Stacking, rows: int, width: float
) -> Frame:
    left = 44.0
    slot = (width - left - 12) / len(categories)
    lines = min(max(line_count(category, slot * 0.92) for category in categories), 6)
    top = 10.0 + (_LINE + 2 if chart.values.title else 0)
    bottom = 8.0 + lines * _LINE + legend_space(rows)
    height = min(max(chart.height * width, top + bottom + 90), 620.0)
    return Frame(width, height, left, 12.0, top, bottom, rows)
