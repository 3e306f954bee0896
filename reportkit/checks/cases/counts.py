"""Counts in words against what is listed: companies of a range, names behind a count, steps, points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding
from reportkit.base.text import to_half_width
from reportkit.checks.cases.passages import Passage, Subject, plain_words
from reportkit.checks.cases.wording import computation, place, short, warning

_COUNTER = "社|機関|件|自治体|大学|校|事例|名|ヶ国|カ国"
_COUNT = re.compile(rf"(?:[(:：]\s?)(?:計|全)?([0-9]{{1,5}})({_COUNTER})\)?\s*$")
_PART = re.compile(rf"([^()、:]{{1,40}})\(([0-9]{{1,5}})({_COUNTER})\)")
_RANGE = re.compile(r"\(([0-9]{1,5})\s?[-~〜～–]\s?([0-9]{1,5})\)")
_OPEN = re.compile("他|など|等(?:$|[^一-龥])|その他|ほか|…|\\.\\.\\.|etc", re.IGNORECASE)
_PROMISED = re.compile(
    r"(?:以下|次|下記)の\s?([0-9]{1,2}|[一二三四五六七八九十])(?:つ|点|項目|段階|要素|要因|理由|課題|ステップ)"
)
_PROMISES = re.compile("以下の|次の|下記の")
_COUNTED_ENDS = frozenset(")社関件体学校例名国")  # the last letters of the counters, and a bracket behind one
_DIGIT = re.compile("[0-9０-９]")
_KANJI_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
_PHASE = re.compile(r"(?:Phase|フェーズ|ステップ|段階|Step)\s?([0-9]{1,2})(?![0-9])", re.IGNORECASE)
_MOST = 200  # what a file counts beyond that is compared with its own list only
_FIX = "一覧と件数のどちらが正しいかを確かめ、資料の数字をそろえてください"


def check_counts(subject: Subject) -> Iterable[Finding]:
    """Compare counts that the file states with the items that it lists for them."""
    yield from _check_headings(subject)
    yield from _check_enumerations(subject)
    yield from _check_promises(subject)
    yield from _check_phase_count(subject)


def _count(text: str) -> tuple[int, str] | None:
    text = text.strip()
    match = _COUNT.search(text) if text[-1:] in _COUNTED_ENDS else None
    return None if match is None else (int(match[1]), match[2])


def _counted(passage: Passage) -> tuple[str, int, str] | None:
    """Return name, count and counter of `製造業（4社）: …`, of `…（911-935）：25社` and of a heading."""
    if not (passage.has_digit or _DIGIT.search(passage.label)):
        return None
    name, text = to_half_width(passage.label), passage.half
    for words in (name, f"{name}:{text}" if name else text):
        found = _count(words)
        if found is not None:
            return _COUNT.sub("", words).strip(), *found
    return None


# --- a heading with a count and counted items below it ---------------------------------------------------------------


def _check_headings(subject: Subject) -> Iterator[Finding]:
    passages = subject.passages
    counted = [_counted(passage) for passage in passages]
    stated = [(passage, found) for passage, found in zip(passages, counted, strict=True) if found is not None][:_MOST]
    for index, (passage, head) in enumerate(zip(passages, counted, strict=True)):
        if head is None or passage.in_list or passage.is_row:
            continue
        below = _items_below(passages, index)
        parts = [found for item in below if (found := _counted(item)) is not None]
        if len(parts) < 2 or len(parts) < len(below) or any(part[2] != head[2] for part in parts):
            continue
        yield from _compare_heading(subject, passage, head, below, parts, stated)


def _items_below(passages: tuple[Passage, ...], index: int) -> list[Passage]:
    items: list[Passage] = []
    for passage in passages[index + 1 :]:
        if not passage.in_list:
            break
        if passage.level == 1:
            items.append(passage)
    return items


def _compare_heading(
    subject: Subject,
    passage: Passage,
    head: tuple[str, int, str],
    below: list[Passage],
    parts: list[tuple[str, int, str]],
    stated: list[tuple[Passage, tuple[str, int, str]]],
) -> Iterator[Finding]:
    name, count, counter = head
    total = sum(part[1] for part in parts)
    span = _RANGE.search(name)
    length = int(span[2]) - int(span[1]) + 1 if span is not None else count
    core = plain_words(name)
    others = [(place_, found[1]) for place_, found in _elsewhere(core, counter, stated, passage) if found[1] != count]
    if total == count == length and not others:
        return
    texts = [f"内訳の合計は{total}{counter}"] if total != count else []
    if length != count:
        texts.append(f"番号の範囲は{length}{counter}分")
    texts.extend(f"別の箇所では{number}{counter}" for _, number in others)
    label = short(passage.label or passage.text)
    message = f"「{label}」は{count}{counter}と書かれていますが、{'、'.join(texts)}です"
    sums = " ＋ ".join(str(part[1]) for part in parts)
    evidence: tuple[Evidence, ...] = (
        place(passage),
        Evidence(f"内訳（{short(parts[0][0])}〜{short(parts[-1][0])}）", sums, below[0].origin),
        *(place(other) for other, _ in others),
        computation(f"{sums} ＝ {total}{counter}"),
    )
    yield warning(subject, "case.count", message, passage.origin, evidence, _FIX)


def _elsewhere(
    core: str, counter: str, stated: list[tuple[Passage, tuple[str, int, str]]], passage: Passage
) -> list[tuple[Passage, tuple[str, int, str]]]:
    """Return counts of the same group in other places: one name ends with the other (日本中堅企業, 中堅企業)."""
    found: list[tuple[Passage, tuple[str, int, str]]] = []
    for other, _ in stated:
        text = to_half_width(f"{other.label}:{other.text}" if other.label else other.text)
        for match in _PART.finditer(text):
            name = plain_words(match[1])
            if other is not passage and match[3] == counter and len(name) >= 4 and core.endswith(name):
                found.append((other, (name, int(match[2]), match[3])))
    return found


# --- names behind a count --------------------------------------------------------------------------------------------


def _check_enumerations(subject: Subject) -> Iterator[Finding]:
    for passage in subject.passages:
        if not passage.label or passage.is_row:
            continue
        label, text = to_half_width(passage.label), passage.half
        found = _count(label) if "(" in label else None
        if found is None:
            continue
        count, counter = found
        parts = _PART.findall(text)
        if len(parts) >= 2 and all(part[2] == counter for part in parts):
            listed, sums = sum(int(part[1]) for part in parts), " ＋ ".join(part[1] for part in parts)
        elif counter == "社" and not _OPEN.search(text) and "(" not in text and "。" not in text:
            names = [name for name in text.split("、") if name.strip()]
            listed, sums = len(names), "名前の数"
        else:
            continue
        if listed in {count, 0, 1}:
            continue
        message = (
            f"「{short(passage.label)}」は{count}{counter}と書かれていますが、挙げられているのは{listed}{counter}です"
        )
        evidence = (place(passage, f"{passage.label}: {passage.text}"), computation(f"{sums} ＝ {listed}{counter}"))
        yield warning(subject, "case.count", message, passage.origin, evidence, _FIX)


# --- 以下の3点 --------------------------------------------------------------------------------------------------------


def _check_promises(subject: Subject) -> Iterator[Finding]:
    passages = subject.passages
    for index, passage in enumerate(passages):
        if passage.in_list or passage.is_row:
            continue
        words = f"{passage.label}：{passage.text}" if passage.label else passage.text
        match = _PROMISED.search(to_half_width(words)) if _PROMISES.search(words) else None
        if match is None or not words.rstrip().endswith((":", "：", "。", "です", "点")):
            continue
        items = _items_below(passages, index)
        promised = _KANJI_DIGITS.get(match[1]) or int(match[1])
        if len(items) < 2 or len(items) == promised:
            continue
        if len({item.numbered for item in items}) > 1 or (items[0].numbered and len(items) < promised):
            continue  # numbered items may go on below a paragraph
        message = f"「{match.group()}」と書かれていますが、続く項目は{len(items)}個です"
        evidence = (place(passage), place(items[-1]), computation(f"項目の数 ＝ {len(items)}"))
        yield warning(subject, "case.count", message, passage.origin, evidence, _FIX)


# --- phases ----------------------------------------------------------------------------------------------------------


def _check_phase_count(subject: Subject) -> Iterator[Finding]:
    key = next(
        (p for p in subject.passages if p.kind == "front_matter" and re.fullmatch(r"\w*phase_count", p.label)), None
    )
    if key is None or not key.text.strip().isdigit() or len(key.text.strip()) > 3:
        return
    named: dict[int, Passage] = {}
    for passage in subject.passages:
        words = to_half_width(f"{passage.label}:{passage.text}" if passage.label else passage.text)
        if passage.kind not in {"front_matter", "title"} and (match := _PHASE.match(words)):
            named.setdefault(int(match[1]), passage)
    count = int(Decimal(key.text.strip()))
    if not named or len(named) == count or len(named) != max(named):
        return
    last = named[max(named)]
    message = f"{key.label} は{count}ですが、本文の段階は{len(named)}つです"
    evidence = (place(key), place(last), computation(f"段階 1〜{max(named)} ＝ {len(named)}"))
    yield warning(subject, "case.count", message, key.origin, evidence, _FIX)
