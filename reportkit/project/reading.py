"""Reading a seeds folder for use: the corpus as the sources say, with the findings of reading and of the checks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.finding import sort_findings
from reportkit.checks import check_corpus
from reportkit.corpus.corpus import Corpus
from reportkit.sources.reader import read_folder


def read_corpus(folder: Path) -> Corpus:
    """Read and check every source in `folder`, at any depth.

    Returns the corpus with all findings, worst first. Raises `ProjectError` when there is no such folder.
    """
    if not folder.is_dir():
        what = "ファイルであり、フォルダーではありません" if folder.exists() else "フォルダーがありません"
        fix = "資料（.md、.txt、.json）を入れたフォルダーを --seeds で指定するか、reportkit init で新しく作ってください"
        raise ProjectError(Problem(f"資料の{what}", fix, str(folder)))
    corpus = read_folder(folder)
    return replace(corpus, findings=sort_findings(corpus.findings + check_corpus(corpus)))
