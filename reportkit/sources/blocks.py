r"""Tables in running text: runs of lines whose cells are parted by tabs, or by Markdown bars.

In: the lines of a document. Out: `Block`s with the line number of every row. What a table means is not known here.

>>> find_blocks(["産業\t億円", "医療\t15"])[0].rows[1].cells
('医療', '15')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its 1-based line number and its cells, trimmed, empty ones included."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return the cell at that index, "" beyond the end."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its rows, and the non-empty text lines above it, nearest first, as (line number, text)."""

    rows: tuple[Row, ...]
    above: tuple[tuple[int, str], ...]

    @property
    def line(self) -> int:
        """Return the line number of the first row."""
        return self.rows[0].line

    @property
    def end_line(self) -> int:
        """Return the line number of the last row."""
        return self.rows[-1].line


def split_row(line: str) -> tuple[str, ...] | None:
    """Return the cells of a table line, () for a Markdown rule, None for running text."""
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    stripped = line.strip()
    if not stripped.startswith("|"):
        return None
    if _RULE.fullmatch(stripped):
        return ()
    inner = stripped[1:-1] if stripped.endswith("|") and not stripped.endswith("\\|") else stripped[1:]
    return tuple(cell.replace("\\|", "|").strip() for cell in _BAR.split(inner))


def find_blocks(
    lines: Sequence[str], is_label: Callable[[str], bool] = lambda text: False, context: int = 14
) -> tuple[Block, ...]:
    """Return the tables in order.

    is_label: tells whether a line without any cell mark is the stub of an empty row (editors strip trailing tabs); such
        a line counts when it touches a table line.
    context: how many text lines above a table to keep; text above an earlier table never counts.
    """
    blocks: list[Block] = []
    rows: list[Row] = []
    above: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        cells = split_row(line)
        if cells is None and rows and line.strip() and is_label(line.strip()):
            cells = (line.strip(),)
        if cells is not None:
            if cells:
                rows.append(Row(number, cells))
            continue
        if rows:
            blocks.append(Block(tuple(rows), tuple(reversed(above[-context:]))))
            rows, above = [], []
        if text := line.strip():
            above.append((number, text))
    if rows:
        blocks.append(Block(tuple(rows), tuple(reversed(above[-context:]))))
    return tuple(blocks)
