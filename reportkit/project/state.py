"""Where a project keeps its state, and its sources as they are now: what every look for changes begins with."""

from __future__ import annotations

from pathlib import Path

from reportkit.project.settings import Settings
from reportkit.sources.folder import FoundFile, find_files, hash_file

STATE_FOLDER = ".reportkit"


def state_folder(settings: Settings) -> Path:
    """Return the folder where a project keeps its record."""
    return settings.folder / STATE_FOLDER


def found_files(settings: Settings) -> tuple[FoundFile, ...]:
    """Return the files of the seeds folder with their digests; none when there is no such folder."""
    return tuple(map(hash_file, find_files(settings.seeds))) if settings.seeds.is_dir() else ()
