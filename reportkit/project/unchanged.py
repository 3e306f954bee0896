"""A build with nothing to do: known from digests alone, before a source is read or a template is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportkit.build.outputs import state_of
from reportkit.build.record import RECORD_NAME, Record, Summary
from reportkit.project.settings import Settings
from reportkit.project.state import state_folder
from reportkit.project.whole import whole_digest
from reportkit.sources.folder import FoundFile


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Every document is up to date. edited: those that a person changed, whose new issue stands beside them."""

    summary: Summary
    edited: tuple[Path, ...]


def record_path(settings: Settings) -> Path:
    """Return where a project keeps its record."""
    return state_folder(settings) / RECORD_NAME


def out_name(settings: Settings) -> str:
    """Return the name of the out folder in the record: below the project, or in full.

    Each edition is a set of documents of its own, up to date or not without regard to the other.
    """
    out, folder = settings.out.resolve(), settings.folder.resolve()
    name = out.relative_to(folder).as_posix() if out.is_relative_to(folder) else out.as_posix()
    return name if settings.edition == "reader" else f"{name}#{settings.edition}"


def nothing_to_do(
    settings: Settings,
    environment: Mapping[str, str],
    record: Record,
    files: Iterable[FoundFile],
    documents: Iterable[str] | None = None,
) -> Unchanged | None:
    """Return what the last build said when nothing has changed since, else None.

    files: the sources as they are. documents: ids of those whose files are looked at; None for all of them.
    """
    summary = record.summaries.get(out_name(settings))
    if summary is None or not summary.whole or not summary.files:
        return None
    if whole_digest(settings, environment, ((file.path, file.digest) for file in files)) != summary.whole:
        return None
    edited: list[Path] = []
    for document in summary.files if documents is None else documents:
        path, digest = summary.files[document]
        state = state_of(settings.out / path, digest)
        if state == "beside":
            edited.append(settings.out / path)
        elif state != "intact":
            return None
    return Unchanged(summary, tuple(edited))
