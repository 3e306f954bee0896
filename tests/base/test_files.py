"""File names that every system can store, and writes that nobody sees half done."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.base.errors import RenderError
from reportkit.base.files import safe_name, write_atomic


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("金融・保険", "金融・保険"),
        ("../../x", "_.._x"),
        ("CON", "CON_"),
        ("com1.txt", "com1.txt_"),
        ("a/b\\c:d*e?f", "a_b_c_d_e_f"),
        ("末尾の点...", "末尾の点"),
        ("改行\nと\tタブ", "改行 と タブ"),
        ("\u202eevil", "evil"),
        ("か\u3099", "が"),
        ("", "無題"),
        ("...", "無題"),
    ],
)
def test_a_name_is_made_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = safe_name("長" * 300)
    assert name == "長" * 50
    assert len(name.encode()) <= 150


@given(st.text())
def test_every_name_can_be_stored(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name == name.strip(" .")
    assert len(name.encode()) <= 160
    assert safe_name(name) == name or name.endswith("_")


def test_a_write_replaces_the_old_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "深い" / "場所" / "x.docx"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert [child.name for child in path.parent.iterdir()] == ["x.docx"]


def test_a_folder_that_is_a_file_gives_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("I am a file")
    with pytest.raises(RenderError, match="書き込めません") as caught:
        write_atomic(tmp_path / "out" / "x.docx", b"data")
    assert "x.docx" in str(caught.value)


def test_a_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.mkdir()
    (path / "inside").write_text("kept")
    with pytest.raises(RenderError):
        write_atomic(path, b"data")
    assert (path / "inside").read_text() == "kept"
    assert [child.name for child in tmp_path.iterdir()] == ["x.docx"]
