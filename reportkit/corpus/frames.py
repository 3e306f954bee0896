"""pandas frames of what was read. pandas is imported when a frame is asked for, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    import pandas as pd

    from reportkit.base.period import PartialDate
    from reportkit.base.quantity import Quantity
    from reportkit.corpus.case import Case, Metric
    from reportkit.corpus.matrix import Matrix


def matrix_frame(matrix: Matrix) -> pd.DataFrame:
    """Return the cells of a matrix, canonical names on both axes, without totals.

    Columns are `Float64`; what was not asked is NA. The index and the columns are named after the kind of their axis
    (`sector`, `function` ...); `attrs` carries id, title and unit. A table of shares of respondents also has
    `attrs["bases"]`, the number of respondents by row (None where the source does not give it), and
    `attrs["n不明"]`, the rows without one.
    """
    import pandas as pd

    frame = pd.DataFrame(
        [[None if cell.value is None else float(cell.value) for cell in row] for row in matrix.cells],
        index=pd.Index(matrix.rows.labels, name=matrix.rows.kind),
        columns=pd.Index(matrix.columns.labels, name=matrix.columns.kind),
    ).astype("Float64")
    frame.attrs.update(id=matrix.id, title=matrix.title, unit=matrix.unit)
    if matrix.bases:
        counts = [None if cell is None or cell.value is None else int(cell.value) for cell in matrix.bases]
        frame.attrs["bases"] = dict(zip(matrix.rows.labels, counts, strict=True))
        frame.attrs["n不明"] = matrix.unknown_bases
    return frame


# column -> pandas type; the order is the order of the columns
_CASE_COLUMNS = {
    "company": "string",
    "company_en": "string",
    "country": "string",
    "sectors": "object",
    "employees": "Float64",
    "employees_qualifier": "string",
    "adoption_start": "string",
    "ai_tools": "object",
    "vendors": "object",
    "metric_count": "Int64",
    "fact_check_count": "Int64",
    "confirmed_count": "Int64",
    "verified": "boolean",
    "dialect": "string",
    "source": "string",
}
_METRIC_COLUMNS = {
    "case": "string",
    "company": "string",
    "sectors": "object",
    "label": "string",
    "raw": "string",
    "before": "Float64",
    "after": "Float64",
    "value": "Float64",
    "value_min": "Float64",
    "value_max": "Float64",
    "unit": "string",
    "per": "string",
    "qualifier": "string",
    "change_percent": "Float64",
    "change_points": "Float64",
    "change_factor": "Float64",
    "is_target": "boolean",
    "direction": "string",
    "source": "string",
    "line": "Int64",
}


def cases_frame(cases: Sequence[Case]) -> pd.DataFrame:
    """Return one row per case, indexed by its id (`case`).

    employees is the stated number, or the middle of a stated range; adoption_start is YYYY, YYYY-MM or YYYY-MM-DD;
    sectors, ai_tools and vendors hold tuples. Everything else missing is NA.
    """
    import pandas as pd

    rows = [
        {
            "company": case.company,
            "company_en": case.company_en,
            "country": case.country,
            "sectors": case.sectors,
            "employees": _number(case.employees.middle if case.employees is not None else None),
            "employees_qualifier": (case.employees.qualifier or None) if case.employees is not None else None,
            "adoption_start": _iso(case.adoption_start.start if case.adoption_start is not None else None),
            "ai_tools": tuple(tool.text for tool in case.ai_tools),
            "vendors": tuple(vendor.text for vendor in case.vendors),
            "metric_count": len(case.metrics),
            "fact_check_count": len(case.fact_checks),
            "confirmed_count": sum(1 for check in case.fact_checks if check.verdict == "confirmed"),
            "verified": case.verified,
            "dialect": case.dialect or None,
            "source": case.origin.source,
        }
        for case in cases
    ]
    index = pd.Index([case.id for case in cases], name="case", dtype="string")
    return pd.DataFrame(rows, index=index, columns=list(_CASE_COLUMNS)).astype(_CASE_COLUMNS)


def metrics_frame(cases: Sequence[Case]) -> pd.DataFrame:
    """Return one row per metric in the order of cases and lines; numbers in base units, missing values NA.

    unit, per and qualifier are those of the value, or of the state after; several words of `per` are joined by `/`,
    outermost first. direction is up, down or NA.
    """
    import pandas as pd

    rows = [
        {"case": case.id, "company": case.company, "sectors": case.sectors, **_metric_row(metric)}
        for case in cases
        for metric in case.metrics
    ]
    return pd.DataFrame(rows, columns=list(_METRIC_COLUMNS)).astype(_METRIC_COLUMNS)


def _metric_row(metric: Metric) -> dict[str, object]:
    value = metric.value
    main = next((quantity for quantity in (value, metric.after, metric.before, metric.change) if quantity), None)
    return {
        "label": metric.label,
        "raw": metric.raw,
        "before": _number(_single(metric.before)),
        "after": _number(_single(metric.after)),
        "value": _number(_single(value)),
        "value_min": _number(value.low if value is not None else None),
        "value_max": _number(value.high if value is not None else None),
        "unit": (main.unit or None) if main is not None else None,
        "per": ("/".join(main.per) or None) if main is not None else None,
        "qualifier": (main.qualifier or None) if main is not None else None,
        "change_percent": _number(metric.change_percent),
        "change_points": _number(metric.change_points),
        "change_factor": _number(metric.change_factor),
        "is_target": metric.is_target,
        "direction": metric.direction or None,
        "source": metric.origin.source,
        "line": metric.origin.line or None,
    }


def _single(quantity: Quantity | None) -> Decimal | None:
    return None if quantity is None else quantity.value


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _iso(date: PartialDate | None) -> str | None:
    return None if date is None else date.iso()
