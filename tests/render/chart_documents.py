"""Charts to draw, and what stands in their parts; all numbers are invented (架空)."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.chart import Bubble, Chart, Reference, Series, Span, ValueAxis
from reportkit.render.word.charts import ChartParts

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def fact(value: str | int | None, text: str = "", unit: str = "", qualifier: str = "", label: str = "架空の値") -> Fact:
    """A fact with a value; None is a fact that names no number."""
    number = None if value is None else Decimal(value)
    raw = text or str(value)
    return Fact(f"test/{label}/{raw}", label, Quantity(raw, value=number, unit=unit, qualifier=qualifier), raw)


def facts(*values: str | int | None) -> tuple[Fact | None, ...]:
    """One fact for each value, None for a gap."""
    return tuple(None if value is None else fact(value) for value in values)


def series(name: str, *values: str | int | None, **changes: Any) -> Series:
    """A series of plain values."""
    return Series(name, facts(*values), **changes)


def span(label: str, start: str, end: str | None, text: str) -> Span:
    """A span between ISO days."""
    day = datetime.date.fromisoformat
    return Span(label, day(start), None if end is None else day(end), fact(None, text))


def bubble(label: str, x: int | None, y: int | None, size: int | None, **changes: Any) -> Bubble:
    """A bubble of plain values."""
    return Bubble(label, fact(x), fact(y), None if size is None else fact(size), **changes)


SECTORS = ("小売・卸売", "製薬・素材・化学", "金融・保険", "医療", "エネルギー")
BARS = Chart(
    "bars",
    "bar",
    (),
    "架空の棒グラフ",
    SECTORS,
    (series("効果", 3711, 9081, 15600, None, 77, highlight=(2,)),),
    values=ValueAxis("億円"),
    references=(Reference("全産業平均", fact(5200, "5,200億円")),),
)
COLUMNS = Chart(
    "columns",
    "column",
    (),
    "架空の縦棒グラフ",
    SECTORS,
    (series("導入前", 20, 30, 40, 50, 60, tone="muted"), series("導入後", 25, 50, 44, 12, 99)),
    values=ValueAxis("%", '0"%"'),
    references=(Reference("平均", fact(44, "44%")),),
)
DIFFERENCES = Chart(
    "differences",
    "bar",
    (),
    "架空の差",
    SECTORS[:4],
    (series("この業種", "12.3", "-8", "0", "4.5"),),
    values=ValueAxis("ポイント", "+0.0;-0.0;0.0"),
)
ANSWERS = Chart(
    "answers",
    "stacked-bar",
    (),
    "架空の回答の内訳",
    SECTORS[:3],
    (series("積極的", 20, 30, 40), series("条件つき", 25, 50, 44), series("消極的", 55, 20, 16)),
    values=ValueAxis("", '0"%"'),
)
SHARES = Chart(
    "shares",
    "stacked-bar",
    (),
    "架空の金額の内訳",
    SECTORS[:2],
    (series("研究", 20, 30), series("製造", 60, 30, tone="accent")),
    values=ValueAxis("億円"),
)
LINES = Chart(
    "lines",
    "line",
    (),
    "架空の推移",
    ("2023年調査", "2024年調査"),
    (
        series("日本", "9.1", "26.7", tone="accent"),
        series("米国", "46.3", "68.8"),
        series("ドイツ", "34.6", "67.9", tone="contrast"),
        series("中国", "56.3", "81.2", tone="muted"),
    ),
    values=ValueAxis("%", '0.0"%"'),
)
GAPS = Chart(
    "gaps",
    "line",
    (),
    "架空の欠測のある推移",
    tuple(f"{year}年度" for year in range(2019, 2025)),
    (series("市場規模", 120, 135, None, 180, 210, "410.5"),),
    values=ValueAxis("億円"),
    references=(Reference("目標", fact(350, "350億円")),),
)
BUBBLES = Chart(
    "bubbles",
    "bubble",
    (),
    "架空の機能別の比較",
    bubbles=(
        bubble("R&D", 29, 45, 31000),
        bubble("調達", 22, 40, 5200),
        bubble("製造", 18, 30, 62000),
        bubble("営業・マーケティング", 25, 48, 41000, highlight=True),
        bubble("オペレーションサービス/CS", 31, 52, 18000),
    ),
    values=ValueAxis("導入意向", '0"%"'),
    x_axis=ValueAxis("業務削減割合", '0"%"'),
    references=(Reference("意向の平均", fact(44, "44%")), Reference("削減の平均", fact(21, "21%"), "x")),
)
TIMELINE = Chart(
    "timeline",
    "gantt",
    (),
    "架空の経緯",
    spans=(
        span("構想・検証", "2023-02-01", "2023-04-30", "2023年2月-4月"),
        span("社内公表", "2023-08-01", "2023-08-01", "2023年8月1日"),
        span("運用の定着と高度化（業務システムへの組み込み、教育）", "2023-08-01", None, "2023年8月〜（継続展開）"),
    ),
)
EVERY_KIND = (BARS, COLUMNS, DIFFERENCES, ANSWERS, SHARES, LINES, GAPS, BUBBLES, TIMELINE)


def sheet(parts: ChartParts) -> Any:
    """The embedded workbook's only sheet, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(parts.workbook)).worksheets[0]


def tree(parts: ChartParts) -> ET.Element:
    """The chart part, parsed; fails when it is not well-formed or uses an undeclared prefix."""
    return ET.fromstring(parts.chart_xml)


def references_of(root: ET.Element) -> Iterator[tuple[str, list[str | float | None]]]:
    """Every reference into the workbook with its cached values, None for gaps."""
    for kind, cache, convert in (("strRef", "strCache", str), ("numRef", "numCache", float)):
        for reference in root.iter(f"{C}{kind}"):
            formula = reference.findtext(f"{C}f") or ""
            found = reference.find(f"{C}{cache}")
            assert found is not None
            count = found.find(f"{C}ptCount")
            assert count is not None
            values: list[str | float | None] = [None] * int(count.attrib["val"])
            for point in found.iter(f"{C}pt"):
                values[int(point.attrib["idx"])] = convert(point.findtext(f"{C}v") or "")
            yield formula, values


def cells(page: Any, formula: str) -> list[str | float | None]:
    """The cells that a reference like `Sheet1!$B$2:$B$9` names."""
    name, _, area = formula.partition("!")
    assert name == page.title
    found = page[area.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [row[0].value if row[0].data_type != "d" else _serial(row[0].value) for row in rows]


def _serial(moment: datetime.datetime) -> float:
    return float((moment.date() - datetime.date(1899, 12, 30)).days)


def zip_dates(data: bytes) -> set[tuple[int, ...]]:
    """The dates of all entries of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {entry.date_time for entry in archive.infolist()}
