"""Expected values of the real case files, written by hand, against what is read; skipped where the files are not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from case_texts import AIST, CORPUS, SONY, file_text, read

from reportkit.base.quantity import Quantity
from reportkit.corpus.case import Case
from reportkit.sources.cases import recognise_case

GOLDEN = sorted((Path(__file__).parent / "golden/cases").glob("*.toml"))
REPORTS = {path.stem: path for path in (SONY[1], AIST[1])}  # the two cases among the reports
_DEFAULTS: dict[str, Any] = {
    "company_en": None, "country": None, "employees": None, "start": None, "placeholder": False,
}  # fmt: skip


def shown(quantity: Quantity | None) -> str | None:
    """`約 220000 時間 /月`: qualifier, number or range, unit, per."""
    if quantity is None:
        return None
    number = str(quantity.value) if quantity.value is not None else f"{quantity.low}..{quantity.high}"
    per = "".join(f"/{word}" for word in quantity.per)
    return " ".join(part for part in (quantity.qualifier, number, quantity.unit, per) if part)


def told(case: Case) -> dict[str, Any]:
    start = case.adoption_start.start if case.adoption_start is not None else None
    return {
        "dialect": case.dialect,
        "id": case.id,
        "company": case.company,
        "company_en": case.company_en,
        "country": case.country,
        "sectors": list(case.sectors),
        "employees": shown(case.employees),
        "start": start.iso() if start is not None else None,
        "tools": [tool.text for tool in case.ai_tools],
        "metrics": len(case.metrics),
        "phases": len(case.phases),
        "fact_checks": len(case.fact_checks),
        "references": len(case.references),
        "placeholder": case.placeholder,
    }


def check(case: Case, expected: dict[str, Any]) -> None:
    """Compare one case with one golden table."""
    fields = {key: value for key, value in expected.items() if key not in {"metric", "cost"}}
    assert told(case) == _DEFAULTS | fields
    metrics = {(metric.origin.line, metric.label): metric for metric in case.metrics}
    for wanted in expected.get("metric", ()):
        metric = metrics[wanted["line"], wanted["label"]]
        found = {
            "value": shown(metric.value),
            "before": shown(metric.before),
            "after": shown(metric.after),
            "change": shown(metric.change),
            "target": metric.is_target,
        }
        empty = dict.fromkeys(("value", "before", "after", "change")) | {"target": False}
        assert found == empty | {key: value for key, value in wanted.items() if key not in {"line", "label"}}, wanted
    costs = {(cost.origin.line, cost.label): shown(cost.quantity) for cost in case.costs}
    for wanted in expected.get("cost", ()):
        assert costs.get((wanted["line"], wanted["label"])) == wanted["quantity"], wanted


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_real_file_says_what_a_reader_finds_in_it(path: Path) -> None:
    text = file_text(REPORTS.get(path.stem) or CORPUS / f"{path.stem}.md")
    expected = tomllib.loads(path.read_text(encoding="utf-8"))
    assert recognise_case(text)
    cases = read(text, f"{path.stem}.md").cases
    assert len(cases) == expected.get("cases", 1)
    assert len({case.id for case in cases}) == len(cases)
    if "case" not in expected:
        check(cases[0], expected)
        return
    by_id = {case.id: case for case in cases}
    for wanted in expected["case"]:
        check(by_id[wanted["id"]], wanted)


def test_every_real_file_has_its_expected_values() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the real files are not here")
    assert {path.stem for path in GOLDEN} == {*REPORTS, *(path.stem for path in CORPUS.glob("*.md"))}
