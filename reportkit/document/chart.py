"""A chart as data: categories, series of facts, axes. No pixels, no colours, no XML.

One `Chart` is drawn natively in Word, or as a picture by matplotlib; both take their numbers from the same facts.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportkit.base.fact import Fact
from reportkit.document.inline import Inline

# bar: horizontal bars, first category on top. column: vertical. stacked-bar: horizontal, stacked to a whole.
# bubble: x against y, size. line: categories are points in time. gantt: spans of time, one row per category.
ChartKind = Literal["bar", "column", "stacked-bar", "line", "bubble", "gantt"]
Tone = Literal["main", "accent", "muted", "contrast"]


@dataclass(frozen=True, slots=True)
class Series:
    """One series: a name and one fact per category (None leaves a gap).

    tone: which palette colour; highlight: indexes of the categories to draw in the accent tone (the subject's bar).
    """

    name: str
    facts: tuple[Fact | None, ...]
    tone: Tone = "main"
    highlight: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bubble:
    """One bubble: label, x, y, and size (the area is proportional to its value)."""

    label: str
    x: Fact
    y: Fact
    size: Fact | None = None
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """One row of a Gantt chart; end is None for an open end, drawn to the axis end with a fading tone.

    fact: the period as a fact, printed as the source wrote it.
    """

    label: str
    start: datetime.date
    end: datetime.date | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """A value axis. title and unit as printed; number_format is an Excel format code (`#,##0`, `0"%"`).

    divisor: facts are divided by it before drawing (億円 for values in 円), so that axis and cache show small numbers.
    minimum, maximum: None lets the renderer choose round ends that include zero for bars.
    """

    title: str = ""
    number_format: str = "#,##0"
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    divisor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference line on the value axis (the average of all sectors), from a fact.

    axis: "x" puts the line on the x axis of a bubble chart; other kinds have no such axis.
    """

    label: str
    fact: Fact
    axis: Literal["values", "x"] = "values"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with caption, source and the words for readers who cannot see it.

    id: stable name of the exhibit. caption: without number (the renderer numbers 図1, 図2 ...).
    alt: one or two sentences that say what the chart shows; its numbers must be those of `facts()`.
    categories: labels of the category axis; for bubble and gantt empty (labels stand in `bubbles`, `spans`).
    values: the value axis; for bubble the y axis, with x_axis beside it.
    data_labels: print the facts' values at the bars or points.
    height: share of the text width, as height:width (0.55 is usual; more for many bars).
    """

    id: str
    kind: ChartKind
    caption: tuple[Inline, ...]
    alt: str
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
    spans: tuple[Span, ...] = ()
    values: ValueAxis = ValueAxis()
    x_axis: ValueAxis | None = None
    references: tuple[Reference, ...] = ()
    source: tuple[Inline, ...] = ()
    notes: tuple[tuple[Inline, ...], ...] = ()
    data_labels: bool = True
    height: float = 0.55

    def facts(self) -> tuple[Fact, ...]:
        """Return every fact that the chart draws, in order, one for each id."""
        drawn: list[Fact | None] = []
        for series in self.series:
            drawn.extend(series.facts)
        for bubble in self.bubbles:
            drawn.extend((bubble.x, bubble.y, bubble.size))
        drawn.extend(span.fact for span in self.spans)
        drawn.extend(reference.fact for reference in self.references)
        found: dict[str, Fact] = {}
        for fact in drawn:
            if fact is not None:
                found.setdefault(fact.id, fact)
        return tuple(found.values())
