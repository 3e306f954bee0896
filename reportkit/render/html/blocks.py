"""Each kind of block as HTML with its styles in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import assert_never

from reportkit.base.text import printable
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
from reportkit.document.inline import Emphasis, FactRef, Footnote, Inline, LineBreak, Link, Quoted, Strong, Text
from reportkit.document.table import Table
from reportkit.render.html.styles import ACCENT, INK, NAVY, RULE, SUBTLE, TILE_GROUND, TONES
from reportkit.render.html.tables import table_html
from reportkit.render.links import safe_link

_HEADINGS = {
    1: f"margin:28px 0 10px;padding:0 0 6px;border-bottom:2px solid #{NAVY};font-size:20px;line-height:1.4;"
    f"color:#{NAVY}",
    2: f"margin:22px 0 8px;font-size:17px;line-height:1.4;color:#{NAVY}",
    3: f"margin:16px 0 6px;font-size:15px;line-height:1.4;color:#{INK}",
}
_PARAGRAPHS = {
    "body": "margin:0 0 12px",
    "lead": f"margin:0 0 14px;font-weight:bold;color:#{NAVY}",
    "note": f"margin:0 0 12px;font-size:13px;color:#{SUBTLE}",
}


@dataclass(slots=True)
class Scene:
    """What blocks need from outside: addresses of pictures, one for each chart in reading order."""

    pictures: Iterator[str]


def blocks_html(blocks: tuple[Block, ...], scene: Scene) -> str:
    """Return the blocks one after the other."""
    return "\n".join(filter(None, (_block_html(block, scene) for block in blocks)))


def inlines_html(inlines: tuple[Inline, ...]) -> str:
    """Return what stands inside a line; links only to http(s) and mailto."""
    return "".join(map(_inline_html, inlines))


def _inline_html(inline: Inline) -> str:
    match inline:
        case Text(text) | Quoted(text):
            return escape(printable(text))
        case FactRef(fact):
            return f'<span style="white-space:nowrap">{escape(printable(fact.text))}</span>'
        case Strong(children):
            return f"<strong>{inlines_html(children)}</strong>"
        case Emphasis(children):
            return f"<em>{inlines_html(children)}</em>"
        case Link(children, url):
            words, address = inlines_html(children), safe_link(url)
            return f'<a href="{escape(address)}" style="color:#{ACCENT}">{words}</a>' if address else words
        case LineBreak():
            return "<br>"
        case Footnote():
            return ""  # the attached document has them
        case _:
            assert_never(inline)


def _block_html(block: Block, scene: Scene) -> str:
    match block:
        case Heading(level, content):
            level = min(max(level, 1), 3)
            return f'<h{level} style="{_HEADINGS[level]}">{inlines_html(content)}</h{level}>'
        case Paragraph(content, role):
            return f'<p style="{_PARAGRAPHS[role]}">{inlines_html(content)}</p>'
        case ItemList(items, ordered):
            return _list_html(items, ordered)
        case Box():
            return _box_html(block, scene)
        case KeyFigures(figures):
            return _figures_html(figures)
        case Table():
            return table_html(block, inlines_html)
        case Chart():
            return _chart_html(block, next(scene.pictures, ""))
        case PageBreak():
            return ""
        case _:
            assert_never(block)


def _list_html(items: tuple[ListItem, ...], ordered: bool) -> str:
    if not items:
        return ""
    tag = "ol" if ordered else "ul"
    inner = "".join(
        f'<li style="margin:0 0 4px">{inlines_html(item.content)}{_list_html(item.children, ordered=False)}</li>'
        for item in items
    )
    return f'<{tag} style="margin:0 0 12px;padding:0 0 0 22px">{inner}</{tag}>'


def _box_html(box: Box, scene: Scene) -> str:
    edge, ground = TONES[box.tone]
    title = (
        f'<p style="margin:0 0 6px;font-weight:bold;color:#{edge}">{inlines_html(box.title)}</p>' if box.title else ""
    )
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px">'
        "<tr>"
        f'<td style="padding:12px 16px 2px;border-left:4px solid #{edge};background:#{ground}">'
        f"{title}{blocks_html(box.blocks, scene)}</td></tr></table>"
    )


def _figures_html(figures: tuple[KeyFigure, ...]) -> str:
    if not figures:
        return ""
    width = 100 // len(figures)
    gap = '<td class="rk-gap" width="8" style="font-size:1px">&nbsp;</td>'
    tiles = gap.join(
        f'<td class="rk-tile" width="{width}%" valign="top" style="padding:10px 12px;border-top:3px solid #{NAVY};'
        f'background:#{TILE_GROUND}">'
        f'<div style="font-size:12px;line-height:1.4;color:#{SUBTLE}">{inlines_html(figure.label)}</div>'
        f'<div style="font-size:20px;line-height:1.5;font-weight:bold;color:#{NAVY}">{inlines_html(figure.value)}</div>'
        f'<div style="font-size:12px;line-height:1.4;color:#{SUBTLE}">{inlines_html(figure.comment)}</div></td>'
        for figure in figures
    )
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 14px">'
        f"<tr>{tiles}</tr></table>"
    )


def _chart_html(chart: Chart, source: str) -> str:
    caption = f'<p style="margin:0 0 4px;font-size:13px;font-weight:bold">{inlines_html(chart.caption)}</p>'
    under = [chart.source, *chart.notes]
    notes = "".join(
        f'<p style="margin:2px 0 0;font-size:12px;color:#{SUBTLE}">{inlines_html(line)}</p>' for line in under if line
    )
    words = escape(printable(chart.alt))
    if not source:
        return f'<div style="margin:0 0 14px">{caption}<p style="margin:0">{words}</p>{notes}</div>'
    picture = (
        f'<img src="{escape(source)}" alt="{words}" width="584" '
        f'style="display:block;box-sizing:border-box;width:100%;max-width:584px;height:auto;border:1px solid #{RULE}">'
    )
    return f'<div style="margin:0 0 14px">{caption}{picture}{notes}</div>'
