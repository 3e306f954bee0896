"""`reportkit export`: what was read, as JSON, CSV or Excel."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reportkit.base.errors import Problem, ProjectError
from reportkit.cli.commands import Command, OneOf, seeds_option, settings_with

_WHAT = ["cases", "metrics", "matrices", "statistics", "findings"]


@click.command(cls=Command)
@click.argument("what", type=OneOf(_WHAT), metavar="|".join(_WHAT))
@click.option("--format", "form", type=OneOf(["json", "csv", "xlsx"]), help="形式（省くと -o の拡張子、なければ json）")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="書き出すファイル（省くと標準出力）"
)
@seeds_option
def export(what: str, form: str | None, output: Path | None, seeds: Path | None) -> None:
    """読み取ったデータを書き出します。数値は基本単位（44.8万時間は 448000 時間）です。

    \b
    例：
      reportkit export matrices --format json -o matrices.json
      reportkit export matrices -o matrices.xlsx   表ごとに一枚のシート
      reportkit export cases -o cases.xlsx
    """
    from reportkit.base.files import write_atomic
    from reportkit.project.matrix_book import write_matrix_book
    from reportkit.project.reading import read_project
    from reportkit.project.records import EXPORTS
    from reportkit.project.tables import FORMATS

    form = form or _form_of(output)
    stdout = sys.stdout.buffer
    if output is None and form == "xlsx" and sys.stdout.isatty():
        raise ProjectError(
            Problem("Excel のファイルは画面に表示できません", "-o FILE.xlsx で書き出し先を指定してください")
        )
    corpus = read_project(settings_with(seeds=seeds))
    records = EXPORTS[what](corpus)
    data = write_matrix_book(corpus) if (what, form) == ("matrices", "xlsx") else FORMATS[form](records)
    if output is None:
        stdout.write(data)
        stdout.flush()
    else:
        write_atomic(output, data)
        click.echo(f"{len(records)} 件を書き出しました：{output}")


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else "json"
    return suffix if suffix in ("json", "csv", "xlsx") else "json"
