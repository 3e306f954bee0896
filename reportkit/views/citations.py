"""What a 出典 line says about a table of a report: the publication in short, and the table's title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportkit.base.origin import Origin, Quote
from reportkit.views.index import CorpusIndex

_IMPRINT = re.compile(r"[（(][^（）()]*[）)]$")  # （2024年3月26日、調査：…）


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication without its bracketed imprint, and the title of the table in it, "" for none."""

    publication: Quote
    title: str = ""


def cite(index: CorpusIndex, origin: Origin, title: str = "") -> Citation:
    """Return how an exhibit cites the place; appendices give publication, file and line in full."""
    return Citation(Quote(short_publication(index.citation(origin)), origin), title)


def short_publication(publication: str) -> str:
    """Return a publication without its bracketed imprint."""
    return _IMPRINT.sub("", publication) or publication
