from __future__ import annotations

import os
from pathlib import Path
from time import sleep

import pytest
from section_files import ORIGIN, FakeView, outline, rendered, write_section

from reportkit.base.origin import Quote
from reportkit.corpus.case import Link as SourceLink
from reportkit.document.block import Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import Link, Quoted
from reportkit.document.table import Table
from reportkit.exhibits.registry import EXHIBITS
from reportkit.sections.environment import CHECK_AFTER
from reportkit.sections.folders import TemplateFolders
from reportkit.sections.render import check_templates, render_section
from reportkit.views.case.passages import Passage

BUILT_IN = TemplateFolders((Path(__file__).parents[2] / "templates",))


def test_the_built_in_templates_have_no_problem() -> None:
    assert check_templates(BUILT_IN, EXHIBITS, ("sector", "case", "overview")) == ()


def test_the_first_folder_replaces_single_files_and_leaves_the_others(tmp_path: Path) -> None:
    write_section(tmp_path / "built-in", "組み込み", "page")
    write_section(tmp_path / "built-in", "もう一つ", "other")
    write_section(tmp_path / "own", "自分の", "page")
    folders = TemplateFolders((tmp_path / "nowhere", tmp_path / "own", tmp_path / "built-in"))
    assert folders.section_names("test") == ("other", "page")
    assert outline(render_section(folders, "test", "page", FakeView(), {})) == ["body: 自分の"]
    assert outline(render_section(folders, "test", "other", FakeView(), {})) == ["body: もう一つ"]


def test_an_edited_or_newly_overridden_template_is_read_again(tmp_path: Path) -> None:
    write_section(tmp_path / "built-in", "前")
    folders = TemplateFolders((tmp_path / "own", tmp_path / "built-in"))
    assert outline(render_section(folders, "test", "page", FakeView(), {})) == ["body: 前"]
    write_section(tmp_path / "built-in", "後")
    os.utime(tmp_path / "built-in/sections/test/page.md.j2", ns=(1, 1))
    sleep(1.5 * CHECK_AFTER)
    assert outline(render_section(folders, "test", "page", FakeView(), {})) == ["body: 後"]
    write_section(tmp_path / "own", "自分の")
    sleep(1.5 * CHECK_AFTER)
    assert outline(render_section(folders, "test", "page", FakeView(), {})) == ["body: 自分の"]


def test_the_same_relative_folder_elsewhere_is_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = TemplateFolders((Path("templates"),))
    for place in ("one", "two"):
        write_section(tmp_path / place / "templates", place)
        monkeypatch.chdir(tmp_path / place)
        assert outline(render_section(folders, "test", "page", FakeView(), {})) == [f"body: {place}"]


@pytest.mark.parametrize("name", ["../secret", "a/../../b", "", "/etc/passwd", "a//b"])
def test_a_template_name_cannot_leave_the_folders(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("x")
    assert TemplateFolders((tmp_path / "templates", tmp_path)).find(name) is None


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("view.facts | listing", "57%、6ポイント"),
        ("view.facts | listing('・', last='と')", "57%と6ポイント"),
        ("view.company | quote", "「架空商事」"),
        ("view.gap | signed", "+6ポイント"),
        ("view.gap | marked", "6ポイント（補完）"),
        ("view.share | marked", "57%"),
        ("view.facts | first(1) | listing", "57%"),
        ("view.facts | first", "57%"),
        ("view.company.origin | place", "架空.md:7"),
    ],
)
def test_filters_print_what_their_names_say(tmp_path: Path, expression: str, printed: str) -> None:
    assert outline(rendered(tmp_path, f"{{{{ {expression} }}}}")) == [f"body: {printed}"]


def test_source_text_keeps_its_headings_lists_links_and_tables(tmp_path: Path) -> None:
    two = (Quote("甲", ORIGIN), Quote("乙", ORIGIN))
    words = (
        Passage("heading", Quote("小見出し", ORIGIN), 1),
        Passage("item", Quote("外側", ORIGIN), 1),
        Passage("item", Quote("内側 **x**", ORIGIN), 2),
        Passage("text", Quote("詳しくは公式サイトを", ORIGIN), 0, (SourceLink("公式サイト", "https://a.jp", ORIGIN),)),
        Passage("table", Quote("", ORIGIN), header=two, rows=((Quote("1", ORIGIN),),)),
    )  # fmt: skip
    blocks = rendered(tmp_path, "{{ view.words | as_written }}", FakeView(words=words))  # type: ignore[arg-type]
    heading, items, text, table = blocks
    assert heading == Heading(3, (Quoted("小見出し", ORIGIN),), numbered=False)
    inner = ListItem((Quoted("内側 **x**", ORIGIN),))
    assert items == ItemList((ListItem((Quoted("外側", ORIGIN),), (inner,)),))
    assert isinstance(text, Paragraph)
    assert text.content[1] == Link((Quoted("公式サイト", ORIGIN),), "https://a.jp")
    assert isinstance(table, Table)
    assert [len(row) for row in (*table.header, *table.body)] == [2, 2]
