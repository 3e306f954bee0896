"""Everything the overview may say: all sectors side by side, all cases, and the list of briefings.

In: a corpus. Out: `OverviewView` of facts, quotes, corpus records and findings; no bare numbers.

>>> # view_overview(corpus).sectors[0].rank.text  ->  "第1位"
"""

from __future__ import annotations

from reportkit.views.overview.view import OverviewView, view_overview

__all__ = ["OverviewView", "view_overview"]
