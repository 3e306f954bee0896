"""Change between two editions of the survey over all industries."""

from __future__ import annotations

from reportkit.document.table import Table
from reportkit.exhibits.editions import change_table
from reportkit.exhibits.parts import inlines
from reportkit.views.overview import OverviewView


def overview_editions_impact(view: OverviewView) -> Table | None:
    """Return the totals by industry in both editions, or None."""
    editions = view.editions
    if editions is None or editions.impact is None:
        return None
    caption = inlines("産業別の効率化・コスト削減効果の変化")
    return change_table("overview-editions-impact", [editions.impact], caption, editions.citation, every=True)


def overview_editions_shares(view: OverviewView) -> Table | None:
    """Return the shares that changed by more than chance, or None when there is none."""
    editions = view.editions
    if editions is None:
        return None
    caption = inlines("偶然の範囲を超えて変わった割合")
    return change_table("overview-editions-shares", editions.certain, caption, editions.citation, every=True)
