"""Verifying a finished document: file and sources in, every difference out.

Reads only the file and, when their folder is given, the sources; shares no code with what wrote the document. A check
is a function of the map of the document; the list below is all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportkit.audit.bound import check_headings, check_places
from reportkit.audit.charts import check_charts
from reportkit.audit.entries import ChartEntry, Ledger, Place, TableEntry
from reportkit.audit.ledger import ledger_of
from reportkit.audit.lines import Sources
from reportkit.audit.loose import check_loose, check_particulars
from reportkit.audit.notes import check_comments, check_notes
from reportkit.audit.package import Package, open_package
from reportkit.audit.page import read_page
from reportkit.audit.places import Map, mended
from reportkit.audit.report import Difference, Verification
from reportkit.audit.seals import taken_digests
from reportkit.audit.tables import check_tables
from reportkit.audit.values import check_derivations, check_printed, check_raw, check_sources


def verify(source: Path | bytes, seeds: Path | None = None, name: str = "") -> Verification:
    """Compare a document with its ledger, and with the sources in `seeds` when given.

    Raises `AuditError` when the document or its ledger cannot be read.
    """
    return verify_package(open_package(source, name), None if seeds is None else Sources(seeds))


def verify_package(package: Package, texts: Sources | None = None) -> Verification:
    """Compare an open document; `texts` may be shared between documents."""
    ledger = ledger_of(package)
    places = Map(mended(read_page(package), ledger), ledger)
    differences = tuple(dict.fromkeys(_all(places, package, texts)))
    return Verification(
        package.name,
        differences,
        places=sum(1 for _ in ledger.of(Place)),
        facts=len(ledger.facts),
        charts=sum(1 for _ in ledger.of(ChartEntry)),
        tables=sum(1 for _ in ledger.of(TableEntry)),
        with_sources=texts is not None,
    )


def _all(places: Map, package: Package, texts: Sources | None) -> Iterator[Difference]:
    ledger = places.ledger
    yield from check_ledger(ledger)
    yield from check_places(places)
    yield from check_headings(places)
    yield from check_printed(places)
    yield from check_derivations(ledger)
    yield from check_raw(ledger)
    yield from check_tables(places)
    yield from check_charts(places, package)
    yield from check_notes(places)
    yield from check_comments(places)
    yield from check_particulars(places)
    yield from check_loose(places)
    if texts is not None:
        yield from check_sources(ledger, texts)


def check_ledger(ledger: Ledger) -> Iterator[Difference]:
    """Yield what the ledger says wrongly about itself: its digests."""
    if ledger.digest != ledger.computed_digest:
        what = "台帳の数値が書き換えられています（要約値が合いません）"
        yield Difference("ledger", "台帳", what, ledger.digest, ledger.computed_digest)
    if ledger.seal and ledger.seal != ledger.computed_seal:
        what = "台帳が書き換えられています（封印の要約値が合いません）"
        yield Difference("ledger", "台帳", what, ledger.seal, ledger.computed_seal)
    taken = taken_digests(ledger)
    for source in ledger.sources:
        expected = taken[source.file]
        if source.digest != expected:
            what = "資料から取った内容が書き換えられています（要約値が合いません）"
            yield Difference("ledger", f"台帳：{source.file}", what, expected, source.digest)
