"""Rows that share the printed factors of a product: their results stand in the proportion of the factors left.

A merged cell is one value for several rows (削減割合 and 導入意向 of five industries). Its unrounded value is the same
for all of them, so 効果 ÷ 人件費 must be one number: far sharper than each product alone, in which the rounding of a
percentage leaves some per cent. On a line, intervals that meet in pairs meet all together, so pairs are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.causes import likely_cause
from reportkit.checks.matrices.identities import short_title
from reportkit.checks.matrices.relations import Interval, Place, Relation, Tables, half_step
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, place_name, sector_keys, shown_range, with_unit
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import Rules


def relations(corpus: Corpus, rules: Rules) -> Iterator[Relation]:
    """Yield for every two rows that share a factor: the result of one from the result of the other."""
    for identity in rules.identities:
        if not all(corpus.has_matrix(name) for name in identity.matrices):
            continue
        factors = [corpus.matrix(name) for name in identity.factors]
        result = corpus.matrix(identity.result)
        halves = {matrix.id: half_step(matrix) for matrix in (*factors, result)}
        for column in result.columns.labels:
            rows = [row for row in result.rows.labels if all(item.value(row, column) for item in (*factors, result))]
            for one, other in combinations(rows, 2):
                own = [matrix for matrix in factors if not _is_shared(matrix, one, other, column)]
                if len(own) < len(factors):
                    above = ((result.id, other, column), *((matrix.id, one, column) for matrix in own))
                    below = tuple((matrix.id, other, column) for matrix in own)
                    place = (result.id, one, column)
                    yield Relation("proportion", "ratio", (*above, *below), place, halves, under=len(below))


def _is_shared(matrix: Matrix, one: str, other: str, column: str) -> bool:
    first, second = matrix.cell(one, column), matrix.cell(other, column)
    return first is not None and second is not None and first.origin == second.origin


def check_proportions(tables: Tables) -> Iterator[Finding]:
    """Name the cell that does not fit its group; cells whose own product is broken are told there already."""
    told = {relation.result for relation in tables.broken("product")}
    broken: dict[tuple[str, str], list[Relation]] = {}
    for relation in tables.broken("proportion"):
        if relation.result is not None:
            broken.setdefault((relation.result[0], relation.result[2]), []).append(relation)
    for group in broken.values():
        rest = group
        while rest:
            suspects = _suspects(tables, rest)
            place = suspects[0]
            if place not in told:
                pairs = [relation for relation in rest if place in _results(relation)]
                yield _finding(tables, place, suspects[1:], pairs)
            rest = [relation for relation in rest if place not in _results(relation)]


def _results(relation: Relation) -> tuple[Place, Place]:
    """Return the two results that a pair compares."""
    assert relation.result is not None
    return relation.result, relation.parts[0]


def _suspects(tables: Tables, pairs: list[Relation]) -> list[Place]:
    """Return the results that stand in most of the broken pairs and, among those, in most other broken relations."""
    often = Counter(place for relation in pairs for place in _results(relation))
    rank = {
        place: (times, sum(not relation.holds(tables.grid) for relation in tables.at.get(place, ())))
        for place, times in often.items()
    }
    return [place for place in rank if rank[place] == max(rank.values())]


def _finding(tables: Tables, place: Place, rivals: list[Place], relations: list[Relation]) -> Finding:
    matrix, cell = tables.matrix(place), tables.cells[place]
    cause = likely_cause(tables, relations[0])
    others = [other for relation in relations for other in _results(relation) if other != place]
    interval = _from_the_others(tables, place)
    width = "" if interval is None else f"（{shown_range(interval, 1)}{matrix.unit}）"
    shared = sorted({relation.parts[-1][0] for relation in relations} | {part[0] for part in relations[0].parts})
    return Finding(
        "matrix.proportion",
        "warning",
        f"行列「{place[0]}」の{place_name(place)}：印刷の{short_title(tables, place)} {with_unit(cell, matrix)} が、"
        f"同じ結合欄の割合を使うほかの行からの値{width}と合いません"
        f"{cause.sentence}{_or(rivals)}",
        FIX_SOURCE,
        cell.origin,
        (
            Evidence(f"{place[0]} の{place_name(place)}", with_unit(cell, matrix), cell.origin),
            *(
                Evidence(f"{part[0]} の{place_name(part)}", tables.cells[part].raw, tables.origin(part))
                for part in dict.fromkeys((*relations[0].parts, *others))
                if part != place
            ),
        ),
        (
            *(f"matrix:{name}" for name in shared),
            *dict.fromkeys(cell_key(part) for part in (place, *relations[0].places, *cause.places)),
            *sector_keys(place[1]),
        ),
    )


def _or(rivals: list[Place]) -> str:
    """Say which other cells may be the wrong one as well."""
    return f"。{'、'.join(map(place_name, rivals))} の側の誤りかもしれません" if rivals else ""


def _from_the_others(tables: Tables, place: Place) -> Interval | None:
    """Return what the other rows of the group leave for the cell; None when they do not agree among themselves."""
    allowed = [
        found
        for relation in tables.at.get(place, ())
        if relation.kind == "proportion" and relation.result == place and (found := relation.computed(tables.grid))
    ]
    if not allowed:
        return None
    low, high = max(item.low for item in allowed), min(item.high for item in allowed)
    return Interval(low, high) if low <= high else None
