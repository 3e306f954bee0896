"""Records as files: JSON, CSV and Excel, same bytes for same records.

JSON keeps nesting and null. CSV (UTF-8 with BOM, CRLF, so that Excel opens it by a double click) and Excel are flat:
`company.name`, lists joined by `；`, lists of records as JSON. No cell is ever a formula, whatever a source said.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reportkit.base.text import printable
from reportkit.project.records import Record

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# A spreadsheet takes a cell that begins so for a formula; a leading apostrophe makes it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MAX_CELL = 32_767  # characters that Excel keeps in a cell
_CUT = "…（以下略）"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_json(records: Sequence[Record]) -> bytes:
    """Return the records as a JSON list, one indented record after the other, UTF-8."""
    return (json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def write_csv(records: Sequence[Record]) -> bytes:
    """Return the records as CSV with a header line; unknown is an empty cell."""
    buffer = io.StringIO(newline="")
    header, rows = _flat_table(records)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_unformulated(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def write_xlsx(records: Sequence[Record]) -> bytes:
    """Return the records as an Excel workbook with typed cells, a frozen header and filters."""
    book, sheet = new_book()
    sheet.title = "reportkit"
    fill_flat_sheet(sheet, records)
    return finished(book)


def new_book() -> tuple[Workbook, Worksheet]:
    """Return a workbook without a clock, and its first sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "reportkit"
    book.properties.created = datetime(*_EPOCH[:3])  # noqa: DTZ001 - Excel knows no time zones
    return book, book.active or book.create_sheet()


def set_value(cell: Any, value: object) -> Any:
    """Write a value into a cell and return the cell; text stays text, whatever it begins with."""
    if isinstance(value, str):
        lines = [printable(line) for line in value.split("\n")]
        cell.value = _cut("\n".join(lines))
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    return cell


def fill_flat_sheet(sheet: Worksheet, records: Sequence[Record]) -> None:
    """Write records as rows under a frozen header with filters."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    header, rows = _flat_table(records)
    for row, values in enumerate((header, *rows), start=1):
        for column, value in enumerate(values, start=1):
            cell = set_value(sheet.cell(row, column), printable(value) if isinstance(value, str) else value)
            if row == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    if header:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"


def finished(book: Workbook) -> bytes:
    """Return the bytes of a workbook, the same for the same content."""
    buffer = io.BytesIO()
    book.save(buffer)
    return _repacked(buffer.getvalue())


FORMATS: Mapping[str, Callable[[Sequence[Record]], bytes]] = {"json": write_json, "csv": write_csv, "xlsx": write_xlsx}


def _flat_table(records: Sequence[Record]) -> tuple[list[str], list[list[Any]]]:
    flat = [_flat(record) for record in records]
    header = list(dict.fromkeys(key for record in flat for key in record))
    return header, [[record.get(key) for key in header] for record in flat]


def _flat(record: Record, prefix: str = "") -> Record:
    flat: Record = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            flat[prefix + key] = _joined(value)
        else:
            flat[prefix + key] = value
    return flat


def _joined(values: list[Any]) -> str | None:
    if not values:
        return None
    if all(isinstance(value, str) for value in values):
        return "；".join(values)
    return json.dumps(values, ensure_ascii=False)


def _unformulated(value: object) -> object:
    if not isinstance(value, str):
        return value
    # Excel refuses NUL and reads other controls as it likes; line ends inside a cell become blanks.
    text = printable(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - len(_CUT)] + _CUT


def _repacked(book: bytes) -> bytes:
    """Return the workbook with fixed times, in the zip entries and in its properties."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
