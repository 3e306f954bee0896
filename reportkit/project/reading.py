"""Reading a seeds folder for use: the corpus as the sources say, with the findings of reading and of the checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportkit.base.cycles import no_cycle_search
from reportkit.base.errors import Problem, ProjectError
from reportkit.base.finding import Finding, sort_findings
from reportkit.checks import check_corpus
from reportkit.checks.plugin_checks import plugin_findings
from reportkit.corpus.corpus import Corpus
from reportkit.project.readings import KeptReadings
from reportkit.project.settings import Settings
from reportkit.project.state import state_folder
from reportkit.sources.folder import FoundFile
from reportkit.sources.reader import read_folder


def read_corpus(folder: Path, kept: KeptReadings | None = None, files: Sequence[FoundFile] | None = None) -> Corpus:
    """Read and check every source in `folder`, at any depth.

    kept: readings and findings from earlier runs, used for files that did not change. files: what was found in the
    folder and hashed just now, so that it is not done twice.
    Returns the corpus with all findings, worst first. Raises `ProjectError` when there is no such folder.
    """
    if not folder.is_dir():
        what = "ファイルであり、フォルダーではありません" if folder.exists() else "フォルダーがありません"
        fix = "資料（.md、.txt、.json）を入れたフォルダーを --seeds で指定するか、reportkit init で新しく作ってください"
        raise ProjectError(Problem(f"資料の{what}", fix, str(folder)))
    corpus = read_folder(folder, kept, files)
    found = check_corpus(corpus) if kept is None else _checked(corpus, kept)
    return replace(corpus, findings=sort_findings(corpus.findings + found))


def read_project(settings: Settings, files: Sequence[FoundFile] | None = None) -> Corpus:
    """Read a project's sources for a command that writes nothing: what earlier runs kept is used, and kept up to date.

    files: as for `read_corpus`. Where no build has made a folder for it, nothing is kept.
    """
    state = state_folder(settings)
    return read_corpus(settings.seeds, KeptReadings(state) if state.is_dir() else None, files)


def _checked(corpus: Corpus, kept: KeptReadings) -> tuple[Finding, ...]:
    """Return what `check_corpus` returns; what was checked in an earlier run is not checked again."""
    with no_cycle_search():
        found = [*kept.findings_of_survey(corpus, _check_survey)]
        found += [finding for case in corpus.cases for finding in kept.findings_in(case)]
        found += plugin_findings(corpus)
        return sort_findings(found)


def _check_survey(corpus: Corpus) -> Iterator[Finding]:
    """Yield what every check finds but the one that looks into cases."""
    from reportkit.checks.cases import check_cases
    from reportkit.checks.registry import CHECKS

    return (finding for check in CHECKS if check is not check_cases for finding in check(corpus))
