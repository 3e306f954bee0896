"""The real case files of the wider collection, when they are at hand: nothing lost, key fields right."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_texts import CORPUS, file_text, lost_words, read

from reportkit.checks.cases import check_case
from reportkit.sources.cases import recognise_case

# file -> codes of warnings; every one of them was looked at and is true
WARNINGS = {
    "041_construction_estimate_ai.md": ["case.change-rate", "case.change-rate"],
    "862_RIKEN.md": ["case.payback", "case.duration-phases"],
}


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
