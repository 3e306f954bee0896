"""Checks: what does not add up in the corpus, as findings. Nothing is repaired here.

In: a `Corpus`. Out: findings. `registry.CHECKS` is the visible list; `codes.CODES` says what every code means, and
whoever asks only for that (`check --explain`, `--help`) does not wait for the checks and their patterns to be loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportkit.base.finding import Finding
    from reportkit.corpus.corpus import Corpus


def check_corpus(corpus: Corpus) -> tuple[Finding, ...]:
    """Return what every check found, worst first, without repetitions."""
    from reportkit.base.cycles import no_cycle_search
    from reportkit.base.finding import sort_findings
    from reportkit.checks.plugin_checks import plugin_findings
    from reportkit.checks.registry import CHECKS

    with no_cycle_search():
        found = [finding for check in CHECKS for finding in check(corpus)]
        return sort_findings([*found, *plugin_findings(corpus)])
