"""A survey table with two named axes. A cell knows whether it was printed, imputed, or spread from a merged cell.

>>> # corpus.matrix("impact").value("医療", "オペレーションサービス/CS")  ->  Decimal("3711")
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from reportkit.base.origin import Origin, Quote

if TYPE_CHECKING:
    import pandas as pd

AxisKind = Literal["sector", "respondent-group", "coarse-sector", "function", "item"]
TotalKind = Literal["合計", "平均"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what its labels are, the canonical names, the names as printed, and spanners above them.

    labels: canonical names in the order of the source.
    printed: the same labels as the source wrote them.
    spanners: for each label the headings above it, outermost first (`("従来AI・生成AI共通の障壁", "コスト")`).
    origins: where each label stands.
    short: for each label a name for charts and narrow columns; () when the axis has none.
    """

    kind: AxisKind
    labels: tuple[str, ...]
    printed: tuple[str, ...]
    origins: tuple[Origin, ...]
    spanners: tuple[tuple[str, ...], ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a matrix.

    value: in the unit of the matrix, as printed (24% is 24); None = not asked, never zero.
    raw: the text of the cell as the source has it, marks included.
    imputed: the source marks it as replaced by an average because too few answered.
    rank: the rank mark printed before the value (`10 3,711` has rank 10), or None.
    spread: the source prints one row of values for a merged group of rows, and this row is not the one it stands on.
    origin: for a spread cell, the cell that holds the value.
    """

    value: Decimal | None
    raw: str
    origin: Origin
    imputed: bool = False
    rank: int | None = None
    spread: bool = False


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """Rows that share one printed row of values."""

    labels: tuple[str, ...]
    printed_on: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table rows x columns with its printed totals, notes and question.

    unit: as used for the values (億円, 10億円, %, 人); unit_origin tells where the source says so, None when the spec
        supplies it from the text around the table (`unit_note` then says why).
    cells: one tuple per row label, one cell per column label.
    row_totals: the printed total or average of each row (column `合計` or `平均`), or None when not printed.
    column_totals: the printed total or average of each column, or None; `grand_total` is where both meet.
    suspect: the spec or a reader says that the table must not be used without its warnings.
    bases: for each row the cell with the number of respondents behind it (from `respondents`), None when the survey
        does not give it for that row; () when the matrix has no bases.
    cell_bases: the same for each cell, where the survey counted its respondents by the columns too; else ().
    exclusive: every respondent chose exactly one answer, so that a row adds up to 100%.
    edition: which edition of a repeated survey this is (`2025`; the id is then `impact@2025`), "" for the only one.
    """

    id: str
    title: str
    rows: Axis
    columns: Axis
    unit: str
    cells: tuple[tuple[Cell, ...], ...]
    origin: Origin
    row_totals: tuple[Cell, ...] | None = None
    column_totals: tuple[Cell, ...] | None = None
    grand_total: Cell | None = None
    row_total_kind: TotalKind | None = None
    column_total_kind: TotalKind | None = None
    unit_note: str = ""
    merged: tuple[MergedGroup, ...] = ()
    notes: tuple[Quote, ...] = ()
    question: tuple[Quote, ...] = ()
    multiple_answers: bool = False
    max_answers: int | None = None
    suspect: bool = False
    bases: tuple[Cell | None, ...] = ()
    exclusive: bool = False
    edition: str = ""
    cell_bases: tuple[tuple[Cell | None, ...], ...] = ()

    def cell(self, row: str, column: str) -> Cell | None:
        """Return the cell by canonical names; `合計` or `平均` name the printed totals. None when there is none."""
        if row == self.column_total_kind:
            if column == self.row_total_kind:
                return self.grand_total
            if self.column_totals is None or column not in self.columns.labels:
                return None
            return self.column_totals[self.columns.labels.index(column)]
        if row not in self.rows.labels:
            return None
        index = self.rows.labels.index(row)
        if column == self.row_total_kind:
            return None if self.row_totals is None else self.row_totals[index]
        if column not in self.columns.labels:
            return None
        return self.cells[index][self.columns.labels.index(column)]

    def base(self, row: str, column: str = "") -> Cell | None:
        """Return the cell with the number of respondents behind a row, or behind one of its cells; None = n不明.

        A cell has the base of its row, unless the survey counted its respondents by the columns too.
        """
        if not self.bases or row not in self.rows.labels:
            return None
        index = self.rows.labels.index(row)
        if self.cell_bases and column in self.columns.labels:
            return self.cell_bases[index][self.columns.labels.index(column)]
        return self.bases[index]

    @property
    def unknown_bases(self) -> tuple[str, ...]:
        """Return the rows of a table of respondents for which the source does not say how many answered (n不明)."""
        known = zip(self.rows.labels, self.bases, strict=bool(self.bases))
        return tuple(row for row, cell in known if cell is None or cell.value is None)

    def value(self, row: str, column: str) -> Decimal | None:
        """Return the value of that cell, or None when it was not asked or does not exist."""
        cell = self.cell(row, column)
        return None if cell is None else cell.value

    def frame(self) -> pd.DataFrame:
        """Return the cells as a pandas frame: named axes, float columns, NA for what was not asked.

        Totals are left out; `attrs` carries id, title, unit, and for shares of respondents `bases`: row -> n, None for
        n不明.
        """
        from reportkit.corpus.frames import matrix_frame

        return matrix_frame(self)
