"""All matrices as a workbook that a person can work with: a list, a sheet for each matrix, the findings, every cell.

In: the corpus. Out: bytes of an .xlsx, the same for the same corpus. Values are numbers: percentages are true ones
(24% is 0.24, shown as 24%), amounts stand in the unit that the head of the sheet names. Marks of the source are part of
the number format, so that a marked value is still a number: `38%*` imputed, `69%+` from a merged cell, `r10 3,711` with
its rank mark. A cell with a finding is yellow; the finding stands below the table and names the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.text import display_width
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix, MergedGroup
from reportkit.project.records import matrix_records, number
from reportkit.project.tables import fill_flat_sheet, finished, new_book, set_value
from reportkit.views.doubts import Doubts, index_findings
from reportkit.views.intervals import cell_interval

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_UNKNOWN_BASE = "n不明"
_SEVERITIES = {"error": "誤り", "warning": "警告", "note": "注記"}
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LIST, _FINDINGS, _CELLS = "目次", "指摘", "全セル"
_GREY, _BLUE, _YELLOW, _HEAD = "FFEDEDED", "FFE3ECF7", "FFFFF2B3", "FFD9E1EC"
_LEGEND = (
    "印：38%* ＝補完された値（灰）、69%+ ＝結合セルから展開した値（青）、r10 3,711 ＝値の前に番号10、"
    "黄＝指摘のある値、空欄＝質問なし（0ではない）"
)


def write_matrix_book(corpus: Corpus) -> bytes:
    """Return the workbook; a corpus without matrices gives one with an empty list."""
    book, first = new_book()
    doubts = index_findings(corpus.findings)
    names = _sheet_names(corpus.matrices)
    first.title = _LIST
    pages = [
        _Page(book.create_sheet(name), matrix, corpus, doubts)
        for matrix, name in zip(corpus.matrices, names, strict=True)
    ]
    for page in pages:
        page.fill()
    _fill_list(first, pages, corpus)
    _fill_findings(book.create_sheet(_FINDINGS), pages, corpus)
    fill_flat_sheet(book.create_sheet(_CELLS), matrix_records(corpus))
    return finished(book)


def _sheet_names(matrices: Sequence[Matrix]) -> list[str]:
    """Return a name for each sheet: the id, in at most 31 allowed characters, none twice (Excel ignores case)."""
    taken = {name.casefold() for name in (_LIST, _FINDINGS, _CELLS)}
    names = []
    for matrix in matrices:
        stem = _NO_SHEET_NAME.sub("-", matrix.id)[:31] or "matrix"
        name, count = stem, 2
        while name.casefold() in taken:
            name, count = f"{stem[:27]}-{count}", count + 1
        taken.add(name.casefold())
        names.append(name)
    return names


# --- one matrix ------------------------------------------------------------------------------------------------------


class _Page:
    """The sheet of one matrix being filled."""

    def __init__(self, sheet: Worksheet, matrix: Matrix, corpus: Corpus, doubts: Doubts) -> None:
        self.sheet, self.matrix, self.corpus, self.doubts = sheet, matrix, corpus, doubts
        self.findings = doubts.about(f"matrix:{matrix.id}")
        self.places: dict[tuple[str, str], str] = {}  # where a cell stands on the sheet: B7
        self.line = 0
        self.columns = [*matrix.columns.labels, *((matrix.row_total_kind,) if matrix.row_total_kind else ())]
        self.first = 3 if matrix.bases else 2  # sheet column of the first value
        self.stub = min(44, max(map(display_width, matrix.rows.labels), default=0) + 12)
        self.has_intervals = any(
            cell_interval(matrix, row, column) for row in matrix.rows.labels for column in matrix.columns.labels
        )

    def fill(self) -> None:
        """Write head, table, intervals, notes and findings."""
        matrix = self.matrix
        source = self.corpus.source(matrix.origin.source)
        self._text(matrix.title, bold=True)
        self._text(f"行列 {matrix.id}　単位：{matrix.unit or 'なし'}　場所：{matrix.origin.place()}")
        self._text(f"出典：{(source.publication or source.title) if source else matrix.origin.source}")
        self._text(_LEGEND)
        self.line += 1
        self._header()
        head = self.line
        for row in matrix.rows.labels:
            self._row(row)
        if matrix.column_total_kind is not None:
            self._row(matrix.column_total_kind)
        self.sheet.freeze_panes = self.sheet.cell(head + 1, self.first).coordinate
        self._widths(head)
        if self.has_intervals:
            self._intervals()
        self._around()
        self._findings()
        _one_page_wide(self.sheet)
        self.sheet.print_title_rows = f"{head}:{head}"

    def _text(self, text: str, *, bold: bool = False) -> None:
        self.line += 1
        self._put(1, text, bold=bold)

    def _sentence(self, text: str) -> None:
        """Write a long text over the whole width of the table, in as many lines as it needs."""
        self._text(text)
        last = max(self.first + len(self.columns), 6)
        self.sheet.merge_cells(start_row=self.line, end_row=self.line, start_column=1, end_column=last)
        self._put(1, text, wrap=True)
        width = self.stub + (8 if self.first > 2 else 0) + 14 * len(self.columns) + 28
        self.sheet.row_dimensions[self.line].height = 15 * (display_width(text) // max(1, width - 4) + 1)

    def _put(self, column: int, value: object, *, bold: bool = False, fill: str = "", wrap: bool = False) -> Any:
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = set_value(self.sheet.cell(self.line, column), value)
        if bold:
            cell.font = Font(bold=True)
        if fill:
            cell.fill = PatternFill("solid", start_color=fill)
        if wrap:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell

    def _header(self) -> None:
        spanners = self.matrix.columns.spanners
        for level in range(max(map(len, spanners), default=0)):
            self.line += 1
            for index, levels in enumerate(spanners):
                before = spanners[index - 1][: level + 1] if index else ()
                if level < len(levels) and levels[: level + 1] != before:
                    self._put(self.first + index, levels[level], bold=True)
        self.line += 1
        names = ["", *(("n",) if self.matrix.bases else ()), *self.columns, "出典の行"]
        for column, name in enumerate(names, start=1):
            self._put(column, name, bold=True, fill=_HEAD, wrap=True)

    def _row(self, row: str) -> None:
        from openpyxl.styles import Alignment

        matrix = self.matrix
        self.line += 1
        total = row == matrix.column_total_kind
        self._put(1, row, bold=total)
        if matrix.bases and not total:
            base = matrix.base(row)
            known = base is not None and base.value is not None
            count = self._put(2, number(base.value) if base is not None and known else _UNKNOWN_BASE)
            count.number_format = "#,##0"
        origins = []
        for column, name in enumerate(self.columns, start=self.first):
            cell = matrix.cell(row, name)
            if cell is None:
                continue
            origins.append(cell.origin)
            self._value(column, row, name, cell, bold=total)
        place = self._put(self.first + len(self.columns), _lines(origins))
        place.alignment = Alignment(indent=1)

    def _value(self, column: int, row: str, name: str, cell: Cell, *, bold: bool) -> None:
        doubtful = bool(self.doubts.about_cell(self.matrix.id, row, name))
        fill = _YELLOW if doubtful else _GREY if cell.imputed else _BLUE if cell.spread else ""
        if cell.value is None:
            written = self._put(column, None, fill=fill)
        else:
            percent = self.matrix.unit == "%"
            value = cell.value / 100 if percent else cell.value
            written = self._put(column, number(value), bold=bold, fill=fill)
            written.number_format = _format(cell, percent=percent)
        self.places[row, name] = written.coordinate

    def _widths(self, head: int) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet.column_dimensions["A"].width = self.stub
        for column in range(2, self.first + len(self.columns)):
            self.sheet.column_dimensions[get_column_letter(column)].width = 8 if column < self.first else 14
        self.sheet.column_dimensions[get_column_letter(self.first + len(self.columns))].width = 28
        longest = max(map(display_width, self.columns))
        self.sheet.row_dimensions[head].height = 15 * min(10, longest // 12 + 1)

    # --- below the table

    def _intervals(self) -> None:
        self.line += 1
        self._text("95%信頼区間（ウィルソン区間、無作為抽出を仮定した目安。空欄とここにない行は算出しない）", bold=True)
        for row in self.matrix.rows.labels:
            if not any(cell_interval(self.matrix, row, column) for column in self.matrix.columns.labels):
                continue
            self.line += 1
            for at, bound in enumerate(("下限", "上限")):
                self.line += at
                self._put(1, f"{row}　{bound}")
                for column, name in enumerate(self.matrix.columns.labels, start=self.first):
                    interval = cell_interval(self.matrix, row, name)
                    if interval is not None:
                        self._put(column, number(interval[at] / 100)).number_format = "0.0%"

    def _around(self) -> None:
        matrix = self.matrix
        texts = [f"注：{quote.text}" for quote in matrix.notes]
        texts += [f"質問文：{quote.text}" for quote in matrix.question]
        texts += [f"単位：{matrix.unit_note}"] if matrix.unit_note else []
        texts += [_merged_text(group) for group in matrix.merged]
        if matrix.unknown_bases:
            texts.append(f"{_UNKNOWN_BASE}：{'、'.join(matrix.unknown_bases)} の回答者数は資料に示されていません")
        if texts:
            self.line += 1
        for text in texts:
            self._sentence(text)

    def _findings(self) -> None:
        if not self.findings:
            return
        self.line += 1
        self._text(f"指摘（{len(self.findings)}件）", bold=True)
        for finding in self.findings:
            text = f"{self.cells_of(finding)}{finding.message} → {finding.fix}"
            self._sentence(f"{_SEVERITIES[finding.severity]}：{text}")

    def cells_of(self, finding: Finding) -> str:
        """Return the cells of this sheet that a finding names (`［F9、F10］`), "" for none."""
        names = [
            place
            for (row, column), place in self.places.items()
            if f"cell:{self.matrix.id}/{row}/{column}" in finding.subjects
        ]
        more = f" ほか{len(names) - 6}" if len(names) > 6 else ""
        return f"［{'、'.join(names[:6])}{more}］" if names else ""


def _format(cell: Cell, *, percent: bool) -> str:
    """Return the number format: decimals as printed, marks as fixed text around the number."""
    value = cell.value or Decimal(0)
    exponent = value.as_tuple().exponent
    decimals = min(-exponent, 10) if isinstance(exponent, int) and exponent < 0 else 0
    body = ("0" if percent else "#,##0") + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
    before = f'"r{cell.rank} "' if cell.rank is not None else ""
    after = ("*" if cell.imputed else "") + ("+" if cell.spread else "")
    return f'{before}{body}"{after}"' if after else before + body


def _merged_text(group: MergedGroup) -> str:
    return f"結合：{'、'.join(group.labels)} は一つの欄（値は「{group.printed_on}」の行に印刷）"


def _lines(origins: Sequence[Origin]) -> str:
    """Return the place of a row: one line, or the lines where its values stand."""
    lines = sorted({(origin.source, origin.sheet, origin.line) for origin in origins})
    return "、".join(Origin(source, line, sheet=sheet).place() for source, sheet, line in lines[:3])


# --- the sheets around -----------------------------------------------------------------------------------------------


def _one_page_wide(sheet: Worksheet) -> None:
    """Let the sheet be printed across one page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill_list(sheet: Worksheet, pages: Sequence[_Page], corpus: Corpus) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    header = ("行列", "題名", "単位", "行", "列", "指摘", "場所", "出典")
    for column, text in enumerate(header, start=1):
        cell = set_value(sheet.cell(1, column), text)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color=_HEAD)
    for line, page in enumerate(pages, start=2):
        matrix = page.matrix
        source = corpus.source(matrix.origin.source)
        values = (
            matrix.id,
            matrix.title,
            matrix.unit,
            len(matrix.rows.labels),
            len(matrix.columns.labels),
            len(page.findings),
            matrix.origin.place(),
            (source.publication or source.title) if source else "",
        )
        for column, value in enumerate(values, start=1):
            set_value(sheet.cell(line, column), value)
        link = sheet.cell(line, 1)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{page.sheet.title}'!A1")
        link.font = Font(underline="single", color="FF1F4E9E")
    for letter, width in zip("ABCDEFGH", (24, 48, 8, 6, 6, 6, 36, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    _one_page_wide(sheet)
    sheet.freeze_panes = "A2"


def _fill_findings(sheet: Worksheet, pages: Sequence[_Page], corpus: Corpus) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    header = ("区分", "コード", "行列", "欄", "指摘", "対処", "場所", "根拠")
    widths = (8, 22, 22, 18, 60, 44, 36, 60)
    rows = list(_finding_rows(pages, corpus))
    for line, values in enumerate((header, *rows), start=1):
        for column, value in enumerate(values, start=1):
            cell = set_value(sheet.cell(line, column), value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if line == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color=_HEAD)
        lines = [
            sum(display_width(piece) // width + 1 for piece in value.split("\n"))
            for value, width in zip(values, widths, strict=True)
        ]
        sheet.row_dimensions[line].height = 15 * min(27, max(lines))
    for letter, width in zip("ABCDEFGH", widths, strict=True):
        sheet.column_dimensions[letter].width = width
    _one_page_wide(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:H{len(rows) + 1}"


def _finding_rows(pages: Sequence[_Page], corpus: Corpus) -> Iterator[tuple[str, ...]]:
    for finding in corpus.findings:
        concerned = [page for page in pages if finding in page.findings]
        if not concerned:
            continue
        cells = "、".join(f"{page.sheet.title}{page.cells_of(finding)}" for page in concerned if page.cells_of(finding))
        evidence = "\n".join(
            f"{item.label}：{item.text}{f'（{item.origin.place()}）' if item.origin else ''}"
            for item in finding.evidence[:8]
        )
        yield (
            _SEVERITIES[finding.severity],
            finding.code,
            "、".join(page.matrix.id for page in concerned),
            cells,
            finding.message,
            finding.fix,
            finding.origin.place() if finding.origin else "",
            evidence,
        )
