"""File names of documents: safe everywhere, never the same twice."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reportkit.project.file_names import document_paths


def names(*subjects: str) -> list[str]:
    return [path.name for path in document_paths(Path("out"), "case", subjects).values()]


def test_a_document_is_named_after_its_subject() -> None:
    assert document_paths(Path("out"), "sector", ["金融・保険"]) == {"金融・保険": Path("out/sector/金融・保険.docx")}


def test_names_that_one_file_system_would_mix_up_are_told_apart() -> None:
    assert names("CON", "con", "Kaku", "KAKU", "ｋａｋｕ") == [
        "CON_.docx", "con_ (2).docx", "Kaku.docx", "KAKU (2).docx", "ｋａｋｕ (3).docx",
    ]  # fmt: skip


def test_a_path_in_a_name_never_leaves_the_folder() -> None:
    (path,) = document_paths(Path("out"), "case", ["../../x"]).values()
    assert path == Path("out/case/_.._x.docx")


@given(st.lists(st.text(max_size=400), max_size=12))
def test_any_subjects_get_distinct_storable_names(subjects: list[str]) -> None:
    paths = document_paths(Path("out"), "case", subjects)
    assert set(paths) == set(subjects)
    keys = {unicodedata.normalize("NFKC", path.name).casefold() for path in paths.values()}
    assert len(keys) == len(paths)
    for path in paths.values():
        assert path.parent == Path("out/case")
        assert len(path.name.encode()) <= 200


@given(st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=8))
def test_a_name_does_not_depend_on_what_comes_later(subjects: list[str]) -> None:
    whole = document_paths(Path("out"), "case", subjects)
    part = document_paths(Path("out"), "case", subjects[: len(subjects) // 2])
    assert all(whole[name] == path for name, path in part.items())
