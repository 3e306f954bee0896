"""The grammar of a matrix cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.sources.matrices.cells import read_cell


@pytest.mark.parametrize(
    ("text", "value", "unit", "rank", "mark"),
    [
        ("15,289", 15289, "", None, ""),
        ("1 9,081", 9081, "", 1, ""),
        ("9 643", 643, "", 9, ""),
        ("10 3,711", 3711, "", 10, ""),
        ("④ 10,884", 10884, "", 4, ""),
        ("24%", 24, "%", None, ""),
        ("22% ¹", 22, "%", None, "1"),
        ("22%¹", 22, "%", None, "1"),
        ("22% 1", 22, "%", None, "1"),
        ("22%^{1}", 22, "%", None, "1"),
        ("22%*1", 22, "%", None, "1"),
        ("22%（注2）", 22, "%", None, "2"),
        ("２２％", 22, "%", None, ""),
        ("1,234億円", 1234, "億円", None, ""),
        ("3.5%", Decimal("3.5"), "%", None, ""),
        ("△12", -12, "", None, ""),
        ("▲1.5%", Decimal("-1.5"), "%", None, ""),
        ("-7", -7, "", None, ""),
        ("0%", 0, "%", None, ""),
    ],
)
def test_a_printed_value_is_read_with_its_marks(
    text: str, value: int | Decimal, unit: str, rank: int | None, mark: str
) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.unit, reading.rank, reading.mark, reading.readable) == (
        Decimal(value),
        unit,
        rank,
        mark,
        True,
    )


@pytest.mark.parametrize("text", ["", " ", "-", "－", "–", "—", "N.A", "n/a", "…"])
def test_signs_for_none_have_no_value(text: str) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.readable) == (None, True)


@pytest.mark.parametrize(
    "text", ["約20", "20程度", "1,23", "12 34 56", "1.2.3", "abc", "10%〜20%", "自動車", "1" * 41, "¹", "%", "5 -"]
)
def test_anything_else_is_not_readable(text: str) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.readable) == (None, False)


@given(st.integers(0, 10**9), st.booleans())
def test_thousands_separators_do_not_change_a_value(number: int, separated: bool) -> None:
    text = f"{number:,}" if separated else str(number)
    assert read_cell(text).value == number


@given(st.integers(1, 20), st.integers(0, 10**7))
def test_a_rank_never_becomes_part_of_the_value(rank: int, number: int) -> None:
    reading = read_cell(f"{rank} {number:,}")
    assert (reading.rank, reading.value) == (rank, number)


@given(st.integers(0, 100), st.sampled_from("¹²³"))
def test_an_imputation_mark_never_becomes_part_of_the_value(number: int, mark: str) -> None:
    reading = read_cell(f"{number}% {mark}")
    assert (reading.value, reading.mark) == (number, str("¹²³".index(mark) + 1))


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail_or_invent_digits(text: str) -> None:
    reading = read_cell(text)
    if reading.value is not None:
        assert any(char.isdigit() for char in text)
