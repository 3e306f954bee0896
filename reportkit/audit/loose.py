"""Digits that nothing answers for: every run of digits of the document that is neither bound nor on a short list.

The list is `EXCEPTIONS`, printed by `reportkit verify --exceptions`. Kanji numerals count as digits where a unit of
counting follows (三割, 五社). 第一歩, 一致 and 十分 are words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from reportkit.audit.entries import FootnoteEntry, Ledger, Reference, TableEntry
from reportkit.audit.numerals import plain
from reportkit.audit.page import Mark, Story
from reportkit.audit.places import Map
from reportkit.audit.report import Difference

EXCEPTIONS: tuple[tuple[str, str], ...] = (
    ("見出しの番号", "Word が付ける番号。目次では、上から順に数えた番号と同じであること"),
    ("図表の番号", "SEQ フィールド。図と表のそれぞれで 1 から順に並んでいること"),
    ("ページ番号", "PAGE・NUMPAGES・PAGEREF フィールドの結果が数字だけであること"),
    ("目次", "TOC フィールドの各行が、見出しのどれかと同じ言葉であること（ページ番号は除く）"),
    ("表紙・ヘッダー・フッター", "題名、副題、対象、発行元、発行日、データ時点、号数が台帳の値と同じであること"),
    ("引用した資料の言葉", "台帳の引用（quote）と一字一句同じであること"),
    ("脚注", "台帳の脚注（footnote）と一字一句同じであること"),
    ("コメント", "台帳の指摘のコメントが、その指摘の言葉を含むこと。根拠の行と、人が付けたコメントは照合しない"),
)

_RUN = re.compile(
    r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]"
    r"(?:[\d,.，．]*\d)?"
)
_KANJI = re.compile(
    r"(?<![〇一二三四五六七八九十百千万億兆数幾唯同統均画])[〇一二三四五六七八九十百千][〇一二三四五六七八九十百千万億兆]*(?=割(?!合|り|引|れ)|倍(?!増)|件|社(?!会|内|外|長|員|風|名)|名(?!称|前|義)"
    r"|ポイント|パーセント|%|円(?!滑|形)|か月|ヶ月|カ月|か所|カ所|時間|業種|機能|領域|位(?!置))"
)
_ORDINAL = re.compile(r"\d+(?:[.\-]\d+)*\.?")
_EDGE_FIELDS = re.compile(r"^\s*(PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b")
_CONTENTS = re.compile(r"^\s*TOC\b")
_SEQUENCE = re.compile(r"^\s*SEQ\s+(\S+)")


def check_loose(places: Map) -> Iterator[Difference]:
    """Yield every run of digits that is not accounted for, and exceptions that do not keep their own rule."""
    ledger, page = places.ledger, places.page
    first = front_end(places)
    yield from _check_sequences(places)
    for story in (page.body, *page.edges):
        taken = [*_bound(story), *_fields(places, story)]
        if story is page.body:
            taken += _quoted_cells(places)
        taken += _particulars(ledger, story, first if story is page.body else len(story.text))
        yield from _loose(places, story, taken)
        yield from _check_contents(places, story)
    for note in page.footnotes.values():
        yield from _loose(places, note, [*_bound(note), *_told(note, {entry.text for entry in _footnotes(ledger)})])


def _footnotes(ledger: Ledger) -> Iterator[FootnoteEntry]:
    return ledger.of(FootnoteEntry)


def _loose(places: Map, story: Story, taken: list[tuple[int, int]]) -> Iterator[Difference]:
    masked = list(plain(story.text))
    for start, end in taken:
        masked[start:end] = " " * (end - start)
    text = "".join(masked)
    for pattern, what in ((_RUN, "台帳にない数字があります"), (_KANJI, "台帳にない漢数字があります")):
        for match in pattern.finditer(text):
            line = story.line_at(match.start())
            around = story.text[max(line.start if line else 0, match.start() - 8) : match.end() + 8].split("\n")[0]
            expected = _hint(places.ledger, story, around)
            yield Difference("loose", places.name(story, match.start()), what, expected, f"{match[0]}（…{around}…）")


def _hint(ledger: Ledger, story: Story, around: str) -> str:
    """Return what the particulars ought to be, when the digits stand where particulars stand."""
    if re.search(r"\d{4}年\d{1,2}月\d{1,2}日", plain(around)) and story.name != "本文":
        return japanese_date(ledger.date)
    if re.search(r"第\s*\d+\s*号", plain(around)):
        return f"第{ledger.issue}号"
    return ""


def _bound(story: Story) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in story.bookmarks if re.fullmatch(r"_rk\d+", mark.name)]


def _quoted_cells(places: Map) -> Iterator[tuple[int, int]]:
    """Yield the quotes of the ledger that fill a paragraph of a table cell; those have no bookmark."""
    body = places.page.body
    for entry in places.ledger.of(TableEntry):
        number = places.entries.get(entry.bookmark)
        if number is None:
            continue
        for row, ranges in zip(entry.rows, places.page.tables[number].rows, strict=False):
            for cell, (start, end) in zip(row, ranges, strict=False):
                texts = {
                    places.ledger.quote(piece.n).text
                    for piece in cell
                    if isinstance(piece, Reference) and piece.kind == "quote"
                }
                yield from _told(body, texts, start, end)


def _told(story: Story, texts: set[str], start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where one of the texts stands in a story, whatever the blanks."""
    for text in sorted(filter(None, texts), key=len, reverse=True):
        pattern = r"\s*".join(re.escape(char) for char in text if not char.isspace())
        for match in re.compile(pattern).finditer(story.text, start, len(story.text) if end is None else end):
            yield match.span()


# --- fields ----------------------------------------------------------------------------------------------------------


def _fields(places: Map, story: Story) -> Iterator[tuple[int, int]]:
    entries = {_words(heading.text) for _, heading in places.headings}
    for mark in story.fields:
        text = story.text[mark.start : mark.end]
        if _CONTENTS.match(mark.name):
            yield from _contents(story, mark, entries)
        elif (_EDGE_FIELDS.match(mark.name) or _SEQUENCE.match(mark.name)) and text.strip().isdigit():
            yield mark.start, mark.end


def _contents(story: Story, mark: Mark, entries: set[str]) -> Iterator[tuple[int, int]]:
    for start, end, _, words in _entries(story, mark):
        if _words(words) in entries:
            yield start, end


def _entries(story: Story, mark: Mark) -> Iterator[tuple[int, int, str, str]]:
    """Yield the lines of a table of contents: range, number, words (without the page number)."""
    start = mark.start
    for line in story.text[mark.start : mark.end].split("\n"):
        parts = line.split("\t")
        number = parts.pop(0) if len(parts) > 1 and _ORDINAL.fullmatch(parts[0].strip()) else ""
        if len(parts) > 1 and parts[-1].strip().isdigit():
            parts.pop()
        yield start, start + len(line), number.strip(), "\t".join(parts)
        start += len(line) + 1


def _check_contents(places: Map, story: Story) -> Iterator[Difference]:
    for mark in story.fields:
        if not _CONTENTS.match(mark.name):
            continue
        numbers = [tuple(int(part) for part in re.findall(r"\d+", number)) for _, _, number, _ in _entries(story, mark)]
        known = [number for number in numbers if number]
        for one, other in pairwise([(0,), *known]):
            depth = len(other) - 1
            follows = other[:-1] == one[:depth] and (other[depth] == (one[depth] + 1 if depth < len(one) else 1))
            if not follows:
                said = ".".join(map(str, other))
                yield Difference("loose", "目次", "目次の番号が順に並んでいません", "", said)


def _check_sequences(places: Map) -> Iterator[Difference]:
    counts: dict[str, int] = {}
    body = places.page.body
    for mark in body.fields:
        match = _SEQUENCE.match(mark.name)
        if match is None:
            continue
        counts[match[1]] = counts.get(match[1], 0) + 1
        text = body.text[mark.start : mark.end].strip()
        if text != str(counts[match[1]]):
            where = places.name(body, mark.start)
            yield Difference("loose", where, "図表の番号が順に並んでいません", str(counts[match[1]]), text)


# --- particulars -----------------------------------------------------------------------------------------------------


def _particulars(ledger: Ledger, story: Story, end: int) -> Iterator[tuple[int, int]]:
    texts = [ledger.title, ledger.subtitle, ledger.subject, ledger.organisation, ledger.vintage]
    texts += [japanese_date(ledger.date), f"第{ledger.issue}号"]
    for text in filter(None, texts):
        for match in re.finditer(re.escape(text), story.text[:end]):
            before, after = story.text[match.start() - 1 : match.start()], story.text[match.end() : match.end() + 1]
            if not (before.isdigit() and text[0].isdigit()) and not (after.isdigit() and text[-1].isdigit()):
                yield match.span()
    for line in story.lines:  # a running title that was cut
        words = story.text[line.start : min(line.end, end)].strip().split("\t")[0].strip()
        if words.endswith("…") and len(words) > 1 and ledger.title.startswith(words[:-1]):
            yield line.start, line.start + len(words)


def front_end(places: Map) -> int:
    """Return where the cover or masthead ends: at the first heading, without one at the first number."""
    if places.headings:
        return places.headings[0][0]
    numbers = [mark.start for mark in places.page.body.bookmarks if re.fullmatch(r"_rk\d+", mark.name)]
    return min(numbers, default=len(places.page.body.text))


def check_particulars(places: Map) -> Iterator[Difference]:
    """Yield what the cover and the file's properties say otherwise than the ledger."""
    ledger, page = places.ledger, places.page
    if page.title and ledger.title and _words(page.title) != _words(ledger.title):
        yield Difference("particulars", "文書のプロパティ", "題名が台帳と違います", ledger.title, page.title)
    end = front_end(places)
    front = _words(page.body.text[:end])
    for name, text in (
        ("発行日", japanese_date(ledger.date)), ("号数", f"第{ledger.issue}号"), ("データ時点", ledger.vintage)
    ):  # fmt: skip
        if text and front and _words(text) not in front:
            yield Difference("particulars", "表紙", f"{name}が台帳と違うか、ありません", text, "")
        elif text and name in front and re.search(f"{name}[:：]?{re.escape(_words(text))}", front) is None:
            found = front[front.index(name) :][: len(name) + len(_words(text)) + 1]
            yield Difference("particulars", "表紙", f"「{name}」の後に、その値がありません", text, found)


def japanese_date(iso: str) -> str:
    """Return an ISO date as covers print it, the text itself when it is none."""
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year}年{day.month}月{day.day}日"


def _words(text: str) -> str:
    return "".join(text.split())
