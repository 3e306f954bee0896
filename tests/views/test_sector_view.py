"""What a sector briefing may say, on a survey that can be computed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fictional_survey import CARE, CORPUS, GROUP, NURSING, PUBLIC, TRANSPORT, matrix

from reportkit.base.errors import ViewError
from reportkit.corpus.corpus import Corpus
from reportkit.views.sector import view_sector


def without(matrix_id: str) -> Corpus:
    return replace(CORPUS, matrices=tuple(one for one in CORPUS.matrices if one.id != matrix_id))


# --- impact -----------------------------------------------------------------------------------------------------------


def test_an_industry_has_its_printed_total_its_share_and_its_rank() -> None:
    impact = view_sector(CORPUS, CARE).impact
    assert impact is not None
    assert (impact.total.text, impact.share.text) == ("340億円", "48.5%")
    assert impact.rank is not None
    assert (impact.rank.text, impact.industries.text) == ("第1位", "3業種")
    assert impact.effect is not None
    assert impact.effect.text == "11.3%"


def test_functions_stand_largest_first_and_those_not_asked_stay_out() -> None:
    impact = view_sector(CORPUS, CARE).impact
    assert impact is not None
    assert [line.function for line in impact.leading] == ["窓口", "研究開発"]
    assert [line.share.text for line in impact.leading if line.share] == ["70.6%", "29.4%"]
    assert impact.concentration == "one"


def test_the_product_beside_the_printed_value_says_where_they_disagree() -> None:
    impact = view_sector(CORPUS, NURSING).impact
    assert impact is not None
    assert [line.agreement for line in impact.lines] == ["agrees", "differs", "agrees"]
    doubtful = impact.disagreeing[0]
    assert doubtful.computed is not None
    assert doubtful.gap is not None
    assert (doubtful.computed.text, doubtful.gap.text) == ("100億円", "+80億円")
    assert "要確認" in doubtful.impact.flags if doubtful.impact else False
    assert [finding.code for finding in doubtful.findings] == ["matrix.identity"]
    assert (impact.agreeing.text, impact.compared.text) == ("2機能", "3機能")


def test_a_group_is_the_sum_of_its_industries_and_its_rates_are_weighted() -> None:
    impact = view_sector(CORPUS, GROUP).impact
    assert impact is not None
    assert impact.total.text == "665億円"
    assert impact.total.id == "sum/impact/架空福祉/合計"
    assert impact.rank is None
    assert [name for name, _ in impact.members] == [CARE, NURSING]
    by_name = {line.function: line for line in impact.lines}
    desk = by_name["窓口"]
    assert desk.impact is not None
    assert desk.reduction is not None
    assert (desk.impact.text, desk.reduction.text) == ("420億円", "26.7%")
    assert impact.intent is not None
    assert impact.intent.value.text == "42.5%"
    office = by_name["事務"]  # only one of the two was asked
    assert office.impact is not None
    assert office.impact.text == "120億円"


def test_without_labour_cost_a_group_has_no_average_rate_rather_than_an_invented_one() -> None:
    impact = view_sector(without("labour-cost"), GROUP).impact
    assert impact is not None
    assert impact.reduction is None
    assert impact.intent is None


def test_a_difference_of_one_rounded_point_counts_as_level() -> None:
    impact = view_sector(CORPUS, CARE).impact
    assert impact is not None
    assert impact.reduction is not None
    assert impact.intent is not None
    assert (impact.reduction.difference.text, impact.reduction.direction) == ("±0ポイント", "level")
    assert (impact.intent.difference.text, impact.intent.direction) == ("+7ポイント", "above")
    assert impact.stance == "ready"


def test_fields_are_those_of_the_sector_then_those_of_all() -> None:
    impact = view_sector(CORPUS, CARE).impact
    assert impact is not None
    own, across = impact.fields
    assert (own.number.text if own.number else "", own.across, own.evaluation is not None) == ("1", False, True)
    assert (across.name, across.across) == ("事務", True)
    assert across.impact is not None
    assert across.impact.text == "138億円"
    assert [line.name for line in impact.winning_fields] == [own.name]


# --- room -------------------------------------------------------------------------------------------------------------


def test_quadrants_are_cut_at_the_averages_of_all_industries() -> None:
    room = view_sector(CORPUS, NURSING).room
    assert room is not None
    assert [point.function for point in room.waiting] == ["事務"]
    assert [point.function for point in room.pulled] == ["窓口", "研究開発"]
    assert (room.going, room.resting) == ((), ())


def test_what_intent_leaves_is_labour_times_reduction_times_the_rest() -> None:
    room = view_sector(CORPUS, NURSING).room
    assert room is not None
    assert (room.potential.text, room.left.text) == ("850億円", "605億円")
    assert room.largest_left.function == "事務"
    assert room.left_share.text == "71.2%"


# --- comparisons ------------------------------------------------------------------------------------------------------


def test_a_coarser_row_is_used_and_says_so() -> None:
    barriers = view_sector(CORPUS, CARE).barriers
    assert barriers is not None
    assert (barriers.row, barriers.coarser) == (GROUP, True)
    assert barriers.respondents is not None
    assert barriers.respondents.text == "200人"
    assert all("上位区分" in item.value.flags for item in barriers.items)


def test_the_group_itself_is_not_coarser() -> None:
    barriers = view_sector(CORPUS, GROUP).barriers
    assert barriers is not None
    assert (barriers.row, barriers.coarser) == (GROUP, False)


def test_differences_beyond_the_interval_are_told_apart_from_chance() -> None:
    barriers = view_sector(CORPUS, GROUP).barriers
    assert barriers is not None
    assert [(item.label, item.difference.text) for item in barriers.above] == [("費用が高い", "+8ポイント")]
    assert [(item.label, item.difference.text) for item in barriers.below] == [("機密の漏洩", "−6ポイント")]
    assert {item.label for item in barriers.robust} == {"費用が高い", "機密の漏洩"}
    assert [item.beyond for item in barriers.items if item.label == "誤った出力"] == [""]


def test_the_stricter_test_can_take_a_difference_back() -> None:
    barriers = view_sector(CORPUS, TRANSPORT).barriers
    assert barriers is not None
    assert barriers.row == "その他"
    few = replace(
        CORPUS,
        matrices=tuple(
            one
            if one.id != "respondents"
            else matrix(
                "respondents", "人", "respondent-group", ("研究開発", "窓口", "事務"),
                {GROUP: "5 5 5 15", "その他": "30 30 40 100", "合計": "35 35 45 115"},
                row_total="合計", column_total="合計",
            )
            for one in CORPUS.matrices
        ),
    )  # fmt: skip
    small = view_sector(few, GROUP).barriers
    assert small is not None
    assert small.robust == ()
    assert small.small_base


def test_rows_that_add_up_to_the_whole_are_answers_and_get_no_interval() -> None:
    part = view_sector(CORPUS, CARE).participation
    assert part is not None
    sharing = part.topic("データ共有の障壁")
    assert sharing is not None
    assert sharing.breakdown is not None
    assert sharing.breakdown.text == "100%"
    assert not sharing.has_intervals


def test_a_group_without_its_own_row_shows_its_members_side_by_side() -> None:
    part = view_sector(CORPUS, GROUP).participation
    assert part is not None
    assert [row.row for row in part.intent] == [CARE, NURSING, "平均"]
    assert [comparison.row for comparison in part.topics[0].rows] == [CARE, NURSING]
    assert part.topic("データ共有の障壁") is None
    assert part.share_gap is None


def test_willingness_adds_up_the_steps_that_share() -> None:
    part = view_sector(CORPUS, CARE).participation
    assert part is not None
    assert part.own_intent is not None
    assert part.own_intent.shares is not None
    assert part.own_intent.shares.text == "20%"
    assert part.shares_less
    assert part.gap is not None
    assert part.gap.text == "2ポイント"


# --- cases, implications, notes ---------------------------------------------------------------------------------------


def test_a_case_belongs_to_its_sector_and_to_the_group() -> None:
    assert [case.id for case in view_sector(CORPUS, CARE).cases.profiled] == ["901"]
    assert [case.id for case in view_sector(CORPUS, GROUP).cases.profiled] == ["901"]
    assert view_sector(CORPUS, NURSING).cases.profiled == ()


def test_results_come_before_targets_and_keep_the_ids_of_the_case_briefing() -> None:
    case = view_sector(CORPUS, CARE).cases.profiled[0]
    assert [effect.is_target for effect in case.effects] == [False, True]
    assert case.effects[0].after is not None
    assert case.effects[0].after.id == "case/901/metric/1/after"
    assert not case.verified


def test_implications_join_barrier_support_and_case() -> None:
    first = view_sector(CORPUS, GROUP).implications[0]
    assert (first.theme, first.reason) == ("コスト", "largest")
    assert [item.label for item in first.supports] == ["金銭的な支援"]
    assert [(answer.label.text, answer.is_issue) for answer in first.answers] == [("運用コストの負担", True)]
    assert not first.borrowed


def test_another_sectors_case_is_called_borrowed() -> None:
    first = view_sector(CORPUS, TRANSPORT).implications[0]
    assert first.theme == "セキュリティ"
    assert first.answers == ()  # the only case that speaks of it says that it knows no measure
    cost = next(item for item in view_sector(CORPUS, TRANSPORT).implications if item.theme == "AIへの理解")
    assert cost.borrowed


def test_notes_name_imputed_cells_shared_rows_coarser_rows_and_findings() -> None:
    notes = view_sector(CORPUS, NURSING).notes
    assert notes.imputed_count.text == "2か所"
    assert [row.measure for row in notes.coarser] == ["導入の障壁", "求める支援策"]
    assert [finding.code for finding in notes.findings] == ["matrix.identity"]
    assert view_sector(CORPUS, TRANSPORT).notes.has_spread
    others = view_sector(CORPUS, TRANSPORT).notes.findings  # the table of all industries prints the marked cell
    assert [finding.subjects[1] for finding in others] == ["cell:impact/架空介護/窓口"]


def test_sources_are_cited_with_file_and_lines() -> None:
    notes = view_sector(CORPUS, CARE).notes
    assert notes.used[0].place.text == "架空調査.txt:40-44"
    assert {source.path for source in notes.files} == {"架空調査.txt", "架空白書.txt", "架空病院.md"}
    citation = view_sector(CORPUS, CARE).citation("impact")
    assert citation is not None
    assert citation.publication.text == "架空省「架空調査」"


def test_the_public_sector_has_no_survey_row_and_no_invented_number() -> None:
    view = view_sector(CORPUS, PUBLIC)
    assert view.is_public
    chapters = (view.impact, view.room, view.barriers, view.support, view.participation, view.use_cases)
    assert chapters == (None,) * 6
    assert view.public_role is not None
    assert view.public_role.ministries == ("架空省",)
    assert view.usage is not None


def test_usage_compares_countries_and_surveys() -> None:
    usage = view_sector(CORPUS, CARE).usage
    assert usage is not None
    assert usage.periods == ("2030年度調査", "2031年度調査")
    assert usage.home is not None
    assert usage.home.growth_size is not None
    assert usage.home.growth_size.text == "19.5ポイント"
    assert usage.home_rank is not None
    assert usage.leader_ratio is not None
    assert (usage.home_rank.text, usage.leader_ratio.text) == ("第2位", "2.0倍")


@pytest.mark.parametrize("missing", [one.id for one in CORPUS.matrices])
def test_any_single_table_may_be_missing(missing: str) -> None:
    for sector in CORPUS.taxonomy.sectors:
        view_sector(without(missing), sector.name)


def test_a_corpus_of_cases_alone_still_gives_a_view() -> None:
    view = view_sector(replace(CORPUS, matrices=(), statistics=(), survey_design=None), CARE)
    assert view.impact is None
    assert view.cases.count.text == "1件"


def test_an_unknown_sector_is_answered_with_the_known_names() -> None:
    with pytest.raises(ViewError, match="架空医療、架空介護"):
        view_sector(CORPUS, "架空農業")
