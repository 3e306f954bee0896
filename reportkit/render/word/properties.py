"""What the file says about itself: core and application properties, content types, package relationships."""

from __future__ import annotations

from collections.abc import Mapping

from reportkit.document.block import Document
from reportkit.render.word.markup import escape, relationship_xml, relationships_xml

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CORE = f"{_PACKAGE}/metadata/core-properties"


def core_xml(document: Document) -> str:
    """Return docProps/core.xml. Both dates are the issue date, at midnight UTC: the file knows no clock."""
    moment = f"{document.issue.date}T00:00:00Z"
    creator = escape(document.organisation or "reportkit")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{creator}</dc:creator><cp:keywords>{escape('、'.join(document.keywords))}</cp:keywords>"
        f"<dc:description>{escape(document.subtitle)}</dc:description>"
        f"<cp:lastModifiedBy>{creator}</cp:lastModifiedBy><cp:revision>{max(1, document.issue.number)}</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        f"<cp:category>{escape(document.kind)}</cp:category><dc:language>ja-JP</dc:language></cp:coreProperties>"
    )


def app_xml(document: Document) -> str:
    """Return docProps/app.xml."""
    company = f"<Company>{escape(document.organisation)}</Company>" if document.organisation else ""
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>reportkit</Application>{company}'
        "<AppVersion>16.0000</AppVersion></Properties>"
    )


def content_types_xml(defaults: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """Return [Content_Types].xml. defaults: by extension; parts: by part name."""
    by_extension = "".join(
        f'<Default Extension="{escape(name)}" ContentType="{escape(kind)}"/>' for name, kind in sorted(defaults.items())
    )
    by_name = "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>' for name, kind in sorted(parts.items())
    )
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{by_extension}{by_name}</Types>'


def package_relationships_xml() -> str:
    """Return _rels/.rels."""
    targets = (
        (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    )
    links = (relationship_xml(f"rId{number}", kind, target) for number, (kind, target) in enumerate(targets, start=1))
    return relationships_xml("".join(links))
