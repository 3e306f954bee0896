"""How numbers are printed in Japanese briefings: one form for each kind of number, used by every view.

In: `Decimal` values in base units (円, 人, %). Out: text. Negative numbers carry U+2212 (−), never △ or a hyphen;
differences always carry their sign. Rounding is half up, as readers do it by hand.

>>> format_oku(Decimal(371_100_000_000)), format_yen(Decimal(15_570 * 10**8)), format_points(Decimal(-3))
('3,711億円', '1.6兆円', '−3ポイント')
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

MINUS = "\u2212"
OKU = Decimal(10) ** 8
CHO = Decimal(10) ** 12
MAN = Decimal(10) ** 4
_SCALES = {"10億円": (Decimal(10) ** 9, "円"), "億円": (OKU, "円"), "兆円": (CHO, "円"), "万円": (MAN, "円")}


def round_half_up(value: Decimal, decimals: int = 0) -> Decimal:
    """Return the value rounded to that many decimals, halves away from zero."""
    return value.quantize(_step(decimals), rounding=ROUND_HALF_UP)


@lru_cache(32)
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def in_base_unit(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return the value in its base unit: 3,711 億円 is 371,100,000,000 円; units without a scale stay as they are."""
    factor, base = _SCALES.get(unit, (Decimal(1), unit))
    return value * factor, base


def format_number(value: Decimal, decimals: int = 0) -> str:
    """Return the number with thousands separators and that many decimals: `3,711`, `−0.5`."""
    rounded = round_half_up(value, decimals)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


def format_signed(value: Decimal, decimals: int = 0) -> str:
    """Return the number with its sign: `+4`, `−4`, `±0`."""
    rounded = round_half_up(value, decimals)
    if not rounded:
        return f"±{abs(rounded):.{decimals}f}"
    return format_number(rounded, decimals) if rounded < 0 else f"+{format_number(rounded, decimals)}"


def format_oku(yen: Decimal, decimals: int = 0) -> str:
    """Return an amount of yen in 億円, as the survey's tables print it: `15,570億円`."""
    return f"{format_number(yen / OKU, decimals)}億円"


def format_yen(yen: Decimal) -> str:
    """Return an amount of yen as one reads it aloud: `15.6兆円`, `3,711億円`, `4,500万円`, `900円`."""
    size = abs(yen)
    if round_half_up(size / CHO, 1) >= 1:
        return f"{format_number(yen / CHO, 1)}兆円"
    if round_half_up(size / OKU) >= 1:
        return format_oku(yen)
    if round_half_up(size / MAN) >= 1:
        return f"{format_number(yen / MAN)}万円"
    return f"{format_number(yen)}円"


def format_percent(value: Decimal, decimals: int = 0) -> str:
    """Return a percentage: `24%`, `8.3%`."""
    return f"{format_number(value, decimals)}%"


def format_points(value: Decimal, decimals: int = 0) -> str:
    """Return a difference of two percentages, with its sign: `+3ポイント`, `−2.4ポイント`, `±0ポイント`."""
    return f"{format_signed(value, decimals)}ポイント"


def format_rank(rank: int) -> str:
    """Return a rank: `第3位`."""
    return f"第{rank}位"


def format_range(low: Decimal, high: Decimal, unit: str, decimals: int = 0) -> str:
    """Return a range with its unit once: `16〜25%`."""
    return f"{format_number(low, decimals)}〜{format_number(high, decimals)}{unit}"


def format_value(value: Decimal, unit: str, decimals: int = 0) -> str:
    """Return a value with its unit, in the form that belongs to the unit.

    円 in 億円 (`3,711億円`), ポイント with sign, 位 as rank, everything else as number and unit (`253人`, `1.8倍`).
    """
    if unit == "円":
        return format_oku(value, decimals)
    if unit == "ポイント":
        return format_points(value, decimals)
    if unit == "位":
        return format_rank(int(value))
    return f"{format_number(value, decimals)}{unit}"


def decimals_of(value: Decimal) -> int:
    """Return how many decimals the value was written with (26.7 has 1, 24 has none)."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
