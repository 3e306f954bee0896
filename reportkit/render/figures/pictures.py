"""The drawing of every chart kind on a canvas; all decisions come from `reportkit.render.plot`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportkit.document.chart import Chart
from reportkit.render.figures.canvas import Canvas
from reportkit.render.plot.bars import BarPlot, bar_plot
from reportkit.render.plot.bubbles import SMALL, BubblePlot, bubble_plot
from reportkit.render.plot.frame import POINTS_PER_CM, Frame, ReferenceMark
from reportkit.render.plot.gantt import OPEN_FADE, GanttPlot, gantt_plot
from reportkit.render.plot.lines import LinePlot, PointLabel, line_plot
from reportkit.render.plot.numbers import format_number
from reportkit.render.plot.palette import AXIS, GRID, PAPER, REFERENCE, SUBTLE_TEXT, TEXT, text_on
from reportkit.render.plot.scale import Scale, date_text
from reportkit.render.plot.words import LINE_HEIGHT, text_width, wrapped

_KEY, _LEGEND_ROW = 26.0, 17.0  # points: the mark and gaps of an entry of a legend, a row
_GAP = 4.0  # points between a mark and its words
_GRID_WIDTH, _AXIS_WIDTH = 0.5, 0.75


def picture(chart: Chart, width_cm: float, kind: Literal["png", "svg"], dpi: int) -> bytes:
    """Return the chart as a picture. Raises `RenderError` naming the chart."""
    width = width_cm * POINTS_PER_CM
    match chart.kind:
        case "bar" | "column" | "stacked-bar":
            canvas = _draw_bars(bar_plot(chart, width))
        case "line":
            canvas = _draw_lines(line_plot(chart, width))
        case "bubble":
            canvas = _draw_bubbles(bubble_plot(chart, width), labels=chart.data_labels)
        case "gantt":
            canvas = _draw_gantt(gantt_plot(chart, width))
    return canvas.finished(kind, dpi, chart.id)


def _ticks(scale: Scale) -> list[float]:
    count = int(scale.span / scale.step + 1e-6)
    return [float(f"{scale.minimum + index * scale.step:.12g}") for index in range(count + 1)]


def _x(frame: Frame, scale: Scale, value: float) -> float:
    return frame.left + scale.share(value) * frame.plot_width


def _y(frame: Frame, scale: Scale, value: float) -> float:
    return frame.top + (1 - scale.share(value)) * frame.plot_height


def _level_axis(canvas: Canvas, frame: Frame, scale: Scale, code: str, title: str) -> None:
    """Draw grid, ticks and title of a value axis that runs from left to right."""
    bottom = frame.height - frame.bottom
    places = [(_x(frame, scale, tick), format_number(tick, code)) for tick in _ticks(scale)]
    canvas.grid([((x, frame.top), (x, bottom)) for x, _ in places], GRID, _GRID_WIDTH)
    for x, text in places:
        canvas.words(x, bottom + 10, text, align="center", colour=SUBTLE_TEXT)
    canvas.words(frame.width - frame.right + 4, bottom + 11 + LINE_HEIGHT, title, align="right", colour=SUBTLE_TEXT)


def _upright_axis(canvas: Canvas, frame: Frame, scale: Scale, code: str, title: str) -> None:
    """Draw grid, ticks and title of a value axis that runs from bottom to top."""
    right = frame.width - frame.right
    places = [(_y(frame, scale, tick), format_number(tick, code)) for tick in _ticks(scale)]
    canvas.grid([((frame.left, y), (right, y)) for y, _ in places], GRID, _GRID_WIDTH)
    for y, text in places:
        canvas.words(frame.left - _GAP, y, text, align="right", colour=SUBTLE_TEXT)
    canvas.words(4, max(frame.top - 10 - LINE_HEIGHT / 2, LINE_HEIGHT / 2), title, colour=SUBTLE_TEXT)


def _legend(canvas: Canvas, frame: Frame, entries: Sequence[tuple[str, str]], *, lines: bool) -> None:
    """Draw name and colour of each series at the bottom, several rows in columns of equal width as Word does."""
    if not frame.legend_rows:
        return
    widths = [text_width(name) + _KEY for name, _ in entries]
    per_row = -(-len(entries) // frame.legend_rows)
    if frame.legend_rows > 1:
        widths = [max(widths)] * len(entries)
    left = (frame.width - sum(widths[:per_row])) / 2
    top = frame.height - frame.legend_rows * _LEGEND_ROW + 6
    for index, (name, colour) in enumerate(entries):
        row, column = divmod(index, per_row)
        x, y = left + sum(widths[:column]), top + row * _LEGEND_ROW
        if lines:
            canvas.line([(x, y), (x + 13, y)], colour, 2.0)
        else:
            canvas.rectangle(x + 4, y - 3.5, 7, 7, colour)
        canvas.words(x + 16, y, name)


def _marks(canvas: Canvas, marks: Sequence[ReferenceMark]) -> None:
    for mark in marks:
        canvas.line([mark.start, mark.end], PAPER, 2.5)
        canvas.line([mark.start, mark.end], REFERENCE, 1.25, (3, 1.5))
        left, top, width, height = mark.box
        x = left + width / 2 if mark.align == "center" else left
        canvas.words(x, top + height / 2, mark.lines, align=mark.align, colour=REFERENCE)


def _draw_bars(plot: BarPlot) -> Canvas:
    frame, scale = plot.frame, plot.scale
    canvas = Canvas(frame.width, frame.height)
    axis = _level_axis if plot.horizontal else _upright_axis
    axis(canvas, frame, scale, plot.axis_format, plot.axis_title)
    slot = (frame.plot_height if plot.horizontal else frame.plot_width) / len(plot.categories)
    beside = len(plot.series) if plot.stacking == "none" else 1
    thickness = slot / (beside + plot.gap)
    for index, category in enumerate(plot.categories):
        start = index * slot + thickness * plot.gap / 2
        reached = [0.0, 0.0]  # ends of the negative and of the positive stack
        whole = sum(abs(one.values[index] or 0.0) for one in plot.series) if plot.stacking == "share" else 1.0
        for number, one in enumerate(plot.series):
            value = one.values[index]
            if value is None:
                continue
            low = 0.0
            if plot.stacking != "none":
                value = value / whole if whole else 0.0
                low = reached[value > 0]
                reached[value > 0] += value
            place = start + (number * thickness if plot.stacking == "none" else 0.0)
            _bar(canvas, plot, (number, index), (low, low + value), (place, thickness))
        _category(canvas, plot, category, (index + 0.5) * slot, slot)
    zero = min(max(0.0, scale.minimum), scale.maximum)
    if plot.horizontal:
        x = _x(frame, scale, zero)
        canvas.line([(x, frame.top), (x, frame.height - frame.bottom)], AXIS, _AXIS_WIDTH)
    else:
        y = _y(frame, scale, zero)
        canvas.line([(frame.left, y), (frame.width - frame.right, y)], AXIS, _AXIS_WIDTH)
    _marks(canvas, plot.marks)
    _legend(canvas, frame, [(one.name, one.colour) for one in plot.series], lines=False)
    return canvas


def _category(canvas: Canvas, plot: BarPlot, category: str, middle: float, slot: float) -> None:
    frame = plot.frame
    if plot.horizontal:
        lines = wrapped(category, frame.left - 12)
        canvas.words(frame.left - 7, frame.top + middle, lines, align="right")
    else:
        _level_category(canvas, frame, category, frame.left + middle, slot)


def _level_category(canvas: Canvas, frame: Frame, category: str, x: float, slot: float) -> None:
    lines = wrapped(category, slot * 0.9)
    top = frame.height - frame.bottom + 4
    canvas.words(x, top + len(lines) * LINE_HEIGHT / 2, lines, align="center")


def _bar(
    canvas: Canvas, plot: BarPlot, place: tuple[int, int], ends: tuple[float, float], across: tuple[float, float]
) -> None:
    """Draw one bar with its label. place: series and category; ends: values; across: start and thickness in points."""
    frame, scale = plot.frame, plot.scale
    number, index = place
    one = plot.series[number]
    colour = one.colour_at(index)
    low, high = (min(max(end, scale.minimum), scale.maximum) for end in ends)
    start, thickness = across
    middle = start + thickness / 2
    if plot.horizontal:
        near, far = _x(frame, scale, low), _x(frame, scale, high)
        canvas.rectangle(min(near, far), frame.top + start, abs(far - near), thickness, colour)
    else:
        near, far = _y(frame, scale, low), _y(frame, scale, high)
        canvas.rectangle(frame.left + start, min(near, far), thickness, abs(far - near), colour)
    if not plot.label_size or number not in plot.labelled or place in plot.hidden:
        return
    text = one.label_at(index, plot.label_format)
    stacked, inside = plot.stacking != "none", place in plot.inside
    ink = text_on(colour) if stacked or inside else TEXT
    outwards = (1 if far >= near else -1) if plot.horizontal else (-1 if ends[1] >= ends[0] else 1)
    if stacked:
        along = (near + far) / 2
    elif plot.horizontal:
        along = far + outwards * (-_GAP if inside else _GAP)
    else:
        along = far + outwards * (-8 if inside else 8)
    if not plot.horizontal:
        canvas.words(frame.left + middle, along, text, align="center", colour=ink, size=plot.label_size)
    elif stacked:
        canvas.words(along, frame.top + middle, text, align="center", colour=ink, size=plot.label_size)
    else:
        align: Literal["left", "right"] = "left" if (outwards > 0) != inside else "right"
        canvas.words(along, frame.top + middle, text, align=align, colour=ink, size=plot.label_size)


def _draw_lines(plot: LinePlot) -> Canvas:
    frame, scale = plot.frame, plot.scale
    canvas = Canvas(frame.width, frame.height)
    _upright_axis(canvas, frame, scale, plot.axis_format, plot.axis_title)
    slot = frame.plot_width / len(plot.categories)
    xs = [frame.left + (index + 0.5) * slot for index in range(len(plot.categories))]
    for x, category in zip(xs, plot.categories, strict=True):
        _level_category(canvas, frame, category, x, slot)
    bottom = frame.height - frame.bottom
    canvas.line([(frame.left, bottom), (frame.width - frame.right, bottom)], AXIS, _AXIS_WIDTH)
    for one in plot.series:
        run: list[tuple[float, float]] = []
        for x, value in (*zip(xs, one.values, strict=True), (0.0, None)):
            if value is not None:
                run.append((x, _y(frame, scale, value)))
                continue
            if len(run) > 1:
                canvas.line(run, one.colour, 2.0)
            run = []
        for index, value in enumerate(one.values):
            if value is not None:
                radius = 4.5 if index in one.highlight else 3.0
                canvas.disc(xs[index], _y(frame, scale, value), radius, one.colour_at(index))
    for one, labels in zip(plot.series, plot.labels, strict=True):
        for label in labels:
            value = one.values[label.index]
            if value is not None:
                _point_label(canvas, label, xs[label.index], _y(frame, scale, value))
    _marks(canvas, plot.marks)
    _legend(canvas, frame, [(one.name, one.colour) for one in plot.series], lines=True)
    return canvas


def _point_label(canvas: Canvas, label: PointLabel, x: float, y: float) -> None:
    y += label.shift
    match label.side:
        case "r":
            canvas.words(x + 7, y, label.text)
        case "l":
            canvas.words(x - 7, y, label.text, align="right")
        case "t":
            canvas.words(x, y - 11, label.text, align="center")
        case _:
            canvas.words(x, y + 11, label.text, align="center")


def _draw_bubbles(plot: BubblePlot, *, labels: bool) -> Canvas:
    frame = plot.frame
    canvas = Canvas(frame.width, frame.height)
    _level_axis(canvas, frame, plot.x_scale, plot.x_format, plot.x_title)
    _upright_axis(canvas, frame, plot.y_scale, plot.y_format, plot.y_title)
    bottom = frame.height - frame.bottom
    canvas.line([(frame.left, frame.top), (frame.left, bottom), (frame.width - frame.right, bottom)], AXIS, _AXIS_WIDTH)
    _marks(canvas, plot.marks)
    centres = [(_x(frame, plot.x_scale, one.x), _y(frame, plot.y_scale, one.y)) for one in plot.bubbles]
    for (x, y), one in zip(centres, plot.bubbles, strict=True):
        filled = one.size is not None or not plot.sized
        edge, edge_width = (PAPER, 0.75) if one.radius > SMALL else (one.colour, 1.5)
        opacity = 0.82 if plot.sized else 1.0
        canvas.disc(x, y, one.radius, one.colour, filled=filled, opacity=opacity, edge=edge, edge_width=edge_width)
    for (x, y), one in zip(centres, plot.bubbles, strict=True) if labels else ():
        beside = one.radius + 3
        match one.side:
            case "r":
                canvas.words(x + beside, y, one.label)
            case "l":
                canvas.words(x - beside, y, one.label, align="right")
            case "t":
                canvas.words(x, y - beside - 4, one.label, align="center")
            case _:
                canvas.words(x, y + beside + 4, one.label, align="center")
    return canvas


def _draw_gantt(plot: GanttPlot) -> Canvas:
    frame, scale = plot.frame, plot.axis.scale
    canvas = Canvas(frame.width, frame.height)
    bottom = frame.height - frame.bottom
    places = [(_x(frame, scale, tick), date_text(tick, plot.axis.number_format)) for tick in plot.axis.ticks]
    canvas.grid([((x, frame.top), (x, bottom)) for x, _ in places], GRID, _GRID_WIDTH)
    for x, text in places:
        canvas.words(x, bottom + 10, text, align="center", colour=SUBTLE_TEXT)
    slot = frame.plot_height / len(plot.spans)
    thickness = slot / (1 + plot.gap)
    for index, span in enumerate(plot.spans):
        middle = frame.top + (index + 0.5) * slot
        left, right = _x(frame, scale, span.start), _x(frame, scale, span.start + span.days)
        top = middle - thickness / 2
        if span.is_open:
            canvas.fading(left, top, right - left, thickness, plot.colour, OPEN_FADE)
        else:
            canvas.rectangle(left, top, right - left, thickness, plot.colour, outline=1.0)
        canvas.words(frame.left - 7, middle, wrapped(span.label, frame.left - 12), align="right")
        if not plot.labels:
            continue
        match span.place:
            case "after":
                canvas.words(right + _GAP, middle, span.text)
            case "before":
                canvas.words(left - _GAP, middle, span.text, align="right")
            case _ if span.is_open:
                canvas.words(left + _GAP, middle, span.text, colour=text_on(plot.colour))
            case _:
                canvas.words((left + right) / 2, middle, span.text, align="center", colour=text_on(plot.colour))
    canvas.line([(frame.left, frame.top), (frame.left, bottom)], AXIS, _AXIS_WIDTH)
    return canvas
