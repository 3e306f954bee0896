"""One row of a survey table against the average: shares, points, intervals, and which differences are more than chance.

In: a matrix of percentages and the row that speaks for the sector. Out: `Comparison`, used for barriers, support,
participation and data sharing. The method stands in `reportkit.views.statistics`.

A row that adds up to about 100% although several answers were allowed is a breakdown of the answers, not a share of
the respondents; it gets no interval, and the comparison says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Quote
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.views.facts import (
    CONFIDENCE,
    SIGNIFICANCE,
    SMALL_BASE,
    difference,
    interval,
    number,
    setting_fact,
    total,
)
from reportkit.views.sector.bases import Base, base_of
from reportkit.views.sector.subject import RowChoice, Subject
from reportkit.views.sector.vocabulary import short_label
from reportkit.views.statistics import holm, pooled_share, two_proportion_p

Beyond = Literal["above", "below", ""]
_FAR = 3  # points; what two rounded percentages cannot make up between them
_BREAKDOWN = (97, 103)  # a row of shares of answers adds up to 100 within the rounding of its cells


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One answer: the sector's share, the printed average, their difference, and what the interval says.

    scope, theme: headings over the answer (従来AI・生成AI共通 / コスト); "" where the table has none.
    beyond: the average lies outside the interval, and on which side the sector stands; "" = within, or no interval.
    robust: the difference to all other respondents holds after correcting for the number of answers compared.
    """

    label: str
    short: str
    scope: str
    theme: str
    value: Fact
    average: Fact
    difference: Fact
    interval: Fact | None
    beyond: Beyond
    robust: bool

    @property
    def gap(self) -> Fact:
        """Return the difference without its sign, for sentences that say 上回る or 下回る."""
        return self.difference.printed_as(self.difference.text.lstrip("+\u2212±"))

    @property
    def is_higher(self) -> bool:
        """Tell whether the sector's share is above the average."""
        return number(self.difference) > 0

    @property
    def is_lower(self) -> bool:
        """Tell whether the sector's share is below the average."""
        return number(self.difference) < 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row against the average of its table.

    row, coarser: whose values these are, and whether that row is coarser than the briefing's sector.
    base: how many were asked, or that the survey does not print it for this row (n不明).
    items: survey order; largest: largest share first.
    above, below: answers beyond the interval, largest difference first; robust: those that survive the correction.
    breakdown: the sum of the row when it is a breakdown of the answers, else None.
    """

    matrix_id: str
    title: str
    row: str
    coarser: bool
    base: Base
    small_base: bool
    items: tuple[ComparedItem, ...]
    average_name: str
    question: tuple[Quote, ...]
    max_answers: Fact | None
    breakdown: Fact | None
    findings: tuple[Finding, ...]

    @property
    def respondents(self) -> Fact | None:
        """Return how many were asked; None = n不明."""
        return self.base.count

    @property
    def confidence(self) -> Fact:
        """Return the confidence level of the intervals."""
        return CONFIDENCE

    @property
    def significance(self) -> Fact:
        """Return the level of the corrected tests."""
        return SIGNIFICANCE

    @property
    def largest(self) -> tuple[ComparedItem, ...]:
        """Return the answers, largest share first; equal shares in survey order."""
        return tuple(sorted(self.items, key=lambda item: -number(item.value)))

    @property
    def by_difference(self) -> tuple[ComparedItem, ...]:
        """Return the answers by their difference to the average, most above first."""
        return tuple(sorted(self.items, key=lambda item: -number(item.difference)))

    @property
    def above(self) -> tuple[ComparedItem, ...]:
        """Return the answers whose interval lies above the average, largest difference first."""
        return tuple(item for item in self.by_difference if item.beyond == "above")

    @property
    def below(self) -> tuple[ComparedItem, ...]:
        """Return the answers whose interval lies below the average, largest difference first."""
        return tuple(item for item in reversed(self.by_difference) if item.beyond == "below")

    @property
    def further(self) -> tuple[ComparedItem, ...]:
        """Return the answers above the average beyond the interval, without the largest share itself."""
        return tuple(item for item in self.above if item is not self.largest[0])

    @property
    def robust(self) -> tuple[ComparedItem, ...]:
        """Return the answers whose difference survives the correction, in survey order."""
        return tuple(item for item in self.items if item.robust)

    @property
    def standouts(self) -> tuple[ComparedItem, ...]:
        """Return the answers three points or more away from the average, largest difference first."""
        far = [item for item in self.items if abs(number(item.difference)) >= _FAR]
        return tuple(sorted(far, key=lambda item: -abs(number(item.difference))))

    @property
    def has_intervals(self) -> bool:
        """Tell whether the row has intervals at all."""
        return any(item.interval is not None for item in self.items)

    @property
    def ties(self) -> tuple[ComparedItem, ...]:
        """Return all answers that share the largest share."""
        top = self.largest[0]
        return tuple(item for item in self.items if number(item.value) == number(top.value))


def compare_rows(subject: Subject, matrix_id: str) -> tuple[Comparison, ...]:
    """Return one comparison for each row that speaks for the sector; () when the matrix or a fitting row is missing."""
    matrix = subject.matrix(matrix_id)
    if matrix is None:
        return ()
    compared = (_compare(subject, matrix, choice) for choice in subject.row_in(matrix))
    return tuple(comparison for comparison in compared if comparison is not None)


def _compare(subject: Subject, matrix: Matrix, choice: RowChoice) -> Comparison | None:
    average_row = matrix.column_total_kind
    if average_row is None:
        return None
    counted = base_of(subject, choice.row)
    respondents = counted.count
    values: list[tuple[str, Fact, Fact]] = []
    for column in matrix.columns.labels:
        value = subject.fact(matrix, choice.row, column, coarser=choice.coarser)
        average = subject.fact(matrix, average_row, column)
        if value is not None and average is not None:
            values.append((column, value, average))
    if not values:
        return None
    breakdown = _breakdown(subject, matrix, choice, [value for _, value, _ in values])
    base = None if breakdown is not None else respondents
    robust = _robust_columns(subject, matrix, choice.row, [column for column, _, _ in values]) if base else frozenset()
    items = tuple(
        _item(matrix, choice, column, value, average, base, column in robust) for column, value, average in values
    )
    return Comparison(
        matrix_id=matrix.id,
        title=matrix.title,
        row=choice.row,
        coarser=choice.coarser,
        base=counted,
        small_base=respondents is not None and number(respondents) < number(SMALL_BASE),
        items=items,
        average_name=average_row,
        question=matrix.question,
        max_answers=_max_answers(matrix),
        breakdown=breakdown,
        findings=subject.findings_about(matrix, (choice.row,)),
    )


def _item(
    matrix: Matrix, choice: RowChoice, column: str, value: Fact, average: Fact, base: Fact | None, robust: bool
) -> ComparedItem:
    index = matrix.columns.labels.index(column)
    above = matrix.columns.spanners[index] if index < len(matrix.columns.spanners) else ()
    about = f"{matrix.id}/{choice.row}/{column}"
    label = f"{choice.row}の「{column}」"
    span = None if base is None else interval(value, base, about, f"{label}の信頼区間")
    beyond: Beyond = ""
    if span is not None and span.quantity.low is not None and span.quantity.high is not None:
        if number(average) < span.quantity.low:
            beyond = "above"
        elif number(average) > span.quantity.high:
            beyond = "below"
    return ComparedItem(
        label=column,
        short=short_label(matrix.columns, column),
        scope=above[0] if len(above) > 1 else "",
        theme=above[-1] if above else "",
        value=value,
        average=average,
        difference=difference(value, average, about, f"{label}と平均との差"),
        interval=span,
        beyond=beyond,
        robust=robust,
    )


@dataclass(frozen=True, slots=True)
class _Samples:
    """How many answered in each row of a table of shares, and their shares of each answer, 0 to 1; None: not asked."""

    rows: tuple[str, ...]
    people: tuple[int, ...]
    shares: Mapping[str, tuple[float | None, ...]]


def _samples(corpus: Corpus, matrix_id: str) -> _Samples | None:
    """Return the samples behind a table, None when the survey does not print how many answered in every row."""
    matrix = corpus.matrix(matrix_id)
    counts = corpus.matrix("respondents") if corpus.has_matrix("respondents") else None
    kind = counts.row_total_kind if counts is not None else None
    if counts is None or kind is None:
        return None
    people = [counts.value(row, kind) for row in matrix.rows.labels]
    counted = tuple(int(count) for count in people if count is not None)
    if len(counted) < len(people):
        return None
    shares = {
        column: tuple(
            None if value is None else float(value) / 100
            for value in (matrix.value(row, column) for row in matrix.rows.labels)
        )
        for column in matrix.columns.labels
    }
    return _Samples(matrix.rows.labels, counted, shares)


def _robust_columns(subject: Subject, matrix: Matrix, row: str, columns: Sequence[str]) -> frozenset[str]:
    """Return the answers in which the row differs from all other respondents, after Holm's correction."""
    samples = subject.index.shared(_samples, matrix.id)
    if samples is None:
        return frozenset()
    own = samples.rows.index(row)
    others = samples.people[:own] + samples.people[own + 1 :]
    everyone_else = sum(others)
    p_values: list[float] = []
    for column in columns:
        shares = tuple(share for share in samples.shares[column] if share is not None)
        if len(shares) < len(samples.rows):
            return frozenset()
        rest = pooled_share(shares[:own] + shares[own + 1 :], others)
        p_values.append(two_proportion_p(shares[own], samples.people[own], rest, everyone_else))
    level = float(number(SIGNIFICANCE)) / 100
    return frozenset(column for column, p in zip(columns, holm(p_values), strict=True) if p < level)


def _breakdown(subject: Subject, matrix: Matrix, choice: RowChoice, values: Sequence[Fact]) -> Fact | None:
    added = total(values, f"{matrix.id}/{choice.row}", f"{choice.row}の回答割合の合計")
    low, high = _BREAKDOWN
    return added if low <= number(added) <= high else None


def _max_answers(matrix: Matrix) -> Fact | None:
    if matrix.max_answers is None:
        return None
    return setting_fact(f"max-answers/{matrix.id}", "一人が選べる回答の数の上限", Decimal(matrix.max_answers), "つ")
