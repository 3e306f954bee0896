"""Tables of the appendix: where each section of the source is told, and the labelled lines of its head and foot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportkit.base.origin import Quote
from reportkit.corpus.case import Pair
from reportkit.document.inline import Inline, Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import DASH, cell, head, inlines, source_line
from reportkit.views.case import CaseView


def case_outline(view: CaseView) -> Table | None:
    """Return the sections of the source, their sub-headings and heads of tables, and the chapter that tells them."""
    if not view.outline:
        return None
    return Table(
        id="case-outline",
        columns=(Column(2.4), Column(4.0), Column(1.9), Column(0.8)),
        header=(
            (
                head("資料の節", align="left"),
                head("小見出しと表の列", align="left"),
                head("掲載した章", align="left"),
                head("行", align="left"),
            ),
        ),
        body=tuple(
            (
                cell(section.title),
                _listed(section.headings),
                cell(section.chapter),
                cell(section.place),
            )
            for section in view.outline
        ),
        caption=inlines("資料の構成と掲載した章"),
        source=source_line(view.citation),
        small=True,
        summary="元の資料の節ごとに、小見出しと、本資料で掲載した章を示す表。",
    )


def case_record(view: CaseView) -> Table | None:
    """Return the labelled lines at the head and at the foot of the file: id, date, data source, status."""
    rows = (
        *_front_matter(view.front_matter),
        *((_part(pair.label, pair), _part(pair.text, pair)) for pair in view.footer),
    )
    if not rows:
        return None
    return Table(
        id="case-record",
        columns=(Column(1.6), Column(4.0)),
        header=(),
        body=rows,
        caption=inlines("資料の冒頭と末尾に記された項目"),
        source=source_line(view.citation),
        kind="profile",
        small=True,
        summary="資料の冒頭と末尾に記された項目と値の表。",
    )


def _front_matter(pairs: tuple[Pair, ...]) -> Iterator[tuple[TableCell, TableCell]]:
    """Yield the rows of the front matter: a list in one row, and none for a key that only opens what follows."""
    for place, group in groupby(enumerate(pairs), key=lambda item: _list_key(item[1]) or str(item[0])):
        items = [pair for _, pair in group]
        first = items[0]
        if place == _list_key(first):
            yield _part(place, first), _listed(tuple(Quote(pair.text, pair.origin) for pair in items if pair.text))
        elif not _opens(first, pairs):
            yield _part(first.label, first), _part(first.text, first)


def _list_key(pair: Pair) -> str:
    """Return the key of the list that a pair is an item of (`tags.0` is an item of tags); "" for other pairs."""
    key, _, last = pair.label.rpartition(".")
    return key if last.isdigit() else ""


def _opens(pair: Pair, pairs: tuple[Pair, ...]) -> bool:
    """Tell whether a pair is only the line above nested keys: `company:`."""
    if pair.text.rstrip(":： ") != pair.label.rpartition(".")[2]:
        return False
    return any(other.label.startswith(f"{pair.label}.") for other in pairs)


def _part(text: str, pair: Pair) -> TableCell:
    return cell(Quoted(text, pair.origin)) if text else DASH


def _listed(quotes: tuple[Quote, ...]) -> TableCell:
    line: list[Inline] = []
    comma = ", " if all(quote.text.isascii() for quote in quotes) else "、"  # Latin words part only at blanks
    for quote in quotes:
        if line:
            line.append(Text(comma))
        line.append(Quoted(quote.text, quote.origin))
    return TableCell((tuple(line),)) if line else DASH
