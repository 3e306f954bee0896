"""What the printed numbers of a survey must satisfy, as intervals.

A printed value v stands for every unrounded value in [v - h, v + h], where h is half of the last printed digit; counts
of people, companies and cases are exact (h = 0). A relation holds when the interval that its parts allow meets the
interval of its result: when SOME unrounded values fit. Cells that were not asked take no part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod
from typing import Literal

from reportkit.base.origin import Origin
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.rules import Rules

Place = tuple[str, str, str]  # matrix id, row, column; 合計 and 平均 name printed totals
Grid = Mapping[Place, Decimal | None]
RelationKind = Literal[
    "row-total",
    "column-total",
    "grand-total",
    "average",
    "hundred",
    "product",
    "imputed",
    "copy",
    "sum",
    "share",
    "proportion",
]

COUNTS = frozenset({"人", "社", "件"})
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values between low and high, both included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Tell whether both have a value in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Relation:
    """The parts give the result: sum, mean, product, the one part itself, a share of it, or a ratio.

    result: the printed cell, or None when the sum must be 100. spread: h of each matrix. factor: for products.
    under: how many of the last parts divide, for ratios.
    """

    kind: RelationKind
    how: Literal["sum", "mean", "product", "same", "share", "ratio"]
    parts: tuple[Place, ...]
    result: Place | None
    halves: Mapping[str, Decimal] = field(repr=False)
    factor: Decimal = Decimal(1)
    under: int = 0

    @property
    def places(self) -> tuple[Place, ...]:
        """Return every cell that takes part."""
        return self.parts if self.result is None else (*self.parts, self.result)

    def computed(self, grid: Grid) -> Interval | None:
        """Return what the parts allow; None when nothing can be said."""
        known = [(value, self.halves[place[0]]) for place in self.parts if (value := grid[place]) is not None]
        if not known:
            return None
        match self.how:
            case "same":
                return Interval(known[0][0], known[0][0])
            case "share":
                return _nearest_share(known[0][0], None if self.result is None else grid[self.result])
            case "ratio":
                return None if len(known) < len(self.parts) else _ratio(known, self.under)
            case "product":
                if len(known) < len(self.parts):
                    return None
                low = high = self.factor
                for value, half in known:
                    low *= max(_ZERO, value - half)
                    high *= value + half
                return Interval(low, high)
            case "sum" | "mean":
                total, slack = sum((value for value, _ in known), _ZERO), sum((half for _, half in known), _ZERO)
                count = len(known) if self.how == "mean" else 1
                return Interval((total - slack) / count, (total + slack) / count)

    def middle(self, grid: Grid) -> Decimal:
        """Return what the parts give as printed."""
        known = [value for place in self.parts if (value := grid[place]) is not None]
        if self.how == "product":
            return prod(known, start=self.factor)
        total = sum(known, _ZERO)
        if self.how in {"share", "ratio"} and (near := self.computed(grid)) is not None:
            return near.low
        return total / len(known) if self.how == "mean" and known else total

    def stated(self, grid: Grid) -> Interval | None:
        """Return the interval of the printed result; None when it is not printed."""
        if self.result is None:
            return Interval(Decimal(100), Decimal(100))
        value = grid[self.result]
        if value is None:
            return None
        half = _ZERO if self.how == "same" else self.halves[self.result[0]]
        return Interval(value - half, value + half)

    def holds(self, grid: Grid) -> bool:
        """Tell whether some unrounded values fit."""
        computed, stated = self.computed(grid), self.stated(grid)
        return computed is None or stated is None or computed.meets(stated)


def _ratio(known: Sequence[tuple[Decimal, Decimal]], under: int) -> Interval | None:
    """Return the product of the first values over that of the last `under` ones; None when these may be zero."""
    low = high = Decimal(1)
    for value, half in known[: len(known) - under]:
        low, high = low * max(_ZERO, value - half), high * (value + half)
    for value, half in known[len(known) - under :]:
        if value - half <= 0:
            return None
        low, high = low / (value + half), high / (value - half)
    return Interval(low, high)


def _nearest_share(count: Decimal, percent: Decimal | None) -> Interval | None:
    """Return the percentage nearest to `percent` that so many answers can give; None when nothing can be said."""
    if percent is None or count <= 0:
        return None
    hits = min(count, max(_ZERO, (count * percent / 100).to_integral_value()))
    return Interval(100 * hits / count, 100 * hits / count)


@dataclass(frozen=True, slots=True)
class Tables:
    """The matrices of a corpus as one grid of printed values, with every relation among them."""

    corpus: Corpus
    rules: Rules
    cells: Mapping[Place, Cell]
    grid: Grid
    relations: tuple[Relation, ...]
    at: Mapping[Place, tuple[Relation, ...]]

    def broken(self, kind: RelationKind, matrix: str = "") -> Iterator[Relation]:
        """Return the relations of that kind that no unrounded values fit."""
        for relation in self.relations:
            about = relation.result or relation.parts[0]
            if relation.kind == kind and matrix in {"", about[0]} and not relation.holds(self.grid):
                yield relation

    def origin(self, place: Place) -> Origin:
        """Return where a cell stands."""
        return self.cells[place].origin

    def matrix(self, place: Place) -> Matrix:
        """Return the matrix of a place."""
        return self.corpus.matrix(place[0])


def printed_cells(matrix: Matrix) -> Iterator[tuple[Place, Cell]]:
    """Yield every cell with its place, totals last."""
    for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns.labels, cells, strict=True):
            yield (matrix.id, row, column), cell
    if matrix.row_totals is not None and matrix.row_total_kind is not None:
        for row, cell in zip(matrix.rows.labels, matrix.row_totals, strict=True):
            yield (matrix.id, row, matrix.row_total_kind), cell
    if matrix.column_totals is not None and matrix.column_total_kind is not None:
        for column, cell in zip(matrix.columns.labels, matrix.column_totals, strict=True):
            yield (matrix.id, matrix.column_total_kind, column), cell
    if matrix.grand_total is not None and matrix.row_total_kind is not None and matrix.column_total_kind is not None:
        yield (matrix.id, matrix.column_total_kind, matrix.row_total_kind), matrix.grand_total


def half_step(matrix: Matrix) -> Decimal:
    """Return half of the last printed digit: the most decimals that a fifth of the values show; 0 for counts."""
    if matrix.unit in COUNTS:
        return _ZERO
    decimals = Counter(
        max(0, -int(cell.value.as_tuple().exponent))
        for _, cell in printed_cells(matrix)
        if cell.value is not None and cell.value.is_finite()
    )
    enough = sum(decimals.values()) / 5
    usual = max((count for count, times in decimals.items() if times >= enough), default=0)
    return Decimal(5).scaleb(-usual - 1)


def index_relations(relations: Iterable[Relation]) -> dict[Place, tuple[Relation, ...]]:
    """Return for each place the relations that it takes part in."""
    found: dict[Place, list[Relation]] = {}
    for relation in relations:
        for place in relation.places:
            found.setdefault(place, []).append(relation)
    return {place: tuple(items) for place, items in found.items()}
