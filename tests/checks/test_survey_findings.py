"""Every finding on the survey's matrices, one by one. Each was compared by hand with the lines of the report.

The list is the same for the raw report and for the project's own restated seeds; lines hold for the raw report.
"""

from __future__ import annotations

from collections.abc import Callable

from seed_corpus import BOTH, raw

from reportkit.base.finding import Finding
from reportkit.checks.matrices import check_matrices
from reportkit.corpus.corpus import Corpus

# severity, code, line of the raw report, the cells or statistics that it is about first, words of the message
EXPECTED = [
    ("error", "matrix.row-total", 235, "cell:initial-impact/卸売・小売/合計", "印刷の合計 16,444 が、欄の計 23,241"),
    ("error", "matrix.row-total", 236, "cell:initial-impact/医療/合計", "印刷の合計 27,587 が、欄の計 16,444"),
    ("error", "matrix.column-total", 248, "cell:initial-impact/合計/R&D", "8列で、印刷の合計が欄の計と合いません"),
    ("error", "matrix.excerpt", 187, "matrix:initial-impact-excerpt", "「R&D」の列と同じです（共通の10行すべて）"),
    ("warning", "matrix.grand-total", 248, "cell:initial-impact/合計/合計", "差 22,567）。列の合計の計とは合います"),
    ("warning", "matrix.grand-total", 1079, "cell:labour-cost/合計/合計", "差 1,530）。行の合計と列の合計は互いに合う"),
    ("warning", "matrix.identity", 1165, "cell:impact/医療/オペレーションサービス/CS", "3,711億円が、"),
    ("warning", "matrix.identity", 1166, "cell:impact/介護/オペレーションサービス/CS", "3,029億円が、"),
    ("warning", "matrix.imputation-mark", 1092, "cell:reduction-rate/卸売・小売/R&D", "回答者が5人で"),
    ("warning", "matrix.imputation-mark", 1092, "cell:reduction-rate/卸売・小売/製造・加工", "回答者が7人で"),
    ("warning", "matrix.imputation-mark", 1126, "cell:adoption-intent/卸売・小売/R&D", "回答者が5人で"),
    ("warning", "prose.headline", 1047, "statistic:headline/adoption-intent/介護", "本文の 17% が、表の 35%"),
    ("warning", "prose.headline", 1047, "statistic:headline/adoption-intent/建設", "本文の 28% が、表の 17%"),
    ("note", "matrix.gap", 1129, "cell:adoption-intent/建設/SW開発/アプリケーション開発", "回答者が10人いるのに"),
    ("note", "matrix.gap", 1129, "cell:adoption-intent/建設/製造・加工", "回答者が20人いるのに"),
    ("note", "matrix.rank-order", 1161, "matrix:impact", "番号 1 は 9,081、番号 3 は 12,756"),
    ("note", "matrix.rank-scope", 1161, "cell:impact/自動車・鉄道・船舶・航空/バックオフィス", "番号 8"),
    ("note", "matrix.rank-scope", 1161, "cell:impact/自動車・鉄道・船舶・航空/業務横断（資料作成等）", "番号 9"),
    ("note", "matrix.share-of-answers", 1374, "matrix:participation-barriers", "各行の計が100%"),
    ("note", "matrix.share-of-answers", 1443, "matrix:data-sharing-barriers", "各行の計が100%"),
    ("note", "matrix.share-of-answers", 1499, "matrix:data-sharing-support", "各行の計が100%"),
    ("note", "prose.headline", 1045, "statistic:headline/impact", "約18兆円 が、表の 186,821億円"),
]

# Matrices on which nothing is wrong: every total, average and share of them was recomputed.
SOUND = {"respondents", "barriers", "support", "data-sharing-intent"}


def fits(finding: Finding, expected: tuple[str, str, int, str, str]) -> bool:
    severity, code, _, subject, words = expected
    return (
        (finding.severity, finding.code) == (severity, code)
        and subject in finding.subjects
        and (words in finding.message)
    )


@BOTH
def test_the_findings_are_exactly_these(corpus: Callable[[], Corpus]) -> None:
    findings = check_matrices(corpus())
    missing = [expected for expected in EXPECTED if not any(fits(finding, expected) for finding in findings)]
    unknown = [finding.message for finding in findings if sum(fits(finding, expected) for expected in EXPECTED) != 1]
    assert missing == []
    assert unknown == []
    assert len(findings) == len(EXPECTED)


def test_they_stand_on_these_lines_of_the_report() -> None:
    findings = check_matrices(raw())
    for expected in EXPECTED:
        (finding,) = [finding for finding in findings if fits(finding, expected)]
        assert finding.origin is not None
        assert finding.origin.line == expected[2], expected


@BOTH
def test_nothing_is_said_of_the_sound_matrices(corpus: Callable[[], Corpus]) -> None:
    subjects = {subject for finding in check_matrices(corpus()) for subject in finding.subjects}
    assert not {f"matrix:{name}" for name in SOUND} & subjects


@BOTH
def test_all_but_two_of_the_127_cells_with_four_values_fit_the_identity(corpus: Callable[[], Corpus]) -> None:
    matrices = [corpus().matrix(name) for name in ("labour-cost", "reduction-rate", "adoption-intent", "impact")]
    cells = [
        (row, column)
        for row in matrices[3].rows.labels
        for column in matrices[3].columns.labels
        if all(matrix.value(row, column) is not None for matrix in matrices)
    ]
    assert len(cells) == 127
    wrong = [item for item in check_matrices(corpus()) if item.code in {"matrix.identity", "matrix.proportion"}]
    assert [item.subjects[7] for item in wrong] == [
        "cell:impact/医療/オペレーションサービス/CS",
        "cell:impact/介護/オペレーションサービス/CS",
    ]


@BOTH
def test_every_broken_row_and_column_of_the_first_estimate_is_named_with_both_values(
    corpus: Callable[[], Corpus],
) -> None:
    by_code = {item.code: item for item in check_matrices(corpus()) if "matrix:initial-impact" in item.subjects}
    columns = by_code["matrix.column-total"].evidence
    assert [(item.text.split("（")[0]) for item in columns] == [
        "印刷 4,895、欄の計 3,736",
        "印刷 8,049、欄の計 7,811",
        "印刷 8,131、欄の計 7,476",
        "印刷 12,766、欄の計 9,222",
        "印刷 22,759、欄の計 20,850",
        "印刷 66,425、欄の計 58,353",
        "印刷 15,291、欄の計 11,158",
        "印刷 31,913、欄の計 24,717",
    ]
    assert all("四捨五入の幅" in item.text and item.origin for item in columns)
    assert "差の和は 26,906 です。印刷されていない行があるとみれば合います" in by_code["matrix.column-total"].message


@BOTH
def test_a_cell_without_its_mark_says_whether_it_holds_the_average(corpus: Callable[[], Corpus]) -> None:
    messages = [item.message for item in check_matrices(corpus()) if item.code == "matrix.imputation-mark"]
    assert ["機能の平均 12% と同じで" in message for message in messages] == [False, True, False]


@BOTH
def test_a_broken_product_says_what_each_factor_would_have_to_be(corpus: Callable[[], Corpus]) -> None:
    first, _ = [item for item in check_matrices(corpus()) if item.code == "matrix.identity"]
    hints = {item.label: item.text for item in first.evidence if item.label.startswith("ほかが正しいときの")}
    assert hints["ほかが正しいときの導入意向"] == "35.8〜38.0%"
    assert hints["ほかが正しいときの人件費"] == "10,343〜11,535（10億円単位）"
