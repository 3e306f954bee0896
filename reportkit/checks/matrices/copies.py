"""Tables of one column that repeat a column of another table, whatever their own heading says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.relations import Relation, Tables, half_step
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, quoted, sector_keys
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import Rules

_ENOUGH = 0.75  # so many of the shared rows must be equal; the others are told one by one


def copied_column(matrix: Matrix, corpus: Corpus) -> tuple[Matrix, str] | None:
    """Return the table and the column that a table of one column repeats, None when it repeats none."""
    if len(matrix.columns.labels) != 1 or len(matrix.rows.labels) < 4:
        return None
    own = matrix.columns.labels[0]
    best: tuple[float, Matrix, str] | None = None
    for other in corpus.matrices:
        if other.id == matrix.id or len(other.columns.labels) < 2 or other.unit != matrix.unit:
            continue
        if other.edition != matrix.edition:
            continue
        rows = [row for row in matrix.rows.labels if row in other.rows.labels and matrix.value(row, own) is not None]
        if len(rows) * 2 < len(matrix.rows.labels):
            continue
        for column in other.columns.labels:
            equal = sum(matrix.value(row, own) == other.value(row, column) for row in rows)
            share = equal / len(rows) if rows else 0.0
            if equal >= 3 and share >= _ENOUGH and (best is None or share > best[0]):
                best = (share, other, column)
    return None if best is None else best[1:]


def relations(corpus: Corpus, _rules: Rules) -> Iterator[Relation]:
    """Yield one equality for each row, and for the printed total, of a table that repeats a column."""
    for matrix in corpus.matrices:
        found = copied_column(matrix, corpus)
        if found is None:
            continue
        other, column = found
        own = matrix.columns.labels[0]
        relation = partial(Relation, halves={matrix.id: half_step(matrix), other.id: half_step(other)})
        for row in matrix.rows.labels:
            if row in other.rows.labels:
                yield relation("copy", "same", ((other.id, row, column),), (matrix.id, row, own))
        kind = matrix.column_total_kind
        if (
            kind is not None
            and kind == other.column_total_kind
            and None not in (matrix.column_totals, other.column_totals)
        ):
            yield relation("copy", "same", ((other.id, kind, column),), (matrix.id, kind, own))


def check_excerpts(tables: Tables) -> Iterator[Finding]:
    """Tell when a table of one column repeats a column of another table under its own heading."""
    for matrix in tables.corpus.matrices:
        found = copied_column(matrix, tables.corpus)
        if found is None:
            continue
        other, column = found
        own = matrix.columns.labels[0]
        shared = [row for row in matrix.rows.labels if row in other.rows.labels]
        equal = sum(matrix.value(row, own) == other.value(row, column) for row in shared)
        every = equal == len(shared)
        how_many = f"共通の{len(shared)}行すべて" if every else f"共通の{len(shared)}行のうち{equal}行"
        total = None if other.row_total_kind is None else other.cell(shared[0], other.row_total_kind)
        first = matrix.cell(shared[0], own)
        yield Finding(
            "matrix.excerpt",
            "error",
            f"行列「{matrix.id}」：見出しは「{matrix.columns.printed[0]}」ですが、値は行列「{other.id}」の"
            f"「{column}」の列と同じです（{how_many}）。産業ごとの合計として使えません",
            "この表は使わず、元の表の合計の列を使ってください",
            matrix.origin,
            (
                *quoted(f"{matrix.id} の「{shared[0]}」", first),
                *quoted(f"{other.id} の「{shared[0]}」×「{column}」", other.cell(shared[0], column)),
                *quoted(f"{other.id} の「{shared[0]}」の合計", total),
            ),
            (f"matrix:{matrix.id}", *(cell_key((matrix.id, row, own)) for row in matrix.rows.labels)),
        )
    for relation in tables.broken("copy"):
        yield from _difference(tables, relation)


def _difference(tables: Tables, relation: Relation) -> Iterator[Finding]:
    source, copy = relation.parts[0], relation.result
    if copy is None:
        return
    there, here = tables.cells[source], tables.cells[copy]
    yield Finding(
        "matrix.excerpt-differs",
        "warning",
        f"行列「{copy[0]}」の「{copy[1]}」：値 {here.raw or '空欄'} が、写しの元とみられる行列「{source[0]}」の"
        f"「{copy[1]}」×「{source[2]}」の {there.raw or '空欄'} と違います。ほかの行は同じ値です",
        FIX_SOURCE,
        here.origin,
        (
            Evidence(f"{copy[0]} の「{copy[1]}」", here.raw or "空欄", here.origin),
            Evidence(f"{source[0]} の「{source[1]}」×「{source[2]}」", there.raw or "空欄", there.origin),
        ),
        (f"matrix:{copy[0]}", f"matrix:{source[0]}", cell_key(copy), cell_key(source), *sector_keys(copy[1])),
    )
