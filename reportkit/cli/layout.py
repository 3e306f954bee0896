"""Columns for a terminal: Japanese characters take two places."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reportkit.base.text import display_width, printable


def print_columns(rows: Sequence[Sequence[str]], *, flush_right: bool = False) -> None:
    """Print rows with aligned columns; `flush_right` sets all columns but the first to the right."""
    clean = [[printable(cell) for cell in row] for row in rows]
    count = max((len(row) for row in clean), default=0)
    widths = [max(display_width(row[index]) for row in clean if index < len(row)) for index in range(count)]
    for row in clean:
        cells = [_padded(cell, widths[index], flush_right and index > 0) for index, cell in enumerate(row)]
        click.echo("  ".join(cells).rstrip())


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    return blanks + cell if right else cell + blanks
