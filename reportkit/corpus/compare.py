"""What a data update changed: cells, statistics and case fields of two corpora, each with both of its places.

In: two corpora, usually two readings of one growing folder. Out: `Change`s in the order of the new corpus, what
disappeared after it. Records are matched by their ids (matrix id and canonical labels, statistic id, case id), never by
file or line: a value that only moved to another line is no change. A matrix, a row or column of one, a statistic or a
case that exists on one side only is one change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeVar

from reportkit.base.origin import Origin, Quote
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Cost, FactCheck, Link, Metric, Pair, Phase, Section
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.survey import Statistic

ChangeKind = Literal["changed", "appeared", "disappeared"]
RecordKind = Literal["matrix", "row", "column", "cell", "statistic", "case", "case-field"]

# Where values stand, how they were recognised, and text that other fields hold already: no statement of the source.
_NO_FIELDS = {"id", "origin", "dialect", "section_count", "id_origin", "adoption_origin", "employees_origin", "places"}
# What a reader calls the fields; those that are not listed keep their own name.
_FIELD_NAMES = {
    "title": "題名",
    "company": "企業名",
    "company_en": "英語名",
    "country": "国",
    "industry_raw": "業界（原文）",
    "sectors": "業界",
    "employees": "従業員数",
    "headquarters": "本社",
    "founded": "設立",
    "adoption_start": "導入時期",
    "published": "公表時期",
    "ai_tools": "AIツール",
    "vendors": "ベンダー",
    "scope": "対象",
    "profile": "企業の項目",
    "adoption": "導入の項目",
    "metrics": "効果",
    "qualitative": "定性的な効果",
    "background": "背景",
    "costs": "費用",
    "phases": "時期",
    "duration": "期間",
    "success_factors": "成功要因",
    "issues": "課題",
    "outlook": "今後",
    "lessons": "学び",
    "fact_checks": "確認結果",
    "references": "参考資料",
    "footer": "文末の項目",
    "front_matter": "先頭の項目",
    "sections": "そのほかの節",
    "file_sections": "ファイル全体の節",
    "remarks": "注記",
    "verified": "検証済み",
}
# Lists that repeat, word for word, what a typed field says; their change is told once.
_REPEATING = frozenset({"profile", "adoption", "front_matter", "footer", "sections", "industry_raw"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    record: what changed; key: its stable id (`cell:impact/医療/R&D`, `statistic:headline/impact`,
        `case:863/metrics/工数`); label: the same for people.
    old, new: the value as each source writes it, None on the side that has none; the origins are their places.
    """

    kind: ChangeKind
    record: RecordKind
    key: str
    label: str
    old: str | None
    new: str | None
    old_origin: Origin | None
    new_origin: Origin | None


@dataclass(frozen=True, slots=True)
class _Stated:
    label: str
    text: str
    origin: Origin
    compared: object  # what must be equal; the text may differ in blanks and commas only


def compare_corpora(old: Corpus, new: Corpus) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`: matrices with their cells, statistics, cases with their fields."""
    return (*_matrices(old, new), *_statistics(old, new), *_cases(old, new))


# --- matrices and statistics -----------------------------------------------------------------------------------------


def _matrices(old: Corpus, new: Corpus) -> Iterator[Change]:
    before = {matrix.id: matrix for matrix in old.matrices}
    after = {matrix.id: matrix for matrix in new.matrices}
    for name in _order(after, before):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            stated = [None if item is None else _whole(item) for item in (one, other)]
            yield from _change("matrix", f"matrix:{name}", *stated)
            continue
        yield from _change("matrix", f"matrix:{name}/unit", _unit(one), _unit(other))
        rows = [_lines(matrix, "row", other_one) for matrix, other_one in ((one, other), (other, one))]
        columns = [_lines(matrix, "column", other_one) for matrix, other_one in ((one, other), (other, one))]
        yield from _changes("row", f"row:{name}/", *rows)
        yield from _changes("column", f"column:{name}/", *columns)
        yield from _changes("cell", f"cell:{name}/", _cells(one, other), _cells(other, one))


def _lines(matrix: Matrix, kind: RecordKind, other: Matrix) -> dict[str, _Stated]:
    """Return the rows or columns that the other matrix does not have, with their values as text."""
    axis, there = (matrix.rows, other.rows) if kind == "row" else (matrix.columns, other.columns)
    word = "行" if kind == "row" else "列"
    found = {}
    for at, name in enumerate(axis.labels):
        if name in there.labels:
            continue
        cells = matrix.cells[at] if kind == "row" else tuple(row[at] for row in matrix.cells)
        text = "、".join(cell.raw or "空欄" for cell in cells)
        origin = cells[0].origin if cells else matrix.origin
        place = axis.origins[at] if at < len(axis.origins) else origin
        found[name] = _Stated(f"行列「{matrix.id}」の{word}「{name}」（{len(cells)}欄）", text, place, name)
    return found


def _whole(matrix: Matrix) -> _Stated:
    size = f"{len(matrix.rows.labels)}行{len(matrix.columns.labels)}列"
    return _Stated(f"行列「{matrix.id}」", f"{matrix.title}（{size}）", matrix.origin, matrix.id)


def _unit(matrix: Matrix) -> _Stated:
    return _Stated(f"行列「{matrix.id}」の単位", matrix.unit, matrix.origin, matrix.unit)


def _cells(matrix: Matrix, other: Matrix) -> dict[str, _Stated]:
    """Return the cells of the rows and columns that both matrices have, printed totals included."""
    found: dict[str, _Stated] = {}

    rows = {*other.rows.labels, matrix.column_total_kind or "合計"}
    columns = {*other.columns.labels, matrix.row_total_kind or "合計"}

    def add(row: str, column: str, cell: Cell) -> None:
        if row not in rows or column not in columns:
            return
        label = f"行列「{matrix.id}」の「{row}」×「{column}」"
        compared = (cell.value, cell.imputed, cell.rank)
        found[f"{row}/{column}"] = _Stated(label, cell.raw or "空欄", cell.origin, compared)

    for index, (row, cells) in enumerate(zip(matrix.rows.labels, matrix.cells, strict=True)):
        for column, cell in zip(matrix.columns.labels, cells, strict=True):
            add(row, column, cell)
        if matrix.row_totals is not None:
            add(row, matrix.row_total_kind or "合計", matrix.row_totals[index])
    if matrix.column_totals is not None:
        for column, cell in zip(matrix.columns.labels, matrix.column_totals, strict=True):
            add(matrix.column_total_kind or "合計", column, cell)
    if matrix.grand_total is not None:
        add(matrix.column_total_kind or "合計", matrix.row_total_kind or "合計", matrix.grand_total)
    return found


def _statistics(old: Corpus, new: Corpus) -> Iterator[Change]:
    yield from _changes("statistic", "statistic:", _figures(old.statistics), _figures(new.statistics))


def _figures(statistics: Iterable[Statistic]) -> dict[str, _Stated]:
    found = {}
    for item in statistics:
        about = "・".join(part for part in (item.subject, item.period) if part)
        label = f"{item.label}（{about}）" if about else item.label
        found[item.id] = _Stated(label, item.quantity.raw, item.origin, _amount(item.quantity))
    return found


def _amount(quantity: Quantity) -> object:
    numbers = (quantity.value, quantity.low, quantity.high)
    return (numbers, quantity.unit, quantity.qualifier, quantity.per) if quantity.is_known else quantity.raw


# --- cases -----------------------------------------------------------------------------------------------------------


def _cases(old: Corpus, new: Corpus) -> Iterator[Change]:
    before = {case.id: case for case in old.cases}
    after = {case.id: case for case in new.cases}
    for name in _order(after, before):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            stated = [
                None if case is None else _Stated(f"事例「{case.id}」", case.title, case.origin, case.id)
                for case in (one, other)
            ]
            yield from _change("case", f"case:{name}", *stated)
            continue
        told: set[tuple[str | None, str | None]] = set()
        for change in _changes("case-field", f"case:{name}/", _fields(one), _fields(other)):
            field = change.key.removeprefix(f"case:{name}/").partition("/")[0]
            if field in _REPEATING and (change.old, change.new) in told:
                continue
            told.add((change.old, change.new))
            yield change


def _fields(case: Case) -> dict[str, _Stated]:
    """Return what a case states, by field and, in lists, by the label of the item (or by its words without one)."""
    found: dict[str, _Stated] = {}
    for field in fields(case):
        if field.name in _NO_FIELDS:
            continue
        value = getattr(case, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            place = getattr(case, f"{field.name}_origin", None) or case.place_of(field.name)
            for name, text, origin, compared in _statements(item, place, isinstance(value, tuple)):
                key = _free_key(found, f"{field.name}/{name}" if name else field.name)
                part = key.removeprefix(field.name).removeprefix("/")
                said = _FIELD_NAMES.get(field.name, field.name) + (f"「{part}」" if part and part != text else "")
                found[key] = _Stated(f"事例「{case.id}」の{said}", text, origin or place, compared)
    return found


def _statements(item: object, place: Origin, listed: bool) -> Iterator[tuple[str, str, Origin | None, object]]:
    """Yield name within the field, text, place and what is compared, for each statement in a value of a case."""
    match item:
        case None | "" | ():
            return
        case Section(kind="other"):
            for line in item.lines:
                if words := line.words:
                    yield f"{item.title}/{words}", words, line.origin, words
        case Section():
            return  # its words stand in the typed fields
        case Quantity():
            yield "", item.raw, place, _amount(item)
        case Period():
            yield "", item.raw, place, item.raw
        case Quote():
            yield (item.text if listed else ""), item.text, item.origin, item.text
        case Metric() | Pair() | Cost() | Phase() | FactCheck() | Link():
            name, text = _named(item)
            yield name, text, item.origin, text
        case _:
            yield (str(item) if listed else ""), str(item), place, item


def _named(item: Metric | Pair | Cost | Phase | FactCheck | Link) -> tuple[str, str]:
    match item:
        case Metric():
            return item.label, item.raw
        case Pair():
            return item.label, item.text
        case Cost():
            return item.label, item.quantity.raw
        case Phase():
            when = (item.period.raw,) if item.period else ()
            return item.name, " / ".join((*when, *(quote.text for quote in item.details))) or item.name
        case FactCheck():
            return item.item, f"{item.verdict_raw} {item.source}".strip()
        case Link():
            return item.url or item.title, f"{item.title} {item.url}".strip()


def _free_key(found: Mapping[str, object], key: str) -> str:
    """Return the key, numbered when the case states it more than once."""
    if key not in found:
        return key
    number = 2
    while f"{key} ({number})" in found:
        number += 1
    return f"{key} ({number})"


# --- both sides ------------------------------------------------------------------------------------------------------


Side = TypeVar("Side")


def _order(new: Mapping[str, Side], old: Mapping[str, Side]) -> Sequence[str]:
    return [*new, *(name for name in old if name not in new)]


def _changes(
    record: RecordKind, prefix: str, old: Mapping[str, _Stated], new: Mapping[str, _Stated]
) -> Iterator[Change]:
    for name in _order(new, old):
        yield from _change(record, prefix + name, old.get(name), new.get(name))


def _change(record: RecordKind, key: str, old: _Stated | None, new: _Stated | None) -> Iterator[Change]:
    shown = new or old
    if shown is None or (old is not None and new is not None and old.compared == new.compared):
        return
    kind: ChangeKind = "appeared" if old is None else "disappeared" if new is None else "changed"
    yield Change(
        kind,
        record,
        key,
        shown.label,
        old.text if old else None,
        new.text if new else None,
        old.origin if old else None,
        new.origin if new else None,
    )
