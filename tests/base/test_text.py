"""Widths, full-width ASCII, and characters that no document may hold."""

import sys
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reportkit.base.text import display_width, printable, shared, to_half_width


def test_only_full_width_ascii_becomes_half_width() -> None:
    assert to_half_width("４７％：（Ａ）　①¹〜㈱") == "47%:(A) ①¹〜㈱"


def test_japanese_characters_count_two_columns() -> None:
    assert display_width("医療x8") == 6


@given(st.text())
def test_a_text_is_as_wide_as_its_characters(text: str) -> None:
    assert display_width(text) == sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))))
def test_words_without_controls_stay_as_they_are(text: str) -> None:
    assert printable(text) == text


def test_controls_and_direction_marks_go_and_breaks_become_blanks() -> None:
    assert printable("a\u0001b\tc\nd\u202ee\ue000f\ufffe") == "ab c def"


def test_emoji_and_rare_kanji_stay() -> None:
    assert printable("✅𠮷髙㈱〜−") == "✅𠮷髙㈱〜−"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_text_that_xml_allows(text: str) -> None:
    clean = printable(text)
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = ET.fromstring(f"<t>{escaped}</t>".encode())
    assert (parsed.text or "") == clean


def test_short_words_are_kept_once_and_not_in_the_table_of_the_process() -> None:
    first, second = ("".join(("架空の見出し", "甲")) for _ in range(2))
    assert first is not second
    assert shared(second) is shared(first)
    assert sys.intern("".join(("架空の見出し", "甲"))) is not shared(first)


def test_long_words_stay_as_they_are() -> None:
    first, second = ("".join(("架空の見出し" * 5, "甲")) for _ in range(2))
    assert shared(first) is first
    assert shared(second) is second
