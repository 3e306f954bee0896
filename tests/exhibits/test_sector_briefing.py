"""The sector briefing as a reader gets it: sentences from the built-in templates, for every kind of sector.

The golden file holds the briefings of the 架空 survey as text. To accept a change, run with REPORTKIT_ACCEPT=1 and read
the difference before committing it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fictional_survey import CARE, CORPUS, GROUP, NURSING, PUBLIC, TRANSPORT

from reportkit.briefings.compose import compose
from reportkit.checks import check_corpus
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Block, Box, Document, Heading, Issue, ItemList, KeyFigures, ListItem, Paragraph
from reportkit.document.chart import Chart
from reportkit.document.inline import Emphasis, Inline, Link, Strong, Text, plain_text
from reportkit.document.table import Table
from reportkit.sections.folders import TemplateFolders
from reportkit.sources.reader import read_folder
from reportkit.views.sector import view_sector

CHECKOUT = Path(__file__).parents[2]
TEMPLATES = TemplateFolders((CHECKOUT / "templates",))
GOLDEN = Path(__file__).parent / "golden"
SEEDS = {"seeds": CHECKOUT / "seeds", "raw": CHECKOUT.parent / "shared" / "seeds"}


def briefing(corpus: Corpus, sector: str) -> Document:
    return compose("sector", view_sector(corpus, sector), TEMPLATES, Issue("2031-01-01", "架空の調査"))


@cache
def read(name: str) -> Corpus:
    folder = SEEDS[name]
    if not folder.is_dir():
        pytest.skip("the raw reports are not here")
    corpus = read_folder(folder)
    return replace(corpus, findings=corpus.findings + check_corpus(corpus))


def outline(blocks: tuple[Block, ...], indent: str = "") -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(level=level, content=content):
                yield f"{indent}{'#' * level} {plain_text(content)}"
            case Paragraph(content=content, role=role):
                yield f"{indent}{ {'lead': '> ', 'note': '注：'}.get(role, '') }{plain_text(content)}"
            case ItemList(items=items):
                yield from (f"{indent}- {plain_text(item.content)}" for item in items)
            case Box(title=title, blocks=inner):
                yield f"{indent}[{plain_text(title)}]"
                yield from outline(inner, indent + "  ")
            case KeyFigures(figures=figures):
                yield from (f"{indent}( {plain_text(one.label)} {plain_text(one.value)} )" for one in figures)
            case Table(caption=(), body=body):  # headings beside their points
                for row in body:
                    yield f"{indent}| {plain_text(row[0].lines[0])}"
                    yield from (f"{indent}|   - {plain_text(line)}" for line in row[1].lines)
            case Table(caption=caption) | Chart(caption=caption):
                yield f"{indent}<{type(block).__name__}：{plain_text(caption)}>"
            case _:
                pass


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield from _texts(content)
            case ItemList(items=items):
                yield from _item_texts(items)
            case Box(title=title, blocks=inner):
                yield from _texts(title)
                yield from texts(inner)
            case _:
                pass


def _item_texts(items: tuple[ListItem, ...]) -> Iterator[str]:
    for item in items:
        yield from _texts(item.content)
        yield from _item_texts(item.children)


def _texts(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Strong(children) | Emphasis(children) | Link(children):
                yield from _texts(children)
            case _:
                pass


def test_the_briefings_of_the_small_survey_read_as_agreed() -> None:
    parts = []
    for sector in (CARE, NURSING, TRANSPORT, GROUP, PUBLIC):
        parts.append(f"===== {sector} =====")
        parts.extend(outline(briefing(CORPUS, sector).blocks))
    found = "\n".join(parts) + "\n"
    golden = GOLDEN / "sector-briefings.txt"
    if os.environ.get("REPORTKIT_ACCEPT"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", SEEDS)
def test_every_sector_of_the_real_survey_composes_without_a_number_of_our_own(source: str) -> None:
    corpus = read(source)
    for sector in corpus.taxonomy.sectors:
        document = briefing(corpus, sector.name)
        digits = [text for text in texts(document.blocks) if re.search(r"[0-9０-９]", text)]
        assert not digits, (sector.name, digits)
        ids = {}
        for fact in document.facts():
            assert ids.setdefault(fact.id, fact.quantity.value) == fact.quantity.value, fact.id


@pytest.mark.parametrize("source", SEEDS)
def test_sentences_differ_from_sector_to_sector(source: str) -> None:
    corpus = read(source)
    leads = set()
    for sector in corpus.taxonomy.industries:
        blocks = briefing(corpus, sector.name).blocks
        leads.add(next(plain_text(one.content) for one in blocks if isinstance(one, Paragraph) and one.role == "lead"))
    assert len(leads) == len(corpus.taxonomy.industries)


@pytest.mark.parametrize("source", SEEDS)
def test_the_figures_of_the_real_survey_are_those_of_the_report(source: str) -> None:
    corpus = read(source)
    care = view_sector(corpus, "医療").impact
    assert care is not None
    assert care.rank is not None
    assert (care.total_aloud.text, care.share.text, care.rank.text) == ("1.6兆円", "8.3%", "第6位")
    finance = view_sector(corpus, "金融・保険")
    assert finance.impact is not None
    assert finance.impact.reduction is not None
    assert finance.impact.intent is not None
    assert finance.impact.reduction.difference.text == "+5ポイント"
    assert finance.impact.intent.difference.text == "+11ポイント"
    assert finance.barriers is not None
    assert finance.barriers.largest[0].label == "機密データを漏洩する可能性あり"


@pytest.mark.parametrize("source", SEEDS)
def test_only_two_cells_of_the_real_survey_disagree_with_their_product(source: str) -> None:
    corpus = read(source)
    compared, disagreeing = 0, []
    for sector in corpus.taxonomy.industries:
        impact = view_sector(corpus, sector.name).impact
        assert impact is not None
        compared += sum(1 for line in impact.lines if line.agreement != "unknown")
        disagreeing += [(sector.name, line.function) for line in impact.disagreeing]
    assert compared == 127
    assert disagreeing == [("医療", "オペレーションサービス/CS"), ("介護", "オペレーションサービス/CS")]


def test_other_industries_are_said_to_share_the_value() -> None:
    lines = "\n".join(outline(briefing(read("seeds"), "運輸・郵送").blocks))
    assert "運輸・郵送、ソフトウェア、メディア・エンタメに共通の値" in lines
    assert "運輸・郵送を含む「その他」で最も多い障壁" in lines
    assert "運輸・郵送だけの値ではない" in lines
