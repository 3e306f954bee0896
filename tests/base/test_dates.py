"""The grammar of dates, against a table of expressions that case files really use."""

from __future__ import annotations

import datetime
from calendar import monthrange
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.base.dates import months_between, read_period, read_periods
from reportkit.base.period import PartialDate, Period

_TABLE = Path(__file__).with_name("data") / "dates.tsv"


def shown(period: Period) -> str:
    """Write a period as the table does."""

    def date(part: PartialDate | None) -> str:
        return "" if part is None else part.iso() + (f"({part.hint})" if part.hint else "")

    if period.start is None and period.end is None:
        return "なし"
    if period.open_end:
        return f"{date(period.start)}..+"
    return date(period.start) if period.start == period.end else f"{date(period.start)}..{date(period.end)}"


def expressions() -> list[tuple[str, str]]:
    """Return text and meaning, or what we give where the table names a known difference."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [(line + "\t\t\t").split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, ours or meaning) for text, meaning, _, ours, *_ in rows]


@pytest.mark.parametrize(("text", "expected"), expressions())
def test_an_expression_of_the_table_is_read_as_it_says(text: str, expected: str) -> None:
    period = read_period(text)
    assert shown(period) == expected.split(";")[0]
    assert period.raw == text
    if ";" in expected:
        assert ";".join(shown(each) for each in read_periods(text)) == expected


def test_a_season_stays_a_hint_and_becomes_no_month() -> None:
    assert read_period("2023年春").start == PartialDate(2023, hint="春")


def test_the_length_of_a_span_counts_both_months() -> None:
    assert months_between(PartialDate(2023, 1), PartialDate(2023, 10)) == 10
    assert months_between(PartialDate(2023, 11), PartialDate(2024, 1)) == 3
    assert months_between(PartialDate(2023), PartialDate(2024, 1)) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_at_all_is_read_without_error(text: str) -> None:
    assert read_period(text).raw == text


@given(st.text(alphabet="0123456789年月日-~〜/.()（）QH度前後半春末頃から以降まで令和元期", max_size=40))
def test_any_mix_of_the_grammars_own_characters_is_read_without_error(text: str) -> None:
    read_period(text)


_DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2150, 12, 31))


@given(_DAYS, st.sampled_from(["{0}年{1}月{2}日", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}"]))
def test_a_written_day_is_read_back(day: datetime.date, form: str) -> None:
    year, month, number = day.year, day.month, day.day
    period = read_period(form.format(year, month, number))
    assert period.start == period.end == PartialDate(year, month, number)


@given(st.integers(1900, 2150), st.integers(1, 12), st.integers(1, 12), st.sampled_from("-~〜～–"))
def test_a_span_of_months_is_read_back_whatever_its_mark(year: int, first: int, second: int, mark: str) -> None:
    period = read_period(f"{year}年{first}月{mark}{second}月")
    assert period.start == PartialDate(year, first)
    assert period.end == PartialDate(year + (second < first), second)


@given(st.integers(1900, 2150), st.integers(0, 40), st.integers(0, 40))
def test_a_date_that_cannot_exist_is_never_given_out(year: int, month: int, day: int) -> None:
    start = read_period(f"{year}年{month}月{day}日").start
    assert start is not None
    assert start.month is None or 1 <= start.month <= 12
    assert start.day is None or start.day <= monthrange(year, start.month or 1)[1]
