"""Whether all printed totals of a table can be true together, as a flow through rows and columns.

Each cell carries what it stands for beyond its lowest value, each total must receive an amount inside its interval.
Some unrounded values fit exactly when the flow exists (Hoffman's circulation theorem); all bounds are whole half steps,
so whole numbers decide it.
"""

from __future__ import annotations

from collections import deque
from decimal import Decimal

from reportkit.checks.matrices.relations import Place, Tables, half_step
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


def lines_that_cannot_meet(tables: Tables, matrix: Matrix) -> tuple[Place, ...]:
    """Return the totals that exclude each other, () when all can be true together or one of them is wrong already."""
    if not matrix.row_total_kind == matrix.column_total_kind == "合計" or matrix.row_totals is None:
        return ()
    own = [item for item in tables.relations if item.kind.endswith("-total") and item.parts[0][0] == matrix.id]
    columns = [item for item in own if item.kind == "column-total"]
    if not columns or not all(item.holds(tables.grid) for item in own):
        return ()
    half = half_step(matrix)
    if not half:
        return ()  # counts are exact: each total alone says it all
    network = _Network()
    for relation in own:
        place = relation.result
        value = None if place is None else tables.grid[place]
        low, high = (-_WIDE, _WIDE) if value is None else _bounds(value, half)
        if relation.kind == "row-total":
            row = relation.parts[0][1]
            network.edge("source", f"row {row}", low, high)
            for part in relation.parts:
                if (cell := tables.grid[part]) is not None:
                    network.edge(f"row {row}", f"column {part[2]}", *_bounds(cell, half))
        elif relation.kind == "column-total":
            network.edge(f"column {relation.parts[0][2]}", "sink", low, high)
    total = None if matrix.grand_total is None else matrix.grand_total.value
    network.edge("sink", "source", *((-_WIDE, _WIDE) if total is None else _bounds(total, half)))
    side = network.blocked()
    if side is None:
        return ()
    return tuple(
        item.result
        for item in own
        if item.result is not None
        and (
            (item.kind == "row-total" and (f"row {item.parts[0][1]}" in side) != ("source" in side))
            or (item.kind == "column-total" and (f"column {item.parts[0][2]}" in side) != ("sink" in side))
        )
    ) or tuple(item.result for item in own if item.result is not None)


def _bounds(value: Decimal, half: Decimal) -> tuple[int, int]:
    """Return both ends of what a printed value stands for, in half steps."""
    middle = value / half
    low, high = (middle - 1).to_integral_value(rounding="ROUND_FLOOR"), (middle + 1).to_integral_value("ROUND_CEILING")
    return int(low), int(high)
