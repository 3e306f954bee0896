"""Words inside a paragraph: inlines in, runs (`w:r`) and hyperlinks out. Neighbours that look alike become one run."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportkit.base.fact import Fact
from reportkit.document.inline import (
    Emphasis,
    FactRef,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Quoted,
    Strong,
    Text,
    plain_text,
)
from reportkit.render.word.assembly import Assembly
from reportkit.render.word.markup import Words, read_words, text_xml


class Look(NamedTuple):
    """How runs differ from their paragraph's style. colour: RRGGBB; size: half-points; "" and 0 for the style's own."""

    bold: bool = False
    colour: str = ""
    size: int = 0
    strong: bool = False
    emphasised: bool = False
    linked: bool = False


PLAIN = Look()


@lru_cache(maxsize=256)
def _run_properties(look: Look, japanese: bool, strong: str, emphasis: str, link: str) -> str:
    """Return `w:rPr`, or "" when the style says it all. A run can have one character style, the rest is direct."""
    style = link if look.linked else emphasis if look.emphasised else strong if look.strong else ""
    bold = look.bold or (look.strong and style != strong)
    parts = (
        f'<w:rStyle w:val="{style}"/>' if style else "",
        '<w:rFonts w:hint="eastAsia"/>' if japanese else "",
        "<w:b/><w:bCs/>" if bold else "",
        f'<w:color w:val="{look.colour}"/>' if look.colour and not look.linked else "",
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else "",
    )
    properties = "".join(parts)
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def runs_xml(inlines: tuple[Inline, ...], assembly: Assembly, look: Look = PLAIN) -> str:
    """Return the runs of a line."""
    if len(inlines) == 1 and isinstance(only := inlines[0], FactRef):
        return _fact_xml(only.fact, assembly, look)
    line = _Line(assembly)
    line.add(inlines, look)
    return line.xml()


def text_run(text: str, assembly: Assembly, look: Look = PLAIN) -> str:
    """Return one run; the text may hold anything, what Word cannot hold is taken out."""
    return _run(read_words(text), assembly, look) if text else ""


def _run(words: Words, assembly: Assembly, look: Look) -> str:
    return _run_xml(_properties(words, assembly, look), words.xml, spaced=words.spaced)


def _properties(words: Words, assembly: Assembly, look: Look) -> str:
    if look is PLAIN and not words.japanese:
        return ""
    styles = assembly.base.styles
    return _run_properties(look, words.japanese, styles["strong"], styles["emphasis"], styles["link"])


def _run_xml(properties: str, xml: str, *, spaced: bool) -> str:
    return f"<w:r>{properties}{text_xml(xml, spaced=spaced)}</w:r>"


def _fact_xml(fact: Fact, assembly: Assembly, look: Look) -> str:
    if not fact.text:
        return ""
    words = read_words(fact.text)
    bound = assembly.ledger.bind_fact(fact, _run(words, assembly, look), words.xml)
    return bound if assembly.comments is None else assembly.comments.around(fact, bound)


class _Line:
    """The runs of one line while they are written. The last one stays open as long as words of the same look follow."""

    __slots__ = ("_assembly", "_open", "_out", "_properties", "_spaced")

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._out: list[str] = []
        self._open = ""  # the words of the open run
        self._properties = ""
        self._spaced = False

    def xml(self) -> str:
        """Return everything that was added."""
        self._close()
        return "".join(self._out)

    def add(self, inlines: tuple[Inline, ...], look: Look) -> None:
        """Add inlines that look like this."""
        for inline in inlines:
            if isinstance(inline, Text):
                self._say(read_words(inline.text), look)
            elif isinstance(inline, Quoted):
                words = read_words(inline.text)
                if words.has_digit:
                    self._quote(inline, words, look, alone=len(inlines) == 1)
                else:
                    self._say(words, look)
            elif isinstance(inline, FactRef):
                self._put(_fact_xml(inline.fact, self._assembly, look))
            else:
                self._mark(inline, look)

    def _mark(self, inline: Strong | Emphasis | Link | Footnote | LineBreak, look: Look) -> None:
        match inline:
            case Strong(children):
                self.add(children, look._replace(strong=True))
            case Emphasis(children):
                self.add(children, look._replace(emphasised=True))
            case Link(children, url):
                self._link(children, url, look)
            case Footnote(content):
                self._put(footnote_xml(plain_text(content), self._assembly))
            case LineBreak():
                self._assembly.ledger.words("\n")
                self._put("<w:r><w:br/></w:r>")

    def _quote(self, quote: Quoted, words: Words, look: Look, *, alone: bool) -> None:
        """Add words with a digit. alone: they are all that their line says; in a table, the cell binds them enough."""
        ledger = self._assembly.ledger
        run = _run(words, self._assembly, look)
        if alone and ledger.row is not None:
            ledger.cell_quote(quote.text, quote.origin)
            self._put(run)
        else:
            self._put(ledger.bind_quote(quote.text, quote.origin, run))

    def _say(self, words: Words, look: Look) -> None:
        self._assembly.ledger.words(words.row)
        properties = _properties(words, self._assembly, look)
        if properties != self._properties:
            self._close()
            self._properties = properties
        self._open += words.xml
        self._spaced |= words.spaced

    def _link(self, children: tuple[Inline, ...], url: str, look: Look) -> None:
        # A hyperlink inside a hyperlink is not allowed; an address that is no web address is not a link.
        identifier = None if look.linked else self._assembly.link(url)
        if identifier is None:
            self.add(children, look)
            return
        inside = runs_xml(children, self._assembly, look._replace(linked=True))
        if inside:
            self._put(f'<w:hyperlink r:id="{identifier}" w:history="1">{inside}</w:hyperlink>')

    def _put(self, xml: str) -> None:
        self._close()
        self._out.append(xml)

    def _close(self) -> None:
        if self._open:
            self._out.append(_run_xml(self._properties, self._open, spaced=self._spaced))
            self._open = ""
            self._spaced = False


def footnote_xml(words: str, assembly: Assembly) -> str:
    """Add a footnote; return the run that holds its mark."""
    styles = assembly.base.styles
    mark = f'<w:r><w:rPr><w:rStyle w:val="{styles["footnote-mark"]}"/></w:rPr>'
    note = text_run(words, assembly)
    number = assembly.add_footnote(
        f'<w:p><w:pPr><w:pStyle w:val="{styles["footnote-text"]}"/></w:pPr>{mark}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{note}</w:p>'
    )
    assembly.ledger.footnote(words)
    return f'{mark}<w:footnoteReference w:id="{number}"/></w:r>'
