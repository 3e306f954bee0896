"""What changed between two issues of a document: two ledgers in, `Changes` out.

Facts are matched by id, sections by their headings, findings by what they are about; the order of anything does not
count. A fact that moved names its causes: the stated facts below it whose words in the source changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reportkit.audit.entries import ChartEntry, FindingEntry, Heading, Ledger, LedgerFact, Place, Stated

_EARLIER = "earlier"

Key = tuple[str, int]  # id, and which of several facts of one id


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a fact moved: a stated fact below it, as the source had it before and has it now; None where it has not.

    what: said instead for what has no source line: `数えたもの：＋863、−911`, `計算のしかた`.
    """

    label: str
    old: Stated | None = None
    new: Stated | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact whose amount (or words) changed.

    old_text, new_text: as printed first; section: where in the new document; difference: new − old, None when one of
    them has no single value or the units differ.
    """

    id: str
    label: str
    old: LedgerFact
    new: LedgerFact
    old_text: str
    new_text: str
    section: str
    difference: Decimal | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A fact that is printed in one of the two documents only."""

    id: str
    label: str
    fact: LedgerFact
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, in the order of the new document, what is gone in that of the old one."""

    old: Ledger
    new: Ledger
    moved: tuple[Moved, ...] = ()
    appeared: tuple[Single, ...] = ()
    gone: tuple[Single, ...] = ()
    sections_appeared: tuple[str, ...] = ()
    sections_gone: tuple[str, ...] = ()
    findings_appeared: tuple[FindingEntry, ...] = ()
    findings_settled: tuple[FindingEntry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (
            self.moved or self.appeared or self.gone or self.sections_appeared or self.sections_gone
            or self.findings_appeared or self.findings_settled
        )  # fmt: skip


def compare_ledgers(old: Ledger, new: Ledger) -> Changes:
    """Return what changed from one document to the next. Only what is printed or drawn counts as a fact."""
    before, after = _Shown(old), _Shown(new)
    return Changes(
        old,
        new,
        tuple(_moved(before, after)),
        tuple(after.single(key) for key in after.keys if key not in before.facts),
        tuple(before.single(key) for key in before.keys if key not in after.facts),
        _sections(new, old),
        _sections(old, new),
        _findings(new, old),
        _findings(old, new),
    )


class _Shown:
    """The facts of a document that its reader sees, by id, each with its first printed form and its section."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        counts: dict[str, int] = {}
        self.every: dict[Key, LedgerFact] = {}
        numbers: dict[int, Key] = {}
        for fact in ledger.facts:
            counts[fact.id] = counts.get(fact.id, 0) + 1
            key = (fact.id, counts[fact.id])
            self.every[key], numbers[fact.n] = fact, key
        self.text: dict[Key, tuple[str, ...]] = {}  # every printed form, in order
        self.section: dict[Key, str] = {}
        of_box = _about_earlier(ledger)
        for index, item in enumerate(ledger.items):
            printed = [(item.fact, item.text)] if isinstance(item, Place) and item.fact else []
            if isinstance(item, ChartEntry):
                printed = [(number, "") for number in item.facts()]
            for number, text in printed:
                if number not in of_box:
                    key = numbers[number]
                    self.section.setdefault(key, " › ".join(one.text for one in ledger.headings_of[index]))
                    known = self.text.setdefault(key, ())
                    if text and text not in known:
                        self.text[key] = (*known, text)
        self.facts = {key: self.every[key] for key in self.text}

    @property
    def keys(self) -> Sequence[Key]:
        """Return the keys in the order of the document."""
        return tuple(self.text)

    def printed(self, key: Key) -> str:
        """Return a fact as printed, or as the amount when it is only drawn."""
        fact = self.every[key]
        return next(iter(self.text.get(key, ())), "") or amount_text(fact) or _raw(fact)

    def single(self, key: Key) -> Single:
        """Return a fact that the other document does not have."""
        fact = self.facts[key]
        return Single(fact.id, fact.label, fact, self.printed(key), self.section[key])


def _about_earlier(ledger: Ledger) -> set[int]:
    """Return the facts that tell of an earlier issue, and those computed from them: they belong to the change box."""
    found: set[int] = set()
    grown = True
    while grown:
        grown = False
        for fact in ledger.facts:
            derivation = fact.derivation
            if fact.n in found or derivation is None:
                continue
            if derivation.operation == _EARLIER or found.intersection(derivation.inputs):
                found.add(fact.n)
                grown = True
    return found


def _moved(before: _Shown, after: _Shown) -> Iterator[Moved]:
    for key in after.keys:
        if key not in before.facts:
            continue
        old, new = before.facts[key], after.facts[key]
        if not _differ(old, new):
            continue
        old_text, new_text = _both(before, after, key)
        same_unit = old.value is not None and new.value is not None and old.unit == new.unit
        yield Moved(
            new.id,
            new.label,
            old,
            new,
            old_text,
            new_text,
            after.section[key],
            (new.value or Decimal(0)) - (old.value or Decimal(0)) if same_unit else None,
            tuple(_causes(before, after, old, new)),
        )


def _both(before: _Shown, after: _Shown, key: Key) -> tuple[str, str]:
    """Return both printed forms: alike in form and different, or the amounts as exact as is needed to tell them apart.

    1.6兆円 stays 1.6兆円 when 15,570億円 become 15,670億円.
    """
    for text in before.text[key]:
        for other in after.text[key]:
            if text != other and _form(text) == _form(other):
                return text, other
    old, new = before.facts[key], after.facts[key]
    for decimals in range(_MOST_DECIMALS + 1):
        texts = amount_text(old, decimals), amount_text(new, decimals)
        if texts[0] != texts[1] and all(texts):
            return texts
    return before.printed(key), after.printed(key)


def _form(text: str) -> str:
    """Return the words of a printed number without its digits; a bare number is no form that tells its unit."""
    words = re.sub(r"[\d,.+−-]+", "0", text)
    return words if words != "0" else text


def _differ(old: LedgerFact, new: LedgerFact) -> bool:
    if old.amount != new.amount:
        return True
    if old.value is not None or old.low is not None or old.high is not None:
        return False
    return [_words(one.raw) for one in old.origins] != [_words(one.raw) for one in new.origins]


def _causes(before: _Shown, after: _Shown, old: LedgerFact, new: LedgerFact) -> Iterator[Cause]:
    roots = {fact.id: fact for fact in before.ledger.roots(old)}
    now = {fact.id: fact for fact in after.ledger.roots(new)}
    told = False
    for identifier, fact in now.items():
        earlier = roots.get(identifier)
        if earlier is None or _differ(earlier, fact):
            told = True
            yield Cause(fact.label, _first(earlier), _first(fact))
    for identifier, fact in roots.items():
        if identifier not in now:
            told = True
            yield Cause(fact.label, _first(fact), None)
    for cause in _counted(before.ledger, after.ledger, old, new):
        told = True
        yield cause
    if not told:
        yield Cause(new.label, what="計算のしかた" if new.derivation else "読み方")


def _counted(one: Ledger, other: Ledger, old: LedgerFact, new: LedgerFact) -> Iterator[Cause]:
    """Yield what counts below a fact count more or less of."""
    before = {fact.id: fact for fact in _below(one, old)}
    for fact in _below(other, new):
        earlier = before.get(fact.id)
        if fact.derivation is None or fact.derivation.operation != "count" or earlier is None:
            continue
        members, known = fact.derivation.members, earlier.derivation.members if earlier.derivation else ()
        more = [member for member in members if member not in known]
        less = [member for member in known if member not in members]
        if more or less:
            words = [f"＋{member}" for member in more] + [f"−{member}" for member in less]
            yield Cause(fact.label, what=f"数えたもの：{'、'.join(words)}")


def _below(ledger: Ledger, fact: LedgerFact) -> Iterator[LedgerFact]:
    seen: set[int] = set()
    stack = [fact]
    while stack:
        one = stack.pop()
        if one.n not in seen:
            seen.add(one.n)
            yield one
            stack.extend(ledger.inputs(one))


def _first(fact: LedgerFact | None) -> Stated | None:
    return fact.origins[0] if fact is not None and fact.origins else None


def _sections(ledger: Ledger, other: Ledger) -> tuple[str, ...]:
    """Return the sections that only the first has; of a section that is new as a whole, not its parts."""
    known = {path for path, _ in _paths(other)}
    found: list[tuple[str, ...]] = []
    for path, _ in _paths(ledger):
        if path not in known and path[:-1] not in found and path not in found:
            found.append(path)
    return tuple(" › ".join(path) for path in found)


def _paths(ledger: Ledger) -> Iterator[tuple[tuple[str, ...], Heading]]:
    for index, item in enumerate(ledger.items):
        if isinstance(item, Heading):
            yield tuple(one.text for one in ledger.headings_of[index]), item


def _findings(ledger: Ledger, other: Ledger) -> tuple[FindingEntry, ...]:
    known = {key for finding in other.findings for key in _about(other, finding)}
    return tuple(finding for finding in ledger.findings if known.isdisjoint(_about(ledger, finding)))


def _about(ledger: Ledger, finding: FindingEntry) -> set[tuple[str, ...]]:
    """Return what makes a finding the same in another issue: code and first sentence without numbers, or facts."""
    keys: set[tuple[str, ...]] = {(finding.code, re.sub(r"[\d,.]+", "0", _words(finding.message).split("。")[0]))}
    if finding.facts:
        keys.add((finding.code, "facts", *sorted(ledger.fact(number).id for number in finding.facts)))
    return keys


def _words(text: str) -> str:
    return "".join(text.split())


def amount_text(fact: LedgerFact, decimals: int | None = None) -> str:
    """Return an amount for people when no printed form serves: `15,570億円`, `24%`, `16〜25%`; "" for none.

    decimals: how many to round to; None for all there are.
    """
    numbers = [number for number in (fact.value, fact.low, fact.high) if number is not None]
    if not numbers:
        return ""
    if fact.unit == "位" and fact.value is not None:
        return f"第{fact.value:f}位"
    size = max(abs(number) for number in numbers)
    scale, unit = next((one for one in _SCALES if fact.unit == "円" and size >= one[0]), (Decimal(1), fact.unit))
    return "〜".join(decimal_text(number / scale, decimals) for number in numbers) + unit


def decimal_text(number: Decimal, decimals: int | None = None) -> str:
    """Return a number with thousands separators, rounded, zeros behind the point left out."""
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{number:,f}".replace("-", "−")
    return text.rstrip("0").rstrip(".") if "." in text else text


def difference_text(moved: Moved) -> str:
    """Return by how much a fact moved, with sign and unit: `+100億円`, `−0.3ポイント`; "" where that says nothing."""
    if moved.difference is None or not moved.difference or moved.new.unit == "位":
        return ""
    size = max(abs(moved.old.value or Decimal(0)), abs(moved.new.value or Decimal(0)))
    unit = "ポイント" if moved.new.unit == "%" else moved.new.unit
    scale, unit = next((one for one in _SCALES if unit == "円" and size >= one[0]), (Decimal(1), unit))
    exact = abs(moved.difference) / scale
    decimals = next((count for count in range(_MOST_DECIMALS) if exact.quantize(Decimal(1).scaleb(-count))), 2)
    whole = exact == exact.to_integral_value()
    text = decimal_text(exact, 0 if whole or (exact > _MANY and scale > 1) else max(decimals, 1))
    return f"{'+' if moved.difference > 0 else '−'}{text}{unit}"


def _raw(fact: LedgerFact) -> str:
    return next((one.raw for one in fact.origins), "")


_MOST_DECIMALS = 4
_MANY = 10  # of a larger amount of money, decimals say nothing
_SCALES: Sequence[tuple[Decimal, str]] = ((Decimal(10) ** 8, "億円"), (Decimal(10) ** 4, "万円"))
