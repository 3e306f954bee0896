"""Tables that come as cells: CSV, TSV and the sheets of a workbook. In: bytes or text; out: `Block`s."""

from reportkit.sources.grids.delimited import read_delimited
from reportkit.sources.grids.grid import Grid, GridReading, find_grid_blocks
from reportkit.sources.grids.workbook import read_workbook

__all__ = ["Grid", "GridReading", "find_grid_blocks", "read_delimited", "read_workbook"]
