"""Values that stand in for too few answers: their marks against the respondents, and the average they repeat."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.relations import Relation, Tables, half_step
from reportkit.checks.matrices.rules import ImputationRule, Rules
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, sector_keys, shown
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.taxonomy import Sector


def relations(corpus: Corpus, rules: Rules) -> Iterator[Relation]:
    """Yield for each marked cell that it repeats the printed average of its row or column."""
    for rule in rules.imputations:
        if not corpus.has_matrix(rule.matrix) or not corpus.has_matrix(rule.counts):
            continue
        matrix = corpus.matrix(rule.matrix)
        halves = {matrix.id: half_step(matrix)}
        for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
            for column, cell in zip(matrix.columns.labels, cells, strict=True):
                place = (row, "平均") if rule.average == "row" else ("平均", column)
                if cell.imputed and not cell.spread and matrix.cell(*place) is not None:
                    own = (matrix.id, row, column)
                    yield Relation("imputed", "same", ((matrix.id, *place),), own, halves)


def check_imputation(tables: Tables) -> Iterator[Finding]:
    """Compare imputation marks with the number of respondents, and imputed values with the average they stand for."""
    corpus = tables.corpus
    sectors = {sector.name: sector for sector in corpus.taxonomy.industries}
    for rule in tables.rules.imputations:
        if not corpus.has_matrix(rule.matrix) or not corpus.has_matrix(rule.counts):
            continue
        matrix, respondents = corpus.matrix(rule.matrix), corpus.matrix(rule.counts)
        for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
            sector = sectors.get(row)
            for column, cell in zip(matrix.columns.labels, cells, strict=True):
                if sector is not None:
                    yield from _check_mark(matrix, row, column, cell, respondents, sector, rule.below)
        for relation in tables.broken("imputed", rule.matrix):
            yield _imputed_value(tables, relation, rule)


def check_bases(tables: Tables) -> Iterator[Finding]:
    """Compare the number of respondents behind a row with the table of respondents."""
    if not tables.corpus.has_matrix("respondents"):
        return
    respondents = tables.corpus.matrix("respondents")
    for matrix in tables.corpus.matrices:
        for row, base in zip(matrix.rows.labels, matrix.bases, strict=bool(matrix.bases)):
            count = respondents.cell(row, respondents.row_total_kind or "合計")
            if base is None or count is None or base.value == count.value:
                continue
            yield Finding(
                "matrix.base",
                "warning",
                f"行列「{matrix.id}」の「{row}」：回答者数 {shown(base.value)}人が、"
                f"回答人数の表の {shown(count.value)}人と違います",
                FIX_SOURCE,
                base.origin,
                (
                    Evidence("この表の回答者数", base.raw, base.origin),
                    Evidence("回答人数の表", count.raw, count.origin),
                ),
                (f"matrix:{matrix.id}", "matrix:respondents", *sector_keys(row)),
            )


def _check_mark(
    matrix: Matrix, row: str, column: str, cell: Cell, respondents: Matrix, sector: Sector, below: int
) -> Iterator[Finding]:
    """Compare one mark with the number of answers; where the count is of a group, a part of it can only be smaller."""
    count = respondents.cell(sector.respondent_group, column)
    if count is None or count.value is None or cell.spread:
        return
    own = sector.respondent_group == sector.name
    subjects = (f"matrix:{matrix.id}", cell_key((matrix.id, row, column)), *sector_keys(row))
    evidence = (
        Evidence(f"{sector.respondent_group} の回答人数", f"{shown(count.value)}人", count.origin),
        Evidence("値", cell.raw or "空欄", cell.origin),
    )
    place = f"行列「{matrix.id}」の「{row}」×「{column}」"
    if cell.value is not None and not cell.imputed and count.value < below:
        message = f"{place}：回答者が{shown(count.value)}人で{below}人に満たないのに、補完の印がありません"
        fix = "少ない回答の値か、印の付け忘れかは資料から決められません。値を使うときは回答人数を添えてください"
        yield Finding("matrix.imputation-mark", "warning", message, fix, cell.origin, evidence, subjects)
    elif cell.imputed and own and count.value >= below:
        message = f"{place}：回答者が{shown(count.value)}人いるのに、補完の印があります"
        yield Finding("matrix.imputation-mark", "warning", message, FIX_SOURCE, cell.origin, evidence, subjects)
    elif cell.value is None and own and count.value >= below:
        message = f"{place}：回答者が{shown(count.value)}人いるのに、値がありません"
        fix = "値がないことは0ではありません。この欄を含む試算には、その分が入っていません"
        yield Finding("matrix.gap", "note", message, fix, cell.origin, evidence, subjects)


def _imputed_value(tables: Tables, relation: Relation, rule: ImputationRule) -> Finding:
    place = relation.result or relation.parts[0]
    name, row, column = place
    cell, average = tables.cells[place], tables.cells[relation.parts[0]]
    which = "産業" if rule.average == "row" else "機能"
    return Finding(
        "matrix.imputed-value",
        "warning",
        f"行列「{name}」の「{row}」×「{column}」：補完の値 {cell.raw} が、"
        f"注にいう{which}の平均 {average.raw} と違います",
        FIX_SOURCE,
        cell.origin,
        (Evidence("補完の値", cell.raw, cell.origin), Evidence(f"{which}の平均", average.raw, average.origin)),
        (f"matrix:{name}", cell_key(place), cell_key(relation.parts[0]), *sector_keys(row)),
    )
