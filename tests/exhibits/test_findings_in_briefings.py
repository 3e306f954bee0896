"""A number with a finding carries a mark wherever a briefing prints it, and the appendix explains it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from reportkit.checks import check_corpus
from reportkit.corpus.corpus import Corpus
from reportkit.document.inline import plain_text
from reportkit.exhibits.sector.notes import sector_findings
from reportkit.exhibits.sector.usage import sector_usage_companies
from reportkit.sources.reader import read_folder
from reportkit.views.facts import DOUBTFUL
from reportkit.views.sector import view_sector
from reportkit.views.wording import worded

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def corpus() -> Corpus:
    read = read_folder(SEEDS)
    return replace(read, findings=(*read.findings, *check_corpus(read)))


def appendix(sector: str) -> str:
    table = sector_findings(view_sector(corpus(), sector))
    assert table is not None
    return "\n".join(plain_text(line) for row in table.body for cell in row for line in cell.lines)


@pytest.mark.parametrize("sector", ["医療", "介護", "製造業", "金融・保険"])
def test_every_marked_number_of_the_impact_chapter_is_explained_in_the_appendix(sector: str) -> None:
    view = view_sector(corpus(), sector)
    assert view.impact is not None
    printed = [fact for row in view.impact.heat for fact in row.cells if fact is not None]
    doubtful = [fact.label for fact in printed if DOUBTFUL in fact.flags]
    assert doubtful == [f"{name}×オペレーションサービス/CSの効率化・コスト削減効果" for name in ("医療", "介護")]
    text = appendix(sector)
    for name in ("医療", "介護"):
        assert f"表「効率化・コスト削減効果」の「{name}」×「オペレーションサービス/CS」：印刷の効果" in text


def test_a_share_of_the_doubtful_grand_total_is_marked_and_explained() -> None:
    view = view_sector(corpus(), "製造業")
    assert view.impact is not None
    assert view.impact.effect_average is not None
    assert DOUBTFUL in view.impact.effect_average.flags
    assert "総計だけが違うとみられます" in appendix("製造業")


def test_the_appendix_gives_the_values_the_hints_and_what_to_do() -> None:
    text = appendix("医療")
    assert "比べた値（労務・人件費：5,919（10億円単位）、業務削減割合：17%、導入意向：20%、" in text
    assert "効率化・コスト削減効果：3,711億円、" in text
    assert "ほかが正しいときの導入意向：35.8〜38.0%" in text
    assert "対応：どの値が誤りかは資料から決められません" in text


def test_documents_name_tables_and_not_ids() -> None:
    findings = worded(corpus().findings, corpus().matrices)
    assert any("行列「" in finding.message for finding in corpus().findings)
    assert not any("行列「" in finding.message for finding in findings)
    assert [finding.subjects for finding in findings] == [finding.subjects for finding in corpus().findings]


def test_figures_over_time_about_companies_become_a_chart() -> None:
    chart = sector_usage_companies(view_sector(corpus(), "医療"))
    assert chart is not None
    assert [series.name for series in chart.series] == ["2023年度調査", "2024年度調査"]
    texts = [[None if fact is None else fact.text for fact in series.facts] for series in chart.series]
    assert chart.categories[0] == "生成AIを活用する方針を定めている"
    assert texts == [["42.7%", None, None], ["49.7%", "55.2%", "47.3%"]]


def test_figures_of_one_survey_only_give_no_chart_over_time() -> None:
    one = replace(corpus(), statistics=tuple(item for item in corpus().statistics if "2023" not in item.period))
    assert sector_usage_companies(view_sector(one, "医療")) is None
