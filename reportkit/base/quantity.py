"""Amounts as sources write them: a value or a range, its unit, what it is per, and how sure the writer was.

`Quantity` is only the value; the grammar that reads one from Japanese text is `reportkit.base.amounts`.

>>> Quantity("約4,500万円", value=Decimal(45_000_000), unit="円", qualifier="約").is_known
True
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount, in base units (44.8万時間 is 448000 with unit 時間).

    raw: the text it was read from.
    value: the single value, or None for a range and for amounts that name no number (数十億円).
    low, high: both ends of a range, or None.
    unit: 円, USD, 時間, 人, 件, 社, %, ポイント, 倍 ...; "" when none is written.
    qualifier: 約, 以上, 超, 未満, 以下, 最大, 弱, 推定 ...; several are joined by ・; "" when none.
    per: what the amount is per, outermost first: ("月",), ("月", "人").
    sign_word: 増, 減, 削減, 向上, 短縮 ... when the text says which way the amount points; the value carries the sign.
    is_target: the text calls it a target, a plan or a forecast (目標, 見込み, 予定, 拡大予定).
    """

    raw: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    per: tuple[str, ...] = ()
    sign_word: str = ""
    is_target: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether the text names at least one number."""
        return self.value is not None or self.low is not None or self.high is not None

    @property
    def middle(self) -> Decimal | None:
        """Return the value, or the middle of the range; for ordering and charts, never for printing."""
        if self.value is not None:
            return self.value
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.low is not None else self.high
