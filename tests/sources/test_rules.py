"""Rules as data: the built-in ones, those of a seeds folder, and all faults of such files at once with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportkit.base.errors import ProjectError
from reportkit.corpus.rules import AverageRule, BasesRule, Identity, Rules, SumOfLines, SumOfMatrices
from reportkit.sources.reader import read_folder
from reportkit.sources.rules import built_in_rules, read_rules


def read(text: str, base: Rules | None = None, known: tuple[str, ...] = ()) -> Rules:
    return read_rules([("own.rules.toml", text)], base, known)


def faults(text: str, known: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(ProjectError) as error:
        read(text, built_in_rules(), known)
    return [f"{problem.place} {problem.what} {problem.fix}" for problem in error.value.problems]


def test_the_built_in_rules_know_the_identity_of_the_survey() -> None:
    assert built_in_rules().identities == (Identity("impact", ("labour-cost", "reduction-rate", "adoption-intent")),)
    assert all(not rule.place for rule in built_in_rules().averages)


def test_every_kind_of_rule_can_be_declared() -> None:
    rules = read("""
[[identity]]
result = "a"
factors = ["b", "c"]

[[sum]]
result = "all"
parts = ["men", "women"]

[[sum]]
matrix = "all"
of = "rows"
whole = "製造業"
parts = ["自動車", "その他製造業"]

[[average]]
matrix = "a"
of = "columns"

[[imputation]]
matrix = "a"
average = "row"
counts = "n"
below = 10

[[bases]]
matrix = "a"
counts = "n"
shares = true

[[prose]]
statistic = "own/x"
matrix = "a"
row = "合計"
column = "合計"

[[prose_series]]
series = "own/y"
matrix = "a"

[[parts]]
whole = "own/x"
parts = ["own/y", "own/z"]
""")
    assert rules.identities == (Identity("a", ("b", "c")),)
    assert rules.sums == (SumOfMatrices("all", ("men", "women")),)
    assert rules.lines == (SumOfLines("all", "rows", "製造業", ("自動車", "その他製造業")),)
    assert rules.averages == (AverageRule("a", "columns"),)
    assert rules.bases == (BasesRule("a", "n", shares=True),)
    assert [len(found) for found in (rules.imputations, rules.prose, rules.prose_series, rules.parts)] == [1, 1, 1, 1]
    assert rules.identities[0].place == "own.rules.toml:2"
    assert rules.series_matrix("own/y") == "a"


def test_an_own_rule_replaces_the_built_in_one_about_the_same_thing() -> None:
    rules = read('[[identity]]\nresult = "impact"\nfactors = ["labour-cost", "reduction-rate"]\n', built_in_rules())
    assert [rule.factors for rule in rules.identities] == [("labour-cost", "reduction-rate")]
    assert rules.averages == built_in_rules().averages


def test_off_takes_a_built_in_rule_away() -> None:
    text = '[[identity]]\nresult = "impact"\noff = true\n[[average]]\nmatrix = "support"\nof = "columns"\noff = true\n'
    rules = read(text, built_in_rules())
    assert rules.identities == ()
    assert not rules.averages_alike("support", "columns")
    assert rules.averages_alike("barriers", "columns")


def test_all_faults_of_a_file_are_told_at_once_with_their_lines() -> None:
    told = faults(
        """# a comment
[[idenity]]
result = "impact"

[[identity]]
result = "impcat"
factors = []

[[average]]
matrix = "barriers"
of = "cells"

[[imputation]]
matrix = "impact"
average = "row"
counts = "respondents"
below = "ten"
colour = "red"

[[sum]]
matrix = "impact"
whole = "x"

[[prose]]
statistic = "headline/impact"
matrix = "impact"
row = "合計"
column = "合計"
off = "yes"

[parts]
whole = "x"
""",
        ("impact", "barriers", "respondents"),
    )
    expected = [
        ("own.rules.toml:2 「idenity」という規則はありません", "[[identity]]"),
        ("own.rules.toml:6 「impcat」という行列はありません", "impact"),
        ("own.rules.toml:7 「factors」の値 []", "名前の並び"),
        ("own.rules.toml:11 「of」の値 'cells'", "rows、columns"),
        ("own.rules.toml:17 「below」の値 'ten'", "正の整数"),
        ("own.rules.toml:18 知らない項目「colour」", "counts"),
        ("own.rules.toml:20 「of」がありません", "of"),
        ("own.rules.toml:20 「parts」がありません", "parts"),
        ("own.rules.toml:29 off は true か false", "off = true"),
        ("own.rules.toml:31 「parts」の書き方が違います", "[[parts]]"),
    ]
    for what, fix in expected:
        assert any(line.startswith(what) and fix in line for line in told), (what, told)
    assert len(told) == len(expected)


def test_a_fault_of_the_format_is_told_with_its_line_and_the_other_files_are_read_on() -> None:
    with pytest.raises(ProjectError) as error:
        read_rules([("a.rules.toml", "[[sum]]\nresult = \n"), ("b.rules.toml", "[[summ]]\nx = 1\n")])
    assert [problem.place for problem in error.value.problems] == ["a.rules.toml:2", "b.rules.toml:1"]


def test_two_rules_about_the_same_thing_are_a_fault() -> None:
    rule = '[[bases]]\nmatrix = "a"\ncounts = "n"\n'
    assert faults(rule + rule) == [
        "own.rules.toml:4 同じものについての規則が own.rules.toml:1 にもあります どちらかを消してください"
    ]


def test_rules_lie_beside_the_sources_and_may_name_own_matrices(tmp_path: Path) -> None:
    spec = 'id = "own"\ntitle = "架空"\nunit = "件"\nrows_kind = "sector"\ncolumns_kind = "item"\n'
    (tmp_path / "own.matrix.toml").write_text(spec + 'captions = ["架空"]\ncolumns = ["東", "西"]\n', encoding="utf-8")
    (tmp_path / "x").mkdir()
    file = tmp_path / "x" / "own.rules.toml"
    file.write_text('[[sum]]\nresult = "own"\nparts = ["impact"]\n', encoding="utf-8")
    corpus = read_folder(tmp_path)
    assert corpus.rules.sums == (SumOfMatrices("own", ("impact",)),)
    assert {source.path: source.kind for source in corpus.sources}["x/own.rules.toml"] == "settings"
    file.write_text('[[sum]]\nresult = "owm"\nparts = ["impact@2030"]\n', encoding="utf-8")
    with pytest.raises(ProjectError) as error:
        read_folder(tmp_path)
    assert [problem.place for problem in error.value.problems] == ["x/own.rules.toml:2", "x/own.rules.toml:3"]
    assert "もしかして：own" in str(error.value.problems[0])


def test_rules_hold_for_every_edition_but_never_across() -> None:
    rules = built_in_rules().for_editions(["", "2025"])
    assert [rule.result for rule in rules.identities] == ["impact", "impact@2025"]
    assert rules.identities[1].factors == ("labour-cost@2025", "reduction-rate@2025", "adoption-intent@2025")
    assert rules.averages_alike("barriers@2025", "columns")
    mixed = Rules(identities=(Identity("impact@2025", ("labour-cost", "reduction-rate@2025")),))
    assert mixed.for_editions(["", "2025"]) == mixed
