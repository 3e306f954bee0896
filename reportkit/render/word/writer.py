"""The whole document: `Document` and `BaseFile` in, the bytes of a .docx out."""

from __future__ import annotations

import datetime

from reportkit.base.errors import Problem, RenderError
from reportkit.base.text import display_width
from reportkit.document.block import Document
from reportkit.render.word.assembly import Assembly, ChartMode
from reportkit.render.word.base_file import BaseFile
from reportkit.render.word.blocks import blocks_xml
from reportkit.render.word.comments import COMMENTS_RELATIONSHIP, COMMENTS_TYPE, Comments
from reportkit.render.word.contents import contents_are_short, contents_xml
from reportkit.render.word.ledger_part import PART_TYPES, RELATIONSHIP, TARGET, ledger_parts
from reportkit.render.word.markup import escape
from reportkit.render.word.package import Part, pack_parts, recurring_part, xml_part
from reportkit.render.word.paragraphs import spacer_xml
from reportkit.render.word.properties import app_xml, content_types_xml, core_xml, package_relationships_xml
from reportkit.render.word.slots import fill_pieces

_TITLE_WIDTH = 96  # half-width columns of three lines of the title on the cover
_REVIEW = {"reader": "", "review": "［校閲版］"}  # in the running header, so that no reader gets it by mistake
_HEADER_WIDTH = 64  # half-width columns of the title in the running header


def write_word(document: Document, base: BaseFile, charts: ChartMode = "native") -> bytes:
    """Return the document as a .docx: the same bytes for the same document, base file and version of reportkit.

    charts: "native" for Office charts with their workbook, "picture" for PNG drawn by matplotlib.
    Raises `RenderError` for an issue date that is no ISO date, for malformed tables, and for XML that does not parse.
    """
    assembly = Assembly(base, charts)
    if document.edition == "review":
        styles = base.styles
        assembly.comments = Comments(document, assembly.ledger, styles["comment-text"], styles["comment-mark"])
    values = _slot_values(document)
    short = contents_are_short(document.blocks, document.contents_depth, base)
    assembly.break_pending = document.front == "cover" and not (base.has_contents and short)
    body = blocks_xml(document.blocks, assembly, base.text_width)
    values["body"] = body or spacer_xml(assembly)
    values["contents"] = contents_xml(assembly, document.contents_depth, new_page=document.front == "cover")
    assembly.relate(RELATIONSHIP, TARGET)
    comments = _add_comments(assembly)
    parts: list[Part] = [*base.kept, *assembly.parts, *ledger_parts(document, assembly.ledger)]
    recurring = {
        "[Content_Types].xml": content_types_xml(
            {**base.default_types, **assembly.default_types},
            {**base.part_types, **_PROPERTY_TYPES, **PART_TYPES, **assembly.part_types},
        ),
        "_rels/.rels": package_relationships_xml(),
        "docProps/app.xml": app_xml(document),
        "word/numbering.xml": assembly.numbering_xml(),
        **{name: fill_pieces(pieces, values) for name, pieces in base.edges.items()},
    }
    written = {
        "docProps/core.xml": core_xml(document),
        "word/_rels/document.xml.rels": assembly.relationships_xml(),
        "word/document.xml": fill_pieces(base.body, values),
        "word/footnotes.xml": assembly.footnotes_xml(),
        **comments,
    }
    parts += [recurring_part(name, xml.encode()) for name, xml in recurring.items()]
    parts += [xml_part(name, xml.encode()) for name, xml in written.items()]
    return pack_parts(parts)


def _add_comments(assembly: Assembly) -> dict[str, str]:
    """Return the comments part of a review edition that has comments, and enter its type and relationship."""
    xml = "" if assembly.comments is None else assembly.comments.xml()
    if not xml:
        return {}
    assembly.relate(COMMENTS_RELATIONSHIP, "comments.xml")
    assembly.part_types["word/comments.xml"] = COMMENTS_TYPE
    return {"word/comments.xml": xml}


_PROPERTY_TYPES = {
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}


def _slot_values(document: Document) -> dict[str, str]:
    """Return what cover, header and footer say, escaped; empty values drop their line."""
    return {
        "title": escape(document.title),
        "subtitle": escape(document.subtitle),
        "organisation": escape(document.organisation),
        "subject": escape(document.subject),
        "date": japanese_date(document.issue.date),
        "vintage": escape(document.issue.vintage),
        "number": f"第{document.issue.number}号",
        "header": escape(_REVIEW[document.edition] + _running_title(document)),
        "long-title" if display_width(document.title) > _TITLE_WIDTH else "usual-title": "1",
        document.front: "1",
    }


def japanese_date(iso: str) -> str:
    """Return an ISO date as it stands on a cover.

    >>> japanese_date("2026-11-02")
    '2026年11月2日'
    """
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError as error:
        raise RenderError(
            Problem(f"発行日「{iso}」を日付として読めません", "2026-11-22 の形で指定してください", "発行日")
        ) from error
    return f"{date.year}年{date.month}月{date.day}日"


def _running_title(document: Document) -> str:
    """Return title and subtitle, or the title alone, as long as one line of the header holds."""
    title = f"{document.title}　{document.subtitle}" if document.subtitle else document.title
    if display_width(title) <= _HEADER_WIDTH:
        return title
    if display_width(document.title) <= _HEADER_WIDTH:
        return document.title
    kept = document.title[:_HEADER_WIDTH]
    while display_width(kept) > _HEADER_WIDTH - 2:
        kept = kept[:-1]
    return f"{kept}…"
