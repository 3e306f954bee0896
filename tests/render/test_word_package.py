"""Packing: readable by everyone, the same bytes every time, nothing broken inside."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from reportkit.base.errors import RenderError
from reportkit.render.word.package import deflated_part, pack_parts, recurring_part, stored_part, xml_part


def test_a_packed_file_is_read_back_by_the_standard_library() -> None:
    contents = {"b.xml": b"<b/>" * 500, "[Content_Types].xml": b"<Types/>", "a/画像.png": bytes(range(256))}
    parts = [deflated_part(name, content) for name, content in contents.items() if name != "a/画像.png"]

    data = pack_parts([*parts, stored_part("a/画像.png", contents["a/画像.png"])])

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "a/画像.png", "b.xml"]
        assert {name: archive.read(name) for name in archive.namelist()} == contents
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        methods = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert methods["a/画像.png"] == zipfile.ZIP_STORED
    assert methods["b.xml"] == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize("size", [0, 1, 300, 4096, 4097, 8192, 8193, 16384, 16385, 70_000])
def test_parts_of_every_size_are_read_back_and_packed_as_well_as_in_the_usual_window(size: int) -> None:
    content = (b'<w:r><w:t xml:space="preserve">' + bytes(range(97, 123))) * (size // 56 + 1)
    content = content[:size]

    part = deflated_part("a.xml", content)

    assert zlib.decompress(part.data, -15) == content
    assert len(part.data) <= len(zlib.compress(content, 6)) + 2


def test_the_order_in_which_parts_come_does_not_matter() -> None:
    parts = [deflated_part(name, name.encode()) for name in ("c.xml", "a.xml", "[Content_Types].xml", "b.xml")]

    assert pack_parts(parts) == pack_parts(reversed(parts))


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"a\.xml"):
        pack_parts([deflated_part("a.xml", b"1"), deflated_part("a.xml", b"2")])


@pytest.mark.parametrize("xml", ["<w:p/>", "<p>", "<p>\x01</p>", "", '<p a="1" a="2"/>', "<p>&nbsp;</p>"])
def test_a_part_that_word_could_not_read_is_refused_by_name(xml: str) -> None:
    with pytest.raises(RenderError, match=r"word/x\.xml"):
        xml_part("word/x.xml", xml.encode())


def test_a_recurring_part_is_checked_like_any_other() -> None:
    for _ in range(2):
        with pytest.raises(RenderError, match=r"word/x\.xml"):
            recurring_part("word/x.xml", b"<w:p/>")
    assert recurring_part("word/x.xml", b"<p/>") == xml_part("word/x.xml", b"<p/>")
