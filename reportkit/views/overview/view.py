"""The view of the overview: survey, use by country, cases, briefings, findings, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.files import safe_name
from reportkit.base.finding import SEVERITIES, Finding, sort_findings
from reportkit.base.origin import Quote
from reportkit.corpus.corpus import Corpus
from reportkit.views.doubts import names_of
from reportkit.views.facts import SIGNIFICANCE, as_read_aloud, count_fact
from reportkit.views.index import CorpusIndex, index_corpus
from reportkit.views.overview.cases import CasesOverview, cases_overview
from reportkit.views.overview.editions import EditionsOverview, view_editions
from reportkit.views.overview.survey import Grid, SurveyOverview, grid_of, survey_of
from reportkit.views.sector.usage import UsageView, view_usage

_BRIEFINGS = {"sector": "業種", "case": "事例"}
SEVERITY_WORDS = {"error": "誤り", "warning": "警告", "note": "注記"}
MOST_FINDINGS = 40
_KINDS = {
    "case": "事例",
    "survey": "調査報告書",
    "white-paper": "白書",
    "settings": "設定",
    "unknown": "読み取れないもの",
}


@dataclass(frozen=True, slots=True)
class Briefing:
    """One document of the set: what it is about, of which kind, and the name of its file."""

    subject: str
    kind: str
    file: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one code: how many, the worst severity in words, one of them as an example."""

    code: str
    severity: str
    count: Fact
    example: Finding


@dataclass(frozen=True, slots=True)
class FindingsOverview:
    """What reading and checking found. shown: errors and warnings, worst first, at most `MOST_FINDINGS`."""

    count: Fact
    by_severity: tuple[tuple[str, Fact], ...]
    groups: tuple[FindingGroup, ...]
    shown: tuple[Finding, ...]
    left_out: Fact | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One file of the sources: what it is in words, how to cite it, and for a file that was not read the reason."""

    path: str
    kind: str
    citation: str
    reason: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """All sectors, all cases, all briefings. A chapter is None or empty when the sources have nothing for it.

    editions: what changed between two editions of the survey.
    """

    survey: SurveyOverview | None
    barriers: Grid | None
    usage: UsageView | None
    usage_citation: Quote | None
    cases: CasesOverview
    briefings: tuple[Briefing, ...]
    briefing_count: Fact
    findings: FindingsOverview
    sources: tuple[SourceLine, ...]
    source_count: Fact
    editions: EditionsOverview | None = None

    @property
    def significance(self) -> Fact:
        """Return the level of the corrected tests."""
        return SIGNIFICANCE

    @property
    def total_aloud(self) -> Fact | None:
        """Return the survey's total as one reads it aloud (`18.1兆円`)."""
        return None if self.survey is None else as_read_aloud(self.survey.total)


def view_overview(corpus: Corpus, files: Mapping[str, str] | None = None) -> OverviewView:
    """Return the overview of a corpus.

    files: file names of the briefings by document id (`sector/医療` to `sector/医療.docx`); without it the names that
    the subjects suggest.
    """
    index = index_corpus(corpus)
    cases = cases_overview(corpus, index)
    by_sector = {count.name: count.fact for count in cases.by_sector}
    briefings = _briefings(corpus, index, files)
    return OverviewView(
        survey=survey_of(corpus, index, by_sector),
        barriers=grid_of(corpus.matrix("barriers"), index) if corpus.has_matrix("barriers") else None,
        usage=index.shared(view_usage),
        usage_citation=_usage_citation(corpus, index),
        cases=cases,
        briefings=briefings,
        briefing_count=count_fact("briefings", "ブリーフィングの数", (briefing.file for briefing in briefings)),
        findings=_findings(corpus),
        sources=_source_lines(index),
        editions=view_editions(corpus, index),
        source_count=count_fact("sources", "資料の数", index.column("path", "sources")),
    )


def _briefings(corpus: Corpus, index: CorpusIndex, files: Mapping[str, str] | None) -> tuple[Briefing, ...]:
    found = {("sector", sector.name): sector.name for sector in corpus.taxonomy.sectors}
    columns = (index.column(name) for name in ("id", "company", "title"))
    for case_id, company, title in zip(*columns, strict=True):
        found.setdefault(("case", case_id), company or title)
    if files is None:
        files = {f"{kind}/{name}": f"{kind}/{safe_name(name)}.docx" for kind, name in found}
    return tuple(
        Briefing(subject, _BRIEFINGS[kind], file)
        for (kind, name), subject in found.items()
        if (file := files.get(f"{kind}/{name}")) is not None
    )


def _usage_citation(corpus: Corpus, index: CorpusIndex) -> Quote | None:
    figures = [statistic for statistic in corpus.statistics if not statistic.series.startswith("headline")]
    if not figures:
        return None
    return Quote(index.citation(figures[0].origin), figures[0].origin)


def _findings(corpus: Corpus) -> FindingsOverview:
    findings = sort_findings(corpus.findings)
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    serious = [finding for finding in findings if finding.severity != "note"]
    left = names_of(serious[MOST_FINDINGS:])
    return FindingsOverview(
        count=count_fact("findings", "データの指摘の数", names_of(findings)),
        by_severity=tuple(
            (
                SEVERITY_WORDS[severity],
                count_fact(
                    f"findings/{severity}",
                    f"データの指摘のうち{SEVERITY_WORDS[severity]}",
                    names_of(finding for finding in findings if finding.severity == severity),
                ),
            )
            for severity in SEVERITIES
        ),
        groups=tuple(
            FindingGroup(
                code,
                SEVERITY_WORDS[members[0].severity],
                count_fact(f"findings/{code}", f"指摘「{code}」の数", names_of(members)),
                members[0],
            )
            for code, members in groups.items()
        ),
        shown=tuple(serious[:MOST_FINDINGS]),
        left_out=count_fact("findings-left-out", "一覧に載せていない指摘", left) if left else None,
    )


def _source_lines(index: CorpusIndex) -> tuple[SourceLine, ...]:
    columns = (index.column(name, "sources") for name in ("path", "kind", "publication", "reason"))
    return tuple(
        SourceLine(path, _KINDS.get(kind, kind), publication or index.sources[path].title, reason)
        for path, kind, publication, reason in zip(*columns, strict=True)
    )
