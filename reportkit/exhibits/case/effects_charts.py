"""Charts of effects. Only values of one unit share an axis: changes in percent, states before and after, levels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.document.chart import Chart, Series, ValueAxis
from reportkit.exhibits.parts import inlines, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.effects import Effect, comparable, comparable_states, with_rates

_SCALES = ((Decimal(10) ** 12, "兆"), (Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "万"))
_SCALE_FROM = 100  # values are shown in 万 from 100 万 on: below, the plain number is easier to read


def case_changes_chart(view: CaseView) -> Chart | None:
    """Return the changes in percent, as stated, else as computed; None with fewer than two."""
    effects = with_rates(view.effects)
    if not effects:
        return None
    rates = tuple(effect.rate for effect in effects)
    return Chart(
        id="case-changes-chart",
        kind="bar",
        caption=inlines(view.name, "の効果：変化率"),
        alt=f"{view.name}の効果の変化率。{_told(effects, rates)}。",
        categories=tuple(map(_label, effects)),
        series=(Series("変化率", rates),),
        values=ValueAxis(title="変化率（%）", number_format=_format(rates, Decimal(1), '"%"')),
        source=source_line(view.citation, computed=any(fact and fact.derivation for fact in rates)),
        notes=(inlines("変化率は資料の記載による。記載のないものは導入前後の値から算出した。"),),
        height=_height(len(effects)),
    )


def case_states_chart(view: CaseView) -> Chart | None:
    """Return states before and after side by side, for the largest group of effects with one unit."""
    effects = comparable_states(view.effects)
    if not effects:
        return None
    before, after = tuple(effect.before for effect in effects), tuple(effect.after for effect in effects)
    divisor, unit = _scale((*before, *after), effects[0].group)
    return Chart(
        id="case-states-chart",
        kind="column",
        caption=inlines(view.name, "の導入前と導入後"),
        alt=f"{view.name}の導入前と導入後。{_told_states(effects)}。",
        categories=tuple(map(_label, effects)),
        series=(Series("導入前", before, tone="muted"), Series("導入後", after, tone="main")),
        values=ValueAxis(title=unit, number_format=_format((*before, *after), divisor, ""), divisor=divisor),
        source=source_line(view.citation),
        height=0.28,
    )


def case_values_chart(view: CaseView) -> Chart | None:
    """Return values of one unit side by side; None when no two effects share a unit."""
    effects = comparable(view.effects)
    if not effects:
        return None
    values = tuple(effect.value for effect in effects)
    divisor, unit = _scale(values, effects[0].group)
    return Chart(
        id="case-values-chart",
        kind="bar",
        caption=inlines(view.name, "の効果の比較"),
        alt=f"{view.name}の効果のうち単位が同じもの。{_told(effects, values)}。",
        categories=tuple(map(_label, effects)),
        series=(Series("値", values),),
        values=ValueAxis(title=unit, number_format=_format(values, divisor, ""), divisor=divisor),
        source=source_line(view.citation),
        notes=(inlines("単位が同じ指標だけを一つの軸に示す。"),),
        height=_height(len(effects)),
    )


def _label(effect: Effect) -> str:
    return f"{effect.label}（目標）" if effect.is_target else effect.label.text


def _told(effects: Sequence[Effect], facts: Sequence[Fact | None]) -> str:
    told = [f"{_label(effect)}は{fact.text}" for effect, fact in zip(effects, facts, strict=True) if fact is not None]
    return "、".join(told)


def _told_states(effects: Sequence[Effect]) -> str:
    return "、".join(
        f"{_label(effect)}は{effect.before.text}から{effect.after.text}"
        for effect in effects
        if effect.before is not None and effect.after is not None
    )


def _scale(facts: Sequence[Fact | None], unit: str) -> tuple[Decimal, str]:
    """Return what the axis divides by, and the unit that it then shows: 億円, 万件/月."""
    sizes = [abs(fact.quantity.middle or Decimal(0)) for fact in facts if fact is not None]
    largest = max(sizes, default=Decimal(0))
    for size, word in _SCALES:
        if largest >= size * (_SCALE_FROM if word == "万" else 1):
            return size, f"{word}{unit}"
    return Decimal(1), unit


def _format(facts: Sequence[Fact | None], divisor: Decimal, unit: str) -> str:
    values = [fact.quantity.middle for fact in facts if fact is not None]
    whole = all((value / divisor) == (value / divisor).to_integral_value() for value in values if value is not None)
    return f"#,##0{'' if whole else '.0'}{unit}"


def _height(bars: int) -> float:
    return round(min(0.75, 0.15 + 0.055 * bars), 3)
