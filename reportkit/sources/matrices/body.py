"""The rows of a table: their names, their cells, and the numbers of respondents that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportkit.base.finding import Evidence
from reportkit.base.origin import Quote
from reportkit.corpus.matrix import Axis, Cell
from reportkit.sources.blocks import Row
from reportkit.sources.matrices.cells import read_cell
from reportkit.sources.matrices.labels import is_remark
from reportkit.sources.matrices.part import Context, TablePart
from reportkit.sources.matrices.shape import label_key, row_names, tidy_label, total_kind
from reportkit.sources.taxonomy import find_function, suggest_sectors

_HUNDRED = Decimal(100)


@dataclass(slots=True)
class Line:
    """A body row on its way: canonical name, label as printed, and its cells without the stub."""

    name: str
    printed: str
    row: Row
    cells: tuple[Cell, ...]

    @property
    def has_values(self) -> bool:
        """Tell whether any cell of the row has a value."""
        return any(cell.value is not None for cell in self.cells)


class Body(TablePart):
    """The rows of one table being read. remarks: notes that stood among the rows."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.remarks: list[Quote] = []
        # Cells of a file may hold percentages without their sign, whole (24) or as fractions (0.24).
        self.percent = self.spec.prints_percent and self.shape.percent
        fractions = self.spec.prints_percent and not self.shape.percent and self.shape.highest <= 1
        self.factor = _HUNDRED if fractions else self.spec.scale

    def lines(self) -> Iterator[Line]:
        """Yield the rows; a stub with glued names gives one for each."""
        for row in self.shape.body:
            if self._is_no_row(row):
                continue
            printed = tidy_label(row.cell(0))
            cells = tuple(self._cells(row))
            kind = total_kind(printed)
            names = (kind,) if kind else self._names(row, printed)
            for name in names:
                yield Line(name, row.cell(0), row, cells)

    def _is_no_row(self, row: Row) -> bool:
        """Tell whether a line among the rows is a note, a source line, or the headings once more (after a page)."""
        filled = [text for text in row.cells[1:] if text]
        if any(read_cell(text).value is not None for text in filled):
            return False
        if is_remark(row.cell(0)):
            self.remarks.append(Quote(" ".join((row.cell(0), *filled)), self._at(row.line)))
            return True
        return len(filled) > 1 and sum(label_key(text, self.names) is not None for text in filled) * 2 > len(filled)

    def _names(self, row: Row, printed: str) -> tuple[str, ...]:
        origin = self._at(row.line, 0)
        if self.spec.rows_kind == "item":
            return (printed,)
        if self.spec.rows_kind == "function":
            function = find_function(self.taxonomy, printed)
            return (function.name if function else printed,)
        names = row_names(row.cell(0), self.taxonomy)
        if len(names) > 1:
            self._add(
                "matrix.glued-rows",
                "note",
                f"一つの欄に{len(names)}つの産業名が入っています（{row.cell(0)}）。"
                f"{'、'.join(names)} の行に分けて読みました",
                "元の資料で行の分かれ目を確かめてください",
                origin=origin,
            )
        if names:
            return names
        near = suggest_sectors(self.taxonomy, printed)
        label = printed or "（空欄）"
        self._add(
            "matrix.unknown-row",
            "warning",
            f"産業名「{label}」は分類にありません。読み違いかもしれないため、印刷どおりの名前で残しました",
            f"taxonomy.toml の aliases に加えてください（近い名前：{'、'.join(near) or 'なし'}）",
            origin=origin,
        )
        return (label,)

    def _cells(self, row: Row) -> Iterator[Cell]:
        for index in range(1, self.shape.columns + 1):
            text = row.cell(index)
            origin = self._at(row.line, index)
            reading = read_cell(text)
            problem = ""
            if not reading.readable:
                problem = f"「{text[:40]}」は数値として読めません。値なしとして扱います"
            elif (reading.unit == "%") != self.percent and reading.value is not None:
                problem = f"「{text[:40]}」の単位が表の単位（{self.spec.unit}）と合いません。値なしとして扱います"
            elif reading.rank is not None and not self.spec.ranks:
                problem = f"「{text[:40]}」は二つの数に見え、値を決められません。値なしとして扱います"
            if problem:
                fix = "元の資料でこの欄の値を確かめて直してください"
                self._add("matrix.cell", "error", problem, fix, origin=origin)
                reading = replace(reading, value=None, rank=None, mark="")
            yield Cell(
                value=None if reading.value is None else self._scaled(reading.value),
                raw=text,
                origin=origin,
                imputed=bool(self.spec.imputed_mark) and reading.mark == self.spec.imputed_mark,
                rank=reading.rank,
            )
        beyond = [text for text in row.cells[self.shape.columns + 1 :] if text]
        if beyond:
            self._add(
                "matrix.cell",
                "error",
                f"列の数を超える値があります（{'、'.join(beyond)[:60]}）。この行の値は列がずれている恐れがあります",
                "元の資料でこの行を確かめて直してください",
                origin=self._at(row.line),
            )

    def _scaled(self, value: Decimal) -> Decimal:
        return value if self.factor == 1 else _plain(value * self.factor)

    def distinct(self, lines: list[Line]) -> list[Line]:
        """Return the rows without those that repeat a name."""
        kept: dict[str, Line] = {}
        for line in lines:
            first = kept.setdefault(line.name, line)
            if first is not line:
                self._add(
                    "matrix.duplicate-row",
                    "warning",
                    f"「{line.name}」の行が二度あります。初めの行だけを使います",
                    "余分な行を消すか、名前を直してください",
                    origin=self._at(line.row.line),
                    evidence=(Evidence("初めの行", first.row.cell(1), self._at(first.row.line)),),
                )
        return list(kept.values())

    def axis(self, lines: Sequence[Line]) -> Axis:
        """Return the rows as an axis."""
        return Axis(
            kind=self.spec.rows_kind,
            labels=tuple(line.name for line in lines),
            printed=tuple(line.printed for line in lines),
            origins=tuple(self._at(line.row.line, 0) for line in lines),
        )

    def bases(self, lines: Sequence[Line]) -> tuple[Cell | None, ...]:
        """Return the numbers of respondents that stand in a column of the table itself, () when it has none."""
        if not self.sides.bases or self.sides.original is None:
            return ()
        return tuple(self._base(line.row.line) for line in lines)

    def _base(self, line: int) -> Cell | None:
        found = self.sides.bases.get(line)
        if found is None or self.sides.original is None:
            return None
        index, text = found
        value = read_cell(re.sub(r"^\s*[nN]\s*[=＝]\s*", "", text)).value
        return None if value is None else Cell(value, text, self.sides.original.place(self.source, line, index))

    def report_percent(self) -> None:
        """Tell that percentages stand without their sign, and how they were read."""
        if not self.spec.prints_percent or self.shape.percent:
            return
        if self.factor == _HUNDRED:
            self._add(
                "matrix.percent-sign",
                "warning",
                "値に % の印がなく、すべて 1 以下のため、割合（0.24 = 24%）とみて100倍しました",
                '割合なら定義に confirmed = ["percent-sign"] と書き、百分率なら元の値を直してください',
            )
            return
        self._add(
            "matrix.percent-sign",
            "note",
            "値に % の印がありません。定義の単位に従い、百分率（24 = 24%）として読みました",
            '元の資料で単位を確かめ、正しければ定義に confirmed = ["percent-sign"] と書いてください',
        )


def _plain(value: Decimal) -> Decimal:
    """Return the value without the trailing zeros and the exponent that a multiplication leaves."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
