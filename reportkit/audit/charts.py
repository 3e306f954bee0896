"""Charts: what the ledger says they draw, against the cache that Word draws from and the workbook behind it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from reportkit.audit.drawings import DrawnChart, DrawnSeries, Grid, read_chart
from reportkit.audit.entries import BubbleEntry, ChartEntry, Ledger, LedgerFact, Place, SpanEntry
from reportkit.audit.numerals import Amount, mismatch, plain, read_amounts
from reportkit.audit.package import Package
from reportkit.audit.page import Drawing
from reportkit.audit.places import Map, short
from reportkit.audit.report import Difference

_DAY_ZERO = datetime.date(1899, 12, 30)  # of Excel's day numbers, right from March 1900 on
_TOLERANCE = Decimal("1e-13")  # of a double that was written as text with 15 digits and read again
_BY_OFFICE = re.compile(r"Object\d+|オブジェクト\d+")
_SCALES = (1, 10**4, 10**6, 10**8, 10**9, 10**12)


def check_charts(places: Map, package: Package) -> Iterator[Difference]:
    """Yield what differs between the charts of the ledger and those of the page."""
    entries = list(places.ledger.of(ChartEntry))
    drawings = [one for one in places.page.body.drawings if one.chart or one.picture]
    pairs = [(entry, _drawing(places, entry, index, entries, drawings)) for index, entry in enumerate(entries)]
    for entry, drawing in pairs:
        name = entry.label or entry.name
        if drawing is None:
            yield Difference("chart", name, "図が見つかりません", entry.name, "")
            continue
        where = f"{places.section(drawing.at)} › {name}"
        yield from _alt(places, entry, drawing, where)
        if entry.form == "picture":
            if drawing.chart:
                yield Difference(
                    "chart", where, "画像のはずの図が、編集できるグラフになっています", "画像", drawing.chart
                )
            continue
        chart = read_chart(package, drawing.chart) if drawing.chart else None
        if chart is None:
            yield Difference("chart", where, "グラフのはずの図が、画像に置き換わっています", "グラフ", drawing.picture)
            continue
        yield from _Check(places.ledger, entry, chart, where).differences()
    used = {id(drawing) for _, drawing in pairs if drawing is not None}
    for drawing in drawings:
        if drawing.chart and id(drawing) not in used:
            where = places.name(places.page.body, drawing.at)
            yield Difference("chart", where, "台帳にないグラフがあります", "", drawing.name)


def _drawing(
    places: Map, entry: ChartEntry, index: int, entries: Sequence[ChartEntry], drawings: Sequence[Drawing]
) -> Drawing | None:
    """Return the drawing of a chart: the one with its name, inside its bookmark, or the one in the same order.

    LibreOffice takes the names away, and keeps the bookmarks.
    """
    named = [drawing for drawing in drawings if drawing.name == entry.name]
    marks = [mark for story, mark in places.marks.get(entry.bookmark, ()) if story is places.page.body]
    inside = [drawing for mark in marks for drawing in drawings if mark.start <= drawing.at <= mark.end]
    if marks:
        return next((drawing for drawing in named if drawing in inside), inside[0] if inside else None)
    if named or any(drawing.name == other.name for drawing in drawings for other in entries):
        return named[0] if named else None
    return drawings[index] if index < len(drawings) else None


def _alt(places: Map, entry: ChartEntry, drawing: Drawing, where: str) -> Iterator[Difference]:
    lost = not drawing.alt and (_BY_OFFICE.fullmatch(drawing.name) or "LibreOffice" in places.page.program)
    if not lost and _words(drawing.alt) != _words(entry.alt):
        yield Difference("chart", where, "代替テキストが台帳と違います", entry.alt, drawing.alt)
    for amount in _unknown_numbers(entry.alt, places.ledger, entry, also=places.ledger.facts):
        what = "代替テキストの数が、台帳の数値のどれとも合いません"
        yield Difference("chart", where, what, "", entry.alt[amount.start : amount.end].strip())


def _unknown_numbers(text: str, ledger: Ledger, entry: ChartEntry, also: Sequence[LedgerFact] = ()) -> list[Amount]:
    """Return the numbers of a text that are neither a fact (of the chart or of `also`) nor part of one of its names."""
    masked = plain(text)
    names = [*entry.categories, *entry.titles, *(one.name for one in entry.series)]
    names += [one.label for one in entry.bubbles]
    names += [one.label for one in entry.spans]
    names += [one.label for one in entry.references]
    facts = [ledger.fact(number) for number in entry.facts()]
    texts = [place.text for fact in facts for place in ledger.printed(fact.n)]
    texts += [stated.raw for fact in facts for stated in fact.origins]
    if also:
        texts += [place.text for place in ledger.of(Place) if place.fact and place.text in text]
    for words in sorted({plain(one) for one in (*names, *texts) if re.search(r"\d", one)}, key=len, reverse=True):
        masked = masked.replace(words, " " * len(words))
    return [
        amount
        for amount in read_amounts(masked)
        if all(_differs(masked[amount.start : amount.end], fact, entry) for fact in (*facts, *also))
    ]


def _differs(text: str, fact: LedgerFact, entry: ChartEntry) -> bool:
    scales = tuple(dict.fromkeys((*_SCALES, int(entry.divisor), int(entry.x_divisor))))
    ends = [number for number in (fact.value, fact.low, fact.high) if number is not None]
    return all(mismatch(text, number, None, None, fact.unit, scales=scales) for number in ends) if ends else True


def _words(text: str) -> str:
    return "".join(text.split())


class _Check:
    """Compares one chart."""

    def __init__(self, ledger: Ledger, entry: ChartEntry, chart: DrawnChart, where: str) -> None:
        self.ledger, self.entry, self.chart, self.where = ledger, entry, chart, where

    def differences(self) -> Iterator[Difference]:
        """Yield what differs in cache, workbook and words."""
        entry = self.entry
        if entry.bubbles:
            yield from self._bubbles()
        elif entry.spans:
            yield from self._spans()
        else:
            yield from self._series()
        yield from self._workbook()
        for text in self.chart.words:
            for amount in _unknown_numbers(text, self.ledger, entry):
                what = "図の中の文字の数が、図の数値のどれとも合いません"
                yield Difference("chart", self.where, what, "", f"{text[amount.start : amount.end].strip()}（{text}）")

    # --- the cache

    def _series(self) -> Iterator[Difference]:
        entry, drawn = self.entry, self.chart.series
        if len(drawn) != len(entry.series):
            yield self._differ("系列の数が台帳と違います", f"{len(entry.series)}", f"{len(drawn)}")
            return
        for expected, found in zip(entry.series, drawn, strict=True):
            if not _same_name(found.name, expected.name):
                yield self._differ("系列の名前が台帳と違います", expected.name, found.name)
            yield from self._categories(entry.categories, found.categories)
            values = [self._drawn(number, entry.divisor) for number in expected.points]
            yield from self._values(values, found.values, entry.categories, f"系列「{expected.name}」")

    def _categories(self, expected: Sequence[str], found: Sequence[str | None]) -> Iterator[Difference]:
        for index, label in enumerate(expected):
            here = (found[index] or "") if index < len(found) else ""
            if not _same_name(here, label):
                yield self._differ(f"{index + 1} 番目の項目の名前が台帳と違います", label, here)

    def _values(
        self, expected: Sequence[Decimal | None], found: Sequence[str | None], labels: Sequence[str], what: str
    ) -> Iterator[Difference]:
        for index in range(max(len(expected), len(found))):
            one = expected[index] if index < len(expected) else None
            other = found[index] if index < len(found) else None
            if not _equal(one, other):
                label = labels[index] if index < len(labels) else f"{index + 1} 番目"
                yield self._differ(f"{what}の「{short(label)}」の描画値が台帳と違います", _text(one), other or "（空）")

    def _bubbles(self) -> Iterator[Difference]:
        drawn = list(self.chart.series)
        expected = [one for one in self.entry.bubbles if self._has_both(one)]
        if len(drawn) != len(expected):
            yield self._differ("バブルの数が台帳と違います", f"{len(expected)}", f"{len(drawn)}")
            return
        for bubble, found in zip(expected, drawn, strict=True):
            if not _same_name(found.name, bubble.label):
                yield self._differ("バブルの名前が台帳と違います", bubble.label, found.name)
            ends = [
                ("横軸", bubble.x, found.x, self.entry.x_divisor),
                ("縦軸", bubble.y, found.values, self.entry.divisor),
            ]
            if bubble.size and found.sizes:
                ends.append(("大きさ", bubble.size, found.sizes, Decimal(1)))
            for axis, number, cache, divisor in ends:
                value = self._drawn(number, divisor)
                if axis == "大きさ" and (value is None or value <= 0):
                    continue  # drawn hollow, as small as the smallest
                yield from self._values([value], cache, [bubble.label], axis)

    def _has_both(self, bubble: BubbleEntry) -> bool:
        return self._drawn(bubble.x, Decimal(1)) is not None and self._drawn(bubble.y, Decimal(1)) is not None

    def _spans(self) -> Iterator[Difference]:
        spans, drawn = self.entry.spans, self.chart.series
        if len(drawn) < 2:
            yield self._differ("系列の数が台帳と違います", "3", f"{len(drawn)}")
            return
        labels = [span.label for span in spans]
        yield from self._categories(labels, drawn[0].categories)
        yield from self._values([_serial(span.start) for span in spans], drawn[0].values, labels, "開始")
        yield from self._days(spans, drawn[1], labels)
        grid = self.chart.workbook or {}
        for column, one in enumerate(drawn, start=2):  # open ends and the room behind stand in the workbook only
            cells = [_number(grid.get((row, column))) for row in range(2, len(spans) + 2)]
            if grid:
                yield from self._values(cells, one.values, labels, f"系列「{one.name}」（ブックと比べて）")

    def _days(self, spans: Sequence[SpanEntry], drawn: DrawnSeries, labels: Sequence[str]) -> Iterator[Difference]:
        expected: list[Decimal | None] = []
        for index, span in enumerate(spans):
            start, end = _serial(span.start), _serial(span.end)
            here = drawn.values[index] if index < len(drawn.values) else None
            # An open end is drawn to the end of the axis, wherever that is.
            expected.append(_number(here) if end is None or start is None else end - start + 1)
        yield from self._values(expected, drawn.values, labels, "期間の日数")

    # --- the workbook

    def _workbook(self) -> Iterator[Difference]:
        grid = self.chart.workbook
        if grid is None:
            yield self._differ("グラフのもとのブックがありません", "埋め込みブック", "")
            return
        numbers, names = self._cells()
        for cell, value in numbers.items():
            if not _equal(value, grid.get(cell)):
                found = grid.get(cell, "（空）")
                yield self._differ(f"ブックのセル {_cell_name(cell)} が台帳と違います", _text(value), found)
        for cell, name in names.items():
            if not _same_name(grid.get(cell, ""), name):
                what = f"ブックのセル {_cell_name(cell)} の名前が台帳と違います"
                yield self._differ(what, name, grid.get(cell, "（空）"))
        yield from self._other_cells(grid, {*numbers, *names})

    def _cells(self) -> tuple[Mapping[tuple[int, int], Decimal | None], Mapping[tuple[int, int], str]]:
        """Return the cells that the workbook ought to hold, numbers and names; row 1 has the heads."""
        entry = self.entry
        numbers: dict[tuple[int, int], Decimal | None] = {}
        names: dict[tuple[int, int], str] = {}
        if entry.bubbles:
            for row, bubble in enumerate(entry.bubbles, start=2):
                names[row, 1] = bubble.label
                numbers[row, 2] = self._drawn(bubble.x, entry.x_divisor)
                numbers[row, 3] = self._drawn(bubble.y, entry.divisor)
                size = self._drawn(bubble.size, Decimal(1)) if bubble.size else None
                if size is not None and size > 0:
                    numbers[row, 4] = size
        elif entry.spans:
            for row, span in enumerate(entry.spans, start=2):
                start, end = _serial(span.start), _serial(span.end)
                names[row, 1] = span.label
                numbers[row, 2], numbers[row, 5] = start, end
                if start is not None and end is not None:
                    numbers[row, 3] = end - start + 1
        else:
            for row, category in enumerate(entry.categories, start=2):
                names[row, 1] = category
            for column, series in enumerate(entry.series, start=2):
                names[1, column] = series.name
                for row, number in enumerate(series.points, start=2):
                    numbers[row, column] = self._drawn(number, entry.divisor)
        return numbers, names

    def _other_cells(self, grid: Grid, known: set[tuple[int, int]]) -> Iterator[Difference]:
        """Check what stands beside the data: reference lines, full names, notes; every number of it must be known."""
        entry = self.entry
        references = [
            self._drawn(one.fact, entry.x_divisor if one.axis == "x" else entry.divisor) for one in entry.references
        ]
        sizes = [self._drawn(one.size, Decimal(1)) for one in entry.bubbles if one.size]
        ends = {"余白", "日数"} if entry.spans else set()
        for cell, text in sorted(grid.items()):
            if cell in known or not re.search(r"\d", plain(text)):
                continue
            head = grid.get((1, cell[1]), "")
            value = _number(text)
            if value is not None and (head in ends or any(_equal(one, text) for one in (*references, *sizes))):
                continue
            if value is None and not _unknown_numbers(text, self.ledger, entry):
                continue
            yield self._differ(f"ブックのセル {_cell_name(cell)} に台帳にない数があります", "", text)

    # --- values

    def _drawn(self, number: int | None, divisor: Decimal) -> Decimal | None:
        """Return what is drawn for a fact: its value or the middle of its range, divided."""
        if not number:
            return None
        fact = self.ledger.fact(number)
        if fact.value is not None:
            middle = fact.value
        elif fact.low is not None and fact.high is not None:
            middle = (fact.low + fact.high) / 2
        elif fact.low is not None or fact.high is not None:
            middle = fact.low if fact.low is not None else fact.high or Decimal(0)
        else:
            return None
        return middle / (divisor or Decimal(1))

    def _differ(self, what: str, expected: str, found: str) -> Difference:
        return Difference("chart", self.where, what, expected, found)


def _same_name(found: str, expected: str) -> bool:
    """Tell whether a name is the expected one, or its beginning with an ellipsis."""
    one, other = _words(found), _words(expected)
    return one == other or (one.endswith("…") and len(one) > 1 and other.startswith(one[:-1]))


def _number(text: str | None) -> Decimal | None:
    if text is None or len(text) > 60:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 400 else None


def _equal(expected: Decimal | None, found: str | None) -> bool:
    if expected is None or found is None:
        return expected is None and not found
    value = _number(found)
    return value is not None and abs(value - expected) <= _TOLERANCE * max(abs(expected), Decimal(1))


def _serial(day: str) -> Decimal | None:
    try:
        return Decimal((datetime.date.fromisoformat(day) - _DAY_ZERO).days) if day else None
    except ValueError:
        return None


def _text(value: Decimal | None) -> str:
    return "（空）" if value is None else f"{value:f}"


def _cell_name(cell: tuple[int, int]) -> str:
    row, column = cell
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
