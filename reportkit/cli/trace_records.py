"""The answers of `reportkit trace` as records for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportkit.audit.entries import Ledger, LedgerFact, Stated
    from reportkit.audit.lines import Sources
    from reportkit.audit.trace import Answer, Hit, QuoteHit, Use


def answer_record(ledger: Ledger, answer: Answer, texts: Sources | None) -> dict[str, Any]:
    """Return what was found for a question, with the whole chain of every hit; texts: the sources as they are now."""
    return {
        "kind": answer.kind,
        "hits": [
            {"nearness": hit.nearness, "places": _spots(hit), "fact": _fact_record(ledger, hit.fact, texts)}
            for hit in answer.hits
        ],
        "quotes": [
            {"text": one.text, "section": one.section, "place": one.origin.place() if one.origin else None}
            for one in answer.quotes
        ],
        "near": list(answer.near),
    }


def _spots(hit: Hit) -> list[dict[str, Any]]:
    return [
        {
            "text": spot.text or None,
            "section": spot.section,
            "where": spot.where or None,
            "now": spot.now or None,
            "bookmark": f"_rk{spot.place}" if spot.place else None,
        }
        for spot in hit.spots
    ]


def _fact_record(ledger: Ledger, fact: LedgerFact, texts: Sources | None) -> dict[str, Any]:
    numbers = {name: getattr(fact, name) for name in ("value", "low", "high")}
    derivation = fact.derivation
    return {
        "id": fact.id,
        "label": fact.label,
        **{name: None if number is None else f"{number:f}" for name, number in numbers.items()},
        "unit": fact.unit,
        "origins": [_stated_record(ledger, one, texts, fact.unit) for one in fact.origins],
        "derivation": None
        if derivation is None
        else {
            "operation": derivation.operation,
            "formula": derivation.formula,
            "parameters": dict(derivation.parameters),
            "members": list(derivation.members),
            "inputs": [_fact_record(ledger, one, texts) for one in ledger.inputs(fact)],
        },
    }


def _stated_record(ledger: Ledger, stated: Stated, texts: Sources | None, unit: str) -> dict[str, Any]:
    origin = stated.origin
    source = next((one for one in ledger.sources if one.file == origin.source), None)
    record: dict[str, Any] = {
        "source": origin.source,
        "digest": source.digest if source else None,
        "publication": (source.publication or source.title) if source else None,
        "line": origin.line or None,
        "column": origin.column or None,
        "sheet": origin.sheet or None,
        "raw": stated.raw,
        "row": stated.row or None,
        "head": stated.head or None,
    }
    if texts is not None:
        from reportkit.audit.lines import look_up

        now = look_up(stated, texts, unit)
        record["now"] = {"state": now.state, "place": now.origin.place(), "text": now.text or None}
    return record


def use_record(path: Path, uses: Sequence[Use], quotes: Sequence[QuoteHit]) -> dict[str, Any]:
    """Return the numbers and quotes of a document that rest on a line of a source."""
    return {
        "file": str(path),
        "numbers": [
            {"id": use.hit.fact.id, "label": use.hit.fact.label, "direct": use.direct, "places": _spots(use.hit)}
            for use in uses
        ],
        "quotes": [{"text": one.text, "section": one.section} for one in quotes],
    }
