"""Percentages that must add up to 100, and those that need not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.causes import likely_cause
from reportkit.checks.matrices.editions import matrix_for
from reportkit.checks.matrices.relations import Relation, Tables, half_step, printed_cells
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, line_origin, sector_keys, shown, shown_range
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.rules import Rules

_MANY_ROWS = 5  # from here on, most rows of 100 make the others suspect
_MOST = Decimal("0.8")


def is_share_of_answers(matrix: Matrix) -> bool:
    """Tell whether a question with several answers has rows of 100%: shares of answers, not of respondents.

    All rows, or with many rows most of them: one misprint does not turn shares of answers into shares of respondents.
    """
    if matrix.unit != "%" or not matrix.multiple_answers or not matrix.cells:
        return False
    half = half_step(matrix)
    fitting = sum(_is_100(cells, half) for cells in matrix.cells)
    return fitting == len(matrix.cells) or (len(matrix.cells) >= _MANY_ROWS and fitting >= _MOST * len(matrix.cells))


def _is_100(cells: tuple[Cell, ...], half: Decimal) -> bool:
    known = [cell.value for cell in cells if cell.value is not None]
    return abs(sum(known, Decimal(0)) - 100) <= len(known) * half


def relations(corpus: Corpus, _rules: Rules) -> Iterator[Relation]:
    """Yield the rows, and the row of averages, whose percentages add up to 100."""
    for matrix in corpus.matrices:
        if matrix.unit != "%" or not (matrix.exclusive or is_share_of_answers(matrix)):
            continue
        halves = {matrix.id: half_step(matrix)}
        for row in matrix.rows.labels:
            parts = tuple((matrix.id, row, column) for column in matrix.columns.labels)
            yield Relation("hundred", "sum", parts, None, halves)
        complete = all(cell.value is not None for cells in matrix.cells for cell in cells)
        if matrix.column_total_kind == "平均" and matrix.column_totals is not None and complete:
            parts = tuple((matrix.id, "平均", column) for column in matrix.columns.labels)
            yield Relation("hundred", "sum", parts, None, halves)


def check_hundred(tables: Tables) -> Iterator[Finding]:
    """Rows of a question with one answer per respondent, and shares of answers, must add up to 100%."""
    for relation in tables.broken("hundred"):
        name, row, _ = relation.parts[0]
        cells = [tables.cells[place] for place in relation.parts]
        interval = relation.computed(tables.grid)
        width = "" if interval is None else f"（四捨五入の幅 {shown_range(interval, 1)}）"
        why = "一人一つの回答なのに" if tables.matrix(relation.parts[0]).exclusive else "ほかの行の計は100%なのに"
        total = shown(relation.middle(tables.grid))
        cause = likely_cause(tables, relation)
        yield Finding(
            "matrix.not-100",
            "warning",
            f"行列「{name}」の「{row}」：{why}、割合の計が {total}%{width} です{cause.sentence}",
            FIX_SOURCE,
            line_origin(cells),
            (Evidence("割合の計", f"{total}%", line_origin(cells)),),
            (f"matrix:{name}", *(cell_key(place) for place in relation.parts), *sector_keys(row)),
        )


def check_shares_of_answers(tables: Tables) -> Iterator[Finding]:
    """Tell when a question with several answers has rows of 100%: shares of answers, not of respondents."""
    for matrix in tables.corpus.matrices:
        if not is_share_of_answers(matrix):
            continue
        evidence = [Evidence("質問", quote.text, quote.origin) for quote in matrix.question[:1]]
        for statistic in tables.corpus.statistics:
            name = tables.rules.series_matrix(statistic.series)
            if not name or matrix_for(tables.corpus, name, statistic) is not matrix:
                continue
            if cell := average_cell(matrix, statistic.subject):
                text = f"本文 {statistic.quantity.raw}、表の平均 {cell.raw}"
                evidence.append(Evidence(statistic.subject, text, statistic.origin))
        yield Finding(
            "matrix.share-of-answers",
            "note",
            f"行列「{matrix.id}」：複数回答の質問ですが、各行の計が100%です。回答者に占める割合ではなく、"
            "回答の数に占める割合と考えられます",
            "「○%の企業」とは書かず、「回答の○%」と書いてください",
            matrix.origin,
            tuple(evidence),
            (f"matrix:{matrix.id}",),
        )


def average_place(matrix: Matrix, subject: str) -> tuple[str, str]:
    """Return row and column of the printed average of a subject, which is a row or a column."""
    if subject in matrix.rows.labels:
        return subject, matrix.row_total_kind or "平均"
    return matrix.column_total_kind or "平均", subject


def average_cell(matrix: Matrix, subject: str) -> Cell | None:
    """Return the printed average of a subject, None when there is none."""
    return matrix.cell(*average_place(matrix, subject)) if subject else None


def check_ranges(tables: Tables) -> Iterator[Finding]:
    """Tell when a share of respondents or of answers lies outside 0 to 100, or a count is negative or broken."""
    shares = {name for rule in tables.rules.imputations for name in (rule.matrix,)}
    for matrix in tables.corpus.matrices:
        is_share = matrix.unit == "%" and (matrix.exclusive or matrix.multiple_answers or matrix.id in shares)
        is_count = not half_step(matrix)
        for place, cell in printed_cells(matrix) if is_share or is_count else ():
            value = cell.value
            if value is None or (0 <= value <= 100 if is_share else value >= 0 and value == value.to_integral_value()):
                continue
            if cell.spread:
                continue
            what = "割合が0〜100%の外にあります" if is_share else "数が0以上の整数ではありません"
            yield Finding(
                "matrix.out-of-range",
                "error",
                f"行列「{matrix.id}」の「{place[1]}」×「{place[2]}」：{what}（{cell.raw}）",
                FIX_SOURCE,
                cell.origin,
                (Evidence("値", cell.raw, cell.origin),),
                (f"matrix:{matrix.id}", cell_key(place), *sector_keys(place[1])),
            )
