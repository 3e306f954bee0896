"""Bad templates, outputs that cannot be written: one message, the other documents, nothing half-written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fictional import case_text, cases_written, reportkit, seeds_with

from reportkit.project.templates import builtin_templates


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project folder with two cases, made the current folder."""
    monkeypatch.chdir(tmp_path)
    seeds_with(tmp_path, other=case_text("架空電機", "7"))
    return tmp_path


def override(project: Path, name: str, text: str) -> Path:
    path = project / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def a_case_section() -> str:
    return sorted((builtin_templates() / "sections" / "case").glob("*.md.j2"))[0].name


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# 見出し\n\n{{ view.nothing_like_this }}\n", 3, "nothing_like_this"),
        ("# 見出し\n\n{% if %}\n", 3, ""),
        ("# 見出し\n\n{{ view.title\n", 3, ""),
        ("# 見出し\n\n:::chart no-such-chart\n", 3, "no-such-chart"),
        ("# 見出し\n\n:::diagram x\n", 3, "diagram"),
        ("# 見出し\n\n:::warning 開いたまま\n\n本文\n", 3, ""),
        ("# 見出し\n\n売上は100億円でした。\n", 3, ""),
        ("# 見出し\n\n{{ view.title.__class__.__mro__ }}\n", 3, ""),
    ],
)
def test_a_faulty_template_is_named_with_its_line_and_costs_only_its_own_documents(
    project: Path, text: str, line: int, said: str
) -> None:
    path = override(project, f"sections/case/{a_case_section()}", text)
    old = project / "out" / "case" / "7.docx"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"the old one")
    result = reportkit("build")
    assert result.exit_code == 3
    assert f"{path.relative_to(project)}:{line}" in result.stderr
    assert said in result.stderr
    assert result.stderr.count("エラー：") == 1
    assert old.read_bytes() == b"the old one"
    assert (project / "out" / "overview.docx").is_file()
    assert list((project / "out" / "sector").glob("*.docx"))
    assert cases_written(project / "out") == ["7.docx"]


@pytest.mark.parametrize(
    "text",
    ["title = ", 'title = "x"\n', 'title = "{{ view.nothing }}"\nsubject = "x"\nsections = []\n', 'titel = "x"\n',
     'title = "x"\nsubject = "x"\nsections = ["no-such-section"]\n'],
)  # fmt: skip
def test_a_faulty_briefing_kind_is_named_and_costs_only_its_own_documents(project: Path, text: str) -> None:
    path = override(project, "briefings/case.toml", text)
    result = reportkit("build")
    assert result.exit_code == 3
    assert str(path.relative_to(project)) in result.stderr or "no-such-section" in result.stderr
    assert (project / "out" / "overview.docx").is_file()


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + bytes(50)])
def test_a_base_file_that_is_no_word_file_is_one_message(project: Path, data: bytes) -> None:
    (project / "templates").mkdir()
    (project / "templates" / "base.docx").write_bytes(data)
    result = reportkit("build")
    assert result.exit_code == 3
    assert result.stderr.count("エラー：") == 1
    assert "base.docx" in result.stderr
    assert not list((project / "out").rglob("*.docx"))


def test_a_section_of_the_project_stands_in_for_the_built_in_one(project: Path) -> None:
    name = a_case_section()
    override(project, f"sections/case/{name}", "# 独自の節\n\n独自の文。\n")
    assert reportkit("case", "7").exit_code == 0
    assert f"sections/case/{name}" in reportkit("list", "templates").output
    assert [line for line in reportkit("list", "templates").output.splitlines() if line.endswith("自分用")] == [
        line for line in reportkit("list", "templates").output.splitlines() if line.startswith(f"sections/case/{name}")
    ]


def test_a_file_in_place_of_the_output_folder_is_a_usage_error(project: Path) -> None:
    (project / "out").write_text("x")
    result = reportkit("build")
    assert result.exit_code == 2
    assert result.stderr.count("エラー：") == 1
    assert (project / "out").read_text() == "x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_fails_with_one_message(project: Path) -> None:
    out = project / "out"
    out.mkdir(mode=0o500)
    result = reportkit("build")
    assert result.exit_code == 3
    assert result.stderr.count("エラー：") == 1


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a folder that nobody can write")
def test_a_folder_that_nobody_can_write_fails_with_one_message(project: Path) -> None:
    result = reportkit("build", "--out", "/proc/reportkit")
    assert result.exit_code == 3
    assert result.stderr.count("エラー：") == 1
    assert "/proc/reportkit" in result.stderr


def test_a_file_in_place_of_one_output_folder_fails_only_what_goes_there(project: Path) -> None:
    (project / "out").mkdir()
    (project / "out" / "case").write_text("in the way")
    result = reportkit("build")
    assert result.exit_code == 3
    assert (project / "out" / "overview.docx").is_file()
    assert (project / "out" / "case").read_text() == "in the way"


def test_a_document_that_is_open_elsewhere_fails_alone_and_leaves_no_trace(project: Path) -> None:
    (project / "out" / "case" / "7.docx" / "held").mkdir(parents=True)
    result = reportkit("build")
    assert result.exit_code == 3
    assert result.stderr.count("エラー：") == 1
    assert "7.docx" in result.stderr
    assert "閉じて" in result.stderr
    assert len(cases_written(project / "out")) == 2
    assert not list((project / "out").rglob("*.part"))


@pytest.mark.skipif(shutil.which("df") is None or not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_nobody_reads_to_the_end_is_no_fault(project: Path) -> None:
    script = f"{sys.executable} -m reportkit_briefings export cases | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    process = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, cwd=project)
    assert "Traceback" not in process.stderr
    assert "予期しない" not in process.stderr
