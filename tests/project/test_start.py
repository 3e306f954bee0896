"""`reportkit init`: a folder to start with, and nothing of the user's touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportkit.base.errors import ProjectError
from reportkit.project.settings import read_settings
from reportkit.project.start import start_project


def test_a_new_folder_has_seeds_templates_and_settings(tmp_path: Path) -> None:
    created, kept = start_project(tmp_path / "報告" / "四月")
    folder = tmp_path / "報告" / "四月"
    assert not kept
    assert {path.relative_to(folder).as_posix() for path in created} == {
        ".", "seeds", "templates", "reportkit.toml", "templates/README.md", ".gitignore",
    }  # fmt: skip
    assert read_settings(folder).seeds == folder / "seeds"
    assert not list((folder / "seeds").iterdir())


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "reportkit.toml").write_text("issue = 7\n")
    created, kept = start_project(tmp_path)
    assert tmp_path / "reportkit.toml" in kept
    assert (tmp_path / "reportkit.toml").read_text() == "issue = 7\n"
    assert tmp_path / "seeds" in created
    again, _ = start_project(tmp_path)
    assert again == ()


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("x")
    with pytest.raises(ProjectError, match="フォルダーを作れません"):
        start_project(tmp_path)
