"""What a collection costs in memory: places and short words are kept once, files are open one at a time."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from benchmarks.generate import write_collection
from reportkit.sources.cases import read_case
from reportkit.sources.folder import find_files, open_file
from reportkit.sources.reader import read_folder
from reportkit.sources.taxonomy import built_in_taxonomy

_TEXT = """# 事例調査：架空食品（食品）

## 1. 基本情報

| 項目 | 内容 |
|---|---|
| 企業名 | 架空食品株式会社 |
| 業界 | 食品 |

## 2. 定量的効果

| 指標 | 数値 | 備考 |
|---|---|---|
| 削減時間 | 月120時間 | 架空 |
"""


def test_all_fields_that_were_read_from_one_line_share_its_place() -> None:
    case = read_case(_TEXT, "a.md", built_in_taxonomy()).cases[0]
    row = case.sections[1].lines[1]
    assert row.cells[0] == "削減時間"
    assert case.metrics[0].origin is row.origin
    assert case.origin.line == 1


def test_short_words_of_two_files_are_one_string() -> None:
    first, second = (read_case(_TEXT, name, built_in_taxonomy()).cases[0] for name in ("a.md", "b.md"))
    for one, other in zip(first.profile, second.profile, strict=True):
        assert one.label is other.label
        assert one.text is other.text


def test_a_row_keeps_its_cells_and_not_their_words_a_second_time() -> None:
    row = read_case(_TEXT, "a.md", built_in_taxonomy()).cases[0].sections[1].lines[1]
    assert row.kind == "row"
    assert row.text == ""
    assert row.words == "削減時間 | 月120時間 | 架空"


def test_files_are_opened_when_their_turn_comes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(_TEXT, encoding="utf-8")
    (found,) = find_files(tmp_path)
    assert found.data is None
    assert open_file(found).data == _TEXT.encode()
    (tmp_path / "a.md").unlink()
    gone = open_file(found)
    assert gone.data is None
    assert gone.problem is not None
    assert gone.problem.code == "source.unreadable"


@pytest.mark.parametrize("cases", [60, 240])
def test_a_collection_costs_a_few_times_its_characters(tmp_path: Path, cases: int) -> None:
    """The cost is bounded by the text itself, for a small collection as for a larger one."""
    write_collection(tmp_path, cases)
    read_folder(tmp_path)  # taxonomy, specs and remembered words are made once and are no cost of a case
    characters = sum(len(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.md"))
    tracemalloc.start()
    try:
        corpus = read_folder(tmp_path)
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(corpus.cases) == cases
    assert held < 14 * characters
    assert peak < 1.5 * held
