"""What stands inside a line. A closed set: every renderer matches all of them."""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin


@dataclass(frozen=True, slots=True)
class Text:
    """Our own words, from a template. Never holds a number."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source, printed as they are; origin is None for words that several sources share (a sector's name)."""

    text: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class FactRef:
    """A number: printed as `fact.text`, bound to its id."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised strongly."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised lightly; in Japanese Word documents this is shown by the style, not by slanting."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink to http(s) or mailto; renderers print the children alone when the address is anything else."""

    children: tuple[Inline, ...]
    url: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break inside a paragraph or a cell."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """The mark of a footnote, standing behind what it is about. content: the words of the note, without its number."""

    content: tuple[Inline, ...]


Inline = Text | Quoted | FactRef | Strong | Emphasis | Link | LineBreak | Footnote


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """Return the words without marks and notes; line breaks become blanks."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text) | Quoted(text):
                parts.append(text)
            case FactRef(fact):
                parts.append(fact.text)
            case Strong(children) | Emphasis(children) | Link(children):
                parts.append(plain_text(children))
            case LineBreak():
                parts.append(" ")
            case Footnote():
                pass
    return "".join(parts)
