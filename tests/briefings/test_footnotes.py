"""Footnotes: which numbers of the prose get one, what it says, and when sources are merged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportkit.base.fact import Derivation, Fact
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.briefings.footnotes import with_footnotes
from reportkit.document.block import (
    Block,
    Box,
    Document,
    Heading,
    Issue,
    ItemList,
    KeyFigure,
    KeyFigures,
    ListItem,
    Paragraph,
)
from reportkit.document.inline import FactRef, Footnote, Inline, Link, Strong, Text, plain_text
from reportkit.document.provenance import Provenance, SourceRecord
from reportkit.document.table import Column, Table, TableCell

PROVENANCE = Provenance(
    sources={
        "a.txt": SourceRecord("a.txt", cited="架空省「調査」", again="架空省（前掲）"),
        "b.md": SourceRecord("b.md", cited="「事例：乙」", again="「事例：乙」"),
    },
    tables={"impact": "効果", "labour": "人件費"},
)


def stated(fact_id: str, *places: Origin) -> Fact:
    return Fact(fact_id, "何か", Quantity("1", Decimal(1), unit="円"), "1円", places)


def derived(operation: str, *inputs: Fact) -> Fact:
    derivation = Derivation("式", operation, inputs)  # type: ignore[arg-type]
    return Fact(f"{operation}/x", "何か", Quantity("2%", Decimal(2), unit="%"), "2%", (), derivation)


EFFECT = stated("matrix/impact/甲/乙", Origin("a.txt", 10, 2))
TOTAL = stated("matrix/impact/甲/合計", Origin("a.txt", 12, 9))
LABOUR = stated("matrix/labour/甲/乙", Origin("a.txt", 30, 2))
CASE = stated("case/1/metric/1/value", Origin("b.md", 7))


def noted(*blocks: Block) -> Document:
    document = Document("case", "1", "題", "", Issue("2026-11-22", ""), blocks, provenance=PROVENANCE)
    return with_footnotes(document)


def notes(document: Document) -> list[str]:
    def walk(inlines: tuple[Inline, ...]) -> Iterator[str]:
        for inline in inlines:
            match inline:
                case Footnote(content):
                    yield plain_text(content)
                case Strong(children):
                    yield from walk(children)
                case _:
                    pass

    def of(blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph(content=content):
                    yield from walk(content)
                case ItemList(items=items):
                    for item in items:
                        yield from walk(item.content)
                        yield from of((ItemList(item.children),))
                case Box(blocks=inner):
                    yield from of(inner)
                case _:
                    pass

    return list(of(document.blocks))


def para(*inlines: Inline) -> Paragraph:
    return Paragraph(inlines)


def test_a_number_in_prose_carries_title_table_and_line_right_behind_it() -> None:
    document = noted(para(Text("効果は"), Strong((FactRef(EFFECT),)), Text("である。")))
    assert notes(document) == ["出典：架空省「調査」「効果」10行"]
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    strong = block.content[1]
    assert isinstance(strong, Strong)
    assert [type(part) for part in strong.children] == [FactRef, Footnote]


def test_the_same_source_is_merged_below_one_heading_and_told_again_below_the_next() -> None:
    document = noted(
        Heading(1, (Text("甲"),)),
        para(FactRef(EFFECT), FactRef(TOTAL)),
        ItemList((ListItem((FactRef(EFFECT),), (ListItem((FactRef(CASE),)),)),)),
        Heading(3, (Text("小見出し"),)),
        para(FactRef(TOTAL)),
        Heading(2, (Text("乙"),)),
        Box((), (para(FactRef(TOTAL)),)),
    )
    assert notes(document) == [
        "出典：架空省「調査」「効果」10・12行",
        "出典：「事例：乙」7行",
        "出典：架空省（前掲）「効果」12行",
    ]


def test_a_computed_number_names_all_its_tables_and_says_that_it_was_computed() -> None:
    product = derived("product", LABOUR, EFFECT)
    share = derived("share", product, TOTAL)
    places = "出典：架空省「調査」「人件費」30行、「効果」10・12行"
    assert notes(noted(para(FactRef(share)))) == [f"{places}をもとに計算"]
    # Another number that the same note is about stands in one of these tables as it is.
    assert notes(noted(para(FactRef(share)), para(FactRef(LABOUR)))) == [places]


def test_what_no_source_states_and_what_is_no_prose_gets_none() -> None:
    table = Table("t", (Column(1),), (), ((TableCell(((FactRef(EFFECT),),)),),))
    document = noted(
        Heading(1, (FactRef(EFFECT),)),
        para(FactRef(derived("count")), FactRef(derived("setting")), Link((FactRef(EFFECT),), "https://example.com")),
        table,
        KeyFigures((KeyFigure((), (FactRef(EFFECT),)),)),
        Heading(1, (Text("付録"),), numbered=False),
        para(FactRef(EFFECT)),
    )
    assert notes(document) == []


def test_many_lines_are_told_as_runs_and_the_rest_left_to_the_ledger() -> None:
    ranks = [stated(f"matrix/impact/{line}/乙", Origin("a.txt", line)) for line in (3, 4, 5, 9, 11, 13, 15)]
    (note,) = notes(noted(para(FactRef(derived("rank", *ranks)))))
    assert note == "出典：架空省「調査」「効果」3〜5・9・11・13行ほかをもとに計算"
    sheet = stated("matrix/labour/甲/丙", Origin("a.txt", 3, 2, sheet="表1"))
    assert notes(noted(para(FactRef(sheet)))) == ["出典：架空省「調査」「人件費」シート「表1」3行"]
