"""A draft of a matrix spec: a file is looked at, and what was found and what is in doubt is written down as TOML.

In: a file with a table (text, Markdown, CSV, TSV, .xlsx). Out: the text of a `*.matrix.toml`; doubts are comments, so
that the user corrects a file instead of starting with an empty one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from reportkit.base.errors import Problem, SourceError
from reportkit.base.text import printable, to_half_width
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block, Row, find_blocks
from reportkit.sources.folder import FoundFile
from reportkit.sources.grids import find_grid_blocks
from reportkit.sources.matrices.cells import read_cell
from reportkit.sources.matrices.joints import join_blocks
from reportkit.sources.matrices.read import read_matrices
from reportkit.sources.matrices.shape import Shape, row_names, shape_of, tidy_label, total_kind
from reportkit.sources.matrices.sides import Sides, part_sides
from reportkit.sources.matrices.spec import built_in_specs
from reportkit.sources.matrices.turned import turn
from reportkit.sources.one_file import read_table_file, read_text_file
from reportkit.sources.prose import built_in_figures
from reportkit.sources.reports import read_grids, read_report
from reportkit.sources.taxonomy import built_in_taxonomy, find_function, spelling_key, suggest_sectors

_TABLES_OF_CELLS = frozenset({".csv", ".tsv", ".xlsx"})
_MIN_VALUES = 4
_MAX_BYTES = 8 * 1024 * 1024
_UNIT = re.compile(
    r"単位\s*[:：]\s*(?P<stated>[^)）\s、]+)"
    r"|[(（](?P<bare>%|人|件|社|円|(?:10億|十億|百万|千|億|兆|万)円)[)）]"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A table with numbers, and what was wrong with the way there."""

    block: Block
    shape: Shape
    sides: Sides


def draft_spec(path: Path, number: int = 1) -> str:
    """Return a draft spec for the `number`-th table with numbers in a file.

    Raises `SourceError` when the file cannot be read or has no such table.
    """
    tables = _tables(path)
    if not tables:
        raise SourceError(_no_table(path))
    if not 1 <= number <= len(tables):
        what = f"数値の表は{len(tables)}個で、{number}番目はありません"
        raise SourceError(Problem(what, f"1 から {len(tables)} までの番号を指定してください", str(path)))
    table = tables[number - 1]
    lines = [
        f"# {table.block.whole(path.name).place()} の表から作った下書きです。「要確認」の行を直してから使ってください。"
    ]
    for position, other in enumerate(tables, start=1):
        if position != number:
            lines.append(f"# ほかの表（{position}番目）：{other.block.whole(path.name).place()} {_caption(other)}")
    return "\n".join(printable(line) for line in [*lines, *_Draft(path, table).lines(), ""])


def _tables(path: Path) -> tuple[_Found, ...]:
    taxonomy = built_in_taxonomy()

    def is_label(text: str) -> bool:
        return bool(row_names(text, taxonomy))

    file = _opened(path)
    if path.suffix.casefold() in _TABLES_OF_CELLS:
        reading = read_table_file(file, path.suffix.casefold() == ".xlsx")
        _refuse(reading.reason, path)
        found_blocks = tuple(block for grid in reading.grids for block in find_grid_blocks(grid, is_label))
    else:
        decoded = read_text_file(file)
        _refuse(decoded.reason, path)
        found_blocks = find_blocks((decoded.text or "").split("\n"), is_label)
    blocks = join_blocks(found_blocks, is_label)
    wanted = frozenset(spelling_key(name) for each in taxonomy.functions for name in (each.name, *each.aliases))
    found = [_found(block, is_label, wanted, taxonomy) for block in blocks]
    return tuple(item for item in found if item.shape.values >= _MIN_VALUES and len(item.shape.body) > 1)


def _found(block: Block, is_label: Callable[[str], bool], wanted: Set[str], taxonomy: Taxonomy) -> _Found:
    """Return a table as it will be read: without its side columns, turned when industries stand over its columns."""
    sides = part_sides(block, is_label, wanted)
    shape = shape_of(sides.block, taxonomy, wanted)
    above = max((sum(map(is_label, row.cells[1:])) for row in block.rows[:4]), default=0)
    turned = turn(block) if shape.named < above else None
    if turned is None:
        return _Found(sides.block, shape, sides)
    sides = part_sides(turned, is_label, wanted)
    return _Found(sides.block, shape_of(sides.block, taxonomy), sides)


def _no_table(path: Path) -> Problem:
    """Return why there is nothing to draft; tables of text and figures in sentences need other settings or none."""
    file, taxonomy = _opened(path), built_in_taxonomy()
    if path.suffix.casefold() in _TABLES_OF_CELLS:
        grids = read_table_file(file, path.suffix.casefold() == ".xlsx").grids
        report = read_grids(grids, path.name, built_in_specs(), taxonomy, built_in_figures())
    else:
        report = read_report(read_text_file(file).text or "", path.name, built_in_specs(), taxonomy, built_in_figures())
    known = {
        "ユースケース": report.use_cases,
        "領域の評価": report.field_evaluations,
        "データの保有者と方策": report.field_resources,
        "国家プロジェクト": report.national_projects,
        "文字の表": report.text_tables,
        "文中の数値": report.statistics,
    }
    found = "、".join(f"{name} {len(records)}件" for name, records in known.items() if records)
    if found:
        what = f"数値の表はありませんが、定義なしで読めるものがあります（{found}）"
        fix = "定義は要りません。文中の数値を増やすには *.statistics.toml に型を書いてください（docs/sources.md）"
        return Problem(what, fix, str(path))
    return Problem("数値の表が見つかりません", "行の名前と数値の並ぶ表を含むファイルを指定してください", str(path))


def _opened(path: Path) -> FoundFile:
    try:
        size = path.stat().st_size
        return FoundFile(path.name, size, path.read_bytes() if size <= _MAX_BYTES else None)
    except OSError as error:
        what = f"ファイルを開けません（{error.strerror}）"
        raise SourceError(Problem(what, "ファイルの名前と権限を確かめてください", str(path))) from error


def _refuse(reason: str, path: Path) -> None:
    if reason:
        raise SourceError(Problem(reason, "表を含むテキスト、CSV、.xlsx を指定してください", str(path)))


def _caption(table: _Found) -> str:
    return next((text.lstrip("#* ").rstrip("* ") for _, text in table.block.above), table.block.sheet)


class _Draft:
    """One table on its way to a spec."""

    def __init__(self, path: Path, table: _Found) -> None:
        self.path, self.block, self.shape, self.sides = path, table.block, table.shape, table.sides
        self.caption = _caption(table)
        self.taxonomy = built_in_taxonomy()
        self.head = _label_row(self.shape)
        self.labels = (
            [(index, text) for index, text in enumerate(self.head.cells) if text and index] if self.head else []
        )
        self.columns = [(index, text) for index, text in self.labels if total_kind(text) is None]

    def lines(self) -> Iterator[str]:
        yield from self._known()
        name = re.sub(r"[^a-z0-9]+", "-", self.path.name.split(".")[0].casefold()).strip("-") or "new-matrix"
        yield f"id = {_quoted(name)}  # 要確認：書き出しと図表に使う名前（英小文字、数字、-）"
        yield f"title = {_quoted(tidy_label(self.caption) or name)}"
        yield from self._unit()
        yield from self._rows()
        functions = self._are_functions()
        yield f"columns_kind = {_quoted('function' if functions else 'item')}"
        yield f"captions = [{_quoted(self.caption or name)}]" + (
            "" if self.caption else "  # 要確認：表の上に見出しがありません"
        )
        if self.block.sheet:
            yield f"sheet = {_quoted(self.block.sheet)}"
        yield "min_rows = 2"
        yield from self._totals()
        yield from self._doubts()
        if not functions:
            yield from self._items()

    def _known(self) -> Iterator[str]:
        reading = read_matrices(
            (), (self.sides.original or self.block,), self.path.name, built_in_specs(), self.taxonomy
        )
        for matrix in reading.matrices:
            yield f"# 組み込みの定義「{matrix.id}」で読めます。項目を足すだけなら、次の1行だけを残します："
            yield f"# extends = {_quoted(matrix.id)}"

    def _unit(self) -> Iterator[str]:
        if self.shape.percent:
            yield 'unit = "%"'
            return
        near = [text for _, _, text in self.shape.header_cells()] + [text for _, text in self.block.above]
        for text in near:
            if match := _UNIT.search(to_half_width(text)):
                yield f"unit = {_quoted(match['stated'] or match['bare'])}  # 「{tidy_label(text)[:40]}」から"
                return
        cells = (read_cell(text) for row in self.shape.body for text in row.cells[1:])
        printed = next((cell.unit for cell in cells if cell.unit), "")
        if printed:
            yield f"unit = {_quoted(printed)}"
            return
        yield 'unit = "件"  # 要確認：表に単位の記載がありません'
        if self.shape.highest <= 1:
            yield '# 要確認：値がすべて 1 以下です。割合なら unit = "%" と scale = 100 にしてください'

    def _rows(self) -> Iterator[str]:
        stubs = [row.cell(0) for row in self.shape.body if row.cell(0) and total_kind(row.cell(0)) is None]
        named = [stub for stub in stubs if row_names(stub, self.taxonomy)]
        if len(named) * 2 > len(stubs):
            yield 'rows_kind = "sector"  # 7つの回答者区分なら respondent-group、10の粗い区分なら coarse-sector'
            for stub in stubs:
                if stub not in named:
                    near = "、".join(suggest_sectors(self.taxonomy, stub)) or "なし"
                    yield f"# 要確認：行「{_short(stub)}」は分類にありません（近い名前：{near}）"
        elif sum(find_function(self.taxonomy, tidy_label(stub)) is not None for stub in stubs) * 2 > len(stubs):
            yield 'rows_kind = "function"'
        else:
            yield 'rows_kind = "item"'

    def _are_functions(self) -> bool:
        known = sum(find_function(self.taxonomy, tidy_label(text)) is not None for _, text in self.columns)
        return known * 5 >= max(1, len(self.columns)) * 3

    def _totals(self) -> Iterator[str]:
        columns = [kind for _, text in self.labels if (kind := total_kind(text))]
        rows = [kind for row in self.shape.body if (kind := total_kind(row.cell(0)))]
        if columns:
            yield f"row_total = {_quoted(columns[0])}"
        if rows:
            yield f"column_total = {_quoted(rows[0])}"

    def _doubts(self) -> Iterator[str]:
        if len(self.labels) != self.shape.columns:
            yield f"# 要確認：見出しは{len(self.labels)}個、値の列は{self.shape.columns}列です"
        elif [index for index, _ in self.labels] != list(range(1, self.shape.columns + 1)):
            yield "# 要確認：見出しが値の列とずれています"
        yield from self._confirmable()
        for row in self.shape.body:
            if row.cell(0) and not any(row.cells[1:]):
                yield f"# 要確認：行「{_short(row.cell(0))}」に値がありません。結合された欄なら merged に書いてください"
            for index, text in enumerate(row.cells[1:], start=1):
                if text and not read_cell(text).readable:
                    place = self.block.place(self.path.name, row.line, index).place()
                    yield f"# 要確認：{place} の「{_short(text)}」は数値として読めません"
        cells = [read_cell(text) for row in self.shape.body for text in row.cells[1:] if text]
        if any(cell.rank is not None for cell in cells):
            yield "ranks = true  # 要確認：値の前の小さな数を順位とみました"
        if mark := next((cell.mark for cell in cells if cell.mark), ""):
            yield f"imputed_mark = {_quoted(mark)}  # 要確認：この注の印が、平均などで置き換えた値を示すか"

    def _confirmable(self) -> Iterator[str]:
        """Yield what had to be assumed, and the line that confirms it."""
        settled = [code.removeprefix("matrix.") for code, _, _, _ in self.block.doubts]
        settled += ["numeric-header"] if self.shape.numeric_header else []
        for _, message, _, _ in self.block.doubts:
            yield f"# 要確認：{_short(message, 100)}"
        if self.shape.numeric_header:
            yield "# 要確認：数字（年など）の並ぶ行を、値でなく列の見出しとみました"
        if settled:
            names = ", ".join(_quoted(name) for name in dict.fromkeys(settled))
            yield "# 確かめたら、次の行の # を消すと指摘が出なくなります："
            yield f"# confirmed = [{names}]"
        if self.sides.bases:
            yield "# 回答者数の列（n）を見つけました。各行の回答者数として読みます"

    def _items(self) -> Iterator[str]:
        spanners = _spanners(self.shape, self.head, [index for index, _ in self.columns])
        for (_, text), above in zip(self.columns, spanners, strict=True):
            yield ""
            yield "[[columns]]"
            yield f"name = {_quoted(tidy_label(text))}"
            if above:
                yield f"spanners = [{', '.join(_quoted(name) for name in above)}]"
        if not self.columns:
            yield ""
            yield "# 要確認：列の見出しが見つかりません"
            for number in range(1, self.shape.columns + 1):
                yield "[[columns]]"
                yield f"name = {_quoted(f'列{number}')}"


def _label_row(shape: Shape) -> Row | None:
    """Return the header row that names the columns: the one with most labels, the lower one of equals."""
    return max(shape.header, key=lambda row: (sum(map(bool, row.cells[1:])), row.line), default=None)


def _spanners(shape: Shape, head: Row | None, columns: Sequence[int]) -> list[tuple[str, ...]]:
    """Return the headings above each column, outermost first; a heading holds until the next one begins."""
    above: list[list[str]] = [[] for _ in columns]
    for row in shape.header:
        if head is None or row.line >= head.line or not any(row.cells[1:]):
            continue
        current = ""
        for position, index in enumerate(columns):
            start = columns[position - 1] + 1 if position else 1
            current = next((row.cell(at) for at in range(index, start - 1, -1) if row.cell(at)), current)
            if current:
                above[position].append(tidy_label(current))
    return [tuple(names) for names in above]


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")


def _short(text: str, most: int = 40) -> str:
    return " ".join(text.split())[:most]
