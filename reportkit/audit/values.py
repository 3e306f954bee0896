"""The numbers themselves: printed form against value, value against computation, stated value against the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportkit.audit.arithmetic import NotComputableError, recompute
from reportkit.audit.entries import Ledger, LedgerFact, Place, Stated
from reportkit.audit.lines import Sources, look_up, squeeze
from reportkit.audit.numerals import mismatch, scale_words
from reportkit.audit.page import Mark, Story
from reportkit.audit.places import Map
from reportkit.audit.report import Difference

_SCALES = (1, 10**4, 10**6, 10**8, 10**9, 10**12)
_NOT_VERBATIM = frozenset({"check", "count", "earlier"})
_LOWER = re.compile(r"下回|低い|低く|少な|小さ|減|短|マイナス|差")
_BEFORE_TABLE = 3  # paragraphs: caption and unit line


def check_printed(places: Map) -> Iterator[Difference]:
    """Yield places whose printed form is not that of their fact's value, to the printed precision, or of its words."""
    ledger = places.ledger
    for place in ledger.of(Place):
        if not place.fact:
            continue
        fact = ledger.fact(place.fact)
        marks = places.marks.get(place.bookmark, [])
        story, mark = marks[0] if marks else (places.page.body, None)
        why = _mismatch(places, story, mark, place, fact)
        if why:
            where = places.name(story, mark.start) if mark else ""
            what = f"印字と台帳の値が合いません（{why}）"
            yield Difference("value", where, what, said(fact), place.text, fact.id)


def _mismatch(places: Map, story: Story, mark: Mark | None, place: Place, fact: LedgerFact) -> str:
    operation = fact.derivation.operation if fact.derivation else ""
    if not (fact.value is not None or fact.low is not None or fact.high is not None):
        raws = [squeeze(stated.raw) for stated in fact.origins if stated.raw]
        if operation in _NOT_VERBATIM or not raws or any(_part(squeeze(place.text), raw) for raw in raws):
            return ""
        return "資料の言葉と違います"
    exact = any(stated.raw and squeeze(stated.raw) == squeeze(place.text) for stated in fact.origins)
    strict = bool(fact.derivation) or fact.id.startswith("matrix/")
    scales = _scales(places, story, mark) if fact.unit == "円" else (1,)
    why = mismatch(place.text, fact.value, fact.low, fact.high, fact.unit, scales=scales, exact=exact, signed=strict)
    if why == "符号が違います" and mark is not None and not re.match(r"[-−+▲△]", place.text):
        following = story.text[mark.end : mark.end + 16].split("\n")[0]
        if fact.value is not None and fact.value < 0 and _LOWER.search(following):
            return ""  # 「平均を3ポイント下回る」: the words say the sign
    return why


def _part(words: str, raw: str) -> bool:
    return words in raw or raw in words


def _scales(places: Map, story: Story, mark: Mark | None) -> tuple[int, ...]:
    """Return what bare numbers at a place may count: 1, or what the table's head, caption or unit line names."""
    line = story.line_at(mark.start) if mark is not None else None
    if line is None or story is not places.page.body:
        return (1,)
    if line.cell is None:
        return (1, *scale_words(story.words(line)))
    table = places.table(line.cell.table)
    if table is None:
        return (1,)
    return _table_scales(places, table.number)


def _table_scales(places: Map, number: int) -> tuple[int, ...]:
    known = places.scales.get(number)
    if known is None:
        table, body = places.page.tables[number], places.page.body
        above = [line for line in body.lines if line.end < table.start and line.cell is None][-_BEFORE_TABLE:]
        words = [body.words(line) for line in above]
        words += [body.text[start:end] for start, end in (cell for row in table.rows[:2] for cell in row)]
        words += [body.text[row[0][0] : row[0][1]] for row in table.rows if row]
        places.scales[number] = known = (1, *scale_words("\n".join(words)))
    return known


def check_derivations(ledger: Ledger) -> Iterator[Difference]:
    """Yield facts that come out otherwise when they are computed anew."""
    for fact in ledger.facts:
        try:
            expected = recompute(ledger, fact)
        except NotComputableError as error:
            yield Difference(
                "derivation", _printed(ledger, fact), f"計算し直せません（{error}）", "", said(fact), fact.id
            )
            continue
        if expected is None:
            continue
        if (expected.value, expected.low, expected.high, expected.unit) != (
            fact.value, fact.low, fact.high, fact.unit,
        ):  # fmt: skip
            formula = fact.derivation.formula if fact.derivation else ""
            what = f"計算し直すと違う値になります（{formula}）"
            wanted = amount_words(expected.value, expected.low, expected.high, expected.unit)
            yield Difference("derivation", _printed(ledger, fact), what, wanted, said(fact), fact.id)


def check_raw(ledger: Ledger) -> Iterator[Difference]:
    """Yield stated facts whose value is not what their own source text says."""
    for fact in ledger.facts:
        if fact.derivation is not None and fact.derivation.operation in _NOT_VERBATIM:
            continue
        for stated in fact.origins:
            if not stated.raw:
                continue
            why = mismatch(stated.raw, fact.value, fact.low, fact.high, fact.unit, scales=_SCALES, exact=True)
            if why:
                what = f"資料の記載と台帳の値が合いません（{why}）"
                yield Difference("value", _printed(ledger, fact), what, stated.raw, said(fact), fact.id)


def check_sources(ledger: Ledger, texts: Sources) -> Iterator[Difference]:
    """Yield source files that cannot be read, and stated facts that no longer stand where the ledger says.

    A file may have changed elsewhere: only what the document takes from it counts.
    """
    for source in ledger.sources:
        if texts[source.file].problem:
            what = f"資料を読めません（{texts[source.file].problem}）"
            yield Difference("source", source.file, what, source.file)
    moved: dict[str, list[Difference]] = {}
    for fact in ledger.facts:
        if fact.derivation is not None and fact.derivation.operation in _NOT_VERBATIM:
            continue
        for stated in fact.origins:
            for difference in _source(ledger, fact, stated, texts):
                yield difference
                if difference.note:
                    moved.setdefault(stated.origin.source, []).append(difference)
    for file, notes in moved.items():
        # The numbers are right, but the lines that the document names are not.
        what = f"資料の中で {len(notes)} か所の場所が変わっています（値は同じ）：文書の示す行が今の資料と合いません"
        yield Difference("source", file, what, notes[0].what, "")


def _source(ledger: Ledger, fact: LedgerFact, stated: Stated, texts: Sources) -> Iterator[Difference]:
    now = look_up(stated, texts, fact.unit)
    where = _printed(ledger, fact)
    old, new = stated.origin.place(), now.origin.place()
    match now.state:
        case "moved":
            what = f"資料の中で場所が変わっています（値は同じ）：{old} → {new}"
            yield Difference("source", where, what, stated.raw, stated.raw, fact.id, note=True)
        case "changed" if new == old:
            yield Difference("source", where, f"資料の値が違います：{old}", stated.raw, now.text.strip(), fact.id)
        case "changed":
            label = f"行「{stated.row}」は {new} に移り、" if stated.row else f"{new} に移り、"
            yield Difference("source", where, f"{label}値も違います", stated.raw, now.text.strip(), fact.id)
        case "gone":
            why = f"（{now.why}）" if now.why else ""
            yield Difference(
                "source", where, f"資料に見当たりません：{old}{why}", stated.raw, now.text.strip(), fact.id
            )


def said(fact: LedgerFact) -> str:
    """Return the amount of a fact in words of the ledger: value in base units, unit."""
    return amount_words(fact.value, fact.low, fact.high, fact.unit) or "（数値なし）"


def amount_words(value: Decimal | None, low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Return an amount as text, in base units."""
    if value is not None:
        return f"{value:,f}{unit}"
    return f"{low:,f}〜{high:,f}{unit}" if low is not None and high is not None else ""


def _printed(ledger: Ledger, fact: LedgerFact) -> str:
    """Return where a fact stands: its first place, else what it is."""
    for place in ledger.printed(fact.n)[:1]:
        index = ledger.items.index(place)
        above = " › ".join(heading.text for heading in ledger.headings_of[index])
        return f"{above} 「{place.text}」".strip()
    return f"（計算のもと）{fact.label}"
