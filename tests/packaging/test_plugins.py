"""Packages that add to reportkit: the example of docs/plugins.md as it would be installed, and faulty ones."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportkit.base import plugins
from reportkit.base.errors import ProjectError

CHECKOUT = Path(__file__).parents[2]
PAGE = CHECKOUT / "docs" / "plugins.md"
SECTION = "# 見出しの数字\n\n:::figures case-headline\n"
EQUALS = """会社＝株式会社架空商事
業種＝小売
道具＝架空AI

## 概要

架空商事は在庫の確認にAIを使う。

## 定量的効果

- 作業時間：50%削減
"""


def install(folder: Path, package: str, version: str, entries: Mapping[str, Mapping[str, str]], code: str) -> None:
    """Put a package of one module into the folder, as an installer does."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{package.replace('-', '_')}-*.dist-info"):
        shutil.rmtree(old)
    info = folder / f"{package.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in each.items())
             for group, each in entries.items()]  # fmt: skip
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / f"{package.replace('-', '_')}.py").write_text(code, encoding="utf-8")


def install_example(folder: Path, version: str = "1.0", more: str = "") -> None:
    """Install the example of the page."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"```(toml|python)\n(.*?)```", page, re.DOTALL)
    project = tomllib.loads(next(text for kind, text in found if kind == "toml"))["project"]
    code = next(text for kind, text in found if kind == "python")
    install(folder, project["name"], version, project["entry-points"], code + more)


def reportkit(project: Path, site: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a project, with the packages of a folder installed."""
    folders = [str(CHECKOUT), *([str(site)] if site is not None else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    return subprocess.run(
        [sys.executable, "-m", "reportkit_briefings", *words], cwd=project, env=environment, text=True,
        capture_output=True, check=False,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of two cases, one of them in a dialect that only the example reads."""
    folder = tmp_path / "project"
    (folder / "seeds").mkdir(parents=True)
    shutil.copy(CHECKOUT / "seeds" / "cases" / "sony-group.md", folder / "seeds")
    (folder / "seeds" / "equals.txt").write_text(EQUALS, encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with the example installed."""
    install_example(tmp_path / "site")
    return tmp_path / "site"


def own_section(project: Path) -> None:
    """Let the briefings of cases show the exhibit of the example."""
    kind = (CHECKOUT / "templates" / "briefings" / "case.toml").read_text(encoding="utf-8")
    (project / "templates" / "briefings").mkdir(parents=True)
    (project / "templates" / "sections" / "case").mkdir(parents=True)
    (project / "templates" / "briefings" / "case.toml").write_text(
        kind.replace('  "glance",\n', '  "glance",\n  "headline",\n'), encoding="utf-8"
    )
    (project / "templates" / "sections" / "case" / "headline.md.j2").write_text(SECTION, encoding="utf-8")


def test_the_command_lists_what_packages_bring(project: Path, site: Path) -> None:
    assert reportkit(project, None, "list", "plugins").stdout == "プラグインは入っていません\n"
    lines = reportkit(project, site, "list", "plugins").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["図表", "case-headline"], ["検査", "no-start"], ["事例の読み取り", "equals"], ["送信の経路", "folder"],
    ]  # fmt: skip
    assert all("briefing-extras 1.0" in line for line in lines)


def test_a_reader_reads_a_dialect_of_its_own_and_is_gone_with_its_package(project: Path, site: Path) -> None:
    assert "架空商事" not in reportkit(project, None, "list", "cases").stdout
    assert "架空商事" in reportkit(project, site, "list", "cases").stdout
    built = reportkit(project, site, "build")
    assert built.returncode == 0, built.stderr
    assert any("架空商事" in path.name for path in (project / "out" / "case").iterdir())
    without = reportkit(project, None, "plan")
    assert "架空商事" in without.stdout, "its document is left over"


def test_a_check_finds_and_its_code_is_explained(project: Path, site: Path) -> None:
    found = reportkit(project, site, "check").stdout
    assert "extras.no-start（導入時期のない事例）" in found
    assert "いつの事例かが分からず" in reportkit(project, site, "check", "--explain", "extras.no-start").stdout
    assert "extras" not in reportkit(project, None, "check").stdout
    assert reportkit(project, None, "check", "--explain", "extras.no-start").returncode == 2


def test_an_exhibit_stands_in_the_document_and_a_change_of_its_code_makes_that_document_again(
    project: Path, site: Path
) -> None:
    own_section(project)
    assert reportkit(project, None, "build").returncode == 3, "without the package nobody knows the exhibit"
    built = reportkit(project, site, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "変わりありません" in reportkit(project, site, "build").stdout
    install_example(site, "1.0", "\n# another line\n")
    planned = reportkit(project, site, "plan").stdout
    assert "プラグイン case-headline" in planned
    assert "case/" in planned
    before = {path: path.stat().st_mtime_ns for path in (project / "out").rglob("*.docx")}
    assert reportkit(project, site, "build").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before, "the same bytes are not written again"
    changed = PAGE.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0].replace("[:2]", "[:1]")
    (site / "briefing_extras.py").write_text(changed, encoding="utf-8")
    assert reportkit(project, site, "build").returncode == 0
    after = {path: path.stat().st_mtime_ns for path in before}
    assert {path.parent.name for path in before if after[path] != before[path]} == {"case"}
    assert reportkit(project, site, "verify", "out").returncode == 0


def mail_through(channel: str, project: Path) -> None:
    """Write a mailing list of one person that names the channel."""
    (project / "mail.toml").write_text(
        f'from = "架空総研 <report@example.jp>"\n[smtp]\nhost = "pickup"\nchannel = "{channel}"\n'
        '[[people]]\nname = "山田"\naddress = "yamada@example.jp"\nsubjects = ["case:*"]\n',
        encoding="utf-8",
    )


def test_mail_goes_through_the_channel_that_the_list_names(project: Path, site: Path) -> None:
    assert reportkit(project, site, "build").returncode == 0
    mail_through("folder", project)
    sent = reportkit(project, site, "mail", "send", "--yes")
    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert b"yamada@example.jp" in (project / "pickup" / "000001.eml").read_bytes()
    again = reportkit(project, site, "mail", "send", "--yes")
    assert "いま送るものはありません" in again.stdout


def test_a_channel_that_nobody_brings_sends_nothing(project: Path, site: Path) -> None:
    assert reportkit(project, site, "build").returncode == 0
    mail_through("pigeon", project)
    refused = reportkit(project, site, "mail", "send", "--yes")
    assert refused.returncode == 2
    assert "「pigeon」がありません" in refused.stderr
    assert "folder" in refused.stderr


@pytest.mark.parametrize(
    ("group", "code", "said", "status"),
    [
        (plugins.CHECKS, "def f(corpus):\n    raise KeyError('kaku')\n", "検査に失敗しました（KeyError", 2),
        (plugins.CHECKS, "def f(corpus):\n    return ['word']\n", "指摘（Finding）でないもの", 2),
        (plugins.CHECKS, "import nowhere\n", "読み込めません（ModuleNotFoundError", 2),
        (plugins.CHECKS, "f = 5\n", "関数ではありません", 2),
        (plugins.CASES, "def f(*_):\n    raise ValueError('kaku')\n", "読めませんでした：ValueError", 1),
        (plugins.CASES, "def f(*_):\n    return 'case'\n", "CaseReading でないもの（str）", 1),
    ],
)  # fmt: skip
def test_a_faulty_package_is_named_and_nothing_crashes(
    project: Path, tmp_path: Path, group: str, code: str, said: str, status: int
) -> None:
    install(tmp_path / "bad", "bad-extras", "0.3", {group: {"wrong": "bad_extras:f"}}, code)
    result = reportkit(project, tmp_path / "bad", "check")
    assert result.returncode == status, result.stdout + result.stderr
    assert said in result.stdout + result.stderr
    assert "bad-extras" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


def test_an_exhibit_that_fails_stops_only_the_documents_that_show_it(project: Path, tmp_path: Path) -> None:
    own_section(project)
    code = "def f(view):\n    return view.headline[99]\n"
    install(tmp_path / "bad", "bad-extras", "0.3", {"reportkit.exhibits": {"case-headline": "bad_extras:f"}}, code)
    result = reportkit(project, tmp_path / "bad", "build")
    assert result.returncode == 3
    assert "図表を作れません（IndexError" in result.stdout + result.stderr
    assert (project / "out" / "overview.docx").is_file()


def test_two_packages_with_one_name_are_both_named(project: Path, site: Path) -> None:
    install(
        site, "other-extras", "2.0", {"reportkit.checks": {"no-start": "other_extras:f"}}, "def f(c):\n    return ()\n"
    )
    result = reportkit(project, site, "check")
    assert result.returncode == 2
    assert "briefing-extras 1.0" in result.stderr
    assert "other-extras 2.0" in result.stderr


def test_a_name_of_reportkit_itself_is_not_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "thief", "1", {plugins.EXHIBITS: {"case-profile": "thief:f"}}, "def f(view):\n    return None\n")
    monkeypatch.syspath_prepend(tmp_path)
    plugins._installed.cache_clear()
    try:
        with pytest.raises(ProjectError, match="reportkit 自身と同じ名前"):
            plugins.loaded(plugins.EXHIBITS, ("case-profile",))
    finally:
        monkeypatch.undo()
        plugins._installed.cache_clear()
    assert plugins.plugins(plugins.EXHIBITS) == ()
