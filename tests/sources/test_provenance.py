"""Every field of a case leads back to the line that says it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from case_texts import CORPUS, OWN, TABLES

from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case
from reportkit.sources.cases import read_case
from reportkit.sources.provenance import Trace, trace
from reportkit.sources.taxonomy import built_in_taxonomy

FILES = [*OWN, *(sorted(CORPUS.glob("*.md")) if CORPUS.is_dir() else [])]


def read(text: str) -> Case:
    return read_case(text, "架空.md", built_in_taxonomy()).cases[0]


def lines_of(traced: Trace) -> dict[str, int]:
    return {placed.path: placed.origin.line for placed in traced.fields}


def line_with(text: str, words: str) -> int:
    (number,) = [number for number, line in enumerate(text.split("\n"), 1) if words in line]
    return number


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("title", "# 事例調査"),
        ("company", "企業名"),
        ("employees", "従業員数"),
        ("headquarters", "本社所在地"),
        ("country", "本社所在地"),  # concluded from the seat
        ("industry_raw[0]", "| 業界 |"),
        ("sectors[0]", "| 業界 |"),
        ("adoption_start", "導入時期"),
        ("ai_tools[1]", "AI ツール"),
        ("vendors[0]", "ベンダー"),
        ("metrics[0].before", "| 審査時間 | 5時間"),
        ("metrics[0].after", "| 審査時間 | 5時間"),
        ("metrics[1].change", "| 誤り率 | 4％"),
        ("issues[0]", "誤答"),
    ],
)
def test_a_field_leads_to_the_line_that_says_it(path: str, words: str) -> None:
    assert lines_of(trace(read(TABLES)))[path] == line_with(TABLES, words)


def test_steps_and_checks_are_traced_part_by_part() -> None:
    text = (
        "# 事例調査：架空銀行（金融・銀行）\n\n## 1. 基本情報\n- 企業名：架空銀行\n\n## 4. 実装プロセス\n"
        "**フェーズ1：試行（2023年2月-4月）**\n- 対象：本店\n\n## 9. ファクトチェック\n"
        "| 項目 | 判定 | ソース |\n|---|---|---|\n| 導入時期 | ✅ PASS | [公式](https://bank.example/) |\n"
    )
    lines = lines_of(trace(read(text)))
    assert lines["phases[0].period"] == lines["phases[0].name"] == 7
    assert lines["phases[0].details[0]"] == 8
    assert lines["fact_checks[0].verdict"] == lines["fact_checks[0].links[0]"] == 13


def test_words_of_the_front_matter_have_their_line_when_the_body_is_silent() -> None:
    text = (
        "---\ncase_id: 901\ncompany_name_ja: 架空電機\ncompany_name_en: Kaku Denki\ncountry: 日本\n---\n"
        "# 架空電機の事例\n\n## 導入背景\n- 人手不足\n\n## 成果・効果\n- 月10時間削減\n"
    )
    lines = lines_of(trace(read(text)))
    assert (lines["id"], lines["company"], lines["company_en"], lines["country"]) == (2, 3, 4, 5)


def test_every_line_of_a_section_has_the_kind_of_the_section() -> None:
    text = TABLES + "\n## 見たことのない見出し\n\n架空の一文。\n"
    kinds = {passage.origin.line: passage.kind for passage in trace(read(text)).passages}
    assert kinds[line_with(text, "企業名")] == "basic_info"
    assert kinds[line_with(text, "架空の一文")] == "other"


def test_a_field_that_no_line_says_is_named_and_gets_no_place() -> None:
    case = Case("901", "題", read(TABLES).origin, "A1", company="どこにもない社")
    assert trace(case).unplaced == ("id", "company")
    assert "company" not in lines_of(trace(case))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_field_of_a_real_file_has_a_line_that_is_in_the_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for case in read_case(text, file.name, built_in_taxonomy()).cases:
        traced = trace(case)
        assert traced.unplaced == ()
        found = {placed.path.partition("[")[0].partition(".")[0] for placed in traced.fields}
        filled = {f.name for f in fields(Case) if getattr(case, f.name) not in (None, (), "")}
        bookkeeping = {"origin", "dialect", "section_count", "verified", "placeholder", "joined", "sections"}
        bookkeeping |= {"places"}
        assert filled - found <= bookkeeping | {"file_sections", *(name for name in filled if "_origin" in name)}
        assert all(1 <= placed.origin.line <= text.count("\n") + 1 for placed in traced.fields)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_line_of_a_written_field_holds_its_words(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    for case in read_case("\n".join(lines), file.name, built_in_taxonomy()).cases:
        for name, line in lines_of(trace(case)).items():
            value = getattr(case, name, None)
            if name not in {"id", "title", "country"} and isinstance(value, str | Quantity | Period):
                words = value if isinstance(value, str) else value.raw
                plain = lines[line - 1].replace("**", "").replace("\\|", "|")
                assert all(word in plain for word in words.replace("**", "").split()), (name, words, plain)
