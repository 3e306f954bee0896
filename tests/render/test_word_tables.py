"""Tables in Word: grids that add up, merged cells, rows that stay together, colours that can be read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_briefing import cell, fact, heat_map, long_table, words
from word_documents import W, base, body_xml, opened, part, write

from reportkit.base.errors import RenderError
from reportkit.document.block import Paragraph
from reportkit.document.inline import Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.render.word.colours import contrast, make_palette


def _element(table: Table) -> Any:
    """The `w:tbl` of a table; table 0 is the cover's."""
    return opened(write(table)).tables[1]._tbl


def _grid(table: Table) -> list[list[int]]:
    """The widths of the cells of each row, covered columns counted."""
    return [
        [int(tc.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for tc in row.iter(f"{W}tc")] for row in _element(table).tr_lst
    ]


def _plain(rows: int, columns: int, text: str = "値", header: int = 1) -> Table:
    row = tuple(cell(text) for _ in range(columns))
    return Table(
        "t", tuple(Column(1) for _ in range(columns)), (row,) * header, (row,) * rows, words("表"), words("源")
    )


def test_columns_share_the_width_of_the_text_by_weight() -> None:
    table = Table("t", (Column(1), Column(2), Column(1)), (), (tuple(map(cell, "abc")),))

    assert _grid(table) == [[2268, 4536, 2268]]
    assert base().text_width == 9072


@settings(max_examples=50, deadline=None)
@given(weights=st.lists(st.floats(-1, 1e6, allow_nan=False), min_size=1, max_size=25))
def test_widths_always_add_up_to_the_text_width(weights: list[float]) -> None:
    row = tuple(cell("x") for _ in weights)
    widths = _grid(Table("t", tuple(map(Column, weights)), (), (row,)))[0]

    assert all(width >= 1 for width in widths)
    assert abs(sum(widths) - base().text_width) <= len(weights)


def test_header_rows_are_repeated_and_rows_do_not_break() -> None:
    rows = _element(heat_map()).tr_lst

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, *[False] * 8]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_spanners_and_merged_stubs_fill_the_grid() -> None:
    element = _element(heat_map())
    spans = [[int(tc.grid_span) for tc in row.tc_lst] for row in element.tr_lst]

    assert spans[0] == [1, 8, 1]
    assert all(sum(row) == 10 for row in spans)
    assert element.tr_lst[0].tc_lst[0].vMerge == "restart"
    assert element.tr_lst[1].tc_lst[0].vMerge == "continue"
    assert {sum(row) for row in _grid(heat_map())} == {9072}


def test_python_docx_reads_merged_cells_as_one() -> None:
    table = opened(write(long_table())).tables[1]

    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 0).text == "第1群"
    assert table.cell(15, 0).text == table.cell(15, 2).text == "合計"


def test_a_merged_block_of_rows_and_columns_keeps_its_place() -> None:
    block = TableCell((words("塊"),), span=2, rows=2)
    body = ((block, cell("a")), (cell("b"),), (cell("c"), cell("d"), cell("e")))
    table = opened(write(Table("t", (Column(1),) * 3, (), body))).tables[1]

    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["塊", "塊", "a"],
        ["塊", "塊", "b"],
        ["c", "d", "e"],
    ]


def test_a_stub_that_claims_more_rows_than_there_are_ends_with_the_table() -> None:
    body = ((TableCell((words("群"),), rows=9), cell("a")), (cell("b"),))

    assert len(_element(Table("t", (Column(1), Column(1)), (), body)).tr_lst) == 2


def test_a_header_stub_does_not_reach_into_the_body() -> None:
    header = ((TableCell((words("項目"),), rows=5), cell("値")),)
    table = opened(write(Table("t", (Column(1), Column(1)), header, ((cell("a"), cell("b")),)))).tables[1]

    assert [[c.text for c in row.cells] for row in table.rows] == [["項目", "値"], ["a", "b"]]


def test_a_row_that_is_too_short_is_filled_and_one_that_is_too_long_is_refused() -> None:
    columns = (Column(1), Column(1))

    assert len(_grid(Table("t", columns, (), ((cell("a"),),)))[0]) == 2
    with pytest.raises(RenderError, match=r"表 t.*列数（2）"):
        write(Table("t", columns, (), (tuple(map(cell, "abc")),)))
    with pytest.raises(RenderError, match="列のない表"):
        write(Table("t", (), (), ()))


def test_a_table_without_rows_says_so() -> None:
    table = opened(write(Table("t", (Column(1), Column(1)), ((cell("a"), cell("b")),), ()))).tables[1]

    assert table.rows[1].cells[0].text == "（該当するデータなし）"


def test_a_short_table_stays_on_one_page_with_its_source_and_a_long_one_may_break() -> None:
    def kept(table: Table) -> list[bool]:
        return [
            all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p")) for row in _element(table).tr_lst
        ]

    assert kept(_plain(4, 2)) == [True] * 5
    long = kept(_plain(60, 2))
    assert long[:3] == [True, True, False]
    assert long[-3:] == [False, True, True]
    assert sum(long) == 4
    assert kept(replace(_plain(4, 2), source=()))[-1] is False, "nothing below to stay with"


def test_a_row_higher_than_half_a_page_may_break_so_that_nothing_is_cut_off() -> None:
    rows = _element(
        Table("t", (Column(1), Column(3)), (), ((cell("見出し"), cell("長い文。" * 2500)), (cell("a"), cell("b"))))
    ).tr_lst

    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [False, True]


def test_two_tables_in_a_row_do_not_grow_together() -> None:
    bare = replace(_plain(1, 1), caption=(), source=())

    assert not re.search(r"</w:tbl>\s*<w:tbl>", part(write(bare, bare)))


def test_the_unit_stands_right_above_the_table() -> None:
    xml = body_xml(heat_map())
    before = xml[: xml.index("<w:tbl>")]

    assert before.rindex("単位：億円") > before.rindex("コスト削減効果")
    assert f'<w:pStyle w:val="{base().styles["unit"]}"/>' in before


def test_bullets_in_a_cell_are_a_list() -> None:
    content = TableCell((words("一"), words("二")), bullets=True)
    table = opened(write(Table("t", (Column(1),), (), ((content,),)))).tables[1]

    assert [p.style.name for p in table.cell(0, 0).paragraphs] == ["Table Bullet", "Table Bullet"]
    assert all(p._p.pPr.numPr.numId.val == base().lists["table-bullet"] for p in table.cell(0, 0).paragraphs)


def test_small_tables_and_heat_maps_use_the_small_styles() -> None:
    def style(table: Table) -> str:
        return str(opened(write(table)).tables[1].rows[-1].cells[-1].paragraphs[0].style.name)

    assert style(_plain(1, 1)) == "Table Text"
    assert style(replace(_plain(1, 1), small=True)) == "Table Text Small"
    assert style(heat_map()) == "Table Text Small"


def test_numbers_line_up_right_by_column_or_cell_and_spanners_in_the_middle() -> None:
    table = opened(write(heat_map())).tables[1]

    def align(row: int, column: int) -> str:
        alignment = table.cell(row, column).paragraphs[0].alignment
        return "left" if alignment is None else alignment.name.lower()

    assert (align(0, 1), align(1, 1), align(2, 2), align(2, 0)) == ("center", "right", "right", "left")


@pytest.mark.parametrize("kind", ["data", "heatmap", "profile", "plain"])
def test_every_kind_has_its_table_style(kind: Any) -> None:
    table = opened(write(replace(_plain(3, 2), kind=kind))).tables[1]

    assert table.style.name == f"Briefing {kind.capitalize()}"


def test_the_subject_is_marked_and_totals_are_set_apart() -> None:
    palette = base().palette
    row = (cell("当産業", emphasis="subject"), cell(fact("x", 1), "right", emphasis="subject"))
    total = (cell("合計", emphasis="total"), cell(fact("y", 2), "right", emphasis="total"))
    muted = (cell("参考", emphasis="muted"), cell("–", emphasis="muted"))
    xml = body_xml(Table("t", (Column(1),) * 2, (), (row, total, muted))).split("<w:tr>")[1:]

    assert f'w:fill="{palette.subject}"' in xml[0]
    assert "<w:b/>" in xml[0]
    assert f'w:fill="{palette.total}"' in xml[1]
    assert f'<w:color w:val="{palette.muted}"/>' in xml[2]
    assert "<w:b/>" not in xml[2]


def test_darker_means_more_and_text_can_be_read_on_every_shade() -> None:
    for tone in ("2B7CC4", "1F3864", "B4551F", "FFD966", "000000", "FFFFFF"):
        palette = make_palette({"accent4": tone})
        assert min(contrast(shade.ink, shade.fill) for shade in palette.heat) >= 4.5
        lightness = [contrast(shade.fill, "000000") for shade in palette.heat]
        assert lightness == sorted(lightness, reverse=True)
    shades = make_palette({}).heat
    assert contrast(shades[0].fill, shades[-1].fill) > 2, "the ends can be told apart"


def test_colours_of_words_can_be_read_on_their_backgrounds() -> None:
    palette = base().palette

    assert contrast(palette.subject_ink, palette.subject) >= 4.5
    assert contrast(palette.ink, palette.total) >= 4.5
    assert contrast(palette.muted, palette.stripe) >= 4.5
    assert contrast(palette.navy, palette.stripe) >= 4.5
    assert contrast(palette.accent, "FFFFFF") >= 4.5


@pytest.mark.parametrize(("position", "index"), [(-3, 0), (0, 0), (0.5, 50), (1, 100), (7, 100), (float("nan"), 0)])
def test_positions_outside_the_scale_are_moved_to_its_ends(position: float, index: int) -> None:
    palette = base().palette

    assert palette.shade(position) is palette.heat[index]


def test_the_colours_of_contrast_are_those_of_the_guideline() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_cell_with_several_lines_has_several_paragraphs() -> None:
    content = TableCell(((Text("一行目"),), (Text("二行目"),)))
    table = opened(write(Table("t", (Column(1),), (), ((content,),)), Paragraph(words("後")))).tables[1]

    assert [p.text for p in table.cell(0, 0).paragraphs] == ["一行目", "二行目"]
