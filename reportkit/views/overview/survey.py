"""The survey over all sectors: ranking, heat map of impact, promising fields, barriers.

In: the matrices `impact`, `reduction-rate`, `adoption-intent`, `barriers` and the list of promising fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.base.origin import Quote
from reportkit.base.quantity import Quantity
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.views.facts import (
    count_fact,
    number,
    rank,
    share,
    stated_fact,
    total,
)
from reportkit.views.index import CorpusIndex


@dataclass(frozen=True, slots=True)
class SectorLine:
    """One industry of the ranking; a rate is None when the survey did not give it."""

    sector: str
    rank: Fact
    impact: Fact
    share: Fact
    reduction: Fact | None
    intent: Fact | None
    cases: Fact


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix as facts: None for what was not asked. totals: printed totals by row; foot: those by column.

    columns: full names; shorts: names for narrow columns; foot_name: `合計` or `平均`, "" when none is printed.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shorts: tuple[str, ...]
    cells: tuple[tuple[Fact | None, ...], ...]
    totals: tuple[Fact | None, ...]
    foot: tuple[Fact | None, ...]
    foot_name: str
    citation: Quote


@dataclass(frozen=True, slots=True)
class Field:
    """A promising field. number: the mark that the report prints; impact: the cell or column total that carries it.

    mark_place: where the mark stands in the matrix, "" when no cell carries it.
    """

    number: Fact
    name: str
    sectors: tuple[str, ...]
    function: str
    impact: Fact | None


@dataclass(frozen=True, slots=True)
class SurveyOverview:
    """What the survey says over all sectors; parts whose matrix is missing are None or empty."""

    total: Fact
    industries: Fact
    lines: tuple[SectorLine, ...]
    top_share: Fact | None
    heat: Grid
    reduction_average: Fact | None
    intent_average: Fact | None
    fields: tuple[Field, ...]
    field_count: Fact


def survey_of(corpus: Corpus, index: CorpusIndex, cases_by_sector: dict[str, Fact]) -> SurveyOverview | None:
    """Return the survey's overview, or None without the impact matrix and its printed totals."""
    matrices = {matrix.id: matrix for matrix in corpus.matrices}
    impact = matrices.get("impact")
    if impact is None:
        return None
    everyone = index.grand_total(impact)
    if everyone is None:
        return None
    lines = _lines(impact, matrices, everyone, index, cases_by_sector)
    fields = _fields(corpus, impact, index)
    top = lines[:3]
    return SurveyOverview(
        total=everyone,
        industries=count_fact("industries", "調査の産業の数", impact.rows.labels, "業種", (impact.origin,)),
        lines=lines,
        top_share=_top_share(top, everyone),
        heat=grid_of(impact, index, tuple(line.sector for line in lines)),
        reduction_average=_average(matrices.get("reduction-rate"), index),
        intent_average=_average(matrices.get("adoption-intent"), index),
        fields=fields,
        field_count=count_fact("promising-fields", "有望領域の数", (f.name for f in fields), "領域", (impact.origin,)),
    )


def grid_of(matrix: Matrix, index: CorpusIndex, rows: tuple[str, ...] = ()) -> Grid:
    """Return a matrix as facts; rows in the given order, else in the order of the source."""
    order = rows or matrix.rows.labels
    columns = matrix.columns.labels
    foot_name = matrix.column_total_kind or ""
    totals = tuple(index.total(matrix, row) for row in order)
    foot = [index.fact(matrix, foot_name, column) for column in columns] if foot_name else []
    return Grid(
        rows=order,
        columns=columns,
        shorts=matrix.columns.short or columns,
        cells=tuple(tuple(index.fact(matrix, row, column) for column in columns) for row in order),
        totals=totals if any(totals) else (),
        foot=tuple(foot) if any(foot) else (),
        foot_name=foot_name,
        citation=Quote(index.citation(matrix.origin), matrix.origin),
    )


def _lines(
    impact: Matrix, matrices: dict[str, Matrix], everyone: Fact, index: CorpusIndex, cases: dict[str, Fact]
) -> tuple[SectorLine, ...]:
    totals = {row: fact for row in impact.rows.labels if (fact := index.total(impact, row))}
    ranked = sorted(totals.items(), key=lambda pair: -number(pair[1]))
    return tuple(
        SectorLine(
            sector=row,
            rank=rank(tuple(totals.values()), fact, f"impact/{row}", f"{row}の効果の順位（全産業中）"),
            impact=fact,
            share=share(fact, everyone, f"impact/{row}", f"{row}の効果が全産業に占める割合"),
            reduction=_row_average(matrices.get("reduction-rate"), row, index),
            intent=_row_average(matrices.get("adoption-intent"), row, index),
            cases=cases.get(row) or count_fact(f"cases/{row}", f"{row}の事例数", ()),
        )
        for row, fact in ranked
    )


def _top_share(lines: tuple[SectorLine, ...], everyone: Fact) -> Fact | None:
    if len(lines) < 3:
        return None
    amounts = tuple(line.impact for line in lines)
    together = total(amounts, "impact/上位三業種", "効果の大きい三業種の合計")
    return share(together, everyone, "impact/上位三業種", "効果の大きい三業種が占める割合")


def _row_average(matrix: Matrix | None, row: str, index: CorpusIndex) -> Fact | None:
    return None if matrix is None else index.total(matrix, row)


def _average(matrix: Matrix | None, index: CorpusIndex) -> Fact | None:
    return None if matrix is None else index.grand_total(matrix)


def _fields(corpus: Corpus, impact: Matrix, index: CorpusIndex) -> tuple[Field, ...]:
    """Return the fields by their number: those of the report's list, and those that only the matrix marks.

    A field that names a function but no industry is about the function everywhere: its effect is the column total, not
    the cell that the mark happens to stand beside.
    """
    marked = {cell.rank: (row, column) for row, column, cell in _cells(impact) if cell.rank is not None}
    listed = {field.rank: field for field in corpus.promising_fields}
    found = []
    for place in sorted({*marked, *listed}):
        field = listed.get(place)
        row, column = marked.get(place, ("", ""))
        if field is not None and field.function and not field.sectors:
            row, column = impact.column_total_kind or "", field.function
        fact = index.fact(impact, row, column) if row else None
        name = field.name if field is not None else f"{row}×{column}"
        origin = field.origin if field is not None else impact.origin
        label = f"有望領域の番号（{name}）"
        found.append(
            Field(
                number=stated_fact(f"field/{place}", label, Quantity(str(place), value=Decimal(place)), origin),
                name=name,
                sectors=field.sectors if field is not None else (row,),
                function=(field.function if field is not None else "") or column,
                impact=fact,
            )
        )
    return tuple(found)


def _cells(matrix: Matrix) -> list[tuple[str, str, Cell]]:
    """Return all cells with their names, printed totals of the columns included."""
    found = [
        (row, column, cell)
        for row, cells in zip(matrix.rows.labels, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns.labels, cells, strict=True)
    ]
    if matrix.column_totals is not None and matrix.column_total_kind is not None:
        totals = zip(matrix.columns.labels, matrix.column_totals, strict=True)
        found += [(matrix.column_total_kind, column, cell) for column, cell in totals]
    return found
