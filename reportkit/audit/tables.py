"""Tables of the page against the rows of the ledger: every cell, so that swapped rows and columns are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportkit.audit.entries import Cell, Ledger, Reference, TableEntry
from reportkit.audit.page import TableOnPage
from reportkit.audit.places import Map, short
from reportkit.audit.report import Difference

_MOST = 6  # cells of one table that are told one by one

Row = tuple[str, ...]


def check_tables(places: Map) -> Iterator[Difference]:
    """Yield what differs between the tables of the ledger and those of the page."""
    before = -1
    for entry in places.ledger.of(TableEntry):
        name = entry.name or f"表（{entry.id}）"
        number = places.entries.get(entry.bookmark)
        if number is None:
            yield Difference("table", name, "表が見つかりません", f"{len(entry.rows)} 行の表", "")
            continue
        if number <= before:
            yield Difference("table", name, "表の並びが台帳と違います", note=True)
        before = number
        expected = [tuple(_squeezed(cell_text(places.ledger, cell)) for cell in row) for row in entry.rows]
        table = places.page.tables[number]
        found = [tuple(_squeezed(places.page.body.text[start:end]) for start, end in row) for row in table.rows]
        yield from _compare(places, table, name, expected, found)
        lost = not table.alt and "LibreOffice" in places.page.program
        if not lost and _squeezed(table.alt) != _squeezed(entry.alt):
            yield Difference("table", name, "表の代替テキストが台帳と違います", entry.alt, table.alt)


def _compare(
    places: Map, table: TableOnPage, name: str, expected: Sequence[Row], found: Sequence[Row]
) -> Iterator[Difference]:
    if expected == found:
        return
    if len(expected) != len(found):
        yield Difference("table", name, "表の行の数が台帳と違います", f"{len(expected)} 行", f"{len(found)} 行")
        return
    wrong = [index for index, (one, other) in enumerate(zip(expected, found, strict=True)) if one != other]
    if len(wrong) > 1 and sorted(expected[index] for index in wrong) == sorted(found[index] for index in wrong):
        rows = "、".join(f"「{short(expected[index][0] if expected[index] else '')}」" for index in wrong[:4])
        yield Difference(
            "table", name, f"行の並びが台帳と違います：{rows}", _row(expected[wrong[0]]), _row(found[wrong[0]])
        )
        return
    columns = _swapped(expected, found)
    if columns:
        heads = "、".join(f"「{short(expected[0][column])}」" for column in columns[:4])
        yield Difference(
            "table", name, f"列の並びが台帳と違います：{heads}", _row(expected[wrong[0]]), _row(found[wrong[0]])
        )
        return
    told = 0
    for index in wrong:
        one, other = expected[index], found[index]
        if len(one) != len(other):
            yield Difference("table", f"{name} {index + 1}行", "セルの数が台帳と違います", _row(one), _row(other))
            told += 1
            continue
        for column, (left, right) in enumerate(zip(one, other, strict=True)):
            if left != right:
                where = f"{name} {index + 1}行「{short(one[0])}」{column + 1}列"
                yield Difference("table", where, "セルの内容が台帳と違います", left, right)
                told += 1
        if told >= _MOST:
            yield Difference("table", name, "表のほかのセルにも違いがあります", note=True)
            return


def _swapped(expected: Sequence[Row], found: Sequence[Row]) -> list[int]:
    """Return the columns that changed places, [] when that is not what happened."""
    widths = {len(row) for row in (*expected, *found)}
    if len(widths) != 1:
        return []
    left, right = list(zip(*expected, strict=True)), list(zip(*found, strict=True))
    if sorted(left) != sorted(right):
        return []
    return [column for column, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]


def cell_text(ledger: Ledger, cell: Cell) -> str:
    """Return what a cell ought to say."""
    words = []
    for piece in cell:
        match piece:
            case str():
                words.append(piece)
            case Reference(kind="quote", n=n):
                words.append(ledger.quote(n).text)
            case Reference(n=n):
                words.append(ledger.places[n].text)
    return "".join(words)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _row(row: Row) -> str:
    return "｜".join(short(cell) for cell in row)
