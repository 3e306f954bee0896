"""The likely cause of a contradiction: which one misprint would make the table fit.

Every hypothesis changes a few printed values: a row or a line of totals printed one place off, rows or cells
exchanged, a power of ten, a digit lost or gained, digits exchanged, a lost sign, one wrong digit. It counts only when
it mends the broken relation and breaks none that holds. Among those the one that mends most relations wins; when
several are as good, nothing is said. A wrong digit can explain almost any single sum, so it is named only when it mends
two relations. Nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reportkit.checks.matrices.relations import Grid, Place, Relation, Tables
from reportkit.checks.matrices.words import shown

# In order of preference, with the number of relations that the hypothesis must mend to be evident.
_NEEDED = {
    "totals-shifted": 1,
    "row-shifted": 1,
    "rows-swapped": 1,
    "cells-swapped": 1,
    "factor": 1,
    "sign": 1,
    "digits-swapped": 1,
    "digit-missing": 2,
    "digit-gained": 2,
    "digit-wrong": 2,
}
_WIDEST = Decimal("1.5")  # a product whose interval is wider fits by chance
_MAX_CELLS = 60  # beyond, trying every misprint takes long and explains by chance


@dataclass(frozen=True, slots=True)
class Cause:
    """A sentence without its full stop, "" when no cause is evident, and the cells that it is about."""

    text: str = ""
    places: tuple[Place, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the cause as the next sentence of a message, "" when there is none."""
        return f"。{self.text}" if self.text else ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A misprint: its kind, the values that would stand there without it, and how to say it."""

    kind: str
    values: Mapping[Place, Decimal | None]
    text: str


class _Changed(dict[Place, Decimal | None]):
    """Some values in the place of the printed ones."""

    printed: Grid

    def __missing__(self, place: Place) -> Decimal | None:
        return self.printed[place]


def likely_cause(tables: Tables, broken: Relation) -> Cause:
    """Return the one misprint that explains a broken relation best, an empty cause when none is evident."""
    if len(broken.places) > _MAX_CELLS or _is_vague(tables, broken):
        return Cause()
    scored = [
        (mended, hypothesis)
        for hypothesis in _hypotheses(tables, broken)
        if (mended := _mended(tables, broken, hypothesis)) >= _NEEDED[hypothesis.kind]
    ]
    if not scored:
        return Cause()
    most = max(mended for mended, _ in scored)
    best = [hypothesis for mended, hypothesis in scored if mended == most]
    rank = list(_NEEDED).index
    first = min(rank(hypothesis.kind) for hypothesis in best)
    chosen = [hypothesis for hypothesis in best if rank(hypothesis.kind) == first]
    cells = {tuple(sorted(hypothesis.values)) for hypothesis in chosen}
    if len(cells) > 1:
        return Cause()
    return Cause(chosen[0].text if len(chosen) == 1 else _vague(chosen[0]), tuple(chosen[0].values))


def _is_vague(tables: Tables, broken: Relation) -> bool:
    """Tell whether the parts allow so wide an interval that many misprints would fit by chance."""
    interval = broken.computed(tables.grid)
    return broken.how == "product" and (interval is None or interval.high > _WIDEST * interval.low)


def _vague(hypothesis: Hypothesis) -> str:
    _, row, column = next(iter(hypothesis.values))
    return f"「{row}」×「{column}」の値の誤植とみれば合います"


def _mended(tables: Tables, broken: Relation, hypothesis: Hypothesis) -> int:
    """Return how many relations the hypothesis mends; 0 when it leaves the broken one or breaks another."""
    grid = _Changed(hypothesis.values)
    grid.printed = tables.grid
    if not broken.holds(grid):
        return 0
    touched = {id(item): item for place in hypothesis.values for item in tables.at.get(place, ())}
    mended = 0
    for relation in touched.values():
        before, after = relation.holds(tables.grid), relation.holds(grid)
        if before and not after:
            return 0
        mended += after and not before
    return mended


def _hypotheses(tables: Tables, broken: Relation) -> Iterator[Hypothesis]:
    places = [place for place in broken.places if not tables.cells[place].spread]
    for place in places:
        value = tables.grid[place]
        if value is not None:
            percent = tables.matrix(place).unit == "%" and abs(value) <= 100
            for guess in _misprints(place, value):
                if not percent or abs(guess.values[place] or Decimal(0)) <= 100:
                    yield guess
    yield from _swapped_cells(tables, places)
    for name, row in dict.fromkeys(place[:2] for place in places) if len(places) < _MAX_CELLS // 3 else ():
        yield from _rows(tables, name, row)


def _misprints(place: Place, value: Decimal) -> Iterator[Hypothesis]:
    cell = f"「{place[1]}」×「{place[2]}」の {shown(value)}"

    def guess(kind: str, other: Decimal, words: str) -> Hypothesis:
        return Hypothesis(kind, {place: other}, f"{cell} が{words}（{shown(other)}）とみれば合います")

    yield guess("sign", -value, "符号の落ちた値")
    for power in (1, -1, 2, -2):
        other = value.scaleb(power)
        if value:
            words = f"{10 ** abs(power)}倍ずれた値"
            yield guess("factor", Decimal(int(other)) if other == int(other) else other, words)
    text = f"{abs(value):f}"
    sign = -1 if value < 0 else 1
    seen = {abs(value), abs(value) * 10}
    for kind, written, words in _spellings(text):
        other = Decimal(written)
        if other not in seen:
            seen.add(other)
            yield guess(kind, sign * other, words)


def _spellings(text: str) -> Iterator[tuple[str, str, str]]:
    digits = [index for index, mark in enumerate(text) if mark.isdigit()]
    for left, right in pairwise(digits):
        marks = list(text)
        marks[left], marks[right] = marks[right], marks[left]
        yield "digits-swapped", "".join(marks), "数字の入れ替わった値"
    for index in [*digits, len(text)]:
        for digit in "0123456789":
            yield "digit-missing", text[:index] + digit + text[index:], "数字の一つ落ちた値"
    for index in digits if len(digits) > 1 else ():
        yield "digit-gained", text[:index] + text[index + 1 :], "数字の一つ多い値"
    for index in digits:
        for digit in "0123456789":
            yield "digit-wrong", text[:index] + digit + text[index + 1 :], "数字を一つ誤った値"


def _swapped_cells(tables: Tables, places: list[Place]) -> Iterator[Hypothesis]:
    """Yield exchanges of each cell with its neighbours to the right, to the left, above and below."""
    for place in places:
        for other in _neighbours(tables, place):
            if tables.grid[place] != tables.grid[other] and not tables.cells[other].spread:
                names = f"「{place[1]}」×「{place[2]}」と「{other[1]}」×「{other[2]}」"
                values = {place: tables.grid[other], other: tables.grid[place]}
                kind = "totals-shifted" if {place[2], other[2]} <= {"合計"} else "cells-swapped"
                yield Hypothesis(kind, dict(sorted(values.items())), f"{names}の値が入れ替わったとみれば合います")


def _neighbours(tables: Tables, place: Place) -> Iterator[Place]:
    name, row, column = place
    matrix = tables.matrix(place)
    for labels, label, build in (
        (matrix.rows.labels, row, lambda found: (name, found, column)),
        (matrix.columns.labels, column, lambda found: (name, row, found)),
    ):
        if label in labels:
            at = labels.index(label)
            for near in (at - 1, at + 1):
                if 0 <= near < len(labels) and build(labels[near]) in tables.cells:
                    yield build(labels[near])


def _rows(tables: Tables, name: str, row: str) -> Iterator[Hypothesis]:
    """Yield a row whose values stand one place off, and a row exchanged with the one above or below."""
    matrix = tables.corpus.matrix(name)
    if row not in matrix.rows.labels:
        return
    columns = matrix.columns.labels
    own = [tables.grid[name, row, column] for column in columns]
    for to_left in (True, False):
        for start in range(len(columns) - 1):
            tail = own[start:]
            moved = [*own[:start], *((*tail[1:], tail[0]) if to_left else (tail[-1], *tail[:-1]))]
            values = {
                (name, row, column): value
                for column, before, value in zip(columns, own, moved, strict=True)
                if before != value
            }
            if len(values) > 2:
                text = f"「{row}」の行の値が「{columns[start]}」の列から一つずれたとみれば合います"
                yield Hypothesis("row-shifted", values, text)
    at = matrix.rows.labels.index(row)
    for near in (at - 1, at + 1):
        if not 0 <= near < len(matrix.rows.labels):
            continue
        other = matrix.rows.labels[near]
        both: dict[Place, Decimal | None] = {}
        for column, value in zip(columns, own, strict=True):
            both[name, row, column], both[name, other, column] = tables.grid[name, other, column], value
        first, second = sorted((row, other), key=matrix.rows.labels.index)
        text = f"「{first}」と「{second}」の行の値が入れ替わったとみれば合います"
        yield Hypothesis("rows-swapped", both, text)
        kind = matrix.row_total_kind
        if kind is not None and matrix.row_totals is not None:
            totals: dict[Place, Decimal | None] = {
                (name, row, kind): tables.grid[name, other, kind],
                (name, other, kind): tables.grid[name, row, kind],
            }
            yield Hypothesis("rows-swapped", {**both, **totals}, text)
