"""The corpora that tests of readers and checks look at: our own seeds, and the raw reports when they are at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from reportkit.corpus.corpus import Corpus
from reportkit.sources.reader import read_folder

SEEDS = Path(__file__).parents[1] / "seeds"
RAW = Path(__file__).parents[1].parent / "shared" / "seeds"


@cache
def _read(folder: Path) -> Corpus:
    return read_folder(folder)


def seeds() -> Corpus:
    return _read(SEEDS)


def raw() -> Corpus:
    if not RAW.is_dir():
        pytest.skip("the raw reports are not here")
    return _read(RAW)


BOTH = pytest.mark.parametrize("corpus", [seeds, raw])
