"""Identities between matrices: impact = labour cost x reduction rate x adoption intent, cell by cell, as intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.causes import likely_cause
from reportkit.checks.matrices.relations import Interval, Place, Relation, Tables, half_step
from reportkit.checks.matrices.units import common_power, times, unit_scale
from reportkit.checks.matrices.words import cell_key, in_unit, sector_keys, shown, shown_range, with_unit
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.rules import Identity, Rules, base_id

_FIX_UNIT = "表の単位を、元の資料の表の上や本文で確かめ、行列の定義（unit）か資料を直してください"
_FIX = "どの値が誤りかは資料から決められません。この欄の値を使うときは、合わないことを添えてください"


def relations(corpus: Corpus, rules: Rules) -> Iterator[Relation]:
    """Yield one product for each cell that all matrices of an identity have."""
    for identity in rules.identities:
        names = (*identity.factors, identity.result)
        if not all(corpus.has_matrix(name) for name in names):
            continue
        matrices = [corpus.matrix(name) for name in names]
        scales = [scale for matrix in matrices if (scale := unit_scale(matrix.unit)) is not None]
        if len(scales) < len(matrices):
            continue
        factor = 1 / scales[-1]
        for scale in scales[:-1]:
            factor *= scale
        halves = {matrix.id: half_step(matrix) for matrix in matrices}
        for row in matrices[-1].rows.labels:
            for column in matrices[-1].columns.labels:
                if all(matrix.value(row, column) is not None for matrix in matrices):
                    *parts, result = ((matrix.id, row, column) for matrix in matrices)
                    yield Relation("product", "product", tuple(parts), result, halves, factor)


def check_identities(tables: Tables) -> Iterator[Finding]:
    """Compare each cell with the product of the others; one finding when a whole table is off by a power of ten."""
    for identity in tables.rules.identities:
        power = _common_power(tables, identity)
        if power:
            yield _unit_finding(tables, identity, power)
            continue
        for relation in tables.broken("product", identity.result):
            yield _finding(tables, relation)


def _common_power(tables: Tables, identity: Identity) -> int:
    pairs = [
        (value, relation.middle(tables.grid))
        for relation in tables.relations
        if relation.kind == "product" and relation.result is not None and relation.result[0] == identity.result
        if (value := tables.grid[relation.result]) is not None
    ]
    return common_power(pairs)


def _unit_finding(tables: Tables, identity: Identity, power: int) -> Finding:
    matrices = [tables.corpus.matrix(name) for name in (*identity.factors, identity.result)]
    product = "×".join(matrix.title for matrix in matrices[:-1])
    return Finding(
        "matrix.unit-factor",
        "error",
        f"行列「{identity.result}」：ほとんどの欄で、印刷の値が {product} の{times(power)}です。"
        "どれかの表の単位が違います",
        _FIX_UNIT,
        matrices[-1].origin,
        tuple(Evidence(matrix.title, f"単位 {matrix.unit}", matrix.origin) for matrix in matrices),
        tuple(f"matrix:{matrix.id}" for matrix in matrices),
    )


def _finding(tables: Tables, relation: Relation) -> Finding:
    interval, result = relation.computed(tables.grid), relation.result
    assert interval is not None and result is not None  # noqa: PT018 - a broken relation has both
    _, row, column = result
    matrices = [tables.matrix(place) for place in relation.places]
    cells = [tables.cells[place] for place in relation.places]
    words = "×".join(short_title(tables, place) for place in relation.parts)
    name = short_title(tables, result)
    cause = likely_cause(tables, relation)
    width = shown_range(interval, _decimals(relation))
    return Finding(
        "matrix.identity",
        "warning",
        f"行列「{result[0]}」の「{row}」×「{column}」：印刷の{name} "
        f"{shown(cells[-1].value)}{matrices[-1].unit}が、{words}（{width}{matrices[-1].unit}）と合いません{cause.sentence}",
        _FIX,
        cells[-1].origin,
        (
            *(
                Evidence(matrix.title, with_unit(cell, matrix), cell.origin)
                for matrix, cell in zip(matrices, cells, strict=True)
            ),
            *_if_only_one_is_wrong(tables, relation),
        ),
        (
            *(f"matrix:{matrix.id}" for matrix in matrices),
            *(cell_key(place) for place in relation.places),
            *sector_keys(row),
        ),
    )


def _if_only_one_is_wrong(tables: Tables, relation: Relation) -> Iterator[Evidence]:
    """Yield for each factor what it would have to be if all the others were right: where to look first."""
    stated = relation.stated(tables.grid)
    for place in relation.parts:
        rest = replace(relation, parts=tuple(part for part in relation.parts if part != place))
        others = rest.computed(tables.grid)
        if stated is None or others is None or others.low <= 0:
            continue
        matrix = tables.matrix(place)
        fitting = Interval(stated.low / others.high, stated.high / others.low)
        text = in_unit(shown_range(fitting, 1 if matrix.unit == "%" else 0), matrix)
        yield Evidence(f"ほかが正しいときの{short_title(tables, place)}", text, tables.origin(place))


def _decimals(relation: Relation) -> int:
    half = relation.halves[relation.places[-1][0]]
    return max(0, -int((half * 2).normalize().as_tuple().exponent)) if half else 0


def short_title(tables: Tables, place: Place) -> str:
    """Return how a sentence calls the values of a table."""
    return _SHORT.get(base_id(place[0]), tables.matrix(place).title)


# How a sentence calls a table; others are called by their title.
_SHORT = {
    "impact": "効果",
    "labour-cost": "人件費",
    "reduction-rate": "削減割合",
    "adoption-intent": "導入意向",
}
