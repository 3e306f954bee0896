"""`reportkit list`: what there is, one line each."""

from __future__ import annotations

from pathlib import Path

import click

from reportkit.cli.commands import Group, seeds_option, settings_with
from reportkit.cli.layout import print_columns


@click.group("list", cls=Group)
def list_group() -> None:
    """業界・事例・表・テンプレート・プラグインの一覧を表示します。

    \b
    例：
      reportkit list cases
    """


@list_group.command()
@seeds_option
def sectors(seeds: Path | None) -> None:
    """報告書を作れる業界。

    \b
    例：
      reportkit list sectors
    """
    from reportkit.project.lists import project_lists

    print_columns(project_lists(settings_with(seeds=seeds)).sectors)


@list_group.command()
@seeds_option
def cases(seeds: Path | None) -> None:
    """読めた事例：番号、企業、業界、ファイル。

    \b
    例：
      reportkit list cases --seeds 資料
    """
    from reportkit.project.lists import project_lists

    print_columns(project_lists(settings_with(seeds=seeds)).cases)


@list_group.command()
@seeds_option
def matrices(seeds: Path | None) -> None:
    """読めた調査の表：名前、大きさ、単位、表題、場所。

    \b
    例：
      reportkit list matrices
    """
    from reportkit.project.lists import project_lists

    print_columns(project_lists(settings_with(seeds=seeds)).matrices)


@list_group.command()
def templates() -> None:
    """使われるテンプレート。自分の templates フォルダーにあるものには印を付けます。

    \b
    例：
      reportkit list templates
    """
    from reportkit.project.templates import list_templates

    print_columns([(entry.name, "自分用" if entry.own else "組み込み") for entry in list_templates(settings_with())])


@list_group.command("plugins")
def plugins_command() -> None:
    """ほかのパッケージが加えたもの：図表、検査、事例の読み取り、送信の経路。

    \b
    例：
      reportkit list plugins
    """
    from reportkit.base.plugins import GROUPS, plugins

    rows = [(what, each.name, f"{each.package} {each.version}", each.target) for group, what in GROUPS.items()
            for each in plugins(group)]  # fmt: skip
    if rows:
        print_columns(rows)
    else:
        click.echo("プラグインは入っていません")
