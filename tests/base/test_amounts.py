"""The grammar of amounts, against a table of expressions that case files really use."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.base.amounts import (
    direction_of,
    per_words,
    read_change,
    read_quantities,
    read_quantity,
    read_transition,
    same_unit,
)
from reportkit.base.quantity import Quantity

_TABLE = Path(__file__).with_name("data") / "amounts.tsv"


def shown(quantity: Quantity) -> str:
    """Write a quantity as the table does: `110000人 約 /月 削減 目標`, a range as `10..20`, no number as `なし`."""
    if quantity.value is not None:
        number = f"{quantity.value:f}"
    elif quantity.low is not None and quantity.high is not None:
        number = f"{quantity.low:f}..{quantity.high:f}"
    else:
        number = "なし"
    words = [number + quantity.unit, quantity.qualifier, "".join(f"/{per}" for per in quantity.per), quantity.sign_word]
    return " ".join(word for word in (*words, "目標" if quantity.is_target else "") if word)


def expressions() -> list[tuple[str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "expected"), expressions())
def test_an_expression_of_the_table_is_read_as_it_says(text: str, expected: str) -> None:
    moved = read_transition(text)
    if moved is None:
        assert shown(read_quantity(text)) == expected
        return
    change = f" ; {shown(moved.change)}" if moved.change is not None else ""
    assert f"{shown(moved.before)} -> {shown(moved.after)}{change}" == expected


def test_the_table_holds_every_expression_once() -> None:
    texts = [text for text, _ in expressions()]
    assert len(texts) > 190
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("text", ["△3.2%", "▲3.2%", "-3.2%", "−3.2%", "－3.2％", "△ 3.2%"])
def test_triangles_and_every_minus_make_a_negative_number(text: str) -> None:
    assert read_quantity(text).value == Decimal("-3.2")


def test_a_triangle_that_is_a_verdict_is_no_minus() -> None:
    assert read_quantity("△ 業界推定値").is_known is False


def test_percent_and_points_are_different_units() -> None:
    assert read_quantity("14％向上").unit == "%"
    assert read_quantity("14ポイント向上").unit == "ポイント"
    assert read_quantity("+6.8%ポイント").unit == "ポイント"


@pytest.mark.parametrize(
    "text", ["", "-", "－", "取得不可", "多数", "数百回", "大幅削減", "２０２４年", "24/7", "²³", "①"]
)
def test_text_without_an_amount_gives_no_number(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity.is_known is False
    assert quantity.raw == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("５万７千円", "57000"), ("ChatGPT-4を300人が利用", "300"), ("フェーズ2で40件", "40"), ("第3位の12社", "12")],
)
def test_full_width_digits_count_and_numbers_of_names_do_not(text: str, value: str) -> None:
    assert read_quantity(text).value == Decimal(value)


@pytest.mark.parametrize("mark", ["¹", "①", "²"])
def test_a_note_mark_is_not_a_digit(mark: str) -> None:
    assert read_quantity(f"24{mark}").value == Decimal(24)


def test_a_word_for_down_makes_a_rate_negative_but_not_an_amount() -> None:
    assert read_quantity("40%削減").value == Decimal(-40)
    assert read_quantity("1日2時間削減").value == Decimal(2)


def test_a_heading_that_says_reduction_gives_the_sign_to_a_bare_rate() -> None:
    assert read_change("60%", "down") == Quantity("60%", value=Decimal(-60), unit="%")
    assert read_change("60%") == Quantity("60%", value=Decimal(60), unit="%")
    assert read_change("20-40%", "down") == Quantity("20-40%", low=Decimal(-40), high=Decimal(-20), unit="%")
    assert read_change("3倍向上", "down").value == Decimal(3)  # type: ignore[union-attr]
    assert read_change("5万時間") is None


def test_a_calculation_is_no_amount_but_its_parts_can_be_listed() -> None:
    text = "220万時間 × 平均時給1,250円"
    assert read_quantity(text).is_known is False
    assert [(part.value, part.unit) for part in read_quantities(text)] == [(2200000, "時間"), (1250, "円")]


def test_exact_units_of_time_meet_in_the_smaller_one() -> None:
    week, days = Quantity("2週", value=Decimal(2), unit="週"), Quantity("3日", value=Decimal(3), unit="日")
    assert same_unit(week, days)[0].value == Decimal(14)
    hours = Quantity("1時間", value=Decimal(1), unit="時間")
    assert same_unit(days, hours) == (days, hours)  # a day may be a working day


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("毎月削減時間", ("月",)),
        ("1日推論リクエスト", ("日",)),
        ("3年間削減額", ()),
        ("1人当たり年間削減", ("年", "人")),
        ("利用者", ()),
    ],
)
def test_a_label_can_say_what_its_amount_is_per(label: str, words: tuple[str, ...]) -> None:
    assert per_words(label) == words


def test_the_words_of_a_label_point_one_way_or_none() -> None:
    assert direction_of("エラー削減") == "down"
    assert direction_of("生産性向上") == "up"
    assert direction_of("時間短縮による満足度向上") == ""


@pytest.mark.parametrize(
    "text", ["9" * 400, "1," * 5000, "5万" * 5000, "(" * 5000, "10-" * 3000, "→" * 3000, "/月" * 3000]
)
def test_absurd_text_is_read_without_error(text: str) -> None:
    read_quantity(text)
    read_transition(text)
    read_quantities(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_at_all_is_read_without_error(text: str) -> None:
    read_quantity(text)
    read_quantities(text)
    read_transition(text)
    read_change(text, "down")


@given(
    st.text(alphabet="0123456789０１,.-~〜→/%％()（）約超万億円人月年日時間分削減増年度〜以上$€KMB+±数", max_size=40)
)
def test_any_mix_of_the_grammars_own_characters_is_read_without_error(text: str) -> None:
    read_quantity(text)
    read_quantities(text)
    read_transition(text)


_UNITS = st.sampled_from(["円", "人", "件", "時間", "社", "回", "分"])
_PERS = st.sampled_from(["", "月", "年", "日", "件"])
_QUALIFIERS = st.sampled_from([("", ""), ("約", ""), ("", "以上"), ("", "未満"), ("最大", ""), ("", "超")])


@given(st.integers(1, 10**12), _UNITS, _PERS, _QUALIFIERS)
def test_a_written_amount_is_read_back(number: int, unit: str, per: str, qualifier: tuple[str, str]) -> None:
    text = f"{qualifier[0]}{number:,}{unit}{qualifier[1]}" + (f"/{per}" if per else "")
    assert read_quantity(text) == Quantity(
        text,
        value=Decimal(number),
        unit=unit,
        qualifier="".join(qualifier),
        per=(per,) if per else (),
    )


@given(st.integers(1, 99_999), st.integers(0, 9), st.sampled_from([("万", 4), ("億", 8), ("兆", 12)]), _UNITS)
def test_a_magnitude_with_decimals_is_read_exactly(
    whole: int, tenth: int, magnitude: tuple[str, int], unit: str
) -> None:
    text = f"{whole}.{tenth}{magnitude[0]}{unit}"
    assert read_quantity(text).value == Decimal(f"{whole}.{tenth}") * 10 ** magnitude[1]


@given(st.integers(1, 999), st.integers(1, 999), _UNITS, st.sampled_from("-~〜～–"))
def test_a_range_keeps_both_ends_whatever_its_mark(first: int, second: int, unit: str, mark: str) -> None:
    low, high = sorted((first, second))
    quantity = read_quantity(f"{low}{mark}{high}{unit}")
    assert (quantity.low, quantity.high, quantity.unit) == (low, high, unit)


@given(st.decimals(-999, 999, places=1), st.sampled_from(["%", "ポイント"]))
def test_a_signed_rate_is_read_back(rate: Decimal, unit: str) -> None:
    quantity = read_change(f"{rate:+}{unit}")
    assert quantity is not None
    assert quantity.value == rate
    assert quantity.unit == unit
