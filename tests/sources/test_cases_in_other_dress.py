"""Marks that another hand leaves out or sets elsewhere: outer bars, bold steps, levels of headings. 架空の事例です。"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from case_texts import CORPUS, file_text, one, read

from reportkit.corpus.case import Case
from reportkit.sources.cases import recognise_case
from reportkit.sources.cases.coverage import cover

_DIALECTS = Path(__file__).parent / "dialects"


def _said(case: Case) -> tuple[object, ...]:
    effects = [(metric.label, metric.value, metric.before, metric.after, metric.change) for metric in case.metrics]
    return (case.id, case.company, case.country, case.employees, case.sectors, effects, len(case.sections))


def _without_bars(text: str) -> str:
    return "\n".join(re.sub(r"^\|\s*(.*?)\s*\|$", r"\1", line) for line in text.split("\n"))


@pytest.mark.parametrize("name", ["F2.md", "I1.md", "A1.md", "F1.md"])
def test_table_rows_without_outer_bars_are_rows(name: str) -> None:
    text = (_DIALECTS / name).read_text(encoding="utf-8")
    bare = _without_bars(text)
    assert bare != text
    assert recognise_case(bare)
    assert [_said(case) for case in read(bare).cases] == [_said(case) for case in read(text).cases]
    assert cover(bare, read(bare).cases).nowhere == 0


def test_a_line_of_text_with_bars_and_a_list_of_titles_with_bars_are_no_table() -> None:
    case = one("# 事例調査：社（銀行）\n\n## 12. 参考リンク\n\n- 題 | 社\n- 別の題 | 社\n\n作成日: 2026 | Tier: 1\n")
    assert not any(line.cells for section in case.sections for line in section.lines)


def _deeper(text: str) -> str:
    return re.sub(r"^(#+)", r"#\1", text, flags=re.MULTILINE)


def _higher(text: str) -> str:
    return re.sub(r"^##(#*) ", r"#\1 ", text, flags=re.MULTILINE)


def _companies_only(text: str) -> str:
    return re.sub(r"^## (?=[0-9])", "# ", text, flags=re.MULTILINE)


def _sections_only(text: str) -> str:
    return re.sub(r"^### ", "#### ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("moved", [_deeper, _higher, _companies_only, _sections_only], ids=lambda move: move.__name__)
@pytest.mark.parametrize("name", ["M1.md", "M2.md", "M3.md", "011_012_013_014_015_pharmaceutical_summary.md"])
def test_several_cases_in_one_file_are_parted_whatever_the_level_of_their_headings(name: str, moved) -> None:  # type: ignore[no-untyped-def]
    path = CORPUS / name if name[0].isdigit() else _DIALECTS / name
    text = file_text(path)
    other = moved(text)
    assert recognise_case(other)
    assert len(read(other).cases) > 1
    assert [_said(case) for case in read(other).cases] == [_said(case) for case in read(text).cases]
    assert cover(other, read(other).cases).nowhere == 0


def test_numbered_sections_at_level_one_part_no_file() -> None:
    text = "# 001. 基本情報\n\n- 企業名: 架空社\n- 業界: 銀行\n\n# 002. 定量的効果\n\n- 時間削減: 30%\n\n# 003. 課題\n"
    assert len(read(text).cases) == 1


_STEPS = """# 事例調査：架空銀行（銀行）

## 5. ソリューション詳細

{0}フェーズ1: 試行（2024年4月-6月）{0}

- 対象: 100名

{0}フェーズ2: 道具の開発{0}

三か月で社内の道具を作った。

{0}Phase 3: 全社展開（2024年10月）{0}

- 対象: 全社
"""


def test_steps_beside_the_section_on_steps_need_no_bold_marks() -> None:
    bold, plain = one(_STEPS.format("**")), one(_STEPS.format(""))
    assert [phase.name for phase in plain.phases] == [
        "フェーズ1: 試行",
        "フェーズ2: 道具の開発",
        "Phase 3: 全社展開",
    ]
    assert plain.phases == bold.phases
    assert [quote.text for quote in plain.phases[1].details] == ["三か月で社内の道具を作った。"]


def test_a_sentence_and_one_of_several_lines_about_steps_head_nothing() -> None:
    sentence = _STEPS.format("").replace("フェーズ2: 道具の開発", "フェーズ2: 道具を開発した。")
    assert [phase.name[:5] for phase in one(sentence).phases] == ["フェーズ1", "Phase"]


def test_states_of_json_on_two_lines_have_both_as_their_place() -> None:
    told = {
        "company_name": "架空社",
        "industry": "製造業",
        "key_metrics_before": "予測精度65%、設定時間7日",
        "key_metrics_after": "予測精度82%、設定時間2日",
    }
    case = one(json.dumps(told, ensure_ascii=False, indent=1))
    assert [(metric.label, metric.origin.line, metric.origin.end_line) for metric in case.metrics] == [
        ("予測精度", 4, 5),
        ("設定時間", 4, 5),
    ]
    assert case.metrics[0].origin.place() == "case.md:4-5"
    (alone,) = one(json.dumps(told, ensure_ascii=False)).metrics[:1]
    assert (alone.origin.line, alone.origin.end_line) == (1, 0)


def test_amounts_are_per_what_the_heading_of_their_column_says() -> None:
    text = (
        "# 事例調査：架空銀行（銀行）\n\n## 3. 定量的効果\n\n"
        "| 業務領域 | 削減率 | 削減時間（月間） | 備考 |\n|---|---|---|---|\n"
        "| 稟議書 | 60% | 48万時間相当 | - |\n| 合計 | - | 220万時間/年 | - |\n\n"
        "## コスト分析\n\n| 項目 | 年間削減額 | 根拠 |\n|---|---|---|\n"
        "| 外注 | 約10億円 | 内製化 |\n| 期間全体 | 3億円/月 | - |\n"
    )
    case = one(text)
    assert [metric.value.per for metric in case.metrics if metric.value is not None] == [("月",), ("年",)]
    assert [cost.quantity.per for cost in case.costs] == [("年",), ("月",)]


def test_gains_in_brackets_of_an_index_are_effects_and_sizes_are_none() -> None:
    head = "# 索引\n\n| No. | 企業名 | 業界 | AIツール | 主な用途 |\n|---|---|---|---|---|\n"
    rows = (
        "| 901 | 架空甲社 | 製造業 | 道具 | 資料作成（年18.6万時間削減） |\n"
        "| 902 | 架空乙社 | 金融 | 道具 | 文書検索（20%→80%） |\n"
        "| 903 | 架空丙社 | 金融 | 道具 | 要約（1秒以下）、20万人導入 |\n"
        "| 904 | 架空丁社 | 金融 | 道具 | 時間削減 |\n"
    )
    told = {case.id: [(m.label, m.raw) for m in case.metrics] for case in read(head + rows).cases}
    assert told == {"901": [("資料作成", "年18.6万時間削減")], "902": [("文書検索", "20%→80%")], "903": [], "904": []}
