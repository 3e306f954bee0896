"""Bubbles over two value axes: everything decided but the strokes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.errors import Problem, RenderError
from reportkit.document.chart import Bubble, Chart, ValueAxis
from reportkit.render.plot.bars import clamped_to_whole, percent_whole
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
from reportkit.render.plot.scale import Scale, round_scale, tick_format
from reportkit.render.plot.words import LABEL_SIZE, LINE_HEIGHT, MAX_NAME, clean, shortened, text_width

# Word draws the largest bubble a quarter as wide as the shorter side of the plotting area (at bubbleScale 100).
LARGEST_BUBBLE = 0.25
BUBBLE_SCALE = 100
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


def bubble_plot(chart: Chart, width: float) -> BubblePlot:
    """Decide a bubble chart; width in points. Raises `RenderError` when no bubble has both coordinates."""
    x_axis = chart.x_axis or ValueAxis()
    rows = tuple(_row(bubble, chart, x_axis) for bubble in chart.bubbles)
    placed = [(row, bubble) for row, bubble in zip(rows, chart.bubbles, strict=True) if None not in row[1:3]]
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
    sizes = [row[3] for row, _ in placed if row[3] is not None and row[3] > 0]
    reach = LARGEST_BUBBLE * min(frame.plot_width, frame.plot_height) / 2 if sizes else DOT / 2
    y_scale = _axis_scale([row[2] for row, _ in placed], references, chart.values, reach / frame.plot_height)
    largest, smallest = max(sizes, default=1.0), min(sizes, default=1.0)
    labels = [shortened(bubble.label, MAX_NAME) for _, bubble in placed]
    radii = [reach * math.sqrt((row[3] if row[3] and row[3] > 0 else smallest) / largest) for row, _ in placed]
    trials: list[_Trial] = []
    for room in _ROOMS:
        x_scale = _axis_scale([row[1] for row, _ in placed], x_references, x_axis, reach / frame.plot_width, room)
        taller, marks = _marks(references, x_references, x_scale, y_scale, frame)
        centres = [
            (
                taller.left + x_scale.share(row[1] or 0.0) * taller.plot_width,
                taller.top + (1 - y_scale.share(row[2] or 0.0)) * taller.plot_height,
            )
            for row, _ in placed
        ]
        cost, sides = _sides(centres, radii, labels, marks, taller)
        trials.append(_Trial(cost * (1 + room), x_scale, taller, marks, sides))
        if cost < _GOOD:
            break
    best = min(trials, key=lambda trial: trial.cost)
    return BubblePlot(
        id=chart.id,
        bubbles=tuple(
            PlotBubble(
                label,
                row[1] or 0.0,
                row[2] or 0.0,
                row[3] if row[3] is not None and row[3] > 0 else None,
                radius,
                side,
                COLOURS["accent" if bubble.highlight else "main"],
            )
            for (row, bubble), label, radius, side in zip(placed, labels, radii, best.sides, strict=True)
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
        x_format=tick_format(best.x_scale, x_axis.number_format),
        y_format=tick_format(y_scale, chart.values.number_format),
        frame=best.frame,
    )


def _row(bubble: Bubble, chart: Chart, x_axis: ValueAxis) -> tuple[str, float | None, float | None, float | None]:
    size = None if bubble.size is None else drawn_value(bubble.size, Decimal(1), chart.id)
    return (
        clean(bubble.label),
        drawn_value(bubble.x, x_axis.divisor, chart.id),
        drawn_value(bubble.y, chart.values.divisor, chart.id),
        size,
    )


def _axis_scale(
    values: Sequence[float | None],
    references: Sequence[ReferenceLine],
    axis: ValueAxis,
    reach: float,
    room: float = 0.0,
) -> Scale:
    """Return the scale of one axis. reach: of the largest bubble; room: behind the last one for labels (shares)."""
    ends = [value for value in values if value is not None] + [line.value for line in references]
    low, high = min(ends), max(ends)
    if low == high:
        low, high = low - max(abs(low) * 0.1, 0.5), high + max(abs(high) * 0.1, 0.5)
    pad = (high - low) * reach / max(1 - 2 * reach, 0.1)
    scale = round_scale(
        # Amounts and shares do not go below zero only because a bubble is wide.
        0.0 if low >= 0 > low - pad else low - pad,
        high + pad + (high - low) * room,
        minimum=axis.minimum,
        maximum=axis.maximum,
        unit=printed_unit(axis.number_format),
        ticks=5,
    )
    whole = percent_whole(axis.number_format)
    fits = whole is not None and high + scale.span * reach <= whole
    return clamped_to_whole(scale, high, axis.number_format, fixed=axis.maximum is not None) if fits else scale


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


Box = tuple[float, float, float, float]

_ROOMS = (0.0, 0.2, 0.4)  # free room right of the last bubble to try, as share of the data's span
_GOOD = 12.0  # square points of overlap that nobody sees


@dataclass(frozen=True, slots=True)
class _Trial:
    """One way to lay the chart out: how much its labels cover, and what it consists of."""

    cost: float
    x_scale: Scale
    frame: Frame
    marks: tuple[ReferenceMark, ...]
    sides: list[str]


def _sides(
    centres: Sequence[tuple[float, float]],
    radii: Sequence[float],
    labels: Sequence[str],
    marks: Sequence[ReferenceMark],
    frame: Frame,
) -> tuple[float, list[str]]:
    """Choose for every label the side of its bubble where it covers least; return what is covered, and the sides.

    Starts with the largest bubbles, then goes round until no label finds a better side.
    """
    bubbles: list[Box] = [
        (x - r * 0.95, y - r * 0.95, x + r * 0.95, y + r * 0.95) for (x, y), r in zip(centres, radii, strict=True)
    ]
    strips: list[Box] = [
        (mark.start[0] - 1.5, mark.start[1] - 1.5, mark.end[0] + 1.5, mark.end[1] + 1.5) for mark in marks
    ]
    boxes = [_label_boxes(*bubble) for bubble in zip(centres, radii, labels, strict=True)]
    fixed = [
        [
            3 * _outside(box, frame)
            + sum(_overlap(box, other) for number, other in enumerate(bubbles) if number != index)
            + sum(_overlap(box, strip) for strip in strips)
            for box in own
        ]
        for index, own in enumerate(boxes)
    ]
    order = sorted(range(len(labels)), key=lambda index: -radii[index])
    chosen: dict[int, int] = {}

    def cost(index: int, side: int) -> float:
        box = boxes[index][side]
        taken = sum(_overlap(box, boxes[other][place]) for other, place in chosen.items() if other != index)
        # A small price per side keeps labels on the right where all sides are equally free.
        return fixed[index][side] + 2 * taken + side * 0.01

    for _ in range(_ROUNDS):
        before = dict(chosen)
        for index in order:
            chosen[index] = min((cost(index, side), side) for side in range(len(_SIDES)))[1]
        if chosen == before:
            break
    return sum(cost(index, side) for index, side in chosen.items()), [
        _SIDES[chosen[index]] for index in range(len(labels))
    ]


_SIDES = "rltb"
_ROUNDS = 4


def _label_boxes(centre: tuple[float, float], radius: float, label: str) -> tuple[Box, ...]:
    """Return where a label would stand on each of the sides."""
    x, y = centre
    width, half = text_width(label) + 4, LABEL_SIZE * 0.7
    return (
        (x + radius, y - half, x + radius + width, y + half),
        (x - radius - width, y - half, x - radius, y + half),
        (x - width / 2, y - radius - 2 * half, x + width / 2, y - radius),
        (x - width / 2, y + radius, x + width / 2, y + radius + 2 * half),
    )


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _outside(box: Box, frame: Frame) -> float:
    plot = (frame.left, frame.top, frame.width - 2, frame.height - frame.bottom)
    return (box[2] - box[0]) * (box[3] - box[1]) - _overlap(box, plot)
