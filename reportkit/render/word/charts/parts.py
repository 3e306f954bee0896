"""A `Chart` as the two parts that Word needs: the chart's XML and the workbook behind it.

In: a `Chart` and its running number in the document. Out: `ChartParts`; `rId1` of the chart part must lead to the
workbook. The writer of the document adds content types and relationships; their names stand here.

    parts = chart_parts(chart, 1)
    package.add("word/charts/chart1.xml", parts.chart_xml, CHART_CONTENT_TYPE)
    package.add("word/embeddings/chart1.xlsx", parts.workbook, WORKBOOK_CONTENT_TYPE)
    # word/charts/_rels/chart1.xml.rels:  rId1, WORKBOOK_RELATIONSHIP, ../embeddings/chart1.xlsx
    # word/_rels/document.xml.rels:       any id, CHART_RELATIONSHIP, charts/chart1.xml
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.document.chart import Chart
from reportkit.render.plot.frame import POINTS_PER_CM, Frame
from reportkit.render.word.charts.bars import bar_chart
from reportkit.render.word.charts.markup import text_properties
from reportkit.render.word.charts.workbook import Column, write_workbook

CHART_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
WORKBOOK_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WORKBOOK_RELATIONSHIP_ID = "rId1"
TEXT_WIDTH_CM = 16.0

_EMU_PER_POINT = 12_700
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<c:chartSpace xmlns:c="{CHART_NAMESPACE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:date1904 val="0"/><c:lang val="ja-JP"/><c:roundedCorners val="0"/>'
    '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
)
_CLOSE = (
    '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
    f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_properties()}"
    f'<c:externalData r:id="{WORKBOOK_RELATIONSHIP_ID}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
)


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The two parts of a native chart, and its size on the page in EMU (914,400 to the inch)."""

    chart_xml: bytes
    workbook: bytes
    width_emu: int
    height_emu: int


def chart_parts(chart: Chart, index: int, width_cm: float = TEXT_WIDTH_CM) -> ChartParts:
    """Return the parts of a native chart. index: running number from 1, makes the axis ids unique in the document.

    Raises `RenderError` naming the chart when there is nothing that could be drawn.
    """
    width = width_cm * POINTS_PER_CM
    match chart.kind:
        case _:
            drawing = bar_chart(chart, index, width)
    return ChartParts(
        "".join((_OPEN, drawing.plot_area, "</c:plotArea>", drawing.legend, _CLOSE)).encode("utf-8"),
        write_workbook(drawing.columns),
        round(drawing.frame.width * _EMU_PER_POINT),
        round(drawing.frame.height * _EMU_PER_POINT),
    )
