"""The two public functions, as a notebook uses them."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

import reportkit

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpus() -> reportkit.Corpus:
    return reportkit.read(CHECKOUT / "seeds")


def test_reading_gives_matrices_cases_and_findings(corpus: reportkit.Corpus) -> None:
    frame = corpus.matrix("impact").frame()
    assert frame.shape == (17, 8)
    assert frame.attrs["unit"] == "億円"
    assert frame.loc["医療", "オペレーションサービス/CS"] == 3711
    assert frame.isna().loc["医療", "製造・加工"]
    cases = corpus.cases_frame()
    assert len(cases) == len(corpus.cases)
    assert len(corpus.metrics_frame()) == sum(len(case.metrics) for case in corpus.cases)
    severities = [finding.severity for finding in corpus.findings]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)


@pytest.mark.parametrize(
    ("subject", "kind", "path"),
    [
        ("金融保険", "sector", "sector/金融・保険.docx"),
        ("JFEスチール", "case", None),
        ("overview", "overview", "overview.docx"),
    ],
)
def test_a_briefing_is_written_where_its_path_says(
    corpus: reportkit.Corpus, tmp_path: Path, subject: str, kind: str, path: str | None
) -> None:
    briefing = reportkit.brief(subject, seeds=corpus, out=tmp_path)
    assert briefing.kind == kind
    assert briefing.path.read_bytes().startswith(b"PK")
    if path is not None:
        assert briefing.path == tmp_path / path
    assert set(briefing.findings) <= set(corpus.findings)


def test_findings_of_a_briefing_are_those_about_its_subject(corpus: reportkit.Corpus, tmp_path: Path) -> None:
    briefing = reportkit.brief("医療", seeds=corpus, out=tmp_path)
    assert briefing.findings
    assert all("sector:医療" in finding.subjects for finding in briefing.findings)


def test_a_folder_may_be_given_instead_of_a_corpus(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "seeds" / "cases", tmp_path / "seeds")
    briefing = reportkit.brief(
        "ソニー", seeds=str(tmp_path / "seeds"), out=str(tmp_path), date=datetime.date(2026, 4, 1)
    )
    assert briefing.path.is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"subject": "宇宙旅行"}, "業界「宇宙旅行」は見つかりません"),
        ({"subject": "金融・保険", "kind": "case"}, "事例「金融・保険」は見つかりません"),
        ({"subject": "医療", "kind": "chapter"}, "kind「chapter」はありません"),
        ({"subject": "医療", "date": "四月"}, "発行日「四月」は使えません"),
        ({"subject": "医療", "charts": "png"}, "charts「png」はありません"),
    ],
)
def test_a_wrong_argument_is_explained_and_writes_nothing(
    corpus: reportkit.Corpus, tmp_path: Path, arguments: dict[str, str], said: str
) -> None:
    with pytest.raises(reportkit.ReportkitError, match=said) as caught:
        reportkit.brief(seeds=corpus, out=tmp_path / "out", **arguments)  # type: ignore[arg-type]
    assert all(problem.fix for problem in caught.value.problems)
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_a_reportkit_error(tmp_path: Path) -> None:
    with pytest.raises(reportkit.ProjectError, match="資料のフォルダーがありません"):
        reportkit.read(tmp_path / "nowhere")
