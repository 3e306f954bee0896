"""A briefing written by hand, to the letter of the ledger's contract: one heading, prose, a table; no chart. 架空."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from ledger_digests import set_source_digests

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RK = "urn:reportkit:ledger:1"

TABLE_MARK = '<w:bookmarkStart w:id="99" w:name="_rkt1"/><w:bookmarkEnd w:id="99"/>'
SOURCE = """架空調査 2025
表1 産業×機能の効果（億円）
業種\t営業\t調達\t合計
医療\t1,200\t300\t1,500
金融\t2,400\t600\t3,000
製造\t800\t100\t900
回答した252社のうち、約3割が利用している。
"""

_FACTS = """
<fact id="matrix/impact/医療/営業" label="医療×営業の効果" value="120000000000" unit="円">
  <origin source="1" line="4" column="2" row="医療" row-line="4" head="営業" head-line="3">1,200</origin></fact>
<fact id="matrix/impact/医療/合計" label="医療の効果（合計）" value="150000000000" unit="円">
  <origin source="1" line="4" column="4" row="医療" row-line="4" head="合計" head-line="3">1,500</origin></fact>
<fact id="matrix/impact/医療/調達" label="医療×調達の効果" value="30000000000" unit="円">
  <origin source="1" line="4" column="3" row="医療" row-line="4" head="調達" head-line="3">300</origin></fact>
<fact id="matrix/impact/金融/合計" label="金融の効果（合計）" value="300000000000" unit="円">
  <origin source="1" line="5" column="4" row="金融" row-line="5" head="合計" head-line="3">3,000</origin></fact>
<fact id="share/impact/医療/営業" label="医療の効果に占める営業" value="80" unit="%">
  <derivation operation="share" formula="部分 ÷ 全体" inputs="1 2" decimals="1"/></fact>
<fact id="rank/impact/医療" label="医療の順位" value="2" unit="位">
  <derivation operation="rank" formula="値の大きい順に数えた順位" inputs="2 4 2"/></fact>
<fact id="statistic/use" label="利用している割合" value="30" unit="%" qualifier="約">
  <origin source="1" line="7">約3割</origin></fact>
"""

_PLACES = """
<heading level="1" bookmark="_Toc000000001">経済インパクト</heading>
<place fact="2">1,500億円</place>
<place fact="5">80.0%</place>
<place fact="6">第2位</place>
<place fact="7">約3割</place>
<place quote="1"/>
<heading level="2" bookmark="_Toc000000002">内訳</heading>
<place fact="1">1,200</place>
<place fact="3">300</place>
<place fact="2">1,500</place>
<place fact="4">3,000</place>
<table name="表1" id="impact-table" bookmark="_rkt1">
<row header="1">業種|営業|調達|合計</row><row>医療|{6}※|{7}|{8}</row>
<row>金融|||{9}</row></table>
"""


def ledger_xml(facts: str = _FACTS, places: str = _PLACES, **attributes: str) -> str:
    """The ledger, with digest and seal as the contract says."""
    values = {
        "kind": "sector", "subject": "医療", "title": "医療 業界報告", "subtitle": "架空の調査", "organisation": "",
        "edition": "reader", "issue": "2", "date": "2026-11-22", "vintage": "調査 2025年", "reportkit": "0.1.0",
        **attributes,
    }  # fmt: skip
    root = ElementTree.fromstring(
        f'<ledger xmlns="{RK}"><sources><source file="survey/001.txt" digest=""'
        ' title="架空調査" publication="架空調査 2025" encoding="utf-8"/></sources>'
        f'<facts>{facts}</facts><quotes><quote source="1" line="7">回答した252社</quote></quotes>'
        f'<places>{places}</places><findings><finding code="matrix.identity" severity="warning" facts="1" '
        'source="1" line="4" column="2">積と合いません</finding></findings></ledger>'
    )
    for name, value in values.items():
        root.set(name, value)
    return sealed(root)


def sealed(root: ElementTree.Element) -> str:
    """Return the ledger with the digests that belong to it; written anew here, from the contract alone."""

    def said(element: ElementTree.Element) -> str:
        tag = element.tag.split("}")[1]
        inside = "".join(map(said, element))
        if not inside and tag not in {"sources", "facts", "quotes", "places", "findings", "changes"}:
            inside = quoted(element.text or "")
        pairs = "".join(f' {name}="{quoted(value)}"' for name, value in element.items())
        return f"<{tag}{pairs}>{inside}</{tag}>"

    def quoted(text: str) -> str:
        for char, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
            text = text.replace(char, f"&{name};")
        return text

    names = ("id", "label", "value", "low", "high", "unit", "qualifier", "per", "flags")
    facts = sorted("".join(one.get(name, "") + "\x1f" for name in names) + "\n" for one in root.iter(f"{{{RK}}}fact"))
    set_source_digests(root)
    root.attrib.pop("seal", None)
    root.set("facts", hashlib.sha256("".join(facts).encode()).hexdigest())
    root.set("seal", hashlib.sha256(said(root).encode()).hexdigest())
    ElementTree.register_namespace("", RK)
    return ElementTree.tostring(root, encoding="unicode")


def marked(number: int, text: str) -> str:
    return _bookmark(100 + number, f"_rk{number}", text)


def _bookmark(identifier: int, name: str, text: str) -> str:
    return f'<w:bookmarkStart w:id="{identifier}" w:name="{name}"/>{run(text)}<w:bookmarkEnd w:id="{identifier}"/>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def heading(number: int, level: int, text: str) -> str:
    name = f"_Toc{number:09d}"
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return paragraph(start, run(text), f'<w:bookmarkEnd w:id="{number}"/>', style=f"Heading{level}")


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def body() -> str:
    return (
        paragraph(run("医療 業界報告"), style="Title")
        + paragraph(run("架空の調査"))
        + paragraph(run("2026年11月22日　調査 2025年　第2号"))
        + heading(1, 1, "経済インパクト")
        + paragraph(
            run("効果は"), marked(1, "1,500億円"), run("で、営業が"), marked(2, "80.0%"), run("を占め、"),
            marked(3, "第2位"), run("である。利用は"), marked(4, "約3割"), run("（"), marked(5, "回答した252社"),
            run("）。"),
        )
        + heading(2, 2, "内訳")
        + paragraph(run("表 "), field(" SEQ Table \\* ARABIC ", "1"), run("　医療の効果"), style="Caption")
        + paragraph(run("単位：億円"), style="Unit")
        + "<w:tbl><w:tblPr/>"
        + row(TABLE_MARK + run("業種"), run("営業"), run("調達"), run("合計"))
        + row(run("医療"), marked(6, "1,200") + run("※"), marked(7, "300"), marked(8, "1,500"))
        + row(run("金融"), "", "", marked(9, "3,000"))
        + "</w:tbl>"
        + paragraph()
    )  # fmt: skip


def field(code: str, text: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def docx(content: str | None = None, ledger: str | None = None, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """The document; `ledger` "" leaves it out."""
    inside = body() if content is None else content
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f"<w:document {W} {R}><w:body>{inside}</w:body></w:document>",
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        ),
    }
    text = ledger_xml() if ledger is None else ledger
    if text:
        parts["customXml/item1.xml"] = text
    parts |= more or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def write_seeds(folder: Path) -> Path:
    """Write the source of the document; return the seeds folder."""
    seeds = folder / "seeds"
    (seeds / "survey").mkdir(parents=True)
    (seeds / "survey" / "001.txt").write_text(SOURCE, encoding="utf-8")
    return seeds
