"""Numbers of a chart: from facts to what is drawn, and from what is drawn to how an Excel format code prints it."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from reportkit.base.errors import Problem, RenderError
from reportkit.base.fact import Fact

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_(.)|\*.')
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?(,*)|\.[#0?]+")
_MAX_DIGITS = 400  # a double has at most 309 digits before the point


def drawn_value(fact: Fact, divisor: Decimal, chart_id: str) -> float | None:
    """Return the number to draw for a fact: its value or the middle of its range, divided; None when it has none.

    Raises `RenderError` naming chart and fact when the number is not finite or too large to be drawn.
    """
    middle = fact.quantity.middle
    if middle is None:
        return None
    with localcontext() as context:
        context.prec = 17
        context.Emax, context.Emin = 10**9, -(10**9)
        drawn = float(middle / divisor) if middle.is_finite() and divisor.is_finite() and divisor else math.inf
    if math.isinf(drawn):
        raise RenderError(
            Problem(
                f"図 {chart_id}: 「{fact.label}」（{fact.id}）の値 {middle} は図に描けません",
                "元の値または軸の除数（divisor）を確認してください",
            )
        )
    return drawn + 0.0  # -0.0 becomes 0.0


def number_text(value: float) -> str:
    """Return the shortest text that reads back as the same double, without `.0`; for chart caches and cells."""
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text


@lru_cache(maxsize=64)
def _split_sections(code: str) -> tuple[str, ...]:
    sections: list[str] = [""]
    quoted = False
    escaped = False
    for char in code:
        if char == ";" and not quoted and not escaped:
            sections.append("")
            continue
        if char == '"' and not escaped:
            quoted = not quoted
        escaped = char == "\\" and not escaped and not quoted
        sections[-1] += char
    return tuple(sections)


@lru_cache(maxsize=4096)
def format_number(value: float, code: str) -> str:
    """Print a number by an Excel format code, as Excel would: `#,##0`, `0.0"%"`, `0%`, `+0.0;-0.0;0`.

    Knows sections, literals, thousands, decimals, percent and scaling commas; not dates, fractions or exponents.
    """
    if code in ("", "General", "@"):
        return number_text(value)
    sections = _split_sections(code)
    if len(sections) > 2 and value == 0:
        return _format_section(Decimal(0), sections[2])
    number = Decimal(number_text(value))
    if len(sections) > 1 and value < 0:
        return _format_section(-number, sections[1])
    text = _format_section(abs(number), sections[0])
    negative = value < 0 and any(char in "123456789" for char in text)
    return f"-{text}" if negative else text


def _format_section(number: Decimal, section: str) -> str:
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2] or (" " if match[3] else ""))
        return f"\ue000{len(literals) - 1}\ue001"

    pattern = _QUOTED.sub(keep, section)
    # The digits inside a literal's mark must not be taken for a digit pattern.
    pieces = re.split("(\ue000\\d+\ue001)", pattern)
    percent = sum(piece.count("%") for piece in pieces[::2])
    printed = False
    for position in range(0, len(pieces), 2):
        match = None if printed else _DIGITS.search(pieces[position])
        if match:
            scaled = number.scaleb(2 * percent - 3 * len(match[1] or ""))
            digits = _format_digits(scaled, match[0].rstrip(","))
            pieces[position] = pieces[position][: match.start()] + digits + pieces[position][match.end() :]
            printed = True
    for position in range(1, len(pieces), 2):
        pieces[position] = literals[int(pieces[position][1:-1])]
    return "".join(pieces)


def _format_digits(number: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    with localcontext() as context:
        context.prec = _MAX_DIGITS
        rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    if digits == "0" and "0" not in whole:
        digits = ""
    if "," in whole and digits:
        digits = f"{int(digits):,}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and decimals.endswith("0"):
        decimals, optional = decimals[:-1], optional - 1
    return f"{digits}.{decimals}" if decimals else digits


_DECIMALS = re.compile(r'"[^"]*"|\\.|\.[0#?]+')


@lru_cache(maxsize=64)
def without_decimals(code: str) -> str:
    """Return a format code that prints whole numbers: `0.0"%"` becomes `0"%"`; literals stay as they are."""
    return _DECIMALS.sub(lambda match: "" if match[0].startswith(".") else match[0], code)


@lru_cache(maxsize=64)
def printed_unit(code: str) -> float:
    """Return the smallest difference that a format code prints: 1 for `#,##0`, 0.1 for `0.0"%"`, 0.01 for `0%`."""
    if code in ("", "General", "@"):
        return 0.0
    plain = _QUOTED.sub("", _split_sections(code)[0])
    match = _DIGITS.search(plain)
    if match is None:
        return 0.0
    decimals = len(match[0].rstrip(",").partition(".")[2])
    return float(Decimal(1).scaleb(3 * len(match[1] or "") - decimals - 2 * plain.count("%")))
