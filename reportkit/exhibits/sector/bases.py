"""What tables and charts say about the number of respondents: `n=253`, or n不明 with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from reportkit.document.table import TableCell
from reportkit.exhibits.parts import Inlines, cell, inlines, named
from reportkit.views.sector.bases import Base

UNKNOWN = "n不明"


def base_text(base: Base) -> str:
    """Return `n=253人` or `n不明`, for the line of units over a table."""
    return UNKNOWN if base.count is None else f"n={base.count.text}"


def base_cell(base: Base) -> TableCell:
    """Return the number of respondents as a cell; n不明 where the survey does not print it."""
    if base.count is None:
        return cell(UNKNOWN, align="right", emphasis="muted")
    return cell(base.count, align="right")


def base_notes(bases: Iterable[Base], *, intervals: bool = True) -> tuple[Inlines, ...]:
    """Return one note for each row whose number of respondents is unknown; () when all are known.

    intervals: the table would have intervals, so the note says why it has none.
    """
    notes = []
    for base in {base.row: base for base in bases if base.is_unknown}.values():
        note = inlines(f"{UNKNOWN}：「", named(base.row), "」の回答者数は資料に示されていない")
        if base.group_count is not None:
            note += inlines("（「", named(base.group), "」全体で", base.group_count, "）")
        notes.append(note + inlines("。このため信頼区間は算出しない。" if intervals else "。"))
    return tuple(notes)
