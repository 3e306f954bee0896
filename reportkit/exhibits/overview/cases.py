"""The cases: counts by sector, tool and year, the comparison, and the list of briefings."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.document.chart import Chart, Series, ValueAxis
from reportkit.document.inline import Inline, Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, NOT_ASKED, Inlines, cell, head, inlines, list_cell, named
from reportkit.views.case.effects import Effect
from reportkit.views.overview import OverviewView
from reportkit.views.overview.cases import CaseLine, Count

_FEWEST = 2
_FEWEST_TO_DRAW = 5  # below, bars of one case each would say nothing; the counts stand in a small table instead
_CASE_SOURCE = "出典：各事例の資料"


def overview_cases_by_sector(view: OverviewView) -> Chart | None:
    """Return the number of cases by sector; a case that belongs to two sectors counts in both."""
    counts = view.cases.by_sector if _many(view) else ()
    return _bars(counts, "overview-cases-by-sector", "業種別の事例数", "複数の業種に属する事例は、それぞれに数える。")


def overview_cases_by_tool(view: OverviewView) -> Chart | None:
    """Return the number of cases by AI tool, the most frequent first."""
    note = "製品名は版や注記を除いて数える。一つの事例が複数を挙げるときは、それぞれに数える。"
    return _bars(view.cases.by_tool if _many(view) else (), "overview-cases-by-tool", "AIツール別の事例数", note)


def overview_cases_by_year(view: OverviewView) -> Chart | None:
    """Return the number of cases by the year in which the use of AI began."""
    counts = view.cases.by_year
    if len(counts) < _FEWEST or not _many(view):
        return None
    return Chart(
        id="overview-cases-by-year",
        kind="column",
        caption=inlines("AI導入の開始年別の事例数"),
        alt=f"AI導入の開始年別の事例数。{_told(counts)}。",
        categories=tuple(count.name for count in counts),
        series=(Series("事例数", tuple(count.fact for count in counts)),),
        values=ValueAxis(title="件", number_format="0"),
        source=inlines(_CASE_SOURCE),
        height=0.36,
    )


def overview_case_counts(view: OverviewView) -> Table | None:
    """Return the counts by sector, tool and year in one small table, when there are too few cases for charts."""
    if _many(view) or not view.cases.count.quantity.value:
        return None
    groups = (
        ("業種", view.cases.by_sector),
        ("AIツール", view.cases.by_tool),
        ("AI導入の開始年", view.cases.by_year),
    )
    return Table(
        id="overview-case-counts",
        columns=(Column(1.4), Column(6)),
        header=(),
        body=tuple((cell(name), _listed(counts)) for name, counts in groups if counts),
        caption=inlines("事例の内訳"),
        source=inlines(_CASE_SOURCE),
        kind="profile",
        summary="事例を業種、AIツール、AI導入の開始年で数えた表。",
    )


def overview_cases(view: OverviewView) -> Table | None:
    """Return the comparison of the cases, or None when there are fewer than two."""
    lines = view.cases.lines
    if len(lines) < _FEWEST:
        return None
    notes = [
        inlines("確認は、資料が事実確認の対象とした項目のうち「確認済み」の数。不整合は、記載どうしが合わない点の数。")
    ]
    if any(effect.is_target for line in lines for effect in line.effects):
        notes.append(inlines("（目標）は実績ではなく目標・見込み。"))
    if view.cases.left_out is not None:
        notes.append(inlines("このほか", view.cases.left_out, "の事例がある。個別のブリーフィングに示す。"))
    return Table(
        id="overview-cases",
        columns=(
            Column(2.3),
            Column(1.6),
            Column(1.5),
            Column(2.3),
            Column(3.5),
            Column(0.9, "center"),
            Column(1.0, "center"),
        ),
        header=(
            (
                head("企業・機関", align="left"),
                head("業種", align="left"),
                head("導入時期", align="left"),
                head("AIツール", align="left"),
                head("主な効果", align="left"),
                head("確認"),
                head("不整合"),
            ),
        ),
        body=tuple(map(_row, lines)),
        caption=inlines("事例の比較"),
        source=inlines(_CASE_SOURCE),
        notes=tuple(notes),
        small=True,
        summary="すべての事例を、業種、導入時期、AIツール、主な効果、確認の状況で比べた表。",
    )


def overview_briefings(view: OverviewView) -> Table | None:
    """Return the list of all briefings with their files."""
    if not view.briefings:
        return None
    return Table(
        id="overview-briefings",
        columns=(Column(1.0), Column(4.2), Column(4.0)),
        header=((head("種別", align="left"), head("対象", align="left"), head("ファイル", align="left")),),
        body=tuple(
            (cell(briefing.kind), cell(named(briefing.subject)), cell(named(briefing.file)))
            for briefing in view.briefings
        ),
        caption=inlines("ブリーフィングの一覧"),
        notes=(inlines("ファイルは、この資料と同じフォルダーからの相対パス。"),),
        small=True,
        summary="業種別と事例別のブリーフィングの一覧とファイル名。",
    )


def _many(view: OverviewView) -> bool:
    return (view.cases.count.quantity.value or 0) >= _FEWEST_TO_DRAW


def _listed(counts: Sequence[Count]) -> TableCell:
    line: list[Inline] = []
    for count in counts:
        line += [Text("、")] if line else []
        line += inlines(named(count.name), " ", count.fact)
    return TableCell((tuple(line),))


def _bars(counts: Sequence[Count], chart_id: str, caption: str, note: str) -> Chart | None:
    if len(counts) < _FEWEST:
        return None
    return Chart(
        id=chart_id,
        kind="bar",
        caption=inlines(caption),
        alt=f"{caption}。{_told(counts)}。",
        categories=tuple(count.name for count in counts),
        series=(Series("事例数", tuple(count.fact for count in counts)),),
        values=ValueAxis(title="件", number_format="0"),
        source=inlines(_CASE_SOURCE),
        notes=(inlines(note),),
        height=round(min(0.8, 0.14 + 0.042 * len(counts)), 3),
    )


def _told(counts: Sequence[Count]) -> str:
    return "、".join(f"{count.name}は{count.fact.text}" for count in counts)


def _row(line: CaseLine) -> tuple[TableCell, ...]:
    company = (line.company, *(() if line.verified else ("（未検証）",)))
    place = named(f"（{line.country}）") if line.country else None
    return (
        cell(*company, *((place,) if place else ())),
        cell(named("、".join(line.sectors) or NOT_ASKED)),
        cell(line.start) if line.start is not None else DASH,
        _tools(line),
        list_cell(_effect_line(effect) for effect in line.effects),
        cell(line.confirmed.printed_as(line.confirmed.text.removesuffix("件")), "／", _bare(line), align="center")
        if line.checks.quantity.value
        else cell(NOT_ASKED, align="center", emphasis="muted"),
        cell(line.doubts, align="center", emphasis="strong")
        if line.doubts.quantity.value
        else cell(NOT_ASKED, align="center", emphasis="muted"),
    )


def _bare(line: CaseLine) -> Inline:
    return inlines(line.checks.printed_as(line.checks.text.removesuffix("件")))[0]


def _tools(line: CaseLine) -> TableCell:
    words: list[Inline] = []
    for tool in line.tools[:3]:
        words += [Text("、")] if words else []
        words.append(Quoted(tool.text, tool.origin))
    return TableCell((tuple(words),)) if words else DASH


def _effect_line(effect: Effect) -> Inlines:
    parts: list[object] = [effect.label, "："]
    if effect.before is not None and effect.after is not None:
        parts += [effect.before, " → ", effect.after]
    elif effect.headline is not None:
        parts.append(effect.headline)
    if effect.is_target:
        parts.append("（目標）")
    return inlines(*parts)  # type: ignore[arg-type]
