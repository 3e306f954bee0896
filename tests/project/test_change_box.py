"""The change box: each issue says what changed since the kept one before it, and says the same however it was built."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from ledger_of import N, bound_texts, ledger_of, seal_of

import reportkit
from reportkit.build.documents import build_document
from reportkit.document.block import Box, Document
from reportkit.document.inline import plain_text
from reportkit.project.documents import Press, Subject
from reportkit.project.earlier_issues import EarlierIssues, issue_number
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

SEEDS = Path(__file__).parents[2] / "seeds"
HEALTH = Subject("sector", "医療")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return a copy of the seeds with one cell of the survey changed, and an out folder with issue 1 in it."""
    seeds, out = tmp_path / "seeds", tmp_path / "out"
    shutil.copytree(SEEDS, seeds)
    assert build_document(press(seeds, out, 1).job(HEALTH)).written
    (survey,) = (seeds / "survey").glob("*.txt")
    lines = survey.read_text(encoding="utf-8").split("\n")
    (place,) = [at for at, line in enumerate(lines) if line.startswith("医療\t") and "10 3,711" in line]
    lines[place] = lines[place].replace("10 3,711", "10 4,711")
    survey.write_text("\n".join(lines), encoding="utf-8")
    return seeds, out


def press(seeds: Path, out: Path, issue: int) -> Press:
    settings = Settings(seeds=seeds, out=out, templates=Path("no-templates"), date="2026-11-22", issue=issue)
    return Press(read_corpus(seeds), settings, {})


def box_of(document: Document) -> Box | None:
    boxes = (block for block in document.blocks if isinstance(block, Box))
    return next((box for box in boxes if "前の号" in plain_text(box.title)), None)


def test_the_issue_before_is_kept_and_the_next_says_what_changed(folders: tuple[Path, Path]) -> None:
    seeds, out = folders
    first = (out / "sector" / "医療.docx").read_bytes()
    second = press(seeds, out, 2)
    assert build_document(second.job(HEALTH)).written
    assert (out / "issues" / "001" / "sector" / "医療.docx").read_bytes() == first
    data = (out / "sector" / "医療.docx").read_bytes()
    assert (issue_number(first), issue_number(data)) == (1, 2)
    root = ledger_of(data)
    assert seal_of(root) == root.get("seal")
    changes = root.find(f"{N}changes")
    assert changes.get("since") == "1"
    facts = list(root.iter(f"{N}fact"))
    said = {
        facts[int(moved.get("fact")) - 1].get("id"): (
            facts[int(moved.get("earlier")) - 1].get("value"),
            facts[int(moved.get("fact")) - 1].get("value"),
        )
        for moved in changes
    }
    assert said["matrix/impact/医療/オペレーションサービス/CS"] == ("371100000000", "471100000000")
    box = box_of(second.compose(HEALTH))
    assert box is not None
    assert plain_text(box.title) == "前の号（第1号、2026年11月22日）からの変更"
    assert {"3,711億円", "4,711億円", "+1,000億円", "第1号、2026年11月22日"} <= {*bound_texts(data).values()}


def test_built_again_or_from_nothing_but_the_kept_issue_it_is_the_same(folders: tuple[Path, Path]) -> None:
    seeds, out = folders
    assert build_document(press(seeds, out, 2).job(HEALTH)).written
    data = (out / "sector" / "医療.docx").read_bytes()
    assert build_document(press(seeds, out, 2).job(HEALTH)).outcome == "same"
    shutil.rmtree(out / "sector")
    assert build_document(press(seeds, out, 2).job(HEALTH)).written
    assert (out / "sector" / "医療.docx").read_bytes() == data


def test_an_issue_is_compared_with_the_newest_before_it_not_with_itself_or_later_ones(
    folders: tuple[Path, Path],
) -> None:
    seeds, out = folders
    for issue in (2, 3):
        assert build_document(press(seeds, out, issue).job(HEALTH)).written
    third = press(seeds, out, 3).compose(HEALTH)
    assert third.since == 2
    box = box_of(third)
    assert box is not None
    assert [plain_text(block.content) for block in box.blocks] == ["数値、節、データの指摘に変更はない。"]  # type: ignore[union-attr]
    assert press(seeds, out, 2).compose(HEALTH).since == 1


def test_without_an_issue_before_there_is_no_box(tmp_path: Path) -> None:
    first = press(SEEDS, tmp_path, 2).compose(HEALTH)
    assert (first.since, box_of(first)) == (0, None)


def test_a_file_that_is_no_briefing_is_neither_kept_nor_compared(tmp_path: Path) -> None:
    path = tmp_path / "sector" / "医療.docx"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    issues = EarlierIssues(tmp_path, 2)
    issues.keep(path)
    assert issues.newest(path) is None
    assert issue_number(path.read_bytes()) == 0
    kept = tmp_path / "issues" / "001" / "sector" / "医療.docx"
    kept.parent.mkdir(parents=True)
    shutil.copy(path, kept)
    assert press(SEEDS, tmp_path, 2).compose(HEALTH).since == 0


def test_the_python_door_keeps_issues_too(tmp_path: Path) -> None:
    for issue in (1, 2):
        reportkit.brief("医療", seeds=SEEDS, out=tmp_path, templates="no-templates", issue=issue, date="2026-11-22")
    assert (tmp_path / "issues" / "001" / "sector" / "医療.docx").is_file()
