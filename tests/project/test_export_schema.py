"""The exports keep the promise of docs/exports.schema.json, on our own seeds and on the small corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from small_corpus import corpus as small

from reportkit.corpus.corpus import Corpus
from reportkit.project.reading import read_corpus
from reportkit.project.records import EXPORTS

CHECKOUT = Path(__file__).parents[2]
SCHEMA = json.loads((CHECKOUT / "docs" / "exports.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seeds() -> Corpus:
    return read_corpus(CHECKOUT / "seeds")


def test_the_schema_itself_is_valid_and_knows_every_export() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["$defs"]) == set(EXPORTS)


@pytest.mark.parametrize("what", sorted(EXPORTS))
def test_an_export_fits_its_schema(seeds: Corpus, what: str) -> None:
    validator = Draft202012Validator(SCHEMA["$defs"][what])
    for corpus in (seeds, small()):
        records = EXPORTS[what](corpus)
        assert records
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(records)][:5] == []


def test_the_schema_refuses_what_is_wrong() -> None:
    records = EXPORTS["matrices"](small())
    records[0]["value"] = "3,711"
    assert not Draft202012Validator(SCHEMA["$defs"]["matrices"]).is_valid(records)


def test_every_line_that_an_export_names_exists(seeds: Corpus) -> None:
    lengths = {source.path: source.line_count for source in seeds.sources}
    for what in EXPORTS:
        for record in EXPORTS[what](seeds):
            if record["source"]:
                assert 1 <= (record["line"] or 1) <= lengths[record["source"]] or not lengths[record["source"]], record
