"""The small change of DrawingML: text and shape properties, references with their caches, axes, legend.

In: values that are already decided. Out: XML as strings; every word goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reportkit.base.text import printable
from reportkit.render.plot.palette import AXIS, GRID, SUBTLE_TEXT, TEXT
from reportkit.render.plot.words import LABEL_SIZE

FONT = "Yu Gothic"  # comes with Office on Windows and macOS; elsewhere the system's Japanese sans-serif steps in
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_SHOW = "".join(
    f'<c:show{what} val="{{{key}}}"/>'
    for what, key in (
        ("LegendKey", "none"),
        ("Val", "value"),
        ("CatName", "none"),
        ("SerName", "name"),
        ("Percent", "none"),
        ("BubbleSize", "none"),
    )
)
SHOW_NOTHING = _SHOW.format(none=0, value=0, name=0)
SHOW_VALUE = _SHOW.format(none=0, value=1, name=0)
SHOW_NAME = _SHOW.format(none=0, value=0, name=1)


def escape(text: str) -> str:
    """Return the text as XML character data or attribute value, without characters that XML cannot hold."""
    return printable(text).translate(_ESCAPES)


@lru_cache(maxsize=64)
def character_properties(tag: str, size: float = LABEL_SIZE, colour: str = TEXT, bold: bool = False) -> str:
    """Return a:defRPr or a:rPr with Latin and East Asian font set."""
    return (
        f'<a:{tag} lang="ja-JP" altLang="en-US" sz="{round(size * 100)}" b="{int(bold)}">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:{tag}>'
    )


@lru_cache(maxsize=64)
def text_properties(
    size: float = LABEL_SIZE, colour: str = TEXT, bold: bool = False, upright: bool = False, align: str = ""
) -> str:
    """Return c:txPr; upright forbids the renderer to turn the labels."""
    body = '<a:bodyPr rot="0" vert="horz"/>' if upright else "<a:bodyPr/>"
    algn = f' algn="{align}"' if align else ""
    return (
        f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr{algn}>{character_properties('defRPr', size, colour, bold)}</a:pPr>"
        '<a:endParaRPr lang="ja-JP"/></a:p></c:txPr>'
    )


def rich_text(text: str, size: float = LABEL_SIZE, colour: str = TEXT, bold: bool = False) -> str:
    """Return c:tx with fixed words."""
    return (
        '<c:tx><c:rich><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p>'
        f"<a:pPr>{character_properties('defRPr', size, colour, bold)}</a:pPr>"
        f"<a:r>{character_properties('rPr', size, colour, bold)}<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


def solid(colour: str) -> str:
    """Return a filled shape without an outline."""
    return (
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        if colour
        else INVISIBLE
    )


INVISIBLE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def line(colour: str, points: float, dash: str = "solid") -> str:
    """Return a:ln of a colour and a width in points."""
    return (
        f'<a:ln w="{round(points * 12700)}" cap="rnd"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )


def number_cache(cells: Sequence[str | None], number_format: str) -> str:
    """Return c:numCache; None leaves the point out."""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{cell}</c:v></c:pt>' for index, cell in enumerate(cells) if cell is not None
    )
    return (
        f'<c:numCache><c:formatCode>{escape(number_format)}</c:formatCode><c:ptCount val="{len(cells)}"/>'
        f"{points}</c:numCache>"
    )


def string_cache(cells: Sequence[str | None]) -> str:
    """Return c:strCache; None leaves the point out."""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(cell)}</c:v></c:pt>' for index, cell in enumerate(cells) if cell is not None
    )
    return f'<c:strCache><c:ptCount val="{len(cells)}"/>{points}</c:strCache>'


def axis_head(axis_id: int, *, reverse: bool = False, ends: tuple[str, str] | None = None, hidden: bool = False) -> str:
    """Return the opening elements that all axes share: id, scaling, whether it is drawn."""
    maximum, minimum = (f'<c:max val="{ends[1]}"/>', f'<c:min val="{ends[0]}"/>') if ends else ("", "")
    orientation = "maxMin" if reverse else "minMax"
    return (
        f'<c:axId val="{axis_id}"/><c:scaling><c:orientation val="{orientation}"/>{maximum}{minimum}</c:scaling>'
        f'<c:delete val="{int(hidden)}"/>'
    )


def axis_line(colour: str = AXIS) -> str:
    """Return the shape of an axis line, or of no line when the colour is empty."""
    return f"<c:spPr><a:noFill/>{line(colour, 0.75)}</c:spPr>" if colour else INVISIBLE


GRIDLINES = f"<c:majorGridlines><c:spPr>{line(GRID, 0.5)}</c:spPr></c:majorGridlines>"
TICK_TEXT = text_properties(colour=SUBTLE_TEXT, upright=True)
CATEGORY_TEXT = text_properties(colour=TEXT, upright=True)


def axis_title(text: str, place: tuple[float, float] | None = None) -> str:
    """Return c:title of an axis, at (x, y) as shares of the chart when given; "" for no text."""
    if not text:
        return ""
    layout = "<c:layout/>"
    if place is not None:
        layout = (
            '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{place[0]:.4f}"/><c:y val="{place[1]:.4f}"/></c:manualLayout></c:layout>'
        )
    return f'<c:title>{rich_text(text, colour=SUBTLE_TEXT)}{layout}<c:overlay val="0"/></c:title>'
