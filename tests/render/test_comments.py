"""The review edition: what the checks found stands as a comment at the number; readers get the note only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ledger_of import N, ledger_of
from word_documents import briefing, changed_base, part

from reportkit.base.fact import Derivation, Fact
from reportkit.base.finding import Evidence, Finding
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.document.block import Paragraph
from reportkit.document.inline import FactRef, Text
from reportkit.document.provenance import Provenance
from reportkit.document.table import Column, Table, TableCell
from reportkit.render.word import load_base, write_word
from reportkit.render.word.style_map import STYLE_MAP

BASE = Path(__file__).parents[2] / "templates" / "base.docx"
PLACE = Origin("調査.txt", 12, 3)
CELL = Fact("matrix/impact/甲/乙", "甲×乙", Quantity("3,711", Decimal(3711), unit="円"), "3,711円", (PLACE,))
OTHER = Fact(
    "matrix/impact/甲/丙", "甲×丙", Quantity("12", Decimal(12), unit="円"), "12円", (Origin("調査.txt", 12, 4),)
)
SUM = Fact("sum/x", "計", Quantity("3,723円", Decimal(3723), unit="円"), "3,723円", (),
           Derivation("合計", "sum", (CELL, OTHER)))  # fmt: skip
FOUND = Finding(
    "matrix.identity", "warning", "積と <合いません>", "報告書を確かめてください", PLACE,
    (Evidence("積", "2,012円"), Evidence("印刷", "3,711円", PLACE)), ("cell:impact/甲/乙",),
)  # fmt: skip
HINT = Finding("matrix.note", "note", "注がある", "読む", PLACE, subjects=("cell:impact/甲/丙",))
PROVENANCE = Provenance(cell_findings={"cell:impact/甲/乙": (FOUND,), "cell:impact/甲/丙": (HINT,)})


def written(edition: str, *facts: Fact) -> bytes:
    table = Table("t", (Column(1),), (), ((TableCell(((FactRef(facts[-1]),),)),),))
    document = briefing(*(Paragraph((Text("値は"), FactRef(fact))) for fact in facts), table, provenance=PROVENANCE)
    return write_word(replace(document, edition=edition), load_base(BASE))


def commented(data: bytes) -> dict[str, str]:
    """The text that each comment is about, by its id."""
    pattern = r'<w:commentRangeStart w:id="(\d+)"/>(.*?)<w:commentRangeEnd w:id="\1"/>'
    return {n: "".join(re.findall(r"<w:t[^>]*>([^<]*)", run)) for n, run in re.findall(pattern, part(data))}


def test_a_finding_is_a_comment_at_the_first_number_that_it_is_about(
    tmp_path: Path, validate_docx: Callable[[Path], None]
) -> None:
    data = written("review", SUM, OTHER, CELL, CELL)
    assert commented(data) == {"0": "12円", "1": "3,711円"}  # not at the sum: both are printed themselves
    comments = part(data, "word/comments.xml")
    assert re.findall(r'<w:comment w:id="(\d)" w:author="(\w+)" w:date="([^"]+)"', comments) == [
        ("0", "reportkit", "2026-11-22T00:00:00Z"), ("1", "reportkit", "2026-11-22T00:00:00Z"),
    ]  # fmt: skip
    second = comments[comments.index('w:id="1"') :]
    assert re.findall(r"<w:t[^>]*>([^<]*)", second) == [
        "【警告】積と &lt;合いません&gt;", "積：2,012円", "印刷：3,711円（調査.txt:12 (列3)）",
        "対処：報告書を確かめてください", "出所：調査.txt:12 (列3)", "指摘の種類：matrix.identity",
    ]  # fmt: skip
    found = {each.get("code"): each.get("comment") for each in ledger_of(data).iter(f"{N}finding")}
    assert found == {"matrix.identity": "1", "matrix.note": "0"}
    assert "［校閲版］" in "".join(part(data, f"word/header{n}.xml") for n in (1, 2))
    path = tmp_path / "review.docx"
    path.write_bytes(data)
    validate_docx(path)


def test_a_number_computed_from_a_doubtful_one_is_commented_when_that_is_not_printed() -> None:
    assert commented(written("review", SUM, OTHER)) == {"0": "3,723円", "1": "12円"}


def test_readers_get_no_comments() -> None:
    data = written("reader", CELL)
    assert commented(data) == {}
    assert "comment" not in part(data, "[Content_Types].xml")
    assert "［校閲版］" not in "".join(part(data, f"word/header{n}.xml") for n in (1, 2))


def test_a_base_file_without_comment_styles_still_gives_comments(
    tmp_path: Path, validate_docx: Callable[[Path], None]
) -> None:
    path = changed_base(
        tmp_path, "word/styles.xml", r'<w:style (?:(?!<w:style ).)*?w:val="annotation \w+"/>.*?</w:style>', ""
    )
    assert STYLE_MAP["comment-text"].optional
    data = write_word(briefing(Paragraph((FactRef(CELL),)), provenance=PROVENANCE, edition="review"), load_base(path))
    assert commented(data) == {"0": "3,711円"}
    target = tmp_path / "review.docx"
    target.write_bytes(data)
    validate_docx(target)
