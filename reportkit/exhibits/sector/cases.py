"""Table: the cases of the sector side by side."""

from __future__ import annotations

from reportkit.base.fact import Fact
from reportkit.base.origin import Quote
from reportkit.document.inline import Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, NOT_ASKED, Inlines, cell, head, inlines, list_cell, named
from reportkit.views.case.effects import Effect
from reportkit.views.sector import SectorView
from reportkit.views.sector.cases import CaseRow


def sector_cases(view: SectorView) -> Table | None:
    """Return the comparison of the cases, or None when the sector has fewer than two."""
    cases = view.cases.listed
    if len(cases) < 2:
        return None
    return Table(
        id="sector-cases",
        columns=(Column(2.2), Column(0.9), Column(1.6), Column(2.6), Column(4.2)),
        header=(
            (
                head("企業・機関", align="left"),
                head("国", align="left"),
                head("導入時期", align="left"),
                head("AIツール", align="left"),
                head("主な効果", align="left"),
            ),
        ),
        body=tuple(_row(case) for case in cases),
        caption=inlines(named(view.name), "の事例の比較"),
        source=inlines("出典：各事例の調査票（一覧は付録に示す）"),
        notes=(inlines("（目標）は実績ではなく目標・見込み。"),)
        if any(effect.is_target for case in cases for effect in case.effects)
        else (),
        small=True,
        summary=f"{view.name}の事例を、導入時期、AIツール、主な効果で比べた表。",
    )


def effect_line(effect: Effect) -> Inlines:
    """Return an effect in one line: `相談対応数：20件/月 → 85件/月（325%増）`."""
    line: list[str | Fact | Quote] = [effect.label, "："]
    if effect.before is not None and effect.after is not None:
        line += [effect.before, " → ", effect.after]
    elif effect.value is not None or effect.after is not None:
        line += [fact for fact in (effect.value or effect.after,) if fact is not None]
    if effect.change is not None:
        line += ["（", effect.change, "）"] if len(line) > 2 else [effect.change]
    if effect.is_target:
        line.append("（目標）")
    return inlines(*line)


def _row(case: CaseRow) -> tuple[TableCell, ...]:
    tools: list[Quoted | Text] = []
    for index, tool in enumerate(case.tools[:3]):
        tools += [Text("、")] if index else []
        tools.append(Quoted(tool.text, tool.origin))
    return (
        cell(case.company, *(() if case.verified else ("（未検証）",))),
        cell(named(case.country or NOT_ASKED)),
        cell(case.start) if case.start is not None else DASH,
        cell(*tools) if tools else DASH,
        list_cell(effect_line(effect) for effect in case.effects),
    )
