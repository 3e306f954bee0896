"""The custom XML part that holds the ledger: sources, facts, quotes, places and findings of one document.

In: the document and the `Ledger` that grew while it was written. Out: the parts of the package. docs/ledger.md and
docs/ledger-1.xsd describe the part; the namespace carries the version.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from reportkit.base.fact import Derivation, Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.text import printable
from reportkit.document.block import Document
from reportkit.document.provenance import CellLabels, SourceRecord
from reportkit.render.word.concerns import Concerns
from reportkit.render.word.ledger import Ledger, plain
from reportkit.render.word.markup import escape, relationship_xml, relationships_xml
from reportkit.render.word.package import Part, kept_part, xml_part

NAMESPACE = "urn:reportkit:ledger:1"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
TARGET = "../customXml/item1.xml"
PART_TYPES = {
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
_PROPERTIES = kept_part(
    "customXml/itemProps1.xml",
    (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{{5F2A0D0C-6B0E-4C55-9D0B-3A1E7C4B9F01}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode(),
)
_LINKS = kept_part(
    "customXml/_rels/item1.xml.rels",
    relationships_xml(relationship_xml("rId1", f"{RELATIONSHIP}Props", "itemProps1.xml")).encode(),
)


def ledger_parts(document: Document, ledger: Ledger) -> tuple[Part, ...]:
    """Return the ledger with its properties and relationships."""
    return xml_part("customXml/item1.xml", _Writer(document, ledger).xml()), _PROPERTIES, _LINKS


def fact_digest(said: list[tuple[str, ...]]) -> str:
    """Return the sha256 over what the facts say, whatever their order, forms of printing and places.

    Over the UTF-8 text of one line for each fact, sorted: id, label, value, low, high, unit, qualifier, per, flags,
    each followed by U+001F, and U+000A at the end of the line; all as in the attributes of the ledger.
    """
    lines = sorted(["\x1f".join(values) + "\x1f\n" for values in said])
    return sha256("".join(lines).encode("utf-8", "replace")).hexdigest()


def _values(fact: Fact) -> tuple[str, ...]:
    amount = fact.quantity
    return (
        fact.id,
        fact.label,
        "" if amount.value is None else plain(amount.value),
        "" if amount.low is None else plain(amount.low),
        "" if amount.high is None else plain(amount.high),
        amount.unit,
        amount.qualifier,
        " ".join(amount.per),
        " ".join(fact.flags),
    )


_NOT_IN_A_TABLE = "\x1f\x1f"  # neither row nor head, in what is taken from a source
_NAMES = ("id", "label", "value", "low", "high", "unit", "qualifier", "per", "flags")


class _Writer:
    """Writes one ledger; numbers the sources as they come."""

    def __init__(self, document: Document, ledger: Ledger) -> None:
        self.document = document
        self.ledger = ledger
        self.known: Mapping[str, SourceRecord] = document.provenance.sources
        self.labels: Mapping[str, CellLabels] = document.provenance.labels
        self.sources: dict[str, int] = {}
        self.taken: dict[str, set[str]] = {}
        self.said: list[tuple[str, ...]] = []

    def xml(self) -> bytes:
        """Return the ledger, sealed."""
        facts = self._facts()
        quotes = [self._quote(words, origin) for words, origin in self.ledger.quotes]
        findings = [self._finding(finding, numbers) for finding, numbers in self._findings().items()]
        sources = [self._source(path) for path in self.sources]
        said = self._root()
        inside = (
            f"<sources>{''.join(sources)}</sources><facts>{''.join(facts)}</facts>"
            f"<quotes>{''.join(quotes)}</quotes><places>{''.join(self.ledger.places)}</places>"
            f"<findings>{''.join(findings)}</findings>{self._changes()}</ledger>"
        ).encode()
        # What is sealed is the text itself, so everything in it is written in one form: no `<empty/>`, no blanks.
        seal = sha256(b"<ledger%b>%b" % (said.encode(), inside)).hexdigest()
        return f'{_HEAD}<ledger xmlns="{NAMESPACE}"{said} seal="{seal}">'.encode() + inside

    def _root(self) -> str:
        document, issue = self.document, self.document.issue
        attributes = {
            "kind": document.kind,
            "subject": document.subject,
            "title": document.title,
            "subtitle": document.subtitle,
            "organisation": document.organisation,
            "keywords": "、".join(document.keywords),
            "edition": document.edition,
            "issue": str(issue.number),
            "date": issue.date,
            "vintage": issue.vintage,
            "reportkit": document.provenance.version,
            "facts": fact_digest(self.said),
        }
        return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())

    # --- facts ---

    def _facts(self) -> list[str]:
        # The list grows on the way: the inputs of a fact are numbered behind those that are printed. All of them must
        # be known before the first is written, because a fact collects the flags of all its forms.
        for fact in self.ledger.facts:
            if fact.derivation is not None:
                for each in fact.derivation.inputs:
                    self.ledger.number(each)
        self.said = [_values(fact) for fact in self.ledger.facts]
        return [self._fact(fact, values) for fact, values in zip(self.ledger.facts, self.said, strict=True)]

    def _fact(self, fact: Fact, values: tuple[str, ...]) -> str:
        said = "".join([f' {name}="{escape(value)}"' for name, value in zip(_NAMES, values, strict=True) if value])
        inside = self._origins(fact) if fact.origins else ""
        if fact.derivation is not None:
            inside += self._derivation(fact.derivation)
        return f"<fact{said}>{inside}</fact>"

    def _origins(self, fact: Fact) -> str:
        labels = self.labels.get(fact.id)
        cell = ""
        if labels is not None:
            cell = f' row="{escape(labels.row)}"{_number("row-line", labels.row_line)}'
            if labels.head:
                cell += f' head="{escape(labels.head)}"{_number("head-line", labels.head_line)}'
        counted = fact.derivation is not None and fact.derivation.operation == "count"
        raw = "" if counted else fact.quantity.raw
        said = escape(raw)
        taken = raw if said else ""
        inside = []
        for origin in fact.origins:
            self._take(origin, taken, labels)
            inside.append(f"<origin{self._place(origin)}{cell}>{said}</origin>")
        return "".join(inside)

    def _derivation(self, derivation: Derivation) -> str:
        inputs = " ".join([f"{self.ledger.number(fact)}" for fact in derivation.inputs])
        more = "".join([f' {name}="{escape(value)}"' for name, value in derivation.parameters])
        members = "".join([f"<member>{escape(member)}</member>" for member in derivation.members])
        said = f'operation="{derivation.operation}" formula="{escape(derivation.formula)}"'
        used = f' inputs="{inputs}"' if inputs else ""
        return f"<derivation {said}{used}{more}>{members}</derivation>"

    # --- places in sources ---

    def _place(self, origin: Origin) -> str:
        number = self.sources.get(origin.source)
        if number is None:
            self.sources[origin.source] = number = len(self.sources) + 1
        said = f' source="{number}"'
        if origin.line:
            said += f' line="{origin.line}"'
        if origin.end_line > origin.line:
            said += f' end="{origin.end_line}"'
        if origin.column:
            said += f' column="{origin.column}"'
        if origin.sheet:
            said += f' sheet="{escape(origin.sheet)}"'
        return said

    def _source(self, path: str) -> str:
        record = self.known.get(path) or SourceRecord(path)
        taken = "".join(sorted(self.taken.get(path, ())))
        values = {
            "file": record.file,
            "digest": sha256(taken.encode("utf-8", "replace")).hexdigest(),
            "title": record.title,
            "publication": record.publication,
            "encoding": record.encoding,
        }
        listed = "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)
        return f"<source{listed}></source>"

    def _quote(self, words: str, origin: Origin | None) -> str:
        if origin is None:
            return f"<quote>{escape(words)}</quote>"
        self._take(origin, words)
        return f"<quote{self._place(origin)}>{escape(words)}</quote>"

    def _take(self, origin: Origin, words: str, labels: CellLabels | None = None) -> None:
        """Note what the document takes from a source, for its digest.

        The digest is over that and not over the whole file: an edit to a part of the file that this document does not
        use must not make another document.
        """
        end = origin.end_line if origin.end_line > origin.line else 0
        cell = _NOT_IN_A_TABLE if labels is None else f"{_folded(labels.row)}\x1f{_folded(labels.head)}\x1f"
        said = (
            f"{origin.line or ''}\x1f{end or ''}\x1f{origin.column or ''}\x1f{_folded(origin.sheet)}\x1f"
            f"{cell}{printable(words)}\x1f\n"
        )
        taken = self.taken.get(origin.source)
        if taken is None:
            taken = self.taken[origin.source] = set()
        taken.add(said)

    # --- changes ---

    def _changes(self) -> str:
        """Return which facts the change box sets against their values in the issue before; "" without such a box."""
        if not self.document.since:
            return ""
        by_id: dict[str, int] = {}
        for number, fact in enumerate(self.ledger.facts, start=1):
            by_id.setdefault(fact.id, number)
        moved = []
        for number, fact in enumerate(self.ledger.facts, start=1):
            if fact.derivation is not None and fact.derivation.operation == "earlier":
                now = by_id.get(dict(fact.derivation.parameters)["id"])
                what = "" if now is None else f' fact="{now}"'
                moved.append(f'<moved{what} earlier="{number}"></moved>')
        return f'<changes since="{self.document.since}">{"".join(moved)}</changes>'

    # --- findings ---

    def _findings(self) -> dict[Finding, list[int]]:
        """Return the findings about the subject and about every cell of the ledger, each with the facts concerned."""
        provenance = self.document.provenance
        concerns = Concerns(provenance)
        found: dict[Finding, list[int]] = {finding: [] for finding in provenance.findings}
        for number, fact in enumerate(self.ledger.facts, start=1):
            for finding in concerns.about(fact):
                found.setdefault(finding, []).append(number)
        return found

    def _finding(self, finding: Finding, numbers: list[int]) -> str:
        facts = f' facts="{" ".join(map(str, numbers))}"' if numbers else ""
        place = "" if finding.origin is None else self._place(finding.origin)
        said = f'code="{escape(finding.code)}" severity="{finding.severity}"'
        number = self.ledger.commented.get(finding)
        comment = "" if number is None else f' comment="{number}"'
        return f"<finding {said}{facts}{comment}{place}>{escape(finding.message)}</finding>"


@lru_cache(maxsize=1024)
def _folded(name: str) -> str:
    return printable(" ".join(name.split()))


def _number(name: str, value: int) -> str:
    return f' {name}="{value}"' if value else ""
