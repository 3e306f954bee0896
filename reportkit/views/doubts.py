"""Findings by subject, so that a view can ask what is doubtful about the very cell it prints.

In: `Corpus.findings`. Out: `Doubts`; subjects are the keys of `Finding.subjects` (`cell:impact/医療/R&D`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reportkit.base.finding import Finding, sort_findings


@dataclass(frozen=True, slots=True)
class Doubts:
    """The findings of a corpus by what they concern."""

    by_subject: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def about(self, *subjects: str) -> tuple[Finding, ...]:
        """Return the findings that concern any of the subjects, worst first, each once."""
        found = [finding for subject in subjects for finding in self.by_subject.get(subject, ())]
        return sort_findings(found) if found else ()

    def about_cell(self, matrix_id: str, row: str, column: str) -> tuple[Finding, ...]:
        """Return the errors and warnings that name this cell.

        Those about the whole matrix are not repeated for each cell; notes say how it was read, not that it is wrong.
        """
        named = self.by_subject.get(f"cell:{matrix_id}/{row}/{column}", ())
        return tuple(finding for finding in named if finding.severity != "note")


def index_findings(findings: Iterable[Finding]) -> Doubts:
    """Return the findings indexed by subject."""
    by_subject: dict[str, list[Finding]] = {}
    for finding in findings:
        for subject in finding.subjects:
            by_subject.setdefault(subject, []).append(finding)
    return Doubts({subject: tuple(found) for subject, found in by_subject.items()})


def names_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return code and place of each finding: what a count of findings says that it counted."""
    return tuple(f"{found.code} {found.origin.place()}" if found.origin else found.code for found in findings)


NO_DOUBTS = Doubts()
