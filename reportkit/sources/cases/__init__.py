"""Case studies in Markdown, in any of their dialects: text in, `Case` out.

`recognise_case` tells by the content whether a text is one; `read_case` reads it. What the sections, labels and table
headings may be called stands in `words`; what tells the dialects apart stands in `dialects`.
"""

from reportkit.sources.cases.reader import CaseReading, read_case, recognise_case

__all__ = ["CaseReading", "read_case", "recognise_case"]
