"""The program `reportkit`: which commands there are, and what becomes of an error.

Every error ends in one message (what, why, how to mend) and an exit code, never in a traceback; `--debug` shows one.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from reportkit import __version__
from reportkit.base.errors import DeliveryError, RenderError, ReportkitError, TemplateError
from reportkit.cli import exits
from reportkit.cli.commands import Group
from reportkit.cli.summaries import SUMMARIES
from reportkit.cli.words import usage_message

# Every command: its module and the name of the click command in it, in the order of `reportkit --help`.
COMMANDS: Mapping[str, str] = {
    "build": "reportkit.cli.documents:build",
    "sector": "reportkit.cli.documents:sector",
    "case": "reportkit.cli.documents:case",
    "plan": "reportkit.cli.plan:plan",
    "explain": "reportkit.cli.plan:explain",
    "watch": "reportkit.cli.watch:watch",
    "list": "reportkit.cli.lists:list_group",
    "show": "reportkit.cli.show:show_group",
    "export": "reportkit.cli.export:export",
    "check": "reportkit.cli.check:check",
    "mail": "reportkit.cli.mail:mail_group",
    "compare": "reportkit.cli.compare:compare",
    "trace": "reportkit.cli.trace:trace",
    "verify": "reportkit.cli.verify:verify",
    "diff": "reportkit.cli.diff:diff",
    "new": "reportkit.cli.new:new_group",
    "init": "reportkit.cli.start:init",
}


class Program(Group):
    """The group of all commands; loads a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in their own order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with one line each, without loading them."""
        rows = []
        for name in COMMANDS:
            command = None if name in SUMMARIES else self.get_command(ctx, name)
            rows.append((name, SUMMARIES[name] if command is None else command.get_short_help_str(200)))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names; raise with the nearest names when there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            from difflib import get_close_matches

            near = get_close_matches(error.command_name, COMMANDS, 3)
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=near, ctx=ctx) from error

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run a command line and end the process with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        code = guarded(lambda: super(Program, self).main(words, *rest, **options), debug="--debug" in words)
        sys.exit(code)


def guarded(run: Callable[[], Any], debug: bool) -> int:
    """Run and return the exit code; print a message for whatever error comes out."""
    try:
        code = run()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return exits.USAGE
    except click.ClickException as error:
        click.echo(usage_message(error), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("中断しました", err=True)
        return exits.INTERRUPTED
    except ReportkitError as error:
        if debug:
            _print_trace()
        for problem in error.problems:
            click.echo(f"エラー：{problem}", err=True)
        return _exit_code(error)
    except Exception as error:  # the last fence: a user never sees a traceback unasked
        if debug:
            _print_trace()
        click.echo(
            f"reportkit の内部で予期しない誤りが起きました（{type(error).__name__}: {error}）\n"
            "→ 同じ命令に --debug を付けて実行し、表示された内容を添えて開発元に知らせてください",
            err=True,
        )
        return exits.FAULT
    return code if isinstance(code, int) else 0


def _exit_code(error: ReportkitError) -> int:
    match error:
        case DeliveryError():
            return exits.DELIVERY
        case TemplateError() | RenderError():
            return exits.FAILED
        case _:
            return exits.USAGE


def _print_trace() -> None:
    import traceback

    click.echo(traceback.format_exc(), err=True)


@click.group(cls=Program)
@click.version_option(__version__, "--version", prog_name="reportkit", help="版を表示します")
def cli() -> None:
    """事例と調査の資料から、業界別・事例別の Word 報告書を作ります。

    \b
    例：
      reportkit build                   すべての業界・事例と概観を out/ に作る
      reportkit sector 金融・保険 医療  一部の業界だけ作る
      reportkit check                   資料のおかしな点を調べる
    """


def main() -> None:
    """Run the program; the entry point behind `reportkit_briefings`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows a question mark instead
            stream.reconfigure(errors="replace")
    cli(prog_name="reportkit")
