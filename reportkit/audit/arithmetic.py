"""Every derivation computed anew, in exact decimals: a fact of the ledger in, what its numbers ought to be out.

Written from the description of the operations in docs/ledger.md; shares nothing with the code that computed the facts.
Rounding is half away from zero, as by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from statistics import NormalDist

from reportkit.audit.entries import Ledger, LedgerFact

_DIGITS = 60  # of exact arithmetic; values have at most 40 before the point
_NOISE = 6  # decimals of a percentage that an interval keeps before it is rounded


@dataclass(frozen=True, slots=True)
class Expected:
    """What a fact ought to be; value None for a range."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""


class NotComputableError(ValueError):
    """The inputs do not allow the operation; the message says why, in Japanese."""


def recompute(ledger: Ledger, fact: LedgerFact) -> Expected | None:
    """Return what a derived fact ought to be, None when there is nothing to compute (a setting, a stated amount).

    Raises `NotComputableError` when the derivation cannot be followed.
    """
    derivation = fact.derivation
    if derivation is None or derivation.operation in _GIVEN:
        return None
    operation = _OPERATIONS.get(derivation.operation)
    if operation is None:
        raise NotComputableError(f"知らない計算「{derivation.operation}」です")
    inputs = ledger.inputs(fact)
    if derivation.operation == "count":
        return Expected(Decimal(len(derivation.members)), unit=fact.unit)
    with localcontext() as context:
        context.prec = _DIGITS
        return operation(inputs, derivation.parameters)


def _number(fact: LedgerFact) -> Decimal:
    if fact.value is None:
        raise NotComputableError(f"「{fact.label}」に一つの値がありません")
    return fact.value


def _exactly(inputs: Sequence[LedgerFact], count: int) -> list[Decimal]:
    if len(inputs) != count:
        raise NotComputableError(f"計算のもとは {count} 個のはずですが {len(inputs)} 個です")
    return [_number(fact) for fact in inputs]


def _one_unit(inputs: Sequence[LedgerFact]) -> str:
    units = {fact.unit for fact in inputs}
    if len(units) != 1:
        raise NotComputableError(f"計算のもとの単位がそろっていません（{'、'.join(sorted(units))}）")
    return units.pop()


def _divided(above: Decimal, below: Decimal) -> Decimal:
    if not below:
        raise NotComputableError("0 で割ることになります")
    return above / below


def _rounded(value: Decimal, parameters: Mapping[str, str], default: str = "1") -> Decimal:
    decimals = parameters.get("decimals", default)
    if not decimals.isdigit() or len(decimals) > 2:
        raise NotComputableError(f"小数の桁数「{decimals}」が数ではありません")
    return value.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)


def _share(inputs: Sequence[LedgerFact], parameters: Mapping[str, str]) -> Expected:
    part, whole = _exactly(inputs, 2)
    _one_unit(inputs)
    return Expected(_rounded(_divided(part, whole) * 100, parameters), unit="%")


def _ratio(inputs: Sequence[LedgerFact], parameters: Mapping[str, str]) -> Expected:
    part, whole = _exactly(inputs, 2)
    _one_unit(inputs)
    return Expected(_rounded(_divided(part, whole), parameters), unit="倍")


def _rank(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    if not inputs:
        raise NotComputableError("順位をつけるものがありません")
    mine, *others = (_number(fact) for fact in inputs)
    return Expected(Decimal(1 + sum(other > mine for other in others)), unit="位")


def _difference(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    value, base = _exactly(inputs, 2)
    unit = _one_unit(inputs)
    return Expected(value - base, unit="ポイント" if unit == "%" else unit)


def _points(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    before, after = _exactly(inputs, 2)
    return Expected(after - before, unit="ポイント")


def _change(inputs: Sequence[LedgerFact], parameters: Mapping[str, str]) -> Expected:
    before, after = _exactly(inputs, 2)
    _one_unit(inputs)
    return Expected(_rounded(_divided(after - before, before) * 100, parameters), unit="%")


def _product(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    if not inputs:
        raise NotComputableError("掛けるものがありません")
    result = _number(inputs[0])
    for fact in inputs[1:]:
        result *= _number(fact) / 100 if fact.unit == "%" else _number(fact)
    return Expected(result, unit=inputs[0].unit)


def _sum(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    if not inputs:
        raise NotComputableError("足すものがありません")
    return Expected(sum((_number(fact) for fact in inputs), Decimal(0)), unit=_one_unit(inputs))


def _weighted_average(inputs: Sequence[LedgerFact], parameters: Mapping[str, str]) -> Expected:
    half, odd = divmod(len(inputs), 2)
    if odd or not half:
        raise NotComputableError("値と重みの数がそろっていません")
    values, weights = inputs[:half], inputs[half:]
    _one_unit(weights)
    numbers = [_number(fact) for fact in weights]
    total = sum((_number(fact) * weight for fact, weight in zip(values, numbers, strict=True)), Decimal(0))
    return Expected(_rounded(_divided(total, sum(numbers, Decimal(0))), parameters), unit=_one_unit(values))


def _complement(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    (value,) = _exactly(inputs, 1)
    return Expected(100 - value, unit="%")


def _wilson(inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    value, respondents, confidence = _exactly(inputs, 3)
    if respondents < 1 or not 0 <= value <= 100 or not 0 < confidence < 100:
        raise NotComputableError("割合、回答人数、信頼水準のどれかがあり得ない値です")
    z = Decimal(NormalDist().inv_cdf(0.5 + float(confidence) / 200))
    share = value / 100
    scale = 1 + z * z / respondents
    centre = (share + z * z / (2 * respondents)) / scale
    half = z / scale * (share * (1 - share) / respondents + z * z / (4 * respondents * respondents)).sqrt()
    noise = Decimal(1).scaleb(-_NOISE)
    low, high = (
        (min(max(bound, Decimal(0)), Decimal(1)) * 100).quantize(noise).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for bound in (centre - half, centre + half)
    )
    return Expected(None, low, high, "%")


def _count(_inputs: Sequence[LedgerFact], _parameters: Mapping[str, str]) -> Expected:
    raise AssertionError  # counted from the members above


_GIVEN = frozenset({"setting", "check", "earlier"})
_OPERATIONS: Mapping[str, Callable[[Sequence[LedgerFact], Mapping[str, str]], Expected]] = {
    "share": _share,
    "ratio": _ratio,
    "rank": _rank,
    "difference": _difference,
    "product": _product,
    "sum": _sum,
    "weighted-average": _weighted_average,
    "wilson": _wilson,
    "change": _change,
    "points": _points,
    "complement": _complement,
    "count": _count,
}
