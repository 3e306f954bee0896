"""Native charts as they stand in a file: what the chart's cache draws, and what the workbook behind it holds.

In: an open `Package` and the name of a chart part. Out: `DrawnChart`. Reads Office charts and what LibreOffice makes of
them; the workbook is read by its own few lines, since only cells with plain values can be in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reportkit.audit.package import Package, parse_xml, unpack
from reportkit.audit.page import drawn_words, relationships

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_GROUPS = ("barChart", "lineChart", "bubbleChart", "scatterChart", "areaChart", "pieChart")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Grid = Mapping[tuple[int, int], str]  # cells by (row, column), both from 1


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """A series as cached: its name, categories and values; x and sizes for bubbles and dots. None is a gap."""

    name: str
    categories: tuple[str | None, ...]
    values: tuple[str | None, ...]
    x: tuple[str | None, ...] = ()
    sizes: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart. words: what is written in it and over it (titles, labels, lines). workbook: None without one."""

    kind: str
    series: tuple[DrawnSeries, ...]
    words: tuple[str, ...]
    workbook: Grid | None


def read_chart(package: Package, part: str) -> DrawnChart | None:
    """Return the chart of a part, None when there is no such part. Raises `AuditError` for faulty XML."""
    root = package.tree(part)
    if root is None:
        return None
    words = list(drawn_words(root))
    workbook: Grid | None = None
    for target in relationships(package, part).values():
        if target.endswith(".xlsx") and target in package.parts:
            workbook = _workbook(package.parts[target], f"{package.name} の {target}")
        elif "/drawings/" in target and (shapes := package.tree(target)) is not None:
            words += drawn_words(shapes)
    groups = [group for name in _GROUPS for group in root.iter(_C + name)]
    series = tuple(_series(one) for group in groups for one in group.findall(f"{_C}ser"))
    kind = groups[0].tag.removeprefix(_C) if groups else ""
    return DrawnChart(kind, series, tuple(words), workbook)


def _series(element: Element) -> DrawnSeries:
    name = "".join(text or "" for text in _points(element.find(f"{_C}tx")))
    if not name:
        name = "".join(one.text or "" for one in element.findall(f"{_C}tx/{_C}v"))
    values = element.find(f"{_C}val")
    return DrawnSeries(
        name,
        _points(element.find(f"{_C}cat")),
        _points(values if values is not None else element.find(f"{_C}yVal")),
        _points(element.find(f"{_C}xVal")),
        _points(element.find(f"{_C}bubbleSize")),
    )


def _points(element: Element | None) -> tuple[str | None, ...]:
    """Return the cached points of a reference or a literal, None for those that are left out."""
    if element is None:
        return ()
    for cache in element.iter():
        if cache.tag in {f"{_C}{name}" for name in ("strCache", "numCache", "strLit", "numLit", "lvl")}:
            points: dict[int, str] = {}
            for point in cache.findall(f"{_C}pt"):
                index, value = point.get("idx", ""), point.find(f"{_C}v")
                if index.isdigit() and len(index) < 7 and value is not None:
                    points[int(index)] = value.text or ""
            count = cache.find(f"{_C}ptCount")
            said = "" if count is None else count.get("val", "")
            length = max([int(said) if said.isdigit() and len(said) < 6 else 0, *(index + 1 for index in points)])
            return tuple(points.get(index) for index in range(length))
    return ()


def _workbook(data: bytes, name: str) -> Grid:
    """Return the cells of the first sheet of a workbook."""
    parts = unpack(data, name)
    shared: list[str] = []
    if "xl/sharedStrings.xml" in parts:
        root = parse_xml(parts["xl/sharedStrings.xml"], name, "xl/sharedStrings.xml")
        shared = [_text(item) for item in root.findall(f"{_S}si")]
    sheets = sorted(part for part in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part))
    if not sheets:
        return {}
    root = parse_xml(parts[sheets[0]], name, sheets[0])
    return dict(_cells(root, shared))


def _cells(root: Element, shared: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in root.iter(f"{_S}c"):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        if match is None:
            continue
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        value = cell.find(f"{_S}v")
        text = (value.text or "") if value is not None else ""
        if cell.get("t") == "s":
            text = shared[int(text)] if text.isdigit() and len(text) < 7 and int(text) < len(shared) else ""
        elif cell.get("t") == "inlineStr":
            text = _text(cell)
        if text:
            yield (int(match[2]), column), text


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_S}t"))
