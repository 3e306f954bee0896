"""`reportkit init`: a folder to start with."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.commands import Command


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """新しい作業フォルダーを用意します：seeds/、templates/、reportkit.toml。あるものには触れません。

    \b
    例：
      reportkit init 報告書
    """
    from reportkit.project.start import start_project

    created, kept = start_project(folder)
    for path in created:
        click.echo(f"作りました：{path}")
    for path in kept:
        click.echo(f"そのままにしました：{path}")
    click.echo(f"次に：{folder / 'seeds'} に資料（.md、.txt、.json）を入れ、そのフォルダーで reportkit build")
