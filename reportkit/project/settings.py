"""The settings of a project: `reportkit.toml` in the current folder, every key optional.

    seeds = "seeds"              # folder with the sources
    out = "out"                  # folder for the documents
    templates = "templates"      # own sections, briefing kinds and base.docx; they go before the built-in ones
    organisation = "…"           # printed on the cover and in the footer
    charts = "native"            # or "picture"
    date = 2026-04-01            # issue date; without it the newest date in the sources
    issue = 1                    # issue number
    edition = "reader"           # or "review": what the checks found as comments, in files of their own
    footnotes = true             # short sources at the foot of the page for numbers in prose

Paths are relative to the file. All faults are reported at once.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from reportkit.base.errors import Problem, ProjectError

FILE_NAME = "reportkit.toml"
TODAY = ("today", "今日")
Charts = Literal["native", "picture"]
Edition = Literal["reader", "review"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how documents are to look.

    templates: the project's own template folder; it need not exist.
    folder: the project itself, where `reportkit.toml` stands and `.reportkit/` is kept.
    date: ISO date of issue, or None for the newest date in the sources.
    footnotes: None = for readers only.
    edition: "review" puts what the checks found beside the numbers, for those who check a document.
    """

    seeds: Path
    out: Path
    templates: Path
    organisation: str = ""
    charts: Charts = "native"
    date: str | None = None
    issue: int = 1
    footnotes: bool | None = None
    edition: Edition = "reader"
    folder: Path = field(default=Path(), compare=False)

    @property
    def has_footnotes(self) -> bool:
        """Tell whether numbers in prose get footnotes.

        Not in a review edition unless asked for: LibreOffice 7.4 puts notes under the wrong numbers when a file has
        comments as well.
        """
        return self.edition == "reader" if self.footnotes is None else self.footnotes

    def with_options(self, **options: Any) -> Settings:
        """Return the settings with what the command line says put in their place; None says nothing."""
        return replace(self, **{name: value for name, value in options.items() if value is not None})


def read_settings(folder: Path) -> Settings:
    """Return the settings of the project in `folder`; the defaults when it has no `reportkit.toml`.

    Raises `ProjectError` with every fault of the file: key or line, what is wrong, how to mend it.
    """
    path = folder / FILE_NAME
    defaults = Settings(seeds=folder / "seeds", out=folder / "out", templates=folder / "templates", folder=folder)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return defaults
    except (OSError, UnicodeDecodeError) as error:
        fix = "UTF-8 のテキストファイルとして保存し、読み取り権限を確かめてください"
        raise ProjectError(Problem(f"設定ファイルを読めません（{error}）", fix, str(path))) from error
    import tomllib  # a project without settings does not wait for it

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f"{path}:{line.group(1)}" if line else str(path)
        raise ProjectError(
            Problem(f"TOML として読めません（{error}）", "その行の書き方を直してください", place)
        ) from error
    return _settings(table, defaults, folder, lambda key: _place(path, text, key))


def read_date(text: str, today: Callable[[], datetime.date] = datetime.date.today) -> str:
    """Return an ISO date from `2026-04-01` or from `today`, the one way to ask for the clock.

    Raises `ValueError` when the text is neither.
    """
    if text.strip() in TODAY:
        return today().isoformat()
    return datetime.date.fromisoformat(text.strip()).isoformat()


def _settings(table: dict[str, Any], defaults: Settings, folder: Path, place: Callable[[str], str]) -> Settings:
    problems: list[Problem] = []
    known: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            near = difflib.get_close_matches(key, _READERS, 1)
            fix = f"「{near[0]}」ではありませんか" if near else f"使える設定：{'、'.join(_READERS)}"
            problems.append(Problem(f"「{key}」という設定はありません", fix, place(key)))
            continue
        try:
            known[key] = _READERS[key](value, folder)
        except ValueError as error:
            problems.append(Problem(f"「{key}」の値 {_shown(value)} は使えません", str(error), place(key)))
    if problems:
        raise ProjectError(problems)
    return replace(defaults, **known)


def _shown(value: object) -> str:
    return f"「{value}」" if isinstance(value, str | int | float | bool) else f"（{type(value).__name__}）"


def _place(path: Path, text: str, key: str) -> str:
    pattern = re.compile(rf"""\s*\[*["']?{re.escape(key)}["']?\s*[\].=]""")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.match(line):
            return f"{path}:{number}"
    return str(path)


def _folder(value: object, folder: Path) -> Path:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError('フォルダー名を "seeds" のように引用符で囲んで書いてください')
    return folder / Path(value).expanduser()


def _words(value: object, _folder: Path) -> str:
    if not isinstance(value, str):
        raise ValueError("文字列を引用符で囲んで書いてください")
    return value


def _charts(value: object, _folder: Path) -> Charts:
    match value:
        case "native" | "picture":
            return value
        case _:
            raise ValueError('"native"（Word で編集できるグラフ）か "picture"（画像）を指定してください')


def _edition(value: object, _folder: Path) -> Edition:
    match value:
        case "reader" | "review":
            return value
        case _:
            raise ValueError('"reader"（読者向け）か "review"（指摘をコメントで示す校閲版）を指定してください')


def _date(value: object, _folder: Path) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    try:
        return read_date(value) if isinstance(value, str) else _refuse()
    except ValueError:
        raise ValueError('2026-04-01 の形で書いてください（"today" は実行した日）') from None


def _refuse() -> str:
    raise ValueError


def _switch(value: object, _folder: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true か false を引用符なしで書いてください")
    return value


def _issue(value: object, _folder: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("1 以上の整数を書いてください")
    return value


_READERS: dict[str, Callable[[object, Path], Any]] = {
    "seeds": _folder,
    "out": _folder,
    "templates": _folder,
    "organisation": _words,
    "charts": _charts,
    "date": _date,
    "issue": _issue,
    "footnotes": _switch,
    "edition": _edition,
}
