"""Where the plotting area stands inside a chart, how tall the chart becomes, and where reference lines run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportkit.base.errors import Problem, RenderError
from reportkit.document.chart import Chart, Reference
from reportkit.render.plot.numbers import drawn_value
from reportkit.render.plot.scale import Scale
from reportkit.render.plot.words import (
    LABEL_SIZE,
    LINE_HEIGHT,
    MAX_LABEL,
    MAX_NAME,
    clean,
    line_count,
    shortened,
    text_width,
    wrapped,
)

POINTS_PER_CM = 72 / 2.54
MAX_HEIGHT = 620.0  # points; a page with heading and caption holds no more
_USUAL_HEIGHT = 0.55  # the default of Chart.height: nobody asked for a height
_LEGEND_ROW = 17.0
_LEGEND_KEY = 26.0  # the mark and the gaps around it
_WHOLE_LABELS = 0.4  # of the chart's width, for labels beside lying bars that stand in one line
_BROKEN_LABELS = (0.3, 0.34, 0.38, 0.42)  # for labels that break into two lines, or at last into more
_FILLED = 0.74  # of a slot is filled by a label before Word and LibreOffice break it
_LABEL_LINES = 4
_REFERENCE_COLUMN = 66.0  # points; the widest caption of a line beside the plotting area


@dataclass(frozen=True, slots=True)
class Frame:
    """The chart's size and the free margins around its plotting area, in points; legend_rows 0 for no legend."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    legend_rows: int = 0

    @property
    def plot_width(self) -> float:
        """Return the width of the plotting area in points."""
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        """Return the height of the plotting area in points."""
        return self.height - self.top - self.bottom

    def with_band(self, height: float) -> Frame:
        """Return the frame with a band for labels above the plotting area, the chart so much taller."""
        return replace(self, height=self.height + height, top=self.top + height)


def legend_rows(names: Sequence[str], width: float) -> int:
    """Return how many rows a legend of these names takes; more than one row is laid out in columns of equal width."""
    if not names:
        return 0
    widths = [text_width(name) + _LEGEND_KEY for name in names]
    return 1 if sum(widths) <= width else math.ceil(len(names) / max(int(width // max(widths)), 1))


def legend_space(rows: int) -> float:
    """Return the height in points of a legend of so many rows, with the gap above it."""
    return rows * _LEGEND_ROW + (6 if rows else 0)


def tick_count(length: float, room: float) -> int:
    """Return how many steps suit a value axis of this length, each with so much room (points)."""
    return min(max(round(length / room), 2), 6)


def label_column(labels: Sequence[str], width: float) -> float:
    """Return the width of the labels beside lying bars: what they need, or less when they must break into lines."""
    widest = max(text_width(label) for label in labels)
    if widest <= width * _WHOLE_LABELS:
        return widest
    columns = [width * share for share in _BROKEN_LABELS]
    return next((column for column in columns if widest <= 2 * (column - LABEL_SIZE * 0.5)), columns[-1])


def fitted_height(width: float, needed: float, wished_ratio: float) -> float:
    """Return the height of a chart whose rows need `needed` points.

    A wished ratio beyond the usual one is followed up to a third more than needed; more only spreads the bars.
    """
    if wished_ratio != _USUAL_HEIGHT:
        needed = max(needed, min(wished_ratio * width, needed * 1.33))
    return min(needed, MAX_HEIGHT)


def level_labels(labels: Sequence[str], slot: float) -> tuple[str, ...]:
    """Return labels for an axis that runs from left to right, cut to what a few lines of a slot hold."""
    columns = int(slot * _FILLED / (LABEL_SIZE / 2)) // 2 * 2
    return tuple(shortened(label, min(MAX_LABEL, max(columns * _LABEL_LINES, 8))) for label in labels)


def level_label_lines(labels: Sequence[str], slot: float) -> int:
    """Return how many lines the labels of an axis that runs from left to right take."""
    return min(max(line_count(label, slot * _FILLED) for label in labels), _LABEL_LINES + 1)


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A reference whose fact has a number: plain label, label with the number as its source prints it, and place."""

    label: str
    caption: str
    value: float


@dataclass(frozen=True, slots=True)
class ReferenceMark:
    """A reference line ready to draw, in points from the chart's upper left corner.

    start, end: both ends of the line. box: left, top, width, height of the caption, whose words stand in `lines`.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    box: tuple[float, float, float, float]
    lines: tuple[str, ...]
    align: Literal["left", "center"]


def reference_lines(chart: Chart, axis: Literal["values", "x"] = "values") -> tuple[ReferenceLine, ...]:
    """Return the reference lines of one axis whose facts have a number.

    Raises `RenderError` for a line on the x axis of a chart that has none.
    """
    divisor = chart.x_axis.divisor if axis == "x" and chart.x_axis is not None else chart.values.divisor
    found: list[ReferenceLine] = []
    for reference in chart.references:
        _check_axis(chart, reference)
        value = drawn_value(reference.fact, divisor, chart.id) if reference.axis == axis else None
        if value is not None:
            label = shortened(reference.label, MAX_NAME)
            printed = clean(reference.fact.text)
            found.append(ReferenceLine(label, label if printed in label else f"{label} {printed}", value))
    return tuple(found)


def _check_axis(chart: Chart, reference: Reference) -> None:
    if reference.axis == "x" and chart.kind != "bubble":
        what = f"図 {chart.id}: 基準線「{clean(reference.label)}」は横軸に引けません（{chart.kind} の図）"
        raise RenderError(Problem(what, '基準線の axis を "values" にしてください'))


def upright_marks(
    lines: Sequence[ReferenceLine], scale: Scale, frame: Frame
) -> tuple[Frame, tuple[ReferenceMark, ...]]:
    """Place lines across a horizontal axis: upright, captions in a band above the plotting area.

    Returns the frame, taller by the band, and the marks. Captions that would overlap stand above each other.
    """
    if not lines:
        return frame, ()
    levels: list[list[tuple[float, float]]] = []
    places: list[tuple[int, float, float, float]] = []
    for line in sorted(lines, key=lambda one: one.value):
        width = text_width(line.caption) + 4
        x = frame.left + scale.share(line.value) * frame.plot_width
        left = min(max(x - width / 2, 0.0), max(frame.width - width, 0.0))
        level = next(
            (
                index
                for index, taken in enumerate(levels)
                if all(left > end or left + width < start for start, end in taken)
            ),
            len(levels),
        )
        if level == len(levels):
            levels.append([])
        levels[level].append((left, left + width))
        places.append((level, x, left, width))
    band = len(levels) * LINE_HEIGHT + 4
    taller = frame.with_band(band)
    ordered = sorted(lines, key=lambda one: one.value)
    marks: list[ReferenceMark] = []
    for line, (level, x, left, width) in zip(ordered, places, strict=True):
        top = taller.top - 4 - (level + 1) * LINE_HEIGHT
        start = (x, top + LINE_HEIGHT)
        marks.append(
            ReferenceMark(
                start, (x, taller.height - taller.bottom), (left, top, width, LINE_HEIGHT), (line.caption,), "center"
            )
        )
    return taller, tuple(marks)


def reference_column(lines: Sequence[ReferenceLine]) -> float:
    """Return the room that the captions of level lines need to the right of the plotting area, in points."""
    return max((max(map(text_width, _caption_lines(line))) + 10 for line in lines), default=0.0)


def _caption_lines(line: ReferenceLine) -> tuple[str, ...]:
    number = line.caption[len(line.label) :].strip()
    return (*wrapped(line.label, _REFERENCE_COLUMN), *(wrapped(number, _REFERENCE_COLUMN) if number else ()))


def level_marks(lines: Sequence[ReferenceLine], scale: Scale, frame: Frame) -> tuple[ReferenceMark, ...]:
    """Place lines across an upright axis: level, captions to the right, moved apart where they would overlap."""
    if not lines:
        return ()
    ordered = sorted(lines, key=lambda one: -one.value)
    heights = [len(_caption_lines(line)) * LINE_HEIGHT for line in ordered]
    wanted = [frame.top + (1 - scale.share(line.value)) * frame.plot_height for line in ordered]
    middles = spread(wanted, heights)
    right = frame.width - frame.right
    return tuple(
        ReferenceMark(
            (frame.left, y),
            (right, y),
            (right + 4, middle - height / 2, frame.right - 4, height),
            _caption_lines(line),
            "left",
        )
        for line, y, middle, height in zip(ordered, wanted, middles, heights, strict=True)
    )


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return middles close to the wanted ones (in ascending order) that keep labels of these heights apart."""
    groups: list[tuple[float, float, int]] = []  # middle, height, count
    for middle, height in zip(wanted, heights, strict=True):
        group = (middle, height, 1)
        while groups and groups[-1][0] + groups[-1][1] / 2 > group[0] - group[1] / 2:
            before = groups.pop()
            count = before[2] + group[2]
            group = ((before[0] * before[2] + group[0] * group[2]) / count, before[1] + group[1], count)
        groups.append(group)
    placed: list[float] = []
    for middle, total, count in groups:
        top = middle - total / 2
        for height in heights[len(placed) : len(placed) + count]:
            placed.append(top + height / 2)
            top += height
    return placed
