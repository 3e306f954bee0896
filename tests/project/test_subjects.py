"""Which sector or case a user means."""

from __future__ import annotations

import pytest
from small_corpus import case, corpus

from reportkit.base.errors import ProjectError, ViewError
from reportkit.project.subjects import find_all, find_case, find_sector

CASES = (
    case("000", "ソニーグループ株式会社"),
    case("863", "架空建設株式会社", "Kaku Construction Co., Ltd."),
    case("864", "架空建設東北株式会社"),
    case("kaku-bank", "株式会社架空銀行"),
    case("9", "ソニー損害保険株式会社"),
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("金融・保険", "金融・保険"),
        ("金融保険", "金融・保険"),
        ("卸小売", "卸売・小売"),
        ("医療", "医療"),
        ("医療/福祉", "医療・福祉"),
        ("農林", "農林水産・鉱石砂利"),
        ("公共", "公共"),
    ],
)
def test_a_sector_is_found_by_name_spelling_or_part(typed: str, name: str) -> None:
    assert find_sector(corpus(), typed).name == name


def test_an_ambiguous_part_of_a_sector_lists_the_candidates() -> None:
    with pytest.raises(
        ViewError, match="複数に当てはまります → どれか一つを指定してください：医療、医療・福祉"
    ) as caught:
        find_sector(corpus(), "医")
    assert len(caught.value.problems) == 1


def test_an_unknown_sector_is_answered_with_the_nearest() -> None:
    with pytest.raises(ViewError, match="「金融・ほけん」は見つかりません → もしかして：金融・保険"):
        find_sector(corpus(), "金融・ほけん")


@pytest.mark.parametrize(
    ("typed", "case_id"),
    [
        ("863", "863"),
        ("000", "000"),
        ("0863", "863"),
        ("009", "9"),
        ("KAKU-BANK", "kaku-bank"),
        ("ソニーグループ", "000"),
        ("架空建設", "863"),
        ("架空建設株式会社", "863"),
        ("kaku construction", "863"),
        ("東北", "864"),
        ("銀行", "kaku-bank"),
        ("ｿﾆｰ損害", "9"),
    ],
)
def test_a_case_is_found_by_id_company_or_part(typed: str, case_id: str) -> None:
    assert find_case(corpus(*CASES), typed).id == case_id


def test_a_case_is_found_by_a_part_of_its_id() -> None:
    numbered = corpus(case("GUGA_0041", "架空建設株式会社"), case("GENAI_079", "架空設計株式会社"))
    assert find_case(numbered, "041").id == "GUGA_0041"


def test_an_ambiguous_part_of_a_company_lists_the_candidates() -> None:
    with pytest.raises(ViewError, match="000（ソニーグループ株式会社）、9（ソニー損害保険株式会社）"):
        find_case(corpus(*CASES), "ソニー")


def test_an_unknown_case_is_answered_with_the_nearest() -> None:
    with pytest.raises(ViewError, match="もしかして：kaku-bank（株式会社架空銀行）"):
        find_case(corpus(*CASES), "架空銀業")


@pytest.mark.parametrize("typed", ["", " ", "・"])
def test_an_empty_name_is_no_case(typed: str) -> None:
    with pytest.raises(ViewError):
        find_case(corpus(*CASES), typed)


def test_all_wrong_names_are_reported_at_once() -> None:
    with pytest.raises(ProjectError) as caught:
        find_all(find_case, corpus(*CASES), ["863", "ソニー", "存在しない企業"])
    assert len(caught.value.problems) == 2


def test_a_subject_named_twice_is_one_subject() -> None:
    found = find_all(find_case, corpus(*CASES), ["863", "架空建設"])
    assert [case.id for case in found] == ["863"]
