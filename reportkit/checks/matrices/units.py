"""Units: how much one of a matrix is, and numbers that are off by a power of ten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "兆": 10**12}
_MONEY = re.compile(r"(?P<number>[\d,]*)(?P<word>百万|千万|千|万|億|兆|)円")


def unit_scale(unit: str) -> Decimal | None:
    """Return one unit in base units (10億円 is 1,000,000,000 円; % is 0.01); None for a unit that is not known."""
    if unit == "%":
        return Decimal("0.01")
    found = _MONEY.fullmatch(unit)
    if found is None:
        return Decimal(1) if unit in {"人", "社", "件", "時間", "倍"} else None
    return Decimal(found["number"].replace(",", "") or 1) * _SCALES[found["word"]]


def power_of_ten(printed: Decimal, computed: Decimal) -> int:
    """Return k when printed is about computed x 10^k, with k = 0 also for everything that is no power of ten."""
    if printed <= 0 or computed <= 0:
        return 0
    ratio = printed / computed
    power = round(float(ratio.log10()))
    return power if Decimal("0.8") <= ratio.scaleb(-power) <= Decimal("1.25") else 0


def common_power(pairs: Sequence[tuple[Decimal, Decimal]]) -> int:
    """Return the power of ten by which most printed values differ from the computed ones, 0 when there is none."""
    powers = [power_of_ten(printed, computed) for printed, computed in pairs if printed and computed]
    if len(powers) < 3:
        return 0
    best = max(set(powers), key=powers.count)
    return best if powers.count(best) * 10 >= len(powers) * 7 else 0


def times(power: int) -> str:
    """Return a power of ten in words: `10倍`, `100分の1`."""
    return f"{10**power:,}倍" if power > 0 else f"{10**-power:,}分の1"
