"""What one person does or costs, times the number of persons, against the whole that the file states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportkit.base.amounts import CURRENCIES, read_quantity, read_transition
from reportkit.base.finding import Finding
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width
from reportkit.checks.cases.passages import ABOUT_OTHERS, Passage, Subject, plain_words
from reportkit.checks.cases.wording import amount, computation, place, short, stated, times, warning

_PERSON = re.compile(r".*(?:社員|職員|行員|従業員|担当者?|営業|教員|医師|スタッフ)")
_TIME_WORDS = re.compile("月間|年間|毎月|毎年|毎日|1日|月平均|年平均")
_TIMES_A_YEAR = {"年": Decimal(1), "月": Decimal(12), "週": Decimal(52), "四半期": Decimal(4), "半期": Decimal(2)}
_EACH_COST = re.compile(
    r"(?P<who>顧客|ユーザー?|会員|利用者)(?:数)?(?:1|一)人(?:あたり|当たり)[^、。]{0,8}?(?:コスト|費用)[^0-9$]{0,6}?(?P<rest>[年月].*)"
)
_SPENT = re.compile(r"(年間|毎年|月間|毎月)\s?約?([0-9][0-9,.万]*)時間(以上)?(?:以上)?を?\s?(?:費や|かけ|要し|使)")
_WHOLE = re.compile("全|合計|全体|総")
_MOST = 20  # statements of one kind in one file; more would be a table of something else
_FIX = "一人あたりの値、人数、全体の値のどれが違うかを出典で確かめてください"


def check_per_person(subject: Subject) -> Iterable[Finding]:
    """Compare amounts per employee, per customer, and hours saved by all with what is stated for the whole."""
    yield from _check_rates_per_person(subject)
    yield from _check_cost_per_customer(subject)
    yield from _check_hours_spent(subject)


# --- 月150件/営業社員 × 45名 × 12 against 年間1,800件 --------------------


def _check_rates_per_person(subject: Subject) -> Iterator[Finding]:
    whole: dict[tuple[str, str], tuple[Passage, Quantity]] = {}
    each: list[tuple[Passage, Quantity, str, str]] = []
    for passage, quantity in subject.own_amounts:
        if not passage.label or quantity.value is None or quantity.unit in {"%", "ポイント", "倍", "", "点"}:
            continue
        label = plain_words(passage.label)
        core, span = _TIME_WORDS.sub("", label), _span_of(label, quantity)
        who = next((per for per in quantity.per if _PERSON.fullmatch(per)), "")
        if who and span:
            each.append((passage, quantity, core, who))
        elif span and len(core) >= 3 and set(quantity.per) <= set(_TIMES_A_YEAR):
            whole.setdefault((core, quantity.unit), (passage, quantity))
    for passage, quantity, core, who in each[:_MOST]:
        total = whole.get((core, quantity.unit))
        people = _count_of(subject, who) if total is not None else None
        if total is not None and people is not None:
            yield from _compare(subject, (passage, quantity), people, total, who)


def _span_of(label: str, quantity: Quantity) -> str:
    """Return the span of time that an amount is for: by its own words, else by its label."""
    for per in quantity.per:
        if per in _TIMES_A_YEAR:
            return per
    return "月" if re.search("月間|毎月|月平均", label) else ("年" if re.search("年間|毎年|年平均", label) else "")


def _count_of(subject: Subject, who: str) -> tuple[Passage, Quantity] | None:
    """Return the number of such persons: 営業社員数, or the words 営業社員45名."""
    for passage, quantity in subject.own_amounts:
        if quantity.unit == "人" and quantity.value and plain_words(passage.label) in {f"{who}数", who}:
            return passage, quantity
    pattern = re.compile(rf"{re.escape(who)}\s?(?:約|計)?\s?([0-9][0-9,]*)[名人]")
    for passage in subject.numbers:
        if match := pattern.search(passage.half):
            return passage, read_quantity(f"{match[1]}名")
    return None


def _compare(
    subject: Subject,
    each: tuple[Passage, Quantity],
    people: tuple[Passage, Quantity],
    total: tuple[Passage, Quantity],
    who: str,
) -> Iterator[Finding]:
    one, count, whole = each[1].value, people[1].value, total[1].value
    first, last = _span_of(plain_words(each[0].label), each[1]), _span_of(plain_words(total[0].label), total[1])
    if not one or not count or not whole or not first or not last:
        return
    factor = _TIMES_A_YEAR[first] / _TIMES_A_YEAR[last]
    computed = one * count * factor
    if whole / Decimal("1.5") <= computed <= whole * Decimal("1.5"):
        return
    unit = total[1].unit
    shown_factor = f" × {factor:f}" if factor != 1 else ""
    sums = f"{amount(one, each[1].unit)} × {amount(count, '人')}{shown_factor} ＝ {amount(computed, unit)}"
    message = (
        f"「{short(each[0].label)}」の{stated(each[1])}に{who}の人数を掛けると{amount(computed, unit)}になり、"
        f"「{short(total[0].label)}」の{stated(total[1])}と合いません（{times(computed / whole)}）"
    )
    evidence = (place(each[0]), place(people[0]), place(total[0]), computation(sums))
    yield warning(subject, "case.per-person", message, total[0].origin, evidence, _FIX)


# --- 顧客1人あたりコスト × 顧客数 against 年間運用費 --------------------


def _check_cost_per_customer(subject: Subject) -> Iterator[Finding]:
    tried = 0
    for passage in subject.numbers:
        match = _EACH_COST.search(passage.half) if "人" in passage.text else None
        if match is None or passage.kind in ABOUT_OTHERS or tried >= _MOST:
            continue
        tried += 1
        moved = read_transition(match["rest"])
        cost = moved.after if moved is not None else read_quantity(match["rest"])
        span = next((per for per in (*cost.per, *read_quantity(match["rest"]).per) if per in _TIMES_A_YEAR), "")
        people = _customers(subject, match["who"])
        running = next(
            (
                found
                for found in subject.case.costs
                if re.search("運用費|運用コスト|運営費|運営コスト", found.label) and found.quantity.unit == cost.unit
            ),
            None,
        )
        if cost.unit not in CURRENCIES or not cost.value or not span or people is None or running is None:
            continue
        count, total = people[1].value, running.quantity.value
        if not count or not total:
            continue
        computed = cost.value * count * _TIMES_A_YEAR[span]
        if computed <= total * 3:
            continue
        unit = cost.unit
        label = Passage(running.quantity.raw, running.label, running.origin, "")
        sums = f"{amount(count, '人')} × {amount(cost.value, unit)} ＝ {amount(computed, unit)}/年"
        message = (
            f"{match['who']}1人あたりの費用に人数を掛けると年{amount(computed, unit)}になり、"
            f"「{short(running.label)}」の{stated(running.quantity)}を大きく超えます（{times(computed / total)}）"
        )
        evidence = (place(passage), place(people[0]), place(label), computation(sums))
        yield warning(subject, "case.per-person", message, passage.origin, evidence, _FIX)
        return


def _customers(subject: Subject, who: str) -> tuple[Passage, Quantity] | None:
    pattern = re.compile(
        rf"{re.escape(who)}(?:数|基盤)?\s?(?:は|が|約|:|：)?\s?([0-9][0-9,.]*[万億]?)人(?!あたり|当たり|単位|以上の)"
    )
    for passage in subject.numbers:
        text = to_half_width(f"{passage.label}:{passage.text}")
        if (match := pattern.search(text)) is not None:
            return passage, read_quantity(f"{match[1]}人")
    return None


# --- 45名 × 250時間 saved against 3,000時間 spent --------------------


def _check_hours_spent(subject: Subject) -> Iterator[Finding]:
    spent = [
        (passage, match)
        for passage in subject.numbers
        if "時間" in passage.text and (match := _SPENT.search(passage.half)) and _WHOLE.search(passage.text)
    ]
    spent = spent[:_MOST]
    if not spent:
        return
    for passage, calculations in subject.calculations:
        for calculation in calculations:
            people = [factor for factor in calculation.factors if factor.unit == "人"]
            hours = [factor for factor in calculation.factors if factor.unit == "時間"]
            if len(people) != 1 or len(hours) != 1 or not people[0].value or not hours[0].value:
                continue
            for other, match in spent:
                if _shared(f"{passage.label}{passage.text}", other.text):
                    yield from _compare_hours(subject, passage, (people[0], hours[0]), other, match)


def _shared(first: str, second: str) -> bool:
    """Tell whether both texts name the same work: four characters of a word in common."""
    words = re.findall("[一-龥ァ-ヶー]{4,}", first)
    return any(word[start : start + 4] in second for word in words for start in range(len(word) - 3))


def _compare_hours(
    subject: Subject, passage: Passage, factors: tuple[Quantity, Quantity], other: Passage, match: re.Match[str]
) -> Iterator[Finding]:
    count, hours = factors[0].value, factors[1].value
    whole = read_quantity(f"{match[2]}時間").value
    assert count is not None
    assert hours is not None
    if not whole:
        return
    months = Decimal(12) if match[1] in {"月間", "毎月"} else Decimal(1)
    saved, limit = count * hours, whole * months
    if saved <= limit * (2 if match[3] else Decimal("1.1")):
        return
    sums = f"{amount(count, '人')} × {amount(hours, '時間')} ＝ {amount(saved, '時間')}"
    whole_words = f"{match[1]}{match[2]}時間{match[3] or ''}"
    message = f"削減したとする時間（{sums}）が、その業務に費やしていた時間（{whole_words}）を超えます"
    evidence = (place(passage), place(other), computation(f"{sums}、{amount(limit, '時間')}の{times(saved / limit)}"))
    yield warning(subject, "case.hours-saved", message, passage.origin, evidence, _FIX)
