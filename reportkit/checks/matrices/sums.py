"""Sums that rules declare: one matrix as the sum of others, one row or column as the sum of others."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.causes import likely_cause
from reportkit.checks.matrices.relations import Place, Relation, Tables, half_step
from reportkit.checks.matrices.words import (
    FIX_SOURCE,
    cell_key,
    place_name,
    sector_keys,
    shown,
    shown_range,
    with_unit,
)
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import Rules, SumOfLines


def relations(corpus: Corpus, rules: Rules) -> Iterator[Relation]:
    """Yield the sums cell by cell; units that differ give none (`unused` tells)."""
    for rule in rules.sums:
        if not all(corpus.has_matrix(name) for name in rule.matrices):
            continue
        matrices = [corpus.matrix(name) for name in rule.matrices]
        if len({matrix.unit for matrix in matrices}) > 1:
            continue
        halves = {matrix.id: half_step(matrix) for matrix in matrices}
        for row, column in _lines_and_totals(matrices[-1]):
            if all(matrix.cell(row, column) is not None for matrix in matrices):
                *parts, result = ((matrix.id, row, column) for matrix in matrices)
                yield Relation("sum", "sum", tuple(parts), result, halves)
    for line in rules.lines:
        if corpus.has_matrix(line.matrix):
            yield from _sums_of_lines(corpus.matrix(line.matrix), line)


def _lines_and_totals(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """Yield the names of all cells, printed sums included; averages of sums are no sums of averages."""
    rows = (*matrix.rows.labels, *(["合計"] if matrix.column_total_kind == "合計" else []))
    columns = (*matrix.columns.labels, *(["合計"] if matrix.row_total_kind == "合計" else []))
    yield from ((row, column) for row in rows for column in columns)


def _sums_of_lines(matrix: Matrix, rule: SumOfLines) -> Iterator[Relation]:
    halves = {matrix.id: half_step(matrix)}
    own, others = (matrix.rows, matrix.columns) if rule.of == "rows" else (matrix.columns, matrix.rows)
    if not {rule.whole, *rule.parts} <= set(own.labels):
        return
    kind = matrix.row_total_kind if rule.of == "rows" else matrix.column_total_kind
    for other in (*others.labels, *(["合計"] if kind == "合計" else [])):

        def place(name: str, other: str = other) -> Place:
            return (matrix.id, name, other) if rule.of == "rows" else (matrix.id, other, name)

        if all(matrix.cell(*place(name)[1:]) is not None for name in (rule.whole, *rule.parts)):
            yield Relation("sum", "sum", tuple(place(part) for part in rule.parts), place(rule.whole), halves)


def check_sums(tables: Tables) -> Iterator[Finding]:
    """Compare each declared sum with its parts."""
    for relation in tables.broken("sum"):
        interval, result = relation.computed(tables.grid), relation.result
        if interval is None or result is None:
            continue
        matrix, cell = tables.matrix(result), tables.cells[result]
        cause = likely_cause(tables, relation)
        width = shown_range(interval, _decimals(relation, result))
        yield Finding(
            "matrix.sum",
            "warning",
            f"行列「{matrix.id}」の{place_name(result)}：印刷の値 {with_unit(cell, matrix)} が、規則でいう内訳の和 "
            f"{shown(relation.middle(tables.grid))}（四捨五入の幅 {width}）"
            f"と合いません{cause.sentence}",
            FIX_SOURCE,
            cell.origin,
            (
                Evidence(f"和（{matrix.id}）", with_unit(cell, matrix), cell.origin),
                *(
                    Evidence(f"{part[0]} の{place_name(part)}", tables.cells[part].raw or "空欄", tables.origin(part))
                    for part in relation.parts
                ),
            ),
            (
                *dict.fromkeys(f"matrix:{place[0]}" for place in relation.places),
                *dict.fromkeys(cell_key(place) for place in (result, *relation.parts, *cause.places)),
                *sector_keys(result[1]),
            ),
        )


def _decimals(relation: Relation, place: Place) -> int:
    half = relation.halves[place[0]]
    return max(0, -int((half * 2).normalize().as_tuple().exponent)) if half else 0
