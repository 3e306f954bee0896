"""The made-up collections: the same on every machine, of every dialect, marked as fictional, and read as cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate import DIALECTS, case_files, write_collection
from reportkit.sources.cases import read_case, recognise_case
from reportkit.sources.reader import read_folder
from reportkit.sources.taxonomy import built_in_taxonomy

_ALL = tuple(case_files(150))
_FIRST = {file.dialect: file for file in reversed(_ALL)}
_TAXONOMY = built_in_taxonomy()


def test_a_collection_holds_as_many_cases_as_asked_for_and_every_dialect() -> None:
    assert sum(file.cases for file in _ALL) == 150
    assert set(_FIRST) == set(DIALECTS)
    assert len(DIALECTS) >= 25


def test_the_same_seed_writes_the_same_files_and_another_one_others() -> None:
    assert tuple(case_files(150)) == _ALL
    assert [file.text for file in _ALL] != [file.text for file in case_files(150, seed=8)]


def test_a_small_collection_is_the_beginning_of_a_large_one() -> None:
    large = tuple(case_files(300))
    assert large[: len(_ALL) - 1] == _ALL[:-1]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_file_of_each_dialect_is_recognised_with_all_its_cases(dialect: str) -> None:
    file = _FIRST[dialect]
    assert recognise_case(file.text)
    reading = read_case(file.text, file.name, _TAXONOMY)
    assert len(reading.cases) == file.cases
    assert all(case.company for case in reading.cases)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_company_is_fictional_and_every_link_leads_nowhere(dialect: str) -> None:
    text = _FIRST[dialect].text
    assert "架空" in text
    assert text.count("://") == text.count("://www.example.com/")


def test_a_written_collection_is_read_as_its_cases(tmp_path: Path) -> None:
    count = write_collection(tmp_path, 120)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(files) == count
    corpus = read_folder(tmp_path)
    assert len(corpus.cases) == 120
    reports = [source for source in corpus.sources if source.kind != "case"]
    assert [source.path for source in reports] == ["part_000/進捗レポート.md"]
    assert reports[0].reason.startswith("事例ではありません：一覧・報告書")


@pytest.mark.parametrize(
    "dialect", [name for name in DIALECTS if name not in {"B0", "F2", "G1", "M1", "M2", "M3", "I1"}]
)
def test_a_full_dialect_gives_effects_issues_and_references(dialect: str) -> None:
    case = read_case(_FIRST[dialect].text, _FIRST[dialect].name, _TAXONOMY).cases[0]
    assert case.metrics
    assert case.issues
    assert dialect == "C3" or case.references  # C3 of Asia names none
