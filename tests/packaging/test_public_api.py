"""What `import reportkit` offers, and that it stays light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import reportkit

PUBLIC = [
    "Briefing", "Case", "Corpus", "Fact", "Finding", "Matrix", "Origin", "Period", "Problem", "ProjectError",
    "Quantity", "RenderError", "ReportkitError", "SourceError", "TemplateError", "ViewError", "__version__", "brief",
    "read",
]  # fmt: skip
HEAVY = {"pandas", "numpy", "matplotlib", "docx", "lxml", "openpyxl", "jinja2", "click", "pathlib", "tomllib"}


def run(code: str) -> str:
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    return process.stdout


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(reportkit.__all__) == PUBLIC
    assert set(PUBLIC) <= set(dir(reportkit))


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(reportkit, name)
    assert value.__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'breif'"):
        _ = reportkit.breif  # type: ignore[attr-defined]


def test_importing_reportkit_loads_nothing_heavy() -> None:
    loaded = run("import sys; before = set(sys.modules); import reportkit; print(*(set(sys.modules) - before))").split()
    assert "reportkit" in loaded
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["list", "--help"], ["export", "--help"]])
def test_help_loads_no_data_or_document_library(words: list[str]) -> None:
    code = (
        "import sys\nfrom reportkit.cli.main import cli\n"
        f"try:\n    cli(args={words!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('LOADED', *sys.modules)"
    )
    loaded = run(code).partition("LOADED")[2].split()
    assert not (HEAVY - {"click", "pathlib", "tomllib"}) & {name.partition(".")[0] for name in loaded}


def test_the_version_is_that_of_the_distribution() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{reportkit.__version__}"' in text
