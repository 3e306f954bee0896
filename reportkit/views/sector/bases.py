"""How many people stand behind a row of a survey table, and what to say where the survey does not print it (n不明).

In: the subject and a row of a table of shares. Out: `Base`. A number is never guessed: where only a coarser group was
counted, the base names that group with its count, so that a reader knows the most that it can be.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.views.sector.subject import Subject


@dataclass(frozen=True, slots=True)
class Base:
    """row: whose answers; count: how many answered, None = n不明.

    group, group_count: the coarser group of respondents that holds the row, when only that was counted; else "" and
    None.
    """

    row: str
    count: Fact | None
    group: str = ""
    group_count: Fact | None = None

    @property
    def is_unknown(self) -> bool:
        """Tell whether the sources do not say how many answered."""
        return self.count is None


def base_of(subject: Subject, row: str, edition: str = "") -> Base:
    """Return the base of a row by its canonical name. edition: whose respondents are counted."""
    matrix = subject.matrix(f"respondents@{edition}" if edition else "respondents")
    if matrix is None or matrix.row_total_kind is None:
        return Base(row, None)
    if row in matrix.rows.labels:
        return Base(row, subject.fact(matrix, row, matrix.row_total_kind))
    sector = subject.corpus.taxonomy.sector(row)
    group = sector.respondent_group if sector is not None else None
    if not group or group not in matrix.rows.labels:
        return Base(row, None)
    return Base(row, None, group, subject.fact(matrix, group, matrix.row_total_kind))
