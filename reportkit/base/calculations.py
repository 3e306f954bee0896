"""Calculations written in prose or in a cell: `45名 × 250時間/年 × 3,000円/時間 = 3.375億円`.

In: text. Out: `Calculation`s with their factors, their own result as an interval, and the result that is stated behind
an equals sign. Never raises; what holds an operator but no plain arithmetic gives nothing.

>>> read_calculations("220万時間 × 平均時給1,250円")[0].result.low
Decimal('2750000000')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from reportkit.base.amounts import CURRENCIES, read_quantities, read_quantity
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width

_MAX_TEXT = 2000
_MAX_TOKENS = 60
_SECONDS = {"秒": Decimal(3600), "分": Decimal(60)}
_TOKEN = re.compile(r"[()×÷=]|(?<=[\s)0-9円])[-−–+*/](?=[\s(])|(?<=\s)[xX](?=\s)")
_BULLET = re.compile(r"^\s*[-−–+*]\s")
_OPERATOR = re.compile(r"[×÷]|\s[-−–+*/xX]\s")
_MEANS = {"×": "×", "*": "×", "x": "×", "X": "×", "÷": "÷", "/": "÷", "+": "+", "-": "-", "−": "-", "–": "-"}
_HOURLY = re.compile(r"時給|時間単価|人件費単価")
_RATE = re.compile(r"換算|時給|単価|人件費|レート")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from low to high; both are equal for a single value."""

    low: Decimal
    high: Decimal

    def overlaps(self, other: Interval) -> bool:
        """Tell whether both have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def times(self, factor: Decimal) -> Interval:
        """Return the interval multiplied by a positive number."""
        return Interval(self.low * factor, self.high * factor)

    def widened(self, share: Decimal) -> Interval:
        """Return the interval with that share of each end added on its side."""
        return Interval(self.low - abs(self.low) * share, self.high + abs(self.high) * share)


@dataclass(frozen=True, slots=True)
class Calculation:
    """One calculation as written.

    text: the words of the calculation, without the stated result.
    factors: every amount in it, in order; operators: the signs between them, in order.
    unknown: words that stand for a factor without number (`時給換算`); then `result` holds the known factors only.
    stated: the amount behind the equals sign, None when there is none.
    outer: the amount that stands before the brackets in which the calculation is written, None when there is none.
    """

    text: str
    factors: tuple[Quantity, ...]
    operators: tuple[str, ...]
    result: Interval
    unknown: tuple[str, ...] = ()
    stated: Quantity | None = None
    outer: Quantity | None = None

    @property
    def currency(self) -> str:
        """Return the currency of the result, "" when it is none: amounts of money in a ratio give no money."""
        money = [factor.unit for factor in self.factors if factor.unit in CURRENCIES]
        if "÷" in self.operators and len(money) > 1:
            return ""
        return money[0] if money and len(set(money)) == 1 else ""

    @property
    def is_product(self) -> bool:
        """Tell whether only × stands between the factors."""
        return set(self.operators) == {"×"}


def interval_of(quantity: Quantity | None) -> Interval | None:
    """Return the value or the range of an amount, None when it names no number."""
    if quantity is None:
        return None
    if quantity.value is not None:
        return Interval(quantity.value, quantity.value)
    if quantity.low is not None and quantity.high is not None:
        return Interval(quantity.low, quantity.high)
    return None


def holds_calculation(text: str) -> bool:
    """Tell cheaply whether there may be a calculation in the text."""
    return _OPERATOR.search(text[:_MAX_TEXT]) is not None


def read_calculations(text: str) -> tuple[Calculation, ...]:
    """Return the calculations of the text: outside of brackets, inside of them, and after labels."""
    if not holds_calculation(text):
        return ()
    found: list[Calculation] = []
    _read(to_half_width(text[:_MAX_TEXT]), None, found, 0)
    return tuple(found)


def hourly_seconds(factors: tuple[Quantity, ...], unknown: tuple[str, ...] = ()) -> Decimal:
    """Return how many of the time unit among the factors make an hour, when a rate per hour multiplies them; else 1."""
    hourly = any("時間" in factor.per or _HOURLY.search(factor.raw) for factor in factors if factor.unit in CURRENCIES)
    if not hourly and not any(_RATE.search(word) for word in unknown):
        return Decimal(1)
    return next((_SECONDS[factor.unit] for factor in factors if factor.unit in _SECONDS), Decimal(1))


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Terms:
    """The operands and signs of one level of brackets."""

    parts: list[object] = field(default_factory=list)  # str segments, _Terms, and signs


def _read(text: str, outer: Quantity | None, found: list[Calculation], depth: int) -> None:
    for clause in _clauses(text):
        plain, notes = _notes(clause)
        calculation = _calculation(plain, outer)
        if calculation is not None:
            found.append(calculation)
        if depth < 2:
            around = read_quantity(plain) if notes and calculation is None else None
            for note in notes:
                if _OPERATOR.search(note):
                    _read(note, around if around is not None and around.is_known else outer, found, depth + 1)


def _clauses(text: str) -> list[str]:
    """Split at 、。; outside of brackets, so that a clause keeps the brackets that belong to it."""
    parts: list[str] = []
    start = position = 0
    depth = 0
    for match in re.finditer(r"[()]|[、。;※]|,(?![0-9])", text):
        mark = match.group()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
        position = match.end()
    parts.append(text[start:] if position <= len(text) else "")
    return [part for part in parts if part.strip()]


def _notes(clause: str) -> tuple[str, tuple[str, ...]]:
    """Return the clause without the brackets that follow words, and what stood in those; groups of operands stay."""
    outside: list[str] = []
    notes: list[str] = []
    stack: list[tuple[int, bool]] = []
    start = 0
    for match in re.finditer(r"[()]", clause):
        if match.group() == "(":
            before = clause[: match.start()].rstrip()[-1:]
            is_note = (
                not any(note for _, note in stack) and before not in {*"×÷=(+*", ""} and not _signed(clause, match)
            )
            stack.append((match.start(), is_note))
            if is_note:
                outside.append(clause[start : match.start()])
        elif stack:
            opened, is_note = stack.pop()
            if is_note:
                notes.append(clause[opened + 1 : match.start()])
                start = match.end()
    if any(is_note for _, is_note in stack):
        opened = next(position for position, is_note in stack if is_note)
        notes.append(clause[opened + 1 :])
    else:
        outside.append(clause[start:])
    return " ".join(outside), tuple(notes)


def _signed(clause: str, match: re.Match[str]) -> bool:
    return re.search(r"\s[-−–+]\s*$", clause[max(0, match.start() - 8) : match.start()]) is not None


def _calculation(text: str, outer: Quantity | None) -> Calculation | None:
    if not _OPERATOR.search(text) or "→" in text or "->" in text:
        return None
    left, _, right = text.partition("=")
    stated: Quantity | None = None
    if right:
        middle, _, last = right.rpartition("=")
        if middle and not _OPERATOR.search(last):
            right = last
        if _OPERATOR.search(right):
            if _OPERATOR.search(left):
                return None
            left, right = right, left  # 年間効果 = 45名 × 250時間
        stated = read_quantity(right)
        stated = stated if stated.is_known else None
    tokens = _tokens(_BULLET.sub("", left))
    if not 3 <= len(tokens) <= _MAX_TOKENS:
        return None
    reader = _Evaluator(tokens)
    with localcontext() as context:
        context.prec = 40
        result = reader.value()
    if result is None or len(reader.factors) + len(reader.unknown) < 2 or not reader.factors or not reader.operators:
        return None
    return Calculation(
        left.strip(),
        tuple(reader.factors),
        tuple(reader.operators),
        result,
        tuple(reader.unknown),
        stated,
        None if stated is not None else outer,
    )


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    start = 0
    for match in _TOKEN.finditer(text):
        before = text[start : match.start()].strip()
        if before:
            tokens.append(before)
        tokens.append(_MEANS.get(match.group(), match.group()))
        start = match.end()
    if rest := text[start:].strip():
        tokens.append(rest)
    return tokens


class _Evaluator:
    """Computes a list of tokens with the usual precedence; gives None for anything that is no plain arithmetic."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.position = 0
        self.factors: list[Quantity] = []
        self.operators: list[str] = []
        self.unknown: list[str] = []

    def value(self) -> Interval | None:
        result = self._sum(0)
        return result if self.position == len(self.tokens) else None

    def _next(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def _sum(self, depth: int) -> Interval | None:
        result = self._product(depth)
        while result is not None and self._next() in {"+", "-"}:
            sign = self.tokens[self.position]
            self.position += 1
            self.operators.append(sign)
            right = self._product(depth)
            if right is None:
                return None
            if sign == "+":
                result = Interval(result.low + right.low, result.high + right.high)
            else:
                result = Interval(result.low - right.high, result.high - right.low)
        return result

    def _product(self, depth: int) -> Interval | None:
        result = self._operand(depth)
        while result is not None and self._next() in {"×", "÷"}:
            sign = self.tokens[self.position]
            self.position += 1
            self.operators.append(sign)
            right = self._operand(depth)
            if right is None or (sign == "÷" and right.low <= 0):
                return None
            if sign == "×":
                ends = [a * b for a in (result.low, result.high) for b in (right.low, right.high)]
            else:
                ends = [a / b for a in (result.low, result.high) for b in (right.low, right.high)]
            result = Interval(min(ends), max(ends))
        return result

    def _operand(self, depth: int) -> Interval | None:
        word = self._next()
        self.position += 1
        if word == "(" and depth < 4:
            inner = self._sum(depth + 1)
            if self._next() != ")":
                return None
            self.position += 1
            if self.position < len(self.tokens) and self._next() not in {"+", "-", "×", "÷", ")"}:
                self.position += 1  # 円 behind a group
            return inner
        if not word or word in {"(", ")", "=", "+", "-", "×", "÷"}:
            return None
        amounts = [amount for amount in read_quantities(word) if amount.is_known]
        if not amounts:
            if read_quantity(word).qualifier or re.search("[0-9]", word):
                return None
            self.unknown.append(word)
            return Interval(Decimal(1), Decimal(1))
        amount = amounts[-1] if len(amounts) == 1 or _labelled(word) else None
        interval = interval_of(amount)
        if amount is None or interval is None:
            return None
        self.factors.append(Quantity(word, amount.value, amount.low, amount.high, amount.unit, amount.qualifier,
                                     amount.per, amount.sign_word, amount.is_target))  # fmt: skip
        return interval.times(Decimal("0.01")) if amount.unit == "%" else interval


def _labelled(token: str) -> bool:
    """Tell whether the numbers before the last one belong to a label (`3年間の効果: 5億円`)."""
    label, mark, rest = token.rpartition(":")
    return bool(mark) and bool(label) and len(read_quantities(rest)) == 1
