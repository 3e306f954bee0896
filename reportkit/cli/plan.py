"""`reportkit plan` and `reportkit explain`: what a build would make, and why or why not; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reportkit.build.record import Entry, Record, read_record
from reportkit.cli.build_report import few, report_rest, report_unused
from reportkit.cli.commands import Command, look_options, out_option, seeds_option, settings_with
from reportkit.cli.layout import print_columns
from reportkit.project.state import found_files, state_folder
from reportkit.project.unchanged import nothing_to_do, out_name, record_path

if TYPE_CHECKING:
    from reportkit.project.documents import Press
    from reportkit.project.settings import Settings
    from reportkit.sources.folder import FoundFile

_SHOWN = 50


@click.command(cls=Command)
@seeds_option
@out_option
@look_options
@click.option("--all", "everything", is_flag=True, help=f"{_SHOWN} 件を超える文書もすべて表示します")
def plan(everything: bool, **options: Any) -> int:
    """次の build が作り直す文書と、その理由を表示します。何も書きません。

    \b
    例：
      reportkit plan
      reportkit plan --all
    """
    settings = settings_with(**options)
    record = _record(settings)
    files = found_files(settings)
    unchanged = nothing_to_do(settings, os.environ, record, files)
    if unchanged is not None:
        report_rest(len(unchanged.summary.files), unchanged.edited, alone=True)
        unused = [settings.out / name for name in unchanged.summary.facts.get("unused", ())]
        report_unused([path for path in unused if path.exists()], prune=False)
        return 0
    from reportkit.project.regenerate import make_plan, unused_documents

    press = _press(settings, files)
    found = make_plan(press, record)
    click.echo(f"作り直す文書：{len(found.stale)} 件")
    shown = found.stale if everything else found.stale[:_SHOWN]
    print_columns([(f"  {stale.subject.id}", "。".join(stale.reasons)) for stale in shown])
    if len(found.stale) > len(shown):
        click.echo(f"  ほか {len(found.stale) - len(shown)} 件（すべて見るには --all）")
    report_rest(len(found.fresh), found.edited)
    report_unused(unused_documents(press), prune=False)
    return 0


@click.command(cls=Command)
@click.argument("subject", metavar="SUBJECT")
@seeds_option
@out_option
@look_options
def explain(subject: str, **options: Any) -> int:
    """一つの文書が作り直される理由、または作り直されない理由を表示します。

    SUBJECT は業界、事例の番号や企業名、または overview（概観）。

    \b
    例：
      reportkit explain 医療
      reportkit explain ソニーグループ
      reportkit explain overview
    """
    settings = settings_with(**options)
    record = _record(settings)
    known = _known_id(subject, record.summaries.get(out_name(settings)))
    files = found_files(settings)
    if known and nothing_to_do(settings, os.environ, record, files, (known,)) is not None:
        entry = record.entry(out_name(settings), known)
        if entry is not None:
            _explain_fresh(settings, entry)
            return 0
    from reportkit.project.api import find_subject
    from reportkit.project.regenerate import make_plan

    press = _press(settings, files)
    found = find_subject(press.corpus, subject, None)
    for stale in make_plan(press, record).stale:
        if stale.subject == found:
            click.echo(f"{found.id}（{stale.path}）は次の build で作り直します")
            for reason in stale.reasons:
                click.echo(f"  理由：{reason}")
            return 0
    _explain_fresh(settings, record.entries(out_name(settings))[found.id])
    return 0


def _known_id(name: str, summary: Any) -> str:
    """Return the document that a name means exactly, without reading any source; "" when that takes more."""
    ids = summary.files if summary is not None else ()
    name = {"概観": "overview"}.get(name, name)
    return next((known for known in (f"sector/{name}", f"case/{name}", name) if known in ids), "")


def _explain_fresh(settings: Settings, entry: Entry) -> None:
    inputs = [name for group in entry.inputs for name in group]
    click.echo(f"{entry.id}（{settings.out / entry.path}）は最新です。使ったものはどれも変わっていません")
    rows = (
        ("表", "matrix", 1),
        ("事例", "case", 1),
        ("資料", "record", 1),
        ("テンプレート", "template", 1),
        ("設定", "setting", 1),
    )
    for word, head, place in rows:
        names = list(dict.fromkeys(name.split("\t")[place] for name in inputs if name.startswith(f"{head}\t")))
        if names:
            click.echo(f"  {word}：{few(names)}")
    click.echo(f"  使った値と項目：{len(inputs)} 点、作るのにかかった時間：{entry.seconds * 1000:.0f} ミリ秒")


def _record(settings: Settings) -> Record:
    record = read_record(record_path(settings))
    if record.damage:
        click.echo(f"ビルドの記録が{record.damage}。次の build がすべての文書を確かめます", err=True)
    return record


def _press(settings: Settings, files: Sequence[FoundFile]) -> Press:
    from reportkit.project.documents import Press
    from reportkit.project.reading import read_corpus
    from reportkit.project.readings import KeptReadings

    kept = KeptReadings(state_folder(settings))
    return Press(read_corpus(settings.seeds, kept, files), settings, digests=kept.digests)
