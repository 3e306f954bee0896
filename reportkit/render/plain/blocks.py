"""Each kind of block as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from reportkit.base.text import display_width, printable
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
from reportkit.document.table import Table, TableCell
from reportkit.render.links import safe_link
from reportkit.render.plain.wrapping import WIDTH, wrap

_RULES = {1: "━", 2: "─"}


def write_plain(blocks: Sequence[Block]) -> str:
    """Return the blocks as text; one empty line between two blocks, a line end at the end."""
    parts = [lines for block in blocks if (lines := _block_lines(block, WIDTH))]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def inlines_text(inlines: tuple[Inline, ...]) -> str:
    """Return the words; the address of a link stands behind its words, line breaks stay."""
    return "".join(map(_inline_text, inlines))


def _inline_text(inline: Inline) -> str:
    match inline:
        case Text(text) | Quoted(text):
            return printable(text)
        case FactRef(fact):
            return printable(fact.text)
        case Strong(children) | Emphasis(children):
            return inlines_text(children)
        case Link(children, url):
            words, address = inlines_text(children), safe_link(url)
            shown = address.removeprefix("mailto:")
            return words if not address or shown == words else f"{words} <{shown}>"
        case LineBreak():
            return "\n"
        case Footnote():
            return ""  # the attached document has them
        case _:
            assert_never(inline)


def _block_lines(block: Block, width: int) -> list[str]:
    match block:
        case Heading(level, content):
            return _heading_lines(level, inlines_text(content), width)
        case Paragraph(content):
            return _paragraph(content, width)
        case ItemList(items, ordered):
            return _list_lines(items, ordered, width, "")
        case Box():
            inner = [_block_lines(each, width - 2) for each in block.blocks]
            title = f"【{inlines_text(block.title)}】"
            return [*wrap(title, width), *(f"  {line}".rstrip() for lines in inner for line in lines)]
        case KeyFigures(figures):
            return [line for figure in figures for line in _figure_lines(figure, width)]
        case Table():
            return _table_lines(block, width)
        case Chart():
            return _chart_lines(block, width)
        case PageBreak():
            return []
        case _:
            assert_never(block)


def _paragraph(content: tuple[Inline, ...], width: int, first: str = "", rest: str = "") -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(inlines_text(content).split("\n")):
        lines += wrap(part, width, rest if number else first, rest)
    return lines


def _heading_lines(level: int, words: str, width: int) -> list[str]:
    if level in _RULES:
        lines = wrap(words, width, "■ " if level == 1 else "")
        rule = _RULES[level] * (min(max(map(display_width, lines)), width) // 2)
        return [*lines, rule]
    return wrap(words, width, "◆ ", "  ")


def _list_lines(items: Iterable[ListItem], ordered: bool, width: int, indent: str) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(items, start=1):
        mark = f"{number}. " if ordered else "・"
        lines += _paragraph(item.content, width, indent + mark, indent + " " * display_width(mark))
        lines += _list_lines(item.children, False, width, f"{indent}  ")
    return lines


def _figure_lines(figure: KeyFigure, width: int) -> list[str]:
    comment = inlines_text(figure.comment)
    words = f"{inlines_text(figure.label)}：{inlines_text(figure.value)}" + (f"（{comment}）" if comment else "")
    return wrap(words, width, "◇ ", "   ")


def _chart_lines(chart: Chart, width: int) -> list[str]:
    lines = wrap(f"［図］{inlines_text(chart.caption)}", width)
    lines += wrap(printable(chart.alt), width, "  ", "  ")
    for line in (*chart.notes, chart.source):
        if line:
            lines += _paragraph(line, width, "  ", "  ")
    return lines


def _table_lines(table: Table, width: int) -> list[str]:
    unit = f"（{printable(table.unit)}）" if table.unit else ""
    lines = wrap(f"［表］{inlines_text(table.caption)}{unit}", width) if table.caption or unit else []
    rows = [[_cell_text(cell) for cell in row] for row in (*table.header, *table.body)]
    simple = all(cell.span == 1 and cell.rows == 1 for row in (*table.header, *table.body) for cell in row)
    widths = _widths(rows)
    if simple and rows and sum(widths) + 2 * (len(widths) - 1) <= width:
        aligned = [_aligned(row, widths, table) for row in rows]
        rule = "─" * (max(map(display_width, aligned), default=2) // 2)
        count = len(table.header)
        lines += [*aligned[:count], rule, *aligned[count:]] if count else aligned
    else:
        heads = rows[len(table.header) - 1] if table.header and simple else []
        for row in rows[len(table.header) :]:
            lines += _row_as_list(row, heads, width)
    for line in (*table.notes, table.source):
        if line:
            lines += _paragraph(line, width, "  ", "  ")
    return lines


def _cell_text(cell: TableCell) -> str:
    return "／".join(inlines_text(line).replace("\n", " ") for line in cell.lines)


def _widths(rows: list[list[str]]) -> list[int]:
    count = max((len(row) for row in rows), default=0)
    return [max((display_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(count)]


def _aligned(row: list[str], widths: list[int], table: Table) -> str:
    cells = []
    for at, cell in enumerate(row):
        blanks = " " * (widths[at] - display_width(cell))
        right = at < len(table.columns) and table.columns[at].align == "right"
        cells.append(blanks + cell if right else cell + blanks)
    return "  ".join(cells).rstrip()


def _row_as_list(row: list[str], heads: list[str], width: int) -> list[str]:
    lines = wrap(row[0], width, "・", "  ") if row else []
    for at, cell in enumerate(row[1:], start=1):
        if cell:
            label = f"{heads[at]}：" if at < len(heads) and heads[at] else ""
            lines += wrap(f"{label}{cell}", width, "    ", "    ")
    return lines
