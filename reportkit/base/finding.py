"""What is wrong, or doubtful, in the data: a code, a sentence, a place, and how to mend it.

Readers and checks both speak in findings; nothing in reportkit repairs a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportkit.base.origin import Origin

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One side of a contradiction: what it is, what is printed or computed, and where."""

    label: str
    text: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader or a check noticed.

    code: stable, lower-case, dotted: `matrix.row-total`, `case.payback`, `source.encoding`.
    severity: error = the value must not be used as it stands; warning = a contradiction; note = cannot be decided, or
        read only with an assumption.
    message: Japanese, one or two sentences; what, and why.
    fix: Japanese; what the reader of the finding can do. Never empty.
    origin: where to look first; None only when no file is concerned.
    evidence: the places and values that were compared.
    subjects: what it concerns: `matrix:impact`, `cell:impact/医療/R&D`, `sector:医療`, `case:863`; briefings pick
        the findings of their subject by these keys.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    origin: Origin | None = None
    evidence: tuple[Evidence, ...] = ()
    subjects: tuple[str, ...] = ()


def sort_findings(findings: list[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings without repetitions, worst first, then by place (file, sheet, line, cell) and code."""
    unique = dict.fromkeys(findings)

    def key(finding: Finding) -> tuple[int, str, str, int, int, str, str]:
        origin = finding.origin or Origin("")
        return (
            SEVERITIES.index(finding.severity),
            origin.source,
            origin.sheet,
            origin.line,
            origin.column,
            finding.code,
            finding.message,
        )

    return tuple(sorted(unique, key=key))
