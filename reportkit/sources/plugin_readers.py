"""Readers of cases from other packages: a dialect that reportkit does not know, without a line changed here.

A reader is a function `(text, source, taxonomy) -> CaseReading | None`: None when the text is not of its dialect.
They are asked before reportkit's own, in the order of their names. One that fails on a file is reported as a finding
of that file, and the file is read as if the reader were not there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportkit.base import plugins
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.corpus.taxonomy import Taxonomy

if TYPE_CHECKING:
    from reportkit.sources.cases import CaseReading


def load_readers() -> None:
    """Load the readers. Raises `ProjectError` with everything that is wrong with them, before any file is read."""
    _readers()


def read_by_plugins(text: str, source: str, taxonomy: Taxonomy) -> tuple[CaseReading | None, tuple[Finding, ...]]:
    """Return what the first reader that knows the dialect reads, None when there is none, and the faults of readers."""
    from reportkit.sources.cases import CaseReading  # load_readers, which every run calls, loads no reader of ours

    faults: list[Finding] = []
    for plugin, reader in _readers():
        try:
            reading = reader(text, source, taxonomy)
        except Exception as error:  # whatever the code of somebody else does with a file
            faults.append(_fault(plugin, source, f"{type(error).__name__}：{error}"))
            continue
        if isinstance(reading, CaseReading):
            return reading, tuple(faults)
        if reading is not None:
            faults.append(_fault(plugin, source, f"CaseReading でないもの（{type(reading).__name__}）を返しました"))
    return None, tuple(faults)


@lru_cache(maxsize=1)
def _readers() -> tuple[tuple[plugins.Plugin, plugins.Call], ...]:
    return tuple(plugins.loaded(plugins.CASES).values())


def _fault(plugin: plugins.Plugin, source: str, why: str) -> Finding:
    message = f"プラグイン「{plugin.name}」（{plugin}）がこのファイルを読めませんでした：{why}"
    fix = f"パッケージ {plugin.package} を直してください。それまでは reportkit 自身が読んだ内容を使います"
    return Finding("source.plugin", "error", message, fix, Origin(source))
