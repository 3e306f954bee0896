"""Tables of two columns: success factors with detail, issues with measures."""

from __future__ import annotations

from reportkit.document.inline import Quoted
from reportkit.document.table import Column, Table
from reportkit.exhibits.parts import NOT_ASKED, cell, head, inlines, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.view import Point


def case_factors(view: CaseView) -> Table | None:
    """Return the success factors; None when none has a detail (they are told as a list then)."""
    return _table(view, view.factors, "case-factors", ("要因", "詳細"), "の成功要因")


def case_issues(view: CaseView) -> Table | None:
    """Return issues and the measures taken; None when no issue names a measure."""
    return _table(view, view.issues, "case-issues", ("課題", "対策"), "の課題と対策")


def _table(
    view: CaseView, points: tuple[Point, ...], table_id: str, heads: tuple[str, str], caption: str
) -> Table | None:
    if not any(point.text for point in points):
        return None
    headers = {point.header for point in points}
    header = next(iter(headers)) if len(headers) == 1 else ()
    shown = header if len(header) == len(heads) and all(header) else heads
    return Table(
        id=table_id,
        columns=(Column(1.0), Column(1.6)),
        header=(tuple(head(Quoted(each), align="left") for each in shown),),
        body=tuple(
            (cell(point.label), cell(point.text) if point.text else cell(NOT_ASKED, emphasis="muted"))
            for point in points
        ),
        caption=inlines(view.name, caption),
        source=source_line(view.citation),
        summary=f"{view.name}{caption}の表。",
    )
