"""The outline of a Markdown document: kinds, depths, tables, labels, links, line numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportkit.sources.outline import Piece, clean_text, read_outline, split_label


def outline(text: str) -> tuple[Piece, ...]:
    return read_outline(text.split("\n"))


def test_every_kind_of_line_is_told_apart_and_knows_its_line() -> None:
    text = "# 題\n\n段落\n- 項目\n  - 下の項目\n1. 番号\n**見出し代わり**\n> 引用\n```\ncode: 1\n```\n---\n| a | b |"
    found = [(piece.kind, piece.text, piece.line, piece.level) for piece in outline(text)]
    assert found == [
        ("heading", "題", 1, 1),
        ("text", "段落", 3, 0),
        ("item", "項目", 4, 1),
        ("item", "下の項目", 5, 2),
        ("number", "番号", 6, 1),
        ("label", "見出し代わり", 7, 0),
        ("quote", "引用", 8, 0),
        ("code", "code: 1", 10, 0),
        ("rule", "", 12, 0),
        ("row", "a | b", 13, 0),
    ]


def test_a_table_knows_its_heading_row_and_one_without_separator_has_none() -> None:
    rows = outline("| 指標 | 数値 |\n|---|--:|\n| 件数 | 40件 |\n\n| 国 | 日本 |\n| 業界 | 金融 |")
    assert [(row.cells, row.header, row.table) for row in rows] == [
        (("指標", "数値"), True, 1),
        (("件数", "40件"), False, 1),
        (("国", "日本"), False, 2),
        (("業界", "金融"), False, 2),
    ]


def test_a_table_glued_to_its_heading_and_one_without_outer_bars_are_tables() -> None:
    kinds = [piece.kind for piece in outline("### 課題\n| 課題 | 対策 |\n|---|---|\n| a | b |\n\nx | y\n--|--\n1 | 2")]
    assert kinds == ["heading", "row", "row", "row", "row"]


def test_cells_lose_marks_but_not_words() -> None:
    row = outline(r"| **戦略 | [公式](https://a.example/x_(1)) `code` | a\|b | <50ms & {{ x }} |")[0]
    assert row.cells == ("戦略", "公式 code", "a|b", "<50ms & {{ x }}")
    assert row.links == (("公式", "https://a.example/x_(1)"),)


def test_bare_addresses_end_before_japanese_punctuation() -> None:
    text, links = clean_text("公式サイト：https://www.example.jp/。詳細は<https://b.example/a>（https://c.example）")
    assert [url for _, url in links] == ["https://www.example.jp/", "https://b.example/a", "https://c.example"]
    assert text.startswith("公式サイト：https://www.example.jp/")


def test_labels_are_bold_or_end_in_a_colon_and_addresses_and_times_are_none() -> None:
    assert split_label("**企業名**: 例") == ("企業名", "例")
    assert split_label("**企業名：** 例") == ("企業名", "例")
    assert split_label("初期投資：約4,500万円") == ("初期投資", "約4,500万円")
    assert split_label("https://a.example") == ("", "")
    assert split_label("12:30に開始") == ("", "")
    assert split_label("「引用：ではない」と述べた") == ("", "")


def test_a_heading_needs_a_blank_and_a_hashtag_is_text() -> None:
    assert [(piece.kind, piece.level) for piece in outline("#タグ\n## 見出し ##\n####### 七つ")] == [
        ("text", 0),
        ("heading", 2),
        ("text", 0),
    ]


def test_a_fence_hides_headings_and_an_unclosed_one_keeps_its_lines() -> None:
    assert [piece.kind for piece in outline("```\n# a\n| b |\n- c")] == ["code", "code", "code"]


def test_three_thousand_nested_items_are_three_thousand_pieces() -> None:
    pieces = outline("\n".join("  " * depth + f"- x{depth}" for depth in range(3000)))
    assert len(pieces) == 3000


@given(st.text(alphabet="#*-|`>[]()1. \n\tあa:：<&{}\\~_!", max_size=200))
def test_no_line_of_text_is_left_out(text: str) -> None:
    lines = text.split("\n")
    held = {piece.line for piece in read_outline(lines)}
    for number, line in enumerate(lines, 1):
        if any(char.isalnum() for char in line):
            assert number in held
