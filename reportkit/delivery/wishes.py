"""What somebody wants to get: the fields that people, groups and whole lists share, read from any of the three.

In: raw fields of TOML or of a table's row. Out: `Wishes`, where None means that another level decides.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reportkit.base.errors import Problem
from reportkit.delivery.mailing import EDITIONS, FILE_KINDS, LANGUAGES, WHENS, Edition, FileKind, Language, When

KEYS = ("subjects", "edition", "language", "files", "when", "honorific")

# Words of tables and of people for our own names.
_WORDS: Mapping[str, str] = {
    "読者": "reader", "読者版": "reader", "配布": "reader", "配布版": "reader", "確認": "review", "確認版": "review",
    "レビュー": "review", "レビュー版": "review", "校閲": "review", "日本語": "ja", "和文": "ja", "英語": "en",
    "英文": "en", "japanese": "ja", "english": "en", "word": "docx", "ワード": "docx", "変更時": "changed",
    "変更があれば": "changed", "変更時のみ": "changed", "変わったとき": "changed", "毎号": "always", "毎回": "always",
    "常に": "always", "必ず": "always",
}  # fmt: skip
_SEPARATORS = re.compile(r"[,，、;；|｜\n]+")
_MOST_HONORIFIC = 20

Word = TypeVar("Word", bound=str)

# key, value -> where it stands, for messages
PlaceOf = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Wishes:
    """subjects: as typed, with the place of each; other fields None when not said."""

    subjects: tuple[tuple[str, str], ...] = ()
    edition: Edition | None = None
    language: Language | None = None
    files: tuple[FileKind, ...] | None = None
    when: When | None = None
    honorific: str | None = None


def read_wishes(fields: Mapping[str, object], place: PlaceOf, problems: list[Problem]) -> Wishes:
    """Return what the fields say; adds to `problems` what cannot be used."""
    files = _words(fields, "files", place, problems)
    chosen = None
    if files:
        kinds = [_one_of(word, FILE_KINDS, "files", place, problems) for word in files]
        chosen = tuple(kind for kind in FILE_KINDS if kind in kinds) or None
    return Wishes(
        subjects=tuple((word, place("subjects", word)) for word in _words(fields, "subjects", place, problems)),
        edition=_choice(fields, "edition", EDITIONS, place, problems),
        language=_choice(fields, "language", LANGUAGES, place, problems),
        files=chosen,
        when=_choice(fields, "when", WHENS, place, problems),
        honorific=_honorific(fields, place, problems),
    )


def names(fields: Mapping[str, object], key: str, place: PlaceOf, problems: list[Problem]) -> tuple[str, ...]:
    """Return a list of words: a TOML list, or one text with commas (、，；also) between."""
    return _words(fields, key, place, problems)


def near(name: str, known: Iterable[str], most: int = 12) -> str:
    """Return a hint: the nearest of the known names, or all of them."""
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(name, names, 3, 0.5)
    if close:
        return f"「{'」「'.join(close)}」ではありませんか"
    rest = f" ほか {len(names) - most} 件" if len(names) > most else ""
    return f"使える名前：{'、'.join(names[:most])}{rest}" if names else "使える名前はありません"


def _words(fields: Mapping[str, object], key: str, place: PlaceOf, problems: list[Problem]) -> tuple[str, ...]:
    value = fields.get(key)
    if value is None or value == "":
        return ()
    parts: list[str]
    if isinstance(value, str):
        parts = _SEPARATORS.split(value)
    elif isinstance(value, list) and all(isinstance(each, str) for each in value):
        parts = value
    else:
        fix = f'{key} = ["…", "…"] の形で書いてください'
        problems.append(Problem(f"「{key}」は文字列の一覧にしてください", fix, place(key, "")))
        return ()
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _choice(
    fields: Mapping[str, object], key: str, known: Sequence[Word], place: PlaceOf, problems: list[Problem]
) -> Word | None:
    value = fields.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        problems.append(
            Problem(f"「{key}」は文字列にしてください", f"次のいずれか：{'、'.join(known)}", place(key, ""))
        )
        return None
    return _one_of(value, known, key, place, problems)


def _one_of(word: str, known: Sequence[Word], key: str, place: PlaceOf, problems: list[Problem]) -> Word | None:
    tidy = word.strip().casefold()
    found = _WORDS.get(tidy, tidy)
    if found in known:
        return known[known.index(found)]
    what = f"「{key}」に「{word[:80]}」は使えません"
    problems.append(Problem(what, f"次のいずれかにしてください：{'、'.join(known)}", place(key, word)))
    return None


def _honorific(fields: Mapping[str, object], place: PlaceOf, problems: list[Problem]) -> str | None:
    value = fields.get("honorific")
    if value is None:
        return None
    if not isinstance(value, str) or "\n" in value or "\r" in value or len(value) > _MOST_HONORIFIC:
        fix = '"様" のような短い一行の文字列にしてください'
        problems.append(Problem("「honorific」（敬称）の値が使えません", fix, place("honorific", "")))
        return None
    return value.strip()
