"""The source's own text, kept in its own shape, and the account of which of its lines a briefing has shown already.

In: the sections of a case, and what typed parts (tables, charts) print of which line. Out: `Passage` trees for the
chapters of a briefing. A line that typed parts show only in part is told again in full, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from reportkit.base.origin import Origin, Quote
from reportkit.corpus.case import Case, Line, Link, Section

# Which chapter of the briefing tells a section of that canonical kind; kinds that are not listed go under その他.
CHAPTERS: dict[str, str] = {
    "basic_info": "profile",
    "summary": "adoption",
    "quant_effect": "effects",
    "qual_effect": "effects",
    "cost_roi": "effects",
    "background": "background",
    "solution": "solution",
    "tech_stack": "solution",
    "organisation": "solution",
    "process": "timeline",
    "success_factors": "factors",
    "issues": "issues",
    "outlook": "outlook",
    "lessons": "lessons",
    "fact_check": "checks",
    "references": "sources",
}
REST = "rest"
# A chapter's share of the source's own text in the body, about a page (short lists stand beside their headings and take
# less); the rest is told in full later.
BRIEF_LINES = 48.0

_LABEL = re.compile("^(?:対策|対応|対応策|解決策|克服方法|要因|課題)[:：]")  # words that a column head stands for
_RULE_AND_ROW = 2  # the rule between heads and rows is no line of the case
Key = tuple[str, int]  # file and line number
_IGNORED = re.compile("[" + re.escape(" \t　：:|｜-–—・,、。;；()（）[]［］【】「」*`\"'") + "]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of source text.

    kind: heading (level 1 or 2), text, item, number (list items with their depth as level), quote, code (one line of
        it), or table (header and rows).
    """

    kind: Literal["heading", "text", "item", "number", "quote", "code", "table"]
    text: Quote
    level: int = 0
    links: tuple[Link, ...] = ()
    header: tuple[Quote, ...] = ()
    rows: tuple[tuple[Quote, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RestSection:
    """What is left of a section that belongs to no chapter: its title and its text."""

    title: Quote
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What of a section has been printed, for each of its lines.

    covered: whether all that the line says; bare: whether it only heads a list (`課題:`) of which nothing is left.
    """

    covered: tuple[bool, ...]
    bare: tuple[bool, ...]


@dataclass(slots=True)
class Coverage:
    """Which words of which source line the typed parts of a briefing print.

    Everything is kept by file and line number, for a joined case has several files.
    lines: the line there; one that shares its number with others (a JSON file on one line) is not among them.
    sections: the place of its section. heads: the column heads above a table row.
    shown: the bare words that are printed of a line; phrases: the same by section.
    accounts: of the sections of which the account is closed, by the identity of the section.
    """

    lines: dict[Key, Line]
    sections: dict[Key, int]
    heads: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[Key, list[str]] = field(default_factory=dict)
    phrases: set[tuple[int, str]] = field(default_factory=set)
    accounts: dict[int, Account] = field(default_factory=dict)

    def show(self, origin: Origin, *words: str | Quote | None) -> None:
        """Note that words that stand at the origin are printed."""
        printed = [_bare(str(word)) for word in words if word]
        for number in range(origin.line, max(origin.line, origin.end_line) + 1):
            self.shown.setdefault((origin.source, number), []).extend(printed)
        section = self.sections.get((origin.source, origin.line), -1)
        self.phrases.update([(section, phrase) for phrase in printed if phrase])

    def covers(self, line: Line) -> bool:
        """Tell whether everything that the line says has been printed.

        Either by what stands at this very line, or as one whole phrase of the same section: the measure that a second
        line gives to the issue of the first one (`対策：…`).
        """
        key = (line.source, line.number)
        left = _bare("".join(line.cells) if line.kind == "row" else line.text)
        section = self.sections.get(key, -1)
        if (section, left) in self.phrases:
            return True
        label = _LABEL.match(line.text)
        if label is not None and (section, _bare(line.text[label.end() :])) in self.phrases:
            return True
        printed = self.shown.get(key)
        if printed is None:
            return False
        for words in sorted(printed, key=len, reverse=True):
            if words:
                left = left.replace(words, "")
        return not left

    def account(self, section: Section) -> Account:
        """Return what of the section has been printed, once everything that typed parts print is shown."""
        found = self.accounts.get(id(section))
        if found is None:
            found = self.accounts[id(section)] = account_of(section, self)
        return found

    def cells_of(self, origin: Origin) -> tuple[str, ...]:
        """Return the cells of the table row at the origin; () when there is no row."""
        line = self.line_at(origin)
        return line.cells if line is not None and line.kind == "row" else ()

    def line_at(self, origin: Origin) -> Line | None:
        """Return the line at the origin, None when there is none, or more than one."""
        return self.lines.get((origin.source, origin.line))

    def header_of(self, origin: Origin) -> tuple[str, ...]:
        """Return the column heads above a table row, as the source names them; () when there are none."""
        return self.heads.get((origin.source, origin.line), ())


def coverage_of(case: Case) -> Coverage:
    """Return an account in which nothing is shown yet."""
    lines: dict[Key, Line] = {}
    sections: dict[Key, int] = {}
    heads: dict[Key, tuple[str, ...]] = {}
    shared: set[Key] = set()
    for place, section in enumerate(case.sections, start=1):
        above: tuple[str, ...] = ()
        last = 0
        for line in section.lines:
            key = (line.source, line.number)
            if key in lines:
                shared.add(key)
            lines[key], sections[key] = line, place
            if line.kind == "row":
                if line.header:
                    above = line.cells
                elif line.number - last > _RULE_AND_ROW:  # another table
                    above = ()
                heads[key], last = above, line.number
            else:
                above = ()
    for key in shared:
        del lines[key]
        heads.pop(key, None)
    return Coverage(lines, sections, heads)


def passages_of(sections: Iterable[Section], coverage: Coverage) -> tuple[Passage, ...]:
    """Return what the sections say beyond what is covered; headings without anything under them are left out.

    Where several sections come together, each that brings no heading of its own gets its title as one.
    """
    told = [(section, _without_bare_headings(_passages(section, coverage))) for section in sections]
    told = [(section, passages) for section, passages in told if passages]
    found: list[Passage] = []
    for section, passages in told:
        if len(told) > 1 and section.title and passages[0].kind != "heading":
            found.append(Passage("heading", Quote(section.title, section.origin), 1, section.links))
        found.extend(passages)
    return tuple(found)


def account_of(section: Section, coverage: Coverage) -> Account:
    """Return what of the section has been printed until now.

    An item such as `課題:` that heads a list is bare when all that stands below it has been printed elsewhere.
    """
    covered = tuple(map(coverage.covers, section.lines))
    bare = [False] * len(covered)
    told = [False]  # for each depth: whether the briefing still tells an item there, read from the end of the list
    for place in range(len(covered) - 1, -1, -1):
        line = section.lines[place]
        if line.kind not in {"item", "number"}:
            told = [False]
            continue
        below = told[line.level + 1 :]
        del told[line.level + 1 :]
        told.extend([False] * (line.level + 1 - len(told)))
        if below and not any(below) and line.text.rstrip().endswith((":", "：")):
            bare[place] = True
        else:
            told[line.level] = told[line.level] or any(below) or not covered[place]
    return Account(covered, tuple(bare))


def brief(passages: tuple[Passage, ...], lines: float = BRIEF_LINES) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Return what fits into a chapter of about that many printed lines, and what goes to the appendix.

    Cuts only before headings, so that nothing stands away from its heading; a text without headings is cut nowhere.
    """
    if sum(map(_height, passages)) <= lines:
        return passages, ()
    height = 0.0
    last_cut = 0
    for place, passage in enumerate(passages):
        if passage.kind == "heading" and place and passages[place - 1].kind != "heading":
            last_cut = place
        height += _height(passage)
        if height > lines and last_cut:
            return passages[:last_cut], passages[last_cut:]
    return passages, ()


def rest_of(case: Case, coverage: Coverage) -> tuple[RestSection, ...]:
    """Return what is left of the sections that belong to no chapter."""
    rest = []
    for section in case.sections:
        if section.kind not in CHAPTERS:
            passages = passages_of((section,), coverage)
            if passages:
                rest.append(RestSection(Quote(section.title or case.title, section.origin), passages))
    return tuple(rest)


def _height(passage: Passage) -> float:
    """Return about how many printed lines a passage takes."""
    if passage.kind == "table":
        return 3 + sum(1.3 * max((1 + len(cell.text) // 16 for cell in row), default=1) for row in passage.rows)
    return (1.6 if passage.kind == "heading" else 1.1) * (1 + len(passage.text.text) // 38)


def _passages(section: Section, coverage: Coverage) -> Iterator[Passage]:
    lines = section.lines
    deep = any(line.kind == "heading" for line in lines)
    account = coverage.account(section)
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.kind == "row":
            end = index
            while end < len(lines) and lines[end].kind == "row" and (end == index or not lines[end].header):
                end += 1
            yield from _table(lines[index:end], account.covered[index:end])
            index = end
            continue
        if line.kind in {"heading", "label"}:
            top = (line.kind == "heading" and line.level <= 3) or not deep
            yield Passage("heading", Quote(line.text, line.origin), 1 if top else 2, line.links)
        elif not account.bare[index] and not account.covered[index]:
            yield Passage(line.kind, Quote(line.text, line.origin), line.level, line.links)  # type: ignore[arg-type]
        index += 1


def _table(lines: tuple[Line, ...], covered: tuple[bool, ...]) -> Iterator[Passage]:
    rows = [line for line, printed in zip(lines, covered, strict=True) if not line.header and not printed]
    if not rows:
        return
    header = next((line for line in lines if line.header), None)
    yield Passage(
        "table",
        Quote("", rows[0].origin),
        links=tuple(link for line in rows for link in line.links),
        header=_quotes(header) if header else (),
        rows=tuple(_quotes(line) for line in rows),
    )


def _quotes(line: Line) -> tuple[Quote, ...]:
    return tuple(Quote(cell, line.origin) for cell in line.cells)


def _without_bare_headings(passages: Iterable[Passage]) -> list[Passage]:
    kept: list[Passage] = []
    has_content = False
    below = 0  # level of the heading kept just below; it is content for a heading above it only if deeper
    for passage in reversed(list(passages)):
        if passage.kind != "heading":
            kept.append(passage)
            has_content, below = True, 0
        else:
            if has_content or below > passage.level:
                kept.append(passage)
                below = passage.level
            has_content = False
    kept.reverse()
    return kept


def _bare(text: str) -> str:
    return _IGNORED.sub("", text)
