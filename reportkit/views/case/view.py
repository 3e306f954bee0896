"""The view of one case: typed parts first, then the source's own text for each chapter, then what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reportkit.base.errors import Problem, ViewError
from reportkit.base.fact import Derivation, Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, FactCheck, Link, Pair
from reportkit.corpus.corpus import Corpus
from reportkit.views.case.effects import Amount, Effect, costs_of, effects_of
from reportkit.views.case.passages import (
    CHAPTERS,
    REST,
    Coverage,
    Passage,
    RestSection,
    brief,
    coverage_of,
    passages_of,
    rest_of,
)
from reportkit.views.case.surroundings import Surroundings, surroundings_of
from reportkit.views.case.timeline import Step, period_fact, steps_of
from reportkit.views.doubts import names_of
from reportkit.views.facts import count_fact, stated_fact
from reportkit.views.index import CorpusIndex, index_corpus

_LEGAL_FORM = re.compile("株式会社|有限会社|合同会社|（株）|㈱")
VERDICTS = {"confirmed": "確認済み", "partial": "一部確認", "unconfirmed": "未確認"}
CHAPTER_TITLES = {
    "profile": "企業と導入の背景",
    "adoption": "企業と導入の背景",
    "effects": "効果",
    "background": "企業と導入の背景",
    "solution": "ソリューション",
    "timeline": "導入の経過",
    "factors": "成功要因と課題",
    "issues": "成功要因と課題",
    "outlook": "今後の展開と示唆",
    "lessons": "今後の展開と示唆",
    "checks": "記載の確認",
    "sources": "参考資料",
    REST: "その他の記載",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value in a profile table; a value is a fact, or the source's words, one of several.

    links, remarks: what the source puts beside it: on what it rests, as links or in words.
    """

    label: Quote | str
    values: tuple[Fact | Quote, ...]
    links: tuple[Link, ...] = ()
    remarks: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Two cells that belong together: factor and detail, issue and measure.

    extra: further cells of the same table row (the result of a measure); header: the source's own column heads.
    """

    label: Quote
    text: Quote
    extra: tuple[Quote, ...] = ()
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A claim that the file's author checked: the verdict in our three words, as written, and on what ground."""

    item: Quote
    verdict: str
    verdict_raw: Quote
    source: Quote | None
    links: tuple[Link, ...]
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: what it is, and what is written or computed; an empty place means computed."""

    label: str
    fact: Fact
    place: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not add up: the finding in words, both sides of it, and what can be done."""

    severity: str
    message: Quote
    sides: tuple[Side, ...]
    fix: str
    place: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A section of the source file: its title, its sub-headings and heads of tables, and the chapter that tells it."""

    title: Quote
    headings: tuple[Quote, ...]
    chapter: str
    place: Quote


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case. Chapters that the source says nothing about are empty.

    name: the company, or the title when no company is named. told: the source's own text by chapter (see `text_of`);
        longer: what does not fit into a chapter, by chapter, for the appendix.
    doubts: contradictions and doubtful readings; hints: findings of severity note.
    front_matter, footer: all labelled lines of the file's head and foot.
    """

    id: str
    name: Quote
    title: Quote
    name_en: Quote | None
    country: str
    sectors: tuple[str, ...]
    industries: tuple[str, ...]
    verified: bool
    start: Fact | None
    scope: Quote | None
    tools: tuple[Quote, ...]
    vendors: tuple[Quote, ...]
    profile: tuple[Row, ...]
    adoption: tuple[Row, ...]
    effects: tuple[Effect, ...]
    costs: tuple[Amount, ...]
    steps: tuple[Step, ...]
    factors: tuple[Point, ...]
    issues: tuple[Point, ...]
    step_count: Fact
    checks: tuple[Check, ...]
    check_count: Fact
    confirmed_count: Fact
    doubts: tuple[Doubt, ...]
    hints: tuple[Doubt, ...]
    doubt_count: Fact
    surroundings: Surroundings | None
    told: tuple[tuple[str, tuple[Passage, ...]], ...]
    longer: tuple[RestSection, ...]
    rest: tuple[RestSection, ...]
    front_matter: tuple[Pair, ...]
    footer: tuple[Pair, ...]
    references: tuple[Link, ...]
    other_links: tuple[Link, ...]
    outline: tuple[Outline, ...]
    citation: Quote
    file: str

    def text_of(self, chapter: str) -> tuple[Passage, ...]:
        """Return what the source says in that chapter beyond tables and charts; () when all of it is shown there."""
        return next((passages for name, passages in self.told if name == chapter), ())

    def goes_on(self, chapter: str) -> bool:
        """Tell whether the appendix goes on with what the source says in that chapter."""
        return any(section.title.text == CHAPTER_TITLES[chapter] for section in self.longer)

    @property
    def first_step(self) -> Step | None:
        """Return the dated step that began first, or None."""
        dated = [step for step in self.steps if step.start is not None]
        return min(dated, key=lambda step: str(step.start), default=None)

    @property
    def last_step(self) -> Step | None:
        """Return the dated step that began last, or None."""
        dated = [step for step in self.steps if step.start is not None]
        return max(dated, key=lambda step: str(step.start), default=None)

    @property
    def short_name(self) -> Quote:
        """Return the name without its legal form, for titles."""
        bare = _LEGAL_FORM.sub("", self.name.text).strip()
        return Quote(bare, self.name.origin) if bare else self.name

    @property
    def headline(self) -> tuple[Effect, ...]:
        """Return up to four effects for the first page: results before targets, known numbers only."""
        known = [effect for effect in self.effects if effect.headline is not None and effect.headline.quantity.middle]
        return tuple(sorted(known, key=lambda effect: effect.is_target)[:4])


def view_case(corpus: Corpus, case_id: str) -> CaseView:
    """Return the view of a case by id. Raises `ViewError` with the known ids."""
    index = index_corpus(corpus)
    case = index.cases.get(case_id)
    if case is None:
        known = "、".join(list(index.cases)[:20]) or "なし"
        raise ViewError(Problem(f"事例「{case_id}」はありません", f"次のいずれかを指定してください：{known}"))
    return _Builder(case, index).view()


class _Builder:
    """Builds the parts in the order in which they claim lines of the source."""

    def __init__(self, case: Case, index: CorpusIndex) -> None:
        self.case = case
        self.index = index
        self.name = case.company or case.title
        self.coverage: Coverage = coverage_of(case)
        self.files = _files(case)

    def view(self) -> CaseView:
        case = self.case
        start = self._period("adoption-start", "AI導入時期", case.adoption_start, case.adoption_origin)
        effects = self._effects()
        costs = self._costs()
        steps = self._steps()
        factors, issues = self._points(case.success_factors), self._points(case.issues)
        checks = tuple(self._check(check) for check in case.fact_checks)
        profile = self._profile()
        adoption = self._adoption(start, profile)
        self._show_links(case.references)
        for pair in (*case.footer, *case.front_matter):
            self.coverage.show(pair.origin, pair.label, pair.text)
        told, longer = self._told()
        rest = rest_of(case, self.coverage)
        findings = self._findings()
        doubts = tuple(self._doubt(number, finding) for number, finding in enumerate(findings, start=1))
        serious = tuple(doubt for doubt in doubts if doubt.severity != "note")
        return CaseView(
            id=case.id,
            name=Quote(self.name, case.place_of("company" if case.company else "title")),
            title=Quote(case.title, case.place_of("title")),
            name_en=self._plain("company_en", case.company_en),
            country=case.country or "",
            sectors=case.sectors,
            industries=_apart(case.industry_raw),
            verified=case.verified,
            start=start,
            scope=case.scope,
            tools=case.ai_tools,
            vendors=case.vendors,
            profile=profile,
            adoption=adoption,
            effects=effects,
            costs=costs,
            steps=steps,
            factors=factors,
            issues=issues,
            step_count=self._count("steps", "導入の段階", (step.name.text for step in steps), "段階"),
            checks=checks,
            check_count=self._count("checks", "確認の対象とした項目", (check.item.text for check in checks)),
            confirmed_count=self._count(
                "confirmed",
                "確認済みの項目",
                (check.item for check in case.fact_checks if check.verdict == "confirmed"),
            ),
            doubts=serious,
            hints=tuple(doubt for doubt in doubts if doubt.severity == "note"),
            doubt_count=self._count(
                "doubts", "記載で整合しない点", names_of(f for f in findings if f.severity != "note")
            ),
            surroundings=surroundings_of(case, self.index),
            told=told,
            longer=longer,
            rest=rest,
            front_matter=case.front_matter,
            footer=case.footer,
            references=case.references,
            other_links=self._other_links(),
            outline=self._outline(),
            citation=Quote("／".join(dict.fromkeys(map(self.index.citation, self.files))), case.origin),
            file="、".join(origin.source for origin in self.files),
        )

    # --- typed parts ---

    def _effects(self) -> tuple[Effect, ...]:
        effects = []
        for effect, metric in zip(effects_of(self.case, self.name), self.case.metrics, strict=True):
            facts = (effect.value, effect.before, effect.after, effect.change)
            self.coverage.show(metric.origin, effect.label, effect.note, *(fact.text for fact in facts if fact))
            header = self.coverage.header_of(metric.origin)
            effects.append(replace(effect, cells=self.coverage.cells_of(metric.origin), header=header))
        return tuple(effects)

    def _costs(self) -> tuple[Amount, ...]:
        costs = costs_of(self.case, self.name)
        for amount in costs:
            self.coverage.show(amount.label.origin, amount.label, amount.fact.text)
        return costs

    def _steps(self) -> tuple[Step, ...]:
        steps = steps_of(self.case, self.name)
        for step in steps:
            self.coverage.show(step.name.origin, step.name, step.when.text if step.when else None)
            for detail in step.details:
                self.coverage.show(detail.origin, detail)
        return steps

    def _points(self, pairs: tuple[Pair, ...]) -> tuple[Point, ...]:
        """Return the pairs; () when none has a second side: the source's own list says the same better."""
        if not any(pair.text for pair in pairs):
            return ()
        headers = [self.coverage.header_of(pair.origin) for pair in pairs]
        one_table = bool(headers[0]) and len(set(headers)) == 1
        points = []
        for pair, header in zip(pairs, headers, strict=True):
            cells = self.coverage.cells_of(pair.origin)
            text, extra = pair.text, cells[2:] if cells[:2] == (pair.label, pair.text) else ()
            if one_table and len(cells) > 2 and cells[0] == pair.label and pair.text in cells[2:]:
                text, extra = cells[1], cells[2:]  # the measure is not the second column: the row as the source has it
            self.coverage.show(pair.origin, pair.label, text, *extra)
            points.append(
                Point(
                    Quote(pair.label, pair.origin),
                    Quote(text, pair.origin),
                    tuple(Quote(each, pair.origin) for each in extra),
                    header,
                )
            )
        return tuple(points)

    def _check(self, check: FactCheck) -> Check:
        titles = [link.title or link.url for link in check.links]
        self.coverage.show(check.origin, check.item, check.verdict_raw, check.source, *titles)
        self.coverage.show(check.origin, *(link.url for link in check.links))
        return Check(
            item=Quote(check.item, check.origin),
            verdict=VERDICTS[check.verdict],
            verdict_raw=Quote(check.verdict_raw, check.origin),
            source=Quote(check.source, check.origin) if check.source else None,
            links=check.links,
            header=self.coverage.header_of(check.origin),
        )

    def _profile(self) -> tuple[Row, ...]:
        rows = [self._row(pair) for pair in self.case.profile]
        if rows:
            return tuple(rows)
        case = self.case
        known: list[tuple[str, Fact | Quote | None]] = [
            ("企業・組織", self._plain("company", case.company)),
            ("英語名", self._plain("company_en", case.company_en)),
            ("国", self._plain("country", case.country)),
            ("業界", self._plain("industry_raw[0]", "、".join(case.industry_raw))),
            ("従業員数", self._amount("employees", "従業員数", case.employees, case.employees_origin)),
            ("本社", self._plain("headquarters", case.headquarters)),
        ]
        return tuple(Row(label, (value,)) for label, value in known if value is not None)

    def _adoption(self, start: Fact | None, profile: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return the source's own summary, completed from elsewhere, without what the profile says."""
        case = self.case
        known = {(row.label, row.values) for row in profile}
        rows = [row for pair in case.adoption if ((row := self._row(pair)).label, row.values) not in known]
        told = "".join(str(value.text) for row in (*profile, *rows) for value in row.values)
        extra: list[Row] = []
        if case.ai_tools and not all(tool.text in told for tool in case.ai_tools):
            extra.append(Row("AIツール", case.ai_tools))
        if case.vendors and not all(vendor.text in told for vendor in case.vendors):
            extra.append(Row("ベンダー・パートナー", case.vendors))
        if start is not None and start.text not in told:
            extra.append(Row("AI導入時期", (start,)))
        if case.scope is not None and case.scope.text not in told:
            extra.append(Row("対象範囲", (case.scope,)))
        for quote in (*case.ai_tools, *case.vendors, *((case.scope,) if case.scope else ())):
            self.coverage.show(quote.origin, quote)
        if case.duration is not None and case.duration.text not in told:
            extra.append(self._row(case.duration))
        return (*rows, *extra)

    def _row(self, pair: Pair) -> Row:
        line = self.coverage.line_at(pair.origin)
        links = line.links if line is not None else ()
        titles = [link.title or link.url for link in links]
        cells = self.coverage.cells_of(pair.origin)
        extra = [cell for cell in cells[2:] if cell.strip(" -–") and not any(title in cell for title in titles)]
        remark = tuple(Quote(cell, pair.origin) for cell in extra) if cells[:2] == (pair.label, pair.text) else ()
        self.coverage.show(pair.origin, pair.label, pair.text, *titles, *remark)
        return Row(Quote(pair.label, pair.origin), (Quote(pair.text, pair.origin),), links, remark)

    # --- the source's own text ---

    def _told(self) -> tuple[tuple[tuple[str, tuple[Passage, ...]], ...], tuple[RestSection, ...]]:
        told: list[tuple[str, tuple[Passage, ...]]] = []
        longer: dict[str, list[Passage]] = {}
        for chapter in dict.fromkeys(CHAPTERS.values()):
            sections = [section for section in self.case.sections if CHAPTERS.get(section.kind) == chapter]
            passages, later = brief(passages_of(sections, self.coverage))
            if passages:
                told.append((chapter, passages))
            if later:
                longer.setdefault(CHAPTER_TITLES[chapter], []).extend(later)
        rest = (RestSection(Quote(title, later[0].text.origin), tuple(later)) for title, later in longer.items())
        return tuple(told), tuple(rest)

    def _show_links(self, links: Iterable[Link]) -> None:
        for link in links:
            self.coverage.show(link.origin, link.title, link.url)

    def _other_links(self) -> tuple[Link, ...]:
        """Return links of the text whose address is not among the references, each address once."""
        known = {link.url for link in self.case.references}
        found: dict[str, Link] = {}
        for link in self._links():
            if link.url and link.url not in known:
                found.setdefault(link.url, link)
        return tuple(found.values())

    def _links(self) -> Iterator[Link]:
        """Yield every link of the file: in the title, in headings, in lines."""
        yield from self.case.title_links
        for section in self.case.sections:
            yield from section.links
            for line in section.lines:
                yield from line.links

    def _outline(self) -> tuple[Outline, ...]:
        found = []
        joined = len(self.files) > 1
        file = ""
        for section in self.case.sections:
            origin = section.origin
            if joined and origin.source != file:
                file = origin.source
                title = self.index.citation(origin)
                found.append(Outline(Quote(title, origin), (Quote(file, origin),), "", Quote("", origin)))
            bare = self.coverage.account(section).bare
            headings = tuple(
                Quote("・".join(line.cells) if line.kind == "row" else line.text, line.origin)
                for line, is_bare in zip(section.lines, bare, strict=True)
                if is_bare or line.kind in {"heading", "label"} or (line.kind == "row" and line.header)
            )
            if section.title or headings:
                found.append(
                    Outline(
                        title=Quote(section.title or self.case.title, origin),
                        headings=tuple(dict.fromkeys(headings)),
                        chapter=CHAPTER_TITLES[CHAPTERS.get(section.kind, REST)],
                        place=Quote(f"{origin.line}行", origin),
                    )
                )
        return tuple(found)

    # --- doubts ---

    def _findings(self) -> tuple[Finding, ...]:
        return self.index.doubts.about(f"case:{self.case.id}")

    def _doubt(self, number: int, finding: Finding) -> Doubt:
        sides = tuple(
            Side(
                evidence.label,
                Fact(
                    f"finding/case/{self.case.id}/{number}/{side}",
                    f"{self.name}：{evidence.label}",
                    Quantity(evidence.text),
                    evidence.text,
                    (evidence.origin,) if evidence.origin else (),
                    Derivation("データの点検で比べた値", "check", parameters=(("code", finding.code),)),
                ),
                evidence.origin.place() if evidence.origin else "",
            )
            for side, evidence in enumerate(finding.evidence, start=1)
        )
        origin = finding.origin or self.case.origin
        return Doubt(finding.severity, Quote(finding.message, origin), sides, finding.fix, origin.place())

    # --- facts ---

    def _count(self, what: str, label: str, members: Iterable[str], unit: str = "件") -> Fact:
        return count_fact(f"{what}/case/{self.case.id}", f"{self.name}の{label}", members, unit)

    def _amount(self, part: str, label: str, amount: Quantity | None, origin: Origin | None) -> Fact | None:
        if amount is None or not amount.raw:
            return None
        return stated_fact(f"case/{self.case.id}/{part}", f"{self.name}の{label}", amount, origin or self.case.origin)

    def _plain(self, field: str, words: str | None) -> Quote | None:
        return Quote(words, self.case.place_of(field)) if words else None

    def _period(self, part: str, label: str, period: Period | None, origin: Origin | None) -> Fact | None:
        if period is None or not period.raw:
            return None
        place = Quote(label, origin or self.case.origin)
        return period_fact(f"case/{self.case.id}/{part}", f"{self.name}の{label}", period, place)


def _files(case: Case) -> tuple[Origin, ...]:
    """Return the place of the case in each file that it was read from; a joined case has several."""
    first = {case.origin.source: case.origin}
    for section in case.sections:
        if section.source not in first:
            first[section.source] = section.origin
    return tuple(first.values())


def _apart(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels without those that a longer one says too: `建設・土木` beside `建設・土木工事`."""
    return tuple(label for label in labels if not any(label != other and label in other for other in labels))
