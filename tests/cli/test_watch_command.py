"""`reportkit watch` as a process: one line for each document, whatever editors do to the files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from interrupts import heed_interrupts

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 90.0

pytest.importorskip("watchfiles")


class Watch:
    """A running `reportkit watch` and what it has printed."""

    def __init__(self, project: Path) -> None:
        self.log = project.parent / "log"
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "reportkit_briefings", "watch", "--jobs", "1"]
        with self.log.open("wb") as handle:
            self.process = subprocess.Popen(
                command, cwd=project, env=environment, stdout=handle, stderr=handle, preexec_fn=heed_interrupts
            )

    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def until(self, words: str, since: int = 0) -> str:
        """Wait for the words in what was printed after `since` characters, and return all of that."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.text()[since:]:
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < deadline, self.text()
            time.sleep(0.05)
        return self.text()[since:]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "seeds").mkdir(parents=True)
    for name in ("aist.md", "sony-group.md"):
        shutil.copy(CHECKOUT / "seeds" / "cases" / name, folder / "seeds")
    return folder


@pytest.fixture
def watch(project: Path) -> Iterator[Watch]:
    running = Watch(project)
    yield running
    running.process.kill()
    running.process.wait()


def replace_at_once(path: Path, text: str) -> None:
    """Write a new file and move it over the old one: there is no moment without the file."""
    new = path.with_name(f".{path.name}.swp")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def save_as_editors_do(path: Path, text: str) -> None:
    """Write a new file, move the old one away, move the new one in its place."""
    new = path.with_name(f".{path.name}.swp")
    new.write_text(text, encoding="utf-8")
    path.rename(path.with_name(f"{path.name}~"))
    new.rename(path)
    path.with_name(f"{path.name}~").unlink()


def test_every_rebuilt_document_is_a_line_and_broken_states_are_survived(watch: Watch, project: Path) -> None:
    first = watch.until("見守っています")
    assert "out/case/863.docx" in first
    source = project / "seeds" / "aist.md"
    text = source.read_text(encoding="utf-8")

    since = len(watch.text())
    replace_at_once(source, text.replace("325%", "335%"))
    told = watch.until("out/case/863.docx", since)
    assert "ミリ秒" in told
    assert "ソニー" not in told

    since = len(watch.text())
    save_as_editors_do(source, text.replace("325%", "345%"))  # a slow machine may see the moment without the file
    watch.until("out/case/863.docx", since)

    since = len(watch.text())
    (project / "reportkit.toml").write_text("organisation = ", encoding="utf-8")
    watch.until("まだ作れません", since)
    (project / "reportkit.toml").write_text('organisation = "架空総研"\n', encoding="utf-8")
    watch.until("out/case/ソニーグループ.docx", since)

    since = len(watch.text())
    own = project / "templates" / "sections" / "case" / "effects.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ view.", encoding="utf-8")
    watch.until("effects.md.j2", since)
    own.write_text("# 効果\n\n架空の一文です。\n", encoding="utf-8")
    watch.until("out/case/863.docx", since)

    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(30) == 0
    assert "Traceback" not in watch.text()
    assert watch.text().endswith("終わります\n")
