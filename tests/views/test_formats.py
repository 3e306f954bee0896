"""Printed numbers: one form for each kind, as Japanese readers expect it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.views.formats import (
    decimals_of,
    format_number,
    format_oku,
    format_percent,
    format_points,
    format_range,
    format_signed,
    format_value,
    format_yen,
    in_base_unit,
    round_half_up,
)

OKU = 10**8


@pytest.mark.parametrize(
    ("oku", "printed"),
    [("3711", "3,711億円"), ("15570", "1.6兆円"), ("9499", "9,499億円"), ("9500", "1.0兆円"), ("186821", "18.7兆円")],
)
def test_yen_is_read_aloud_in_the_largest_fitting_unit(oku: str, printed: str) -> None:
    assert format_yen(Decimal(oku) * OKU) == printed


@pytest.mark.parametrize(
    ("yen", "printed"), [("45000000", "4,500万円"), ("900", "900円"), ("-250000000000", "−2,500億円"), ("0", "0円")]
)
def test_small_and_negative_amounts_keep_their_unit(yen: str, printed: str) -> None:
    assert format_yen(Decimal(yen)) == printed


def test_tables_keep_the_unit_of_the_survey() -> None:
    assert format_oku(Decimal(15570) * OKU) == "15,570億円"


@pytest.mark.parametrize(
    ("value", "printed"), [("3", "+3ポイント"), ("-3", "−3ポイント"), ("0", "±0ポイント"), ("-0.4", "±0ポイント")]
)
def test_points_always_carry_a_sign_and_minus_is_not_a_hyphen(value: str, printed: str) -> None:
    assert format_points(Decimal(value)) == printed


def test_halves_are_rounded_away_from_zero_as_by_hand() -> None:
    assert (round_half_up(Decimal("2.5")), round_half_up(Decimal("-2.5"))) == (3, -3)
    assert format_percent(Decimal("8.25"), 1) == "8.3%"


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("253", "人", "253人"),
        ("1.8", "倍", "2倍"),
        ("7", "位", "第7位"),
        ("-4", "ポイント", "−4ポイント"),
        ("24", "%", "24%"),
    ],
)
def test_a_value_takes_the_form_of_its_unit(value: str, unit: str, printed: str) -> None:
    assert format_value(Decimal(value), unit) == printed


def test_a_range_names_its_unit_once() -> None:
    assert format_range(Decimal(16), Decimal(25), "%") == "16〜25%"


def test_units_of_the_matrices_become_yen() -> None:
    assert in_base_unit(Decimal("3711"), "億円") == (Decimal(371_100_000_000), "円")
    assert in_base_unit(Decimal("14990"), "10億円") == (Decimal(14_990_000_000_000), "円")
    assert in_base_unit(Decimal(24), "%") == (Decimal(24), "%")


def test_decimals_are_those_that_the_source_wrote() -> None:
    assert [decimals_of(Decimal(text)) for text in ("26.7", "24", "1E+3")] == [1, 0, 0]


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=3))
def test_no_number_prints_a_hyphen_or_a_negative_zero(value: Decimal) -> None:
    for text in (format_number(value), format_signed(value), format_yen(value)):
        assert "-" not in text
        assert not text.startswith("−0円")
        assert text not in {"−0", "+0"}
