"""Reading the ledger of a briefing: a .docx in, a `Ledger` out.

The ledger is found by its namespace, not by the name of its part: programs rename parts when they save. What is wrong
is raised once, as an `AuditError` with every fault: no .docx, no ledger, another version, damaged.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from reportkit.audit.elements import FAMILY, NAMESPACE, RESTORE, VERSION, Reader
from reportkit.audit.entries import Ledger
from reportkit.audit.package import Package, open_package
from reportkit.base.errors import AuditError, Problem

_REBUILD = "reportkit build で作り直してください"


def read_ledger(source: Path | bytes, name: str = "") -> Ledger:
    """Return the ledger of a .docx, given as a path or as its bytes. name: for messages about bytes.

    Raises `AuditError` with everything that is wrong.
    """
    return ledger_of(open_package(source, name))


def ledger_of(package: Package) -> Ledger:
    """Return the ledger of a document that is open already."""
    return Reader(package.name).read(_root(package))


def _root(package: Package) -> Element:
    roots: list[Element] = []
    others: list[str] = []
    family = FAMILY.encode()
    for part in sorted(package.parts):
        data = package.parts[part]
        if not part.startswith("customXml/") or not part.endswith(".xml"):
            continue
        if family not in data and family.decode().encode("utf-16-le") not in data:
            continue
        root = package.tree(part)
        if root is None or not root.tag.startswith("{" + FAMILY):
            continue
        if root.tag == f"{NAMESPACE}ledger":
            roots.append(root)
        else:
            others.append(root.tag[1:].partition("}")[0].removeprefix(FAMILY))
    if len(roots) == 1 and not others:
        return roots[0]
    if roots:
        raise AuditError(Problem("台帳が二つ以上あります", RESTORE, package.name))
    if others:
        what = f"台帳の版（{'、'.join(others)}）が、この reportkit の読める版（{VERSION}）と違います"
        raise AuditError(Problem(what, "文書を作った版の reportkit を使うか、この版で作り直してください", package.name))
    what = "数値の台帳がありません。reportkit の作った文書ではないか、保存したときに台帳が失われています"
    raise AuditError(Problem(what, _REBUILD, package.name))
