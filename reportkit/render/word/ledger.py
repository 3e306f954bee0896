"""The ledger of a document while it is written: which number stands where, and what tables and charts hold.

Every printed fact, and every quoted text with a digit in it, is enclosed by a hidden bookmark (`_rk1`, `_rk2` ... in
reading order): Word and LibreOffice keep bookmarks when they save, and nobody sees them. What each of them holds goes
into a custom XML part, which `ledger_part` writes at the end. docs/ledger.md describes the part.

A content control around each number (`w:sdt` with the id as `w:tag`) was weighed and left out: a sector briefing prints
some 500 facts, every control shows a frame under the pointer and gets in the way of editing, and LibreOffice exports
controls as form fields into a PDF.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.document.chart import Chart
from reportkit.document.table import Table
from reportkit.render.word.markup import escape

_HEADER_ROW = '<row header="1">'


class Ledger:
    """Grows while one document is written. places: what was bound, in reading order, as XML of the ledger part.

    facts, quotes: what the places refer to, by number from 1. row: the words of the table cell that is being written,
    None outside of tables. commented: the ids of the comments about findings.
    """

    __slots__ = (
        "_bookmarks", "_charts", "_names", "_notes", "_numbers", "_places", "_quoted", "_rows", "_tables", "_twins",
        "commented", "facts", "places", "quotes", "row",
    )  # fmt: skip

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.quotes: list[tuple[str, Origin | None]] = []
        self.places: list[str] = []
        self.row: list[str] | None = None
        self.commented: dict[Finding, int] = {}
        self._rows: list[str] = []
        self._numbers: dict[str, int] = {}
        self._twins: dict[tuple[str, Quantity], int] = {}
        self._quoted: dict[tuple[str, Origin | None], int] = {}
        self._names: set[str] = set()
        self._places = self._bookmarks = self._tables = self._charts = self._notes = 0

    # --- numbers in words ---

    def next_bookmark(self) -> int:
        """Return an id that no other bookmark of the document has."""
        self._bookmarks += 1
        return self._bookmarks

    def bind_fact(self, fact: Fact, run: str, text: str) -> str:
        """Return the run of a printed fact, enclosed by its bookmark. text: the printed form, escaped."""
        return self._bind(run, f'fact="{self.number(fact)}">{text}</place>')

    def bind_quote(self, words: str, origin: Origin | None, run: str) -> str:
        """Return the run of quoted words that hold a digit, enclosed by its bookmark."""
        return self._bind(run, f'quote="{self._quote(words, origin)}"></place>')

    def cell_quote(self, words: str, origin: Origin | None) -> None:
        """Note quoted words that are a whole paragraph of a table cell: the cell is their place, without bookmark."""
        if self.row is not None:
            self.row.append(f"{{q{self._quote(words, origin)}}}")

    def _quote(self, words: str, origin: Origin | None) -> int:
        key = (words, origin)
        number = self._quoted.get(key)
        if number is None:
            self.quotes.append(key)
            self._quoted[key] = number = len(self.quotes)
        return number

    def _bind(self, run: str, what: str) -> str:
        self._places = place = self._places + 1
        self._bookmarks = mark = self._bookmarks + 1
        self.places.append(f"<place {what}")
        if self.row is not None:
            self.row.append(f"{{{place}}}")
        return f'<w:bookmarkStart w:id="{mark}" w:name="_rk{place}"/>{run}<w:bookmarkEnd w:id="{mark}"/>'

    def number(self, fact: Fact) -> int:
        """Return the number of a fact in the ledger; facts of one id are one, in whatever form they are printed.

        Two records of the sources may claim the same id with different amounts; then both stand in the ledger.
        """
        number = self._numbers.get(fact.id)
        if number is None:
            self.facts.append(fact)
            self._numbers[fact.id] = number = len(self.facts)
            return number
        known = self.facts[number - 1]
        if known is not fact:
            if known.quantity != fact.quantity:
                return self._number_of_twin(fact)
            if known.flags != fact.flags:
                flags = tuple(dict.fromkeys(known.flags + fact.flags))
                self.facts[number - 1] = replace(known, flags=flags)
        return number

    def _number_of_twin(self, fact: Fact) -> int:
        key = (fact.id, fact.quantity)
        number = self._twins.get(key)
        if number is None:
            self.facts.append(fact)
            self._twins[key] = number = len(self.facts)
        return number

    # --- what stands around them ---

    def heading(self, level: int, bookmark: str, text: str) -> None:
        """Note that a section begins. text: escaped."""
        self.places.append(f'<heading level="{level}" bookmark="{bookmark}">{text}</heading>')

    def footnote(self, words: str) -> None:
        """Note a footnote behind the last place; its words are told as a whole."""
        self._notes += 1
        self.places.append(f'<footnote n="{self._notes}" after="{self._places}">{escape(words)}</footnote>')

    def words(self, text: str) -> None:
        """Note words of the table cell that is being written. text: as rows of the ledger have it."""
        if self.row is not None:
            self.row.append(text)

    def end_row(self, cells: list[str], *, header: bool) -> None:
        """Note a finished row: the words of its cells, with `{n}` where place n stands, `{qn}` for quote n."""
        self._rows.append(f"{_HEADER_ROW if header else '<row>'}{'|'.join(cells)}</row>")

    def begin_table(self) -> str:
        """Return the hidden bookmark that goes into the first cell of a table."""
        self._tables += 1
        mark = self.next_bookmark()
        return f'<w:bookmarkStart w:id="{mark}" w:name="_rkt{self._tables}"/><w:bookmarkEnd w:id="{mark}"/>'

    def end_table(self, table: Table, label: str, title: str) -> None:
        """Note a finished table. label: 表2, "" for none. title: what Word shows as the table's title, escaped."""
        alt = f"<alt>{escape(table.summary)}</alt>" if table.summary else ""
        named = f' name="{label}"' if label else ""
        said = f'{named} id="{escape(table.id)}" bookmark="_rkt{self._tables}" title="{title}"'
        self.places.append(f"<table{said}>{alt}{''.join(self._rows)}</table>")
        self._rows.clear()

    def chart(self, chart: Chart, label: str, *, native: bool) -> str:
        """Note a chart; return the name of its drawing, unique in the document. label: 図3. native: not a picture.

        Programs may give drawings other names when they save, so `bind_chart` encloses it by a bookmark too.
        """
        self._charts += 1
        name = self._unused(f"rk-{chart.id}")
        told = [f"{self.number(fact)}" for fact in chart.facts() if fact.text and fact.text in chart.alt]
        inside = [f'<alt facts="{" ".join(told)}">{escape(chart.alt)}</alt>']
        inside += [f"<category>{escape(category)}</category>" for category in chart.categories]
        for series in chart.series:
            points = "".join(map(self._point, series.facts))
            inside.append(f'<series name="{escape(series.name)}">{points}</series>')
        for bubble in chart.bubbles:
            size = "" if bubble.size is None else f' size="{self.number(bubble.size)}"'
            ends = f'x="{self.number(bubble.x)}" y="{self.number(bubble.y)}"'
            inside.append(f'<bubble label="{escape(bubble.label)}" {ends}{size}></bubble>')
        for span in chart.spans:
            end = "" if span.end is None else f' end="{span.end.isoformat()}"'
            days = f'fact="{self.number(span.fact)}" start="{span.start.isoformat()}"{end}'
            inside.append(f'<span label="{escape(span.label)}" {days}>{escape(span.fact.text)}</span>')
        for line in chart.references:
            axis = ' axis="x"' if line.axis == "x" else ""
            inside.append(f'<reference label="{escape(line.label)}" fact="{self.number(line.fact)}"{axis}></reference>')
        divisors = f'divisor="{plain(chart.values.divisor)}"'
        drawn = "" if native else ' form="picture"'
        titles = f' title="{escape(chart.values.title)}"' if chart.values.title else ""
        if chart.x_axis is not None:
            divisors += f' x-divisor="{plain(chart.x_axis.divisor)}"'
            titles += f' x-title="{escape(chart.x_axis.title)}"' if chart.x_axis.title else ""
        self.places.append(
            f'<chart name="{escape(name)}" label="{label}" bookmark="_rkc{self._charts}" kind="{chart.kind}" '
            f"{divisors}{titles}{drawn}>"
            f"{''.join(inside)}</chart>"
        )
        return name

    def bind_chart(self, run: str) -> str:
        """Return the run of the chart noted last, enclosed by its bookmark."""
        mark = self.next_bookmark()
        return f'<w:bookmarkStart w:id="{mark}" w:name="_rkc{self._charts}"/>{run}<w:bookmarkEnd w:id="{mark}"/>'

    def _point(self, fact: Fact | None) -> str:
        return "<point></point>" if fact is None else f'<point fact="{self.number(fact)}">{escape(fact.text)}</point>'

    def _unused(self, name: str) -> str:
        free, number = name, 1
        while free in self._names:
            number += 1
            free = f"{name}-{number}"
        self._names.add(free)
        return free


def plain(value: Decimal) -> str:
    """Return a number in plain decimal notation, without exponent."""
    return format(value, "f")
