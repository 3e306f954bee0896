"""Reference lines over a native chart: shapes of a chart drawing part, placed by shares of the chart.

Neither a line nor a scatter series can be combined with lying bars so that Word and LibreOffice both draw it right, and
bubbles cannot be combined with anything; shapes work for all kinds. They stand where the axis ends put them, so they do
not move when somebody edits the axis in Word; the values stand in the workbook, beside the data.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.render.plot.frame import Frame, ReferenceMark
from reportkit.render.plot.palette import PAPER, REFERENCE
from reportkit.render.word.charts.markup import character_properties, stroke
from reportkit.render.word.markup import escape

_EMU = 12_700
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing">'
)


def chart_shapes(marks: Sequence[ReferenceMark], frame: Frame) -> bytes:
    """Return the chart drawing part with the reference lines, b"" for none."""
    if not marks:
        return b""
    shapes: list[str] = []
    for mark in marks:
        name = escape(" ".join(mark.lines))
        # White below: the dashes stay visible where the line runs over a dark bar.
        for colour, width, dash in ((PAPER, 2.5, "solid"), (REFERENCE, 1.25, "sysDash")):
            shapes.append(_line(mark, frame, len(shapes) + 2, name, stroke(colour, width, dash)))
        shapes.append(_caption(mark, frame, len(shapes) + 2, name))
    return f"{_OPEN}{''.join(shapes)}</c:userShapes>".encode()


def _anchor(start: tuple[float, float], end: tuple[float, float], frame: Frame, shape: str) -> str:
    corners = "".join(
        f"<cdr:{tag}><cdr:x>{_share(x, frame.width)}</cdr:x><cdr:y>{_share(y, frame.height)}</cdr:y></cdr:{tag}>"
        for tag, (x, y) in (("from", start), ("to", end))
    )
    return f"<cdr:relSizeAnchor>{corners}{shape}</cdr:relSizeAnchor>"


def _share(place: float, whole: float) -> str:
    return f"{min(max(place / whole, 0.0), 1.0):.5f}"


def _box(start: tuple[float, float], end: tuple[float, float]) -> str:
    return (
        f'<a:xfrm><a:off x="{round(start[0] * _EMU)}" y="{round(start[1] * _EMU)}"/>'
        f'<a:ext cx="{round((end[0] - start[0]) * _EMU)}" cy="{round((end[1] - start[1]) * _EMU)}"/></a:xfrm>'
    )


def _line(mark: ReferenceMark, frame: Frame, number: int, name: str, line: str) -> str:
    shape = (
        f'<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="{number}" name="基準線 {number}" descr="{name}"/>'
        f"<cdr:cNvCxnSpPr/></cdr:nvCxnSpPr><cdr:spPr>{_box(mark.start, mark.end)}"
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{line}</cdr:spPr></cdr:cxnSp>'
    )
    return _anchor(mark.start, mark.end, frame, shape)


def _caption(mark: ReferenceMark, frame: Frame, number: int, name: str) -> str:
    left, top, width, height = mark.box
    start, end = (left, top), (left + width, top + height)
    align = "ctr" if mark.align == "center" else "l"
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{align}"/><a:r>{character_properties("rPr", colour=REFERENCE)}'
        f"<a:t>{escape(line)}</a:t></a:r></a:p>"
        for line in mark.lines
    )
    shape = (
        f'<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="{number}" name="基準線の名 {number}" descr="{name}"/>'
        f'<cdr:cNvSpPr txBox="1"/></cdr:nvSpPr><cdr:spPr>{_box(start, end)}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></cdr:spPr><cdr:txBody>'
        '<a:bodyPr vertOverflow="overflow" horzOverflow="overflow" wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"'
        f' anchor="ctr"/><a:lstStyle/>{paragraphs}</cdr:txBody></cdr:sp>'
    )
    return _anchor(start, end, frame, shape)
