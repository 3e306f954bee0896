"""Tables: `Table` in, caption, unit line, `w:tbl`, 出典 line and notes out.

Widths are fixed from the columns' weights. Rows do not break across pages unless a row is so high that it could not
stand on one; header rows are repeated. A short table is kept on one page with its caption and source line.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from reportkit.base.errors import Problem, RenderError
from reportkit.document.inline import Emphasis, FactRef, Inline, LineBreak, Link, Quoted, Strong, Text, plain_text
from reportkit.document.table import Align, Table, TableCell
from reportkit.render.word.assembly import Assembly, escape
from reportkit.render.word.inlines import PLAIN, Look, runs_xml, text_run
from reportkit.render.word.paragraphs import below_exhibit_xml, caption_xml, paragraph_xml, spacer_xml

_SHORT = 0.45  # a table up to this share of a page is not broken at all
_TALL = 0.4  # a row above this share of a page may break inside
_LINE = 270  # twips, height of a line in a table (small tables: less; only for the two decisions above)
_EMPTY = "（該当するデータなし）"


@dataclass(slots=True)
class _Merge:
    """A merged stub while its rows are written: how many rows are left, and the cell that began it."""

    rows: int
    cell: TableCell


def table_xml(table: Table, assembly: Assembly, width: int) -> str:
    """Return the table with everything that belongs to it. width: twips.

    Raises `RenderError` for a table without columns and for rows with more cells than columns.
    """
    parts = []
    if table.caption:
        assembly.tables += 1
        parts.append(caption_xml("表", "Table", assembly.tables, table.caption, assembly))
    elif assembly.break_pending:
        parts.append(spacer_xml(assembly, keep_next=True))
    if table.unit:
        parts.append(paragraph_xml("unit", text_run(table.unit, assembly), assembly, keep_next=True))
    below = below_exhibit_xml(table.source, table.notes, assembly)
    parts.append(_Grid(table, assembly, width, keep_last=bool(below)).xml())
    parts.append(below or spacer_xml(assembly))
    return "".join(parts)


class _Grid:
    """One `w:tbl` while it is written."""

    def __init__(self, table: Table, assembly: Assembly, width: int, keep_last: bool) -> None:
        if not table.columns:
            raise RenderError(Problem("列のない表です", "表に Column を一つ以上与えてください", f"表 {table.id}"))
        self.table = table
        self.assembly = assembly
        self.keep_last = keep_last
        self.widths = _column_widths(tuple(column.weight for column in table.columns), width)
        self.merges: dict[int, _Merge] = {}
        suffix = "-small" if table.small or table.kind == "heatmap" else ""
        self.text_part, self.header_part, self.bullet_part = (
            f"table-text{suffix}",
            f"table-header{suffix}",
            f"table-bullet{suffix}",
        )
        styles = assembly.base.styles
        self.text_style, self.header_style = styles[self.text_part], styles[self.header_part]
        self.bullet_style = styles[self.bullet_part]
        self.bullet_list = assembly.base.lists[self.bullet_part]
        self.zebra = False

    def xml(self) -> str:
        """Return the table element."""
        table, base = self.table, self.assembly.base
        total = sum(self.widths)
        title = escape(plain_text(table.caption) or table.id)
        head = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{base.styles[table.kind]}"/><w:tblW w:w="{total}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{title}"/>'
            + (f'<w:tblDescription w:val="{escape(table.summary)}"/>' if table.summary else "")
            + "</w:tblPr><w:tblGrid>"
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
            + "</w:tblGrid>"
        )
        body = table.body or ((TableCell(((Text(_EMPTY),),), emphasis="muted", span=len(table.columns)),),)
        header_heights = [self._height(row) for row in table.header]
        heights = [self._height(row) for row in body]
        page = base.text_height
        keep_all = sum(header_heights) + sum(heights) <= _SHORT * page
        last = len(body) - 1
        rows = [
            self._row(row, header=True, keep=True, splits=False, last=index == len(table.header) - 1)
            for index, row in enumerate(table.header)
        ]
        self.merges.clear()
        for index, row in enumerate(body):
            splits = heights[index] > _TALL * page
            near_edge = index == 0 or index == last - 1
            keep = (index < last and (keep_all or near_edge)) or (index == last and self.keep_last)
            self.zebra = index % 2 == 1
            rows.append(self._row(row, header=False, keep=keep and not splits, splits=splits, last=index == last))
        return f"{head}{''.join(rows)}</w:tbl>"

    def _height(self, row: tuple[TableCell, ...]) -> int:
        """Estimate the height of a row in twips, generously: every character as wide as a Japanese one."""
        highest = 1
        place = 0
        for cell in row:
            span = max(1, cell.span)
            width = sum(self.widths[place : place + span]) - 170
            per_line = max(1, width // (160 if self.table.small else 180))
            lines = sum(1 + _length(line) // per_line for line in cell.lines)
            highest = max(highest, lines // max(1, cell.rows))
            place += span
        return highest * _LINE + 100

    def _row(self, row: tuple[TableCell, ...], *, header: bool, keep: bool, splits: bool, last: bool) -> str:
        parts = ["<w:tr><w:trPr>"]
        if not splits:
            parts.append("<w:cantSplit/>")
        if header:
            parts.append("<w:tblHeader/>")
        parts.append("</w:trPr>")
        about_row = bool(row) and row[0].emphasis == "subject"
        columns = len(self.widths)
        cells = iter(row)
        place = 0
        while place < columns:
            merge = self.merges.get(place)
            if merge is not None:
                merge.rows -= 1
                if not merge.rows:
                    del self.merges[place]
                span = max(1, merge.cell.span)
                parts.append(self._cell(merge.cell, place, span, header, keep, last, about_row, "continue"))
            else:
                cell = next(cells, _BLANK)
                span = min(max(1, cell.span), columns - place)
                begin = ""
                if cell.rows > 1:
                    self.merges[place] = _Merge(cell.rows - 1, cell)
                    begin = "restart"
                parts.append(self._cell(cell, place, span, header, keep, last, about_row, begin))
            place += span
        if next(cells, None) is not None:
            raise RenderError(
                Problem(
                    f"列数（{columns}）より多いセルを持つ行があります",
                    "columns と、結合（span・rows）で隠れるセルを除いた行の長さを合わせてください",
                    f"表 {self.table.id}",
                )
            )
        parts.append("</w:tr>")
        return "".join(parts)

    def _cell(
        self,
        cell: TableCell,
        place: int,
        span: int,
        header: bool,
        keep: bool,
        last: bool,
        about_row: bool,
        merge: str,
    ) -> str:
        width = self.widths[place] if span == 1 else sum(self.widths[place : place + span])
        look, fill = self._look(cell, place, header)
        parts = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>']
        if span > 1:
            parts.append(f'<w:gridSpan w:val="{span}"/>')
        if merge:
            parts.append(f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>")
        parts.append(self._borders(cell, header, last, about_row, span))
        if fill:
            parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>')
        if header:
            parts.append('<w:vAlign w:val="bottom"/>')
        elif self.table.kind == "heatmap":
            parts.append('<w:vAlign w:val="center"/>')
        parts.append("</w:tcPr>")
        style = self.header_style if header else self.text_style
        start = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
        if merge == "continue" or not cell.lines:
            parts.append(f"{start}</w:pPr></w:p></w:tc>")
            return "".join(parts)
        if cell.bullets and not header:
            start = f'<w:p><w:pPr><w:pStyle w:val="{self.bullet_style}"/>{"<w:keepNext/>" if keep else ""}'
            start += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.bullet_list}"/></w:numPr>'
        align = self._align(cell, place, span, header)
        start += "</w:pPr>" if align == "left" or cell.bullets else f'<w:jc w:val="{align}"/></w:pPr>'
        for line in cell.lines:
            parts += (start, runs_xml(line, self.assembly, look), "</w:p>")
        parts.append("</w:tc>")
        return "".join(parts)

    def _align(self, cell: TableCell, place: int, span: int, header: bool) -> Align:
        if cell.align != "left":
            return cell.align
        if span > 1:
            return "center" if header else "left"
        return self.table.columns[place].align

    def _look(self, cell: TableCell, place: int, header: bool) -> tuple[Look, str]:
        """Return how the cell's words look, and its fill ("" for none)."""
        palette = self.assembly.base.palette
        kind = self.table.kind
        if cell.shade is not None:
            shade = palette.shade(cell.shade)
            return Look(bold=cell.emphasis in _BOLD, colour=shade.ink), shade.fill
        if cell.emphasis == "subject":
            return Look(bold=True, colour=palette.subject_ink), palette.subject
        if cell.emphasis == "total":
            return _STRONG, palette.total if kind != "plain" else ""
        look = _STRONG if cell.emphasis == "strong" else PLAIN
        if cell.emphasis == "muted":
            look = Look(colour=palette.muted)
        if header or kind in {"plain", "heatmap"}:
            return look, ""
        if kind == "profile":
            return (Look(bold=True, colour=palette.navy), palette.stripe) if place == 0 else (look, "")
        return look, palette.stripe if self.zebra else ""

    def _borders(self, cell: TableCell, header: bool, last: bool, about_row: bool, span: int) -> str:
        """Return the rules of a cell that differ from its table style's."""
        palette = self.assembly.base.palette
        if header:
            if self.table.kind == "plain":
                return ""
            if last or cell.rows > 1:
                return f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{palette.navy}"/></w:tcBorders>'
            rule = palette.navy if span > 1 else "FFFFFF"
            return f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/></w:tcBorders>'
        if cell.emphasis == "subject" and self.table.kind == "heatmap":
            rule = f'w:val="single" w:sz="14" w:space="0" w:color="{palette.accent}"/>'
            if about_row:
                return f"<w:tcBorders><w:top {rule}<w:bottom {rule}</w:tcBorders>"
            return f"<w:tcBorders><w:left {rule}<w:right {rule}</w:tcBorders>"
        if cell.emphasis == "total" and self.table.kind in {"data", "profile"}:
            return f'<w:tcBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="{palette.navy}"/></w:tcBorders>'
        return ""


_BLANK = TableCell(())
_BOLD = ("strong", "subject", "total")
_STRONG = Look(bold=True)


def _column_widths(weights: tuple[float, ...], width: int) -> tuple[int, ...]:
    """Return whole twips that add up to `width`, in proportion to the weights; a weight that is not positive counts 1."""
    sound = [weight if weight > 0 else 1.0 for weight in weights]
    total = sum(sound)
    ends = [round(width * end / total) for end in accumulate(sound)]
    return tuple(max(1, end - start) for start, end in zip([0, *ends], ends, strict=False))


def _length(inlines: tuple[Inline, ...]) -> int:
    """Return the number of characters of a line, without joining them."""
    length = 0
    for inline in inlines:
        match inline:
            case Text(text) | Quoted(text):
                length += len(text)
            case FactRef(fact):
                length += len(fact.text)
            case Strong(children) | Emphasis(children) | Link(children):
                length += _length(children)
            case LineBreak():
                length += 20
    return length
