"""Tracing: from a printed number in any form to the line of the source, and from a line to every number on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hand_docx import SOURCE, body, docx, write_seeds

from reportkit.cli.main import cli


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_seeds(tmp_path)
    (tmp_path / "out" / "sector").mkdir(parents=True)
    (tmp_path / "out" / "sector" / "医療.docx").write_bytes(docx())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPORTKIT_SEEDS", raising=False)
    monkeypatch.delenv("REPORTKIT_OUT", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["trace", *words])


def trace(question: str, *options: str) -> str:
    result = run("out/sector/医療.docx", question, *options)
    assert result.exit_code == 0, result.output
    return result.output


CELL = """1,200  医療×営業の効果
  ID：matrix/impact/医療/営業
  場所：経済インパクト › 内訳 › 表1 2行2列「医療」×「営業」「1,200」
  資料：survey/001.txt:4 (列2) 「1,200」
        行「医療」（4行）、列「営業」（3行）
        架空調査 2025
"""


@pytest.mark.parametrize("question", ["1,200", "1200", "１，２００", "1,200億円", "matrix/impact/医療/営業"])
def test_a_number_is_found_in_any_of_its_forms(project, question):
    assert trace(question) == CELL


def test_a_computed_number_shows_its_computation_as_a_tree_down_to_the_lines(project):
    assert trace("80.0%") == """80.0%  医療の効果に占める営業
  ID：share/impact/医療/営業
  場所：経済インパクト「80.0%」
  計算：部分 ÷ 全体
  ├ 1,200億円  医療×営業の効果
  │   資料：survey/001.txt:4 (列2) 「1,200」
  │         行「医療」（4行）、列「営業」（3行）
  │         架空調査 2025
  └ 1,500億円  医療の効果（合計）
      資料：survey/001.txt:4 (列4) 「1,500」
            行「医療」（4行）、列「合計」（3行）
"""  # fmt: skip


def test_the_lines_as_they_are_now_say_when_they_changed(project):
    lines = trace("matrix/impact/医療/営業", "--seeds", "seeds").splitlines()[-2:]
    assert [line.strip() for line in lines] == ["いまも同じ", "> 医療｜1,200｜300｜1,500"]
    text = ("前書き\n" + SOURCE).replace("1,500", "1,600")
    (project / "seeds" / "survey" / "001.txt").write_text(text, encoding="utf-8")
    told = [line.strip(" │") for line in trace("80.0%", "--seeds", "seeds").splitlines()]
    assert "行が移っています（値は同じ）：survey/001.txt:5 (列2)" in told
    assert any(line.startswith("値が変わっています") for line in told)
    assert "> 医療｜1,200｜300｜1,600" in told


def test_a_heading_gives_the_numbers_of_its_section(project):
    told = trace("内訳")
    assert told.startswith("「内訳」に当たる数値が 4 件あります\n1. 1,200  医療×営業の効果\n")
    assert "80.0%" not in told


def test_several_hits_are_numbered_nearest_first(project):
    told = trace("1,500")
    assert "ID：matrix/impact/医療/合計" in told
    assert "場所：経済インパクト「1,500億円」" in told
    assert "場所：経済インパクト › 内訳 › 表1 2行4列「医療」×「合計」「1,500」" in told


def test_words_of_a_source_are_found_as_such(project):
    told = trace("252")
    assert told == "引用した資料の言葉の中に 1 か所あります\n  経済インパクト「回答した252社」 survey/001.txt:7\n"


def test_what_is_not_there_gives_the_nearest_numbers(project):
    result = run("out/sector/医療.docx", "1,201")
    assert result.exit_code == 1
    assert result.output.startswith("「1,201」はこの文書にありません\n近いもの：1,200、")
    assert "経済インパクト" in run("out/sector/医療.docx", "経済インパクド").output


def test_an_edited_number_is_found_by_what_stands_there_now(project):
    edited = docx(content=body().replace("80.0%", "85.0%"))
    (project / "out" / "sector" / "医療.docx").write_bytes(edited)
    for question in ("80.0%", "85.0%"):
        assert "場所：経済インパクト「80.0%」（文書ではいま「85.0%」に書き換えられています）" in trace(question)


def test_json_holds_the_whole_chain(project):
    (record,) = json.loads(run("out/sector/医療.docx", "第2位", "--format", "json", "--seeds", "seeds").stdout)
    (hit,) = record["hits"]
    assert hit["places"][0]["bookmark"] == "_rk3"
    inputs = hit["fact"]["derivation"]["inputs"]
    assert [one["value"] for one in inputs] == ["150000000000", "300000000000", "150000000000"]
    assert inputs[1]["origins"][0]["now"] == {"state": "same", "place": "survey/001.txt:5 (列4)", "text": "3,000"}


@pytest.mark.parametrize("source", ["survey/001.txt:4", "seeds/survey/001.txt:4", "001.txt:4", "survey/001.txt:3-4"])
def test_a_line_of_a_source_tells_every_number_that_rests_on_it(project, source):
    assert (
        run("--source", source).output
        == f"""{source} を使っている文書が 1 件あります
out/sector/医療.docx
  1,200  医療×営業の効果：経済インパクト › 内訳 › 表1 2行2列「医療」×「営業」
  1,500億円  医療の効果（合計）：経済インパクト ほか 1 か所
  300  医療×調達の効果：経済インパクト › 内訳 › 表1 2行3列「医療」×「調達」
  80.0%  医療の効果に占める営業（計算に使用）：経済インパクト
  第2位  医療の順位（計算に使用）：経済インパクト
"""
    )


def test_a_line_that_nothing_rests_on_and_an_unknown_file_are_said_so(project):
    result = run("--source", "survey/002.txt:4")
    assert (result.exit_code, result.output) == (
        1,
        "survey/002.txt:4 を使っている文書はありません\n資料の名前：survey/001.txt\n",
    )
    quoted = run("--source", "survey/001.txt:7", "--format", "json")
    (record,) = json.loads(quoted.stdout)
    assert [one["id"] for one in record["numbers"]] == ["statistic/use"]
    assert [one["text"] for one in record["quotes"]] == ["回答した252社"]


def test_what_is_missing_on_the_command_line_is_said(project):
    for words in ([], ["out/sector/医療.docx"], ["ない.docx", "3"], ["out/sector/医療.docx", "3", "--seeds", "ない"]):
        result = run(*words)
        assert result.exit_code == 2, words
        assert "→" in result.stderr
    both = run("out/sector/医療.docx", "--source", "survey/001.txt:4")
    assert both.exit_code == 2
