"""Reading the base file: what is in it, and what is said about one that is not right."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from sample_briefing import heading, sample_document, words
from word_documents import BASE, W, base, briefing, changed_base, opened, part, write

from reportkit.base.errors import RenderError
from reportkit.document.block import Paragraph
from reportkit.document.inline import Footnote, Text
from reportkit.render.word import load_base, write_word
from reportkit.render.word.package import deflated_part, pack_parts
from reportkit.render.word.style_map import STYLE_MAP


def _script() -> object:
    spec = importlib.util.spec_from_file_location("make_base", BASE.parents[1] / "tools" / "make_base.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_base_file_is_what_its_script_makes() -> None:
    made = _script().make_base()  # type: ignore[attr-defined]

    # Parts, not bytes: another version of zlib may compress otherwise.
    assert _parts(made) == _parts(BASE.read_bytes()), "python tools/make_base.py"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_python_docx_finds_every_style_of_the_map_in_the_base_file() -> None:
    names = {style.name.casefold() for style in docx.Document(str(BASE)).styles}

    # python-docx shows the user's names of some built-in styles.
    assert {need.name.casefold() for need in STYLE_MAP.values()} <= names


def test_every_paragraph_style_has_a_japanese_font_and_the_document_is_japanese() -> None:
    styles = docx.Document(str(BASE)).styles.element
    defaults = styles.find(f"{W}docDefaults")
    without = [
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if style.get(f"{W}type") == "paragraph"
        and (fonts := style.find(f"{W}rPr/{W}rFonts")) is not None
        and fonts.get(f"{W}eastAsia") != "Yu Gothic"
    ]

    assert without == []
    assert styles.xpath("count(//w:style[@w:type='paragraph'][not(w:rPr/w:rFonts)])") == 0
    assert defaults.find(f".//{W}lang").get(f"{W}eastAsia") == "ja-JP"
    assert defaults.find(f".//{W}rFonts").get(f"{W}eastAsiaTheme") == "minorEastAsia"
    assert 'typeface="Yu Gothic"' in part(BASE.read_bytes(), "word/theme/theme1.xml")


def test_the_base_file_asks_no_reader_to_update_fields_and_has_no_second_styles_part() -> None:
    settings = part(BASE.read_bytes(), "word/settings.xml")

    assert "updateFields" not in settings
    assert '"compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    assert "stylesWithEffects" not in part(BASE.read_bytes(), "[Content_Types].xml")


def test_all_missing_styles_are_reported_at_once(tmp_path: Path) -> None:
    path = changed_base(
        tmp_path, "word/styles.xml", '<w:name w:val="(Lead|Briefing Data|Strong)"/>', '<w:name w:val="x"/>'
    )

    with pytest.raises(RenderError) as caught:
        load_base(path)

    assert [problem.what for problem in caught.value.problems] == [
        "スタイル「Lead」がありません",
        "スタイル「Strong」がありません",
        "スタイル「Briefing Data」がありません",
    ]
    assert all(problem.fix and problem.place == str(path) for problem in caught.value.problems)


def test_a_list_style_without_numbering_is_reported(tmp_path: Path) -> None:
    path = changed_base(tmp_path, "word/styles.xml", '<w:numPr><w:numId w:val="3"/></w:numPr>', "")

    with pytest.raises(RenderError, match="List Number"):
        load_base(path)


def test_a_base_file_without_a_place_for_the_body_is_reported(tmp_path: Path) -> None:
    path = changed_base(tmp_path, "word/document.xml", "reportkit.body", "somebody")

    with pytest.raises(RenderError, match=r"reportkit\.body"):
        load_base(path)


def test_a_file_that_is_no_docx_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "base.docx"
    path.write_text("これは Word ファイルではない")

    with pytest.raises(RenderError, match="docx ではありません"):
        load_base(path)


def test_a_missing_base_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="読めません"):
        load_base(tmp_path / "none.docx")


def test_broken_xml_in_the_base_file_is_reported(tmp_path: Path) -> None:
    path = changed_base(tmp_path, "word/document.xml", "</w:body>", "")

    with pytest.raises(RenderError, match="中身を読めません"):
        load_base(path)


def test_styles_are_found_by_name_because_word_renames_their_ids(tmp_path: Path) -> None:
    """A Japanese Word gives ids such as `1` and `a3` when a base file is saved."""
    path = changed_base(tmp_path, "word/styles.xml", r'"Heading1"', '"1"')

    data = write_word(briefing(heading(1, "要点")), load_base(path))

    assert '<w:pStyle w:val="1"/>' in part(data)


def test_a_heading_numbered_as_a_chapter_is_so_in_the_contents(tmp_path: Path) -> None:
    path = changed_base(tmp_path, "word/numbering.xml", '<w:lvlText w:val="%1"/>', '<w:lvlText w:val="第%1章"/>')

    data = write_word(briefing(heading(1, "要点"), heading(2, "範囲")), load_base(path))

    assert re.findall(r"<w:r><w:t>(第1章|1\.1)</w:t><w:tab/>", part(data)) == ["第1章", "1.1"]


def test_text_that_word_split_into_runs_inside_a_slot_is_replaced_as_a_whole(tmp_path: Path) -> None:
    split = "</w:t></w:r><w:r><w:t>名"
    path = changed_base(tmp_path, "word/document.xml", "(?<=>題)名(?=</w:t></w:r></w:p>)", split)

    data = write_word(briefing(Paragraph(words("本文"))), load_base(path))

    assert [p.text for p in opened(data).paragraphs if p.style.name == "Title"] == ["架空の題名"]


def test_colours_of_tables_follow_the_theme_of_the_base_file(tmp_path: Path) -> None:
    path = changed_base(tmp_path, "word/theme/theme1.xml", '<a:srgbClr val="2B7CC4"/>', '<a:srgbClr val="2E7D32"/>')

    assert load_base(path).palette.heat != base().palette.heat


def test_a_logo_in_the_base_file_and_the_drawings_of_a_briefing_have_different_ids(tmp_path: Path) -> None:
    logo = (
        '<w:hdr \\1><w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:docPr id="7" name="logo"/></wp:inline></w:drawing></w:r></w:p>'
    )
    path = changed_base(tmp_path, "word/header1.xml", "<w:hdr ([^>]*)>", logo)

    data = write_word(sample_document(), load_base(path))

    assert re.findall(r'<wp:docPr id="(\d+)"', part(data)) == ["8", "9"]


def test_parts_that_never_change_are_taken_over_from_the_base_file() -> None:
    data = write(Paragraph(words("本文")))

    for name in ("word/styles.xml", "word/theme/theme1.xml", "word/settings.xml", "word/fontTable.xml"):
        assert part(data, name) == part(BASE.read_bytes(), name)


def test_a_base_file_from_before_the_footnotes_gets_their_part(
    tmp_path: Path, validate_docx: Callable[[Path], None]
) -> None:
    without = tmp_path / "old.docx"
    contents = {entry: part(BASE.read_bytes(), entry) for entry in zipfile.ZipFile(BASE).namelist()}
    del contents["word/footnotes.xml"]
    for name, pattern in (
        ("[Content_Types].xml", r"<Override [^>]*footnotes[^>]*/>"),
        ("word/_rels/document.xml.rels", r"<Relationship [^>]*footnotes[^>]*/>"),
        ("word/settings.xml", r"<w:footnotePr>.*?</w:footnotePr>"),
    ):
        contents[name], count = re.subn(pattern, "", contents[name])
        assert count == 1, name
    without.write_bytes(pack_parts(deflated_part(name, text.encode()) for name, text in contents.items()))

    note = Footnote((Text("出典"),))
    data = write_word(briefing(Paragraph((Text("本文"), note))), load_base(without))

    path = tmp_path / "new.docx"
    path.write_bytes(data)
    validate_docx(path)
    assert "出典" in part(data, "word/footnotes.xml")


def test_footnotes_are_numbered_behind_those_of_the_base_file(tmp_path: Path) -> None:
    own = '<w:footnote w:id="7"><w:p><w:r><w:t>自前</w:t></w:r></w:p></w:footnote></w:footnotes>'
    path = changed_base(tmp_path, "word/footnotes.xml", "</w:footnotes>", own)

    data = write_word(briefing(Paragraph((Text("本文"), Footnote((Text("注"),))))), load_base(path))

    assert re.findall(r'<w:footnote [^>]*?w:id="(-?\d+)"', part(data, "word/footnotes.xml")) == ["-1", "0", "7", "8"]
    assert '<w:footnoteReference w:id="8"/>' in part(data)
