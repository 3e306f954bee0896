"""What stands on the pages of a .docx: stories of text with every mark at its place, tables, drawings.

In: an open `Package`. Out: `Page`. A story is the body, a header, a footer, a footnote or a comment; its text is that
of its paragraphs, parted by line ends, and marks are ranges of that text. Deleted text of tracked changes is not there
any more; inserted text is. Reads what Word and LibreOffice write alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from reportkit.audit.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOCUMENT = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of a story's text with a name: a bookmark, a field (its code), a comment (its id)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where in a table: numbers from 0. table: running number of the table in the document."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a story: its range, its style id, and the innermost table cell that holds it."""

    start: int
    end: int
    style: str = ""
    cell: CellPlace | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: the part of its chart ("" for none), of its picture, its name and its alternative text."""

    at: int
    name: str
    alt: str
    chart: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Running text of one part. notes: (place in the text, id) of footnote references."""

    name: str
    text: str
    lines: tuple[Line, ...] = ()
    bookmarks: tuple[Mark, ...] = ()
    fields: tuple[Mark, ...] = ()
    comments: tuple[Mark, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    drawings: tuple[Drawing, ...] = ()

    def line_at(self, position: int) -> Line | None:
        """Return the paragraph that holds a place of the text."""
        index = bisect_right(self.lines, position, key=lambda line: line.start) - 1
        return self.lines[index] if index >= 0 else None

    def words(self, line: Line) -> str:
        """Return the text of a paragraph."""
        return self.text[line.start : line.end]


@dataclass(frozen=True, slots=True)
class TableOnPage:
    """A table: for every row the ranges of its cells in the body's text. alt: what it shows, for who cannot see it."""

    number: int
    rows: tuple[tuple[tuple[int, int], ...], ...]
    start: int
    depth: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a reader of the document sees. footnotes, comments: by their id."""

    body: Story
    edges: tuple[Story, ...] = ()
    footnotes: Mapping[str, Story] = field(default_factory=dict)
    comments: Mapping[str, Story] = field(default_factory=dict)
    tables: tuple[TableOnPage, ...] = ()
    title: str = ""
    program: str = ""

    def stories(self) -> Iterator[Story]:
        """Yield all stories: body, headers and footers, footnotes, comments."""
        yield self.body
        yield from self.edges
        yield from self.footnotes.values()
        yield from self.comments.values()


def read_page(package: Package) -> Page:
    """Return what stands on the pages. Raises `AuditError` for faulty XML."""
    root = package.tree(_DOCUMENT)
    links = relationships(package, _DOCUMENT)
    body = _Walk("本文", links)
    if root is not None:
        for child in root:
            body.element(child)
    edges = []
    for part in sorted(set(links.values())):
        name = part.rpartition("/")[2]
        if part in package.parts and name.startswith(("header", "footer")):
            edges.append(_story(package, part, "ヘッダー" if name.startswith("header") else "フッター"))
    title, program = _properties(package)
    return Page(
        body.story(),
        tuple(edges),
        _notes(package, "word/footnotes.xml", "footnote", "脚注"),
        _notes(package, "word/comments.xml", "comment", "コメント"),
        tuple(sorted(body.tables, key=lambda table: table.number)),
        title,
        program,
    )


def relationships(package: Package, part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by relationship id; addresses outside of the file are left out."""
    root = package.tree(f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels")
    if root is None:
        return {}
    found = {}
    for link in root.iter(f"{_REL}Relationship"):
        if link.get("TargetMode") == "External":
            continue
        target = link.get("Target", "")
        found[link.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        )
    return found


def drawn_words(root: Element) -> Iterator[str]:
    """Yield the paragraphs of a drawing (a chart or its shapes), each as one text."""
    for paragraph in root.iter(f"{_A}p"):
        words = "".join(one.text or "" for one in paragraph.iter(f"{_A}t"))
        if words:
            yield words


def _story(package: Package, part: str, name: str) -> Story:
    root = package.tree(part)
    walk = _Walk(name, {})
    for child in root if root is not None else ():
        walk.element(child)
    return walk.story()


def _notes(package: Package, part: str, tag: str, name: str) -> dict[str, Story]:
    root = package.tree(part)
    found = {}
    for element in root if root is not None else ():
        if element.tag != _W + tag or element.get(_W + "type", "normal") != "normal":
            continue
        walk = _Walk(name, {})
        for child in element:
            walk.element(child)
        found[element.get(_W + "id", "")] = walk.story()
    return found


def _properties(package: Package) -> tuple[str, str]:
    core, app = package.tree("docProps/core.xml"), package.tree("docProps/app.xml")
    title = next((one.text or "" for one in core or () if one.tag.endswith("}title")), "")
    program = next((one.text or "" for one in app or () if one.tag.endswith("}Application")), "")
    return title, program


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and where its result begins (-1 while the code is read)."""

    code: list[str] = field(default_factory=list)
    start: int = -1


class _Walk:
    """Walks the elements of one story and gathers its text."""

    def __init__(self, name: str, links: Mapping[str, str]) -> None:
        self.name, self.links = name, links
        self.pieces: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.bookmarks: list[Mark] = []
        self.fields: list[Mark] = []
        self.comments: list[Mark] = []
        self.notes: list[tuple[int, str]] = []
        self.drawings: list[Drawing] = []
        self.tables: list[TableOnPage] = []
        self.table_count = 0
        self.depth = 0
        self.cell: CellPlace | None = None
        self._open_bookmarks: dict[str, tuple[str, int]] = {}
        self._open_comments: dict[str, int] = {}
        self._open_fields: list[_Field] = []

    def story(self) -> Story:
        """Return what was gathered."""
        return Story(
            self.name,
            "".join(self.pieces),
            tuple(sorted(self.lines, key=lambda line: (line.start, line.end))),
            tuple(sorted(self.bookmarks, key=lambda mark: (mark.start, mark.end))),
            tuple(self.fields),
            tuple(self.comments),
            tuple(self.notes),
            tuple(self.drawings),
        )

    def element(self, element: Element) -> None:
        """Take in one element and what is below it."""
        tag = element.tag
        name = tag[len(_W) :] if tag.startswith(_W) else ""
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self._table(element)
        elif name == "fldSimple":
            start = self.length
            self._children(element)
            self.fields.append(Mark(element.get(_W + "instr", ""), start, self.length))
        elif name in _POINTS:
            self._point(name, element)
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name])
        elif name in {"t", "instrText"} or tag == f"{_M}t":
            self._text(name, element.text or "")
        elif name == "drawing" or tag == f"{_WP}inline":
            self._drawing(element)
        elif tag == f"{_MC}AlternateContent":
            choice = element.find(f"{_MC}Choice")
            if choice is not None:
                self._children(choice)
        elif name not in _PASSED:
            self._children(element)

    def _children(self, element: Element) -> None:
        for child in element:
            self.element(child)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _text(self, name: str, text: str) -> None:
        if name == "instrText":
            if self._open_fields:
                self._open_fields[-1].code.append(text)
            return
        if not self._open_fields or self._open_fields[-1].start >= 0:
            self._add(text)

    def _paragraph(self, element: Element) -> None:
        start = self.length
        style = element.find(f"{_W}pPr/{_W}pStyle")
        self._children(element)
        self.lines.append(Line(start, self.length, "" if style is None else style.get(_W + "val", ""), self.cell))
        self._add("\n")

    def _table(self, element: Element) -> None:
        number, outer, start = self.table_count, self.cell, self.length
        self.table_count += 1
        self.depth += 1
        rows: list[tuple[tuple[int, int], ...]] = []
        for row in _rows(element, "tr"):
            cells: list[tuple[int, int]] = []
            for column, cell in enumerate(_rows(row, "tc")):
                self.cell = CellPlace(number, len(rows), column)
                begin = self.length
                self._children(cell)
                cells.append((begin, max(begin, self.length - 1)))  # without the last line end
            rows.append(tuple(cells))
            for child in row:  # bookmarks may stand between cells
                if child.tag in {f"{_W}bookmarkStart", f"{_W}bookmarkEnd"}:
                    self.element(child)
        said = element.find(f"{_W}tblPr/{_W}tblDescription")
        alt = "" if said is None else said.get(_W + "val", "")
        self.tables.append(TableOnPage(number, tuple(rows), start, self.depth, alt))
        self.depth -= 1
        self.cell = outer

    def _point(self, name: str, element: Element) -> None:
        identifier = element.get(_W + "id", "")
        match name:
            case "bookmarkStart":
                self._open_bookmarks[identifier] = (element.get(_W + "name", ""), self.length)
            case "bookmarkEnd":
                if identifier in self._open_bookmarks:
                    bookmark, start = self._open_bookmarks.pop(identifier)
                    self.bookmarks.append(Mark(bookmark, start, self.length))
            case "commentRangeStart":
                self._open_comments[identifier] = self.length
            case "commentReference":
                if all(mark.name != identifier for mark in self.comments):  # a comment on a point has no range
                    start = self._open_comments.pop(identifier, self.length)
                    self.comments.append(Mark(identifier, start, self.length))
            case "commentRangeEnd":
                if identifier in self._open_comments:
                    self.comments.append(Mark(identifier, self._open_comments.pop(identifier), self.length))
            case "footnoteReference":
                self.notes.append((self.length, identifier))
            case "fldChar":
                self._field(element.get(_W + "fldCharType", ""))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._open_fields.append(_Field())
        elif not self._open_fields:
            return
        elif kind == "separate":
            self._open_fields[-1].start = self.length
        elif kind == "end":
            done = self._open_fields.pop()
            if done.start >= 0:
                self.fields.append(Mark("".join(done.code).strip(), done.start, self.length))

    def _drawing(self, element: Element) -> None:
        properties = element.find(f".//{_WP}docPr")
        chart = element.find(f".//{_C}chart")
        picture = element.find(f".//{_A}blip")
        self.drawings.append(
            Drawing(
                self.length,
                "" if properties is None else properties.get("name", ""),
                "" if properties is None else properties.get("descr", ""),
                "" if chart is None else self.links.get(chart.get(f"{_R}id", ""), ""),
                "" if picture is None else self.links.get(picture.get(f"{_R}embed", ""), ""),
            )
        )
        for box in element.iter(f"{_W}txbxContent"):
            self._children(box)


def _rows(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == _W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child, name)


_WRAPPERS = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
_POINTS = frozenset(
    {
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "footnoteReference",
        "fldChar",
    }
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "?"}
# What holds no text of the page: properties, tracked deletions, the marks inside of notes.
_PASSED = frozenset(
    {"pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tcPr", "trPr", "sdtPr", "del", "moveFrom", "delText", "softHyphen",
     "lastRenderedPageBreak", "footnoteRef", "annotationRef"}
)  # fmt: skip
