"""Calculations that the file writes out, against the results that it states for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.amounts import CURRENCIES, read_quantity
from reportkit.base.calculations import (
    Calculation,
    Interval,
    holds_calculation,
    hourly_seconds,
    interval_of,
)
from reportkit.base.finding import Finding
from reportkit.base.quantity import Quantity
from reportkit.checks.cases.conversions import rate_band
from reportkit.checks.cases.passages import Passage, Subject
from reportkit.checks.cases.wording import amount, computation, place, short, span, stated, times, warning

_SLACK = Decimal("0.12")
_PER_HOUR = {"分": Decimal(60), "秒": Decimal(3600), "時間": Decimal(1)}
_HOUR_RATES = {
    "円": Interval(Decimal(500), Decimal(20_000)),
    "USD": Interval(Decimal(4), Decimal(200)),
    "EUR": Interval(Decimal(4), Decimal(200)),
    "GBP": Interval(Decimal(4), Decimal(200)),
}
_OF_ONE_YEAR = re.compile("年間平均|年平均|年額|単年|1年|/年")
_FIX = "計算の前提（人数・単価・期間）と結果のどちらが正しいかを出典で確かめてください"


@dataclass(frozen=True, slots=True)
class _Result:
    """A result that the file states for a calculation, and where."""

    quantity: Quantity
    passage: Passage


def check_calculations(subject: Subject) -> Iterable[Finding]:
    """Compare what a written calculation gives with the result stated behind it, before it, or in its row."""
    for passage, calculations in subject.calculations:
        for calculation in calculations:
            results = _results(subject, passage, calculation)
            if calculation.unknown:
                yield from _check_hourly_rate(subject, passage, calculation, results)
                continue
            yield from _check(subject, passage, calculation, results)


def _results(subject: Subject, passage: Passage, calculation: Calculation) -> list[_Result]:
    if calculation.stated is not None:
        return [_Result(calculation.stated, passage)]
    if calculation.outer is not None:
        return [_Result(calculation.outer, passage)]
    found: list[_Result] = []
    over_years = any(factor.unit == "年" and (factor.value or 0) > 1 for factor in calculation.factors)
    for cell in subject.row_of(passage):
        if over_years and _OF_ONE_YEAR.search(cell.header):
            continue
        if cell is not passage and not holds_calculation(cell.text):
            quantity = read_quantity(cell.text)
            if quantity.is_known and quantity.unit:
                found.append(_Result(quantity, cell))
    return found


def _check(subject: Subject, passage: Passage, calculation: Calculation, results: list[_Result]) -> Iterator[Finding]:
    wrong: list[tuple[_Result, Interval]] = []
    for result in results:
        readings = _readings(calculation, result.quantity)
        if not readings:
            continue
        if any(_agrees(result.quantity, reading) for reading in readings):
            return
        wrong.append((result, readings[0]))
    if not wrong:
        return
    result, computed = wrong[0]
    unit = result.quantity.unit
    said = interval_of(result.quantity)
    assert said is not None
    shown = span(computed, unit)
    converted = ""
    if calculation.currency and calculation.currency != result.quantity.unit and result.quantity.unit in CURRENCIES:
        shown = f"{span(calculation.result, calculation.currency)}（{span(computed, unit)}に当たる）"
        converted = "。通貨の換算を広く取っても合いません"
    elif computed.low > 0 and said.low > 0:
        converted = f"（{times(said.low / computed.low)}）"
    label = result.passage.label or passage.label or passage.title
    message = (
        f"「{short(label)}」は{stated(result.quantity)}と書かれていますが、"
        f"{short(calculation.text, 60)}を計算すると{shown}です{converted}"
    )
    evidence = (place(result.passage), place(passage, calculation.text), computation(f"{calculation.text} ＝ {shown}"))
    yield warning(subject, "case.calculation", message, passage.origin, evidence, _FIX)


def _readings(calculation: Calculation, said: Quantity) -> list[Interval]:
    """Return what the calculation may mean in the unit of the stated result; empty when that cannot be decided."""
    result = calculation.result
    if said.unit in CURRENCIES:
        return _money_readings(calculation, said)
    if said.unit == "%":
        return _rate_readings(calculation)
    money = [factor for factor in calculation.factors if factor.unit in CURRENCIES]
    if said.unit in {"ヶ月", "年"} and len(money) >= 2 and calculation.operators == ("÷",):
        months = result.times(Decimal(12) if said.unit == "ヶ月" else Decimal(1))
        return [months, result] if "月" in money[-1].per else [months]
    if money or (calculation.operators[0] in {"+", "-"} and any(f.unit != said.unit for f in calculation.factors)):
        return []
    units = [factor.unit for factor in calculation.factors]
    if said.unit in units and units.count(said.unit) == 1 and said.unit not in {"人", "日", "ヶ月", "年"}:
        return [result]
    if said.unit == "時間" and "分" in units and "時間" not in units:
        return [result.times(Decimal(1) / 60)]
    return []


def _money_readings(calculation: Calculation, said: Quantity) -> list[Interval]:
    currency = calculation.currency
    if not currency:
        return []
    result = calculation.result.times(1 / hourly_seconds(calculation.factors))
    if currency != said.unit:
        band = rate_band(currency, said.unit)
        return [] if band is None else [Interval(result.low * band.low, result.high * band.high)]
    units = {factor.unit for factor in calculation.factors}
    monthly = any("月" in factor.per for factor in calculation.factors)
    if monthly and "ヶ月" not in units:  # 月200件 × 500円 may be the year's amount
        return [result, result.times(Decimal(12))]
    return [result]


def _rate_readings(calculation: Calculation) -> list[Interval]:
    money = [interval_of(factor) for factor in calculation.factors if factor.unit in CURRENCIES]
    if len(money) != 2 or len(calculation.factors) != 2:
        return []
    gain, cost = money
    if gain is None or cost is None or cost.low <= 0:
        return []
    if calculation.operators == ("-",):
        return [Interval((gain.low - cost.high) / cost.high * 100, (gain.high - cost.low) / cost.low * 100)]
    if calculation.operators == ("÷",):
        ratio = calculation.result.times(Decimal(100))
        return [ratio, Interval(ratio.low - 100, ratio.high - 100)]
    return []


def _agrees(said: Quantity, computed: Interval) -> bool:
    interval = interval_of(said)
    if interval is None:
        return True
    if said.unit == "%":
        return interval.overlaps(Interval(computed.low - 2, computed.high + 2))
    words = said.qualifier
    if "以上" in words or "超" in words:
        return computed.high * Decimal("1.1") >= interval.low and computed.low <= interval.high * 3
    if "以下" in words or "未満" in words or "以内" in words:
        return computed.low <= interval.high * Decimal("1.1") and computed.high * 3 >= interval.low
    return interval.overlaps(computed.widened(_SLACK))


def lacks_only_an_hourly_rate(calculation: Calculation) -> bool:
    """Tell whether hours are multiplied by a pay that is not stated (`200件×5分×時給換算`)."""
    if len(calculation.unknown) != 1 or not calculation.is_product:
        return False
    if not any(factor.unit in _PER_HOUR for factor in calculation.factors):
        return False
    return any(word in calculation.unknown[0] for word in ("時給", "人件費", "単価", "換算"))


def _check_hourly_rate(
    subject: Subject, passage: Passage, calculation: Calculation, results: list[_Result]
) -> Iterator[Finding]:
    """Find money for hours of work whose rate is not stated but would be no rate that anyone pays."""
    result = next((result for result in results if result.quantity.unit in _HOUR_RATES), None)
    if result is None or not lacks_only_an_hourly_rate(calculation):
        return
    per_hour = next(_PER_HOUR[factor.unit] for factor in calculation.factors if factor.unit in _PER_HOUR)
    hours = calculation.result.times(1 / per_hour)
    said = interval_of(result.quantity)
    if said is None or hours.low <= 0:
        return
    unit = result.quantity.unit
    rate = Interval(said.low / hours.high, said.high / hours.low)
    if rate.overlaps(_HOUR_RATES[unit]):
        return
    message = (
        f"{short(calculation.text, 60)}は{span(hours, '時間')}です。"
        f"{stated(result.quantity)}とすると1時間あたり{span(rate, unit)}になり、人件費として考えにくい額です"
    )
    sums = f"{amount(said.low, unit)} ÷ {span(hours, '時間')} ＝ {span(rate, unit)}/時間"
    evidence = (place(result.passage, result.quantity.raw), place(passage, calculation.text), computation(sums))
    yield warning(subject, "case.implied-rate", message, passage.origin, evidence, _FIX)
