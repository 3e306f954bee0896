"""The same money in two currencies: the exchange rate that both sides imply must be one that there has been."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from reportkit.base.amounts import CURRENCIES, read_conversion, read_quantity
from reportkit.base.calculations import Interval, interval_of
from reportkit.base.finding import Finding
from reportkit.base.quantity import Quantity
from reportkit.checks.cases.passages import Passage, Subject
from reportkit.checks.cases.wording import amount, computation, place, short, stated, warning

# Yen for one unit of the currency, wider than any rate since 2000, with room for rounding.
_YEN = {
    "USD": Interval(Decimal(70), Decimal(200)),
    "EUR": Interval(Decimal(85), Decimal(230)),
    "GBP": Interval(Decimal(110), Decimal(290)),
    "AUD": Interval(Decimal(50), Decimal(140)),
    "CNY": Interval(Decimal(9), Decimal(30)),
    "INR": Interval(Decimal(1), Decimal(4)),
    "KRW": Interval(Decimal("0.05"), Decimal("0.2")),
}
_ONE = Interval(Decimal(1), Decimal(1))
_FIX = "桁（億・兆）と換算レートを確かめ、正しい方の金額を使ってください"
_KEY = re.compile(r"(.*)_(yen|jpy|usd)")


def rate_band(source: str, target: str) -> Interval | None:
    """Return the plausible amounts of the target currency for one unit of the source currency; None when unknown."""
    first = _ONE if source == "円" else _YEN.get(source)
    second = _ONE if target == "円" else _YEN.get(target)
    if first is None or second is None:
        return None
    return Interval(first.low / second.high, first.high / second.low)


def check_conversions(subject: Subject) -> Iterable[Finding]:
    """Compare an amount with its conversion in brackets, and `…_yen` with `…_usd` in the front matter."""
    for passage in subject.numbers:
        if "(" not in passage.text and "（" not in passage.text:
            continue
        other = read_conversion(passage.text)
        if other is not None:
            yield from _check(subject, read_quantity(passage.text), other, passage, passage)
    keys = {passage.label: passage for passage in subject.passages if passage.kind == "front_matter"}
    for key, passage in keys.items():
        match = _KEY.fullmatch(key)
        partner = keys.get(f"{match[1]}_usd") if match is not None and match[2] != "usd" else None
        if partner is not None:
            first, second = _bare_money(passage, "円"), _bare_money(partner, "USD")
            yield from _check(subject, first, second, passage, partner)


def _bare_money(passage: Passage, currency: str) -> Quantity:
    """Return the number of a key that names its currency; a sentence may speak of anything and gives no number."""
    quantity = read_quantity(passage.text)
    if not re.fullmatch(r"[¥$￥]?\s?[0-9,.]+\s?[A-Z円]*", passage.text.strip()) or quantity.unit not in {"", currency}:
        return Quantity(passage.text)
    return Quantity(passage.text, value=quantity.value, unit=currency)


def _check(
    subject: Subject, first: Quantity, second: Quantity, passage: Passage, partner: Passage
) -> Iterable[Finding]:
    band = rate_band(first.unit, second.unit) if first.unit in CURRENCIES and second.unit in CURRENCIES else None
    one, two = interval_of(first), interval_of(second)
    if band is None or one is None or two is None or one.low <= 0 or two.low <= 0:
        return
    implied = Interval(two.low / one.high, two.high / one.low)
    if implied.overlaps(band):
        return
    power = _power_of_ten(implied, band)
    off = f"。{abs(power)}桁（約{amount(Decimal(10) ** abs(power))}倍）違います" if power else ""
    rate = f"1{first.unit}あたり{amount(implied.low, second.unit)}"
    other = re.sub(r"(?:換算|相当).*", "", stated(second))
    message = f"{stated(first)}を{other}と換算していますが、{rate}に当たり、実際の為替相場ではありえません{off}"
    evidence = (
        place(passage, first.raw if passage is not partner else short(passage.text, 80)),
        place(partner, second.raw),
        computation(f"{amount(two.low, second.unit)} ÷ {amount(one.low, first.unit)} ＝ {rate}"),
    )
    yield warning(subject, "case.conversion", message, passage.origin, evidence, _FIX)


def _power_of_ten(implied: Interval, band: Interval) -> int:
    """Return by which power of ten the amounts must be moved to give a plausible rate, 0 when none does."""
    for power in (1, -1, 2, -2, 3, -3, 4, -4):
        if implied.times(Decimal(10) ** -power).overlaps(band):
            return power
    return 0
