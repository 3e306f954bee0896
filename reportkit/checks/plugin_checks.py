"""Checks of other packages: functions from the corpus to findings, found by entry points.

A function may carry `codes`, a tuple of `CodeInfo` that says what its codes mean (`check --explain`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from reportkit.base import plugins
from reportkit.base.finding import Finding
from reportkit.checks.codes import CODES, CodeInfo

if TYPE_CHECKING:
    from reportkit.corpus.corpus import Corpus


def plugin_findings(corpus: Corpus) -> Iterator[Finding]:
    """Yield what the checks of other packages find.

    Raises `ProjectError` that names the package when one of them cannot be loaded, fails, or returns something else:
    a check that did not run must not look like one that found nothing.
    """
    for plugin, check in plugins.loaded(plugins.CHECKS).values():
        try:
            found = tuple(check(corpus))
        except Exception as error:
            raise plugin.fault(f"検査に失敗しました（{type(error).__name__}：{error}）") from error
        for finding in found:
            if not isinstance(finding, Finding):
                raise plugin.fault(f"指摘（Finding）でないもの（{type(finding).__name__}）を返しました")
        yield from found


@lru_cache(maxsize=1)
def known_codes() -> Mapping[str, CodeInfo]:
    """Return what every code means, those of other packages last. Raises `ProjectError` for one that is taken."""
    known = dict(CODES)
    for plugin, check in plugins.loaded(plugins.CHECKS).values():
        for info in getattr(check, "codes", ()):
            if not isinstance(info, CodeInfo) or info.code in known:
                raise plugin.fault(f"使えない指摘コード（{getattr(info, 'code', info)}）を名乗っています")
            known[info.code] = info
    return known
