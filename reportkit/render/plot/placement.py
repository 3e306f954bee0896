"""Where the names of bubbles stand: the side of each bubble on which they cover least."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.render.plot.frame import Frame, ReferenceMark
from reportkit.render.plot.words import LABEL_SIZE, text_width

Box = tuple[float, float, float, float]

GOOD = 12.0  # square points of overlap that nobody sees
_SIDES = "rltb"
_ROUNDS = 4


def label_sides(
    centres: Sequence[tuple[float, float]],
    radii: Sequence[float],
    labels: Sequence[str],
    marks: Sequence[ReferenceMark],
    frame: Frame,
) -> tuple[float, list[str]]:
    """Choose for every label the side of its bubble where it covers least; return what is covered, and the sides.

    Goes round until no label finds a better side; tries several orders, because the first take the best places.
    """
    bubbles: list[Box] = [
        (x - r * 0.95, y - r * 0.95, x + r * 0.95, y + r * 0.95) for (x, y), r in zip(centres, radii, strict=True)
    ]
    strips: list[Box] = [
        (mark.start[0] - 1.5, mark.start[1] - 1.5, mark.end[0] + 1.5, mark.end[1] + 1.5) for mark in marks
    ]
    strips += [(left, top, left + width, top + height) for left, top, width, height in (mark.box for mark in marks)]
    boxes = [_label_boxes(*bubble) for bubble in zip(centres, radii, labels, strict=True)]
    fixed = [
        [
            3 * _outside(box, frame)
            + sum(_overlap(box, other) for number, other in enumerate(bubbles) if number != index)
            + sum(_overlap(box, strip) for strip in strips)
            for box in own
        ]
        for index, own in enumerate(boxes)
    ]
    orders = (
        sorted(range(len(labels)), key=lambda index: -radii[index]),
        sorted(range(len(labels)), key=lambda index: centres[index][1]),
        sorted(range(len(labels)), key=lambda index: -centres[index][1]),
        sorted(range(len(labels)), key=lambda index: radii[index]),
    )
    shared = _shared_areas(boxes)
    best: tuple[float, list[int]] = (float("inf"), [])
    for order in orders:
        found = _settled(shared, fixed, order)
        best = min(best, found)
        if best[0] < GOOD:
            break
    return best[0], [_SIDES[side] for side in best[1]]


# For every label and side: the sides of other labels that it would cover, and how much of them.
_Shared = list[list[list[tuple[int, int, float]]]]


def _shared_areas(boxes: Sequence[Sequence[Box]]) -> _Shared:
    shared: _Shared = [[[] for _ in own] for own in boxes]
    for one, own in enumerate(boxes):
        for other in range(one):
            for side, box in enumerate(own):
                for place, taken in enumerate(boxes[other]):
                    area = _overlap(box, taken)
                    if area:
                        shared[one][side].append((other, place, area))
                        shared[other][place].append((one, side, area))
    return shared


def _settled(shared: _Shared, fixed: Sequence[Sequence[float]], order: Sequence[int]) -> tuple[float, list[int]]:
    """Return what the labels cover and their sides, when each in this order has taken the best place that it finds."""
    chosen: dict[int, int] = {}

    def cost(index: int, side: int) -> float:
        covered = sum(area for other, place, area in shared[index][side] if chosen.get(other) == place)
        # A small price per side keeps labels on the right where all sides are equally free.
        return fixed[index][side] + 2 * covered + side * 0.01

    for _ in range(_ROUNDS):
        before = dict(chosen)
        for index in order:
            chosen[index] = min((cost(index, side), side) for side in range(len(_SIDES)))[1]
        if chosen == before:
            break
    return sum(cost(index, side) for index, side in chosen.items()), [chosen[index] for index in range(len(fixed))]


def _label_boxes(centre: tuple[float, float], radius: float, label: str) -> tuple[Box, ...]:
    """Return where a label would stand on each of the sides."""
    x, y = centre
    width, half = text_width(label) + 4, LABEL_SIZE * 0.7
    return (
        (x + radius, y - half, x + radius + width, y + half),
        (x - radius - width, y - half, x - radius, y + half),
        (x - width / 2, y - radius - 2 * half, x + width / 2, y - radius),
        (x - width / 2, y + radius, x + width / 2, y + radius + 2 * half),
    )


def _overlap(one: Box, other: Box) -> float:
    # Nearly all pairs lie apart, which takes no more than a comparison to see.
    if one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]:
        return 0.0
    return (min(one[2], other[2]) - max(one[0], other[0])) * (min(one[3], other[3]) - max(one[1], other[1]))


def _outside(box: Box, frame: Frame) -> float:
    plot = (frame.left, frame.top, frame.width - 2, frame.height - frame.bottom)
    return (box[2] - box[0]) * (box[3] - box[1]) - _overlap(box, plot)
