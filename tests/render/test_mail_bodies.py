"""HTML and plain text for mail: every block is there, hostile words stay words, nothing is fetched, lines are short."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.base.text import display_width
from reportkit.document.block import (
    Block,
    Box,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    ListItem,
    PageBreak,
    Paragraph,
)
from reportkit.document.chart import Chart, Series
from reportkit.document.inline import Emphasis, FactRef, LineBreak, Link, Quoted, Strong, Text
from reportkit.document.table import Column, Table, TableCell
from reportkit.render.html import charts_in, write_html
from reportkit.render.links import safe_link
from reportkit.render.plain import write_plain
from reportkit.render.plain.wrapping import wrap

FACT = Fact("x", "架空", Quantity("5件"), "5件")
CHART = Chart("c", "bar", (Text("効果の図"),), "効果の棒グラフ。", ("a",), (Series("s", (FACT,)),))


def cell(words: str, **look: object) -> TableCell:
    return TableCell(((Quoted(words),),), **look)  # type: ignore[arg-type]


TABLE = Table(
    "t",
    (Column(2), Column(1, "right")),
    ((cell("業界"), cell("効果", align="right")),),
    ((cell("医療"), cell("3,711", align="right", shade=0.9)), (cell("介護・福祉"), cell("15", align="right"))),
    caption=(Text("効果の表"),),
    unit="単位：億円",
    source=(Text("出典：架空の調査"),),
)


def everything(words: str) -> tuple[Block, ...]:
    """Return every block with these words at every place where words can stand."""
    inlines = (
        Quoted(words), Strong((Text(words),)), Emphasis((Quoted(words),)), Link((Quoted(words),), words), LineBreak(),
        FactRef(FACT),
    )  # fmt: skip
    table = Table(
        "t", (Column(1),), ((cell(words),),), ((cell(words, bullets=True),),), inlines, inlines, (inlines,), words
    )
    figure = KeyFigure(inlines, inlines, inlines)
    chart = Chart("c", "bar", inlines, words, source=inlines, notes=(inlines,))
    return (
        *(Heading(level, inlines) for level in (1, 2, 3)),
        *(Paragraph(inlines, role) for role in ("body", "lead", "note")),  # type: ignore[arg-type]
        ItemList((ListItem(inlines, (ListItem(inlines),)),), ordered=True),
        Box(inlines, (Paragraph(inlines), chart), "warning"),
        KeyFigures((figure, figure)),
        PageBreak(),
        table,
        chart,
    )


class Tags(HTMLParser):
    """Collects tags with their attributes, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=https://evil.example/pixel.gif onerror=alert(1)>',
    "javascript:alert(1)",
    'https://evil.example/" onclick="x',
    "url(https://evil.example/)",
    "&#x6a;avascript:alert(1)",
    "</style><style>*{background:url(//evil.example)}",
    "a\x00b\x0cc\ud800\u202e",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_and_nothing_is_fetched(words: str) -> None:
    html = write_html(everything(words), words, "ja", ["cid:1@x", "cid:2@x"])
    found = parsed(html)
    allowed = {"html", "head", "meta", "title", "style", "body", "table", "tr", "td", "th", "h1", "h2", "h3", "p", "ul",
               "ol", "li", "div", "span", "strong", "em", "br", "img", "a"}  # fmt: skip
    assert {tag for tag, _ in found.tags} <= allowed
    for tag, attributes in found.tags:
        assert not any(name.startswith("on") for name in attributes)
        if tag == "img":
            assert (attributes["src"] or "").startswith("cid:")
        if tag == "a":
            assert re.match(r"(https?://|mailto:)", attributes["href"] or "")
        assert "url(" not in (attributes.get("style") or "")
    assert [tag for tag, _ in found.tags].count("style") == 1
    assert "\x00" not in html
    html.encode()


@given(st.text(max_size=40))
def test_any_words_make_a_page_and_a_text(words: str) -> None:
    found = parsed(write_html(everything(words), words, "ja", []))
    assert "script" not in {tag for tag, _ in found.tags}
    write_plain(everything(words)).encode()


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.jp/a?b=1#c", True),
        ("http://例え.jp/経済", True),
        ("mailto:desk@example.jp", True),
        ("mailto:desk@example.jp?subject=x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//evil.example", False),
        ("https://bank.example@evil.example/", False),
        ("https:// example.jp", False),
        ("https://example.jp/\nX", False),
        ("java\tscript:alert(1)", False),
        ("", False),
    ],
)
def test_links_lead_to_the_web_and_to_mailboxes_only(url: str, safe: bool) -> None:
    assert bool(safe_link(url)) == safe
    assert (f'href="{url}"' in write_html((Paragraph((Link((Text("w"),), url),)),), "t", "ja", [])) == safe


def test_a_chart_is_its_picture_in_html_and_its_words_in_text() -> None:
    blocks = (Box((Text("枠"),), (CHART,)), CHART)
    assert charts_in(blocks) == (CHART, CHART)
    html = write_html(blocks, "t", "ja", ["cid:1@x", "cid:2@x"])
    assert [attributes["src"] for tag, attributes in parsed(html).tags if tag == "img"] == ["cid:1@x", "cid:2@x"]
    assert 'alt="効果の棒グラフ。"' in html
    assert "［図］効果の図\n  効果の棒グラフ。" in write_plain((CHART,))


def test_a_narrow_table_is_aligned_and_a_wide_one_becomes_a_list() -> None:
    assert write_plain((TABLE,)) == (
        "［表］効果の表（単位：億円）\n"
        "業界         効果\n"
        "────────\n"
        "医療        3,711\n"
        "介護・福祉     15\n"
        "  出典：架空の調査\n"
    )
    wide = Table(
        "t", (Column(1), Column(1)), ((cell("見出し" * 9), cell("値" * 12)),), ((cell("行" * 9), cell("長い" * 9)),)
    )
    text = write_plain((wide,))
    assert "・行行行" in text
    assert f"{'値' * 12}：{'長い' * 9}" in text.replace("\n    ", "")


def test_text_of_a_mail_reads_well() -> None:
    blocks = (
        Heading(1, (Text("要点"),)),
        Paragraph((Text("効果は"), FactRef(FACT), Text("である。"), Link((Text("資料"),), "https://example.jp/x"))),
        ItemList((ListItem((Text("一つ目"),), (ListItem((Text("中"),)),)), ListItem((Text("二つ目"),)))),
        Box((Text("変更"),), (Paragraph((Text("なし"),)),)),
        KeyFigures((KeyFigure((Text("効果"),), (FactRef(FACT),), (Text("前年並み"),)),)),
    )
    assert write_plain(blocks) == (
        "■ 要点\n━━━\n\n効果は5件である。資料 <https://example.jp/x>\n\n・一つ目\n  ・中\n・二つ目\n\n"
        "【変更】\n  なし\n\n◇ 効果：5件（前年並み）\n"
    )


@given(st.text(alphabet="あ亜、。「」（）abc123%ー", max_size=200))
def test_lines_are_short_and_nothing_gets_lost_or_stands_at_the_wrong_end(text: str) -> None:
    lines = wrap(text, 30)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        sticky = re.search(r"[!-~]{20,}|[、。」）ー%「（a-z0-9]{12,}", line)
        assert display_width(line) <= 30 or sticky
    for line in lines[1:]:
        assert line[:1] not in {"。", "、", "」", "）"}


def test_an_address_is_never_broken() -> None:
    address = "https://example.jp/" + "a" * 90
    assert address in wrap(f"詳しくは{address}をご覧ください。")
