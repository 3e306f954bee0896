"""Commands and groups that speak Japanese, and the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reportkit.cli.words import JapaneseFormatter

if TYPE_CHECKING:
    from reportkit.project.settings import Settings

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SEVERITY_WORDS = {"error": "エラー", "warning": "警告", "note": "注記"}

_DEBUG = "reportkit.debug"
_HELP = "この説明を表示します"


class JapaneseContext(click.Context):
    """A context whose help has Japanese headings."""

    formatter_class = JapaneseFormatter


class Command(click.Command):
    """A command with Japanese help and the option `--debug`, which `main` looks for."""

    context_class = JapaneseContext

    def __init__(self, *names: Any, **options: Any) -> None:
        super().__init__(*names, **options)
        help_text = "内部の誤りのときに詳しい経過を表示します"
        self.params.append(
            click.Option(["--debug"], is_flag=True, expose_value=False, callback=_note_debug, help=help_text)
        )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help` with its Japanese text."""
        return _in_japanese(super().get_help_option(ctx))


class Group(click.Group):
    """A group of such commands."""

    context_class = JapaneseContext
    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they were written."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help` with its Japanese text."""
        return _in_japanese(super().get_help_option(ctx))


class OneOf(click.Choice[str]):
    """A choice whose error names what can be chosen, in Japanese."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return the message for a value that is not among the choices."""
        return f"「{value}」ではなく、次のいずれかを指定してください：{'、'.join(map(str, self.choices))}"


class IssueDate(click.ParamType[str]):
    """An ISO date, or today."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the date as ISO text."""
        from reportkit.project.settings import read_date

        try:
            return read_date(str(value))
        except ValueError:
            self.fail(f"「{value}」ではなく 2026-04-01 の形か today を指定してください", param, ctx)


_FOLDER = click.Path(path_type=Path)


def seeds_option(command: Decorated) -> Decorated:
    """Add `--seeds`: the folder that is read."""
    return click.option(
        "--seeds", type=_FOLDER, metavar="DIR", envvar="REPORTKIT_SEEDS", help="資料のフォルダー（省くと seeds）"
    )(command)


def out_option(command: Decorated) -> Decorated:
    """Add `--out`: the folder that is written."""
    return click.option(
        "--out", type=_FOLDER, metavar="DIR", envvar="REPORTKIT_OUT", help="文書を置くフォルダー（省くと out）"
    )(command)


def look_options(command: Decorated) -> Decorated:
    """Add what changes the look of documents: charts, date, organisation, footnotes, edition."""
    for option in (
        click.option("--organisation", metavar="NAME", help="表紙に載せる発行元"),
        click.option(
            "--date", type=IssueDate(), metavar="YYYY-MM-DD", help="発行日（省くと資料の最も新しい日付、today は今日）"
        ),
        click.option(
            "--charts",
            type=OneOf(["native", "picture"]),
            help="native は Word で編集できるグラフ、picture は画像（省くと native）",
        ),
        click.option(
            "--issue",
            type=click.IntRange(min=1),
            metavar="N",
            help="号数（省くと 1）。2 以上なら前の号を out/issues に残し、何が変わったかを示す",
        ),
        click.option(
            "--edition",
            type=OneOf(["reader", "review"]),
            help="review は点検の指摘を数値のコメントで示す校閲版（NAME.review.docx。省くと reader）",
        ),
        click.option(
            "--footnotes/--no-footnotes",
            default=None,
            help="本文の数値に出典の脚注を付けるか（省くと読者向けにだけ付ける）",
        ),
    ):
        command = option(command)
    return command


def settings_with(**options: Any) -> Settings:
    """Return the settings of the current folder with the options of the command line in their place."""
    from reportkit.project.settings import read_settings

    return read_settings(Path()).with_options(**options)


def severity_count(severities: Iterable[str]) -> str:
    """Return a count by severity: `57 件（エラー 3、警告 30、注記 24）`."""
    counts = dict.fromkeys(SEVERITY_WORDS, 0)
    for severity in severities:
        counts[severity] += 1
    parts = "、".join(f"{SEVERITY_WORDS[severity]} {count}" for severity, count in counts.items() if count)
    total = sum(counts.values())
    return f"{total} 件（{parts}）" if parts else f"{total} 件"


def debugging() -> bool:
    """Tell whether the running command has `--debug`."""
    return bool(click.get_current_context().meta.get(_DEBUG))


def _note_debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[_DEBUG] = value


def _in_japanese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = _HELP
    return option
