"""Another distribution installs an import package of our name: say so, do not run its code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reportkit
import reportkit_briefings

OURS = Path(reportkit.__file__).parent


def stranger_in(site: Path, version: str = "0.1.2", name: str = "reportkit") -> None:
    """Lay out a folder as pip leaves it after installing another distribution called reportkit."""
    (site / "reportkit").mkdir(parents=True, exist_ok=True)
    (site / "reportkit" / "__init__.py").write_text("raise SystemExit('the stranger ran')\n")
    info = site / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "RECORD").write_text(f"reportkit/__init__.py,sha256=x,34\n{name}-{version}.dist-info/RECORD,,\n")


def our_copy_in(site: Path) -> None:
    site.mkdir(parents=True, exist_ok=True)
    shutil.copytree(OURS, site / "reportkit", ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    shutil.copy(reportkit_briefings.__file__, site)


def python(code: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def test_a_package_that_hides_ours_is_named_and_never_run(tmp_path: Path) -> None:
    stranger_in(tmp_path / "site")
    our_copy_in(tmp_path / "checkout")
    process = python("import reportkit_briefings; reportkit_briefings.main()", tmp_path / "site", tmp_path / "checkout")
    assert process.returncode == 2
    assert str(tmp_path / "site" / "reportkit" / "__init__.py") in process.stderr
    assert "pip uninstall" in process.stderr
    assert "Traceback" not in process.stderr
    assert "the stranger ran" not in process.stdout + process.stderr


def test_a_stranger_that_overwrote_our_files_is_noticed_at_the_door(tmp_path: Path) -> None:
    our_copy_in(tmp_path)
    stranger_in(tmp_path)
    process = python("import reportkit_briefings; reportkit_briefings.main()", tmp_path)
    assert process.returncode == 2
    assert "隠しています" in process.stderr


@pytest.mark.parametrize("name", ["reportkit", "reportkit_py"])
def test_a_stranger_in_the_same_folder_is_noticed_on_import(tmp_path: Path, name: str) -> None:
    stranger_in(tmp_path, name=name)
    our_copy_in(tmp_path)
    process = python("import reportkit", tmp_path)
    assert process.returncode == 1
    assert "ImportError" in process.stderr
    assert f"pip uninstall {name.replace('_', '-')}" in process.stderr


def test_our_own_distribution_and_neighbours_are_no_strangers(tmp_path: Path) -> None:
    for name, record in {
        "reportkit_briefings-0.1.0.dist-info": "reportkit/__init__.py,,\n",
        "reportkit_extras-1.0.dist-info": "reportkit_extras/__init__.py,,\n",
        "reportkit_broken-1.0.dist-info": None,
        "other-1.0.dist-info": "reportkit/x.py,,\n",
    }.items():
        (tmp_path / name).mkdir()
        if record is not None:
            (tmp_path / name / "RECORD").write_text(record)
    assert reportkit.mixed_installations(str(tmp_path)) == ()
    assert reportkit.mixed_installations(str(tmp_path / "nowhere")) == ()


def test_the_door_opens_when_nothing_is_in_the_way() -> None:
    process = python(
        "import reportkit_briefings; reportkit_briefings.sys.argv[1:] = ['--version']; reportkit_briefings.main()"
    )
    assert process.returncode == 0
    assert process.stdout.strip() == f"reportkit, version {reportkit.__version__}"
