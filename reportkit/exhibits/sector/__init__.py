"""Charts and tables of the sector briefing, by name. One function each: `SectorView` in, exhibit or None out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportkit.document.block import KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.table import Table
from reportkit.exhibits.sector.cases import sector_cases
from reportkit.exhibits.sector.compared_chart import sector_barriers_chart, sector_support_chart
from reportkit.exhibits.sector.compared_table import sector_barriers, sector_support
from reportkit.exhibits.sector.data_sharing_intent import sector_data_sharing_intent
from reportkit.exhibits.sector.editions import (
    sector_editions_amounts,
    sector_editions_chart,
    sector_editions_shares,
)
from reportkit.exhibits.sector.impact_build_up import sector_impact_build_up
from reportkit.exhibits.sector.impact_by_function import sector_impact_by_function
from reportkit.exhibits.sector.impact_heatmap import sector_impact_heatmap
from reportkit.exhibits.sector.key_figures import sector_key_figures
from reportkit.exhibits.sector.notes import sector_findings, sector_marked_cells, sector_sources, sector_survey_design
from reportkit.exhibits.sector.participation import sector_participation
from reportkit.exhibits.sector.promising_fields import sector_promising_fields
from reportkit.exhibits.sector.public_role import sector_ministries, sector_national_projects
from reportkit.exhibits.sector.room import sector_room
from reportkit.exhibits.sector.usage import sector_usage, sector_usage_companies, sector_usage_figures
from reportkit.exhibits.sector.use_cases import (
    sector_field_resources,
    sector_use_cases,
    sector_use_cases_across,
    sector_use_cases_listed,
)

SECTOR_EXHIBITS: Mapping[str, Callable[[Any], Table | Chart | KeyFigures | None]] = {
    "sector-key-figures": sector_key_figures,
    "sector-impact-by-function": sector_impact_by_function,
    "sector-impact-heatmap": sector_impact_heatmap,
    "sector-impact-build-up": sector_impact_build_up,
    "sector-promising-fields": sector_promising_fields,
    "sector-room": sector_room,
    "sector-barriers-chart": sector_barriers_chart,
    "sector-barriers": sector_barriers,
    "sector-support-chart": sector_support_chart,
    "sector-support": sector_support,
    "sector-data-sharing-intent": sector_data_sharing_intent,
    "sector-participation": sector_participation,
    "sector-editions-chart": sector_editions_chart,
    "sector-editions-amounts": sector_editions_amounts,
    "sector-editions-shares": sector_editions_shares,
    "sector-use-cases": sector_use_cases,
    "sector-use-cases-across": sector_use_cases_across,
    "sector-use-cases-listed": sector_use_cases_listed,
    "sector-field-resources": sector_field_resources,
    "sector-ministries": sector_ministries,
    "sector-national-projects": sector_national_projects,
    "sector-usage": sector_usage,
    "sector-usage-companies": sector_usage_companies,
    "sector-usage-figures": sector_usage_figures,
    "sector-cases": sector_cases,
    "sector-marked-cells": sector_marked_cells,
    "sector-findings": sector_findings,
    "sector-survey-design": sector_survey_design,
    "sector-sources": sector_sources,
}
