"""What a change makes stale, and nothing else: on a small project of our own seeds."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportkit import read
from reportkit.cli.main import cli

CHECKOUT = Path(__file__).parents[2]
CARS = "自動車・鉄道・船舶・航空"
SURVEY = Path("seeds/survey/generative-ai-survey-2024.txt")


def run(*words: str) -> Result:
    result = CliRunner().invoke(cli, list(words))
    assert "内部で予期しない" not in result.output
    return result


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def contents(out: Path = Path("out")) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.docx"))}


def changed_by(change: Callable[[], object]) -> set[str]:
    """Build after the change and return the documents whose bytes are other ones; compare with a clean build."""
    before = contents()
    stamps = {name: (Path("out") / name).stat().st_mtime_ns for name in before}
    change()
    planned = set(re.findall(r"^  (\S+)  ", run("plan", "--all").output, re.MULTILINE))
    assert contents() == before
    result = run("build")
    assert result.exit_code == 0, result.output
    after = contents()
    changed = {name for name in after if after[name] != before.get(name)}
    touched = {name for name in after if (Path("out") / name).stat().st_mtime_ns != stamps.get(name)}
    assert touched == changed, "a file that is the same is not written again"
    assert {name.removesuffix(".docx") for name in changed} <= planned
    clean = run("build", "--out", "clean")
    assert clean.exit_code == 0
    fresh = contents(Path("clean"))
    shutil.rmtree("clean")
    assert fresh == {name: after[name] for name in fresh}
    return changed


def build_project(folder: Path, survey: bool) -> Path:
    (folder / "seeds" / "cases").mkdir(parents=True)
    for name in ("aist.md", "sony-group.md", "medical-data-vision.md"):
        shutil.copy(CHECKOUT / "seeds" / "cases" / name, folder / "seeds" / "cases")
    if survey:
        shutil.copytree(CHECKOUT / "seeds" / "survey", folder / "seeds" / "survey")
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert run("build").exit_code == 0
    finally:
        os.chdir(here)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_project(tmp_path_factory.mktemp("built"), survey=False)


@pytest.fixture(scope="module")
def built_survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_project(tmp_path_factory.mktemp("built"), survey=True)


def copied(built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(built, folder)
    monkeypatch.chdir(folder)
    for name in ("REPORTKIT_SEEDS", "REPORTKIT_OUT", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of a built project of three cases, made the current folder."""
    return copied(built, tmp_path / "project", monkeypatch)


@pytest.fixture
def survey(built_survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of a built project with the survey, made the current folder."""
    return copied(built_survey, tmp_path / "project", monkeypatch)


def test_nothing_changed_writes_nothing_and_says_so(project: Path) -> None:
    assert changed_by(lambda: os.utime("seeds/cases/aist.md")) == set()
    result = run("build")
    assert f"変わりありません：{len(contents())} 件の文書は最新です" in result.output
    assert "データの指摘：" in result.output
    assert "変わりありません" in run("plan").output


def test_an_edited_case_changes_its_document_and_those_that_use_the_field(project: Path) -> None:
    changed = changed_by(lambda: edit(Path("seeds/cases/aist.md"), "325%", "335%"))
    assert changed == {"case/863.docx", "sector/教育.docx", "overview.docx"}


def test_words_that_only_the_case_itself_tells_change_nothing_else(project: Path) -> None:
    path = Path("seeds/cases/sony-group.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.rstrip()}\n\n## 付記\n\n架空の付記です。\n", encoding="utf-8")
    changed = changed_by(lambda: None)
    assert "case/ソニーグループ.docx" in changed
    assert changed <= {"case/ソニーグループ.docx", "overview.docx"}


def test_an_edit_that_changes_no_used_fact_writes_nothing(project: Path) -> None:
    Path("seeds/taxonomy.toml").write_text("# 架空\n", encoding="utf-8")
    assert run("build").exit_code == 0
    assert changed_by(lambda: Path("seeds/taxonomy.toml").write_text("# 架空の注記\n", encoding="utf-8")) == set()


def test_words_that_no_briefing_takes_from_the_survey_write_nothing(survey: Path) -> None:
    text = SURVEY.read_text(encoding="utf-8") + "この行の言葉は、どの文書にも使われません。\n"
    assert changed_by(lambda: SURVEY.write_text(text, encoding="utf-8")) == set()


def test_a_corrected_cell_changes_the_documents_that_print_it(survey: Path) -> None:
    lines = SURVEY.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if line.startswith("医療\t") and "3,711" in line)
    lines[at] = lines[at].replace("3,711", "3,611", 1)
    changed = changed_by(lambda: SURVEY.write_text("".join(lines), encoding="utf-8"))
    assert {"sector/医療.docx", "sector/医療・福祉.docx", "overview.docx"} <= changed


@pytest.mark.parametrize(
    ("matrix", "row", "column", "new", "document"),
    [
        ("barriers", "製造業", "初期導入コスト/運用コストが高額", "19%", "sector/製造業.docx"),
        ("support", "製造業", "AI導入のための業務・技術の双方を理解した人材", "28%", "sector/製造業.docx"),
        ("reduction-rate", CARS, "SW開発/アプリケーション開発", "27%", f"sector/{CARS}.docx"),
        ("data-sharing-intent", CARS, "共有できない", "54%", f"sector/{CARS}.docx"),
    ],
)  # fmt: skip
def test_a_corrected_cell_that_no_check_speaks_about_changes_the_documents_that_print_it(
    survey: Path, matrix: str, row: str, column: str, new: str, document: str
) -> None:
    before = read(survey / "seeds")
    cell = before.matrix(matrix).cell(row, column)
    assert cell is not None
    lines = SURVEY.read_text(encoding="utf-8").splitlines(keepends=True)
    line = lines[cell.origin.line - 1]
    assert line.count(cell.raw) == 1
    lines[cell.origin.line - 1] = line.replace(cell.raw, new)
    changed = changed_by(lambda: SURVEY.write_text("".join(lines), encoding="utf-8"))
    assert read(survey / "seeds").findings == before.findings, "so that only the cell itself can tell"
    assert document in changed


def test_a_survey_under_another_title_changes_the_documents_that_cite_it(survey: Path) -> None:
    changed = changed_by(lambda: edit(SURVEY, "令和5年度", "令和6年度"))
    assert {"sector/医療.docx", "overview.docx"} <= changed


def test_a_new_case_reaches_its_sector_and_the_overview(project: Path) -> None:
    Path("reportkit.toml").write_text("date = 2026-04-01\n", encoding="utf-8")
    text = Path("seeds/cases/aist.md").read_text(encoding="utf-8")
    new = (
        text.replace("863", "864")
        .replace("産業技術総合研究所", "架空の研究所")
        .replace("National", "Fictional")
        .replace("AIST", "FICTION")
    )
    assert run("build").exit_code == 0
    changed = changed_by(lambda: Path("seeds/cases/new.md").write_text(new, encoding="utf-8"))
    assert {"case/864.docx", "sector/教育.docx", "overview.docx"} <= changed
    assert not any(name.startswith("case/") for name in changed - {"case/864.docx"})


def test_a_template_changes_the_kind_that_uses_it(project: Path) -> None:
    own = Path("templates/sections/case/effects.md.j2")

    def override() -> None:
        own.parent.mkdir(parents=True)
        text = (CHECKOUT / own).read_text(encoding="utf-8")
        own.write_text(f"{text}\n架空の一文です。\n", encoding="utf-8")

    assert {name.partition("/")[0] for name in changed_by(override)} == {"case"}
    assert changed_by(own.unlink) == {name for name in contents() if name.startswith("case/")}
    unused = own.with_name("unused.md.j2")
    assert changed_by(lambda: unused.write_text("どこにも出ない文。\n", encoding="utf-8")) == set()


def test_settings_and_date_change_every_document(project: Path) -> None:
    everything = set(contents())
    assert (
        changed_by(lambda: Path("reportkit.toml").write_text('organisation = "架空総研"\n', encoding="utf-8"))
        == everything
    )
    Path("reportkit.toml").write_text('organisation = "架空総研"\ndate = 2026-04-01\n', encoding="utf-8")
    assert "発行日" in run("explain", "863").output
    assert changed_by(lambda: None) == everything
    Path("reportkit.toml").write_text('organisation = "架空総研"\ndate = 2026-04-01\nout = "out"\n', encoding="utf-8")
    assert changed_by(lambda: None) == set()


def test_another_version_of_reportkit_makes_everything_stale(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for digest in ("whole.engine_with_plugins", "inputs.engine_digest"):
        monkeypatch.setattr(f"reportkit.project.{digest}", lambda: "another")
    assert f"作り直す文書：{len(contents())} 件" in run("plan").output
    assert "reportkit の版" in run("explain", "863").output
    result = run("build")
    assert f"{len(contents())} 件の文書は作り直しても同じでした" in result.output


def test_a_deleted_output_is_made_again_alone(project: Path) -> None:
    Path("out/case/863.docx").unlink()
    assert "文書のファイルがありません" in run("explain", "863").output
    result = run("build")
    assert "書き出しました：out/case/863.docx" in result.output
    assert f"ほかの {len(contents()) - 1} 件の文書は最新です" in result.output


def test_a_hand_edited_output_is_never_overwritten_silently(project: Path) -> None:
    path, beside = Path("out/case/863.docx"), Path("out/case/863.new.docx")
    ours = path.read_bytes()
    by_hand = ours.replace(b"word/styles.xml", b"word/stylez.xml")
    path.write_bytes(by_hand)
    assert "手で直されています" in run("explain", "863").output
    result = run("build")
    assert result.exit_code == 0
    assert str(beside) in result.output
    assert (path.read_bytes(), beside.read_bytes()) == (by_hand, ours)
    again = run("build")
    assert "変わりありません" in again.output
    assert "手で直された文書はそのままです" in again.output
    edit(Path("seeds/cases/aist.md"), "325%", "335%")
    assert run("build").exit_code == 0
    assert path.read_bytes() == by_hand
    assert beside.read_bytes() != ours
    assert run("case", "863").exit_code == 0
    assert path.read_bytes() == by_hand
    newest = beside.read_bytes()
    assert run("build", "--overwrite").exit_code == 0
    assert path.read_bytes() == newest
    assert run("build", "--prune").exit_code == 0
    assert not beside.exists()


def test_documents_without_a_subject_are_listed_and_removed_only_on_request(project: Path) -> None:
    Path("out/sector/自分のメモ.docx").write_bytes(b"by hand")
    Path("seeds/cases/aist.md").unlink()
    assert "out/case/863.docx" in run("plan").output
    result = run("build")
    assert "もとの資料がなくなった文書が 2 件あります（消すには --prune）：out/case/863.docx、" in result.output
    assert Path("out/case/863.docx").exists()
    assert "もとの資料がなくなった文書が 2 件あります" in run("build").output
    assert run("build", "--prune").exit_code == 0
    assert not Path("out/case/863.docx").exists()
    assert Path("out/sector/自分のメモ.docx").exists()
    assert "もとの資料がなくなった" not in run("build").output


def test_a_lost_record_costs_a_rebuild_and_nothing_else(project: Path) -> None:
    before = contents()
    shutil.rmtree(".reportkit")
    assert f"作り直す文書：{len(contents())} 件" in run("plan").output
    result = run("build")
    assert f"{len(contents())} 件の文書は作り直しても同じでした" in result.output
    assert contents() == before
    assert "変わりありません" in run("build").output


def test_a_damaged_record_is_told_and_mended(project: Path) -> None:
    record = Path(".reportkit/record.jsonl")
    record.write_bytes(record.read_bytes()[:1000])
    result = run("build")
    assert result.exit_code == 0
    assert "ビルドの記録が途中で切れています" in result.stderr
    assert f"{len(contents())} 件の文書は作り直しても同じでした" in result.output
    assert "変わりありません" in run("build").output
    record.write_text('{"reportkit-record": 2, "lines": 1}\n')
    assert "別の版" in run("plan").stderr
    assert "別の版" in run("build").stderr


def test_a_document_that_failed_is_tried_again(project: Path) -> None:
    before = contents()
    own = Path("templates/sections/case/effects.md.j2")
    own.parent.mkdir(parents=True)
    own.write_text("{{ view.nothing }}\n", encoding="utf-8")
    assert run("build").exit_code == 3
    assert contents() == before
    assert run("build").exit_code == 3
    own.unlink()
    assert run("build").exit_code == 0
    assert contents() == before


def test_a_document_made_by_name_counts_as_made(project: Path) -> None:
    edit(Path("seeds/cases/aist.md"), "325%", "335%")
    assert "out/case/863.docx" in run("case", "863").output
    result = run("build")
    assert "case/863" not in result.output
    assert "overview" in result.output


def test_two_builds_at_once_are_told_apart(project: Path) -> None:
    from reportkit.build.lock import locked

    with locked(Path(".reportkit")):
        result = run("build")
    assert result.exit_code == 2
    assert "別の reportkit がこのプロジェクトで文書を作っています" in result.stderr


def test_a_project_folder_that_cannot_be_written_is_built_all_the_same(project: Path) -> None:
    shutil.rmtree(".reportkit")
    Path(".reportkit").write_text("in the way")
    result = run("build")
    assert result.exit_code == 0
    assert "ビルドの記録を書けません" in result.stderr


def test_explain_says_why_not(survey: Path) -> None:
    output = run("explain", "医療").output
    assert "sector/医療（out/sector/医療.docx）は最新です" in output
    assert "impact" in output
    assert "メディカル・データ・ビジョン" in output
    assert "sections/sector/barriers.md.j2" in output
    assert run("explain", "ソニー").output.startswith("case/ソニーグループ")
    assert run("explain", "どこにもない").exit_code == 2
    assert "overview" in run("explain", "概観").output
