"""Tables of labels and values: who the company is, and the introduction at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.base.text import display_width
from reportkit.document.inline import Inline, Link, Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import cell, inlines, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.view import Row


def case_profile(view: CaseView) -> Table | None:
    """Return the profile of company or organisation."""
    return _table(view, view.profile, "case-profile", "のプロフィール", "企業・機関の基本情報")


def case_adoption(view: CaseView) -> Table | None:
    """Return tools, vendors, time and scope of the introduction."""
    return _table(view, view.adoption, "case-adoption", "の導入の概要", "AI導入の概要")


def case_costs(view: CaseView) -> Table | None:
    """Return investment, running costs, benefit and pay-back as the source states them."""
    rows = tuple(Row(amount.label, (amount.fact,)) for amount in view.costs)
    return _table(view, rows, "case-costs", "の投資と回収", "投資額、運用費、効果額、回収期間")


def _table(view: CaseView, rows: Sequence[Row], table_id: str, caption: str, summary: str) -> Table | None:
    if not rows:
        return None
    return Table(
        id=table_id,
        columns=(Column(_label_weight(rows)), Column(5.5)),
        header=(),
        body=tuple(map(_row, rows)),
        caption=inlines(view.name, caption),
        source=source_line(view.citation),
        kind="profile",
        summary=f"{view.name}の{summary}の表。",
    )


def _label_weight(rows: Sequence[Row]) -> float:
    """Return the weight of the label column: wide enough for most labels, never more than a third of the table."""
    return round(min(2.7, max(1.4, max(display_width(str(row.label)) for row in rows) / 10)), 2)


def _row(row: Row) -> tuple[TableCell, ...]:
    value: list[Inline] = []
    for part in row.values:
        if value:
            value.append(Text("、"))
        value.extend(inlines(part))
    for link in row.links:
        words = Quoted(link.title or link.url, link.origin)
        if link.url:
            value += [Text("（"), Link((words,), link.url), Text("）")] if value else [Link((words,), link.url)]
    for remark in row.remarks:
        value += [Text("（"), Quoted(remark.text, remark.origin), Text("）")]
    label = cell(row.label) if isinstance(row.label, str) else cell(Quoted(row.label.text, row.label.origin))
    return (label, TableCell((tuple(value),)))
