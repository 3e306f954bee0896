"""Text tables of the reports as typed records, clean of markup and page furniture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from seed_corpus import RAW, SEEDS, raw, seeds

from reportkit.base.origin import Origin
from reportkit.corpus.corpus import Corpus

BOTH = pytest.mark.parametrize(("corpus", "folder"), [(seeds, SEEDS), (raw, RAW)], ids=["seeds", "raw"])


@BOTH
def test_twelve_use_cases_create_value_and_the_others_belong_to_eight_fields(
    corpus: Callable[[], Corpus], folder: Path
) -> None:
    cases = corpus().use_cases
    counts: dict[str, int] = {}
    for case in cases:
        counts[case.field] = counts.get(case.field, 0) + 1
    assert counts == {
        "": 12,
        "自動車・鉄道・船舶・航空×製造・加工": 7,
        "製薬・化学・素材×製造・加工": 5,
        "その他製造業（機械製造）×製造・加工": 6,
        "サービス×オペレーションサービス/CS": 5,
        "金融・保険×オペレーションサービス/CS": 8,
        "バックオフィス（法務）": 6,
        "医療×オペレーションサービス/CS": 11,
        "アニメーション": 7,
    }


@BOTH
def test_a_use_case_has_its_sectors_function_and_stage(corpus: Callable[[], Corpus], folder: Path) -> None:
    cases = {case.name: case for case in corpus().use_cases}
    drug = cases["創薬"]
    assert (drug.category, drug.sectors, drug.function) == ("新製品・新技術開発", ("製薬・化学・素材",), "R&D")
    assert cases["ベッド稼働率の向上"].sectors == ("医療", "介護")
    assert cases["ベッド稼働率の向上"].category == "その他"
    assert len(cases["製品設計の高品質化"].sectors) == 3
    assert cases["店舗レイアウトの改善"].impact == ""


@BOTH
def test_required_data_are_lists_and_merged_cells_belong_to_all_their_rows(
    corpus: Callable[[], Corpus], folder: Path
) -> None:
    cases = {(case.field, case.name): case for case in corpus().use_cases}
    car = "自動車・鉄道・船舶・航空×製造・加工"
    assert cases[car, "最適化された図面の提案"].data == ("製品設計情報",)
    assert cases[car, "最適化された図面の提案"].category == "製品設計"
    machine = "その他製造業（機械製造）×製造・加工"
    assert cases[machine, "メンテナンスの効率化"].data == (
        "製品設計情報",
        "生産設備情報",
        "検査情報",
        "規制・ガイドライン",
    )
    finance = cases["金融・保険×オペレーションサービス/CS", "顧客対応の自動化"]
    assert finance.category == "窓口業務"
    assert finance.data[0] == "顧客情報(属性、金融・取引・信用情報、窓口対応履歴 等)"
    assert cases["金融・保険×オペレーションサービス/CS", "書類ドラフト作成"].data == ()


@BOTH
def test_reading_a_merged_data_cell_is_reported_for_its_field(corpus: Callable[[], Corpus], folder: Path) -> None:
    found = [finding for finding in corpus().findings if finding.code == "use-case.merged-data"]
    assert {subject for finding in found for subject in finding.subjects} == {
        "sector:自動車・鉄道・船舶・航空",
        "sector:製薬・化学・素材",
        "sector:その他製造業",
        "sector:医療",
        "sector:メディア・エンタメ",
    }


@BOTH
def test_the_eleven_promising_fields_name_a_cell_or_a_whole_function(
    corpus: Callable[[], Corpus], folder: Path
) -> None:
    fields = corpus().promising_fields
    assert [field.rank for field in fields] == list(range(1, 12))
    assert [(field.sectors, field.function) for field in fields[7:10]] == [
        ((), "バックオフィス"),
        ((), "業務横断（資料作成等）"),
        (("医療",), "オペレーションサービス/CS"),
    ]
    impact = corpus().matrix("impact")
    for field in fields:
        if field.sectors and field.function:
            cell = impact.cell(field.sectors[0], field.function)
            assert cell is not None
            assert cell.rank == field.rank


@BOTH
def test_evaluations_keep_marks_and_remarks_and_know_the_winners(corpus: Callable[[], Corpus], folder: Path) -> None:
    fields = {item.field: item for item in corpus().field_evaluations}
    assert len(fields) == 12
    assert [item.field for item in corpus().field_evaluations if not item.winning] == [
        "卸小売×調達サプライチェーン",
        "ソフトウェア×ソフトウェア開発/アプリケーション開発",
        "業務横断(資料作成等)",
        "運輸・輸送×オペレーション",
    ]
    software = fields["ソフトウェア×ソフトウェア開発/アプリケーション開発"]
    assert (software.impact, software.competition, software.potential) == ("◎", "✗", "-")
    assert "コード" in software.remark
    assert fields["アニメーション"].sectors == ("メディア・エンタメ",)


@BOTH
def test_each_winning_field_has_data_holders_measures_and_a_ministry(
    corpus: Callable[[], Corpus], folder: Path
) -> None:
    resources = {item.field: item for item in corpus().field_resources}
    assert len(resources) == 8
    assert resources["医療×オペレーションサービス/CS"].ministry == "厚労省"
    assert resources["サービス×オペレーションサービス/CS"].ministry == "国交省/厚労省/観光庁"
    assert resources["金融・保険×オペレーションサービス/CS"].data[:2] == ("顧客情報", "商品・サービス情報")
    assert all(item.holders and item.measures for item in resources.values())
    assert {item.field for item in corpus().use_cases if item.field} == set(resources)


@BOTH
def test_national_projects_repeat_the_country_of_the_row_above(corpus: Callable[[], Corpus], folder: Path) -> None:
    projects = corpus().national_projects
    assert len(projects) == 15
    assert [project.country for project in projects[:7]] == ["米国", "中国", "中国", "EU", "ドイツ", "ドイツ", "韓国"]
    assert {project.country for project in projects[7:]} == {"日本"}


@BOTH
def test_the_survey_design_has_its_lines_and_notes(corpus: Callable[[], Corpus], folder: Path) -> None:
    design = corpus().survey_design
    assert design is not None
    lines = {label: quote.text for label, quote in design.lines}
    assert lines["期間"] == "2023年 9月15日～18日"
    assert lines["調査母数"] == "2,391名"
    assert "¹" not in lines["回答者"]
    assert len(design.notes) == 2


@BOTH
def test_no_record_holds_markup_or_stands_at_another_line(corpus: Callable[[], Corpus], folder: Path) -> None:
    read = corpus()
    for case in read.use_cases:
        assert "<" not in "".join((case.name, case.summary, case.impact, *case.data))
        assert_starts(folder, case.origin, case.name)
    for table in read.text_tables:
        for row in (table.header, *table.rows):
            assert not any("<p>" in cell or "<ul" in cell for cell in row)
        assert len({len(row) for row in table.rows}) == 1


def assert_starts(folder: Path, origin: Origin, name: str) -> None:
    line = (folder / origin.source).read_text(encoding="utf-8").split("\n")[origin.line - 1]
    assert name.replace(" ", "")[:8] in line.replace(" ", "")


@BOTH
def test_every_other_table_is_kept_with_its_caption(corpus: Callable[[], Corpus], folder: Path) -> None:
    tables = {table.caption: table for table in corpus().text_tables}
    assert len({table.id for table in corpus().text_tables}) == len(corpus().text_tables)
    assert all(table.caption for table in corpus().text_tables)
    agents = [table for table in corpus().text_tables if table.caption.startswith("図表 I-1-2-2")]
    assert [table.header for table in agents] == [("会社名", "サービス概要"), ("会社名", "AIエージェントの定義")]
    assert tables["電子カルテ・レセプトデータの違い"].header == ("", "電子カルテ", "レセプトデータ")
