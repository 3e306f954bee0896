"""What a ledger holds, as data. The schema is described in docs/ledger.md; every class here is one of its elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeVar

from reportkit.base.origin import Origin

Form = Literal["native", "picture"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A piece of a table cell that is told elsewhere: a place, or a quote that is a whole paragraph of the cell."""

    kind: Literal["place", "quote"]
    n: int


Cell = tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the document's numbers come from. digest: over what the document takes from it."""

    n: int
    file: str
    digest: str = ""
    title: str = ""
    publication: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a fact was written: the place, the words there, and the labels of the row and column it stands in.

    row, head: as the source prints them, "" outside of tables; the lines they stand on, 0 when unknown.
    """

    origin: Origin
    raw: str = ""
    row: str = ""
    row_line: int = 0
    head: str = ""
    head_line: int = 0


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact was computed.

    inputs: numbers of facts; parameters: what else the operation needs, as written; members: what a count counted.
    """

    operation: str
    formula: str = ""
    inputs: tuple[int, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """A number of the document, or one that went into a number of the document. Values are in base units."""

    n: int
    id: str
    label: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    per: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    origins: tuple[Stated, ...] = ()
    derivation: Derivation | None = None

    @property
    def amount(self) -> tuple[Decimal | None, Decimal | None, Decimal | None, str, str, tuple[str, ...]]:
        """Return what makes two facts the same amount."""
        return self.value, self.low, self.high, self.unit, self.qualifier, self.per


@dataclass(frozen=True, slots=True)
class LedgerQuote:
    """Words of a source that the document prints; origin None when several sources share them."""

    n: int
    text: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The start of a section; what follows in the ledger belongs to it."""

    n: int
    level: int
    bookmark: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A printed number (fact) or quoted words with digits (quote), between the marks of its bookmark."""

    n: int
    text: str
    fact: int = 0
    quote: int = 0

    @property
    def bookmark(self) -> str:
        """Return the name of the bookmark in the document."""
        return f"_rk{self.n}"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table: its rows, one entry for every cell, words as they are and numbers by their places.

    name: 表2, "" without caption. header: how many of the rows are heads. alt: what it shows, for who cannot see it.
    """

    name: str
    id: str
    rows: tuple[tuple[Cell, ...], ...]
    header: int = 0
    bookmark: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """A series of a chart: a fact's number for each category, None for a gap."""

    name: str
    points: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class BubbleEntry:
    """A bubble: numbers of facts; size None when it has none."""

    label: str
    x: int
    y: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class SpanEntry:
    """A row of a Gantt chart. start, end: ISO dates; end "" when it is open."""

    label: str
    fact: int
    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A reference line of a chart."""

    label: str
    fact: int
    axis: str = ""


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """A chart: what it draws by the numbers of facts. divisor: values are divided by it before they are drawn.

    name: of the drawing; label: 図3; titles: of the value axis and of the x axis.
    """

    name: str
    kind: str
    label: str = ""
    titles: tuple[str, ...] = ()
    divisor: Decimal = Decimal(1)
    x_divisor: Decimal = Decimal(1)
    form: Form = "native"
    bookmark: str = ""
    alt: str = ""
    alt_facts: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    bubbles: tuple[BubbleEntry, ...] = ()
    spans: tuple[SpanEntry, ...] = ()
    references: tuple[ReferenceEntry, ...] = ()

    def facts(self) -> tuple[int, ...]:
        """Return the numbers of all facts that it draws or names, each once."""
        drawn: list[int | None] = [point for one in self.series for point in one.points]
        for bubble in self.bubbles:
            drawn += (bubble.x, bubble.y, bubble.size)
        drawn += [span.fact for span in self.spans]
        drawn += [reference.fact for reference in self.references]
        drawn += self.alt_facts
        return tuple(dict.fromkeys(number for number in drawn if number))


@dataclass(frozen=True, slots=True)
class FootnoteEntry:
    """A footnote; after: the place behind which its mark stands."""

    n: int
    after: int
    text: str


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """A finding about facts of the document. comment: id of the Word comment that prints it, "" for none."""

    code: str
    severity: str
    message: str
    facts: tuple[int, ...] = ()
    origin: Origin | None = None
    fix: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One line of what the change box says, as the ledger has it."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""


Item = Heading | Place | TableEntry | ChartEntry | FootnoteEntry
_ItemKind = TypeVar("_ItemKind", Heading, Place, TableEntry, ChartEntry, FootnoteEntry)


@dataclass(frozen=True)
class Ledger:
    """The ledger of one document. items: everything bound to a place, in reading order."""

    kind: str
    subject: str
    title: str
    subtitle: str = ""
    organisation: str = ""
    edition: str = ""
    issue: int = 1
    date: str = ""
    vintage: str = ""
    reportkit: str = ""
    digest: str = ""
    seal: str = ""
    sources: tuple[Source, ...] = ()
    facts: tuple[LedgerFact, ...] = ()
    quotes: tuple[LedgerQuote, ...] = ()
    items: tuple[Item, ...] = ()
    findings: tuple[FindingEntry, ...] = ()
    changes: tuple[ChangeEntry, ...] = ()
    changes_since: str = ""
    computed_digest: str = ""
    computed_seal: str = ""

    def fact(self, n: int) -> LedgerFact:
        """Return a fact by its number in the ledger."""
        return self._facts[n]

    def quote(self, n: int) -> LedgerQuote:
        """Return a quote by its number in the ledger."""
        return self._quotes[n]

    def of(self, kind: type[_ItemKind]) -> Iterator[_ItemKind]:
        """Return the items of one class, in reading order."""
        return (item for item in self.items if isinstance(item, kind))

    @cached_property
    def places(self) -> Mapping[int, Place]:
        """Return the places by their number."""
        return {place.n: place for place in self.of(Place)}

    @cached_property
    def headings_of(self) -> Mapping[int, tuple[Heading, ...]]:
        """Return, for the index of every item, the headings above it, outermost first."""
        found: dict[int, tuple[Heading, ...]] = {}
        open_headings: tuple[Heading, ...] = ()
        for index, item in enumerate(self.items):
            if isinstance(item, Heading):
                open_headings = (*(one for one in open_headings if one.level < item.level), item)
            found[index] = open_headings
        return found

    def printed(self, n: int) -> tuple[Place, ...]:
        """Return the places that print a fact."""
        return self._printed.get(n, ())

    def inputs(self, fact: LedgerFact) -> tuple[LedgerFact, ...]:
        """Return the facts that a fact was computed from."""
        return tuple(self._facts[n] for n in fact.derivation.inputs) if fact.derivation else ()

    def roots(self, fact: LedgerFact) -> tuple[LedgerFact, ...]:
        """Return the stated facts below a fact (itself when it is one), in order, each once."""
        found: dict[int, LedgerFact] = {}
        seen: set[int] = set()
        stack = [fact]
        while stack:
            one = stack.pop()
            if one.n in seen:
                continue
            seen.add(one.n)
            if one.origins:
                found[one.n] = one
            stack.extend(reversed(self.inputs(one)))
        return tuple(found.values())

    def resting_on(self, numbers: Iterable[int]) -> set[int]:
        """Return these facts and all that were computed from them, by number."""
        found = set(numbers)
        stack = list(found)
        while stack:
            for number in self._users.get(stack.pop(), ()):
                if number not in found:
                    found.add(number)
                    stack.append(number)
        return found

    @cached_property
    def _users(self) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for fact in self.facts:
            for number in fact.derivation.inputs if fact.derivation else ():
                found[number] = (*found.get(number, ()), fact.n)
        return found

    @cached_property
    def _facts(self) -> Mapping[int, LedgerFact]:
        return {fact.n: fact for fact in self.facts}

    @cached_property
    def _quotes(self) -> Mapping[int, LedgerQuote]:
        return {quote.n: quote for quote in self.quotes}

    @cached_property
    def _printed(self) -> Mapping[int, tuple[Place, ...]]:
        found: dict[int, tuple[Place, ...]] = {}
        for place in self.of(Place):
            if place.fact:
                found[place.fact] = (*found.get(place.fact, ()), place)
        return found
