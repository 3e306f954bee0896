"""Cases in JSON: what they hold, several in one file, and text that is no JSON or hardly."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from case_texts import read
from hypothesis import given, settings
from hypothesis import strategies as st
from test_case_dialects import effect

from reportkit.base.cycles import no_cycle_search
from reportkit.corpus.case import Case
from reportkit.sources.cases import recognise_case
from reportkit.sources.cases.coverage import cover
from reportkit.sources.cases.not_cases import JSON
from reportkit.sources.json_text import read_json
from reportkit.sources.provenance import trace
from reportkit.sources.reader import read_folder

FIXTURE = (Path(__file__).parent / "dialects/J1.json").read_text(encoding="utf-8")

# 架空: three companies in one file, two kinds of keys.
LIST = """{"document_info": {"title": "架空セクター 事例", "total_companies": 2},
 "companies": [
  {"case_number": 1, "company_name": "架空第一銀行", "industry": "銀行（メガバンク）",
   "ai_vendor": "架空AI（クラウド）", "adoption_date": "2023-04", "implementation_time_months": 4,
   "key_metrics": {"implementation_duration": "4ヶ月", "support_efficiency": "50%削減", "error_rate": "50%削減",
                   "user_growth": "63,000人 → 150,000人（2年）", "ai_launch": "2025-08", "coverage": "全社員"}},
  {"case_number": 2, "company_name_ja": "架空電子", "company_name_en": "Kaku Denshi", "industry": "電子部品製造",
   "key_metrics_before": "需要予測精度65%, 設定時間1週間", "key_metrics_after": "需要予測精度82%、設定時間2日、人手5名",
   "roi_percentage": "35", "cost_savings_annual_usd": "2800000", "market_opportunity": "2030年に2.5兆円目標"}
 ]}
"""


def cases_of(text: str) -> tuple[Case, ...]:
    assert recognise_case(text)
    return read(text, "case.json").cases


def test_a_list_of_companies_is_a_case_for_each() -> None:
    first, second = cases_of(LIST)
    assert [(case.id, case.company, case.dialect) for case in (first, second)] == [
        ("1", "架空第一銀行", "J1"),
        ("2", "架空電子", "J1"),
    ]
    assert [effect(metric) for metric in first.metrics] == [
        "5 support efficiency: -50 %",
        "5 error: -50 %",
        "6 user growth: 63000 人 → 150000 人",
    ]
    assert [effect(metric) for metric in second.metrics] == [
        "8 需要予測精度: 65 % → 82 %",
        "8 設定時間: 7 日 → 2 日",
        "8 人手: 5 人",
        "9 年間コスト削減額: 2800000 USD /年",
    ]
    assert first.duration is not None
    assert (first.duration.text, first.duration.origin.line) == ("4ヶ月", 4)
    assert first.front_matter[0].label == "document_info"
    assert cover(LIST, [first, second]).nowhere == 0


def test_every_field_of_a_json_case_has_its_line() -> None:
    (case,) = cases_of(FIXTURE)
    traced = trace(case)
    assert traced.unplaced == ()
    lines = {placed.path: placed.origin.line for placed in traced.fields}
    assert [lines[path] for path in ("id", "company", "company_en", "title", "employees")] == [2, 3, 4, 5, 13]
    assert [lines[path] for path in ("metrics[1].value", "costs[0].quantity", "ai_tools[0]")] == [23, 27, 8]


def test_values_are_told_under_the_headings_of_any_case() -> None:
    (case,) = cases_of(FIXTURE)
    kinds = {section.kind: [line.text for line in section.lines] for section in case.sections}
    assert kinds["background"][0].startswith("課題: 電話の応対")
    assert kinds["outlook"] == ["2026年: 多言語対応", "2027年: 予測的な支援"]
    assert [pair.text for pair in case.issues] == ["", "", "多層の品質確認と段階的な導入"]
    assert len(kinds["other"]) == 1
    assert [phase.name for phase in case.phases] == ["1段階目: 導入と研修", "2段階目: 結合試験"]
    assert not any("Too few" in line for lines in kinds.values() for line in lines)  # the twin in English


def test_ascii_escapes_and_a_mark_at_the_start_change_nothing(tmp_path: Path) -> None:
    (plain,) = cases_of(FIXTURE)
    text = json.dumps(json.loads(FIXTURE), indent=2)
    assert "\\u" in text
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (case,) = read_folder(tmp_path).cases
    assert (case.company, len(case.metrics), case.remarks) == (plain.company, len(plain.metrics), ())
    assert cover(text, [case]).nowhere == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"company_name": "架空社", "company_name": "別社"}', "二度書かれています"),
        ('{"company_name": "架空社", "employees": NaN}', "NaN は JSON の値ではありません"),
        ('{"company_name": "架空社", "industry": "銀行"', "閉じていません"),
        ('{"company_name": "架空社" "industry": "銀行"}', "コンマがありません"),
        ('{"company_name": "架空社", "a": tru}', "引用符のない語「tru」"),
        ('{"company_name": "架空社"}\n余分', "JSON の外に値があります"),
        ('{"company_name": "架空社", "x": "閉じない\n}', "引用符が閉じていません"),
    ],
)
def test_a_fault_costs_only_itself(text: str, reason: str) -> None:
    reading = read(text, "case.json")
    assert reading.cases[0].company == "架空社"
    assert any(reason in finding.message for finding in reading.findings if finding.code == "case.json-fault")
    assert cover(text, reading.cases).nowhere == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"company_name": "架空社", "risks": " \\n ", "key_outcomes_1": "\\t"}',  # a value of blanks
        '{"company_name": "架空社", "case_id": 6,\\u00e9\n}',  # an escape outside of any string
        '{"company_name": "架空社", "a": ["x",\n\\ud800"y"]}',
    ],
)
def test_faults_that_fuzzing_found_lose_nothing(text: str) -> None:
    (case,) = cases_of(text)
    assert case.company == "架空社"
    assert cover(text, [case]).nowhere == 0


@pytest.mark.parametrize("text", ["[1, 2, 3]", '"文字列"', '{"files": ["a.md", "b.md"]}', "{", "NaN", "[" * 3000])
def test_json_without_a_company_is_listed_with_the_reason(tmp_path: Path, text: str) -> None:
    (tmp_path / "data.json").write_text(text, encoding="utf-8")
    corpus = read_folder(tmp_path)
    assert corpus.cases == ()
    assert corpus.sources[0].reason.startswith(JSON)
    assert [item.code for item in corpus.findings] == ["source.not-a-case"]


HOSTILE = {
    "deep": '{"a":' * 30_000,
    "lists": "[" * 30_000,
    "long-line": '{"company_name": "' + "あ" * 400_000 + '"}',
    "escapes": '{"a": "' + '\\"' * 200_000,
    "quotes": '"' * 200_000,
    "commas": "{" + "," * 100_000,
    "same-key": "{" + '"company_name": "社",' * 20_000,
    "backslashes": '{"' + "\\" * 200_001,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_read_in_linear_time(name: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        with no_cycle_search():  # as when a folder is read
            reading = read(text, f"{len(text)}.json") if recognise_case(text) else None
            read_json(text)
        assert reading is None or cover(text, reading.cases).nowhere == 0
        return time.process_time() - start

    text = HOSTILE[name]
    tries = range(3)  # others use the machine too: one good try is enough
    assert any(seconds(text) < 30 * max(seconds(text[: len(text) // 8]), 0.02) for _ in tries)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=8), _VALUES, max_size=5), st.booleans())
def test_any_json_with_a_company_is_a_case_without_faults(values: dict[str, object], ascii_only: bool) -> None:
    text = json.dumps({"company_name": "架空社"} | values, ensure_ascii=ascii_only, indent=1)
    if values.get("company_name", "架空社") != "架空社":
        return
    found = read_json(text)
    assert [fault for fault in found.faults if "段を超えて" not in fault.reason] == []
    (case,) = read(text, "case.json").cases
    assert case.company == "架空社"
    assert cover(text, [case]).lost == ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='{}[]",:\\ \n名a1éあ', max_size=60))
def test_no_text_makes_the_reader_of_json_fail(text: str) -> None:
    for whole in (text, f'{{"company_name": "架空社", {text}'):
        reading = read(whole, "case.json")
        if recognise_case(whole):
            assert cover(whole, reading.cases).lost == ()
