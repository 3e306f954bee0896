"""Case studies in Markdown, in any of their dialects: text in, `Case` out.

`recognise_case` tells by the content whether a text is one; `read_case` reads it (`reader` parts a file into documents,
`document` reads one of them, `metrics` finds where effects are stated and `effects` what they state). Both may be given
a `CaseText`, and then look at the same lines and front matter. What the sections, labels and table headings may be
called stands in `words`, what tells the dialects apart in `dialects`.
"""

from reportkit.sources.cases.opened import CaseText
from reportkit.sources.cases.reader import CaseReading, read_case
from reportkit.sources.cases.recognise import recognise_case

__all__ = ["CaseReading", "CaseText", "read_case", "recognise_case"]
