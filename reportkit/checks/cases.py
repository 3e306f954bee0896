"""Arithmetic inside one case: what its own numbers say about each other.

In: a `Case`. Out: findings, never repairs. A finding needs both sides stated; a range without a baseline is not an
error. Rates are allowed one point (half a point when they are printed with decimals), truncation, and the rounding that
the printed states may hide; ranges compare by overlap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reportkit.base.amounts import CURRENCIES, read_quantity
from reportkit.base.dates import months_between, read_period
from reportkit.base.finding import Evidence, Finding
from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Cost, Metric
from reportkit.corpus.corpus import Corpus

_MONTHS_OF = {"ヶ月": Decimal(1), "年": Decimal(12), "週": Decimal(12) / 52, "日": Decimal(12) / 365}
_PAYBACK = re.compile(r"回収期間|投資回収|ペイバック")
_INITIAL = re.compile(r"初期投資(?!.*回収)|初期費用|総投資額|導入費用")
_TOTAL = re.compile(r"合計|総")
_RUNNING = re.compile(r"運用費|運用コスト|保守・運用|ランニング")
_BENEFIT = re.compile(r"年間効果|効果額|(?<![0-9])年間(?:コスト)?削減|合計年間")
_TWELVE = Decimal(12)


def check_case(case: Case) -> tuple[Finding, ...]:
    """Return everything in the case that does not add up, in the order of `CASE_CHECKS`."""
    return tuple(finding for check in CASE_CHECKS for finding in check(case))


def check_cases(corpus: Corpus) -> tuple[Finding, ...]:
    """Return what does not add up inside any case of the corpus."""
    return tuple(finding for case in corpus.cases for finding in check_case(case))


# --- pay-back --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Interval:
    low: Decimal
    high: Decimal

    def overlaps(self, other: _Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


def _interval(quantity: Quantity) -> _Interval | None:
    if quantity.value is not None:
        return _Interval(quantity.value, quantity.value)
    if quantity.low is not None and quantity.high is not None:
        return _Interval(quantity.low, quantity.high)
    return None


def check_payback(case: Case) -> Iterable[Finding]:
    """Compare a stated pay-back with what initial cost, yearly benefit and running cost give."""
    stated = next(
        (cost for cost in case.costs if _PAYBACK.search(cost.label) and cost.quantity.unit in _MONTHS_OF), None
    )
    initial = _money(case, _INITIAL)
    benefit = _money(case, _BENEFIT) or _yearly_saving(case)
    if stated is None or initial is None or benefit is None or initial.quantity.unit != benefit.quantity.unit:
        return
    running = _money(case, _RUNNING)
    if running is not None and running.quantity.unit != initial.quantity.unit:
        running = None
    months = _interval(stated.quantity)
    gross = _payback_months(initial, benefit, None)
    net = _payback_months(initial, benefit, running) if running is not None else None
    if months is None or gross is None:
        return
    factor = _MONTHS_OF[stated.quantity.unit]
    claimed = _Interval(months.low * factor, months.high * factor)
    readings = [reading for reading in (net, gross) if reading is not None]
    if any(claimed.overlaps(_widened(reading)) for reading in readings):
        return
    yield _payback_finding(case, stated, initial, benefit, running, net, gross)


def _payback_finding(
    case: Case,
    stated: Cost,
    initial: Cost,
    benefit: Cost,
    running: Cost | None,
    net: _Interval | None,
    gross: _Interval,
) -> Finding:
    cost, gain = _amount(initial.quantity), _amount(benefit.quantity)
    evidence = [
        Evidence("記載された回収期間", stated.quantity.raw, stated.origin),
        Evidence(initial.label, initial.quantity.raw, initial.origin),
        Evidence(benefit.label, benefit.quantity.raw, benefit.origin),
    ]
    plain = f"{cost} ÷ {gain} × 12 ＝ {_months(gross)}"
    if running is not None and net is not None:
        spent = _amount(running.quantity)
        evidence.append(Evidence(running.label, running.quantity.raw, running.origin))
        evidence.append(Evidence("計算", f"{cost} ÷（{gain} − {spent}）× 12 ＝ {_months(net)}"))
        evidence.append(Evidence("計算（運用費を引かない場合）", plain))
        computed = f"{_months(net)}（運用費を引かない場合は{_months(gross)}）"
    else:
        evidence.append(Evidence("計算", plain))
        computed = _months(gross)
    return Finding(
        "case.payback",
        "warning",
        f"投資の回収期間は{_bare(stated.quantity.raw)}と書かれていますが、"
        f"同じ資料の費用と効果から計算すると{computed}になります",
        "回収期間の算定方法を出典で確かめ、分かるまではこの回収期間を引用しないでください",
        stated.origin,
        tuple(evidence),
        (f"case:{case.id}",),
    )


def _money(case: Case, pattern: re.Pattern[str]) -> Cost | None:
    found = [
        cost
        for cost in case.costs
        if pattern.search(cost.label) and cost.quantity.unit in CURRENCIES and _interval(cost.quantity) is not None
    ]
    return next((cost for cost in found if _TOTAL.search(cost.label)), found[0] if found else None)


def _yearly_saving(case: Case) -> Cost | None:
    """Return money saved a year when the file states it among its effects."""
    for metric in case.metrics:
        value = metric.value
        if value is None or metric.is_target or value.unit not in CURRENCIES or "年" not in value.per:
            continue
        if re.search(r"コスト|費用|経費", metric.label) and _interval(value) is not None:
            return Cost(metric.label, value, metric.origin)
    return None


def _payback_months(initial: Cost, benefit: Cost, running: Cost | None) -> _Interval | None:
    cost, gain = _interval(initial.quantity), _interval(benefit.quantity)
    spent = _interval(running.quantity) if running is not None else _Interval(Decimal(0), Decimal(0))
    if cost is None or gain is None or spent is None or gain.low - spent.high <= 0:
        return None
    return _Interval(cost.low / (gain.high - spent.low) * _TWELVE, cost.high / (gain.low - spent.high) * _TWELVE)


def _widened(interval: _Interval) -> _Interval:
    """Give a computed time the slack that rounded inputs (約) and whole months need."""
    slack = max(Decimal("0.6"), interval.high * Decimal("0.15"))
    return _Interval(interval.low - slack, interval.high + slack)


# --- rates of change -------------------------------------------------------------------------------------------------


def check_changes(case: Case) -> Iterable[Finding]:
    """Compare every stated rate with the states before and after."""
    for metric in case.metrics:
        finding = _check_change(case, metric)
        if finding is not None:
            yield finding


def _check_change(case: Case, metric: Metric) -> Finding | None:
    before, after, change = metric.before, metric.after, metric.change
    if before is None or after is None or change is None or before.value is None or after.value is None:
        return None
    if before.unit != after.unit or set(before.per) != set(after.per) or not before.value or "±" in before.qualifier:
        return None
    stated = _interval(change)
    if stated is None:
        return None
    relative = _relative(before.value, after.value)
    difference = after.value - before.value
    if change.unit == "%":
        readings = [relative, *([_Interval(difference, difference)] if before.unit == "%" else [])]
        slack = Decimal("0.5") if _has_decimals(change) else Decimal(1)
        if change.qualifier:
            slack *= 2
        if any(stated.overlaps(_Interval(reading.low - slack, reading.high + slack)) for reading in readings):
            return None
        return _change_finding(case, metric, f"{_signed(_middle(relative))}%", "変化率")
    if change.unit == "ポイント" and before.unit == "%":
        return _check_points(case, metric, stated, difference, relative)
    if change.unit == "倍":
        factor = after.value / before.value
        if stated.low <= factor * Decimal("1.1") and factor * Decimal("0.9") <= stated.high + Decimal("0.05"):
            return None
        return _change_finding(case, metric, f"{_rounded(factor)}倍", "倍率")
    return None


def _check_points(
    case: Case, metric: Metric, stated: _Interval, difference: Decimal, relative: _Interval
) -> Finding | None:
    middle = _middle(stated)
    if abs(middle - difference) <= Decimal("0.15"):
        return None
    if abs(middle - _middle(relative)) <= Decimal("0.15"):
        return _change_finding(
            case,
            metric,
            f"{_signed(difference)}ポイント",
            "差",
            "記載の値は差（ポイント）ではなく変化率（%）に当たります",
        )
    if abs(middle - difference) <= 1:
        return None
    return _change_finding(case, metric, f"{_signed(difference)}ポイント", "差")


def _change_finding(case: Case, metric: Metric, computed: str, what: str, reason: str = "") -> Finding:
    before, after, change = metric.before, metric.after, metric.change
    assert before is not None
    assert after is not None
    assert change is not None
    because = f"。{reason}" if reason else ""
    return Finding(
        "case.change-rate",
        "warning",
        f"「{metric.label}」の{what}は{_bare(change.raw)}と書かれていますが、"
        f"{_bare(before.raw)}から{_bare(after.raw)}への{what}は{computed}です{because}",
        "前後の値と改善率のどちらが正しいかを出典で確かめてください",
        metric.origin,
        (
            Evidence("記載された値", change.raw, metric.origin),
            Evidence("導入前", before.raw, metric.origin),
            Evidence("導入後", after.raw, metric.origin),
            Evidence("計算", computed),
        ),
        (f"case:{case.id}",),
    )


def _relative(before: Decimal, after: Decimal) -> _Interval:
    """Return the change in percent, as wide as the rounding of the printed states makes it."""
    first, second = _rounding(before), _rounding(after)
    ends = [
        (late - early) / abs(early) * 100
        for early in (before - first, before + first)
        for late in (after - second, after + second)
        if early
    ]
    return _Interval(min(ends), max(ends))


def _rounding(value: Decimal) -> Decimal:
    """Return half of the last printed digit: of the decimals, or of thousands and more (5.7万 is 57,000 ± 500)."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent) / 2
    digits = str(abs(int(value)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** zeros / 2 if zeros >= 3 and len(digits) > zeros else Decimal(0)


# --- time ------------------------------------------------------------------------------------------------------------


def check_duration(case: Case) -> Iterable[Finding]:
    """Compare the stated length of the introduction with its dates, and its dates with the steps."""
    if case.duration is None:
        return
    period = read_period(case.duration.text)
    stated = read_quantity(case.duration.text)
    subjects = (f"case:{case.id}",)
    if period.start is None or period.end is None:
        return
    length = months_between(period.start, period.end)
    if length is not None and stated.unit == "ヶ月" and stated.value is not None and abs(stated.value - length) >= 1:
        yield Finding(
            "case.duration-length",
            "warning",
            f"実装期間は{stated.value}ヶ月と書かれていますが、{_span(period)}は{length}ヶ月です",
            "期間と日付のどちらが正しいかを出典で確かめてください",
            case.duration.origin,
            (
                Evidence(case.duration.label, case.duration.text, case.duration.origin),
                Evidence("計算", f"{length}ヶ月"),
            ),
            subjects,
        )
    yield from _check_steps(case, period)


def _check_steps(case: Case, period: Period) -> Iterable[Finding]:
    assert case.duration is not None
    assert period.start is not None
    assert period.end is not None
    dated = [
        (phase, phase.period) for phase in case.phases if phase.period is not None and phase.period.start is not None
    ]
    starts = [(_month(when.start), phase) for phase, when in dated if when.start is not None and when.start.month]
    if not starts or period.start.month is None:
        return
    first_month, first = min(starts, key=lambda pair: pair[0])
    differences: list[str] = []
    if first_month != _month(period.start):
        differences.append(f"始まりは{_date(period.start)}、最初の段階「{first.name}」は{_date_of(first_month)}から")
    last = first
    if all(when.end is not None and when.end.month for _, when in dated) and period.end.month:
        ends = [(_month(when.end), phase) for phase, when in dated if when.end is not None]
        last_month, last = max(ends, key=lambda pair: pair[0])
        if last_month != _month(period.end):
            differences.append(f"終わりは{_date(period.end)}、最後の段階「{last.name}」は{_date_of(last_month)}まで")
    if not differences:
        return
    yield Finding(
        "case.duration-phases",
        "warning",
        f"実装期間（{_span(period)}）と各段階の時期が合いません。{'。'.join(differences)}です",
        "実装期間に含まれる作業と、各段階の開始・終了時期を出典で確かめてください",
        case.duration.origin,
        (
            Evidence(case.duration.label, case.duration.text, case.duration.origin),
            *(
                Evidence(phase.name, phase.period.raw if phase.period else "", phase.origin)
                for phase in dict.fromkeys((first, last))
            ),
        ),
        (f"case:{case.id}",),
    )


# --- the same thing twice --------------------------------------------------------------------------------------------


def check_repeats(case: Case) -> Iterable[Finding]:
    """Find an effect that the file states twice with different values, and 月間 x 12 against 年間."""
    seen: dict[tuple[str, str, tuple[str, ...], bool], Metric] = {}
    monthly: dict[tuple[str, str], Metric] = {}
    for metric in case.metrics:
        value = metric.value
        if value is None or value.value is None or _TOTAL.fullmatch(metric.label):
            continue
        label = re.sub(r"\s", "", metric.label)
        first = seen.setdefault((label, value.unit, value.per, metric.is_target), metric)
        if first is not metric and first.value is not None and first.value.value != value.value:
            yield _repeat_finding(case, first, metric, "同じ指標が二つの値で書かれています")
        bare = re.sub(r"月間|毎月|年間|年あたり", "", label)
        if value.per[:1] == ("月",):
            monthly.setdefault((bare, value.unit), metric)
        elif value.per[:1] == ("年",) and (month := monthly.get((bare, value.unit))) is not None:
            assert month.value is not None
            assert month.value.value is not None
            yearly = month.value.value * 12
            if yearly and month.value.per[1:] == value.per[1:] and abs(yearly - value.value) > yearly * Decimal("0.05"):
                yield _repeat_finding(case, month, metric, "月間の値の12倍と年間の値が合いません")


def _repeat_finding(case: Case, first: Metric, second: Metric, what: str) -> Finding:
    return Finding(
        "case.metric-twice",
        "warning",
        f"{what}。「{first.label}」は{_shown(first)}、「{second.label}」は{_shown(second)}です",
        "どちらの値が正しいかを出典で確かめてください",
        second.origin,
        (
            Evidence(first.label, _shown(first), first.origin),
            Evidence(second.label, _shown(second), second.origin),
        ),
        (f"case:{case.id}",),
    )


# --- what the file says about itself ---------------------------------------------------------------------------------


def check_verified(case: Case) -> Iterable[Finding]:
    """Report a file that says of itself that it is not verified."""
    if not case.verified:
        yield Finding(
            "case.unverified",
            "note",
            "この資料は、内容を確認できていない、または推定で補ったと自ら記しています",
            "数値を引用する前に、企業の公式発表で確かめてください",
            case.origin,
            subjects=(f"case:{case.id}",),
        )


CASE_CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    check_payback,
    check_changes,
    check_duration,
    check_repeats,
    check_verified,
)


# --- how numbers are shown in messages -------------------------------------------------------------------------------


def _bare(raw: str) -> str:
    """Return the words of an amount without the remark in brackets."""
    return re.sub(r"[（(].*", "", raw).strip() or raw


def _shown(metric: Metric) -> str:
    return "" if metric.value is None else _bare(metric.value.raw)


def _amount(quantity: Quantity) -> str:
    return _bare(quantity.raw).removeprefix("約").removesuffix("相当")


def _months(interval: _Interval) -> str:
    low, high = _rounded(interval.low), _rounded(interval.high)
    return f"約{low}ヶ月" if low == high else f"約{low}〜{high}ヶ月"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _signed(value: Decimal) -> str:
    return f"{_rounded(value):+}"


def _middle(interval: _Interval) -> Decimal:
    return (interval.low + interval.high) / 2


def _has_decimals(quantity: Quantity) -> bool:
    value = quantity.value
    return value is not None and value != value.to_integral_value()


def _month(date: PartialDate | None) -> int:
    assert date is not None
    return date.year * 12 + (date.month or 1) - 1


def _date(date: PartialDate) -> str:
    return f"{date.year}年{date.month}月"


def _date_of(month: int) -> str:
    return f"{month // 12}年{month % 12 + 1}月"


def _span(period: Period) -> str:
    assert period.start is not None
    assert period.end is not None
    return f"{_date(period.start)}〜{_date(period.end)}" if period.end.month and period.start.month else period.raw
