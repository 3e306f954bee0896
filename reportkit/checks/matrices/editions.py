"""Which edition of a table a sentence is about: that of the tables beside it in the same file."""

from __future__ import annotations

from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.rules import base_id
from reportkit.corpus.survey import Statistic


def matrix_for(corpus: Corpus, name: str, statistic: Statistic) -> Matrix | None:
    """Return the matrix that a rule names, in the edition that the statistic belongs to; None when there is none.

    A name with an edition (`impact@2025`) means exactly that one. A text without tables is about the plain edition.
    """
    if "@" not in name:
        beside = [matrix for matrix in corpus.matrices if matrix.origin.source == statistic.origin.source]
        own = next((matrix for matrix in beside if base_id(matrix.id) == name), None)
        if own is not None:
            return own
        editions = {matrix.edition for matrix in beside}
        if len(editions) == 1 and (edition := editions.pop()):
            name = f"{name}@{edition}"
    return corpus.matrix(name) if corpus.has_matrix(name) else None
