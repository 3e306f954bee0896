from __future__ import annotations

import pytest
from case_parts import SOURCE, case, corpus_of

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.period import PartialDate, Period
from reportkit.views.overview import view_overview
from reportkit.views.overview.cases import MOST_COMPARED, tool_name


def tools(*names: str) -> tuple[Quote, ...]:
    return tuple(Quote(name, Origin(SOURCE, 5)) for name in names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ChatGPT（GPT-3.5/GPT-4）", "ChatGPT"),
        ("Claude 3.5", "Claude"),
        ("Gemini", "Gemini"),
        ("GPT-4o", "GPT"),
        ("（仮称）", "（仮称）"),
    ],
)
def test_a_tool_is_counted_without_remarks_and_version(text: str, name: str) -> None:
    assert (tool_name(text) or text) == name


def test_cases_are_counted_by_sector_tool_and_year_and_each_count_names_its_cases() -> None:
    start = Period("2023年8月", PartialDate(2023, 8), PartialDate(2023, 8))
    found = view_overview(
        corpus_of(
            case("1", sectors=("教育",), ai_tools=tools("ChatGPT", "Claude"), adoption_start=start),
            case("2", sectors=("教育", "医療"), ai_tools=tools("chatgpt（社内版）")),
        )
    ).cases
    assert [(count.name, count.fact.text) for count in found.by_sector] == [("教育", "2件"), ("医療", "1件")]
    assert [(count.name, count.fact.text) for count in found.by_tool] == [("ChatGPT", "2件"), ("Claude", "1件")]
    assert [(count.name, count.fact.text) for count in found.by_year] == [("2023年", "1件"), ("記載なし", "1件")]
    assert found.by_year[0].fact.derivation is not None
    assert found.by_year[0].fact.origins == (Origin(SOURCE, 1),)


def test_a_corpus_without_survey_still_has_an_overview() -> None:
    found = view_overview(corpus_of(case()))
    assert (found.survey, found.barriers, found.usage) == (None, None, None)
    assert [line.company.text for line in found.cases.lines] == ["架空商事株式会社"]


def test_a_thousand_cases_are_compared_only_as_far_as_a_table_can_be_read() -> None:
    found = view_overview(corpus_of(*(case(str(number)) for number in range(MOST_COMPARED + 5))))
    assert len(found.cases.lines) == MOST_COMPARED
    assert found.cases.left_out is not None
    assert found.cases.left_out.text == "5件"
    assert found.briefing_count.text == f"{MOST_COMPARED + 5 + 20}件"


def test_findings_are_counted_by_severity_and_kind() -> None:
    findings = tuple(
        Finding("case.x", severity, f"指摘{place}", "直す", Origin(SOURCE, place))  # type: ignore[arg-type]
        for place, severity in enumerate(("error", "warning", "warning", "note"))
    )
    found = view_overview(corpus_of(case(), findings=findings)).findings
    assert [(word, fact.text) for word, fact in found.by_severity] == [
        ("誤り", "1件"),
        ("警告", "2件"),
        ("注記", "1件"),
    ]
    assert [(group.code, group.severity, group.count.text) for group in found.groups] == [("case.x", "誤り", "4件")]
    assert len(found.shown) == 3
