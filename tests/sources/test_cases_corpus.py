"""The real case files of the wider collection, when they are at hand: nothing lost, key fields right."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_texts import CORPUS, file_text, lost_words, read


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.name)
def test_no_word_of_a_real_file_is_lost(path: Path) -> None:
    text = file_text(path)
    assert lost_words(text, read(text, path.name)) == []


def test_five_companies_in_one_file_are_five_cases() -> None:
    text = file_text(CORPUS / "011_012_013_014_015_pharmaceutical_summary.md")
    cases = read(text).cases
    assert [case.id for case in cases] == ["011", "012", "013", "014", "015"]
    assert {case.sectors for case in cases} == {("製薬・化学・素材",)}
