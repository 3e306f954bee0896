"""Two editions of the survey in briefings: what changed, and whether it is more than chance. The second one is 架空."""

from __future__ import annotations

from pathlib import Path

import pytest
from fictional_edition import CHECKOUT, add_second_edition
from scipy.stats import norm

from reportkit.briefings.compose import compose
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Document, Heading, Issue, ItemList, Paragraph
from reportkit.document.chart import Chart
from reportkit.document.inline import plain_text
from reportkit.document.table import Table
from reportkit.project.reading import read_corpus
from reportkit.sections.folders import TemplateFolders
from reportkit.views.editions import EditionChange, edition_pairs
from reportkit.views.overview import view_overview
from reportkit.views.sector import view_sector
from reportkit.views.statistics import two_proportion_p

TEMPLATES = TemplateFolders((CHECKOUT / "templates",))
HEADING = "前の調査からの変化"
LEAK = "機密データを漏洩する可能性あり"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("editions") / "seeds"
    add_second_edition(folder)
    return read_corpus(folder)


def chapter(document: Document) -> list[object]:
    """Return the blocks of the chapter about the change, [] when there is none."""
    found: list[object] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = plain_text(block.content) == HEADING
        if inside:
            found.append(block)
    return found


def sector_chapter(corpus: Corpus, name: str) -> list[object]:
    return chapter(compose("sector", view_sector(corpus, name), TEMPLATES, Issue("2031-01-01", "架空の調査")))


def prose(blocks: list[object]) -> str:
    lines = [plain_text(block.content) for block in blocks if isinstance(block, Paragraph)]
    lines += [plain_text(item.content) for block in blocks if isinstance(block, ItemList) for item in block.items]
    return "\n".join(lines)


def rows(blocks: list[object], table_id: str) -> list[str]:
    made = next(block for block in blocks if isinstance(block, Table) and block.id == table_id)
    return ["|".join(plain_text(cell.lines[0]) for cell in row) for row in made.body]


def change_of(corpus: Corpus, sector: str, matrix: str) -> EditionChange:
    return next(change for change in view_sector(corpus, sector).editions if change.matrix_id == matrix)


def test_a_sector_briefing_tells_the_change_in_words_chart_and_tables(both: Corpus) -> None:
    blocks = sector_chapter(both, "医療")
    text = prose(blocks)
    assert "2024年版の15,570億円から2025年版の17,127億円へ10.0%増えた" in text
    assert "「機密データの漏洩」が12%から27%へ増えた（+15ポイント）" in text
    assert "ほかの章の値は2024年版のものである" in text
    chart = next(block for block in blocks if isinstance(block, Chart))
    assert [series.name for series in chart.series] == ["2024年版", "2025年版"]
    assert "合計|15,570億円|17,127億円|+1,557億円|+10.0%" in rows(blocks, "sector-editions-amounts")


def test_what_cannot_be_tested_says_so_and_what_can_has_a_verdict(both: Corpus) -> None:
    shares = rows(sector_chapter(both, "医療"), "sector-editions-shares")
    assert "セールス/マーケティング|45%|57%|+12|判断できない" in shares
    assert "回答者数|n不明|n不明|–|–" in shares
    assert f"{LEAK}|12%|27%|+15|増えた" in shares
    assert "回答者数|253人|506人|–|–" in shares
    built = rows(sector_chapter(both, "建設"), "sector-editions-shares")
    assert "初期導入コスト/運用コストが高額|22%|20%|−2|偶然の範囲" in built
    assert any(
        row.startswith("業務横断") and row.endswith("偶然の範囲") for row in built
    )  # +9 points of 50 and 100 people


def test_a_cell_with_few_answers_needs_a_larger_change_than_a_row_with_many(both: Corpus) -> None:
    intent = change_of(both, "建設", "adoption-intent")
    line = next(line for line in intent.lines if line.label.startswith("業務横断"))
    counts = [matrix.base("建設", line.label) for matrix in (intent.pair.old, intent.pair.new)]
    assert all(cell is not None and cell.value is not None and cell.value < 150 for cell in counts)
    assert line.verdict == "within"


def test_the_test_of_two_editions_agrees_with_scipy() -> None:
    share, people, other, others = 0.12, 253, 0.27, 506
    together = (share * people + other * others) / (people + others)
    z = (other - share) / (together * (1 - together) * (1 / people + 1 / others)) ** 0.5
    assert two_proportion_p(other, others, share, people) == pytest.approx(2 * norm.sf(z), abs=1e-9)


def test_a_group_shows_the_totals_of_its_members(both: Corpus) -> None:
    blocks = sector_chapter(both, "製造業")
    amounts = rows(blocks, "sector-editions-amounts")
    assert sum(row.startswith("合計|") for row in amounts) == 3
    assert not any(row.startswith("R&D|") for row in amounts)


def test_the_overview_ranks_nothing_anew_but_lists_what_changed(both: Corpus) -> None:
    blocks = chapter(compose("overview", view_overview(both), TEMPLATES, Issue("2031-01-01", "架空の調査")))
    assert "10.0%増えた" in prose(blocks)
    totals = rows(blocks, "overview-editions-impact")
    assert len(totals) == 1 + 17 + 1
    assert "医療|15,570億円|17,127億円|+1,557億円|+10.0%" in totals
    shares = rows(blocks, "overview-editions-shares")
    assert shares[1:] == ["回答者数|253人|506人|–|–", f"{LEAK}|12%|27%|+15|増えた"]


def test_with_one_edition_nothing_is_said() -> None:
    corpus = read_corpus(CHECKOUT / "seeds")
    assert edition_pairs(corpus) == ()
    assert sector_chapter(corpus, "医療") == []
    assert chapter(compose("overview", view_overview(corpus), TEMPLATES, Issue("2031-01-01", "架空の調査"))) == []


def test_one_table_in_two_editions_is_enough_and_without_bases_it_is_not_tested(tmp_path: Path) -> None:
    add_second_edition(tmp_path / "seeds", only=("barriers",))
    corpus = read_corpus(tmp_path / "seeds")
    blocks = sector_chapter(corpus, "医療")
    assert "二つの版がそろう表について" in prose(blocks)
    assert f"{LEAK}|12%|27%|+15|判断できない" in rows(blocks, "sector-editions-shares")
    assert not any(isinstance(block, Table) and block.id == "sector-editions-amounts" for block in blocks)
    assert sector_chapter(corpus, "公共") == []


def test_the_sources_of_both_editions_stand_in_the_appendix(both: Corpus) -> None:
    places = [used.place.text for used in view_sector(both, "医療").notes.used]
    assert any(place.startswith("kaku-survey-2025-impact.csv:") for place in places)
