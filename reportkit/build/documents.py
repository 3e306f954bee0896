"""Make and write documents one by one; a document that fails leaves its old file as it was.

>>> results = build_documents((Job("case/863", Path("out/case/863.docx"), make),))  # doctest: +SKIP
>>> results[0].written                                                             # doctest: +SKIP
True
"""

from __future__ import annotations

import os
import re
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Literal

from reportkit.base.cycles import rare_cycle_search
from reportkit.base.digests import digest_bytes
from reportkit.base.errors import Problem, RenderError, ReportkitError
from reportkit.base.files import write_atomic
from reportkit.build.record import Group
from reportkit.build.seal import is_sealed

_PART = re.compile(r"\..+\.\d+\.part")  # the names of `write_atomic`
SEARCH_AFTER = 200  # documents between two searches for reference cycles
Outcome = Literal["written", "same", "beside", "failed"]


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a document, and what they were made from."""

    data: bytes
    inputs: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make.

    id: `sector/医療`, `case/863`, `overview`; path: where it goes; make: returns its bytes, touches no file itself.
    overwrite: also a file that a person has changed.
    """

    id: str
    path: Path
    make: Callable[[], Made]
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job.

    path: the file that holds the document now. outcome: `same` when the file held these very bytes already and was not
    touched; `beside` when a person had changed the file, so that the new issue stands beside it.
    digest, inputs, seconds: of what was made. problems: why nothing was written; empty when it was.
    trace: the stack of a fault inside reportkit itself, "" otherwise.
    """

    job: Job
    path: Path
    outcome: Outcome
    digest: str = ""
    inputs: tuple[Group, ...] = ()
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    trace: str = ""

    @property
    def written(self) -> bool:
        """Tell whether the document is there, new and whole."""
        return not self.problems


def prepare_folder(folder: Path) -> None:
    """Make the output folder and try whether files can be written there, before any document is made.

    Raises one `RenderError` instead of one per document.
    """
    probe = folder / f".reportkit.{os.getpid()}.part"
    try:
        write_atomic(probe, b"")
    except RenderError as error:
        raise RenderError([replace(problem, place=str(folder)) for problem in error.problems]) from error
    with suppress(OSError):
        probe.unlink()


def sweep(folders: Iterable[Path]) -> None:
    """Remove what a killed build was writing when it ended; only while no other build runs there."""
    for folder in folders:
        for path in folder.glob(".*.part"):
            if _PART.fullmatch(path.name):
                with suppress(OSError):
                    path.unlink()


def build_documents(jobs: Iterable[Job]) -> Iterator[Result]:
    """Carry out the jobs in order and yield one result for each.

    An error of any kind ends only its own document; its old output stays, and nothing half-written is ever visible.
    """
    with rare_cycle_search(SEARCH_AFTER) as step:
        for job in jobs:
            yield build_document(job)
            step()


def build_document(job: Job) -> Result:
    """Make one document and write it."""
    start = time.perf_counter()
    try:
        made = job.make()
        path, outcome = write_document(job.path, made.data, overwrite=job.overwrite)
    except ReportkitError as error:
        return Result(job, job.path, "failed", problems=error.problems)
    except Exception as error:  # a fault of ours in one document must not cost the user the others
        trace = "".join(traceback.format_exception(error))
        return Result(job, job.path, "failed", problems=(own_fault(error),), trace=trace)
    seconds = time.perf_counter() - start
    return Result(job, path, outcome, digest_bytes(made.data), made.inputs, seconds)


def write_document(path: Path, data: bytes, *, overwrite: bool = False) -> tuple[Path, Outcome]:
    """Write a sealed document, unless the file holds the same bytes already, or a person has changed it.

    Returns the file that holds the document: `path`, or `<name>.new.docx` beside a file that was changed by hand (with
    a number when that one was changed as well). Raises `RenderError` when it cannot be written.
    """
    for place in chain((path,), new_issue_paths(path)):
        old = _old_bytes(place)
        if old == data:
            return place, "same" if place == path else "beside"
        if old is None or overwrite or is_sealed(old):
            write_atomic(place, data)
            return place, "written" if place == path else "beside"
    raise AssertionError("there is always another number")


def new_issue_paths(path: Path) -> Iterator[Path]:
    """Yield the names for a new issue beside a file that a person has changed, in the order in which they are tried."""
    yield path.with_name(f"{path.stem}.new{path.suffix}")
    for number in count(2):
        yield path.with_name(f"{path.stem}.new-{number}{path.suffix}")


def _old_bytes(path: Path) -> bytes | None:
    """Return what stands at the path; None for nothing, or for something that writing will fail at."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        what = f"前からあるファイルを読めないため、手で直されたかどうかが分かりません（{error.strerror or error}）"
        fix = "このファイルを開いている Word などを閉じ、読み取り権限を確かめてください"
        raise RenderError(Problem(what, fix, str(path))) from error


def own_fault(error: Exception) -> Problem:
    """Return an unexpected error as a problem that tells the user what to do about it."""
    what = f"reportkit の内部で予期しない誤りが起きました（{type(error).__name__}: {error}）"
    return Problem(what, "--debug を付けてもう一度実行し、表示された内容を添えて開発元に知らせてください")
