"""The time in which an investment pays for itself: as stated, as computed, and as stated elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.amounts import CURRENCIES, read_quantities
from reportkit.base.calculations import Interval, interval_of
from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width
from reportkit.checks.cases.passages import ABOUT_OTHERS, Passage, Subject, is_total
from reportkit.checks.cases.wording import amount, bare, computation, place, rounded, short, warning
from reportkit.corpus.case import Cost

_MONTHS_OF = {"ヶ月": Decimal(1), "年": Decimal(12), "週": Decimal(12) / 52, "日": Decimal(12) / 365}
_PAYBACK = re.compile(r"回収期間|投資回収|ペイバック")
_INITIAL = re.compile(r"初期投資(?!.*回収)|初期費用|総投資額|導入費用")
_TOTAL = re.compile(r"合計|総")
_RUNNING = re.compile(r"運用費|運用コスト|保守・運用|ランニング")
_BENEFIT = re.compile(r"年間効果|効果額|(?<![0-9])年間(?:コスト)?削減|合計年間")
_COST_TITLE = re.compile(r"(?:導入|運用|投資|年間)?(?:コスト|費用|投資)")
_GAIN_TITLE = re.compile(r"削減|効果|リターン|便益|利益|創出")
_NET = re.compile(r"(?:推定|年間|純)*(?:効果額|純効果|純便益|純利益)")
_STATED = re.compile(r"(?:回収期間|ペイバック期間)[^。、]{0,4}?[:：は]\s*([^。]{2,60})")
_TWELVE = Decimal(12)
_FIX = "回収期間の算定方法を出典で確かめ、分かるまではこの回収期間を引用しないでください"


@dataclass(frozen=True, slots=True)
class _Money:
    """Money and its place; label as a message names it."""

    label: str
    quantity: Quantity
    origin: Origin


def check_payback(subject: Subject) -> Iterable[Finding]:
    """Compare the stated pay-back with what cost and benefit give, and with what other places state; once for both."""
    claim, pair = _claim(subject), _contradicting_pair(subject)
    found = _payback_finding(subject, claim, pair) if claim is not None else None
    if found is not None:
        yield found
    elif pair is not None:
        yield _twice_finding(subject, *pair)


def _payback_finding(subject: Subject, claim: Cost, pair: tuple[_Statement, _Statement] | None) -> Finding | None:
    initial, benefit, running = _cost_and_benefit(subject)
    if initial is None or benefit is None or initial.quantity.unit != benefit.quantity.unit:
        return None
    if running is not None and running.quantity.unit != initial.quantity.unit:
        running = None
    months = interval_of(claim.quantity)
    gross = _payback_months(initial, benefit, None)
    net = _payback_months(initial, benefit, running) if running is not None else None
    if months is None or gross is None:
        return None
    claimed = months.times(_MONTHS_OF[claim.quantity.unit])
    readings = [reading for reading in (net, gross) if reading is not None]
    if any(claimed.overlaps(_widened(reading)) for reading in readings):
        return None
    evidence, computed = _computation(claim, initial, benefit, running, net, gross)
    message = (
        f"投資の回収期間は{bare(claim.quantity.raw)}と書かれていますが、"
        f"同じ資料の費用と効果から計算すると{computed}になります"
    )
    for statement in pair or ():
        if statement.passage.origin.line != claim.origin.line:
            message += f"。別の箇所には{short(statement.text)}とも書かれています"
            evidence.insert(
                1, Evidence("別の箇所の回収期間", short(statement.passage.text, 120), statement.passage.origin)
            )
    return warning(subject, "case.payback", message, claim.origin, tuple(evidence), _FIX)


def payback_gap(subject: Subject) -> Iterable[Evidence]:
    """Yield a stated pay-back that cannot be computed again, with what is missing for it."""
    claim = _claim(subject)
    if claim is None or interval_of(claim.quantity) is None:
        return
    cost, gain, _ = _cost_and_benefit(subject)
    cost, gain = cost or _money(subject, _INITIAL), gain or _money(subject, _BENEFIT) or _yearly_saving(subject)
    missing = [word for word, money in (("費用", cost), ("効果", gain)) if money is None]
    if missing:
        yield Evidence(
            short(claim.label), f"{short(claim.quantity.raw, 60)}：{'と'.join(missing)}の額がない", claim.origin
        )


def _claim(subject: Subject) -> Cost | None:
    """Return the first pay-back that the file states."""
    return next(
        (cost for cost in subject.case.costs if _PAYBACK.search(cost.label) and cost.quantity.unit in _MONTHS_OF), None
    )


def _cost_and_benefit(subject: Subject) -> tuple[_Money | None, _Money | None, _Money | None]:
    """Return initial cost, yearly benefit and running cost: by their labels, else the totals below such headings."""
    initial = _money(subject, _INITIAL)
    benefit = _money(subject, _BENEFIT) or _yearly_saving(subject)
    if initial is not None and benefit is not None:
        return initial, benefit, _money(subject, _RUNNING)
    cost, gain = totals_under_headings(subject)
    return cost, gain, None


def totals_under_headings(subject: Subject) -> tuple[_Money | None, _Money | None]:
    """Return 合計 below a heading of costs and 合計 below a heading of gains, as money a year."""
    cost = gain = None
    for passage, quantity in subject.own_amounts:
        if not passage.titles[1:] or quantity.unit not in CURRENCIES or not is_total(passage.label):
            continue
        found = _Money(f"{short(passage.title)}の{passage.label}", quantity, passage.origin)
        if _GAIN_TITLE.search(passage.title):
            gain = gain or found
        elif _COST_TITLE.search(passage.title):
            cost = cost or found
    return cost, gain


def _computation(
    claim: Cost,
    initial: _Money,
    benefit: _Money,
    running: _Money | None,
    net: Interval | None,
    gross: Interval,
) -> tuple[list[Evidence], str]:
    """Return both sides with the computation as evidence, and the computed time in words."""
    cost, gain = _amount(initial.quantity), _amount(benefit.quantity)
    evidence = [
        Evidence("記載された回収期間", claim.quantity.raw, claim.origin),
        Evidence(initial.label, initial.quantity.raw, initial.origin),
        Evidence(benefit.label, benefit.quantity.raw, benefit.origin),
    ]
    plain = f"{cost} ÷ {gain} × 12 ＝ {_months(gross)}"
    if running is not None and net is not None:
        spent = _amount(running.quantity)
        evidence.append(Evidence(running.label, running.quantity.raw, running.origin))
        evidence.append(computation(f"{cost} ÷（{gain} − {spent}）× 12 ＝ {_months(net)}"))
        if _months(net) == _months(gross):
            return evidence, _months(net)
        evidence.append(Evidence("計算（運用費を引かない場合）", plain))
        return evidence, f"{_months(net)}（運用費を引かない場合は{_months(gross)}）"
    evidence.append(computation(plain))
    return evidence, _months(gross)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A pay-back as a place states it: the words and the months that they mean."""

    passage: Passage
    text: str
    months: Interval


def _contradicting_pair(subject: Subject) -> tuple[_Statement, _Statement] | None:
    """Return the first statement of the pay-back and the first other one that no reading brings together with it."""
    first: _Statement | None = None
    for statement in _stated_paybacks(subject):
        if first is None:
            first = statement
        elif not first.months.widened(Decimal("0.25")).overlaps(statement.months.widened(Decimal("0.25"))):
            return first, statement
    return None


def _twice_finding(subject: Subject, first: _Statement, second: _Statement) -> Finding:
    message = f"投資の回収期間が二つの値で書かれています。{_in_months(first)}と{_in_months(second)}です"
    sums = computation(f"月に直すと{_months(first.months)}と{_months(second.months)}")
    evidence = (place(first.passage), place(second.passage), sums)
    return warning(subject, "case.payback-twice", message, second.passage.origin, evidence, _FIX)


def _in_months(statement: _Statement) -> str:
    """Return the words, with the months that they mean unless they say so."""
    text, months = short(statement.text), _months(statement.months)
    return text if "月" in text else f"{text}（{months}）"


def _stated_paybacks(subject: Subject) -> Iterable[_Statement]:
    for passage in subject.numbers:
        if passage.kind in ABOUT_OTHERS:
            continue
        text = ""
        if passage.label and re.search(r"回収期間|ペイバック", passage.label) and passage.column <= 1:
            text = passage.text.rpartition("=")[2]
        elif match := _STATED.search(passage.text):
            text = match[1]
        if not text:
            continue
        spans = [amount for amount in read_quantities(to_half_width(text)) if amount.unit in _MONTHS_OF]
        interval = interval_of(spans[0]) if len(spans) == 1 else None
        if interval is None:
            continue
        words = spans[0].qualifier
        interval = interval.times(_MONTHS_OF[spans[0].unit])
        if "超" in words or "以上" in words:
            interval = Interval(interval.low, interval.high * 10)
        elif "以内" in words or "未満" in words or "以下" in words:
            interval = Interval(Decimal(0), interval.high)
        yield _Statement(passage, spans[0].raw, interval)


def check_net_benefit(subject: Subject) -> Iterable[Finding]:
    """Compare a stated yearly effect with the totals of cost and gain that the same section gives."""
    cost, gain = totals_under_headings(subject)
    claim = next(
        (
            (passage, quantity)
            for passage, quantity in subject.own_amounts
            if _NET.fullmatch(re.sub(r"[（(].*", "", passage.label)) and quantity.unit in CURRENCIES
        ),
        None,
    )
    if cost is None or gain is None or claim is None:
        return
    passage, quantity = claim
    said, spent, gained = interval_of(quantity), interval_of(cost.quantity), interval_of(gain.quantity)
    if (
        said is None
        or spent is None
        or gained is None
        or len({quantity.unit, cost.quantity.unit, gain.quantity.unit}) > 1
    ):
        return
    net = Interval(gained.low - spent.high, gained.high - spent.low)
    lows = (gained.low, net.low, gained.low - spent.low)
    highs = (gained.high, net.high, gained.high - spent.high)
    if _near(said.low, lows) and _near(said.high, highs):
        return
    unit = quantity.unit
    message = (
        f"「{passage.label}」は{bare(passage.text)}と書かれていますが、同じ資料の効果の合計から費用の合計を引くと"
        f"{amount(net.low, unit)}〜{amount(net.high, unit)}です"
    )
    evidence = (
        place(passage),
        Evidence(gain.label, gain.quantity.raw, gain.origin),
        Evidence(cost.label, cost.quantity.raw, cost.origin),
        computation(
            f"{amount(gained.low)}〜{amount(gained.high, unit)} −（{amount(spent.low)}〜{amount(spent.high, unit)}）"
            f"＝ {amount(net.low)}〜{amount(net.high, unit)}"
        ),
    )
    yield warning(subject, "case.net-benefit", message, passage.origin, evidence)


def _near(value: Decimal, candidates: tuple[Decimal, ...]) -> bool:
    return any(abs(value - candidate) <= abs(candidate) / 10 for candidate in candidates)


def _money(subject: Subject, pattern: re.Pattern[str]) -> _Money | None:
    found = [
        cost
        for cost in subject.case.costs
        if pattern.search(cost.label) and cost.quantity.unit in CURRENCIES and interval_of(cost.quantity) is not None
    ]
    chosen = next((cost for cost in found if _TOTAL.search(cost.label)), found[0] if found else None)
    return None if chosen is None else _Money(chosen.label, chosen.quantity, chosen.origin)


def _yearly_saving(subject: Subject) -> _Money | None:
    """Return money saved a year when the file states it among its effects."""
    for metric in subject.case.metrics:
        value = metric.value
        if value is None or metric.is_target or value.unit not in CURRENCIES or "年" not in value.per:
            continue
        if re.search(r"コスト|費用|経費", metric.label) and interval_of(value) is not None:
            return _Money(metric.label, value, metric.origin)
    return None


def _payback_months(initial: _Money, benefit: _Money, running: _Money | None) -> Interval | None:
    cost, gain = interval_of(initial.quantity), interval_of(benefit.quantity)
    spent = interval_of(running.quantity) if running is not None else Interval(Decimal(0), Decimal(0))
    if cost is None or gain is None or spent is None or gain.low - spent.high <= 0:
        return None
    return Interval(cost.low / (gain.high - spent.low) * _TWELVE, cost.high / (gain.low - spent.high) * _TWELVE)


def _widened(interval: Interval) -> Interval:
    """Give a computed time the slack that rounded inputs (約) and whole months need."""
    slack = max(Decimal("0.6"), interval.high * Decimal("0.15"))
    return Interval(interval.low - slack, interval.high + slack)


def _amount(quantity: Quantity) -> str:
    return bare(quantity.raw).removeprefix("約").removesuffix("相当")


def _months(interval: Interval) -> str:
    low, high = rounded(interval.low), rounded(interval.high)
    return f"約{low}ヶ月" if low == high else f"約{low}〜{high}ヶ月"
