"""The ledger of a document: every number bound to its place, and a custom XML part that says what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest
from ledger_of import N, bound_texts, digest_of, ledger_of, place_texts, seal_of
from sample_briefing import sample_document
from word_documents import base, briefing, part, write

from reportkit.base.fact import Derivation, Fact
from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.document.block import Heading, Paragraph
from reportkit.document.inline import FactRef, Footnote, Link, Quoted, Strong, Text
from reportkit.document.provenance import CellLabels, Provenance, SourceRecord
from reportkit.document.table import Column, Table, TableCell
from reportkit.render.word import write_word

PLACE = Origin("調査.txt", 12, 3)
PART = Fact("matrix/impact/架空業/R&D", "架空業×R&D", Quantity("3,711", Decimal(371_100_000_000), unit="円"),
            "3,711億円", (PLACE,), flags=("補完",))  # fmt: skip
WHOLE = Fact("matrix/impact/架空業/合計", "架空業（合計）", Quantity("9,000", Decimal(900_000_000_000), unit="円"),
             "9,000億円", (Origin("調査.txt", 12, 9),))  # fmt: skip
SHARE = Fact("share/impact/架空業", "割合", Quantity("41.2%", Decimal("41.2"), unit="%"), "41.2%", (),
             Derivation("部分 ÷ 全体", "share", (PART, WHOLE), (("decimals", "1"),)))  # fmt: skip


def line(*inlines: object) -> Paragraph:
    return Paragraph(inlines)  # type: ignore[arg-type]


def test_every_fact_and_every_quoted_digit_is_bound_in_reading_order() -> None:
    data = write(
        Heading(1, (Text("見出し "), FactRef(PART))),
        line(Text("効果は"), Strong((FactRef(PART),)), Text("、"), Quoted("第2期", PLACE), Quoted("言葉", PLACE)),
        line(Link((FactRef(SHARE), Quoted("資料1", None)), "https://example.com/")),
    )
    assert list(bound_texts(data).items()) == [
        ("_rk1", "3,711億円"), ("_rk2", "3,711億円"), ("_rk3", "第2期"), ("_rk4", "41.2%"), ("_rk5", "資料1"),
    ]  # fmt: skip
    assert place_texts(ledger_of(data)) == bound_texts(data)


def test_a_fact_says_its_value_place_and_labels_and_a_computed_one_its_inputs() -> None:
    provenance = Provenance(
        sources={"調査.txt": SourceRecord("調査.txt", "架空の調査", "架空省「調査」", "cp932")},
        labels={PART.id: CellLabels("架空業 ", 12, "R&D", 10)},
    )
    root = ledger_of(write(line(FactRef(SHARE)), provenance=provenance))
    share, part_, whole = root.iter(f"{N}fact")
    derivation = share.find(f"{N}derivation")
    assert (share.get("value"), share.get("unit"), derivation.get("operation")) == ("41.2", "%", "share")
    assert (derivation.get("inputs"), derivation.get("decimals")) == ("2 3", "1")
    assert (part_.get("id"), part_.get("value"), part_.get("flags")) == (PART.id, "371100000000", "補完")
    assert dict(part_.find(f"{N}origin").attrib) == {
        "source": "1", "line": "12", "column": "3",
        "row": "架空業 ", "row-line": "12", "head": "R&D", "head-line": "10",
    }  # fmt: skip
    assert part_.find(f"{N}origin").text == "3,711"
    assert whole.find(f"{N}origin").get("row") is None
    (source,) = root.iter(f"{N}source")
    assert (source.get("file"), source.get("encoding")) == ("調査.txt", "cp932")
    taken = (("12", "", "3", "", "架空業", "R&D", "3,711"), ("12", "", "9", "", "", "", "9,000"))
    said = "".join("".join(f"{one}\x1f" for one in each) + "\n" for each in taken)
    assert source.get("digest") == sha256(said.encode()).hexdigest()


def test_a_table_row_says_its_words_and_where_its_numbers_stand() -> None:
    cells = (
        TableCell(((Text("架|空{業}\\"),),)),
        TableCell(((FactRef(PART), Text("†")), (Text("次の行"),))),
        TableCell(((Quoted("2024年", PLACE),),)),
        TableCell(((Quoted("2024年", PLACE), Text("から")),)),
    )
    head = tuple(TableCell(((Text(word),),)) for word in ("業種", "効果", "年"))
    table = Table("t", tuple(Column(1) for _ in range(4)), (head,), (cells,), caption=(Text("表題"),), summary="要約")
    data = write(table)
    (found,) = ledger_of(data).iter(f"{N}table")
    assert [row.text for row in found.iter(f"{N}row")] == [
        "業種|効果|年|", "架\\|空\\{業}\\\\|{1}†\n次の行|{q1}|{2}から",
    ]  # fmt: skip
    assert (found.get("name"), found.get("title"), found.find(f"{N}alt").text) == ("表1", "表題", "要約")
    xml = part(data)
    mark = f'w:name="{found.get("bookmark")}"'
    assert xml.index("<w:tbl><w:tblPr>", xml.index("表題")) < xml.index(mark) < xml.index("業種")


def test_a_merged_stub_is_said_once() -> None:
    body = (
        (TableCell(((Text("甲"),),), rows=2), TableCell(((FactRef(PART),),))),
        (TableCell(((FactRef(WHOLE),),)),),
    )
    data = write(Table("t", (Column(1), Column(1)), (), body))
    assert [row.text for row in ledger_of(data).iter(f"{N}row")] == ["甲|{1}", "|{2}"]


def test_findings_name_the_facts_they_concern() -> None:
    about_cell = Finding(
        "matrix.identity", "warning", "積と合わない", "直す", PLACE, subjects=("cell:impact/架空業/R&D",)
    )
    stated = Fact(
        "case/1/metric/1/value", "削減", Quantity("5割", Decimal(50), unit="%"), "5割", (Origin("事例.md", 7),)
    )
    about_line = Finding("case.change", "error", "計算と合わない", "直す", Origin("事例.md", 7, 2))
    elsewhere = Finding("case.other", "note", "別の行", "直す", Origin("事例.md", 8))
    provenance = Provenance(findings=(about_line, elsewhere), cell_findings={"cell:impact/架空業/R&D": (about_cell,)})
    root = ledger_of(write(line(FactRef(stated), FactRef(PART)), provenance=provenance))
    found = [(each.get("code"), each.get("facts"), each.text) for each in root.iter(f"{N}finding")]
    assert found == [
        ("case.change", "1", "計算と合わない"),
        ("case.other", None, "別の行"),
        ("matrix.identity", "2", "積と合わない"),
    ]  # fmt: skip


def test_two_amounts_that_claim_one_id_both_stand_in_the_ledger() -> None:
    other = Fact(PART.id, PART.label, Quantity("4", Decimal(4), unit="円"), "4円", (PLACE,))
    root = ledger_of(write(line(FactRef(PART), FactRef(other), FactRef(PART.printed_as("3,711")))))
    assert [fact.get("value") for fact in root.iter(f"{N}fact")] == ["371100000000", "4"]
    assert [(place.get("fact"), place.text) for place in root.iter(f"{N}place")] == [
        ("1", "3,711億円"), ("2", "4円"), ("1", "3,711"),
    ]  # fmt: skip


def test_the_digest_can_be_computed_from_the_ledger_and_ignores_order() -> None:
    root = ledger_of(write(line(FactRef(SHARE)), line(FactRef(PART))))
    turned = ledger_of(write(line(FactRef(PART)), line(Text("別"), FactRef(SHARE.printed_as("約4割")))))
    changed = ledger_of(write(line(FactRef(PART)), line(FactRef(WHOLE))))
    assert root.get("facts") == digest_of(root) == turned.get("facts") != changed.get("facts")


def test_the_seal_covers_every_word_of_the_ledger() -> None:
    data = write(line(FactRef(SHARE), Text("&"), Quoted('第2"期<', PLACE)), organisation="架空<社> & 「他」")
    root = ledger_of(data)
    assert seal_of(root) == root.get("seal")
    next(root.iter(f"{N}quote")).set("line", "13")
    assert seal_of(root) != root.get("seal")


def test_a_fact_printed_with_and_without_a_mark_has_one_digest() -> None:
    coarser = replace(PART, flags=("上位区分",))
    derived = replace(SHARE, derivation=Derivation("部分 ÷ 全体", "share", (coarser, WHOLE), (("decimals", "1"),)))
    root = ledger_of(write(line(FactRef(PART), FactRef(derived))))
    fact = next(root.iter(f"{N}fact"))
    assert fact.get("flags") == "補完 上位区分"
    assert root.get("facts") == digest_of(root)


def test_the_sample_briefing_binds_all_it_prints_and_its_charts() -> None:
    document = sample_document()
    data = write_word(document, base())
    root = ledger_of(data)
    assert place_texts(root) == {name: text for name, text in bound_texts(data).items() if name[3:].isdigit()}
    printed = {(fact.get("id")) for fact in root.iter(f"{N}fact")}
    assert {fact.id for fact in document.facts()} <= printed
    drawings = re.findall(r'<wp:docPr id="\d+" name="([^"]+)" descr="([^"]+)"', part(data))
    charts = [(chart.get("name"), chart.find(f"{N}alt").text) for chart in root.iter(f"{N}chart")]
    assert charts == drawings
    assert len(charts) == 2


def test_root_says_what_cover_and_properties_say() -> None:
    root = ledger_of(write_word(briefing(organisation="架空<社>", keywords=("甲", "乙")), base()))
    assert (root.get("organisation"), root.get("keywords"), root.get("issue")) == ("架空<社>", "甲、乙", "1")
    assert (root.get("kind"), root.get("date"), root.get("edition")) == ("case", "2026-11-22", "reader")


@pytest.mark.parametrize("words", ["１２年", "①", "²", "٣"])
def test_digits_of_every_script_are_bound(words: str) -> None:
    assert list(bound_texts(write(line(Quoted(words)))).values()) == [words]


def test_footnotes_stand_behind_their_place_and_are_told_as_a_whole() -> None:
    note = Footnote((Text("出典："), Quoted("第2回調査", PLACE), Quoted("12行")))
    data = write(line(FactRef(PART), note, Text("と"), FactRef(WHOLE)), line(FactRef(SHARE), Footnote((Text("別"),))))
    root = ledger_of(data)
    assert [(each.get("n"), each.get("after"), each.text) for each in root.iter(f"{N}footnote")] == [
        ("1", "1", "出典：第2回調査12行"), ("2", "3", "別"),
    ]  # fmt: skip
    assert re.findall(r'w:name="(_rk\d+)"/>|<w:footnoteReference w:id="(\d+)"', part(data)) == [
        ("_rk1", ""), ("", "1"), ("_rk2", ""), ("_rk3", ""), ("", "2"),
    ]  # fmt: skip
    written = re.findall(r'<w:footnote w:id="(\d+)">(.*?)</w:footnote>', part(data, "word/footnotes.xml"))
    assert [(number, "".join(re.findall(r"<w:t[^>]*>([^<]*)", words))) for number, words in written] == [
        ("1", " 出典：第2回調査12行"), ("2", " 別"),
    ]  # fmt: skip
    assert "_rk" not in part(data, "word/footnotes.xml")
