"""Matrices described by TOML: recognised by content, extended from the seeds folder, faults reported together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportkit.base.errors import ProjectError
from reportkit.sources.blocks import find_blocks
from reportkit.sources.matrices.read import MatrixReading, read_matrices
from reportkit.sources.matrices.shape import row_names
from reportkit.sources.matrices.spec import built_in_specs, extend_specs, read_specs
from reportkit.sources.taxonomy import built_in_taxonomy

OWN = """
id = "own"
title = "架空の表"
unit = "件"
rows_kind = "sector"
columns_kind = "item"
captions = ["架空の件数"]
row_total = "合計"

[[columns]]
name = "東"
[[columns]]
name = "西"
labels = ["西日本"]
"""


def read(text: str, *specs: str) -> MatrixReading:
    taxonomy = built_in_taxonomy()
    lines = text.split("\n")
    own = read_specs((f"{number}.matrix.toml", spec) for number, spec in enumerate(specs))
    blocks = find_blocks(lines, lambda stub: bool(row_names(stub, taxonomy)))
    return read_matrices(lines, blocks, "架空.md", extend_specs(built_in_specs(), own), taxonomy)


def codes(reading: MatrixReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_a_new_matrix_needs_only_a_spec() -> None:
    text = "架空の件数\n\n産業\t東\t西日本\t合計\n医療\t1\t2\t3\n介護\t4\t-\t4\n建設\t5\t6\t11\n"
    (matrix,) = read(text, OWN).matrices
    assert matrix.columns.labels == ("東", "西")
    assert matrix.value("医療", "西") == 2
    assert matrix.value("介護", "西") is None
    assert matrix.value("建設", "合計") == 11


def test_a_markdown_table_is_read_like_a_tabbed_one() -> None:
    text = (
        "## 架空の件数\n\n| 産業 | 東 | 西 | 合計 |\n|---|---:|---:|---:|\n| 医療 | 1 | 2 | 3 |\n| 介護 | 4 | 5 | 9 |\n"
    )
    (matrix,) = read(text, OWN).matrices
    assert matrix.value("介護", "西") == 5
    assert matrix.cells[1][1].origin.line == 6
    assert matrix.cells[1][1].origin.column == 3


def test_columns_may_stand_in_another_order() -> None:
    text = "架空の件数\n\n産業\t西\t東\t合計\n医療\t1\t2\t3\n介護\t4\t5\t9\n"
    (matrix,) = read(text, OWN).matrices
    assert matrix.columns.labels == ("西", "東")
    assert matrix.value("医療", "東") == 2


def test_rows_that_lost_their_trailing_tabs_are_still_rows() -> None:
    spec = OWN.replace('row_total = "合計"', 'merged = [["運輸・郵送", "ソフトウェア", "メディア・エンタメ"]]')
    text = "架空の件数\n\n産業\t東\t西\n医療\t7\t8\n運輸・郵送\nソフトウェア\t1\t2\nメディア・エンタメ\n介護\t3\t4\n"
    (matrix,) = read(text, spec).matrices
    assert matrix.rows.labels == ("医療", "運輸・郵送", "ソフトウェア", "メディア・エンタメ", "介護")
    assert matrix.value("メディア・エンタメ", "西") == 2
    assert matrix.merged[0].printed_on == "ソフトウェア"


def test_merged_rows_with_values_of_their_own_are_not_overwritten() -> None:
    spec = OWN.replace('row_total = "合計"', 'merged = [["運輸・郵送", "ソフトウェア", "メディア・エンタメ"]]')
    text = "架空の件数\n\n産業\t東\t西\n医療\t5\t6\n運輸・郵送\t1\t2\nソフトウェア\t3\t4\nメディア・エンタメ\t\t\n"
    reading = read(text, spec)
    assert reading.matrices[0].value("メディア・エンタメ", "東") is None
    assert reading.matrices[0].merged == ()
    assert "matrix.empty-row" in codes(reading)


def test_an_unreadable_cell_has_no_value_and_a_finding_with_its_place() -> None:
    text = "架空の件数\n\n産業\t東\t西\t合計\n医療\t1\t約2\t3\n介護\t4\t5\t9\n建設\t4\t50%\t9\n教育\t1 4\t5\t9\n"
    reading = read(text, OWN)
    assert [finding.origin.place() for finding in reading.findings if finding.origin] == [
        "架空.md:4 (列3)",
        "架空.md:6 (列3)",
        "架空.md:7 (列2)",
    ]
    assert codes(reading) == ["matrix.cell"] * 3
    assert reading.matrices[0].value("医療", "西") is None
    assert reading.matrices[0].value("教育", "東") is None


def test_values_beyond_the_last_column_are_reported_and_do_not_shift_the_table() -> None:
    text = "架空の件数\n\n産業\t東\t西\t合計\n医療\t1\t2\t3\n介護\t4\t5\t9\t77\n建設\t1\t1\t2\n"
    reading = read(text, OWN)
    assert reading.matrices[0].value("介護", "合計") == 9
    assert codes(reading) == ["matrix.cell"]


def test_a_row_that_stands_twice_is_reported_and_the_first_wins() -> None:
    text = "架空の件数\n\n産業\t東\t西\t合計\n医療\t1\t2\t3\n介護\t4\t5\t9\n医療\t8\t8\t16\n"
    reading = read(text, OWN)
    assert reading.matrices[0].value("医療", "東") == 1
    assert codes(reading) == ["matrix.duplicate-row"]


def test_headings_that_do_not_fit_the_values_are_an_error_and_no_matrix() -> None:
    text = "架空の件数\n\n産業\t東\t西\n医療\t1\t2\t3\t4\n介護\t4\t5\t9\t9\n建設\t1\t1\t2\t2\n"
    reading = read(text, OWN)
    assert reading.matrices == ()
    assert codes(reading) == ["matrix.shape"]


def test_a_table_of_numbers_by_industry_that_no_spec_knows_is_reported() -> None:
    text = "謎の表\n\n産業\t甲\t乙\n医療\t1\t2\n介護\t4\t5\n建設\t4\t5\n"
    reading = read(text)
    assert reading.matrices == ()
    assert codes(reading) == ["matrix.unknown"]
    assert ".matrix.toml" in reading.findings[0].fix


def test_two_specs_for_one_table_are_ambiguous_and_the_first_reads_it() -> None:
    text = "架空の件数\n\n産業\t東\t西\t合計\n医療\t1\t2\t3\n介護\t4\t5\t9\n"
    reading = read(text, OWN, OWN.replace('"own"', '"other"'))
    assert [matrix.id for matrix in reading.matrices] == ["own"]
    assert codes(reading) == ["matrix.ambiguous"]


def test_the_nearer_caption_decides() -> None:
    text = "架空の件数\n\n別の件数\n\n産業\t東\t西\t合計\n医療\t1\t2\t3\n介護\t4\t5\t9\n"
    other = OWN.replace('"own"', '"other"').replace("架空の件数", "別の件数")
    assert [matrix.id for matrix in read(text, OWN, other).matrices] == ["other"]


def test_a_spec_of_the_folder_replaces_the_built_in_one() -> None:
    own = read_specs([("x.matrix.toml", OWN.replace('"own"', '"impact"'))])
    specs = extend_specs(built_in_specs(), own)
    assert len(specs) == len(built_in_specs()) == 13
    assert next(spec for spec in specs if spec.id == "impact").title == "架空の表"


def test_all_faults_of_all_specs_are_reported_at_once() -> None:
    with pytest.raises(ProjectError) as error:
        read_specs(
            [
                ("a.matrix.toml", 'id = "a"\nunit = 3\ncolour = "red"\nrows_kind = "planet"'),
                ("b.matrix.toml", "id = "),
                ("c.matrix.toml", OWN),
                ("d.matrix.toml", OWN),
                ("e.matrix.toml", OWN.replace("東", "西").replace('"own"', '"e"')),
            ]
        )
    faults = [str(problem) for problem in error.value.problems]
    for words in ("colour", "「unit」の値の型", "planet", "「title」", "b.matrix.toml", "「own」", "重なっています"):
        assert any(words in fault for fault in faults), words


def test_each_built_in_spec_is_known_under_its_stable_id() -> None:
    assert [spec.id for spec in built_in_specs()][:3] == ["initial-impact", "initial-impact-excerpt", "respondents"]
    assert all(spec.title and spec.captions for spec in built_in_specs())


def test_numbers_stay_exact() -> None:
    text = "架空の件数\n\n産業\t東\t西\t合計\n医療\t0.1\t0.2\t0.3\n介護\t4\t5\t9\n"
    (matrix,) = read(text, OWN).matrices
    assert matrix.cells[0][0].value == Decimal("0.1")
