"""Builds that are killed, meet a full disk, a folder that cannot be written, a source that is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.edits import run_steps
from benchmarks.generate import case_files
from benchmarks.kills import run_kills
from reportkit.build.seal import is_sealed

CHECKOUT = Path(__file__).parents[2]


def reportkit(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportkit_briefings", *words]
    known = {name: value for name, value in os.environ.items() if not name.startswith("REPORTKIT_")}
    both = {**known, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, cwd=folder, env=both, capture_output=True, text=True, check=False, timeout=300)


def cases(folder: Path, count: int, seed: int = 3) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in case_files(count, seed):
        (folder / file.name).write_text(file.text, encoding="utf-8")


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.docx"))}


def test_a_few_kills_at_random_moments_leave_whole_files() -> None:
    tally = run_kills(3, seed=11, cases=8)
    assert tally.kills == 3
    assert tally.faults == []


def test_a_few_random_edits_rebuild_exactly_what_changed() -> None:
    tally = run_steps(4, seed=17, cases=5)
    assert tally.steps == 4
    assert tally.faults == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 512 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if mount is None or os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small file system here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_only_the_documents_that_do_not_fit(small_disk: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    cases(project / "seeds", 40)
    result = reportkit(project, "build", "--out", str(small_disk))
    assert result.returncode == 3
    assert "書き込めません（No space left on device）" in result.stderr
    assert "空き容量" in result.stderr
    found = contents(small_disk)
    assert found
    assert all(map(is_sealed, found.values()))
    assert not list(small_disk.rglob("*.part"))
    assert reportkit(project, "build", "--out", "other").returncode == 0
    whole = contents(project / "other")
    assert found.items() < whole.items()
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    again = reportkit(project, "build", "--out", str(small_disk))
    assert again.returncode == 0, again.stderr
    assert f"ほかの {len(found)} 件の文書は最新です" in again.stdout
    assert contents(small_disk) == whole


def test_a_full_disk_under_the_record_is_told_and_costs_no_document(small_disk: Path, tmp_path: Path) -> None:
    cases(small_disk / "seeds", 3)
    filler = small_disk / "filler"
    handle = os.open(filler, os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while os.write(handle, b"x" * 4096):
            pass
    os.close(handle)
    result = reportkit(small_disk, "build", "--out", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    assert "ビルドの記録を書けません" in result.stderr
    assert all(map(is_sealed, contents(tmp_path / "out").values()))
    filler.unlink()
    assert reportkit(small_disk, "build", "--out", str(tmp_path / "out")).returncode == 0


@pytest.fixture
def hold() -> Iterator[Callable[[Path], None]]:
    """Return what keeps a file from being replaced, as an open Word does on Windows, until the end."""
    held: list[Path] = []

    def holding(path: Path) -> None:
        mount = shutil.which("mount")
        command = [mount or "", "--bind", str(path), str(path)]
        if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only root may hold a file here")
        held.append(path)

    yield holding
    for path in held:
        subprocess.run(["umount", str(path)], check=False, capture_output=True)


def test_a_document_that_is_held_open_is_left_and_made_by_the_next_build(
    hold: Callable[[Path], None], tmp_path: Path
) -> None:
    cases(tmp_path / "seeds", 8)
    assert reportkit(tmp_path, "build").returncode == 0
    before = contents(tmp_path / "out")
    name = sorted(name for name in before if name.startswith("case/"))[0]
    hold(tmp_path / "out" / name)
    (tmp_path / "reportkit.toml").write_text('organisation = "架空総研"\n', encoding="utf-8")
    result = reportkit(tmp_path, "build", "--jobs", "2")
    assert result.returncode == 3
    assert "Word などを閉じてください" in result.stderr
    found = contents(tmp_path / "out")
    assert found.keys() == before.keys()
    assert [each for each in found if found[each] == before[each]] == [name]
    assert not list((tmp_path / "out").rglob("*.part"))
    subprocess.run(["umount", str(tmp_path / "out" / name)], check=True)
    again = reportkit(tmp_path, "build", "--jobs", "2")
    assert again.returncode == 0, again.stderr
    assert f"ほかの {len(found) - 1} 件の文書は最新です" in again.stdout
    assert reportkit(tmp_path, "build", "--out", "clean").returncode == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "clean")


def test_a_kind_of_document_that_cannot_be_written_stops_nothing_else(tmp_path: Path) -> None:
    cases(tmp_path / "seeds", 5)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sector").write_text("in the way")
    result = reportkit(tmp_path, "build")
    assert result.returncode == 3
    assert "sector/" in result.stderr
    assert "書き込めません" in result.stderr
    assert {name.partition("/")[0] for name in contents(tmp_path / "out")} == {"case", "overview.docx"}
    (tmp_path / "out" / "sector").unlink()
    again = reportkit(tmp_path, "build")
    assert again.returncode == 0
    assert "ほかの 6 件の文書は最新です" in again.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_keeps_its_files(tmp_path: Path) -> None:
    cases(tmp_path / "seeds", 3)
    assert reportkit(tmp_path, "build").returncode == 0
    before = contents(tmp_path / "out")
    (tmp_path / "reportkit.toml").write_text('organisation = "架空総研"\n', encoding="utf-8")
    (tmp_path / "out" / "case").chmod(0o555)
    result = reportkit(tmp_path, "build")
    (tmp_path / "out" / "case").chmod(0o755)
    assert result.returncode == 3
    after = contents(tmp_path / "out")
    assert {name: after[name] for name in after if name.startswith("case/")} == {
        name: before[name] for name in before if name.startswith("case/")
    }
    assert after["overview.docx"] != before["overview.docx"]


def test_a_source_that_is_gone_or_cannot_be_opened_costs_only_its_documents(tmp_path: Path) -> None:
    cases(tmp_path / "seeds", 6)
    gone = sorted((tmp_path / "seeds").iterdir())[0]
    gone.unlink()
    gone.symlink_to(tmp_path / "nowhere")
    result = reportkit(tmp_path, "build")
    assert result.returncode == 0, result.stderr
    assert len(list((tmp_path / "out" / "case").iterdir())) >= 4


def test_the_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    cases(tmp_path / "seeds", 12)
    surroundings = (
        ("--jobs", "1", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}),
        ("--jobs", "2", {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"}),
        ("--jobs", "4", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "ja_JP.UTF-8"}),
    )
    digests = []
    for number, (option, jobs, environment) in enumerate(surroundings):
        result = reportkit(tmp_path, "build", option, jobs, "--out", f"out{number}", **environment)
        assert result.returncode == 0, result.stderr
        digests.append(contents(tmp_path / f"out{number}"))
    assert digests[0]
    assert digests[0] == digests[1] == digests[2]
    for path in sorted((tmp_path / "seeds").rglob("*.md"), reverse=True):  # the folder lists them in another order
        copy = tmp_path / "turned" / path.relative_to(tmp_path / "seeds")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    turned = reportkit(tmp_path, "build", "--seeds", "turned", "--out", "turned-out")
    assert turned.returncode == 0, turned.stderr
    assert contents(tmp_path / "turned-out") == digests[0]
    epoch = reportkit(tmp_path, "build", "--out", "epoch", SOURCE_DATE_EPOCH="1767225600")
    dated = reportkit(tmp_path, "build", "--out", "dated", "--date", "2026-01-01")
    assert (epoch.returncode, dated.returncode) == (0, 0)
    assert contents(tmp_path / "epoch") == contents(tmp_path / "dated") != digests[0]


def test_editions_stand_side_by_side(tmp_path: Path) -> None:
    cases(tmp_path / "seeds", 2)
    (tmp_path / "reportkit.toml").write_text('edition = "review"\n', encoding="utf-8")
    assert reportkit(tmp_path, "build").returncode == 0
    review = contents(tmp_path / "out")
    (tmp_path / "reportkit.toml").unlink()
    reader = reportkit(tmp_path, "build", "--prune")
    assert "消しました" not in reader.stdout
    both = contents(tmp_path / "out")
    assert len(both) == 2 * len(review)
    assert review.items() < both.items()
    assert "変わりありません" in reportkit(tmp_path, "build").stdout
    (tmp_path / "reportkit.toml").write_text('edition = "review"\n', encoding="utf-8")
    assert "変わりありません" in reportkit(tmp_path, "build").stdout
