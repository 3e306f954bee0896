"""Checks on survey matrices: totals, identities between matrices, imputation marks, and prose against tables.

In: a `Corpus`. Out: findings. Printed values are rounded, so every comparison works with the interval that a printed
value stands for; only what no rounding can explain is a finding. Nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding, Severity
from reportkit.base.origin import Origin
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.survey import Statistic
from reportkit.corpus.taxonomy import Sector

HALF = Decimal("0.5")
MIN_ANSWERS = 10  # the survey replaces cells with fewer answers by an average and marks them
_FIX_SOURCE = "元の資料で値を確かめ、どちらかが誤りなら資料を直してください"

# impact = labour cost x reduction rate x adoption intent, with the factor that brings the units together:
# 10億円 x % x % -> 億円
_IDENTITY = ("labour-cost", "reduction-rate", "adoption-intent", "impact")
_IDENTITY_FACTOR = Decimal(10) / 100 / 100

# which average stands in for a cell with too few answers, as the notes under the tables say
_IMPUTED_FROM = {"reduction-rate": "column", "adoption-intent": "row"}

# statistic from prose -> the cell of a matrix that says the same, and the factor to the unit of the statistic
_PROSE: tuple[tuple[str, str, str, str, Decimal], ...] = (
    ("headline/impact", "impact", "合計", "合計", Decimal(10**8)),
    ("headline/labour-cost", "labour-cost", "合計", "合計", Decimal(10**9)),
    ("headline/reduction-rate", "reduction-rate", "平均", "平均", Decimal(1)),
    ("headline/adoption-intent", "adoption-intent", "平均", "平均", Decimal(1)),
    ("headline/respondents", "respondents", "合計", "合計", Decimal(1)),
)
_PROSE_SERIES = {
    "headline/reduction-rate": "reduction-rate",
    "headline/adoption-intent": "adoption-intent",
    "headline/support": "support",
    "headline/participation-barriers": "participation-barriers",
    "headline/data-sharing-support": "data-sharing-support",
}


def check_matrices(corpus: Corpus) -> tuple[Finding, ...]:
    """Return the findings of every check on matrices."""
    return tuple(finding for check in MATRIX_CHECKS for finding in check(corpus))


# --- totals ----------------------------------------------------------------------------------------------------------


def check_row_totals(corpus: Corpus) -> Iterator[Finding]:
    """Compare the printed total of every row with the sum of its cells."""
    for matrix in corpus.matrices:
        if matrix.row_totals is None or matrix.row_total_kind != "合計":
            continue
        sums = {row: _sum(cells) for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True)}
        for row, cells, total in zip(matrix.rows.labels, matrix.cells, matrix.row_totals, strict=True):
            if total.value is None or _agrees(total.value, cells, matrix):
                continue
            yield Finding(
                "matrix.row-total",
                "error",
                f"行列「{matrix.id}」の「{row}」：印刷の合計 {_print(total.value)} が、欄の計 {_print(sums[row])} "
                f"と合いません。{_shifted_total(matrix, row, total.value, sums)}",
                _FIX_SOURCE,
                total.origin,
                (
                    Evidence("印刷の合計", _print(total.value), total.origin),
                    Evidence("欄の計", _print(sums[row]), _row_origin(cells)),
                ),
                (f"matrix:{matrix.id}", _cell_key(matrix, row, "合計"), *_sector_keys(row)),
            )


def _shifted_total(matrix: Matrix, row: str, total: Decimal, sums: Mapping[str, Decimal]) -> str:
    """Return the likely cause when a printed total belongs to another row, "" when none is seen."""
    owner = next((name for name, other in sums.items() if name != row and other == total), "")
    if owner:
        return f"印刷の合計は「{owner}」の行の計と同じです。行の合計が一行ずれています"
    printed = zip(matrix.rows.labels, matrix.row_totals or (), strict=True)
    holder = next((name for name, other in printed if name != row and other.value == sums[row]), "")
    return f"この行の計は「{holder}」の行に印刷されています。行の合計が一行ずれています" if holder else ""


def check_column_totals(corpus: Corpus) -> Iterator[Finding]:
    """Compare the printed totals of the columns with the sums of their cells; one finding for a matrix."""
    for matrix in corpus.matrices:
        if matrix.column_totals is None or matrix.column_total_kind != "合計" or _copied_column(matrix, corpus):
            continue
        wrong: list[tuple[str, Decimal, Cell]] = []
        for index, (column, total) in enumerate(zip(matrix.columns.labels, matrix.column_totals, strict=True)):
            cells = [row[index] for row in matrix.cells]
            if total.value is not None and not _agrees(total.value, cells, matrix):
                wrong.append((column, _sum(cells), total))
        if not wrong:
            continue
        yield Finding(
            "matrix.column-total",
            "error" if matrix.suspect else "warning",
            f"行列「{matrix.id}」：{len(wrong)}列で、印刷の合計が欄の計と合いません（{_names(wrong)}）",
            "この表の列の合計は使わず、" + _FIX_SOURCE,
            wrong[0][2].origin,
            tuple(
                Evidence(column, f"印刷 {_print(total.value)}、欄の計 {_print(computed)}", total.origin)
                for column, computed, total in wrong
            ),
            (f"matrix:{matrix.id}", *(_cell_key(matrix, "合計", column) for column, _, _ in wrong)),
        )


def _names(wrong: Sequence[tuple[str, Decimal, Cell]]) -> str:
    shown = "、".join(column for column, _, _ in wrong[:3])
    return f"{shown} ほか" if len(wrong) > 3 else shown


def check_grand_totals(corpus: Corpus) -> Iterator[Finding]:
    """Compare the printed grand total with the sums of the printed row totals and column totals."""
    for matrix in corpus.matrices:
        total = matrix.grand_total
        if total is None or total.value is None or matrix.column_total_kind != "合計":
            continue
        sides = [("行の合計の計", matrix.row_totals), ("列の合計の計", matrix.column_totals)]
        evidence = [
            Evidence(label, _print(_sum(cells)), _row_origin(cells))
            for label, cells in sides
            if cells and not _agrees(total.value, cells, matrix)
        ]
        if not evidence:
            continue
        gap = next(total.value - _sum(cells) for _, cells in sides if cells and not _agrees(total.value, cells, matrix))
        yield Finding(
            "matrix.grand-total",
            "warning",
            f"行列「{matrix.id}」：印刷の総計 {_print(total.value)} が{'、'.join(item.label for item in evidence)}"
            f"と合いません（{evidence[0].label}との差 {_print(gap)}）",
            "総計を使うときは差があることを添え、" + _FIX_SOURCE,
            total.origin,
            (Evidence("印刷の総計", _print(total.value), total.origin), *evidence),
            (f"matrix:{matrix.id}", _cell_key(matrix, "合計", "合計")),
        )


def check_averages(corpus: Corpus) -> Iterator[Finding]:
    """Tell when a printed average lies outside the values that it averages; its weights are not printed."""
    for matrix in corpus.matrices:
        for row, column, cells, average in _averages(matrix):
            values = [cell.value for cell in cells if cell.value is not None]
            if average.value is None or not values or min(values) - 1 <= average.value <= max(values) + 1:
                continue
            yield Finding(
                "matrix.average-range",
                "warning",
                f"行列「{matrix.id}」の「{row if column == '平均' else column}」：印刷の平均 {_print(average.value)} が"
                f"欄の値（{_print(min(values))}〜{_print(max(values))}）の外にあります",
                _FIX_SOURCE,
                average.origin,
                (Evidence("印刷の平均", average.raw, average.origin),),
                (f"matrix:{matrix.id}", _cell_key(matrix, row, column), *_sector_keys(row if column == "平均" else "")),
            )


def _averages(matrix: Matrix) -> Iterator[tuple[str, str, Sequence[Cell], Cell]]:
    if matrix.row_totals is not None and matrix.row_total_kind == "平均":
        for row, cells, average in zip(matrix.rows.labels, matrix.cells, matrix.row_totals, strict=True):
            yield row, "平均", cells, average
    if matrix.column_totals is not None and matrix.column_total_kind == "平均":
        for index, (column, average) in enumerate(zip(matrix.columns.labels, matrix.column_totals, strict=True)):
            yield "平均", column, [row[index] for row in matrix.cells], average


# --- shares ----------------------------------------------------------------------------------------------------------


def check_exclusive_rows(corpus: Corpus) -> Iterator[Finding]:
    """Rows of a question with one answer per respondent must add up to 100%, rounding apart."""
    for matrix in corpus.matrices:
        if not matrix.exclusive or matrix.unit != "%":
            continue
        for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
            total = _sum(cells)
            if abs(total - 100) <= max(Decimal(1), len(cells) * HALF - 1):
                continue
            yield Finding(
                "matrix.not-100",
                "warning",
                f"行列「{matrix.id}」の「{row}」：一人一つの回答なのに、割合の計が {_print(total)}% です",
                _FIX_SOURCE,
                _row_origin(cells),
                (Evidence("割合の計", f"{_print(total)}%", _row_origin(cells)),),
                (f"matrix:{matrix.id}", *_sector_keys(row)),
            )


def check_shares_of_answers(corpus: Corpus) -> Iterator[Finding]:
    """Tell when a question with several answers has rows of 100%: shares of answers, not of respondents."""
    for matrix in corpus.matrices:
        if not _is_share_of_answers(matrix):
            continue
        evidence = [Evidence("質問", quote.text, quote.origin) for quote in matrix.question[:1]]
        for statistic in corpus.statistics:
            if _PROSE_SERIES.get(statistic.series) == matrix.id and (cell := _average_cell(matrix, statistic.subject)):
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


def _is_share_of_answers(matrix: Matrix) -> bool:
    return (
        matrix.unit == "%"
        and matrix.multiple_answers
        and bool(matrix.cells)
        and all(abs(_sum(cells) - 100) <= len(cells) * HALF for cells in matrix.cells)
    )


# --- between matrices ------------------------------------------------------------------------------------------------


def check_identity(corpus: Corpus) -> Iterator[Finding]:
    """Compare each impact with labour cost x reduction rate x adoption intent, as intervals of rounded values."""
    if not all(corpus.has_matrix(name) for name in _IDENTITY):
        return
    matrices = [corpus.matrix(name) for name in _IDENTITY]
    impact = matrices[-1]
    for row in impact.rows.labels:
        for column in impact.columns.labels:
            cells = [matrix.cell(row, column) for matrix in matrices]
            known = [cell for cell in cells if cell is not None and cell.value is not None]
            if len(known) < len(cells):
                continue
            low, high = _product_interval([cell.value for cell in known[:-1] if cell.value is not None])
            printed = known[-1].value
            if printed is None or low - HALF <= printed <= high + HALF:
                continue
            yield Finding(
                "matrix.identity",
                "warning",
                f"「{row}」×「{column}」：印刷の効果 {_print(printed)}億円が、人件費×削減割合×導入意向"
                f"（{_print(low.quantize(Decimal(1)))}〜{_print(high.quantize(Decimal(1)))}億円）と合いません",
                "四つの値のどれが誤りかは資料から決められません。この欄の値を使うときは、合わないことを添えてください",
                known[-1].origin,
                tuple(
                    Evidence(matrix.title, _with_unit(cell, matrix), cell.origin)
                    for matrix, cell in zip(matrices, known, strict=True)
                ),
                (
                    *(f"matrix:{matrix.id}" for matrix in matrices),
                    *(_cell_key(matrix, row, column) for matrix in matrices),
                    *_sector_keys(row),
                ),
            )


def _product_interval(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low = high = _IDENTITY_FACTOR
    for value in values:
        low *= max(Decimal(0), value - HALF)
        high *= value + HALF
    return low, high


def check_excerpts(corpus: Corpus) -> Iterator[Finding]:
    """Tell when a table of one column repeats a column of another table under its own heading."""
    for matrix in corpus.matrices:
        found = _copied_column(matrix, corpus)
        if found is None:
            continue
        other, column = found
        shared = [row for row in matrix.rows.labels if row in other.rows.labels]
        total = None if other.row_total_kind is None else other.cell(shared[0], other.row_total_kind)
        yield Finding(
            "matrix.excerpt",
            "error",
            f"行列「{matrix.id}」：見出しは「{matrix.columns.printed[0]}」ですが、値は行列「{other.id}」の"
            f"「{column}」の列と同じです。産業ごとの合計として使えません",
            "この表は使わず、元の表の合計の列を使ってください",
            matrix.origin,
            (
                Evidence(f"{matrix.id} の「{shared[0]}」", matrix.cells[0][0].raw, matrix.cells[0][0].origin),
                *_quoted(f"{other.id} の「{shared[0]}」×「{column}」", other.cell(shared[0], column)),
                *_quoted(f"{other.id} の「{shared[0]}」の合計", total),
            ),
            (f"matrix:{matrix.id}", *(_cell_key(matrix, row, matrix.columns.labels[0]) for row in matrix.rows.labels)),
        )


def _copied_column(matrix: Matrix, corpus: Corpus) -> tuple[Matrix, str] | None:
    if len(matrix.columns.labels) != 1 or len(matrix.rows.labels) < 4:
        return None
    own = matrix.columns.labels[0]
    for other in corpus.matrices:
        if other.id == matrix.id or len(other.columns.labels) < 2 or other.unit != matrix.unit:
            continue
        shared = [row for row in matrix.rows.labels if row in other.rows.labels]
        if len(shared) * 2 < len(matrix.rows.labels):
            continue
        for column in other.columns.labels:
            if all(matrix.value(row, own) == other.value(row, column) is not None for row in shared):
                return other, column
    return None


def check_imputation(corpus: Corpus) -> Iterator[Finding]:
    """Compare imputation marks with the number of respondents, and imputed values with the average they stand for."""
    if not corpus.has_matrix("respondents"):
        return
    respondents = corpus.matrix("respondents")
    sectors = {sector.name: sector for sector in corpus.taxonomy.industries}
    for name, direction in _IMPUTED_FROM.items():
        if not corpus.has_matrix(name):
            continue
        matrix = corpus.matrix(name)
        for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True):
            sector = sectors.get(row)
            for column, cell in zip(matrix.columns.labels, cells, strict=True):
                if sector is not None:
                    yield from _check_mark(matrix, row, column, cell, respondents, sector)
                yield from _check_imputed_value(matrix, row, column, cell, direction)


def _check_mark(
    matrix: Matrix, row: str, column: str, cell: Cell, respondents: Matrix, sector: Sector
) -> Iterator[Finding]:
    """Compare one mark with the number of answers; where the count is of a group, a part of it can only be smaller."""
    count = respondents.cell(sector.respondent_group, column)
    if count is None or count.value is None or cell.spread:
        return
    own = sector.respondent_group == sector.name
    subjects = (f"matrix:{matrix.id}", _cell_key(matrix, row, column), *_sector_keys(row))
    evidence = (
        Evidence(f"{sector.respondent_group} の回答人数", f"{_print(count.value)}人", count.origin),
        Evidence("値", cell.raw or "空欄", cell.origin),
    )
    place = f"行列「{matrix.id}」の「{row}」×「{column}」"
    if cell.value is not None and not cell.imputed and count.value < MIN_ANSWERS:
        message = f"{place}：回答者が{_print(count.value)}人で{MIN_ANSWERS}人に満たないのに、補完の印がありません"
        fix = "少ない回答の値か、印の付け忘れかは資料から決められません。値を使うときは回答人数を添えてください"
        yield Finding("matrix.imputation-mark", "warning", message, fix, cell.origin, evidence, subjects)
    elif cell.imputed and own and count.value >= MIN_ANSWERS:
        message = f"{place}：回答者が{_print(count.value)}人いるのに、補完の印があります"
        yield Finding("matrix.imputation-mark", "warning", message, _FIX_SOURCE, cell.origin, evidence, subjects)
    elif cell.value is None and own and count.value >= MIN_ANSWERS:
        message = f"{place}：回答者が{_print(count.value)}人いるのに、値がありません"
        fix = "値がないことは0ではありません。この欄を含む試算には、その分が入っていません"
        yield Finding("matrix.gap", "note", message, fix, cell.origin, evidence, subjects)


def _check_imputed_value(matrix: Matrix, row: str, column: str, cell: Cell, direction: str) -> Iterator[Finding]:
    average = matrix.cell(row, "平均") if direction == "row" else matrix.cell("平均", column)
    if not cell.imputed or average is None or average.value is None or cell.value == average.value:
        return
    which = "産業" if direction == "row" else "機能"
    yield Finding(
        "matrix.imputed-value",
        "warning",
        f"行列「{matrix.id}」の「{row}」×「{column}」：補完の値 {cell.raw} が、"
        f"注にいう{which}の平均 {average.raw} と違います",
        _FIX_SOURCE,
        cell.origin,
        (Evidence("補完の値", cell.raw, cell.origin), Evidence(f"{which}の平均", average.raw, average.origin)),
        (f"matrix:{matrix.id}", _cell_key(matrix, row, column), *_sector_keys(row)),
    )


# --- rank marks ------------------------------------------------------------------------------------------------------


def check_rank_marks(corpus: Corpus) -> Iterator[Finding]:
    """Compare the marks in the matrix with the list of fields under it: same numbers, same cells, no order of size."""
    for matrix in corpus.matrices:
        marked = [
            (cell.rank, row, column, cell)
            for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True)
            for column, cell in zip(matrix.columns.labels, cells, strict=True)
            if cell.rank is not None
        ]
        if not marked:
            continue
        marked.sort(key=lambda item: item[0] or 0)
        yield from _check_order(matrix, marked)
        fields = {field.rank: field for field in corpus.promising_fields}
        for rank, row, column, cell in marked:
            field = fields.get(rank or 0)
            if field is None:
                if fields:
                    yield _rank_finding(
                        matrix, row, column, cell, f"番号 {rank} は、表の下の一覧にありません", "warning"
                    )
            elif field.sectors and (row not in field.sectors or field.function not in {None, column}):
                message = f"番号 {rank} の欄は、一覧の「{field.name}」と違います"
                yield _rank_finding(matrix, row, column, cell, message, "warning")
            elif not field.sectors:
                message = f"番号 {rank} は「{field.name}」の列全体を指し、印のある「{row}」の欄の値だけではありません"
                yield _rank_finding(matrix, row, column, cell, message, "note")


def _check_order(matrix: Matrix, marked: Sequence[tuple[int | None, str, str, Cell]]) -> Iterator[Finding]:
    values = [cell.value for _, _, _, cell in marked if cell.value is not None]
    if values == sorted(values, reverse=True):
        return
    first = marked[0]
    largest = max(marked, key=lambda item: item[3].value or Decimal(0))
    yield Finding(
        "matrix.rank-order",
        "note",
        f"行列「{matrix.id}」：値の前の番号は有望領域の通し番号で、大きさの順ではありません"
        f"（番号 {first[0]} は {_print(first[3].value)}、番号 {largest[0]} は {_print(largest[3].value)}）",
        "番号を順位として書かないでください",
        first[3].origin,
        (
            Evidence(f"番号 {first[0]}", first[3].raw, first[3].origin),
            Evidence(f"番号 {largest[0]}", largest[3].raw, largest[3].origin),
        ),
        (f"matrix:{matrix.id}",),
    )


def _rank_finding(matrix: Matrix, row: str, column: str, cell: Cell, message: str, severity: Severity) -> Finding:
    return Finding(
        "matrix.rank-scope",
        severity,
        f"行列「{matrix.id}」：{message}",
        "番号の意味を、表の下の一覧で確かめてください",
        cell.origin,
        (Evidence("印のある欄", cell.raw, cell.origin),),
        (f"matrix:{matrix.id}", _cell_key(matrix, row, column), *_sector_keys(row)),
    )


# --- prose against tables --------------------------------------------------------------------------------------------


def check_prose(corpus: Corpus) -> Iterator[Finding]:
    """Compare what the text says with the tables: 18兆円, 21%, 44%, and the shares that it names."""
    statistics = {statistic.id: statistic for statistic in corpus.statistics}
    for name, matrix_id, row, column, factor in _PROSE:
        statistic = statistics.get(name)
        if statistic is None or not corpus.has_matrix(matrix_id):
            continue
        cell = corpus.matrix(matrix_id).cell(row, column)
        if cell is not None and cell.value is not None:
            yield from _compare(statistic, corpus.matrix(matrix_id), row, column, cell, factor)
    for statistic in corpus.statistics:
        matrix_id = _PROSE_SERIES.get(statistic.series, "")
        if not statistic.subject or not corpus.has_matrix(matrix_id):
            continue
        matrix = corpus.matrix(matrix_id)
        found = _average_cell(matrix, statistic.subject)
        if found is not None and not _is_share_of_answers(matrix):
            row, column = _average_place(matrix, statistic.subject)
            yield from _compare(statistic, matrix, row, column, found, Decimal(1))
    yield from _check_parts(statistics)


def _average_place(matrix: Matrix, subject: str) -> tuple[str, str]:
    if subject in matrix.rows.labels:
        return subject, matrix.row_total_kind or "平均"
    return matrix.column_total_kind or "平均", subject


def _average_cell(matrix: Matrix, subject: str) -> Cell | None:
    return matrix.cell(*_average_place(matrix, subject)) if subject else None


def _compare(
    statistic: Statistic, matrix: Matrix, row: str, column: str, cell: Cell, factor: Decimal
) -> Iterator[Finding]:
    stated = statistic.quantity.value
    if stated is None or cell.value is None:
        return
    printed = cell.value * factor
    step = _last_digit(stated)
    if abs(printed - stated) <= step * HALF + (factor * HALF if factor == 1 else 0):
        return
    truncated = stated <= printed < stated + step
    other = _same_value(matrix, statistic, stated / factor)
    if truncated:
        cause = "端数を切り捨てた値とみられます"
    elif other is not None:
        cause = f"本文の値は「{other[0]}」の値と同じで、行を取り違えた恐れがあります"
    else:
        cause = "どちらが正しいかは資料から決められません"
    label = f"{statistic.label}（{statistic.subject}）" if statistic.subject else statistic.label
    evidence = [
        Evidence("本文", statistic.quantity.raw, statistic.origin),
        Evidence(matrix.title, _with_unit(cell, matrix), cell.origin),
    ]
    if other is not None and not truncated:
        evidence.append(Evidence(f"「{other[0]}」の値", other[1].raw, other[1].origin))
    yield Finding(
        "prose.headline",
        "note" if truncated else "warning",
        f"{label}：本文の {statistic.quantity.raw} が、表の {_with_unit(cell, matrix)} と合いません。{cause}",
        "表の値を使い、本文の値を引くときは違いを添えてください",
        statistic.origin,
        tuple(evidence),
        (
            f"statistic:{statistic.id}",
            f"matrix:{matrix.id}",
            _cell_key(matrix, row, column),
            *_sector_keys(row if row in matrix.rows.labels else ""),
        ),
    )


def _same_value(matrix: Matrix, statistic: Statistic, value: Decimal) -> tuple[str, Cell] | None:
    """Return another row whose average is the stated value: the neighbour that the text may have meant."""
    if statistic.subject not in matrix.rows.labels or matrix.row_totals is None:
        return None
    place = matrix.rows.labels.index(statistic.subject)
    rows = [
        (abs(index - place), name, cell)
        for index, (name, cell) in enumerate(zip(matrix.rows.labels, matrix.row_totals, strict=True))
        if name != statistic.subject and cell.value == value and not cell.spread
    ]
    return min(rows, key=lambda item: item[0])[1:] if rows else None


def _last_digit(value: Decimal) -> Decimal:
    """Return the size of the last digit that a stated figure gives: 18兆 -> 1兆, 220兆 -> 10兆, 26.7 -> 0.1."""
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _check_parts(statistics: Mapping[str, Statistic]) -> Iterator[Finding]:
    """42% = 10% + 32%: a share and its two parts in the text."""
    names = ("headline/participation", "headline/participation-yes", "headline/participation-rather")
    found = [statistics[name] for name in names if name in statistics]
    values = [item.quantity.value for item in found if item.quantity.value is not None]
    if len(values) < len(names) or abs(values[0] - values[1] - values[2]) <= 1:
        return
    yield Finding(
        "prose.parts",
        "warning",
        f"{found[0].label}：{found[0].quantity.raw} が、"
        f"内訳の {found[1].quantity.raw} と {found[2].quantity.raw} の和と合いません",
        _FIX_SOURCE,
        found[0].origin,
        tuple(Evidence(item.label, item.quantity.raw, item.origin) for item in found),
        tuple(f"statistic:{item.id}" for item in found),
    )


# --- tools -----------------------------------------------------------------------------------------------------------


def _sum(cells: Iterable[Cell]) -> Decimal:
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0))


def _agrees(total: Decimal, cells: Sequence[Cell], matrix: Matrix) -> bool:
    """Tell whether rounding of the cells and of the total can explain their difference; counts are not rounded."""
    known = [cell for cell in cells if cell.value is not None]
    if not known:
        return True
    tolerance = Decimal(0) if matrix.unit in {"人", "社", "件"} else (len(known) + 1) * HALF
    return abs(_sum(known) - total) <= tolerance


def _row_origin(cells: Sequence[Cell]) -> Origin:
    return Origin(cells[0].origin.source, cells[0].origin.line) if cells else Origin("")


def _quoted(label: str, cell: Cell | None) -> tuple[Evidence, ...]:
    return () if cell is None else (Evidence(label, cell.raw, cell.origin),)


def _with_unit(cell: Cell, matrix: Matrix) -> str:
    return cell.raw if matrix.unit == "%" else f"{cell.raw}{' ' if matrix.unit[0].isdigit() else ''}{matrix.unit}"


def _cell_key(matrix: Matrix, row: str, column: str) -> str:
    return f"cell:{matrix.id}/{row}/{column}"


def _sector_keys(row: str) -> tuple[str, ...]:
    return (f"sector:{row}",) if row and row not in {"合計", "平均"} else ()


def _print(value: Decimal | None) -> str:
    return "値なし" if value is None else f"{value:,f}"


# The visible list; a check is a function from the corpus to findings.
MATRIX_CHECKS = (
    check_row_totals,
    check_column_totals,
    check_grand_totals,
    check_averages,
    check_exclusive_rows,
    check_shares_of_answers,
    check_identity,
    check_excerpts,
    check_imputation,
    check_rank_marks,
    check_prose,
)
