"""What is noted of the questions that a document asks: nothing that it depends on may be missing. All data is 架空."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_parts import case, corpus_of
from fictional_survey import CARE, CORPUS

from reportkit.base.origin import Origin
from reportkit.corpus.case import Case, Pair
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.views.asked import AskedCorpus
from reportkit.views.facts import cell_fact
from reportkit.views.index import Search, index_corpus

PLACE = Origin("架空.md", 7)
CASES = corpus_of(
    case("1", sectors=("医療",)),
    case("2", sectors=("金融・保険",), places=(("company", PLACE),)),
    case("3", sectors=("医療", "金融・保険")),
)


def asked_of(corpus: Corpus) -> AskedCorpus:
    return AskedCorpus(corpus)


def test_a_field_that_all_cases_are_asked_for_is_one_question() -> None:
    asked = asked_of(CASES)
    assert [case.company for case in asked.corpus.cases] == ["架空商事株式会社"] * 3
    assert asked.corpus.cases[1].title == "架空の事例"
    assert set(asked.questions()) == {("cases",), ("cases", "company"), ("case", "2", "title")}


def test_a_column_that_was_asked_for_is_not_asked_again_case_by_case() -> None:
    asked = asked_of(CASES)
    index = index_corpus(asked.corpus)
    assert index.column("sectors") == (("医療",), ("金融・保険",), ("医療", "金融・保険"))
    assert asked.corpus.cases[0].sectors == ("医療",)
    assert asked.questions() == (("cases",), ("cases", "sectors"))


def test_cases_of_a_sector_are_asked_for_by_sector_and_only_they_by_field() -> None:
    asked = asked_of(CASES)
    found = index_corpus(asked.corpus).cases_in(frozenset({"医療"}))
    assert [case.id for case in found] == ["1", "3"]
    assert found[1] is asked.corpus.cases[2], "one stand-in for each case"
    assert found[1].company == "架空商事株式会社"
    assert set(asked.questions()) == {("cases",), ("cases", "sectors"), ("case", "3", "company")}


def test_the_place_of_a_field_asks_for_the_places_and_not_for_the_whole_case() -> None:
    asked = asked_of(CASES)
    assert asked.corpus.cases[1].place_of("company") == PLACE
    assert asked.corpus.cases[1].place_of("title") == Origin("架空.md", 1)
    assert ("case", "2", "origin", "places") in asked.questions()


def test_a_second_case_of_the_same_id_is_asked_for_with_all_others() -> None:
    """A question by id is answered by the first of them."""
    asked = asked_of(corpus_of(case("1"), case("1", country="米国"), case("2")))
    assert asked.corpus.cases[1].country == "米国"
    assert set(asked.questions()) == {("cases",), ("cases", "country")}


def test_a_fact_asks_for_all_that_it_is_made_of() -> None:
    for table in CORPUS.matrices:
        kinds = [kind for kind in (table.row_total_kind,) if kind]
        rows = [*table.rows.labels, *([table.column_total_kind] if table.column_total_kind else [])]
        for row in rows:
            for column in (*table.columns.labels, *kinds):
                plain, asked = asked_of(CORPUS), asked_of(CORPUS)
                doubts = index_corpus(plain.corpus).doubts
                made = cell_fact(plain.corpus.matrix(table.id), row, column, doubts=doubts)
                found = index_corpus(asked.corpus).fact(asked.corpus.matrix(table.id), row, column)
                assert found == made
                assert {*plain.questions()} <= {*asked.questions()}, (table.id, row, column)


def _care(corpus: Corpus, row: str) -> object:
    return index_corpus(corpus).total(corpus.matrix("impact"), row)


def test_what_documents_share_is_asked_for_by_each_of_them() -> None:
    corpus = replace(CORPUS, cases=CASES.cases)
    alone = asked_of(corpus)
    expected = _care(alone.corpus, CARE)
    for _ in range(2):
        asked = asked_of(corpus)
        assert index_corpus(asked.corpus).shared(_care, CARE) == expected
        assert asked.questions() == alone.questions()
        assert ("matrix", "impact", "cell", CARE, "合計") in asked.questions()


def test_other_words_are_another_shared_value() -> None:
    index = index_corpus(asked_of(CASES).corpus)
    assert index.shared(_names, "1", "2") == ("1", "2")
    assert index.shared(_names, "2") == ("2",)


def _names(_: Corpus, *names: str) -> tuple[str, ...]:
    return names


def _first_case(corpus: Corpus) -> Case:
    return corpus.cases[0]


def _first_country(corpus: Corpus) -> str | None:
    return corpus.cases[0].country


def test_fields_of_cases_behind_a_shared_value_are_put_together_with_the_others() -> None:
    asked = asked_of(CASES)
    assert index_corpus(asked.corpus).shared(_first_country) is None
    assert asked.corpus.cases[0].company
    assert set(asked.questions()) == {("cases",), ("case", "1", "company", "country")}


def test_a_record_that_went_into_a_shared_value_cannot_be_asked_behind_the_back_of_a_document() -> None:
    asked = asked_of(CASES)
    kept = index_corpus(asked.corpus).shared(_first_case)
    with pytest.raises(TypeError):
        _ = kept.company
    with pytest.raises(TypeError):
        _ = index_corpus(asked.corpus).shared(_whole).taxonomy.sectors


def _whole(corpus: Corpus) -> Corpus:
    return corpus


def _is_foreign(one: Case, country: str) -> bool:
    return one.country not in {None, country}


SEARCH = Search(_is_foreign, "日本", ("country",))
COUNTRIES = corpus_of(*(case(str(number), country=country) for number, country in enumerate(["米国", "日本"] * 3)))


def test_a_search_asks_for_the_cases_that_it_had_to_look_at() -> None:
    asked = asked_of(COUNTRIES)
    found = index_corpus(asked.corpus).first_cases(SEARCH, range(1, 6), 1)
    assert [one.id for one in found] == ["2"]
    assert set(asked.questions()) == {("cases",), ("case", "1", "country"), ("case", "2", "country")}


def test_a_search_through_most_cases_asks_for_all_of_them_at_once() -> None:
    asked = asked_of(COUNTRIES)
    found = index_corpus(asked.corpus).first_cases(SEARCH, range(1, 6), 9)
    assert [one.id for one in found] == ["2", "4"]
    assert set(asked.questions()) == {("cases",), ("cases", "country")}
    assert found == tuple(asked.corpus.cases[place] for place in (2, 4))


def test_the_same_search_is_looked_through_once() -> None:
    looked: list[str] = []

    def look(one: Case, _: str) -> bool:
        looked.append(one.id)
        return True

    index = index_corpus(COUNTRIES)
    assert [one.id for one in index.first_cases(Search(look, "", ()), range(6), 2)] == ["0", "1"]
    assert [one.id for one in index.first_cases(Search(look, "", ()), (0, 2, 4), 2)] == ["0", "2"]
    assert looked == ["0", "1", "2"]


def test_the_search_for_cases_that_speak_about_a_theme_reads_the_fields_that_it_names() -> None:
    from reportkit.views.sector.implications import _search
    from reportkit.views.sector.vocabulary import THEME_LINKS

    silent = case("1", issues=(Pair("架空の課題", "", PLACE),), success_factors=(Pair("架空の要因", "", PLACE),))
    for link in THEME_LINKS:
        asked = asked_of(corpus_of(silent, case("2")))
        search = _search(link.theme)
        assert not search.finds(asked.corpus.cases[0])
        assert set(asked.questions()) == {("cases",), ("case", "1", *sorted(search.fields))}


def test_source_files_are_found_by_their_paths() -> None:
    sources = tuple(SourceFile(f"架空/{name}.md", "case", "", title=f"架空の{name}") for name in ("表", "本文", "付録"))
    asked = asked_of(replace(CASES, sources=sources))
    found = index_corpus(asked.corpus).sources_at({"架空/付録.md", "架空/表.md", "架空/無い.md"})
    assert [source.title for source in found] == ["架空の表", "架空の付録"]
    assert set(asked.questions()) == {
        ("sources",),
        ("source", "架空/表.md", "title"),
        ("source", "架空/付録.md", "title"),
    }
