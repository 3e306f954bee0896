"""The grammar of amounts, against a table of expressions that case files really use."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.base.amounts import (
    direction_of,
    in_percent,
    per_words,
    read_change,
    read_conversion,
    read_quantities,
    read_quantity,
    read_transition,
    same_unit,
)
from reportkit.base.calculations import read_calculations
from reportkit.base.dates import read_period, read_periods
from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity
from reportkit.base.written import write_period, write_quantity

_TABLE = Path(__file__).with_name("data") / "amounts.tsv"


def shown_period(period: Period) -> str:
    def date(part: PartialDate | None) -> str:
        return "" if part is None else part.iso() + (f"({part.hint})" if part.hint else "")

    if period.start is None and period.end is None:
        return "なし"
    if period.open_end:
        return f"{date(period.start)}..+"
    return date(period.start) if period.start == period.end else f"{date(period.start)}..{date(period.end)}"


_NO_FIELD = "*"
_FIELDS = ("value", "unit", "qualifier", "per", "more")


@dataclass(frozen=True)
class Row:
    """One line of the table: a text, what it means, and what differs in our reading, if anything does."""

    text: str
    meaning: dict[str, str]
    difference: str
    ours: dict[str, str]
    of_survey: bool

    @property
    def expected(self) -> dict[str, str]:
        return {**self.meaning, **self.ours}


def rows() -> list[Row]:
    found: list[Row] = []
    of_survey = True
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# Further"):
            of_survey = False
        if not line or line.startswith("#"):
            continue
        text, *fields = (line + "\t" * 7).split("\t")
        ours = dict(part.split("=", 1) for part in fields[6].split(";") if part)
        found.append(Row(text, dict(zip(_FIELDS, fields, strict=False)), fields[5], ours, of_survey))
    return found


def number(text: str) -> Decimal:
    top, _, bottom = text.partition("/")
    return Decimal(top) / Decimal(bottom or 1)


def ends(text: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return value, low and high of `120`, `10..20` or `null`."""
    if text in {"null", "expr"}:
        return None, None, None
    low, mark, high = text.partition("..")
    return (None, number(low), number(high)) if mark else (number(low), None, None)


def agree(quantity: Quantity, meaning: dict[str, str], side: int) -> None:
    def of_side(name: str) -> str:
        parts = meaning[name].split("->")
        return parts[side] if len(parts) > 1 else parts[0]

    assert (quantity.value, quantity.low, quantity.high) == ends(of_side("value"))
    assert of_side("unit") in {_NO_FIELD, quantity.unit}
    assert of_side("qualifier") in {_NO_FIELD, quantity.qualifier}
    assert of_side("per") in {_NO_FIELD, "".join(f"/{per}" for per in quantity.per)}


def factors(text: str) -> str:
    (calculation,) = read_calculations(text)
    assert calculation.is_product
    known = [f"{factor.value:f}{factor.unit}" for factor in calculation.factors]
    return " × ".join([*known, *(f"?{word}" for word in calculation.unknown)])


def dates_of(text: str) -> str:
    return shown_period(read_period(text))


def more_of(text: str, row: Row) -> str:
    """Return what the text says beside its amount, in the words of the table."""
    if row.meaning["value"] == "expr":
        return factors(text)
    moved = read_transition(text)
    if moved is not None and moved.change is not None:
        return f"change {moved.change.value:+f}{moved.change.unit}".replace("+5.7倍", "5.7倍")
    parts = ["target"] if read_quantity(text).is_target else []
    if (date := dates_of(text)) != "なし" and "@" in row.expected["more"]:
        parts.append(f"@{date}")
    if (other := read_conversion(text)) is not None:
        parts.append(f"={other.value:f}{other.unit}")
    if "means" in row.meaning["more"] and (growth := in_percent(read_quantity(text))) is not None:
        parts.append(f"means {growth.value:+f}{growth.unit}")
    return " ".join(parts)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.text)
def test_an_expression_of_the_table_means_what_the_survey_says(row: Row) -> None:
    moved = read_transition(row.text)
    assert (moved is not None) == ("->" in row.meaning["value"])
    if moved is None:
        agree(read_quantity(row.text), row.expected, 0)
    else:
        agree(moved.before, row.expected, 0)
        agree(moved.after, row.expected, 1)
    assert more_of(row.text, row) == row.expected["more"]


def test_nearly_all_expressions_of_the_survey_are_read_as_it_says_and_the_rest_says_why() -> None:
    survey = [row for row in rows() if row.of_survey]
    lines = (_TABLE.with_name("dates.tsv")).read_text(encoding="utf-8").split("# Further")[0].splitlines()
    dates = [line.split("\t") for line in lines if line and not line.startswith("#")]
    different = [row for row in survey if row.difference] + [fields for fields in dates if len(fields) > 2]
    assert len(survey) + len(dates) >= 220
    assert len(different) / (len(survey) + len(dates)) <= 0.02
    assert all(row.ours for row in survey if row.difference)
    assert not any(row.ours for row in survey if not row.difference)


def test_the_table_holds_every_expression_once() -> None:
    texts = [row.text for row in rows()]
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


# --- written and read again ------------------------------------------------------------------------------------------

_ALL_UNITS = [
    "円",
    "USD",
    "EUR",
    "GBP",
    "%",
    "ポイント",
    "倍",
    "人",
    "社",
    "時間",
    "分",
    "秒",
    "ms",
    "日",
    "週",
    "ヶ月",
    "年",
    "件",
    "回",
    "国",
    "施設",
    "トン",
    "GB",
    "",
]
_QUALIFIED = [
    "",
    "約",
    "推定",
    "最大",
    "最低",
    "延べ",
    "累計",
    "以上",
    "超",
    "未満",
    "以下",
    "以内",
    "弱",
    "強",
    "前後",
    "程度",
    "最大・約",
    "推定・約",
    "約・以上",
]
_EVERY = [(), ("年",), ("月",), ("週",), ("日",), ("件",), ("人",), ("月", "人"), ("年", "社"), ("週", "人")]


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    unit = draw(st.sampled_from(_ALL_UNITS))
    signed = unit in {"%", "ポイント"}
    whole = st.decimals(-9999 if signed else 0, 99999, places=draw(st.integers(0, 2)))
    numbers = sorted((draw(whole), draw(whole)))
    ranged = draw(st.booleans()) and numbers[0] != numbers[1] and (numbers[0] >= 0 or numbers[1] <= 0)
    value = numbers[0]
    if ranged and numbers[0] < 0 and numbers[1] == 0:
        ranged = False
    return Quantity(
        "",
        value=None if ranged else value,
        low=numbers[0] if ranged else None,
        high=numbers[1] if ranged else None,
        unit=unit,
        qualifier=draw(st.sampled_from(_QUALIFIED)),
        per=draw(st.sampled_from(_EVERY)),
    )


@given(quantities())
def test_an_amount_that_is_written_is_read_as_the_same_amount_and_written_alike(quantity: Quantity) -> None:
    text = write_quantity(quantity)
    again = read_quantity(text)
    assert replace(again, raw="") == quantity
    assert write_quantity(again) == text


@given(st.integers(2, 99_999), st.integers(1, 99_999), st.sampled_from(("", "約", "最大")))
def test_a_fraction_that_is_written_is_read_as_the_same_fraction(denominator: int, numerator: int, word: str) -> None:
    quantity = Quantity("", value=Decimal(numerator) / Decimal(denominator), qualifier=word)
    text = write_quantity(quantity)
    again = read_quantity(text)
    assert replace(again, raw="") == quantity
    assert write_quantity(again) == text


def test_a_third_is_written_as_a_third() -> None:
    assert write_quantity(read_quantity("従来の約3分の1")) == "約3分の1"
    assert write_quantity(read_quantity("2万5000分の1")) == "0.00004"


@pytest.mark.parametrize(
    ("text", "value", "unit", "per"),
    [
        ("40% reduction", -40, "%", ()),
        ("25% time savings", -25, "%", ()),
        ("30% faster", 30, "%", ()),
        ("3x increase", 3, "倍", ()),
        ("30 hours saved per week", 30, "時間", ("週",)),
        ("$2.5M annually", 2_500_000, "USD", ("年",)),
        ("120 hours per employee per year", 120, "時間", ("年", "人")),
        ("95% accuracy", 95, "%", ()),
    ],
)
def test_english_words_say_which_way_an_amount_points(text: str, value: int, unit: str, per: tuple[str, ...]) -> None:
    quantity = read_quantity(text)
    assert (quantity.value, quantity.unit, quantity.per) == (value, unit, per)


@pytest.mark.parametrize(
    ("label", "direction"),
    [("Time savings", "down"), ("Error Rate Reduction", "down"), ("Revenue growth", "up"), ("Efficiency", "")],
)
def test_an_english_label_has_a_direction(label: str, direction: str) -> None:
    assert direction_of(label) == direction


@pytest.mark.parametrize(
    "row",
    [row for row in rows() if row.meaning["value"].lstrip("-")[:1].isdigit() and "->" not in row.meaning["value"]],
    ids=lambda row: row.text,
)
def test_what_was_read_from_a_source_can_be_written_and_read_again(row: Row) -> None:
    quantity = read_quantity(row.text)
    again = read_quantity(write_quantity(quantity))
    assert (again.value, again.low, again.high) == (quantity.value, quantity.low, quantity.high)
    assert (again.unit, again.per) == (quantity.unit, quantity.per)
    assert set(again.qualifier.split("・")) == set(quantity.qualifier.split("・"))


_PARTIAL = st.builds(PartialDate, st.integers(1900, 2150), st.integers(1, 12), st.integers(1, 28)) | st.builds(
    PartialDate, st.integers(1900, 2150), st.none() | st.integers(1, 12)
)


@given(_PARTIAL, _PARTIAL, st.sampled_from(["one", "span", "open", "until"]))
def test_a_period_that_is_written_is_read_as_the_same_period(first: PartialDate, last: PartialDate, kind: str) -> None:
    start, end = sorted((first, last), key=lambda date: (date.year, date.month or 0, date.day or 0))
    period = {
        "one": Period("", start, start),
        "span": Period("", start, end),
        "open": Period("", start, None, open_end=True),
        "until": Period("", None, end),
    }[kind]
    again = read_period(write_period(period))
    assert (again.start, again.end, again.open_end) == (period.start, period.end, period.open_end)
    assert write_period(again) == write_period(period)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "5万",
        "(",
        ")",
        "10-",
        "→",
        "/月",
        "1人/週",
        "数",
        "約",
        "月",
        "年間",
        "×1",
        "1 - ",
        "（5",
        "2024年",
        "+",
        "1.",
        "1/",
        "割",
        "$",
        "分の1",
        "1日",
        "以上",
        "目標",
        "2023年1月-",
        "Q1 ",
        "令和",
        "あ",
    ],
)
def test_a_line_of_fifty_thousand_characters_is_read_at_once(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    started = time.process_time()
    read_quantity(text)
    read_quantities(text)
    read_transition(text)
    read_change(text)
    read_conversion(text)
    read_calculations(text)
    read_period(text)
    read_periods(text)
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize("piece", ["1×", "1 - 2 ", "(1×2)", "5人 × $3/月 ", "約1万円(", "数十億円～"])
def test_reading_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * (count // len(piece))
        started = time.process_time()
        for _ in range(3):
            read_calculations(text)
            read_quantity(text)
            read_quantities(text)
        return time.process_time() - started

    seconds(1000)
    assert seconds(50_000) < 30 * seconds(4_000) + 0.05
