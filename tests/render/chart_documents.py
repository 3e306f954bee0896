"""Minimal .docx files around charts, and charts to put in; all numbers 架空."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.chart import Chart
from reportkit.document.inline import Text
from reportkit.render.word.charts import (
    CHART_CONTENT_TYPE,
    CHART_NAMESPACE,
    CHART_RELATIONSHIP,
    SHAPES_CONTENT_TYPE,
    SHAPES_RELATIONSHIP,
    SHAPES_RELATIONSHIP_ID,
    WORKBOOK_CONTENT_TYPE,
    WORKBOOK_RELATIONSHIP,
    WORKBOOK_RELATIONSHIP_ID,
    chart_parts,
)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def fact(value: str | int | None, text: str = "", unit: str = "", qualifier: str = "", label: str = "架空の値") -> Fact:
    """A fact with a value; None is a fact that names no number."""
    number = None if value is None else Decimal(value)
    raw = text or str(value)
    return Fact(f"test/{label}/{raw}", label, Quantity(raw, value=number, unit=unit, qualifier=qualifier), raw)


def facts(*values: str | int | None) -> tuple[Fact | None, ...]:
    """One fact for each value, None for a gap."""
    return tuple(None if value is None else fact(value) for value in values)


def document_with(charts: Sequence[Chart]) -> bytes:
    """A .docx with the charts below each other, each under its caption."""
    body: list[str] = []
    types: list[str] = []
    links: list[str] = []
    members: list[tuple[str, bytes]] = []
    for index, chart in enumerate(charts, 1):
        parts = chart_parts(chart, index)
        caption = "".join(inline.text for inline in chart.caption if isinstance(inline, Text)) or chart.id
        body.append(
            f"<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:t>{caption}</w:t></w:r></w:p><w:p><w:r><w:drawing>"
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{parts.width_emu}"'
            f' cy="{parts.height_emu}"/><wp:docPr id="{index}" name="図 {index}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{CHART_NAMESPACE}"><c:chart r:id="rId{index}"/></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
        types.append(f'<Override PartName="/word/charts/chart{index}.xml" ContentType="{CHART_CONTENT_TYPE}"/>')
        links.append(f'<Relationship Id="rId{index}" Type="{CHART_RELATIONSHIP}" Target="charts/chart{index}.xml"/>')
        members.append((f"word/charts/chart{index}.xml", parts.chart_xml))
        members.append((f"word/embeddings/chart{index}.xlsx", parts.workbook))
        link = (
            f'<Relationship Id="{WORKBOOK_RELATIONSHIP_ID}" Type="{WORKBOOK_RELATIONSHIP}"'
            f' Target="../embeddings/chart{index}.xlsx"/>'
        )
        if parts.shapes:
            types.append(f'<Override PartName="/word/drawings/chart{index}.xml" ContentType="{SHAPES_CONTENT_TYPE}"/>')
            members.append((f"word/drawings/chart{index}.xml", parts.shapes))
            target = f"../drawings/chart{index}.xml"
            link += f'<Relationship Id="{SHAPES_RELATIONSHIP_ID}" Type="{SHAPES_RELATIONSHIP}" Target="{target}"/>'
        members.append((f"word/charts/_rels/chart{index}.xml.rels", _relationships(link)))
    document = (
        f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        f' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="{CHART_NAMESPACE}">'
        f'<w:body>{"".join(body)}<w:sectPr><w:pgSz w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1417" w:bottom="1134" w:left="1417" w:header="708" w:footer="708"'
        ' w:gutter="0"/></w:sectPr></w:body></w:document>'
    ).replace('<w:pgSz w="', '<w:pgSz w:w="')
    content_types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xlsx" ContentType="{WORKBOOK_CONTENT_TYPE}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{"".join(types)}</Types>'
    )
    root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", content_types)
        package.writestr("_rels/.rels", _relationships(root))
        package.writestr("word/document.xml", document)
        package.writestr("word/_rels/document.xml.rels", _relationships("".join(links)))
        for name, data in members:
            package.writestr(name, data)
    return buffer.getvalue()


def _relationships(links: str) -> bytes:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()
