"""Facts know where they come from, also when they were computed; findings are sorted and unique."""

from decimal import Decimal

from reportkit.base.fact import Derivation, Fact
from reportkit.base.finding import Finding, sort_findings
from reportkit.base.origin import Origin
from reportkit.base.quantity import Quantity


def _fact(name: str, value: str, origin: Origin) -> Fact:
    return Fact(name, name, Quantity(value, Decimal(value), unit="億円"), f"{value}億円", (origin,))


def test_a_derived_fact_names_the_origins_of_its_inputs_once() -> None:
    part = _fact("matrix/impact/医療/R&D", "54", Origin("001.txt", 1165, 2))
    whole = _fact("matrix/impact/医療/合計", "15570", Origin("001.txt", 1165, 10))
    share = Fact(
        "share/impact/医療/R&D",
        "医療に占めるR&Dの割合",
        Quantity("0.3%", Decimal("0.35"), unit="%"),
        "0.3%",
        derivation=Derivation("値 ÷ 合計", "share", (part, whole, part)),
    )
    assert share.all_origins() == (Origin("001.txt", 1165, 2), Origin("001.txt", 1165, 10))


def test_another_printed_form_is_the_same_fact() -> None:
    whole = _fact("matrix/impact/医療/合計", "15570", Origin("001.txt", 1165, 10))
    short = whole.printed_as("1.6兆円")
    assert (short.id, short.quantity, short.text) == (whole.id, whole.quantity, "1.6兆円")


def test_findings_are_sorted_by_weight_and_place_and_never_repeated() -> None:
    note = Finding("case.unverifiable", "note", "n", "f", Origin("a.md", 1))
    warning = Finding("case.payback", "warning", "w", "f", Origin("b.md", 9))
    first = Finding("matrix.row-total", "error", "e", "f", Origin("c.txt", 2))
    second = Finding("matrix.row-total", "error", "e", "f", Origin("c.txt", 10))
    assert sort_findings([note, second, warning, first, note]) == (first, second, warning, note)


def test_findings_of_a_workbook_are_sorted_by_sheet_before_row() -> None:
    places = (Origin("a.xlsx", 9, 2, sheet="2021年"), Origin("a.xlsx", 3, 2, sheet="2023年"), Origin("b.xlsx", 1))
    findings = tuple(Finding("matrix.row-total", "error", "e", "f", place) for place in places)
    assert sort_findings(findings[::-1]) == findings


def test_a_place_reads_like_a_citation() -> None:
    assert Origin("survey/001.txt", 1165, 6).place() == "survey/001.txt:1165 (列6)"
    assert Origin("a.md", 3, end_line=7).place() == "a.md:3-7"
    assert Origin("a.md").place() == "a.md"
