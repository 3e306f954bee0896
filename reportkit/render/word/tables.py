"""Tables: `Table` in, caption, unit line, `w:tbl`, 出典 line and notes out.

Widths are fixed from the columns' weights. Rows do not break across pages unless a row is so high that it could not
stand on one; header rows are repeated. A short table is kept on one page with its caption and source line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from reportkit.base.errors import Problem, RenderError
from reportkit.document import inline
from reportkit.document.inline import FactRef, Footnote, Inline, LineBreak, Link, Quoted, Strong, Text, plain_text
from reportkit.document.table import Align, Emphasis, Table, TableCell
from reportkit.render.word.assembly import Assembly
from reportkit.render.word.inlines import PLAIN, Look, runs_xml
from reportkit.render.word.markup import escape
from reportkit.render.word.paragraphs import below_exhibit_xml, caption_xml, spacer_xml, words_xml

_SHORT = 0.35  # a table up to this share of a page is not broken at all; a heat map, which is seen as a whole, up to
_SHORT_HEAT_MAP = 0.85
_TALL = 0.4  # a row above this share of a page may break inside
# For these decisions only, in twips: height of a line and width of a half-width character; space around text.
_LINE, _SMALL_LINE = (260, 100), (230, 90)
_PADDING, _ROW_PADDING = 170, 100
_LOOK = '<w:tblLook w:val="0420"/>'  # header row and horizontal bands, no vertical ones
_EMPTY = "（該当するデータなし）"


@dataclass(slots=True)
class _Merge:
    """A merged stub while its rows are written: how many rows are left, and the cell that began it."""

    rows: int
    cell: TableCell


class _Row(NamedTuple):
    """What the cells of a row have in common.

    text, bullets: how their paragraphs begin. header, last: it is a header row, the last of them. splits: it may break
    across pages. fill: of cells that ask for none, "" for none. emphasis: of the first cell, which speaks for the row.
    """

    text: str
    bullets: str
    header: bool = False
    last: bool = False
    splits: bool = False
    fill: str = ""
    emphasis: Emphasis = ""


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
        parts.append(words_xml("unit", (Quoted(table.unit),), assembly, keep_next=True))
    label = f"表{assembly.tables}" if table.caption else ""
    parts.append(_Grid(table, assembly, width, label).xml())
    parts.append(below_exhibit_xml(table.source, table.notes, assembly) or spacer_xml(assembly))
    return "".join(parts)


class _Grid:
    """One `w:tbl` while it is written."""

    def __init__(self, table: Table, assembly: Assembly, width: int, label: str) -> None:
        if not table.columns:
            raise RenderError(Problem("列のない表です", "表に Column を一つ以上与えてください", f"表 {table.id}"))
        self.table = table
        self.assembly = assembly
        self.ledger = assembly.ledger
        self.mark = assembly.ledger.begin_table()
        self.label = label
        self.keep_last = bool(table.source or table.notes)
        self.widths = _column_widths(tuple(column.weight for column in table.columns), width)
        self.merges: dict[int, _Merge] = {}
        small = table.small or table.kind == "heatmap"
        suffix = "-small" if small else ""
        self.line, self.column = _SMALL_LINE if small else _LINE
        styles = assembly.base.styles
        self.text_style, self.header_style = styles[f"table-text{suffix}"], styles[f"table-header{suffix}"]
        self.bullet_style = styles[f"table-bullet{suffix}"]
        number = assembly.base.lists[f"table-bullet{suffix}"]
        self.bullet_link = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        self.body_align = '<w:vAlign w:val="center"/>' if table.kind == "heatmap" else ""
        self.openings = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>' for width in self.widths]

    def xml(self) -> str:
        """Return the table element."""
        table, base = self.table, self.assembly.base
        total = sum(self.widths)
        title = escape(plain_text(table.caption) or table.id)
        head = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{base.styles[table.kind]}"/><w:tblW w:w="{total}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{_LOOK}<w:tblCaption w:val="{title}"/>'
            + (f'<w:tblDescription w:val="{escape(table.summary)}"/>' if table.summary else "")
            + "</w:tblPr><w:tblGrid>"
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
            + "</w:tblGrid>"
        )
        body = table.body or ((TableCell(((Text(_EMPTY),),), emphasis="muted", span=len(table.columns)),),)
        heights = [self._height(cells) for cells in body]
        page = base.text_height
        share = _SHORT_HEAT_MAP if table.kind == "heatmap" else _SHORT
        keep_all = sum(heights) + sum(self._height(cells) for cells in table.header) <= share * page
        last_header, last = len(table.header) - 1, len(body) - 1
        header_text = _paragraph(self.header_style, keep=True)
        rows = [
            self._row(cells, _Row(header_text, header_text, header=True, last=index == last_header))
            for index, cells in enumerate(table.header)
        ]
        self.merges.clear()
        stripe = base.palette.stripe if table.kind == "data" else ""
        for index, cells in enumerate(body):
            splits = heights[index] > _TALL * page
            keep = (self.keep_last if index == last else keep_all or index in {0, last - 1}) and not splits
            text = _paragraph(self.text_style, keep=keep)
            bullets = _paragraph(self.bullet_style, keep=keep) + self.bullet_link
            fill = stripe if index % 2 else ""
            emphasis = cells[0].emphasis if cells else ""
            rows.append(self._row(cells, _Row(text, bullets, splits=splits, fill=fill, emphasis=emphasis)))
        self.ledger.end_table(table, self.label, title)
        return f"{head}{''.join(rows)}</w:tbl>"

    def _height(self, row: tuple[TableCell, ...]) -> int:
        """Estimate the height of a row in twips, rather too high than too low."""
        highest = 1
        place = 0
        for cell in row:
            span = cell.span
            width = (
                self.widths[place] if span == 1 and place < len(self.widths) else sum(self.widths[place : place + span])
            )
            per_line = max(1, (width - _PADDING) // self.column)
            lines = 0
            for line in cell.lines:
                lines += 1 + _length(line) // per_line
            if cell.rows > 1:
                lines //= cell.rows
            if lines > highest:
                highest = lines
            place += span
        return highest * self.line + _ROW_PADDING

    def _row(self, cells: tuple[TableCell, ...], row: _Row) -> str:
        split = "" if row.splits else "<w:cantSplit/>"
        parts = [f"<w:tr><w:trPr>{split}{'<w:tblHeader/>' if row.header else ''}</w:trPr>"]
        columns = len(self.widths)
        waiting = iter(cells)
        said: list[str] = []
        place = 0
        while place < columns:
            merge = self.merges.get(place) if self.merges else None
            if merge is not None:
                merge.rows -= 1
                if not merge.rows:
                    del self.merges[place]
                span = min(max(1, merge.cell.span), columns - place)
                parts.append(self._cell(merge.cell, place, span, row, "<w:vMerge/>"))
                said.append("")
            else:
                cell = next(waiting, _BLANK)
                span = 1 if cell.span <= 1 else min(cell.span, columns - place)
                begin = ""
                if cell.rows > 1:
                    self.merges[place] = _Merge(cell.rows - 1, cell)
                    begin = '<w:vMerge w:val="restart"/>'
                words: list[str] = []
                self.ledger.row = words
                parts.append(self._cell(cell, place, span, row, begin))
                said.append(words[0] if len(words) == 1 else "".join(words))
            place += span
        if next(waiting, None) is not None:
            raise RenderError(
                Problem(
                    f"列数（{columns}）より多いセルを持つ行があります",
                    "columns と、結合（span・rows）で隠れるセルを除いた行の長さを合わせてください",
                    f"表 {self.table.id}",
                )
            )
        parts.append("</w:tr>")
        self.ledger.row = None
        self.ledger.end_row(said, header=row.header)
        return "".join(parts)

    def _cell(self, cell: TableCell, place: int, span: int, row: _Row, merge: str) -> str:
        opening = self.openings[place] if span == 1 else self._spanner(place, span)
        look, fill = self._look(cell, place, row)
        shade = f'<w:shd w:val="clear" w:fill="{fill}"/>' if fill else ""
        rules = self._rules(cell, row, span) if row.header or row.emphasis or cell.emphasis else ""
        align = '<w:vAlign w:val="bottom"/>' if row.header else self.body_align
        head = f"{opening}{merge}{rules}{shade}{align}</w:tcPr>"
        start = row.bullets if cell.bullets else row.text
        if merge == "<w:vMerge/>" or not cell.lines:
            return f"{head}{start}</w:pPr>{self._table_mark()}</w:p></w:tc>"
        if row.header or not cell.bullets:
            start += _ALIGNED[self._align(cell, place, span, row.header)]
        start += "</w:pPr>"
        mark = self._table_mark() if self.mark else ""
        if len(cell.lines) == 1:
            return f"{head}{start}{mark}{runs_xml(cell.lines[0], self.assembly, look)}</w:p></w:tc>"
        parts = [head]
        for number, line in enumerate(cell.lines):
            if number:
                self.ledger.words("\n")
            parts += (start, mark, runs_xml(line, self.assembly, look), "</w:p>")
            mark = ""
        parts.append("</w:tc>")
        return "".join(parts)

    def _spanner(self, place: int, span: int) -> str:
        width = sum(self.widths[place : place + span])
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'

    def _table_mark(self) -> str:
        """Return the bookmark by which the table is found again, once."""
        mark, self.mark = self.mark, ""
        return mark

    def _align(self, cell: TableCell, place: int, span: int, header: bool) -> Align:
        if cell.align != "left":
            return cell.align
        if span > 1:
            return "center" if header else "left"
        return self.table.columns[place].align

    def _look(self, cell: TableCell, place: int, row: _Row) -> tuple[Look, str]:
        """Return how the cell's words look, and its fill ("" for none)."""
        if cell.shade is not None:
            shade = self.assembly.base.palette.shade(cell.shade)
            return Look(bold=cell.emphasis in _BOLD, colour=shade.ink), shade.fill
        profile = self.table.kind == "profile" and not row.header
        if not cell.emphasis and not profile:
            return PLAIN, row.fill
        palette = self.assembly.base.palette
        if cell.emphasis == "subject":
            return Look(bold=True, colour=palette.subject_ink), palette.subject
        if cell.emphasis == "total":
            return _STRONG, "" if self.table.kind == "plain" else palette.total
        if profile and place == 0:
            return Look(bold=True, colour=palette.navy), palette.stripe
        if cell.emphasis:
            return _STRONG if cell.emphasis == "strong" else Look(colour=palette.muted), row.fill
        return PLAIN, row.fill

    def _rules(self, cell: TableCell, row: _Row, span: int) -> str:
        """Return the rules of a cell that differ from its table style's, "" for none."""
        palette = self.assembly.base.palette
        kind = self.table.kind
        if row.header:
            if kind == "plain" or (cell.rows > 1 and not row.last):
                return ""
            # The white grid of a heat map is broad; a rule must be broader to be seen.
            broad = 12 if kind == "heatmap" else 8
            return _borders(bottom=(broad, palette.navy if row.last or span > 1 else "FFFFFF"))
        if cell.emphasis == "subject" and kind == "heatmap":
            rule = (14, palette.accent)
            return _borders(top=rule, bottom=rule) if row.emphasis == "subject" else _borders(left=rule, right=rule)
        if row.emphasis == "total" and kind in {"data", "profile"}:
            return _borders(top=(6, palette.navy))
        return ""


_Rule = tuple[int, str]  # eighths of a point, RRGGBB


@lru_cache(maxsize=64)
def _borders(
    top: _Rule | None = None, left: _Rule | None = None, bottom: _Rule | None = None, right: _Rule | None = None
) -> str:
    """Return the rules of a cell, in schema order."""
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    rules = "".join(f'<w:{side} w:val="single" w:sz="{rule[0]}" w:color="{rule[1]}"/>' for side, rule in sides if rule)
    return f"<w:tcBorders>{rules}</w:tcBorders>"


def _paragraph(style: str, *, keep: bool) -> str:
    """Return how a paragraph of a cell begins, up to where numbering and alignment stand."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'


_ALIGNED: Mapping[Align, str] = MappingProxyType(
    {"left": "", "right": '<w:jc w:val="right"/>', "center": '<w:jc w:val="center"/>'}
)
_BLANK = TableCell(())
_BOLD = ("strong", "subject", "total")
_STRONG = Look(bold=True)


def _column_widths(weights: tuple[float, ...], width: int) -> tuple[int, ...]:
    """Return whole twips that add up to `width`, in proportion to the weights; one that is not positive counts 1."""
    sound = [weight if weight > 0 else 1.0 for weight in weights]
    total = sum(sound)
    ends = [round(width * end / total) for end in accumulate(sound)]
    return tuple(max(1, end - start) for start, end in zip([0, *ends], ends, strict=False))


def _length(inlines: tuple[Inline, ...]) -> int:
    """Return about how many half-width columns a line takes; cheap, since every cell is measured."""
    length = 0
    for part in inlines:
        if isinstance(part, (Text, Quoted)):
            text = part.text
        elif isinstance(part, FactRef):
            text = part.fact.text
        else:
            length += _length_of_mark(part)
            continue
        length += len(text) if text.isascii() else 2 * len(text)
    return length


def _length_of_mark(part: Strong | inline.Emphasis | Link | LineBreak | Footnote) -> int:
    match part:
        case LineBreak():
            return 40
        case Footnote():
            return 0
        case _:
            return _length(part.children)
