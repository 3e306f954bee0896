"""Table: what the file's author checked, with our three words for the verdict and the ground as links."""

from __future__ import annotations

from reportkit.document.inline import Inline, Link, Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, Inlines, cell, head, inlines, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.view import Check


def case_checks(view: CaseView) -> Table | None:
    """Return the fact checks; None when the file has none."""
    checks = view.checks
    if not checks:
        return None
    with_ground = any(check.links or check.source for check in checks)
    headers = {check.header for check in checks}
    header = next(iter(headers)) if len(headers) == 1 else ()
    heads = ("項目", "判定", "根拠") if with_ground else ("項目", "判定")
    shown = header if len(header) == len(heads) and all(header) else heads
    columns = (Column(2.6), Column(1.2, "center"), Column(3.2))[: len(heads)]
    return Table(
        id="case-checks",
        columns=columns,
        header=(tuple(head(Quoted(each), align=column.align) for each, column in zip(shown, columns, strict=True)),),
        body=tuple(_row(check, with_ground) for check in checks),
        caption=inlines(view.name, "の記載の確認状況"),
        source=source_line(view.citation),
        notes=_notes(checks),
        summary=f"{view.name}の事例資料が確かめた項目と判定の表。",
    )


def _row(check: Check, with_ground: bool) -> tuple[TableCell, ...]:
    emphasis = "strong" if check.verdict != "確認済み" else ""
    cells = (cell(check.item), cell(check.verdict, align="center", emphasis=emphasis))  # type: ignore[arg-type]
    return (*cells, _ground(check)) if with_ground else cells


def _ground(check: Check) -> TableCell:
    line: list[Inline] = []
    titles = "".join(link.title for link in check.links)
    if check.source is not None and check.source.text.strip() and check.source.text not in titles:
        line.append(Quoted(check.source.text, check.source.origin))
    for link in check.links:
        words = Quoted(link.title or link.url, link.origin)
        if line:
            if check.source is not None and link.title and link.title in check.source.text:
                line = [Link(tuple(line), link.url)]
                continue
            line.append(Text("、"))
        line.append(Link((words,), link.url) if link.url else words)
    return TableCell((tuple(line),)) if line else DASH


def _notes(checks: tuple[Check, ...]) -> tuple[Inlines, ...]:
    """Return how the file itself words its verdicts, where it uses other words than ours."""
    worded: dict[str, Check] = {}
    for check in checks:
        if check.verdict_raw.text.strip() not in {"", check.verdict}:
            worded.setdefault(check.verdict_raw.text, check)
    if not worded:
        return ()
    line: list[Inline] = [Text("判定の読み替え（資料の表記 → 本資料）：")]
    for position, check in enumerate(worded.values()):
        if position:
            line.append(Text("、"))
        line += [Quoted(check.verdict_raw.text, check.verdict_raw.origin), Text(f" → {check.verdict}")]
    return (tuple(line),)
