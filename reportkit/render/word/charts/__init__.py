"""Native, editable Word charts: DrawingML written as strings, and the workbook behind each of them.

In: a `Chart`. Out: `ChartParts`. Nothing heavy is imported; a chart takes less than a millisecond.
"""

from reportkit.render.word.charts.parts import (
    CHART_CONTENT_TYPE,
    CHART_NAMESPACE,
    CHART_RELATIONSHIP,
    SHAPES_CONTENT_TYPE,
    SHAPES_RELATIONSHIP,
    SHAPES_RELATIONSHIP_ID,
    WORKBOOK_CONTENT_TYPE,
    WORKBOOK_RELATIONSHIP,
    WORKBOOK_RELATIONSHIP_ID,
    ChartParts,
    chart_parts,
)

__all__ = [
    "CHART_CONTENT_TYPE",
    "CHART_NAMESPACE",
    "CHART_RELATIONSHIP",
    "SHAPES_CONTENT_TYPE",
    "SHAPES_RELATIONSHIP",
    "SHAPES_RELATIONSHIP_ID",
    "WORKBOOK_CONTENT_TYPE",
    "WORKBOOK_RELATIONSHIP",
    "WORKBOOK_RELATIONSHIP_ID",
    "ChartParts",
    "chart_parts",
]
