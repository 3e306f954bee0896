"""Where a value was written: a file of the seeds folder, a line in it, and a cell of that line.

>>> Origin("survey/001.txt", 1165, 6).place()
'survey/001.txt:1165 (列6)'
>>> Origin("survey/impact.xlsx", 3, 2, sheet="シート1").place()
'survey/impact.xlsx:シート1!B3'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a source file.

    source: path relative to the seeds folder, with forward slashes; the key into `Corpus.sources`,
        which holds the file's digest and title.
    line: 1-based line; 0 when the whole file is meant.
    column: 1-based cell of that line (text before the first tab, or after the first bar, is cell 1);
        0 for the whole line.
    end_line: last line of a span; 0 when the span is one line.
    sheet: name of the sheet when the file is a workbook; line and column are then its row and column (1 = A).
    """

    source: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    sheet: str = ""

    def place(self) -> str:
        """Return the place as people read it: file, line or lines, cell; for a workbook as Excel names it."""
        if self.sheet:
            return f"{self.source}:{self.cells()}"
        if not self.line:
            return self.source
        lines = f"{self.line}-{self.end_line}" if self.end_line > self.line else f"{self.line}"
        cell = f" (列{self.column})" if self.column else ""
        return f"{self.source}:{lines}{cell}"

    def cells(self) -> str:
        """Return sheet and cells as Excel names them (`シート1!B3`), "" outside of a workbook."""
        return f"{self.sheet}{self._cells()}" if self.sheet else ""

    def _cells(self) -> str:
        """Return `!B3`, `!3:3` for a row, `!3:9` for rows, "" for the whole sheet."""
        if not self.line:
            return ""
        if not self.column:
            return f"!{self.line}:{max(self.line, self.end_line)}"
        return f"!{column_letters(self.column)}{self.line}"


@lru_cache(maxsize=4096)
def origin_at(source: str, line: int, column: int) -> Origin:
    """Return the place of a line or cell of a text; what was read from one place shares one record.

    A line of a case is kept as a line, and again by each field that was read from it. Readers ask for its place within
    the same file, so a short memory is enough.
    """
    return Origin(source, line, column)


def column_letters(number: int) -> str:
    """Return the letters of a sheet column: 1 is A, 28 is AB."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a source said, as it said them, and where. Digits inside are the source's, not ours."""

    text: str
    origin: Origin

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)
