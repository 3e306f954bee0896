"""pandas frames of what was read. pandas is imported when a frame is asked for, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from reportkit.corpus.matrix import Matrix


def matrix_frame(matrix: Matrix) -> pd.DataFrame:
    """Return the cells of a matrix, canonical names on both axes, without totals.

    Columns are `Float64`; what was not asked is NA. The index and the columns are named after the kind of their axis
    (`sector`, `function` ...); `attrs` carries id, title and unit.
    """
    import pandas as pd

    frame = pd.DataFrame(
        [[None if cell.value is None else float(cell.value) for cell in row] for row in matrix.cells],
        index=pd.Index(matrix.rows.labels, name=matrix.rows.kind),
        columns=pd.Index(matrix.columns.labels, name=matrix.columns.kind),
    ).astype("Float64")
    frame.attrs.update(id=matrix.id, title=matrix.title, unit=matrix.unit)
    return frame
