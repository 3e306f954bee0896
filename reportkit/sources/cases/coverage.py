"""How much of a case file is in the model: under a known section, under その他, and nowhere.

In: the text of a file and the cases that were read from it. Out: `Coverage`, in characters of words. Blanks and the
marks of Markdown and YAML (`#`, `|`, `*`, quotes, list numbers, table rules) are no words and do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportkit.corpus.case import Case, Section
from reportkit.sources.json_text import looks_like_json, unescape
from reportkit.sources.outline import CHECK_BOX, ITEM_MARK

_SYNTAX = r"\s*#|`>\[\]()_~:：\"',\-\\{}<"
_WORD = re.compile(f"[^{_SYNTAX}]+")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_LIST_MARK = re.compile(rf"(?:>[ \t>]*)?(?:{ITEM_MARK.pattern}|[-*+•・][ \t]*)(?:{CHECK_BOX.pattern})?")
_MISSES = 64  # words of one line that may be looked for all over the line; a longer line is compared by its words


@dataclass(frozen=True, slots=True)
class LostLine:
    """A line of the file with words that are in no case: its number, and the words."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters of words: under a known section, under その他, and nowhere; and the lines that lost some."""

    known: int
    other: int
    nowhere: int
    lost: tuple[LostLine, ...] = ()

    @property
    def total(self) -> int:
        """Return all characters of words in the file."""
        return self.known + self.other + self.nowhere


def cover(text: str, cases: Sequence[Case]) -> Coverage:
    """Return what of the text stands in the cases on the line where it was written.

    Titles, front matter and its comments count as known; a section of kind "other" counts as その他.
    """
    known, other = _held(cases)
    counts = [0, 0, 0]
    lost: list[LostLine] = []
    is_json = looks_like_json(text)
    for number, line in enumerate(text.split("\n"), 1):
        words = words_of(unescape(line) if is_json else line)
        if not words:
            continue
        total = _length(words)
        held = known.get(number, ()), other.get(number, ())
        missing, left = _missing(words, *(map(_with_escapes, held) if is_json else held))
        counts[0] += total - _length(missing)
        counts[1] += _length(missing) - _length(left)
        counts[2] += _length(left)
        if left:
            lost.append(LostLine(number, " ".join(left)))
    return Coverage(counts[0], counts[1], counts[2], tuple(lost))


def _missing(words: list[str], known: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that no known section holds, and those of them that その他 does not hold either."""
    missing = words_missing(words, known)
    return missing, words_missing(missing, other) if missing else missing


def _with_escapes(texts: Sequence[str]) -> list[str]:
    """Return the texts, and once more what escapes mean in those that were kept as written: faulty lines of JSON."""
    return [*texts, *(unescape(text) for text in texts if "\\" in text)]


def words_of(line: str) -> list[str]:
    """Return the words of a source line without marks of Markdown and YAML."""
    stripped = _BREAK.sub(" ", line.strip()) if "<" in line else line.strip()
    return _WORD.findall(_LIST_MARK.sub("", stripped, count=1) if _LIST_MARK.match(stripped) else stripped)


def words_missing(words: list[str], held: Iterable[str]) -> list[str]:
    """Return the words that stand in none of the held texts; in time linear to both."""
    tokens = [word for text in held for word in _WORD.findall(text)]
    have = "".join(tokens)
    if not have:
        return words
    if "".join(words) in have:
        return []
    missing: list[str] = []
    single = set(tokens)
    position = misses = 0
    for word in words:
        if word in single:
            continue
        found = have.find(word, position) if misses < _MISSES else -1
        if found >= 0:
            position = found + len(word)
            continue
        misses += 1
        if misses >= _MISSES or word not in have:
            missing.append(word)
    return missing


def _length(words: list[str]) -> int:
    return sum(map(len, words))


def _held(cases: Sequence[Case]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the texts of the cases by line: those under known sections, and those under その他."""
    known: dict[int, list[str]] = {}
    other: dict[int, list[str]] = {}
    for case in cases:
        held = known.setdefault(case.place_of("title").line, [])
        held.append(case.title)
        held.extend(text for link in case.title_links for text in (link.title, link.url))
        for pair in case.front_matter:
            known.setdefault(pair.origin.line, []).extend((pair.label.replace(".", " "), pair.text))
        for quote in case.remarks:
            known.setdefault(quote.origin.line, []).append(quote.text)
        for section in (*case.sections, *case.file_sections):
            _hold(section, other if section.kind == "other" else known)
    return known, other


def _hold(section: Section, held: dict[int, list[str]]) -> None:
    texts = held.setdefault(section.origin.line, [])
    texts.append(section.title)
    texts.extend(text for link in section.links for text in (link.title, link.url))
    for line in section.lines:
        texts = held.setdefault(line.number, [])
        texts.append(line.text)
        texts.extend(line.cells)
        for link in line.links:
            texts.extend((link.title, link.url))
