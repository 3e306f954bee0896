"""The peers of the speed benchmark really write everything that reportkit's document says: counted in their files."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from benchmarks.content import Content, Drawing, Item, Shape, plain_content, shape_of
from benchmarks.documents import fullest_case, size_of_native
from benchmarks.docx_shape import shape_of_file
from benchmarks.drawing import draw
from benchmarks.node_docx import NodeDocx
from benchmarks.peers import docxtpl, docxtpl_template, pandoc, pandoc_program, python_docx
from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.block import Document, Issue, ItemList, ListItem, Paragraph
from reportkit.document.chart import Chart, Span
from reportkit.document.inline import Link, Strong, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.project.documents import Press, Subject, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

_SEEDS = Path(__file__).parents[2] / "seeds"
_SECTOR = Subject("sector", "医療")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    folder = tmp_path_factory.mktemp("press")
    return Press(read_corpus(_SEEDS), Settings(folder, folder / "out", folder / "templates"), {})


@pytest.fixture(scope="module", params=["case", "sector"])
def asked(press: Press, request: pytest.FixtureRequest) -> tuple[Subject, Content, list[bytes]]:
    """A document, its content, and a small picture for each chart."""
    subject = fullest_case(press) if request.param == "case" else _SECTOR
    content = plain_content(press.compose(subject))
    pictures = draw([Drawing("bar", "架空", ("甲",), ((1.0,),))] * len(content.drawings()))
    return subject, content, pictures


@pytest.mark.parametrize("name", ["docxtpl", "python-docx", "python-docx, each cell", "pandoc"])
def test_a_peer_writes_every_heading_item_cell_link_and_chart(
    name: str, asked: tuple[Subject, Content, list[bytes]], tmp_path: Path
) -> None:
    _, content, pictures = asked
    _writer(name, tmp_path)(content, pictures, tmp_path / "peer.docx")
    assert shape_of_file(tmp_path / "peer.docx") == shape_of(content)


def test_npm_docx_writes_the_same(asked: tuple[Subject, Content, list[bytes]], tmp_path: Path) -> None:
    folders = [Path(place) for place in os.environ.get("NODE_PATH", "").split(os.pathsep) if place]
    try:
        node = NodeDocx(next(iter(folders), tmp_path))
    except FileNotFoundError:
        pytest.skip("npm docx is not installed (NODE_PATH)")
    _, content, pictures = asked
    assert node.seconds(content, pictures, tmp_path / "node.docx") > 0
    node.close()
    assert shape_of_file(tmp_path / "node.docx") == shape_of(content)


def test_our_own_document_holds_what_the_peers_are_given(
    press: Press, asked: tuple[Subject, Content, list[bytes]], tmp_path: Path
) -> None:
    subject, content, _ = asked
    (tmp_path / "own.docx").write_bytes(press.make(subject).data)
    own, given = shape_of_file(tmp_path / "own.docx"), shape_of(content)
    assert (own.headings, own.items, own.links, own.charts) == (
        given.headings, given.items, given.links, given.charts)  # fmt: skip
    assert own.cells >= given.cells > 100
    assert own.paragraphs >= given.paragraphs > 20
    assert own.tables >= given.tables > 10


def test_the_case_that_is_measured_is_the_fullest_of_our_seeds(press: Press) -> None:
    chosen = shape_of(plain_content(press.compose(fullest_case(press))))
    cases = [subject for subject in all_subjects(press.corpus) if subject.kind == "case"]
    assert chosen.charts >= 2
    assert chosen.cells == max(shape_of(plain_content(press.compose(subject))).cells for subject in cases)


def test_native_charts_make_a_case_smaller_than_pictures(press: Press) -> None:
    assert 0.05 < size_of_native(press, fullest_case(press)) < 1


def test_merged_cells_fill_their_grid_once_and_links_keep_their_address() -> None:
    def cell(text: str, span: int = 1, rows: int = 1) -> TableCell:
        return TableCell(((Text(text),),), span=span, rows=rows)

    linked = TableCell(((Strong((Text("架空"), Link((Text("資料"),), "https://www.example.com/a"))),), ()))
    table = Table(
        "t", (Column(1), Column(1), Column(1)), ((cell("甲", rows=2), cell("乙", span=2)), (cell("丙"), cell("丁"))),
        ((cell("戊"), linked, cell("己")),), caption=(Text("表の題"),),
    )  # fmt: skip
    caption, grid = plain_content(_document(table)).items
    assert caption == Item("p", (("表の題", ""),))
    assert grid.rows == (
        ((("甲", ""),), (("乙", ""),), ()),
        ((), (("丙", ""),), (("丁", ""),)),
        ((("戊", ""),), (("架空", ""), ("資料", "https://www.example.com/a")), (("己", ""),)),
    )


def test_nested_items_keep_their_level() -> None:
    items = ItemList((ListItem((Text("上"),), (ListItem((Text("下"),)),)),))
    content = plain_content(_document(items, Paragraph((Text("文"),))))
    assert [(item.kind, item.level) for item in content.items] == [("li", 1), ("li", 2), ("p", 0)]
    assert shape_of(content) == Shape(0, 1, 2, 0, 0, 0, 0)


def test_spans_of_time_become_bars_from_their_first_day() -> None:
    fact = Fact("f", "期間", Quantity("2024年4月"), "2024年4月")
    days = (datetime.date(2024, 4, 1), datetime.date(2024, 4, 11))
    chart = Chart("c", "gantt", (Text("工程"),), "架空の工程", spans=(Span("試行", *days, fact),))
    drawn, caption = plain_content(_document(chart)).items
    first = float(days[0].toordinal())
    assert drawn.drawing == Drawing("gantt", "工程", ("試行",), ((10.0,),), (first,))
    assert caption == Item("p", (("工程", ""),))


def test_every_kind_of_chart_is_drawn() -> None:
    names, rows = ("甲", "乙"), ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))
    drawings = [Drawing(kind, "架空", names, rows) for kind in ("bar", "column", "stacked-bar", "line", "bubble")]
    pictures = draw([*drawings, Drawing("gantt", "架空", names, ((10.0, 20.0),), (738000.0, 738010.0))])
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(set(pictures)) == 6


def _document(*blocks: object) -> Document:
    return Document("case", "架空", "架空の題", "", Issue("2026-04-01", "架空"), blocks)  # type: ignore[arg-type]


def _writer(name: str, folder: Path) -> Callable[[Content, Sequence[bytes], Path], None]:
    match name:
        case "docxtpl":
            return partial(docxtpl, docxtpl_template(folder))
        case "pandoc":
            program = pandoc_program()
            if program is None:
                pytest.skip("pandoc is not installed")
            return partial(pandoc, program)
        case _:
            return partial(python_docx, each="each" in name)
