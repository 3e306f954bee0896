"""A table as a reader sees it: stub, header with spanners, body, notes. Widths are shares, never centimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportkit.document.inline import Inline

Align = Literal["left", "right", "center"]
Emphasis = Literal["", "strong", "subject", "total", "muted"]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell.

    lines: paragraphs of the cell, one tuple of inlines each; `bullets` prints them as list items.
    shade: position on the heat scale, 0 (lowest) to 1 (highest), or None for no shading.
    emphasis: "subject" marks the row or column that the briefing is about; "total" sums; "muted" what was not asked.
    span: number of columns that the cell covers (spanners); rows: number of rows it covers (merged stubs).
    """

    lines: tuple[tuple[Inline, ...], ...]
    align: Align = "left"
    shade: float | None = None
    emphasis: Emphasis = ""
    span: int = 1
    rows: int = 1
    bullets: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: share of the table's width (any positive numbers; the renderer divides by their sum)."""

    weight: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and what stands under it.

    id: stable name of the exhibit (`impact-heatmap`).
    header: header rows, repeated on every page. body: rows. Cells covered by a span are left out.
    caption: without number (the renderer numbers 表1, 表2 ...). source: the 出典 line. notes: lines under the table.
    kind: "data" = rules and stripes; "heatmap" = shaded, narrow; "profile" = label and value; "plain" = no rules.
    unit: shown at the right above the table (`単位：億円`), "" for none.
    small: print smaller, for wide tables. landscape is never used.
    summary: what the table shows, for readers who cannot see it.
    """

    id: str
    columns: tuple[Column, ...]
    header: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    caption: tuple[Inline, ...] = ()
    source: tuple[Inline, ...] = ()
    notes: tuple[tuple[Inline, ...], ...] = ()
    unit: str = ""
    kind: Literal["data", "heatmap", "profile", "plain"] = "data"
    small: bool = False
    summary: str = ""
