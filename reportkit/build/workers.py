"""Making documents in several processes: the same results as in one, in the order in which they are done.

In: jobs that can be pickled or inherited, and how many workers. A worker gets the number of a job, makes and writes
the document, and answers with what became of it. A worker that dies takes only its own document with it: that one
fails, and another worker goes on. Workers end when their end of the pipe closes, so that none survives its parent.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from reportkit.base.cycles import rare_cycle_search
from reportkit.base.errors import Problem
from reportkit.build.documents import SEARCH_AFTER, Job, Result, build_document, build_documents
from reportkit.build.record import Group, Groups

_FORKS = sys.platform == "linux"  # elsewhere a forked process may find locks of threads that it has not got
_COST = 0.04  # seconds that a process more takes, with what it copies of its parent's memory
_PATIENCE = 10.0  # seconds for the document that a worker is at when the run is broken off


def worker_count(seconds: Sequence[float], wanted: int | None) -> int:
    """Return how many workers make documents that take so long; `wanted` None for as many as there are processors.

    No more than pay: a process more costs time before it makes anything, and the longest document bounds them all.
    """
    most = max(1, min(wanted or processors(), len(seconds)))
    total, longest = sum(seconds), max(seconds, default=0.0)
    return min(range(1, most + 1), key=lambda count: max(longest, total / count) + _COST * (count - 1))


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build_in_parallel(jobs: Sequence[Job], workers: int, *, forks: bool = _FORKS) -> Iterator[Result]:
    """Carry out the jobs and yield their results as they are done; with one worker, in this process.

    forks: workers inherit what was read and loaded; otherwise they begin empty and get the jobs through a pipe.
    """
    if workers < 2:
        yield from build_documents(jobs)
        return
    pool = _Pool(jobs, forks=forks)
    try:
        yield from pool.run(workers)
    finally:
        pool.close()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: int = -1


class _Pool:
    def __init__(self, jobs: Sequence[Job], *, forks: bool) -> None:
        self._jobs = jobs
        self._forks = forks
        self._context = get_context("fork") if forks else get_context("spawn")
        self._workers: list[_Worker] = []
        self._groups: dict[str, Group] = {}

    def run(self, count: int) -> Iterator[Result]:
        waiting = iter(range(len(self._jobs)))
        gc.freeze()  # what is there stays there: workers share it as long as nobody walks over it
        try:
            for _ in range(count):
                self._start()
        finally:
            gc.unfreeze()
        for worker in list(self._workers):
            self._give(worker, waiting)
        while self._workers:
            for ready in wait([worker.pipe for worker in self._workers]):
                worker = next(each for each in self._workers if each.pipe is ready)
                yield self._answer(worker)
                if worker.pipe.closed:
                    worker = self._start()
                self._give(worker, waiting)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        others = [worker.pipe for worker in self._workers] + [ours]
        arguments = (self._jobs, theirs, others if self._forks else [])
        process = self._context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, waiting: Iterator[int]) -> None:
        """Give the worker its next job, or dismiss it."""
        number = next(waiting, None)
        if number is None:
            self._dismiss(worker)
            return
        worker.job = number
        with suppress(OSError):  # it died in the meantime: its answer will say so
            worker.pipe.send(number)

    def _answer(self, worker: _Worker) -> Result:
        job = self._jobs[worker.job]
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._dismiss(worker)
            return Result(job, job.path, "failed", problems=(_died(worker.process.exitcode),))
        return _unpacked(job, answer, self._groups)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(_PATIENCE)

    def close(self) -> None:
        """Let the workers finish the document they are at, and end those that do not."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _work(jobs: Sequence[Job], pipe: Connection, others: Sequence[Connection]) -> None:
    """Be a worker: make the documents whose numbers come through the pipe."""
    for other in others:  # inherited ends of other pipes would keep those open after our parent is gone
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; our parent closes the pipe
    groups = Groups()
    with rare_cycle_search(SEARCH_AFTER) as step:
        while True:
            try:
                number = pipe.recv()
            except (EOFError, OSError):
                return
            answer = packed(build_document(jobs[number]), groups)
            try:
                pipe.send(answer)
            except OSError:
                return
            step()


def packed(result: Result, groups: Groups) -> dict[str, Any]:
    """Return a result as plain data without its job; a group of inputs that was sent before goes by its name."""
    names = [groups.name(group) for group in result.inputs]
    new = {name: group for name, group in zip(names, result.inputs, strict=True) if groups.is_new(name)}
    return {
        "path": result.path,
        "outcome": result.outcome,
        "digest": result.digest,
        "groups": names,
        "new": new,
        "seconds": result.seconds,
        "problems": result.problems,
        "trace": result.trace,
    }


def _unpacked(job: Job, answer: Mapping[str, Any], groups: dict[str, Group]) -> Result:
    for name, group in answer["new"].items():
        groups.setdefault(name, group)
    inputs = tuple(groups[name] for name in answer["groups"])
    result = Result(job, answer["path"], answer["outcome"], answer["digest"], inputs, answer["seconds"])
    return replace(result, problems=answer["problems"], trace=answer["trace"])


def _died(code: int | None) -> Problem:
    how = f"シグナル {-code}" if code is not None and code < 0 else f"終了コード {code}"
    what = f"この文書を作っていたプロセスが途中で終わりました（{how}）"
    fix = "メモリーが足りているか確かめて、もう一度実行してください。繰り返すときは --jobs 1 で試してください"
    return Problem(what, fix)
