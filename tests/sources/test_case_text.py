"""A file that is looked at before it is read: what was read once is not read again, and gives the same case."""

from __future__ import annotations

import pytest

from benchmarks.generate import case_files
from reportkit.sources.cases import CaseText, read_case, recognise_case
from reportkit.sources.taxonomy import built_in_taxonomy


@pytest.mark.parametrize("file", list(case_files(40)), ids=lambda file: file.name)
def test_an_opened_text_gives_the_case_of_the_text(file) -> None:
    opened = CaseText(file.text)
    assert recognise_case(opened) is recognise_case(file.text) is True
    assert read_case(opened, file.name, built_in_taxonomy()) == read_case(file.text, file.name, built_in_taxonomy())


def test_front_matter_and_json_are_read_once() -> None:
    markdown = CaseText("---\ncompany: 架空食品\n---\n\n## 1. 概要\n\n架空の本文\n")
    assert markdown.json is None
    assert markdown.front_matter is markdown.front_matter
    assert markdown.front_matter.text("company") == "架空食品"
    json = CaseText('{"company_name": "架空食品", "industry": "食品"}')
    assert json.json is not None
    assert json.json is json.json
    assert len(json.json.documents) == 1


def test_an_open_text_is_not_opened_again() -> None:
    opened = CaseText("# 架空")
    assert CaseText.of(opened) is opened
    assert CaseText.of("# 架空").lines == ["# 架空"]
