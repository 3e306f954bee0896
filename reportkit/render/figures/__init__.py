"""Charts as pictures, drawn by matplotlib with fonts that travel with the installation.

In: a `Chart`. Out: PNG or SVG, the same bytes for the same chart. matplotlib is imported when the first picture is
drawn, not before.
"""

from __future__ import annotations

from reportkit.document.chart import Chart

__all__ = ["draw_png", "draw_svg"]


def draw_png(chart: Chart, width_cm: float = 16.0, dpi: int = 200) -> bytes:
    """Return the chart as a PNG, width_cm wide at `dpi` pixels to the inch; its height follows from the chart.

    Raises `RenderError` naming the chart when it cannot be drawn, or when a character has no glyph in the fonts.
    """
    from reportkit.render.figures.pictures import picture

    return picture(chart, width_cm, "png", dpi)


def draw_svg(chart: Chart, width_cm: float = 16.0) -> bytes:
    """Return the chart as an SVG whose words are outlines, so that it looks the same without any font.

    Raises `RenderError` as `draw_png` does.
    """
    from reportkit.render.figures.pictures import picture

    return picture(chart, width_cm, "svg", 72)
