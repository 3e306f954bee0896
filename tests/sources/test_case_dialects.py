"""Every dialect on a small 架空 file, what is no case, joins and twins, and how much of a file is in the model."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from case_texts import AIST, CORPUS, OWN, SONY, TABLES, file_text, one, read
from hypothesis import given, settings
from hypothesis import strategies as st
from test_case_golden import shown

from reportkit.base.errors import ProjectError
from reportkit.base.finding import Finding
from reportkit.corpus.case import Case, Metric
from reportkit.corpus.corpus import Corpus
from reportkit.sources.cases import read_case, recognise_case
from reportkit.sources.cases.coverage import cover
from reportkit.sources.cases.dialects import DIALECTS, SPLIT_RULES
from reportkit.sources.cases.not_cases import REPORT, STUB, SURVEY, reason_against
from reportkit.sources.reader import read_folder
from reportkit.sources.taxonomy import built_in_taxonomy, read_taxonomy

_HERE = Path(__file__).parent
EXPECTED = tomllib.loads((_HERE / "dialects/expected.toml").read_text(encoding="utf-8"))
FIXTURES = sorted(path for path in (_HERE / "dialects").iterdir() if path.suffix in {".md", ".json"})


def effect(metric: Metric) -> str:
    states = f"{shown(metric.before)} → {shown(metric.after)}" if metric.before else shown(metric.value)
    rate = shown(metric.change)
    rate = f" ({rate})" if rate and rate != states else ""
    return f"{metric.origin.line} {metric.label}: {states}{rate}{' 目標' if metric.is_target else ''}"


def told(case: Case) -> dict[str, Any]:
    start = case.adoption_start.start if case.adoption_start is not None else None
    starts = [phase.period.start for phase in case.phases if phase.period is not None]
    return {
        "id": case.id,
        "company": case.company,
        "company_en": case.company_en,
        "country": case.country,
        "sectors": list(case.sectors),
        "employees": shown(case.employees),
        "start": start.iso() if start is not None else None,
        "tools": [tool.text for tool in case.ai_tools],
        "vendors": [vendor.text for vendor in case.vendors],
        "effects": [effect(metric) for metric in case.metrics],
        "costs": [f"{cost.origin.line} {cost.label}: {shown(cost.quantity)}" for cost in case.costs],
        "phases": [start.iso() for start in starts if start is not None],
        "checks": [check.verdict for check in case.fact_checks],
        "references": len(case.references),
        "footer": [pair.label for pair in case.footer],
        "profile": [pair.label for pair in case.profile],
        "remarks": [quote.text for quote in case.remarks],
        "placeholder": case.placeholder,
    }


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_dialect_gives_its_fields(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert recognise_case(text)
    reading = read(text, path.name)
    expected = EXPECTED[path.stem]
    assert {case.dialect for case in reading.cases} == {path.stem}
    assert len(reading.cases) == len(expected)
    for case, wanted in zip(reading.cases, expected, strict=True):
        found = told(case)
        warnings = [item.code for item in reading.findings if item.severity == "warning"]
        assert {key: found[key] for key in wanted if key != "warnings"} == {
            key: value for key, value in wanted.items() if key != "warnings"
        }
        assert "warnings" not in wanted or warnings == wanted["warnings"]


def test_every_dialect_has_a_fixture() -> None:
    assert {path.stem for path in FIXTURES} == set(EXPECTED)
    assert {dialect.code for dialect in DIALECTS} | {rule.dialect for rule in SPLIT_RULES} | {"I1", "J1"} == set(
        EXPECTED
    )


@pytest.mark.parametrize(
    "path", [*FIXTURES, *OWN, *SONY, *AIST, *sorted(CORPUS.glob("*.md"))], ids=lambda path: path.name
)
def test_every_character_of_a_file_is_somewhere_in_the_model(path: Path) -> None:
    text = file_text(path)
    coverage = cover(text, read(text, path.name).cases)
    assert (coverage.nowhere, coverage.lost) == (0, ())
    assert coverage.known > coverage.other
    assert coverage.total == coverage.known + coverage.other


def test_coverage_tells_what_is_lost() -> None:
    case = one(TABLES)
    whole = cover(TABLES, [case])
    more = cover(f"{TABLES}\n失われた行 です\n", [case])
    assert whole.other == len("知らない見出しの文も残る。独自の節")
    assert more.nowhere == len("失われた行です")
    assert [(line.line, line.text) for line in more.lost] == [(TABLES.count("\n") + 2, "失われた行 です")]
    assert cover(TABLES, []).known == 0


def test_comments_folded_text_and_repeated_keys_of_the_front_matter_are_kept() -> None:
    text = f"---\n# 注記の行\nteam: 5 # 推定の値\nnote: |\n  一行目の文\n  二行目の文\nteam: 6\n---\n{TABLES}"
    case = one(text)
    assert cover(text, [case]).nowhere == 0
    assert "注記の行" in [quote.text for quote in case.remarks]


_LINES = st.lists(
    st.sampled_from(
        ["# 題", "## 3. 定量的効果", "| a | b |", "|---|---|", "- **削減**: 5%", "```", "文。", "", "---", "a: b # c"]
    ),
    max_size=30,
)


@settings(max_examples=150)
@given(_LINES, st.booleans())
def test_no_mix_of_lines_loses_a_word(lines: list[str], head: bool) -> None:
    text = "\n".join(["---", *lines] if head else lines)
    reading = read_case(text, "x.md", built_in_taxonomy())
    if reading.cases:
        assert cover(text, reading.cases).lost == ()


def test_a_long_line_is_covered_in_time() -> None:
    text = f"{TABLES}\n{'語 ' * 200_000}\n"
    reading = read_case(text, "x.md", built_in_taxonomy())
    assert cover(text, reading.cases).nowhere == 0
    assert cover(text, []).nowhere > 200_000


@pytest.mark.parametrize("line", ["あ" * 300_000, "a." * 150_000, "`a/" * 100_000, "a/b." * 80_000])
def test_a_long_line_is_judged_in_time(line: str) -> None:
    for text in (line, f"# 題\n{line}", f"# 一覧\n## 概要\n{line}"):
        assert reason_against(text) in {"", REPORT}


# --- folders ---------------------------------------------------------------------------------------------------------


def folder_of(tmp_path: Path, **files: str) -> Corpus:
    for name, text in files.items():
        suffix = "toml" if name == "taxonomy" else "md"
        (tmp_path / f"{name}.{suffix}").write_text(text, encoding="utf-8")
    return read_folder(tmp_path)


def codes(corpus: Corpus) -> list[str]:
    return sorted(finding.code for finding in corpus.findings)


def finding(corpus: Corpus, code: str) -> Finding:
    return next(item for item in corpus.findings if item.code == code)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("readme", REPORT),
        ("index", REPORT),
        ("tier1_index", REPORT),
        ("report", REPORT),
        ("stub", STUB),
        ("survey", SURVEY),
    ],
)
def test_what_is_no_case_is_listed_with_the_reason(tmp_path: Path, name: str, reason: str) -> None:
    corpus = folder_of(tmp_path, **{name: (_HERE / f"not_cases/{name}.md").read_text(encoding="utf-8")})
    assert corpus.cases == ()
    assert [(source.kind, source.reason) for source in corpus.sources] == [("unknown", reason)]
    assert [(item.code, item.severity) for item in corpus.findings] == [("source.not-a-case", "note")]


def test_the_readme_of_the_own_seeds_is_a_list() -> None:
    corpus = read_folder(_HERE.parents[1] / "seeds")
    source = corpus.source("README.md")
    assert source is not None
    assert source.reason == REPORT


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_case_of_any_dialect_is_not_taken_for_a_report(tmp_path: Path, path: Path) -> None:
    corpus = folder_of(tmp_path, case=path.read_text(encoding="utf-8"))
    assert [source.kind for source in corpus.sources] == ["case"]


def test_a_case_about_reports_stays_a_case(tmp_path: Path) -> None:
    text = TABLES.replace(
        "# 事例調査：架空銀行（金融・銀行）", "# 事例調査：架空銀行 - 報告書の一覧とレポート（金融・銀行）"
    )
    assert len(folder_of(tmp_path, case=text).cases) == 1


ENGLISH = """---
case_id: "kaku_en"
company_name: "Kaku Bank"
company_name_en: "Kaku Bank"
company_country: "Japan"
---

# Kaku Bank - AI

## 5. 定量的な成果

| KPI | 効果 |
|---|---|
| 作成時間 | 30%短縮 |

## 4. 導入プロセス

| 時期 | フェーズ |
|---|---|
| 2025年1月 | 開始 |
"""
JAPANESE = TABLES.replace("| 業界 | 金融・銀行 |  |", "| 企業名（英語） | Kaku Bank |  |\n| 業界 | 金融・銀行 |  |")


def test_japanese_and_english_twins_are_a_note_that_shows_how_to_join(tmp_path: Path) -> None:
    corpus = folder_of(tmp_path, a=JAPANESE, b=ENGLISH)
    twin = finding(corpus, "case.same-company")
    assert twin.severity == "note"
    assert twin.subjects == ("case:架空銀行", "case:kaku_en")
    assert 'cases = ["架空銀行", "kaku_en"]' in twin.fix


def test_a_join_keeps_the_first_fills_its_gaps_and_keeps_both_texts(tmp_path: Path) -> None:
    corpus = folder_of(
        tmp_path, a=JAPANESE, b=ENGLISH, taxonomy='[[join]]\ncases = ["架空銀行", "kaku_en", "missing"]\n'
    )
    (case,) = corpus.cases
    assert (case.id, case.joined, case.company) == ("架空銀行", ("kaku_en",), "株式会社架空銀行")
    assert case.metrics[0].label == "審査時間"
    assert [phase.name for phase in case.phases] == ["開始"]
    assert {section.origin.source for section in case.sections} == {"a.md", "b.md"}
    assert "case_id" in [pair.label for pair in case.front_matter]
    assert finding(corpus, "case.join-unknown").severity == "warning"
    assert "case.same-company" not in codes(corpus)
    assert not any("case:kaku_en" in item.subjects for item in corpus.findings)


@pytest.mark.parametrize(
    "text",
    [
        '[[join]]\ncases = ["a"]',
        '[join]\ncases = ["a", "b"]',
        '[[join]]\ncases = ["a", "a"]',
        '[[join]]\nids = ["a", "b"]',
    ],
)
def test_a_join_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ProjectError):
        read_taxonomy(text, "taxonomy.toml", built_in_taxonomy())


def test_a_written_id_that_is_met_twice_is_a_warning_and_a_made_one_is_not(tmp_path: Path) -> None:
    written = f'---\ncase_id: "7"\n---\n{TABLES}'
    corpus = folder_of(tmp_path, a=written, b=written.replace("5時間", "6時間"))
    assert [case.id for case in corpus.cases] == ["7", "7-2"]
    assert finding(corpus, "case.duplicate-id").severity == "warning"
    made = folder_of(tmp_path, a=TABLES, b=TABLES.replace("5時間", "6時間"))
    assert [case.id for case in made.cases] == ["架空銀行", "架空銀行-2"]
    assert "case.duplicate-id" not in codes(made)
    assert "case.same-company" in codes(made)
