"""`reportkit check`: what is wrong or doubtful in the data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportkit.base.text import printable
from reportkit.cli.commands import SEVERITY_WORDS, Command, OneOf, seeds_option, settings_with, severity_count

if TYPE_CHECKING:
    from reportkit.corpus.corpus import Corpus

EXIT_FINDINGS = 1


@click.command(cls=Command)
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="表示の形（省くと text）")
@seeds_option
def check(form: str, seeds: Path | None) -> int:
    """資料の中のおかしな点を、重いものから表示します。エラーが一つでもあれば終了コード 1。

    \b
    例：
      reportkit check
      reportkit check --format json > findings.json
    """
    from reportkit.project.reading import read_corpus

    corpus = read_corpus(settings_with(seeds=seeds).seeds)
    if form == "json":
        from reportkit.project.records import finding_records
        from reportkit.project.tables import write_json

        stdout = sys.stdout.buffer
        stdout.write(write_json(finding_records(corpus.findings)))
        stdout.flush()
    else:
        _print(corpus)
    return EXIT_FINDINGS if any(finding.severity == "error" for finding in corpus.findings) else 0


def _print(corpus: Corpus) -> None:
    for finding in corpus.findings:
        place = f"{finding.origin.place()}：" if finding.origin else ""
        click.echo(printable(f"{SEVERITY_WORDS[finding.severity]} [{finding.code}] {place}{finding.message}"))
        for evidence in finding.evidence:
            where = f"（{evidence.origin.place()}）" if evidence.origin else ""
            click.echo(printable(f"    {evidence.label}：{evidence.text}{where}"))
        click.echo(printable(f"    → {finding.fix}"))
    read = sum(1 for source in corpus.sources if source.kind != "unknown")
    click.echo(f"資料 {read} 件を読み、指摘は {severity_count(finding.severity for finding in corpus.findings)}")
