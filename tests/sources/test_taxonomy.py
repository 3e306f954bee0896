"""Sectors, functions and countries by any spelling; faults of a taxonomy file are reported together."""

from __future__ import annotations

import pytest

from reportkit.base.errors import ProjectError
from reportkit.sources.taxonomy import (
    built_in_taxonomy,
    find_case_sectors,
    find_country,
    find_function,
    find_row,
    find_sector,
    read_taxonomy,
    suggest,
    suggest_sectors,
)

TAXONOMY = built_in_taxonomy()


def test_seventeen_industries_two_groups_and_the_public_sector() -> None:
    assert [sector.name for sector in TAXONOMY.industries] == [
        "自動車・鉄道・船舶・航空",
        "製薬・化学・素材",
        "その他製造業",
        "卸売・小売",
        "医療",
        "介護",
        "建設",
        "サービス",
        "運輸・郵送",
        "ソフトウェア",
        "メディア・エンタメ",
        "金融・保険",
        "プロフェッショナルサービス",
        "教育",
        "不動産",
        "エネルギー",
        "農林水産・鉱石砂利",
    ]
    assert {sector.name: sector.members for sector in TAXONOMY.sectors if sector.kind == "group"} == {
        "製造業": ("自動車・鉄道・船舶・航空", "製薬・化学・素材", "その他製造業"),
        "医療・福祉": ("医療", "介護"),
    }
    assert [sector.name for sector in TAXONOMY.sectors if sector.kind == "public"] == ["公共"]
    assert [row.name for row in TAXONOMY.group_rows] == ["その他"]


def test_eight_functions() -> None:
    assert [function.name for function in TAXONOMY.functions] == [
        "R&D",
        "SW開発/アプリケーション開発",
        "調達/サプライチェーン",
        "製造・加工",
        "セールス/マーケティング",
        "オペレーションサービス/CS",
        "バックオフィス",
        "業務横断（資料作成等）",
    ]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("卸・小売", "卸売・小売"),
        ("卸売小売", "卸売・小売"),
        ("製薬・素材・化学", "製薬・化学・素材"),
        ("自動車・鉄道・ 船舶・航空", "自動車・鉄道・船舶・航空"),
        ("運輸・郵便", "運輸・郵送"),
        ("運輸・輸送", "運輸・郵送"),
        ("医療/介護", "医療・福祉"),
        ("メディア／エンタメ", "メディア・エンタメ"),
        ("農林水産・ 鉱石燃料", "農林水産・鉱石砂利"),
        ("テレコム/ソフトウェア", "ソフトウェア"),
        ("金融保険", "金融・保険"),
        ("製造業", "製造業"),
    ],
)
def test_a_sector_is_found_by_every_spelling_of_the_report(spelling: str, name: str) -> None:
    sector = find_sector(TAXONOMY, spelling)
    assert sector is not None
    assert sector.name == name


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("SW/ アプリケーション 開発", "SW開発/アプリケーション開発"),
        ("SW開発 ソフトウェア制作", "SW開発/アプリケーション開発"),
        ("調達/サプライ チェーン", "調達/サプライチェーン"),
        ("製造 加工", "製造・加工"),
        ("セールス/ マーケ", "セールス/マーケティング"),
        ("セールスマーケティング", "セールス/マーケティング"),
        ("オペレーション/CS", "オペレーションサービス/CS"),
        ("バック オフィス", "バックオフィス"),
        ("業務構築 (資料作成等)", "業務横断（資料作成等）"),
        ("業務横断", "業務横断（資料作成等）"),
    ],
)
def test_a_function_is_found_by_every_spelling_of_the_report(spelling: str, name: str) -> None:
    function = find_function(TAXONOMY, spelling)
    assert function is not None
    assert function.name == name


def test_a_case_label_may_mean_another_sector_than_a_row_of_a_table() -> None:
    assert find_case_sectors(TAXONOMY, "製造業") == ("その他製造業",)
    assert find_case_sectors(TAXONOMY, "建設・不動産") == ("建設", "不動産")
    assert find_case_sectors(TAXONOMY, "製造・電機・エンタメ") == ("その他製造業",)
    assert find_case_sectors(TAXONOMY, "架空産業") == ()


def test_group_rows_are_rows_but_no_sectors() -> None:
    assert find_sector(TAXONOMY, "その他") is None
    row = find_row(TAXONOMY, "その他")
    assert row is not None
    assert row.name == "その他"


def test_every_industry_knows_its_coarser_rows() -> None:
    rows = {sector.name: (sector.respondent_group, sector.coarse_row) for sector in TAXONOMY.sectors}
    assert rows["その他製造業"] == ("製造業", "その他製造業")
    assert rows["介護"] == ("医療・福祉", "介護")
    assert rows["教育"] == ("その他", "その他")
    assert rows["公共"] == ("", "")


@pytest.mark.parametrize(
    ("name", "short"), [("USA", "米国"), ("Japan", "日本"), ("ドイツ", "ドイツ"), ("架空国", None)]
)
def test_countries_have_a_short_japanese_name(name: str, short: str | None) -> None:
    assert find_country(TAXONOMY, name) == short


def test_candidates_for_an_unknown_name_come_nearest_first() -> None:
    assert suggest("金融ほけん", ["介護", "金融・保険", "医療"]) == ("金融・保険",)
    assert suggest_sectors(TAXONOMY, "金融・証券業")[0] == "金融・保険"
    assert suggest("", ["医療"]) == ()


def test_a_file_of_the_folder_adds_aliases_and_sectors() -> None:
    text = '[[sector]]\nname = "医療"\naliases = ["病院業"]\n[[sector]]\nname = "宇宙"\nkind = "industry"\n'
    taxonomy = read_taxonomy(text, "taxonomy.toml", TAXONOMY)
    hospital = find_sector(taxonomy, "病院業")
    assert hospital is not None
    assert hospital.name == "医療"
    assert "病院" in hospital.case_aliases
    assert taxonomy.sectors[-1].name == "宇宙"


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    text = """
colour = 1
[[sector]]
name = "宇宙"
kind = "planet"
aliases = ["介護"]
[[sector]]
name = "海洋"
kind = "group"
coarse_row = "そのた"
[[sector]]
kind = "industry"
[[function]]
name = "R&D"
speed = "fast"
aliases = 3
[countries]
"米国" = ["Japan"]
"""
    with pytest.raises(ProjectError) as error:
        read_taxonomy(text, "seeds/taxonomy.toml", TAXONOMY)
    faults = [str(problem) for problem in error.value.problems]
    wanted = (
        "colour",
        "planet",
        "「介護」",
        "「海洋」：members",
        "そのた",
        "名前（name）",
        "speed",
        "aliases",
        "Japan",
    )
    for words in wanted:
        assert any(words in fault for fault in faults), words
    assert all(fault.startswith("seeds/taxonomy.toml: ") for fault in faults)


def test_toml_that_is_no_toml_is_one_clear_error() -> None:
    with pytest.raises(ProjectError, match="TOML として読めません"):
        read_taxonomy("[[sector", "taxonomy.toml")
