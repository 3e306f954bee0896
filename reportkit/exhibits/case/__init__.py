"""Charts and tables of the case briefing, by name. One function each: `CaseView` in, exhibit or None out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportkit.document.block import KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.table import Table
from reportkit.exhibits.case.appendix import case_outline, case_record
from reportkit.exhibits.case.checks import case_checks
from reportkit.exhibits.case.effects import case_changes, case_effects
from reportkit.exhibits.case.effects_charts import case_changes_chart, case_states_chart, case_values_chart
from reportkit.exhibits.case.figures import case_figures
from reportkit.exhibits.case.points import case_factors, case_issues
from reportkit.exhibits.case.profile import case_adoption, case_costs, case_profile
from reportkit.exhibits.case.timeline import case_steps, case_timeline

CASE_EXHIBITS: Mapping[str, Callable[[Any], Table | Chart | KeyFigures | None]] = {
    "case-figures": case_figures,
    "case-profile": case_profile,
    "case-adoption": case_adoption,
    "case-effects": case_effects,
    "case-changes": case_changes,
    "case-changes-chart": case_changes_chart,
    "case-states-chart": case_states_chart,
    "case-values-chart": case_values_chart,
    "case-costs": case_costs,
    "case-timeline": case_timeline,
    "case-steps": case_steps,
    "case-factors": case_factors,
    "case-issues": case_issues,
    "case-checks": case_checks,
    "case-outline": case_outline,
    "case-record": case_record,
}
