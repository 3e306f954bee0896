"""Use cases of the sector, and the data that the report says they need.

In: `Corpus.use_cases` and `Corpus.field_resources`. Out: `UseCaseView`: the sector's own, and those across industries.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.corpus.survey import FieldResource, UseCase
from reportkit.views.facts import count_fact
from reportkit.views.sector.subject import Subject


@dataclass(frozen=True, slots=True)
class UseCaseView:
    """Use cases by where they stand in the report.

    detailed: those of winning fields, with summary or required data; named: those of winning fields by name alone;
    listed: those of the general list, with the effect named.
    across: use cases of functions in all industries (法務). resources: who holds the data, how to secure it.
    """

    detailed: tuple[UseCase, ...]
    named: tuple[UseCase, ...]
    listed: tuple[UseCase, ...]
    across: tuple[UseCase, ...]
    resources: tuple[FieldResource, ...]
    across_resources: tuple[FieldResource, ...]
    own_count: Fact
    across_count: Fact
    data: tuple[str, ...]

    @property
    def has_own(self) -> bool:
        """Tell whether the report names use cases of this very sector."""
        return bool(self.detailed or self.listed)

    @property
    def all_resources(self) -> tuple[FieldResource, ...]:
        """Return the sector's resources, then those across industries."""
        return self.resources + self.across_resources


def view_use_cases(subject: Subject) -> UseCaseView | None:
    """Return the use cases, or None when the report names neither own ones nor any across industries."""
    rows = set(subject.rows)
    corpus = subject.corpus
    own = [case for case in corpus.use_cases if rows & set(case.sectors)]
    across = tuple(case for case in corpus.use_cases if not case.sectors and case.function is not None)
    resources = tuple(item for item in corpus.field_resources if rows & set(item.sectors))
    across_resources = tuple(item for item in corpus.field_resources if not item.sectors and item.function is not None)
    if not rows or not (own or across or resources):
        return None
    of_fields = [case for case in own if case.field or case.data]
    detailed = tuple(case for case in of_fields if case.summary or case.data)
    names = dict.fromkeys(name for case in detailed for name in case.data)
    return UseCaseView(
        detailed=detailed,
        named=tuple(case for case in of_fields if not (case.summary or case.data)),
        listed=tuple(case for case in own if not (case.field or case.data)),
        across=across,
        resources=resources,
        across_resources=across_resources,
        own_count=count_fact(f"use-cases/{subject.name}", f"{subject.name}のユースケース", (case.name for case in own)),
        across_count=count_fact("use-cases/across", "産業横断のユースケース", (case.name for case in across)),
        data=tuple(names),
    )
