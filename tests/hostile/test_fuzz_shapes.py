"""Hostile shapes cost no more than their size: four times the text may take about four times the time, never sixteen.

No absolute times: each shape is read at two sizes in this process, in processor time, and only the growth is judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from benchmarks.fuzzing import read_bytes, read_phrase
from benchmarks.shapes import LINES, MANY_LINES, PLACES, one_line
from reportkit.base.amounts import read_change, read_conversion, read_quantities, read_quantity, read_transition
from reportkit.base.calculations import read_calculations
from reportkit.base.cycles import no_cycle_search
from reportkit.base.dates import read_period, read_periods
from reportkit.sources.cases import read_case, recognise_case
from reportkit.sources.front_matter import MAX_DEPTH, read_flow, read_front_matter, read_scalar
from reportkit.sources.outline import clean_text, read_outline, split_cells, split_label
from reportkit.sources.taxonomy import built_in_taxonomy

_TIMES = 4
_MOST = 9.0  # between 4 (linear) and 16 (quadratic), on a machine that others use too
_TOO_SHORT = 0.04  # seconds; less is noise
_TRIES = 3
# Of all `LINES`, those on which some reader once took more than linear time, or that look as if one could.
_HOSTILE = (
    "a", "1", "1万", "あ", "|", "(", "（1", "](", "[a](", ")", "<br>", "× 1 ", "**a", "`a", "：", "2024年", "→", " ",
)  # fmt: skip


def assert_linear(action: Callable[[str], object], shape: Callable[[int], str], size: int) -> None:
    """Run the action on the shape at both sizes; one good try of three is enough, for others use the machine too."""
    small, large = shape(size), shape(size * _TIMES)
    growth = size_growth = 0.0
    for _ in range(_TRIES):
        first, second = _seconds(action, small), _seconds(action, large)
        size_growth = len(large) / len(small)
        growth = second / max(first, _TOO_SHORT / _TIMES)
        if second < _TOO_SHORT or growth <= _MOST * size_growth / _TIMES:
            return
    pytest.fail(f"{size_growth:.1f} times the text takes {growth:.1f} times the time")


def _seconds(action: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    with no_cycle_search():  # as when a folder is read
        action(text)
    return time.process_time() - start


def _read(text: str) -> object:
    return read_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", MANY_LINES)
def test_many_lines_of_a_kind_are_read_in_linear_time(name: str) -> None:
    assert_linear(_read, MANY_LINES[name], 5_000)


@pytest.mark.parametrize("place", PLACES)
def test_one_long_line_of_anything_is_read_in_linear_time_in_every_place(place: str) -> None:
    assert_linear(lambda text: [_read(part) for part in text.split("\0")], _together(place, _HOSTILE), 2_000)


def _together(place: str, tokens: tuple[str, ...]) -> Callable[[int], str]:
    return lambda size: "\0".join(one_line(place, token)(size) for token in tokens)


_PARSERS: dict[str, Callable[[str], object]] = {
    "read_quantity": read_quantity,
    "read_quantities": read_quantities,
    "read_transition": read_transition,
    "read_conversion": read_conversion,
    "read_change": read_change,
    "read_calculations": read_calculations,
    "read_period": read_period,
    "read_periods": read_periods,
    "read_scalar": read_scalar,
    "read_flow": lambda text: read_flow(f"[{text}]"),
    "read_front_matter": lambda text: read_front_matter(["---", f"a: {text}", text, f'b: "{text}', "---"]),
    "read_outline": lambda text: read_outline([text, f"- {text}", f"| {text} | {text} |", f"## {text}"]),
    "clean_text": clean_text,
    "split_label": split_label,
    "split_cells": split_cells,
    "recognise_case": recognise_case,
}


@pytest.mark.parametrize("name", _PARSERS)
def test_a_line_of_fifty_thousand_characters_is_hostile_to_no_parser(name: str) -> None:
    for token in _HOSTILE:
        assert_linear(_PARSERS[name], lambda size, token=token: token * (size // len(token)), 12_500)  # type: ignore[misc]


@pytest.mark.parametrize(
    "token", ["a", "あ", "1", "|", "**", "[", "（", "数十億円、", "2024年", "→", "× 1 ", "：", "\\|"]
)
def test_a_line_of_a_megabyte_is_read(token: str) -> None:
    text = one_line("effect", token)(1_000_000)
    assert _read(text)


def test_a_table_of_a_hundred_thousand_rows_is_kept_row_by_row() -> None:
    text = "# 架空 生成AI導入事例\n\n## 導入背景\n\n| a | b |\n|---|---|\n" + "| x | y |\n" * 100_000
    reading = read_case(text, "a.md", built_in_taxonomy())
    assert len(reading.cases[0].sections[0].lines) == 100_001


@pytest.mark.parametrize("depth", [3_000, 12_000])
def test_maps_and_brackets_three_thousand_deep_are_read_up_to_a_bound(depth: int) -> None:
    lines = ["---", *(f"{' ' * level}k{level}:" for level in range(depth)), f"a: {'[' * depth}", "---", "# x"]
    front_matter = read_front_matter(lines)
    assert max(len(entry.path) for entry in front_matter.entries) <= MAX_DEPTH + 1
    assert front_matter.faults
    assert read_flow("[" * depth + "]" * depth) is None


def test_aliases_are_only_text_and_multiply_nothing() -> None:
    lines = MANY_LINES["yaml aliases"](40_000).split("\n")
    front_matter = read_front_matter(lines)
    assert len(front_matter.entries) < 4 * len(lines)
    assert sum(len(entry.value or "") for entry in front_matter.entries) < 40_000


def test_phrases_of_any_length_pass_all_grammars() -> None:
    for token in LINES:
        assert read_phrase(token * 500)
