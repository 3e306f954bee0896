"""Make and write documents one by one; a document that fails leaves its old file as it was.

>>> results = build_documents((Job("case/863", Path("out/case/863.docx"), make),))  # doctest: +SKIP
>>> results[0].written                                                             # doctest: +SKIP
True
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reportkit.base.errors import Problem, RenderError, ReportkitError
from reportkit.base.files import write_atomic


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make.

    id: `sector/医療`, `case/863`, `overview`; path: where it goes; make: returns its bytes, touches no file itself.
    """

    id: str
    path: Path
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job.

    problems: why it was not written; empty when it was.
    trace: the stack of a fault inside reportkit itself, "" otherwise.
    """

    job: Job
    problems: tuple[Problem, ...] = ()
    trace: str = ""

    @property
    def written(self) -> bool:
        """Tell whether the file is there, new and whole."""
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


def build_documents(jobs: Iterable[Job]) -> Iterator[Result]:
    """Carry out the jobs in order and yield one result for each.

    An error of any kind ends only its own document; its old output stays, and nothing half-written is ever visible.
    """
    for job in jobs:
        yield _build_document(job)


def _build_document(job: Job) -> Result:
    try:
        write_atomic(job.path, job.make())
    except ReportkitError as error:
        return Result(job, error.problems)
    except Exception as error:  # a fault of ours in one document must not cost the user the others
        return Result(job, (_own_fault(error),), "".join(traceback.format_exception(error)))
    return Result(job)


def _own_fault(error: Exception) -> Problem:
    what = f"reportkit の内部で予期しない誤りが起きました（{type(error).__name__}: {error}）"
    return Problem(what, "--debug を付けてもう一度実行し、表示された内容を添えて開発元に知らせてください")
