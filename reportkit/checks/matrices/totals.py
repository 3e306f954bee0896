"""Sums and averages against the printed ones, and whether all totals of a table can be true together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.causes import Cause, likely_cause
from reportkit.checks.matrices.copies import copied_column
from reportkit.checks.matrices.flow import lines_that_cannot_meet
from reportkit.checks.matrices.relations import Interval, Place, Relation, RelationKind, Tables, half_step
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, line_origin, sector_keys, shown, shown_range
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.rules import Rules


def relations(corpus: Corpus, rules: Rules) -> Iterator[Relation]:
    """Yield the totals of rows, of columns and of both, and the averages whose weights the rules know."""
    for matrix in corpus.matrices:
        halves = {matrix.id: half_step(matrix)}
        rows, columns, name = matrix.rows.labels, matrix.columns.labels, matrix.id
        row_kind, column_kind = matrix.row_total_kind, matrix.column_total_kind
        if matrix.row_totals is not None and row_kind and (row_kind == "合計" or rules.averages_alike(name, "rows")):
            for row in rows:
                parts = tuple((name, row, column) for column in columns)
                yield _relation("row-total", parts, (name, row, row_kind), halves)
        if matrix.column_totals is None or not column_kind:
            continue
        known = column_kind == "合計" or rules.averages_alike(name, "columns")
        if known and copied_column(matrix, corpus) is None:
            for column in columns:
                parts = tuple((name, row, column) for row in rows)
                yield _relation("column-total", parts, (name, column_kind, column), halves)
        if matrix.grand_total is not None and row_kind == column_kind == "合計":
            total = (name, column_kind, row_kind)
            if matrix.row_totals is not None:
                yield Relation("grand-total", "sum", tuple((name, row, row_kind) for row in rows), total, halves)
            yield Relation(
                "grand-total", "sum", tuple((name, column_kind, column) for column in columns), total, halves
            )


def _relation(kind: RelationKind, parts: tuple[Place, ...], result: Place, halves: Mapping[str, Decimal]) -> Relation:
    if "平均" in result:
        return Relation("average", "mean", parts, result, halves)
    return Relation(kind, "sum", parts, result, halves)


def check_row_totals(tables: Tables) -> Iterator[Finding]:
    """Compare the printed total of every row with the sum of its cells."""
    for relation in tables.broken("row-total"):
        name, row, _ = place = relation.result or relation.parts[0]
        total, cells = tables.cells[place], [tables.cells[part] for part in relation.parts]
        shifted = shifted_total(tables, relation)
        cause = shifted if shifted.text else likely_cause(tables, relation)
        yield Finding(
            "matrix.row-total",
            "error",
            f"行列「{name}」の「{row}」：印刷の合計 {shown(total.value)} が、欄の計 {_sum(relation, tables)}"
            f"と合いません{cause.sentence}",
            FIX_SOURCE,
            total.origin,
            (
                Evidence("印刷の合計", shown(total.value), total.origin),
                Evidence("欄の計", shown(relation.middle(tables.grid)), line_origin(cells)),
            ),
            _subjects(name, (place, *cause.places), row),
        )


def shifted_total(tables: Tables, relation: Relation) -> Cause:
    """Return the cause when a printed total belongs to another row; an empty one when none is seen."""
    if relation.result is None:
        return Cause()
    name, row, _ = relation.result
    others = [
        other
        for other in tables.relations
        if other.kind == "row-total" and other.result and other.result[0] == name and other.result[1] != row
    ]
    total, own = tables.grid[relation.result], relation.middle(tables.grid)
    for other in others:
        if other.result and not other.holds(tables.grid) and other.middle(tables.grid) == total:
            return Cause(f"印刷の合計は「{other.result[1]}」の行の計と同じです。行の合計が一行ずれています")
    for other in others:
        if other.result and not other.holds(tables.grid) and tables.grid[other.result] == own:
            return Cause(f"この行の計は「{other.result[1]}」の行に印刷されています。行の合計が一行ずれています")
    return Cause()


def check_column_totals(tables: Tables) -> Iterator[Finding]:
    """Compare the printed totals of the columns with the sums of their cells; one finding for a matrix."""
    for matrix in tables.corpus.matrices:
        wrong = [relation for relation in tables.broken("column-total", matrix.id) if relation.result]
        if not wrong:
            continue
        causes = [likely_cause(tables, relation) for relation in wrong] if len(wrong) <= 4 else []
        totals = [relation.result for relation in wrong if relation.result]
        texts = _missing_row(tables, matrix, wrong) or "".join(dict.fromkeys(cause.text for cause in causes))
        columns = [place[2] for place in totals]
        printed = [
            f"印刷 {shown(tables.grid[place])}、欄の計 {_sum(relation, tables)}".rstrip()
            for place, relation in zip(totals, wrong, strict=True)
        ]
        detail = f"。「{columns[0]}」は{printed[0]}です" if len(wrong) == 1 else ""
        yield Finding(
            "matrix.column-total",
            "error" if matrix.suspect else "warning",
            f"行列「{matrix.id}」：{len(wrong)}列で、印刷の合計が欄の計と合いません（{_names(columns)}）{detail}"
            + (f"。{texts}" if texts else ""),
            "この表の列の合計は使わず、" + FIX_SOURCE,
            tables.origin(totals[0]),
            tuple(Evidence(place[2], text, tables.origin(place)) for place, text in zip(totals, printed, strict=True)),
            _subjects(matrix.id, (*totals, *(place for cause in causes for place in cause.places)), ""),
        )


def _missing_row(tables: Tables, matrix: Matrix, wrong: Sequence[Relation]) -> str:
    """Return the cause when the printed totals are all too large, yet agree with the grand total; "" when not."""
    gaps = [(tables.grid[item.result] or Decimal(0)) - item.middle(tables.grid) for item in wrong if item.result]
    grand = [item for item in tables.relations if item.kind == "grand-total" and item.parts[0][0] == matrix.id]
    columns = [item for item in grand if item.parts[0][1] == matrix.column_total_kind]
    agree = bool(columns) and all(item.holds(tables.grid) for item in columns)
    if len(wrong) < max(2, len(matrix.columns.labels)) or min(gaps) <= 0 or not agree:
        return ""
    gap = shown(sum(gaps, Decimal(0)))
    return f"どの列も印刷の合計のほうが大きく、差の和は {gap} です。印刷されていない行があるとみれば合います"


def _names(columns: Sequence[str]) -> str:
    named = "、".join(columns[:3])
    return f"{named} ほか" if len(columns) > 3 else named


def check_grand_totals(tables: Tables) -> Iterator[Finding]:
    """Compare the printed grand total with the sums of the printed row totals and column totals."""
    for matrix in tables.corpus.matrices:
        wrong = list(tables.broken("grand-total", matrix.id))
        if not wrong or wrong[0].result is None:
            continue
        place = wrong[0].result
        total = tables.cells[place]
        cause = likely_cause(tables, wrong[0])
        labels = ["行の合計の計" if relation.parts[0][2] == "合計" else "列の合計の計" for relation in wrong]
        evidence = [
            Evidence(
                label, shown(relation.middle(tables.grid)), line_origin([tables.cells[part] for part in relation.parts])
            )
            for label, relation in zip(labels, wrong, strict=True)
        ]
        gap = (total.value or Decimal(0)) - wrong[0].middle(tables.grid)
        ranges = "、".join(_range(relation.computed(tables.grid)) for relation in wrong)
        yield Finding(
            "matrix.grand-total",
            "warning",
            f"行列「{matrix.id}」：印刷の総計 {shown(total.value)} が{'、'.join(labels)}（{ranges}）"
            f"と合いません（{labels[0]}との差 {shown(gap)}）{cause.sentence or _other_side(tables, wrong)}",
            "総計を使うときは差があることを添え、" + FIX_SOURCE,
            total.origin,
            (Evidence("印刷の総計", shown(total.value), total.origin), *evidence),
            _subjects(matrix.id, (place, *cause.places), ""),
        )


def _other_side(tables: Tables, wrong: Sequence[Relation]) -> str:
    """Say what the totals of rows and of columns tell about each other, "" when only one of them is printed."""
    name = wrong[0].parts[0][0]
    both = [item for item in tables.relations if item.kind == "grand-total" and item.parts[0][0] == name]
    sides = [interval for item in both if (interval := item.computed(tables.grid)) is not None]
    if len(sides) < 2:
        return ""
    if len(wrong) == 2:
        return "。行の合計と列の合計は互いに合うので、総計だけが違うとみられます" if sides[0].meets(sides[1]) else ""
    right = next(item for item in both if item not in wrong)
    return f"。{'行' if right.parts[0][2] == '合計' else '列'}の合計の計とは合います"


def check_averages(tables: Tables) -> Iterator[Finding]:
    """Compare averages: with the mean where the weights are known, else with the values that they lie between."""
    for relation in tables.broken("average"):
        if relation.result is None or (interval := relation.computed(tables.grid)) is None:
            continue
        name, row, column = relation.result
        cell = tables.cells[relation.result]
        cause = likely_cause(tables, relation)
        yield Finding(
            "matrix.average",
            "warning",
            f"行列「{name}」の「{column if row == '平均' else row}」：印刷の平均 {shown(cell.value)} が、"
            f"欄の平均（{shown_range(interval, 1)}）と合いません{cause.sentence}",
            FIX_SOURCE,
            cell.origin,
            (
                Evidence("印刷の平均", cell.raw, cell.origin),
                Evidence("欄の平均", shown_range(interval, 1), tables.origin(relation.parts[0])),
            ),
            _subjects(name, (relation.result, *cause.places), row),
        )
    for matrix in tables.corpus.matrices:
        yield from _averages_in_range(tables, matrix)


def _averages_in_range(tables: Tables, matrix: Matrix) -> Iterator[Finding]:
    slack = 2 * half_step(matrix)  # half a step for the values, half a step for the average
    for row, column, cells, average in _averages(matrix, tables.rules):
        values = [cell.value for cell in cells if cell.value is not None]
        if average.value is None or not values or min(values) - slack <= average.value <= max(values) + slack:
            continue
        yield Finding(
            "matrix.average-range",
            "warning",
            f"行列「{matrix.id}」の「{row if column == '平均' else column}」：印刷の平均 {shown(average.value)} が"
            f"欄の値（{shown(min(values))}〜{shown(max(values))}）の外にあります",
            FIX_SOURCE,
            average.origin,
            (Evidence("印刷の平均", average.raw, average.origin),),
            _subjects(matrix.id, ((matrix.id, row, column),), row if column == "平均" else ""),
        )


def _averages(matrix: Matrix, rules: Rules) -> Iterator[tuple[str, str, Sequence[Cell], Cell]]:
    rows, columns = matrix.row_totals, matrix.column_totals
    if rows is not None and matrix.row_total_kind == "平均" and not rules.averages_alike(matrix.id, "rows"):
        for row, cells, average in zip(matrix.rows.labels, matrix.cells, rows, strict=True):
            yield row, "平均", cells, average
        if matrix.grand_total is not None:
            yield "平均", "平均", rows, matrix.grand_total
    if columns is not None and matrix.column_total_kind == "平均" and not rules.averages_alike(matrix.id, "columns"):
        for index, (column, average) in enumerate(zip(matrix.columns.labels, columns, strict=True)):
            yield "平均", column, [row[index] for row in matrix.cells], average
        if matrix.grand_total is not None:
            yield "平均", "平均", columns, matrix.grand_total


def check_totals_together(tables: Tables) -> Iterator[Finding]:
    """Tell when every total can be true alone but not all of them together; named are the lines that exclude it."""
    for matrix in tables.corpus.matrices:
        lines = lines_that_cannot_meet(tables, matrix)
        if not lines:
            continue
        places = [relation.result or relation.parts[0] for relation in lines]
        named = "、".join(_line_name(relation) for relation in lines)
        yield Finding(
            "matrix.totals-together",
            "warning",
            f"行列「{matrix.id}」：{named} は、一つずつなら四捨五入で説明できますが、"
            "すべてを満たす四捨五入前の値はありません。この行か列のどこかに小さな誤りがあります",
            FIX_SOURCE,
            tables.origin(places[0]),
            tuple(
                Evidence(_line_name(relation), _line_text(tables, relation), tables.origin(place))
                for relation, place in zip(lines, places, strict=True)
            ),
            _subjects(matrix.id, places, ""),
        )


def _line_name(relation: Relation) -> str:
    """Return what a relation is about: `「医療」の合計`, `「医療」の計100%`."""
    if relation.result is None:
        return f"「{relation.parts[0][1]}」の計100%"
    _, row, column = relation.result
    return f"「{row}」の{column}" if column in {"合計", "平均"} else f"「{column}」の{row}"


def _line_text(tables: Tables, relation: Relation) -> str:
    computed = relation.computed(tables.grid)
    printed = "100%" if relation.result is None else tables.cells[relation.result].raw
    return f"印刷 {printed}" + ("" if computed is None else f"、欄からは {shown_range(computed, 1)}")


def _sum(relation: Relation, tables: Tables) -> str:
    """Return the sum with the interval that rounding allows: `23,241（四捨五入の幅 23,237〜23,245）`."""
    interval = relation.computed(tables.grid)
    if interval is None or interval.low == interval.high:
        return f"{shown(relation.middle(tables.grid))} "
    return f"{shown(relation.middle(tables.grid))}（四捨五入の幅 {shown_range(interval)}）"


def _range(interval: Interval | None) -> str:
    return "" if interval is None else shown_range(interval)


def _subjects(matrix: str, places: Sequence[Place], row: str) -> tuple[str, ...]:
    return (f"matrix:{matrix}", *dict.fromkeys(cell_key(place) for place in places), *sector_keys(row))
