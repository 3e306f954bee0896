"""What changed over all sectors between two editions of the survey. In: the corpus. Out: `EditionsOverview` or None."""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.corpus.corpus import Corpus
from reportkit.views.citations import Citation, cite
from reportkit.views.editions import (
    EditionChange,
    certain_changes,
    compare_totals,
    edition_pairs,
)
from reportkit.views.index import CorpusIndex


@dataclass(frozen=True, slots=True)
class EditionsOverview:
    """impact: totals by industry in both editions; certain: shares that changed by more than chance, by table and row.

    tested: titles of the tables of shares that stand in two editions with their numbers of respondents.
    """

    impact: EditionChange | None
    certain: tuple[EditionChange, ...]
    tested: tuple[str, ...]
    citations: tuple[tuple[str, Citation], ...]
    used: str

    def citation(self, key: str) -> Citation | None:
        """Return what the 出典 line says for a matrix id, edition included."""
        return next((citation for known, citation in self.citations if known == key), None)


def view_editions(corpus: Corpus, index: CorpusIndex) -> EditionsOverview | None:
    """Return the changes, or None when no table has two editions."""
    pairs = [pair for pair in edition_pairs(corpus) if pair.matrix_id != "respondents"]
    if not pairs:
        return None
    impact = next((pair for pair in pairs if pair.matrix_id == "impact"), None)
    shares = [pair for pair in pairs if pair.old.unit == "%" and pair.old.bases and pair.new.bases]
    matrices = [matrix for pair in pairs for matrix in (pair.old, pair.new)]
    found = EditionsOverview(
        impact=None if impact is None else compare_totals(impact, index.doubts),
        certain=tuple(change for pair in shares for change in certain_changes(pair, index.doubts)),
        tested=tuple(pair.new.title for pair in shares),
        citations=tuple((matrix.id, cite(index, matrix.origin, matrix.title)) for matrix in matrices),
        used=pairs[0].used_name,
    )
    return found if found.impact is not None or found.tested else None
