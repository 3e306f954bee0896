"""The same thing stated twice: with two values, with values that differ by a power of ten, a month against a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from reportkit.base.amounts import per_words, read_quantity
from reportkit.base.finding import Finding
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width
from reportkit.checks.cases.passages import ABOUT_OTHERS, Passage, Subject, is_total, plain_words
from reportkit.checks.cases.wording import amount, bare, computation, place, short, stated, times, warning
from reportkit.corpus.case import Metric

_TOTAL = re.compile(r"合計|総")
_FIX = "どちらの値が正しいかを出典で確かめてください"
_SAVED = re.compile(
    r"(?P<amount>(?:月間|毎月|月|年間|毎年|年)\s?約?[0-9][0-9,.]*[万億]?時間(?:以上)?)の?"
    r"(?:労働|業務|作業|事務)?(?:時間)?の?(?:削減|短縮)"
)
_SAVED_LABEL = re.compile(
    r"(?:総|全社|合計)?(?:労働|業務|作業|事務)?(?:時間)?の?(?:削減|短縮)(?:労働|業務|作業)?時間(?:合計)?|時間削減"
)
_TIME_WORDS = re.compile("月間|年間|毎月|毎年|月平均|年平均|年あたり|月あたり")
_MONTHS = {"月": Decimal(1), "年": Decimal(12)}


def check_repeats(subject: Subject) -> Iterable[Finding]:
    """Find what differs by a power of ten, an effect stated twice with different values, and 月間 x 12 against 年間."""
    lines: set[int] = set()
    for finding in _check_magnitudes(subject):
        lines.update(side.origin.line for side in finding.evidence if side.origin is not None)
        yield finding
    for finding in _check_metrics(subject):
        if finding.origin is None or finding.origin.line not in lines:
            yield finding


def _check_metrics(subject: Subject) -> Iterator[Finding]:
    seen: dict[tuple[str, str, tuple[str, ...], bool], Metric] = {}
    monthly: dict[tuple[str, str], Metric] = {}
    for metric in subject.case.metrics:
        value = metric.value
        if value is None or value.value is None or _TOTAL.fullmatch(metric.label):
            continue
        label = re.sub(r"\s", "", metric.label)
        first = seen.setdefault((label, value.unit, value.per, metric.is_target), metric)
        if first is not metric and first.value is not None and first.value.value != value.value:
            yield _repeat_finding(subject, first, metric, "同じ指標が二つの値で書かれています")
        core = re.sub(r"月間|毎月|年間|年あたり", "", label)
        if value.per[:1] == ("月",):
            monthly.setdefault((core, value.unit), metric)
        elif value.per[:1] == ("年",) and (month := monthly.get((core, value.unit))) is not None:
            assert month.value is not None
            assert month.value.value is not None
            yearly = month.value.value * 12
            if yearly and month.value.per[1:] == value.per[1:] and abs(yearly - value.value) > yearly * Decimal("0.05"):
                yield _repeat_finding(subject, month, metric, "月間の値の12倍と年間の値が合いません")


def _repeat_finding(subject: Subject, first: Metric, second: Metric, what: str) -> Finding:
    said, other = _shown(first), _shown(second)
    message = f"{what}。「{first.label}」は{said}、「{second.label}」は{other}です"
    evidence = (
        place(Passage(said, first.label, first.origin, "")),
        place(Passage(other, second.label, second.origin, "")),
    )
    return warning(subject, "case.metric-twice", message, second.origin, evidence, _FIX)


def _shown(metric: Metric) -> str:
    return "" if metric.value is None else bare(metric.value.raw)


# --- off by a power of ten -------------------------------------------------------------------------------------------


def _check_magnitudes(subject: Subject) -> Iterator[Finding]:
    """Find hours saved, and values under one label, that differ from the first statement by a power of ten."""
    hours = list(_hours_saved(subject))
    found = False
    if hours:
        for finding in _against_first(subject, hours, "削減時間"):
            found = True
            yield finding
        yield from _front_matter_hours(subject, hours)
    for label, group in _same_labels(subject).items():
        if not (found and "時間" in label):
            yield from _against_first(subject, group, label)


def _hours_saved(subject: Subject) -> Iterator[tuple[Passage, Quantity, Decimal]]:
    """Return statements of the hours that all save together, brought to a month."""
    with_total = {
        table.rows[0][0].group for table in subject.tables if any(is_total(row[0].text) for row in table.rows)
    }
    for passage in subject.numbers:
        if passage.kind in ABOUT_OTHERS or passage.column > 1:
            quantity = _total_of_hours(passage)
        elif match := _saved_in_words(passage):
            quantity = read_quantity(match["amount"])
        elif passage.group in with_total and not is_total(passage.label):
            continue
        else:
            quantity = _labelled_hours(passage)
        months = next((_MONTHS[per] for per in quantity.per if per in _MONTHS), None) if quantity is not None else None
        if quantity is not None and quantity.value and months is not None and "人" not in quantity.per:
            yield passage, quantity, quantity.value / months


def _saved_in_words(passage: Passage) -> re.Match[str] | None:
    if "時間" not in passage.text and "時間" not in passage.label:
        return None
    return _SAVED.search(f"{to_half_width(passage.label)}:{passage.half}" if passage.label else passage.half)


def _total_of_hours(passage: Passage) -> Quantity | None:
    """Return the 合計 of a column of hours saved."""
    if (
        passage.kind in ABOUT_OTHERS
        or not is_total(passage.label)
        or not re.search("削減時間|時間削減", passage.header)
    ):
        return None
    return _with_span(read_quantity(passage.text), passage.header)


def _labelled_hours(passage: Passage) -> Quantity | None:
    if not passage.label or not _says_hours_saved(passage.label):
        return None
    return _with_span(read_quantity(passage.text), passage.label)


@lru_cache(maxsize=1024)
def _says_hours_saved(label: str) -> bool:
    return _SAVED_LABEL.fullmatch(_TIME_WORDS.sub("", plain_words(label))) is not None


def _with_span(quantity: Quantity, words: str) -> Quantity | None:
    if quantity.unit != "時間" or quantity.is_target or set(quantity.qualifier.split("・")) & {"最大"}:
        return None
    per = quantity.per or per_words(words)
    return Quantity(quantity.raw, quantity.value, unit="時間", qualifier=quantity.qualifier, per=per)


def _same_labels(subject: Subject) -> dict[str, list[tuple[Passage, Quantity, Decimal]]]:
    groups: dict[tuple[str, str, tuple[str, ...]], list[tuple[Passage, Quantity, Decimal]]] = {}
    for passage, quantity in subject.own_amounts:
        label = plain_words(passage.label)
        if len(label) < 4 or quantity.value is None or not quantity.value or quantity.unit in {"", "%", "点", "倍"}:
            continue
        per = quantity.per or per_words(passage.label)
        groups.setdefault((label, quantity.unit, per), []).append((passage, quantity, quantity.value))
    return {key[0]: group for key, group in groups.items() if len(group) > 1}


def _against_first(
    subject: Subject, statements: list[tuple[Passage, Quantity, Decimal]], label: str
) -> Iterator[Finding]:
    first, said, value = statements[0]
    off = [
        (passage, quantity, other)
        for passage, quantity, other in statements[1:]
        if passage.group != first.group and _is_power_of_ten(other / value)
    ]
    off = list({quantity.raw: (passage, quantity, other) for passage, quantity, other in reversed(off)}.values())[::-1]
    if not off:
        return
    others = "、".join(dict.fromkeys(stated(quantity) for _, quantity, _ in off))
    ratio = off[0][2] / value
    message = f"「{short(label)}」が{stated(said)}とも{others}とも書かれています（{times(ratio)}、桁の違い）"
    evidence = (
        place(first),
        *(place(passage) for passage, _, _ in off),
        computation(f"{amount(off[0][2], said.unit)} ÷ {amount(value, said.unit)} ＝ {times(ratio)}"),
    )
    yield warning(subject, "case.magnitude", message, off[0][0].origin, evidence, _FIX)


def _is_power_of_ten(ratio: Decimal) -> bool:
    ratio = ratio if ratio >= 1 else 1 / ratio
    return any(abs(ratio / 10**power - 1) <= Decimal("0.03") for power in (1, 2, 3, 4))


def _front_matter_hours(subject: Subject, hours: list[tuple[Passage, Quantity, Decimal]]) -> Iterator[Finding]:
    """Compare a bare number under time_savings_hours with the month and the year that the body states first."""
    key = next((p for p in subject.passages if p.kind == "front_matter" and p.label == "time_savings_hours"), None)
    if key is None or not re.fullmatch(r"[0-9][0-9,]*", key.text.strip()):
        return
    value = Decimal(key.text.strip().replace(",", ""))
    first = next((statement for statement in hours if statement[0].kind not in {"front_matter", "title"}), hours[0])
    month = first[2]
    if not value or any(abs(value - known) <= known / 10 for known in (month, month * 12)):
        return
    message = (
        f"time_savings_hours の{amount(value, '時間')}は、本文の月{amount(month, '時間')}にも"
        f"年{amount(month * 12, '時間')}にも当たりません"
    )
    evidence = (
        place(key),
        place(first[0]),
        computation(f"{amount(month, '時間')} × 12 ＝ {amount(month * 12, '時間')}"),
    )
    yield warning(subject, "case.front-matter-value", message, key.origin, evidence, _FIX)
