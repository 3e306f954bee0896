"""A page of HTML around the blocks, 640 pixels wide at most, as wide as the screen on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from reportkit.base.text import printable
from reportkit.document.block import Block, Box
from reportkit.document.chart import Chart
from reportkit.render.html.blocks import Scene, blocks_html
from reportkit.render.html.styles import FONTS, INK, PAGE_GROUND, PAPER

_WIDTH = 640
_NARROW = (
    "@media (max-width:520px){.rk-page{padding:16px 14px !important}.rk-tile{display:block !important;"
    "width:auto !important}.rk-gap{display:none !important}}"
)


def write_html(blocks: Sequence[Block], title: str, language: str, pictures: Sequence[str]) -> str:
    """Return the blocks as a page.

    title: for the head, plain words. pictures: the address of each chart's picture (`cid:…`), in the order of
    `charts_in(blocks)`.
    """
    body = blocks_html(tuple(blocks), Scene(iter(pictures)))
    outer = f"margin:0;padding:0;background:#{PAGE_GROUND};-webkit-text-size-adjust:100%"
    inner = f"padding:24px 28px;font-family:{FONTS};font-size:15px;line-height:1.7;color:#{INK}"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{escape(printable(title))}</title>\n<style>{_NARROW}</style>\n</head>\n"
        f'<body style="{outer}">\n'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>'
        f'<td align="center" style="padding:0">\n'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="max-width:{_WIDTH}px;background:#{PAPER};text-align:left"><tr>'
        f'<td class="rk-page" style="{inner}">\n'
        f"{body}\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n"
    )


def charts_in(blocks: Sequence[Block]) -> tuple[Chart, ...]:
    """Return the charts of the blocks in reading order, those inside of boxes too."""
    return tuple(_charts(blocks))


def _charts(blocks: Sequence[Block]) -> Iterator[Chart]:
    for block in blocks:
        if isinstance(block, Chart):
            yield block
        elif isinstance(block, Box):
            yield from _charts(block.blocks)
