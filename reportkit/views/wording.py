"""Findings in the words of a document: tables go by what they measure, not by the ids that settings use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from reportkit.base.finding import Evidence, Finding
from reportkit.corpus.matrix import Matrix
from reportkit.views.facts import measure_of

_TABLE = re.compile(r"行列「(?P<id>[^」]+)」")


def worded(findings: Iterable[Finding], matrices: Iterable[Matrix]) -> tuple[Finding, ...]:
    """Return the findings with `行列「impact」` as `表「効率化・コスト削減効果」`; unknown ids stay."""
    names, titles = {}, {}
    for matrix in matrices:
        names[matrix.id] = titles[matrix.title] = measure_of(matrix)

    def say(text: str) -> str:
        return _TABLE.sub(lambda found: f"表「{names[found['id']]}」" if found["id"] in names else found[0], text)

    def label(evidence: Evidence) -> Evidence:
        if evidence.label in titles:
            return replace(evidence, label=titles[evidence.label])
        name, space, rest = evidence.label.partition(" の")
        return replace(evidence, label=f"{names[name]}{space}{rest}") if name in names else evidence

    return tuple(
        replace(finding, message=say(finding.message), evidence=tuple(map(label, finding.evidence)))
        for finding in findings
    )
