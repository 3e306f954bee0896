"""Room for introduction: where much work could go, and how many want to introduce the tools there.

In: the function lines of the impact view. Out: `RoomView`: one point for each function that has both rates, the
averages of all industries as cross lines, the functions by quadrant, and the part of the potential that intent leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.fact import Derivation, Fact
from reportkit.base.quantity import Quantity
from reportkit.views.facts import as_read_aloud, number, product, share, total
from reportkit.views.formats import decimals_of, format_percent
from reportkit.views.sector.impact import FunctionLine, ImpactView
from reportkit.views.sector.subject import Subject


@dataclass(frozen=True, slots=True)
class RoomPoint:
    """One function: both rates, labour cost, potential (labour x reduction), and what the missing intent leaves."""

    function: str
    short: str
    reduction: Fact
    intent: Fact
    labour: Fact
    potential: Fact
    left: Fact

    @property
    def left_aloud(self) -> Fact:
        """Return what the missing intent leaves as one reads it aloud."""
        return as_read_aloud(self.left)


@dataclass(frozen=True, slots=True)
class RoomView:
    """Functions against the averages of all industries.

    waiting: much reduction, little intent (where persuasion pays); going: much of both; pulled: little reduction, much
    intent; resting: little of both. Each largest labour cost first.
    potential, left, left_share: sums over the functions, and the share of the potential that intent leaves.
    """

    points: tuple[RoomPoint, ...]
    reduction_average: Fact
    intent_average: Fact
    waiting: tuple[RoomPoint, ...]
    going: tuple[RoomPoint, ...]
    pulled: tuple[RoomPoint, ...]
    resting: tuple[RoomPoint, ...]
    potential: Fact
    left: Fact
    left_share: Fact
    largest_left: RoomPoint

    @property
    def potential_aloud(self) -> Fact:
        """Return the potential as one reads it aloud."""
        return as_read_aloud(self.potential)

    @property
    def left_aloud(self) -> Fact:
        """Return what the missing intent leaves as one reads it aloud."""
        return as_read_aloud(self.left)


def view_room(subject: Subject, impact: ImpactView | None) -> RoomView | None:
    """Return the room for introduction, or None when fewer than two functions have both rates."""
    if impact is None or impact.reduction is None or impact.intent is None:
        return None
    points = tuple(point for line in impact.lines if (point := _point(subject, line)) is not None)
    if len(points) < 2:
        return None
    reduction, intent = impact.reduction.average, impact.intent.average
    ordered = sorted(points, key=lambda point: -number(point.labour))

    def quadrant(much_reduction: bool, much_intent: bool) -> tuple[RoomPoint, ...]:
        return tuple(
            point
            for point in ordered
            if (number(point.reduction) >= number(reduction)) is much_reduction
            and (number(point.intent) >= number(intent)) is much_intent
        )

    potential = total([point.potential for point in points], f"potential/{subject.name}", f"{subject.name}の潜在効果")
    left = total(
        [point.left for point in points], f"left/{subject.name}", f"{subject.name}の潜在効果のうち意向のない分"
    )
    return RoomView(
        points=points,
        reduction_average=reduction,
        intent_average=intent,
        waiting=quadrant(much_reduction=True, much_intent=False),
        going=quadrant(much_reduction=True, much_intent=True),
        pulled=quadrant(much_reduction=False, much_intent=True),
        resting=quadrant(much_reduction=False, much_intent=False),
        potential=potential,
        left=left,
        left_share=share(left, potential, f"left/{subject.name}", f"{subject.name}の潜在効果に占める意向のない分"),
        largest_left=max(points, key=lambda point: number(point.left)),
    )


def _point(subject: Subject, line: FunctionLine) -> RoomPoint | None:
    if line.reduction is None or line.intent is None or line.labour is None:
        return None
    about = f"{subject.name}/{line.function}"
    potential = product([line.labour, line.reduction], f"potential/{about}", f"{about}の人件費×削減割合")
    remaining = _remaining(line.intent, about)
    left = product([potential, remaining], f"left/{about}", f"{about}の潜在効果のうち意向のない分")
    return RoomPoint(line.function, line.short, line.reduction, line.intent, line.labour, potential, left)


def _remaining(intent: Fact, about: str) -> Fact:
    value = Decimal(100) - number(intent)
    text = format_percent(value, decimals_of(value))
    quantity = Quantity(text, value=value, unit="%")
    label = f"{about}で導入意向が示されていない割合"
    derivation = Derivation("全体 − 導入意向", "complement", (intent,))
    return Fact(f"remaining/{about}", label, quantity, text, derivation=derivation, flags=intent.flags)
