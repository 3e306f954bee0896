"""The elements of a ledger as entries, and everything that is wrong with them.

In: the root element. Out: a `Ledger`. What refers to nothing, is no number where one must be, or is computed from
itself is damage, and all of it is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element

from reportkit.audit.entries import (
    BubbleEntry,
    Cell,
    ChangeEntry,
    ChartEntry,
    Derivation,
    FindingEntry,
    FootnoteEntry,
    Form,
    Heading,
    Item,
    Ledger,
    LedgerFact,
    LedgerQuote,
    Place,
    Reference,
    ReferenceEntry,
    SeriesEntry,
    Source,
    SpanEntry,
    Stated,
    TableEntry,
)
from reportkit.audit.seals import CONTAINERS, fact_digest, local_name, seal_of
from reportkit.base.errors import AuditError, Problem
from reportkit.base.origin import Origin

VERSION = "1"
FAMILY = "urn:reportkit:ledger:"
NAMESPACE = f"{{{FAMILY}{VERSION}}}"
RESTORE = "作った時のファイルに戻すか、reportkit build で作り直してください"
_NUMBER = re.compile(r"-?\d{1,40}(?:\.\d{1,30})?")
_COUNT = re.compile(r"\d{1,9}")
_MOST_PROBLEMS = 20
_PIECES = re.compile(
    r"(?P<end>\|)|\{(?P<place>\d{1,9})\}|\{q(?P<quote>\d{1,9})\}|(?P<words>(?:\\.|[^\\|{])+|[\\{])", re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# Attributes that every derivation has; all others are parameters of its operation.
_OF_DERIVATION = frozenset({"operation", "formula", "inputs"})


class Reader:
    """Reads the elements of one ledger and gathers what is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.headings = self.places = self.footnotes = 0

    def read(self, root: Element) -> Ledger:
        """Return the ledger. Raises `AuditError` with everything that is wrong."""
        parts = {name: root.find(NAMESPACE + name) for name in CONTAINERS}
        for name in ("sources", "facts", "places"):
            if parts[name] is None:
                self._damaged(f"{name} がありません")
        sources = tuple(self._source(n, one) for n, one in enumerate(_children(parts["sources"], "source"), start=1))
        self.files = {source.n: source.file for source in sources}
        facts = tuple(self._fact(n, one) for n, one in enumerate(_children(parts["facts"], "fact"), start=1))
        quotes = tuple(self._quote(n, one) for n, one in enumerate(_children(parts["quotes"], "quote"), start=1))
        self.facts = {fact.n for fact in facts}
        self.quotes = {quote.n: quote.text for quote in quotes}
        self._check_inputs(facts)
        items = tuple(item for element in parts["places"] or () if (item := self._item(element)) is not None)
        self._check_cells(items)
        findings = tuple(self._finding(element) for element in _children(parts["findings"], "finding"))
        changes = parts["changes"]
        ledger = Ledger(
            kind=root.get("kind", ""),
            subject=root.get("subject", ""),
            title=root.get("title", ""),
            subtitle=root.get("subtitle", ""),
            organisation=root.get("organisation", ""),
            edition=root.get("edition", ""),
            issue=self._count(root, "issue", 1),
            date=root.get("date", ""),
            vintage=root.get("vintage", ""),
            reportkit=root.get("reportkit", ""),
            digest=root.get("facts", ""),
            seal=root.get("seal", ""),
            sources=sources,
            facts=facts,
            quotes=quotes,
            items=items,
            findings=findings,
            changes=tuple(
                ChangeEntry(local_name(element), dict(element.attrib), element.text or "")
                for element in (changes if changes is not None else ())
            ),
            changes_since=changes.get("since", "") if changes is not None else "",
            computed_digest=fact_digest(_children(parts["facts"], "fact")),
            computed_seal=seal_of(root),
        )
        if self.problems:
            more = len(self.problems) - _MOST_PROBLEMS
            shown = self.problems[:_MOST_PROBLEMS]
            if more > 0:
                shown.append(Problem(f"台帳の壊れた箇所がほかに {more} か所あります", RESTORE, self.name))
            raise AuditError(shown)
        return ledger

    # --- elements

    def _source(self, number: int, element: Element) -> Source:
        return Source(
            n=number,
            file=element.get("file", ""),
            digest=element.get("digest", ""),
            title=element.get("title", ""),
            publication=element.get("publication", ""),
            encoding=element.get("encoding", ""),
        )

    def _fact(self, number: int, element: Element) -> LedgerFact:
        derivations = _children(element, "derivation")
        fact = LedgerFact(
            n=number,
            id=element.get("id", ""),
            label=element.get("label", ""),
            value=self._decimal(element, "value"),
            low=self._decimal(element, "low"),
            high=self._decimal(element, "high"),
            unit=element.get("unit", ""),
            qualifier=element.get("qualifier", ""),
            per=tuple(element.get("per", "").split()),
            flags=tuple(element.get("flags", "").split()),
            origins=tuple(self._stated(one) for one in _children(element, "origin")),
            derivation=self._derivation(derivations[0]) if derivations else None,
        )
        if not fact.id:
            self._damaged(f"fact {number} に id がありません")
        if len(derivations) > 1:
            self._damaged(f"fact {number} に derivation が二つあります")
        if not fact.origins and fact.derivation is None:
            self._damaged(f"fact {number} に出典も計算もありません")
        return fact

    def _stated(self, element: Element) -> Stated:
        return Stated(
            origin=self._origin(element) or Origin(""),
            raw=element.text or "",
            row=element.get("row", ""),
            row_line=self._count(element, "row-line", 0),
            head=element.get("head", ""),
            head_line=self._count(element, "head-line", 0),
        )

    def _origin(self, element: Element) -> Origin | None:
        source = self._count(element, "source", 0)
        if not source:
            return None
        if source not in self.files:
            self._damaged(f"{local_name(element)} の出典 {source} が sources にありません")
            return None
        return Origin(
            self.files[source],
            self._count(element, "line", 0),
            self._count(element, "column", 0),
            self._count(element, "end", 0),
            element.get("sheet", ""),
        )

    def _derivation(self, element: Element) -> Derivation:
        return Derivation(
            operation=element.get("operation", ""),
            formula=element.get("formula", ""),
            inputs=self._numbers(element, "inputs"),
            parameters={name: value for name, value in element.attrib.items() if name not in _OF_DERIVATION},
            members=tuple(one.text or "" for one in _children(element, "member")),
        )

    def _quote(self, number: int, element: Element) -> LedgerQuote:
        return LedgerQuote(number, element.text or "", self._origin(element))

    def _item(self, element: Element) -> Item | None:
        readers: Mapping[str, Callable[[Element], Item]] = {
            "heading": self._heading,
            "place": self._place,
            "table": self._table,
            "chart": self._chart,
            "footnote": self._footnote,
        }
        tag = local_name(element)
        if tag not in readers:
            self._damaged(f"places に知らない要素 {tag} があります")
            return None
        return readers[tag](element)

    def _heading(self, element: Element) -> Heading:
        self.headings += 1
        return Heading(
            self.headings,
            self._count(element, "level", 1),
            element.get("bookmark", ""),
            element.text or "",
        )

    def _place(self, element: Element) -> Place:
        self.places = number = self.places + 1
        fact, quote = self._count(element, "fact", 0), self._count(element, "quote", 0)
        if bool(fact) == bool(quote) or (fact and fact not in self.facts) or (quote and quote not in self.quotes):
            self._damaged(f"place {number} の fact か quote がありません")
        return Place(number, element.text or self.quotes.get(quote, ""), fact, quote)

    def _table(self, element: Element) -> TableEntry:
        rows = _children(element, "row")
        alts = _children(element, "alt")
        return TableEntry(
            element.get("name", ""),
            element.get("id", ""),
            tuple(tuple(_cells(row.text or "")) for row in rows),
            sum(bool(row.get("header")) for row in rows),
            element.get("bookmark", ""),
            (alts[0].text or "") if alts else "",
        )

    def _chart(self, element: Element) -> ChartEntry:
        alts = _children(element, "alt")
        form: Form = "picture" if element.get("form") == "picture" else "native"
        return ChartEntry(
            name=element.get("name", ""),
            kind=element.get("kind", ""),
            label=element.get("label", ""),
            titles=tuple(text for name in ("title", "x-title") if (text := element.get(name, ""))),
            divisor=self._decimal(element, "divisor") or Decimal(1),
            x_divisor=self._decimal(element, "x-divisor") or Decimal(1),
            form=form,
            bookmark=element.get("bookmark", ""),
            alt=(alts[0].text or "") if alts else "",
            alt_facts=self._known(alts[0], "facts") if alts else (),
            categories=tuple(one.text or "" for one in _children(element, "category")),
            series=tuple(self._series(one) for one in _children(element, "series")),
            bubbles=tuple(
                BubbleEntry(one.get("label", ""), self._fact_of(one, "x"), self._fact_of(one, "y"),
                            self._fact_of(one, "size") or None)
                for one in _children(element, "bubble")
            ),
            spans=tuple(
                SpanEntry(one.get("label", ""), self._fact_of(one, "fact"), one.get("start", ""), one.get("end", ""))
                for one in _children(element, "span")
            ),
            references=tuple(
                ReferenceEntry(one.get("label", ""), self._fact_of(one, "fact"), one.get("axis", ""))
                for one in _children(element, "reference")
            ),
        )  # fmt: skip

    def _series(self, element: Element) -> SeriesEntry:
        points = tuple(self._fact_of(one, "fact") or None for one in _children(element, "point"))
        return SeriesEntry(element.get("name", ""), points)

    def _footnote(self, element: Element) -> FootnoteEntry:
        self.footnotes += 1
        return FootnoteEntry(self.footnotes, self._count(element, "after", 0), element.text or "")

    def _finding(self, element: Element) -> FindingEntry:
        return FindingEntry(
            code=element.get("code", ""),
            severity=element.get("severity", ""),
            message=element.text or "",
            facts=self._known(element, "facts"),
            origin=self._origin(element),
            fix=element.get("fix", ""),
            comment=element.get("comment", ""),
        )

    # --- values

    def _count(self, element: Element, name: str, default: int | None = None) -> int:
        text = element.get(name, "")
        if not text and default is not None:
            return default
        if _COUNT.fullmatch(text) is None:
            self._damaged(f"{local_name(element)} の {name}「{text[:40]}」が番号ではありません")
            return default or 0
        return int(text)

    def _decimal(self, element: Element, name: str) -> Decimal | None:
        text = element.get(name, "")
        if not text:
            return None
        if _NUMBER.fullmatch(text) is None:
            self._damaged(f"{local_name(element)} の {name}「{text[:40]}」が数ではありません")
            return None
        return Decimal(text)

    def _numbers(self, element: Element, name: str) -> tuple[int, ...]:
        words = element.get(name, "").split()
        if any(_COUNT.fullmatch(word) is None for word in words):
            self._damaged(f"{local_name(element)} の {name} に番号でないものがあります")
            return ()
        return tuple(int(word) for word in words)

    def _known(self, element: Element, name: str) -> tuple[int, ...]:
        numbers = self._numbers(element, name)
        if unknown := [number for number in numbers if number not in self.facts]:
            self._damaged(f"{local_name(element)} の {name} に知らない fact {unknown[0]} があります")
        return tuple(number for number in numbers if number in self.facts)

    def _fact_of(self, element: Element, name: str) -> int:
        number = self._count(element, name, 0)
        if number and number not in self.facts:
            self._damaged(f"{local_name(element)} の {name} に知らない fact {number} があります")
            return 0
        return number

    # --- the whole

    def _check_cells(self, items: Iterable[Item]) -> None:
        for table in items:
            if isinstance(table, TableEntry):
                pieces = [piece for row in table.rows for cell in row for piece in cell if not isinstance(piece, str)]
                for piece in pieces:
                    known = piece.n in self.quotes if piece.kind == "quote" else 0 < piece.n <= self.places
                    if not known:
                        self._damaged(f"表「{table.name or table.id}」に知らない {piece.kind} {piece.n} があります")

    def _check_inputs(self, facts: tuple[LedgerFact, ...]) -> None:
        """Report inputs that are not there, and facts that are computed from themselves."""
        inputs = {fact.n: fact.derivation.inputs if fact.derivation else () for fact in facts}
        for number, needed in inputs.items():
            if unknown := [one for one in needed if one not in inputs]:
                self._damaged(f"fact {number} の計算に知らない fact {unknown[0]} があります")
        done: set[int] = set()
        for start in inputs:
            path: list[tuple[int, int]] = [(start, 0)]
            on_path = {start}
            while path:
                number, position = path.pop()
                needed = inputs.get(number, ())
                if number in done or position >= len(needed):
                    done.add(number)
                    on_path.discard(number)
                    continue
                path.append((number, position + 1))
                following = needed[position]
                if following in on_path:
                    self._damaged(f"fact {following} が自分自身から計算されています")
                    done.update(on_path)
                    break
                if following not in done:
                    on_path.add(following)
                    path.append((following, 0))

    def _damaged(self, what: str) -> None:
        self.problems.append(Problem(f"台帳が壊れています：{what}", RESTORE, self.name))


def _children(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else element.findall(NAMESPACE + name)


def _cells(text: str) -> Iterable[Cell]:
    r"""Read a row: cells parted by `|`, places as `{12}`, quotes as `{q3}`, a backslash before `|`, `{` and itself.

    >>> [len(cell) for cell in _cells("医療|{14}※|a\\|b|")]
    [1, 2, 1, 0]
    """
    cell: list[str | Reference] = []
    for piece in _PIECES.finditer(text):
        if piece["end"]:
            yield tuple(cell)
            cell = []
        elif piece["place"]:
            cell.append(Reference("place", int(piece["place"])))
        elif piece["quote"]:
            cell.append(Reference("quote", int(piece["quote"])))
        else:
            words = _ESCAPED.sub(r"\1", piece["words"])
            cell.append(cell.pop() + words if cell and isinstance(cell[-1], str) else words)  # type: ignore[operator]
    yield tuple(cell)
