"""Bad sources: each gets one clear finding, and everything else is still written."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fictional import case_text, cases_written, findings_at, reportkit, seeds_with


def check(seeds: Path) -> list[dict[str, Any]]:
    result = reportkit("check", "--format", "json", "--seeds", seeds)
    assert result.exit_code in {0, 1}
    findings: list[dict[str, Any]] = json.loads(result.stdout)
    assert all(finding["message"] and finding["fix"] for finding in findings)
    return findings


def build(seeds: Path, out: Path, *words: str) -> int:
    return reportkit("build", "--seeds", seeds, "--out", out, *words).exit_code


def words_of(document: Path) -> str:
    """Return all text of a Word file; parsing fails when it holds what XML forbids."""
    with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
    return "".join(root.itertext())


def good_one(out: Path) -> Path:
    (path,) = [path for path in (out / "case").glob("*.docx") if "良好商事" in words_of(path)]
    return path


SPOILT: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n\t\n",
    "binary": bytes(range(256)) * 40,
    "word": b"PK\x03\x04" + bytes(200),
    "nul": b"\x00" * 1000,
    "huge": "あ".encode() * 3_000_000,
    "half": "# 事例調査：架空電機\n\n## 1. 基本情報\n\n| 項目 | 内".encode()[:-1],
    "utf16-odd": b"\xff\xfe" + "事例".encode("utf-16-le") + b"\x00",
    "shopping": "# 買い物\n\n- 牛乳\n- 卵\n".encode(),
    "one-line": ("# " + "長" * 200_000).encode(),
    "bars": ("|" * 100_000 + "\n").encode() * 3,
    "nested": ("> " * 5_000 + "x\n").encode(),
    "brackets": ("---\na: " + "[" * 3_000 + "\n---\n").encode(),
    "bomb": b"---\na: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b]\n---\n# x\n",
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_file_that_is_no_source_is_named_and_stops_nothing(tmp_path: Path, name: str) -> None:
    seeds = seeds_with(tmp_path, **{name: SPOILT[name]})
    assert findings_at(check(seeds), f"{name}.md")
    assert build(seeds, tmp_path / "out") == 0
    assert good_one(tmp_path / "out")


def test_a_half_written_case_says_what_it_still_says(tmp_path: Path) -> None:
    text = case_text("途中精機")
    half = text[: text.index("月間利用回数") + 3]
    seeds = seeds_with(tmp_path, half=half)
    assert build(seeds, tmp_path / "out") == 0
    texts = [words_of(path) for path in (tmp_path / "out" / "case").glob("*.docx")]
    assert any("途中精機" in text and "5万時間" in text for text in texts)


def test_the_same_file_twice_is_read_once_and_said(tmp_path: Path) -> None:
    seeds = seeds_with(tmp_path, again=case_text("良好商事"))
    assert any("同じ" in finding["message"] for finding in check(seeds))
    assert build(seeds, tmp_path / "out") == 0
    assert len(cases_written(tmp_path / "out")) == 1


def test_two_cases_with_one_number_are_both_written(tmp_path: Path) -> None:
    seeds = seeds_with(tmp_path, a=case_text("甲工業", "700"), b=case_text("乙工業", "700"))
    assert any("700" in finding["message"] for finding in check(seeds))
    assert build(seeds, tmp_path / "out") == 0
    texts = [words_of(path) for path in (tmp_path / "out" / "case").glob("*.docx")]
    assert len(texts) == 3
    assert any("甲工業" in text for text in texts)
    assert any("乙工業" in text for text in texts)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp932"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_other_systems_are_read(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = case_text("他国電機").replace("\n", line_end)
    data = ("\ufeff" + text).encode(encoding) if encoding == "utf-16-be" else text.encode(encoding)
    seeds = seeds_with(tmp_path, other=data)
    result = reportkit("export", "cases", "--seeds", seeds)
    names = [case["company"]["name"] for case in json.loads(result.stdout)]
    assert any(name and "他国電機" in name for name in names)


HOSTILE_CELLS = {
    "jinja": "{{ view.__class__ }}{% for x in y %}",
    "bar": "a \\| b",
    "markup": "<script>alert(1)</script> <b>&amp; & </w:t>",
    "directive": ":::chart case-effects",
    "controls": "a\x01\x08\x0b\x0c\x1b[31mb\x7f",
    "direction": "\u202e反転\u202c\u200f\u2066x\u2069",
    "private": "\ue000\ue001\uf8ff\U000f0000",
    "surrogate": "\ud83d だけ",
    "emoji": "✅👩‍👩‍👧 𠮷野家 葛\U000e0100",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "field": "{ HYPERLINK x } \\* MERGEFORMAT",
    "link": "[x](javascript:alert(1)) ![y](file:///etc/passwd)",
    "long": "長" * 10_000,
    "stars": "*" * 3_000 + "_" * 3_000,
    "backticks": "`" * 999,
    "heading": "# 見出し ## もう一つ",
    "number": "9" * 400 + "兆円",
    "exponent": "1e999999999円",
}


@pytest.mark.parametrize("name", HOSTILE_CELLS)
def test_hostile_text_in_a_cell_is_printed_as_text_or_left_out_but_never_acts(tmp_path: Path, name: str) -> None:
    cell = HOSTILE_CELLS[name]
    more = f"\n## 5. 補足\n\n- {cell}\n\n{cell}\n" + "\n- 架空の会社について述べた、どこにも害のない一行\n" * 40
    seeds = seeds_with(tmp_path, bad=case_text("敵対電機", "666", cell=cell, more=more))
    assert build(seeds, tmp_path / "out") == 0
    text = words_of(tmp_path / "out" / "case" / "666.docx")
    assert "敵対電機" in text
    assert not re.search("[\ue000-\uf8ff\u202a-\u202e\u2066-\u2069]", text)
    assert good_one(tmp_path / "out")
    if name in {"jinja", "formula", "directive", "long"}:
        assert cell.split(" ")[0] in text


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_hostile_text_can_be_exported(tmp_path: Path, form: str) -> None:
    files = {
        name: case_text(f"敵対{index}", str(600 + index), cell=cell)
        for index, (name, cell) in enumerate(HOSTILE_CELLS.items())
    }
    seeds = seeds_with(tmp_path, **files)
    for what in ("cases", "metrics", "findings"):
        result = reportkit("export", what, "--format", form, "-o", tmp_path / f"{what}.{form}", "--seeds", seeds)
        assert result.exit_code == 0, result.output
        assert (tmp_path / f"{what}.{form}").stat().st_size


@pytest.mark.parametrize(
    "name", ["../../x", "CON", "con.docx", "N" * 300, "名" * 300, "a/b\\c:d*e?", "..", "改\u202e名", "\x01"]
)
def test_a_case_of_any_name_gets_a_file_inside_the_output_folder(tmp_path: Path, name: str) -> None:
    seeds = seeds_with(tmp_path, odd=case_text(name, json.dumps(name)))
    before = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    assert build(seeds, tmp_path / "out") == 0
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len([path for path in written if path.parent.name == "case"]) == 2
    assert all(path.suffix == ".docx" and len(path.name.encode()) < 255 for path in written)
    assert {path for path in tmp_path.rglob("*") if "out" not in path.parts} == before


def test_a_file_of_many_cases_that_contradict_themselves_is_written_with_its_contradictions(tmp_path: Path) -> None:
    more = """
## 5. 費用

- 初期投資：約4,500万円
- 年間効果：約3.5億円
- 初期投資回収期間：16ヶ月
"""
    seeds = seeds_with(tmp_path, odd=case_text("矛盾重工", "777", more=more))
    assert build(seeds, tmp_path / "out") == 0
    assert (tmp_path / "out" / "case" / "777.docx").is_file()


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("taxonomy.toml", "sectors = [", "taxonomy.toml"),
        ("taxonomy.toml", '[[sector]]\nname = "x"\nkin = "industry"\n', "kin"),
        ("own.matrix.toml", "id = 1\n", "own.matrix.toml"),
    ],
)
def test_faulty_settings_beside_the_sources_are_a_settings_error(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    seeds = seeds_with(tmp_path)
    (seeds / file).write_text(text, encoding="utf-8")
    result = reportkit("build", "--seeds", seeds, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_links_and_odd_files_in_the_seeds_folder_end_no_run(tmp_path: Path) -> None:
    seeds = seeds_with(tmp_path)
    (seeds / "loop").symlink_to(seeds)
    (seeds / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (seeds / "folder.md").mkdir()
    assert findings_at(check(seeds), "gone.md")
    assert build(seeds, tmp_path / "out") == 0
    assert len(cases_written(tmp_path / "out")) == 1


def test_a_folder_without_any_source_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    result = reportkit("build", "--seeds", tmp_path / "seeds", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "報告書にできる資料がありません" in result.stderr
    assert result.stderr.count("エラー：") == 1


def test_two_reports_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    seeds = seeds_with(tmp_path)
    report = next((Path(__file__).parents[2] / "seeds" / "survey").glob("*.txt")).read_text(encoding="utf-8")
    (seeds / "a.txt").write_text(report, encoding="utf-8")
    (seeds / "b.txt").write_text(report.replace("10 3,711", "10 9,999"), encoding="utf-8")
    said = [finding["message"] for finding in check(seeds) if finding["code"] == "matrix.duplicate"]
    assert [message for message in said if "値が違います" in message] == [
        "行列「impact」が二つの場所にあり、1個の欄で値が違います。初めのものだけを使います"
    ]
    records = json.loads(reportkit("export", "matrices", "--seeds", seeds).stdout)
    assert len({(record["matrix"], record["row"], record["column"]) for record in records}) == len(records)
    assert reportkit("sector", "医療", "--seeds", seeds, "--out", tmp_path / "out").exit_code == 0


def test_the_overview_names_the_files_that_were_written_for_odd_names(tmp_path: Path) -> None:
    seeds = seeds_with(
        tmp_path, a=case_text("甲工業", "CON"), b=case_text("乙工業", "con"), c=case_text("丙工業", '"../x"')
    )
    assert build(seeds, tmp_path / "out") == 0
    text = words_of(tmp_path / "out" / "overview.docx")
    written = [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*/*.docx")]
    assert len([name for name in written if name.startswith("case/")]) == 4
    assert all(name in text for name in written)
    assert "介護.docx" not in text
