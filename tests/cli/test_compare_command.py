"""`reportkit compare` as a user types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportkit.cli.main import cli

CASE = Path(__file__).parents[2] / "seeds" / "cases" / "sony-group.md"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """Return two folders; the second has one number changed and one line more at the top of the text."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        shutil.copy(CASE, tmp_path / name)
    changed = tmp_path / "new" / CASE.name
    changed.write_text(changed.read_text(encoding="utf-8").replace("5万時間", "6万時間"), encoding="utf-8")
    return str(tmp_path / "old"), str(tmp_path / "new")


def test_changes_are_printed_with_both_places(folders: tuple[str, str]) -> None:
    result = run("compare", *folders)
    assert result.exit_code == 0
    assert "変更 事例" in result.output
    assert "6万時間" in result.output
    assert "sony-group.md:" in result.output
    assert " → " in result.output
    assert "    旧 sony-group.md:" in result.output
    assert "　新 sony-group.md:" in result.output
    assert "metrics" not in result.output


def test_changes_as_json(folders: tuple[str, str]) -> None:
    records = json.loads(run("compare", *folders, "--format", "json").output)
    assert records
    assert {record["record"] for record in records} == {"case-field"}
    assert all(record["old_line"] and record["new_line"] for record in records if record["kind"] == "changed")


def test_equal_folders_have_no_differences(folders: tuple[str, str]) -> None:
    assert "違いはありません" in run("compare", folders[0], folders[0]).output


def test_a_folder_that_is_not_there_is_an_error_in_japanese(folders: tuple[str, str]) -> None:
    result = run("compare", folders[0], folders[1] + "x")
    assert result.exit_code == 2
    assert "フォルダーがありません" in result.output
