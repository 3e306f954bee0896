"""Every fact of every document says where it was written or how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from reportkit.base.fact import OPERATIONS, Fact
from reportkit.project.documents import Press, all_subjects
from reportkit.project.reading import read_corpus
from reportkit.project.settings import Settings

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("seeds", "../shared/seeds", "../shared/corpus/cases")


@cache
def facts_of(folder: str) -> tuple[Fact, ...]:
    """Return every fact of every document of a folder, printed or put in, one for each object."""
    seeds = (_ROOT / folder).resolve()
    if not seeds.is_dir():
        pytest.skip(f"{folder} is not there")
    corpus = read_corpus(seeds)
    press = Press(corpus, Settings(seeds=seeds, out=Path("out"), templates=Path("no-templates")), {})
    found: dict[int, Fact] = {}
    for subject in all_subjects(corpus):
        for fact in press.compose(subject).facts():
            for each in _with_inputs(fact):
                found[id(each)] = each
    return tuple(found.values())


def _with_inputs(fact: Fact) -> Iterator[Fact]:
    yield fact
    if fact.derivation is not None:
        for each in fact.derivation.inputs:
            yield from _with_inputs(each)


@pytest.mark.parametrize("folder", _FOLDERS)
def test_every_fact_has_a_place_or_an_operation(folder: str) -> None:
    facts = facts_of(folder)
    assert len(facts) > 100
    assert [fact.id for fact in facts if not fact.origins and fact.derivation is None] == []
    assert {fact.derivation.operation for fact in facts if fact.derivation is not None} <= {*OPERATIONS}


@pytest.mark.parametrize("folder", _FOLDERS)
def test_every_count_names_what_it_counted(folder: str) -> None:
    counts = [fact for fact in facts_of(folder) if fact.derivation and fact.derivation.operation == "count"]
    assert counts
    for fact in counts:
        assert fact.derivation is not None
        assert fact.quantity.value == len(fact.derivation.members), fact.id


@pytest.mark.parametrize("folder", _FOLDERS)
def test_a_rank_can_be_counted_again_from_its_inputs(folder: str) -> None:
    for fact in facts_of(folder):
        if fact.derivation and fact.derivation.operation == "rank":
            subject, *field = (each.quantity.value for each in fact.derivation.inputs)
            assert subject is not None
            assert fact.quantity.value == 1 + sum(1 for value in field if value is not None and value > subject)


@pytest.mark.parametrize("folder", _FOLDERS)
def test_what_has_a_place_keeps_the_words_of_the_source(folder: str) -> None:
    for fact in facts_of(folder):
        assert fact.derivation is not None or fact.quantity.raw, fact.id
