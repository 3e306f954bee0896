"""Printed numbers, read on their own: text in, amounts with their precision and unit out.

A small grammar, written apart from `base.amounts` on purpose: it must not make the same mistakes. It does not explain a
text; it only answers whether a text can be the printed form of a known amount.

>>> [(str(one.value), one.unit) for one in read_amounts("約1.6兆円、-3ポイント")]
[('1600000000000.0', '円'), ('-3', 'ポイント')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

# Full-width ASCII, and all signs that mean a minus or a range, in one form each.
_PLAIN = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {
    0x3000: 0x20, 0x2212: 0x2D, 0x2013: 0x2D, 0x2014: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D, 0xFF0D: 0x2D,
    0x301C: 0x7E, 0xFF5E: 0x7E, 0x25B2: 0x2D, 0x25B3: 0x2D, 0x00A0: 0x20,
}  # fmt: skip
_MAGNITUDES = {
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "t": 10**12, "trillion": 10**12,
}  # fmt: skip
_MONEY = {"円": "円", "ドル": "USD", "米ドル": "USD", "usd": "USD", "ユーロ": "EUR", "eur": "EUR"}
_MARKS = {"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "¥": "円", "£": "GBP", "gbp": "GBP"}
_PARTS = {"%": ("%", 1), "パーセント": ("%", 1), "割": ("%", 10)}
_POINTS = {"ポイント": "ポイント", "%ポイント": "ポイント", "pp": "ポイント", "pt": "ポイント", "%pt": "ポイント"}
_SECONDS = {"秒": 1, "分": 60, "時間": 3600, "hours": 3600, "h": 3600, "日": 86400, "日間": 86400, "営業日": 86400,
            "週間": 604800, "週": 604800}  # fmt: skip
_MONTHS = {"ヶ月": 1, "か月": 1, "カ月": 1, "ヵ月": 1, "ケ月": 1, "箇月": 1, "ヶ月間": 1, "か月間": 1, "月間": 1,
           "年": 12, "年間": 12, "months": 1, "years": 12}  # fmt: skip
_SAME = {"名": "人", "社員": "人", "位": "位", "pt.": "ポイント"}
_NUMBER = re.compile(
    r"(?P<mark>US\$|USD\s?|EUR\s?|GBP\s?|[$€¥£])?\s?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?(?:\s?[十百千万億兆]+(?:\d[\d,]*(?:\.\d+)?[十百千万億兆]+)*(?:\d[\d,]*(?![\d.]))?)?)"
    r"\+?\s?(?P<english>(?:thousand|million|billion|trillion|[kKMB]n?)(?![A-Za-z]))?\+?"
    r"\s?(?P<unit>%ポイント|%pt|%|パーセント|割|ポイント|pp(?![a-z])|pt(?![a-z])"
    r"|円|米ドル|ドル|ユーロ|USD|EUR|秒|分(?!の|析|野|類|布|以外)|時間|日間|日(?!本)|営業日|週間|週|[ヶかカヵケ箇]月間?|月間|年間|年"
    r"|hours|months|years|h(?![a-z])|位|倍|[一-龯ぁ-んァ-ヶー々]{1,6})?"
)
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([十百千万億兆]*)")
_RANGE = re.compile(r"\s*(?:~|-|から|→|->|、)\s*(?:約|\$|US\$)?\s*")
_MOST_DIGITS = 30
# Ways to write a number that this grammar does not read: halves, fractions, scores, counters of unknown size.
_BEYOND = re.compile(r"数[十百千万億兆%割]|分の|\d\s*/\s*\d|点満点|半[分減額年日]|倍[増減]|[一二三四五六七八九]|ダース")


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed number.

    value: signed, in the unit as printed with its magnitude taken in; step: the weight of its last printed digit;
    unit: the word behind (or the currency mark before), "" when none; start, end: its range in the text;
    scaled: whether a magnitude (万, 億, M) is printed.
    """

    value: Decimal
    step: Decimal
    unit: str
    start: int
    end: int
    scaled: bool = False


def plain(text: str) -> str:
    """Return the text with full-width ASCII, minus signs and range marks in one form; the length stays."""
    return text.translate(_PLAIN)


def read_amounts(text: str) -> tuple[Amount, ...]:
    """Return every number of the text, in order."""
    text = plain(text)
    found = []
    for match in _NUMBER.finditer(text):
        parts = _PART.findall(match["number"])
        digits = sum(char.isdigit() for char in match["number"])
        if digits > _MOST_DIGITS:
            continue
        value, step = Decimal(0), Decimal(1)
        for number, magnitude in parts:
            factor = Decimal(1)
            for char in magnitude:
                factor *= _MAGNITUDES[char]
            fraction = number.partition(".")[2]
            value += Decimal(number.replace(",", "")) * factor
            step = factor.scaleb(-len(fraction))
        scaled = any(magnitude for _, magnitude in parts)
        if match["english"]:
            factor = Decimal(_MAGNITUDES[match["english"].lower()])
            value, step, scaled = value * factor, step * factor, True
        start = match.start("mark") if match["mark"] else match.start("number")
        if _is_minus(text, start):
            value = -value
        mark = _MARKS.get((match["mark"] or "").strip().lower(), "")
        found.append(Amount(value, step, mark or (match["unit"] or "").lower(), start, match.end(), scaled))
    return tuple(_with_shared(text, found))


def _is_minus(text: str, start: int) -> bool:
    """Tell whether the sign before a number belongs to it: not in 30-40, 2024-05, A-1."""
    before = text[:start].rstrip()
    if not before.endswith("-"):
        return False
    return not re.search(r"[0-9A-Za-z%円年月日人件社倍億万兆Mk]\s*-$", before)


def _with_shared(text: str, found: Sequence[Amount]) -> list[Amount]:
    """Add what a number takes over from its neighbour: `30-60億円`, `5時間30分`."""
    amounts = list(found)
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if _RANGE.fullmatch(between) and not one.scaled and (not one.unit or one.unit in _MARKS.values()):
            bare = re.match(r"\s?\d[\d,]*(?:\.\d+)?", text[other.start :].lstrip("$€¥£ "))
            if bare and other.scaled and other.value:
                plain_value = Decimal(bare[0].strip().replace(",", ""))
                factor = abs(other.value) / plain_value if plain_value else Decimal(1)
                amounts.append(
                    replace(one, value=one.value * factor, step=one.step * factor, unit=one.unit or other.unit)
                )
            elif other.unit:
                amounts.append(replace(one, unit=other.unit))
        if _RANGE.fullmatch(between) and one.unit in _MARKS.values():
            amounts.append(replace(other, unit=one.unit))  # $50-100M
        for units in (_SECONDS, _MONTHS):
            first, second = units.get(one.unit), units.get(other.unit)
            if first and second and first > second and not between.strip():
                value = (one.value * first + other.value * second) / second
                amounts.append(Amount(value, other.step, other.unit, one.start, other.end))
    return amounts


def mismatch(
    text: str,
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    unit: str,
    *,
    scales: Sequence[int] = (1,),
    exact: bool = False,
    signed: bool = False,
) -> str:
    """Return why the text cannot be the printed form of the amount, "" when it can.

    scales: what a number printed without a unit may be counted in (100,000,000 in a table in 億円).
    exact: the text is what the amount was read from, so it must be met exactly, not only to its last printed digit.
    signed: the sign must be printed; else words (削減) may stand for it.
    """
    wanted = [number for number in (value, low, high) if number is not None]
    if not wanted:
        return ""
    amounts = read_amounts(text)
    if not amounts:
        return "" if _BEYOND.search(plain(text)) else "数が読み取れません"
    for number in wanted:
        reasons = [_differs(one, number, unit, scales, exact=exact, signed=signed) for one in amounts]
        if all(reasons):
            if _BEYOND.search(plain(text)) and not signed:
                continue
            return reasons[0] if len(amounts) == 1 else f"{_written(number)}{unit} に当たる数がありません"
    return ""


def _differs(amount: Amount, number: Decimal, unit: str, scales: Sequence[int], *, exact: bool, signed: bool) -> str:
    factors = _factors(amount, unit, scales)
    if not factors:
        return f"単位「{amount.unit}」が「{unit}」と合いません"
    for factor in factors:
        printed = amount.value * factor
        slack = Decimal(0) if exact else amount.step * factor / 2
        if abs(abs(printed) - abs(number)) > slack:
            continue
        if printed and number and (printed < 0) != (number < 0) and (signed or printed < 0):
            return "符号が違います"
        return ""
    return f"{_written(amount.value)}{amount.unit} は {_written(number)}{unit} と合いません"


def _factors(amount: Amount, unit: str, scales: Sequence[int]) -> tuple[Decimal, ...]:
    """Return what the printed number must be multiplied with to be in the unit of the amount; () when it cannot."""
    own, wanted = amount.unit, unit.lower()
    one = (Decimal(1),)
    if not own or own == wanted or (own.startswith(wanted) and wanted):
        return tuple(Decimal(scale) for scale in scales) if not own and not amount.scaled else one
    if own in _PARTS and (wanted == "%" or not wanted):
        return (Decimal(_PARTS[own][1]),)
    if own in _POINTS:
        return one if wanted in {"ポイント", "%"} else ()
    if own == "%" and wanted == "ポイント":
        return one  # 「68% → 82%（+14%）」: the source says percent and means points
    for units in (_SECONDS, _MONTHS):
        if own in units and wanted in units:
            return (Decimal(units[own]) / Decimal(units[wanted]),)
    if own in _MONEY or own in _MARKS.values() or own in _PARTS:
        return one if _MONEY.get(own, own).lower() == _MONEY.get(wanted, wanted).lower() else ()
    if wanted in {*_MONEY, "%", "ポイント"} or (wanted in _SECONDS and own in _MONTHS):
        return ()
    return one  # counters: 名 for 人, 店舗, words that follow the number


def scale_words(text: str) -> tuple[int, ...]:
    """Return the sizes of the units of money that a text names (`単位：億円`): what bare numbers near it count.

    >>> scale_words("単位：10億円")
    (1000000000,)
    """
    found = []
    for match in re.finditer(r"(\d*)([十百千万億兆]+)(?=円)", plain(text)):
        factor = int(match[1] or 1)
        for char in match[2]:
            factor *= _MAGNITUDES[char]
        found.append(factor)
    return tuple(dict.fromkeys(found))


def _written(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
