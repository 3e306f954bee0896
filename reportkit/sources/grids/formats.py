"""What a number in a sheet looks like: its value and its number format in, the text that Excel shows out.

Only what changes the meaning is followed: percent, decimals, thousands, scaling commas, fixed words around the number.
The decimals that the format hides are reported, because checks work with the decimals that are shown.

>>> show_number(0.2, "0%").text
'20%'
>>> show_number(15289, "#,##0").text
'15,289'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_QUIET = re.compile(r"\[[^\]]*\]|_.|\*.|\\(?=.)")  # colours, conditions, padding, fill, escapes
_WORDS = re.compile(r'"([^"]*)"')
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?,*%?")
_SIGNIFICANT = 15  # what Excel keeps; the rest of a binary fraction is noise
_MOST_DECIMALS = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """text: as shown. rounded: the stored value has more decimals. zero_sign: a stored 0 is shown as a sign."""

    text: str
    rounded: bool = False
    zero_sign: bool = False


def show_number(value: int | float, number_format: str) -> Shown:
    """Return a number as the sheet shows it; a minus stays a minus, whatever sign the format has for it."""
    exact = _exact(value)
    sections = number_format.split(";")
    plain = _QUIET.sub("", sections[0])
    body = _WORDS.sub("", plain)
    match = _NUMBER.search(body)
    if match is None or "e" in body.casefold() or "/" in body:
        text = format(exact, "f")  # General, scientific, fractions: the value itself
        return Shown(text)
    pattern = match[0]
    scaled = exact * 100 if pattern.endswith("%") or "%" in body else exact
    digits = pattern.rstrip("%")
    thousands = len(digits) - len(digits.rstrip(","))
    scaled = scaled.scaleb(-3 * thousands)
    digits = digits.rstrip(",")
    decimals = min(len(digits.partition(".")[2]), _MOST_DECIMALS)
    step = Decimal(1).scaleb(-decimals)
    shown = scaled.quantize(step, ROUND_HALF_UP) if abs(scaled) < Decimal(10) ** 24 else scaled
    text = format(shown, ",f" if "," in digits else "f")
    if "%" in body:
        text += "%"
    zero = len(sections) > 2 and exact == 0 and not re.search(r"[#0?]", _WORDS.sub("", sections[2]))
    return Shown(text + _unit(plain), shown != scaled, zero)


def _exact(value: int | float) -> Decimal:
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def _unit(plain: str) -> str:
    """Return the fixed words behind the number (`"億円"`), which are its unit."""
    words = _WORDS.findall(plain)
    last = plain.rfind('"')
    return words[-1].strip() if words and last > max(plain.rfind("0"), plain.rfind("#")) else ""
