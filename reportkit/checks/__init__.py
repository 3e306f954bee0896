"""Checks: what does not add up in the corpus, as findings. Nothing is repaired here.

In: a `Corpus`. Out: findings. `CHECKS` is the visible list; a check is one plain function from corpus to findings.
"""

from __future__ import annotations

from reportkit.base.finding import Finding, sort_findings
from reportkit.corpus.corpus import Corpus


def check_corpus(corpus: Corpus) -> tuple[Finding, ...]:
    """Return what every check found, worst first."""
    return sort_findings(())
