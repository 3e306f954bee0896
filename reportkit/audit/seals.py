"""The digests of a ledger: over what its facts say, over what it takes from a source, and over the whole of it.

docs/ledger.md defines them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from reportkit.audit.entries import Ledger
from reportkit.base.origin import Origin

CONTAINERS = frozenset({"sources", "facts", "quotes", "places", "findings", "changes"})
_SAID = ("id", "label", "value", "low", "high", "unit", "qualifier", "per", "flags")


def fact_digest(facts: Iterable[Element]) -> str:
    """Return the digest over what facts say, in whatever order they stand: the attribute `facts` of the ledger."""
    lines = sorted("".join(f"{fact.get(name, '')}\x1f" for name in _SAID) + "\n" for fact in facts)
    return _hash("".join(lines))


def seal_of(root: Element) -> str:
    """Return the digest over the whole ledger but its attribute `seal`: over its text, written in one plain form.

    The form is that of docs/ledger.md, so that a program that saves the file anew and writes the same XML differently
    changes nothing.
    """
    pieces: list[str] = []
    open_tags: list[Element | str] = [root]
    while open_tags:
        one = open_tags.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        said = "".join(f' {name}="{_escaped(value)}"' for name, value in one.attrib.items() if name != "seal")
        tag = local_name(one)
        # White space between elements is no text; an element either holds elements or words.
        words = "" if len(one) or tag in CONTAINERS else _escaped(one.text or "")
        pieces.append(f"<{tag}{said}>{words}")
        open_tags += [f"</{tag}>", *reversed(one)]
    return _hash("".join(pieces))


def taken_digests(ledger: Ledger) -> dict[str, str]:
    """Return, for each source by file, the digest over what the ledger takes from it.

    That is places, labels and words of facts and quotes.
    """
    taken: dict[str, set[str]] = {source.file: set() for source in ledger.sources}
    for fact in ledger.facts:
        for one in fact.origins:
            taken.setdefault(one.origin.source, set()).add(_taken(one.origin, one.row, one.head, one.raw))
    for quote in ledger.quotes:
        if quote.origin is not None:
            taken.setdefault(quote.origin.source, set()).add(_taken(quote.origin, "", "", quote.text))
    return {file: _hash("".join(sorted(lines))) for file, lines in taken.items()}


def _taken(origin: Origin, row: str, head: str, words: str) -> str:
    numbers = (str(number) if number else "" for number in (origin.line, origin.end_line, origin.column))
    names = (" ".join(name.split()) for name in (origin.sheet, row, head))
    return "".join(f"{part}\x1f" for part in (*numbers, *names, words)) + "\n"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
