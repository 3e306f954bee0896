"""What both drawings of a chart share: number formats, axis ends, labels, colours."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from chart_documents import ANSWERS, BUBBLES, SECTORS, bubble, series
from hypothesis import given
from hypothesis import strategies as st

from reportkit.document.chart import Chart
from reportkit.render.plot.bars import bar_plot
from reportkit.render.plot.bubbles import bubble_plot
from reportkit.render.plot.frame import spread
from reportkit.render.plot.numbers import format_number, number_text, printed_unit, without_decimals
from reportkit.render.plot.palette import COLOURS, luminance, series_colours, text_on
from reportkit.render.plot.scale import date_scale, date_text, round_scale, serial_date, tick_format
from reportkit.render.plot.words import LABEL_SIZE, shortened, text_width, wrapped


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (1234.5, "#,##0", "1,235"),
        (0.5, "0", "1"),
        (-0.4, "0", "0"),
        (57, '0"%"', "57%"),
        (0.125, "0.0%", "12.5%"),
        (12.3, "+0.0;-0.0;0.0", "+12.3"),
        (-8, "+0.0;-0.0;0.0", "-8.0"),
        (0, "+0.0;-0.0;±0", "±0"),
        (-3, '+0;"−"0;0', "−3"),
        (1234567, '#,##0,"千"', "1,235千"),
        (3711, '#,##0"億円"', "3,711億円"),
        (1.5, "0.0#", "1.5"),
        (1.25, "0.0#", "1.25"),
        (1e21, "#,##0", "1,000,000,000,000,000,000,000"),
        (2.50, "General", "2.5"),
        (5, '"第"0"位 (5;6)"', "第5位 (5;6)"),
        (7, r"0\%", "7%"),
    ],
)
def test_numbers_are_printed_as_excel_prints_them(value: float, code: str, printed: str) -> None:
    assert format_number(value, code) == printed


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_in_a_cache_reads_back_as_the_same_number(value: float) -> None:
    assert float(number_text(value)) == value


def test_ticks_lose_decimals_only_when_all_of_them_are_whole() -> None:
    assert tick_format(round_scale(0, 60), '0.0"%"') == '0"%"'
    assert tick_format(round_scale(0, 1.2), '0.0"%"') == '0.0"%"'
    assert tick_format(round_scale(0, 0.6), "0.0%") == "0%"
    assert without_decimals('0.0"v1.0"') == '0"v1.0"'


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        (0, 15600, (0, 20000, 5000)),
        (-8, 40, (-10, 40, 10)),
        (0, 0, (0, 1, 0.2)),
        (0, 0.07, (0, 0.075, 0.025)),
        (0, 9551 * 1.15, (0, 12500, 2500)),
        (-12, 0, (-12.5, 0, 2.5)),
    ],
)
def test_axis_ends_are_round(low: float, high: float, ends: tuple[float, float, float]) -> None:
    scale = round_scale(low, high)
    assert (scale.minimum, scale.maximum, scale.step) == ends


@pytest.mark.parametrize(
    ("high", "code"), [(3, "0"), (12, "#,##0"), (0.4, '0"件"'), (0.03, "0.0%"), (7, "0%"), (9, "0.0"), (4000, '0,"千"')]
)
def test_no_two_ticks_print_the_same_and_none_is_rounded(high: float, code: str) -> None:
    scale = round_scale(0, high, unit=printed_unit(code))
    ticks = [scale.step * number for number in range(round(scale.span / scale.step) + 1)]

    assert len(ticks) >= 2
    assert len({format_number(tick, code) for tick in ticks}) == len(ticks)
    steps = {round(tick / printed_unit(code), 6) % 1 for tick in ticks}
    assert steps == {0}


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300), st.none() | st.decimals(-1000, 1000))
def test_every_number_lies_between_the_axis_ends(one: float, other: float, minimum: Decimal | None) -> None:
    low, high = min(one, other), max(one, other)
    scale = round_scale(low, high, minimum=minimum)
    assert scale.minimum < scale.maximum
    assert scale.step > 0
    slack = scale.span * 1e-6
    assert minimum is not None or scale.minimum - slack <= low
    assert high <= scale.maximum + slack or (minimum is not None and float(minimum) >= high)


@given(st.dates(datetime.date(1900, 3, 1), datetime.date(2300, 1, 1)), st.integers(0, 40000), st.booleans())
def test_time_axes_hold_both_days_and_their_equal_steps_stay_in_their_month(
    first: datetime.date, days: int, is_open: bool
) -> None:
    last = first + datetime.timedelta(days=days)
    axis = date_scale(first, last, open_end=is_open, months=7, years=9)

    assert serial_date(int(axis.scale.minimum)) <= first
    assert axis.ticks[-1] > (last - datetime.date(1899, 12, 30)).days
    assert len(axis.ticks) <= 11
    for number, tick in enumerate(axis.ticks):
        drawn = serial_date(int(axis.scale.minimum + number * axis.scale.step + 1e-6))
        assert date_text((drawn - datetime.date(1899, 12, 30)).days, axis.number_format) == date_text(
            tick, axis.number_format
        )


def test_a_week_is_counted_in_days_a_year_in_months_a_decade_in_years() -> None:
    day = datetime.date(2024, 1, 21)

    def first_tick(days: int) -> str:
        axis = date_scale(day, day + datetime.timedelta(days=days), open_end=False, months=7, years=9)
        return date_text(axis.ticks[0], axis.number_format)

    assert [first_tick(3), first_tick(300), first_tick(3000)] == ["1月21日", "2024/1", "2024年"]


def test_short_labels_stay_whole_and_long_ones_are_cut_with_an_ellipsis() -> None:
    assert shortened(" 医療\n介護 ") == "医療 介護"
    assert shortened("あ" * 36) == "あ" * 36
    assert shortened("あ" * 37) == "あ" * 35 + "…"


def test_lines_break_after_a_separator_and_never_before_closing_marks() -> None:
    assert wrapped("医療", 100) == ("医療",)
    assert wrapped("製薬・素材・化学工業", 60) == ("製薬・素材・", "化学工業")
    assert wrapped("ソフトウェア開発ツール", 62) == ("ソフトウェア", "開発ツール")
    assert all(not line.startswith(("ー", "）", "ッ")) for line in wrapped("サーバー（クラウド）ネットワーク", 40))


@given(st.text("あ製ー・（）ab1ッ", max_size=40), st.floats(12, 200))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= 1 or text_width(line) <= max(width, LABEL_SIZE) for line in lines)


def test_labels_that_would_overlap_are_spread_around_their_middle() -> None:
    assert spread([10.0, 50.0], [10, 10]) == [10.0, 50.0]
    assert spread([10.0, 12.0], [10, 10]) == [6.0, 16.0]
    assert spread([10.0, 11.0, 12.0, 100.0], [10, 10, 10, 10]) == [1.0, 11.0, 21.0, 100.0]


def test_colours_differ_in_grey_print_and_white_words_stand_on_dark_ones_only() -> None:
    shades = sorted(luminance(colour) for colour in COLOURS.values())

    assert all(darker + 35 < lighter for darker, lighter in itertools.pairwise(shades))
    assert text_on(COLOURS["main"]) == "FFFFFF"
    assert text_on(COLOURS["muted"]) == "333333"


def test_series_of_one_tone_get_different_tints() -> None:
    chart = Chart("c", "bar", (), "", SECTORS[:1], tuple(series(f"s{n}", n) for n in range(8)))
    colours = series_colours(chart)

    assert colours[0] == COLOURS["main"]
    assert len(set(colours)) == 8


def test_labels_of_bubbles_do_not_cover_each_other_where_there_is_room() -> None:
    plot = bubble_plot(BUBBLES, 450.0)
    frame = plot.frame
    boxes = []
    for one in plot.bubbles:
        x = frame.left + plot.x_scale.share(one.x) * frame.plot_width
        y = frame.top + (1 - plot.y_scale.share(one.y)) * frame.plot_height
        width = text_width(one.label)
        left = {"r": x + one.radius, "l": x - one.radius - width}.get(one.side, x - width / 2)
        middle = {"t": y - one.radius - 6, "b": y + one.radius + 6}.get(one.side, y)
        boxes.append((left, middle - 5, left + width, middle + 5))
        assert left >= 0
        assert left + width <= frame.width
        assert frame.top <= y - one.radius <= y + one.radius <= frame.height - frame.bottom

    for one, other in itertools.combinations(boxes, 2):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def test_a_bubble_at_zero_stands_inside_and_no_negative_share_is_printed() -> None:
    zero = replace(BUBBLES, bubbles=(bubble("零", 10, 0, 100), bubble("他", 30, 60, 50)), references=())
    plot = bubble_plot(zero, 450.0)

    assert plot.y_scale.minimum < 0
    assert format_number(plot.y_scale.minimum, plot.y_format) == ""
    assert format_number(20, plot.y_format) == "20%"


def test_numbers_wider_than_their_part_of_a_stacked_bar_are_left_out() -> None:
    narrow = replace(ANSWERS, categories=("医療",), series=(series("多い", 60), series("少ない", 2), series("他", 39)))

    assert bar_plot(narrow, 450.0).hidden == {(1, 0)}


def test_the_smallest_number_there_is_has_an_axis() -> None:
    scale = round_scale(0, 5e-324)
    assert scale.maximum > 0
