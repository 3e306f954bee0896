"""Footnotes and comments of a document written by hand: sound ones pass, redirected, moved and reworded ones do not."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hand_docx import W, body, docx, ledger_xml, marked, paragraph, run, sealed

from reportkit.audit.verify import verify

NOTES = {1: "出典：架空調査 2025「産業×機能の効果」4行", 2: "出典：架空調査 2025、7行"}
MESSAGE = "積と合いません"


def mark(identifier: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{identifier}"/></w:r>'


def commented(identifier: int, inside: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{identifier}"/>{inside}<w:commentRangeEnd w:id="{identifier}"/>'
        f'<w:r><w:commentReference w:id="{identifier}"/></w:r>'
    )


def document(
    *, order: tuple[int, int] = (1, 2), comment: str = MESSAGE, on: int = 6, note: str = NOTES[1], at: int = 1
) -> bytes:
    """The document with two footnotes and one comment. at: place that the first note follows; on: place commented."""
    texts = {1: "1,500億円", 2: "80.0%", 4: "約3割", 6: "1,200", 7: "300"}
    content = body().replace(marked(at, texts[at]), marked(at, texts[at]) + mark(order[0]))
    content = content.replace(marked(4, texts[4]), marked(4, texts[4]) + mark(order[1]))
    content = content.replace(marked(on, texts[on]), commented(0, marked(on, texts[on])))
    ledger = ledger_xml()
    for number, (place, text) in enumerate(zip((1, 4), NOTES.values(), strict=True), start=1):
        element = f'<footnote n="{number}" after="{place}">{text}</footnote>'
        printed = ("", ">1,500億円</place>", "", "", ">約3割</place>")[place]
        ledger = ledger.replace(printed, printed + element, 1)
    ledger = ledger.replace('severity="warning"', 'severity="warning" comment="0"')
    listed = "".join(
        f'<w:footnote w:id="{identifier}">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" "), run(text))}</w:footnote>'
        for identifier, text in ({**NOTES, 1: note}).items()
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    said = paragraph(run(f"【警告】{comment}")) + paragraph(run("出所：survey/001.txt:4"))
    return docx(
        content=content,
        ledger=sealed(ElementTree.fromstring(ledger)),
        more={
            "word/footnotes.xml": f"<w:footnotes {W}>{separator}{listed}</w:footnotes>",
            "word/comments.xml": f'<w:comments {W}><w:comment w:id="0">{said}</w:comment></w:comments>',
        },
    )


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(one.kind, one.what) for one in verify(data).faults]


def test_footnotes_and_comments_as_the_ledger_has_them_are_in_order():
    assert faults(document()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"order": (2, 2)}, ("note", "脚注 1 が別の注を指すか、言葉が違います")),
        ({"order": (2, 1)}, ("note", "脚注 2 が別の注を指すか、言葉が違います")),
        ({"note": NOTES[1].replace("4行", "5行")}, ("note", "脚注 1 が別の注を指すか、言葉が違います")),
        ({"at": 2}, ("note", "脚注の印が、台帳の数値の後にありません")),
        ({"comment": "積と合います"}, ("comment", "コメントの言葉が台帳の指摘と違います")),
        ({"on": 7}, ("comment", "コメントが、指摘された数値の所にありません")),
    ],
)
def test_a_note_or_comment_that_was_changed_or_moved_is_reported(changes, expected):
    told = faults(document(**changes))
    assert expected in told, told


def test_a_note_that_was_added_and_a_comment_that_is_gone_are_reported():
    parts = document()
    more = docx(content=body() + paragraph(run("注"), mark(9)))
    assert ("note", "台帳にない脚注があります") in faults(more)
    assert faults(parts) == []
    text = ledger_xml().replace('severity="warning"', 'severity="warning" comment="0"')
    gone = docx(ledger=sealed(ElementTree.fromstring(text)))
    assert faults(gone) == [("comment", "指摘のコメントがありません")]
