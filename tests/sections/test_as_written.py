"""The source's own text in its own shape."""

from pathlib import Path

import pytest
from section_files import outline, rendered

from reportkit.base.errors import TemplateError
from reportkit.base.origin import Origin, Quote
from reportkit.document.block import Block, Heading, ItemList
from reportkit.document.inline import plain_text
from reportkit.document.table import Table
from reportkit.sections.as_written import as_blocks
from reportkit.views.case.passages import Passage


def _passage(kind: str, text: str, line: int, level: int = 0) -> Passage:
    return Passage(kind, Quote(text, Origin("架空.md", line)), level)  # type: ignore[arg-type]


def _told(blocks: tuple[Block, ...]) -> list[object]:
    told: list[object] = []
    for block in blocks:
        match block:
            case Heading(content=content):
                told.append(plain_text(content))
            case ItemList(items=items):
                told.append([plain_text(item.content) for item in items])
            case Table(body=body):
                told.append([tuple(tuple(map(plain_text, cell.lines)) for cell in row) for row in body])
            case _:
                told.append(block)
    return told


def test_headings_with_short_lists_become_one_table_with_the_lists_beside_them() -> None:
    passages = [
        _passage("heading", "統合方法", 1, 1),
        _passage("item", "基盤に統合", 2),
        _passage("item", "API経由", 3),
        _passage("heading", "インフラ構成", 4, 1),
        _passage("item", "クラウド", 5),
    ]
    assert _told(as_blocks(passages)) == [
        [(("統合方法",), ("基盤に統合", "API経由")), (("インフラ構成",), ("クラウド",))]
    ]


def test_one_heading_with_a_list_stays_a_heading_with_a_list() -> None:
    passages = [_passage("heading", "統合方法", 1, 1), _passage("item", "基盤に統合", 2)]
    assert _told(as_blocks(passages)) == ["統合方法", ["基盤に統合"]]


def test_long_numbered_or_nested_lists_stay_lists_and_what_follows_is_told() -> None:
    passages = [
        _passage("heading", "甲", 1, 1),
        _passage("item", "短い項目", 2),
        _passage("heading", "乙", 3, 1),
        _passage("item", "短い項目", 4),
        _passage("heading", "丙", 5, 1),
        _passage("number", "手順", 6),
        _passage("heading", "丁", 7, 1),
        _passage("item", "長" * 61, 8),
    ]
    assert _told(as_blocks(passages)) == [
        [(("甲",), ("短い項目",)), (("乙",), ("短い項目",))],
        "丙",
        ["手順"],
        "丁",
        ["長" * 61],
    ]


def test_the_frame_for_points_puts_even_a_single_heading_beside_its_list(tmp_path: Path) -> None:
    text = "# 事例\n\n:::points\n### 効果\n\n- 甲\n- 乙\n\n### 空\n\n文\n:::\n\n末尾"
    assert outline(rendered(tmp_path, text)) == ["# 事例", "| 効果 | 甲 乙", "### 空", "body: 文", "body: 末尾"]


def test_a_frame_for_points_takes_no_title_and_must_be_closed(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="「:::points」に題名は付きません"):
        rendered(tmp_path, ":::points 題名\n- 甲\n:::\n")
    with pytest.raises(TemplateError, match="閉じていません"):
        rendered(tmp_path, ":::points\n- 甲\n")
