"""What other installed packages add to reportkit, found by the entry points of their metadata.

A package says what it brings; reportkit itself is not edited:

    [project.entry-points."reportkit.exhibits"]
    sector-wages = "wages.exhibits:sector_wages"

Looking for them loads nothing of those packages; only what is used is loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportkit.base.errors import Problem, ProjectError

EXHIBITS = "reportkit.exhibits"
CHECKS = "reportkit.checks"
CASES = "reportkit.cases"
CHANNELS = "reportkit.channels"
GROUPS: Mapping[str, str] = {EXHIBITS: "図表", CHECKS: "検査", CASES: "事例の読み取り", CHANNELS: "送信の経路"}

_MARK = b"[reportkit."
_METADATA = (".dist-info", ".egg-info")
Call = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Plugin:
    """One thing that a package brings. target: `module:name`; package, version: of the distribution that brings it."""

    group: str
    name: str
    package: str
    version: str
    target: str

    @property
    def module(self) -> str:
        """Return the package at the top of the module, whose code the plug-in is."""
        return self.target.partition(":")[0].partition(".")[0]

    def load(self) -> Any:
        """Return the object. Raises `ProjectError` that names the package when it cannot be imported."""
        from importlib.metadata import EntryPoint

        try:
            return EntryPoint(self.name, self.target, self.group).load()
        except Exception as error:  # whatever the code of somebody else does while it is imported
            raise self.fault(f"読み込めません（{type(error).__name__}：{error}）") from error

    def fault(self, what: str) -> ProjectError:
        """Return the error that says what is wrong with the plug-in, and whose it is."""
        fix = f"パッケージ {self.package} を直すか入れ直してください（使わないなら pip uninstall {self.package}）"
        return ProjectError(Problem(f"プラグイン「{self.name}」は{what}", fix, str(self)))

    def __str__(self) -> str:
        return f"{self.package} {self.version}（{self.target}）"


def plugins(group: str) -> tuple[Plugin, ...]:
    """Return the plug-ins of a group, sorted by name. Raises `ProjectError` for names that two packages claim."""
    found = [plugin for plugin in _installed() if plugin.group == group]
    taken: dict[str, Plugin] = {}
    problems: list[Problem] = []
    for plugin in found:
        first = taken.setdefault(plugin.name, plugin)
        if first is not plugin:
            what = f"{GROUPS[group]}のプラグイン「{plugin.name}」を二つのパッケージが名乗っています：{first}、{plugin}"
            problems.append(Problem(what, "どちらかのパッケージを外してください（pip uninstall）"))
    if problems:
        raise ProjectError(problems)
    return tuple(found)


def loaded(group: str, own: Iterable[str] = ()) -> dict[str, tuple[Plugin, Call]]:
    """Return the functions of a group by name, sorted. own: names of reportkit itself, which nobody may take.

    Raises `ProjectError` with everything that is wrong: names taken, what cannot be imported or called.
    """
    names = frozenset(own)
    found: dict[str, tuple[Plugin, Call]] = {}
    problems: list[Problem] = []
    for plugin in plugins(group):
        try:
            if plugin.name in names:
                raise plugin.fault("reportkit 自身と同じ名前です")
            call = plugin.load()
            if not callable(call):
                raise plugin.fault("関数ではありません")
        except ProjectError as error:
            problems.extend(error.problems)
        else:
            found[plugin.name] = (plugin, call)
    if problems:
        raise ProjectError(problems)
    return found


@lru_cache(maxsize=1)
def _installed() -> tuple[Plugin, ...]:
    """Return the plug-ins of every group; what is installed does not change while a process runs."""
    if not any(_speaks_of_us(folder) for folder in sys.path):
        return ()
    from importlib.metadata import distributions  # takes as long to load as everything else here

    found: dict[tuple[str, str, str], Plugin] = {}
    for distribution in distributions():
        package = distribution.metadata["Name"] or ""
        for entry in distribution.entry_points:
            if entry.group in GROUPS:  # the first of two folders with the same package is the one that is imported
                plugin = Plugin(entry.group, entry.name, package, distribution.version, entry.value)
                found.setdefault((entry.group, entry.name, package), plugin)
    return tuple(found[key] for key in sorted(found))


def _speaks_of_us(folder: str) -> bool:
    """Tell whether a package in the folder names one of our groups; reads far less than all metadata."""
    try:
        with os.scandir(folder or ".") as entries:
            metadata = [entry.path for entry in entries if entry.name.endswith(_METADATA)]
    except OSError:  # a zip file, or nothing
        return False
    for path in metadata:
        try:
            with open(os.path.join(path, "entry_points.txt"), "rb") as handle:  # noqa: PTH118, PTH123 - at every start
                if _MARK in handle.read():
                    return True
        except OSError:
            continue
    return False
