"""How much of every case file is in the model: under a known section, under その他, nowhere.

In: the seeds folder and the corpus that was read from it. The corpus keeps no text, so the files are read once more;
each file counts by itself, before any `[[join]]` put its cases into others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.sources.cases import read_case
from reportkit.sources.cases.coverage import Coverage, cover
from reportkit.sources.decode import decode
from reportkit.sources.folder import find_files, open_file

_COUNTS = ("characters", "known", "other", "nowhere")


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """How much of one file is in the model; coverage is None for a file that is not read as a case."""

    source: SourceFile
    coverage: Coverage | None


def measure_coverage(folder: Path, corpus: Corpus) -> tuple[FileCoverage, ...]:
    """Return the coverage of every source of the corpus that was read from `folder`, in the order of the paths."""
    files = {file.path: file for file in find_files(folder)}
    found: list[FileCoverage] = []
    for source in corpus.sources:
        file = files.get(source.path) if source.kind == "case" else None
        content = open_file(file).data if file is not None else None
        text = decode(content, source.path).text if content is not None else None
        coverage = cover(text, read_case(text, source.path, corpus.taxonomy).cases) if text is not None else None
        if source.kind != "settings":
            found.append(FileCoverage(source, coverage))
    return tuple(found)


def total_coverage(files: Sequence[FileCoverage]) -> Coverage:
    """Return the characters of all measured files together."""
    found = [file.coverage for file in files if file.coverage is not None]
    return Coverage(sum(one.known for one in found), sum(one.other for one in found), sum(one.nowhere for one in found))


def coverage_records(files: Sequence[FileCoverage]) -> dict[str, Any]:
    """Return plain records: `files`, one each, and `total`. Counts are characters of words, None where not measured."""
    return {
        "files": [
            {"source": file.source.path, "kind": file.source.kind}
            | (_counts(file.coverage) if file.coverage else dict.fromkeys(_COUNTS))
            | {"lost": [{"line": lost.line, "text": lost.text} for lost in file.coverage.lost] if file.coverage else []}
            for file in files
        ],
        "total": {"files": sum(file.coverage is not None for file in files)} | _counts(total_coverage(files)),
    }


def _counts(coverage: Coverage) -> dict[str, int]:
    counts = (coverage.total, coverage.known, coverage.other, coverage.nowhere)
    return dict(zip(_COUNTS, counts, strict=True))
