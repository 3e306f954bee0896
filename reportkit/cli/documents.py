"""`reportkit build`, `sector`, `case`: write Word files, `build` only those whose inputs changed.

Exit code 0 when every document asked for was written, whatever the findings; 3 when some were not.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import Problem, ProjectError
from reportkit.build.documents import prepare_folder
from reportkit.build.lock import locked
from reportkit.build.record import Record, read_record
from reportkit.cli import exits
from reportkit.cli.build_report import (
    issue_facts,
    report_facts,
    report_rest,
    report_results,
    report_unchanged,
    report_unused,
)
from reportkit.cli.commands import Command, Decorated, look_options, out_option, seeds_option, settings_with
from reportkit.cli.progress import with_progress
from reportkit.project.state import found_files, state_folder
from reportkit.project.unchanged import nothing_to_do, record_path

if TYPE_CHECKING:
    from reportkit.base.finding import Finding
    from reportkit.corpus.corpus import Corpus
    from reportkit.project.documents import Press, Subject
    from reportkit.project.regenerate import Plan
    from reportkit.project.settings import Settings
    from reportkit.sources.folder import FoundFile


def run_options(command: Decorated) -> Decorated:
    """Add `--overwrite`, replace also what a person has changed, and `--jobs`, the number of processes."""
    text = "手で直されたファイルも新しい文書で置き換えます（省くと隣に「名前.new.docx」を書きます）"
    jobs = "同時に使うプロセスの数（省くとプロセッサーの数）"
    cluster = "文書を dask のクラスターで作ります（reportkit-briefings[cluster] が要ります）"
    command = click.option("--cluster", default="", metavar="tcp://HOST:PORT", help=cluster)(command)
    command = click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help=jobs)(command)
    return click.option("--overwrite", is_flag=True, help=text)(command)


@click.command(cls=Command)
@seeds_option
@out_option
@look_options
@run_options
@click.option("--prune", is_flag=True, help="もとの資料がなくなった文書を消します")
def build(overwrite: bool, prune: bool, jobs: int | None, cluster: str, **options: Any) -> int:
    """変わった資料を使う文書だけを作り直します：業界ごと、事例ごと、概観。

    何が作り直されるかは reportkit plan、その理由は reportkit explain で分かります。

    \b
    例：
      reportkit build
      reportkit build --seeds 資料 --out 報告書 --date 2026-04-01
      reportkit build --prune
    """
    settings = _settings(options)
    with locked(state_folder(settings)):
        record = read_record(record_path(settings))
        if record.damage:
            click.echo(f"ビルドの記録が{record.damage}。記録を作り直し、すべての文書を確かめます", err=True)
        files = found_files(settings)
        unchanged = nothing_to_do(settings, os.environ, record, files)
        if unchanged is not None and not (overwrite and unchanged.edited):
            return report_unchanged(settings, unchanged, prune)
        run = {"overwrite": overwrite, "prune": prune, "jobs": jobs, "cluster": cluster}
        return _rebuild(settings, record, files, run)


def _rebuild(settings: Settings, record: Record, files: Sequence[FoundFile], run: dict[str, Any]) -> int:
    """Read what changed, and make what is stale. run: the options of `_make`."""
    from reportkit.build.workers import processors
    from reportkit.project.documents import Press, all_subjects
    from reportkit.project.lists import keep_lists
    from reportkit.project.reading import read_corpus
    from reportkit.project.readings import KeptReadings
    from reportkit.project.regenerate import make_plan

    kept = KeptReadings(state_folder(settings), run["jobs"] or processors())
    corpus = read_corpus(settings.seeds, kept, files)
    if not all_subjects(corpus):
        _refuse_empty(corpus, settings)
    press = Press(corpus, settings, digests=kept.digests)
    prepare_folder(settings.out)
    plan = make_plan(press, record, overwrite=run["overwrite"])
    kept.forget()
    keep_lists(settings, files, corpus)
    subjects = [stale.subject for stale in plan.stale]
    return _make(press, record, subjects, corpus.findings, plan, **run)


@click.command(cls=Command)
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@seeds_option
@out_option
@look_options
@run_options
def sector(names: tuple[str, ...], overwrite: bool, jobs: int | None, cluster: str, **options: Any) -> int:
    """業界の報告書を作ります。名前は別の書き方や一部でもかまいません。

    \b
    例：
      reportkit sector 金融・保険 医療
    """
    from reportkit.project.documents import Subject
    from reportkit.project.reading import read_corpus
    from reportkit.project.subjects import find_all, find_sector

    settings = _settings(options)
    corpus = read_corpus(settings.seeds)
    subjects = [Subject("sector", found.name) for found in find_all(find_sector, corpus, names)]
    return _make_some(settings, corpus, subjects, overwrite, jobs, cluster)


@click.command(cls=Command)
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@seeds_option
@out_option
@look_options
@run_options
def case(names: tuple[str, ...], overwrite: bool, jobs: int | None, cluster: str, **options: Any) -> int:
    """事例の報告書を作ります。番号、企業名、企業名の一部で指定します。

    \b
    例：
      reportkit case ソニーグループ 863
    """
    from reportkit.project.documents import Subject
    from reportkit.project.reading import read_corpus
    from reportkit.project.subjects import find_all, find_case

    settings = _settings(options)
    corpus = read_corpus(settings.seeds)
    subjects = [Subject("case", found.id) for found in find_all(find_case, corpus, names)]
    return _make_some(settings, corpus, subjects, overwrite, jobs, cluster)


def _settings(options: dict[str, Any]) -> Settings:
    settings = settings_with(**options)
    if settings.out.exists() and not settings.out.is_dir():
        fix = "--out に別のフォルダーを指定するか、そのファイルをどけてください"
        raise ProjectError(Problem("出力先がファイルであり、フォルダーではありません", fix, str(settings.out)))
    return settings


def _refuse_empty(corpus: Corpus, settings: Settings) -> None:
    fix = "事例か調査の資料（.md、.txt、.json）を入れるか、--seeds で別のフォルダーを指定してください"
    unread = sum(1 for source in corpus.sources if source.kind == "unknown")
    why = f"（事例でも調査でもないか、読めないファイル {unread} 件。理由は reportkit check）" if unread else ""
    raise ProjectError(Problem(f"報告書にできる資料がありません{why}", fix, str(settings.seeds)))


def _make_some(
    settings: Settings, corpus: Corpus, subjects: Sequence[Subject], overwrite: bool, jobs: int | None, cluster: str
) -> int:
    """Make documents that were asked for by name, stale or not."""
    from reportkit.project.documents import Press, findings_about

    press = Press(corpus, settings)
    prepare_folder(settings.out)
    findings = list(dict.fromkeys(finding for subject in subjects for finding in findings_about(corpus, subject)))
    with locked(state_folder(settings)):
        record = read_record(record_path(settings))
        return _make(press, record, subjects, findings, None, overwrite=overwrite, jobs=jobs, cluster=cluster)


def _make(
    press: Press,
    record: Record,
    subjects: Sequence[Subject],
    findings: Sequence[Finding],
    plan: Plan | None,
    *,
    overwrite: bool,
    prune: bool = False,
    jobs: int | None = None,
    cluster: str = "",
) -> int:
    """Make the documents, write the record and report. plan: when every document was looked at, what was found."""
    from reportkit.project.regenerate import Run, unused_documents

    run = Run(press, record, os.environ)
    places = {subject.id: place for place, subject in enumerate(subjects)}
    building = run.build(subjects, overwrite=overwrite, workers=jobs, cluster=cluster)
    results = sorted(with_progress(building, len(subjects)), key=lambda result: places[result.job.id])
    unused = unused_documents(press)
    names = [path.relative_to(press.settings.out).as_posix() for path in unused]
    facts = issue_facts(press, findings) | {"unused": names}
    failure = run.finish(facts, complete=plan is not None)
    report_results(results, press.settings.out)
    if plan is not None:
        report_rest(len(plan.fresh), plan.edited)
        report_unused(unused, prune)
    report_facts(facts, any(result.written for result in results))
    if failure:
        fix = "次のビルドではすべて作り直します。フォルダーの書き込み権限と空き容量を確かめてください"
        click.echo(f"ビルドの記録を書けません（{failure}）→ {fix}", err=True)
    return 0 if all(result.written for result in results) else exits.FAILED
