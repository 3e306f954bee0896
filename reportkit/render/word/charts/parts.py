"""A `Chart` as the parts that Word needs: the chart's XML, the workbook behind it, and shapes drawn over it.

In: a `Chart` and its running number in the document. Out: `ChartParts`. The chart part refers to its workbook as `rId1`
and, only when `shapes` is not empty, to the shapes as `rId2`. The writer of the document adds content types and
relationships; their names stand here.

    parts = chart_parts(chart, 1)
    # word/charts/chart1.xml              parts.chart_xml    CHART_CONTENT_TYPE
    # word/embeddings/chart1.xlsx         parts.workbook     WORKBOOK_CONTENT_TYPE
    # word/drawings/chart1.xml            parts.shapes       SHAPES_CONTENT_TYPE     (when not empty)
    # word/charts/_rels/chart1.xml.rels   rId1 WORKBOOK_RELATIONSHIP ../embeddings/chart1.xlsx
    #                                     rId2 SHAPES_RELATIONSHIP ../drawings/chart1.xml
    # word/_rels/document.xml.rels        any id, CHART_RELATIONSHIP, charts/chart1.xml
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportkit.document.chart import Chart, ChartKind
from reportkit.render.plot.frame import POINTS_PER_CM
from reportkit.render.word.charts.bars import bar_drawing
from reportkit.render.word.charts.bubbles import bubble_drawing
from reportkit.render.word.charts.drawing import Drawing, legend, plot_layout
from reportkit.render.word.charts.gantt import gantt_drawing
from reportkit.render.word.charts.lines import line_drawing
from reportkit.render.word.charts.markup import INVISIBLE, text_properties
from reportkit.render.word.charts.shapes import chart_shapes
from reportkit.render.word.charts.workbook import write_workbook

CHART_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHAPES_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
CHART_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
WORKBOOK_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
SHAPES_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WORKBOOK_RELATIONSHIP_ID = "rId1"
SHAPES_RELATIONSHIP_ID = "rId2"
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
    f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{INVISIBLE}{text_properties()}'
    f'<c:externalData r:id="{WORKBOOK_RELATIONSHIP_ID}"><c:autoUpdate val="0"/></c:externalData>'
)
_DRAWINGS: dict[ChartKind, Callable[[Chart, int, float], Drawing]] = {
    "bar": bar_drawing,
    "column": bar_drawing,
    "stacked-bar": bar_drawing,
    "line": line_drawing,
    "bubble": bubble_drawing,
    "gantt": gantt_drawing,
}


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The parts of a native chart, and its size on the page in EMU (914,400 to the inch).

    shapes: the chart drawing part with the reference lines, b"" when there are none.
    """

    chart_xml: bytes
    workbook: bytes
    width_emu: int
    height_emu: int
    shapes: bytes = b""


def chart_parts(chart: Chart, index: int, width_cm: float = TEXT_WIDTH_CM) -> ChartParts:
    """Return the parts of a native chart. index: running number from 1, makes the axis ids unique in the document.

    Raises `RenderError` naming the chart when there is nothing that could be drawn.
    """
    drawing = _DRAWINGS[chart.kind](chart, index, width_cm * POINTS_PER_CM)
    shapes = chart_shapes(drawing.marks, drawing.frame)
    chart_xml = (
        _OPEN,
        plot_layout(drawing.frame),
        drawing.plot_area,
        "</c:plotArea>",
        legend(drawing.frame),
        _CLOSE,
        f'<c:userShapes r:id="{SHAPES_RELATIONSHIP_ID}"/>' if shapes else "",
        "</c:chartSpace>",
    )
    return ChartParts(
        "".join(chart_xml).encode(),
        write_workbook(drawing.columns),
        round(drawing.frame.width * _EMU_PER_POINT),
        round(drawing.frame.height * _EMU_PER_POINT),
        shapes,
    )
