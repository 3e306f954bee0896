"""The change box: what a document says about the issue before it, in a few lines.

In: the document and the bytes of the issue before. Out: the document with a box behind its first words. The numbers in
the box are facts: the new ones those of the document, the old ones values of the earlier issue, differences computed
from both. `reportkit diff` tells everything; the box tells the first that a reader comes upon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reportkit.audit.diff import Changes, Moved, Single, compare_ledgers, difference_text
from reportkit.audit.entries import FindingEntry, Ledger, LedgerFact
from reportkit.audit.ledger import read_ledger
from reportkit.audit.loose import japanese_date
from reportkit.base.errors import AuditError
from reportkit.base.fact import Derivation, Fact
from reportkit.base.quantity import Quantity
from reportkit.document.block import Block, Box, Document, Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import FactRef, Inline, Quoted, Strong, Text

_MOST_MOVED = 4
_MOST_LISTED = 2
_LONGEST = 60  # characters of a finding's message

Inlines = tuple[Inline, ...]


def with_change_box(document: Document, earlier: bytes, written: Callable[[Document], bytes]) -> Document:
    """Return the document with what changed since the earlier issue; as it is when that has no ledger to be read.

    written: writes a document, so that both issues are read back by the same independent reader.
    """
    try:
        old = read_ledger(earlier)
    except AuditError:  # a file from before the ledgers; nothing can be said about it
        return document
    changes = compare_ledgers(old, read_ledger(written(document)))
    box = change_box(changes, {fact.id: fact for fact in document.facts()})
    place = _place(document.blocks)
    blocks = (*document.blocks[:place], box, *document.blocks[place:])
    return replace(document, blocks=blocks, since=int(old.issue))


def change_box(changes: Changes, printed: dict[str, Fact]) -> Box:
    """Return the box. printed: the facts of the new document by id."""
    old = changes.old
    title = (Text("前の号（"), Quoted(f"第{old.issue}号、{japanese_date(old.date)}"), Text("）からの変更"))
    items = tuple(ListItem(line) for line in _lines(changes, printed))
    said: Block = ItemList(items) if items else Paragraph((Text("数値、節、データの指摘に変更はない。"),))
    return Box(title, (said, *_rest(changes)), "info")


def _place(blocks: Sequence[Block]) -> int:
    """Return where the box goes: behind the first heading and the sentence under it that says it all."""
    place = 0
    if blocks and isinstance(blocks[0], Heading):
        place = 1
        while place < len(blocks):
            block = blocks[place]
            if not (isinstance(block, Paragraph) and block.role == "lead"):
                break
            place += 1
    return place


def _lines(changes: Changes, printed: dict[str, Fact]) -> Iterator[Inlines]:
    for moved in changes.moved[:_MOST_MOVED]:
        if line := _moved(moved, changes.old, printed):
            yield line
    if line := _single("新しい数値：", changes.appeared):
        yield line
    if line := _single("なくなった数値：", changes.gone):
        yield line
    for words, sections in (("加わった節：", changes.sections_appeared), ("なくなった節：", changes.sections_gone)):
        if sections:
            yield Strong((Text(words),)), *_listed([(Quoted(one),) for one in sections])
    for words, findings in (("新しい指摘：", changes.findings_appeared), ("解消した指摘：", changes.findings_settled)):
        if findings:
            yield Strong((Text(words),)), *_listed([_finding(one) for one in findings])
    if changes.old.vintage != changes.new.vintage:
        yield Strong((Text("データ時点："),)), Quoted(changes.old.vintage), Text(" → "), Quoted(changes.new.vintage)


def _moved(moved: Moved, old: Ledger, printed: dict[str, Fact]) -> Inlines:
    before = _earlier(moved, old)
    line: list[Inline] = [Quoted(moved.label), Text("："), FactRef(before), Text(" → ")]
    now = printed.get(moved.id)
    if now is None:  # nothing that the box may print: the document only computes with it
        return ()
    now = now.printed_as(moved.new_text)
    line.append(FactRef(now))
    text = difference_text(moved)
    if text and moved.difference is not None:
        unit = "ポイント" if moved.new.unit == "%" else moved.new.unit
        by = Fact(
            f"difference/earlier/{moved.id}",
            f"{moved.label}の前の号からの変化",
            Quantity(text, value=moved.difference, unit=unit),
            text,
            derivation=Derivation("今の号 − 前の号", "difference", (now, before)),
        )
        line += [Text("（"), FactRef(by), Text("）")]
    return tuple(line)


def _earlier(moved: Moved, old: Ledger) -> Fact:
    said: LedgerFact = moved.old
    amount = Quantity(moved.old_text, said.value, said.low, said.high, said.unit, said.qualifier, said.per)
    return Fact(
        f"earlier/{old.issue}/{moved.id}",
        f"{moved.label}（前の号）",
        amount,
        moved.old_text,
        derivation=Derivation("前の号の値", "earlier", parameters=(("issue", str(old.issue)), ("id", moved.id))),
    )


def _single(words: str, singles: Sequence[Single]) -> Inlines:
    return (Strong((Text(words),)), *_listed([(Quoted(one.label),) for one in singles])) if singles else ()


def _finding(finding: FindingEntry) -> Inlines:
    message = finding.message
    return (Quoted(message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…", finding.origin),)


def _listed(lines: Sequence[Inlines]) -> Inlines:
    """Return the first of them in one line."""
    said: list[Inline] = []
    for index, line in enumerate(lines[:_MOST_LISTED]):
        said += [Text("；")] if index else []
        said += line
    if len(lines) > _MOST_LISTED:
        said.append(Text("；ほか"))
    return tuple(said)


def _rest(changes: Changes) -> tuple[Block, ...]:
    if len(changes.moved) <= _MOST_MOVED:
        return ()
    return (
        Paragraph((Text("このほかにも動いた数値がある（reportkit diff で前の号とすべてを比べられる）。"),), "note"),
    )
