"""Briefings in Word from Japanese case studies and survey matrices; every number carries its origin.

    import reportkit

    corpus = reportkit.read("seeds")
    corpus.matrix("impact").frame()          # pandas: 17 industries x 8 functions, 億円
    corpus.cases_frame()                     # pandas: one row per case
    reportkit.brief("金融・保険", seeds="seeds", out="out").path

Importing this module loads nothing heavy; the rooms behind it are loaded when they are used.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportkit.base.errors import (
        Problem,
        ProjectError,
        RenderError,
        ReportkitError,
        SourceError,
        TemplateError,
        ViewError,
    )
    from reportkit.base.fact import Fact
    from reportkit.base.finding import Finding
    from reportkit.base.origin import Origin
    from reportkit.base.period import Period
    from reportkit.base.quantity import Quantity
    from reportkit.corpus.case import Case
    from reportkit.corpus.corpus import Corpus
    from reportkit.corpus.matrix import Matrix
    from reportkit.project.api import Briefing, brief, read

# The door `reportkit_briefings` looks for this line, to tell our package from strangers of the same name.
DISTRIBUTION = "reportkit-briefings"
__version__ = "0.1.0"

_HOMES = {
    "Briefing": "reportkit.project.api",
    "Case": "reportkit.corpus.case",
    "Corpus": "reportkit.corpus.corpus",
    "Fact": "reportkit.base.fact",
    "Finding": "reportkit.base.finding",
    "Matrix": "reportkit.corpus.matrix",
    "Origin": "reportkit.base.origin",
    "Period": "reportkit.base.period",
    "Problem": "reportkit.base.errors",
    "ProjectError": "reportkit.base.errors",
    "Quantity": "reportkit.base.quantity",
    "RenderError": "reportkit.base.errors",
    "ReportkitError": "reportkit.base.errors",
    "SourceError": "reportkit.base.errors",
    "TemplateError": "reportkit.base.errors",
    "ViewError": "reportkit.base.errors",
    "brief": "reportkit.project.api",
    "read": "reportkit.project.api",
}

__all__ = [
    "Briefing",
    "Case",
    "Corpus",
    "Fact",
    "Finding",
    "Matrix",
    "Origin",
    "Period",
    "Problem",
    "ProjectError",
    "Quantity",
    "RenderError",
    "ReportkitError",
    "SourceError",
    "TemplateError",
    "ViewError",
    "__version__",
    "brief",
    "read",
]


def __getattr__(name: str) -> object:
    """Load a public name from its room when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'reportkit' has no attribute '{name}'")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


def mixed_installations(site: str) -> tuple[str, ...]:
    """Return the other distributions in the folder `site` that wrote files into `reportkit/`, by name.

    Two distributions in one folder overwrite each other file by file; which of them answers is then a matter of luck.
    """
    try:
        entries = sorted(os.listdir(site))
    except OSError:  # inside a zip file, where nobody else can have written
        return ()
    strangers = []
    for entry in entries:
        name = entry.partition("-")[0]
        if not name.startswith("reportkit") or name == "reportkit_briefings" or not entry.endswith(".dist-info"):
            continue
        try:
            with open(os.path.join(site, entry, "RECORD"), encoding="utf-8") as record:
                if any(line.startswith("reportkit/") for line in record):
                    strangers.append(name.replace("_", "-"))
        except OSError:
            continue
    return tuple(strangers)


if _others := mixed_installations(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))):
    raise ImportError(
        f"{DISTRIBUTION} と同じフォルダーに、同じ名前の別パッケージ {'、'.join(_others)} が入っています。"
        "互いのファイルを上書きするため、一緒には使えません → "
        f"python -m pip uninstall {' '.join(_others)} のあと、"
        f"python -m pip install --force-reinstall --no-deps {DISTRIBUTION}"
    )
