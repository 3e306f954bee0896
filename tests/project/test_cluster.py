"""A real scheduler and two worker processes on this machine; one of them is killed while documents are made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generate import case_files

CHECKOUT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8"}

pytest.importorskip("distributed")


def start(log: Path, *words: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as handle:
        return subprocess.Popen([sys.executable, "-m", *words], env=ENVIRONMENT, stdout=handle, stderr=handle)


def awaited(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    """Return what the pattern finds in the messages of the process."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    logs = [tmp_path / f"log{number}" for number in range(3)]
    scheduler = start(logs[2], "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    workers: list[subprocess.Popen[bytes]] = []
    try:
        address = awaited(scheduler, logs[2], r"Scheduler at:\s+(tcp://\S+)")
        for number in range(2):
            folder = str(tmp_path / f"worker{number}")
            options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", folder)
            workers.append(start(logs[number], "distributed.cli.dask_worker", address, *options))
        for worker, log in zip(workers, logs, strict=False):
            awaited(worker, log, r"(Registered to)")
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def build(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportkit_briefings", "build", *words]
    return subprocess.run(
        command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=300
    )


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.docx"))}


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    project = tmp_path / "project"
    (project / "seeds").mkdir(parents=True)
    for file in case_files(40, 5):
        (project / "seeds" / file.name).write_text(file.text, encoding="utf-8")
    own = project / "templates" / "sections" / "case" / "effects.md.j2"
    own.parent.mkdir(parents=True)
    text = (CHECKOUT / "templates" / "sections" / "case" / "effects.md.j2").read_text(encoding="utf-8")
    own.write_text(f"{text}\n架空の一文です。\n", encoding="utf-8")

    def kill_one() -> None:
        deadline = time.monotonic() + 120
        while len(contents(project / "out")) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        workers[0].kill()

    killer = threading.Thread(target=kill_one)
    killer.start()
    result = build(project, "--cluster", address)
    killer.join()
    assert result.returncode == 0, result.stderr
    assert workers[0].wait() != 0
    assert build(project, "--out", "alone", "--jobs", "2").returncode == 0
    assert contents(project / "out") == contents(project / "alone") != {}
    assert "変わりありません" in build(project).stdout

    (project / "reportkit.toml").write_text("issue = 2\n", encoding="utf-8")
    assert build(project, "--cluster", address).returncode == 0
    assert build(project, "--out", "alone", "--jobs", "2").returncode == 0
    assert contents(project / "out") == contents(project / "alone")
    assert any(name.startswith("issues/001/") for name in contents(project / "out"))


def test_nobody_at_the_address_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for file in case_files(2, 5):
        (tmp_path / "seeds" / file.name).write_text(file.text, encoding="utf-8")
    result = build(tmp_path, "--cluster", "tcp://127.0.0.1:9")
    assert result.returncode == 2
    assert "クラスターにつながりません" in result.stderr
    assert "Traceback" not in result.stderr
