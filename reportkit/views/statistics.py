"""Intervals and tests for survey shares, in plain Python.

In: shares between 0 and 1 and numbers of respondents. Out: floats for decisions; what is printed becomes a `Fact` in
`reportkit.views.facts`. The method, once for the whole project:

- A share of respondents has the Wilson score interval (Wilson 1927): it stays inside 0 to 1 and holds its level with
  small numbers and with shares near zero, where the textbook interval does not.
- "Beyond the interval" means that the printed average lies outside that interval.
- Many items are compared at once, so some differences fall outside by chance. The second, stricter look tests the
  group against all other respondents (not against the average, which contains the group itself) with the pooled
  two-proportion z test, and corrects the p values of one table by Holm's step-down method, which keeps the chance of
  even one false alarm in the table at the level and needs no independence between the items.

>>> [round(bound, 3) for bound in wilson_interval(0.20, 253)]
[0.155, 0.254]
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import sqrt
from statistics import NormalDist

_NORMAL = NormalDist()


@cache
def critical_value(level: float) -> float:
    """Return the two-sided critical value of the normal distribution: 1.96 for 0.95."""
    return _NORMAL.inv_cdf(0.5 + level / 2)


def wilson_interval(share: float, respondents: int, level: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share. Raises `ValueError` for no respondents or a share outside 0 to 1."""
    if respondents < 1 or not 0 <= share <= 1:
        raise ValueError(f"share {share} of {respondents} respondents")
    z = critical_value(level)
    scale = 1 + z * z / respondents
    centre = (share + z * z / (2 * respondents)) / scale
    half = z / scale * sqrt(share * (1 - share) / respondents + z * z / (4 * respondents * respondents))
    return max(0.0, centre - half), min(1.0, centre + half)


def pooled_share(shares: Sequence[float], respondents: Sequence[int]) -> float:
    """Return the share among all respondents of several groups together."""
    everyone = sum(respondents)
    return sum(share * count for share, count in zip(shares, respondents, strict=True)) / everyone


def two_proportion_p(share: float, respondents: int, other: float, others: int) -> float:
    """Return the two-sided p value of the pooled z test that two independent groups have the same share."""
    if respondents < 1 or others < 1:
        raise ValueError("both groups need respondents")
    together = pooled_share((share, other), (respondents, others))
    variance = together * (1 - together) * (1 / respondents + 1 / others)
    if variance <= 0:
        return 1.0
    z = abs(share - other) / sqrt(variance)
    return 2 * (1 - _NORMAL.cdf(z))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return the p values adjusted by Holm's step-down method, in the order given."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [1.0] * len(p_values)
    running = 0.0
    for step, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - step) * p_values[index]))
        adjusted[index] = running
    return tuple(adjusted)
