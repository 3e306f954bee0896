"""Reading the ledger of a document, sound or not."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest
from hand_docx import SOURCE, docx, ledger_xml

from reportkit.audit.entries import Heading, Reference, TableEntry
from reportkit.audit.ledger import read_ledger
from reportkit.base.errors import AuditError
from reportkit.base.origin import Origin


def at(n: int) -> Reference:
    return Reference("place", n)


def test_a_ledger_is_read_with_everything_that_it_says(tmp_path):
    path = tmp_path / "医療.docx"
    path.write_bytes(docx())
    ledger = read_ledger(path)
    assert (ledger.kind, ledger.subject, ledger.issue, ledger.date) == ("sector", "医療", 2, "2026-11-22")
    assert ledger.digest == ledger.computed_digest
    assert ledger.seal == ledger.computed_seal
    cell = ledger.fact(1)
    assert cell.value == Decimal(120_000_000_000)
    assert cell.origins[0].origin == Origin("survey/001.txt", 4, 2)
    assert (cell.origins[0].raw, cell.origins[0].row, cell.origins[0].head) == ("1,200", "医療", "営業")
    share = ledger.fact(5)
    assert share.derivation is not None
    assert (share.derivation.operation, share.derivation.parameters) == ("share", {"decimals": "1"})
    assert [fact.id for fact in ledger.roots(share)] == ["matrix/impact/医療/営業", "matrix/impact/医療/合計"]
    assert [place.n for place in ledger.printed(2)] == [1, 8]
    assert ledger.places[5].text == "回答した252社"
    (table,) = ledger.of(TableEntry)
    assert table.rows[1] == (("医療",), (at(6), "※"), (at(7),), (at(8),))
    assert table.rows[2] == (("金融",), (), (), (at(9),))
    last = len(ledger.items) - 1
    assert [one.text for one in ledger.headings_of[last]] == ["経済インパクト", "内訳"]
    assert [one.level for one in ledger.of(Heading)] == [1, 2]


def test_words_of_a_cell_may_hold_bars_braces_and_backslashes():
    places = r'<table name="表1" id="x"><row>a\|b|\{3}|c\\|{q1}</row></table>'
    (table,) = read_ledger(docx(ledger=ledger_xml(places=places))).of(TableEntry)
    assert table.rows == ((("a|b",), ("{3}",), ("c\\",), (Reference("quote", 1),)),)


def test_the_digests_do_not_depend_on_how_the_xml_is_written():
    text = ledger_xml()
    spread = re.sub(r"><(fact|place|origin)", r">\n   <\1", text)
    other = spread.replace('<derivation operation="share"', "<derivation\n   operation='share'").replace(
        "&lt;", "&#60;"
    )
    assert other != text
    ledger = read_ledger(docx(ledger=other))
    assert ledger.seal == ledger.computed_seal
    changed = read_ledger(docx(ledger=text.replace('value="80"', 'value="81"')))
    assert changed.digest != changed.computed_digest
    moved = read_ledger(docx(ledger=text.replace(">第2位<", ">第3位<")))
    assert moved.digest == moved.computed_digest
    assert moved.seal != moved.computed_seal


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "ではないか、壊れています"),
        (b"\xd0\xcf\x11\xe0 old", "パスワード"),
        (SOURCE.encode(), "ではないか、壊れています"),
        (docx()[:-200], "ではないか、壊れています"),
        (docx(ledger=""), "台帳がありません"),
        (docx(ledger=ledger_xml().replace("ledger:1", "ledger:2")), "台帳の版（2）"),
        (docx(more={"customXml/item2.xml": ledger_xml()}), "二つ以上"),
        (docx(ledger=ledger_xml()[:-5]), "壊れています"),
        (docx(ledger="<!DOCTYPE a [<!ENTITY b 'urn:reportkit:ledger:1'>]><a>&b;</a>"), "宣言"),
        (docx(ledger=f"<a x='urn:reportkit:ledger:1'>{'<b>' * 400}{'</b>' * 400}</a>"), "入れ子"),
        (docx(ledger=ledger_xml(facts="")), "fact か quote がありません"),
        (docx(ledger=ledger_xml().replace('inputs="1 2"', 'inputs="1 99"')), "知らない fact 99"),
        (docx(ledger=ledger_xml().replace('inputs="1 2"', 'inputs="6 2"').replace('"2 4 2"', '"5"')), "自分自身"),
        (docx(ledger=ledger_xml().replace('value="80"', 'value="1E999999"')), "数ではありません"),
        (docx(ledger=ledger_xml().replace("{9}", "{10}")), "知らない place 10"),
        (docx(ledger=ledger_xml().replace("<place quote", '<place fact="1" quote')), "place 5 の fact か quote"),
        (docx(ledger=ledger_xml().replace("heading", "plaice")), "知らない要素 plaice"),
    ],
)  # fmt: skip
def test_what_is_no_sound_ledger_is_refused_with_reason_and_remedy(data, what):
    with pytest.raises(AuditError) as caught:
        read_ledger(data, "報告.docx")
    assert any(what in problem.what for problem in caught.value.problems), caught.value
    assert all(problem.place == "報告.docx" and problem.fix for problem in caught.value.problems)


def test_all_faults_of_a_ledger_are_told_at_once():
    text = ledger_xml().replace('value="80"', 'value="x"').replace('fact="7"', 'fact="seven"')
    with pytest.raises(AuditError) as caught:
        read_ledger(docx(ledger=text))
    assert len(caught.value.problems) >= 2


def test_a_zip_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("reportkit.audit.package.MAX_UNPACKED", 100_000)
    with pytest.raises(AuditError, match="展開すると大きすぎる"):
        read_ledger(docx(more={"word/media/x.bin": b"\0" * 200_000}))


def test_a_part_that_is_in_the_archive_twice_is_refused():
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    with pytest.raises(AuditError, match="二つあります"):
        read_ledger(out.getvalue())


def test_a_file_that_is_not_there_is_an_error_with_its_name(tmp_path):
    with pytest.raises(AuditError, match=r"ない\.docx"):
        read_ledger(tmp_path / "ない.docx")
