"""Each line of a file, and what it became in a case; and how much of a file is in the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.project.coverage import coverage_records, measure_coverage, total_coverage
from reportkit.project.reading import read_corpus
from reportkit.project.source_lines import SourceLine, raw_files
from reportkit.project.subjects import find_case
from reportkit.sources.cases import CaseReading, read_case

# 架空
CASE = """# 事例調査：架空銀行（金融・銀行）

## 1. 基本情報

| 項目 | 内容 |
|------|------|
| 企業名 | 株式会社架空銀行 |
| 業界 | 金融・銀行 |

## 5. 定量的効果

| 指標 | 導入前 | 導入後 |
|------|------|------|
| 審査時間 | 5時間 | 90分 |

## 見たことのない見出し

どの節でもない一文。

## 7. 導入背景

窓口が混んでいた。
"""
TWO = """# 架空の事例集

## 901 | 架空商事 × 検索AI: 検索の自動化

### 概要
- **企業名**: 架空商事
- **業界**: 卸売・小売

### 定量的効果
- 月10時間削減

## 902 | 架空電機 × 帳票AI: 帳票の自動化

### 概要
- **企業名**: 架空電機
- **業界**: 製造業

### 定量的効果
- 月20時間削減
"""


def corpus_of(folder: Path, **files: str) -> Corpus:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return read_corpus(folder)


def lines_by_text(lines: tuple[SourceLine, ...]) -> dict[str, SourceLine]:
    return {line.text: line for line in lines if line.text}


def test_each_line_says_what_it_became(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, bank=CASE)
    (file,) = raw_files(tmp_path, corpus, find_case(corpus, "架空銀行"))
    assert file.path == "bank.md"
    assert [line.number for line in file.lines] == list(range(1, CASE.count("\n") + 1))
    assert [line.text for line in file.lines] == CASE.splitlines()
    lines = lines_by_text(file.lines)
    assert "company" in lines["| 企業名 | 株式会社架空銀行 |"].fields
    metric = lines["| 審査時間 | 5時間 | 90分 |"]
    assert metric.understood == "field"
    assert {"metrics[0].before", "metrics[0].after"} <= {*metric.fields}
    assert lines["## 5. 定量的効果"].understood == "text"
    assert lines["## 5. 定量的効果"].sections == ("quant_effect",)
    assert lines["窓口が混んでいた。"].fields == ("background[0]",)
    assert lines["どの節でもない一文。"].understood == "other"
    assert lines["|------|------|"].understood == "blank"


def test_of_a_file_with_several_cases_only_the_lines_of_this_case_are_shown(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, two=TWO)
    (first,) = raw_files(tmp_path, corpus, find_case(corpus, "901"))
    (second,) = raw_files(tmp_path, corpus, find_case(corpus, "902"))
    assert "架空電機" not in " ".join(line.text for line in first.lines)
    assert second.lines[0].number == TWO.splitlines().index("## 902 | 架空電機 × 帳票AI: 帳票の自動化") + 1
    assert "company" in lines_by_text(second.lines)["- **企業名**: 架空電機"].fields


def test_a_case_that_was_joined_from_two_files_shows_both(tmp_path: Path) -> None:
    other = CASE.replace("架空銀行", "架空信託").replace("窓口が混んでいた。", "郵便が多かった。")
    (tmp_path / "taxonomy.toml").write_text('[[join]]\ncases = ["架空銀行", "架空信託"]\n', encoding="utf-8")
    corpus = corpus_of(tmp_path, bank=CASE, trust=other)
    files = raw_files(tmp_path, corpus, find_case(corpus, "架空銀行"))
    assert [file.path for file in files] == ["bank.md", "trust.md"]
    assert lines_by_text(files[1].lines)["郵便が多かった。"].sections == ("background",)


def test_a_file_that_is_gone_is_left_out(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, bank=CASE)
    (tmp_path / "bank.md").unlink()
    assert raw_files(tmp_path, corpus, corpus.cases[0]) == ()


def test_a_line_whose_words_are_in_no_case_is_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(text: str, source: str, taxonomy: Taxonomy) -> CaseReading:
        reading = read_case(text, source, taxonomy)
        return CaseReading(tuple(replace(case, sections=case.sections[:-1]) for case in reading.cases))

    corpus = corpus_of(tmp_path, bank=CASE)
    monkeypatch.setattr("reportkit.project.source_lines.read_case", forgetful)
    (file,) = raw_files(tmp_path, corpus, corpus.cases[0])
    lost = lines_by_text(file.lines)["窓口が混んでいた。"]
    assert (lost.understood, lost.lost) == ("nowhere", "窓口が混んでいた。")
    monkeypatch.setattr("reportkit.project.coverage.read_case", forgetful)
    (bank,) = coverage_records(measure_coverage(tmp_path, corpus))["files"]
    assert [line["text"] for line in bank["lost"]] == ["7. 導入背景", "窓口が混んでいた。"]


def test_coverage_counts_known_other_and_nowhere_by_file(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, bank=CASE, two=TWO)
    files = measure_coverage(tmp_path, corpus)
    assert [file.source.path for file in files] == ["bank.md", "two.md"]
    bank = files[0].coverage
    assert bank is not None
    assert bank.other == len("見たことのない見出しどの節でもない一文。")
    assert bank.nowhere == 0
    total = total_coverage(files)
    assert total.total == sum(file.coverage.total for file in files if file.coverage)


def test_coverage_counts_a_joined_file_by_itself(tmp_path: Path) -> None:
    other = CASE.replace("架空銀行", "架空信託")
    (tmp_path / "taxonomy.toml").write_text('[[join]]\ncases = ["架空銀行", "架空信託"]\n', encoding="utf-8")
    files = measure_coverage(tmp_path, corpus_of(tmp_path, bank=CASE, trust=other))
    assert [(file.source.path, file.coverage is not None) for file in files] == [("bank.md", True), ("trust.md", True)]
    assert total_coverage(files).nowhere == 0


def test_what_is_no_case_is_listed_without_counts(tmp_path: Path) -> None:
    records = coverage_records(measure_coverage(tmp_path, corpus_of(tmp_path, bank=CASE, note="買い物：卵、牛乳\n")))
    assert [(file["source"], file["nowhere"]) for file in records["files"]] == [("bank.md", 0), ("note.md", None)]
    assert records["total"]["files"] == 1
    assert records["total"]["characters"] == records["files"][0]["characters"]


@pytest.mark.parametrize("folder", ["main/seeds", "shared/corpus", "shared/seeds"])
def test_nothing_of_any_case_file_is_nowhere(folder: str) -> None:
    checkout = Path(__file__).parents[2]
    path = checkout / "seeds" if folder == "main/seeds" else checkout.parent / folder
    if not path.is_dir():
        pytest.skip(f"{folder} lies beside a developer's checkout only")
    files = measure_coverage(path, read_corpus(path))
    assert total_coverage(files).known > 0
    assert [(file.source.path, file.coverage.lost) for file in files if file.coverage and file.coverage.nowhere] == []
