"""Words inside a paragraph: inlines in, runs (`w:r`) and hyperlinks out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from reportkit.base.fact import Fact
from reportkit.base.origin import Origin
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
from reportkit.render.word.ledger import has_digit
from reportkit.render.word.markup import escape

# Marks that Word would take from the Latin font (① … ○ × → ℃), though in Japanese text they belong to the Japanese one.
_EITHER_FONT = re.compile("[\u00a7\u00b0\u00b1\u00b4\u00b6\u00d7\u00f7\u2014-\u206f\u2100-\u2bff]")


@dataclass(frozen=True, slots=True)
class Look:
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
    out: list[str] = []
    _append(inlines, assembly, look, out)
    return "".join(out)


def text_run(text: str, assembly: Assembly, look: Look = PLAIN) -> str:
    """Return one run; the text may hold anything, what Word cannot hold is taken out."""
    if not text:
        return ""
    return _run(text, escape(text), assembly, look)


def _run(text: str, escaped: str, assembly: Assembly, look: Look) -> str:
    japanese = not text.isascii() and _EITHER_FONT.search(text) is not None
    if look is PLAIN and not japanese:
        return f'<w:r><w:t xml:space="preserve">{escaped}</w:t></w:r>'
    styles = assembly.base.styles
    properties = _run_properties(look, japanese, styles["strong"], styles["emphasis"], styles["link"])
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def _append(inlines: tuple[Inline, ...], assembly: Assembly, look: Look, out: list[str]) -> None:
    ledger = assembly.ledger
    for inline in inlines:
        match inline:
            case Text(text):
                if text:
                    escaped = escape(text)
                    ledger.words(escaped)
                    out.append(_run(text, escaped, assembly, look))
            case FactRef(fact):
                out.append(_fact(fact, assembly, look))
            case Quoted(text, origin):
                if text:
                    alone = ledger.row is not None and len(inlines) == 1
                    out.append(_quoted(text, origin, assembly, look, alone=alone))
            case Strong(children):
                _append(children, assembly, replace(look, strong=True), out)
            case Emphasis(children):
                _append(children, assembly, replace(look, emphasised=True), out)
            case Link(children, url):
                _append_link(children, url, assembly, look, out)
            case Footnote(content):
                out.append(footnote_xml(plain_text(content), assembly))
            case LineBreak():
                ledger.words("\n")
                out.append("<w:r><w:br/></w:r>")


def _append_link(children: tuple[Inline, ...], url: str, assembly: Assembly, look: Look, out: list[str]) -> None:
    # A hyperlink inside a hyperlink is not allowed; an address that is no web address is not a link.
    identifier = None if look.linked else assembly.link(url)
    if identifier is None:
        _append(children, assembly, look, out)
        return
    inside: list[str] = []
    _append(children, assembly, replace(look, linked=True), inside)
    if any(inside):
        out += (f'<w:hyperlink r:id="{identifier}" w:history="1">', *inside, "</w:hyperlink>")


def _fact(fact: Fact, assembly: Assembly, look: Look) -> str:
    if not fact.text:
        return ""
    escaped = escape(fact.text)
    bound = assembly.ledger.bind_fact(fact, _run(fact.text, escaped, assembly, look), escaped)
    return bound if assembly.comments is None else assembly.comments.around(fact, bound)


def _quoted(text: str, origin: Origin | None, assembly: Assembly, look: Look, *, alone: bool) -> str:
    """Return a quotation. alone: it is all that its line says; in a table, the cell is then binding enough."""
    escaped = escape(text)
    run = _run(text, escaped, assembly, look)
    if has_digit(text):
        if alone:
            assembly.ledger.cell_quote(text, origin)
            return run
        return assembly.ledger.bind_quote(text, origin, run)
    assembly.ledger.words(escaped)
    return run


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
