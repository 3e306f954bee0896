"""Cases made of a few parts, for tests of the case view. All names and numbers are 架空."""

from __future__ import annotations

from decimal import Decimal

from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Line, Metric, Section
from reportkit.corpus.corpus import Corpus
from reportkit.sources.taxonomy import built_in_taxonomy

SOURCE = "架空.md"


def amount(raw: str, value: int | str | None, unit: str = "件", *per: str, sign: str = "") -> Quantity:
    number = None if value is None else Decimal(value)
    return Quantity(raw, value=number, unit=unit, per=per, sign_word=sign)


def metric(label: str, line: int, **parts: Quantity | bool | None) -> Metric:
    return Metric(label, label, Origin(SOURCE, line), **parts)  # type: ignore[arg-type]


def line(kind: str, text: str, number: int, *cells: str, level: int = 0, header: bool = False) -> Line:
    return Line(kind, text, SOURCE, number, level, cells, header)  # type: ignore[arg-type]


def section(title: str, kind: str, number: int, *lines: Line) -> Section:
    return Section(title, kind, SOURCE, number, lines)


def case(case_id: str = "901", **fields: object) -> Case:
    return Case(case_id, "架空の事例", Origin(SOURCE, 1), "numbered", company="架空商事株式会社", **fields)  # type: ignore[arg-type]


def corpus_of(*cases: Case, **fields: object) -> Corpus:
    return Corpus(built_in_taxonomy(), cases=cases, **fields)  # type: ignore[arg-type]
