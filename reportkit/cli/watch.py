"""`reportkit watch`: build again whenever a source, a template or the settings change."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import BuildError, Problem, ReportkitError
from reportkit.build.lock import locked
from reportkit.build.record import read_record
from reportkit.cli.commands import Command, look_options, out_option, seeds_option, settings_with
from reportkit.project.settings import FILE_NAME
from reportkit.project.state import found_files, state_folder
from reportkit.project.unchanged import nothing_to_do, record_path

if TYPE_CHECKING:
    from reportkit.build.documents import Result
    from reportkit.project.settings import Settings

_QUIET = 300  # milliseconds without a change before a build begins: editors save in several steps
_TICK = 1000  # milliseconds between two looks for what cannot be watched: the settings, folders that come and go
_MOST_PROBLEMS = 5


@click.command(cls=Command)
@seeds_option
@out_option
@look_options
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="同時に使うプロセスの数")
def watch(jobs: int | None, **options: Any) -> int:
    """資料・テンプレート・設定を見守り、変わるたびに関係する文書だけを作り直します。Ctrl-C で終わります。

    \b
    例：
      reportkit watch
      reportkit watch --seeds 資料 --out 報告書
    """
    try:
        from watchfiles import watch as changes_in
    except ImportError as error:
        fix = "python -m pip install 'reportkit-briefings[watch]' で入れてください"
        raise BuildError(Problem("watch には watchfiles が要ります", fix)) from error
    settings = settings_with(**options)
    build_quietly(options, jobs)
    click.echo(f"見守っています：{settings.seeds}、{settings.templates}、{FILE_NAME}（Ctrl-C で終わります）")
    try:
        for _ in _moments(options, changes_in):
            build_quietly(options, jobs)
    except KeyboardInterrupt:
        click.echo("終わります")
    return 0


def _moments(options: dict[str, Any], changes_in: Any) -> Iterator[None]:
    """Yield whenever something may have changed and nothing has changed for a moment since."""
    known = None
    while True:
        folders = _folders(options)
        state = _state(options, folders)
        if known is not None and state != known:
            known = state
            yield
            continue
        known = state
        if not folders:
            time.sleep(_TICK / 1000)
            continue
        begun = False
        for found in changes_in(*folders, debounce=_QUIET * 4, step=_QUIET, rust_timeout=_TICK, yield_on_timeout=True):
            if found or not begun:  # what happened before the watching began is found by looking once
                begun = True
                yield
            if _state(options, folders) != known:
                break


def _folders(options: dict[str, Any]) -> tuple[Path, ...]:
    """Return the folders that are there to be watched."""
    try:
        settings = settings_with(**options)
    except ReportkitError:  # a settings file in the middle of being written
        return ()
    return tuple(folder for folder in (settings.seeds, settings.templates) if folder.is_dir())


def _state(options: dict[str, Any], folders: tuple[Path, ...]) -> tuple[object, ...]:
    """Return what tells that the settings changed or a watched folder is another one."""
    return (*(_stamp(path) for path in (Path(FILE_NAME), *folders)), _folders(options))


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    return (status.st_ino, status.st_mtime_ns, status.st_size) if path.is_file() else (status.st_ino,)


def build_quietly(options: dict[str, Any], jobs: int | None = None) -> None:
    """Build what is stale and print a line for each document; what is broken just now is told and waited for."""
    try:
        settings = settings_with(**options)
        with locked(state_folder(settings)):
            _build(settings, jobs)
    except ReportkitError as error:
        for problem in error.problems[:_MOST_PROBLEMS]:
            click.echo(f"{_now()}  まだ作れません：{problem}", err=True)


def _build(settings: Settings, jobs: int | None) -> None:
    record = read_record(record_path(settings))
    files = found_files(settings)
    if nothing_to_do(settings, os.environ, record, files) is not None:
        return
    from reportkit.build.documents import prepare_folder
    from reportkit.cli.build_report import issue_facts
    from reportkit.project.documents import Press
    from reportkit.project.reading import read_corpus
    from reportkit.project.readings import KeptReadings
    from reportkit.project.regenerate import Run, make_plan, unused_documents
    from reportkit.sections.environment import forget_templates

    forget_templates()
    kept = KeptReadings(state_folder(settings))
    corpus = read_corpus(settings.seeds, kept, files)
    press = Press(corpus, settings, digests=kept.digests)
    prepare_folder(settings.out)
    plan = make_plan(press, record)
    reasons = {stale.subject.id: "。".join(stale.reasons) for stale in plan.stale}
    run = Run(press, record, os.environ)
    for result in run.build([stale.subject for stale in plan.stale], workers=jobs):
        _tell(result, reasons.get(result.job.id, ""))
    unused = unused_documents(press)
    names = [path.relative_to(settings.out).as_posix() for path in unused]
    run.finish(issue_facts(press, corpus.findings) | {"unused": names}, complete=True)


def _tell(result: Result, reason: str) -> None:
    if not result.written:
        for problem in result.problems[:_MOST_PROBLEMS]:
            click.echo(f"{_now()}  {result.job.id}：{problem}", err=True)
    elif result.outcome != "same":
        click.echo(f"{_now()}  {result.path}  {result.seconds * 1000:.0f} ミリ秒  {reason}")


def _now() -> str:
    return time.strftime("%H:%M:%S")
