"""The change report: what differs between two issues of a briefing, on one page, in the style of the briefings.

In: `Changes` from two ledgers. Out: a `Document`, or its bytes. Its numbers are facts like all others: the new ones
with the sources and computations of the new issue, the old ones as values of the earlier issue, the differences
computed from both. So it carries a ledger of its own and can be verified itself.

What changed in the sources gets letters; the second table names them where it tells what followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from reportkit.audit.diff import Cause, Changes, Moved, Single, difference_text
from reportkit.audit.entries import FindingEntry, Ledger, LedgerFact, Stated
from reportkit.audit.loose import japanese_date
from reportkit.base.fact import OPERATIONS, Derivation, Fact
from reportkit.base.quantity import Quantity
from reportkit.document.block import Block, Document, Issue, KeyFigure, KeyFigures, Paragraph
from reportkit.document.inline import FactRef, Inline, Quoted, Strong, Text
from reportkit.document.provenance import CellLabels, Provenance, SourceRecord
from reportkit.document.table import Column, Table, TableCell
from reportkit.project.settings import Settings
from reportkit.project.templates import base_file, template_folders
from reportkit.render.word import write_word
from reportkit.views.facts import count_fact

_ROWS = 17  # of both tables and the lists together, so that the report keeps to one page
_MOST_CAUSES = 6
_MOST_LISTED = 2  # facts, sections or findings of one list
_LONGEST_MESSAGE = 70
_LONGEST = 24  # characters of what a count counted

Inlines = tuple[Inline, ...]


def write_change_report(changes: Changes, settings: Settings) -> bytes:
    """Return the change report as a Word file."""
    return write_word(change_report(changes, settings.organisation), base_file(template_folders(settings)), "native")


def change_report(changes: Changes, organisation: str = "") -> Document:
    """Return the change report as a document."""
    old, new = changes.old, changes.new
    facts = _Facts(changes)
    return Document(
        kind="changes",
        subject=new.subject,
        title=f"{new.title}：変更点",
        subtitle=f"第{old.issue}号（{japanese_date(old.date)}）から第{new.issue}号（{japanese_date(new.date)}）へ",
        issue=Issue(new.date, new.vintage, new.issue),
        blocks=tuple(_blocks(changes, facts)),
        organisation=organisation or new.organisation,
        keywords=("変更点", new.subject or new.title),
        front="masthead",
        provenance=_provenance(new),
    )


class _Facts:
    """Makes facts of the entries of both ledgers; each entry of the new one becomes the same fact every time."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self._made: dict[int, Fact] = {}

    def new(self, entry: LedgerFact, text: str) -> Fact:
        """Return a fact of the new issue, with everything that it was computed from."""
        return self._of_new(entry).printed_as(text)

    def _of_new(self, entry: LedgerFact) -> Fact:
        made = self._made.get(entry.n)
        if made is None:
            raw = next((one.raw for one in entry.origins), "")
            derivation = self._derivation(entry)
            origins = tuple(one.origin for one in entry.origins)
            made = Fact(entry.id, entry.label, _quantity(entry, raw), raw, origins, derivation, entry.flags)
            self._made[entry.n] = made
        return made

    def _derivation(self, entry: LedgerFact) -> Derivation | None:
        said = entry.derivation
        operation = next((one for one in OPERATIONS if said is not None and one == said.operation), None)
        if said is None or operation is None:
            return None
        inputs = tuple(self._of_new(one) for one in self.changes.new.inputs(entry))
        return Derivation(said.formula, operation, inputs, tuple(said.parameters.items()), said.members)

    def old(self, entry: LedgerFact, text: str) -> Fact:
        """Return the value that a fact had in the issue before."""
        issue = str(self.changes.old.issue)
        derivation = Derivation("前の号の値", "earlier", parameters=(("issue", issue), ("id", entry.id)))
        label = f"{entry.label}（前の号）"
        return Fact(f"earlier/{issue}/{entry.id}", label, _quantity(entry, text), text, derivation=derivation)

    def difference(self, moved: Moved) -> Fact | None:
        """Return by how much a fact moved, None where that says nothing."""
        text = difference_text(moved)
        if not text or moved.difference is None:
            return None
        inputs = (self._of_new(moved.new), self.old(moved.old, moved.old_text))
        unit = "ポイント" if moved.new.unit == "%" else moved.new.unit
        derivation = Derivation("今の号 − 前の号", "difference", inputs)
        quantity = Quantity(text, value=moved.difference, unit=unit)
        return Fact(f"difference/earlier/{moved.id}", f"{moved.label}の変化", quantity, text, derivation=derivation)


def _quantity(entry: LedgerFact, raw: str) -> Quantity:
    return Quantity(raw, entry.value, entry.low, entry.high, entry.unit, entry.qualifier, entry.per)


def _blocks(changes: Changes, facts: _Facts) -> Iterable[Block]:
    if changes.is_empty:
        yield Paragraph((Text("前の号から変わった数値、節、指摘はありません。"),), "lead")
        return
    yield KeyFigures(
        (
            _tile("動いた数値", _count("moved", "動いた数値", [one.id for one in changes.moved])),
            _tile("現れた数値", _count("appeared", "現れた数値", [one.id for one in changes.appeared])),
            _tile("消えた数値", _count("gone", "消えた数値", [one.id for one in changes.gone])),
            _tile("新しい指摘", _count("findings", "新しい指摘", [one.message for one in changes.findings_appeared])),
        )
    )
    lists = [
        block
        for block in (
            _listed("現れた数値", "appeared", [_single(one, facts.new) for one in changes.appeared]),
            _listed("消えた数値", "gone", [_single(one, facts.old) for one in changes.gone]),
            _listed("現れた節", "sections", [(Quoted(one),) for one in changes.sections_appeared]),
            _listed("消えた節", "sections-gone", [(Quoted(one),) for one in changes.sections_gone]),
            _listed("新しい指摘", "findings", [_finding(one) for one in changes.findings_appeared]),
            _listed("解消した指摘", "settled", [_finding(one) for one in changes.findings_settled]),
        )
        if block is not None
    ]
    marks = _marks(changes)
    if marks:
        yield _causes_table(changes, marks, facts)
    if any(not _is_cause(one, marks) for one in changes.moved):
        yield _moved_table(changes, marks, facts, _ROWS - min(len(marks), _MOST_CAUSES) - len(lists))
    yield from lists


def _tile(label: str, fact: Fact) -> KeyFigure:
    return KeyFigure((Text(label),), (FactRef(fact),))


def _count(about: str, label: str, members: Sequence[str]) -> Fact:
    return count_fact(f"changes/{about}", label, members)


# --- what changed in the sources, and what followed -------------------------------------------------------------------


def _marks(changes: Changes) -> dict[Cause, str]:
    """Return a letter for every changed place of the sources, in the order in which the document comes upon them."""
    causes = [cause for one in changes.moved for cause in one.causes if not cause.what]
    unique = list(dict.fromkeys(causes))
    return {cause: _letters(number) for number, cause in enumerate(unique)}


def _letters(number: int) -> str:
    """Return A ... Z, AA ... for 0 ...."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_cause(moved: Moved, marks: Mapping[Cause, str]) -> bool:
    """Tell whether a moved fact is itself what changed in a source."""
    return moved.new.derivation is None and any(cause in marks and cause.label == moved.label for cause in moved.causes)


def _causes_table(changes: Changes, marks: Mapping[Cause, str], facts: _Facts) -> Table:
    printed = {cause: one for one in changes.moved for cause in one.causes if _is_cause(one, marks)}
    shown = list(marks)[:_MOST_CAUSES]
    left = [f"{cause.label}" for cause in list(marks)[_MOST_CAUSES:]]
    heads = ("", "資料の記載", "場所", "前の号", "今の号", "変化")
    return Table(
        id="changes-sources",
        columns=(Column(5, "center"), Column(33), Column(26), Column(12, "right"), Column(12, "right"),
                 Column(12, "right")),
        header=(_heads(heads),),
        body=tuple(_cause_row(marks[cause], cause, printed.get(cause), facts) for cause in shown),
        caption=(Text("資料で変わった記載"),),
        notes=_left("sources", "表に載せていない資料の変更", left),
        small=True,
        summary="変わった資料の記載のそれぞれについて、場所と、前の号と今の号での値を示す表。",
    )  # fmt: skip


def _cause_row(mark: str, cause: Cause, moved: Moved | None, facts: _Facts) -> tuple[TableCell, ...]:
    stated = cause.new or cause.old
    place: Inlines = (Quoted(stated.origin.place(), stated.origin),) if stated is not None else ()
    if moved is None:
        values: tuple[Inlines, Inlines, Inlines] = (_words(cause.old), _words(cause.new), (Text("–"),))
    else:
        difference = facts.difference(moved)
        values = (
            (FactRef(facts.old(moved.old, moved.old_text)),),
            (FactRef(facts.new(moved.new, moved.new_text)),),
            (FactRef(difference) if difference else Text("–"),),
        )
    old, new, by = values
    return (
        TableCell(((Text(mark),),), align="center", emphasis="strong"),
        TableCell(((Quoted(cause.label),),)),
        TableCell((place,)),
        TableCell((old,), align="right"),
        TableCell((new,), align="right", emphasis="strong"),
        TableCell((by,), align="right"),
    )


def _words(stated: Stated | None) -> Inlines:
    return (Text("なし"),) if stated is None or not stated.raw else (Quoted(stated.raw, stated.origin),)


def _moved_table(changes: Changes, marks: Mapping[Cause, str], facts: _Facts, most: int) -> Table:
    followed = [one for one in changes.moved if not _is_cause(one, marks)]
    left = [one.id for one in followed[most:]]
    return Table(
        id="changes-moved",
        columns=(Column(43), Column(13, "right"), Column(13, "right"), Column(13, "right"), Column(18)),
        header=(_heads(("数値", "前の号", "今の号", "変化", "もと")),),
        body=tuple(_moved_row(one, marks, facts) for one in followed[:most]),
        caption=(Text("それによって動いた数値"),),
        notes=_left("moved", "表に載せていない動いた数値", left),
        small=True,
        summary="動いた数値のそれぞれについて、前の号の値、今の号の値、変化、もとになった資料の変更を示す表。",
    )


def _moved_row(moved: Moved, marks: Mapping[Cause, str], facts: _Facts) -> tuple[TableCell, ...]:
    difference = facts.difference(moved)
    return (
        TableCell(((Quoted(moved.label),),)),
        TableCell(((FactRef(facts.old(moved.old, moved.old_text)),),), align="right"),
        TableCell(((FactRef(facts.new(moved.new, moved.new_text)),),), align="right", emphasis="strong"),
        TableCell((((FactRef(difference) if difference else Text("–")),),), align="right"),
        TableCell((_reasons(moved, marks),)),
    )


def _reasons(moved: Moved, marks: Mapping[Cause, str]) -> Inlines:
    """Return the letters of the causes, and in words what has no place in a source."""
    line: list[Inline] = []
    letters = "、".join(marks[cause] for cause in moved.causes if cause in marks)
    if letters:
        line.append(Text(letters))
    for cause in moved.causes:
        if cause.what:
            words = cause.what if len(cause.what) <= _LONGEST else f"{cause.what[:_LONGEST]}…"
            line += [Text("、")] if line else []
            line.append(Quoted(words))
    return tuple(line)


def _heads(words: Sequence[str]) -> tuple[TableCell, ...]:
    return tuple(TableCell(((Text(word),),) if word else ()) for word in words)


def _left(about: str, label: str, members: Sequence[str]) -> tuple[Inlines, ...]:
    if not members:
        return ()
    count = _count(f"{about}/left", label, members)
    return ((Text("このほか"), FactRef(count), Text("がある（reportkit diff ですべてを表示）。")),)


# --- lists ------------------------------------------------------------------------------------------------------------


def _single(one: Single, make: Callable[[LedgerFact, str], Fact]) -> Inlines:
    where: Inlines = (Text("（"), Quoted(one.section), Text("）")) if one.section else ()
    return (Quoted(one.label), Text("："), FactRef(make(one.fact, one.text)), *where)


def _finding(finding: FindingEntry) -> Inlines:
    message = finding.message
    return (Quoted(message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…", finding.origin),)


def _listed(name: str, about: str, lines: Sequence[Inlines]) -> Paragraph | None:
    """Return a paragraph with the beginning of a list, and how many more there are; None for an empty list."""
    if not lines:
        return None
    content: list[Inline] = [Strong((Text(f"{name}："),))]
    for index, line in enumerate(lines[:_MOST_LISTED]):
        content += [Text("；")] if index else []
        content += line
    left = len(lines) - _MOST_LISTED
    if left > 0:
        members = [str(number) for number in range(_MOST_LISTED + 1, len(lines) + 1)]
        count = _count(f"{about}/left", f"{name}のうち、ここに載せていないもの", members)
        content += [Text("；ほか"), FactRef(count)]
    return Paragraph(tuple(content), "note")


def _provenance(ledger: Ledger) -> Provenance:
    labels = {}
    for fact in ledger.facts:
        for stated in fact.origins[:1]:
            if stated.row:
                labels[fact.id] = CellLabels(stated.row, stated.row_line, stated.head, stated.head_line)
    return Provenance(
        sources={one.file: SourceRecord(one.file, one.title, one.publication, one.encoding) for one in ledger.sources},
        labels=labels,
        version=ledger.reportkit,
    )
