"""What the exports hold: plain records (dicts of strings, numbers, lists) of the corpus, in a fixed field order.

Numbers are in base units (44.8万時間 is 448000 with unit 時間), whole numbers as int; unknown is None; dates are YYYY,
YYYY-MM or YYYY-MM-DD; sectors by canonical name. docs/exports.md describes every field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.base.period import PartialDate, Period
from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case, Metric
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.corpus.survey import Statistic

Record = dict[str, Any]


def matrix_records(corpus: Corpus) -> list[Record]:
    """Return one record per cell of every matrix, row by row as in the source, printed totals last."""
    return [record for matrix in corpus.matrices for record in _matrix_records(matrix)]


def case_records(corpus: Corpus) -> list[Record]:
    """Return one nested record per case."""
    return [_case_record(case) for case in corpus.cases]


def metric_records(corpus: Corpus) -> list[Record]:
    """Return one flat record per metric, with the case it belongs to."""
    return [
        {"case": case.id, "company": case.company, "sectors": list(case.sectors)}
        | _metric_record(metric)
        | {"source": metric.origin.source, "line": _line(metric.origin)}
        for case in corpus.cases
        for metric in case.metrics
    ]


def statistic_records(corpus: Corpus) -> list[Record]:
    """Return one record per figure that a report states in its text."""
    return [_statistic_record(statistic) for statistic in corpus.statistics]


def finding_records(findings: Iterable[Finding]) -> list[Record]:
    """Return one record per finding, in their order."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "fix": finding.fix,
            **_place_record(finding.origin),
            "evidence": [
                {"label": evidence.label, "text": evidence.text, **_place_record(evidence.origin)}
                for evidence in finding.evidence
            ],
            "subjects": list(finding.subjects),
        }
        for finding in findings
    ]


def _place_record(origin: Origin | None) -> Record:
    """Return file, sheet, line and column, and the place as people read it; None for what there is not."""
    return {
        "source": origin.source if origin else None,
        "sheet": (origin.sheet or None) if origin else None,
        "line": _line(origin),
        "column": (origin.column or None) if origin else None,
        "place": origin.place() if origin else None,
    }


EXPORTS: Mapping[str, Callable[[Corpus], list[Record]]] = {
    "cases": case_records,
    "metrics": metric_records,
    "matrices": matrix_records,
    "statistics": statistic_records,
    "findings": lambda corpus: finding_records(corpus.findings),
}


def number(value: Decimal | None) -> int | float | None:
    """Return the number as JSON and Excel have it: int when whole, else the nearest float."""
    if value is None or not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _matrix_records(matrix: Matrix) -> Iterator[Record]:
    def record(row: str, column: str, cell: Cell) -> Record:
        return {
            "matrix": matrix.id,
            "row": row,
            "column": column,
            "value": number(cell.value),
            "unit": matrix.unit,
            "imputed": cell.imputed,
            "rank": cell.rank,
            "spread": cell.spread,
            "source": cell.origin.source,
            "line": _line(cell.origin),
            "sheet": cell.origin.sheet or None,
            "base": _base(matrix, row, column),
            "base_unknown": row in matrix.rows.labels and bool(matrix.bases) and _base(matrix, row, column) is None,
        }

    row_total, column_total = matrix.row_total_kind or "合計", matrix.column_total_kind or "合計"
    for index, row in enumerate(matrix.rows.labels):
        for column, cell in zip(matrix.columns.labels, matrix.cells[index], strict=True):
            yield record(row, column, cell)
        if matrix.row_totals is not None:
            yield record(row, row_total, matrix.row_totals[index])
    if matrix.column_totals is not None:
        for column, cell in zip(matrix.columns.labels, matrix.column_totals, strict=True):
            yield record(column_total, column, cell)
    if matrix.grand_total is not None:
        yield record(column_total, row_total, matrix.grand_total)


def _base(matrix: Matrix, row: str, column: str) -> int | float | None:
    """Return how many respondents stand behind a cell, None when that is unknown or the value is no share of them."""
    cell = matrix.base(row, column)
    return None if cell is None else number(cell.value)


def _case_record(case: Case) -> Record:
    employees = case.employees
    return {
        "id": case.id,
        "company": {"name": case.company, "name_en": case.company_en},
        "country": case.country,
        "industry_raw": "、".join(case.industry_raw) or None,
        "sectors": list(case.sectors),
        "employees": {
            "value": _amount(employees),
            "qualifier": (employees.qualifier or None) if employees else None,
        },
        "adoption_start": _start(case.adoption_start),
        "ai_tools": [tool.text for tool in case.ai_tools],
        "vendors": [vendor.text for vendor in case.vendors],
        "metrics": [_metric_record(metric) | {"line": _line(metric.origin)} for metric in case.metrics],
        "phases": [
            {
                "name": phase.name,
                "start": _start(phase.period),
                "end": _end(phase.period),
                "line": _line(phase.origin),
            }
            for phase in case.phases
        ],
        "fact_checks": [
            {"item": check.item, "verdict": check.verdict, "source": check.source or None} for check in case.fact_checks
        ],
        "references": [{"title": link.title or None, "url": link.url or None} for link in case.references],
        "section_count": case.section_count,
        "source": case.origin.source,
        "line": _line(case.origin),
    }


def _metric_record(metric: Metric) -> Record:
    stated = metric.value
    main = stated or metric.after or metric.before or metric.change
    return {
        "label": metric.label,
        "raw": metric.raw,
        "before": _amount(metric.before),
        "after": _amount(metric.after),
        "value": number(stated.value) if stated else None,
        "value_min": number(stated.low) if stated else None,
        "value_max": number(stated.high) if stated else None,
        "unit": (main.unit or None) if main else None,
        "per": "・".join(main.per) or None if main else None,
        "qualifier": (main.qualifier or None) if main else None,
        "change_percent": number(metric.change_percent),
        "change_points": number(metric.change_points),
        "change_factor": number(metric.change_factor),
        "is_target": metric.is_target,
        "direction": metric.direction or None,
    }


def _statistic_record(statistic: Statistic) -> Record:
    quantity = statistic.quantity
    return {
        "id": statistic.id,
        "series": statistic.series,
        "label": statistic.label,
        "subject": statistic.subject,
        "period": statistic.period or None,
        "value": number(quantity.value),
        "value_min": number(quantity.low),
        "value_max": number(quantity.high),
        "unit": quantity.unit or None,
        "qualifier": quantity.qualifier or None,
        "raw": quantity.raw,
        "context": statistic.context or None,
        "source": statistic.origin.source,
        "line": _line(statistic.origin),
        "sheet": statistic.origin.sheet or None,
    }


def _amount(quantity: Quantity | None) -> int | float | None:
    """Return the single value; None for a range, whose middle no source has stated."""
    return number(quantity.value) if quantity else None


def _start(period: Period | None) -> str | None:
    return _iso(period.start) if period else None


def _end(period: Period | None) -> str | None:
    return _iso(period.end) if period else None


def _iso(date: PartialDate | None) -> str | None:
    return date.iso() if date else None


def _line(origin: Origin | None) -> int | None:
    return (origin.line or None) if origin else None
