"""The steps of an introduction with their time, as exact as the source dates them.

In: `Case.phases`. Out: `Step`: the period as a fact that prints as written, and the calendar days that it may span.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.origin import Quote
from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Phase


@dataclass(frozen=True, slots=True)
class Step:
    """One step. when: None when the source does not date it; start, end: None when open or not dated."""

    name: Quote
    when: Fact | None
    start: datetime.date | None
    end: datetime.date | None
    details: tuple[Quote, ...]


def steps_of(case: Case, name: str, most: int | None = None) -> tuple[Step, ...]:
    """Return the steps in the order of the source, the first ones when not all are wanted."""
    return tuple(_step(case, name, number, phase) for number, phase in enumerate(case.phases[:most], start=1))


def period_fact(fact_id: str, label: str, period: Period, origin: Quote) -> Fact:
    """Return a period as a fact, printed as the source wrote it."""
    return Fact(fact_id, label, Quantity(period.raw), period.raw, (origin.origin,))


def first_day(date: PartialDate) -> datetime.date | None:
    """Return the first day that the date may mean; None for a date that no calendar has."""
    try:
        return datetime.date(date.year, date.month or 1, date.day or 1)
    except ValueError:
        return None


def last_day(date: PartialDate) -> datetime.date | None:
    """Return the last day that the date may mean; None for a date that no calendar has."""
    try:
        month = date.month or 12
        return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def _step(case: Case, name: str, number: int, phase: Phase) -> Step:
    label = Quote(phase.name, phase.origin)
    period = phase.period
    if period is None or not period.raw:
        return Step(label, None, None, None, phase.details)
    when = period_fact(f"case/{case.id}/phase/{number}", f"{name}：{phase.name}の時期", period, label)
    start = first_day(period.start) if period.start is not None else None
    end = last_day(period.end) if period.end is not None and not period.open_end else None
    if start is not None and end is not None and end < start:
        end = None
    return Step(label, when, start, end, phase.details)
