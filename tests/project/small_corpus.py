"""A corpus small enough to be read at a glance. All names and numbers are 架空."""

from __future__ import annotations

from decimal import Decimal

from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, FactCheck, Link, Metric, Phase
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.corpus.matrix import Axis, Cell, Matrix
from reportkit.corpus.survey import Statistic
from reportkit.sources.taxonomy import built_in_taxonomy


def case(case_id: str, company: str, english: str | None = None, **fields: object) -> Case:
    """Return a case with little in it."""
    source = f"{company}.md"
    return Case(
        id=case_id,
        title=f"事例調査：{company}",
        origin=Origin(source, 1),
        dialect="numbered",
        company=company,
        company_en=english,
        **fields,  # type: ignore[arg-type]
    )


def full_case() -> Case:
    """Return a case with something in every field that is exported."""
    source = "架空電機.md"
    before = Quantity("32時間", value=Decimal(32), unit="時間")
    after = Quantity("約8時間", value=Decimal(8), unit="時間", qualifier="約", per=("月", "人"))
    return case(
        "007",
        "株式会社架空電機",
        "Kaku Electric",
        country="日本",
        industry_raw=("製造・電機",),
        sectors=("その他製造業",),
        employees=Quantity("約11万名", value=Decimal(110_000), unit="人", qualifier="約"),
        adoption_start=Period("2023年8月〜", start=PartialDate(2023, 8), open_end=True),
        published=Period("2025年12月", start=PartialDate(2025, 12), end=PartialDate(2025, 12)),
        ai_tools=(Quote('=HYPERLINK("x")', Origin(source, 5)),),
        vendors=(Quote("架空クラウド", Origin(source, 6)),),
        metrics=(
            Metric(
                "見積作成",
                "32時間 | 約8時間 | 75%減",
                Origin(source, 9),
                before=before,
                after=after,
                change=Quantity("75%減", value=Decimal(-75), unit="%"),
                direction="down",
            ),
            Metric(
                "削減時間",
                "10〜20時間",
                Origin(source, 10),
                value=Quantity("10〜20時間", low=Decimal(10), high=Decimal("20.5"), unit="時間"),
                is_target=True,
            ),
        ),
        phases=(Phase("試行", Origin(source, 14), Period("2023年春", PartialDate(2023, hint="春"))),),
        fact_checks=(FactCheck("従業員数", "partial", "△", Origin(source, 20), source="会社案内"),),
        references=(
            Link("会社案内", "https://example.jp/", Origin(source, 22)),
            Link("", "https://example.jp/a", Origin(source, 23)),
        ),
        section_count=8,
    )


def matrix() -> Matrix:
    """Return a 2 x 2 matrix with totals, a rank, an imputed and a spread cell, and one that was not asked."""
    source = "調査.txt"

    def cell(value: str | None, column: int, line: int, **marks: object) -> Cell:
        number = None if value is None else Decimal(value)
        return Cell(number, value or "-", Origin(source, line, column), **marks)  # type: ignore[arg-type]

    def axis(kind: str, labels: tuple[str, ...]) -> Axis:
        return Axis(kind, labels, labels, tuple(Origin(source, 100 + index) for index, _ in enumerate(labels)))  # type: ignore[arg-type]

    return Matrix(
        id="impact",
        title="架空の効果",
        rows=axis("sector", ("医療", "介護")),
        columns=axis("function", ("R&D", "調達")),
        unit="億円",
        cells=(
            (cell("3711", 2, 101, rank=10), cell("1.5", 3, 101, imputed=True)),
            (cell(None, 2, 102), cell("0", 3, 102, spread=True)),
        ),
        origin=Origin(source, 100),
        row_totals=(cell("3712", 4, 101), cell("0", 4, 102)),
        column_totals=(cell("3711", 2, 103), cell("2", 3, 103)),
        grand_total=cell("3713", 4, 103),
        row_total_kind="合計",
        column_total_kind="平均",
    )


def corpus(*cases: Case) -> Corpus:
    """Return a corpus with the full case, or with the cases given, one matrix, one statistic and two findings."""
    origin = Origin("調査.txt", 7)
    return Corpus(
        taxonomy=built_in_taxonomy(),
        sources=(
            SourceFile("調査.txt", "survey", "0" * 64, date="2024-03"),
            SourceFile("架空電機.md", "case", "1" * 64, date="2023-09-18"),
        ),
        cases=cases or (full_case(),),
        matrices=(matrix(),),
        statistics=(
            Statistic(
                "use/日本/2024",
                "use",
                "利用率",
                "日本",
                "2024年度調査",
                Quantity("26.7%", value=Decimal("26.7"), unit="%"),
                origin,
                "日本では26.7%",
            ),
        ),
        findings=(
            Finding(
                "matrix.row-total",
                "error",
                "合計が合いません",
                "原典を確かめてください",
                origin,
                (Evidence("印刷された合計", "3,712", origin),),
                ("matrix:impact", "sector:医療"),
            ),
            Finding("corpus.empty", "note", "資料が少ないようです", "資料を足してください"),
        ),
    )
