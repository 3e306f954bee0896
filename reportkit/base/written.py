"""Amounts and periods as text in one plain form each, such that reading the text gives the same value again.

For records, tests and messages; how numbers look in a briefing is decided by the views.

>>> write_quantity(Quantity("", value=Decimal(4_500_000), unit="円", qualifier="約", per=("月", "人")))
'約4,500,000円/月/人'
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity

_BEFORE = ("推定", "最大", "最低", "延べ", "累計", "目標比", "約", "±")
_POINTS = "点満点"
_FISCAL = ("年度", "年度末")  # hints of months that a fiscal year, April to March, gave
_LAST_FISCAL_MONTH = 3
_ENDLESS = 20  # digits; a number that a source writes out has fewer
_LARGEST_DENOMINATOR = 10**12


def write_quantity(quantity: Quantity) -> str:
    """Return an amount as text: qualifiers, number or range, unit, qualifiers, what it is per; "" without a number."""
    if not quantity.is_known:
        return ""
    words = [word for word in quantity.qualifier.split("・") if word]
    before = "".join("目標の" if word == "目標比" else word for word in _BEFORE if word in words)
    after = "".join(word for word in words if word not in _BEFORE and not word.endswith(_POINTS))
    full = next((f"/{word.removesuffix(_POINTS)}" for word in words if word.endswith(_POINTS)), "")
    unit = "" if full else quantity.unit
    per = "".join(f"/{word}" for word in quantity.per)
    return f"{before}{_number(quantity)}{full}{unit}{after}{per}"


def _number(quantity: Quantity) -> str:
    if quantity.value is not None:
        return _fraction(quantity.value) or _decimal(quantity.value)
    low, high = quantity.low or Decimal(0), quantity.high or Decimal(0)
    if low < 0 and high <= 0:  # -50..-40 is written with one sign, as a range of a reduction is
        return f"-{_decimal(-high)}〜{_decimal(-low)}"
    return f"{_decimal(low)}〜{_decimal(high)}"


def _fraction(value: Decimal) -> str:
    """Return `3分の1` for a third; "" for a number that its digits say in full."""
    if len(value.as_tuple().digits) < _ENDLESS:
        return ""
    near = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    if near.numerator < 1 or Decimal(near.numerator) / Decimal(near.denominator) != value:
        return ""
    return f"{near.denominator}分の{near.numerator}"


def _decimal(value: Decimal) -> str:
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write_period(period: Period) -> str:
    """Return a period as text: `2023年8月〜`, `2023年2月〜2023年4月`, `〜2024年6月`; "" without a date."""
    if period.start is None:
        return "" if period.end is None else f"〜{_date(period.end)}"
    if period.open_end or period.end is None:
        return f"{_date(period.start)}〜"
    if period.start == period.end or _date(period.start) == _date(period.end):
        return _date(period.start)
    return f"{_date(period.start)}〜{_date(period.end)}"


def _date(date: PartialDate) -> str:
    if date.hint in _FISCAL and date.month is not None:
        return f"{date.year - (date.month <= _LAST_FISCAL_MONTH)}{date.hint}"
    month = "" if date.month is None else f"{date.month}月"
    day = "" if date.day is None else f"{date.day}日"
    return f"{date.year}年{month}{day}{date.hint}"
