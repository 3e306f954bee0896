"""Charts and tables of the overview, by name. One function each: `OverviewView` in, exhibit or None out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportkit.document.block import KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.table import Table
from reportkit.exhibits.overview.cases import (
    overview_briefings,
    overview_case_counts,
    overview_cases,
    overview_cases_by_sector,
    overview_cases_by_tool,
    overview_cases_by_year,
)
from reportkit.exhibits.overview.editions import overview_editions_impact, overview_editions_shares
from reportkit.exhibits.overview.fields import overview_fields
from reportkit.exhibits.overview.figures import overview_figures
from reportkit.exhibits.overview.grids import overview_barriers, overview_heatmap
from reportkit.exhibits.overview.notes import overview_finding_groups, overview_findings, overview_sources
from reportkit.exhibits.overview.ranking import overview_ranking, overview_ranking_chart
from reportkit.exhibits.overview.usage import overview_usage

OVERVIEW_EXHIBITS: Mapping[str, Callable[[Any], Table | Chart | KeyFigures | None]] = {
    "overview-figures": overview_figures,
    "overview-ranking-chart": overview_ranking_chart,
    "overview-ranking": overview_ranking,
    "overview-heatmap": overview_heatmap,
    "overview-fields": overview_fields,
    "overview-barriers": overview_barriers,
    "overview-editions-impact": overview_editions_impact,
    "overview-editions-shares": overview_editions_shares,
    "overview-usage": overview_usage,
    "overview-case-counts": overview_case_counts,
    "overview-cases-by-sector": overview_cases_by_sector,
    "overview-cases-by-tool": overview_cases_by_tool,
    "overview-cases-by-year": overview_cases_by_year,
    "overview-cases": overview_cases,
    "overview-briefings": overview_briefings,
    "overview-finding-groups": overview_finding_groups,
    "overview-findings": overview_findings,
    "overview-sources": overview_sources,
}
