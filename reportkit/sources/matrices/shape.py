"""The shape of a table that may be a matrix: which rows are headings, which hold values, which columns carry what.

In: a `Block` and the taxonomy. Out: `Shape`; `join_header` lays the printed column labels over the value columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from reportkit.base.text import to_half_width
from reportkit.corpus.matrix import TotalKind
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block, Row
from reportkit.sources.matrices.cells import read_cell
from reportkit.sources.matrices.labels import bare_label
from reportkit.sources.taxonomy import find_row, spelling_key

_BLANKS = re.compile(r"\s+")
_MOST_HEADINGS = 15  # rows above the body
_YEAR = re.compile(r"(?:19|20)\d\d")
_LINE_BREAK = re.compile(r"<br\s*/?>|\*\*", re.IGNORECASE)  # what Markdown tables put into long labels
_LONGEST_TOTAL = 40
_LONGEST_STUB = 120  # several glued names; longer text is a sentence
_BASE = re.compile(r"\s*[(\[]?\s*[nN]\s*=\s*(?P<count>\d{1,3}(?:,\d{3})+|\d{1,9})\s*[人名社]?\s*[)\]]?\s*$")
_TOTALS: Mapping[str, TotalKind] = {
    "合計": "合計",
    "合計値": "合計",
    "計": "合計",
    "総計": "合計",
    "平均": "平均",
    "平均値": "平均",
    "全体平均": "平均",
    "総数": "合計",
    "総合計": "合計",
    "全産業計": "合計",
    "全産業合計": "合計",
    "total": "合計",
    "全産業平均": "平均",
    "average": "平均",
    "全体": "平均",
    "全産業": "平均",
    "全業種": "平均",
}
_EITHER = frozenset({"全体", "全産業", "全業種"})  # say that all are meant, but not whether added up or averaged


def tidy_label(text: str) -> str:
    """Return a label with single blanks, half-width ASCII, and no blank after a separator (`製造・ 加工`)."""
    plain = _BLANKS.sub(" ", to_half_width(text)).strip()
    return re.sub(r"(?<=[・/]) (?=\S)", "", plain)


def total_kind(text: str) -> TotalKind | None:
    """Return `合計` or `平均` when the label names a total, else None."""
    if len(text) > _LONGEST_TOTAL:
        return None
    return _TOTALS.get(spelling_key(without_base(text))) or _TOTALS.get(spelling_key(bare_label(text)))


def names_either_total(text: str) -> bool:
    """Tell whether a label names the total row without saying whether it is a sum or an average (`全体`)."""
    return spelling_key(without_base(text)) in _EITHER


def without_base(label: str) -> str:
    """Return a row label without the respondents printed behind it: `製造業（n=473）` is 製造業."""
    return _BASE.sub("", to_half_width(label)) if printed_base(label) is not None else label


def printed_base(label: str) -> int | None:
    """Return the respondents printed behind a row label, None when there are none."""
    found = _BASE.search(to_half_width(label)) if "=" in label or "＝" in label else None
    return int(found["count"].replace(",", "")) if found else None


def row_names(label: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the canonical rows that a stub names: one, several when a cell holds glued names, () when unknown.

    >>> from reportkit.sources.taxonomy import built_in_taxonomy
    >>> row_names("エネルギー 農林水産・ 鉱石砂利", built_in_taxonomy())
    ('エネルギー', '農林水産・鉱石砂利')
    """
    if len(label) > _LONGEST_STUB:
        return ()
    label = without_base(label)
    row = find_row(taxonomy, label)
    if row is not None:
        return (row.name,)
    words = _BLANKS.split(to_half_width(label).strip())
    for cut in range(1, len(words)):
        first = find_row(taxonomy, " ".join(words[:cut]))
        if first is None:
            continue
        rest = row_names(" ".join(words[cut:]), taxonomy)
        if rest:
            return (first.name, *rest)
    bare = bare_label(label)
    return row_names(bare, taxonomy) if len(bare) < len(label.strip()) else ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A table split into header rows and body rows.

    columns: how many value columns the body has; values: how many readable values; percent: most of them carry %.
    highest: the largest value. numeric_header: the labels of the columns are numbers themselves (years).
    stubs: how many body rows are no totals; named: how many known rows these stubs name (glued names count each).
    """

    header: tuple[Row, ...]
    body: tuple[Row, ...]
    columns: int
    percent: bool
    values: int
    stubs: int
    named: int
    highest: Decimal = Decimal(0)
    numeric_header: bool = False

    def header_cells(self) -> tuple[tuple[int, int, str], ...]:
        """Return the non-empty header cells as (line, index, text)."""
        return tuple((row.line, index, text) for row in self.header for index, text in enumerate(row.cells) if text)


def shape_of(block: Block, taxonomy: Taxonomy, wanted: Set[str] = frozenset()) -> Shape:
    """Return the header and body of a table; the body starts at the first row that has values or a known name.

    wanted: spelling keys of column names; what stands above a row of these is no body, and a first row of numbers that
    are among them, or of years, is a header.
    """
    start = len(block.rows)
    numeric_header = False
    first = _first_heading(block, taxonomy, wanted)
    for index, row in enumerate(block.rows):
        stub = row.cell(0)
        if not numeric_header and index + 1 < len(block.rows) and _names_numbers(row, taxonomy, wanted):
            numeric_header = True
            continue
        if index > first and stub and (_values(row) or _is_stub(row, taxonomy)):
            start = index
            break
    body = block.rows[start:]
    values = percents = 0
    highest = Decimal(0)
    widths: Counter[int] = Counter()
    for row in body:
        width = 0
        for index, text in enumerate(row.cells[1:], start=1):
            if text:
                width = index
            if text and (reading := read_cell(text)).value is not None:
                values += 1
                percents += reading.unit == "%"
                highest = max(highest, reading.value)
        if width:
            widths[width] += 1
    # The width that most rows have: one row that runs over must not shift the whole table.
    columns = max(widths, key=lambda width: (widths[width], width), default=0)
    stubs = [row.cell(0) for row in body if total_kind(row.cell(0)) is None]
    named = sum(len(row_names(stub, taxonomy)) for stub in stubs) if values else 0
    percent = percents * 2 > values
    return Shape(block.rows[:start], body, columns, percent, values, len(stubs), named, highest, numeric_header)


def _first_heading(block: Block, taxonomy: Taxonomy, wanted: Set[str]) -> int:
    """Return the index of the row that names columns when only other lines stand above it (date, author), else -1."""
    for index, row in enumerate(block.rows[:_MOST_HEADINGS]):
        texts = [text for text in row.cells[1:] if text]
        if len(texts) > 1 and sum(label_key(text, wanted) is not None for text in texts) * 2 > len(texts):
            return index
        if _values(row) and row_names(row.cell(0), taxonomy):
            return -1
    return -1


def label_key(text: str, wanted: Container[str]) -> str | None:
    """Return the spelling key of a column label that is wanted: as printed, or without numbering and unit; or None."""
    plain = _LINE_BREAK.sub("", text)
    for form in (plain, bare_label(plain)):
        if (key := spelling_key(form)) in wanted:
            return key
    return None


def _names_numbers(row: Row, taxonomy: Taxonomy, wanted: Set[str]) -> bool:
    """Tell whether a row with numbers names columns: years in order, or numbers that a spec has as column names."""
    texts = [to_half_width(text).strip() for text in row.cells[1:] if text]
    if len(texts) < 2 or len(set(texts)) < len(texts) or row_names(row.cell(0), taxonomy) or total_kind(row.cell(0)):
        return False
    names = [text for text in texts if total_kind(text) is None]
    numbers = [text for text in names if read_cell(text).value is not None]
    if wanted and len(numbers) > 1 and all(spelling_key(text) in wanted for text in names):
        return True
    years = [text for text in names if _YEAR.fullmatch(text)]
    return len(years) == len(names) > 1 and names in (sorted(names), sorted(names, reverse=True))


def _values(row: Row) -> bool:
    return any(read_cell(text).value is not None for text in row.cells[1:] if text)


def _is_stub(row: Row, taxonomy: Taxonomy) -> bool:
    """Tell whether a row without values is a row of the body: a known name, and nothing beside it."""
    return not any(row.cells[1:]) and bool(row_names(row.cell(0), taxonomy))


@dataclass(frozen=True, slots=True)
class Label:
    """A printed column label with its place and the canonical column, or the kind of total, that it names."""

    line: int
    index: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Joined:
    """labels: one for each value column. shifted: they stand over other columns than their values. extra: left over."""

    labels: tuple[Label, ...]
    shifted: bool
    extra: tuple[Label, ...] = ()


def find_labels(shape: Shape, names: Mapping[str, str]) -> tuple[Label, ...]:
    """Return the header cells that name a column (by spelling key) or a total, in order of their position."""
    found = []
    for line, index, text in shape.header_cells():
        key = label_key(text, names)
        name = names[key] if key is not None else total_kind(text)
        if name:
            found.append(Label(line, index, text, name))
    taken = {label.index for label in found}
    found += [label for label in _labels_over_lines(shape, names) if label.index not in taken]
    return tuple(sorted(found, key=lambda label: (label.index, label.line)))


def _labels_over_lines(shape: Shape, names: Mapping[str, str]) -> Iterator[Label]:
    """Yield labels that are written over two or three header lines, one below the other in the same column."""
    for upper in range(len(shape.header)):
        for count in (2, 3):
            rows = shape.header[upper : upper + count]
            for index in range(1, shape.columns + 1):
                parts = [row.cell(index) for row in rows]
                if len(rows) == count and all(parts) and (key := label_key("".join(parts), names)) is not None:
                    yield Label(rows[-1].line, index, "".join(parts), names[key])


def join_header(labels: Sequence[Label], columns: int) -> Joined | None:
    """Lay the labels over `columns` value columns (cells 1..columns); None when they do not fit.

    Labels that repeat a column, and labels beyond the values, are noise. When the remaining labels are as many as the
    values but stand elsewhere, they are joined in order.
    """
    last_line: dict[str, Label] = {}
    extra: list[Label] = []
    for label in labels:
        if label.name in last_line:
            # A heading above a column may have the column's own name; the lower one is the column.
            upper = last_line[label.name]
            if label.line > upper.line and label.index <= columns:
                last_line[label.name] = label
                extra.append(upper)
                continue
            extra.append(label)
            continue
        last_line[label.name] = label
    kept = sorted(last_line.values(), key=lambda label: label.index)
    if len(kept) != columns:
        return None
    shifted = [label.index for label in kept] != list(range(1, columns + 1))
    return Joined(tuple(kept), shifted, tuple(label for label in extra if label.line == kept[-1].line))
