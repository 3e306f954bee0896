"""`reportkit build`, `sector`, `case`: write Word files.

Exit code 0 when every document asked for was written, whatever the findings; 3 when some were not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import Problem, ProjectError
from reportkit.cli.commands import (
    Command,
    debugging,
    look_options,
    out_option,
    seeds_option,
    settings_with,
    severity_count,
)

if TYPE_CHECKING:
    from reportkit.base.finding import Finding
    from reportkit.build.documents import Result
    from reportkit.corpus.corpus import Corpus
    from reportkit.project.documents import Subject
    from reportkit.project.settings import Settings

EXIT_FAILED = 3


@click.command(cls=Command)
@seeds_option
@out_option
@look_options
def build(**options: Any) -> int:
    """すべての文書を作ります：業界ごと、事例ごと、概観。

    \b
    例：
      reportkit build
      reportkit build --seeds 資料 --out 報告書 --date 2026-04-01
    """
    from reportkit.project.documents import all_subjects

    settings, corpus = _read(options)
    subjects = all_subjects(corpus)
    if not subjects:
        _refuse_empty(corpus, settings)
    return _write(corpus, settings, subjects, corpus.findings)


@click.command(cls=Command)
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@seeds_option
@out_option
@look_options
def sector(names: tuple[str, ...], **options: Any) -> int:
    """業界の報告書を作ります。名前は別の書き方や一部でもかまいません。

    \b
    例：
      reportkit sector 金融・保険 医療
    """
    from reportkit.project.documents import Subject
    from reportkit.project.subjects import find_all, find_sector

    settings, corpus = _read(options)
    subjects = [Subject("sector", found.name) for found in find_all(find_sector, corpus, names)]
    return _write(corpus, settings, subjects)


@click.command(cls=Command)
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@seeds_option
@out_option
@look_options
def case(names: tuple[str, ...], **options: Any) -> int:
    """事例の報告書を作ります。番号、企業名、企業名の一部で指定します。

    \b
    例：
      reportkit case ソニーグループ 863
    """
    from reportkit.project.documents import Subject
    from reportkit.project.subjects import find_all, find_case

    settings, corpus = _read(options)
    subjects = [Subject("case", found.id) for found in find_all(find_case, corpus, names)]
    return _write(corpus, settings, subjects)


def _read(options: dict[str, Any]) -> tuple[Settings, Corpus]:
    from reportkit.project.reading import read_corpus

    settings = settings_with(**options)
    if settings.out.exists() and not settings.out.is_dir():
        fix = "--out に別のフォルダーを指定するか、そのファイルをどけてください"
        raise ProjectError(Problem("出力先がファイルであり、フォルダーではありません", fix, str(settings.out)))
    return settings, read_corpus(settings.seeds)


def _refuse_empty(corpus: Corpus, settings: Settings) -> None:
    fix = "事例か調査の資料（.md、.txt）を入れるか、--seeds で別のフォルダーを指定してください"
    unread = sum(1 for source in corpus.sources if source.kind == "unknown")
    why = f"（事例でも調査でもないか、読めないファイル {unread} 件。理由は reportkit check）" if unread else ""
    raise ProjectError(Problem(f"報告書にできる資料がありません{why}", fix, str(settings.seeds)))


def _write(
    corpus: Corpus, settings: Settings, subjects: Sequence[Subject], findings: Sequence[Finding] | None = None
) -> int:
    """Write the documents and report; `findings` counts those about the subjects when not given."""
    from reportkit.build.documents import build_documents, prepare_folder
    from reportkit.project.documents import Press, findings_about

    press = Press(corpus, settings)
    prepare_folder(settings.out)
    jobs = [press.job(subject) for subject in subjects]
    quiet = not sys.stderr.isatty()
    with click.progressbar(
        build_documents(jobs), length=len(jobs), label="文書を作成中", file=sys.stderr, hidden=quiet
    ) as progress:
        results = list(progress)
    if findings is None:
        findings = list(dict.fromkeys(finding for subject in subjects for finding in findings_about(corpus, subject)))
    _report(results, settings.out, press.issue.date, given=bool(settings.date or os.environ.get("SOURCE_DATE_EPOCH")))
    click.echo(f"データの指摘：{severity_count(finding.severity for finding in findings)}", nl=False)
    seeds = click.get_current_context().params.get("seeds")
    click.echo(f"。内容は reportkit check{f' --seeds {seeds}' if seeds else ''}" if findings else "")
    return 0 if all(result.written for result in results) else EXIT_FAILED


def _report(results: Sequence[Result], out: Path, date: str, *, given: bool) -> None:
    written = [result for result in results if result.written]
    failed = [result for result in results if not result.written]
    if len(written) > _LISTED:
        click.echo(f"{len(written)} 件の文書を書き出しました：{out}")
    else:
        for result in written:
            click.echo(f"書き出しました：{result.job.path}")
    if written and not given:
        click.echo(f"発行日：{date}（資料の最も新しい日付。--date で変えられます）")
    if not failed:
        return
    click.echo(f"{len(failed)} 件の文書を作れませんでした（前からあるファイルはそのままです）", err=True)
    causes: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for result in failed:
        for problem in result.problems:
            documents, places = causes.setdefault((problem.what, problem.fix), ({}, {}))
            documents[result.job.id] = None
            places[problem.place] = None
    for (what, fix), (documents, places) in causes.items():
        click.echo(f"エラー：{_few(documents)}：{Problem(what, fix, _few(places))}", err=True)
    if debugging():
        for result in failed:
            click.echo(result.trace, err=True, nl=False)


_LISTED = 5  # more documents than these are counted instead of listed


def _few(names: Iterable[str]) -> str:
    known = list(names)
    rest = len(known) - _LISTED
    return "、".join(known[:_LISTED]) + (f" ほか {rest} 件" if rest > 0 else "")
