"""Looking things up in a corpus by key, so that a thousand briefings do not search it a thousand times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportkit.base.origin import Origin
from reportkit.corpus.case import Case
from reportkit.corpus.corpus import Corpus, SourceFile
from reportkit.views.doubts import Doubts, index_findings
from reportkit.views.wording import worded


@dataclass(frozen=True, slots=True)
class CorpusIndex:
    """Cases by id (the first of several), source files by path, findings by subject."""

    cases: Mapping[str, Case]
    sources: Mapping[str, SourceFile]
    doubts: Doubts

    def citation(self, origin: Origin) -> str:
        """Return how to cite the file in which something stands; its path when it names no publication and no title."""
        source = self.sources.get(origin.source)
        if source is None:
            return origin.source
        return source.publication or source.title or source.path


class _Latest:
    """Holds the index of the corpus asked for last; a corpus is never changed, so it stays right."""

    corpus: Corpus | None = None
    index: CorpusIndex | None = None


def index_corpus(corpus: Corpus) -> CorpusIndex:
    """Return the index of a corpus; made once as long as the same corpus is asked for.

    A corpus that notes what is asked of it (see `asked`) brings an index of its own, which notes the look-ups.
    """
    own = getattr(corpus, "index", None)
    if isinstance(own, CorpusIndex):
        return own
    if _Latest.index is None or _Latest.corpus is not corpus:
        cases: dict[str, Case] = {}
        for case in corpus.cases:
            cases.setdefault(case.id, case)
        sources = {source.path: source for source in corpus.sources}
        _Latest.index = CorpusIndex(cases, sources, index_findings(worded(corpus.findings, corpus.matrices)))
        _Latest.corpus = corpus
    return _Latest.index
