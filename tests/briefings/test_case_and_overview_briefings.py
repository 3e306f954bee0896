"""The case briefing and the overview on the project's own seeds: what a reader must find in them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from document_words import document_words

from reportkit.briefings.compose import compose
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Box, Document, Heading, Issue
from reportkit.document.chart import Chart
from reportkit.document.inline import plain_text
from reportkit.document.table import Table
from reportkit.project.reading import read_corpus
from reportkit.sections.folders import TemplateFolders
from reportkit.views.case import view_case
from reportkit.views.overview import view_overview

CHECKOUT = Path(__file__).parents[2]
TEMPLATES = TemplateFolders((CHECKOUT / "templates",))
ISSUE = Issue("2026-04-01", "")


@cache
def corpus() -> Corpus:
    return read_corpus(CHECKOUT / "seeds")


@cache
def briefing(case_id: str) -> Document:
    return compose("case", view_case(corpus(), case_id), TEMPLATES, ISSUE)


@cache
def overview() -> Document:
    return compose("overview", view_overview(corpus()), TEMPLATES, ISSUE)


def chapters(document: Document) -> list[str]:
    return [plain_text(block.content) for block in document.blocks if isinstance(block, Heading) and block.level == 1]


def exhibits(document: Document) -> dict[str, Table | Chart]:
    return {block.id: block for block in document.blocks if isinstance(block, (Table, Chart))}


def test_the_case_briefing_has_its_chapters_in_order() -> None:
    assert chapters(briefing("863")) == [
        "事例の要点",
        "企業と導入の背景",
        "効果",
        "導入の経過",
        "ソリューション",
        "課題と対策",
        "業界のなかでの位置",
        "記載の確認",
        "今後の展開",
        "参考資料",
        "付録：資料の記録",
    ]


def test_the_reader_learns_the_stated_pay_back_and_the_computed_one_on_the_first_page() -> None:
    boxes = [block for block in briefing("863").blocks[:6] if isinstance(block, Box)]
    (box,) = boxes
    assert box.tone == "warning"
    words = document_words(Document("", "", "", "", ISSUE, (box,)))
    assert "16ヶ月" in words
    assert "約1.6ヶ月" in words


def test_effects_before_and_after_stand_in_one_table_with_stated_and_computed_change() -> None:
    table = exhibits(briefing("863"))["case-changes"]
    assert isinstance(table, Table)
    rows = [[plain_text(cell.lines[0]) for cell in row] for row in table.body]
    assert rows[0][1:] == ["20件/月", "85件/月", "325%増", "+325%"]
    assert rows[2][3:] == ["–", "–"]


def test_no_axis_of_a_chart_mixes_units() -> None:
    for case in corpus().cases:
        for block in briefing(case.id).blocks:
            if isinstance(block, Chart) and block.kind != "gantt":
                units = {(fact.quantity.unit, fact.quantity.per) for fact in block.facts()}
                assert len(units) == 1, (case.id, block.id, units)


def test_numbers_in_what_a_chart_tells_the_blind_are_those_that_it_draws() -> None:
    for document in (briefing("863"), overview()):
        for chart in (block for block in document.blocks if isinstance(block, Chart)):
            assert any(fact.text in chart.alt for fact in chart.facts()), chart.id


def test_the_timeline_is_dated_as_exactly_as_the_source() -> None:
    chart = exhibits(briefing("863"))["case-timeline"]
    assert isinstance(chart, Chart)
    first, *_, last = chart.spans
    assert (first.start.isoformat(), first.end.isoformat() if first.end else None) == ("2023-02-01", "2023-04-30")
    assert (last.start.isoformat(), last.end) == ("2023-08-01", None)


def test_an_unverified_file_says_so_before_anything_else() -> None:
    cases = tuple(replace(case, verified=False) for case in corpus().cases)
    view = view_case(replace(corpus(), cases=cases), "863")
    first, second, *_ = compose("case", view, TEMPLATES, ISSUE).blocks
    assert isinstance(first, Heading)
    assert isinstance(second, Box)
    assert plain_text(second.title) == "未検証の資料"
    assert not any("未検証の資料" in document_words(briefing(case.id)) for case in corpus().cases if case.verified)


def test_the_title_is_the_company_without_its_legal_form() -> None:
    titles = {briefing(case.id).title for case in corpus().cases}
    assert "産業技術総合研究所 AI導入事例" in titles
    assert not any("株式会社" in title for title in titles)


def test_the_overview_ranks_all_industries_and_adds_up_to_the_printed_total() -> None:
    table = exhibits(overview())["overview-ranking"]
    assert isinstance(table, Table)
    rows = [[plain_text(cell.lines[0]) for cell in row] for row in table.body]
    assert len(rows) == 18
    assert rows[0][:3] == ["第1位", "その他製造業", "20,825"]
    amounts = [int(row[2].rstrip("†‡§※").replace(",", "")) for row in rows]
    assert amounts[:-1] == sorted(amounts[:-1], reverse=True)
    assert abs(sum(amounts[:-1]) - amounts[-1]) <= 9  # seventeen rounded totals


def test_the_overview_has_the_heat_map_the_fields_the_barriers_and_the_countries() -> None:
    found = exhibits(overview())
    heat, barriers, fields = found["overview-heatmap"], found["overview-barriers"], found["overview-fields"]
    assert isinstance(heat, Table)
    assert isinstance(barriers, Table)
    assert isinstance(fields, Table)
    assert (len(heat.body), len(heat.columns)) == (18, 10)
    assert (len(barriers.body), len(barriers.columns)) == (14, 9)
    assert [plain_text(row[0].lines[0]) for row in fields.body] == [str(number) for number in range(1, 12)]
    effects = {plain_text(row[0].lines[0]): plain_text(row[4].lines[0]) for row in fields.body}
    assert effects["1"] == "9,081億円"
    assert (effects["8"], effects["9"]) == ("12,383億円", "60,766億円"), "across industries: the total of the function"
    usage = found["overview-usage"]
    assert isinstance(usage, Chart)
    assert usage.categories[0] == "日本"


def test_the_overview_lists_every_briefing_with_its_file() -> None:
    words = document_words(overview())
    for case in corpus().cases:
        assert f"case/{case.id}.docx" in words
    assert "sector/金融・保険.docx" in words


def test_given_file_names_take_the_place_of_the_suggested_ones() -> None:
    view = view_overview(corpus(), {"case/863": "case/863 (2).docx"})
    assert [(briefing.subject, briefing.file) for briefing in view.briefings] == [
        ("産業技術総合研究所", "case/863 (2).docx")
    ]
