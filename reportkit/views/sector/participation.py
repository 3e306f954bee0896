"""Data sharing and taking part in the programme: intention, barriers, wished support.

In: `data-sharing-intent`, `participation-barriers`, `data-sharing-barriers`, `data-sharing-support`, headline figures.
Out: `ParticipationView`. These tables have ten rows; for a group the members stand side by side, because the survey
does not print how many answered in each, and an average without weights would be invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.survey import Statistic
from reportkit.views.facts import difference, number, statistic_fact, total
from reportkit.views.sector.bases import Base, base_of
from reportkit.views.sector.comparison import Comparison, compare_rows
from reportkit.views.sector.subject import Subject


@dataclass(frozen=True, slots=True)
class IntentRow:
    """The five steps of willingness to share data for one row; `shares`: can share with anybody at all.

    base: how many answered; None for the average row.
    """

    row: str
    coarser: bool
    is_average: bool
    facts: tuple[Fact | None, ...]
    shares: Fact | None
    base: Base | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One question of the programme for all rows that speak for the sector."""

    name: str
    rows: tuple[Comparison, ...]

    @property
    def single(self) -> Comparison | None:
        """Return the comparison when one row speaks for the sector, else None."""
        return self.rows[0] if len(self.rows) == 1 else None


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """Willingness and hindrances. topics: participation barriers, sharing barriers, wished support, as far as given.

    intent: sector rows, the average last; share_gap: of those who can share, against the average, for a single row.
    headline: figures over all respondents from the text of the report.
    """

    steps: tuple[str, ...]
    intent: tuple[IntentRow, ...]
    share_gap: Fact | None
    topics: tuple[Topic, ...]
    headline: tuple[tuple[str, Fact], ...]
    coarser: bool
    row: str

    @property
    def unknown_bases(self) -> tuple[str, ...]:
        """Return the rows of the sector for which the survey does not print how many answered (n不明)."""
        bases = [row.base for row in self.intent if row.base is not None]
        bases += [row.base for topic in self.topics for row in topic.rows]
        return tuple(dict.fromkeys(base.row for base in bases if base.is_unknown))

    @property
    def own_intent(self) -> IntentRow | None:
        """Return the sector's row when there is one, else None."""
        own = [row for row in self.intent if not row.is_average]
        return own[0] if len(own) == 1 else None

    @property
    def average_intent(self) -> IntentRow | None:
        """Return the average of all rows, or None when it is not printed."""
        return next((row for row in self.intent if row.is_average), None)

    @property
    def gap(self) -> Fact | None:
        """Return the difference in sharing without its sign."""
        return None if self.share_gap is None else self.share_gap.printed_as(self.share_gap.text.lstrip("+\u2212±"))

    @property
    def shares_more(self) -> bool:
        """Tell whether more of the sector than of all can share data."""
        return self.share_gap is not None and number(self.share_gap) > 0

    @property
    def shares_less(self) -> bool:
        """Tell whether fewer of the sector than of all can share data."""
        return self.share_gap is not None and number(self.share_gap) < 0

    def topic(self, name: str) -> Comparison | None:
        """Return the comparison of a topic when one row speaks for the sector; names as in `topics`."""
        return next((topic.single for topic in self.topics if topic.name == name), None)


TOPICS = (
    ("participation-barriers", "事業への参加障壁"),
    ("data-sharing-barriers", "データ共有の障壁"),
    ("data-sharing-support", "データ共有で求める支援策"),
)


def view_participation(subject: Subject) -> ParticipationView | None:
    """Return what the survey says about sharing and taking part, or None when no row fits the sector."""
    topics = tuple(Topic(name, rows) for matrix_id, name in TOPICS if (rows := compare_rows(subject, matrix_id)))
    intent = _intent_rows(subject)
    if not topics and not intent:
        return None
    matrix = subject.matrix("data-sharing-intent")
    own = [row for row in intent if not row.is_average]
    average = next((row for row in intent if row.is_average), None)
    gap = None
    if len(own) == 1 and average is not None and own[0].shares is not None and average.shares is not None:
        about = f"data-sharing/{own[0].row}"
        gap = difference(own[0].shares, average.shares, about, f"{own[0].row}の共有できる割合と平均との差")
    compared = [comparison for topic in topics for comparison in topic.rows]
    return ParticipationView(
        steps=() if matrix is None else matrix.columns.labels,
        intent=intent,
        share_gap=gap,
        topics=topics,
        headline=subject.index.shared(_headline),
        coarser=any(row.coarser for row in own) or any(row.coarser for row in compared),
        row=own[0].row if own else compared[0].row,
    )


def _intent_rows(subject: Subject) -> tuple[IntentRow, ...]:
    matrix = subject.matrix("data-sharing-intent")
    if matrix is None:
        return ()
    choices = [(choice.row, choice.coarser, False) for choice in subject.row_in(matrix)]
    if choices and matrix.column_total_kind is not None:
        choices.append((matrix.column_total_kind, False, True))
    found = []
    for row, coarser, is_average in choices:
        facts = tuple(subject.fact(matrix, row, column, coarser=coarser) for column in matrix.columns.labels)
        willing = [
            fact
            for column, fact in zip(matrix.columns.labels, facts, strict=True)
            if fact is not None and _is_willing(column)
        ]
        shares = total(willing, f"data-sharing/{row}", f"{row}のデータを共有できる割合") if willing else None
        base = None if is_average else base_of(subject, row)
        found.append(IntentRow(row, coarser, is_average, facts, shares, base))
    return tuple(found)


def _is_willing(step: str) -> bool:
    return "できる" in step and "できない" not in step


def _headline(corpus: Corpus) -> tuple[tuple[str, Fact], ...]:
    """Return the headline figures about taking part (42% = 10% + 32%)."""
    return tuple(
        (statistic.label, statistic_fact(statistic))
        for statistic in corpus.statistics
        if _is_about_taking_part(statistic)
    )


def _is_about_taking_part(statistic: Statistic) -> bool:
    return statistic.series.startswith("headline") and "参加" in statistic.label
