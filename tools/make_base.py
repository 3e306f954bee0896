"""Write `templates/base.docx`: styles, numbering, page set-up, cover, header and footer of every briefing.

    python tools/make_base.py [OUT]

Same bytes on every run. The result is meant to be opened and changed in Word; this script only makes the first version
(and brings it back). What the renderer fills in stands in content controls, recognised by their tags:

    reportkit.title, .subtitle, .organisation, .date, .vintage, .number, .header    text, in cover, header and footer
    reportkit.when.NAME      what stands inside is dropped when NAME is empty; also usual-title and long-title (more
                             than three lines)
    reportkit.contents       the table of contents; reportkit.body: the briefing itself (the only one that must exist)

Sizes are in half-points (`w:sz`) and twips (a twentieth of a point); colours come from the theme's colour scheme, which
the renderer also reads for rules, stripes and heat maps.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportkit.render.word.package import pack_parts, xml_part

OUT = Path(__file__).parents[1] / "templates" / "base.docx"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

NAVY, INK, GREY, RULE = "1F3864", "1F2933", "5B6673", "C9D0DA"
BLUE, COPPER, STRIPE, HEAT = "1F5A96", "B4551F", "F4F6F9", "2B7CC4"
LATIN, JAPANESE = "Arial", "Yu Gothic"
TEXT_WIDTH = 9072  # twips: A4 less 25 mm on both sides


# ---------------------------------------------------------------------------------------------------------------
# Styles


def run(size: int = 0, *, bold: bool = False, colour: str = "", heading: bool = False, more: str = "") -> str:
    """Return run properties in schema order. size: half-points; colour: RRGGBB."""
    theme = "major" if heading else "minor"
    # The names beside the theme's are for programs that do not know themes; Word takes the theme's.
    fonts = (
        f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{JAPANESE}" w:hAnsi="{LATIN}" w:asciiTheme="{theme}HAnsi" '
        f'w:eastAsiaTheme="{theme}EastAsia" w:hAnsiTheme="{theme}HAnsi" w:cstheme="{theme}Bidi"/>'
    )
    parts = [fonts]
    if bold:
        parts.append("<w:b/><w:bCs/>")
    if colour:
        slot_name = {NAVY: "text2", BLUE: "accent1", COPPER: "accent2"}.get(colour)
        parts.append(f'<w:color w:val="{colour}"' + (f' w:themeColor="{slot_name}"' if slot_name else "") + "/>")
    if more.startswith("<w:spacing"):
        parts.append(more)
    if size:
        parts.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
    if more and not more.startswith("<w:spacing"):
        parts.append(more)
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def paragraph(
    line: int = 0,
    *,
    before: int = 0,
    after: int = 0,
    keep: str = "",
    align: str = "",
    indent: str = "",
    border: str = "",
    numbering: str = "",
    tabs: str = "",
    tight: bool = False,
    level: int | None = None,
) -> str:
    """Return paragraph properties in schema order. line: exact line height in twips, 0 for the font's own."""
    height = f' w:line="{line}" w:lineRule="exact"' if line else ' w:line="240" w:lineRule="auto"'
    return (
        "<w:pPr>"
        + {"": "", "next": "<w:keepNext/>", "both": "<w:keepNext/><w:keepLines/>", "lines": "<w:keepLines/>"}[keep]
        + numbering
        + border
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'
        + indent
        + ("<w:contextualSpacing/>" if tight else "")
        + (f'<w:jc w:val="{align}"/>' if align else "")
        + (f'<w:outlineLvl w:val="{level}"/>' if level is not None else "")
        + "</w:pPr>"
    )


def style(
    id_: str,
    name: str,
    properties: str,
    *,
    kind: str = "paragraph",
    based: str = "Normal",
    following: str = "",
    alias: str = "",
    custom: bool = False,
    priority: int = 1,
    default: bool = False,
) -> str:
    """Return one style. name: what Word calls it in every language; alias: its Japanese name, shown beside it."""
    return (
        f'<w:style w:type="{kind}"'
        + (' w:default="1"' if default else "")
        + (' w:customStyle="1"' if custom else "")
        + f' w:styleId="{id_}"><w:name w:val="{name}"/>'
        + (f'<w:aliases w:val="{alias}"/>' if alias else "")
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/>'
        + "<w:qFormat/>"
        + properties
        + "</w:style>"
    )


def own(id_: str, name: str, alias: str, properties: str, *, based: str = "Normal", following: str = "") -> str:
    """Return a style that Word does not know by itself."""
    return style(id_, name, properties, alias=alias, based=based, following=following, custom=True)


def rule(side: str, size: int, colour: str, space: int) -> str:
    """Return one paragraph rule. size: eighths of a point; space: points to the text."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def numbered(number: int, level: int = 0) -> str:
    """Return the link from a paragraph style to a numbering definition."""
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'


def text_styles() -> list[str]:
    """Return the styles of running text, headings and lists."""
    return [
        # The colour stands here and not in the defaults, which LibreOffice would put over character styles in tables.
        # The language of Latin words: with ja-JP here too, LibreOffice would break English words anywhere.
        style(
            "Normal",
            "Normal",
            paragraph(340) + run(21, colour=INK, more='<w:lang w:val="en-US" w:eastAsia="ja-JP"/>'),
            based="",
            default=True,
            priority=0,
        ),
        style(
            "BodyText",
            "Body Text",
            paragraph(315, after=90, align="both") + run(),
            following="BodyText",
            alias="本文",
            priority=1,
        ),
        own(
            "Lead",
            "Lead",
            "リード文",
            paragraph(360, after=140, keep="both") + run(22, bold=True, colour=NAVY),
            following="BodyText",
        ),
        own("Note", "Note", "補足", paragraph(280, after=100) + run(18, colour=GREY), following="BodyText"),
        style(
            "Heading1",
            "heading 1",
            paragraph(
                480,
                before=320,
                after=130,
                keep="both",
                numbering=numbered(1),
                border=f"<w:pBdr>{rule('bottom', 6, NAVY, 5)}</w:pBdr>",
                level=0,
            )
            + run(34, bold=True, colour=NAVY, heading=True),
            following="BodyText",
            priority=9,
        ),
        style(
            "Heading2",
            "heading 2",
            paragraph(380, before=240, after=80, keep="both", numbering=numbered(1, 1), level=1)
            + run(26, bold=True, colour=NAVY, heading=True),
            following="BodyText",
            priority=9,
        ),
        style(
            "Heading3",
            "heading 3",
            paragraph(340, before=200, after=70, keep="both", level=2) + run(22, bold=True, colour=BLUE, heading=True),
            following="BodyText",
            priority=9,
        ),
        style("ListBullet", "List Bullet", paragraph(305, after=40, numbering=numbered(2)) + run(), priority=10),
        style("ListNumber", "List Number", paragraph(305, after=40, numbering=numbered(3)) + run(), priority=10),
        style(
            "Strong",
            "Strong",
            "<w:rPr><w:b/><w:bCs/></w:rPr>",
            kind="character",
            based="DefaultParagraphFont",
            priority=22,
        ),
        style(
            "Emphasis",
            "Emphasis",
            f'<w:rPr><w:u w:val="dotted" w:color="{COPPER}" w:themeColor="accent2"/></w:rPr>',
            kind="character",
            based="DefaultParagraphFont",
            priority=20,
        ),
        style(
            "Hyperlink",
            "Hyperlink",
            f'<w:rPr><w:color w:val="{BLUE}" w:themeColor="hyperlink"/><w:u w:val="single"/></w:rPr>',
            kind="character",
            based="DefaultParagraphFont",
            priority=99,
        ),
    ]


def exhibit_styles() -> list[str]:
    """Return the styles of figures, tables, boxes and key figures."""
    small = {"size": 16, "line": 230}
    usual = {"size": 18, "line": 260}
    return [
        style(
            "Caption",
            "caption",
            paragraph(300, before=200, after=70, keep="both") + run(20, bold=True, colour=NAVY),
            following="BodyText",
            priority=35,
        ),
        own("Figure", "Figure", "図", paragraph(keep="next") + run()),
        own(
            "UnitLine",
            "Unit Line",
            "単位",
            paragraph(250, after=30, keep="next", align="right") + run(17, colour=GREY),
        ),
        own(
            "SourceNote",
            "Source Note",
            "出典・注",
            paragraph(240, before=60, after=220, tight=True) + run(17, colour=GREY),
            following="BodyText",
        ),
        own("TableText", "Table Text", "表の文字", paragraph(usual["line"]) + run(usual["size"])),
        own(
            "TableHeader",
            "Table Header",
            "表の見出し",
            paragraph(usual["line"], keep="next") + run(usual["size"], bold=True, colour=NAVY),
        ),
        own(
            "TableBullet",
            "Table Bullet",
            "表の箇条書き",
            paragraph(usual["line"], numbering=numbered(4)) + run(usual["size"]),
        ),
        own("TableTextSmall", "Table Text Small", "表の文字（小）", paragraph(small["line"]) + run(small["size"])),
        own(
            "TableHeaderSmall",
            "Table Header Small",
            "表の見出し（小）",
            paragraph(small["line"], keep="next") + run(small["size"], bold=True, colour=NAVY),
        ),
        own(
            "TableBulletSmall",
            "Table Bullet Small",
            "表の箇条書き（小）",
            paragraph(small["line"], numbering=numbered(4)) + run(small["size"]),
        ),
        own("Spacer", "Spacer", "間隔", paragraph(160) + run(8)),
        own(
            "BoxTitle",
            "Box Title",
            "囲みの題",
            paragraph(340, after=60, keep="both") + run(21, bold=True, colour=NAVY),
            following="BodyText",
        ),
        own(
            "KeyFigureLabel",
            "Key Figure Label",
            "主要数値の名称",
            paragraph(260, before=40, keep="both") + run(17, bold=True, colour=GREY),
        ),
        own(
            "KeyFigureValue",
            "Key Figure Value",
            "主要数値",
            paragraph(560, before=40, keep="both") + run(42, bold=True, colour=NAVY, heading=True),
        ),
        own(
            "KeyFigureComment", "Key Figure Comment", "主要数値の比較", paragraph(260, after=40) + run(17, colour=GREY)
        ),
    ]


def page_styles() -> list[str]:
    """Return the styles of cover, contents, header and footer."""
    right = f'<w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/>'
    entry = '<w:ind w:left="{left}" w:right="567" w:hanging="{hanging}"/>'
    return [
        style(
            "Title",
            "Title",
            paragraph(760, before=0, after=200, keep="both") + run(56, bold=True, colour=NAVY, heading=True),
            following="Subtitle",
            priority=10,
        ),
        style("Subtitle", "Subtitle", paragraph(460, after=0) + run(28, colour=GREY), priority=11),
        own(
            "CoverOrganisation",
            "Cover Organisation",
            "表紙の発行者",
            paragraph(360) + run(22, bold=True, colour=NAVY, more='<w:spacing w:val="20"/>'),
        ),
        own(
            "CoverRule",
            "Cover Rule",
            "表紙の線",
            paragraph(200, indent=f'<w:ind w:right="{TEXT_WIDTH - 1134}"/>') + run(),
        ),
        own("CoverLine", "Cover Line", "表紙の事項", paragraph(300) + run(20)),
        own("CoverLabel", "Cover Label", "表紙の項目名", paragraph(300) + run(18, colour=GREY)),
        style(
            "TOCHeading",
            "TOC Heading",
            paragraph(500, before=0, after=300, keep="both", border=f"<w:pBdr>{rule('bottom', 6, NAVY, 5)}</w:pBdr>")
            + run(34, bold=True, colour=NAVY, heading=True),
            priority=39,
        ),
        style(
            "TOC1",
            "toc 1",
            paragraph(
                320,
                before=80,
                after=30,
                tabs=f'<w:tab w:val="left" w:pos="567"/>{right}',
                indent=entry.format(left=567, hanging=567),
            )
            + run(21, bold=True, colour=NAVY),
            priority=39,
        ),
        style(
            "TOC2",
            "toc 2",
            paragraph(
                310,
                tabs=f'<w:tab w:val="left" w:pos="1247"/>{right}',
                indent=entry.format(left=1247, hanging=680),
            )
            + run(19),
            priority=39,
        ),
        style(
            "TOC3",
            "toc 3",
            paragraph(290, tabs=right, indent='<w:ind w:left="1247" w:right="567"/>') + run(18, colour=GREY),
            priority=39,
        ),
        style(
            "Header",
            "header",
            paragraph(
                260,
                border=f"<w:pBdr>{rule('bottom', 4, RULE, 4)}</w:pBdr>",
                tabs=f'<w:tab w:val="right" w:pos="{TEXT_WIDTH}"/>',
            )
            + run(16, colour=GREY),
            priority=99,
        ),
        style(
            "Footer",
            "footer",
            paragraph(260, tabs=f'<w:tab w:val="right" w:pos="{TEXT_WIDTH}"/>') + run(16, colour=GREY),
            priority=99,
        ),
        style("CommentText", "annotation text", paragraph(300) + run(20), priority=99),
        style("FootnoteText", "footnote text", paragraph(260) + run(17), priority=99),
        style(
            "CommentReference",
            "annotation reference",
            '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>',
            kind="character",
            based="DefaultParagraphFont",
            priority=99,
        ),
        style(
            "FootnoteReference",
            "footnote reference",
            '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
            kind="character",
            based="DefaultParagraphFont",
            priority=99,
        ),
    ]


def table_style(id_: str, name: str, alias: str, borders: str, margins: tuple[int, int, int, int]) -> str:
    """Return a table style. margins: top, left, bottom, right of every cell in twips."""
    top, left, bottom, right = margins
    return style(
        id_,
        name,
        "<w:tblPr>"
        + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
        + f'<w:tblCellMar><w:top w:w="{top}" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/>'
        f'<w:bottom w:w="{bottom}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        kind="table",
        based="TableNormal",
        alias=alias,
        custom=True,
    )


def line(side: str, size: int, colour: str) -> str:
    """Return one table rule."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def table_styles() -> list[str]:
    """Return the styles of the kinds of tables; shading and rules inside come from the renderer."""
    grid = "".join(line(side, 4, "auto") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    normal = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return [
        normal,
        table_style(
            "BriefingData",
            "Briefing Data",
            "表（データ）",
            line("top", 12, NAVY) + line("bottom", 8, NAVY) + line("insideH", 4, RULE),
            (45, 85, 45, 85),
        ),
        table_style(
            "BriefingHeatmap",
            "Briefing Heatmap",
            "表（ヒートマップ）",
            line("top", 4, "FFFFFF")
            + line("left", 4, "FFFFFF")
            + line("bottom", 4, "FFFFFF")
            + line("right", 4, "FFFFFF")
            + line("insideH", 8, "FFFFFF")
            + line("insideV", 8, "FFFFFF"),
            (35, 55, 35, 55),
        ),
        table_style(
            "BriefingProfile",
            "Briefing Profile",
            "表（プロフィール）",
            line("top", 8, NAVY) + line("bottom", 8, NAVY) + line("insideH", 4, RULE),
            (60, 100, 60, 100),
        ),
        table_style("BriefingPlain", "Briefing Plain", "表（罫線なし）", "", (30, 85, 30, 85)),
        table_style(
            "BriefingCover",
            "Briefing Cover",
            "表紙の表",
            line("top", 4, RULE) + line("bottom", 4, RULE) + line("insideH", 4, RULE),
            (100, 0, 100, 85),
        ),
        table_style("BriefingBox", "Briefing Box", "囲み", "", (140, 220, 120, 220)),
        table_style("BriefingFigures", "Briefing Figures", "主要数値の表", "", (60, 60, 60, 60)),
        style(
            "TableGrid",
            "Table Grid",
            f"<w:tblPr><w:tblBorders>{grid}</w:tblBorders></w:tblPr>",
            kind="table",
            based="TableNormal",
            priority=39,
        ),
    ]


def styles() -> str:
    """Return word/styles.xml."""
    defaults = (
        "<w:docDefaults><w:rPrDefault>"
        + run(21, more='<w:lang w:val="ja-JP" w:eastAsia="ja-JP" w:bidi="ar-SA"/>').replace(
            '<w:sz w:val="21"/>', '<w:kern w:val="2"/><w:sz w:val="21"/>'
        )
        + "</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE/>"
        "<w:autoSpaceDN/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    fixed = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph '
        'Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    all_styles = "".join([*text_styles(), *exhibit_styles(), *page_styles(), fixed, *table_styles()])
    return f'{HEAD}<w:styles xmlns:w="{W}">{defaults}{all_styles}</w:styles>'


# ---------------------------------------------------------------------------------------------------------------
# Numbering


def level(index: int, form: str, text: str, left: int, hanging: int, extra: str = "", run_style: str = "") -> str:
    """Return one level of a list. left, hanging: twips."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{run_style}</w:lvl>'
    )


def numbering() -> str:
    """Return word/numbering.xml: headings, bullets, numbers, bullets in tables."""
    colour = f'<w:rPr><w:color w:val="{COPPER}" w:themeColor="accent2"/></w:rPr>'
    headings = [
        level(0, "decimal", "%1", 624, 624, '<w:pStyle w:val="Heading1"/>'),
        level(1, "decimal", "%1.%2", 680, 680, '<w:pStyle w:val="Heading2"/>'),
        *(level(i, "decimal", ".".join(f"%{n + 1}" for n in range(i + 1)), 800, 800) for i in range(2, 9)),
    ]
    marks = ("•", "–", "・")
    bullets = [
        level(
            i, "bullet", marks[min(i, 2)], 397 + 340 * i, 284, '<w:pStyle w:val="ListBullet"/>' if not i else "", colour
        )
        for i in range(9)
    ]
    forms = (("decimal", "%1."), ("decimal", "(%2)"), ("decimalEnclosedCircle", "%3"))
    numbers = [
        level(
            i,
            forms[min(i, 2)][0],
            forms[i][1] if i < 3 else f"%{i + 1}",
            454 + 400 * i,
            397,
            '<w:pStyle w:val="ListNumber"/>' if not i else "",
        )
        for i in range(9)
    ]
    in_tables = [level(i, "bullet", "•", 170 + 170 * i, 170, "", colour) for i in range(9)]
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="{nsid}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="{nsid}"/>{"".join(levels)}</w:abstractNum>'
        for n, (nsid, levels) in enumerate(
            [("1A2B3C01", headings), ("1A2B3C02", bullets), ("1A2B3C03", numbers), ("1A2B3C04", in_tables)], start=1
        )
    )
    uses = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 5))
    return f'{HEAD}<w:numbering xmlns:w="{W}">{lists}{uses}</w:numbering>'


# ---------------------------------------------------------------------------------------------------------------
# Cover, header, footer


def slot(id_: int, name: str, label: str, content: str) -> str:
    """Return a content control that the renderer fills, or drops when it is empty."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="reportkit.{name}"/><w:id w:val="{id_}"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def words(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(style_id: str, content: str, properties: str = "") -> str:
    """Return a paragraph."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>{content}</w:p>'


def spaced(before: int) -> str:
    """Return the paragraph property that moves a cover line down. before: twips."""
    return f'<w:spacing w:before="{before}"/>'


def cover() -> str:
    """Return the first page: organisation, a short rule, title and subtitle, and the particulars of the issue."""
    widths = (1985, TEXT_WIDTH - 1985)

    def cell_of(width: int, content: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'

    def row_of(id_: int, name: str, title: str, sample: str) -> str:
        value = slot(id_ + 1, name, title, words(sample))
        label = cell_of(widths[0], lines("CoverLabel", words(title)))
        row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{label}{cell_of(widths[1], lines('CoverLine', value))}</w:tr>"
        return slot(id_, f"when.{name}", title, row)

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    particulars = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BriefingCover"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + row_of(110, "date", "発行日", "2026年1月1日")
        + row_of(112, "vintage", "データ時点", "調査 2023年9月")
        + row_of(114, "number", "号数", "第1号")
        + "</w:tbl>"
    )
    # A title of more than three lines is set smaller, so that the cover stays one page.
    low, small = '<w:spacing w:line="560" w:lineRule="exact"/>', '<w:rPr><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr>'
    short_rule = f"<w:pBdr>{rule('top', 36, COPPER, 0)}</w:pBdr>"
    page = (
        slot(101, "organisation", "発行者", lines("CoverOrganisation", words("発行者")))
        + lines("CoverRule", "", short_rule + spaced(3400))
        + slot(105, "when.usual-title", "題名", slot(102, "title", "題名", lines("Title", words("題名"))))
        + slot(
            106,
            "when.long-title",
            "長い題名",
            slot(107, "title", "題名", lines("Title", words("長い題名", small), low)),
        )
        + slot(103, "subtitle", "副題", lines("Subtitle", words("副題")))
        + slot(108, "when.usual-title", "余白", lines("Spacer", "", spaced(4300)))
        + slot(109, "when.long-title", "余白", lines("Spacer", "", spaced(1200)))
        + particulars
    )
    return slot(100, "when.cover", "表紙", page) + slot(150, "when.masthead", "題字", masthead())


def masthead() -> str:
    """Return the head of a short briefing's first page: a short rule, title, subtitle, one line of particulars."""
    short_rule = f"<w:pBdr>{rule('top', 36, COPPER, 0)}</w:pBdr>"
    low = '<w:spacing w:before="0" w:after="80" w:line="560" w:lineRule="exact"/>'
    small = '<w:rPr><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr>'
    little = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'  # date, number and state of the data on one line
    particulars = (
        slot(155, "organisation", "発行者", words("発行者　", little))
        + slot(156, "date", "発行日", words("2026年1月1日", little))
        + words("　", little)
        + slot(157, "number", "号数", words("第1号", little))
        + slot(
            158,
            "when.vintage",
            "データ時点",
            words("　データ時点：", little) + slot(159, "vintage", "時点", words("調査", little)),
        )
    )
    return (
        lines("CoverRule", "", short_rule)
        + slot(151, "title", "題名", lines("Title", words("題名", small), low))
        + slot(152, "subtitle", "副題", lines("Subtitle", words("副題")))
        + lines("CoverLabel", particulars, spaced(160))
        + lines("Spacer", "", spaced(120))
    )


def document() -> str:
    """Return word/document.xml: the cover, the place of the contents, the place of the briefing, the page set-up."""
    contents = slot(120, "contents", "目次", lines("TOCHeading", words("目次")))
    body = slot(121, "body", "本文", lines("BodyText", words("ここに本文が入ります。")))
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1474" w:right="1417" w:bottom="1304" w:left="1417" '
        'w:header="737" w:footer="624" w:gutter="0"/><w:cols w:space="425"/><w:titlePg/></w:sectPr>'
    )
    inside = f"{cover()}{contents}{body}{section}"
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{inside}</w:body></w:document>'


def field(code: str) -> str:
    """Return a field that Word and LibreOffice work out on every page; it holds no stale number."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def header() -> str:
    """Return the header of every page but the first."""
    text = slot(130, "header", "短い題名", words("短い題名")) + "<w:r><w:tab/></w:r>"
    text += slot(131, "organisation", "発行者", words("発行者"))
    return f'{HEAD}<w:hdr xmlns:w="{W}" xmlns:r="{R}">{lines("Header", text)}</w:hdr>'


def footer() -> str:
    """Return the footer of every page but the first: issue and page."""
    issue = slot(140, "date", "発行日", words("2026年1月1日")) + words("　")
    issue += slot(141, "number", "号数", words("第1号"))
    page = "<w:r><w:tab/></w:r>" + field("PAGE") + words(" / ") + field("NUMPAGES")
    return f'{HEAD}<w:ftr xmlns:w="{W}" xmlns:r="{R}">{lines("Footer", issue + page)}</w:ftr>'


def empty(root: str, style_id: str) -> str:
    """Return the empty header or footer of the cover."""
    bare = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>' if root == "hdr" else ""
    return f'{HEAD}<w:{root} xmlns:w="{W}">{lines(style_id, "", bare)}</w:{root}>'


# ---------------------------------------------------------------------------------------------------------------
# Theme, settings, fonts, package


def theme() -> str:
    """Return word/theme/theme1.xml: our colours and fonts."""

    def colour(name: str, value: str) -> str:
        return f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'

    colours = "".join(
        colour(name, value)
        for name, value in [
            ("dk1", INK), ("lt1", "FFFFFF"), ("dk2", NAVY), ("lt2", STRIPE), ("accent1", BLUE), ("accent2", COPPER),
            ("accent3", GREY), ("accent4", HEAT), ("accent5", "2F7D6B"), ("accent6", "C69A2C"),
            ("hlink", BLUE), ("folHlink", "6B4E8E"),
        ]
    )  # fmt: skip
    font = (
        '<a:latin typeface="Arial"/><a:ea typeface="Yu Gothic"/><a:cs typeface=""/><a:font script="Jpan" '
        'typeface="游ゴシック"/>'
    )
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    stroke = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{solid}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="Briefing"><a:themeElements><a:clrScheme name="Briefing">{colours}'
        f'</a:clrScheme><a:fontScheme name="Briefing"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Briefing"><a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{stroke * 3}'
        f"</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}"
        "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def settings() -> str:
    """Return word/settings.xml. No updateFields: Word would greet every reader with a question."""
    office = "http://schemas.microsoft.com/office/word"
    modes = {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
        "differentiateMultirowTableHeaders": "1",
        "useWord2013TrackBottomHyphenation": "0",
    }
    compat = "".join(f'<w:compatSetting w:name="{k}" w:uri="{office}" w:val="{v}"/>' for k, v in modes.items())
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        f"<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" '
        'w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" '
        'w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def footnotes() -> str:
    """Return word/footnotes.xml with the lines between text and notes; the notes come with each document."""
    tight = '<w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return (
        f'{HEAD}<w:footnotes xmlns:w="{W}">'
        f'<w:footnote w:type="separator" w:id="-1">{tight}<w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:type="continuationSeparator" w:id="0">{tight}<w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )


def fonts() -> str:
    """Return word/fontTable.xml, which tells a reader without Yu Gothic what to take instead."""
    return (
        f'{HEAD}<w:fonts xmlns:w="{W}">'
        '<w:font w:name="Yu Gothic"><w:altName w:val="游ゴシック"/><w:panose1 w:val="020B0400000000000000"/>'
        '<w:charset w:val="80"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        '<w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


WORD_PARTS = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "fontTable": "fontTable",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footer2": "footer",
}


def content_types() -> str:
    """Return [Content_Types].xml."""
    prefix = "application/vnd.openxmlformats-officedocument"
    overrides = [(f"word/{name}.xml", f"{prefix}.wordprocessingml.{kind}+xml") for name, kind in WORD_PARTS.items()]
    overrides.append(("word/theme/theme1.xml", f"{prefix}.theme+xml"))
    overrides.append(("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    overrides.append(("docProps/app.xml", f"{prefix}.extended-properties+xml"))
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def relationships(entries: list[tuple[str, str]]) -> str:
    """Return a relationships part from (type, target); ids are rId1, rId2 ..."""
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else f"{R}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def make_base() -> bytes:
    """Return the base file."""
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            [
                ("officeDocument", "word/document.xml"),
                (core, "docProps/core.xml"),
                ("extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>reportkit base</dc:title></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{office}"><Application>reportkit</Application></Properties>',
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relationships(
            [
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("settings", "settings.xml"),
                ("header", "header1.xml"),
                ("header", "header2.xml"),
                ("footer", "footer1.xml"),
                ("footer", "footer2.xml"),
                ("fontTable", "fontTable.xml"),
                ("theme", "theme/theme1.xml"),
                ("footnotes", "footnotes.xml"),
            ]
        ),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/footnotes.xml": footnotes(),
        "word/fontTable.xml": fonts(),
        "word/theme/theme1.xml": theme(),
        "word/header1.xml": header(),
        "word/header2.xml": empty("hdr", "Header"),
        "word/footer1.xml": footer(),
        "word/footer2.xml": empty("ftr", "Footer"),
    }
    return pack_parts(xml_part(name, content.encode()) for name, content in parts.items())


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(make_base())
