"""A build with nothing to do: known from digests alone, before a source is read or a template is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportkit.build.outputs import state_of
from reportkit.build.record import RECORD_NAME, Record, Summary
from reportkit.project.settings import Settings
from reportkit.project.whole import whole_digest
from reportkit.sources.folder import FoundFile, find_files, hash_file

STATE_FOLDER = ".reportkit"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Every document is up to date. edited: those that a person changed, whose new issue stands beside them."""

    summary: Summary
    edited: tuple[Path, ...]


def state_folder(settings: Settings) -> Path:
    """Return the folder where a project keeps its record."""
    return settings.folder / STATE_FOLDER


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


def found_files(settings: Settings) -> tuple[FoundFile, ...]:
    """Return the files of the seeds folder with their digests; none when there is no such folder."""
    return tuple(map(hash_file, find_files(settings.seeds))) if settings.seeds.is_dir() else ()


def nothing_to_do(
    settings: Settings, environment: Mapping[str, str], record: Record, files: Iterable[FoundFile]
) -> Unchanged | None:
    """Return what the last build said when nothing has changed since, else None. files: the sources as they are."""
    summary = record.summaries.get(out_name(settings))
    if summary is None or not summary.whole or not summary.files:
        return None
    if whole_digest(settings, environment, ((file.path, file.digest) for file in files)) != summary.whole:
        return None
    edited: list[Path] = []
    for path, digest in summary.files.values():
        state = state_of(settings.out / path, digest)
        if state == "beside":
            edited.append(settings.out / path)
        elif state != "intact":
            return None
    return Unchanged(summary, tuple(edited))
