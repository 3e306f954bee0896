"""Whether all printed totals and averages of a table can be true together, as a flow through rows and columns.

Each cell carries what it stands for beyond its lowest value, each total must receive an amount inside its interval.
Some unrounded values fit exactly when the flow exists (Hoffman's circulation theorem); all bounds are whole half steps,
so whole numbers decide it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reportkit.checks.matrices.relations import Relation, Tables, half_step
from reportkit.corpus.matrix import Matrix

_WIDE = 10**12


class _Network:
    """Edges with lower bounds and the excess that these leave at each node."""

    def __init__(self) -> None:
        self.capacity: dict[str, dict[str, int]] = {}
        self.excess: dict[str, int] = {}

    def edge(self, start: str, end: str, low: int, high: int) -> None:
        self.capacity.setdefault(start, {})[end] = high - low
        self.capacity.setdefault(end, {}).setdefault(start, 0)
        self.excess[end] = self.excess.get(end, 0) + low
        self.excess[start] = self.excess.get(start, 0) - low

    def blocked(self) -> set[str] | None:
        """Return None when a circulation exists, else the nodes on the side that has too much."""
        for node, excess in list(self.excess.items()):
            if excess:
                start, end = ("+", node) if excess > 0 else (node, "-")
                self.capacity.setdefault(start, {})[end] = abs(excess)
                self.capacity.setdefault(end, {}).setdefault(start, 0)
        while True:
            came = self._reach()
            if "-" not in came:
                full = all(not left for left in self.capacity.get("+", {}).values())
                return None if full else set(came)
            path, node = [], "-"
            while node != "+":
                path.append((came[node], node))
                node = came[node]
            amount = min(self.capacity[start][end] for start, end in path)
            for start, end in path:
                self.capacity[start][end] -= amount
                self.capacity[end][start] += amount

    def _reach(self) -> dict[str, str]:
        came, queue = {"+": "+"}, deque(["+"])
        while queue:
            node = queue.popleft()
            for other, left in self.capacity.get(node, {}).items():
                if left and other not in came:
                    came[other] = node
                    queue.append(other)
        return came


def lines_that_cannot_meet(tables: Tables, matrix: Matrix) -> tuple[Relation, ...]:
    """Return the sums and averages that exclude each other although each alone could be true; () when there are none.

    Relations that are broken by themselves are told elsewhere: they take no part, and what stands in them may be wrong.
    """
    half = half_step(matrix)
    if not half:
        return ()  # counts are exact: each total alone says it all
    lines = [
        item
        for item in tables.relations
        if item.kind in {"row-total", "column-total", "average", "hundred"}
        and item.parts[0][0] == matrix.id
        and item.parts[0][1] in matrix.rows.labels
    ]
    own = [item for item in lines if item.holds(tables.grid)]
    doubtful = {place for item in lines if item not in own for place in item.parts}
    if len(own) < 2:
        return ()
    rows = _bounded(tables, [item for item in own if _is_row(item)], half)
    columns = _bounded(tables, [item for item in own if not _is_row(item)], half)
    if clash := next((line for line in (*rows.values(), *columns.values()) if line.low > line.high), None):
        return clash.relations
    network = _Network()
    for row in matrix.rows.labels:
        line = rows.get(row, _FREE)
        network.edge("source", f"row {row}", line.low, line.high)
        for column in matrix.columns.labels:
            if (value := tables.grid[matrix.id, row, column]) is not None:
                known = (matrix.id, row, column) not in doubtful
                network.edge(f"row {row}", f"column {column}", *(_bounds(value, half) if known else (-_WIDE, _WIDE)))
    for column in matrix.columns.labels:
        line = columns.get(column, _FREE)
        network.edge(f"column {column}", "sink", line.low, line.high)
    sums = matrix.row_total_kind == matrix.column_total_kind == "合計"
    total = matrix.grand_total.value if sums and matrix.grand_total is not None else None
    free = total is None or doubtful or any(tables.broken("grand-total", matrix.id))
    network.edge("sink", "source", *((-_WIDE, _WIDE) if free or total is None else _bounds(total, half)))
    side = network.blocked()
    if side is None:
        return ()
    cut = [line for row, line in rows.items() if (f"row {row}" in side) != ("source" in side)]
    cut += [line for column, line in columns.items() if (f"column {column}" in side) != ("sink" in side)]
    return tuple(relation for line in cut for relation in line.relations) or tuple(own)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row or a column may add up to, in half steps, and the relations that say so."""

    low: int
    high: int
    relations: tuple[Relation, ...] = ()


_FREE = _Line(-_WIDE, _WIDE)


def _is_row(relation: Relation) -> bool:
    return len({place[1] for place in relation.parts}) == 1 and (
        relation.result is None or relation.result[1] == relation.parts[0][1]
    )


def _bounded(tables: Tables, relations: Sequence[Relation], half: Decimal) -> dict[str, _Line]:
    """Return for each line the sums that all of its relations allow."""
    found: dict[str, _Line] = {}
    for relation in relations:
        stated = relation.stated(tables.grid)
        count = sum(tables.grid[part] is not None for part in relation.parts) if relation.how == "mean" else 1
        if stated is None or not count:
            continue
        name = relation.parts[0][1 if _is_row(relation) else 2]
        low = int((stated.low * count / half).to_integral_value(ROUND_FLOOR))
        high = int((stated.high * count / half).to_integral_value(ROUND_CEILING))
        line = found.get(name, _FREE)
        found[name] = _Line(max(low, line.low), min(high, line.high), (*line.relations, relation))
    return found


def _bounds(value: Decimal, half: Decimal) -> tuple[int, int]:
    """Return both ends of what a printed value stands for, in half steps."""
    middle = value / half
    return int((middle - 1).to_integral_value(ROUND_FLOOR)), int((middle + 1).to_integral_value(ROUND_CEILING))
