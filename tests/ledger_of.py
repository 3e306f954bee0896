"""Reading a ledger back in tests: with lxml, nothing of the writer."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

N = "{urn:reportkit:ledger:1}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def schema() -> Any:
    """The documented schema."""
    return etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "docs" / "ledger-1.xsd"))


def ledger_of(data: bytes) -> Any:
    """The root of the ledger, found by its namespace; it must fit the schema."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in archive.namelist() if _may_be_ledger(name)]
    (root,) = [root for root in roots if root.tag == f"{N}ledger"]
    assert schema().validate(root), schema().error_log
    return root


def _may_be_ledger(name: str) -> bool:
    return re.fullmatch(r"customXml/item\d+\.xml", name) is not None


def digest_of(root: Any) -> str:
    """The digest of the facts as docs/ledger.md defines it."""
    names = ("id", "label", "value", "low", "high", "unit", "qualifier", "per", "flags")
    lines = sorted("".join(fact.get(name, "") + "\x1f" for name in names) for fact in root.iter(f"{N}fact"))
    return hashlib.sha256("".join(f"{one}\n" for one in lines).encode()).hexdigest()


def seal_of(root: Any) -> str:
    """The seal as docs/ledger.md defines it."""
    return hashlib.sha256(_plain(root).encode()).hexdigest()


def _plain(element: Any) -> str:
    name = etree.QName(element).localname
    said = "".join(f' {key}="{_escaped(value)}"' for key, value in element.attrib.items() if key != "seal")
    inside = _escaped(element.text or "") + "".join(map(_plain, element))
    return f"<{name}{said}>{inside}</{name}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def bound_texts(data: bytes) -> dict[str, str]:
    """What stands inside of each bookmark of ours in the body, by name, in reading order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    names: dict[str, str] = {}
    texts: dict[str, str] = {}
    for element in body.iter():
        if element.tag == f"{W}bookmarkStart" and element.get(f"{W}name").startswith("_rk"):
            names[element.get(f"{W}id")] = element.get(f"{W}name")
            texts[element.get(f"{W}name")] = ""
        elif element.tag == f"{W}bookmarkEnd":
            names.pop(element.get(f"{W}id"), None)
        elif element.tag == f"{W}t":
            for name in names.values():
                texts[name] += element.text or ""
    return texts


def place_texts(root: Any) -> dict[str, str]:
    """What the ledger says of each place, by the name of its bookmark."""
    quotes = [quote.text for quote in root.iter(f"{N}quote")]
    return {
        f"_rk{number}": quotes[int(place.get("quote")) - 1] if place.get("quote") else place.text
        for number, place in enumerate(root.iter(f"{N}place"), start=1)
    }
