"""Where the plotting area stands inside a chart, and how tall the chart becomes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.render.plot.words import text_width

POINTS_PER_CM = 72 / 2.54
MAX_HEIGHT = 620.0  # points; a page with heading and caption holds no more
_USUAL_HEIGHT = 0.55  # the default of Chart.height: nobody asked for a height
_LEGEND_ROW = 17.0
_LEGEND_KEY = 26.0  # the mark and the gaps around it


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

    @property
    def legend_height(self) -> float:
        """Return the height of the legend at the bottom in points."""
        return self.legend_rows * _LEGEND_ROW


def legend_rows(names: Sequence[str], width: float) -> int:
    """Return how many rows a legend of these names takes."""
    return math.ceil(sum(text_width(name) + _LEGEND_KEY for name in names) / width) if names else 0


def legend_space(rows: int) -> float:
    """Return the height in points of a legend of so many rows, with the gap above it."""
    return rows * _LEGEND_ROW + (4 if rows else 0)


def fitted_height(width: float, needed: float, wished_ratio: float) -> float:
    """Return the height of a chart whose rows need `needed` points.

    A wished ratio beyond the usual one is followed up to a third more than needed; more only spreads the bars.
    """
    if wished_ratio != _USUAL_HEIGHT:
        needed = max(needed, min(wished_ratio * width, needed * 1.33))
    return min(needed, MAX_HEIGHT)
