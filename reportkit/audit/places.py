"""Where something stands, in words: section, table with row and column, chart, note.

In: the page and its ledger. Out: `Map`, which names any place of the text: `2 経済インパクト › 表1「医療」×「合計」`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cached_property

from reportkit.audit.entries import Heading, Ledger, Place, TableEntry
from reportkit.audit.page import CellPlace, Mark, Page, Story, TableOnPage

_SHORT = 24


def mended(page: Page, ledger: Ledger) -> Page:
    """Return the page with every bookmark as long as its words.

    LibreOffice 7 writes bookmarks that stand behind a comment, or behind the first footnote mark, one character short:
    the words are whole, the last of their characters stands right behind the mark.
    """
    wanted = {place.bookmark: place.text for place in ledger.of(Place)}
    wanted |= {heading.bookmark: heading.text for heading in ledger.of(Heading)}

    def whole(story: Story) -> Story:
        marks = tuple(_whole(story, mark, wanted.get(mark.name, "")) for mark in story.bookmarks)
        return replace(story, bookmarks=marks)

    return replace(page, body=whole(page.body))


def _whole(story: Story, mark: Mark, text: str) -> Mark:
    found = story.text[mark.start : mark.end]
    if text and found == text[:-1] and story.text[mark.end : mark.end + 1] == text[-1]:
        return replace(mark, end=mark.end + 1)
    return mark


class Map:
    """Names places of one document."""

    def __init__(self, page: Page, ledger: Ledger) -> None:
        self.page, self.ledger = page, ledger
        self.marks: dict[str, list[tuple[Story, Mark]]] = {}
        self.scales: dict[int, tuple[int, ...]] = {}  # of tables, by their number, once they were asked for
        for story in page.stories():
            for mark in story.bookmarks:
                self.marks.setdefault(mark.name, []).append((story, mark))

    def name(self, story: Story, position: int) -> str:
        """Return where a position of a story is."""
        if story is not self.page.body:
            words = short(story.text.strip())
            return f"{story.name}「{words}」" if words else story.name
        parts = [section] if (section := self.section(position)) else ["表紙"]
        line = story.line_at(position)
        if line is not None and line.cell is not None:
            parts.append(self.cell(line.cell))
        elif line is not None and (words := short(story.words(line).strip())):
            parts.append(f"「{words}」")
        return " › ".join(part for part in parts if part)

    def section(self, position: int) -> str:
        """Return the headings above a position of the body, outermost first; "" before the first."""
        index = bisect_right(self._starts, position) - 1
        return self._paths[index] if index >= 0 else ""

    def cell(self, place: CellPlace) -> str:
        """Return a table cell by the words of its row and its column."""
        table = self.table(place.table)
        if table is None:
            return ""
        name = self.table_name(place.table)
        row, column = self.words_of(table, place.row, 0), self.head_of(table, place)
        if not name and len(table.rows) == 1:
            return f"「{short(self.words_of(table, 0, place.column))}」"
        labels = "×".join(f"「{short(label)}」" for label in (row, column) if label)
        return f"{name or '表'} {place.row + 1}行{place.column + 1}列{labels}"

    def table(self, number: int) -> TableOnPage | None:
        """Return a table of the page by its number."""
        return self.page.tables[number] if 0 <= number < len(self.page.tables) else None

    def table_name(self, number: int) -> str:
        """Return how the ledger calls a table (`表2`), "" when it does not know it."""
        return self._table_names.get(number, "")

    def words_of(self, table: TableOnPage, row: int, column: int) -> str:
        """Return the text of a cell on one line."""
        if not (0 <= row < len(table.rows) and 0 <= column < len(table.rows[row])):
            return ""
        start, end = table.rows[row][column]
        return " ".join(self.page.body.text[start:end].split())

    def head_of(self, table: TableOnPage, place: CellPlace) -> str:
        """Return the head of the column of a cell, "" in the head itself and in the first column."""
        entry = self._entries.get(table.number)
        header = entry.header if entry is not None else 1
        if place.row < header or not place.column:
            return ""
        return self.words_of(table, header - 1, place.column) if header else ""

    @cached_property
    def entries(self) -> dict[str, int]:
        """Return the number of the table on the page for each table bookmark of the ledger."""
        found = {}
        for entry in self.ledger.of(TableEntry):
            for story, mark in self.marks.get(entry.bookmark, ()):
                line = story.line_at(mark.start)
                if story is self.page.body and line is not None and line.cell is not None:
                    found[entry.bookmark] = line.cell.table
        return found

    @cached_property
    def _entries(self) -> dict[int, TableEntry]:
        known = self.entries
        return {known[entry.bookmark]: entry for entry in self.ledger.of(TableEntry) if entry.bookmark in known}

    @cached_property
    def _table_names(self) -> dict[int, str]:
        return {number: entry.name or f"表（{entry.id}）" for number, entry in self._entries.items()}

    @cached_property
    def headings(self) -> tuple[tuple[int, Heading], ...]:
        """Return the headings of the ledger that stand on the page, with their positions, in the order of the page."""
        found = []
        lines = {self.page.body.words(line).strip(): line for line in reversed(self.page.body.lines)}
        for heading in self.ledger.of(Heading):
            marks = [mark for story, mark in self.marks.get(heading.bookmark, ()) if story is self.page.body]
            if marks:
                found.append((marks[0].start, heading))
            elif heading.text.strip() in lines:  # Word may give headings new bookmarks with a new table of contents
                found.append((lines[heading.text.strip()].start, heading))
        return tuple(sorted(found, key=lambda one: one[0]))

    @cached_property
    def _starts(self) -> list[int]:
        return [position for position, _ in self.headings]

    @cached_property
    def _paths(self) -> list[str]:
        paths: list[str] = []
        opened: list[Heading] = []
        for _, heading in self.headings:
            opened = [*(one for one in opened if one.level < heading.level), heading]
            paths.append(" › ".join(one.text for one in opened))
        return paths


def short(text: str) -> str:
    """Return the beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
