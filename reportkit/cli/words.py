"""The program's own words in Japanese: headings of `--help`, and what is wrong with a command line."""

from __future__ import annotations

import click

_HEADINGS = {"Options": "オプション", "Commands": "コマンド"}


class JapaneseFormatter(click.HelpFormatter):
    """Click's help with Japanese headings."""

    def write_heading(self, heading: str) -> None:
        """Write a heading in Japanese."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, "使い方：" if prefix is None else prefix)


def usage_message(error: click.ClickException) -> str:
    """Return one Japanese message: what is wrong with the command line, and where to read more."""
    message = _what(error)
    context = getattr(error, "ctx", None)
    return f"エラー：{message} → 使い方は {context.command_path if context else 'reportkit'} --help"


def _what(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return f"オプション「{name}」はありません{_perhaps(near)}"
        case click.MissingParameter(param=param):
            kind = "引数" if isinstance(param, click.Argument) else "オプション"
            return f"{kind}「{_name_of(param)}」が必要です"
        case click.BadParameter(param=param, message=text):
            return f"「{_name_of(param)}」の値が使えません：{text}"
        case click.FileError(ui_filename=name, message=text):
            return f"ファイル「{name}」を開けません（{text}）"
        case click.exceptions.NoSuchCommand(command_name=name, possibilities=near):
            return f"コマンド「{name}」はありません{_perhaps(near)}"
        case click.BadOptionUsage(option_name=name):
            return f"オプション「{name}」の使い方が違います（値が要るか、値を取らないオプションです）"
        case click.UsageError(message=text) if text.startswith("Got unexpected extra argument"):
            return f"余分な引数があります：{text.partition('(')[2].rstrip(').')}"
        case _:
            return error.format_message()


def _perhaps(near: object) -> str:
    return f"（もしかして：{'、'.join(map(str, near))}）" if isinstance(near, list | tuple) and near else ""


def _name_of(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.human_readable_name if isinstance(param, click.Argument) else param.opts[0]
