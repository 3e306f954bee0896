"""The visible list of checks: each is one plain function from the corpus to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportkit.base.finding import Finding
from reportkit.checks.cases import check_cases
from reportkit.checks.matrices import MATRIX_CHECKS
from reportkit.corpus.corpus import Corpus

CHECKS: tuple[Callable[[Corpus], Iterable[Finding]], ...] = (*MATRIX_CHECKS, check_cases)
