"""A text as the readers of cases open it: who recognises a case and who reads it look at the same lines."""

from __future__ import annotations

from functools import cached_property

from reportkit.sources.cases.json_cases import JsonFile, read_json_file
from reportkit.sources.front_matter import FrontMatter, read_front_matter
from reportkit.sources.json_text import looks_like_json


class CaseText:
    """The text of one file. Each part is read once, when it is asked for first."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, text: str | CaseText) -> CaseText:
        """Return the text opened, itself when it is open already."""
        return text if isinstance(text, CaseText) else cls(text)

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines, without their ends."""
        return self.text.split("\n")

    @cached_property
    def front_matter(self) -> FrontMatter:
        """Return the front matter; empty when there is none."""
        return read_front_matter(self.lines)

    @cached_property
    def json(self) -> JsonFile | None:
        """Return the cases of a JSON text, None for a text that does not open like JSON."""
        return read_json_file(self.text) if looks_like_json(self.text) else None
