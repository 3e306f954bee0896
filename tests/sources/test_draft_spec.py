"""A draft spec reads the file that it was made from, and says what is in doubt."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from matrix_forms import as_workbook
from test_matrix_forms import CAPTIONS, form, rows_of

from reportkit.base.errors import SourceError
from reportkit.cli.main import cli
from reportkit.sources.draft import draft_spec
from reportkit.sources.reader import read_folder

OWN = "架空の件数（単位：社）\n\n産業,東,西,合計\n医療,1,2,3\n介護,4,約5,9\n宇宙開発,6,7,13\n合計,11,14,25\n"


def test_a_draft_reads_the_file_it_was_made_from(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    text = draft_spec(tmp_path / "own.csv")
    (tmp_path / "own.matrix.toml").write_text(text, encoding="utf-8")
    matrix = read_folder(tmp_path).matrix("own")
    assert (matrix.unit, matrix.row_total_kind, matrix.column_total_kind) == ("社", "合計", "合計")
    assert matrix.value("医療", "西") == 2
    for doubt in ("宇宙開発", "約5"):
        assert any(doubt in line for line in text.split("\n") if "要確認" in line)


@pytest.mark.parametrize("name", CAPTIONS)
def test_drafts_of_known_matrices_are_sound_and_name_the_built_in_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(form(name, "sheet.xlsx"))
    text = draft_spec(tmp_path / "a.xlsx")
    assert f'# extends = "{name}"' in text
    assert tomllib.loads(text)["sheet"] == "表1"


def test_headings_above_the_columns_become_spanners(tmp_path: Path) -> None:
    rows = [["", "地域", "", "他"], ["産業", "東", "西", "計画"], ["医療", "1", "2", "3"], ["介護", "4", "5", "6"]]
    (tmp_path / "a.xlsx").write_bytes(as_workbook("架空の件数", rows))
    columns = tomllib.loads(draft_spec(tmp_path / "a.xlsx"))["columns"]
    assert [(column["name"], column["spanners"]) for column in columns] == [
        ("東", ["地域"]),
        ("西", ["地域"]),
        ("計画", ["他"]),
    ]


def test_percentages_ranks_and_marks_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(form("reduction-rate", "markdown.md"))
    draft = tomllib.loads(draft_spec(tmp_path / "a.md"))
    assert (draft["unit"], draft["imputed_mark"], draft["columns_kind"]) == ("%", "1", "function")
    (tmp_path / "b.md").write_bytes(form("impact", "markdown.md"))
    assert tomllib.loads(draft_spec(tmp_path / "b.md"))["ranks"] is True
    assert rows_of("impact")


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"x"), ("a.csv", b""), ("a.md", b"text only\n")])
def test_a_file_without_a_table_is_an_error_with_a_remedy(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError):
        draft_spec(tmp_path / name)
    with pytest.raises(SourceError):
        draft_spec(tmp_path / "missing.csv")


def test_hostile_text_stays_inside_its_string(tmp_path: Path) -> None:
    text = 'x"]\\nid = "evil" # \\\n\n産業,"東""\\",西\n医療,1,2\n介護,4,5\n'
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    assert tomllib.loads(draft_spec(tmp_path / "own.csv"))["id"] == "own"


def test_the_command_writes_a_draft_and_never_over_a_file(tmp_path: Path) -> None:
    source, target = tmp_path / "own.csv", tmp_path / "own.matrix.toml"
    source.write_text(OWN, encoding="utf-8")
    arguments = ["new", "matrix", str(source), "--to", str(target)]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    written = target.read_bytes()
    assert CliRunner().invoke(cli, arguments).exit_code == 2
    assert target.read_bytes() == written
