"""The commands as a user types them: what they print, what they write, how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from benchmarks.generate import case_files
from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.base.text import display_width
from reportkit.checks.codes import CODES
from reportkit.cli.check import finding_lines
from reportkit.cli.explain import findings_page
from reportkit.cli.main import COMMANDS, cli
from reportkit.cli.summaries import SUMMARIES
from reportkit.sources.cases.coverage import Coverage, LostLine

CHECKOUT = Path(__file__).parents[2]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with two of our cases, made the current folder."""
    (tmp_path / "seeds" / "cases").mkdir(parents=True)
    for name in ("sony-group.md", "jfe-steel.md"):
        shutil.copy(CHECKOUT / "seeds" / "cases" / name, tmp_path / "seeds" / "cases")
    monkeypatch.chdir(tmp_path)
    for name in ("REPORTKIT_SEEDS", "REPORTKIT_OUT", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def survey(project: Path) -> Path:
    """Add the survey to the project."""
    shutil.copytree(CHECKOUT / "seeds" / "survey", project / "seeds" / "survey")
    return project


def documents(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.docx"))


# --- help and usage


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_shows_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"例：\n    reportkit {name}" in result.output


@pytest.mark.parametrize("group", ["list", "show", "mail"])
def test_the_help_of_every_sub_command_shows_an_example(group: str) -> None:
    for line in run(group, "--help").output.partition("コマンド:")[2].splitlines():
        if line.strip():
            name = line.split()[0]
            assert f"例：\n    reportkit {group} {name}" in run(group, name, "--help").output


def test_the_lines_of_the_help_are_those_of_the_commands() -> None:
    for name, summary in SUMMARIES.items():
        command = cli.get_command(Context(cli), name)
        assert command is not None, name
        assert command.get_short_help_str(200) == summary
    lines = run("--help").output.splitlines()
    assert [line.split()[0] for line in lines[lines.index("コマンド:") + 1 :] if line] == list(COMMANDS)


@pytest.mark.parametrize("words", [("--help",), ("check", "--explain", "case.payback")])
def test_help_and_explanations_load_no_reader_and_no_check(words: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom reportkit.cli.main import cli\n"
        f"try:\n    cli({list(words)!r})\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\n'.join(name for name in sys.modules if name.startswith('reportkit.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    loaded = set(done.stderr.split())
    assert "reportkit.cli.main" in loaded
    heavy = {"reportkit.sources", "reportkit.checks.cases", "reportkit.base.amounts", "reportkit.corpus"}
    assert not loaded & heavy


def test_help_is_in_japanese() -> None:
    output = run("--help").output
    assert all(word in output for word in ("使い方：", "オプション:", "コマンド:", "この説明を表示します"))
    assert "Show this message" not in output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bild"], "コマンド「bild」はありません（もしかして：build）"),
        (["build", "--seed", "x"], "オプション「--seed」はありません（もしかして：--seeds"),
        (["build", "--charts", "png"], "native、picture"),
        (["build", "--date", "昨日"], "2026-04-01 の形か today"),
        (["build", "--date", "2026-02-30"], "2026-04-01 の形か today"),
        (["build", "--seeds"], "オプション「--seeds」"),
        (["build", "x"], "余分な引数があります：x"),
        (["sector"], "引数「NAME...」が必要です"),
        (["export", "everything"], "cases、metrics、matrices、statistics、findings"),
        (["export", "cases", "--format", "xml"], "json、csv、xlsx"),
        (["show", "matrix"], "引数「ID」が必要です"),
        (["check", "--seeds", "nowhere"], "nowhere: 資料のフォルダーがありません"),
        (["sector", "宇宙", "--seeds", "."], "業界「宇宙」は見つかりません"),
        (["case", "誰か", "--seeds", "."], "事例「誰か」は見つかりません"),
        (["show", "matrix", "x", "--seeds", "."], "行列「x」はありません"),
        (["show", "template", "../secret"], "テンプレート「../secret」がありません"),
    ],
)
def test_a_wrong_command_line_is_answered_in_one_japanese_message(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == (3 if "template" in words else 2)
    assert said in result.stderr
    assert result.stderr.startswith("エラー：")
    assert result.stderr.count("エラー：") == 1
    assert not result.stdout


def test_faulty_settings_are_all_named_and_exit_2(project: Path) -> None:
    (project / "reportkit.toml").write_text('seed = "x"\nissue = "one"\n', encoding="utf-8")
    result = run("build")
    assert result.exit_code == 2
    assert result.stderr.count("エラー：") == 2
    assert "reportkit.toml:1" in result.stderr
    assert "reportkit.toml:2" in result.stderr


# --- documents


def test_build_writes_every_document_and_counts_the_findings(project: Path) -> None:
    result = run("build")
    assert result.exit_code == 0, result.output
    written = documents(project / "out")
    assert "overview.docx" in written
    assert len([name for name in written if name.startswith("case/")]) == 2
    assert "sector/製造業.docx" in written
    assert "sector/介護.docx" not in written
    assert f"{len(written)} 件の文書を書き出しました：out" in result.stdout
    assert "データの指摘：" in result.stdout


def test_with_the_survey_every_sector_has_a_briefing(survey: Path) -> None:
    assert run("build", "--out", "報告書").exit_code == 0
    written = documents(survey / "報告書")
    assert len([name for name in written if name.startswith("sector/")]) == 20
    assert "sector/自動車・鉄道・船舶・航空.docx" in written


def test_two_builds_give_the_same_bytes(project: Path) -> None:
    assert run("build", "--out", "a").exit_code == 0
    assert run("build", "--out", "b").exit_code == 0
    for name in documents(project / "a"):
        assert (project / "a" / name).read_bytes() == (project / "b" / name).read_bytes(), name


def test_sectors_and_cases_are_written_by_name(project: Path) -> None:
    result = run("sector", "素材・化学・製薬", "その他製造業")
    assert result.exit_code == 0, result.output
    assert documents(project / "out") == ["sector/その他製造業.docx", "sector/製薬・化学・素材.docx"]
    assert "書き出しました：out/sector/製薬・化学・素材.docx" in result.stdout.replace(os.sep, "/")
    assert run("case", "ソニー").exit_code == 0
    assert len(documents(project / "out")) == 3


def test_one_unknown_name_writes_nothing(project: Path) -> None:
    result = run("case", "ソニー", "存在しない企業")
    assert result.exit_code == 2
    assert not (project / "out").exists()


def test_the_issue_date_is_the_one_given(project: Path) -> None:
    assert run("case", "ソニー", "--date", "2026-04-01", "--out", "a").exit_code == 0
    assert run("case", "ソニー", "--out", "b", "--date", "2026-04-02").exit_code == 0
    (name,) = documents(project / "a")
    assert (project / "a" / name).read_bytes() != (project / "b" / name).read_bytes()


def test_folders_come_from_options_then_environment_then_settings(project: Path) -> None:
    (project / "seeds").rename(project / "資料")
    (project / "reportkit.toml").write_text('seeds = "資料"\nout = "設定"\n', encoding="utf-8")
    assert run("case", "ソニー").exit_code == 0
    assert CliRunner().invoke(cli, ["case", "ソニー"], env={"REPORTKIT_OUT": "環境"}).exit_code == 0
    assert CliRunner().invoke(cli, ["case", "ソニー", "--out", "指定"], env={"REPORTKIT_OUT": "環境"}).exit_code == 0
    for folder in ("設定", "環境", "指定"):
        assert documents(project / folder), folder


def test_charts_can_be_pictures(project: Path) -> None:
    assert run("case", "ソニー", "--charts", "picture").exit_code == 0


@pytest.mark.parametrize(("options", "settings", "noted"), [
    ((), "", True), (("--no-footnotes",), "", False), ((), "footnotes = false\n", False),
    (("--footnotes",), "footnotes = false\n", True),
])  # fmt: skip
def test_footnotes_can_be_left_out(project: Path, options: tuple[str, ...], settings: str, noted: bool) -> None:
    (project / "reportkit.toml").write_text(settings)
    assert run("case", "ソニー", *options).exit_code == 0
    (path,) = (project / "out").rglob("*.docx")
    with zipfile.ZipFile(path) as archive:
        assert (b"<w:footnoteReference" in archive.read("word/document.xml")) is noted


def test_the_review_edition_stands_beside_the_one_for_readers(project: Path) -> None:
    assert run("case", "ソニー").exit_code == 0
    (reader,) = (project / "out").rglob("*.docx")
    before = reader.read_bytes()
    assert run("case", "ソニー", "--edition", "review").exit_code == 0
    review = reader.with_name(f"{reader.stem}.review.docx")
    assert {*(project / "out").rglob("*.docx")} == {reader, review}
    assert reader.read_bytes() == before != review.read_bytes()


def test_each_edition_is_up_to_date_by_itself_and_prunes_nothing_of_the_other(project: Path) -> None:
    assert run("build").exit_code == 0
    readers = {path: path.read_bytes() for path in (project / "out").rglob("*.docx")}
    assert run("build", "--edition", "review", "--prune").exit_code == 0
    both = {*(project / "out").rglob("*.docx")}
    assert len(both) == 2 * len(readers)
    assert {path: path.read_bytes() for path in readers} == readers
    assert "もとの資料がなくなった" not in run("build", "--prune").output
    assert {*(project / "out").rglob("*.docx")} == both
    stamps = {path: path.stat().st_mtime_ns for path in both}
    assert run("build").exit_code == run("build", "--edition", "review").exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in both} == stamps


# --- lists, shows, exports, checks


def test_lists_name_what_there_is(survey: Path) -> None:
    assert "ソニーグループ" in run("list", "cases").output
    sectors = run("list", "sectors").output.splitlines()
    assert len(sectors) == 20
    assert next(line for line in sectors if line.startswith("製造業")).split()[1] == "グループ"
    matrices = run("list", "matrices").output.splitlines()
    assert len(matrices) == 13
    assert any(line.startswith("impact ") and "17×8" in line and "億円" in line for line in matrices)
    templates = run("list", "templates").output
    assert "briefings/sector.toml" in templates
    assert "base.docx" in templates
    assert "自分用" not in templates


def test_a_matrix_is_shown_with_its_marks(survey: Path) -> None:
    output = run("show", "matrix", "impact").output
    assert "r1 9,081" in output
    assert "合計" in output
    row = run("show", "matrix", "impact", "--sector", "医療").output
    assert "r10 3,711" in row
    assert "r1 9,081" not in row
    assert "卸売・小売" not in run("show", "matrix", "reduction-rate", "--sector", "医療").output
    group = run("show", "matrix", "barriers", "--sector", "医療").output
    assert "医療・福祉" in group


def test_a_matrix_without_that_sector_says_which_rows_it_has(survey: Path) -> None:
    result = run("show", "matrix", "impact", "--sector", "公共")
    assert result.exit_code == 2
    assert "ある行：自動車・鉄道・船舶・航空" in result.stderr


def test_a_case_is_shown_with_lines(project: Path) -> None:
    output = run("show", "case", "ソニー").output
    assert "効果：毎月削減時間：" in output
    assert "行目）" in output
    assert "従業員：グループ約11万名" in output


def test_a_template_is_printed_to_start_from(project: Path) -> None:
    text = run("show", "template", "briefings/sector.toml").output
    assert text == (CHECKOUT / "templates" / "briefings" / "sector.toml").read_text(encoding="utf-8")


def test_the_format_of_an_export_follows_the_file_name(survey: Path) -> None:
    assert run("export", "matrices", "-o", "m.json").exit_code == 0
    assert run("export", "matrices", "-o", "m.csv").exit_code == 0
    assert run("export", "matrices", "-o", "m.xlsx").exit_code == 0
    records = json.loads((survey / "m.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO((survey / "m.csv").read_bytes().decode("utf-8-sig"), newline="")))
    sheet = load_workbook(survey / "m.xlsx")["全セル"]
    assert len(records) == len(rows) == sheet.max_row - 1
    cell = next(
        r for r in records if (r["matrix"], r["row"], r["column"]) == ("impact", "医療", "オペレーションサービス/CS")
    )
    assert (cell["value"], cell["rank"], cell["unit"], cell["imputed"], cell["spread"]) == (
        3711,
        10,
        "億円",
        False,
        False,
    )
    total = next(r for r in records if (r["matrix"], r["row"], r["column"]) == ("impact", "合計", "合計"))
    assert total["value"] == 186821


def test_an_export_goes_to_standard_output(project: Path) -> None:
    result = run("export", "cases")
    assert result.exit_code == 0
    assert {case["company"]["name"] for case in json.loads(result.stdout)} >= {"ソニーグループ株式会社"}


def test_an_export_that_cannot_be_written_is_one_message(project: Path) -> None:
    (project / "x.json").mkdir()
    result = run("export", "cases", "-o", "x.json")
    assert result.exit_code == 3
    assert result.stderr.count("エラー：") == 1


def test_check_lists_findings_with_place_and_remedy(survey: Path) -> None:
    result = run("check")
    findings = json.loads(run("check", "--format", "json").stdout)
    assert findings
    fields = [
        "code",
        "severity",
        "message",
        "fix",
        "source",
        "sheet",
        "line",
        "column",
        "place",
        "evidence",
        "subjects",
    ]
    assert all(list(f) == fields for f in findings)
    assert {f["severity"] for f in findings} <= {"error", "warning", "note"}
    assert all((survey / "seeds" / f["source"]).is_file() for f in findings if f["source"])
    assert result.exit_code == (1 if any(f["severity"] == "error" for f in findings) else 0)
    assert findings[0]["message"] in result.output
    assert f"指摘は {len(findings)} 件" in result.output
    order = [["error", "warning", "note"].index(f["severity"]) for f in findings]
    assert order == sorted(order)


def test_check_groups_the_findings_by_file_with_what_evidence_and_remedy(survey: Path) -> None:
    (survey / "seeds" / "README.md").write_text("# このフォルダの一覧\n\n- a.md\n- b.md\n- c.md\n", encoding="utf-8")
    lines = run("check").output.splitlines()
    findings = json.loads(run("check", "--format", "json").stdout)
    files = list(dict.fromkeys(f["source"] for f in findings))
    heads = [line.partition("  ")[0] for line in lines if line and not line.startswith((" ", "資料"))]
    assert heads == files
    start = next(number for number, line in enumerate(lines) if "matrix.grand-total" in line)
    assert lines[start].startswith("  警告  matrix.grand-total")
    assert "行目・列" in lines[start]
    words = [line.strip().partition("　")[0] for line in lines[start + 1 : start + 5]]
    assert words == ["何が", "なぜ", "根拠", "根拠"]
    assert "資料 3 件（事例 2、調査 1）を読みました（ほかに事例でないもの 1 件）" in lines[-1]


def test_check_names_the_sheet_and_the_cell_of_a_workbook(project: Path) -> None:
    place = Origin("調査.xlsx", 3, 2, sheet="2023年")
    finding = Finding("matrix.row-total", "error", "合いません", "直す", place, (Evidence("印刷の合計", "9", place),))
    lines = list(finding_lines(finding, "調査.xlsx"))
    assert lines[0].endswith("  2023年!B3")
    assert "    根拠　印刷の合計：9（2023年!B3）" in lines
    assert next(iter(finding_lines(finding, ""))).endswith("  調査.xlsx:2023年!B3")


def test_check_counts_the_cases_when_a_file_holds_several(project: Path) -> None:
    for file in case_files(5, dialects=("M1",)):
        (project / "seeds" / file.name).write_text(file.text, encoding="utf-8")
    assert "資料 3 件（事例のファイル 3、その中の事例 7 件）を読みました" in run("check").output


@pytest.mark.parametrize(
    ("severity", "shown"),
    [("error", {"error"}), ("warning", {"error", "warning"}), ("note", {"error", "warning", "note"})],
)
def test_check_shows_findings_of_a_severity_and_worse(severity: str, shown: set[str], survey: Path) -> None:
    everything = json.loads(run("check", "--format", "json").stdout)
    result = run("check", "--severity", severity, "--format", "json")
    kept = json.loads(result.stdout)
    assert kept == [finding for finding in everything if finding["severity"] in shown]
    assert {finding["severity"] for finding in kept} == shown
    assert result.exit_code == 1
    text = run("check", "--severity", severity)
    assert text.exit_code == 1
    hidden = len(everything) - len(kept)
    assert (f"表示していない軽い指摘 {hidden} 件" in text.output) == bool(hidden)


@pytest.mark.parametrize("code", ["case.payback", " Case.Payback "])
def test_explain_says_what_a_code_means_why_it_matters_and_what_to_do(code: str) -> None:
    info = CODES["case.payback"]
    result = run("check", "--explain", code, "--seeds", "nowhere")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"case.payback  {info.title}",
        f"  何が　{info.meaning}",
        f"  なぜ　{info.why}",
        f"  直す　{info.fix}",
    ]


def test_explain_alone_prints_every_code() -> None:
    lines = run("check", "--explain").output.splitlines()
    assert [line.split()[0] for line in lines if line and not line.startswith(" ")] == [*CODES, str(len(CODES))]


@pytest.mark.parametrize(
    ("code", "near"), [("case.paybak", "case.payback"), ("payback", "case.payback"), ("???", "source."), ("", "種類")]
)
def test_an_unknown_code_is_answered_with_the_nearest(code: str, near: str) -> None:
    result = run("check", "--explain", code)
    assert near in result.output
    assert result.exit_code == (2 if code else 0)


def test_the_page_of_codes_is_up_to_date() -> None:
    page = (CHECKOUT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == findings_page(), "python tools/make_findings_page.py"


def test_coverage_names_every_case_file_and_a_total(survey: Path) -> None:
    result = run("check", "--coverage")
    assert result.exit_code == 0, result.output
    rows = [line.split() for line in result.output.splitlines()]
    assert rows[0] == ["事例のファイル", "文字", "既知の節", "その他の節", "どこにもない"]
    assert [row[0] for row in rows[1:4]] == ["cases/jfe-steel.md", "cases/sony-group.md", "合計"]
    assert all(row[-1] == "0%" for row in rows[1:4])
    assert "測っていません：survey/generative-ai-survey-2024.txt" in result.output
    records = json.loads(run("check", "--coverage", "--format", "json").stdout)
    assert [file["nowhere"] for file in records["files"]] == [0, 0, None]
    assert records["total"]["characters"] == sum(file["characters"] or 0 for file in records["files"])


def test_words_that_are_nowhere_are_shown_and_end_with_1(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(_text: str, _cases: object) -> Coverage:
        return Coverage(9_990, 0, 10, (LostLine(7, "消えた語"),))

    monkeypatch.setattr("reportkit.project.coverage.cover", lossy)
    result = run("check", "--coverage")
    assert result.exit_code == 1
    assert "どこにもない：cases/sony-group.md:7：消えた語" in result.output
    assert "0.10%" in result.output
    assert run("check", "--coverage", "--format", "json").exit_code == 1


def test_a_case_is_shown_line_by_line_with_what_each_line_became(project: Path) -> None:
    text = (project / "seeds" / "cases" / "sony-group.md").read_text(encoding="utf-8").splitlines()
    output = run("show", "case", "ソニー", "--raw").output.splitlines()
    assert output[1] == "cases/sony-group.md"
    numbered = [line for line in output[2:] if line[:3].strip().isdigit()]
    assert len(numbered) == len(text)
    company = next(line for line in numbered if "| 企業名" in line)
    assert "company" in company.partition("|")[0]
    assert any("metrics[0].label .raw" in line for line in numbered)
    assert any("sections: quant_effect" in line for line in numbered)
    starts = {display_width(shown[: -len(line)]) for shown, line in zip(numbered, text, strict=True) if line.strip()}
    assert len(starts) == 1  # the source text begins in one column
    assert "!  どこにも入っていない行：0" in output


def test_init_makes_a_folder_that_can_be_used_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "報告").exit_code == 0
    monkeypatch.chdir(tmp_path / "報告")
    empty = run("build")
    assert empty.exit_code == 2
    assert "報告書にできる資料がありません" in empty.stderr
    shutil.copy(CHECKOUT / "seeds" / "cases" / "sony-group.md", "seeds")
    assert run("build").exit_code == 0
    assert documents(Path("out"))


# --- as a process


def process(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reportkit_briefings", *words], cwd=cwd, capture_output=True, check=False
    )


def test_a_process_ends_with_the_exit_code_and_draws_no_bar(project: Path) -> None:
    done = process("case", "ソニー", cwd=project)
    assert done.returncode == 0
    assert done.stderr == b""
    assert process("case", "誰か", cwd=project).returncode == 2


def test_output_is_utf_8_json_whatever_the_locale(project: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}
    done = subprocess.run(
        [sys.executable, "-m", "reportkit_briefings", "export", "cases"], cwd=project, capture_output=True, check=True,
        env=environment,
    )  # fmt: skip
    assert "ソニーグループ" in done.stdout.decode("utf-8")
    listed = subprocess.run(
        [sys.executable, "-m", "reportkit_briefings", "list", "cases"], cwd=project, capture_output=True, check=False,
        env=environment,
    )  # fmt: skip
    assert listed.returncode == 0
    assert b"Traceback" not in listed.stderr


def test_a_terminal_without_some_characters_shows_the_rest(project: Path) -> None:
    text = (project / "seeds" / "cases" / "sony-group.md").read_text(encoding="utf-8").replace("ソニー", "ソニー🏯é")
    (project / "seeds" / "cases" / "sony-group.md").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "reportkit_briefings", "list", "cases"], cwd=project, capture_output=True, check=True,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp932"},
    )  # fmt: skip
    assert "ソニー??グループ" in done.stdout.decode("cp932")


def test_an_unexpected_fault_is_a_short_message_and_a_traceback_only_on_request(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_corpus: object) -> list[dict[str, object]]:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("reportkit.project.records.EXPORTS", {"cases": broken})
    short = run("export", "cases")
    assert short.exit_code == 70
    assert "Traceback" not in short.output
    assert "--debug" in short.stderr
    long = run("export", "cases", "--debug")
    assert long.exit_code == 70
    assert "ZeroDivisionError: boom" in long.stderr
    assert "Traceback" in long.stderr
