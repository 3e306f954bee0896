"""`reportkit new`: drafts of files that the user completes."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.commands import Command, Group


@click.group(cls=Group, name="new")
def new_group() -> None:
    """下書きを作ります。

    \b
    例：
      reportkit new matrix seeds/調査.xlsx --to seeds/調査.matrix.toml
    """


@new_group.command("matrix", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--table", type=click.IntRange(min=1), default=1, metavar="N", help="ファイルの中の何番目の表か（省くと1）"
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="PATH", help="下書きを書くファイル（省くと画面へ）"
)
def matrix(file: Path, table: int, target: Path | None) -> None:
    """表のあるファイルを調べ、行列の定義（*.matrix.toml）の下書きを作ります。疑わしい点は「要確認」と書きます。

    \b
    例：
      reportkit new matrix seeds/調査.xlsx --to seeds/調査.matrix.toml
    """
    from reportkit.base.errors import Problem, ProjectError
    from reportkit.base.files import write_atomic
    from reportkit.sources.draft import draft_spec

    text = draft_spec(file, table)
    if target is None:
        click.echo(text, nl=False)
        return
    if target.exists():
        raise ProjectError(Problem("すでにあるファイルです", "別の名前を --to で指定してください", str(target)))
    write_atomic(target, text.encode())
    click.echo(f"作りました：{target}（「要確認」を直してください）")
