"""A case that two files tell: each line is looked up in its own file, both files are cited."""

from __future__ import annotations

from pathlib import Path

from reportkit.corpus.corpus import Corpus
from reportkit.sources.reader import read_folder
from reportkit.views.case import view_case

# 架空: on the same lines of both files stand different things.
JAPANESE = """# 事例調査：架空銀行（金融・銀行）

## 1. 基本情報

| 項目 | 内容 |
|---|---|
| 企業名 | 架空銀行 |
| 英語名 | Kaku Bank |
| 業界 | 金融・銀行 |

## 3. 定量的効果

| 指標 | 導入前 | 導入後 |
|---|---|---|
| 審査時間 | 5時間 | 2時間 |
"""
ENGLISH = """# Kaku Bank × Kaku Model: Lending assistant

## Business Profile

- **Company**: Kaku Bank
- **Industry**: Banking
- **Country**: Japan
- **Employees**: 5,000

## 導入効果

本文は
こちらの資料だけが述べる一文です。
別の一文です。
終わりの一文です。
"""


def joined(folder: Path) -> Corpus:
    (folder / "a.md").write_text(JAPANESE, encoding="utf-8")
    (folder / "b.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "taxonomy.toml").write_text('[[join]]\ncases = ["架空銀行", "Kaku Bank"]\n', encoding="utf-8")
    return read_folder(folder)


def test_lines_of_both_files_are_told(tmp_path: Path) -> None:
    view = view_case(joined(tmp_path), "架空銀行")
    (effect,) = view.effects
    assert effect.cells == ("審査時間", "5時間", "2時間")
    assert effect.header == ("指標", "導入前", "導入後")
    told = [passage.text.text for passage in view.text_of("effects")]
    assert [text for text in told if "一文" in text] == [
        "こちらの資料だけが述べる一文です。",
        "別の一文です。",
        "終わりの一文です。",
    ]
    assert (view.country, view.name.text) == ("日本", "架空銀行")


def test_both_files_are_cited(tmp_path: Path) -> None:
    view = view_case(joined(tmp_path), "架空銀行")
    assert view.file == "a.md、b.md"
    assert view.citation.text == "事例調査：架空銀行（金融・銀行）／Kaku Bank × Kaku Model: Lending assistant"
    files = [outline.headings[0].text for outline in view.outline if not outline.chapter]
    assert files == ["a.md", "b.md"]
    places = {outline.title.text: outline.place.origin.source for outline in view.outline}
    assert (places["3. 定量的効果"], places["導入効果"]) == ("a.md", "b.md")


def test_a_value_of_the_second_file_keeps_its_place(tmp_path: Path) -> None:
    (case,) = joined(tmp_path).cases
    assert case.place_of("country").place() == "b.md:7"
    assert case.place_of("company").place() == "a.md:7 (列2)"
    assert case.employees_origin is not None
    assert case.employees_origin.place() == "b.md:8"
