"""Axis ends and ticks: round steps for amounts, calendar steps for time."""

from __future__ import annotations

import datetime
import math
import re
import sys
from dataclasses import dataclass
from decimal import Decimal

from reportkit.render.plot.numbers import without_decimals

_STEPS = (1.0, 2.0, 2.5, 5.0)
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_WEEKS_UP_TO = 45  # days
_OPEN_DAYS = 90  # at least so much room for what goes on


@dataclass(frozen=True, slots=True)
class Scale:
    """Both ends of a value axis and the distance of its ticks."""

    minimum: float
    maximum: float
    step: float

    def share(self, value: float) -> float:
        """Return where the value lies on the axis: 0 at the lower end, 1 at the upper."""
        return (value - self.minimum) / (self.maximum - self.minimum)

    @property
    def span(self) -> float:
        """Return the length of the axis, in its own unit."""
        return self.maximum - self.minimum


def _steps(span: float, ticks: int, unit: float) -> list[float]:
    """Return the round steps that could divide a span into about so many parts, each a multiple of the unit."""
    magnitude = 10.0 ** math.floor(math.log10(max(span / ticks, unit, sys.float_info.min)))
    steps = [_tidy(step * magnitude * power) for power in (1.0, 10.0) for step in _STEPS]
    return [step for step in steps if not unit or abs(step / unit - round(step / unit)) < 1e-6 <= step / unit]


def _tidy(value: float) -> float:
    """Take the dust of binary fractions off a number."""
    return float(f"{value:.12g}") + 0.0


def round_scale(
    low: float,
    high: float,
    *,
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
    pad_low: float = 0.0,
    pad_high: float = 0.0,
    unit: float = 0.0,
    ticks: int = 5,
) -> Scale:
    """Return round ends around `low`..`high`; given ends are kept as they are, unless they leave nothing to draw.

    pad_low, pad_high: free room beyond the data that labels or bubbles need, as share of the data's span.
    unit: the smallest difference that the number format prints; ticks closer than that would print wrong numbers.
    """
    # A double can be so large that a span overflows: halve it where that could happen.
    low, high = (max(min(value, 4e307), -4e307) for value in (low, high))
    bottom = float(minimum) if minimum is not None else low
    top = float(maximum) if maximum is not None else high
    if not bottom < top:
        bottom, top = (bottom, bottom + max(1.0, abs(bottom))) if maximum is None else (top - max(1.0, abs(top)), top)
    span = top - bottom
    if minimum is None and low != 0:
        bottom -= span * pad_low
    if maximum is None and high != 0:
        top += span * pad_high
    best = math.inf
    found = Scale(bottom, top, top - bottom)
    for step in _steps(top - bottom, ticks, unit):
        low_end = _tidy(math.floor(bottom / step + 1e-9) * step) if minimum is None else bottom
        high_end = _tidy(math.ceil(top / step - 1e-9) * step) if maximum is None else top
        if maximum is None and high_end <= low_end:
            high_end = _tidy(low_end + step)
        parts = (high_end - low_end) / step
        # Little empty room counts more than the exact number of ticks.
        cost = (high_end - low_end) / (top - bottom) + 0.05 * abs(parts - ticks) + 2 * max(parts - ticks - 1, 0)
        if cost < best - 1e-9:
            best, found = cost, Scale(low_end, high_end, step)
    return found


def tick_format(scale: Scale, code: str) -> str:
    """Return the format code for ticks: without decimals when every tick is a whole number as printed."""
    factor = 100 if "%" in re.sub(r'"[^"]*"|\\.', "", code) else 1
    whole = all(abs(number * factor - round(number * factor)) < 1e-9 for number in (scale.minimum, scale.step))
    return without_decimals(code) if whole else code


def date_serial(date: datetime.date) -> int:
    """Return Excel's serial number of a day (1900 date system; right from March 1900 on)."""
    return (date - _EXCEL_EPOCH).days


def serial_date(serial: int) -> datetime.date:
    """Return the day of an Excel serial number."""
    return _EXCEL_EPOCH + datetime.timedelta(days=serial)


@dataclass(frozen=True, slots=True)
class DateScale:
    """A time axis in Excel serial days.

    ticks: the true first days of the calendar steps, both ends included.
    step: equal distance for renderers that cannot draw unequal ticks; every such tick still falls into its own month.
    number_format: how ticks are printed, as an Excel format code.
    """

    scale: Scale
    ticks: tuple[int, ...]
    number_format: str


def _month_start(month_index: int) -> int:
    return date_serial(datetime.date(month_index // 12, month_index % 12 + 1, 1))


def date_scale(first: datetime.date, last: datetime.date, *, open_end: bool, months: int, years: int) -> DateScale:
    """Return a calendar axis around both days; an open end gets room behind the last known day.

    months, years: how many ticks at most have room, when they print months (`2023/4`) and when years (`2023年`).
    """
    days = (last - first).days + 1
    if open_end:
        days += max(days // 8, _OPEN_DAYS)
    if days <= _WEEKS_UP_TO:
        start = date_serial(first)
        weeks = max(math.ceil(days / 7), 1)
        week_ticks = tuple(start + 7 * index for index in range(weeks + 1))
        return DateScale(Scale(start, week_ticks[-1], 7), week_ticks, 'm"月"d"日"')
    end = date_serial(first) + days
    found: list[int] = []
    step = 1
    for step in _MONTH_STEPS:
        start_month = max((first.year * 12 + first.month - 1) // step * step, 1900 * 12)
        found = [_month_start(start_month)]
        while found[-1] < end and len(found) <= (years if step >= 12 else months):
            found.append(_month_start(start_month + len(found) * step))
        if found[-1] >= end:
            break
    distance = max((tick - found[0]) / index for index, tick in enumerate(found) if index)
    code = 'yyyy"年"' if step >= 12 else 'yyyy"/"m'
    return DateScale(Scale(found[0], found[0] + distance * (len(found) - 1), distance), tuple(found), code)


def date_text(serial: int, number_format: str) -> str:
    """Print a tick of a `DateScale`, as Excel would by its format code."""
    day = serial_date(serial)
    if number_format.startswith("m"):
        return f"{day.month}月{day.day}日"
    return f"{day.year}年" if "m" not in number_format else f"{day.year}/{day.month}"
