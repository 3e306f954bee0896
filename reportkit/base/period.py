"""Dates and periods with the precision that the source gave them.

`Period` is only the value; the grammar that reads one from Japanese text is `reportkit.base.dates`.

>>> Period("2023年8月〜（継続展開）", start=PartialDate(2023, 8), open_end=True).start.iso()
'2023-08'
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as it was written: year, or year and month, or the day.

    hint: 春, 上旬, 前半, 頃 ... words that narrow or blur the date; kept, never turned into a month of our choice.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hint: str = ""

    def iso(self) -> str:
        """Return YYYY, YYYY-MM or YYYY-MM-DD."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time. `start` and `end` are inclusive; one date alone has both ends equal.

    open_end: the source says that it goes on (〜, 以降, から).
    start is None for an open beginning (～2024年前半) and for text that names no date.
    """

    raw: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    open_end: bool = False
