"""Rank marks before values, against the list of fields under the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding, Severity
from reportkit.checks.matrices.relations import Tables
from reportkit.checks.matrices.words import cell_key, sector_keys, shown
from reportkit.corpus.matrix import Cell, Matrix


def check_rank_marks(tables: Tables) -> Iterator[Finding]:
    """Compare the marks in the matrix with the list of fields under it: same numbers, same cells, no order of size."""
    for matrix in tables.corpus.matrices:
        marked = [
            (cell.rank, row, column, cell)
            for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True)
            for column, cell in zip(matrix.columns.labels, cells, strict=True)
            if cell.rank is not None
        ]
        if not marked:
            continue
        marked.sort(key=lambda item: item[0] or 0)
        yield from _check_order(matrix, marked)
        fields = {
            field.rank: field
            for field in tables.corpus.promising_fields
            if not matrix.edition or field.origin.source == matrix.origin.source
        }
        for rank, row, column, cell in marked:
            field = fields.get(rank or 0)
            if field is None:
                if fields:
                    yield _rank_finding(
                        matrix, row, column, cell, f"番号 {rank} は、表の下の一覧にありません", "warning"
                    )
            elif field.sectors and (row not in field.sectors or field.function not in {None, column}):
                message = f"番号 {rank} の欄は、一覧の「{field.name}」と違います"
                yield _rank_finding(matrix, row, column, cell, message, "warning")
            elif not field.sectors:
                message = f"番号 {rank} は「{field.name}」の列全体を指し、印のある「{row}」の欄の値だけではありません"
                yield _rank_finding(matrix, row, column, cell, message, "note")


def _check_order(matrix: Matrix, marked: Sequence[tuple[int | None, str, str, Cell]]) -> Iterator[Finding]:
    values = [cell.value for _, _, _, cell in marked if cell.value is not None]
    if values == sorted(values, reverse=True):
        return
    first = marked[0]
    largest = max(marked, key=lambda item: item[3].value or Decimal(0))
    yield Finding(
        "matrix.rank-order",
        "note",
        f"行列「{matrix.id}」：値の前の番号は有望領域の通し番号で、大きさの順ではありません"
        f"（番号 {first[0]} は {shown(first[3].value)}、番号 {largest[0]} は {shown(largest[3].value)}）",
        "番号を順位として書かないでください",
        first[3].origin,
        (
            Evidence(f"番号 {first[0]}", first[3].raw, first[3].origin),
            Evidence(f"番号 {largest[0]}", largest[3].raw, largest[3].origin),
        ),
        (f"matrix:{matrix.id}",),
    )


def _rank_finding(matrix: Matrix, row: str, column: str, cell: Cell, message: str, severity: Severity) -> Finding:
    return Finding(
        "matrix.rank-scope",
        severity,
        f"行列「{matrix.id}」：{message}",
        "番号の意味を、表の下の一覧で確かめてください",
        cell.origin,
        (Evidence("印のある欄", cell.raw, cell.origin),),
        (f"matrix:{matrix.id}", cell_key((matrix.id, row, column)), *sector_keys(row)),
    )
