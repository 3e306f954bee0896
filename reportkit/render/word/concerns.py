"""Which findings concern which fact: those that name its cell, and those that point at where it is written."""

from __future__ import annotations

from collections.abc import Mapping

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.document.provenance import Provenance

_CELL = "matrix/"
_Place = tuple[str, str, int]  # file, sheet, line


class Concerns:
    """The findings of a document, ready to be asked about a fact."""

    __slots__ = ("_by_place", "_cells")

    def __init__(self, provenance: Provenance) -> None:
        self._cells: Mapping[str, tuple[Finding, ...]] = provenance.cell_findings
        self._by_place: dict[_Place, list[tuple[Origin, Finding]]] = {}
        for finding in provenance.findings:
            for origin in dict.fromkeys((finding.origin, *(evidence.origin for evidence in finding.evidence))):
                if origin is not None and origin.line:
                    self._by_place.setdefault((origin.source, origin.sheet, origin.line), []).append((origin, finding))

    def about(self, fact: Fact) -> tuple[Finding, ...]:
        """Return the findings about a fact, each once. What was computed or counted is judged by what went in."""
        if fact.derivation is not None:
            return ()
        if fact.id.startswith(_CELL):
            return self._cells.get(f"cell:{fact.id[len(_CELL) :]}", ())
        if not self._by_place:
            return ()
        return tuple(
            dict.fromkeys(
                finding
                for origin in fact.origins
                for place, finding in self._by_place.get((origin.source, origin.sheet, origin.line), ())
                if not (place.column and origin.column) or place.column == origin.column
            )
        )
