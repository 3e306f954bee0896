"""Mailing lists written for tests. All people are 架空."""

from __future__ import annotations

from pathlib import Path

from reportkit.base.errors import Problem, ProjectError, ViewError
from reportkit.delivery.lists import read_mailing_list
from reportkit.delivery.mailing import MailingList

KNOWN = {"医療": "sector/医療", "sector:医療": "sector/医療", "金融・保険": "sector/金融・保険", "overview": "overview"}


def resolve(word: str) -> tuple[str, ...]:
    """Resolve as the project does, over three subjects."""
    if word == "tag:all":
        return tuple(dict.fromkeys(KNOWN.values()))
    if word not in KNOWN:
        raise ViewError(Problem(f"対象「{word}」は見つかりません", "もしかして：医療"))
    return (KNOWN[word],)


HEAD = 'from = "架空総研 <report@example.jp>"\n'


def write_list(folder: Path, text: str, name: str = "mail.toml") -> Path:
    """Write a list and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> MailingList:
    """Write and read a list."""
    return read_mailing_list(write_list(folder, text), resolve)


def faults(folder: Path, text: str) -> list[str]:
    """Return the problems of a list, without the folder."""
    try:
        read(folder, text)
    except ProjectError as error:
        return [str(problem).replace(str(folder) + "/", "") for problem in error.problems]
    return []
