"""What the steps of reading one table share: the table, its spec, and the findings made on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportkit.base.finding import Evidence, Finding, Severity
from reportkit.base.origin import Origin
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block
from reportkit.sources.matrices.shape import Shape
from reportkit.sources.matrices.sides import Sides
from reportkit.sources.matrices.spec import MatrixSpec


@dataclass(frozen=True, slots=True)
class Chosen:
    """A table, its shape, and the spec that fits it."""

    sides: Sides
    shape: Shape
    spec: MatrixSpec


@dataclass(frozen=True, slots=True)
class Context:
    """One table being read. names: spelling keys of its columns; findings: grows on the way."""

    chosen: Chosen
    source: str
    taxonomy: Taxonomy
    names: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)


class TablePart:
    """A step of reading a table."""

    def __init__(self, context: Context) -> None:
        chosen = context.chosen
        self.context = context
        self.sides, self.shape, self.spec = chosen.sides, chosen.shape, chosen.spec
        self.block: Block = chosen.sides.block
        self.source, self.taxonomy, self.names = context.source, context.taxonomy, context.names
        self.findings = context.findings
        self.origin = self.block.whole(self.source)

    def _at(self, line: int, index: int | None = None) -> Origin:
        return self.block.place(self.source, line, index)

    def _add(
        self,
        code: str,
        severity: Severity,
        message: str,
        fix: str,
        *,
        origin: Origin | None = None,
        evidence: tuple[Evidence, ...] = (),
        subjects: tuple[str, ...] = (),
    ) -> None:
        if code.removeprefix("matrix.") in self.spec.confirmed:
            return  # the user has looked at the source and said that this reading is right
        subject = f"matrix:{self.spec.id}"
        text = f"行列「{self.spec.id}」：{message}"
        self.findings.append(Finding(code, severity, text, fix, origin or self.origin, evidence, (subject, *subjects)))
