"""Numbers that a finding concerns carry ※ in running text, and one note per subsection says where it is explained."""

from __future__ import annotations

from decimal import Decimal

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.document.block import Block, Box, Heading, ItemList, ListItem, Paragraph
from reportkit.document.inline import FactRef, Inline, Strong, Text, plain_text
from reportkit.sections.doubts import mark_doubts

GOOD = Fact("a", "良い値", Quantity("12%", value=Decimal(12), unit="%"), "12%")
DOUBTFUL = Fact("b", "怪しい値", Quantity("34%", value=Decimal(34), unit="%"), "34%", flags=("要確認",))
NOTE = "※ データの点検で指摘のある値。内容は付録「点検の結果」を参照。"


def line(*facts: Fact) -> tuple[Inline, ...]:
    return (Text("値は"), *map(FactRef, facts))


def words(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(content=content) | Heading(content=content):
                found.append(plain_text(content))
            case ItemList(items=items):
                found.extend(plain_text(item.content) for item in items)
            case Box(blocks=inner):
                found.extend(words(inner))
    return found


def test_a_doubtful_number_is_marked_and_explained_before_the_next_heading() -> None:
    blocks: list[Block] = [
        Heading(1, (Text("章"),)),
        Paragraph(line(GOOD, DOUBTFUL)),
        Paragraph(line(GOOD)),
        Heading(2, (Text("節"),)),
        Paragraph(line(GOOD)),
    ]
    assert words(mark_doubts(blocks, "sector")) == ["章", "値は12%34%※", NOTE, "値は12%", "節", "値は12%"]


def test_marks_reach_lists_strong_words_and_boxes() -> None:
    strong = Paragraph((Strong((FactRef(DOUBTFUL),)),))
    nested = ItemList((ListItem(line(GOOD), (ListItem(line(DOUBTFUL)),)),))
    boxed = mark_doubts([Box((Text("箱"),), (strong,))], "sector")
    assert words(boxed) == ["34%※", NOTE]
    (marked, note) = mark_doubts([nested], "sector")
    assert isinstance(marked, ItemList)
    assert plain_text(marked.items[0].children[0].content) == "値は34%※"
    assert isinstance(note, Paragraph)
    assert note.role == "note"


def test_nothing_changes_where_nothing_is_doubtful() -> None:
    blocks = (Paragraph(line(GOOD)), ItemList((ListItem(line(GOOD)),)))
    marked = mark_doubts(blocks, "sector")
    assert all(one is other for one, other in zip(marked, blocks, strict=True))


def test_a_briefing_without_the_chapter_does_not_point_to_it() -> None:
    assert words(mark_doubts([Paragraph(line(DOUBTFUL))], "overview"))[-1] == "※ データの点検で指摘のある値。"
