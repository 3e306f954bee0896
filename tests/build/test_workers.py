"""Several processes: the same results as one, and a process that dies takes only its own document with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from interrupts import heed_interrupts

from reportkit.base.errors import Problem, TemplateError
from reportkit.build.documents import Job, Made, Result
from reportkit.build.workers import build_in_parallel, worker_count
from reportkit.cli.progress import progress_line, with_progress
from reportkit.project.documents import OVERVIEW, Press, Subject
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

SHARED = {"engine": "aa"}
CHECKOUT = Path(__file__).parents[2]


def make(name: str) -> Made:
    """Return the document of that name, or do what the name says."""
    match name:
        case "fails":
            raise TemplateError(Problem("未定義の名前です", "名前を直してください"))
        case "breaks":
            raise ZeroDivisionError(name)
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exits":
            os._exit(7)
    return Made(name.encode() * 1000, (SHARED, {f"case\t{name}": name}))


def jobs(folder: Path, *names: str) -> list[Job]:
    return [Job(name, folder / f"{name}.docx", partial(make, name)) for name in names]


def by_id(results: list[Result]) -> dict[str, Result]:
    return {result.job.id: result for result in results}


@pytest.mark.parametrize(("workers", "forks"), [(1, True), (2, True), (4, True), (2, False)])
def test_every_number_and_kind_of_workers_gives_the_same_files_and_inputs(
    tmp_path: Path, workers: int, forks: bool
) -> None:
    names = [f"document {number}" for number in range(20)]
    results = list(build_in_parallel(jobs(tmp_path, *names), workers, forks=forks))
    assert sorted(result.job.id for result in results) == sorted(names)
    for result in results:
        assert (result.outcome, result.problems) == ("written", ())
        assert result.path.read_bytes() == result.job.id.encode() * 1000
        assert result.inputs == (SHARED, {f"case\t{result.job.id}": result.job.id})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.docx" for name in names)


@pytest.mark.parametrize("forks", [True, False])
def test_errors_come_back_from_a_worker_as_they_are(tmp_path: Path, forks: bool) -> None:
    found = by_id(list(build_in_parallel(jobs(tmp_path, "a", "fails", "b", "breaks", "c"), 2, forks=forks)))
    assert [name for name, result in found.items() if result.written] != []
    assert found["fails"].problems == (Problem("未定義の名前です", "名前を直してください"),)
    assert "ZeroDivisionError" in found["breaks"].trace
    assert {name for name, result in found.items() if result.written} == {"a", "b", "c"}


@pytest.mark.parametrize("forks", [True, False])
@pytest.mark.parametrize(("name", "how"), [("dies", "シグナル 9"), ("exits", "終了コード 7")])
def test_a_worker_that_dies_loses_only_its_document(tmp_path: Path, name: str, how: str, forks: bool) -> None:
    (tmp_path / f"{name}.docx").write_bytes(b"old")
    found = by_id(list(build_in_parallel(jobs(tmp_path, "a", name, "b", "c", "d", "e"), 2, forks=forks)))
    assert {other for other, result in found.items() if result.written} == {"a", "b", "c", "d", "e"}
    assert how in found[name].problems[0].what
    assert (tmp_path / f"{name}.docx").read_bytes() == b"old"


def test_workers_that_inherit_nothing_make_the_same_documents_from_our_own_sources(tmp_path: Path) -> None:
    press = Press(read_corpus(CHECKOUT / "seeds"), Settings(tmp_path, tmp_path / "out", tmp_path / "templates"), {})
    subjects = [Subject("case", "ソニーグループ"), Subject("case", "863"), Subject("sector", "医療"), OVERVIEW]
    found = list(build_in_parallel([press.job(subject) for subject in subjects], 2, forks=False))
    assert {result.job.id for result in found} == {subject.id for subject in subjects}
    made = {subject.id: press.make(subject) for subject in subjects}
    for result in found:
        assert result.path.read_bytes() == made[result.job.id].data
        assert result.inputs == made[result.job.id].inputs


def test_when_every_worker_dies_every_document_says_so(tmp_path: Path) -> None:
    listed = [Job(f"{number}", tmp_path / f"{number}.docx", partial(make, "dies")) for number in range(6)]
    results = list(build_in_parallel(listed, 2))
    assert len(results) == 6
    assert not any(result.written for result in results)


def test_processes_are_begun_only_where_they_pay() -> None:
    case, sector, overview = 0.01, 0.05, 0.2
    assert [worker_count([case] * count, 4) for count in (0, 1, 3, 10, 20, 100)] == [1, 1, 1, 2, 2, 4]
    assert worker_count([overview, case], 4) == 1
    assert worker_count([overview, sector, sector, case], 4) == 2
    assert worker_count([case] * 1000, 1) == 1
    assert worker_count([case] * 1000, None) >= 1


def test_ctrl_c_stops_cleanly(tmp_path: Path) -> None:
    code = f"""
import time
from functools import partial
from pathlib import Path
from reportkit.build.documents import Job, Made
from reportkit.build.workers import build_in_parallel
def make(number):
    time.sleep(0.05)
    return Made(b"x" * 1000)
folder = Path({str(tmp_path)!r})
jobs = [Job(str(n), folder / f"{{n}}.docx", partial(make, n)) for n in range(400)]
try:
    for result in build_in_parallel(jobs, 2):
        print(result.job.id, flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True,
        start_new_session=True, preexec_fn=heed_interrupts,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for _ in range(6):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert output.endswith("stopped\n")
    assert errors == ""
    assert all(path.read_bytes() == b"x" * 1000 for path in tmp_path.glob("*.docx"))
    assert not list(tmp_path.glob(".*.part"))
    assert 6 <= len(list(tmp_path.glob("*.docx"))) < 400


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_rate_and_time_left_on_a_terminal_only() -> None:
    screen, pipe = Terminal(), StringIO()
    times = iter(range(100))
    assert list(with_progress("abcd", 4, screen, lambda: next(times))) == list("abcd")
    assert list(with_progress("abcd", 4, pipe)) == list("abcd")
    assert "2/4  1.0 件/秒  残り 2 秒" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")
    assert pipe.getvalue() == ""
    assert "残り 3 分 20 秒" in progress_line(100, 300, 100.0)


def test_a_worker_ends_with_its_parent(tmp_path: Path) -> None:
    code = f"""
import os, signal, time
from functools import partial
from pathlib import Path
from reportkit.build.documents import Job, Made
from reportkit.build.workers import build_in_parallel
def make(number):
    (folder / f"pid {{os.getpid()}}").touch()
    time.sleep(0.05)
    return Made(b"x")
folder = Path({str(tmp_path)!r})
jobs = [Job(str(n), folder / f"{{n}}.docx", partial(make, n)) for n in range(400)]
for number, result in enumerate(build_in_parallel(jobs, 3)):
    if number == 9:
        os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=False, timeout=60)
    workers = [int(path.name.split()[1]) for path in tmp_path.glob("pid *")]
    assert len(workers) == 3
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)
    assert len(list(tmp_path.glob("*.docx"))) < 400
