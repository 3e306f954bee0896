"""Two editions of one survey table: what changed, by how much, and whether that is more than chance.

In: matrices of one id in several editions (`impact`, `impact@2025`) and a row. Out: `EditionChange`. Nothing is said
when a table has one edition only.

A change of a share of respondents is tested: the two editions are two samples, compared by the pooled two-proportion
test with Holm's correction for the answers of the row. Without the number of respondents of both editions (n不明), for
imputed or shared values and for breakdowns of answers it is not tested, and the change says so. Amounts that the report
estimated have no sample behind them; they get a difference and a percentage, and no test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.views.doubts import Doubts
from reportkit.views.facts import (
    COARSER,
    MEASURES,
    SIGNIFICANCE,
    cell_fact,
    difference,
    edition_name,
    measure_of,
    number,
    percent_change,
    stated_fact,
)
from reportkit.views.index import index_corpus
from reportkit.views.intervals import has_shares, is_breakdown
from reportkit.views.statistics import holm, two_proportion_p

# up, down: more than chance. within: not more than chance. untested: a share whose base is unknown. plain: no sample.
Verdict = Literal["up", "down", "within", "untested", "plain"]
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class EditionPair:
    """The two newest editions of one table, and how they are called.

    used_name: the edition whose values briefings use, which is the one without an edition in its id.
    """

    old: Matrix
    new: Matrix
    old_name: str
    new_name: str
    used_name: str

    @property
    def matrix_id(self) -> str:
        """Return the id without the edition."""
        return self.new.id.partition("@")[0]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One column in both editions; None where an edition does not have it.

    percent: the change in percent of the old amount; None for shares and where the old value is 0.
    is_total: the printed total or average of the row.
    """

    label: str
    short: str
    old: Fact | None
    new: Fact | None
    difference: Fact | None
    percent: Fact | None
    verdict: Verdict
    is_total: bool = False

    @property
    def size(self) -> float:
        """Return the size of the change, for ordering; 0 without both values."""
        return 0.0 if self.difference is None else abs(float(number(self.difference)))

    @property
    def is_certain(self) -> bool:
        """Tell whether the change is more than chance."""
        return self.verdict in {"up", "down"}

    @property
    def grew(self) -> bool:
        """Tell whether the new value is larger."""
        return self.difference is not None and number(self.difference) > 0

    @property
    def shrank(self) -> bool:
        """Tell whether the new value is smaller."""
        return self.difference is not None and number(self.difference) < 0

    @property
    def percent_size(self) -> Fact | None:
        """Return the change in percent without its sign, for sentences that say 増えた or 減った."""
        fact = self.percent
        return None if fact is None else fact.printed_as(fact.text.lstrip("+\u2212±"))


@dataclass(frozen=True, slots=True)
class EditionChange:
    """One row of one table in two editions. lines: columns in the order of the newer edition, the total last.

    old_base, new_base: how many answered; None = n不明, or no shares at all (`is_share` tells).
    """

    pair: EditionPair
    measure: str
    row: str
    coarser: bool
    lines: tuple[ChangeLine, ...]
    is_share: bool
    old_base: Fact | None
    new_base: Fact | None

    @property
    def matrix_id(self) -> str:
        """Return the id of the table without the edition."""
        return self.pair.matrix_id

    @property
    def total(self) -> ChangeLine | None:
        """Return the line of the printed total or average, or None."""
        return next((line for line in self.lines if line.is_total), None)

    @property
    def certain(self) -> tuple[ChangeLine, ...]:
        """Return the changes that are more than chance, largest first."""
        return tuple(line for line in self.largest if line.is_certain)

    @property
    def largest(self) -> tuple[ChangeLine, ...]:
        """Return the columns by the size of their change, largest first; the total is left out."""
        return tuple(sorted((line for line in self.lines if not line.is_total), key=lambda line: -line.size))

    @property
    def is_tested(self) -> bool:
        """Tell whether any change of the row could be tested."""
        return any(line.verdict in {"up", "down", "within"} for line in self.lines)


def edition_pairs(corpus: Corpus) -> tuple[EditionPair, ...]:
    """Return the two newest editions of every table that has several, in the order of the corpus."""
    groups: dict[str, list[Matrix]] = {}
    for matrix in corpus.matrices:
        groups.setdefault(matrix.id.partition("@")[0], []).append(matrix)
    pairs = []
    for matrices in groups.values():
        if len(matrices) < 2:
            continue
        old, new = sorted(matrices, key=lambda matrix: (_year(corpus, matrix), matrix.edition))[-2:]
        used = next((matrix for matrix in matrices if not matrix.edition), new)
        if old.unit == new.unit:
            pairs.append(EditionPair(old, new, *(_name(corpus, matrix) for matrix in (old, new, used))))
    return tuple(pairs)


def _year(corpus: Corpus, matrix: Matrix) -> str:
    """Return the year of an edition: of its name, else of its publication; "" sorts before all."""
    year = _YEAR.search(matrix.edition) if matrix.edition else None
    if year is not None:
        return year[0]
    source = index_corpus(corpus).sources.get(matrix.origin.source)
    return source.date[:4] if source is not None else ""


def _name(corpus: Corpus, matrix: Matrix) -> str:
    if matrix.edition:
        return edition_name(matrix.edition)
    year = _year(corpus, matrix)
    return edition_name(year) if year else "前の版"


def compare_totals(pair: EditionPair, doubts: Doubts) -> EditionChange | None:
    """Return how the printed totals of the rows changed: one line for each row, the grand total last; else None."""
    kind = pair.new.row_total_kind
    if kind is None or pair.old.row_total_kind != kind:
        return None
    rows = [row for row in pair.new.rows.labels if row in pair.old.rows.labels]
    lines = [replace(_line(pair, row, kind, doubts, coarser=False), label=row, short=row) for row in rows]
    bottom = pair.new.column_total_kind
    if bottom is not None and bottom == pair.old.column_total_kind:
        lines.append(replace(_line(pair, bottom, kind, doubts, coarser=False, is_total=True), label=bottom))
    known = tuple(line for line in lines if line.difference is not None)
    if not known:
        return None
    measure = MEASURES.get(pair.matrix_id, pair.new.title)
    return EditionChange(pair, measure, "全産業", False, known, pair.new.unit == "%", None, None)


def certain_changes(pair: EditionPair, doubts: Doubts) -> tuple[EditionChange, ...]:
    """Return the changes of shares that are more than chance, by row, corrected for all cells of the table."""
    rows = [row for row in pair.new.rows.labels if row in pair.old.rows.labels]
    columns = pair.new.columns.labels
    tested = _tested(pair, [(row, column) for row in rows for column in columns])
    found = []
    for row in rows:
        change = compare_editions(pair, row, doubts)
        if change is None:
            continue
        lines = [_judged(line, tested.get((row, line.label)), True) for line in change.lines if not line.is_total]
        certain = tuple(line for line in lines if line.is_certain)
        if certain:
            found.append(replace(change, lines=certain))
    return tuple(found)


def compare_editions(pair: EditionPair, row: str, doubts: Doubts, *, coarser: bool = False) -> EditionChange | None:
    """Return what changed in a row, None when one of the editions does not have it. coarser: as in `cell_fact`."""
    old, new = pair.old, pair.new
    if row not in (*old.rows.labels, old.column_total_kind) or row not in (*new.rows.labels, new.column_total_kind):
        return None
    columns = [*new.columns.labels, *(name for name in old.columns.labels if name not in new.columns.labels)]
    lines = [_line(pair, row, column, doubts, coarser) for column in columns]
    tested = _tested(pair, [(row, column) for column in columns])
    shares = has_shares(old) or has_shares(new)
    lines = [_judged(line, tested.get((row, line.label)), shares) for line in lines]
    kind = new.row_total_kind
    if kind is not None and old.row_total_kind == kind:
        lines.append(_judged(_line(pair, row, kind, doubts, coarser, is_total=True), None, shares))
    known = tuple(line for line in lines if line.old is not None or line.new is not None)
    if not any(line.difference for line in known):
        return None
    return EditionChange(
        pair=pair,
        measure=MEASURES.get(pair.matrix_id, new.title),
        row=row,
        coarser=coarser,
        lines=known,
        is_share=new.unit == "%",
        old_base=_base(old, row),
        new_base=_base(new, row),
    )


def _line(
    pair: EditionPair, row: str, column: str, doubts: Doubts, coarser: bool, *, is_total: bool = False
) -> ChangeLine:
    old = cell_fact(pair.old, row, column, doubts=doubts, coarser=coarser)
    new = cell_fact(pair.new, row, column, doubts=doubts, coarser=coarser)
    about = f"{pair.new.id}/{row}/{column}"
    gap = percent = None
    if old is not None and new is not None:
        label = f"{new.label}の、{pair.old_name}からの変化"
        gap = difference(new, old, f"editions/{about}", label)
        if old.quantity.unit != "%" and number(old) > 0:
            percent = percent_change(old, new, f"editions/{about}", f"{label}率")
    return ChangeLine(column, _short(pair.new, column), old, new, gap, percent, "plain", is_total)


def _short(matrix: Matrix, column: str) -> str:
    if column not in matrix.columns.labels:
        return column
    index = matrix.columns.labels.index(column)
    return (matrix.columns.short[index] if index < len(matrix.columns.short) else "") or column


def _judged(line: ChangeLine, p_value: float | None, shares: bool) -> ChangeLine:
    """Return the line with its verdict. p_value: corrected; None when it could not be tested."""
    verdict: Verdict = "plain"
    if line.difference is not None and p_value is not None:
        certain = p_value < float(number(SIGNIFICANCE)) / 100
        verdict = "within" if not certain else "up" if number(line.difference) > 0 else "down"
    elif shares and line.difference is not None:
        verdict = "untested"
    return replace(line, verdict=verdict)


def _tested(pair: EditionPair, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Return the p value of each place (row, column) that can be tested, corrected for their number."""
    found: dict[tuple[str, str], float] = {}
    for place in places:
        sides = [_sample(matrix, *place) for matrix in (pair.new, pair.old)]
        if sides[0] is not None and sides[1] is not None:
            found[place] = two_proportion_p(*sides[0], *sides[1])
    return dict(zip(found, holm(list(found.values())), strict=True))


def _sample(matrix: Matrix, row: str, column: str) -> tuple[float, int] | None:
    """Return share and number of respondents, None where the cell is no share of people who were counted."""
    cell, base = matrix.cell(row, column), matrix.base(row, column)
    if not has_shares(matrix) or is_breakdown(matrix, row) or cell is None or cell.value is None:
        return None
    if cell.imputed or cell.spread or base is None or not base.value or not 0 <= cell.value <= 100:
        return None
    return float(cell.value) / 100, int(base.value)


def _base(matrix: Matrix, row: str) -> Fact | None:
    """Return how many answered as a fact, None = n不明 or no table of shares."""
    base = matrix.base(row)
    if base is None or base.value is None:
        return None
    text = f"{base.value:,}人"
    quantity = Quantity(base.raw, value=base.value, unit="人")
    return stated_fact(
        f"base/{matrix.id}/{row}", f"{row}の回答者数（{measure_of(matrix)}）", quantity, base.origin, text=text
    )


def without_coarser(change: EditionChange) -> EditionChange:
    """Return the change without the mark that all its cells would carry; the heading says it once."""

    def bare(fact: Fact | None) -> Fact | None:
        return None if fact is None else replace(fact, flags=tuple(flag for flag in fact.flags if flag != COARSER))

    def bare_line(line: ChangeLine) -> ChangeLine:
        old, new = bare(line.old), bare(line.new)
        return replace(line, old=old, new=new, difference=bare(line.difference), percent=bare(line.percent))

    return replace(change, lines=tuple(map(bare_line, change.lines)))
