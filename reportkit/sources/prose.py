r"""Figures in running text: patterns declared as data in, `Statistic`s with line and sentence out.

In: the lines of a report and the figures of `statistics.toml`. A pattern that finds nothing is no fault.

>>> from reportkit.sources.prose import built_in_figures, read_statistics
>>> read_statistics(["調査母数\t2,391名"], "a.txt", "survey", built_in_figures())[0].quantity.value
Decimal('2391')
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.origin import Origin
from reportkit.base.text import to_half_width
from reportkit.corpus.corpus import SourceKind
from reportkit.corpus.survey import Statistic
from reportkit.sources.markup import clean_cell, without_notes

_BUILT_IN = Path(__file__).with_name("statistics.toml")
_SENTENCE_END = re.compile(r"(?<=。)")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_CONTEXT = 300  # characters of the sentence that are kept


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a figure: the group that holds it, who or where, when, and its series and label.

    value: the number, where the sentence gives it by the order of its names instead of digits; "" otherwise.
    """

    group: str
    series: str
    label: str
    subject: str
    period: str
    value: str = ""

    @property
    def id(self) -> str:
        """Return the stable id: series, subject, year."""
        year = _YEAR.search(self.period)
        return "/".join(part for part in (self.series, self.subject, year[0] if year else "") if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """A sentence shape: pattern with a named group per point, in reports of one kind."""

    kind: SourceKind
    pattern: re.Pattern[str]
    points: tuple[Point, ...]


def read_statistics(
    lines: Sequence[str], source: str, kind: SourceKind | None, figures: Sequence[Figure], *, sheet: str = ""
) -> tuple[Statistic, ...]:
    """Return the figures found, in the order of the text; behind them later mentions that give another value.

    The first mention of an id counts; whoever joins the reports tells that another one contradicts it.
    """
    from reportkit.base.amounts import read_quantity  # whoever wants only the definitions does not wait for the grammar

    wanted = [figure for figure in figures if figure.kind == kind]
    found: dict[str, Statistic] = {}
    others: list[Statistic] = []
    for number, line in enumerate(lines, start=1):
        if not _DIGIT.search(line):
            continue
        plain = _plain(line)
        for figure in wanted:
            match = figure.pattern.search(plain)
            if match is None:
                continue
            for point in figure.points:
                raw = match[point.group]
                if raw is None:
                    continue
                statistic = Statistic(
                    id=point.id,
                    series=point.series,
                    label=point.label,
                    subject=point.subject,
                    period=point.period,
                    quantity=read_quantity(point.value or raw),
                    origin=Origin(source, number, sheet=sheet),
                    context=_sentence(line, raw),
                )
                first = found.setdefault(point.id, statistic)
                if first is not statistic and first.quantity.value != statistic.quantity.value:
                    others.append(statistic)
    return (*found.values(), *others)


def _plain(line: str) -> str:
    """Return the line as patterns see it: half-width digits and percent signs, no footnote marks."""
    text = without_notes(line.strip())
    return text.replace("％", "%").translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})


def _sentence(line: str, raw: str) -> str:
    """Return the sentence, or the item of a cell, that holds the figure."""
    pieces = [
        sentence.strip()
        for cell in line.split("\t")
        for piece in clean_cell(cell)
        for sentence in _SENTENCE_END.split(piece.text)
        if sentence.strip()
    ]
    best = next((piece for piece in pieces if raw in to_half_width(piece) or raw in piece), "")
    if not best and len(pieces) > 1:
        best = "：".join(pieces[:2])
    return (best or line.strip())[:_CONTEXT]


@cache
def built_in_figures() -> tuple[Figure, ...]:
    """Return the figures that the package brings along."""
    return read_figures([(_BUILT_IN.name, _BUILT_IN.read_text(encoding="utf-8"))])


def read_figures(files: Iterable[tuple[str, str]]) -> tuple[Figure, ...]:
    """Read figures from (place, TOML text) pairs. Raises `ProjectError` with all faults of all files."""
    problems: list[Problem] = []
    figures: list[Figure] = []
    for place, text in files:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(f"TOML として読めません（{error}）", "書式を直してください", place))
            continue
        tables = data.get("figure", [])
        if not isinstance(tables, list) or not tables or data.keys() != {"figure"}:
            problems.append(Problem("[[figure]] の表だけを書いてください", "statistics.toml の例を見てください", place))
            continue
        for index, table in enumerate(tables, start=1):
            figure = _figure(table, f"{place} の {index} 番目の figure", problems)
            if figure is not None:
                figures.append(figure)
    if problems:
        raise ProjectError(problems)
    return tuple(figures)


def _figure(table: Any, place: str, problems: list[Problem]) -> Figure | None:
    before = len(problems)

    def fault(what: str, fix: str) -> None:
        problems.append(Problem(what, fix, place))

    if not isinstance(table, dict):
        fault("[[figure]] の表ではありません", "[[figure]] と書いてください")
        return None
    for key in ("kind", "series", "label", "pattern"):
        if not isinstance(table.get(key), str) or not table[key]:
            fault(f"「{key}」がありません", f"{key} を文字列で書いてください")
    if table.get("kind") not in {"survey", "white-paper"}:
        fault(f"kind「{table.get('kind')}」は使えません", "使える値：survey、white-paper")
    points = table.get("points")
    if not isinstance(points, list) or not points or not all(isinstance(point, dict) for point in points):
        fault("「points」がありません", "points = [{ group = … }] と書いてください")
    if len(problems) > before:
        return None
    try:
        pattern = re.compile(table["pattern"])
    except re.error as error:
        fault(f"pattern が正規表現として読めません（{error}）", "pattern を直してください")
        return None
    for point in table["points"]:
        if point.get("group") not in pattern.groupindex:
            names = "、".join(pattern.groupindex)
            fault(f"group「{point.get('group')}」が pattern にありません", f"使えるグループ：{names or 'なし'}")
    if len(problems) > before:
        return None
    return Figure(
        table["kind"],
        pattern,
        tuple(
            Point(
                group=point["group"],
                series=point.get("series", table["series"]),
                label=point.get("label", table["label"]),
                subject=point.get("subject", ""),
                period=point.get("period", ""),
                value=point.get("value", ""),
            )
            for point in table["points"]
        ),
    )
