"""Change between two editions of the survey in the rows of one sector."""

from __future__ import annotations

from reportkit.document.chart import Chart
from reportkit.document.table import Table
from reportkit.exhibits.editions import change_chart, change_table
from reportkit.exhibits.parts import inlines, named
from reportkit.views.sector import SectorView


def sector_editions_chart(view: SectorView) -> Chart | None:
    """Return impact by function in both editions, else the first tested table; None with one edition only."""
    candidates = [
        change for change in (view.edition_impact, *view.edition_shares, *view.editions) if change is not None
    ]
    for change in candidates:
        made = change_chart("sector-editions-chart", change, inlines(named(change.row)), view.citation)
        if made is not None:
            return made
    return None


def sector_editions_amounts(view: SectorView) -> Table | None:
    """Return the amounts of both editions, or None."""
    changes = [change for change in view.editions if not change.is_share]
    caption = inlines(named(view.name), "の金額の変化")
    return change_table("sector-editions-amounts", changes, caption, view.citation)


def sector_editions_shares(view: SectorView) -> Table | None:
    """Return the shares of both editions with what the difference is worth, or None."""
    changes = [change for change in view.editions if change.is_share]
    caption = inlines(named(view.name), "の割合の変化")
    return change_table("sector-editions-shares", changes, caption, view.citation)
