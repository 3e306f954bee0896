"""One digest of everything that any document of a project could depend on: while it is the same, nothing changed.

Nothing here loads a reader, a view or Jinja: a build with nothing to do is over before they would be loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from reportkit.base.digests import digest_bytes, digest_of
from reportkit.project.engine import engine_with_plugins
from reportkit.project.settings import Settings
from reportkit.project.templates import template_folders

_PLACES = frozenset({"folder", "seeds", "out", "templates"})  # where things are, not what they are


def whole_digest(settings: Settings, environment: Mapping[str, str], sources: Iterable[tuple[str, str]]) -> str:
    """Return the digest. sources: path and sha256 of every file of the seeds folder, "" for one that was not read."""
    look = tuple((field.name, getattr(settings, field.name)) for field in fields(settings) if field.name not in _PLACES)
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    return digest_of(
        (engine_with_plugins(), look, epoch, tuple(sorted(sources)), _templates(settings), _earlier(settings))
    )


def _earlier(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the kept issues that later ones compare themselves with."""
    if settings.issue <= 1:
        return ()
    folder = settings.out / "issues"
    return tuple((path[len(str(folder)) :], digest_bytes(Path(path).read_bytes())) for path in _files(str(folder)))


def _templates(settings: Settings) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for folder in template_folders(settings).folders:
        for path in _files(str(folder)):
            name = path[len(str(folder)) :]
            if name not in found:  # an earlier folder goes before a later one
                found[name] = digest_bytes(Path(path).read_bytes())
    return tuple(sorted(found.items()))


def _files(folder: str) -> list[str]:
    try:
        return sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)  # noqa: PTH118
    except OSError:
        return []
