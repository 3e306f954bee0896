"""A case as the checks read it: every cell and line of its sections with its label, column heading and headings above.

Typed fields of a `Case` hold what a briefing needs; arithmetic is also written in remarks, code lines and prose, and a
check that looks only at typed fields would miss it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from reportkit.base.amounts import Transition, read_quantity, read_transition
from reportkit.base.calculations import Calculation, holds_calculation, read_calculations
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.base.text import to_half_width
from reportkit.corpus.case import Case, Line, Section

_LABEL = re.compile(r"[\s・\-–*]*+([^:：。|]{1,60}?)\s*[:：](?!//)\s*(\S.*)")
_BRACKETED = re.compile(r"\([^()]*\)")
_MARK = re.compile(r"[\s*・:_「」]")
_DIGIT = re.compile("[0-9０-９]")
_TOTAL = re.compile(r"(?:年間|総|累計)?(?:合計|総計|小計|計|total)", re.IGNORECASE)
_MAX_TEXT = 2000
# What other companies did or could do is said here; it is no statement about this case.
ABOUT_OTHERS = frozenset({"lessons", "outlook"})


@dataclass(slots=True, eq=False)
class Passage:
    """One cell of a table, one list item, one line of text or code, or one entry of the front matter.

    Nothing changes in it but that it remembers what was computed from its text; so it is not frozen, which would also
    make it three times as slow to make, a hundred times a case.

    at: its place, or the line of the case that it was made from.
    label: first cell of the row, or the words before the colon; "" when there is none.
    text: the cell, or the words behind the colon; header: heading of the column.
    titles: title of the section and the sub-headings above, outermost first; kind: canonical kind of the section.
    group: number of the table or list that it stands in; 0 outside of both. row: number of its line.
    """

    text: str
    label: str
    at: Origin | Line
    kind: str
    header: str = ""
    titles: tuple[str, ...] = ()
    group: int = 0
    row: int = 0
    column: int = 0
    is_row: bool = False
    level: int = 0
    in_list: bool = False
    numbered: bool = False
    _half: str | None = field(default=None, init=False, repr=False)

    @property
    def origin(self) -> Origin:
        """Return the place; made when asked for, for most passages are never asked."""
        at = self.at
        if isinstance(at, Origin):
            return at
        return Origin(at.source, at.number, self.column + 1) if self.is_row else at.origin

    @property
    def line(self) -> int:
        """Return the number of the line."""
        return self.at.line if isinstance(self.at, Origin) else self.at.number

    @property
    def half(self) -> str:
        """Return the text with half-width ASCII, which most checks look at."""
        if self._half is None:
            self._half = to_half_width(self.text)
        return self._half

    @property
    def title(self) -> str:
        """Return the nearest heading above, "" without one."""
        return self.titles[-1] if self.titles else ""

    @property
    def has_digit(self) -> bool:
        """Tell whether there is a number in it at all."""
        return _DIGIT.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: heading cells ("" cells when there is no heading row) and rows of passages, one per cell."""

    header: tuple[str, ...]
    rows: tuple[tuple[Passage, ...], ...]
    titles: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Subject:
    """A case with its passages and tables, read once for all checks."""

    case: Case
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]

    @property
    def key(self) -> str:
        """Return what findings about this case carry as their subject."""
        return f"case:{self.case.id}"

    @cached_property
    def numbers(self) -> tuple[Passage, ...]:
        """Return the passages that hold a digit."""
        return tuple(passage for passage in self.passages if passage.has_digit)

    @cached_property
    def transitions(self) -> tuple[tuple[Passage, Transition], ...]:
        """Return the passages that state a change from one known amount to another."""
        read = (
            (passage, read_transition(passage.text))
            for passage in self.numbers
            if "→" in passage.text or "->" in passage.text or "⇒" in passage.text
        )
        return tuple(
            (passage, moved)
            for passage, moved in read
            if moved is not None and moved.before.is_known and moved.after.is_known
        )

    @cached_property
    def calculations(self) -> tuple[tuple[Passage, tuple[Calculation, ...]], ...]:
        """Return the passages that may hold a calculation, with those that they hold."""
        return tuple(
            (passage, read_calculations(passage.text)) for passage in self.numbers if holds_calculation(passage.text)
        )

    @cached_property
    def amounts(self) -> tuple[tuple[Passage, Quantity], ...]:
        """Return the passages that state one amount, with it."""
        read = ((passage, read_quantity(passage.text)) for passage in self.numbers)
        return tuple((passage, quantity) for passage, quantity in read if quantity.is_known)

    @cached_property
    def own_amounts(self) -> tuple[tuple[Passage, Quantity], ...]:
        """Return the amounts that speak of this case: no advice to others, no plan, no further column."""
        return tuple(
            (passage, quantity)
            for passage, quantity in self.amounts
            if passage.kind not in ABOUT_OTHERS and not quantity.is_target and passage.column <= 1
        )

    @cached_property
    def _rows(self) -> dict[int, tuple[Passage, ...]]:
        return {row[0].row: row for table in self.tables for row in table.rows if row}

    def row_of(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the cells of the table row that the passage stands in; empty outside of a table."""
        return self._rows.get(passage.row, ()) if passage.is_row else ()


def read_subject(case: Case) -> Subject:
    """Return the case with its passages: title, front matter, then sections line by line."""
    reader = _Reader()
    passages = [Passage(case.title, "", case.origin, "title")]
    passages.extend(
        Passage(pair.text[:_MAX_TEXT], pair.label, pair.origin, "front_matter")
        for pair in case.front_matter
        if pair.label
    )
    for section in (*case.file_sections, *case.sections):
        passages.extend(reader.read(section))
    return Subject(case, tuple(passages), tuple(reader.tables))


@lru_cache(maxsize=2048)
def is_total(label: str) -> bool:
    """Tell whether a label begins or ends with 合計, 総計 or 計."""
    plain = plain_words(label)
    match = _TOTAL.match(plain)
    return plain in {"計", "合計", "総計"} or (match is not None and match.end() > 1) or plain.endswith("合計")


@lru_cache(maxsize=2048)
def plain_words(text: str) -> str:
    """Return a label for comparison: half-width, without brackets and what stands in them, blanks and marks."""
    return _MARK.sub("", _BRACKETED.sub("", to_half_width(text[:200])))


class _Reader:
    """Walks over the lines of the sections and keeps the headings above and the open table."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.group = 0
        self.row = 0

    def read(self, section: Section) -> Iterator[Passage]:
        stack: list[tuple[int, str]] = []
        titles: tuple[str, ...] = (section.title,)
        table: list[Line] = []
        listing = False
        for line in section.lines:
            if line.kind == "row":
                if table and (line.header or line.number > table[-1].number + 2):
                    yield from self._table(table, section, titles)
                    table = []
                table.append(line)
                continue
            if table:
                yield from self._table(table, section, titles)
                table = []
            if line.kind in {"heading", "label"}:
                level = line.level if line.kind == "heading" else 7
                while stack and stack[-1][0] >= level:
                    stack.pop()
                yield self._passage(line, section, (section.title, *(title for _, title in stack)))
                stack.append((level, line.text))
                titles = (section.title, *(title for _, title in stack))
                listing = False
                continue
            in_list = line.kind in {"item", "number"}
            if not in_list or not listing:
                self.group += 1
            listing = in_list
            yield self._passage(line, section, titles)
        if table:
            yield from self._table(table, section, titles)

    def _passage(self, line: Line, section: Section, titles: tuple[str, ...]) -> Passage:
        self.row += 1
        words, label = line.text[:_MAX_TEXT], ""
        if (":" in words or "：" in words) and (match := _LABEL.fullmatch(words)):
            label, words = match[1].strip(), match[2].strip()
        numbered = line.kind == "number"
        in_list = numbered or line.kind == "item"
        return Passage(
            words, label, line, section.kind, "", titles, self.group, self.row, 0, False, line.level, in_list, numbered
        )

    def _table(self, lines: list[Line], section: Section, titles: tuple[str, ...]) -> Iterator[Passage]:
        self.group += 1
        header = lines[0].cells if lines[0].header else ()
        rows: list[tuple[Passage, ...]] = []
        for line in lines[1:] if header else lines:
            self.row += 1
            cells = tuple(
                Passage(
                    cell[:_MAX_TEXT],
                    line.cells[0] if column else "",
                    line,
                    section.kind,
                    header[column] if column < len(header) else "",
                    titles,
                    self.group,
                    self.row,
                    column,
                    True,
                )
                for column, cell in enumerate(line.cells)
            )
            if cells:
                rows.append(cells)
                yield from cells
        self.tables.append(Table(tuple(header), tuple(rows), titles, section.kind))
