"""Where a number comes from: a ledger and what somebody asks for in, chains from the printed number to the source out.

Asked for is a number in any of its forms (3,711億円, 3711, ３，７１１), the id of a fact, or a heading. The other way
round: which numbers of a document rest on a line of a source.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reportkit.audit.entries import ChartEntry, Heading, Ledger, LedgerFact, Place, TableEntry
from reportkit.audit.numerals import Amount, mismatch, plain, read_amounts
from reportkit.audit.page import Page
from reportkit.base.origin import Origin

_SCALES = (1, 10**4, 10**6, 10**8, 10**9, 10**12)
_SIZED = frozenset({"円", "usd", "eur", "%", "ポイント", "秒", "分", "時間", "日", "ヶ月", "年"})
_NEAR = 5  # numbers that are proposed when nothing fits


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where a fact shows: its words there ("" when drawn), the section, and the table cell or the chart.

    now: what stands there now, when somebody has changed the page; "" when it is what the ledger says.
    """

    text: str
    section: str
    where: str = ""
    place: int = 0
    now: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact that fits what was asked for, with the places where it shows; nearness 0 is an exact fit."""

    fact: LedgerFact
    spots: tuple[Spot, ...]
    nearness: int = 0


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """Words of a source that hold what was asked for."""

    text: str
    origin: Origin | None
    section: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. kind: as what the question was taken; near: printed numbers to propose when nothing fits."""

    kind: str
    hits: tuple[Hit, ...] = ()
    quotes: tuple[QuoteHit, ...] = ()
    near: tuple[str, ...] = ()


class Index:
    """Where the facts of a ledger show. now: what stands at a place by its bookmark, when the page was read too."""

    def __init__(self, ledger: Ledger, now: Mapping[str, str] | None = None) -> None:
        self.ledger, self.now = ledger, now or {}

    @cached_property
    def spots(self) -> Mapping[int, tuple[Spot, ...]]:
        """Return, by the number of a fact, where it is printed and drawn, in reading order."""
        found: dict[int, list[Spot]] = {}
        for index, item in enumerate(self.ledger.items):
            section = self._section(index)
            if isinstance(item, Place) and item.fact:
                here = self.now.get(item.bookmark, item.text)
                edited = "" if _squeezed(here) == _squeezed(item.text) else here.strip()
                spot = Spot(item.text, section, self._cells.get(item.n, ""), item.n, edited)
                found.setdefault(item.fact, []).append(spot)
            elif isinstance(item, ChartEntry):
                for number in item.facts():
                    found.setdefault(number, []).append(Spot("", section, item.label or item.name))
        return {number: tuple(spots) for number, spots in found.items()}

    def hit(self, fact: LedgerFact, nearness: int = 0) -> Hit:
        """Return a fact with its places."""
        return Hit(fact, self.spots.get(fact.n, ()), nearness)

    def quotes(self) -> Iterator[QuoteHit]:
        """Yield the quoted words of the document with their sections."""
        for index, item in enumerate(self.ledger.items):
            if isinstance(item, Place) and item.quote:
                quote = self.ledger.quote(item.quote)
                yield QuoteHit(quote.text, quote.origin, self._section(index))
            elif isinstance(item, TableEntry):
                pieces = (piece for row in item.rows for cell in row for piece in cell if not isinstance(piece, str))
                for piece in pieces:
                    if piece.kind == "quote":
                        quote = self.ledger.quote(piece.n)
                        yield QuoteHit(quote.text, quote.origin, f"{self._section(index)} › {_name(item)}")

    def _section(self, index: int) -> str:
        return " › ".join(heading.text for heading in self.ledger.headings_of[index])

    @cached_property
    def _cells(self) -> Mapping[int, str]:
        """Return the table cell of each place that stands in one: `表2「医療」×「合計」`."""
        found = {}
        for table in self.ledger.of(TableEntry):
            for row_number, row in enumerate(table.rows):
                for column, cell in enumerate(row):
                    for piece in cell:
                        if not isinstance(piece, str) and piece.kind == "place":
                            found[piece.n] = self._cell(table, row_number, column)
        return found

    def _cell(self, table: TableEntry, row: int, column: int) -> str:
        first = self._words(table, row, 0) if column else ""
        head = self._words(table, table.header - 1, column) if row >= table.header > 0 else ""
        labels = "×".join(f"「{label}」" for label in (first, head) if label)
        return f"{_name(table)} {row + 1}行{column + 1}列{labels}"

    def _words(self, table: TableEntry, row: int, column: int) -> str:
        if not (0 <= row < len(table.rows) and column < len(table.rows[row])):
            return ""
        words = []
        for piece in table.rows[row][column]:
            if isinstance(piece, str):
                words.append(piece)
            elif piece.kind == "quote":
                words.append(self.ledger.quote(piece.n).text)
            else:
                words.append(self.ledger.places[piece.n].text)
        return " ".join("".join(words).split())


def _name(table: TableEntry) -> str:
    return table.name or f"表（{table.id}）"


def printed_now(page: Page) -> dict[str, str]:
    """Return what stands on the page at each bookmark."""
    return {mark.name: story.text[mark.start : mark.end] for story in page.stories() for mark in story.bookmarks}


def trace(ledger: Ledger, question: str, now: Mapping[str, str] | None = None) -> Answer:
    """Return the facts that fit a question, nearest first; when there is none, the nearest numbers of the document.

    now: what stands on the page by bookmark (`printed_now`), so that an edited number is found as well.
    """
    index = Index(ledger, now)
    asked = question.strip()
    by_id = [fact for fact in ledger.facts if fact.id == asked]
    if by_id:
        return Answer("id", tuple(index.hit(fact) for fact in by_id))
    headings = _headings(ledger, asked)
    if headings:
        return Answer("heading", tuple(_under(index, headings)))
    hits = _numbers(index, asked)
    quotes = tuple(dict.fromkeys(quote for quote in index.quotes() if plain(asked) in plain(quote.text)))
    if hits or quotes:
        return Answer("number", tuple(hits), quotes)
    return Answer("nothing", near=_nearest(index, asked))


def _headings(ledger: Ledger, asked: str) -> list[int]:
    """Return the positions of the headings that are asked for: the same words, else words that hold them."""
    found = [(position, item.text) for position, item in enumerate(ledger.items) if isinstance(item, Heading)]
    wanted = _squeezed(asked)
    same = [position for position, text in found if _squeezed(text) == wanted]
    if same or read_amounts(asked) or not wanted:
        return same
    return [position for position, text in found if wanted in _squeezed(text)]


def _under(index: Index, positions: Sequence[int]) -> Iterator[Hit]:
    """Yield the facts of the sections that begin at these positions."""
    seen: set[int] = set()
    items = index.ledger.items
    for position in positions:
        start = items[position]
        level = start.level if isinstance(start, Heading) else 0
        for item in items[position + 1 :]:
            if isinstance(item, Heading) and item.level <= level:
                break
            numbers = [item.fact] if isinstance(item, Place) else item.facts() if isinstance(item, ChartEntry) else ()
            for number in numbers:
                if number and number not in seen:
                    seen.add(number)
                    yield index.hit(index.ledger.fact(number))


def _numbers(index: Index, asked: str) -> list[Hit]:
    amounts = read_amounts(asked)
    hits: dict[int, int] = {}
    for fact in index.ledger.facts:
        fits = [
            fit
            for spot in index.spots.get(fact.n, ())
            for text in dict.fromkeys((spot.text, spot.now or spot.text))
            if (fit := _fit(asked, amounts, fact, text)) is not None
        ]
        if fits:
            hits[fact.n] = min(fits)
    return [index.hit(index.ledger.fact(number), fit) for number, fit in sorted(hits.items(), key=lambda one: one[1])]


def _fit(asked: str, amounts: Sequence[Amount], fact: LedgerFact, text: str) -> int | None:
    """Return how well a printed number fits, None for not at all.

    0: the same words; 1: the same digits; 2: the same amount; 3: the amount, rounded as it was asked for.
    """
    if text and _squeezed(text) == _squeezed(asked):
        return 0
    if not amounts:
        return None
    one = amounts[0]
    bare = not one.unit and not one.scaled
    if text and bare and any(_digits(other, text) == _digits(one, asked) for other in read_amounts(text)):
        return 1
    ends = [number for number in (fact.value, fact.low, fact.high) if number is not None]
    if not bare and not _same_kind(one.unit, fact.unit):
        return None
    if not bare and any(not mismatch(asked, number, None, None, fact.unit, exact=True) for number in ends):
        return 2
    if bare and not text and any(_is_scaled(one.value, number) for number in ends):
        return 2
    if not bare and text and any(not mismatch(asked, number, None, None, fact.unit) for number in ends):
        return 3
    return None


def _same_kind(asked: str, unit: str) -> bool:
    """Tell whether units may be compared: 6位 is not 6件, but 3名 are 3人, and money and time have several sizes."""
    own = unit.lower()
    return not asked or not own or own in _SIZED or asked.startswith(own) or (asked, own) == ("名", "人")


def _digits(amount: Amount, text: str) -> str:
    return "".join(char for char in plain(text)[amount.start : amount.end] if char.isdigit() or char == ".")


def _is_scaled(value: Decimal, number: Decimal) -> bool:
    return any(abs(value) * scale == abs(number) for scale in _SCALES)


def _nearest(index: Index, asked: str) -> tuple[str, ...]:
    """Return the printed numbers and headings that look most like what was asked for."""
    texts = dict.fromkeys(spot.text for spots in index.spots.values() for spot in spots if spot.text)
    digits = "".join(char for char in plain(asked) if char.isdigit())
    if not digits:
        headings = [item.text for item in index.ledger.of(Heading)]
        return tuple(difflib.get_close_matches(asked, [*headings, *(fact.id for fact in index.ledger.facts)], _NEAR))

    value = read_amounts(asked)[0].value if read_amounts(asked) else Decimal(0)

    def distance(text: str) -> tuple[Decimal, float, str]:
        own = "".join(char for char in plain(text) if char.isdigit())
        numbers = [one.value for one in read_amounts(text)] or [Decimal(0)]
        near = min(abs(abs(number) - abs(value)) / max(abs(number), abs(value), Decimal(1)) for number in numbers)
        return near, -difflib.SequenceMatcher(None, digits, own).ratio(), text

    return tuple(sorted(texts, key=distance)[:_NEAR])


def _squeezed(text: str) -> str:
    return "".join(plain(text).split()).casefold()


# --- the other way ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """A number that rests on a line of a source. direct: it was read there; else it was computed from such a number."""

    hit: Hit
    direct: bool


def uses_of(ledger: Ledger, file: str, first: int, last: int) -> tuple[tuple[Use, ...], tuple[QuoteHit, ...]]:
    """Return the shown facts and the quotes that rest on lines first to last of a source (0, 0: anywhere in it)."""
    index = Index(ledger)
    direct = {fact.n for fact in ledger.facts if any(_on(one.origin, file, first, last) for one in fact.origins)}
    resting = ledger.resting_on(direct)
    uses = [Use(index.hit(fact), fact.n in direct) for fact in ledger.facts if fact.n in resting]
    shown = tuple(sorted((use for use in uses if use.hit.spots), key=lambda use: not use.direct))
    titles = {text for source in ledger.sources for text in (source.publication, source.title)}
    quotes = (
        one
        for one in index.quotes()
        if one.origin is not None and one.text not in titles and _on(one.origin, file, first, last)
    )
    return shown, tuple(dict.fromkeys(quotes))


def _on(origin: Origin, file: str, first: int, last: int) -> bool:
    if origin.source != file:
        return False
    return not first or (origin.line <= last and first <= max(origin.line, origin.end_line))
