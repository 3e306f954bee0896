"""The small change of DrawingML: text and shape properties, caches, heads of axes and labels.

In: values that are already decided. Out: XML as strings; every word goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reportkit.render.plot.palette import AXIS, GRID, SUBTLE_TEXT, TEXT
from reportkit.render.plot.words import LABEL_SIZE
from reportkit.render.word.markup import escape

# The fonts of the page: both come with Office on Windows and macOS, others have their own stand-ins.
LATIN_FONT = "Arial"
EAST_ASIAN_FONT = "Yu Gothic"

INVISIBLE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def _shown(*, value: bool = False, name: bool = False) -> str:
    flags = (("LegendKey", 0), ("Val", value), ("CatName", 0), ("SerName", name), ("Percent", 0), ("BubbleSize", 0))
    return "".join(f'<c:show{what} val="{int(flag)}"/>' for what, flag in flags)


# LibreOffice prints names over every bar when one of these is left out.
SHOW_NOTHING = _shown()
SHOW_VALUE = _shown(value=True)
SHOW_NAME = _shown(name=True)
SHOW_NAME_AND_VALUE = _shown(value=True, name=True)


@lru_cache(maxsize=64)
def character_properties(tag: str, size: float = LABEL_SIZE, colour: str = TEXT) -> str:
    """Return a:defRPr or a:rPr with Latin and East Asian font set."""
    return (
        f'<a:{tag} lang="ja-JP" altLang="en-US" sz="{round(size * 100)}" b="0">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{LATIN_FONT}"/><a:ea typeface="{EAST_ASIAN_FONT}"/></a:{tag}>'
    )


@lru_cache(maxsize=64)
def text_properties(size: float = LABEL_SIZE, colour: str = TEXT, body: str = "") -> str:
    """Return c:txPr. body: attributes of a:bodyPr."""
    return (
        f"<c:txPr><a:bodyPr{body}/><a:lstStyle/><a:p><a:pPr>{character_properties('defRPr', size, colour)}</a:pPr>"
        '<a:endParaRPr lang="ja-JP"/></a:p></c:txPr>'
    )


UPRIGHT = ' rot="0" vert="horz"'  # forbids the renderer to turn labels
ONE_LINE = ' rot="0" vert="horz" wrap="none"'


def rich_text(text: str, size: float = LABEL_SIZE, colour: str = TEXT) -> str:
    """Return c:tx with fixed words."""
    return (
        f"<c:tx><c:rich><a:bodyPr{ONE_LINE}/><a:lstStyle/><a:p>"
        f"<a:pPr>{character_properties('defRPr', size, colour)}</a:pPr>"
        f"<a:r>{character_properties('rPr', size, colour)}<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


@lru_cache(maxsize=64)
def solid(colour: str) -> str:
    """Return a filled shape without an outline."""
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'


@lru_cache(maxsize=64)
def stroke(colour: str, points: float, dash: str = "solid") -> str:
    """Return a:ln of a colour and a width in points."""
    return (
        f'<a:ln w="{round(points * 12700)}" cap="flat"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
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


def number_format(code: str) -> str:
    """Return c:numFmt that does not follow the cells."""
    return f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>'


def label(
    index: int, place: str, *, words: str = "", shown: str = SHOW_VALUE, size: float = LABEL_SIZE, colour: str = TEXT,
    code: str = "", shift: float = 0.0, separator: str = "",
) -> str:  # fmt: skip
    """Return c:dLbl of one point.

    words: printed instead of the number. shift: moves it down by this share of the chart's height. code: its format.
    """
    layout = ""
    if shift:
        layout = f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{shift:.4f}"/></c:manualLayout></c:layout>'
    own = rich_text(words, size, colour) if words else ""
    looks = "" if words else f"{number_format(code)}{INVISIBLE}{text_properties(size, colour, ONE_LINE)}"
    end = f"<c:separator>{separator}</c:separator>" if separator else ""
    return f'<c:dLbl><c:idx val="{index}"/>{layout}{own}{looks}<c:dLblPos val="{place}"/>{shown}{end}</c:dLbl>'


def axis_head(axis_id: int, ends: tuple[str, str] | None = None, *, reverse: bool = False) -> str:
    """Return the opening elements that all axes share: id, scaling, whether it is drawn (it is)."""
    bounds = f'<c:max val="{ends[1]}"/><c:min val="{ends[0]}"/>' if ends else ""
    return (
        f'<c:axId val="{axis_id}"/><c:scaling><c:orientation val="{"maxMin" if reverse else "minMax"}"/>{bounds}'
        '</c:scaling><c:delete val="0"/>'
    )


AXIS_LINE = f"<c:spPr><a:noFill/>{stroke(AXIS, 0.75)}</c:spPr>"
GRIDLINES = f"<c:majorGridlines><c:spPr>{stroke(GRID, 0.5)}</c:spPr></c:majorGridlines>"
NO_TICKS = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
TICK_TEXT = text_properties(colour=SUBTLE_TEXT, body=UPRIGHT)
CATEGORY_TEXT = text_properties(colour=TEXT, body=UPRIGHT)


def axis_title(text: str, place: tuple[float, float]) -> str:
    """Return c:title of an axis, its upper left corner at (x, y) as shares of the chart; "" for no text."""
    if not text:
        return ""
    return (
        f"<c:title>{rich_text(text, colour=SUBTLE_TEXT)}"
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{place[0]:.4f}"/><c:y val="{place[1]:.4f}"/></c:manualLayout></c:layout>'
        '<c:overlay val="0"/></c:title>'
    )
