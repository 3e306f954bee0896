"""Checks on survey matrices, one file for each kind: nothing is repaired, everything is told with its cells.

In: a `Corpus`. Out: findings. Printed values are rounded, so every comparison works with the interval that a printed
value stands for (`relations`); only what no unrounded values can explain is a finding, and `causes` names the misprint
that would explain it when one does. `Corpus.rules` declares what the tables themselves do not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportkit.base.finding import Finding
from reportkit.checks.matrices import bases, copies, identities, imputation, proportions, shares, sums, totals
from reportkit.checks.matrices.prose import check_prose
from reportkit.checks.matrices.ranks import check_rank_marks
from reportkit.checks.matrices.relations import Tables, index_relations, printed_cells
from reportkit.checks.matrices.unused import check_unused_rules
from reportkit.corpus.corpus import Corpus

# The visible list; a check is a function from the tables to findings.
TABLE_CHECKS: tuple[Callable[[Tables], Iterable[Finding]], ...] = (
    totals.check_row_totals,
    totals.check_column_totals,
    totals.check_grand_totals,
    totals.check_averages,
    totals.check_totals_together,
    shares.check_hundred,
    shares.check_shares_of_answers,
    shares.check_ranges,
    identities.check_identities,
    proportions.check_proportions,
    copies.check_excerpts,
    imputation.check_imputation,
    bases.check_bases,
    bases.check_shares,
    sums.check_sums,
    check_rank_marks,
    check_prose,
    check_unused_rules,
)

_RELATIONS = (
    totals.relations,
    shares.relations,
    identities.relations,
    proportions.relations,
    imputation.relations,
    copies.relations,
    bases.relations,
    sums.relations,
)


def check_matrices(corpus: Corpus) -> tuple[Finding, ...]:
    """Return the findings of every check on matrices, by their own totals and by the rules of the corpus."""
    return check_tables(lay_out(corpus))


def lay_out(corpus: Corpus) -> Tables:
    """Return the printed values of all matrices with every relation that they must satisfy, edition by edition."""
    rules = corpus.rules.for_editions(matrix.edition for matrix in corpus.matrices)
    cells = {place: cell for matrix in corpus.matrices for place, cell in printed_cells(matrix)}
    grid = {place: cell.value for place, cell in cells.items()}
    relations = tuple(relation for build in _RELATIONS for relation in build(corpus, rules))
    return Tables(corpus, rules, cells, grid, relations, index_relations(relations))


def check_tables(tables: Tables) -> tuple[Finding, ...]:
    """Return the findings of every check."""
    return tuple(finding for check in TABLE_CHECKS for finding in check(tables))


MATRIX_CHECKS: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (check_matrices,)
