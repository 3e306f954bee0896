"""Footnotes for sources: numbers in prose get a short 出典, a document in, the same document with notes out.

In: a `Document` with its provenance. Out: the same with a `Footnote` behind the numbers of paragraphs, lists and boxes.
Tables, charts and key figures have their own 出典 lines; the appendix lists every source in full and gets none.

A page is known only to the program that lays it out, so notes are merged by section: below one heading of level 1 or 2,
a number whose sources a note of that section names already gets no mark of its own; that note tells its lines too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reportkit.base.fact import Fact, Operation
from reportkit.base.origin import Origin
from reportkit.document.block import Block, Box, Document, Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import Emphasis, FactRef, Footnote, Inline, Quoted, Strong, Text
from reportkit.document.provenance import Provenance

_SECTION = 2  # headings down to this level begin a section
_MOST_PLACES = 4  # runs of lines that a note names; the places of the others are in the ledger
_MOST_TABLES = 4  # a number from more tables than these is explained where it is computed
_MATRIX = "matrix/"
_UNSOURCED: tuple[Operation, ...] = ("count", "setting", "check", "earlier")  # what no source states

_Table = tuple[str, str, str]  # file, sheet, title of the table


@dataclass(slots=True)
class _Note:
    """One note while its section is read. tables: what it names, with the lines; computed: no fact was just stated."""

    tables: dict[_Table, set[int]]
    computed: bool = True


@dataclass(slots=True)
class _Section:
    """Notes of one section; marks: the running number of the fact that a note stands behind."""

    notes: list[_Note] = field(default_factory=list)
    marks: dict[int, _Note] = field(default_factory=dict)


def with_footnotes(document: Document) -> Document:
    """Return the document with footnotes behind the numbers of its prose."""
    out: list[Block] = []
    names = _Names(document.provenance)
    for blocks in _sections(document.blocks):
        if _is_appendix(blocks):
            out += blocks
            continue
        section = _read(blocks, document.provenance)
        if section.marks:
            writer = _Writer(section, names)
            out += [writer.block(block) for block in blocks]
        else:
            out += blocks
    return replace(document, blocks=tuple(out))


def _sections(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= _SECTION and part:
            yield part
            part = []
        part.append(block)
    yield part


def _is_appendix(blocks: list[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[0], Heading) and not blocks[0].numbered


# --- which notes ------------------------------------------------------------------------------------------------------


def _read(blocks: list[Block], provenance: Provenance) -> _Section:
    section = _Section()
    for position, fact in enumerate(_prose_facts(blocks)):
        tables = _tables_of(fact, provenance)
        if not 0 < len(tables) <= _MOST_TABLES:
            continue
        note = next((note for note in section.notes if tables.keys() <= note.tables.keys()), None)
        if note is None:
            note = _Note({})
            section.notes.append(note)
            section.marks[position] = note
        for table, lines in tables.items():
            note.tables.setdefault(table, set()).update(lines)
        note.computed = note.computed and fact.derivation is not None
    return section


def _tables_of(fact: Fact, provenance: Provenance) -> dict[_Table, set[int]]:
    """Return the tables that a fact was read from, with the lines; the lines are empty where a whole file is meant."""
    found: dict[_Table, set[int]] = {}
    for stated in _stated(fact):
        title = provenance.tables.get(stated.id.split("/", 2)[1], "") if stated.id.startswith(_MATRIX) else ""
        for origin in stated.origins:
            found.setdefault((origin.source, origin.sheet, title), set()).update(_lines(origin))
    return found


def _stated(fact: Fact) -> Iterator[Fact]:
    if fact.derivation is None:
        yield fact
    elif fact.derivation.operation not in _UNSOURCED:
        for each in fact.derivation.inputs:
            yield from _stated(each)


def _lines(origin: Origin) -> range:
    return range(origin.line, max(origin.line, origin.end_line) + 1) if origin.line else range(0)


def _prose_facts(blocks: list[Block] | tuple[Block, ...]) -> Iterator[Fact]:
    for block in blocks:
        match block:
            case Paragraph(content=content):
                yield from _facts(content)
            case ItemList(items=items):
                yield from _item_facts(items)
            case Box(blocks=inner):
                yield from _prose_facts(inner)
            case _:
                pass


def _item_facts(items: tuple[ListItem, ...]) -> Iterator[Fact]:
    for item in items:
        yield from _facts(item.content)
        yield from _item_facts(item.children)


def _facts(inlines: tuple[Inline, ...]) -> Iterator[Fact]:
    for inline in inlines:
        match inline:
            case FactRef(fact):
                yield fact
            case Strong(children) | Emphasis(children):
                yield from _facts(children)
            case _:  # no note inside a link: a mark there would be a link to the wrong place
                pass


# --- where they go ----------------------------------------------------------------------------------------------------


class _Writer:
    """Puts the notes of one section behind their facts; walks in the order in which the facts were read."""

    def __init__(self, section: _Section, names: _Names) -> None:
        self.marks = section.marks
        self.names = names
        self.position = 0

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph(content=content):
                return replace(block, content=self.inlines(content))
            case ItemList(items=items):
                return replace(block, items=tuple(map(self.item, items)))
            case Box(blocks=inner):
                return replace(block, blocks=tuple(map(self.block, inner)))
            case _:
                return block

    def item(self, item: ListItem) -> ListItem:
        content = self.inlines(item.content)
        return ListItem(content, tuple(map(self.item, item.children)))

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for inline in inlines:
            match inline:
                case FactRef():
                    out.append(inline)
                    note = self.marks.get(self.position)
                    self.position += 1
                    if note is not None:
                        out.append(Footnote(_content(note, self.names)))
                case Strong(children):
                    out.append(Strong(self.inlines(children)))
                case Emphasis(children):
                    out.append(Emphasis(self.inlines(children)))
                case _:
                    out.append(inline)
        return tuple(out)


class _Names:
    """How the notes of a document call the publications: in full the first time, then as short as is clear."""

    def __init__(self, provenance: Provenance) -> None:
        self.sources = provenance.sources
        self.told: set[str] = set()

    def call(self, file: str) -> str:
        """Return the name for the next mention."""
        record = self.sources.get(file)
        if record is None or not record.cited:
            return f"「{file}」"
        if record.cited in self.told:
            return record.again
        self.told.add(record.cited)
        return record.cited


def _content(note: _Note, names: _Names) -> tuple[Inline, ...]:
    """Return `出典：経済産業省「…」「効率化・コスト削減効果」1165・1178行をもとに計算`."""
    line: list[Inline] = [Text("出典：")]
    before = ""
    for (file, sheet, title), lines in note.tables.items():
        line += [Text("、")] if len(line) > 1 else []
        if file != before or not title:
            line.append(Quoted(names.call(file), Origin(file)))
        before = file
        line += [Text("「"), Quoted(title), Text("」")] if title else []
        line += [Text("シート「"), Quoted(sheet), Text("」")] if sheet else []
        line += [Quoted(_span(sorted(lines)))] if lines else []
    if note.computed:
        line.append(Text("をもとに計算"))
    return tuple(line)


def _span(lines: list[int]) -> str:
    """Return the lines in words.

    >>> _span([3, 4, 5, 9]), _span([1, 3, 5, 7, 9, 11])
    ('3〜5・9行', '1・3・5・7行ほか')
    """
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    told = [f"{run[0]}" if len(run) == 1 else f"{run[0]}〜{run[-1]}" for run in runs[:_MOST_PLACES]]
    return "・".join(told) + "行" + ("ほか" if len(runs) > _MOST_PLACES else "")
