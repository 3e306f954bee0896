"""What reportkit itself is made of: its version, its code, the libraries that shape a document, and plug-ins.

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
from reportkit.base.digests import SIZE, digest_of
from reportkit.base.plugins import EXHIBITS, GROUPS, Plugin, plugins

_LIBRARIES = ("contourpy", "jinja2", "markupsafe", "matplotlib", "noto_cjk", "numpy", "openpyxl", "pillow")
_TEMPLATES = "_templates"  # of a wheel; templates count one by one


@lru_cache(maxsize=32)
def plugin_digest(name: str, group: str = EXHIBITS) -> str:
    """Return the digest of a plug-in: who brings it, and the code of its whole package; "" when there is none."""
    found = [plugin for plugin in plugins(group) if plugin.name == name]
    return _code_of(found[0]) if found else ""


@lru_cache(maxsize=8)
def engine_with_plugins(*groups: str) -> str:
    """Return one digest of reportkit and of all plug-ins of these groups, of every group without any."""
    found = (plugin for group in groups or tuple(GROUPS) for plugin in plugins(group))
    return digest_of((engine_digest(), tuple(map(_code_of, found))))


def _code_of(plugin: Plugin) -> str:
    return digest_of((plugin.group, plugin.name, str(plugin), _code_of_package(plugin.module)))


@lru_cache(maxsize=32)
def _code_of_package(name: str) -> str:
    """Return the digest of a package's files, which all of its plug-ins share."""
    digest = hashlib.sha256()
    spec = importlib.util.find_spec(name)  # of a package at the top: finding it runs nothing of it
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        _take(digest, folder)
    if spec is not None and spec.submodule_search_locations is None and spec.origin is not None:
        digest.update(Path(spec.origin).read_bytes())
    return digest.hexdigest()[:SIZE]


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """Return a digest of the version, the code, Python, zlib and the installed libraries."""
    digest = hashlib.sha256()
    for word in (reportkit.__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, *_libraries()):
        digest.update(f"{word}\0".encode())
    package = os.path.dirname(os.path.abspath(reportkit.__file__))  # noqa: PTH100, PTH120 - asked for on every build
    _take(digest, package)
    return digest.hexdigest()[:SIZE]


def _take(digest: hashlib._Hash, package: str) -> None:
    for path in sorted(_files(package)):
        with open(path, "rb") as handle:  # noqa: PTH123
            digest.update(f"{path[len(package) :]}\0".encode())
            digest.update(hashlib.sha256(handle.read()).digest())


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
