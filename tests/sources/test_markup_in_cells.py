"""Remains of HTML lists in report cells come through as clean lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.sources.markup import CellLine, cell_items, clean_cell, plain_cell, plain_label, without_notes

LIST = '<ul style="list-style-type: none">'


def test_items_that_lost_their_tags_are_parted_again() -> None:
    assert cell_items(f"{LIST} 製品設計情報 生産設備情報 取引先情報") == ("製品設計情報", "生産設備情報", "取引先情報")


def test_a_bracket_and_an_etc_stay_with_their_item() -> None:
    assert cell_items(f"{LIST} 顧客情報 (属性、信用情報) 音声データ 等") == (
        "顧客情報 (属性、信用情報)",
        "音声データ 等",
    )
    assert cell_items(f"{LIST} 診断支援情報(教科書等) 患者情報") == ("診断支援情報(教科書等)", "患者情報")


def test_latin_names_are_not_cut_apart() -> None:
    assert cell_items(f"{LIST} Google Cloud Platform上の基盤 公開データ") == (
        "Google Cloud Platform上の基盤",
        "公開データ",
    )


def test_paragraphs_and_nested_lists_keep_their_levels() -> None:
    assert clean_cell(f"<p>要点</p> {LIST} 一つ目です {LIST} 細かい点 <p>次</p>") == (
        CellLine("要点", 0),
        CellLine("一つ目です", 1),
        CellLine("細かい点", 2),
        CellLine("次", 0),
    )
    assert plain_cell(f"<p>要点</p> {LIST} 一つ目です {LIST} 細かい点") == "要点\n・一つ目です\n　・細かい点"


def test_bullets_written_as_signs_are_items() -> None:
    assert cell_items(f"{LIST}• 書面の作成支援• 内容の審査支援") == ("書面の作成支援", "内容の審査支援")
    assert cell_items("・一つ目 ・二つ目") == ("一つ目", "二つ目")
    assert cell_items("データ・情報") == ("データ・情報",)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("博士号を持つ専門家^{*2}。", "博士号を持つ専門家。"),
        ("見方もある^{*7*8}。", "見方もある。"),
        ("世界最高を達成*3", "世界最高を達成"),
        ("回答人数²", "回答人数"),
        ("決定に関わる ¹ 、または", "決定に関わる、または"),
        ("3*4 は計算", "3*4 は計算"),
    ],
)
def test_footnote_marks_are_left_out(text: str, clean: str) -> None:
    assert without_notes(text) == clean


def test_line_breaks_inside_a_label_are_closed() -> None:
    assert plain_label("医療× オペレーション・CS") == "医療×オペレーション・CS"
    assert plain_label("受け入れ 準備") == "受け入れ準備"
    assert plain_label("Ernie Bot") == "Ernie Bot"


@given(st.text(alphabet='あ漢A1 <>/pulbr•・()\n\t="', max_size=80))
def test_no_cell_makes_it_fail_or_lets_a_known_tag_through(text: str) -> None:
    for line in clean_cell(text):
        assert not re.search(r"<\s*/?\s*(p|ul|li|br)\b[^<>]*>", line.text, re.IGNORECASE)
        assert line.text.strip()
