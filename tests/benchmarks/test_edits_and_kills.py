"""The benchmarks that look for stale and damaged documents find them: each is run on a product that was broken."""

from __future__ import annotations

import io
import os
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import edits, kills
from benchmarks.progress import Progress
from benchmarks.project import Project
from reportkit.document.block import Document
from reportkit.sources.reader import read_folder
from reportkit.views.asked import AskedCorpus

_CHECKOUT = Path(__file__).parents[2]
# Writes documents where they belong, in two strokes.
_HALF = """
import time
from reportkit.base import files

def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        handle.write(data[: len(data) // 2])
        handle.flush()
        time.sleep(0.1)
        handle.write(data[len(data) // 2 :])

files.write_atomic = write
"""
# Forgets what documents were made from, as if they depended on nothing.
_FORGET = """
from reportkit.views.asked import AskedCorpus
AskedCorpus.questions = lambda self: ()
"""


class StoppedError(Exception):
    """The first fault was found."""


def stop(tally: Any) -> None:
    if tally.faults:
        raise StoppedError(tally.faults[0])


def test_edits_find_documents_that_forget_what_they_were_made_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AskedCorpus, "questions", lambda _: ())
    with pytest.raises(StoppedError, match="stale, but not made again"):
        edits.run_steps(10, 3, 4, tell=stop)


def test_edits_find_what_only_this_process_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title that is other here than in a new process: build and clean build agree, and both are wrong."""
    real = Document.__init__
    monkeypatch.setattr(Document, "__init__", lambda *given, **named: real(*given, **named | {"organisation": "架空"}))
    tally = edits.run_steps(1, 3, 3)
    assert tally.apart == 1
    assert any("in a new process" in fault for fault in tally.faults)


def test_kills_find_half_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_HALF)
    monkeypatch.setattr(kills, "_CHECKOUT", f"{tmp_path}{os.pathsep}{_CHECKOUT}")
    with pytest.raises(StoppedError, match="damaged"):
        kills.run_kills(12, 3, 6, tell=stop)


def test_kills_find_a_document_that_the_next_build_takes_for_new(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(_FORGET)
    monkeypatch.setattr(kills, "_CHECKOUT", f"{tmp_path}{os.pathsep}{_CHECKOUT}")
    with pytest.raises(StoppedError, match="not as a clean build"):
        kills.run_kills(4, 3, 4, tell=stop)


def test_every_edit_leaves_a_project_that_can_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    project = Project(Random(2), 6, survey=False)
    done = {project.edit() for _ in range(150)}
    assert {"digit", "taxonomy", "encoding", "kind of briefing", "base file", "settings", "touch"} <= done
    assert len(done) >= 17
    assert read_folder(Path("seeds")).cases


def test_a_taxonomy_of_ones_own_comes_and_goes_and_encodings_change_no_word(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    project = Project(Random(2), 6, survey=False)
    taxonomies: set[str] = set()
    encodings: set[str] = set()
    for _ in range(150):
        before = read_folder(Path("seeds")).cases
        match project.edit():
            case "taxonomy":
                path = Path("seeds/taxonomy.toml")
                taxonomies.add(path.read_text(encoding="utf-8")[:7] if path.exists() else "")
            case "encoding":
                corpus = read_folder(Path("seeds"))
                encodings.update(source.encoding for source in corpus.sources)
                assert {case.title for case in corpus.cases} == {case.title for case in before}
            case _:
                pass
    assert len(taxonomies) == 3
    assert len(encodings) >= 3


def test_the_verdict_is_one_line() -> None:
    tally = edits.Tally(steps=3, written=5, faults=["a"])
    assert edits.verdict(tally).startswith("FAILED: 3 steps, 0 edits, 5 documents written")
    assert kills.verdict(kills.Tally(kills=2, documents=9)).startswith("passed: 2 kills of builds of 9 documents")
    assert "\n" not in edits.verdict(tally) + kills.verdict(kills.Tally())


def test_progress_is_told_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr("sys.stderr", output)
    seldom = Progress(3, every=1000)
    for steps in (1, 2, 3):
        seldom(edits.Tally(steps=steps))
    assert output.getvalue() == "3 of 3, 0 faults, 0 s left\n"
    Progress(3, every=0)(edits.Tally(steps=1, faults=["x"]))
    assert "1 of 3, 1 faults, " in output.getvalue()
