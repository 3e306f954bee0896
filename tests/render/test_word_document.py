"""A briefing as Word sees it: styles, numbers, contents, exhibits, properties."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_briefing import chart, fact, heading, profile, sample_blocks, sample_document, words
from word_documents import W, base, body_xml, briefing, opened, part, write

from reportkit.base.errors import RenderError
from reportkit.base.text import printable
from reportkit.document.block import (
    Box,
    Heading,
    Issue,
    ItemList,
    KeyFigure,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.inline import Emphasis, FactRef, LineBreak, Link, Quoted, Strong, Text
from reportkit.render.word import write_word
from reportkit.render.word.assembly import web_address

GOLDEN = Path(__file__).parent / "golden" / "sample_outline.txt"


@pytest.fixture(scope="module")
def sample() -> bytes:
    return write_word(sample_document(), base())


def _outline(data: bytes) -> str:
    """Every paragraph and table in reading order, with its style: what a person can check at a glance."""
    lines: list[str] = []

    def walk(container: Any, indent: str) -> None:
        for item in container.iter_inner_content():
            if hasattr(item, "rows"):
                lines.append(f"{indent}[{item.style.name}]")
                for row in item.rows:
                    cells = list(dict.fromkeys(row.cells))
                    if any(cell.tables for cell in cells) or item.style.name in {"Briefing Box", "Briefing Figures"}:
                        for cell in cells:
                            walk(cell, indent + "    ")
                    else:
                        lines.append(indent + "    " + " | ".join(cell.text.replace("\n", " / ") for cell in cells))
            else:
                drawing = " <図>" if item._p.xpath(".//w:drawing") else ""
                lines.append(f"{indent}{item.style.name}: {item.text}{drawing}")

    walk(opened(data), "")
    return "\n".join(lines) + "\n"


def test_the_sample_reads_as_it_should(sample: bytes, request: pytest.FixtureRequest) -> None:
    """The golden file shows all text with its styles; write it anew by deleting it and running the test twice."""
    outline = _outline(sample)
    if not GOLDEN.exists():
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(outline, encoding="utf-8")
        pytest.fail(f"{GOLDEN.name} was missing and has been written; read it")

    assert outline == GOLDEN.read_text(encoding="utf-8")


def test_the_same_document_gives_the_same_bytes(sample: bytes) -> None:
    assert write_word(sample_document(), base()) == sample


def test_headings_have_real_styles_and_numbers_from_a_list(sample: bytes) -> None:
    headings = [p for p in opened(sample).paragraphs if p.style.name.startswith("Heading")]

    assert [(p.style.name, p.text) for p in headings][:4] == [
        ("Heading 1", "要点"),
        ("Heading 1", "経済インパクト"),
        ("Heading 2", "業務機能別の効果"),
        ("Heading 2", "産業との比較"),
    ]
    styles = part(sample, "word/styles.xml")
    for level, depth in ((1, ""), (2, '<w:ilvl w:val="1"/>')):
        style = re.search(rf'w:styleId="Heading{level}".*?</w:style>', styles)
        assert style is not None
        assert f'<w:numPr>{depth}<w:numId w:val="1"/></w:numPr>' in style[0]


def test_a_heading_of_the_appendix_has_the_same_style_but_no_number() -> None:
    xml = body_xml(heading(1, "付録", numbered=False))
    number = f'<w:numId w:val="{base().no_number}"/>'

    assert f'<w:pStyle w:val="{base().styles["heading1"]}"/>' in xml
    assert number in xml
    assert f'<w:num w:numId="{base().no_number}">' in part(write(heading(1, "付録")), "word/numbering.xml")


def test_contents_list_all_headings_of_two_levels_with_the_numbers_word_will_print(sample: bytes) -> None:
    entries = [
        (p.style.name, p.text)
        for p in opened(sample).element.body.xpath(".//w:sdtContent/w:p")
        for p in [__import__("docx").text.paragraph.Paragraph(p, opened(sample)._body)]
    ]

    assert entries == [
        ("TOC Heading", "目次"),
        ("toc 1", "1\t要点"),
        ("toc 1", "2\t経済インパクト"),
        ("toc 2", "2.1\t業務機能別の効果"),
        ("toc 2", "2.2\t産業との比較"),
        ("toc 1", "3\t施策"),
        ("toc 1", "4\t企業の例"),
        ("toc 1", "付録：データについて"),
        ("toc 2", "調査設計"),
    ]


def test_contents_are_a_field_whose_entries_lead_to_bookmarks_that_exist(sample: bytes) -> None:
    xml = part(sample)
    anchors = re.findall(r'w:anchor="([^"]+)"', xml)
    bookmarks = re.findall(r'w:bookmarkStart w:id="\d+" w:name="([^"]+)"', xml)

    assert r'TOC \o "1-2" \h \z \u' in xml
    assert '<w:docPartGallery w:val="Table of Contents"/>' in xml
    assert len(anchors) == 8
    assert set(anchors) <= set(bookmarks)
    assert xml.count("<w:bookmarkStart") == xml.count("<w:bookmarkEnd") == len(set(bookmarks))
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"')


def test_no_page_number_is_printed_that_only_the_reader_s_program_can_know(sample: bytes) -> None:
    assert "PAGEREF" not in part(sample)
    footer = part(sample, "word/footer1.xml")
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert re.search(r'"separate"/></w:r><w:r><w:fldChar w:fldCharType="end"', footer), "no stale number"


def test_a_document_without_headings_has_no_contents() -> None:
    assert "TOC" not in part(write(Paragraph(words("本文だけ"))))


def test_long_contents_have_a_page_of_their_own_and_short_ones_share_it() -> None:
    short = part(write(heading(1, "一"), heading(1, "二")))
    long = part(write(*(heading(1, f"章{number}") for number in "一二三四五六七八九十百千万億兆京")))

    assert short.count("<w:pageBreakBefore/>") == 1, "only the contents"
    assert long.count("<w:pageBreakBefore/>") == 2


def test_a_short_briefing_begins_on_its_first_page_below_its_masthead() -> None:
    data = write(heading(1, "一"), front="masthead")
    xml = part(data)

    assert not opened(data).tables, "no table of particulars"
    assert "<w:pageBreakBefore/>" not in xml
    assert xml.index("第1号") < xml.index("目次") < xml.rindex("一</w:t>")


def test_the_contents_go_as_deep_as_the_document_says() -> None:
    blocks = (heading(1, "一"), heading(2, "二"), heading(3, "三"))

    def entries(depth: int) -> list[str]:
        contents = opened(write(*blocks, contents_depth=depth)).element.body.find(f"{W}sdt")
        return ["".join(node.text for node in paragraph.iter(f"{W}t")) for paragraph in contents.iter(f"{W}p")]

    assert [text[-1] for text in entries(1)] == ["次", "一"]
    assert [text[-1] for text in entries(3)] == ["次", "一", "二", "三"]


def test_cover_shows_title_issue_and_state_of_the_data(sample: bytes) -> None:
    document = opened(sample)
    cover = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}

    assert [p.text for p in document.paragraphs if p.style.name in {"Title", "Subtitle", "Cover Organisation"}] == [
        "架空コンサルティング",
        "架空金融業における生成AI活用の現状と示唆",
        "経済インパクト、導入の障壁、企業事例（架空の数値による見本）",
    ]
    assert cover == {"発行日": "2026年11月22日", "データ時点": "調査 2023年9月／事例 2025年12月", "号数": "第1号"}


def test_what_is_empty_on_the_cover_leaves_no_empty_line() -> None:
    document = opened(write(Paragraph(words("本文")), issue=Issue("2026-01-05", "", 12)))
    cover = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}

    assert cover == {"発行日": "2026年1月5日", "号数": "第12号"}
    assert [p.style.name for p in document.paragraphs[:2]] == ["Cover Rule", "Title"]


def test_first_page_has_its_own_empty_header_and_the_others_a_running_title(sample: bytes) -> None:
    section = opened(sample).sections[0]

    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text == "架空金融業における生成AI活用の現状と示唆\t架空コンサルティング"
    assert section.footer.paragraphs[0].text.startswith("2026年11月22日　第1号\t")
    assert section.page_width.mm == pytest.approx(210, abs=0.1)


def test_a_long_title_is_cut_in_the_header_only() -> None:
    document = opened(write(Paragraph(words("本文")), title="長い題名" * 20))

    assert document.sections[0].header.paragraphs[0].text.rstrip("\t") == "長い題名" * 7 + "長い題…"
    assert document.core_properties.title == "長い題名" * 20


def test_core_properties_come_from_the_document_and_not_from_the_clock(sample: bytes) -> None:
    properties = opened(sample).core_properties

    assert properties.title == "架空金融業における生成AI活用の現状と示唆"
    assert properties.subject == "架空金融業"
    assert properties.author == "架空コンサルティング"
    assert properties.keywords == "生成AI、架空金融業、見本"
    assert properties.language == "ja-JP"
    assert properties.created.isoformat().startswith("2026-11-22T00:00:00")
    assert properties.modified == properties.created
    assert opened(write(Paragraph(words("本文")))).core_properties.author == "reportkit"


def test_an_issue_date_that_is_no_date_is_refused() -> None:
    with pytest.raises(RenderError, match="来週"):
        write(Paragraph(words("本文")), issue=Issue("来週", ""))


def test_lists_are_lists_and_every_numbered_list_begins_at_one() -> None:
    steps = ItemList((ListItem(words("一"), (ListItem(words("子")),)), ListItem(words("二"))), ordered=True)
    bullets = ItemList((ListItem(words("点")),))
    data = write(steps, bullets, steps)
    paragraphs = [p for p in opened(data).paragraphs if p.style.name.startswith("List")]
    links = [(p.style.name, p._p.pPr.numPr.ilvl.val, p._p.pPr.numPr.numId.val, p.text) for p in paragraphs]
    first, second = links[0][2], links[4][2]

    assert links == [
        ("List Number", 0, first, "一"),
        ("List Number", 1, first, "子"),
        ("List Number", 0, first, "二"),
        ("List Bullet", 0, base().lists["bullet"], "点"),
        ("List Number", 0, second, "一"),
        ("List Number", 1, second, "子"),
        ("List Number", 0, second, "二"),
    ]
    assert first != second
    numbering = part(data, "word/numbering.xml")
    for number in (first, second):
        definition = re.search(rf'<w:num w:numId="{number}">.*?</w:num>', numbering)
        assert definition is not None
        assert '<w:startOverride w:val="1"/>' in definition[0]


def test_lists_deeper_than_word_knows_stay_at_the_deepest_level() -> None:
    item = ListItem(words("底"))
    for _ in range(12):
        item = ListItem(words("上"), (item,))

    levels = re.findall(r'<w:ilvl w:val="(\d+)"/>', body_xml(ItemList((item,))))

    assert levels == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "8", "8", "8", "8"]


def test_an_empty_list_prints_nothing() -> None:
    assert body_xml(ItemList(()), Paragraph(words("後"))).count("<w:p>") == 1


def test_exhibits_are_numbered_by_fields_kept_with_them_and_have_a_source_line(sample: bytes) -> None:
    paragraphs = opened(sample).paragraphs
    captions = [p.text for p in paragraphs if p.style.name == "Caption"]
    xml = part(sample)

    assert captions == [
        "図 1　業務機能別の効果（架空）",
        "表 1　産業×業務機能の効率化・コスト削減効果（架空）",
        "図 2　障壁の比較（架空）",
        "表 2　施策の一覧（架空）",
        "表 3　企業の概要（架空）",
        "表 5　該当のない表（架空）",
    ]
    assert xml.count(r"SEQ Figure \* ARABIC") == 2
    assert xml.count(r"SEQ Table \* ARABIC") == 5
    caption_style = re.search(r'w:styleId="Caption".*?</w:style>', part(sample, "word/styles.xml"))
    assert caption_style is not None
    assert "<w:keepNext/>" in caption_style[0]
    assert xml.count("出典：") == 6


def test_the_source_label_is_not_printed_twice() -> None:
    given_label = profile()
    text = body_xml(
        type(given_label)("x", given_label.columns, (), given_label.body, words("表"), words("出典：架空調査"))
    )

    assert text.count("出典") == 1


def test_every_chart_and_table_says_what_it_shows(sample: bytes) -> None:
    xml = part(sample)
    drawings = re.findall(r'<wp:docPr id="(\d+)" name="([^"]+)" descr="([^"]+)"', xml)

    assert [(name, alt[:9]) for _, name, alt in drawings] == [
        ("rk-sample-bars", "業務機能別の効果"[:8] + "を"),
        ("rk-sample-columns", "障壁五つの回答率を"),
    ]
    assert len({number for number, _, _ in drawings}) == 2
    assert '<w:tblDescription w:val="8産業と8業務機能の効果額。架空金融業の行を強調している。"/>' in xml


def test_charts_are_native_with_a_workbook_and_stand_in_the_text(sample: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        names = archive.namelist()
        workbook = archive.getinfo("word/embeddings/reportkit1.xlsx")

    assert {"word/charts/reportkit1.xml", "word/charts/reportkit2.xml"} <= set(names)
    assert workbook.compress_type == zipfile.ZIP_STORED
    assert 'Target="../embeddings/reportkit1.xlsx"' in part(sample, "word/charts/_rels/reportkit1.xml.rels")
    assert part(sample).count("<c:chart ") == 2


def test_inline_marks_become_styles_and_facts_their_printed_text() -> None:
    xml = body_xml(
        Paragraph(
            (
                Text("効果は"),
                FactRef(fact("x", 3711, "億円")),
                Strong((Text("重要"), Emphasis(words("両方")))),
                Emphasis(words("軽く")),
                Quoted("源の<言葉>"),
                LineBreak(),
                Link((Strong(words("資料")),), "https://example.com/?a=1&b=2"),
            )
        )
    )

    assert re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:(?:t[^>]*|br/)>([^<]*)", xml) == [
        ("", "効果は"),
        ("", "3,711億円"),
        ('<w:rStyle w:val="Strong"/>', "重要"),
        ('<w:rStyle w:val="Emphasis"/><w:b/><w:bCs/>', "両方"),
        ('<w:rStyle w:val="Emphasis"/>', "軽く"),
        ("", "源の&lt;言葉&gt;"),
        ("", ""),
        ('<w:rStyle w:val="Hyperlink"/><w:b/><w:bCs/>', "資料"),
    ]


def test_marks_that_both_fonts_have_are_set_in_the_japanese_font() -> None:
    xml = body_xml(Paragraph((Text("①×○"), Text("漢字だけ"), Text("ASCII - 10%"))))

    assert xml.count('<w:rFonts w:hint="eastAsia"/>') == 1


def test_neighbours_that_look_alike_are_one_run_and_bookmarks_stay_around_their_numbers() -> None:
    xml = body_xml(
        Paragraph(
            (
                Text("（"),
                Quoted("日本"),
                Text("、"),
                FactRef(fact("x", 3711, "億円")),
                Text("）"),
                Strong(words("重要")),
            )
        )
    )

    assert re.sub(r'w:id="\d+"', "", xml[xml.index("<w:r>") : xml.index("</w:p>")]) == (
        "<w:r><w:t>（日本、</w:t></w:r>"
        '<w:bookmarkStart  w:name="_rk1"/><w:r><w:t>3,711億円</w:t></w:r><w:bookmarkEnd />'
        '<w:r><w:t>）</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>重要</w:t></w:r>'
    )


@pytest.mark.parametrize("text", [" 前", "後 ", "二つ  並ぶ", "\t前", "後\u3000", "改行\n"])
def test_white_space_that_a_reader_might_drop_is_kept(text: str) -> None:
    assert f'<w:t xml:space="preserve">{printable(text)}</w:t>' in body_xml(Paragraph((Text(text),)))
    assert f'<w:t xml:space="preserve">表{printable(text)}記</w:t>' in body_xml(
        Paragraph((Text("表"), Text(text), Text("記")))
    )


def test_a_blank_between_words_needs_no_mark() -> None:
    assert "<w:t>AI Inc. 社</w:t>" in body_xml(Paragraph((Text("AI Inc. 社"),)))


def test_links_are_relationships_written_once_for_each_address() -> None:
    link = Link(words("資料"), "https://example.com/経済?q=1&lang=ja")
    data = write(Paragraph((link, link)))

    assert part(data).count("<w:hyperlink r:id=") == 2
    assert re.findall(
        r'hyperlink" Target="([^"]+)" TargetMode="External"', part(data, "word/_rels/document.xml.rels")
    ) == ["https://example.com/%E7%B5%8C%E6%B8%88?q=1&amp;lang=ja"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://user:pass@example.com/",
        "https://exa mple.com",
        "https://例え.jp/",
        "http://[::1",
        "mailto:nobody",
        "#anchor",
        "",
        "\\\\server\\share",
        "https://example.com/" + "a" * 2100,
        "https://example.com/" + "漢" * 300,
    ],
)
def test_an_address_that_is_no_plain_web_address_is_printed_as_text(url: str) -> None:
    data = write(Paragraph((Link(words("見出し"), url),)))

    assert "<w:hyperlink r:id" not in part(data)
    assert "見出し" in part(data)
    assert "hyperlink" not in part(data, "word/_rels/document.xml.rels")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("HTTPS://Example.com", "HTTPS://Example.com"),
        ("http://localhost:8080/a b", "http://localhost:8080/a%20b"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/%E3%81%82", "https://example.com/%E3%81%82"),
        ("https://example.com/#一#二", "https://example.com/#%E4%B8%80%23%E4%BA%8C"),
        ("https://example.com/[x]", "https://example.com/%5Bx%5D"),
        ("mailto:desk@example.com?subject=件名", "mailto:desk@example.com?subject=%E4%BB%B6%E5%90%8D"),
    ],
)
def test_web_addresses_are_encoded_so_that_word_accepts_them(url: str, written: str) -> None:
    assert web_address(url) == written


def test_a_link_inside_a_link_is_only_text() -> None:
    inner = Link(words("中"), "https://example.com/b")
    xml = body_xml(Paragraph((Link((Text("外"), inner), "https://example.com/a"),)))

    assert xml.count("<w:hyperlink") == 1
    assert "中" in xml


def test_a_page_break_goes_with_the_next_paragraph_whatever_it_is() -> None:
    follow = [
        Paragraph(words("文")),
        heading(1, "章"),
        chart(),
        profile(),
        KeyFigures((KeyFigure(words("x"), words("1")),)),
    ]
    for block in [*follow, ItemList((ListItem(words("点")),)), Box((), (Paragraph(words("中")),))]:
        xml = body_xml(Paragraph(words("前")), PageBreak(), PageBreak(), block)
        after = xml.partition("前")[2]
        assert after.count("<w:pageBreakBefore/>") == 1
        assert after.index("<w:pageBreakBefore/>") < after.index("</w:p>", after.index("</w:p>") + 1)


def test_a_page_break_at_the_end_makes_no_empty_page() -> None:
    assert body_xml(Paragraph(words("終わり")), PageBreak()).count("<w:p>") == 1


def test_a_box_keeps_lists_tables_and_headings_and_ends_with_a_paragraph() -> None:
    box = Box(words("題"), (Paragraph(words("文")), profile(), PageBreak()), "warning")
    xml = body_xml(box, Paragraph(words("後")))

    assert xml.count("<w:tbl>") == 2
    assert not re.search(r"</w:tbl></w:tc>", xml)
    assert base().palette.accent in xml
    assert "pageBreakBefore" not in xml[xml.index("題") :]


def test_key_figures_stand_side_by_side_up_to_four() -> None:
    def tiles(count: int) -> list[int]:
        figures = tuple(KeyFigure(words(f"項目{n}"), (FactRef(fact(f"k{n}", n)),)) for n in range(count))
        xml = body_xml(KeyFigures(figures), Paragraph(words("後")))
        return [table.count(base().styles["figure-label"]) for table in xml.split("<w:tbl>")[1:]]

    assert [tiles(count) for count in (0, 1, 3, 4, 5, 8)] == [[], [1], [3], [4], [3, 2], [4, 4]]


def test_roles_of_paragraphs_are_styles() -> None:
    document = opened(write(*(Paragraph(words("文"), role) for role in ("body", "lead", "note"))))  # type: ignore[arg-type]

    assert [p.style.name for p in document.paragraphs if p.text == "文"] == ["Body Text", "Lead", "Note"]


def test_a_heading_level_outside_one_to_three_is_moved_to_the_nearest() -> None:
    document = opened(write(Heading(0, words("上")), Heading(7, words("下"))))

    assert [p.style.name for p in document.paragraphs if p.text in {"上", "下"}] == ["Heading 1", "Heading 3"]


def test_a_document_without_blocks_is_still_a_document() -> None:
    assert opened(write()).paragraphs


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_goes_into_a_document_as_far_as_it_can_be_printed(text: str) -> None:
    row = profile().body[0]
    blocks = (
        Heading(1, (Quoted(text),)),
        Paragraph((Quoted(text), Link((Text(text),), text))),
        type(profile())("x", profile().columns, (), (row,), (Quoted(text),), unit=text, summary=text),
    )
    data = write_word(briefing(*blocks, title=text, subtitle=text, organisation=text, keywords=(text,)), base())

    document = opened(data)
    assert printable(text) in [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert document.core_properties.title == printable(text)


def test_text_of_a_source_cannot_become_markup_or_a_field() -> None:
    hostile = '{{ x }} | <w:p/> & ]]> "quoted" \u202eabc\x00\x0b {PAGE}'
    document = opened(write(Paragraph((Quoted(hostile),)), title=hostile))

    assert [p.text for p in document.paragraphs if p.style.name == "Body Text"] == [
        '{{ x }} | <w:p/> & ]]> "quoted" abc  {PAGE}'
    ]


def test_every_block_of_the_sample_is_used() -> None:
    kinds = {type(block).__name__ for block in sample_blocks()}

    assert kinds == {"Heading", "Paragraph", "ItemList", "Box", "KeyFigures", "Table", "Chart", "PageBreak"}


def test_no_table_is_without_header_style_attributes(sample: bytes) -> None:
    tables = opened(sample).element.body.iter(f"{W}tbl")

    assert all(table.find(f"{W}tblPr/{W}tblStyle") is not None for table in tables)
