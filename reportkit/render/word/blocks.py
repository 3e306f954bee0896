"""Blocks: everything that can stand on a page in, paragraphs, tables and drawings out, in one pass."""

from __future__ import annotations

from typing import assert_never

from reportkit.base.text import display_width
from reportkit.document.block import (
    Block,
    Box,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.chart import Chart
from reportkit.document.inline import Inline, plain_text
from reportkit.document.table import Table
from reportkit.render.word.assembly import Assembly, Entry
from reportkit.render.word.drawings import chart_block_xml
from reportkit.render.word.inlines import PLAIN, Look, runs_xml
from reportkit.render.word.markup import escape
from reportkit.render.word.paragraphs import paragraph_xml, spacer_xml, words_xml
from reportkit.render.word.tables import table_xml

_DEEPEST = 8  # list levels that Word knows, from 0
_TILES = 4  # key figures side by side
_AFTER_LIST = 140  # twips
_VALUE_SIZES = (42, 38, 34, 30)  # half-points; the first is the style's own
_DIGIT = 0.56  # width of a Latin digit, and about half that of a kanji, as share of the size
_TILE_MARGIN = 60  # twips, left and right
_GAP = 200  # twips between them
_BOX_RULE = 90  # twips; a rule's size is written in eighths of a point
_BOX_MARGIN = 470  # twips: left and right margin of the box style, and its rule


def blocks_xml(blocks: tuple[Block, ...], assembly: Assembly, width: int) -> str:
    """Return the blocks. width: of the text area in twips."""
    return "".join([_block_xml(block, assembly, width) for block in blocks])


def _block_xml(block: Block, assembly: Assembly, width: int) -> str:
    match block:
        case Paragraph(content, role):
            return words_xml(role, content, assembly)
        case Heading():
            return _heading_xml(block, assembly)
        case Table():
            return table_xml(block, assembly, width)
        case Chart():
            return chart_block_xml(block, assembly, width)
        case ItemList(items, ordered):
            return _list_xml(items, ordered, assembly)
        case Box():
            return _box_xml(block, assembly, width)
        case KeyFigures(figures):
            return _key_figures_xml(figures, assembly, width)
        case PageBreak():
            assembly.break_pending = True
            return ""
        case _:
            assert_never(block)


def _heading_xml(heading: Heading, assembly: Assembly) -> str:
    level = min(max(heading.level, 1), 3)
    mark, number = assembly.ledger.next_bookmark(), len(assembly.entries) + 1
    bookmark, text = f"_Toc{number:09d}", escape(plain_text(heading.content))
    assembly.ledger.heading(level, bookmark, text)
    runs = runs_xml(heading.content, assembly)
    # No white space above a heading that begins a page.
    more = '<w:spacing w:before="0"/>' if assembly.break_pending else ""
    label = ""
    if heading.numbered:
        label = assembly.heading_label(level)
    elif assembly.base.headings[level - 1].text:
        no_number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{assembly.base.no_number}"/></w:numPr>'
        more = f'{no_number}{more}<w:ind w:left="0" w:firstLine="0"/>'
    assembly.entries.append(Entry(level, label, text, bookmark))
    marked = f'<w:bookmarkStart w:id="{mark}" w:name="{bookmark}"/>{runs}<w:bookmarkEnd w:id="{mark}"/>'
    return paragraph_xml(f"heading{level}", marked, assembly, more=more)


def _list_xml(items: tuple[ListItem, ...], ordered: bool, assembly: Assembly) -> str:
    if not items:
        return ""
    number = assembly.restart_list() if ordered else assembly.base.lists["bullet"]
    out: list[str] = []
    _append_items(items, "number" if ordered else "bullet", number, 0, assembly, out)
    out[-1] = out[-1].replace("</w:numPr>", f'</w:numPr><w:spacing w:after="{_AFTER_LIST}"/>', 1)
    return "".join(out)


def _append_items(
    items: tuple[ListItem, ...], part: str, number: int, depth: int, assembly: Assembly, out: list[str]
) -> None:
    link = f'<w:numPr><w:ilvl w:val="{min(depth, _DEEPEST)}"/><w:numId w:val="{number}"/></w:numPr>'
    for item in items:
        out.append(words_xml(part, item.content, assembly, more=link))
        _append_items(item.children, part, number, depth + 1, assembly, out)


def _box_xml(box: Box, assembly: Assembly, width: int) -> str:
    """Return the box as a table of one cell: tables, lists and charts inside it keep their form."""
    palette = assembly.base.palette
    before = spacer_xml(assembly, keep_next=True)
    edge, fill = (palette.accent, palette.subject) if box.tone == "warning" else (palette.navy, palette.stripe)
    width -= _BOX_RULE // 2  # half of the rule stands outside its cell
    inside = []
    if box.title:
        inside.append(words_xml("box-title", box.title, assembly, keep_next=True))
    inside.append(blocks_xml(box.blocks, assembly, width - _BOX_MARGIN))
    assembly.break_pending = False  # a cell cannot hold a page break
    content = "".join(inside)
    if not content.endswith("</w:p>"):
        content += spacer_xml(assembly)
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{assembly.base.styles["box"]}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_BOX_RULE // 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:tcBorders><w:left w:val="single" w:sz="{_BOX_RULE * 2 // 5}" w:space="0" w:color="{edge}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>{content}</w:tc></w:tr></w:tbl>'
    )
    return before + table + spacer_xml(assembly)


def _key_figures_xml(figures: tuple[KeyFigure, ...], assembly: Assembly, width: int) -> str:
    """Return the tiles as a table without rules but one over each tile; more than four go into several rows."""
    if not figures:
        return ""
    rows = -(-len(figures) // _TILES)
    per_row = -(-len(figures) // rows)
    return spacer_xml(assembly, keep_next=True) + "".join(
        _tiles_xml(figures[start : start + per_row], per_row, assembly, width) + spacer_xml(assembly)
        for start in range(0, len(figures), per_row)
    )


def _value_size(figures: tuple[KeyFigure, ...], tile: int) -> int:
    """Return the size in half-points at which every value of a row stands on one line, 0 for the style's own.

    Values that would not do so even at the smallest size are broken, and do not make the others smaller than that.
    """
    longest = max(display_width(plain_text(figure.value)) for figure in figures)
    room = (tile - 2 * _TILE_MARGIN) / 10  # half-points
    size = next((size for size in _VALUE_SIZES if longest * size * _DIGIT <= room), _VALUE_SIZES[-1])
    return 0 if size == _VALUE_SIZES[0] else size


def _tiles_xml(figures: tuple[KeyFigure, ...], per_row: int, assembly: Assembly, width: int) -> str:
    base = assembly.base
    tile = (width - _GAP * (per_row - 1)) // per_row
    top = f'<w:tcBorders><w:top w:val="single" w:sz="18" w:space="0" w:color="{base.palette.navy}"/></w:tcBorders>'
    gap = f'<w:tc><w:tcPr><w:tcW w:w="{_GAP}" w:type="dxa"/></w:tcPr>{spacer_xml(assembly)}</w:tc>'
    size = _value_size(figures, tile)
    value_more = f'<w:spacing w:line="{size * 13}" w:lineRule="exact"/>' if size else ""
    cells = []
    for figure in figures:
        lines: list[tuple[str, tuple[Inline, ...], str, Look]] = [
            ("figure-label", figure.label, "", PLAIN),
            ("figure-value", figure.value, value_more, Look(size=size)),
            ("figure-comment", figure.comment, "", PLAIN),
        ]
        content = "".join(
            words_xml(part, inlines, assembly, more=more, look=look) for part, inlines, more, look in lines if inlines
        )
        content = content or spacer_xml(assembly)
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{tile}" w:type="dxa"/>{top}</w:tcPr>{content}</w:tc>')
    columns = f'<w:gridCol w:w="{_GAP}"/>'.join([f'<w:gridCol w:w="{tile}"/>'] * len(figures))
    total = tile * len(figures) + _GAP * (len(figures) - 1)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{base.styles["figures"]}"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>'
        f"{gap.join(cells)}</w:tr></w:tbl>"
    )
