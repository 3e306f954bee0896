"""Reading cases: the two dialects of the seeds completely, and the rules that every dialect shares."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from case_texts import AIST, OWN, SONY, TABLES, file_text, lost_words, one, read

from reportkit.base.origin import Origin
from reportkit.base.period import PartialDate
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Pair
from reportkit.sources.cases import recognise_case
from reportkit.sources.cases.coverage import cover
from reportkit.sources.cases.dialects import DIALECTS
from reportkit.sources.cases.fields import split_list
from reportkit.sources.cases.units import with_unit
from reportkit.sources.cases.words import label_field, section_kind, sub_kind
from reportkit.sources.names import slug_of


@pytest.mark.parametrize("path", SONY, ids=lambda path: path.name)
def test_the_table_dialect_gives_every_field(path: Path) -> None:
    text = file_text(path)
    case = one(text)
    assert recognise_case(text)
    assert (case.id, case.dialect, case.company, case.country) == (
        "ソニーグループ",
        "A1",
        "ソニーグループ株式会社",
        "日本",
    )
    assert (case.industry_raw, case.sectors) == (("製造・電機・エンタメ",), ("その他製造業",))
    assert case.employees == Quantity("グループ約11万名", value=Decimal(110_000), unit="人", qualifier="約")
    assert case.adoption_start is not None
    assert (case.adoption_start.start, case.adoption_start.open_end) == (PartialDate(2023, 8), True)
    assert [tool.text for tool in case.ai_tools] == ["Enterprise LLM", "エンタープライズAI基盤"]
    assert [vendor.text for vendor in case.vendors] == ["AWS（Amazon Bedrock）"]
    assert [(metric.label, metric.value.value, metric.value.unit) for metric in case.metrics if metric.value] == [
        ("毎月削減時間", 50_000, "時間"),
        ("月間利用回数", 2_000_000, "回"),
        ("利用社員数", 57_000, "人"),
        ("利用グループ会社数", 200, "社"),
        ("1日推論リクエスト", 150_000, "件"),
        ("利用可能AIモデル", 130, "種類"),
        ("ビジネスPoC件数", 260, "件"),
        ("本番活用件数", 40, "件"),
    ]
    assert [metric.value.per for metric in case.metrics if metric.value][:5] == [("月",), ("月",), (), (), ("日",)]
    assert [phase.period.start.iso() for phase in case.phases if phase.period and phase.period.start] == [
        "2023-08", "2024-11", "2024-12", "2025-06", "2025-11", "2025-12",
    ]  # fmt: skip
    assert len(case.success_factors) == 4
    assert [pair.label for pair in case.issues] == ["グループ多様性", "セキュリティ", "活用定着"]
    assert all(pair.text for pair in case.issues)
    assert [len(case.background), len(case.outlook), len(case.lessons)] == [4, 4, 3]
    assert [check.verdict for check in case.fact_checks] == ["confirmed"] * 3
    assert all(check.links for check in case.fact_checks)
    assert len(case.references) == 6
    assert [pair.label for pair in case.footer][:1] == ["作成日"]
    assert case.section_count == 12


@pytest.mark.parametrize("path", AIST, ids=lambda path: path.name)
def test_the_bullet_dialect_gives_every_field(path: Path) -> None:
    text = file_text(path)
    case = one(text)
    assert recognise_case(text)
    assert (case.id, case.dialect, case.company, case.country) == ("863", "D1", "産業技術総合研究所", "日本")
    assert (case.industry_raw, case.sectors) == (("研究所", "産業応用研究機関"), ("教育",))
    assert case.employees == Quantity("約2,100名", value=Decimal(2100), unit="人", qualifier="約")
    assert case.adoption_start is not None
    assert case.adoption_start.start == PartialDate(2023, hint="春")
    assert [tool.text.split("（")[0] for tool in case.ai_tools] == ["ChatGPT", "Claude"]
    assert [vendor.text.split("（")[0] for vendor in case.vendors][:2] == ["OpenAI", "Anthropic"]
    rates = [
        (metric.label, metric.before, metric.after, metric.change_percent, metric.direction) for metric in case.metrics
    ]
    assert [(before.value, after.value, rate, way) for _, before, after, rate, way in rates if before and after] == [
        (20, 85, 325, "up"),
        (8, 26, 225, "up"),
        (0, 150, None, ""),
        (15, 45, 200, "up"),
    ]
    assert case.metrics[0].before == Quantity("20件/月", value=Decimal(20), unit="件", per=("月",))
    assert [
        (phase.name.split("：")[0], phase.period.start.iso())
        for phase in case.phases
        if phase.period and phase.period.start
    ] == [
        ("フェーズ1", "2023-02"),
        ("フェーズ2", "2023-05"),
        ("フェーズ3", "2023-08"),
    ]
    ends = [phase.period.end.iso() if phase.period and phase.period.end else None for phase in case.phases]
    assert ends == ["2023-04", "2023-07", None]
    assert all(phase.details for phase in case.phases)
    assert case.duration is not None
    assert case.duration.text == "合計：10ヶ月（2023年1月-10月）"
    assert [(cost.label, cost.quantity.value, cost.quantity.unit) for cost in case.costs] == [
        ("初期投資", 45_000_000, "円"),
        ("年間運用費", 22_000_000, "円"),
        ("初期投資回収期間", 16, "ヶ月"),
        ("年間効果", 350_000_000, "円"),
    ]
    assert len(case.qualitative) == 4
    assert len(case.background) == 11
    assert [bool(pair.text) for pair in case.issues] == [True, True, True]
    assert len(case.lessons) == 2
    assert any(link.url == "https://www.aist.go.jp/" for link in case.references)
    assert ("更新日", "2024年1月21日") in [(pair.label, pair.text) for pair in case.footer]
    assert [pair.label for pair in case.front_matter][:2] == ["case_id", "company_name_ja"]
    assert case.section_count == 8


@pytest.mark.parametrize("path", [*SONY, *AIST, *OWN], ids=lambda path: path.name)
def test_no_word_of_a_seed_is_lost(path: Path) -> None:
    text = file_text(path)
    assert lost_words(text, read(text)) == []


def test_tables_give_states_rates_targets_and_notes() -> None:
    time, errors, same, goal = one(TABLES).metrics
    assert (time.before, time.after) == (
        Quantity("5時間", value=Decimal(300), unit="分"),
        Quantity("90分", value=Decimal(90), unit="分"),
    )
    assert (time.change_percent, time.direction) == (-70, "down")
    assert time.note is not None
    assert (time.note.text, time.note.origin) == ("試行部門", Origin("case.md", 25, 5))
    assert (errors.change_points, errors.change_percent, errors.direction) == (-1, None, "down")
    assert same.before is not None
    assert (same.before.value, same.after, same.value) == (4, None, None)  # 同上 repeats the cell above
    assert goal.is_target
    assert goal.value is not None
    assert goal.value.value == 900


def test_enumerations_are_not_parted_inside_of_brackets() -> None:
    case = one(TABLES)
    assert [tool.text for tool in case.ai_tools] == ["架空LLM（A、B）", "帳票AI", "検索AI"]
    assert [vendor.text for vendor in case.vendors] == ["架空社（クラウド、保守）", "別社"]
    assert split_list("A・B、C, D（E, F）+ G、1,000件") == ["A・B", "C", "D（E, F）", "G", "1,000件"]


def test_verdicts_come_in_three_words_and_as_written() -> None:
    checks = one(TABLES).fact_checks
    assert [(check.verdict, check.verdict_raw) for check in checks] == [
        ("confirmed", "✅ PASS"),
        ("partial", "✅ 部分確認"),
        ("unconfirmed", "❌ 未確認"),
        ("unconfirmed", "未公表"),
    ]


def test_a_name_sheds_its_reading_and_its_legal_form_is_no_part_of_the_id() -> None:
    case = one(TABLES)
    assert (case.company, case.id, case.country) == ("株式会社架空銀行", "架空銀行", "日本")
    assert [slug_of(name) for name in ("ソニーグループ株式会社", "株式会社DeNA", "DeNA Co., Ltd.", "株式会社")] == [
        "ソニーグループ", "DeNA", "DeNA", "株式会社",
    ]  # fmt: skip


def test_a_country_is_not_guessed_from_a_name_alone() -> None:
    without_seat = TABLES.replace("| 本社所在地 | 東京都港区 |  |\n", "")
    assert one(without_seat.replace("株式会社", "")).country is None
    assert one(without_seat).country == "日本"  # a company of Japanese law
    assert one(TABLES.replace("東京都港区", "ニューヨーク").replace("株式会社", "")).country == "米国"
    assert one(TABLES.replace("東京都港区", "Cincinnati, Ohio, USA")).country == "米国"


def test_an_issue_takes_the_measure_of_its_own_column() -> None:
    assert one(TABLES).issues == (Pair("誤答", "人が確認", Origin("case.md", 34)),)


def test_an_unknown_section_is_kept_as_other_and_the_footer_stands_alone() -> None:
    case = one(TABLES)
    assert [(section.title, section.kind) for section in case.sections][-2:] == [("独自の節", "other"), ("", "footer")]
    assert case.sections[-2].lines[0].text == "知らない見出しの文も残る。"
    assert [(pair.label, pair.text) for pair in case.footer] == [("作成日", "2026-01-08"), ("Phase", "1")]


def test_an_unknown_industry_is_a_note_with_the_nearest_names() -> None:
    reading = read(TABLES.replace("| 業界 | 金融・銀行 |", "| 業界 | 金融保健 |"))
    assert reading.cases[0].sectors == ()
    finding = next(finding for finding in reading.findings if finding.code == "case.unknown-sector")
    assert finding.severity == "note"
    assert "金融・保険" in finding.message
    assert (finding.origin, finding.subjects) == (Origin("case.md", 8, 2), ("case:架空銀行",))


def test_a_body_that_contradicts_its_front_matter_on_people_is_a_warning() -> None:
    text = f"---\nemployees: 500\n---\n{TABLES}"
    reading = read(text)
    finding = next(finding for finding in reading.findings if finding.code == "case.employees")
    assert [evidence.text for evidence in finding.evidence] == ["約1万2,000名", "500"]


def test_a_broken_line_of_front_matter_is_kept_as_it_stands_and_reported() -> None:
    text = f'---\ncase_id: "451"\nregion: "A" if x else "B"\n---\n{TABLES}'
    reading = read(text)
    assert reading.cases[0].id == "451"
    assert ("region", 'region: "A" if x else "B"') in [
        (pair.label, pair.text) for pair in reading.cases[0].front_matter
    ]
    assert [(finding.code, finding.origin) for finding in reading.findings] == [
        ("case.front-matter", Origin("case.md", 3))
    ]


def test_several_companies_in_one_file_become_several_cases() -> None:
    one_case = (
        "## 0{0}1_社{0}_AI\n\n**事例ID**: 0{0}1\n**企業名**: 社{0}\n**業界**: 医薬品・創薬\n\n### 背景\n- 理由{0}\n"
    )
    text = "# まとめ（複数企業）\n\n" + "\n---\n\n".join(one_case.format(number) for number in (1, 2, 3))
    reading = read(text)
    assert [(case.id, case.company, case.dialect) for case in reading.cases] == [
        ("011", "社1", "M1"),
        ("021", "社2", "M1"),
        ("031", "社3", "M1"),
    ]
    assert [quote.text for quote in reading.cases[1].background] == ["理由2"]
    assert lost_words(text, reading) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 題だけ",
        "# 報告書\n\n## 1. 調査の背景\n\n企業名を尋ねた。\n\n## 2. 定量調査の成果\n",
        "企業名\t業界\nA\tB",
        "\x00\x01",
    ],
)
def test_what_is_no_case_is_not_recognised(text: str) -> None:
    assert recognise_case(text) is False


def test_a_report_and_a_white_paper_are_no_cases() -> None:
    for path in Path(__file__).parents[2].glob("seeds/*/*.txt"):
        assert recognise_case(path.read_text(encoding="utf-8")) is False


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("3. 定量的効果（目標値）", "quant_effect"),
        ("基本情報（8フィールド）", "basic_info"),
        ("６．導入プロセス", "process"),
        ("✅ 今後の展望・計画", "outlook"),
        ("Risks & Challenges", "issues"),
        ("2. AI導入の背景・課題", "background"),
        ("天気の話", "other"),
    ],
)
def test_section_titles_are_known_by_many_names(title: str, kind: str) -> None:
    assert section_kind(title) == kind


def test_a_sub_heading_starts_something_else_only_where_it_is_clear() -> None:
    assert sub_kind("予算規模") == "cost_roi"
    assert sub_kind("4.1 課題") is None
    assert sub_kind("データソース") is None


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("AI ツール", "tools"),
        ("企業名（英語）", "company_en"),
        ("企業名", "company"),
        ("研究職員数", "employees"),
        ("会員数", None),
    ],
)
def test_labels_are_known_by_many_names(label: str, field: str | None) -> None:
    assert label_field(label) == field


def test_dialect_codes_are_unique() -> None:
    codes = [dialect.code for dialect in DIALECTS]
    assert len(codes) == len(set(codes))


def test_links_in_titles_headings_and_bold_lines_are_kept() -> None:
    text = TABLES.replace("# 事例調査：架空銀行", "# 事例調査：[架空銀行](https://bank.example/top)").replace(
        "## 独自の節", "## [独自の節](https://bank.example/own)\n\n**[太字の行](https://bank.example/bold)**"
    )
    case = one(text)
    assert case.company == "株式会社架空銀行"
    assert [link.url for link in case.title_links] == ["https://bank.example/top"]
    section = next(section for section in case.sections if section.title == "独自の節")
    assert [link.url for link in section.links] == ["https://bank.example/own"]
    assert [link.url for link in section.lines[0].links] == ["https://bank.example/bold"]
    assert cover(text, [case]).nowhere == 0


def test_a_table_with_a_column_for_each_year_keeps_every_year() -> None:
    text = TABLES.replace(
        "## 8. 課題・対策",
        "### 推移\n\n| 指標 | 2023年度 | 2024年度 | 2025年度見込み | 備考 |\n|---|---|---|---|---|\n"
        "| 利用者 | 100人 | 250人 | 400人 | 全社 |\n\n"
        "## 9. コスト分析\n\n| 項目 | 年1 | 年2 | 累積2年 |\n|---|---|---|---|\n| 投資額 | 2億円 | 1億円 | 3億円 |\n\n"
        "## 8. 課題・対策",
    )
    case = one(text)
    years = [metric for metric in case.metrics if metric.period is not None]
    assert [(metric.label, metric.value and metric.value.value, metric.is_target) for metric in years] == [
        ("利用者（2023年度）", 100, False),
        ("利用者（2024年度）", 250, False),
        ("利用者（2025年度見込み）", 400, True),
    ]
    assert years[0].period is not None
    assert years[0].period.start == PartialDate(2023, 4, hint="年度")
    assert [(cost.label, cost.quantity.value, cost.origin.column) for cost in case.costs] == [
        ("投資額（年1）", 200_000_000, 2),
        ("投資額（年2）", 100_000_000, 3),
        ("投資額（累積2年）", 300_000_000, 4),
    ]


def test_two_calendar_years_stay_a_state_before_and_one_after() -> None:
    text = TABLES.replace("| 指標 | 導入前 | 導入後 | 改善率 | 備考 |", "| 指標 | 2024年 | 2025年 | 成長率 | 備考 |")
    metric = one(text).metrics[0]
    assert (metric.before and metric.before.value, metric.after and metric.after.value) == (300, 90)


def test_a_line_with_two_statements_is_two_effects() -> None:
    text = TABLES.replace("| 審査時間 | 5時間 | 90分 | 70%削減 | 試行部門 |\n", "").replace(
        "| 指標 | 導入前 | 導入後 | 改善率 | 備考 |\n|------|------|------|------|------|\n"
        "| 誤り率 | 4％ | 3％ | -1ポイント |  |\n| 満足度 | 同上 | - | - |  |\n"
        "| 来年度の利用者 | - | 900人（目標） | - |  |\n",
        "- **売上増加**: 顧客数年間30%成長、預かり資産100億円突破\n- **生産性向上**: 検知精度99.8%、承認率2%向上\n"
        "- **時間**: 月40時間削減、年間480時間\n",
    )
    found = [(metric.label, metric.value and metric.value.value, metric.change) for metric in one(text).metrics]
    assert [(label, value) for label, value, _ in found] == [
        ("売上増加（顧客数）", 30),
        ("売上増加（預かり資産）", 10_000_000_000),
        ("生産性向上（検知精度）", Decimal("99.8")),
        ("生産性向上（承認率）", 2),
        ("時間", 40),
    ]
    assert found[2][2] is None  # a level is no change


@pytest.mark.parametrize(
    ("cell", "heading", "label", "expected"),
    [
        ("12", "効果額（億円）", "残業代", "12億円"),
        ("約10-20", "金額（万円）", "保守", "約10-20万円"),
        ("110以上", "数値", "発掘ユースケース数", "110件以上"),
        ("60,300", "数値", "時間削減（時間/年）", "60,300時間/年"),
        ("8-12", "数値", "投資回収期間（月）", "8-12ヶ月"),
        ("3,000", "", "利用者数", "3,000人"),
        ("12億円", "効果額（万円）", "残業代", "12億円"),
        ("高い", "効果額（億円）", "残業代", "高い"),
        ("42", "数値", "満足度", "42"),
    ],
)
def test_a_bare_number_gets_the_unit_of_its_column_or_row(cell: str, heading: str, label: str, expected: str) -> None:
    assert with_unit(cell, heading, label) == expected


def test_costs_are_read_from_the_column_that_is_headed_as_money() -> None:
    text = TABLES.replace(
        "## 8. 課題・対策",
        "## 9. コスト分析\n\n| 項目 | 内訳 | 金額（万円） |\n|---|---|---|\n| 初期投資 | 3年分の利用料 | 1,200 |\n\n"
        "## 8. 課題・対策",
    )
    (cost,) = one(text).costs
    assert (cost.label, cost.quantity.value, cost.quantity.unit, cost.origin.column) == (
        "初期投資",
        12_000_000,
        "円",
        3,
    )


def test_a_month_takes_its_year_from_the_step_before() -> None:
    text = (
        "# 事例調査：架空銀行（金融・銀行）\n\n## 基本情報\n- 企業名：架空銀行\n\n## 導入プロセス\n"
        "| 時期 | 実施内容 |\n|---|---|\n| 2025年11月 | 準備 |\n| 12月上旬 | 試行 |\n| 1月第1-2週 | 展開 |\n"
        "| 随時 | 改善 |\n"
    )
    starts = [phase.period and phase.period.start for phase in one(text).phases]
    assert [start.iso() if start else None for start in starts] == ["2025-11", "2025-12", "2026-01", None]


def _shape(text: str) -> tuple[object, ...]:
    assert recognise_case(text)
    case = one(text)
    metrics = [(metric.label, metric.value, metric.before, metric.after) for metric in case.metrics]
    kinds = [section.kind for section in case.sections if section.kind != "preamble"]
    return case.company, case.sectors, case.employees and case.employees.value, len(metrics), len(case.issues), kinds


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"^##", "###"),  # sections one level deeper
        (r"^## ", "# "),  # sections beside the title
        (r"^(#+) ", r"\1　"),
        (r"^(##+) ", r"\1"),
        (r"^(## )([0-9]+)\. ", r"\1第\2章 "),
        (r"^(## )([0-9]+)\. ", r"\1Ⅲ. "),
        (r"^(## )([0-9]+)\. ", r"\1③ "),
        (r"^(## )([0-9]+)\. (.+)$", r"\1【\3】"),
        (r"^(## )([0-9]+)\. (.+)$", r"\1■ \3"),
        (r"^(## )(.+)$", r"\1**\2**"),
        (r"^\|", "  |"),
    ],
)
def test_headings_and_tables_in_other_dress_say_the_same(pattern: str, written: str) -> None:
    assert _shape(re.sub(pattern, written, TABLES, flags=re.MULTILINE)) == _shape(TABLES)


BULLETS = """# 事例調査：架空銀行（金融・銀行）

## 基本情報

- **企業名**: 架空銀行
- **業界**: 金融・銀行
- **従業員数**: 900名

## 定量的効果

- **審査時間**: 5時間 → 2時間
- **費用**: 月30万円削減

## 課題・対策

- **課題**: 誤答
- **対策**: 人が確認
"""


@pytest.mark.parametrize(
    "mark", ["・", "* ", "+ ", "● ", "■", "1. ", "１．", "（1）", "① ", "- [x] ", "> - ", "-　", "\t- ", "◆ "]
)
def test_any_mark_of_a_list_says_the_same(mark: str) -> None:
    text = re.sub("^- ", mark, BULLETS, flags=re.MULTILINE)
    assert _shape(text) == _shape(BULLETS)
    assert cover(text, [one(text)]).nowhere == 0


def test_front_matter_below_blank_lines_is_front_matter_and_a_rule_there_is_none() -> None:
    case = one(f'\n\n---\ncase_id: "77"\n---\n{TABLES}')
    assert (case.id, case.id_origin and case.id_origin.line) == ("77", 4)
    assert one(f"\n---\n{TABLES}").front_matter == ()


def test_steps_without_bold_marks_hold_the_items_below_them() -> None:
    text = BULLETS.replace(
        "## 課題・対策",
        "## 導入プロセス\n\nフェーズ1: 試行（2025年1月-3月）\n- 対象：本店\n\nフェーズ2: 展開\n- 対象：全店\n\n"
        "使用AIツール\n- 架空モデル\n\n## 課題・対策",
    )
    case = one(text)
    assert [(phase.name, [detail.text for detail in phase.details]) for phase in case.phases] == [
        ("フェーズ1: 試行", ["対象：本店"]),
        ("フェーズ2: 展開", ["対象：全店"]),
    ]
    assert [tool.text for tool in case.ai_tools] == ["架空モデル"]


def test_expressions_of_the_survey_that_need_their_row_have_the_unit_of_the_row() -> None:
    text = TABLES.replace("約1万2,000名", "147,000").replace(
        "| 誤り率 | 4％ | 3％ | -1ポイント |  |", "| 発掘ユースケース数 | - | 110以上 | - |  |"
    )
    case = one(text)
    assert case.employees is not None
    assert (case.employees.value, case.employees.unit) == (147_000, "人")
    value = case.metrics[1].value
    assert value is not None
    assert (value.value, value.unit, value.qualifier) == (110, "件", "以上")
