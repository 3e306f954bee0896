"""Where a value was written: a file of the seeds folder, a line in it, and a cell of that line.

>>> Origin("survey/001.txt", 1165, 6).place()
'survey/001.txt:1165 (列6)'
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a source file.

    source: path relative to the seeds folder, with forward slashes; the key into `Corpus.sources`,
        which holds the file's digest and title.
    line: 1-based line; 0 when the whole file is meant.
    column: 1-based cell of that line (text before the first tab, or after the first bar, is cell 1);
        0 for the whole line.
    end_line: last line of a span; 0 when the span is one line.
    """

    source: str
    line: int = 0
    column: int = 0
    end_line: int = 0

    def place(self) -> str:
        """Return the place as people read it: file, line or lines, cell."""
        if not self.line:
            return self.source
        lines = f"{self.line}-{self.end_line}" if self.end_line > self.line else f"{self.line}"
        cell = f" (列{self.column})" if self.column else ""
        return f"{self.source}:{lines}{cell}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a source said, as it said them, and where. Digits inside are the source's, not ours."""

    text: str
    origin: Origin

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)
