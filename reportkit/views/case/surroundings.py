"""What the survey says about the sector of a case, in a few facts.

In: the matrices `impact`, `reduction-rate`, `adoption-intent`, `barriers`. Out: `Surroundings`, or None without a
survey row for any of the case's sectors.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.origin import Quote
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.views.facts import number, rank, share
from reportkit.views.index import CorpusIndex, index_corpus


@dataclass(frozen=True, slots=True)
class Beside:
    """A rate of the sector beside the average of all; `is_above` compares the two as printed."""

    value: Fact
    average: Fact

    @property
    def is_above(self) -> bool:
        """Tell whether the sector lies above the average."""
        return number(self.value) > number(self.average)

    @property
    def is_level(self) -> bool:
        """Tell whether the sector lies on the average."""
        return number(self.value) == number(self.average)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The survey about the sector. barrier_group: the respondents whose barrier it is, often coarser than the sector.

    effect_function: the business function with the largest effect, with its value.
    """

    sector: str
    impact: Fact | None
    impact_share: Fact | None
    impact_rank: Fact | None
    top_function: str
    top_effect: Fact | None
    reduction: Beside | None
    intent: Beside | None
    barrier_group: str
    barrier: str
    barrier_share: Fact | None
    citation: Quote


def surroundings_of(case: Case, index: CorpusIndex) -> Surroundings | None:
    """Return the survey's facts about the first of the case's sectors that the survey knows."""
    found = (index.shared(_surroundings, name) for name in case.sectors)
    return next((surroundings for surroundings in found if surroundings is not None), None)


def _surroundings(corpus: Corpus, name: str) -> Surroundings | None:
    """Return what the survey says about a sector, the same for all of its cases."""
    sector = corpus.taxonomy.sector(name)
    if sector is None or sector.kind == "public":
        return None
    index = index_corpus(corpus)
    matrices = {matrix.id: matrix for matrix in corpus.matrices}
    impact = matrices.get("impact")
    total = index.total(impact, name) if impact is not None else None
    barriers = matrices.get("barriers")
    barrier_row, barrier, barrier_share = "", "", None
    if barriers is not None:
        barrier_row = name if name in barriers.rows.labels else sector.respondent_group
        barrier, barrier_share = _largest(barriers, barrier_row, index, coarser=barrier_row != name)
    if total is None and barrier_share is None:
        return None
    where = impact if total is not None and impact is not None else barriers
    assert where is not None  # one of both gave a fact
    top_function, top_effect, impact_share, impact_rank = "", None, None, None
    if impact is not None and total is not None:
        top_function, top_effect = _largest(impact, name, index)
        everyone = index.grand_total(impact)
        if everyone is not None:
            about = f"impact/{name}"
            impact_share = share(total, everyone, about, f"{name}の効果が全産業に占める割合")
        totals = [fact for row in impact.rows.labels if (fact := index.total(impact, row)) is not None]
        impact_rank = rank(totals, total, f"impact/{name}", f"{name}の効果の順位")
    return Surroundings(
        sector=name,
        impact=total,
        impact_share=impact_share,
        impact_rank=impact_rank,
        top_function=top_function,
        top_effect=top_effect,
        reduction=_beside(matrices.get("reduction-rate"), name, index),
        intent=_beside(matrices.get("adoption-intent"), name, index),
        barrier_group=barrier_row,
        barrier=barrier,
        barrier_share=barrier_share,
        citation=Quote(index.citation(where.origin), where.origin),
    )


def _beside(matrix: Matrix | None, row: str, index: CorpusIndex) -> Beside | None:
    if matrix is None:
        return None
    value, average = index.total(matrix, row), index.grand_total(matrix)
    return Beside(value, average) if value is not None and average is not None else None


def _largest(matrix: Matrix, row: str, index: CorpusIndex, *, coarser: bool = False) -> tuple[str, Fact | None]:
    facts = [
        (column, fact)
        for column in matrix.columns.labels
        if (fact := index.fact(matrix, row, column, coarser=coarser)) is not None
    ]
    if not facts:
        return "", None
    column, fact = max(facts, key=lambda pair: number(pair[1]))
    return column, fact
