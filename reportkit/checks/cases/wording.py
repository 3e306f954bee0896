"""How numbers and findings of the case checks are worded."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from reportkit.base.calculations import Interval
from reportkit.base.finding import Evidence, Finding, Severity
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.checks.cases.passages import Passage, Subject

_SCALES = ((Decimal(10) ** 12, "兆"), (Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "万"))
FIX_STATEMENT = "どちらの値が正しいかを出典で確かめ、分かるまでは引用しないでください"


def warning(
    subject: Subject, code: str, message: str, origin: Origin, evidence: tuple[Evidence, ...], fix: str = FIX_STATEMENT
) -> Finding:
    """Return a contradiction in the case, with the places and the computation."""
    return _finding(subject, code, "warning", message, fix, origin, evidence)


def _finding(
    subject: Subject,
    code: str,
    severity: Severity,
    message: str,
    fix: str,
    origin: Origin,
    evidence: tuple[Evidence, ...],
) -> Finding:
    return Finding(code, severity, message, fix, origin, evidence, (subject.key,))


def place(passage: Passage, text: str = "") -> Evidence:
    """Return a passage as one side of a contradiction."""
    label = passage.label or passage.title or "本文"
    return Evidence(short(label), short(text or passage.text, 120), passage.origin)


def computation(text: str) -> Evidence:
    """Return the computation as evidence."""
    return Evidence("計算", text)


def short(text: str, length: int = 40) -> str:
    """Return a text that fits into a message."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def bare(raw: str) -> str:
    """Return the words of an amount without the remark in brackets."""
    return short(re.sub(r"[（(].*", "", raw).strip() or raw)


def stated(quantity: Quantity) -> str:
    """Return an amount as the source states it, without remarks."""
    return bare(quantity.raw)


def rounded(value: Decimal) -> Decimal:
    """Return the value with one decimal, halves away from zero."""
    return _placed(value, Decimal("0.1"))


def amount(value: Decimal, unit: str = "") -> str:
    """Return a computed amount with Japanese magnitudes: `27.5億円`, `3,375万円`, `81,000件`."""
    size = abs(value)
    for factor, word in _SCALES:
        if size >= factor and (word != "万" or size >= 10 * factor or value % factor == 0):
            return f"{_decimals(value / factor)}{word}{unit}"
    return f"{_decimals(value)}{unit}"


def span(interval: Interval, unit: str = "") -> str:
    """Return a computed interval as one amount or as a range."""
    low, high = amount(interval.low, unit), amount(interval.high, unit)
    return low if low == high else f"{low}〜{high}"


def signed(value: Decimal) -> str:
    """Return a computed rate with its sign and one decimal."""
    return f"{rounded(value):+}"


def times(ratio: Decimal) -> str:
    """Return how many times one value is another: `約11倍`, `約1/10`."""
    if ratio >= 1:
        return f"約{_decimals(ratio, 1 if ratio < 20 else 0)}倍"
    return f"約1/{_decimals(1 / ratio, 1 if ratio > Decimal('0.05') else 0)}"


def _decimals(value: Decimal, places: int = 2) -> str:
    text = f"{_placed(value, Decimal(1).scaleb(-places)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _placed(value: Decimal, step: Decimal) -> Decimal:
    """Return the value rounded to the step; products of absurd figures have more digits than decimals usually keep."""
    with localcontext() as context:
        context.prec = max(28, value.adjusted() + 12)
        return value.quantize(step, ROUND_HALF_UP)
