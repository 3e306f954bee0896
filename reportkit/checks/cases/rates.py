"""Rates of change: against the states before and after, against another place, and percent against factors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from reportkit.base.amounts import (
    DOWN_WORDS,
    DURATIONS,
    Transition,
    direction_of,
    in_percent,
    read_change,
    read_quantities,
    read_quantity,
    same_unit,
)
from reportkit.base.calculations import Interval, interval_of
from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width
from reportkit.checks.cases.passages import ABOUT_OTHERS, Passage, Subject
from reportkit.checks.cases.wording import (
    bare,
    computation,
    place,
    rounded,
    short,
    signed,
    stated,
    warning,
)

_MOST = 100  # work that a file describes beyond that is compared with its own line only
_MOST_SIDES = 8  # places of one contradiction that are worth telling
_FIX = "前後の値と改善率のどちらが正しいかを出典で確かめてください"
_GENERIC = frozenset(
    {"時間", "所要", "作成", "業務", "分析", "削減", "短縮", "効率", "向上", "改善", "機能", "自動", "対応", "工数"}
)
_KANJI = re.compile("[一-龥]{2,}")
_KATAKANA = re.compile("[ァ-ヶー]{5,}")
_LATIN = re.compile("[A-Za-z]{3,}")
_TIME_LABEL = re.compile("時間|所要|期間|日数|工数|作成|削減|短縮")
_GROWTH = re.compile(r"([0-9][0-9,.]*)\s?%\s?(?:の)?(?:向上|増加|増|改善|アップ|成長)")
_FACTOR = re.compile(r"(?<![0-9.,])([0-9]+(?:\.[0-9]+)?)倍(?:の)?(?:向上|増加|増|改善|アップ|に)?")


def check_changes(subject: Subject) -> Iterable[Finding]:
    """Compare every stated rate with the states before and after.

    Front matter that repeats a wrong rate of the body is a further place of the same contradiction.
    """
    found: list[Finding] = []
    first: dict[tuple[object, ...], int] = {}
    heads = {pair.origin.line for pair in subject.case.front_matter}
    for label, moved, change, origin in _stated_changes(subject):
        values = (moved.before.value, moved.before.unit, moved.after.value, change.value, change.unit)
        for finding in _check_change(subject, label, moved.before, moved.after, change, origin):
            same = first.setdefault(values, len(found))
            if same == len(found) or origin.line not in heads:
                found.append(finding)
            elif len(found[same].evidence) < _MOST_SIDES:
                again = Evidence("front matter の同じ値", short(moved.raw, 120), origin)
                found[same] = replace(found[same], evidence=(*found[same].evidence, again))
    return found


def _stated_changes(subject: Subject) -> Iterator[tuple[str, Transition, Quantity, Origin]]:
    """Yield label, states, rate and place: the effects of the body, then what stands in single lines."""
    seen: set[int] = set()
    for metric in subject.case.metrics:
        seen.add(metric.origin.line)
        if metric.before is not None and metric.after is not None and metric.change is not None:
            moved = Transition(metric.raw, metric.before, metric.after, metric.change)
            yield metric.label, moved, metric.change, metric.origin
    for passage, moved in sorted(subject.transitions, key=lambda pair: pair[0].kind == "front_matter"):
        if moved.change is not None and passage.line not in seen:
            yield passage.label or passage.title, moved, moved.change, passage.origin


def _check_change(
    subject: Subject, label: str, before: Quantity, after: Quantity, change: Quantity, origin: Origin
) -> Iterator[Finding]:
    before, after = same_unit(before, after)
    said = interval_of(change)
    if before.value is None or after.value is None or said is None:
        return
    if before.unit != after.unit or set(before.per) != set(after.per) or not before.value or "±" in before.qualifier:
        return
    relative = relative_change(before.value, after.value)
    difference = after.value - before.value
    found: tuple[str, str, str] | None = None
    if change.unit == "%":
        found = _percent(said, relative, difference if before.unit == "%" else None, change)
    elif change.unit == "ポイント" and before.unit == "%":
        found = _points(said, difference, relative)
    elif change.unit == "倍":
        found = _factor(said, after.value / before.value)
    if found is not None:
        yield _change_finding(subject, label, before, after, change, origin, found)


def _percent(
    said: Interval, relative: Interval, difference: Decimal | None, change: Quantity
) -> tuple[str, str, str] | None:
    """Return computed value, what it is, and why, when a stated percentage fits neither ratio nor difference."""
    slack = Decimal("0.5") if _has_decimals(change) else Decimal(1)
    if change.qualifier:
        slack *= 2
    readings = [relative] if difference is None else [relative, Interval(difference, difference)]
    if any(said.overlaps(Interval(reading.low - slack, reading.high + slack)) for reading in readings):
        return None
    if not change.sign_word and said.low > 0 and relative.high < 0:  # （87%）beside a reduction
        turned = Interval(-said.high, -said.low)
        if turned.overlaps(Interval(relative.low - slack, relative.high + slack)):
            return None
    return f"{signed((relative.low + relative.high) / 2)}%", "変化率", ""


def _points(said: Interval, difference: Decimal, relative: Interval) -> tuple[str, str, str] | None:
    middle = (said.low + said.high) / 2
    if abs(middle - difference) <= Decimal("0.15"):
        return None
    computed = f"{signed(difference)}ポイント"
    if abs(middle - (relative.low + relative.high) / 2) <= Decimal("0.15"):
        return computed, "差", "。記載の値は差（ポイント）ではなく変化率（%）に当たります"
    return None if abs(middle - difference) <= 1 else (computed, "差", "")


def _factor(said: Interval, factor: Decimal) -> tuple[str, str, str] | None:
    if said.low <= factor * Decimal("1.1") and factor * Decimal("0.9") <= said.high + Decimal("0.05"):
        return None
    return f"{rounded(factor)}倍", "倍率", ""


def _change_finding(
    subject: Subject,
    label: str,
    before: Quantity,
    after: Quantity,
    change: Quantity,
    origin: Origin,
    found: tuple[str, str, str],
) -> Finding:
    computed, what, because = found
    message = (
        f"「{short(label)}」の{what}は{stated(change)}と書かれていますが、"
        f"{stated(before)}から{stated(after)}への{what}は{computed}です{because}"
    )
    evidence = (
        Evidence("記載された値", change.raw, origin),
        Evidence("導入前", before.raw, origin),
        Evidence("導入後", after.raw, origin),
        computation(computed),
    )
    return warning(subject, "case.change-rate", message, origin, evidence, _FIX)


def relative_change(before: Decimal, after: Decimal) -> Interval:
    """Return the change in percent, as wide as the rounding of the printed states makes it."""
    first, second = rounding_of(before), rounding_of(after)
    ends = [
        (late - early) / abs(early) * 100
        for early in (before - first, before + first)
        for late in (after - second, after + second)
        if early
    ]
    return Interval(min(ends), max(ends))


def rounding_of(value: Decimal) -> Decimal:
    """Return half of the last printed digit: of the decimals, or of thousands and more (5.7万 is 57,000 ± 500)."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent) / 2
    digits = str(abs(int(value)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** zeros / 2 if zeros >= 3 and len(digits) > zeros else Decimal(0)


def _has_decimals(quantity: Quantity) -> bool:
    value = quantity.value
    return value is not None and value != value.to_integral_value()


# --- the same work in two places -------------------------------------------------------------------------------------


def check_rates_elsewhere(subject: Subject) -> Iterable[Finding]:
    """Compare the rate of a table with the states before and after that another place gives for the same work."""
    for passage, rate, other, moved in rates_with_states(subject):
        yield from _check_elsewhere(subject, passage, rate, other, moved)


def rates_with_states(subject: Subject) -> Iterator[tuple[Passage, Quantity, Passage, Transition]]:
    """Yield the rates of tables, each with the place that gives the states before and after for the same work."""
    moves = [
        (passage, moved)
        for passage, moved in subject.transitions
        if moved.before.unit in DURATIONS and len(passage.titles) > 1 and passage.kind not in ABOUT_OTHERS
    ]
    moves = moves[:_MOST]
    if not moves:
        return
    for passage in subject.numbers:
        if not passage.is_row or passage.column != 1 or passage.kind in ABOUT_OTHERS:
            continue
        rate = _stated_reduction(passage)
        if rate is None:
            continue
        other = max(moves, key=lambda pair: _likeness(passage.label, pair[0].title))
        if _likeness(passage.label, other[0].title) >= 2 and other[0].group != passage.group:
            yield passage, rate, *other


def _stated_reduction(passage: Passage) -> Quantity | None:
    """Return a rate by which a time is cut, None for speed-ups and everything else."""
    if "→" in passage.text or not _TIME_LABEL.search(passage.label + passage.text):
        return None
    rate = read_change(passage.text, "down" if direction_of(passage.label) == "down" else "")
    if rate is None or rate.unit != "%" or rate.is_target:
        return None
    return rate if rate.sign_word in DOWN_WORDS or (rate.value or rate.high or Decimal(1)) < 0 else None


def _likeness(label: str, title: str) -> int:
    """Count the telling words of the label that the title has too; long Katakana and Latin words count double."""
    label, title = to_half_width(label), to_half_width(title)
    score = sum(2 for word in (*_KATAKANA.findall(label), *_LATIN.findall(label)) if word in title)
    for run in _KANJI.findall(label):
        pairs = [run[start : start + 2] for start in range(0, len(run) - 1, 2)]
        score += sum(1 for pair in pairs if pair not in _GENERIC and pair in title)
    return score


def _check_elsewhere(
    subject: Subject, passage: Passage, rate: Quantity, other: Passage, moved: Transition
) -> Iterator[Finding]:
    before, after, said = moved.before, moved.after, interval_of(rate)
    if before.unit != after.unit or not before.value or after.value is None or said is None:
        return
    computed = relative_change(before.value, after.value)
    if said.overlaps(Interval(computed.low - 5, computed.high + 5)):
        return
    value = f"{signed((computed.low + computed.high) / 2)}%"
    message = (
        f"「{short(passage.label)}」は{bare(passage.text)}と書かれていますが、"
        f"「{short(other.title)}」にある{stated(before)}から{stated(after)}への変化率は{value}です"
    )
    evidence = (place(passage), place(other), computation(value))
    yield warning(subject, "case.rate-elsewhere", message, passage.origin, evidence, _FIX)


# --- percent and factors ---------------------------------------------------------------------------------------------


def check_percent_as_factor(subject: Subject) -> Iterable[Finding]:
    """Find a growth of 300% where the file also says 3倍, which is a growth of 200%."""
    factors: dict[Decimal, Passage] = {}
    for passage in subject.numbers:
        if "倍" in passage.text and passage.kind not in ABOUT_OTHERS:
            for match in _FACTOR.finditer(passage.half):
                factors.setdefault(Decimal(match[1]), passage)
    for passage in subject.numbers:
        if "%" not in passage.text and "％" not in passage.text:
            continue
        for match in _GROWTH.finditer(passage.half):
            percent = read_quantity(f"{match[1]}%").value
            other = None if percent is None or percent < 150 else factors.get(percent / 100)
            if other is None or percent is None or percent / 100 == 1:
                continue
            factor = read_quantity(f"{percent / 100}倍")
            growth = in_percent(factor)
            assert growth is not None
            said = read_quantities(other.text)
            message = (
                f"「{short(passage.text)}」と「{short(other.text)}」は同じ意味になりません。"
                f"{percent / 100:f}倍への向上は{growth.value:+f}%、{percent:f}%の向上は{percent / 100 + 1:f}倍です"
            )
            evidence = (
                place(passage),
                place(other),
                computation(f"（{percent / 100:f} − 1）× 100 ＝ {growth.value:f}%"),
            )
            if said:
                yield warning(subject, "case.percent-as-factor", message, passage.origin, evidence)
                return
