"""Spans of time, one row each: everything decided but the strokes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.base.errors import Problem, RenderError
from reportkit.document.chart import Chart, Span
from reportkit.render.plot.frame import Frame, fitted_height, label_column
from reportkit.render.plot.palette import COLOURS
from reportkit.render.plot.scale import DateScale, date_scale, date_serial
from reportkit.render.plot.words import LINE_HEIGHT, clean, line_count, shortened, text_width

_FIRST_DAY = datetime.date(1900, 3, 1)  # before that Excel counts a day that never was
OPEN_FADE = 0.6  # share of white at the far end of an open bar; white words stay readable to its middle


@dataclass(frozen=True, slots=True)
class PlotSpan:
    """One row, ready to draw: first day and length in days (to the axis end for an open end), words and their place.

    place: "after" or "before" the bar, or "inside" it where neither side has room.
    """

    label: str
    full_label: str
    start: int
    days: float
    is_open: bool
    text: str
    place: Literal["after", "before", "inside"]
    end: datetime.date | None


@dataclass(frozen=True, slots=True)
class GanttPlot:
    """A Gantt chart, everything decided but the strokes."""

    id: str
    spans: tuple[PlotSpan, ...]
    axis: DateScale
    labels: bool
    colour: str
    gap: float
    frame: Frame


def gantt_plot(chart: Chart, width: float) -> GanttPlot:
    """Decide a Gantt chart; width in points. Raises `RenderError` when it has no spans or impossible ones."""
    _check_spans(chart)
    first = min(span.start for span in chart.spans)
    last = max(span.end or span.start for span in chart.spans)
    labels = [shortened(span.label) for span in chart.spans]
    label_width = label_column(labels, width)
    lines = max(line_count(label, label_width) for label in labels)
    pitch = max(24.0, lines * LINE_HEIGHT + 6)
    height = fitted_height(width, 28.0 + pitch * max(len(labels), 1.5), chart.height)
    frame = Frame(width, height, label_width + 12, 24.0, 6.0, 22.0)
    months, years = (max(int(frame.plot_width // (text_width(tick) + 8)), 2) for tick in ("2023/10", "2023年"))
    is_open = any(span.end is None for span in chart.spans)
    axis = date_scale(first, last, open_end=is_open, months=months, years=years)
    slot = frame.plot_height / len(labels)
    return GanttPlot(
        id=chart.id,
        spans=tuple(_plot_span(span, label, axis, frame) for span, label in zip(chart.spans, labels, strict=True)),
        axis=axis,
        labels=chart.data_labels,
        colour=COLOURS["main"],
        gap=min(max(slot / 16.0 - 1, 0.5), 5.0),
        frame=frame,
    )


def _check_spans(chart: Chart) -> None:
    problems: list[Problem] = []
    if not chart.spans:
        fix = "図を作る関数で、期間がなければ None を返してください"
        problems.append(Problem(f"図 {chart.id}: 期間がありません", fix))
    for span in chart.spans:
        name = f"図 {chart.id}: 「{clean(span.label)}」"
        if span.end is not None and span.end < span.start:
            problems.append(
                Problem(f"{name}の終わり {span.end} が始まり {span.start} より前です", "期間を確認してください")
            )
        if span.start < _FIRST_DAY or (span.end or span.start).year > 9000:
            problems.append(Problem(f"{name}の期間 {span.start} は図に描けません", "1900年3月以降の日付にしてください"))
    if problems:
        raise RenderError(problems)


def _plot_span(span: Span, label: str, axis: DateScale, frame: Frame) -> PlotSpan:
    start = date_serial(span.start)
    end = axis.scale.maximum if span.end is None else date_serial(span.end) + 1
    text = shortened(span.fact.text)
    return PlotSpan(
        label,
        clean(span.label),
        start,
        end - start,
        span.end is None,
        text,
        _place(text, start, end, axis, frame),
        span.end,
    )


def _place(text: str, start: float, end: float, axis: DateScale, frame: Frame) -> Literal["after", "before", "inside"]:
    needed = text_width(text) + 8
    after, before, inside = (
        share * frame.plot_width
        for share in (1 - axis.scale.share(end), axis.scale.share(start), (end - start) / axis.scale.span)
    )
    if after >= needed:
        return "after"
    if before >= needed:
        return "before"
    rooms: Sequence[tuple[float, Literal["after", "before", "inside"]]] = (
        (inside, "inside"),
        (after, "after"),
        (before, "before"),
    )
    return max(rooms, key=lambda room: room[0])[1]
