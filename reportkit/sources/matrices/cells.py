"""The grammar of a matrix cell: a value, its unit, a note mark behind it, a rank mark before it.

In: the text of a cell. Out: `CellReading`; text that is neither a value nor a sign for "none" is not readable.

>>> read_cell("9 643").value, read_cell("9 643").rank
(Decimal('643'), 9)
>>> read_cell("22% ¹").mark
'1'
>>> read_cell("-").value is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.text import to_half_width

_NONE = frozenset({"", "-", "‐", "‑", "–", "—", "―", "−", "ー", "…", "‥", "n.a", "n.a.", "n/a", "na", "該当なし"})
_LONGEST = 40  # no number with its marks is longer; most cells of a report are sentences
_CIRCLED = {chr(0x2460 + index): index + 1 for index in range(20)}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CELL = re.compile(
    r"""
    (?:(?P<rank>[1-9]\d?|[①-⑳])\s+)?              # rank mark, set apart by a blank
    (?P<sign>[-−▲△+])?\s*
    (?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?
    \s*(?P<unit>%|ポイント|pt|人|名|社|件|倍|(?:10|百|千)?(?:億|兆|万)?円|億|兆)?
    (?:\s*(?:[*※](?P<star>\d{1,2})|\^\{?\*?(?P<caret>\d{1,2})\}?|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})
        |[(\[]?注(?P<word>\d{1,2})[)\]]?|(?P<paren>\d)\)))?
    """,
    re.VERBOSE,
)
# After a percent sign a bare digit can only be a note mark; after a plain number it would be ambiguous.
_PERCENT_MARK = re.compile(r"(?P<value>.*%)\s+(?P<mark>\d{1,2})")


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell as read: value (None = not asked), unit as printed, rank and note marks, and whether it was readable."""

    value: Decimal | None = None
    unit: str = ""
    rank: int | None = None
    mark: str = ""
    readable: bool = True


def read_cell(text: str) -> CellReading:
    """Read one cell. `-` and an empty cell have no value; it is never 0."""
    if len(text) > _LONGEST:
        return CellReading(readable=False)
    plain = to_half_width(text).strip()
    if len(plain) > 4 and plain.startswith("**") and plain.endswith("**"):
        plain = plain.strip("*").strip()  # bold in a Markdown table
    if plain.casefold() in _NONE:
        return CellReading()
    mark = ""
    if percent := _PERCENT_MARK.fullmatch(plain):
        plain, mark = percent["value"], percent["mark"]
    match = _CELL.fullmatch(plain)
    if match is None:
        return CellReading(readable=False)
    value = Decimal(match["number"].replace(",", "") + (match["fraction"] or ""))
    if match["sign"] in {"-", "−", "▲", "△"}:
        value = -value
    printed = match["star"] or match["caret"] or match["super"] or match["word"] or match["paren"]
    rank = match["rank"]
    return CellReading(
        value=value,
        unit=match["unit"] or "",
        rank=None if rank is None else _CIRCLED.get(rank) or int(rank),
        mark=mark or (printed.translate(_SUPERSCRIPT) if printed else ""),
    )
