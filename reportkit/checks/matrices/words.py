"""Places, values and intervals in the words of findings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportkit.base.finding import Evidence
from reportkit.base.origin import Origin
from reportkit.checks.matrices.relations import Interval, Place
from reportkit.corpus.matrix import Cell, Matrix

FIX_SOURCE = "元の資料で値を確かめ、どちらかが誤りなら資料を直してください"


def shown(value: Decimal | None) -> str:
    """Return a value with thousands separators."""
    return "値なし" if value is None else f"{value:,f}"


def shown_range(interval: Interval, decimals: int = 0) -> str:
    """Return an interval: `1,904〜2,124`; one number when both ends are the same."""
    step = Decimal(1).scaleb(-decimals)
    low, high = (shown(bound.quantize(step)) for bound in (interval.low, interval.high))
    return low if low == high else f"{low}〜{high}"


def with_unit(cell: Cell, matrix: Matrix) -> str:
    """Return a cell as printed, without its rank mark, with the unit of its matrix."""
    text = cell.raw if cell.rank is None else shown(cell.value)
    return text if matrix.unit == "%" else in_unit(text, matrix)


def in_unit(number: str, matrix: Matrix) -> str:
    """Return a number with its unit; a unit that begins with a digit stands apart: `5,197（10億円単位）`."""
    return f"{number}（{matrix.unit}単位）" if matrix.unit[:1].isdigit() else f"{number}{matrix.unit}"


def place_name(place: Place) -> str:
    """Return row and column for a sentence: `「医療」×「R&D」`."""
    return f"「{place[1]}」×「{place[2]}」"


def cell_key(place: Place) -> str:
    """Return the subject of a cell."""
    return "cell:" + "/".join(place)


def sector_keys(row: str) -> tuple[str, ...]:
    """Return the subject of the sector that a row stands for; none for the row of totals."""
    return (f"sector:{row}",) if row and row not in {"合計", "平均"} else ()


def line_origin(cells: Sequence[Cell]) -> Origin:
    """Return the line on which the cells begin."""
    return Origin(cells[0].origin.source, cells[0].origin.line) if cells else Origin("")


def quoted(label: str, cell: Cell | None) -> tuple[Evidence, ...]:
    """Return the cell as evidence, nothing when there is none."""
    return () if cell is None else (Evidence(label, cell.raw, cell.origin),)
