"""Checks: what does not add up in the corpus, as findings. Nothing is repaired here.

In: a `Corpus`. Out: findings. `CHECKS` is the visible list; a check is one plain function from the corpus to findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportkit.base.cycles import no_cycle_search
from reportkit.base.finding import Finding, sort_findings
from reportkit.checks.cases import check_cases
from reportkit.checks.matrices import MATRIX_CHECKS
from reportkit.corpus.corpus import Corpus

CHECKS: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (*MATRIX_CHECKS, check_cases)


def check_corpus(corpus: Corpus) -> tuple[Finding, ...]:
    """Return what every check found, worst first, without repetitions."""
    with no_cycle_search():
        return sort_findings([finding for check in CHECKS for finding in check(corpus)])
