"""The digests of the sources in a ledger, written anew from docs/ledger.md alone."""

import hashlib
from xml.etree import ElementTree

RK = "{urn:reportkit:ledger:1}"


def set_source_digests(root: ElementTree.Element) -> None:
    """Give every source the digest over what the ledger takes from it."""
    for number, source in enumerate(root.iter(f"{RK}source"), start=1):
        lines = set()
        for element in (*root.iter(f"{RK}origin"), *root.iter(f"{RK}quote")):
            if element.get("source") == str(number):
                numbers = [element.get(name, "") for name in ("line", "end", "column")]
                names = [" ".join(element.get(name, "").split()) for name in ("sheet", "row", "head")]
                lines.add("".join(f"{part}\x1f" for part in (*numbers, *names, element.text or "")) + "\n")
        source.set("digest", hashlib.sha256("".join(sorted(lines)).encode()).hexdigest())
