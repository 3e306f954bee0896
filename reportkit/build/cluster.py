"""Making documents on other machines: the same function, run by the workers of a dask cluster.

In: calls that can be pickled and return the bytes of a document, and the address of a scheduler. Out: results as
they come. A worker returns bytes; this process writes the files, so that workers need no shared folder. What a lost
worker was making is made by another one; a document at which workers die again and again fails alone.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reportkit.base.digests import digest_bytes
from reportkit.base.errors import BuildError, Problem, ReportkitError
from reportkit.build.documents import Job, Made, Result, own_fault, write_document

_CONNECT = 10  # seconds
_INSTALL = "python -m pip install 'reportkit-briefings[cluster]' で入れてください"


def build_on_cluster(
    jobs: Sequence[Job], shared: Any, calls: Sequence[Callable[[Any], Made]], address: str
) -> Iterator[Result]:
    """Carry out the jobs on a cluster and yield their results as they come.

    shared: what every document is made from; sent to each worker once. calls: make each job's document from it.
    Raises `BuildError` when dask is not installed, or nobody answers at the address.
    """
    client, as_completed = _connect(address)
    by_key: dict[str, Job] = {}
    try:
        data = client.scatter(shared, broadcast=True, hash=False)
        futures = []
        run = time.time_ns()  # names of tasks, which no document depends on
        for number, (job, call) in enumerate(zip(jobs, calls, strict=True)):
            future = client.submit(_made, call, data, key=f"reportkit-{run}-{number}", pure=False)
            by_key[future.key] = job
            futures.append(future)
        for future in as_completed(futures):
            yield _written(by_key[future.key], future)
            future.release()
    finally:
        client.close()


def _connect(address: str) -> tuple[Any, Any]:
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise BuildError(Problem("--cluster には dask.distributed が要ります", _INSTALL)) from error
    try:
        return Client(address, timeout=_CONNECT), as_completed  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        fix = "アドレス（tcp://ホスト:ポート）と、スケジューラーが動いていることを確かめてください"
        raise BuildError(Problem(f"クラスターにつながりません（{error}）", fix, address)) from error


def _made(call: Callable[[Any], Made], shared: Any) -> tuple[Made | None, tuple[Problem, ...], str, float]:
    """Make a document on a worker; an error of ours comes back as data."""
    start = time.perf_counter()
    try:
        made = call(shared)
    except ReportkitError as error:
        return None, error.problems, "", 0.0
    except Exception as error:  # a fault of ours in one document must not cost the user the others
        return None, (own_fault(error),), "".join(traceback.format_exception(error)), 0.0
    return made, (), "", time.perf_counter() - start


def _written(job: Job, future: Any) -> Result:
    """Write the document that came back."""
    try:
        made, problems, trace, seconds = future.result()
    except Exception as error:  # the cluster gave up: its worker died several times, or it was cancelled
        what = f"クラスターがこの文書を作れませんでした（{type(error).__name__}）"
        fix = "ワーカーのメモリーと版を確かめるか、--cluster なしで作ってください"
        return Result(job, job.path, "failed", problems=(Problem(what, fix),), trace=str(error))
    if made is None:
        return Result(job, job.path, "failed", problems=problems, trace=trace)
    try:
        path, outcome = write_document(job.path, made.data, overwrite=job.overwrite)
    except ReportkitError as error:
        return Result(job, job.path, "failed", problems=error.problems)
    return Result(job, path, outcome, digest_bytes(made.data), made.inputs, seconds)
