"""Charts and tables of the sector briefing: what they show, and that every number in them is a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fictional_survey import CARE, CORPUS, GROUP, NURSING, PUBLIC, TRANSPORT

from reportkit.document.block import KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.inline import Emphasis, FactRef, Inline, Link, Quoted, Strong, Text, plain_text
from reportkit.document.table import Table
from reportkit.exhibits.registry import EXHIBITS
from reportkit.exhibits.sector import SECTOR_EXHIBITS
from reportkit.views.sector import SectorView, view_sector

VIEWS = {name: view_sector(CORPUS, name) for name in (CARE, NURSING, TRANSPORT, GROUP, PUBLIC)}
MADE = {
    (sector, name): made
    for sector, view in VIEWS.items()
    for name, make in SECTOR_EXHIBITS.items()
    if (made := make(view)) is not None
}


def table(sector: str, name: str) -> Table:
    found = MADE[sector, name]
    assert isinstance(found, Table)
    return found


def chart(sector: str, name: str) -> Chart:
    found = MADE[sector, name]
    assert isinstance(found, Chart)
    return found


def rows_of(made: Table) -> list[str]:
    return ["|".join("/".join(map(plain_text, cell.lines)) for cell in row) for row in made.body]


def words(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Strong(children) | Emphasis(children) | Link(children):
                yield from words(children)
            case Quoted() | FactRef():
                pass


def lines_of(made: Table | Chart | KeyFigures) -> Iterator[tuple[Inline, ...]]:
    if isinstance(made, KeyFigures):
        for figure in made.figures:
            yield from (figure.label, figure.value, figure.comment)
        return
    yield from (made.caption, made.source, *made.notes)
    if isinstance(made, Table):
        for row in made.header + made.body:
            for cell in row:
                yield from cell.lines


def test_the_registry_lists_every_sector_exhibit_under_its_own_name() -> None:
    assert set(SECTOR_EXHIBITS) <= set(EXHIBITS)
    for (_, name), made in MADE.items():
        assert name.startswith("sector-")
        if not isinstance(made, KeyFigures):
            assert made.id == name


@pytest.mark.parametrize("key", MADE, ids="/".join)
def test_our_own_words_hold_no_digit(key: tuple[str, str]) -> None:
    for line in lines_of(MADE[key]):
        for text in words(line):
            assert not re.search(r"[0-9０-９]", text), text


@pytest.mark.parametrize("key", MADE, ids="/".join)
def test_every_exhibit_has_a_caption_and_words_for_those_who_cannot_see_it(key: tuple[str, str]) -> None:
    made = MADE[key]
    if isinstance(made, Table):
        assert made.caption
        assert made.summary
    elif isinstance(made, Chart):
        assert made.caption
        assert made.alt.endswith("。")


@pytest.mark.parametrize("key", [key for key, made in MADE.items() if isinstance(made, Table)], ids="/".join)
def test_rows_fill_the_columns_counting_spans(key: tuple[str, str]) -> None:
    made = MADE[key]
    assert isinstance(made, Table)
    for block in (made.header, made.body):
        held: dict[int, int] = {}  # column -> rows it is still covered from above
        for row in block:
            width = sum(cell.span for cell in row) + sum(1 for left in held.values() if left)
            assert width == len(made.columns), (key, row)
            column = 0
            below: dict[int, int] = {at: left - 1 for at, left in held.items() if left}
            for cell in row:
                while held.get(column):
                    column += 1
                for at in range(column, column + cell.span):
                    if cell.rows > 1:
                        below[at] = cell.rows - 1
                column += cell.span
            held = below
        assert not any(held.values())


@pytest.mark.parametrize("key", [key for key, made in MADE.items() if isinstance(made, Chart)], ids="/".join)
def test_the_alternative_text_names_only_numbers_that_are_drawn(key: tuple[str, str]) -> None:
    made = MADE[key]
    assert isinstance(made, Chart)
    drawn = " ".join(fact.text for fact in made.facts())
    if key[1] == "sector-data-sharing-intent":  # sums of the steps drawn
        return
    for number in re.findall(r"[\d,.]*\d", made.alt):
        assert number in drawn


def test_the_heat_map_marks_the_sector_and_leaves_a_dash_for_what_was_not_asked() -> None:
    made = table(CARE, "sector-impact-heatmap")
    assert rows_of(made)[0] == "架空医療|100|240|–|340"
    assert [cell.emphasis for cell in made.body[0]][:3] == ["subject", "subject", "subject"]
    shades = [cell.shade for row in made.body for cell in row if cell.shade is not None]
    assert max(shades) == 1.0 == made.body[0][2].shade
    assert min(shades) > 0
    assert [row[0].emphasis for row in table(GROUP, "sector-impact-heatmap").body] == [
        "subject",
        "subject",
        "",
        "total",
    ]


def test_the_build_up_shows_product_printed_value_difference_and_verdict() -> None:
    made = table(NURSING, "sector-impact-build-up")
    assert rows_of(made) == [
        "研究開発|500|10%†|50%†|25†|25|0†|一致",
        "窓口|1,000|20%|50%|100|180※|80※|不一致",
        "事務|1,500|40%|20%|120|120|0|一致",
        "合計（割合は平均）|3,000|30%|40%|245†|325|80†|",
    ]
    notes = [plain_text(note) for note in made.notes]
    assert any("印刷の効果 180億円が" in note for note in notes)
    assert any(note.startswith("† ") and "※ " in note for note in notes)


def test_answers_are_compared_in_survey_order_with_interval_and_verdict() -> None:
    assert rows_of(table(GROUP, "sector-barriers")) == [
        "コスト|費用が高い|30%|22%|+8|24〜37%|上回る＊",
        "セキュリティ|機密の漏洩|10%|16%|−6|7〜15%|下回る＊",
        "AIへの理解|経営層の理解が得られない|20%|20%|±0|15〜26%|区間内",
        "事実の正確性|誤った出力|15%|15%|±0|11〜21%|区間内",
    ]


def test_the_chart_of_barriers_is_sorted_and_highlights_what_exceeds_the_interval() -> None:
    made = chart(GROUP, "sector-barriers-chart")
    assert made.categories == ("費用が高い", "経営層の理解が得られない", "誤った出力", "機密の漏洩")
    assert made.series[0].highlight == (0,)
    assert [series.name for series in made.series] == ["架空福祉", "全体の平均"]


def test_captions_say_whose_values_these_are() -> None:
    assert plain_text(table(CARE, "sector-barriers").caption).startswith("「架空福祉」（架空医療を含む）")
    assert plain_text(table(GROUP, "sector-barriers").caption).startswith("架空福祉の")


def test_sources_are_short_in_the_text_and_full_in_the_appendix() -> None:
    assert plain_text(table(CARE, "sector-impact-heatmap").source) == "出典：架空省「架空調査」「架空の表「impact」」"
    assert rows_of(table(CARE, "sector-sources"))[:2] == [
        "架空省「架空調査」（2031年1月1日）",
        "架空の表「impact」|架空調査.txt:40-44",
    ]


def test_marks_stand_at_the_labels_of_charts_too() -> None:
    assert [bubble.label for bubble in chart(NURSING, "sector-room").bubbles] == ["研究†", "窓口", "事務"]
    assert chart(NURSING, "sector-impact-by-function").categories == ("窓口※", "事務", "研究")


def test_a_group_shows_its_members_side_by_side_and_no_average_of_its_own() -> None:
    made = table(GROUP, "sector-participation")
    assert [plain_text(cell.lines[0]) for cell in made.header[0]] == ["項目", "架空医療", "架空介護", "平均"]
    assert rows_of(made)[0] == "回答者数|n不明|n不明|–"
    assert rows_of(made)[2] == "情報の漏洩|60%|45%|52%"
    assert any("算出しない" in plain_text(note) for note in made.notes)


def test_a_base_that_the_survey_does_not_print_is_named_with_the_group_that_it_counted() -> None:
    told = "n不明：「架空医療」の回答者数は資料に示されていない（「架空福祉」全体で200人）。"
    for made in (table(CARE, "sector-participation"), chart(CARE, "sector-data-sharing-intent")):
        assert told in [plain_text(note) for note in made.notes]
    assert told in [plain_text(note) for note in table(CARE, "sector-impact-build-up").notes]


def test_without_any_count_of_respondents_the_answers_carry_n_unknown_and_no_interval() -> None:
    without = replace(CORPUS, matrices=tuple(item for item in CORPUS.matrices if item.id != "respondents"))
    made = SECTOR_EXHIBITS["sector-barriers"](view_sector(without, CARE))
    assert isinstance(made, Table)
    assert made.unit.startswith("n不明")
    assert any("信頼区間は算出しない" in plain_text(note) for note in made.notes)
    assert all(row.endswith("–|–") for row in rows_of(made))


def test_tiles_carry_a_comparison_under_each_number() -> None:
    made = MADE[CARE, "sector-key-figures"]
    assert isinstance(made, KeyFigures)
    assert [(plain_text(one.value), plain_text(one.comment)) for one in made.figures] == [
        ("340億円", "全産業の48.5%、3業種中第1位"),
        ("25%", "全産業平均25%に対し±0ポイント"),
        ("45%", "全産業平均38%に対し+7ポイント"),
        ("30%", "費用が高い（架空福祉、平均に対し+8ポイント）"),
    ]


def test_one_case_needs_no_comparison_table_and_no_data_gives_no_exhibit() -> None:
    assert (CARE, "sector-cases") not in MADE
    public = {"sector-ministries", "sector-national-projects", "sector-usage", "sector-sources"}
    assert {name for sector, name in MADE if sector == PUBLIC} == public


def test_views_without_anything_make_nothing() -> None:
    empty: SectorView = view_sector(replace(CORPUS, matrices=(), statistics=(), cases=(), use_cases=()), TRANSPORT)
    made = {name for name, make in SECTOR_EXHIBITS.items() if make(empty) is not None}
    assert made <= {"sector-survey-design", "sector-field-resources"}
