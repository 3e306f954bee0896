"""From the outline of a case to sections, and inside them to blocks that are about one thing.

A section is what stands under a level-2 heading. A block is a run of lines under one sub-heading or bold line in it:
`**予算規模**` inside of 導入背景 is a block of kind cost_roi. Fields are read from blocks, whatever the dialect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportkit.base.origin import origin_at
from reportkit.base.text import to_half_width
from reportkit.corpus.case import Line, Link, Section
from reportkit.sources.cases.words import FOOTER_LABEL, PHASE_TITLE, plain_label, section_kind, sub_kind
from reportkit.sources.outline import Piece

# Where steps may be told beside the section that is about them, which reads its lines itself.
_KINDS_WITH_STEPS = frozenset({"solution", "tech_stack", "summary", "background", "basic_info"})
_LABEL_LEVEL = 9  # a bold line ranks below every heading
_LONGEST_BARE = 24  # characters of a heading that has no mark of one
_LONGEST_STEP = 80  # of a heading that counts a step
_ITEM_LEVEL = 10  # and a list item that heads a list below bold lines


@dataclass(slots=True)
class Block:
    """Lines under one sub-heading.

    titles: the headings above the lines, inside of the section, outermost first; the last one may be a bold line.
    """

    kind: str
    section: SourceSection
    titles: tuple[str, ...]
    pieces: list[Piece]
    opener: Piece | None = None
    _tables: list[list[Piece]] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def title(self) -> str:
        """Return the innermost heading, "" for lines right under the section heading."""
        return self.titles[-1] if self.titles else ""

    def tables(self) -> list[list[Piece]]:
        """Return the rows of each table of the block; to be asked when the block is complete."""
        if self._tables is None:
            found: dict[int, list[Piece]] = {}
            for piece in self.pieces:
                if piece.kind == "row":
                    found.setdefault(piece.table, []).append(piece)
            self._tables = list(found.values())
        return self._tables

    def lines(self) -> list[Piece]:
        """Return the lines of text: items, numbers, paragraphs, quotes; no rows, no code."""
        return [piece for piece in self.pieces if piece.kind in {"text", "item", "number", "quote"}]


@dataclass(slots=True)
class SourceSection:
    """A section while it is read: heading piece (None for preamble and footer), canonical kind, pieces."""

    title: str
    kind: str
    heading: Piece | None
    pieces: list[Piece] = field(default_factory=list)


def split_sections(pieces: Sequence[Piece]) -> tuple[str, Piece | None, list[SourceSection]]:
    """Return the title (first level-1 heading), its piece, and the sections: preamble, level-2 sections, footer.

    A later level-1 heading opens a section of its own, so that nothing before it loses its place.
    """
    title: Piece | None = None
    sections = [SourceSection("", "preamble", None)]
    for piece in pieces:
        if piece.kind == "heading" and piece.level <= 2:
            if piece.level == 1 and title is None and len(sections) == 1 and not sections[0].pieces:
                title = piece
                continue
            sections.append(SourceSection(piece.text, section_kind(piece.text), piece))
        else:
            sections[-1].pieces.append(piece)
    _cut_footer(sections)
    return (title.text if title else ""), title, [part for part in sections if part.pieces or part.heading is not None]


def _cut_footer(sections: list[SourceSection]) -> None:
    """Move what follows the last thematic break, or the labelled lines that end the text, into a footer."""
    last = sections[-1]
    rules = [index for index, piece in enumerate(last.pieces) if piece.kind == "rule"]
    if rules and _is_footer(last.pieces[rules[-1] + 1 :]):
        start = rules[-1]
    else:
        start = len(last.pieces)
        while start and _is_footer_line(last.pieces[start - 1]):
            start -= 1
    footer = [piece for piece in last.pieces[start:] if piece.kind != "rule"]
    if footer:
        del last.pieces[start:]
        sections.append(SourceSection("", "footer", None, footer))


def _is_footer(pieces: Sequence[Piece]) -> bool:
    return not any(piece.kind == "row" or (piece.kind == "heading" and piece.level <= 3) for piece in pieces)


def _is_footer_line(piece: Piece) -> bool:
    return piece.kind == "text" and bool(piece.label) and FOOTER_LABEL.fullmatch(_bare(piece.label)) is not None


def _bare(label: str) -> str:
    return label.replace(" ", "").strip("*")


def split_blocks(sections: Iterable[SourceSection]) -> list[Block]:
    """Return the blocks of all sections in order. A sub-heading that names no kind keeps the kind above it."""
    blocks: list[Block] = []
    for section in sections:
        block = Block(section.kind, section, (), [])
        blocks.append(block)
        stack: list[tuple[int, str, str]] = []  # level, title, kind
        for position, piece in enumerate(section.pieces):
            if piece.kind == "row":  # heads nothing and ends nothing
                block.pieces.append(piece)
                continue
            if piece.kind == "rule":  # what follows a divider is no longer under the sub-heading before it
                if block.titles:
                    stack.clear()
                    block = Block(section.kind, section, (), [])
                    blocks.append(block)
                continue
            heads = (
                piece.kind in {"heading", "label"}
                or _is_bare_heading(section.pieces, position)
                or (block.kind in _KINDS_WITH_STEPS and _is_bare_step(section.pieces, position))
            )
            if not heads and not _opens_block(section, piece):
                if piece.level == 1 and stack and stack[-1][0] == _ITEM_LEVEL:
                    stack.pop()  # the list goes on beside the item that opened a block
                    kind = stack[-1][2] if stack else section.kind
                    block = Block(kind, section, tuple(title for _, title, _ in stack), [])
                    blocks.append(block)
                block.pieces.append(piece)
                continue
            level = piece.level if piece.kind == "heading" else _LABEL_LEVEL if heads else _ITEM_LEVEL
            title = piece.text if level < _ITEM_LEVEL else piece.label
            while stack and stack[-1][0] >= level:
                stack.pop()
            above = stack[-1][2] if stack else section.kind
            kind = sub_kind(title) or above
            stack.append((level, title, kind))
            block = Block(kind, section, tuple(title for _, title, _ in stack), [], piece)
            blocks.append(block)
    return blocks


def _is_bare_heading(pieces: Sequence[Piece], position: int) -> bool:
    """Tell whether a line of plain text heads the list or table below it by what sub-headings are called."""
    piece = pieces[position]
    if piece.kind != "text" or piece.value or len(piece.text) > _LONGEST_BARE or position + 1 == len(pieces):
        return False
    return pieces[position + 1].kind in {"item", "number", "row"} and sub_kind(piece.text) is not None


def _is_bare_step(pieces: Sequence[Piece], position: int) -> bool:
    """Tell whether `フェーズ1: 準備（2024年4月）` heads what stands below it, though it is set as plain text."""
    if not _is_step(pieces[position]) or position + 1 == len(pieces):
        return False
    below = pieces[position + 1]
    return below.kind in {"item", "number", "row", "text"} and not _is_step(below)


def _is_step(piece: Piece) -> bool:
    if piece.kind != "text" or not piece.value or len(piece.text) > _LONGEST_STEP or piece.text.endswith("。"):
        return False
    return PHASE_TITLE.fullmatch(to_half_width(piece.label)) is not None


def _opens_block(section: SourceSection, piece: Piece) -> bool:
    """Tell whether `- **今後の計画**:` only heads the items below it and names a kind of its own."""
    if piece.level != 1 or piece.kind != "item" or not piece.label or piece.value:
        return False
    return sub_kind(piece.label) is not None or section.kind == "issues"


def to_section(section: SourceSection, source: str, first_line: int) -> Section:
    """Return the section as the corpus keeps it, with every line, bullet, row, link and code line in it."""
    lines = tuple(to_line(piece, source) for piece in section.pieces if piece.kind != "rule")
    line = section.heading.line if section.heading else (lines[0].number if lines else first_line)
    return Section(section.title, section.kind, source, line, lines, links_of(section.heading, source))


def links_of(piece: Piece | None, source: str) -> tuple[Link, ...]:
    """Return the links in one piece of the outline."""
    if piece is None or not piece.links:
        return ()
    origin = origin_at(source, piece.line, 0)
    return tuple(Link(title, url, origin) for title, url in piece.links)


def to_line(piece: Piece, source: str) -> Line:
    """Return one piece of the outline as a line of the corpus."""
    kind = piece.kind if piece.kind != "rule" else "text"
    text = "" if kind == "row" else piece.text
    links = links_of(piece, source) if piece.links else ()
    return Line(kind, text, source, piece.line, piece.level, piece.cells, piece.header, links)


def label_key(piece: Piece) -> str:
    """Return the label of a piece for comparison."""
    return plain_label(piece.label)
