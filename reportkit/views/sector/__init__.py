"""Everything a sector briefing may say: one `SectorView`, chapter by chapter.

In: a corpus and the name of a sector. Out: `SectorView` of facts, quotes, corpus records and findings; no bare numbers.

>>> # view_sector(corpus, "医療").impact.share.text  ->  "8.3%"
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin, Quote
from reportkit.corpus.corpus import Corpus
from reportkit.views.citations import Citation, cite
from reportkit.views.editions import EditionChange, edition_pairs
from reportkit.views.facts import CONFIDENCE, IMPUTATION_BASE, SIGNIFICANCE, SMALL_BASE
from reportkit.views.sector.cases import SectorCases, cases_of, view_cases
from reportkit.views.sector.comparison import Comparison, compare_rows
from reportkit.views.sector.editions import view_editions
from reportkit.views.sector.impact import ImpactView, view_impact
from reportkit.views.sector.implications import Implication, view_implications
from reportkit.views.sector.notes import SECTOR_MATRICES, NotesView, view_notes
from reportkit.views.sector.participation import ParticipationView, view_participation
from reportkit.views.sector.public_role import PublicRole, view_public_role
from reportkit.views.sector.room import RoomView, view_room
from reportkit.views.sector.subject import Subject, find_subject
from reportkit.views.sector.usage import UsageView, view_usage
from reportkit.views.sector.use_cases import UseCaseView, view_use_cases


@dataclass(frozen=True, slots=True)
class SectorView:
    """One sector. A chapter is None when the sources say nothing that belongs in it.

    kind: industry, group or public. citations: what the 出典 line says, by matrix id or `statistics` ...
    editions: what changed in the sector's rows between two editions of a table; () when every table has one only.
    """

    name: str
    kind: str
    members: tuple[str, ...]
    impact: ImpactView | None
    room: RoomView | None
    barriers: Comparison | None
    support: Comparison | None
    participation: ParticipationView | None
    use_cases: UseCaseView | None
    usage: UsageView | None
    public_role: PublicRole | None
    cases: SectorCases
    implications: tuple[Implication, ...]
    notes: NotesView
    citations: tuple[tuple[str, Citation], ...]
    editions: tuple[EditionChange, ...] = ()

    @property
    def is_public(self) -> bool:
        """Tell whether the survey has no row for the sector at all."""
        return self.kind == "public"

    @property
    def is_group(self) -> bool:
        """Tell whether the sector is a sum of industries."""
        return self.kind == "group"

    @property
    def themes(self) -> tuple[str, ...]:
        """Return the themes of the implications, heaviest first."""
        return tuple(item.theme for item in self.implications)

    @property
    def confidence(self) -> Fact:
        """Return the confidence level of all intervals."""
        return CONFIDENCE

    @property
    def significance(self) -> Fact:
        """Return the level of the corrected tests."""
        return SIGNIFICANCE

    @property
    def small_base(self) -> Fact:
        """Return the number of respondents below which a share is called uncertain."""
        return SMALL_BASE

    @property
    def imputation_base(self) -> Fact:
        """Return the number of respondents below which the survey imputes a rate."""
        return IMPUTATION_BASE

    @property
    def edition_impact(self) -> EditionChange | None:
        """Return the change of the impact between two editions, or None."""
        return next((change for change in self.editions if change.matrix_id == "impact" and change.total), None)

    @property
    def edition_certain(self) -> tuple[EditionChange, ...]:
        """Return the rows in which a share changed by more than chance."""
        return tuple(change for change in self.editions if change.certain)

    @property
    def edition_used(self) -> str:
        """Return how the edition is called whose values the rest of the briefing uses; "" with one edition only."""
        if not self.editions:
            return ""
        return self.editions[0].pair.used_name

    @property
    def edition_shares(self) -> tuple[EditionChange, ...]:
        """Return the changes of shares whose respondents were counted in both editions, so that they were tested."""
        return tuple(change for change in self.editions if change.is_tested)

    @property
    def survey_period(self) -> Quote | None:
        """Return when the survey was made, in its own words, or None when it does not say."""
        if self.notes.design is None:
            return None
        return next((quote for label, quote in self.notes.design.lines if label == "期間"), None)

    def citation(self, key: str) -> Citation | None:
        """Return what the 出典 line under an exhibit of that matrix says, or None."""
        return next((citation for known, citation in self.citations if known == key), None)


def view_sector(corpus: Corpus, name: str) -> SectorView:
    """Return the view of a sector by its canonical name. Raises `ViewError` with the known names."""
    subject = find_subject(corpus, name)
    impact = view_impact(subject)
    usage = subject.index.shared(view_usage)
    barriers, support = _single(subject, "barriers"), _single(subject, "support")
    use_cases, role = view_use_cases(subject), view_public_role(subject)
    records = _records(impact, use_cases, role, usage)
    return SectorView(
        name=subject.name,
        kind=subject.sector.kind,
        members=subject.sector.members,
        impact=impact,
        room=view_room(subject, impact),
        barriers=barriers,
        support=support,
        participation=view_participation(subject) if subject.rows else None,
        use_cases=use_cases,
        usage=usage,
        public_role=role,
        cases=view_cases(subject),
        implications=view_implications(subject, barriers, support),
        notes=view_notes(subject, tuple(case.origin for case in cases_of(subject)), records),
        citations=_citations(subject, usage),
        editions=view_editions(subject),
    )


def _records(
    impact: ImpactView | None, use_cases: UseCaseView | None, role: PublicRole | None, usage: UsageView | None
) -> tuple[tuple[str, tuple[Origin, ...]], ...]:
    """Return what the briefing tells beside tables and cases, by name, with its places; empty kinds are left out."""
    fields = impact.fields if impact is not None else ()
    found: list[tuple[str, list[Origin]]] = [
        ("有望領域の一覧", [line.field.origin for line in fields if line.field is not None]),
        ("領域の評価", [line.evaluation.origin for line in fields if line.evaluation is not None]),
    ]
    if use_cases is not None:
        told = use_cases.detailed + use_cases.named + use_cases.listed or use_cases.across
        found.append(("ユースケースと必要なデータ", [case.origin for case in told]))
        resources = use_cases.resources or use_cases.across_resources
        found.append(("データの保有者と確保の方策", [resource.origin for resource in resources]))
    if role is not None:
        found.append(("データの保有者と確保の方策", [resource.origin for resource in role.fields]))
        found.append(("国家プロジェクト", [project.origin for project in role.projects]))
    if usage is not None:
        found.append(("国内外の利用動向", list(usage.origins)))
    return tuple((name, tuple(origins)) for name, origins in found if origins)


def _single(subject: Subject, matrix_id: str) -> Comparison | None:
    """Return the comparison of a table that has exactly one row for every sector and group."""
    rows = compare_rows(subject, matrix_id)
    return rows[0] if len(rows) == 1 else None


def _citations(subject: Subject, usage: UsageView | None) -> tuple[tuple[str, Citation], ...]:
    found = [
        (name, cite(subject.index, matrix.origin, matrix.title))
        for name in SECTOR_MATRICES
        if (matrix := subject.matrix(name)) is not None
    ]
    for key, records in (
        ("projects", subject.corpus.national_projects),
        ("use-cases", subject.corpus.use_cases),
        ("fields", subject.corpus.field_evaluations),
        ("resources", subject.corpus.field_resources),
    ):
        if records:
            origin = records[0].origin
            found.append((key, cite(subject.index, origin)))
    if usage is not None:
        found.append(("usage", cite(subject.index, usage.origins[0])))
    editions = [matrix for pair in edition_pairs(subject.corpus) for matrix in (pair.old, pair.new)]
    found += [(matrix.id, cite(subject.index, matrix.origin, matrix.title)) for matrix in editions]
    design = subject.corpus.survey_design
    if design is not None:
        found.append(("survey-design", cite(subject.index, design.origin)))
    return tuple(found)
