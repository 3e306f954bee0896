"""Tables of the appendix: where each section of the source is told, and the labelled lines of its head and foot."""

from __future__ import annotations

from reportkit.base.origin import Quote
from reportkit.corpus.case import Pair
from reportkit.document.inline import Inline, Quoted, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.exhibits.parts import NOT_ASKED, cell, head, inlines, source_line
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
    pairs = (*view.front_matter, *view.footer)
    if not pairs:
        return None
    return Table(
        id="case-record",
        columns=(Column(1.6), Column(4.0)),
        header=(),
        body=tuple((_part(pair.label, pair), _part(pair.text, pair)) for pair in pairs),
        caption=inlines("資料の冒頭と末尾に記された項目"),
        source=source_line(view.citation),
        kind="profile",
        small=True,
        summary="資料の冒頭と末尾に記された項目と値の表。",
    )


def _part(text: str, pair: Pair) -> TableCell:
    return cell(Quoted(text, pair.origin)) if text else cell(NOT_ASKED, emphasis="muted")


def _listed(quotes: tuple[Quote, ...]) -> TableCell:
    line: list[Inline] = []
    for quote in quotes:
        if line:
            line.append(Text("、"))
        line.append(Quoted(quote.text, quote.origin))
    return TableCell((tuple(line),)) if line else cell(NOT_ASKED, emphasis="muted")
