"""The wheel and the editable install: templates on board, and a build on a copied seeds folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SOURCES = ("reportkit", "templates", "reportkit_briefings.py", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what a distribution is made of, so that nothing here depends on the folder we are in."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)
    return copy


def built(checkout: Path, hook: str, folder: Path) -> Path:
    """Return the wheel that the build backend makes, the same way pip asks for it."""
    code = f"import sys; from hatchling.build import {hook}; print({hook}(sys.argv[1]))"
    process = subprocess.run(
        [sys.executable, "-P", "-c", code, str(folder)], cwd=checkout, capture_output=True, text=True, check=True
    )
    return folder / process.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(checkout, "build_wheel", tmp_path_factory.mktemp("wheel"))


def installed(wheel: Path, folder: Path) -> Path:
    """Return the `bin` folder of a new environment with the wheel; dependencies come from the tests' environment."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    python = bin_folder / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "-q", str(wheel)], check=True)
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    # Only the plain folder: .pth files inside it, such as that of our own editable install, are not followed.
    (Path(where) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return bin_folder


def run(command: list[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REPORTKIT"))}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8",
        env=environment | {"PYTHONUTF8": "1"},
    )  # fmt: skip


def small_seeds(folder: Path) -> Path:
    """Copy two cases of the project's own seeds: enough to write documents, little enough to be quick."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    for case in sorted((CHECKOUT / "seeds" / "cases").glob("*.md"), key=lambda path: path.stat().st_size)[:2]:
        shutil.copy(case, seeds)
    return seeds


def documents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.docx"))}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the documents of the small seeds as this checkout makes them, without being installed."""
    folder = tmp_path_factory.mktemp("here")
    small_seeds(folder)
    subprocess.run(
        [sys.executable, "-m", "reportkit_briefings", "build", "--date", "2026-04-01"], cwd=folder, check=True,
        capture_output=True, env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    return documents(folder / "out")


def test_the_wheel_holds_the_package_its_data_and_every_template(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "reportkit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    templates = {
        f"reportkit/_templates/{path.relative_to(CHECKOUT / 'templates').as_posix()}"
        for path in (CHECKOUT / "templates").rglob("*")
        if path.is_file()
    }
    assert package <= names
    assert templates <= names
    assert "reportkit/_templates/base.docx" in names
    assert "reportkit_briefings.py" in names
    rest = {name for name in names - package - templates if ".dist-info/" not in name}
    assert rest == {"reportkit_briefings.py"}


def test_the_distribution_has_its_own_name_and_the_import_name_of_the_user(wheel: Path) -> None:
    assert wheel.name == "reportkit_briefings-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("reportkit_briefings-0.1.0.dist-info/METADATA").decode()
        entry_points = archive.read("reportkit_briefings-0.1.0.dist-info/entry_points.txt").decode()
    assert "Name: reportkit-briefings\n" in metadata
    assert "License-Expression: MIT\n" in metadata
    assert "reportkit = reportkit_briefings:main" in entry_points


def test_an_installed_wheel_builds_the_same_bytes_from_a_copied_seeds_folder(
    wheel: Path, tmp_path: Path, here: dict[str, bytes]
) -> None:
    command = installed(wheel, tmp_path / "env")
    small_seeds(tmp_path / "work")
    process = run([command / "reportkit", "build", "--date", "2026-04-01"], tmp_path / "work")
    assert process.returncode == 0, process.stdout + process.stderr
    assert documents(tmp_path / "work" / "out") == here
    assert [name.partition("/")[0] for name in here] == ["case", "case", "overview.docx", *["sector"] * (len(here) - 3)]
    where = run([command / "python", "-c", "import reportkit; print(reportkit.__file__)"], tmp_path)
    assert str(tmp_path / "env") in where.stdout
    listing = run([command / "reportkit", "list", "templates"], tmp_path / "work")
    assert "briefings/sector.toml" in listing.stdout


def test_an_editable_install_builds_the_same_bytes_and_sees_edited_templates(
    checkout: Path, tmp_path: Path, here: dict[str, bytes]
) -> None:
    editable = built(checkout, "build_editable", tmp_path)
    command = installed(editable, tmp_path / "env")
    small_seeds(tmp_path / "work")
    process = run([command / "reportkit", "build", "--date", "2026-04-01"], tmp_path / "work")
    assert process.returncode == 0, process.stdout + process.stderr
    assert documents(tmp_path / "work" / "out") == here
    extra = checkout / "templates" / "sections" / "case" / "extra.md.j2"
    extra.write_text("付け足し\n", encoding="utf-8")
    try:
        listing = run([command / "reportkit", "list", "templates"], tmp_path / "work")
    finally:
        extra.unlink()
    assert "sections/case/extra.md.j2" in listing.stdout
