"""One case study, with everything its file said.

Recognised fields stand in typed attributes; the whole text also stands in `sections`, so that nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportkit.base.origin import Origin, Quote, origin_at
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity

Verdict = Literal["confirmed", "partial", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Link:
    """A reference: title as written ("" for a bare address), address ("" when only a title is given), place."""

    title: str
    url: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Metric:
    """One effect of the case.

    label: what was measured; raw: the cells that state it, as written, joined by ` | `.
    value: the stated amount (`毎月削減時間 5万時間`); None when the row gives before and after instead.
    before, after: both states, when given.
    change: the stated rate of change, with its unit: % or ポイント or 倍 (`325%増`); reductions are negative.
    is_target: a target, plan or forecast, not a result.
    direction: up or down as the source says it, "" when it does not.
    note: remark column, as written.
    period: the year that the heading of its column names, in tables with a column for each year.
    """

    label: str
    raw: str
    origin: Origin
    value: Quantity | None = None
    before: Quantity | None = None
    after: Quantity | None = None
    change: Quantity | None = None
    note: Quote | None = None
    is_target: bool = False
    direction: Literal["up", "down", ""] = ""
    period: Period | None = None

    @property
    def change_percent(self) -> Decimal | None:
        """Return the stated change in percent, or None."""
        return self._change_in("%")

    @property
    def change_points(self) -> Decimal | None:
        """Return the stated change in percentage points, or None."""
        return self._change_in("ポイント")

    @property
    def change_factor(self) -> Decimal | None:
        """Return the stated factor (3倍 is 3), or None."""
        return self._change_in("倍")

    def _change_in(self, unit: str) -> Decimal | None:
        if self.change is None or self.change.unit != unit:
            return None
        return self.change.value


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of the introduction: its name, when, and what the source says about it."""

    name: str
    origin: Origin
    period: Period | None = None
    details: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What the file's author checked: the claim, the verdict in our three words and as written, and the source."""

    item: str
    verdict: Verdict
    verdict_raw: str
    origin: Origin
    source: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cells or a label and its text that belong together: issue and measure, factor and detail, label and value."""

    label: str
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Cost:
    """Money or pay-back as stated: 初期投資, 年間運用費, 年間効果, 初期投資回収期間."""

    label: str
    quantity: Quantity
    origin: Origin


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of a section's text: a paragraph line, a list item, a table row, a bold label, a code line.

    source, number: the file and the line in it. kind: what it was; level: depth of a list item, or of a sub-heading.
    text: the words without Markdown marks, "" for a table row, whose words are its cells; links stand in `links`.
    cells: the cells of a table row.
    header: a table row that holds the headings.
    """

    kind: Literal["text", "item", "number", "row", "label", "heading", "code", "quote"]
    text: str
    source: str
    number: int
    level: int = 0
    cells: tuple[str, ...] = ()
    header: bool = False
    links: tuple[Link, ...] = ()

    @property
    def origin(self) -> Origin:
        """Return the place; made when asked for, for most lines are never asked."""
        return origin_at(self.source, self.number, 0)

    @property
    def words(self) -> str:
        """Return the text, or the cells of a row joined by ` | `."""
        return self.text or " | ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Section:
    """A level-2 section with everything in it, sub-headings included as lines.

    source, number: the file and the line of the heading, or the first line of a section without one.
    kind: canonical kind (`basic_info`, `quant_effect`, `outlook` ...), "other" when no synonym fits.
    links: those in the heading itself; the links of a line stand with the line.
    """

    title: str
    kind: str
    source: str
    number: int
    lines: tuple[Line, ...]
    links: tuple[Link, ...] = ()

    @property
    def origin(self) -> Origin:
        """Return the place, made when asked for."""
        return origin_at(self.source, self.number, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Absent fields are None or empty; nothing is guessed.

    id: `case_id` of the file where there is one, else the file's number, else a slug of the company.
    id_origin: where the id is written; None when it had to be made from the name of the company.
    industry_raw: every industry label found, in order; sectors: canonical names that they map to.
    remarks: comments and other lines of the front matter beside its keys.
    file_sections: what the file says about all of its cases together; stands with the first of them only.
    joined: ids of the cases that a `[[join]]` of the taxonomy put into this one.
    placeholder: the file is a form that nobody has filled in.
    verified: False when the file itself says that its contents are not verified.
    title_links: links in the title line.
    places: where each field of plain words is written, by its name (`company`, `sectors[0]`); see `place_of`.
    """

    id: str
    title: str
    origin: Origin
    dialect: str
    company: str | None = None
    company_en: str | None = None
    country: str | None = None
    industry_raw: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    employees: Quantity | None = None
    employees_origin: Origin | None = None
    headquarters: str | None = None
    founded: Period | None = None
    adoption_start: Period | None = None
    adoption_origin: Origin | None = None
    published: Period | None = None
    ai_tools: tuple[Quote, ...] = ()
    vendors: tuple[Quote, ...] = ()
    scope: Quote | None = None
    profile: tuple[Pair, ...] = ()
    adoption: tuple[Pair, ...] = ()
    metrics: tuple[Metric, ...] = ()
    qualitative: tuple[Quote, ...] = ()
    background: tuple[Quote, ...] = ()
    costs: tuple[Cost, ...] = ()
    phases: tuple[Phase, ...] = ()
    duration: Pair | None = None
    success_factors: tuple[Pair, ...] = ()
    issues: tuple[Pair, ...] = ()
    outlook: tuple[Quote, ...] = ()
    lessons: tuple[Quote, ...] = ()
    fact_checks: tuple[FactCheck, ...] = ()
    references: tuple[Link, ...] = ()
    footer: tuple[Pair, ...] = ()
    front_matter: tuple[Pair, ...] = ()
    sections: tuple[Section, ...] = ()
    section_count: int = 0
    verified: bool = True
    id_origin: Origin | None = None
    remarks: tuple[Quote, ...] = ()
    file_sections: tuple[Section, ...] = ()
    joined: tuple[str, ...] = ()
    placeholder: bool = False
    title_links: tuple[Link, ...] = ()
    places: tuple[tuple[str, Origin], ...] = ()

    def place_of(self, name: str) -> Origin:
        """Return where a field without a place of its own is written; what is not known stands at the title."""
        return next((origin for field, origin in self.places if field == name), self.origin)
