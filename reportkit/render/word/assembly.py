"""What grows while one document is written: relationships, parts, bookmarks, numbers of exhibits and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from reportkit.render.word.base_file import BaseFile
from reportkit.render.word.charts import (
    CHART_CONTENT_TYPE,
    CHART_RELATIONSHIP,
    SHAPES_CONTENT_TYPE,
    SHAPES_RELATIONSHIP,
    SHAPES_RELATIONSHIP_ID,
    WORKBOOK_CONTENT_TYPE,
    WORKBOOK_RELATIONSHIP,
    WORKBOOK_RELATIONSHIP_ID,
    ChartParts,
)
from reportkit.render.word.comments import Comments
from reportkit.render.word.ledger import Ledger
from reportkit.render.word.markup import escape, relationship_xml, relationships_xml
from reportkit.render.word.package import Part, recurring_part, stored_part, xml_part

ChartMode = Literal["native", "picture"]

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ADDRESS = re.compile(
    r"(?:https?://(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
    r"(?::\d{1,5})?(?:[/?#].*)?|mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+(?:\?[^#]*)?)",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]")
_LONGEST_ADDRESS = 2000  # Word calls a file damaged when an address is longer than 2,083 characters


def web_address(url: str) -> str | None:
    """Return the address as it can stand in a relationship, or None when it is no http, https or mailto address.

    Everything that is not ASCII is percent-encoded; hosts must be plain, so that no name is shown for another.

    >>> web_address("https://example.com/経済?q=1")
    'https://example.com/%E7%B5%8C%E6%B8%88?q=1'
    >>> web_address("javascript:alert(1)") is None
    True
    """
    url = url.strip()
    if len(url) > _LONGEST_ADDRESS or _ADDRESS.fullmatch(url) is None:
        return None
    before, mark, fragment = url.partition("#")
    encoded = _encode(before) + mark + _encode(fragment.replace("#", "%23"))
    return encoded if len(encoded) <= _LONGEST_ADDRESS else None


def _encode(text: str) -> str:
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode(errors="replace")), text)


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading for the table of contents. label: its number as Word will print it, "" for none. text: XML-escaped."""

    level: int
    label: str
    text: str
    bookmark: str


@dataclass(slots=True)
class Assembly:
    """The state of one document while it is written; nothing of it outlives the call.

    break_pending: the next paragraph starts a new page. comments: of a review edition, None for readers.
    """

    base: BaseFile
    charts: ChartMode
    ledger: Ledger = field(default_factory=Ledger)
    comments: Comments | None = None
    entries: list[Entry] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    part_types: dict[str, str] = field(default_factory=dict)
    default_types: dict[str, str] = field(default_factory=dict)
    break_pending: bool = False
    figures: int = 0
    tables: int = 0
    drawings: int = 0
    _relationships: list[str] = field(default_factory=list)
    _footnotes: list[str] = field(default_factory=list)
    _links: dict[str, str] = field(default_factory=dict)
    _lists: list[str] = field(default_factory=list)
    _heading_counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def link(self, url: str) -> str | None:
        """Return the relationship id of a web address, None when it may not be a link."""
        if url in self._links:
            return self._links[url] or None
        address = web_address(url)
        external = ' TargetMode="External"'
        self._links[url] = "" if address is None else self.relate(f"{_R}/hyperlink", escape(address), external)
        return self._links[url] or None

    def restart_list(self) -> int:
        """Return a numbering id that counts from 1 again."""
        number = self.base.next_number + len(self._lists)
        self._lists.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self.base.ordered_list}"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        return number

    def heading_label(self, level: int) -> str:
        """Return the number that Word will print before the next heading of this level (1 to 3), "" for none."""
        form = self.base.headings[level - 1]
        if not form.text:
            return ""
        counts = self._heading_counts
        counts[form.list_level] += 1
        counts[form.list_level + 1 :] = [0] * (len(counts) - form.list_level - 1)
        label = form.text
        for place, count in enumerate(counts, start=1):
            label = label.replace(f"%{place}", str(count))
        return label

    def next_drawing(self) -> int:
        """Return an id that no other drawing of the document has."""
        self.drawings += 1
        return self.base.next_drawing + self.drawings - 1

    def add_chart(self, chart: ChartParts) -> str:
        """Add a native chart with its workbook and shapes; return the relationship id."""
        stem = f"reportkit{self.figures}"
        name, book, shapes = f"charts/{stem}.xml", f"embeddings/{stem}.xlsx", f"drawings/{stem}.xml"
        links = relationship_xml(WORKBOOK_RELATIONSHIP_ID, WORKBOOK_RELATIONSHIP, f"../{book}")
        if chart.shapes:
            links += relationship_xml(SHAPES_RELATIONSHIP_ID, SHAPES_RELATIONSHIP, f"../{shapes}")
            self.parts.append(xml_part(f"word/{shapes}", chart.shapes))
            self.part_types[f"word/{shapes}"] = SHAPES_CONTENT_TYPE
        self.parts.append(xml_part(f"word/{name}", chart.chart_xml))
        self.parts.append(recurring_part(f"word/charts/_rels/{stem}.xml.rels", relationships_xml(links).encode()))
        self.parts.append(stored_part(f"word/{book}", chart.workbook))
        self.part_types[f"word/{name}"] = CHART_CONTENT_TYPE
        self.default_types["xlsx"] = WORKBOOK_CONTENT_TYPE
        return self.relate(CHART_RELATIONSHIP, name)

    def add_picture(self, png: bytes) -> str:
        """Add a PNG picture; return the relationship id."""
        name = f"media/reportkit{self.figures}.png"
        self.parts.append(stored_part(f"word/{name}", png))
        self.default_types["png"] = "image/png"
        return self.relate(f"{_R}/image", name)

    def add_footnote(self, content: str) -> int:
        """Add a footnote; return its id. content: its paragraphs."""
        number = self.base.next_footnote + len(self._footnotes)
        self._footnotes.append(f'<w:footnote w:id="{number}">{content}</w:footnote>')
        return number

    def footnotes_xml(self) -> str:
        """Return word/footnotes.xml: the separators of the base file and the footnotes."""
        return f"{self.base.footnotes}{''.join(self._footnotes)}</w:footnotes>"

    def numbering_xml(self) -> str:
        """Return word/numbering.xml with the restarted lists."""
        return f"{self.base.numbering}{''.join(self._lists)}</w:numbering>"

    def relationships_xml(self) -> str:
        """Return word/_rels/document.xml.rels."""
        return f"{self.base.relationships}{''.join(self._relationships)}</Relationships>"

    def relate(self, kind: str, target: str, more: str = "") -> str:
        """Add a relationship of the document; return its id. kind: its type address; target: escaped."""
        identifier = f"rId{self.base.next_relationship + len(self._relationships)}"
        self._relationships.append(relationship_xml(identifier, kind, target, more))
        return identifier
