"""The real case files of the wider collection, when they are at hand: nothing lost, key fields right."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_texts import CORPUS, file_text, lost_words, read

from reportkit.checks.cases import check_case
from reportkit.sources.cases import recognise_case

# file -> id, company, country, sectors, people, start, level-2 headings, effects, steps
EXPECTED = {
    "388_flow_JFEスチール_ChatJFE.md": (
        "JFEスチール", "JFEスチール株式会社", "日本", ("製薬・化学・素材",), None, "2021", 12, 6, 5,
    ),
    "473_flow_メディカルデータビジョン_AI疾患発症リスク予測.md": (
        "メディカル・データ・ビジョン", "メディカル・データ・ビジョン株式会社", None, ("医療",), None, "2024-10-31",
        12, 5, 5,
    ),
    "001_softbank_large_telecom_model.md": (
        "GUGA_0001", "ソフトバンク株式会社", "日本", ("ソフトウェア",), 55000, "2025-10", 12, 4, 4,
    ),
    "041_construction_estimate_ai.md": (
        "GUGA_0041", "建設企業AF", "日本", ("建設", "不動産"), 1200, "2025-08", 13, 8, 8,
    ),
    "008_flow_joyo_bank_gemini.md": ("常陽銀行", "常陽銀行", None, ("金融・保険",), None, "2025-11", 12, 6, 3),
    "595_flow_ファミリーマート_exaBase生成AI.md": (
        "595", "株式会社ファミリーマート", "日本", ("卸売・小売",), 3000, None, 12, 3, 5,
    ),
    "676_flow_フジ・メディア・ホールディングス_情報取得不可.md": (
        "676", "株式会社フジ・メディア・ホールディングス", None, ("メディア・エンタメ",), None, None, 12, 0, 0,
    ),
    "051_goldman_sachs.md": (
        "051_goldman_sachs", "Goldman Sachs Group, Inc.", None, ("金融・保険",), 33000, None, 7, 5, 4,
    ),
    "451_yokohama_bank.md": ("451", "横浜銀行", "日本", ("金融・保険",), 7000, "2023", 10, 4, 3),
    "836_kobe_city.md": ("836_kobe_city", "神戸市", "日本", ("公共",), 7000, "2023", 8, 4, 3),
    "584_stripe.md": ("584_stripe", "Stripe", None, ("金融・保険",), 10000, "2020", 8, 6, 3),
    "116_kroger.md": ("GENAI_116", "クローガー・カンパニー", "米国", ("卸売・小売",), 290000, "2023", 9, 5, 0),
    "079_figma.md": ("GENAI_079", "Figma", "米国", ("ソフトウェア",), None, None, 8, 1, 0),
    "632_lg_ai_research.md": ("632", "LG AI Research", "韓国", ("ソフトウェア",), None, "2023", 10, 3, 0),
    "dena_012_slack_jira_automation.md": (
        "DeNA", "株式会社DeNA", "日本", ("メディア・エンタメ",), 2500, "2025-10", 6, 3, 0,
    ),
    "001_takeda_pharmaceutical_drugdiscovery_chatgpt.md": (
        "001", "武田薬品工業", None, ("製薬・化学・素材",), None, "2023", 12, 5, 3,
    ),
    "862_RIKEN.md": ("862", "理化学研究所", "日本", ("教育",), 3500, "2023", 8, 4, 3),
    "311_bosch.md": ("ボッシュ", "ボッシュ", "ドイツ", ("自動車・鉄道・船舶・航空",), 402000, "2023-04", 14, 3, 0),
    "755_Wealthfront.md": ("755", "ウェルスフロント", "米国", ("金融・保険",), 550, "2012", 8, 3, 4),
    "775_Hitachi.md": ("775", "日立", "日本", ("その他製造業",), 305000, "2019", 5, 0, 0),
    "engineer_008_SQL自動生成.md": (
        "dena_100knock_008", "DeNA", "日本", ("メディア・エンタメ",), None, "2025-10", 5, 2, 0,
    ),
}  # fmt: skip

# file -> codes of warnings; every one of them was looked at and is true
WARNINGS = {
    "041_construction_estimate_ai.md": ["case.change-rate", "case.change-rate"],
    "862_RIKEN.md": ["case.payback", "case.duration-phases"],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_file_gives_its_key_fields(name: str) -> None:
    text = file_text(CORPUS / name)
    assert recognise_case(text)
    (case,) = read(text, name).cases
    start = case.adoption_start.start.iso() if case.adoption_start and case.adoption_start.start else None
    people = case.employees.value if case.employees else None
    found = (case.id, case.company, case.country, case.sectors, people, start, case.section_count)
    assert (*found, len(case.metrics), len(case.phases)) == EXPECTED[name]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.name)
def test_no_word_of_a_real_file_is_lost(path: Path) -> None:
    text = file_text(path)
    assert lost_words(text, read(text, path.name)) == []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.name)
def test_a_warning_about_a_real_file_is_a_true_one(path: Path) -> None:
    text = file_text(path)
    if not recognise_case(text):
        return
    reading = read(text, path.name)
    found = [*reading.findings, *(finding for case in reading.cases for finding in check_case(case))]
    assert [finding.code for finding in found if finding.severity != "note"] == WARNINGS.get(path.name, [])


def test_five_companies_in_one_file_are_five_cases() -> None:
    text = file_text(CORPUS / "011_012_013_014_015_pharmaceutical_summary.md")
    cases = read(text).cases
    assert [case.id for case in cases] == ["011", "012", "013", "014", "015"]
    assert {case.sectors for case in cases} == {("製薬・化学・素材",)}


def test_an_index_of_companies_is_no_case() -> None:
    assert recognise_case(file_text(CORPUS / "batch_911_1000.md")) is False
