"""Tables that list one company a row (`No./企業名/国/業界/AIツール/主な用途`): a minimal case for every row.

In: the outline of a file. Out: the rows with their columns by role, and `Case`s. Columns may stand in any order and
may be missing, but for a number, a company and one of industry and tool. A table with a column of files is a list of
documents that stand elsewhere, and no index of cases. What brackets in the column of uses say that was gained
(`業務効率化（年18.6万時間削減）`) is an effect of the case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportkit.base.text import split_brackets, to_half_width
from reportkit.corpus.case import Case, Metric, Pair, Section
from reportkit.sources.cases.effects import Row, to_metrics
from reportkit.sources.cases.fields import (
    Context,
    Labelled,
    read_country,
    read_lists,
    read_names,
    read_sectors,
)
from reportkit.sources.cases.metrics import is_effect_text
from reportkit.sources.cases.sections import SourceSection, to_line
from reportkit.sources.cases.words import is_no_value, label_field, plain_label
from reportkit.sources.names import slug_of
from reportkit.sources.outline import Piece

_NUMBER = re.compile(r"(?:no\.?|番号|#|id|事例番号|企業番号|事例id|case_?id)")
_USE = re.compile(r"(?:主な)?(?:用途|活用.*|利用.*)|導入内容|概要|use_?case")
_FILE = re.compile(r"ファイル|file|リンク|link|パス|path|ドキュメント|文書")
_MORE = {
    "製品": "tools", "ツール": "tools", "ai": "tools", "生成ai": "tools", "カテゴリー": "industry", "分野": "industry",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndexTable:
    """An index: the number of its table in the outline, its heading row, and the column of each role."""

    table: int
    header: Piece
    columns: dict[str, int]


def index_columns(cells: Sequence[str]) -> dict[str, int] | None:
    """Return the column of each role when the cells head an index of cases, else None."""
    if len(cells) < 3:
        return None
    found: dict[str, int] = {}
    for position, cell in enumerate(cells):
        role = _role(cell)
        if role == "file":
            return None
        if role is not None:
            found.setdefault(role, position)
    if {"id", "company"} <= found.keys() and {"industry", "tools"} & found.keys():
        return found
    return None


@lru_cache(maxsize=1024)
def _role(cell: str) -> str | None:
    """Return what a column of an index holds by its heading, None when it is nothing that an index is known by."""
    plain = plain_label(cell)
    if _FILE.search(plain):
        return "file"
    if _NUMBER.fullmatch(plain):
        return "id"
    if _USE.fullmatch(plain):
        return "use"
    return label_field(cell) or _MORE.get(plain)


def find_indexes(pieces: Sequence[Piece]) -> list[IndexTable]:
    """Return the index tables of a file, in order; () columns never."""
    found: list[IndexTable] = []
    seen: set[int] = set()
    for piece in pieces:
        if piece.kind == "row" and piece.table not in seen:
            seen.add(piece.table)
            if columns := index_columns(piece.cells):
                found.append(IndexTable(piece.table, piece, columns))
    return found


def is_index_row(piece: Piece, table: IndexTable) -> bool:
    """Tell whether a row of the index names a company."""
    company = table.columns["company"]
    return (
        piece.kind == "row"
        and piece.table == table.table
        and piece.line != table.header.line
        and company < len(piece.cells)
        and not is_no_value(piece.cells[company])
    )


def read_row(context: Context, table: IndexTable, row: Piece, section: SourceSection, footer: tuple[Pair, ...]) -> Case:
    """Return the minimal case of one row."""

    def labelled(role: str) -> Labelled | None:
        column = table.columns.get(role, len(row.cells))
        if column >= len(row.cells) or is_no_value(row.cells[column]):
            return None
        return Labelled(table.header.cells[column], row.cells[column], row.line, column + 1)

    for role in ("company", "country", "industry", "tools", "vendors", "start", "scope", "employees"):
        if (found := labelled(role)) is not None:
            context.candidates[role] = [found]
    company, company_en = read_names(context)
    number = labelled("id")
    case_id = number.value if number is not None else slug_of(company or "")
    industry_raw, sectors = read_sectors(context, None, case_id)
    pairs = [
        (column, Pair(head, cell, context.origin(row.line, column + 1)))
        for column, (head, cell) in enumerate(zip(table.header.cells, row.cells, strict=False))
        if not is_no_value(cell)
    ]
    adopted = {table.columns.get("tools"), table.columns.get("use")}
    line = to_line(row, context.source)
    place = section.heading.line if section.heading is not None else row.line
    return Case(
        id=case_id,
        title=company or case_id,
        origin=context.origin(row.line),
        dialect="I1",
        company=company,
        company_en=company_en,
        country=read_country(context),
        industry_raw=industry_raw,
        sectors=sectors,
        ai_tools=read_lists(context, "tools", [], "tools"),
        vendors=read_lists(context, "vendors", [], "vendors"),
        profile=tuple(pair for column, pair in pairs if column not in adopted),
        adoption=tuple(pair for column, pair in pairs if column in adopted),
        metrics=_effects(context, labelled("use")),
        footer=footer,
        sections=(Section(section.title, "summary", context.source, place, (line,)),),
        section_count=1,
        places=(("title", context.places.get("company", context.origin(row.line))), *context.places.items()),
        id_origin=context.origin(row.line, number.column) if number is not None else None,
    )


def _effects(context: Context, use: Labelled | None) -> tuple[Metric, ...]:
    """Return what the brackets behind a use say that was gained."""
    if use is None:
        return ()
    label, notes = split_brackets(to_half_width(use.value))
    rows = [Row(label.strip(), note, use.line, value=note) for note in notes if label.strip() and is_effect_text(note)]
    metrics = [metric for row in rows for metric in to_metrics(context, row)]
    return tuple(metric for metric in metrics if any((metric.value, metric.before, metric.change)))
