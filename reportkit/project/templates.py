"""Where a project's templates stand: its own folder first, file by file, then the built-in ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import reportkit
from reportkit.base.errors import Problem, ProjectError
from reportkit.project.settings import Settings
from reportkit.sections.folders import TemplateFolders

if TYPE_CHECKING:
    from reportkit.render.word import BaseFile

_PARTS = (("sections", ".md.j2"), ("mail", ".md.j2"), ("briefings", ".toml"))
BASE_FILE = "base.docx"


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """A template in use. name: `sections/sector/impact.md.j2`; own: the project's file stands in for the built-in."""

    name: str
    path: Path
    own: bool


def builtin_templates() -> Path:
    """Return the folder of the built-in templates: inside the wheel, or at the top of a checkout.

    Raises `ProjectError` when the installation lacks both.
    """
    package = Path(reportkit.__file__).parent
    for folder in (package / "_templates", package.parent / "templates"):
        if (folder / BASE_FILE).is_file() or (folder / "briefings").is_dir():
            return folder
    fix = f"python -m pip install --force-reinstall {reportkit.DISTRIBUTION} で入れ直してください"
    raise ProjectError(Problem("組み込みのテンプレートが見つかりません", fix, str(package)))


def template_folders(settings: Settings) -> TemplateFolders:
    """Return the template folders of a project in the order of precedence."""
    builtin = builtin_templates()
    own = settings.templates
    return TemplateFolders((builtin,) if own.resolve() == builtin.resolve() else (own, builtin))


def base_file(folders: TemplateFolders) -> BaseFile:
    """Return the base .docx of a project. Raises `ProjectError` when there is none, `RenderError` when it is faulty."""
    from reportkit.render.word import load_base

    path = folders.find(BASE_FILE)
    if path is None:
        fix = "reportkit を入れ直すか、templates フォルダーに置いてください"
        raise ProjectError(Problem(f"{BASE_FILE} が見つかりません", fix))
    return load_base(path)


def list_templates(settings: Settings) -> tuple[TemplateEntry, ...]:
    """Return every template in use, sorted by name."""
    folders = template_folders(settings)
    names = [name for under, suffix in _PARTS for name in folders.names(under, suffix)]
    entries = []
    for name in (*names, BASE_FILE):
        path = folders.find(name)
        if path is not None:
            entries.append(TemplateEntry(name, path, not path.is_relative_to(folders.folders[-1])))
    return tuple(sorted(entries, key=lambda entry: entry.name))
