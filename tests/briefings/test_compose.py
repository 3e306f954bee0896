from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest

from reportkit.base.errors import TemplateError
from reportkit.briefings.compose import compose
from reportkit.briefings.kind import kind_names, read_kind
from reportkit.document.block import Heading, Issue
from reportkit.document.inline import plain_text
from reportkit.sections.environment import CHECK_AFTER
from reportkit.sections.folders import TemplateFolders

ISSUE = Issue("2026-04-01", "調査 2023年9月", 2)
KIND = 'title = "{{ view.name }}の概要"\nsubject = "{{ view.name }}"\nkeywords = ["生成AI", "{{ view.other }}"]\n'


@dataclass(frozen=True)
class NamedView:
    name: str = "架空業"
    other: str = ""


def folder_with(tmp_path: Path, kind: str, **sections: str) -> TemplateFolders:
    (tmp_path / "briefings").mkdir(exist_ok=True)
    (tmp_path / "briefings/test.toml").write_text(kind, encoding="utf-8")
    for name, text in sections.items():
        path = tmp_path / "sections" / "test" / f"{name}.md.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return TemplateFolders((tmp_path,))


def test_sections_stand_in_the_order_of_the_kind_and_the_appendix_is_not_numbered(tmp_path: Path) -> None:
    kind = f'{KIND}sections = ["b", "a"]\nappendix = ["c"]\n'
    folders = folder_with(tmp_path, kind, a="# 甲\n文", b="# 乙\n文", c="# 付録\n文")
    document = compose("test", NamedView(), folders, ISSUE, {})
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [(plain_text(heading.content), heading.numbered) for heading in headings] == [
        ("乙", True),
        ("甲", True),
        ("付録", False),
    ]
    assert (document.kind, document.subject, document.title, document.keywords, document.issue) == (
        "test",
        "架空業",
        "架空業の概要",
        ("生成AI",),
        ISSUE,
    )


def test_the_kind_decides_on_the_front_and_the_depth_of_the_contents(tmp_path: Path) -> None:
    folders = folder_with(tmp_path, f'{KIND}sections = ["a"]\nfront = "masthead"\ncontents = 1\n', a="文")
    document = compose("test", NamedView(), folders, ISSUE, {})
    assert (document.front, document.contents_depth) == ("masthead", 1)


def test_a_section_with_nothing_to_say_is_left_out_with_its_heading(tmp_path: Path) -> None:
    text = "# 空の章\n\n{% if view.other %}\n文\n{% endif %}\n"
    folders = folder_with(tmp_path, f'{KIND}sections = ["a", "b"]\n', a=text, b="# 次\n文")
    blocks = compose("test", NamedView(), folders, ISSUE, {}).blocks
    assert [plain_text(block.content) for block in blocks if isinstance(block, Heading)] == ["次"]


def test_the_errors_of_all_sections_and_of_the_title_are_told_at_once(tmp_path: Path) -> None:
    kind = KIND.replace("view.name }}の概要", "view.nam }}") + 'sections = ["a", "b"]\n'
    folders = folder_with(tmp_path, kind, a="{{ view.x }}", b="文\n\n5件")
    with pytest.raises(TemplateError) as caught:
        compose("test", NamedView(), folders, ISSUE, {})
    places = [problem.place.rpartition("/")[2] for problem in caught.value.problems]
    assert places == ["test.toml", "a.md.j2:1", "b.md.j2:3"]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ('title = "x', "TOML として読めません"),
        ('title = "x"\nsubject = "y"\n', "項目「sections」がありません"),
        (f'{KIND}sections = ["a"]\nsection = []\n', "項目「section」はありません.*「sections」のことですか"),
        (f"{KIND}sections = [1]\n", "「sections」は文字列の一覧"),
        (f'{KIND}sections = ["aa"]\n', "節「aa」のテンプレートがありません.*使える名前：a"),
        (f'{KIND}sections = ["a", "a"]\n', "節「a」が重複"),
        (f'{KIND}sections = ["a"]\nfront = "page"\n', "「front」の値が使えません.*次のいずれか.*cover、masthead"),
        (f'{KIND}sections = ["a"]\ncontents = true\n', "「contents」の値が使えません"),
    ],
)
def test_a_kind_that_is_wrong_says_what_and_how_to_mend_it(tmp_path: Path, kind: str, message: str) -> None:
    folders = folder_with(tmp_path, kind, a="文")
    with pytest.raises(TemplateError, match=message):
        read_kind(folders, "test")


def test_an_unknown_kind_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    folders = folder_with(tmp_path, f'{KIND}sections = ["a"]\n', a="文")
    assert kind_names(folders) == ("test",)
    with pytest.raises(TemplateError, match=r"briefings/tset\.toml.*「briefings/test\.toml」のことですか"):
        compose("tset", NamedView(), folders, ISSUE, {})


def test_an_edited_kind_is_read_again(tmp_path: Path) -> None:
    folders = folder_with(tmp_path, f'{KIND}sections = ["a"]\n', a="文")
    assert compose("test", NamedView(), folders, ISSUE, {}).title == "架空業の概要"
    folder_with(tmp_path, f'{KIND}sections = ["a"]\n'.replace("の概要", "のあらまし"))
    sleep(1.5 * CHECK_AFTER)
    assert compose("test", NamedView(), folders, ISSUE, {}).title == "架空業のあらまし"
