from __future__ import annotations

from pathlib import Path

import pytest
from section_files import FakeView, rendered, write_section

from reportkit.base.errors import TemplateError
from reportkit.base.origin import Origin
from reportkit.document.block import KeyFigures
from reportkit.document.table import Table
from reportkit.sections.render import check_templates, render_line, render_section


def problem(folder: Path, text: str) -> tuple[str, str, str]:
    """Return what, fix and the line number of the only problem of a section."""
    with pytest.raises(TemplateError) as caught:
        rendered(folder, text, exhibits={"known-table": lambda _: Table("t", (), (), ()), "other": lambda _: None})
    (found,) = caught.value.problems
    path, _, line = found.place.rpartition(":")
    assert Path(path) == folder / "sections" / "test" / "page.md.j2"
    return found.what, found.fix, line


@pytest.mark.parametrize(
    ("text", "what", "fix", "line"),
    [
        ("# 見出し\n\n{{ view.nam }}", "「nam」はありません。「name」のことですか", "綴り", "3"),
        ("文\n\n{{ view.share | singed }}", "フィルター「singed」はありません", "「signed」のことですか", "3"),
        ("文\n{% if view.name %}\n開いたまま\n", "Jinja の書き方に誤り", "閉じ忘れ", "3"),
        ("文\n:::chart known-tabel", "図表「known-tabel」はありません", "「known-table」のことですか", "2"),
        ("文\n:::chart known-table", ":::chart では置けません", ":::table known-table", "2"),
        ("文\n\n:::cart x", "「:::cart」はありません", "「chart」のことですか", "3"),
        ("文\n:::table", "図表の名前がありません", ":::table", "2"),
        ("文\n\n:::box 題\n中身\n", "枠（:::）が閉じていません", "「:::」だけの行", "3"),
        ("文\n\n:::\n", "余分な「:::」", "消して", "3"),
        ("文\n全体の12%が", "本文に数字「12」", "ファクト", "2"),
        ("文\n全体の１２％が", "本文に数字「１２」", "ファクト", "2"),
        ("文\n{{ '約3割' }}", "印字する文字列に数字「3」", "ファクト", "2"),
        ("{% set x = '7件' %}\n{{ x }}", "印字する文字列に数字「7」", "ファクト", "1"),
        ("文\n{{ view.share ~ 'ほか' }}", "「~」", "並べて", "2"),
        ("文\n{{ view.share.quantity.value }}", "出所のない数値", "ファクト", "2"),
        ("文\n{{ view.facts | length }}", "出所のない数値", "ファクト", "2"),
        ("文\n{{ view.share.text }}", "「text」はテンプレートからは使えません", "綴り", "2"),
        ("文\n{{ view.nothing }}", "値がありません", "default", "2"),
        ("文\n{{ view.facts }}", "一覧はそのまま", "listing", "2"),
        ("文\n{% for f in view.facts %}\n{% if loop.last %}\n- **甲\n{% endif %}{% endfor %}", "「**」", "対", "4"),
        ("| 表 | 値 |", "Markdown の表", ":::table", "1"),
        ("#### 深い", "見出しは三段階", "###", "1"),
        ("文\n\n---\n", "区切り線", "pagebreak", "3"),
        ("{{ ''.__class__ }}", "「__class__」はテンプレートからは使えません", "綴り", "1"),
        ("文{{ view.facts | as_written }}", "実行に失敗", "引数", "1"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_remedy(tmp_path: Path, text: str, what: str, fix: str, line: str) -> None:
    found = problem(tmp_path, text)
    assert what in found[0]
    assert fix in found[1]
    assert found[2] == line


def test_an_error_shows_the_line_as_it_stands_in_the_template(tmp_path: Path) -> None:
    assert "（該当行「全体の12%が」）" in problem(tmp_path, "文\n  全体の12%が")[0]


def test_all_errors_of_a_template_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        rendered(tmp_path, "3件\n\n:::cart x\n\n{{ view.share ~ '' }}\n")
    assert [found.place.rpartition(":")[2] for found in caught.value.problems] == ["1", "3", "5"]


def test_digits_are_allowed_where_they_are_no_printed_numbers(tmp_path: Path) -> None:
    text = (
        "{# 3つの例 #}\n{% if view.facts | length > 1 %}\n1. [資料](https://example.jp/2024/1)\n"
        "2. {{ view.facts[0] }}\n{% endif %}\n\n:::table table-17\n"
    )
    assert len(rendered(tmp_path, text, exhibits={"table-17": lambda _: Table("t", (), (), ())})) == 2


def test_every_template_of_a_kind_is_checked_without_a_view(tmp_path: Path) -> None:
    write_section(tmp_path, "5件\n", "first")
    templates = write_section(tmp_path, "文\n:::figures unknown\n", "second")
    found = check_templates(templates, {"known": lambda _: KeyFigures(())}, ("test",))
    assert [each.place.rpartition("/")[2] for each in found] == ["first.md.j2:1", "second.md.j2:2"]


def test_a_title_names_the_file_that_it_stands_in(tmp_path: Path) -> None:
    templates = write_section(tmp_path, "")
    with pytest.raises(TemplateError, match=r"kind\.toml.*「nam」はありません"):
        render_line(templates, "{{ view.nam }}", FakeView(), "kind.toml")


def test_a_missing_template_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    templates = write_section(tmp_path, "文")
    with pytest.raises(TemplateError, match=r"「sections/test/pag\.md\.j2」がありません.*sections/test/page\.md\.j2"):
        render_section(templates, "test", "pag", FakeView(), {})


def test_a_template_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    templates = write_section(tmp_path, "")
    (tmp_path / "sections/test/page.md.j2").write_bytes("見出し".encode("cp932"))
    with pytest.raises(TemplateError, match="UTF-8 ではありません"):
        render_section(templates, "test", "page", FakeView(), {})


def test_a_number_as_bare_text_is_refused_every_time(tmp_path: Path) -> None:
    """What a template may read is remembered by type and name: what it may not read must not slip in."""
    templates = write_section(tmp_path, "{{ view.share.label }}\n{{ view.share.text }}\n")
    for _ in range(3):
        with pytest.raises(TemplateError, match="「text」はテンプレートからは使えません"):
            render_section(templates, "test", "page", FakeView(), {})


def test_a_name_that_one_view_has_is_still_missing_in_another(tmp_path: Path) -> None:
    templates = write_section(tmp_path, "{{ view.company }}\n")
    assert len(render_section(templates, "test", "page", FakeView(), {})) == 1
    with pytest.raises(TemplateError, match="「company」はありません"):
        render_section(templates, "test", "page", Origin("架空.md", 1), {})
