"""Bytes to text: every encoding that the files of a Japanese office come in, and what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.sources.decode import MAX_BYTES, decode, too_large

TEXT = "# 事例調査：架空電機\n\n| 項目 | 内容 |\n|---|---|\n| 従業員数 | 約1,200名 |\n\n髙﨑①〜\n"


@pytest.mark.parametrize(
    ("data", "encoding", "codes"),
    [
        (TEXT.encode(), "utf-8", []),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig", []),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16", []),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", []),
        (TEXT.encode("utf-16-le"), "utf-16-le", ["source.encoding"]),
        (TEXT.encode("utf-16-be"), "utf-16-be", ["source.encoding"]),
        (TEXT.replace("〜", "～").encode("cp932"), "cp932", ["source.encoding"]),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-16-le bare", "utf-16-be bare", "cp932"],
)
def test_text_of_every_encoding_is_the_same_text(data: bytes, encoding: str, codes: list[str]) -> None:
    decoded = decode(data, "a.txt")
    assert decoded.text is not None
    assert decoded.text.replace("～", "〜") == TEXT
    assert decoded.encoding == encoding
    assert [finding.code for finding in decoded.findings] == codes


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029"])
def test_any_line_end_is_a_line_end(end: str) -> None:
    assert decode(f"一{end}二{end}三".encode(), "a.txt").text == "一\n二\n三"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source.empty"),
        (b" \r\n\t\n", "source.empty"),
        (codecs.BOM_UTF8, "source.empty"),
        (b"\x00" * 64, "source.empty"),
        (b"%PDF-1.7\n...", "source.binary"),
        (b"PK\x03\x04" + bytes(64), "source.binary"),
        (bytes(range(256)) * 20, "source.binary"),
        (b"\x01\x02\x03" * 100, "source.binary"),
        (b"a" * (MAX_BYTES + 1), "source.too-large"),
    ],
)
def test_what_is_no_text_is_refused_with_one_finding(data: bytes, code: str) -> None:
    decoded = decode(data, "壊/a.txt")
    assert decoded.text is None
    assert decoded.reason
    (finding,) = decoded.findings
    assert (finding.code, finding.origin and finding.origin.source) == (code, "壊/a.txt")
    assert finding.fix


def test_a_file_that_breaks_off_inside_a_character_is_read_and_reported_at_its_line() -> None:
    decoded = decode(TEXT.encode()[:-2], "a.txt")
    assert decoded.text is not None
    assert decoded.text.startswith("# 事例調査")
    (finding,) = decoded.findings
    assert finding.code == "source.damaged"
    assert finding.origin is not None
    assert finding.origin.line == 7


def test_a_single_control_character_does_not_make_a_text_binary() -> None:
    assert decode((TEXT + "\x00\x1b").encode(), "a.txt").text == TEXT + "\x00\x1b"


def test_the_size_of_a_refused_file_is_said_as_people_read_it() -> None:
    assert "120 MB" in too_large("120 MB", "a.txt").reason


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    decoded = decode(data, "a.txt")
    assert (decoded.text is None) == bool(decoded.reason)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_utf8_comes_through_unchanged(text: str) -> None:
    decoded = decode(text.encode(), "a.txt")
    if decoded.text is not None:
        assert decoded.text == text.removeprefix("\ufeff")
