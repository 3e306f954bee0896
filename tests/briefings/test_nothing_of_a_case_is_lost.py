"""Every word of a case file is in its briefing: rows, bullets, links, verdicts, headings, heads of tables, footer."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from document_words import document_words

from reportkit.briefings.compose import compose
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Issue
from reportkit.sections.folders import TemplateFolders
from reportkit.sources.reader import read_folder
from reportkit.views.case import view_case

CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared"
TEMPLATES = TemplateFolders((CHECKOUT / "templates",))
MARKS = str.maketrans(dict.fromkeys(" \t　：:|｜-–—・,、。;；()（）[]［］【】「」*`\"'#<>", ""))
MARKER = re.compile(r"^\s*(?:#+|[-*]|\d+\.|>)\s+")
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")


@cache
def corpus(folder: Path) -> Corpus:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not here")
    return read_folder(folder)


def bare(text: str) -> str:
    return text.translate(MARKS)


def lost(read: Corpus, case: Case, folder: Path) -> list[str]:
    """Return the pieces of the case's file that its briefing does not hold, comments of the front matter left out."""
    document = compose("case", view_case(read, case.id), TEMPLATES, Issue("2026-04-01", ""))
    told = bare(document_words(document))
    missing = []
    for line in (folder / case.origin.source).read_text(encoding="utf-8-sig").splitlines():
        if line.startswith("# ") and line == line.rstrip() and "：" not in line and bare(line) not in told:
            line = MARKER.sub("", line)
        plain = LINK.sub(r"\1 \2 ", MARKER.sub("", line))
        pieces = (bare(piece) for piece in re.split(r"[|：:\s]|\*\*|→", plain))
        missing.extend(piece for piece in pieces if piece and piece not in told)
    return missing


@pytest.mark.parametrize("case_id", [case.id for case in read_folder(CHECKOUT / "seeds").cases])
def test_every_word_of_our_own_cases_is_in_the_briefing(case_id: str) -> None:
    folder = CHECKOUT / "seeds"
    read = corpus(folder)
    assert lost(read, next(case for case in read.cases if case.id == case_id), folder) == []


def test_every_word_of_the_two_original_cases_is_in_the_briefing() -> None:
    folder = SHARED / "seeds"
    read = corpus(folder)
    assert len(read.cases) == 2
    assert [lost(read, case, folder) for case in read.cases] == [[], []]


def test_a_word_that_is_not_in_the_briefing_would_be_noticed(tmp_path: Path) -> None:
    text = (CHECKOUT / "seeds/cases/sony-group.md").read_text(encoding="utf-8")
    (tmp_path / "case.md").write_text(text, encoding="utf-8")
    read = read_folder(tmp_path)
    (tmp_path / "case.md").write_text(f"{text}\n架空の一行\n", encoding="utf-8")
    assert lost(read, read.cases[0], tmp_path) == ["架空の一行"]
