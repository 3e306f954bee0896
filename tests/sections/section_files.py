"""Section templates written into a folder for one test, and a small view for them. All names and numbers are 架空."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin, Quote
from reportkit.base.quantity import Quantity
from reportkit.document.block import Block, Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import plain_text
from reportkit.document.table import Table
from reportkit.sections.environment import forget_templates
from reportkit.sections.folders import TemplateFolders
from reportkit.sections.render import Exhibits, render_section

ORIGIN = Origin("架空.md", 7)
SHARE = Fact("share/架空", "架空の割合", Quantity("57%", value=Decimal(57), unit="%"), "57%", (ORIGIN,))
GAP = Fact("difference/架空", "差", Quantity("6", value=Decimal(6), unit="ポイント"), "6ポイント", flags=("補完",))


@dataclass(frozen=True, slots=True)
class FakeView:
    """What a template may print: a fact, quotes, a name, a list."""

    name: str = "架空業"
    share: Fact = SHARE
    gap: Fact = GAP
    facts: tuple[Fact, ...] = (SHARE, GAP)
    company: Quote = field(default_factory=lambda: Quote("架空商事", ORIGIN))
    words: tuple[Quote, ...] = ()
    nothing: None = None


def write_section(folder: Path, text: str, name: str = "page") -> TemplateFolders:
    """Write one section of the kind `test` and return the folder that holds it."""
    path = folder / "sections" / "test" / f"{name}.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return TemplateFolders((folder,))


def rendered(
    folder: Path, text: str, view: object | None = None, exhibits: Exhibits | None = None
) -> tuple[Block, ...]:
    """Return the blocks of a section text."""
    templates = write_section(folder, text)
    forget_templates()  # a test writes the same file several times in a moment
    return render_section(templates, "test", "page", FakeView() if view is None else view, exhibits or {})


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """Return the blocks as short lines: `# …`, `role: …`, `- …`, and the names of other blocks."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading(level=level, content=content):
                lines.append(f"{'#' * level} {plain_text(content)}")
            case Paragraph(content=content, role=role):
                lines.append(f"{role}: {plain_text(content)}")
            case ItemList(items=items, ordered=ordered):
                lines.extend(_items(items, "1." if ordered else "-", 0))
            case Table(caption=(), body=body):
                lines.extend("| " + " | ".join(" ".join(map(plain_text, cell.lines)) for cell in row) for row in body)
            case _:
                lines.append(type(block).__name__)
    return lines


def _items(items: tuple[ListItem, ...], marker: str, depth: int) -> list[str]:
    lines = []
    for item in items:
        lines.append(f"{'  ' * depth}{marker} {plain_text(item.content)}")
        lines.extend(_items(item.children, marker, depth + 1))
    return lines
