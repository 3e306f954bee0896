"""The ranking of the industries: a bar chart of the effect, and a table with share, rates and cases."""

from __future__ import annotations

from reportkit.document.chart import Chart, Series, ValueAxis
from reportkit.document.table import Column, Table
from reportkit.exhibits.parts import cell, fact_cell, head, inlines, mark_notes, named, source_line
from reportkit.views.facts import without_unit
from reportkit.views.formats import OKU
from reportkit.views.overview import OverviewView

_HIGHLIGHTED = 3


def overview_ranking_chart(view: OverviewView) -> Chart | None:
    """Return the effect by industry, largest on top, or None without the impact matrix."""
    if view.survey is None:
        return None
    lines = view.survey.lines
    told = "、".join(f"{line.sector}{line.impact.text}" for line in lines[:_HIGHLIGHTED])
    return Chart(
        id="overview-ranking-chart",
        kind="bar",
        caption=inlines("産業別の効率化・コスト削減効果"),
        alt=f"産業別の効率化・コスト削減効果を大きい順に示す横棒グラフ。上位は{told}。",
        categories=tuple(line.sector for line in lines),
        series=(
            Series(
                "効率化・コスト削減効果",
                tuple(line.impact for line in lines),
                highlight=tuple(range(min(_HIGHLIGHTED, len(lines)))),
            ),
        ),
        values=ValueAxis(title="億円", divisor=OKU),
        source=source_line(view.survey.heat.citation),
        notes=(inlines("上位の業種を強調。"),),
        height=0.8,
    )


def overview_ranking(view: OverviewView) -> Table | None:
    """Return rank, effect, share, rates and number of cases by industry."""
    if view.survey is None:
        return None
    survey = view.survey
    body = [
        (
            cell(line.rank, align="center"),
            cell(named(line.sector)),
            fact_cell(without_unit(line.impact)),
            fact_cell(line.share),
            fact_cell(line.reduction),
            fact_cell(line.intent),
            fact_cell(line.cases),
        )
        for line in survey.lines
    ]
    body.append(
        (
            cell("", emphasis="total"),
            cell("全産業", emphasis="total"),
            fact_cell(without_unit(survey.total), emphasis="total"),
            cell("", emphasis="total"),
            fact_cell(survey.reduction_average, emphasis="total"),
            fact_cell(survey.intent_average, emphasis="total"),
            fact_cell(view.cases.count, emphasis="total"),
        )
    )
    marked = [fact for line in survey.lines for fact in (line.impact, line.reduction, line.intent)]
    return Table(
        id="overview-ranking",
        columns=(
            Column(1.1, "center"),
            Column(3.4),
            Column(1.7, "right"),
            Column(1.3, "right"),
            Column(1.6, "right"),
            Column(1.5, "right"),
            Column(1.1, "right"),
        ),
        header=(
            (
                head("順位"),
                head("産業", align="left"),
                head("効果（億円）", align="right"),
                head("構成比", align="right"),
                head("削減割合", align="right"),
                head("導入意向", align="right"),
                head("事例", align="right"),
            ),
        ),
        body=tuple(body),
        caption=inlines("産業別の順位、効果、業務削減割合、導入意向、事例数"),
        source=source_line(survey.heat.citation, computed=True),
        notes=(
            inlines("順位と構成比は印字された合計から算出。削減割合は業務削減割合、導入意向とともに産業ごとの平均。"),
            *mark_notes(marked),
        ),
        summary=f"産業別の効果の順位表。全産業の合計は{survey.total.text}。",
    )
