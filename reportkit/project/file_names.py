"""The file names of the documents: safe on every system, no two the same.

>>> document_paths(Path("out"), "case", ("863", "CON", "con")) == {
...     "863": Path("out/case/863.docx"), "CON": Path("out/case/CON_.docx"), "con": Path("out/case/con_ (2).docx")}
True
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from reportkit.base.files import safe_name


def document_paths(out: Path, kind: str, names: Iterable[str]) -> dict[str, Path]:
    """Return the path of every subject's document, `out/<kind>/<name>.docx`.

    Names that one file system or another would take for the same (case, width, composition) are told apart by a number;
    the first in order keeps the plain name.
    """
    paths: dict[str, Path] = {}
    taken: set[str] = set()
    for name in names:
        if name in paths:
            continue
        stem = safe_name(name)
        number = 1
        free = stem
        while _same_file_key(free) in taken:
            number += 1
            free = f"{stem} ({number})"
        taken.add(_same_file_key(free))
        paths[name] = out / kind / f"{free}.docx"
    return paths


def _same_file_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
