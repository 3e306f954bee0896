"""What changed for a sector between two editions of the survey. In: the subject. Out: `EditionChange`s, () for none."""

from __future__ import annotations

from dataclasses import replace

from reportkit.views.editions import EditionChange, EditionPair, compare_editions, edition_pairs
from reportkit.views.sector.notes import SECTOR_MATRICES
from reportkit.views.sector.subject import Subject


def view_editions(subject: Subject) -> tuple[EditionChange, ...]:
    """Return the changes in the rows that speak for the sector, in the order in which the briefing tells the tables.

    Where several rows speak for a group, only their totals are compared.
    """
    if not subject.rows:
        return ()
    pairs = {pair.matrix_id: pair for pair in edition_pairs(subject.corpus)}
    wanted = [pairs[name] for name in SECTOR_MATRICES if name in pairs and name != "respondents"]
    return tuple(change for pair in wanted for change in _changes(subject, pair))


def _changes(subject: Subject, pair: EditionPair) -> list[EditionChange]:
    choices = subject.row_in(pair.new)
    found = []
    for choice in choices:
        change = compare_editions(pair, choice.row, subject.doubts, coarser=choice.coarser)
        if change is not None and len(choices) > 1:
            change = replace(change, lines=tuple(line for line in change.lines if line.is_total))
        if change is not None and change.lines:
            found.append(change)
    return found
