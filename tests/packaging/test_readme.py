"""Every command and every example of the README runs."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportkit.cli.main import cli
from reportkit.project.settings import read_settings

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BUILD = "python -m pip install -e . && reportkit build"
TESTS = "python -m pip install -e '.[dev]' && python -m pytest"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    lines = [line.partition(" #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("seeds", "seeds-2025"):
        shutil.copytree(CHECKOUT / "seeds", tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    for name in ("REPORTKIT_SEEDS", "REPORTKIT_OUT", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_two_commands_are_the_ones_that_are_tested_elsewhere() -> None:
    assert commands()[:2] == [BUILD, TESTS]
    assert TESTS in (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8").replace(" || status=$?", "")


@pytest.mark.parametrize(
    "command", [command for command in commands() if command.startswith("reportkit ") and " mail " not in command]
)
def test_a_command_of_the_readme_runs(command: str, project: Path) -> None:
    for folder in ("out", "前号") if command.split()[1] in {"verify", "trace", "diff"} else ():
        assert CliRunner().invoke(cli, ["sector", "医療", "--out", folder]).exit_code == 0
    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert result.exit_code in ({0, 1} if command.startswith("reportkit check") else {0}), result.output
    assert "エラー：" not in result.stderr


def test_the_build_command_writes_every_document(project: Path) -> None:
    result = CliRunner().invoke(cli, shlex.split(BUILD.partition("&& reportkit ")[2]))
    assert result.exit_code == 0, result.output
    written = sorted(path.relative_to(project / "out").parts[0] for path in (project / "out").rglob("*.docx"))
    assert written.count("sector") == 20
    assert written.count("case") == len(list((CHECKOUT / "seeds" / "cases").glob("*.md")))
    assert written.count("overview.docx") == 1


@pytest.mark.parametrize("example", blocks("python"))
def test_a_python_example_of_the_readme_runs(example: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "億円 15571.0" in printed
    assert str(Path("out") / "sector" / "金融・保険.docx") in printed


def test_the_settings_of_the_readme_are_accepted(tmp_path: Path) -> None:
    text = blocks("toml")[0]
    (tmp_path / "reportkit.toml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path).organisation == tomllib.loads(text)["organisation"]


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (CHECKOUT / target).is_file(), target
