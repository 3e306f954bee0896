"""What `reportkit list` says about the sources, kept in `.reportkit/lists.json` as long as they are the same.

In: the settings of a project. Out: the rows of its lists. They belong to one digest of all sources, of reportkit's
code and of its plug-ins; with another one the sources are read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from reportkit.base.digests import digest_of
from reportkit.base.errors import RenderError
from reportkit.base.files import write_atomic
from reportkit.base.plugins import CASES
from reportkit.project.engine import engine_with_plugins
from reportkit.project.settings import Settings
from reportkit.project.state import found_files, state_folder
from reportkit.sources.folder import FoundFile

if TYPE_CHECKING:
    from reportkit.corpus.corpus import Corpus
    from reportkit.corpus.matrix import Matrix

FILE_NAME = "lists.json"
Rows = tuple[tuple[str, ...], ...]
_KINDS = {"industry": "業界", "group": "グループ", "public": "公共"}


@dataclass(frozen=True, slots=True)
class Lists:
    """The rows of each list, as they are printed."""

    sectors: Rows
    cases: Rows
    matrices: Rows


def project_lists(settings: Settings) -> Lists:
    """Return the lists of the project's sources. Raises what `read_corpus` raises."""
    files = found_files(settings)
    known = _kept(settings, _key(files)) if files else None
    if known is not None:
        return known
    from reportkit.project.reading import read_project

    corpus = read_project(settings, files or None)
    if state_folder(settings).is_dir():  # a command that only reads makes no folder
        keep_lists(settings, files, corpus)
    return _lists(corpus)


def keep_lists(settings: Settings, files: Sequence[FoundFile], corpus: Corpus) -> None:
    """Put down what the lists say now; a disk that takes nothing only costs time."""
    data = {"key": _key(files), **asdict(_lists(corpus))}
    with suppress(RenderError):
        write_atomic(state_folder(settings) / FILE_NAME, json.dumps(data, ensure_ascii=False).encode())


def _key(files: Sequence[FoundFile]) -> str:
    sources = tuple((file.path, file.digest) for file in files)
    return digest_of((engine_with_plugins(CASES), sources))


def _kept(settings: Settings, key: str) -> Lists | None:
    try:
        data = json.loads((state_folder(settings) / FILE_NAME).read_bytes())
        if data["key"] != key:
            return None
        return Lists(*(_rows(data[name]) for name in ("sectors", "cases", "matrices")))
    except (OSError, ValueError, TypeError, KeyError):  # none yet, or damaged
        return None


def _rows(rows: Any) -> Rows:
    found = tuple(tuple(row) for row in rows)
    if not all(isinstance(cell, str) for row in found for cell in row):
        raise TypeError
    return found


def _lists(corpus: Corpus) -> Lists:
    sectors = []
    for sector in corpus.taxonomy.sectors:
        names = {sector.name, *sector.members}
        count = sum(1 for case in corpus.cases if not names.isdisjoint(case.sectors))
        sectors.append((sector.name, _KINDS[sector.kind], f"事例 {count}", "、".join(sector.members)))
    cases = [
        (case.id, case.company or case.title, "、".join(case.sectors) or "-", case.origin.source)
        for case in corpus.cases
    ]
    matrices = [
        (
            each.id,
            _size(each),
            each.unit or "-",
            each.title,
            each.origin.place(),
        )
        for each in corpus.matrices
    ]
    return Lists(tuple(sectors), tuple(cases), tuple(matrices))


def _size(matrix: Matrix) -> str:
    return f"{len(matrix.rows.labels)}×{len(matrix.columns.labels)}"
