"""What an update of the sources changed: matched by what a value is, not by where it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from reportkit.base.origin import Origin, Quote
from reportkit.corpus.case import Case, Metric, Pair
from reportkit.corpus.compare import compare_corpora
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.matrix import Cell, Matrix
from reportkit.sources.reader import read_folder

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def seeds() -> Corpus:
    return read_folder(SEEDS)


def with_cell(matrix: Matrix, row: int, column: int, cell: Cell) -> Matrix:
    cells = [list(line) for line in matrix.cells]
    cells[row][column] = cell
    return replace(matrix, cells=tuple(tuple(line) for line in cells))


def with_matrix(corpus: Corpus, matrix: Matrix) -> Corpus:
    return replace(corpus, matrices=tuple(matrix if item.id == matrix.id else item for item in corpus.matrices))


def test_a_corpus_compared_with_itself_has_no_changes() -> None:
    assert compare_corpora(seeds(), seeds()) == ()


def test_a_changed_cell_has_both_values_and_both_places() -> None:
    impact = seeds().matrix("impact")
    cell = replace(impact.cells[0][0], value=Decimal(3163), raw="3,163", origin=Origin("新.md", 7, 2))
    (change,) = compare_corpora(seeds(), with_matrix(seeds(), with_cell(impact, 0, 0, cell)))
    assert (change.kind, change.record, change.old, change.new) == ("changed", "cell", "3,136", "3,163")
    assert change.key == f"cell:impact/{impact.rows.labels[0]}/{impact.columns.labels[0]}"
    assert (change.old_origin, change.new_origin) == (impact.cells[0][0].origin, Origin("新.md", 7, 2))


def test_a_value_that_only_moved_or_gained_a_comma_is_no_change() -> None:
    impact = seeds().matrix("impact")
    moved = replace(impact.cells[0][0], origin=Origin("新.md", 70, 2), raw="3136")
    assert compare_corpora(seeds(), with_matrix(seeds(), with_cell(impact, 0, 0, moved))) == ()


def test_a_new_imputation_mark_is_a_change() -> None:
    rate = seeds().matrix("reduction-rate")
    marked = replace(rate.cells[0][0], imputed=True, raw="30 1")
    (change,) = compare_corpora(seeds(), with_matrix(seeds(), with_cell(rate, 0, 0, marked)))
    assert (change.old, change.new) == ("30%", "30 1")


def test_a_matrix_on_one_side_only_is_one_change_and_turns_round_with_the_sides() -> None:
    less = replace(seeds(), matrices=seeds().matrices[1:])
    (gone,) = compare_corpora(seeds(), less)
    (come,) = compare_corpora(less, seeds())
    assert (gone.kind, gone.record, gone.new_origin) == ("disappeared", "matrix", None)
    assert (come.kind, come.key, come.old_origin) == ("appeared", gone.key, None)


def test_statistics_are_compared_by_amount() -> None:
    first = seeds().statistics[0]
    changed = replace(first, quantity=replace(first.quantity, value=Decimal(1), raw="1"))
    (change,) = compare_corpora(seeds(), replace(seeds(), statistics=(changed, *seeds().statistics[1:])))
    assert (change.record, change.key, change.new) == ("statistic", f"statistic:{first.id}", "1")


def case(**changes: object) -> Case:
    """Return a 架空 case."""
    place = Origin("架空.md", 3)
    made = Case("k1", "架空の事例", place, "架空", company="架空商事", metrics=(Metric("工数", "月10時間", place),))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_case_fields_change_appear_and_disappear() -> None:
    line = Origin("架空.md", 9)
    old = replace(seeds(), cases=(case(lessons=(Quote("急がない", line),)),))
    new = replace(
        seeds(), cases=(case(company="架空物産", metrics=(Metric("工数", "月20時間", line),), country="日本"),)
    )
    found = {change.key: (change.kind, change.old, change.new) for change in compare_corpora(old, new)}
    assert found == {
        "case:k1/company": ("changed", "架空商事", "架空物産"),
        "case:k1/country": ("appeared", None, "日本"),
        "case:k1/metrics/工数": ("changed", "月10時間", "月20時間"),
        "case:k1/lessons/急がない": ("disappeared", "急がない", None),
    }


def test_the_same_label_twice_in_a_case_is_compared_item_by_item() -> None:
    place = Origin("架空.md", 9)
    both = (Metric("工数", "月10時間", place), Metric("工数", "年90時間", place))
    old = replace(seeds(), cases=(case(metrics=both),))
    new = replace(seeds(), cases=(case(metrics=(both[0], Metric("工数", "年80時間", place))),))
    (change,) = compare_corpora(old, new)
    assert (change.key, change.new) == ("case:k1/metrics/工数 (2)", "年80時間")


def test_a_row_that_one_side_has_is_one_change_with_its_values() -> None:
    impact = seeds().matrix("impact")
    rows = replace(
        impact.rows,
        labels=impact.rows.labels[1:],
        printed=impact.rows.printed[1:],
        origins=impact.rows.origins[1:],
    )
    totals = impact.row_totals
    assert totals is not None
    less = with_matrix(seeds(), replace(impact, rows=rows, cells=impact.cells[1:], row_totals=totals[1:]))
    (change,) = compare_corpora(seeds(), less)
    assert (change.kind, change.record, change.key) == ("disappeared", "row", f"row:impact/{impact.rows.labels[0]}")
    assert change.old is not None
    assert change.old.startswith("3,136、")
    assert change.old_origin == impact.rows.origins[0]


def test_what_a_typed_field_and_a_list_of_labels_both_say_is_one_change() -> None:
    place, line = Origin("架空.md", 1), Origin("架空.md", 7)
    old = case(country="日本", profile=(Pair("国", "日本", place),), places=(("country", place),))
    new = case(country="米国", profile=(Pair("国", "米国", line),), places=(("country", line),))
    (change,) = compare_corpora(replace(seeds(), cases=(old,)), replace(seeds(), cases=(new,)))
    assert (change.label, change.old, change.new) == ("事例「k1」の国", "日本", "米国")
    assert (change.old_origin, change.new_origin) == (place, line)


def test_a_case_whose_lines_moved_is_no_change() -> None:
    moved = case(places=(("company", Origin("架空.md", 99)),))
    assert compare_corpora(replace(seeds(), cases=(case(),)), replace(seeds(), cases=(moved,))) == ()
