"""Every chart and table that a section template can name, by name, in one visible list.

A name is `<kind>-<what>`; the function takes the view of that kind and returns a table, a chart or key figures, or None
when there is not enough data to show. Two exhibits of one name are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportkit.document.block import KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.table import Table
from reportkit.exhibits.case import CASE_EXHIBITS
from reportkit.exhibits.overview import OVERVIEW_EXHIBITS
from reportkit.exhibits.sector import SECTOR_EXHIBITS

Exhibit = Table | Chart | KeyFigures
Maker = Callable[[Any], Exhibit | None]


def _joined(*lists: Mapping[str, Maker]) -> Mapping[str, Maker]:
    joined: dict[str, Maker] = {}
    for makers in lists:
        for name, maker in makers.items():
            if name in joined:
                raise ValueError(f"exhibit {name} is registered twice")
            joined[name] = maker
    return joined


EXHIBITS: Mapping[str, Maker] = _joined(SECTOR_EXHIBITS, CASE_EXHIBITS, OVERVIEW_EXHIBITS)
