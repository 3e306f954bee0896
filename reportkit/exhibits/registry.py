"""Every chart and table that a section template can name, by name, in one visible list.

A name is `<kind>-<what>`; the function takes the view of that kind and returns a table, a chart or key figures, or None
when there is not enough data to show. Two exhibits of one name are refused. Other packages add theirs by entry points
(`plugin_exhibits`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from reportkit.base import plugins
from reportkit.base.errors import ReportkitError
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


@lru_cache(maxsize=1)
def plugin_exhibits() -> Mapping[str, Maker]:
    """Return what other packages draw, by name. Raises `ProjectError` with everything that is wrong with them."""
    found = plugins.loaded(plugins.EXHIBITS, EXHIBITS)
    return {name: partial(_made, plugin, make) for name, (plugin, make) in found.items()}


def _made(plugin: plugins.Plugin, make: Maker, view: Any) -> Exhibit | None:
    """Return what the function of another package makes; a fault stops only the document, and names the package."""
    try:
        made = make(view)
    except ReportkitError:
        raise
    except Exception as error:
        raise plugin.fault(f"図表を作れません（{type(error).__name__}：{error}）") from error
    if made is not None and not isinstance(made, Exhibit):
        raise plugin.fault(f"表・グラフ・主要数値でないもの（{type(made).__name__}）を返しました")
    return made
