"""Columns for a terminal: Japanese characters take two places."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reportkit.base.text import display_width, printable


def print_columns(rows: Sequence[Sequence[str]], *, flush_right: bool = False) -> None:
    """Print rows with aligned columns; `flush_right` sets all columns but the first to the right."""
    clean = [[(cell, display_width(cell)) for cell in map(printable, row)] for row in rows]
    count = max((len(row) for row in clean), default=0)
    widths = [max(row[index][1] for row in clean if index < len(row)) for index in range(count)]
    lines = []
    for row in clean:
        cells = [
            _padded(cell, " " * (widths[index] - width), flush_right and index > 0)
            for index, (cell, width) in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip())
    if lines:
        click.echo("\n".join(lines))


def _padded(cell: str, blanks: str, right: bool) -> str:
    return blanks + cell if right else cell + blanks
