"""Values that stand in for too few answers: their marks against the respondents, and the average they repeat."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.relations import Relation, Tables, half_step
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, sector_keys, shown
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.rules import ImputationRule, Rules
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
                    yield from _check_mark(matrix, row, column, cell, respondents, sector, rule)
        for relation in tables.broken("imputed", rule.matrix):
            yield _imputed_value(tables, relation, rule)


def _check_mark(
    matrix: Matrix, row: str, column: str, cell: Cell, respondents: Matrix, sector: Sector, rule: ImputationRule
) -> Iterator[Finding]:
    """Compare one mark with the number of answers; where the count is of a group, a part of it can only be smaller."""
    count = respondents.cell(sector.respondent_group, column)
    if count is None or count.value is None or cell.spread:
        return
    own, below = sector.respondent_group == sector.name, rule.below
    which = "産業" if rule.average == "row" else "機能"
    average = matrix.cell(row, "平均") if rule.average == "row" else matrix.cell("平均", column)
    subjects = (f"matrix:{matrix.id}", cell_key((matrix.id, row, column)), *sector_keys(row))
    evidence = (
        Evidence(f"{sector.respondent_group} の回答人数", f"{shown(count.value)}人", count.origin),
        Evidence("値", cell.raw or "空欄", cell.origin),
    )
    place = f"行列「{matrix.id}」の「{row}」×「{column}」"
    if cell.value is not None and not cell.imputed and count.value < below:
        same = average is not None and average.value == cell.value
        cause = (
            ""
            if average is None
            else (
                f"。値は注にいう{which}の平均 {average.raw} と同じで、印の付け忘れとみれば合います"
                if same
                else f"。値は注にいう{which}の平均 {average.raw} と違い、少ない回答のままの値とみられます"
            )
        )
        message = f"{place}：回答者が{shown(count.value)}人で{below}人に満たないのに、補完の印がありません{cause}"
        fix = "元の資料で印を確かめてください。値を使うときは回答人数を添えてください"
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
