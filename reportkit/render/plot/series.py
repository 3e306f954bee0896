"""Series over categories: facts become numbers in axis units and the words at their bars and points."""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.errors import Problem, RenderError
from reportkit.base.fact import Fact
from reportkit.document.chart import Chart
from reportkit.render.plot.numbers import drawn_value, format_number
from reportkit.render.plot.palette import COLOURS, series_colours
from reportkit.render.plot.words import MAX_NAME, clean, shortened


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """One series, ready to draw.

    values: numbers in axis units, None for a gap. labels: text to print instead of the formatted number, where the
    bare number would say more than the source does (約, ranges); None elsewhere.
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


def check_series(chart: Chart) -> None:
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
    """Return the series of a chart over categories. Raises `RenderError` naming the chart when they do not fit."""
    check_series(chart)
    divisor = chart.values.divisor
    return tuple(
        PlotSeries(
            shortened(series.name, MAX_NAME),
            tuple(None if fact is None else drawn_value(fact, divisor, chart.id) for fact in series.facts),
            tuple(None if fact is None else _label_override(fact) for fact in series.facts),
            colour,
            frozenset(series.highlight),
        )
        for series, colour in zip(chart.series, series_colours(chart), strict=True)
    )


def _label_override(fact: Fact) -> str | None:
    quantity = fact.quantity
    return clean(fact.text) or None if quantity.value is None or quantity.qualifier else None
