"""What follows: each heavy barrier beside the support that answers it and what the cases did about it.

In: the comparisons of barriers and support, the cases, and the links of `vocabulary.THEME_LINKS`.
Out: `Implication`s, each resting on facts and quotes. Nothing here is an opinion of ours but the `task`, which is said
to be one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reportkit.base.origin import Quote
from reportkit.corpus.case import Case, Pair
from reportkit.views.facts import number
from reportkit.views.index import Search
from reportkit.views.sector.cases import company_of
from reportkit.views.sector.comparison import ComparedItem, Comparison
from reportkit.views.sector.subject import Subject
from reportkit.views.sector.vocabulary import ThemeLink, link_of

_NO_ANSWER = ("取得不可", "非公開", "未公開", "不明", "記載なし")  # the file says that it knows no measure
_MOST_THEMES, _MOST_SUPPORTS, _MOST_ANSWERS = 3, 2, 2


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What a case says about a theme: an issue and its measure, or a success factor and its detail."""

    company: Quote
    label: Quote
    text: Quote | None
    is_issue: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Implication:
    """One theme. reason: why it stands here: the largest share, or a difference beyond the interval.

    supports: wished support that answers to the theme, largest first; () when the survey asked none.
    answers: own cases first; other sectors' cases only when no own case speaks about the theme.
    """

    theme: str
    reason: Literal["largest", "above", "next"]
    barrier: ComparedItem
    others: tuple[ComparedItem, ...]
    supports: tuple[ComparedItem, ...]
    answers: tuple[CaseAnswer, ...]
    task: str

    @property
    def borrowed(self) -> bool:
        """Tell whether the answers come from cases of other sectors."""
        return bool(self.answers) and not self.answers[0].is_own


def view_implications(
    subject: Subject, barriers: Comparison | None, support: Comparison | None
) -> tuple[Implication, ...]:
    """Return the themes that weigh most in the sector, heaviest first; () when the survey has no barriers for it."""
    if barriers is None:
        return ()
    own = subject.index.places_in(subject.case_sectors)
    found: list[Implication] = []
    for item in _ordered(barriers):
        link = link_of(item.theme)
        if link is None or any(known.theme == item.theme for known in found):
            continue
        found.append(_implication(subject, barriers, support, own, item, link))
        if len(found) == _MOST_THEMES:
            break
    return tuple(found)


def _ordered(barriers: Comparison) -> tuple[ComparedItem, ...]:
    """Return the largest answer, those above the average beyond the interval, then those not below it by share."""
    not_below = [item for item in barriers.largest if not item.is_lower]
    heavy = [*barriers.largest[:1], *barriers.above, *not_below]
    return tuple({item.label: item for item in heavy}.values())


def _implication(
    subject: Subject,
    barriers: Comparison,
    support: Comparison | None,
    own: tuple[int, ...],
    item: ComparedItem,
    link: ThemeLink,
) -> Implication:
    reason: Literal["largest", "above", "next"] = "next"
    if item is barriers.largest[0]:
        reason = "largest"
    elif item.beyond == "above":
        reason = "above"
    answering = [
        wished
        for wished in (support.largest if support is not None else ())
        if any(heading in wished.theme for heading in link.supports)
    ]
    answers = _answers(subject, own, link, is_own=True)
    if not answers:
        others = sorted({*range(len(subject.corpus.cases))}.difference(own))
        answers = _answers(subject, others, link, is_own=False)
    return Implication(
        theme=item.theme,
        reason=reason,
        barrier=item,
        others=tuple(
            other
            for other in barriers.largest
            if other.theme == item.theme and other is not item and number(other.difference) >= 0
        )[:2],
        supports=tuple(answering[:_MOST_SUPPORTS]),
        answers=answers,
        task=link.task,
    )


def _answers(subject: Subject, places: Iterable[int], link: ThemeLink, *, is_own: bool) -> tuple[CaseAnswer, ...]:
    """Return what the first cases at these places say about the theme."""
    cases = subject.index.first_cases(_search(link.theme), places, _MOST_ANSWERS)
    pairs = ((case, _speaking_pair(case, link)) for case in cases)
    return tuple(_answer(case, pair, is_own) for case, pair in pairs if pair is not None)


def _answer(case: Case, pair: Pair, is_own: bool) -> CaseAnswer:
    text = Quote(pair.text, pair.origin) if pair.text else None
    return CaseAnswer(company_of(case), Quote(pair.label, pair.origin), text, pair in case.issues, is_own)


def _speaking_pair(case: Case, link: ThemeLink) -> Pair | None:
    """Return the pair of a case that uses most words of the theme; issues with a measure come before factors."""
    best: Pair | None = None
    most = 0
    for pair in (*case.issues, *case.success_factors):
        if not pair.label or _hits(_NO_ANSWER, pair.text):
            continue
        hits = _hits(link.words, pair.label) * 2 + _hits(link.words, pair.text)
        if hits > most:
            best, most = pair, hits
    return best


def _hits(words: tuple[str, ...], text: str) -> int:
    """Return how many of the words stand in the text."""
    return sum([word in text for word in words])


def _search(theme: str) -> Search:
    return Search(_speaks, theme, ("issues", "success_factors"))


def _speaks(case: Case, theme: str) -> bool:
    link = link_of(theme)
    return link is not None and _speaking_pair(case, link) is not None
