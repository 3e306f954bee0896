"""The charts of a briefing by pyplot, as scripts that make reports draw them: what peers put into their documents."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.content import Drawing

_FONT: list[str] = []  # the Japanese font, once it is known to matplotlib


def draw(drawings: Sequence[Drawing]) -> list[bytes]:
    """Return a PNG of each chart, one figure each, with tight layout."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import font_manager, pyplot
    from noto_cjk_sans_jp_regular import __file__ as package

    if not _FONT:
        path = next(Path(package).parent.rglob("*.[ot]t[fc]"))
        font_manager.fontManager.addfont(str(path))
        _FONT.append(font_manager.FontProperties(fname=str(path)).get_name())
    matplotlib.rcParams["font.family"] = _FONT[0]
    pictures = []
    for drawing in drawings:
        figure, axes = pyplot.subplots(figsize=(6, 3.4))
        _draw(axes, drawing)
        axes.set_title(drawing.title)
        figure.tight_layout()
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=150)
        pyplot.close(figure)
        pictures.append(buffer.getvalue())
    return pictures


def _draw(axes: Any, drawing: Drawing) -> None:
    places = range(len(drawing.names))
    match drawing.kind:
        case "gantt":
            axes.barh(places, drawing.rows[0], left=drawing.starts)
            axes.set_yticks(places, drawing.names)
        case "bubble":
            across, up, size = drawing.rows
            axes.scatter(across, up, s=[abs(each) + 20 for each in size])
            for name, x, y in zip(drawing.names, across, up, strict=True):
                axes.annotate(name, (x, y))
        case "stacked-bar":
            left = [0.0] * len(drawing.names)
            for row in drawing.rows:
                axes.barh(places, row, left=left)
                left = [one + other for one, other in zip(left, row, strict=True)]
            axes.set_yticks(places, drawing.names)
        case "line":
            for row in drawing.rows:
                axes.plot(places, row)
            axes.set_xticks(places, drawing.names)
        case kind:
            _bars(axes, drawing, across=kind == "bar")


def _bars(axes: Any, drawing: Drawing, *, across: bool) -> None:
    """Draw bars, those of several series side by side, each with its number."""
    thick = 0.8 / max(1, len(drawing.rows))
    for number, row in enumerate(drawing.rows):
        places = [place + number * thick for place in range(len(drawing.names))]
        bars = axes.barh(places, row, thick) if across else axes.bar(places, row, thick)
        axes.bar_label(bars)
    (axes.set_yticks if across else axes.set_xticks)(range(len(drawing.names)), drawing.names)
