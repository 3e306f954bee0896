"""Charts on the page: native Office charts with their workbook, or pictures when asked for."""

from __future__ import annotations

import struct

from reportkit.document.chart import Chart
from reportkit.render.word.assembly import Assembly
from reportkit.render.word.charts import CHART_NAMESPACE, chart_parts
from reportkit.render.word.markup import escape
from reportkit.render.word.paragraphs import below_exhibit_xml, caption_xml, paragraph_xml

_EMU_PER_TWIP = 635
_TWIPS_PER_CM = 567
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def chart_block_xml(chart: Chart, assembly: Assembly, width: int) -> str:
    """Return caption, drawing, 出典 line and notes, kept together. width: of the text area in twips."""
    assembly.figures += 1
    caption = caption_xml("図", "Figure", assembly.figures, chart.caption, assembly)
    name = assembly.ledger.chart(chart, f"図{assembly.figures}", native=assembly.charts == "native")
    draw = _native if assembly.charts == "native" else _picture
    drawing = draw(chart, name, assembly, width)
    below = below_exhibit_xml(chart.source, chart.notes, assembly)
    run = assembly.ledger.bind_chart(f"<w:r>{drawing}</w:r>")
    figure = paragraph_xml("figure", run, assembly, keep_next=bool(below))
    return caption + figure + below


def _native(chart: Chart, name: str, assembly: Assembly, width: int) -> str:
    made = chart_parts(chart, assembly.figures, width / _TWIPS_PER_CM)
    relationship = assembly.add_chart(made)
    graphic = f'<c:chart xmlns:c="{CHART_NAMESPACE}" r:id="{relationship}"/>'
    return _inline(chart, name, assembly, CHART_NAMESPACE, graphic, *_fitted(made.width_emu, made.height_emu, width))


def _picture(chart: Chart, name: str, assembly: Assembly, width: int) -> str:
    from reportkit.render.figures import draw_png  # brings matplotlib; only when pictures are asked for

    png = draw_png(chart, width / _TWIPS_PER_CM)
    relationship = assembly.add_picture(png)
    across, down = struct.unpack(">II", png[16:24])  # IHDR
    size = (width * _EMU_PER_TWIP, width * _EMU_PER_TWIP * down // across)
    graphic = (
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="0" name="{escape(chart.id)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return _inline(chart, name, assembly, _PICTURE, graphic, *size)


def _fitted(across: int, down: int, width: int) -> tuple[int, int]:
    """Return the size in EMU, made smaller in proportion when it is wider than the text."""
    most = width * _EMU_PER_TWIP
    return (across, down) if across <= most else (most, down * most // across)


def _inline(chart: Chart, name: str, assembly: Assembly, uri: str, graphic: str, across: int, down: int) -> str:
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{assembly.next_drawing()}" name="{escape(name)}" descr="{escape(chart.alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{uri}">{graphic}</a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
