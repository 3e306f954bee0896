"""A table of a briefing as an HTML table: captions, spanners, heat shades, notes."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from reportkit.base.text import printable
from reportkit.document.inline import Inline
from reportkit.document.table import Table, TableCell
from reportkit.render.html.styles import INK, NAVY, RULE, SUBTLE, TILE_GROUND
from reportkit.render.plot.palette import mix_with_white, text_on

InlinesHtml = Callable[[tuple[Inline, ...]], str]

_FAINTEST, _DEEPEST = 0.95, 0.25  # share of white at both ends of the heat scale


def table_html(table: Table, inlines_html: InlinesHtml) -> str:
    """Return the table with its caption above and its notes below; a wide one can be scrolled sideways."""
    parts = []
    if table.caption:
        parts.append(f'<p style="margin:0 0 4px;font-size:13px;font-weight:bold">{inlines_html(table.caption)}</p>')
    if table.unit:
        unit = escape(printable(table.unit))
        parts.append(f'<p style="margin:0;font-size:12px;text-align:right;color:#{SUBTLE}">{unit}</p>')
    rows = [_row_html(row, "th", table, inlines_html) for row in table.header]
    rows += [_row_html(row, "td", table, inlines_html) for row in table.body]
    size = 12 if table.small or table.kind == "heatmap" else 13
    parts.append(
        '<div style="overflow-x:auto"><table width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="border-collapse:collapse;font-size:{size}px;line-height:1.5">{"".join(rows)}</table></div>'
    )
    parts += [
        f'<p style="margin:2px 0 0;font-size:12px;color:#{SUBTLE}">{inlines_html(line)}</p>'
        for line in (*table.notes, table.source)
        if line
    ]
    return f'<div style="margin:0 0 14px">{"".join(parts)}</div>'


def _row_html(row: tuple[TableCell, ...], tag: str, table: Table, inlines_html: InlinesHtml) -> str:
    return f"<tr>{''.join(_cell_html(cell, tag, table, inlines_html) for cell in row)}</tr>"


def _cell_html(cell: TableCell, tag: str, table: Table, inlines_html: InlinesHtml) -> str:
    style = [f"padding:5px 8px;text-align:{cell.align};vertical-align:top"]
    if table.kind != "plain":
        style.append(f"border-bottom:1px solid #{RULE}")
    ground, ink = "", INK
    if tag == "th":
        ground, ink = NAVY, "FFFFFF"
    elif cell.shade is not None:
        ground = mix_with_white(NAVY, _FAINTEST + (_DEEPEST - _FAINTEST) * min(max(cell.shade, 0.0), 1.0))
        ink = text_on(ground)
    elif cell.emphasis == "subject":
        ground = TILE_GROUND
    elif cell.emphasis == "muted":
        ink = SUBTLE
    if ground:
        style.append(f"background:#{ground}")
    style.append(f"color:#{ink}")
    if cell.emphasis in {"strong", "subject", "total"} or tag == "th":
        style.append("font-weight:bold")
    spans = "".join(
        f' {name}="{count}"' for name, count in (("colspan", cell.span), ("rowspan", cell.rows)) if count > 1
    )
    if cell.bullets:
        items = "".join(f'<li style="margin:0">{inlines_html(line)}</li>' for line in cell.lines)
        words = f'<ul style="margin:0;padding:0 0 0 16px">{items}</ul>'
    else:
        words = "<br>".join(inlines_html(line) for line in cell.lines)
    return f'<{tag}{spans} style="{";".join(style)}">{words}</{tag}>'
