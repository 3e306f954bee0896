"""The issue date: given, or the newest in the data, never the clock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_corpus import case, corpus

from reportkit.base.errors import ProjectError
from reportkit.project.issue import in_words, issue_of, last_day
from reportkit.project.settings import Settings

SETTINGS = Settings(Path("s"), Path("o"), Path("t"), issue=4)


def test_the_issue_date_is_the_last_day_of_the_newest_date_in_the_data() -> None:
    issue = issue_of(corpus(), SETTINGS, {})
    assert (issue.date, issue.vintage, issue.number) == (
        "2025-12-31",
        "報告書 2024年3月、事例 2023年9月18日〜2025年12月",
        4,
    )


def test_a_given_date_goes_before_the_environment_and_that_before_the_data() -> None:
    epoch = {"SOURCE_DATE_EPOCH": "1767225600"}
    assert issue_of(corpus(), SETTINGS, epoch).date == "2026-01-01"
    assert issue_of(corpus(), replace(SETTINGS, date="2026-04-01"), epoch).date == "2026-04-01"


def test_data_without_any_date_asks_for_one() -> None:
    bare = replace(corpus(case("1", "架空")), sources=())
    with pytest.raises(ProjectError, match="発行日を決められません"):
        issue_of(bare, SETTINGS, {})
    assert issue_of(bare, replace(SETTINGS, date="2026-04-01"), {}).vintage == ""


@pytest.mark.parametrize("seconds", ["soon", "1e400", "9" * 40])
def test_an_unusable_environment_is_refused(seconds: str) -> None:
    with pytest.raises(ProjectError, match="SOURCE_DATE_EPOCH"):
        issue_of(corpus(), SETTINGS, {"SOURCE_DATE_EPOCH": seconds})


@pytest.mark.parametrize(
    ("date", "day", "words"),
    [
        ("2023", "2023-12-31", "2023年"),
        ("2024-02", "2024-02-29", "2024年2月"),
        ("2023-09-18", "2023-09-18", "2023年9月18日"),
    ],
)
def test_a_date_is_used_no_more_exactly_than_it_is(date: str, day: str, words: str) -> None:
    assert (last_day(date), in_words(date)) == (day, words)


@pytest.mark.parametrize(
    ("dates", "issued"),
    [
        (("2024-03-26", "2025", "2026-01-08"), "2026-01-08"),
        (("2025", "2025-11-07"), "2025-11-07"),
        (("2023-09-18", "2025-12"), "2025-12-31"),
        (("2024", "2025"), "2025-12-31"),
    ],
)
def test_a_day_in_the_data_goes_before_the_end_of_a_year(dates: tuple[str, ...], issued: str) -> None:
    sources = tuple(replace(corpus().sources[0], date=date, kind="survey") for date in dates)
    assert issue_of(replace(corpus(), sources=sources, cases=()), SETTINGS, {}).date == issued
