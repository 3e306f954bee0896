"""Lines of a given width: Japanese breaks anywhere but before 。」 and after 「; words and addresses stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.base.text import display_width

WIDTH = 70  # half-width columns, the custom of Japanese mail

# Latin words, numbers with their unit signs, addresses; any other character breaks by itself.
_PIECE = re.compile(r"https?://[!-~]+|[!-~]+(?: (?=[!-~]))?|\s+|.", re.DOTALL)
_NO_START = frozenset("、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々％%)]}”’…‥")
_NO_END = frozenset("（「『【〔〈《([{“‘")


def wrap(text: str, width: int = WIDTH, first: str = "", rest: str = "") -> list[str]:
    """Return the text in lines of at most `width` columns, `first` before the first line, `rest` before the others.

    A piece that is wider than a line (a long address) stands on a line of its own, unbroken.
    """
    lines: list[str] = []
    line, prefix = "", first
    for piece in _pieces(text):
        if line and display_width(prefix + line + piece.rstrip()) > width:
            lines.append((prefix + line).rstrip())
            prefix, line = rest, piece.lstrip()
        else:
            line += piece if line else piece.lstrip()
    if line.strip() or not lines:
        lines.append((prefix + line).rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Yield what must not be broken: marks stick to the character that they belong to."""
    held = ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        if held and (piece[0] in _NO_START or held[-1] in _NO_END):
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
