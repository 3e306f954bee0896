"""Totals of tables and lists against the sum of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.amounts import read_quantity
from reportkit.base.calculations import Interval, interval_of
from reportkit.base.finding import Evidence, Finding
from reportkit.base.quantity import Quantity
from reportkit.checks.cases.passages import Passage, Subject, Table, is_total
from reportkit.checks.cases.rates import rounding_of
from reportkit.checks.cases.wording import amount, computation, place, short, stated, warning

# Rates, scores and lengths of time side by side are not added up; people may be counted in two rows.
_NOT_ADDED = frozenset({"%", "ポイント", "倍", "点", "年", "ヶ月", "週", "日", "人", ""})
_SHARE = Decimal("0.03")
_FIX = "内訳の値と合計のどちらが正しいか、内訳に抜けや重複がないかを出典で確かめてください"


@dataclass(frozen=True, slots=True)
class _Part:
    passage: Passage
    quantity: Quantity
    interval: Interval


def check_totals(subject: Subject) -> Iterable[Finding]:
    """Compare every 合計 with the rows or list items above it, column by column."""
    for table in subject.tables:
        yield from _check_table(subject, table)
    yield from _check_lists(subject)


def _check_table(subject: Subject, table: Table) -> Iterator[Finding]:
    start = 0
    for index, row in enumerate(table.rows):
        if not is_total(row[0].text):
            continue
        for column in range(1, len(row)):
            total = _part(row[column])
            parts = [
                None if column >= len(above) else _part(above[column])
                for above in table.rows[start:index]
                if not is_total(above[0].text)
            ]
            if total is not None:
                yield from _compare(subject, parts, total)
        start = index + 1


def _check_lists(subject: Subject) -> Iterator[Finding]:
    above: list[Passage] = []
    key: tuple[int, int, tuple[str, ...]] | None = None
    for passage in subject.passages:
        if not passage.in_list or not passage.label:
            continue
        here = (passage.group, passage.level, passage.titles)
        if here != key:
            key, above = here, []
        if not is_total(passage.label):
            above.append(passage)
            continue
        if (total := _part(passage)) is not None:
            yield from _compare(subject, [_part(part) for part in above], total)
        above = []


def _part(passage: Passage) -> _Part | None:
    quantity = read_quantity(passage.text)
    interval = interval_of(quantity)
    return None if interval is None else _Part(passage, quantity, interval)


def _compare(subject: Subject, found: list[_Part | None], total: _Part) -> Iterator[Finding]:
    """Compare two and more parts with a total of the same unit; a part without number decides nothing."""
    parts = [part for part in found if part is not None]
    unit = total.quantity.unit
    if len(parts) < 2 or len(parts) < len(found) or unit in _NOT_ADDED:
        return
    if any(part.quantity.unit != unit or part.quantity.is_target for part in parts):
        return
    times = {part.quantity.per for part in parts if part.quantity.per}
    if len(times) > 1 or (times and total.quantity.per and total.quantity.per not in times):
        return
    if any(set(part.quantity.qualifier.split("・")) & {"以上", "超", "最大", "以下", "未満"} for part in parts):
        return
    low, high = sum(part.interval.low for part in parts), sum(part.interval.high for part in parts)
    slack = sum((rounding_of(part.interval.high) for part in parts), Decimal(0)) + rounding_of(total.interval.high)
    slack = min(slack, Decimal(high) / 10)
    computed = Interval(Decimal(low), Decimal(high)).widened(_SHARE)
    if total.interval.overlaps(Interval(computed.low - slack, computed.high + slack)):
        return
    label = f"{total.passage.header or total.passage.title}の{total.passage.label}"
    result = amount(Decimal(low), unit) if low == high else f"{amount(Decimal(low))}〜{amount(Decimal(high), unit)}"
    sums = " ＋ ".join(stated(part.quantity).removesuffix("相当") for part in parts)
    message = f"「{short(label)}」は{stated(total.quantity)}と書かれていますが、内訳を足すと{result}です"
    evidence: tuple[Evidence, ...] = (
        place(total.passage),
        Evidence(
            f"内訳（{short(parts[0].passage.label)}〜{short(parts[-1].passage.label)}）", sums, parts[0].passage.origin
        ),
        computation(f"{sums} ＝ {result}"),
    )
    yield warning(subject, "case.total", message, total.passage.origin, evidence, _FIX)
