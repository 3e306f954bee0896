"""Front matter: the part of YAML that case files use, read line by line, so that one bad line costs only itself.

In: the lines of a document. Out: `FrontMatter` with entries that know their lines, and what was wrong. Scalars stay
text (an `employees: 2100` is "2100": what it means is for the reader of the field); nested maps, lists, flow lists,
quoted scalars, comments and folded blocks are read. Tags, anchors and aliases are only text: nothing is ever executed
or expanded, and depth and size are bounded.

>>> front_matter = read_front_matter(["---", "case_id: 863", "---", "# 本文"])
>>> front_matter.text("case_id"), front_matter.body_index
('863', 3)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

MAX_LINES = 2000
MAX_DEPTH = 20
_BLANK_LINES = 8  # that may stand above it

_KEY = re.compile(
    r"(?P<key>\"[^\"]*\"[ \t]*|'[^']*'[ \t]*|[^\s#:\[\]{},\"'|>&*!%@`-][^:#\[\]{}]*|-[^\s:][^:#]*):(?:[ \t]+|$)"
)
_BODY_STARTS = ("## ", "### ", "|", "```")  # lines that front matter never holds
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "0": "\0", "r": "\r", " ": " "}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_BLOCK = re.compile(r"([|>])[+-]?[0-9]?[ \t]*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: the keys that lead to it (list positions as "0", "1" ...), the value as text, and its line.

    value is None for an empty value or `null`. raw is the line as written, for a line that could not be read.
    """

    path: tuple[str, ...]
    value: str | None
    line: int
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that could not be read, or was read with an assumption, and why (Japanese)."""

    line: int
    reason: str
    raw: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What was read. `body_index` is the index of the first line after the front matter; 0 when there is none."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    body_index: int = 0
    _stated: dict[tuple[str, ...], Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        stated: dict[tuple[str, ...], Entry] = {}
        for entry in self.entries:
            if entry.value is not None:
                stated.setdefault(entry.path, entry)
        object.__setattr__(self, "_stated", stated)

    def entry(self, *path: str) -> Entry | None:
        """Return the first entry with that path that has a value, or None."""
        return self._stated.get(path)

    def text(self, *path: str) -> str | None:
        """Return the value at that path, or None."""
        entry = self.entry(*path)
        return None if entry is None else entry.value

    def texts(self, *path: str) -> tuple[str, ...]:
        """Return the values of the list at that path, or the single value that stands there."""
        depth = len(path)
        return tuple(
            entry.value
            for entry in self.entries
            if entry.path[:depth] == path and len(entry.path) <= depth + 1 and entry.value is not None
        )


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter that a `---` on the first line opens; without one, return an empty `FrontMatter`.

    Front matter that is never closed ends before the first line that cannot belong to it, with a fault.
    """
    top = next((index for index in range(min(len(lines), _BLANK_LINES)) if lines[index].strip()), 0)
    if not lines or lines[top].rstrip() != "---":
        return FrontMatter()
    if top:  # below blank lines it may as well be a rule
        found = read_front_matter(lines[top:])
        return (
            _moved(found, top)
            if found.entries and lines[top + found.body_index - 1].rstrip() == "---"
            else FrontMatter()
        )
    end, closed = _find_end(lines)
    reader = _Reader(lines[1:end], 2)
    reader.read()
    if not closed:
        reader.faults.append(Fault(1, "front matter を閉じる --- がありません", lines[0], lost=False))
    return FrontMatter(tuple(reader.entries), tuple(reader.faults), end + 1 if closed else end)


def _moved(found: FrontMatter, lines: int) -> FrontMatter:
    """Return front matter that begins so many lines further down."""
    return FrontMatter(
        tuple(replace(entry, line=entry.line + lines) for entry in found.entries),
        tuple(replace(fault, line=fault.line + lines) for fault in found.faults),
        found.body_index + lines,
    )


def _find_end(lines: Sequence[str]) -> tuple[int, bool]:
    """Return the index of the closing line, or of the first line of the body when the front matter is not closed."""
    for index in range(1, min(len(lines), MAX_LINES)):
        line = lines[index].rstrip()
        if line in {"---", "..."}:
            return index, True
        if line.startswith(_BODY_STARTS):
            break
    last = 1
    for index in range(1, min(len(lines), MAX_LINES)):
        line = lines[index].strip()
        if lines[index].startswith((*_BODY_STARTS, "- **")) or (line and not _may_be_yaml(line)):
            break
        if line and not line.startswith("#"):
            last = index + 1
    return last, False


def _may_be_yaml(line: str) -> bool:
    return line.startswith(("#", "- ")) or _KEY.match(line) is not None


@dataclass(slots=True)
class _Level:
    indent: int
    path: tuple[str, ...]
    items: int = 0  # how many list items stand at this level
    is_list: bool = False


@dataclass(slots=True)
class _Reader:
    lines: Sequence[str]
    first_line: int
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=lambda: [_Level(-1, ())])
    block: tuple[int, str, list[str], tuple[str, ...], int] | None = None  # indent, style, lines, path, line
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def read(self) -> None:
        for index, raw in enumerate(self.lines):
            number = self.first_line + index
            if self.block is not None and self._in_block(raw):
                continue
            stripped = raw.strip()
            if not stripped or stripped.startswith("#"):
                continue
            indent = len(raw) - len(raw.lstrip(" "))
            if raw.lstrip(" ").startswith("\t"):
                self._fault(number, "字下げにタブが使われています", raw, lost=False)
                indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip(" "))
            self._line(stripped, indent, number, raw)
        self._close_block()

    def _in_block(self, raw: str) -> bool:
        assert self.block is not None
        indent = len(raw) - len(raw.lstrip(" "))
        if not raw.strip() or indent > self.block[0]:
            self.block[2].append(raw.strip())
            return True
        self._close_block()
        return False

    def _close_block(self) -> None:
        if self.block is None:
            return
        _, style, lines, path, number = self.block
        self.block = None
        text = ("\n" if style == "|" else " ").join(lines).strip()
        self._add(path, text, number, "")

    def _line(self, stripped: str, indent: int, number: int, raw: str) -> None:
        is_item = stripped == "-" or stripped.startswith("- ")
        parent = self._parent(indent, is_item)
        if len(parent.path) >= MAX_DEPTH:
            self._fault(number, f"入れ子が{MAX_DEPTH}段を超えています", raw)
            return
        if is_item:
            path = (*parent.path, str(parent.items))
            parent.items += 1
            rest = stripped[1:].lstrip()
            offset = indent + len(stripped) - len(rest)
            if rest and (match := _KEY.match(rest)) is not None and rest[0] not in "\"'[{":
                self.levels.append(_Level(offset, path))
                self._pair(match, rest, (*path,), offset, number, raw)
            elif rest:
                self._value(rest, path, offset, number, raw)
            else:
                self.levels.append(_Level(indent + 1, path))
            return
        match = _KEY.match(stripped)
        if match is None:
            self._fault(number, "「キー: 値」の形ではありません", raw)
            return
        self._pair(match, stripped, parent.path, indent, number, raw)

    def _parent(self, indent: int, is_item: bool) -> _Level:
        """Return the level that a line of this indent belongs to, closing the deeper ones."""
        while len(self.levels) > 1 and (
            self.levels[-1].indent > indent
            or (self.levels[-1].is_list and self.levels[-1].indent == indent and not is_item)
        ):
            self.levels.pop()
        top = self.levels[-1]
        if is_item and not top.is_list:
            # a list may stand at the indent of its key, or deeper
            pending = self.pending
            level = _Level(indent, pending if pending is not None else top.path, is_list=True)
            self.levels.append(level)
            return level
        return top

    @property
    def pending(self) -> tuple[str, ...] | None:
        """The path of the key that was just opened without a value."""
        last = self.entries[-1] if self.entries else None
        return last.path if last is not None and last.value is None else None

    def _pair(
        self, match: re.Match[str], text: str, parent: tuple[str, ...], indent: int, number: int, raw: str
    ) -> None:
        key = match["key"].strip()
        if len(key) > 1 and key[0] == key[-1] and key[0] in "\"'":
            key = key[1:-1]
        if self.levels[-1].indent < indent:
            # a deeper line belongs to the key above that has no value of its own
            pending = self.pending
            if pending is not None and len(self.levels) > 0:
                parent = pending
            self.levels.append(_Level(indent, parent))
        path = (*parent, key)
        if path in self.seen:
            self._fault(number, f"キー「{key}」が二度書かれています。最初の値を使います", raw, lost=False)
        self.seen.add(path)
        self._value(text[match.end() :].strip(), path, indent, number, raw)

    def _value(self, text: str, path: tuple[str, ...], indent: int, number: int, raw: str) -> None:
        if block := _BLOCK.fullmatch(text):
            self.block = (indent, block[1], [], path, number)
            return
        if text[:1] in "[{" and text:
            self._flow(text, path, number, raw)
            return
        value, problem = read_scalar(text)
        if problem:
            self._fault(number, problem, raw)
            self.entries.append(Entry(path, None, number, raw))
            return
        self._add(path, value, number, raw)

    def _flow(self, text: str, path: tuple[str, ...], number: int, raw: str) -> None:
        values = read_flow(text)
        if values is None:
            self._fault(number, "角括弧・波括弧の並びが閉じていないか、深すぎます", raw)
            self.entries.append(Entry(path, None, number, raw))
            return
        for inner, value in values:
            self.entries.append(Entry((*path, *inner), value, number))

    def _add(self, path: tuple[str, ...], value: str | None, number: int, raw: str) -> None:
        self.entries.append(Entry(path, value, number, "" if value is not None else raw))

    def _fault(self, number: int, reason: str, raw: str, *, lost: bool = True) -> None:
        self.faults.append(Fault(number, reason, raw, lost))


def read_scalar(text: str) -> tuple[str | None, str]:
    """Return the value of a scalar as text (None for null) and "", or None and the reason why it cannot be read."""
    if text[:1] in {'"', "'"}:
        match = (_DOUBLE if text[0] == '"' else _SINGLE).match(text)
        if match is None:
            return None, "引用符が閉じていません"
        rest = text[match.end() :].strip()
        if rest and not rest.startswith("#"):
            return None, f"引用符の後に余分な文字「{rest[:40]}」があります"
        if text[0] == "'":
            return match[1].replace("''", "'"), ""
        return _ESCAPE.sub(_unescape, match[1]), ""
    plain = text if " #" not in text and not text.startswith("#") else _without_comment(text)
    return (None if plain in _NULLS else plain), ""


def _without_comment(text: str) -> str:
    if text.startswith("#"):
        return ""
    return text[: text.index(" #")].rstrip()


def _unescape(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        code = int(match[1] or match[2], 16)
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    return _ESCAPES.get(match[3], match.group())


def read_flow(text: str) -> list[tuple[tuple[str, ...], str | None]] | None:
    """Return the scalars of a flow list or map with the keys or positions that lead to them; None when malformed."""
    results: list[tuple[tuple[str, ...], str | None]] = []
    stack: list[tuple[str, list[str], int]] = []  # bracket, current key path of the level, position
    path: list[str] = []
    position = 0
    while position < len(text):
        char = text[position]
        if char in " \t,":
            position += 1
        elif char in "[{":
            if len(stack) >= MAX_DEPTH:
                return None
            if stack and stack[-1][0] == "[":
                path.append(str(stack[-1][2]))
                stack[-1] = (stack[-1][0], stack[-1][1], stack[-1][2] + 1)
            stack.append((char, list(path), 0))
            position += 1
        elif char in "]}":
            if not stack or (stack[-1][0] == "[") != (char == "]"):
                return None
            stack.pop()
            path = list(stack[-1][1]) if stack else []
            position += 1
            if not stack:
                rest = text[position:].strip()
                return results if not rest or rest.startswith("#") else None
        else:
            token, position = _flow_token(text, position, in_map=stack[-1][0] == "{" and len(path) == len(stack[-1][1]))
            if token is None:
                return None
            bracket, base, count = stack[-1]
            if bracket == "{" and len(path) == len(base):
                path.append(token)
                position = _after_colon(text, position)
                if text[position : position + 1] in {",", "}", ""}:
                    results.append((tuple(path), None))
                    path = list(base)
            else:
                inner = (*path, str(count)) if bracket == "[" else tuple(path)
                results.append((inner, read_scalar(token)[0] if token[:1] not in "\"'" else token[1:-1]))
                stack[-1] = (bracket, base, count + 1)
                path = list(base)
    return None


def _after_colon(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t:":
        position += 1
    return position


def _flow_token(text: str, position: int, *, in_map: bool) -> tuple[str | None, int]:
    """Return one scalar (quotes kept unless it is a key) and the position after it."""
    if text[position] in "\"'":
        match = (_DOUBLE if text[position] == '"' else _SINGLE).match(text, position)
        if match is None:
            return None, position
        return (match[1] if in_map else match.group()), match.end()
    end = position
    stops = ",]}[{:" if in_map else ",]}"
    while end < len(text) and text[end] not in stops:
        end += 1
    token = text[position:end].strip()
    return (token if token or not in_map else None), max(end, position + (0 if token else 1))
