"""Reading matrices: the tables of one document in, `Matrix` records and findings out.

A table becomes a matrix when exactly one spec fits it (`choose`). Values are kept as printed; whatever had to be
assumed (a shifted header, a name that no alias covers, a unit that is not printed, a merged cell) is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from reportkit.base.finding import Finding
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block
from reportkit.sources.matrices.around import text_below
from reportkit.sources.matrices.choose import choose_spec, column_names
from reportkit.sources.matrices.part import Chosen, Context
from reportkit.sources.matrices.shape import label_key, row_names, shape_of
from reportkit.sources.matrices.sides import Sides, part_sides
from reportkit.sources.matrices.spec import MatrixSpec
from reportkit.sources.matrices.table import Table
from reportkit.sources.matrices.turned import turn

_MIN_ROWS, _MAX_ROWS = 3, 1000  # no survey has more rows; longer tables are lists or damage
_MIN_VALUES = 6  # a table with fewer numbers is not worth a question about its spec


@dataclass(frozen=True, slots=True)
class MatrixReading:
    """matrices: in the order of the document. used: the blocks that became one, by the line of their first row."""

    matrices: tuple[Matrix, ...]
    findings: tuple[Finding, ...]
    used: frozenset[int]


def read_matrices(
    lines: Sequence[str], blocks: Sequence[Block], source: str, specs: Sequence[MatrixSpec], taxonomy: Taxonomy
) -> MatrixReading:
    """Read every table of a document that a spec describes. source: path for the origins."""
    matrices: list[Matrix] = []
    findings: list[Finding] = []
    used: set[int] = set()
    fitting = [spec for spec in specs if spec.meant_for(source)]
    columns = {spec.id: column_names(spec, taxonomy) for spec in fitting}
    wanted = frozenset(key for names in columns.values() for key in names)
    for number, block in enumerate(blocks):
        if len(block.rows) > _MAX_ROWS:
            continue
        chosen: Chosen | None = None
        doubts: list[Finding] = []
        for sides in _ways(block, taxonomy, wanted):
            shape = shape_of(sides.block, taxonomy, wanted)
            if len(sides.block.rows) < _MIN_ROWS or shape.values < _MIN_VALUES:
                continue
            spec, found = choose_spec(sides.block, shape, source, fitting, columns)
            if spec is not None:
                chosen, doubts = Chosen(sides, shape, spec), found
                break
            doubts = doubts or found
        findings.extend(doubts)
        if chosen is None:
            continue
        below = text_below(lines, block, blocks[number + 1 :]) if block.below is None else block.below
        context = Context(chosen, source, taxonomy, columns[chosen.spec.id])
        matrix, more = Table(context, below).read()
        findings.extend(more)
        if matrix is not None:
            matrices.append(matrix)
            used.add(block.line)
    return MatrixReading(tuple(matrices), tuple(findings), frozenset(used))


def _ways(block: Block, taxonomy: Taxonomy, wanted: Set[str]) -> Iterator[Sides]:
    """Yield the table as it stands, then, when its first column names columns of a spec, with its axes changed over."""

    def is_label(text: str) -> bool:
        return bool(row_names(text, taxonomy))

    yield part_sides(block, is_label, wanted)
    if sum(label_key(row.cell(0), wanted) is not None for row in block.rows if row.cell(0)) > 1:
        turned = turn(block)
        if turned is not None:
            yield part_sides(turned, is_label, wanted)
