"""A document lists every fact that it prints or draws."""

from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.block import (
    Box,
    Document,
    Heading,
    Issue,
    ItemList,
    KeyFigure,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.chart import Chart, Reference, Series
from reportkit.document.inline import Emphasis, FactRef, LineBreak, Link, Quoted, Strong, Text, plain_text
from reportkit.document.table import Column, Table, TableCell


def _ref(name: str, text: str = "1億円") -> FactRef:
    return FactRef(Fact(name, name, Quantity(text, Decimal(1), unit="億円"), text))


def test_facts_are_found_wherever_they_stand() -> None:
    chart = Chart(
        "c",
        "bar",
        caption=(_ref("in-chart-caption"),),
        alt="",
        categories=("a", "b"),
        series=(Series("s", (_ref("in-series").fact, None)),),
        references=(Reference("平均", _ref("in-reference").fact),),
    )
    table = Table(
        "t",
        columns=(Column(1),),
        header=((TableCell(((_ref("in-header"),),)),),),
        body=((TableCell(((Strong((_ref("in-cell"),)),),)),),),
        notes=((_ref("in-note"),),),
        source=(_ref("in-source"),),
    )
    document = Document(
        "sector",
        "医療",
        "題",
        "副題",
        Issue("2026-01-31", "調査 2023年9月"),
        (
            Heading(1, (_ref("in-heading"),)),
            Paragraph((Emphasis((_ref("in-paragraph"),)), LineBreak())),
            ItemList((ListItem((_ref("in-item"),), (ListItem((_ref("in-sub-item"),)),)),)),
            Box((Text("注意"),), (Paragraph((Link((_ref("in-box"),), "https://example.com"),)),)),
            KeyFigures((KeyFigure((Text("額"),), (_ref("in-tile"),)),)),
            chart,
            table,
            PageBreak(),
            Paragraph((_ref("in-paragraph"), _ref("in-paragraph", "0.0001兆円"))),
        ),
    )
    assert [(fact.id, fact.text) for fact in document.facts()] == [
        ("in-heading", "1億円"),
        ("in-paragraph", "1億円"),
        ("in-item", "1億円"),
        ("in-sub-item", "1億円"),
        ("in-box", "1億円"),
        ("in-tile", "1億円"),
        ("in-chart-caption", "1億円"),
        ("in-series", "1億円"),
        ("in-reference", "1億円"),
        ("in-header", "1億円"),
        ("in-cell", "1億円"),
        ("in-source", "1億円"),
        ("in-note", "1億円"),
        ("in-paragraph", "0.0001兆円"),
    ]


def test_plain_text_keeps_the_words_and_drops_the_marks() -> None:
    inlines = (
        Text("効果は"),
        Strong((_ref("x", "54億円"),)),
        LineBreak(),
        Quoted("原文"),
        Link((Text("頁"),), "https://a"),
    )
    assert plain_text(inlines) == "効果は54億円 原文頁"
