"""Where templates live: several folders, looked through in order, file by file.

The first folder is the user's own; a file of the same name there replaces the built-in one, and only that one.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportkit.base.errors import Problem, TemplateError

SECTION_SUFFIX = ".md.j2"


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template that was found: its name (`sections/case/profile.md.j2`), the file it stands in, and its text."""

    name: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class TemplateFolders:
    """Folders with `sections/<kind>/*.md.j2` and `briefings/<kind>.toml`; earlier folders win.

    Folders that do not exist are passed over, so that a project without overrides needs no empty folder.
    """

    folders: tuple[Path, ...]

    def find(self, name: str) -> Path | None:
        """Return the file that stands for `name` (forward slashes, relative), or None."""
        parts = name.split("/")
        if any(part in {"", ".", ".."} or os.sep in part or (os.altsep or os.sep) in part for part in parts):
            return None
        for folder in self.folders:
            path = os.path.join(folder, *parts)  # noqa: PTH118 -- asked for every section of every briefing
            if os.path.isfile(path):  # noqa: PTH113
                return Path(path)
        return None

    def read(self, name: str) -> TemplateFile:
        """Return the template called `name`.

        Raises `TemplateError` when no folder has it (with the nearest known name), or when it is not UTF-8.
        """
        path = self.find(name)
        if path is None:
            raise TemplateError(self._missing(name))
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise TemplateError(
                Problem("テンプレートが UTF-8 ではありません", "UTF-8 で保存し直してください", str(path))
            ) from error
        except OSError as error:
            raise TemplateError(
                Problem(
                    f"テンプレートを読めません（{error.strerror or error}）",
                    "ファイルの権限を確かめてください",
                    str(path),
                )
            ) from error
        return TemplateFile(name, path, text.replace("\r\n", "\n").replace("\r", "\n"))

    def names(self, under: str, suffix: str) -> tuple[str, ...]:
        """Return the names of all templates below the folder `under` that end in `suffix`, sorted, each once."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in folder.joinpath(*under.split("/")).rglob(f"*{suffix}")
            if path.is_file()
        }
        return tuple(sorted(found))

    def section_names(self, kind: str) -> tuple[str, ...]:
        """Return the names of the sections of a briefing kind, as its TOML lists them (`profile`)."""
        under = f"sections/{kind}"
        names = self.names(under, SECTION_SUFFIX)
        return tuple(name.removeprefix(f"{under}/").removesuffix(SECTION_SUFFIX) for name in names)

    def _missing(self, name: str) -> Problem:
        under = name.rpartition("/")[0] or "."
        suffix = SECTION_SUFFIX if name.endswith(SECTION_SUFFIX) else ".toml"
        places = "、".join(str(folder) for folder in self.folders) or "なし"
        return Problem(
            f"テンプレート「{name}」がありません（探した場所：{places}）",
            f"名前を確かめるか、ファイルを作ってください。{nearest(name, self.names(under, suffix))}",
        )


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a Japanese hint: the known name most like `name`, and the list of known names."""
    names = sorted(known)
    if not names:
        return "使える名前はありません"
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"「{close[0]}」のことですか。" if close else ""
    return f"{hint}使える名前：{'、'.join(names)}"
