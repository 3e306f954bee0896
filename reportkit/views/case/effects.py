"""The effects of a case as facts: stated values, states before and after, stated and computed change.

In: `Case.metrics` and `Case.costs`. Out: `Effect` and `Amount`, and the groups that may share one axis.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.fact import Derivation, Fact
from reportkit.base.origin import Quote
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Metric
from reportkit.views.facts import stated_fact
from reportkit.views.formats import format_points, format_signed, round_half_up

_LARGEST_SPREAD = 200  # a bar shorter than 1/200 of the longest cannot be seen
_MOST_BARS = 12
_RETURN = re.compile(r"\bROI|投資利益率|投資収益率", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect.

    value, before, after, change: as the source states them, printed as written; change is signed in its quantity.
    computed: the change from before to after in percent (in points for percentages), None when it cannot be computed.
    group: the measured unit with what it is per (`件/年`), "" for none.
    cells, header: the table row as the source has it, and the heads of its columns; () outside of tables.
    is_rate: the value is a rate of change (40%削減), not a level.
    """

    label: Quote
    value: Fact | None
    before: Fact | None
    after: Fact | None
    change: Fact | None
    computed: Fact | None
    note: Quote | None
    is_target: bool
    group: str
    is_rate: bool
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Tell whether any part of it is an amount; what has none is told in the source's own words."""
        return any((self.value, self.before, self.after, self.change))

    @property
    def has_states(self) -> bool:
        """Tell whether a state before or after is given."""
        return self.before is not None or self.after is not None

    @property
    def headline(self) -> Fact | None:
        """Return the one number that stands for the effect: the value, else the state after, else the change."""
        return next((fact for fact in (self.value, self.after, self.change) if fact and fact.quantity.is_known), None)

    @property
    def rate(self) -> Fact | None:
        """Return the change in percent: as stated, else as computed, else a value that is a rate; None for none."""
        if _RETURN.search(self.label.text):  # a return on investment is no change of anything
            return None
        for fact in (self.change, self.computed, self.value if self.is_rate else None):
            if fact is None or is_tolerance(fact.quantity):
                continue
            if fact.quantity.unit == "%" and fact.quantity.middle is not None:
                return fact
        return None


@dataclass(frozen=True, slots=True)
class Amount:
    """A labelled amount: costs, pay-back, number of employees."""

    label: Quote
    fact: Fact


def effects_of(case: Case, name: str) -> tuple[Effect, ...]:
    """Return all effects in the order of the source; ids are `case/<id>/metric/<n>/...`, counted from 1."""
    return tuple(effect_of(case, name, place) for place in range(len(case.metrics)))


def effect_of(case: Case, name: str, place: int) -> Effect:
    """Return the effect at that place of `Case.metrics`, counted from 0."""
    return _effect(case, name, place + 1, case.metrics[place])


def costs_of(case: Case, name: str) -> tuple[Amount, ...]:
    """Return investment, running costs, benefit and pay-back as stated."""
    return tuple(
        Amount(
            Quote(cost.label, cost.origin),
            stated_fact(f"case/{case.id}/cost/{number}", f"{name}：{cost.label}", cost.quantity, cost.origin),
        )
        for number, cost in enumerate(case.costs, start=1)
    )


def comparable(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Return the largest group of effects whose values have one unit and can be read on one axis; () below two.

    What the chart of changes draws already is left out.
    """
    drawn = with_rates(effects)
    return _largest_group(
        [effect for effect in effects if _is_drawable(effect.value) and not effect.is_rate and effect not in drawn]
    )


def comparable_states(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Return the largest group of effects with both states in one unit that can share one axis; () below two."""
    both = [
        effect
        for effect in effects
        if effect.before is not None
        and effect.after is not None
        and _is_drawable(effect.before)
        and _is_drawable(effect.after)
        and unit_of(effect.before.quantity) == unit_of(effect.after.quantity)
    ]
    return _largest_group(both)


def with_rates(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Return the effects whose change is known in percent; () below two."""
    found = tuple(effect for effect in effects if effect.rate is not None)[:_MOST_BARS]
    return found if len(found) > 1 else ()


def unit_of(quantity: Quantity) -> str:
    """Return the unit with what it is per: `件/月`, `時間/月/人`."""
    return "/".join((quantity.unit, *quantity.per)) if quantity.unit or quantity.per else ""


def is_tolerance(quantity: Quantity) -> bool:
    """Tell whether an amount is a width around something (`±30%`): a bar of that length would read as a level."""
    return "±" in quantity.qualifier


def _effect(case: Case, name: str, number: int, metric: Metric) -> Effect:
    def part(which: str, word: str, amount: Quantity | None) -> Fact | None:
        if amount is None or not amount.raw:
            return None
        label = f"{name}：{metric.label}{word}"
        return stated_fact(f"case/{case.id}/metric/{number}/{which}", label, amount, metric.origin)

    value = part("value", "", metric.value)
    before, after = part("before", "（導入前）", metric.before), part("after", "（導入後）", metric.after)
    change = part("change", "の変化（記載）", metric.change)
    known = next((fact.quantity for fact in (value, after, before) if fact is not None), None)
    return Effect(
        label=Quote(metric.label, metric.origin),
        value=value,
        before=before,
        after=after,
        change=change,
        computed=_computed(case, name, number, metric, before, after),
        note=metric.note,
        is_target=metric.is_target,
        group=unit_of(known) if known is not None else "",
        is_rate=value is not None and value.quantity.unit == "%" and bool(value.quantity.sign_word),
    )


def _computed(
    case: Case, name: str, number: int, metric: Metric, before: Fact | None, after: Fact | None
) -> Fact | None:
    if before is None or after is None:
        return None
    old, new = before.quantity, after.quantity
    if old.value is None or new.value is None or (old.unit, old.per) != (new.unit, new.per):
        return None
    if is_tolerance(old) or is_tolerance(new):
        return None
    if old.unit == "%":
        points = new.value - old.value
        text = format_points(points, 0 if points == points.to_integral_value() else 1)
        value, unit = points, "ポイント"
        derivation = Derivation("導入後 − 導入前", "points", (before, after))
    elif old.value > 0:
        value = round_half_up((new.value - old.value) / old.value * 100, 1)
        text = f"{format_signed(value, 0 if value == value.to_integral_value() else 1)}%"
        unit = "%"
        derivation = Derivation("（導入後 − 導入前）÷ 導入前", "change", (before, after), (("decimals", "1"),))
    else:
        return None
    return Fact(
        f"change/case/{case.id}/metric/{number}",
        f"{name}：{metric.label}の変化（計算）",
        Quantity(text, value=value, unit=unit),
        text,
        derivation=derivation,
    )


def _is_drawable(fact: Fact | None) -> bool:
    if fact is None or is_tolerance(fact.quantity):
        return False
    return fact.quantity.middle is not None and fact.quantity.middle >= 0


def _size(effect: Effect) -> Decimal:
    sizes = [fact.quantity.middle for fact in (effect.value, effect.before, effect.after) if fact is not None]
    return max((size for size in sizes if size is not None), default=Decimal(0))


def _largest_group(effects: list[Effect]) -> tuple[Effect, ...]:
    groups: dict[str, list[Effect]] = {}
    for effect in effects:
        if effect.group and _size(effect) > 0:
            groups.setdefault(effect.group, []).append(effect)
    best: list[Effect] = []
    for group in groups.values():
        top = max(map(_size, group))
        visible = [effect for effect in group if _size(effect) * _LARGEST_SPREAD >= top]
        if len(visible) > len(best):
            best = visible
    return tuple(best[:_MOST_BARS]) if len(best) > 1 else ()
