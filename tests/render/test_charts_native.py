"""Native Word charts: what stands in the chart part, the workbook and the shapes over the chart."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from chart_documents import (
    ANSWERS,
    BARS,
    BUBBLES,
    COLUMNS,
    DIFFERENCES,
    EVERY_KIND,
    GAPS,
    LINES,
    SECTORS,
    SHARES,
    TIMELINE,
    A,
    C,
    bubble,
    cells,
    fact,
    facts,
    references_of,
    series,
    sheet,
    span,
    tree,
    zip_dates,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from word_documents import write

from reportkit.base.errors import RenderError
from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.chart import Chart, Reference, Series, ValueAxis
from reportkit.render.word.charts import chart_parts

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")


def labels(root: ET.Element) -> list[str]:
    """The words of all labels that replace a number."""
    return ["".join(run.text or "" for run in one.iter(f"{A}t")) for one in root.iter(f"{C}dLbl")]


def values(root: ET.Element, tag: str) -> list[str]:
    return [one.attrib["val"] for one in root.iter(f"{C}{tag}")]


def assert_cache_is_workbook(chart: Chart) -> None:
    parts = chart_parts(chart, 1)
    page = sheet(parts)
    found = list(references_of(tree(parts)))
    assert found
    for formula, cached in found:
        assert cells(page, formula) == cached, formula


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: chart.id)
def test_cached_numbers_and_words_are_those_of_the_workbook(chart: Chart) -> None:
    assert_cache_is_workbook(chart)


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: chart.id)
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    one, other = chart_parts(chart, 3), chart_parts(chart, 3)
    assert one == other
    assert zip_dates(one.workbook) == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: chart.id)
def test_every_chart_is_japanese_without_title_and_with_east_asian_fonts(chart: Chart) -> None:
    root = tree(chart_parts(chart, 1))

    assert [
        values(root, tag) for tag in ("lang", "date1904", "roundedCorners", "autoTitleDeleted", "dispBlanksAs")
    ] == [
        ["ja-JP"],
        ["0"],
        ["0"],
        ["1"],
        ["gap"],
    ]
    for properties in (*root.iter(f"{A}defRPr"), *root.iter(f"{A}rPr")):
        assert properties.find(f"{A}latin") is not None
        assert properties.find(f"{A}ea") is not None
        assert 800 <= int(properties.attrib["sz"]) <= 1000


def test_all_charts_of_a_document_satisfy_the_validators(tmp_path: Path, validate_docx: Callable[[Path], None]) -> None:
    odd = (
        replace(BARS, id="one", categories=SECTORS[:1], series=(series("一つ", 20),)),
        replace(BUBBLES, id="dots", bubbles=tuple(replace(one, size=None) for one in BUBBLES.bubbles)),
        replace(
            BUBBLES, id="hollow", bubbles=(*BUBBLES.bubbles, bubble("なし", 20, 50, None), bubble("空", None, 3, 4))
        ),
        replace(LINES, id="tall", series=tuple(series(f"系列{n}", n, n + 1) for n in range(7))),
        replace(COLUMNS, id="none", series=(series("欠測", None, None, None, None, None),), references=()),
        replace(BARS, id="range", series=(Series("幅", (*facts(1, 2, 3, 4), fact(5, "約5億円", "円", "約"))),)),
        replace(TIMELINE, id="same", spans=(span("開始", "2024-01-21", "2024-01-21", "2024年1月21日"),) * 2),
    )
    path = tmp_path / "charts.docx"
    path.write_bytes(write(*EVERY_KIND, *odd))

    validate_docx(path)


def test_an_independent_reader_finds_cache_and_workbook_equal(tmp_path: Path) -> None:
    import docxchart

    path = tmp_path / "charts.docx"
    path.write_bytes(write(DIFFERENCES, COLUMNS, LINES))

    document = docxchart.ChartDoc.open(str(path))
    tables = [chart.table for chart in document.chart_list()]
    assert [table.categories for table in tables] == [list(one.categories) for one in (DIFFERENCES, COLUMNS, LINES)]
    assert tables[0].series[0].values == ["12.3", "-8", "0", "4.5"]
    assert tables[2].series[3].name == "中国"
    # It warns that labels and shapes of ours do not follow a change of structure; cache and workbook must agree.
    assert {finding.level for finding in document.validate()} == {"warning"}


def test_the_first_category_of_lying_bars_stands_on_top_and_the_scale_below() -> None:
    root = tree(chart_parts(BARS, 1))
    category_axis, value_axis = next(root.iter(f"{C}catAx")), next(root.iter(f"{C}valAx"))

    assert values(category_axis, "orientation") == ["maxMin"]
    assert values(value_axis, "crosses") == ["max"]


def test_the_subject_is_drawn_in_the_accent_colour() -> None:
    point = next(tree(chart_parts(BARS, 1)).iter(f"{C}dPt"))

    assert values(point, "idx") == ["2"]
    assert [one.attrib["val"] for one in point.iter(f"{A}srgbClr")] == ["B4551F"]


def test_a_gap_is_neither_a_point_nor_a_cell_nor_zero() -> None:
    parts = chart_parts(BARS, 1)

    assert [cell.value for cell in sheet(parts)["B"]] == ["効果", 3711, 9081, 15600, None, 77]
    assert next(v for f, v in references_of(tree(parts)) if f == "Sheet1!$B$2:$B$6") == [3711, 9081, 15600, None, 77]


def test_the_divisor_makes_numbers_small_in_cache_and_workbook_alike() -> None:
    chart = replace(
        BARS,
        categories=SECTORS[:1],
        series=(series("効果", 371_100_000_000),),
        references=(Reference("平均", fact(520_000_000_000, "5,200億円")),),
        values=ValueAxis("億円", divisor=Decimal(100_000_000)),
    )
    parts = chart_parts(chart, 1)

    assert [cell.value for cell in sheet(parts)["B"]] == ["効果", 3711]
    assert [cell.value for cell in sheet(parts)["C"]] == ["平均", 5200]
    assert_cache_is_workbook(chart)


def test_a_range_is_drawn_at_its_middle_and_labelled_as_its_source_says() -> None:
    quantity = Quantity("10〜20%", low=Decimal(10), high=Decimal(20), unit="%")
    chart = replace(DIFFERENCES, series=(Series("幅", (Fact("f", "幅", quantity, "10〜20%"), *facts(1, 2, 3))),))
    parts = chart_parts(chart, 1)

    assert sheet(parts)["B2"].value == 15
    assert labels(tree(parts)) == ["10〜20%"]


def test_an_approximate_number_keeps_its_word() -> None:
    chart = replace(DIFFERENCES, series=(Series("概数", (fact(45, "約45件", "件", "約"), *facts(1, 2, 3))),))

    assert labels(tree(chart_parts(chart, 1))) == ["約45件"]


def test_data_labels_can_be_left_out() -> None:
    for chart in EVERY_KIND:
        root = tree(chart_parts(replace(chart, data_labels=False), 1))
        assert set(values(root, "showVal")) | set(values(root, "showSerName")) == {"0"}


def test_percentages_are_stacked_as_they_are_and_amounts_as_shares() -> None:
    assert values(tree(chart_parts(ANSWERS, 1)), "grouping") == ["stacked"]
    assert values(tree(chart_parts(SHARES, 1)), "grouping") == ["percentStacked"]
    assert values(tree(chart_parts(SHARES, 1)), "max") == ["1"]
    # An answer that misses 100 is not stretched to it.
    short = replace(ANSWERS, series=(series("一部", 20, 30, 40), series("他", 10, 10, 10)))
    root = tree(chart_parts(short, 1))
    assert values(root, "grouping") == ["stacked"]


def test_an_axis_of_percentages_ends_at_100() -> None:
    root = tree(chart_parts(COLUMNS, 1))

    assert (values(root, "min"), values(root, "max"), values(root, "majorUnit")) == (["0"], ["100"], ["25"])


def test_given_axis_ends_are_kept() -> None:
    axis = ValueAxis("%", '0"%"', minimum=Decimal(-10), maximum=Decimal("120.5"))
    root = tree(chart_parts(replace(COLUMNS, values=axis), 1))

    assert (values(root, "min"), values(root, "max")) == (["-10"], ["120.5"])


def test_negative_bars_keep_their_colour_and_their_room() -> None:
    root = tree(chart_parts(DIFFERENCES, 1))

    assert set(values(root, "invertIfNegative")) == {"0"}
    assert float(values(root, "min")[0]) < -8


def test_a_legend_stands_at_the_bottom_only_when_there_is_more_than_one_series() -> None:
    assert values(tree(chart_parts(COLUMNS, 1)), "legendPos") == ["b"]
    assert values(tree(chart_parts(BARS, 1)), "legendPos") == []


def test_lines_carry_their_names_at_the_end_instead_of_a_legend() -> None:
    root = tree(chart_parts(LINES, 1))

    assert values(root, "legendPos") == []
    named = [one for one in root.iter(f"{C}dLbl") if values(one, "showSerName") == ["1"]]
    assert [values(one, "idx") for one in named] == [["1"]] * 4
    assert {one.text for one in root.iter(f"{C}separator")} == {" "}


def test_labels_of_lines_that_end_close_together_are_moved_apart() -> None:
    root = tree(chart_parts(LINES, 1))
    moved = [one for one in root.iter(f"{C}dLbl") if one.find(f"{C}layout") is not None]

    assert len(moved) == 2  # 米国 68.8 and ドイツ 67.9


def test_every_bubble_is_a_series_with_its_name_as_label() -> None:
    root = tree(chart_parts(BUBBLES, 1))

    assert len(list(root.iter(f"{C}ser"))) == len(BUBBLES.bubbles)
    assert set(values(root, "showSerName")) == {"1"}
    assert values(root, "sizeRepresents") == ["area"]


def test_bubbles_without_sizes_become_dots() -> None:
    chart = replace(BUBBLES, bubbles=tuple(replace(one, size=None) for one in BUBBLES.bubbles))
    root = tree(chart_parts(chart, 1))

    assert list(root.iter(f"{C}bubbleChart")) == []
    assert len(list(root.iter(f"{C}marker"))) == len(BUBBLES.bubbles)


def test_a_bubble_without_a_size_is_hollow_and_the_workbook_says_why() -> None:
    chart = replace(BUBBLES, references=(), bubbles=(*BUBBLES.bubbles[:2], bubble("なし", 20, 50, None)))
    parts = chart_parts(chart, 1)
    last = list(tree(parts).iter(f"{C}ser"))[-1]

    assert last.find(f"{C}spPr/{A}noFill") is not None
    assert [cell.value for cell in sheet(parts)[4]] == ["なし", 20, 50, 5200, "大きさの値なし（白抜き）"]


def test_a_bubble_that_lacks_a_coordinate_stays_in_the_workbook_only() -> None:
    chart = replace(BUBBLES, bubbles=(bubble("空", None, 3, 4), *BUBBLES.bubbles))
    parts = chart_parts(chart, 1)

    assert len(list(tree(parts).iter(f"{C}ser"))) == len(BUBBLES.bubbles)
    assert [cell.value for cell in sheet(parts)[2]][:3] == ["空", None, 3]
    assert_cache_is_workbook(chart)


def test_a_reference_line_is_a_shape_at_its_value_with_the_words_of_its_fact() -> None:
    parts = chart_parts(BARS, 1)
    shapes = ET.fromstring(parts.shapes)
    texts = [one.text for one in shapes.iter(f"{A}t")]
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/chartDrawing}"
    anchors = [[float(one.text or "") for one in anchor.iter(f"{drawing}x")] for anchor in shapes]
    layout = next(tree(parts).iter(f"{C}manualLayout"))
    left, width = (float(values(layout, tag)[0]) for tag in ("x", "w"))
    highest = float(values(tree(parts), "max")[0])

    assert texts == ["全産業平均 5,200億円"]
    assert anchors[0] == pytest.approx([left + width * 5200 / highest] * 2, abs=1e-4)
    assert b'<c:userShapes r:id="rId2"/>' in parts.chart_xml


def test_a_chart_without_reference_lines_has_no_shapes() -> None:
    parts = chart_parts(LINES, 1)

    assert parts.shapes == b""
    assert b"userShapes" not in parts.chart_xml


def test_a_label_that_a_reference_line_would_cross_moves_into_its_bar() -> None:
    chart = replace(BARS, series=(series("効果", 3711, 9081, 15600, None, 77),))
    root = tree(chart_parts(chart, 1))

    inside = [values(one, "idx") for one in root.iter(f"{C}dLbl") if values(one, "dLblPos") == ["inEnd"]]
    assert inside == [["0"]]


def test_captions_of_close_reference_lines_stand_above_each_other() -> None:
    references = tuple(Reference(f"平均{n}", fact(5000 + n, f"{5000 + n}億円")) for n in range(3))
    one, three = chart_parts(BARS, 1), chart_parts(replace(BARS, references=references), 1)

    assert three.height_emu > one.height_emu
    anchors = ET.fromstring(three.shapes)
    tops = [float(next(iter(anchor)).findtext("{*}y") or "") for anchor in list(anchors)[2::3]]
    assert len(set(tops)) == 3


def test_a_time_axis_starts_with_a_calendar_step_and_every_tick_shows_its_own_month() -> None:
    root = tree(chart_parts(TIMELINE, 1))
    low, high, step = (float(values(root, tag)[0]) for tag in ("min", "max", "majorUnit"))

    assert low == 44927  # 2023-01-01
    ticks = [low + step * n for n in range(round((high - low) / step) + 1)]
    from reportkit.render.plot.scale import serial_date

    months = [serial_date(int(tick)) for tick in ticks]
    assert [(day.month - 1) % 2 for day in months] == [0] * len(months)
    assert all(day.day <= 4 for day in months)


def test_a_gantt_row_starts_at_its_day_and_counts_both_ends() -> None:
    page = sheet(chart_parts(TIMELINE, 1))

    assert page["B2"].value.date().isoformat() == "2023-02-01"
    assert [page["C2"].value, page["C3"].value] == [89, 1]
    assert [page["E2"].value.date().isoformat(), page["E4"].value] == ["2023-04-30", None]
    assert page["F4"].value == "2023年8月〜（継続展開）"


def test_gantt_words_are_those_of_the_facts_beside_their_bars() -> None:
    assert sorted(labels(tree(chart_parts(TIMELINE, 1)))) == sorted(one.fact.text for one in TIMELINE.spans)


@pytest.mark.parametrize(
    "spans",
    [
        (span("一日", "2024-01-21", "2024-01-21", "1月21日"),),
        (span("同じ", "2024-01-21", "2024-01-21", "1月21日"),) * 3,
        (span("開いた終わり", "2023-08-01", None, "2023年8月〜"),),
        (span("古い", "1955-04-01", "2030-03-31", "1955年度から"), span("新しい", "2029-01-01", None, "2029年〜")),
        (span("最初の日", "1900-03-01", "1900-03-02", "1900年3月"),),
    ],
)
def test_unusual_spans_are_drawn_inside_the_axis(spans: tuple[Any, ...]) -> None:
    parts = chart_parts(replace(TIMELINE, spans=spans), 1)
    root, page = tree(parts), sheet(parts)
    low, high = float(values(root, "min")[0]), float(values(root, "max")[0])

    for row, one in enumerate(spans, 2):
        start = float(cells(page, f"Sheet1!$B${row}")[0] or 0)
        assert low <= start < start + page[f"C{row}"].value <= high
        if one.end is None:
            assert start + page[f"C{row}"].value == pytest.approx(high)
    assert_cache_is_workbook(replace(TIMELINE, spans=spans))


def test_long_labels_are_shortened_on_the_axis_and_complete_in_the_workbook() -> None:
    long = "生成AIを活用した顧客対応と社内問い合わせの自動化ならびに要約業務の高度化推進"
    assert len(long) > 36
    chart = replace(BARS, categories=(long, *SECTORS[1:]))
    page = sheet(chart_parts(chart, 1))

    assert page["A2"].value.endswith("…")
    assert long.startswith(page["A2"].value[:-1])
    full = next(column for column in page.iter_cols(values_only=True) if column[0] == "項目（全文）")
    assert full[1] == long
    assert_cache_is_workbook(chart)


def test_markup_and_control_characters_in_words_stay_words() -> None:
    hostile = 'A&B <c:f> "引用" \x00\x07\ud800\u202e終'
    chart = replace(
        BARS,
        categories=(hostile, *SECTORS[1:]),
        series=(series(hostile, 1, 2, 3, 4, 5),),
        values=ValueAxis(hostile, '"<&>"0'),
        references=(Reference(hostile, fact(3, hostile)),),
    )
    parts = chart_parts(chart, 1)
    ET.fromstring(parts.shapes)
    page = sheet(parts)

    assert page["A2"].value == 'A&B <c:f> "引用" 終'
    assert page["B1"].value == 'A&B <c:f> "引用" 終'
    assert_cache_is_workbook(chart)


def test_words_that_look_like_formulas_stay_words() -> None:
    chart = replace(BARS, categories=("=1+1", "@SUM(A1)", "+cmd", "-2", "%0A"))
    page = sheet(chart_parts(chart, 1))

    assert [(cell.value, cell.data_type) for cell in page["A"][1:]] == [(one, "s") for one in chart.categories]


def test_workbook_numbers_have_the_chart_s_number_format_and_headers_are_bold() -> None:
    page = sheet(chart_parts(COLUMNS, 1))

    assert {cell.number_format for cell in (*page["B"][1:], *page["C"][1:])} == {'0"%"'}
    assert all(cell.font.b for cell in page[1] if cell.value)
    assert page["A2"].font.name == "Yu Gothic"


def test_seventeen_bars_are_taller_than_three_and_one_is_not_a_wall() -> None:
    def height(count: int) -> int:
        names = tuple(f"業種{number}" for number in range(count))
        return chart_parts(replace(BARS, categories=names, series=(series("値", *range(count)),)), 1).height_emu

    assert height(1) < height(3) < height(17)
    assert height(17) < 22 * 360_000  # fits on a page
    gap = tree(chart_parts(replace(COLUMNS, categories=("一つ",), series=(series("値", 5),), references=()), 1))
    assert int(values(gap, "gapWidth")[0]) == 500


def test_a_chart_is_as_wide_as_asked_for_and_as_tall_as_its_ratio() -> None:
    parts = chart_parts(replace(COLUMNS, height=0.6), 1, 15.0)

    assert parts.width_emu == pytest.approx(15 * 360_000, abs=1)
    assert parts.height_emu == pytest.approx(9 * 360_000, abs=10_000)


@pytest.mark.parametrize("chart", [BARS, COLUMNS, ANSWERS, LINES], ids=lambda chart: chart.id)
def test_a_chart_with_gaps_only_is_drawn_empty(chart: Chart) -> None:
    count = len(chart.categories)
    empty = replace(chart, series=(Series("なし", (None,) * count), Series("不明", (fact(None, "-"),) * count)))
    parts = chart_parts(empty, 1)

    low, high = float(values(tree(parts), "min")[0]), float(values(tree(parts), "max")[0])
    assert low < high
    assert_cache_is_workbook(empty)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (replace(BARS, series=()), "系列がありません"),
        (replace(BARS, categories=(), series=()), "項目がありません"),
        (replace(BARS, series=(series("短い", 1, 2),)), "値が 2 個、項目が 5 個"),
        (replace(LINES, series=()), "系列がありません"),
        (replace(BUBBLES, bubbles=()), "バブルがありません"),
        (replace(BUBBLES, bubbles=(bubble("空", None, 1, 1),)), "バブルがありません"),
        (replace(TIMELINE, spans=()), "期間がありません"),
        (replace(TIMELINE, spans=(span("逆", "2024-02-01", "2024-01-01", "逆"),)), "より前です"),
        (replace(TIMELINE, spans=(span("明治", "1890-01-01", None, "明治"),)), "描けません"),
        (replace(BARS, series=(series("無限", 1, 2, 3, 4, "Infinity"),)), "描けません"),
        (replace(BARS, series=(series("巨大", 1, 2, 3, 4, "1e400"),)), "描けません"),
        (replace(BARS, references=(Reference("横", fact(1), "x"),)), "横軸に引けません"),
        (replace(SHARES, references=(Reference("平均", fact(1)),)), "基準線は引けません"),
    ],
)
def test_what_cannot_be_drawn_is_an_error_that_names_the_chart(chart: Chart, words: str) -> None:
    with pytest.raises(RenderError, match=words) as error:
        chart_parts(chart, 1)
    assert chart.id in str(error.value)


@pytest.mark.parametrize("numbers", [("1e300", "-1e300"), ("1e-300", "0"), ("9007199254740993", "1"), ("0", "0")])
def test_huge_tiny_and_zero_numbers_keep_the_axis_in_order(numbers: tuple[str, str]) -> None:
    chart = replace(DIFFERENCES, categories=SECTORS[:2], series=(series("値", *numbers),))
    root = tree(chart_parts(chart, 1))

    low, high, step = (float(values(root, tag)[0]) for tag in ("min", "max", "majorUnit"))
    assert low < high
    assert 0 < step <= high - low
    assert_cache_is_workbook(chart)


def test_axis_ids_of_two_charts_differ_and_are_positive() -> None:
    found = [int(one) for index in (1, 2) for one in values(tree(chart_parts(BARS, index)), "axId")]

    assert all(0 < one < 2**31 for one in found)
    assert len(set(found)) == 4


def test_gaps_break_a_line_and_a_crossed_label_goes_below() -> None:
    chart = replace(GAPS, references=(Reference("目標", fact(215, "215億円")),))
    root = tree(chart_parts(chart, 1))
    sides = {values(one, "idx")[0]: values(one, "dLblPos")[0] for one in root.iter(f"{C}dLbl")}

    assert sides["4"] == "b"
    assert "2" not in sides
    assert sides["0"] == "t"


words = st.text(max_size=50)
amounts = st.one_of(
    st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=3),
    st.decimals(min_value=Decimal("-1e200"), max_value=Decimal("1e200"), allow_nan=False),
)


@st.composite
def random_facts(draw: st.DrawFn) -> Fact | None:
    if draw(st.booleans()) and draw(st.booleans()):
        return None
    value = draw(st.none() | amounts)
    low, high = draw(amounts), draw(amounts)
    quantity = Quantity("x", value=value, low=low, high=high, qualifier=draw(st.sampled_from(["", "約"])))
    return Fact(draw(words), draw(words), quantity, draw(words))


@st.composite
def random_charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(["bar", "column", "stacked-bar", "line"]))
    count = draw(st.integers(1, 6))
    number_format = draw(st.sampled_from(["#,##0", '0"%"', "0.0%", "+0.0;-0.0;0"]))
    return Chart(
        draw(words),
        kind,  # type: ignore[arg-type]
        (),
        "",
        tuple(draw(words) for _ in range(count)),
        tuple(
            Series(
                draw(words),
                tuple(draw(random_facts()) for _ in range(count)),
                highlight=tuple(draw(st.lists(st.integers(0, 9), max_size=2))),
            )
            for _ in range(draw(st.integers(1, 4)))
        ),
        values=ValueAxis(draw(words), number_format, divisor=draw(st.sampled_from([Decimal(1), Decimal(10) ** 8]))),
        data_labels=draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None)
@given(random_charts())
def test_any_chart_is_well_formed_and_its_cache_is_its_workbook(chart: Chart) -> None:
    assert_cache_is_workbook(chart)


def test_the_workbook_opens_without_warnings_in_openpyxl_and_holds_one_sheet() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(chart_parts(BARS, 1).workbook))

    assert book.sheetnames == ["Sheet1"]
    assert book.active["A2"].value == SECTORS[0]


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_draws_every_kind_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "charts.docx"
    path.write_bytes(write(*EVERY_KIND))
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True)
    done = subprocess.run(["pdftotext", "-layout", str(tmp_path / "charts.pdf"), "-"], check=True, capture_output=True)
    text = "".join(done.stdout.decode().split())

    for drawn in (
        "全産業平均5,200億円",
        "15,600",
        "+12.3",
        "55%",
        "中国81.2%",
        "411",
        "営業・マーケティング",
        "2023年2月-4月",
    ):
        assert drawn in text, drawn
