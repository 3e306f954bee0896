"""Tables of two columns: success factors with detail, issues with measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from reportkit.base.origin import Quote
from reportkit.document.inline import Quoted
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, cell, head, inlines, list_cell, source_line
from reportkit.views.case import CaseView
from reportkit.views.case.view import Point

# A label that names no issue but the list of measures that stands below it.
_MEASURES = re.compile(r".*(?:対策案?|対応策?|対応方法|克服方法|解決策|打ち手|軽減策)")


def case_factors(view: CaseView) -> Table | None:
    """Return the success factors with their details, or None."""
    return _table(view, view.factors, "case-factors", ("要因", "詳細"), "の成功要因")


def case_issues(view: CaseView) -> Table | None:
    """Return issues and the measures taken, or None."""
    return _table(view, view.issues, "case-issues", ("課題", "対策"), "の課題と対策")


def _table(
    view: CaseView, points: tuple[Point, ...], table_id: str, heads: tuple[str, str], caption: str
) -> Table | None:
    if not points:
        return None
    extras = max(len(point.extra) for point in points)
    return Table(
        id=table_id,
        columns=(Column(1.0), Column(1.6), *(Column(1.0) for _ in range(extras))),
        header=(tuple(head(Quoted(each), align="left") for each in _heads(points, heads, extras)),),
        body=tuple(_rows(points, extras)),
        caption=inlines(view.name, caption),
        source=source_line(view.citation),
        summary=f"{view.name}{caption}の表。",
    )


def _heads(points: tuple[Point, ...], heads: tuple[str, str], extras: int) -> tuple[str, ...]:
    """Return the source's own column heads when all rows share them, else ours with the source's further ones."""
    longest = next((point.header for point in points if len(point.header) == 2 + extras), ())
    if len({point.header for point in points}) == 1 and all(longest) and longest:
        return longest
    return (*heads, *(longest[2:] or ("",) * extras))


def _rows(points: tuple[Point, ...], extras: int) -> Iterator[tuple[TableCell, ...]]:
    """Yield the rows; a label that stands in several rows one after another is printed once, over all of them.

    A list of issues above a list of measures, which the source does not join one by one, is one row of two lists.
    """
    issues: list[Point] = []
    for label, group in groupby(points, key=lambda point: point.label.text):
        same = list(group)
        if not extras and not any(point.text for point in same):
            issues += same
            continue
        if issues and _MEASURES.fullmatch(label):
            left, right = [point.label for point in issues], [point.text for point in same]
            if label != "対策":  # the column is called so; another word stands above its list
                right = [same[0].label, *right]
            yield list_cell(map(inlines, left)), list_cell(map(inlines, right))
            issues = []
            continue
        yield from map(_alone, issues)
        issues = []
        for place, point in enumerate(same):
            cells = [_filled(point.text), *map(_filled, point.extra)]
            cells += [_filled(None)] * (1 + extras - len(cells))
            yield (cell(Quoted(label, point.label.origin), rows=len(same)), *cells) if not place else tuple(cells)
    yield from map(_alone, issues)


def _alone(issue: Point) -> tuple[TableCell, ...]:
    return cell(issue.label), _filled(None)


def _filled(text: Quote | None) -> TableCell:
    return cell(text) if text else DASH
