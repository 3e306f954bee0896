"""Several sources and several editions of one matrix."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportkit.base.errors import ProjectError
from reportkit.corpus.corpus import Corpus
from reportkit.sources.reader import read_folder
from reportkit.sources.taxonomy import built_in_taxonomy

SPEC = """
id = "own"
title = "架空の表"
unit = "件"
rows_kind = "sector"
columns_kind = "item"
captions = ["架空の件数"]
row_total = "合計"
columns = ["東", "西"]
"""
FIRST = "架空の件数\n\n産業,東,西,合計\n医療,1,2,3\n介護,4,5,9\n建設,6,7,13\n"
SECOND = FIRST.replace("介護,4,5,9", "介護,4,8,12")


def read(folder: Path, **files: str) -> Corpus:
    for name, text in files.items():
        suffix = ".matrix.toml" if "id =" in text or "extends" in text else ".csv"
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return read_folder(folder)


def test_two_sources_are_compared_cell_by_cell_and_the_first_wins(tmp_path: Path) -> None:
    corpus = read(tmp_path, spec=SPEC, a=FIRST, b=SECOND)
    assert corpus.matrix("own").value("介護", "西") == 5
    (finding,) = corpus.findings
    assert (finding.code, finding.severity) == ("matrix.duplicate", "warning")
    assert "2個の欄" in finding.message
    sides = {(item.text, item.origin.place()) for item in finding.evidence if item.origin}
    assert {("5", "a.csv:5 (列3)"), ("8", "b.csv:5 (列3)"), ("9", "a.csv:5 (列4)"), ("12", "b.csv:5 (列4)")} <= sides
    assert "cell:own/介護/西" in finding.subjects


def test_the_spec_says_which_source_wins(tmp_path: Path) -> None:
    corpus = read(tmp_path, spec=SPEC + 'prefer = "b.csv"\n', a=FIRST, b=SECOND)
    assert corpus.matrix("own").value("介護", "西") == 8
    assert [finding.severity for finding in corpus.findings] == ["warning"]
    assert "prefer" in corpus.findings[0].message


def test_equal_sources_are_no_news_once_the_spec_says_which_wins(tmp_path: Path) -> None:
    other = FIRST.replace(",", ";")
    assert [finding.severity for finding in read(tmp_path, spec=SPEC, a=FIRST, b=other).findings] == ["note"]
    assert read(tmp_path, spec=SPEC + 'prefer = "b.csv"\n').findings == ()


def test_a_row_that_only_one_source_has_is_named_once_with_its_values(tmp_path: Path) -> None:
    corpus = read(tmp_path, spec=SPEC, a=FIRST, b=FIRST + "教育,1,1,2\n")
    (finding,) = corpus.findings
    assert "片方だけ" in finding.message
    (row,) = [item for item in finding.evidence if "教育" in item.label]
    assert (row.label, row.text) == ("「教育」の行の3欄（使わない表だけ）", "1、1、2")


def test_a_preferred_file_that_has_no_such_matrix_is_told_with_the_ones_that_have(tmp_path: Path) -> None:
    corpus = read(tmp_path, spec=SPEC + 'prefer = "c.csv"\n', a=FIRST, b=SECOND)
    assert corpus.matrix("own").value("介護", "西") == 5
    told = {finding.code: finding for finding in corpus.findings}
    assert "「c.csv」" in told["matrix.prefer"].message
    assert "a.csv、b.csv" in told["matrix.prefer"].fix
    assert told["matrix.prefer"].origin is not None
    assert told["matrix.prefer"].origin.source == "spec.matrix.toml"


def test_the_finding_says_which_lines_to_write_and_confirming_ends_it(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, spec=SPEC, a=FIRST, b=SECOND).findings
    assert 'extends = "own" と prefer = "a.csv"' in finding.fix
    (finding,) = read(tmp_path, spec=SPEC + 'prefer = "b.csv"\n').findings
    assert 'confirmed = ["duplicate"]' in finding.fix
    assert read(tmp_path, spec=SPEC + 'prefer = "b.csv"\nconfirmed = ["duplicate"]\n').findings == ()


def test_a_newer_edition_stands_beside_the_older_one(tmp_path: Path) -> None:
    read(tmp_path, spec=SPEC, survey2024=FIRST, survey2025=SECOND)
    newer = SPEC + 'edition = "2025"\nfiles = ["survey2025.*"]\n'
    corpus = read(tmp_path, newer=newer)
    assert {matrix.id: matrix.value("介護", "西") for matrix in corpus.matrices} == {"own": 5, "own@2025": 8}
    assert corpus.matrix("own@2025").edition == "2025"
    assert corpus.findings == ()


def test_one_line_confirms_a_reading_of_a_built_in_matrix(tmp_path: Path) -> None:
    taxonomy = built_in_taxonomy()
    rows = [["産業", *(function.name for function in taxonomy.functions)]]
    rows += [[sector.name, *"12345678"] for sector in taxonomy.sectors if sector.kind == "industry"]
    table = "労務・人件費総額\n\n" + "\n".join(map(",".join, rows))
    assert [item.code for item in read(tmp_path, a=table).findings].count("matrix.unit") == 1
    corpus = read(tmp_path, mine='extends = "labour-cost"\nconfirmed = ["unit"]\n')
    assert "matrix.unit" not in [item.code for item in corpus.findings]
    assert corpus.matrix("labour-cost").unit == "10億円"


def test_faults_of_the_new_keys_are_reported_with_what_would_be_right(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as error:
        read(
            tmp_path,
            a=SPEC + 'confirmed = ["header-shit"]\nscale = "viel"\n',
            b='extends = "impcat"\n',
            c=SPEC.replace('"own"', '"c"') + 'scale = -1\nedition = "20/25"\n',
            d=SPEC.replace('"own"', '"d"') + 'confirmed = ["cell"]\n',
        )
    faults = "\n".join(map(str, error.value.problems))
    for words in ("header-shift", "「scale」の値の型", "もしかして：impact", "scale は正の数", "edition", "「cell」"):
        assert words in faults, words
