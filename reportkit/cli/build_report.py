"""What `build`, `sector` and `case` print about a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import Problem
from reportkit.build.documents import Result
from reportkit.build.outputs import remove
from reportkit.cli.commands import debugging, severity_count

if TYPE_CHECKING:
    from reportkit.base.finding import Finding
    from reportkit.project.documents import Press
    from reportkit.project.settings import Settings
    from reportkit.project.unchanged import Unchanged

LISTED = 5  # more documents than these are counted instead of listed


def issue_facts(press: Press, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return what the end of a build says about the data, for the record: a later build may not read any."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    given = bool(press.settings.date or os.environ.get("SOURCE_DATE_EPOCH"))
    return {"date": press.issue.date, "given": given, "findings": counts}


def report_unchanged(settings: Settings, unchanged: Unchanged, prune: bool) -> int:
    """Report a build that had nothing to do."""
    facts = unchanged.summary.facts
    report_rest(len(unchanged.summary.files), unchanged.edited, alone=True)
    unused = [settings.out / name for name in facts.get("unused", ())]
    report_unused([path for path in unused if path.exists()], prune)
    report_facts(facts, any_written=False)
    return 0


def report_results(results: Sequence[Result], out: Path) -> None:
    """Report what was written, what stands beside a hand-edited file, and what failed and why."""
    written = [result for result in results if result.outcome == "written"]
    if len(written) > LISTED:
        click.echo(f"{len(written)} 件の文書を書き出しました：{out}")
    else:
        for result in written:
            click.echo(f"書き出しました：{result.path}")
    if same := sum(result.outcome == "same" for result in results):
        click.echo(f"{same} 件の文書は作り直しても同じでした（ファイルはそのままです）")
    for result in results:
        if result.outcome == "beside":
            click.echo(
                f"{result.job.path} は手で直されているため、新しい文書を隣に置きました：{result.path}"
                "（置き換えるには --overwrite）"
            )
    _report_failures([result for result in results if not result.written])


def report_rest(fresh: int, edited: Sequence[Path], *, alone: bool = False) -> None:
    """Report the documents that were left as they are."""
    if fresh:
        click.echo(f"{'変わりありません：' if alone else 'ほかの '}{fresh} 件の文書は最新です")
    if edited:
        names = few(map(str, edited))
        click.echo(f"手で直された文書はそのままです（新しい文書は隣の .new.docx）：{names}")


def report_unused(paths: Sequence[Path], prune: bool) -> None:
    """Report the documents of subjects that no longer exist, or delete them."""
    if not paths:
        return
    if not prune:
        click.echo(f"もとの資料がなくなった文書が {len(paths)} 件あります（消すには --prune）：{few(map(str, paths))}")
        return
    failures = [(path, why) for path, why in remove(paths) if why]
    click.echo(f"もとの資料がなくなった文書を消しました：{len(paths) - len(failures)} 件")
    for path, why in failures:
        click.echo(f"消せません（{why}）：{path}", err=True)


def report_facts(facts: Mapping[str, Any], any_written: bool) -> None:
    """Report the issue date, when nobody gave it, and what was found in the data."""
    if any_written and not facts["given"]:
        click.echo(f"発行日：{facts['date']}（資料の最も新しい日付。--date で変えられます）")
    counts = facts["findings"]
    click.echo(
        f"データの指摘：{severity_count(severity for severity in counts for _ in range(counts[severity]))}", nl=False
    )
    seeds = click.get_current_context().params.get("seeds")
    click.echo(f"。内容は reportkit check{f' --seeds {seeds}' if seeds else ''}" if counts else "")


def few(names: Iterable[str]) -> str:
    """Return the first names, and how many more there are."""
    known = list(names)
    rest = len(known) - LISTED
    return "、".join(known[:LISTED]) + (f" ほか {rest} 件" if rest > 0 else "")


def _report_failures(failed: Sequence[Result]) -> None:
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
        click.echo(f"エラー：{few(documents)}：{Problem(what, fix, few(places))}", err=True)
    if debugging():
        for result in failed:
            click.echo(result.trace, err=True, nl=False)
