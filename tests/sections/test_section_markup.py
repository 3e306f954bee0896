from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from section_files import ORIGIN, FakeView, outline, rendered

from reportkit.base.origin import Quote
from reportkit.document.block import Box, ItemList, Paragraph
from reportkit.document.inline import FactRef, Link, Quoted, Strong, Text, plain_text
from reportkit.sections.inlines import MarkupError, read_inlines
from reportkit.sections.markdown import read_blocks


def test_headings_paragraphs_leads_notes_lists_and_page_breaks_are_read(tmp_path: Path) -> None:
    blocks = rendered(
        tmp_path,
        "# 見出し\n\n> 要点の一文\n\n本文の段落。\n\nnote: 小さな注\n\n- 一つ目\n  - 内側\n- 二つ目\n\n"
        "1. 順に\n2. 続く\n\n---pagebreak---\n\n## 次\n\n終わり\n",
    )
    assert outline(blocks) == [
        "# 見出し",
        "lead: 要点の一文",
        "body: 本文の段落。",
        "note: 小さな注",
        "- 一つ目",
        "  - 内側",
        "- 二つ目",
        "1. 順に",
        "1. 続く",
        "PageBreak",
        "## 次",
        "body: 終わり",
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("日本語の\n行", "日本語の行"),
        ("日本語と\nAI", "日本語とAI"),
        ("an English\nline", "an English line"),
        ("句点。\n次", "句点。次"),
        ("**太字。**\n続き", "太字。続き"),
    ],
)
def test_lines_of_a_paragraph_are_joined_as_japanese_is_written(tmp_path: Path, text: str, joined: str) -> None:
    assert outline(rendered(tmp_path, text)) == [f"body: {joined}"]


@pytest.mark.parametrize("text", ["「**引用。**」は", "**約{{ view.share }}**が", "この**「強調」**を", "**％**か"])
def test_bold_closes_right_before_kana_and_after_punctuation(tmp_path: Path, text: str) -> None:
    (block,) = rendered(tmp_path, text)
    assert isinstance(block, Paragraph)
    assert any(isinstance(inline, Strong) for inline in block.content)
    assert "*" not in plain_text(block.content)


def test_words_of_a_source_never_become_markup(tmp_path: Path) -> None:
    hostile = "# 見出し\n:::table x\n**太字** [x](http://a) {{ 7*7 }} {% raw %} \ue0000\ue001 | <b> &amp;"
    (block,) = rendered(tmp_path, "{{ view.name }}", FakeView(name=hostile))
    expected = "# 見出し :::table x **太字** [x](http://a) {{ 7*7 }} {% raw %} 0 | <b> &amp;"
    assert block == Paragraph((Quoted(expected),))


def test_a_fact_arrives_as_a_reference_to_itself(tmp_path: Path) -> None:
    (block,) = rendered(tmp_path, "割合は{{ view.share }}。")
    assert block == Paragraph((Text("割合は"), FactRef(FakeView().share), Text("。")))


def test_only_web_and_mail_addresses_become_links(tmp_path: Path) -> None:
    view = FakeView(name="javascript:alert(1)")
    (block,) = rendered(tmp_path, "[サイト](https://example.jp/2024) と [罠]({{ view.name }})", view)
    assert isinstance(block, Paragraph)
    assert [inline for inline in block.content if isinstance(inline, Link)] == [
        Link((Text("サイト"),), "https://example.jp/2024")
    ]
    assert "罠" in plain_text(block.content)


def test_a_box_holds_its_own_blocks_and_an_empty_one_is_left_out(tmp_path: Path) -> None:
    blocks = rendered(tmp_path, ":::warning 読む前に\n本文\n\n- 項目\n:::\n\n:::box 空\n\n:::\n")
    (box,) = blocks
    assert isinstance(box, Box)
    assert (plain_text(box.title), box.tone, outline(box.blocks)) == ("読む前に", "warning", ["body: 本文", "- 項目"])


def test_a_heading_without_anything_under_it_disappears(tmp_path: Path) -> None:
    assert rendered(tmp_path, "# 章\n\n## 節\n\n:::table nothing\n", exhibits={"nothing": lambda _: None}) == ()
    assert outline(rendered(tmp_path, "# 章\n\n## 空\n\n## 節\n\n文\n")) == ["# 章", "## 節", "body: 文"]


def test_a_loop_that_leaves_blank_lines_between_items_still_makes_one_list(tmp_path: Path) -> None:
    text = "{% for fact in view.facts %}\n- {{ fact }}\n\n{% endfor %}\n"
    assert outline(rendered(tmp_path, text)) == ["- 57%", "- 6ポイント"]


def test_what_a_macro_prints_is_markup_and_its_arguments_are_not(tmp_path: Path) -> None:
    text = "{% macro item(x) %}\n- **{{ x }}**\n{% endmacro %}\n{{ item(view.name) }}"
    assert outline(rendered(tmp_path, text, FakeView(name="**架空**"))) == ["- **架空**"]


def test_values_stand_where_they_are_printed_however_often_and_in_whatever_order(tmp_path: Path) -> None:
    text = (
        "{% set late %}{{ view.name }}は{{ view.share }}{% endset %}"
        "- {{ view.gap }}と{{ late }}\n- [{{ view.name }}](https://{{ view.name }}/)\n\n"
        "{{ late }}、**{{ view.gap }}**\n"
    )
    view = FakeView(name="架空")
    points, paragraph = rendered(tmp_path, text, view)
    assert isinstance(points, ItemList)
    late = (Quoted("架空"), Text("は"), FactRef(view.share))
    assert points.items[0].content == (FactRef(view.gap), Text("と"), *late)
    assert points.items[1].content == (Link((Quoted("架空"),), "https://架空/"),)
    assert paragraph == Paragraph((*late, Text("、"), Strong((FactRef(view.gap),))))


def test_a_line_end_beside_a_value_is_a_blank_between_latin_words_only(tmp_path: Path) -> None:
    text = "{{ view.name }}\n{{ view.company }}\n**{{ view.name }}**\n"
    (latin,) = rendered(tmp_path, text, FakeView(name="ab", company=Quote("cd", ORIGIN)))
    (japanese,) = rendered(tmp_path, text, FakeView(name="甲", company=Quote("cd", ORIGIN)))
    assert latin == Paragraph(
        (Quoted("ab"), Text(" "), Quoted("cd", ORIGIN), Strong((Text(" "), Quoted("ab")))),
    )
    assert japanese == Paragraph((Quoted("甲"), Quoted("cd", ORIGIN), Strong((Quoted("甲"),))))


def test_the_same_template_says_what_each_view_holds(tmp_path: Path) -> None:
    text = "# 章\n\n{{ view.words | as_written }}\n\n- {{ view.name }}\n"
    assert rendered(tmp_path, text, FakeView(name="")) == ()
    for name in ("甲", "乙"):
        heading, points = rendered(tmp_path, text, FakeView(name=name))
        assert outline((heading, points)) == ["# 章", f"- {name}"]


def test_a_method_of_a_value_can_be_called_in_a_loop_with_its_variables(tmp_path: Path) -> None:
    text = '{% for fact in view.facts %}{% set word = "甲" %}\n- {{ fact.printed_as(word) }}\n\n{% endfor %}\n'
    (points,) = rendered(tmp_path, text)
    assert isinstance(points, ItemList)
    view = FakeView()
    assert [item.content for item in points.items] == [(FactRef(replace(fact, text="甲")),) for fact in view.facts]


def test_an_unclosed_bold_is_an_error() -> None:
    with pytest.raises(MarkupError, match="閉じていません"):
        read_inlines("これは**太字", [])


@given(st.text(alphabet=st.sampled_from("あ漢A1 \n*[]()#->:|\\`1."), max_size=80))
def test_any_text_is_read_to_the_end_without_a_crash(text: str) -> None:
    blocks, errors = read_blocks(text, [], lambda *_: None)
    assert all(error.what and error.fix for error in errors)
    assert isinstance(blocks, tuple)


@given(st.lists(st.text(alphabet="あいうABC、。", min_size=1, max_size=8), min_size=1, max_size=6))
def test_plain_words_come_through_unchanged(words: list[str]) -> None:
    blocks, errors = read_blocks("\n\n".join(words), [], lambda *_: None)
    assert not errors
    assert outline(blocks) == [f"body: {word}" for word in words]
