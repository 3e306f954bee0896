"""The workbook embedded beside a native chart: one sheet, same bytes for the same columns, nothing that computes.

In: `Column` values whose cells are already text. Out: an .xlsx that Excel, LibreOffice and openpyxl open. All words are
inline strings, so that a cell that begins with = stays words; there are no formulas, links or macros.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportkit.base.text import display_width
from reportkit.render.word.charts.markup import EAST_ASIAN_FONT
from reportkit.render.word.markup import escape
from reportkit.render.word.package import Part, deflated_part, kept_part, pack_parts

SHEET = "Sheet1"
DATE_FORMAT = 'yyyy"年"m"月"d"日"'

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAX_CELL = 32_000  # Excel holds 32,767 characters in a cell
_HEADER_STYLE, _TEXT_STYLE, _FIRST_NUMBER_STYLE = 1, 2, 3
_FIRST_FORMAT_ID = 164  # below are Excel's own

_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>'
)
_ROOT_RELATIONSHIPS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_WORKBOOK_RELATIONSHIPS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a header, and one cell per row as text (None is empty).

    number_format: an Excel format code when the cells are numbers, None when they are words.
    """

    header: str
    cells: tuple[str | None, ...]
    number_format: str | None = None


@lru_cache(maxsize=64)
def column_letter(index: int) -> str:
    """Return A, B ... Z, AA ... for 0, 1 ...."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def write_workbook(columns: Sequence[Column]) -> bytes:
    """Return the .xlsx with one sheet of these columns, headers in row 1."""
    formats = tuple(dict.fromkeys(column.number_format for column in columns if column.number_format is not None))
    sheet = deflated_part("xl/worksheets/sheet1.xml", _sheet(columns, formats).encode("utf-8"))
    return pack_parts((*_static_parts(), _styles_part(formats), sheet))


def _sheet(columns: Sequence[Column], formats: Sequence[str]) -> str:
    letters = [column_letter(index) for index in range(len(columns))]
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{_column_width(column)}" customWidth="1"/>'
        for index, column in enumerate(columns, 1)
    )
    header = "".join(
        _words(f"{letter}1", column.header, _HEADER_STYLE) for letter, column in zip(letters, columns, strict=True)
    )
    rows = [f'<row r="1">{header}</row>']
    styles = [
        _TEXT_STYLE if column.number_format is None else _FIRST_NUMBER_STYLE + formats.index(column.number_format)
        for column in columns
    ]
    for row in range(max((len(column.cells) for column in columns), default=0)):
        cells: list[str] = []
        for letter, column, style in zip(letters, columns, styles, strict=True):
            cell = column.cells[row] if row < len(column.cells) else None
            if cell is None:
                continue
            place = f"{letter}{row + 2}"
            cells.append(
                _words(place, cell, style)
                if column.number_format is None
                else f'<c r="{place}" s="{style}"><v>{cell}</v></c>'
            )
        rows.append(f'<row r="{row + 2}">{"".join(cells)}</row>')
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>{widths}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )


def _words(place: str, text: str, style: int) -> str:
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text[:_MAX_CELL])}</t></is></c>'
    )


def _column_width(column: Column) -> int:
    texts = (column.header, *(cell for cell in column.cells if cell is not None))
    return min(max(10, *(display_width(text[:100]) + 2 for text in texts)), 60)


@lru_cache(maxsize=64)
def _styles_part(formats: tuple[str, ...]) -> Part:
    font = f'<sz val="11"/><name val="{EAST_ASIAN_FONT}"/><family val="2"/><charset val="128"/>'
    codes = "".join(
        f'<numFmt numFmtId="{_FIRST_FORMAT_ID + index}" formatCode="{escape(code)}"/>'
        for index, code in enumerate(formats)
    )
    numbers = "".join(
        f'<xf numFmtId="{_FIRST_FORMAT_ID + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for index in range(len(formats))
    )
    text = (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        + (f'<numFmts count="{len(formats)}">{codes}</numFmts>' if formats else "")
        + f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECF2"/><bgColor indexed="64"/></patternFill>'
        '</fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/>'
        '<right/><top/><bottom style="thin"><color rgb="FF1F3864"/></bottom><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{_FIRST_NUMBER_STYLE + len(formats)}">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1"'
        ' applyFill="1" applyBorder="1"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        f"{numbers}</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    return kept_part("xl/styles.xml", text.encode("utf-8"))


@lru_cache(maxsize=1)
def _static_parts() -> tuple[Part, ...]:
    return (
        kept_part("[Content_Types].xml", _CONTENT_TYPES.encode("utf-8")),
        kept_part("_rels/.rels", _ROOT_RELATIONSHIPS.encode("utf-8")),
        kept_part("xl/workbook.xml", _WORKBOOK.encode("utf-8")),
        kept_part("xl/_rels/workbook.xml.rels", _WORKBOOK_RELATIONSHIPS.encode("utf-8")),
    )
