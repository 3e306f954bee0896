"""Figures in running text, with their line and sentence."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from seed_corpus import RAW, SEEDS, raw, seeds

from reportkit.base.errors import ProjectError
from reportkit.corpus.corpus import Corpus
from reportkit.sources.prose import built_in_figures, read_figures, read_statistics

BOTH = pytest.mark.parametrize(("corpus", "folder"), [(seeds, SEEDS), (raw, RAW)], ids=["seeds", "raw"])
CHO = Decimal(10**12)

FIGURES = {
    "genai-experience/日本/2023": (Decimal("9.1"), "%"),
    "genai-experience/日本/2024": (Decimal("26.7"), "%"),
    "genai-experience/米国/2023": (Decimal("46.3"), "%"),
    "genai-experience/米国/2024": (Decimal("68.8"), "%"),
    "genai-experience/ドイツ/2023": (Decimal("34.6"), "%"),
    "genai-experience/ドイツ/2024": (Decimal("59.2"), "%"),
    "genai-experience/中国/2023": (Decimal("56.3"), "%"),
    "genai-experience/中国/2024": (Decimal("81.2"), "%"),
    "genai-experience-age/20代/2024": (Decimal("44.7"), "%"),
    "company-policy/日本/2023": (Decimal("42.7"), "%"),
    "company-policy/日本/2024": (Decimal("49.7"), "%"),
    "company-use/日本/2024": (Decimal("55.2"), "%"),
    "company-use-documents/日本/2024": (Decimal("47.3"), "%"),
    "ai-vitality-rank/日本/2023": (Decimal(9), "位"),
    "ai-research-rank/米国": (Decimal(1), "位"),
    "ai-research-rank/ドイツ": (Decimal(4), "位"),
    "headline/impact": (18 * CHO, "円"),
    "headline/labour-cost": (220 * CHO, "円"),
    "headline/reduction-rate": (Decimal(21), "%"),
    "headline/adoption-intent": (Decimal(44), "%"),
    "headline/respondents": (Decimal(2391), "人"),
    "headline/winning-fields-impact": (15 * CHO, "円"),
    "headline/participation": (Decimal(42), "%"),
    "headline/participation-yes": (Decimal(10), "%"),
    "headline/participation-rather": (Decimal(32), "%"),
    "headline/reduction-rate/調達/サプライチェーン": (Decimal(15), "%"),
    "headline/reduction-rate/製造・加工": (Decimal(12), "%"),
    "headline/adoption-intent/介護": (Decimal(17), "%"),
}


@BOTH
def test_every_figure_that_the_briefings_use_is_found(corpus: Callable[[], Corpus], folder: Path) -> None:
    found = {item.id: (item.quantity.value, item.quantity.unit) for item in corpus().statistics}
    assert {name: found.get(name) for name in FIGURES} == FIGURES


@BOTH
def test_a_rank_between_two_places_is_a_range(corpus: Callable[[], Corpus], folder: Path) -> None:
    (rank,) = [item for item in corpus().statistics if item.id == "ai-research-rank/日本"]
    assert (rank.quantity.value, rank.quantity.low, rank.quantity.high) == (None, 11, 12)


@BOTH
def test_each_figure_stands_in_its_line_and_in_its_sentence(corpus: Callable[[], Corpus], folder: Path) -> None:
    for item in corpus().statistics:
        line = (folder / item.origin.source).read_text(encoding="utf-8").split("\n")[item.origin.line - 1]
        assert item.context.split("：")[0][:10] in line.replace("^{*23}", "")
        if item.quantity.unit != "位":
            assert item.quantity.raw in line
            assert item.quantity.raw in item.context


def test_about_is_part_of_the_value() -> None:
    (impact,) = [item for item in seeds().statistics if item.id == "headline/impact"]
    assert impact.quantity.qualifier == "約"


def test_figures_are_looked_for_only_in_reports_of_their_kind() -> None:
    assert read_statistics(["調査母数\t2,391名"], "a.txt", "white-paper", built_in_figures()) == ()


def test_the_first_mention_wins_and_full_width_digits_are_read() -> None:
    lines = ["調査母数\t２,３９１名", "調査母数\t5名"]
    found, other = read_statistics(lines, "a.txt", "survey", built_in_figures())
    assert (other.id, other.origin.line) == (found.id, 2)  # the contradiction is kept for the finding about it
    assert (found.quantity.value, found.origin.line) == (2391, 1)


def test_a_folder_can_add_figures_and_faults_are_reported_at_once() -> None:
    own = read_figures(
        [
            (
                "x.statistics.toml",
                (
                    "[[figure]]\nkind='survey'\nseries='own'\nlabel='架空'\npattern='架空は(?P<a>\\d+件)'\n"
                    "points=[{group='a', subject='東', period='2025年'}]\n"
                ),
            )
        ]
    )
    (found,) = read_statistics(["架空は7件です。"], "a.txt", "survey", own)
    assert (found.id, found.quantity.value, found.context) == ("own/東/2025", 7, "架空は7件です。")
    with pytest.raises(ProjectError) as error:
        read_figures(
            [
                ("a.statistics.toml", "[[figure]]\nkind='x'\nseries='s'\npoints=[]\n"),
                (
                    "b.statistics.toml",
                    "[[figure]]\nkind='survey'\nseries='s'\nlabel='l'\npattern='('\npoints=[{group='a'}]\n",
                ),
                (
                    "c.statistics.toml",
                    "[[figure]]\nkind='survey'\nseries='s'\nlabel='l'\npattern='(?P<a>1)'\npoints=[{group='b'}]\n",
                ),
                ("d.statistics.toml", "colour = 1\n"),
            ]
        )
    faults = "\n".join(str(problem) for problem in error.value.problems)
    for words in ("「label」", "kind「x」", "「points」", "正規表現", "group「b」", "d.statistics.toml"):
        assert words in faults
