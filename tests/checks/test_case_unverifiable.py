"""What cannot be decided is one note for a case, and what can be decided is none. 架空 throughout."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate import case_files
from reportkit.base.finding import Finding
from reportkit.checks.cases import check_case
from reportkit.sources.cases import read_case
from reportkit.sources.taxonomy import built_in_taxonomy

_SHARED = Path(__file__).parents[2].parent / "shared"
_TAXONOMY = built_in_taxonomy()
_HEAD = """# 事例調査：架空商事株式会社（小売業）

## 1. 基本情報

| 項目 | 内容 | ソース |
|---|---|---|
| 企業名 | 架空商事株式会社 | - |
| 業界 | 小売業 | - |

"""
_EFFECTS = "## 3. 定量的効果\n\n| 指標 | 数値 | 備考 |\n|---|---|---|\n"


def notes(text: str, head: str = _HEAD) -> list[Finding]:
    cases = read_case(head + text, "kaku.md", _TAXONOMY).cases
    return [finding for case in cases for finding in check_case(case) if finding.code == "case.unverifiable"]


def reasons(text: str) -> list[str]:
    (note,) = notes(text)
    assert note.severity == "note"
    assert "検証できない" in note.message
    assert all(side.origin is not None for side in note.evidence)
    return [f"{side.label}：{side.text}" for side in note.evidence]


def test_ranges_without_a_baseline_are_one_note_with_every_place() -> None:
    text = _EFFECTS + "| 作業時間 | 20-40%削減 | - |\n| 応答時間 | 50～70%短縮 | - |\n"
    assert reasons(text) == [
        "作業時間：20-40%削減：導入前と導入後の値がない",
        "応答時間：50～70%短縮：導入前と導入後の値がない",
    ]
    assert "2 件" in notes(text)[0].message


@pytest.mark.parametrize(
    "row",
    [
        "| 作業時間 | 30%削減 | - |",  # a single rate: nearly every effect is one
        "| 作業時間 | 月20～40時間 | - |",  # an amount, no rate
        "| 作業時間 | 60分 → 36～48分（20-40%削減） | - |",  # both states stand beside it
        "| 作業時間 | 20-40%削減（目標） | - |",  # a target is no result
        "| 作業時間 | 取得不可 | - |",
    ],
)
def test_what_can_be_decided_or_is_no_result_is_not_noted(row: str) -> None:
    assert notes(f"{_EFFECTS}{row}\n") == []


def test_a_range_whose_states_stand_elsewhere_is_decided_there() -> None:
    text = (
        _EFFECTS + "| 在庫照会所要時間 | 40～50%短縮 | - |\n\n"
        "## 5. ソリューション詳細\n\n### 機能1：在庫照会\n\n```\n削減時間: 従来10日 → {}日\n```\n"
    )
    assert notes(text.format("5")) == []
    assert notes(text.format("1")) == []  # a contradiction, reported as such
    cases = read_case(_HEAD + text.format("1"), "kaku.md", _TAXONOMY).cases
    assert "case.rate-elsewhere" in [finding.code for finding in check_case(cases[0])]


def test_a_payback_names_what_is_missing() -> None:
    assert reasons("## 9. コスト分析\n\n- **投資回収期間**: 8-12ヶ月\n") == [
        "投資回収期間：8-12ヶ月：費用と効果の額がない"
    ]
    assert reasons("## 9. コスト分析\n\n- **投資回収期間**: 8ヶ月\n- **年間効果**: 900万円\n") == [
        "投資回収期間：8ヶ月：費用の額がない"
    ]
    assert (
        notes("## 9. コスト分析\n\n- **投資回収期間**: 8ヶ月\n- **年間効果**: 900万円\n- **初期投資**: 600万円\n") == []
    )


def test_an_roi_without_any_money_cannot_be_computed_again() -> None:
    assert reasons("## 9. ROI分析\n\n- **ROI**: 180-250%\n") == ["ROI：180-250%：費用と効果の額がない"]
    assert notes("## 9. ROI分析\n\n- **ROI**: 180%\n- **投資額**: 1,000万円\n") == []


def test_many_places_are_counted_and_the_first_are_shown() -> None:
    rows = "".join(f"| 作業{number} | {number}-{number + 10}%削減 | - |\n" for number in range(10, 30))
    (note,) = notes(_EFFECTS + rows)
    assert "20 件" in note.message
    assert [side.label for side in note.evidence][:2] == ["作業10", "作業11"]
    assert (note.evidence[-1].label, note.evidence[-1].text) == ("ほか", "12 件")


def test_a_case_has_one_note_at_most_in_every_dialect() -> None:
    for file in case_files(80):
        for case in read_case(file.text, file.name, _TAXONOMY).cases:
            codes = [finding.code for finding in check_case(case)]
            assert codes.count("case.unverifiable") <= 1, file.name


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("836_kobe_city.md", [144, 145, 146, 147]),
        ("008_flow_joyo_bank_gemini.md", [51]),  # lines 50 and 53 are contradicted elsewhere
        ("632_lg_ai_research.md", [88]),
        ("862_RIKEN.md", []),
        ("051_goldman_sachs.md", []),
    ],
)
def test_real_files_are_noted_where_they_cannot_be_verified(name: str, lines: list[int]) -> None:
    path = _SHARED / "corpus" / "cases" / name
    if not path.is_file():
        pytest.skip("the corpus is not here")
    found = notes(path.read_text(encoding="utf-8"), head="")
    assert [side.origin.line for note in found for side in note.evidence if side.origin] == lines
