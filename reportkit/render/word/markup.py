"""Text as XML, and the few elements that every part of a package needs."""

from __future__ import annotations

import re

from reportkit.base.text import printable

# What XML or `printable` would change; most text has none of it, so one search is all that it costs.
_SPECIAL = re.compile(
    '[&<>"\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef'
    "\ufeff\ufffe\uffff\U000f0000-\U0010ffff]"
)


def escape(text: str) -> str:
    """Return printable text as XML, for elements and for attributes in double quotes."""
    if _SPECIAL.search(text) is None:
        return text
    text = printable(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


def relationship_xml(identifier: str, kind: str, target: str, more: str = "") -> str:
    """Return one relationship. kind: its type address; target: escaped; more: further attributes."""
    return f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"{more}/>'


def relationships_xml(links: str) -> str:
    """Return a relationships part."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
