"""What fuzzing found, each as the smallest input that shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportkit.base.amounts import read_quantity
from reportkit.base.dates import read_period
from reportkit.base.written import write_period, write_quantity
from reportkit.checks.cases.wording import amount, rounded, times
from reportkit.sources.cases import read_case
from reportkit.sources.cases.coverage import cover
from reportkit.sources.outline import clean_text
from reportkit.sources.taxonomy import built_in_taxonomy


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("12疾病以上", 12, "疾病", "以上"),
        ("8品種超", 8, "品種", "超"),
        ("5万店以上", 50_000, "店", "以上"),
        ("10勉強会", 10, "勉強会", ""),
    ],
)
def test_a_unit_of_its_own_does_not_swallow_the_qualifier_behind_it(
    text: str, value: int, unit: str, qualifier: str
) -> None:
    quantity = read_quantity(text)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (value, unit, qualifier)


def test_a_unit_of_its_own_does_not_swallow_the_word_of_change() -> None:
    quantity = read_quantity("12疾病増加")
    assert (quantity.value, quantity.unit, quantity.sign_word) == (12, "疾病", "増加")


@pytest.mark.parametrize("text", ["10月〜", "9月～", "1月-2024年9月", "2021年-1月〜", "4月–6月"])
def test_a_month_at_the_end_of_an_open_span_is_no_amount(text: str) -> None:
    assert not read_quantity(text).is_known


@pytest.mark.parametrize("text", ["1891兆", "約2,024兆円", "99,974兆", "999,999兆円"])
def test_a_large_amount_is_read_again_from_its_written_form(text: str) -> None:
    quantity = read_quantity(text)
    assert quantity.value is not None
    assert read_quantity(write_quantity(quantity)).value == quantity.value


def test_a_score_that_runs_backwards_is_none() -> None:
    assert not read_quantity("6-1/6").is_known
    assert (read_quantity("4-5/5").low, read_quantity("4-5/5").high) == (4, 5)


def test_a_shared_magnitude_makes_no_number_that_no_source_means() -> None:
    quantity = read_quantity("9999999999999999～20億円")
    assert quantity.high is not None
    assert quantity.high < 10**18


def test_findings_about_absurd_figures_can_be_worded() -> None:
    absurd = Decimal(10) ** 40 / 3
    assert rounded(absurd) > 10**39
    assert times(absurd).endswith("倍")
    assert amount(absurd, "円").endswith("兆円")
    assert times(1 / absurd).startswith("約1/")


@pytest.mark.parametrize("text", ["9" * 19, "9,999,999兆円", f"0.{'0' * 18}1", "9" * 400 + "兆円"])
def test_a_number_with_more_digits_than_any_source_means_is_none(text: str) -> None:
    assert not read_quantity(text).is_known


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2022年度末", "2022年度末"),
        ("2023年度", "2023年度"),
        ("2023年度〜2025年度", "2023年度〜2025年度"),
        ("2024年度〜", "2024年度〜"),
        ("2025年度後半", "2025年10月〜2026年3月"),
    ],
)
def test_a_fiscal_year_is_written_as_one_and_read_again(text: str, written: str) -> None:
    period = read_period(text)
    assert write_period(period) == written
    again = read_period(written)
    assert (again.start, again.end, again.open_end) == (period.start, period.end, period.open_end)


def test_an_id_of_blanks_is_none() -> None:
    text = '---\ncase_id: "　"\ncompany_name: 架空社\n---\n# 架空社\n\n## 基本情報\n- x\n'
    assert read_case(text, "a.md", built_in_taxonomy()).cases[0].id == "架空社"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.com/a)))", "https://example.com/a"),
        ("https://example.com/a(b))", "https://example.com/a(b)"),
        ("https://example.com/a)b", "https://example.com/a)b"),
    ],
)
def test_closing_brackets_that_belong_to_the_sentence_are_no_part_of_an_address(text: str, url: str) -> None:
    assert clean_text(text)[1] == (("", url),)


def test_a_list_number_without_text_is_no_lost_text() -> None:
    text = "# 架空社 生成AI導入事例\n\n## 基本情報\n- **企業名**: 架空\n\n## 成果\n1. \n  2)\n- 時間を5%削減\n"
    assert cover(text, read_case(text, "a.md", built_in_taxonomy()).cases).nowhere == 0


def test_a_fraction_that_never_ends_is_still_a_number() -> None:
    assert read_quantity("3分の1").value == Decimal(1) / Decimal(3)
