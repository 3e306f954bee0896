"""A survey small enough to compute by hand. Everything in it is 架空: industries, numbers, cases.

Cells are written as the tests read them: `20`, `10i` (imputed), `30s` (spread), `r1:240` (rank mark), `-` (not asked).
"""

from __future__ import annotations

from decimal import Decimal

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Metric, Pair, Phase
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Axis, AxisKind, Cell, Matrix, MergedGroup, TotalKind
from reportkit.corpus.survey import (
    FieldEvaluation,
    FieldResource,
    NationalProject,
    PromisingField,
    Statistic,
    SurveyDesign,
    UseCase,
)
from reportkit.corpus.taxonomy import Function, Sector, Taxonomy

SURVEY = "架空調査.txt"
FUNCTIONS = ("研究開発", "窓口", "事務")
CARE, NURSING, TRANSPORT, GROUP, PUBLIC = "架空医療", "架空介護", "架空運輸", "架空福祉", "公共"

TAXONOMY = Taxonomy(
    sectors=(
        Sector(CARE, "industry", respondent_group=GROUP, coarse_row=CARE),
        Sector(NURSING, "industry", respondent_group=GROUP, coarse_row=NURSING),
        Sector(TRANSPORT, "industry", respondent_group="その他", coarse_row="その他"),
        Sector(GROUP, "group", members=(CARE, NURSING), respondent_group=GROUP),
        Sector(PUBLIC, "public"),
    ),
    functions=tuple(Function(name, name[:2]) for name in FUNCTIONS),
    group_rows=(Sector("その他", "group"),),
)


def matrix(
    matrix_id: str,
    unit: str,
    kind: AxisKind,
    columns: tuple[str, ...],
    rows: dict[str, str],
    *,
    row_total: TotalKind | None = None,
    column_total: TotalKind | None = None,
    spanners: tuple[tuple[str, ...], ...] = (),
    line: int = 1,
    **more: object,
) -> Matrix:
    """Return a matrix; a row is `name: "cell cell ... total"`, the row named like `column_total` holds the totals."""
    named = {name: text.split() for name, text in rows.items()}
    bottom = named.pop(column_total, None) if column_total else None
    labels = tuple(named)

    def cells(at: int, texts: list[str]) -> tuple[Cell, ...]:
        return tuple(_cell(text, Origin(SURVEY, line + at, column)) for column, text in enumerate(texts, start=2))

    body = [cells(at, texts) for at, texts in enumerate(named.values(), start=1)]
    below = cells(len(named) + 1, bottom) if bottom is not None else None
    width = len(columns)
    return Matrix(
        id=matrix_id,
        title=f"架空の表「{matrix_id}」",
        rows=Axis(kind, labels, labels, tuple(Origin(SURVEY, line + at, 1) for at in range(1, len(labels) + 1))),
        columns=Axis("function" if columns == FUNCTIONS else "item", columns, columns, (), spanners),
        unit=unit,
        cells=tuple(row[:width] for row in body),
        origin=Origin(SURVEY, line, end_line=line + len(named) + 1),
        row_totals=tuple(row[width] for row in body) if row_total else None,
        column_totals=below[:width] if below is not None else None,
        grand_total=below[width] if below is not None and row_total else None,
        row_total_kind=row_total,
        column_total_kind=column_total,
        **more,  # type: ignore[arg-type]
    )


def _cell(text: str, origin: Origin) -> Cell:
    if text == "-":
        return Cell(None, text, origin)
    rank = None
    if ":" in text:
        mark, text = text.split(":")
        rank = int(mark.removeprefix("r"))
    digits = text.rstrip("is")
    return Cell(Decimal(digits), text, origin, imputed=text.endswith("i"), rank=rank, spread=text.endswith("s"))


MATRICES = (
    matrix(
        "labour-cost", "10億円", "sector", FUNCTIONS,
        {CARE: "100 200 - 300", NURSING: "50 100 150 300", TRANSPORT: "10 20 30 60", "合計": "160 320 180 660"},
        row_total="合計", column_total="合計", line=10,
    ),
    matrix(
        "reduction-rate", "%", "sector", FUNCTIONS,
        {CARE: "20 30 - 25", NURSING: "10i 20 40 30", TRANSPORT: "20s 20s 20s 20", "平均": "17 23 30 25"},
        row_total="平均", column_total="平均", line=20, merged=(MergedGroup((TRANSPORT, "架空通信"), "架空通信"),),
    ),
    matrix(
        "adoption-intent", "%", "sector", FUNCTIONS,
        {CARE: "50 40 - 45", NURSING: "50i 50 20 40", TRANSPORT: "30s 30s 30s 30", "平均": "43 40 25 38"},
        row_total="平均", column_total="平均", line=30,
    ),
    matrix(
        "impact", "億円", "sector", FUNCTIONS,
        {CARE: "100 r1:240 - 340", NURSING: "25 180 120 325", TRANSPORT: "6 12 18 36", "合計": "131 432 138 701"},
        row_total="合計", column_total="合計", line=40,
    ),
    matrix(
        "respondents", "人", "respondent-group", FUNCTIONS,
        {GROUP: "50 100 50 200", "その他": "100 100 200 400", "合計": "150 200 250 600"},
        row_total="合計", column_total="合計", line=50,
    ),
    matrix(
        "barriers", "%", "respondent-group", ("費用が高い", "機密の漏洩", "経営層の理解が得られない", "誤った出力"),
        {GROUP: "30 10 20 15", "その他": "15 22 20 14", "平均": "22 16 20 15"},
        column_total="平均", line=60, max_answers=5, multiple_answers=True,
        spanners=(("共通", "コスト"), ("共通", "セキュリティ"), ("共通", "AIへの理解"), ("特有", "事実の正確性")),
    ),
    matrix(
        "support", "%", "respondent-group", ("金銭的な支援", "事例の紹介", "利用ガイドライン"),
        {GROUP: "28 20 12", "その他": "18 20 22", "平均": "23 20 17"},
        column_total="平均", line=70,
        spanners=(("コスト",), ("AIへの理解",), ("事実の正確性・倫理的責任・セキュリティ",)),
    ),
    matrix(
        "data-sharing-intent", "%", "coarse-sector", ("保有していない", "共有できない", "開発会社へ共有できる"),
        {CARE: "30 50 20", NURSING: "40 45 15", "その他": "20 50 30", "平均": "30 48 22"},
        column_total="平均", line=80,
    ),
    matrix(
        "data-sharing-barriers", "%", "coarse-sector", ("情報の漏洩", "社内の調整"),
        {CARE: "60 40", NURSING: "45 55", "その他": "50 50", "平均": "52 48"},
        column_total="平均", line=90,
    ),
)  # fmt: skip

IDENTITY = Finding(
    code="matrix.identity",
    severity="warning",
    message="「架空介護」×「窓口」：印刷の効果 180億円が、人件費×削減割合×導入意向と合いません",
    fix="元の資料で確かめてください",
    origin=Origin(SURVEY, 42, 3),
    subjects=("matrix:impact", f"cell:impact/{NURSING}/窓口", f"sector:{NURSING}"),
)


def _statistic(country: str, year: str, percent: str, line: int) -> Statistic:
    return Statistic(
        id=f"genai-experience/{country}/{year}",
        series="genai-experience",
        label="生成AIを使ったことがある人の割合",
        subject=country,
        period=f"{year}年度調査",
        quantity=Quantity(f"{percent}%", value=Decimal(percent), unit="%"),
        origin=Origin("架空白書.txt", line),
        context=f"{country}は{percent}%であった。",
    )


def _case() -> Case:
    source = "架空病院.md"
    return Case(
        id="901",
        title="架空病院 - 生成AI導入事例",
        origin=Origin(source, 1),
        dialect="numbered",
        company="架空病院",
        country="日本",
        industry_raw=("病院",),
        sectors=(CARE,),
        ai_tools=(Quote("架空チャット", Origin(source, 5)),),
        metrics=(
            Metric(
                "問診票の作成",
                "20分 | 5分 | 75%減",
                Origin(source, 10),
                before=Quantity("20分", value=Decimal(20), unit="分"),
                after=Quantity("5分", value=Decimal(5), unit="分"),
                change=Quantity("75%減", value=Decimal(-75), unit="%", sign_word="減"),
            ),
            Metric(
                "利用者",
                "500人（目標）",
                Origin(source, 11),
                value=Quantity("500人", value=Decimal(500), unit="人", is_target=True),
                is_target=True,
            ),
        ),
        phases=(Phase("試行", Origin(source, 15)),),
        issues=(
            Pair("運用コストの負担", "診療科を絞って始めた", Origin(source, 20)),
            Pair("患者情報の保護", "情報取得不可（非公開）", Origin(source, 21)),
        ),
        success_factors=(Pair("院長の理解", "全職員への研修", Origin(source, 25)),),
        verified=False,
    )


CORPUS = Corpus(
    taxonomy=TAXONOMY,
    sources=(
        SourceFile(SURVEY, "survey", "0" * 64, title="架空調査", publication="架空省「架空調査」（2031年1月1日）"),
        SourceFile("架空白書.txt", "white-paper", "1" * 64, title="架空白書", publication="架空省「架空白書」"),
        SourceFile("架空病院.md", "case", "2" * 64, title="架空病院 - 生成AI導入事例"),
    ),
    cases=(_case(),),
    matrices=MATRICES,
    statistics=(
        _statistic("日本", "2030", "10.5", 3),
        _statistic("日本", "2031", "30.0", 3),
        _statistic("米国", "2030", "40.0", 4),
        _statistic("米国", "2031", "60.0", 4),
    ),
    use_cases=(
        UseCase(
            "問診の支援",
            Origin(SURVEY, 101),
            category="受付",
            sectors=(CARE,),
            function="窓口",
            summary="患者の訴えを整理する",
            field=f"{CARE}×窓口",
            data=("診療の記録", "問診票"),
        ),
        UseCase(
            "書面の作成", Origin(SURVEY, 102), category="作成", function="事務", summary="草案を作る", data=("書式",)
        ),
    ),
    promising_fields=(
        PromisingField(1, f"{CARE}×窓口", Origin(SURVEY, 110), (CARE,), "窓口"),
        PromisingField(2, "事務", Origin(SURVEY, 111), (), "事務"),
    ),
    field_evaluations=(
        FieldEvaluation(f"{CARE}×窓口", Origin(SURVEY, 112), (CARE,), "窓口", "◎", "-", "◎", winning=True),
    ),
    field_resources=(
        FieldResource(f"{CARE}×窓口", Origin(SURVEY, 113), (CARE,), "窓口", ("記録",), ("病院",), ("整備",), "架空省"),
    ),
    national_projects=(
        NationalProject("日本", "架空計画", "2001-2005", "架空省", "成果を上げた", Origin(SURVEY, 114)),
    ),
    survey_design=SurveyDesign(
        "調査の設計", (("期間", Quote("2030年9月", Origin(SURVEY, 2))),), (), Origin(SURVEY, 2, end_line=3)
    ),
    findings=(IDENTITY,),
)
