"""Case text that nobody would write on purpose: no exception, no lost word, no long wait."""

from __future__ import annotations

import pytest
from case_texts import TABLES, lost_words, read
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.checks.cases import check_case
from reportkit.sources.cases import read_case, recognise_case
from reportkit.sources.taxonomy import built_in_taxonomy

HOSTILE = {
    "template": "{{ x }} {% raw %} {# y #} <b>&amp; &lt; ]]> ${z}",
    "bars": "a | b || c \\| d",
    "right-to-left": "\u202e5万時間\u202c \u200f\u061c",
    "long cell": "あ" * 10_000 + "5万時間",
    "many digits": "9" * 20_000,
    "brackets": "[" * 20_000,
    "round brackets": "（" * 20_000,
    "stars": "**a" * 20_000,
    "blanks": "a" + " " * 50_000 + "b",
    "links": "[a](b" * 20_000,
    "colons": "：" * 20_000,
    "arrows": "1→" * 20_000,
    "years": "2023年" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_breaks_nothing_and_loses_nothing(name: str) -> None:
    text = TABLES.replace("5時間", HOSTILE[name])
    reading = read_case(text, "x.md", built_in_taxonomy())
    assert [case.id for case in reading.cases] == ["架空銀行"]
    assert lost_words(text, reading) == []
    assert [pair.label for pair in reading.cases[0].footer] == ["作成日", "Phase"]
    for case in reading.cases:
        check_case(case)


@pytest.mark.parametrize("name", ["../../x", "CON", "長" * 300, "a/b\\c:d*e?", "<script>", "{{ 7 }}"])
def test_a_hostile_name_is_read_as_it_stands(name: str) -> None:
    text = TABLES.replace("株式会社架空銀行（かくうぎんこう）", name)
    case = read(text).cases[0]
    assert case.company == name
    assert case.id == name


def test_control_characters_do_not_move_lines() -> None:
    text = TABLES.replace("70%削減", "70%\x00\x0b\x0c\x85\u2028削減")
    case = read(text).cases[0]
    assert [metric.origin.line for metric in case.metrics] == [25, 26, 27, 28]


@pytest.mark.parametrize(
    "text", ["", "\n", "---", "---\n---", "```", "# ", "|", "| a |\n|---|", "\ufeff", "\x00", "- " * 9]
)
def test_hardly_any_text_is_read_without_error(text: str) -> None:
    reading = read_case(text, "x.md", built_in_taxonomy())
    assert recognise_case(text) is False
    assert len(reading.cases) + len(reading.findings) >= 1


def test_half_written_front_matter_keeps_the_body() -> None:
    text = '---\ncase_id: 7\ncompany_name: "半端\n\n' + TABLES
    reading = read_case(text, "x.md", built_in_taxonomy())
    assert (reading.cases[0].id, reading.cases[0].company) == ("7", "株式会社架空銀行")
    assert {finding.code for finding in reading.findings} == {"case.front-matter"}


def test_a_table_without_rows_is_no_effect() -> None:
    text = (
        "# 事例調査：社（金融）\n\n## 1. 基本情報\n\n- 企業名：社\n\n## 3. 定量的効果\n\n| 指標 | 数値 |\n|---|---|\n"
    )
    assert read(text).cases[0].metrics == ()


def test_three_thousand_nested_items_are_all_there() -> None:
    deep = "\n".join("  " * depth + f"- 層{depth}" for depth in range(3000))
    text = TABLES.replace("知らない見出しの文も残る。", deep)
    reading = read_case(text, "x.md", built_in_taxonomy())
    other = next(section for section in reading.cases[0].sections if section.kind == "other")
    assert [line.text for line in other.lines] == [f"層{depth}" for depth in range(3000)]


@settings(max_examples=150)
@given(st.text(alphabet="#*-|`>[]()1. \n\tあ企業名：:<&{}\\~_!✅年月%万円→0", max_size=400))
def test_any_mix_of_markdown_is_read_and_nothing_of_it_is_lost(text: str) -> None:
    reading = read_case(text, "x.md", built_in_taxonomy())
    for case in reading.cases:
        check_case(case)
    if reading.cases and not text.startswith("---"):
        assert lost_words(text, reading) == []
