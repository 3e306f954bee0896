"""One table of running text in its other forms: Markdown, CSV, TSV in CP932, a sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment

from reportkit.corpus.matrix import Matrix
from reportkit.sources.blocks import Block

_PERCENT = re.compile(r"(\d+)%")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*")

Rows = list[list[str]]


def table_rows(block: Block) -> Rows:
    width = max(len(row.cells) for row in block.rows)
    return [[row.cell(index) for index in range(width)] for row in block.rows]


def as_tabs(caption: str, rows: Rows, below: Sequence[str] = ()) -> bytes:
    return "\n".join([caption, "", *("\t".join(row) for row in rows), "", *below, ""]).encode()


def as_markdown(caption: str, rows: Rows, below: Sequence[str] = ()) -> bytes:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join([f"## {caption}", "", *lines, "", *below, ""]).encode()


def as_delimited(caption: str, rows: Rows, below: Sequence[str] = (), delimiter: str = ",") -> str:
    """As Excel writes it: every line has all its delimiters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    width = len(rows[0])
    for row in ([caption], [""], *rows, [""], *([line] for line in below)):
        writer.writerow([*row, *[""] * (width - len(row))])
    return out.getvalue()


def as_busy_workbook(tables: Sequence[tuple[str, Rows]]) -> bytes:
    """Tables below each other on one sheet with hidden rows, a comment, merged captions, an empty column A."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "集計"
    line = 2
    for caption, rows in tables:
        page.cell(line, 2, caption)
        page.merge_cells(start_row=line, end_row=line, start_column=2, end_column=1 + len(rows[0]))
        line += 2
        start = line
        for number, row in enumerate(rows):
            if number == len(rows) // 2:
                for column in range(2, 2 + len(row)):
                    page.cell(line, column, 999)
                page.row_dimensions[line].hidden = True
                line += 1
            for column, text in enumerate(row, start=2):
                _write(page.cell(line, column), text)
            line += 1
        page.cell(start + 1, 3).comment = Comment("架空のコメント", "架空")
        line += 2
    return saved(book)


def _write(cell: Cell, text: str) -> None:
    if percent := _PERCENT.fullmatch(text):
        cell.value = int(percent[1]) / 100
        cell.number_format = "0%"
    elif _NUMBER.fullmatch(text):
        cell.value = int(text.replace(",", ""))
        cell.number_format = "#,##0"
    elif text:
        cell.value = text


def as_workbook(caption: str, rows: Rows, below: Sequence[str] = (), sheet: str = "表1") -> bytes:
    """Numbers as numbers with a format, percentages as fractions shown with %."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page["A1"] = caption
    for line, row in enumerate(rows, start=3):
        for column, text in enumerate(row, start=1):
            _write(page.cell(line, column), text)
    for line, text in enumerate(below, start=len(rows) + 4):
        page.cell(line, 1, text)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def content(matrix: Matrix) -> tuple[object, ...]:
    """Everything that the table says, without where it says it."""

    def cell(item: object) -> object:
        return None if item is None else tuple(getattr(item, name) for name in ("value", "imputed", "rank", "spread"))

    return (
        matrix.id,
        matrix.unit,
        matrix.rows.labels,
        matrix.columns.labels,
        matrix.columns.spanners,
        [[cell(item) for item in row] for row in matrix.cells],
        [cell(item) for item in matrix.row_totals or ()],
        [cell(item) for item in matrix.column_totals or ()],
        cell(matrix.grand_total),
        matrix.merged,
        [quote.text for quote in matrix.notes],
        [quote.text for quote in matrix.question],
        matrix.multiple_answers,
        matrix.max_answers,
    )
