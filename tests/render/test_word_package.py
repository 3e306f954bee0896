"""Packing: readable by everyone, the same bytes every time, nothing broken inside."""

from __future__ import annotations

import io
import zipfile

import pytest

from reportkit.base.errors import RenderError
from reportkit.render.word.package import deflated_part, pack_parts, stored_part, xml_part


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
