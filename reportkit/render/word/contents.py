r"""The table of contents: a real field in Word's gallery control, with its entries already in place.

What a reader sees. The entries are there before any field is updated: heading number and title, each a hyperlink to its
heading, in Word and in LibreOffice alike. Page numbers are not printed: only the program that lays the pages out knows
them, fonts differ from reader to reader (a briefing laid out by LibreOffice with another Japanese font runs to other
pages than in Word), and a printed page number that is wrong is worse than none. Asking Word to update on opening
(`w:updateFields`) would greet every reader with a security question. So the field is `TOC \o "1-2" \h \z \u` (the depth
is the document's), without the switch that leaves page numbers out: one click on 目次の更新 (or F9) in Word puts the
right ones behind a dotted leader, whose tab stop the styles already have.
"""

from __future__ import annotations

from reportkit.document.block import Block, Heading
from reportkit.render.word.assembly import Assembly, Entry
from reportkit.render.word.base_file import BaseFile
from reportkit.render.word.markup import may_lose_blanks, text_xml

_HEIGHTS = {1: 430, 2: 310, 3: 290}  # twips of an entry, with its spacing; only for the decision below
_SHORT = 0.42  # contents up to this share of a page share it with the beginning of the briefing
_TITLE = "目次"


def contents_xml(assembly: Assembly, depth: int, *, new_page: bool) -> str:
    """Return the contents of the headings written so far, down to that level; "" when there is no heading."""
    entries = [entry for entry in assembly.entries if entry.level <= depth and entry.text]
    if not entries:
        return ""
    styles = assembly.base.styles
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last = len(entries) - 1
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{styles[f"contents{entry.level}"]}"/></w:pPr>{begin if index == 0 else ""}'
        f"{_link(entry)}{end if index == last else ''}</w:p>"
        for index, entry in enumerate(entries)
    )
    page_break = "<w:pageBreakBefore/>" if new_page else ""
    title = (
        f'<w:p><w:pPr><w:pStyle w:val="{styles["contents-title"]}"/>{page_break}</w:pPr>'
        f"<w:r><w:t>{_TITLE}</w:t></w:r></w:p>"
    )
    return (
        '<w:sdt><w:sdtPr><w:id w:val="1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{title}{lines}</w:sdtContent></w:sdt>"
    )


def contents_are_short(blocks: tuple[Block, ...], depth: int, base: BaseFile) -> bool:
    """Tell whether the briefing may begin below its contents instead of on a page of its own."""
    levels = [min(max(block.level, 1), 3) for block in blocks if isinstance(block, Heading)]
    return 0 < sum(_HEIGHTS[level] for level in levels if level <= depth) <= _SHORT * base.text_height


def _link(entry: Entry) -> str:
    number = f"{_text(entry.label)}<w:tab/>" if entry.label else ""
    return (
        f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1"><w:r>{number}{_text(entry.text)}</w:r></w:hyperlink>'
    )


def _text(xml: str) -> str:
    return text_xml(xml, spaced=may_lose_blanks(xml))
