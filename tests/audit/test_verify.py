"""Verifying a document written by hand: nothing on the sound one, every hand's change on the others."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hand_docx import SOURCE, body, docx, ledger_xml, marked, paragraph, run, sealed, write_seeds

from reportkit.audit.verify import verify
from reportkit.cli.main import cli


def faults(data: bytes, seeds: Path | None = None) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.what, one.expected, one.found) for one in verify(data, seeds).faults]


def changed_ledger(old: str, new: str) -> bytes:
    """The document with another ledger whose digests are right again."""
    text = ledger_xml()
    assert old in text, old
    return docx(ledger=sealed(ElementTree.fromstring(text.replace(old, new, 1))))


def changed_body(old: str, new: str) -> bytes:
    text = body()
    assert old in text, old
    return docx(content=text.replace(old, new, 1))


def test_a_sound_document_has_no_differences(tmp_path):
    result = verify(docx(), write_seeds(tmp_path))
    assert result.differences == ()
    assert (result.places, result.tables, result.facts, result.with_sources) == (9, 1, 7, True)


@pytest.mark.parametrize(
    ("old", "new", "kind", "found"),
    [
        ("1,500億円", "1,600億円", "place", "1,600億円"),
        ("80.0%", "80.1%", "place", "80.1%"),
        ("回答した252社", "回答した253社", "place", "回答した253社"),
        ("効果は", "効果は-", "place", "効果は-1,500億円"),
        ("で、営業が", "万で、営業が", "place", "1,500億円万"),
        ("を占め、", "9を占め、", "place", "80.0%9を占め"),
        (marked(7, "300"), run("300"), "place", ""),
        (marked(7, "300"), marked(7, "300") + marked(7, "300"), "place", "_rk7"),
        (marked(7, "300"), marked(77, "300"), "place", ""),
        ("である。", "で、3年前の2倍である。", "loose", "3（"),
        ("である。", "で、三割増である。", "loose", "三（"),
        ("である。", "で、５倍である。", "loose", "5（"),
        ("2026年11月22日", "2026年11月23日", "particulars", ""),
        ("第2号", "第3号", "particulars", ""),
        ('">1</w:t>', '">2</w:t>', "loose", "2"),
        (run("営業"), run("調達先"), "table", "調達先"),
        (run("金融"), run("医療"), "table", "医療"),
        ("経済インパクト", "経済インパクト2025", "place", "経済インパクト2025"),
    ],
)  # fmt: skip
def test_a_change_on_the_page_is_reported_with_what_was_found(old, new, kind, found):
    told = faults(changed_body(old, new))
    assert any(one[0] == kind and (found in one[3] if found else not one[3]) for one in told), told


def test_rows_and_columns_that_changed_places_are_called_so():
    text = body()
    first = "<w:tr><w:tc><w:tcPr/><w:p>"
    start, middle = text.index(first + run("医療")), text.index(first + run("金融"))
    end = text.index("</w:tbl>")
    swapped = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    whats = [what for _, what, _, _ in faults(docx(content=swapped))]
    assert "行の並びが台帳と違います：「医療」、「金融」" in whats
    assert "数値の並びが台帳と違います（別の場所に移されています）" in whats
    columns = text.replace(run("営業"), "@").replace(run("調達"), run("営業")).replace("@", run("調達"))
    columns = columns.replace(marked(6, "1,200") + run("※"), "@").replace(
        marked(7, "300"), marked(6, "1,200") + run("※")
    )
    columns = columns.replace("@", marked(7, "300"))
    assert "列の並びが台帳と違います：「営業」、「調達」" in [what for _, what, _, _ in faults(docx(content=columns))]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('value="150000000000"', 'value="160000000000"', "value"),
        ('value="80"', 'value="81"', "derivation"),
        ('value="2"', 'value="1"', "derivation"),
        ('inputs="1 2"', 'inputs="3 2"', "derivation"),
        ('operation="rank"', 'operation="luck"', "derivation"),
        ('unit="%" qualifier', 'unit="人" qualifier', "value"),
        (">1,500億円</place>", ">1,600億円</place>", "place"),
        ('<place fact="1"', '<place fact="3"', "value"),
        (">300</origin>", ">301</origin>", "value"),
        (">回答した252社<", ">回答した25社<", "place"),
        ("金融|||{9}", "金融||{9}|", "table"),
        ('date="2026-11-22"', 'date="2026-11-23"', "particulars"),
        ('issue="2"', 'issue="3"', "particulars"),
    ],
)  # fmt: skip
def test_a_change_in_the_ledger_is_reported_even_when_its_digests_were_made_anew(old, new, kind):
    told = faults(changed_ledger(old, new))
    assert kind in [one[0] for one in told], told


def test_a_change_in_the_ledger_that_left_its_digests_is_reported_as_such():
    told = faults(docx(ledger=ledger_xml().replace("積と合いません", "積と合います")))
    assert [one[1] for one in told] == ["台帳が書き換えられています（封印の要約値が合いません）"]


def source_faults(tmp_path: Path, text: str) -> tuple[list[str], list[str]]:
    seeds = write_seeds(tmp_path)
    (seeds / "survey" / "001.txt").write_text(text, encoding="utf-8")
    result = verify(docx(), seeds)
    return (
        [f"{one.what}｜{one.expected}｜{one.found}" for one in result.faults],
        [one.what for one in result.notes],
    )


def shifted(told: list[str]) -> bool:
    """The one fault of a source whose values only stand elsewhere: the document names lines that are others now."""
    return len(told) == 1 and "か所の場所が変わっています（値は同じ）：文書の示す行が今の資料と合いません" in told[0]


def test_an_edit_that_the_document_does_not_use_is_no_difference(tmp_path):
    told, notes = source_faults(tmp_path, SOURCE.replace("製造\t800\t100\t900", "製造\t810\t100\t910") + "後書き\n")
    assert (told, notes) == ([], [])


def test_a_changed_cell_of_the_source_is_reported_with_both_values(tmp_path):
    told, notes = source_faults(tmp_path, SOURCE.replace("1,200", "1,250"))
    assert told == ["資料の値が違います：survey/001.txt:4 (列2)｜1,200｜1,250"]
    assert notes == []


def test_lines_before_the_table_only_move_its_rows(tmp_path):
    told, notes = source_faults(tmp_path, "はじめに\n\n" + SOURCE)
    assert shifted(told), told
    assert "資料の中で場所が変わっています（値は同じ）：survey/001.txt:4 (列2) → survey/001.txt:6 (列2)" in notes


def test_rows_that_changed_places_in_the_source_are_found_by_their_labels(tmp_path):
    lines = SOURCE.split("\n")
    lines[3], lines[4] = lines[4], lines[3]
    told, notes = source_faults(tmp_path, "\n".join(lines))
    assert shifted(told), told
    assert "資料の中で場所が変わっています（値は同じ）：survey/001.txt:4 (列2) → survey/001.txt:5 (列2)" in notes


def test_values_that_changed_places_under_their_labels_are_reported(tmp_path):
    text = SOURCE.replace("医療\t1,200\t300\t1,500", "医療\t2,400\t600\t3,000").replace(
        "金融\t2,400\t600\t3,000", "金融\t1,200\t300\t1,500"
    )
    told, _ = source_faults(tmp_path, text)
    assert "資料の値が違います：survey/001.txt:4 (列2)｜1,200｜2,400" in told
    assert "資料の値が違います：survey/001.txt:5 (列4)｜3,000｜1,500" in told


def test_columns_that_changed_places_in_the_source_are_found_by_their_heads(tmp_path):
    text = SOURCE.replace("営業\t調達", "調達\t営業").replace("1,200\t300", "300\t1,200")
    told, notes = source_faults(tmp_path, text)
    assert shifted(told), told
    assert "資料の中で場所が変わっています（値は同じ）：survey/001.txt:4 (列2) → survey/001.txt:4 (列3)" in notes


def test_a_row_that_is_gone_from_the_source_is_reported(tmp_path):
    told, _ = source_faults(tmp_path, SOURCE.replace("金融\t2,400\t600\t3,000\n", ""))
    assert any(line.startswith("資料に見当たりません：survey/001.txt:5 (列4)") for line in told), told


def test_a_source_outside_of_the_folder_is_not_opened(tmp_path):
    seeds = write_seeds(tmp_path)
    (tmp_path / "secret.txt").write_text("1,200", encoding="utf-8")
    told = faults(changed_ledger('file="survey/001.txt"', 'file="../secret.txt"'), seeds)
    assert any("フォルダーの外を指す" in one[1] for one in told), told


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_seeds(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "医療.docx").write_bytes(docx())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPORTKIT_SEEDS", raising=False)
    return tmp_path


def test_the_command_says_one_line_for_a_sound_file_and_takes_folders(project):
    result = CliRunner().invoke(cli, ["verify", "out"])
    assert result.exit_code == 0
    assert result.output == "out/医療.docx：一致しました（数値 9 か所、表 1、図 0、資料とも照合）\n"


def test_the_command_tells_place_expected_and_found(project):
    (project / "out" / "金融.docx").write_bytes(changed_body("1,500億円", "1,600億円"))
    (project / "out" / "空.docx").write_bytes(b"PK")
    result = CliRunner().invoke(cli, ["verify", "out"])
    assert result.exit_code == 1
    assert "  1. 経済インパクト › 「効果は1,600億円で、営業が80.0%を占め、…」：数値が台帳と違います\n" in result.output
    assert "     台帳：1,500億円\n     文書：1,600億円\n" in result.output
    assert "out/空.docx：照合できません：" in result.output
    assert "3 件の文書を照合し、2 件に違いがあります" in result.output


def test_the_command_gives_json_and_its_list_of_exceptions(project):
    result = CliRunner().invoke(cli, ["verify", "out/医療.docx", "--format", "json"])
    (record,) = json.loads(result.stdout)
    assert (record["file"], record["ok"], record["places"], record["differences"]) == ("out/医療.docx", True, 9, [])
    listed = CliRunner().invoke(cli, ["verify", "--exceptions"])
    assert listed.exit_code == 0
    assert "SEQ フィールド" in listed.output


def test_sources_of_another_project_are_left_alone_unless_asked_for(project):
    (project / "seeds" / "survey" / "001.txt").rename(project / "seeds" / "other.txt")
    result = CliRunner().invoke(cli, ["verify", "out"])
    assert (result.exit_code, "資料とは照合していません" in result.output) == (0, True)
    asked = CliRunner().invoke(cli, ["verify", "out", "--seeds", "seeds"])
    assert (asked.exit_code, "資料を読めません" in asked.output) == (1, True)
    assert CliRunner().invoke(cli, ["verify", "out", "--seeds", "ない"]).exit_code == 2
    assert CliRunner().invoke(cli, ["verify"]).exit_code == 2


def test_a_text_box_and_a_tracked_insertion_are_read_and_a_deletion_is_not():
    more = (
        '<w:ins w:id="9" w:author="x"><w:r><w:t>追記 12社</w:t></w:r></w:ins>'
        '<w:del w:id="8" w:author="x"><w:r><w:delText>34社</w:delText></w:r></w:del>'
    )
    told = faults(docx(content=body() + paragraph(more)))
    assert [(one[0], one[3]) for one in told] == [("loose", "12（…追記 12社…）")]
