"""Bubbles over two value axes: everything decided but the strokes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.errors import Problem, RenderError
from reportkit.document.chart import Bubble, Chart, ValueAxis
from reportkit.render.plot.bars import clamped_to_whole
from reportkit.render.plot.frame import (
    MAX_HEIGHT,
    Frame,
    ReferenceLine,
    ReferenceMark,
    level_marks,
    reference_column,
    reference_lines,
    upright_marks,
)
from reportkit.render.plot.numbers import drawn_value, printed_unit
from reportkit.render.plot.palette import COLOURS
from reportkit.render.plot.placement import GOOD, label_sides
from reportkit.render.plot.scale import Scale, round_scale, tick_format
from reportkit.render.plot.words import LINE_HEIGHT, MAX_NAME, clean, shortened

# Word draws the largest bubble a quarter as wide as the shorter side of the plotting area (at bubbleScale 100).
LARGEST_BUBBLE = 0.25
BUBBLE_SCALE = 100
SMALL = 4.0  # points; the radius below which a bubble needs an edge of its own colour to be seen
DOT = 8.0  # points; the mark of a chart whose bubbles have no size


@dataclass(frozen=True, slots=True)
class PlotBubble:
    """One bubble, ready to draw: numbers in axis units, radius in points, side (r, l, t, b) of its label.

    size: None for no size; such a bubble is drawn hollow.
    """

    label: str
    x: float
    y: float
    size: float | None
    radius: float
    side: str
    colour: str


@dataclass(frozen=True, slots=True)
class BubblePlot:
    """A bubble chart, everything decided but the strokes.

    bubbles: those with both coordinates. rows: label, x, y and size of all, for the workbook. sized: at least one has
    a size; else all are dots. x_format, y_format: of the ticks.
    """

    id: str
    bubbles: tuple[PlotBubble, ...]
    rows: tuple[tuple[str, float | None, float | None, float | None], ...]
    sized: bool
    smallest: float
    references: tuple[ReferenceLine, ...]
    x_references: tuple[ReferenceLine, ...]
    marks: tuple[ReferenceMark, ...]
    x_scale: Scale
    y_scale: Scale
    x_title: str
    y_title: str
    x_format: str
    y_format: str
    frame: Frame


_ROOMS = (0.0, 0.15, 0.3)  # free room right of the last bubble to try, as share of the plotting area


@dataclass(frozen=True, slots=True)
class _Trial:
    """One way to lay the chart out: how much its labels cover, and what it consists of."""

    cost: float
    x_scale: Scale
    frame: Frame
    marks: tuple[ReferenceMark, ...]
    sides: list[str]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A bubble with both coordinates."""

    label: str
    x: float
    y: float
    size: float | None
    highlight: bool


def bubble_plot(chart: Chart, width: float) -> BubblePlot:
    """Decide a bubble chart; width in points. Raises `RenderError` when no bubble has both coordinates."""
    x_axis = chart.x_axis or ValueAxis()
    rows = tuple(_row(bubble, chart, x_axis) for bubble in chart.bubbles)
    placed = [
        _Placed(shortened(label, MAX_NAME), x, y, size if size is not None and size > 0 else None, bubble.highlight)
        for (label, x, y, size), bubble in zip(rows, chart.bubbles, strict=True)
        if x is not None and y is not None
    ]
    if not placed:
        raise RenderError(
            Problem(
                f"図 {chart.id}: 両軸の値がそろったバブルがありません",
                "図を作る関数で、データが足りなければ None を返してください",
            )
        )
    references, x_references = reference_lines(chart), reference_lines(chart, "x")
    frame = Frame(
        width,
        min(max(chart.height * width, 200.0), MAX_HEIGHT),
        left=50.0,
        right=max(reference_column(references), 14.0),
        top=10.0 + (LINE_HEIGHT + 4 if chart.values.title else 0),
        bottom=22.0 + (LINE_HEIGHT + 2 if x_axis.title else 0),
    )
    sizes = [one.size for one in placed if one.size is not None]
    largest, smallest = max(sizes, default=1.0), min(sizes, default=1.0)
    reach = LARGEST_BUBBLE * min(frame.plot_width, frame.plot_height) / 2 if sizes else DOT / 2
    radii = [reach * math.sqrt((one.size or smallest) / largest) for one in placed]
    y_ends = _ends([one.y for one in placed], radii, references, frame.plot_height, 0.0)
    y_scale = _axis_scale(y_ends, chart.values)
    best = _best_trial(placed, radii, x_axis, (references, x_references), y_scale, frame)
    return BubblePlot(
        id=chart.id,
        bubbles=tuple(
            PlotBubble(one.label, one.x, one.y, one.size, radius, side, COLOURS["accent" if one.highlight else "main"])
            for one, radius, side in zip(placed, radii, best.sides, strict=True)
        ),
        rows=rows,
        sized=bool(sizes),
        smallest=smallest,
        references=references,
        x_references=x_references,
        marks=best.marks,
        x_scale=best.x_scale,
        y_scale=y_scale,
        x_title=shortened(x_axis.title, MAX_NAME),
        y_title=shortened(chart.values.title, MAX_NAME),
        x_format=_tick_format(best.x_scale, x_axis, min(one.x for one in placed)),
        y_format=_tick_format(y_scale, chart.values, min(one.y for one in placed)),
        frame=best.frame,
    )


def _best_trial(
    placed: Sequence[_Placed],
    radii: Sequence[float],
    x_axis: ValueAxis,
    references: tuple[Sequence[ReferenceLine], Sequence[ReferenceLine]],
    y_scale: Scale,
    frame: Frame,
) -> _Trial:
    """Return the layout whose labels cover least, with more and more room to the right of the last bubble."""
    trials: list[_Trial] = []
    for room in _ROOMS:
        x_scale = _axis_scale(_ends([one.x for one in placed], radii, references[1], frame.plot_width, room), x_axis)
        taller, marks = _marks(*references, x_scale, y_scale, frame)
        centres = [
            (
                taller.left + x_scale.share(one.x) * taller.plot_width,
                taller.top + (1 - y_scale.share(one.y)) * taller.plot_height,
            )
            for one in placed
        ]
        cost, sides = label_sides(centres, radii, [one.label for one in placed], marks, taller)
        trials.append(_Trial(cost * (1 + room), x_scale, taller, marks, sides))
        if cost < GOOD:
            break
    return min(trials, key=lambda trial: trial.cost)


def _row(bubble: Bubble, chart: Chart, x_axis: ValueAxis) -> tuple[str, float | None, float | None, float | None]:
    size = None if bubble.size is None else drawn_value(bubble.size, Decimal(1), chart.id)
    return (
        clean(bubble.label),
        drawn_value(bubble.x, x_axis.divisor, chart.id),
        drawn_value(bubble.y, chart.values.divisor, chart.id),
        size,
    )


def _ends(
    values: Sequence[float], radii: Sequence[float], references: Sequence[ReferenceLine], length: float, room: float
) -> tuple[float, float]:
    """Return how far the axis must reach so that every bubble stands inside.

    length: of the axis in points. room: share of it that stays free behind the last bubble.
    """
    lines = [line.value for line in references]
    low, high = min([*values, *lines]), max([*values, *lines])
    if low == high:
        low, high = low - max(abs(low) * 0.1, 0.5), high + max(abs(high) * 0.1, 0.5)
    point = (high - low) / (length * max(1 - 2 * max(radii) / length - room, 0.2))
    reached = [(value - radius * point, value + radius * point) for value, radius in zip(values, radii, strict=True)]
    top = max([*lines, *(end for _, end in reached)])
    return min([*lines, *(start for start, _ in reached)]), top + room * length * point


def _axis_scale(ends: tuple[float, float], axis: ValueAxis) -> Scale:
    scale = round_scale(
        *ends,
        minimum=axis.minimum,
        maximum=axis.maximum,
        unit=printed_unit(axis.number_format),
        ticks=5,
    )
    return clamped_to_whole(scale, ends[1], axis.number_format, fixed=axis.maximum is not None)


def _tick_format(scale: Scale, axis: ValueAxis, lowest: float) -> str:
    """Return the format of the ticks; those that go below zero only to make room for a bubble stay blank."""
    code = tick_format(scale, axis.number_format)
    return f"{code};;{code}" if scale.minimum < 0 <= lowest and ";" not in code else code


def _marks(
    references: Sequence[ReferenceLine],
    x_references: Sequence[ReferenceLine],
    x_scale: Scale,
    y_scale: Scale,
    frame: Frame,
) -> tuple[Frame, tuple[ReferenceMark, ...]]:
    taller, upright = upright_marks(x_references, x_scale, frame)
    lowered = taller.top - frame.top
    return taller, (*(_moved_down(mark, lowered) for mark in level_marks(references, y_scale, frame)), *upright)


def _moved_down(mark: ReferenceMark, by: float) -> ReferenceMark:
    left, top, width, height = mark.box
    return ReferenceMark(
        (mark.start[0], mark.start[1] + by),
        (mark.end[0], mark.end[1] + by),
        (left, top + by, width, height),
        mark.lines,
        mark.align,
    )
