r"""JSON as case files hold it, read token by token, so that every value knows its line and one fault costs only itself.

In: a text. Out: `JsonText`: entries as front matter has them (path, value as text, line), lists of maps by their path,
and what was wrong. Nothing is refused: what is not closed ends with the text, a word where a value should stand is kept
as text, a key that stands twice keeps both values. In linear time, without recursion, whatever the text.

>>> read_json('{"a": {"b": ["x", 2]}}').entries[-1]
Entry(path=('a', 'b', '1'), value='2', line=1, raw='')
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from reportkit.sources.front_matter import Entry, Fault

MAX_DEPTH = 20  # deeper keys are not told apart; their values are kept at that depth
MAX_FAULTS = 50  # more of them say nothing new

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r\n\ufeff]+)|(?P<mark>[{}\[\],:])|\"(?P<string>[^\"\\\n]*(?:\\.[^\"\\\n]*)*)(?P<closed>\"?)"
    r"|(?P<word>[^\s{}\[\],:\"\ufeff]+)|(?P<other>.)",
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
_WRITTEN = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonText:
    """What was read. top: the bracket that opens the text, "" when it opens with something else.

    An entry with value None is a key whose value is a map, a list or null; `maps` holds the paths of maps in lists.
    """

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    maps: tuple[tuple[str, ...], ...] = ()
    top: str = ""


@dataclass(slots=True)
class _Level:
    """An open bracket: the path to it, and in a map the key that waits for its value, in a list the next position."""

    bracket: str
    path: tuple[str, ...]
    key: str | None = None
    key_line: int = 0
    position: int = 0
    seen: set[str] = field(default_factory=set)


def looks_like_json(text: str) -> bool:
    """Tell whether the text opens like a JSON map, or a list of maps; Markdown may open with `[` too."""
    start = text[:10_000].lstrip(" \t\r\n\ufeff")
    if start.startswith("{"):
        return start[1:].lstrip(" \t\r\n")[:1] in {'"', "}", ""}
    return start.startswith("[") and start[1:].lstrip(" \t\r\n")[:1] in {"{", "]"}


def unescape(line: str) -> str:
    """Return a line of JSON with its escapes as the characters that they mean, line breaks as blanks."""
    if "\\" not in line:
        return line
    text = _WRITTEN.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPES.get(match[2], match[2]), line)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\n", " ")


def read_json(text: str) -> JsonText:
    """Return every value of the text with its path and line."""
    reader = _Reader(text)
    reader.read()
    return JsonText(tuple(reader.entries), tuple(reader.faults), tuple(reader.maps), reader.top)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self.maps: list[tuple[str, ...]] = []
        self.top = ""
        self.levels: list[_Level] = []
        self.line = 1
        self.ended = False  # the outermost bracket was closed
        self.wants_comma = False

    def read(self) -> None:
        position = 0
        while match := _TOKEN.match(self.text, position):
            position = match.end()
            if (blank := match["blank"]) is not None:
                self.line += blank.count("\n")
                continue
            if (mark := match["mark"]) is not None:
                self._mark(mark)
            elif (string := match["string"]) is not None:
                if not match["closed"]:
                    self._fault("引用符が閉じていません", string)
                self._scalar(self._unescaped(string), quoted=True)
            else:
                self._word(match["word"] or match["other"])
        if self.levels:
            self._fault("括弧が閉じていません。ファイルが途中で切れていないか確かめてください", "")

    def _mark(self, mark: str) -> None:
        if mark in "{[":
            self._open(mark)
        elif mark in "}]":
            self._close(mark)
        elif mark == ",":
            if not self.wants_comma:
                self._fault("コンマの前に値がありません", mark)
            self._without_value()
            self.wants_comma = False

    def _open(self, mark: str) -> None:
        self._expect_comma()
        self.top = self.top or mark
        path = self._path()
        if self.levels:
            if len(path) < MAX_DEPTH and (self.levels[-1].bracket == "{" or mark == "["):
                self._add(path, None, self._line_of_key(), self.levels[-1].key or "")
            if self.levels[-1].bracket == "[" and mark == "{":
                self.maps.append(path)
            self._taken()
        if len(self.levels) == MAX_DEPTH:
            self._fault(f"入れ子が{MAX_DEPTH}段を超えています。その内側はキーの区別なしに読みます", "")
        self.levels.append(_Level(mark, path if len(path) <= MAX_DEPTH else path[:MAX_DEPTH]))
        self.wants_comma = False

    def _close(self, mark: str) -> None:
        if not self.levels:
            self._fault(f"開いていない「{mark}」があります", mark)
            return
        self._without_value()
        level = self.levels.pop()
        if (level.bracket == "{") != (mark == "}"):
            self._fault(f"「{level.bracket}」が「{mark}」で閉じられています", mark)
        self.wants_comma = True
        self.ended = self.ended or not self.levels

    def _word(self, word: str) -> None:
        if word == "null":
            self._scalar(None, word)
        elif word in _NO_NUMBERS:
            self._fault(f"{word} は JSON の値ではありません。値がないものとして扱います", word)
            self._scalar(None, word)
        else:
            if word not in {"true", "false"} and not _NUMBER.fullmatch(word):
                self._fault(f"引用符のない語「{word[:40]}」があります", word)
            self._scalar(word)

    def _scalar(self, value: str | None, word: str = "", *, quoted: bool = False) -> None:
        if not self.levels:
            self._fault("JSON の外に値があります", value or "")
            return
        self._expect_comma()
        level = self.levels[-1]
        if level.bracket == "{" and level.key is None:
            if not quoted:
                self._fault("キーが引用符で囲まれていません", value or "")
            level.key, level.key_line = value or "", self.line
            if level.key in level.seen:
                self._fault(f"キー「{level.key[:40]}」が二度書かれています。最初の値を使います", level.key)
            level.seen.add(level.key)
            return
        self._add(self._path(), value, self.line, word if value is None else "")
        self._taken()
        self.wants_comma = True

    def _expect_comma(self) -> None:
        if self.wants_comma or self.ended:
            self._fault("値の間にコンマがありません" if self.levels else "閉じた JSON の後に文字があります", "")
            self.wants_comma = self.ended = False

    def _path(self) -> tuple[str, ...]:
        if not self.levels:
            return ()
        level = self.levels[-1]
        if len(level.path) >= MAX_DEPTH:
            return level.path
        return (*level.path, level.key if level.key is not None else str(level.position))

    def _line_of_key(self) -> int:
        level = self.levels[-1]
        return level.key_line if level.key is not None else self.line

    def _taken(self) -> None:
        level = self.levels[-1]
        level.key = None
        level.position += 1

    def _without_value(self) -> None:
        """Keep a key that a comma or a bracket follows where its value should stand."""
        if self.levels and self.levels[-1].key is not None:
            self._fault(f"キー「{self.levels[-1].key[:40]}」に値がありません", "")
            self._add(self._path(), None, self._line_of_key(), self.levels[-1].key or "")
            self._taken()

    def _add(self, path: tuple[str, ...], value: str | None, line: int, raw: str = "") -> None:
        self.entries.append(Entry(path, value, line, raw))

    def _unescaped(self, string: str) -> str:
        if "\\" not in string:
            return string
        try:
            value = str(json.loads(f'"{string}"', strict=False))
        except ValueError:
            self._fault("読めないエスケープ（\\）があります", string)
            value = unescape(string)
        return _SURROGATE.sub("\ufffd", value)

    def _fault(self, reason: str, raw: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(self.line, reason, raw[:120], lost=False))
