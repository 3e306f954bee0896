"""What reportkit itself is made of: its version, its code, and the libraries that shape a document.

A document depends on all of it. In a checkout the code changes without the version, so that the code counts as well.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import zlib
from functools import lru_cache
from pathlib import Path

import reportkit
from reportkit.base.digests import SIZE

_LIBRARIES = ("contourpy", "jinja2", "markupsafe", "matplotlib", "noto_cjk", "numpy", "openpyxl", "pillow")
_TEMPLATES = "_templates"  # of a wheel; templates count one by one


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """Return a digest of the version, the code, Python, zlib and the installed libraries."""
    digest = hashlib.sha256()
    for word in (reportkit.__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, *_libraries()):
        digest.update(f"{word}\0".encode())
    package = os.path.dirname(os.path.abspath(reportkit.__file__))  # noqa: PTH100, PTH120 - asked for on every build
    for path in sorted(_files(package)):
        with open(path, "rb") as handle:  # noqa: PTH123
            digest.update(f"{path[len(package) :]}\0".encode())
            digest.update(hashlib.sha256(handle.read()).digest())
    return digest.hexdigest()[:SIZE]


def _files(folder: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in {"__pycache__", _TEMPLATES}:
                    found.extend(_files(entry.path))
            elif not entry.name.endswith((".pyc", ".part")):
                found.append(entry.path)
    return found


def _libraries() -> list[str]:
    """Return the names of the libraries' `.dist-info` folders, which hold their versions."""
    spec = importlib.util.find_spec("jinja2")
    if spec is None or spec.origin is None:
        return []
    names = os.listdir(Path(spec.origin).parents[1])  # noqa: PTH208
    return sorted(name for name in names if name.endswith(".dist-info") and name.lower().startswith(_LIBRARIES))
