"""What `list` says is kept while the sources are the same, and never believed otherwise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reportkit.project.lists import FILE_NAME, project_lists
from reportkit.project.settings import Settings, read_settings

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(SEEDS / "survey", tmp_path / "seeds" / "survey")
    (tmp_path / "seeds" / "cases").mkdir()
    for name in ("aist.md", "familymart.md"):
        shutil.copy(SEEDS / "cases" / name, tmp_path / "seeds" / "cases" / name)
    return read_settings(tmp_path)


def kept(settings: Settings) -> Path:
    return settings.folder / ".reportkit" / FILE_NAME


def test_without_a_state_folder_nothing_is_written(settings: Settings) -> None:
    lists = project_lists(settings)
    assert [row[3] for row in lists.cases] == ["cases/aist.md", "cases/familymart.md"]
    assert "impact" in [row[0] for row in lists.matrices]
    assert not kept(settings).parent.exists()


def test_rows_are_kept_while_the_sources_are_the_same(settings: Settings) -> None:
    kept(settings).parent.mkdir()
    lists = project_lists(settings)
    data = json.loads(kept(settings).read_bytes())
    data["cases"] = [["X", "架空の会社", "-", "x.md"]]
    kept(settings).write_text(json.dumps(data), encoding="utf-8")
    assert project_lists(settings).cases == (("X", "架空の会社", "-", "x.md"),)
    assert project_lists(settings).sectors == lists.sectors
    source = settings.seeds / "cases" / "aist.md"
    source.write_text(source.read_text(encoding="utf-8") + "\n架空の追記\n", encoding="utf-8")
    assert project_lists(settings) == lists
    shutil.copy(source, settings.seeds / "cases" / "more.md")
    source.unlink()
    assert [row[3] for row in project_lists(settings).cases] == ["cases/familymart.md", "cases/more.md"]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"key": "x"}', b'{"cases": [[1]]}'])
def test_damaged_lists_are_made_anew(settings: Settings, content: bytes) -> None:
    kept(settings).parent.mkdir()
    lists = project_lists(settings)
    whole = json.loads(kept(settings).read_bytes())
    kept(settings).write_bytes(content)
    assert project_lists(settings) == lists
    kept(settings).write_text(json.dumps(whole | {"cases": [[1]]}), encoding="utf-8")
    assert project_lists(settings) == lists
    assert json.loads(kept(settings).read_bytes()) == whole
