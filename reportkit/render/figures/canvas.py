"""A sheet of paper measured in points, drawn on with matplotlib: rectangles, lines, discs, words.

The origin is the upper left corner, as on a page. All places are decided before, so matplotlib lays nothing out: that
is exact, and many times faster than its axes and ticks.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text

from reportkit.base.errors import Problem, RenderError
from reportkit.render.plot.palette import PAPER, TEXT, mix_with_white
from reportkit.render.plot.words import LABEL_SIZE, LINE_HEIGHT

# Names of our own, so that a font of the same name on the system is never taken instead.
_JAPANESE, _SYMBOLS = "reportkit Japanese", "reportkit Symbols"
# Marks that neither font has, in the shape that comes closest.
_GLYPHS = str.maketrans(
    {
        "✅": "✔",
        "❌": "✗",
        "❎": "✗",
        "⭕": "○",
        "🔴": "●",
        "🟢": "●",
        "🟡": "●",
        "🔵": "●",
        "⚠": "▲",
        "\ufe0e": "",
        "\ufe0f": "",
    }
)
_MISSING = re.compile(r"Glyph (\d+) .*missing from")
_SLICES = 64  # of a fading bar

HorizontalAlign = Literal["left", "center", "right"]
VerticalAlign = Literal["top", "center_baseline", "bottom"]


@lru_cache(maxsize=1)
def _font_families() -> list[str]:
    """Register the installed fonts and return their families in the order in which glyphs are looked for."""
    import noto_cjk_sans_jp_regular

    symbols = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    fontManager.ttflist.append(FontEntry(fname=str(noto_cjk_sans_jp_regular.FONT_PATH), name=_JAPANESE, weight=400))
    fontManager.ttflist.append(FontEntry(fname=str(symbols), name=_SYMBOLS, weight=400))
    return [_JAPANESE, _SYMBOLS]


@lru_cache(maxsize=8)
def _font(size: float) -> FontProperties:
    return FontProperties(family=_font_families(), size=size)


class Canvas:
    """One picture in the making; width and height in points."""

    def __init__(self, width: float, height: float) -> None:
        self._figure = Figure(figsize=(width / 72, height / 72), facecolor=f"#{PAPER}")
        axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        self._axes = axes
        self._order = 0

    def _next(self) -> int:
        self._order += 1
        return self._order

    def rectangle(
        self, left: float, top: float, width: float, height: float, colour: str, outline: float = 0.0
    ) -> None:
        """Fill a rectangle; outline: width in points of a line of the same colour."""
        self._axes.add_patch(
            Rectangle(
                (left, top), width, height, facecolor=f"#{colour}", edgecolor=f"#{colour}", linewidth=outline,
                zorder=self._next(),
            )
        )  # fmt: skip

    def fading(self, left: float, top: float, width: float, height: float, colour: str, fade: float) -> None:
        """Fill a rectangle that gets lighter to the right, up to `fade` of white."""
        step = width / _SLICES
        for index in range(_SLICES):
            self._axes.add_patch(
                Rectangle(
                    (left + index * step, top), step, height, linewidth=0, antialiased=False,
                    facecolor=f"#{mix_with_white(colour, fade * index / (_SLICES - 1))}", zorder=self._next(),
                )
            )  # fmt: skip

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw a line through the points; dashes: on, off, ... in line widths."""
        style: tuple[float, tuple[float, ...]] | Literal["-"] = (0.0, dashes) if dashes else "-"
        self._axes.add_line(
            Line2D(
                [x for x, _ in points], [y for _, y in points], color=f"#{colour}", linewidth=width, linestyle=style,
                dash_capstyle="butt", solid_capstyle="butt", solid_joinstyle="round", zorder=self._next(),
            )
        )  # fmt: skip

    def grid(self, lines: Sequence[tuple[tuple[float, float], tuple[float, float]]], colour: str, width: float) -> None:
        """Draw many straight lines of one look."""
        self._axes.add_collection(
            LineCollection(list(lines), colors=[f"#{colour}"], linewidths=width, zorder=self._next()), autolim=False
        )

    def disc(
        self, x: float, y: float, radius: float, colour: str, *, filled: bool = True, opacity: float = 1.0,
        edge: str = PAPER, edge_width: float = 0.75,
    ) -> None:  # fmt: skip
        """Draw a disc with an edge, or only its edge in its colour."""
        self._axes.add_patch(
            Circle(
                (x, y), radius, facecolor=f"#{colour}" if filled else "none", alpha=opacity if filled else None,
                edgecolor=f"#{edge if filled else colour}", linewidth=edge_width if filled else 1.25,
                zorder=self._next(),
            )
        )  # fmt: skip

    def words(
        self, x: float, y: float, text: str | Sequence[str], *, align: HorizontalAlign = "left", colour: str = TEXT,
        size: float = LABEL_SIZE,
    ) -> None:  # fmt: skip
        """Print lines of text, the block's middle at y."""
        lines = (text,) if isinstance(text, str) else tuple(text)
        top = y - (len(lines) - 1) * LINE_HEIGHT / 2
        for index, line in enumerate(lines):
            if not line.strip():
                continue
            artist = Text(
                x, top + index * LINE_HEIGHT, line.translate(_GLYPHS), color=f"#{colour}", fontproperties=_font(size),
                horizontalalignment=align, verticalalignment="center_baseline", parse_math=False, zorder=self._next(),
            )  # fmt: skip
            self._axes.add_artist(artist)

    def finished(self, kind: Literal["png", "svg"], dpi: int, chart_id: str) -> bytes:
        """Return the picture's bytes. Raises `RenderError` naming the chart when characters have no glyph."""
        buffer = io.BytesIO()
        nothing: dict[str, None] = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
        with (
            warnings.catch_warnings(record=True) as caught,
            mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "reportkit", "text.hinting": "none"}),
        ):
            warnings.simplefilter("always")
            self._figure.savefig(buffer, format=kind, dpi=dpi, metadata=nothing, facecolor=f"#{PAPER}")
        found = [_MISSING.match(str(warning.message)) for warning in caught]
        for warning, match in zip(caught, found, strict=True):
            if match is None:
                warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
        missing = sorted({int(match[1]) for match in found if match})
        if missing:
            shown = "、".join(f"{chr(code)} (U+{code:04X})" for code in missing)
            raise RenderError(
                Problem(
                    f"図 {chart_id}: 付属の書体にない文字があります：{shown}",
                    "その文字を別の表記にするか、図を Word の図形（--charts native）で出力してください",
                )
            )
        return buffer.getvalue()
