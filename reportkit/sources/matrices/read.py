"""Reading matrices: the tables of one document in, `Matrix` records and findings out.

A table becomes a matrix when exactly one spec fits it. Values are kept as printed; whatever had to be assumed (a
shifted header, a name that no alias covers, a unit that is not printed, a merged cell) is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from reportkit.base.finding import Evidence, Finding, Severity
from reportkit.base.origin import Origin, Quote
from reportkit.base.text import to_half_width
from reportkit.corpus.matrix import Axis, Cell, Matrix, MergedGroup, TotalKind
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block, Row
from reportkit.sources.matrices.cells import read_cell
from reportkit.sources.matrices.labels import is_remark
from reportkit.sources.matrices.shape import (
    Joined,
    Label,
    Shape,
    find_labels,
    join_header,
    label_key,
    names_either_total,
    row_names,
    shape_of,
    tidy_label,
    total_kind,
)
from reportkit.sources.matrices.sides import Sides, part_sides
from reportkit.sources.matrices.spec import ColumnSpec, MatrixSpec
from reportkit.sources.matrices.turned import turn
from reportkit.sources.taxonomy import find_function, spelling_key, suggest_sectors

_MIN_ROWS, _MAX_ROWS = 3, 1000  # no survey has more rows; longer tables are lists or damage
_HUNDRED = Decimal(100)
_WHOLE = 100  # percent
_MIN_VALUES = 6  # a table with fewer numbers is not worth a question about its spec
_NOTE = re.compile(r"(?:\d{1,2}[.)．]\s|注\s?\d*[.:：)）]|（注|※|note\s?:|\^\{?\*)")
_BETWEEN = ("Source", "出典", "出所", "資料", ":", "：", "■", "□")  # lines that may stand between table and notes
_QUESTION = re.compile(r"質問文?\s*[:：]?\s*")
_MULTIPLE = re.compile(r"最大(\d+)つ|(\d+)つまで")
_ALL_THAT_APPLY = re.compile(r"(?:全|すべ)て(?:お選び|選択|回答)|複数回答")


@dataclass(frozen=True, slots=True)
class MatrixReading:
    """matrices: in the order of the document. used: the blocks that became one, by the line of their first row."""

    matrices: tuple[Matrix, ...]
    findings: tuple[Finding, ...]
    used: frozenset[int]


def read_matrices(
    lines: Sequence[str], blocks: Sequence[Block], source: str, specs: Sequence[MatrixSpec], taxonomy: Taxonomy
) -> MatrixReading:
    """Read every table of a document that a spec describes. source: path for the origins."""
    matrices: list[Matrix] = []
    findings: list[Finding] = []
    used: set[int] = set()
    fitting = [spec for spec in specs if spec.meant_for(source)]
    columns = {spec.id: _column_names(spec, taxonomy) for spec in fitting}
    wanted = frozenset(key for names in columns.values() for key in names)
    for number, block in enumerate(blocks):
        if len(block.rows) > _MAX_ROWS:
            continue
        chosen: _Chosen | None = None
        doubts: list[Finding] = []
        for sides in _ways(block, taxonomy, wanted):
            shape = shape_of(sides.block, taxonomy, wanted)
            if len(sides.block.rows) < _MIN_ROWS or shape.values < _MIN_VALUES:
                continue
            spec, found = _choose(sides.block, shape, source, fitting, columns)
            if spec is not None:
                chosen, doubts = _Chosen(sides, shape, spec), found
                break
            doubts = doubts or found
        findings.extend(doubts)
        if chosen is None:
            continue
        below = _below(lines, block, blocks[number + 1 :]) if block.below is None else block.below
        matrix, more = _Table(chosen, source, taxonomy, columns[chosen.spec.id], below).read()
        findings.extend(more)
        if matrix is not None:
            matrices.append(matrix)
            used.add(block.line)
    return MatrixReading(tuple(matrices), tuple(findings), frozenset(used))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A table, its shape, and the spec that fits it."""

    sides: Sides
    shape: Shape
    spec: MatrixSpec


def _ways(block: Block, taxonomy: Taxonomy, wanted: Set[str]) -> Iterator[Sides]:
    """Yield the table as it stands, then, when its first column names columns of a spec, with its axes changed over."""

    def is_label(text: str) -> bool:
        return bool(row_names(text, taxonomy))

    yield part_sides(block, is_label, wanted)
    if sum(label_key(row.cell(0), wanted) is not None for row in block.rows if row.cell(0)) > 1:
        turned = turn(block)
        if turned is not None:
            yield part_sides(turned, is_label, wanted)


# --- which spec ------------------------------------------------------------------------------------------------------


def _column_names(spec: MatrixSpec, taxonomy: Taxonomy) -> Mapping[str, str]:
    if spec.columns_kind == "function":
        return {
            spelling_key(spelling): function.name
            for function in taxonomy.functions
            for spelling in (function.name, *function.aliases)
        }
    return {spelling_key(text): column.name for column in spec.columns for text in (column.name, *column.labels)}


def _choose(
    block: Block,
    shape: Shape,
    source: str,
    specs: Sequence[MatrixSpec],
    columns: Mapping[str, Mapping[str, str]],
) -> tuple[MatrixSpec | None, list[Finding]]:
    """Return the spec whose caption stands nearest above the table, among those that fit its shape."""
    fitting = [
        (not spec.files, distance, order, spec)
        for order, spec in enumerate(specs)
        if (distance := _distance(spec, block, shape, columns[spec.id])) is not None
    ]
    if not fitting:
        return None, _unknown(block, shape, source)
    fitting.sort(key=lambda item: item[:3])
    best = fitting[0][3]
    rivals = [item[3].id for item in fitting[1:] if item[:2] == fitting[0][:2]]
    if not rivals:
        return best, []
    finding = Finding(
        "matrix.ambiguous",
        "warning",
        f"この表には定義「{best.id}」のほか {'、'.join(rivals)} も当てはまります。「{best.id}」として読みました",
        "見出しを書き分けるか、*.matrix.toml の captions、captions_none を絞ってください",
        block.whole(source),
        subjects=(f"matrix:{best.id}",),
    )
    return best, [] if "ambiguous" in best.confirmed else [finding]


def _distance(spec: MatrixSpec, block: Block, shape: Shape, names: Mapping[str, str]) -> int | None:
    """Return how far above the table the spec's caption stands (0 = in its header), None when the spec does not fit."""
    by_name = spec.rows_kind not in {"item", "function"}
    rows = shape.named if by_name else shape.stubs
    if not spec.min_rows <= rows <= spec.max_rows or not _unit_fits(spec, block, shape):
        return None
    if spec.sheet and block.sheet and spelling_key(spec.sheet) not in spelling_key(block.sheet):
        return None
    if by_name and shape.named * 2 < shape.stubs:
        return None
    wanted = len({*names.values()})
    found = len({label.name for label in find_labels(shape, names) if label.name in names.values()})
    if found * 5 < wanted * 3:
        return None
    if spec.sheet and block.sheet and not spec.captions:
        return 0
    header = spelling_key(" ".join(text for _, _, text in shape.header_cells()))
    context = [header, *(spelling_key(text) for _, text in block.above), spelling_key(block.sheet)]
    if any(spelling_key(word) in text for word in spec.captions_none for text in context):
        return None
    for distance, text in enumerate(context):
        if any(spelling_key(word) in text for word in spec.captions):
            return distance
    # Column labels of their own identify a table as well as a caption does; the eight functions do not.
    return len(context) if spec.columns_kind == "item" and wanted > 2 and found * 5 >= wanted * 4 else None


def _unit_fits(spec: MatrixSpec, block: Block, shape: Shape) -> bool:
    """Tell whether the values carry % as the spec expects; they may lack it in files, or below a text with %."""
    if spec.prints_percent == shape.percent:
        return True
    near = [text for _, _, text in shape.header_cells()] + [text for _, text in block.above[:2]]
    stated = block.below is not None or any("%" in to_half_width(text) for text in near)
    return spec.prints_percent and stated and shape.highest <= _WHOLE


def _unknown(block: Block, shape: Shape, source: str) -> list[Finding]:
    if shape.named < 3 or shape.columns < 2:
        return []
    size = f"{shape.named}行×{shape.columns}列"
    message = f"産業別の数値の表（{size}）ですが、当てはまる定義がありません。文章の表として残しました"
    fix = (
        "`reportkit new matrix ファイル` で定義（*.matrix.toml）の下書きを作り、"
        "見出しの語（captions）と列（columns）を確かめてください"
    )
    return [Finding("matrix.unknown", "note", message, fix, block.whole(source))]


# --- text around the table -------------------------------------------------------------------------------------------


def _below(lines: Sequence[str], block: Block, later: Sequence[Block]) -> tuple[tuple[int, str], ...]:
    """Return the text lines after the table, up to the next table that has several rows of numbers."""
    end = len(lines)
    for following in later:
        if sum(any(read_cell(text).value is not None for text in row.cells[1:]) for row in following.rows) > 2:
            end = following.line - 1
            break
    return tuple(
        (number, text)
        for number, line in enumerate(lines[block.end_line : end], start=block.end_line + 1)
        if "\t" not in line and (text := line.strip())
    )


def _questions(below: Sequence[tuple[int, str]], block: Block, source: str) -> tuple[Quote, ...]:
    """Return the question: the line that starts with 質問文, and the bracketed variants under it."""
    for position, (line, text) in enumerate(below):
        plain = text.lstrip("-*> ")
        match = _QUESTION.match(plain)
        if match is None:
            continue
        quotes = []
        if rest := plain[match.end() :].strip("* "):
            quotes.append(Quote(rest, block.place(source, line)))
        for number, following in below[position + 1 :]:
            variant = following.lstrip("-*> ")
            if not variant.startswith(("(", "（")):
                break
            quotes.append(Quote(variant, block.place(source, number)))
        return tuple(quotes)
    return ()


def _notes(below: Sequence[tuple[int, str]], block: Block, source: str) -> tuple[Quote, ...]:
    """Return the notes under the table: the numbered or marked lines before running text begins."""
    notes: list[Quote] = []
    for line, text in below[:14]:
        plain = text.lstrip("-*> ")
        if _NOTE.match(plain):
            notes.append(Quote(plain, block.place(source, line)))
        elif not plain.startswith(_BETWEEN):
            break
    return tuple(notes)


def _plain(value: Decimal) -> Decimal:
    """Return the value without the trailing zeros and the exponent that a multiplication leaves."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


# --- one table -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    """A body row on its way: canonical name, label as printed, and its cells without the stub."""

    name: str
    printed: str
    row: Row
    cells: tuple[Cell, ...]

    @property
    def has_values(self) -> bool:
        return any(cell.value is not None for cell in self.cells)


class _Table:
    """One table being read with its spec; collects findings on the way."""

    def __init__(
        self,
        chosen: _Chosen,
        source: str,
        taxonomy: Taxonomy,
        names: Mapping[str, str],
        below: tuple[tuple[int, str], ...],
    ) -> None:
        self.sides, self.shape, self.spec, self.source = chosen.sides, chosen.shape, chosen.spec, source
        self.block, shape, spec = chosen.sides.block, chosen.shape, chosen.spec
        self.taxonomy, self.names, self.below = taxonomy, names, below
        self.findings: list[Finding] = []
        self.remarks: list[Quote] = []  # notes among the rows
        # Cells of a file may hold percentages without their sign, whole (24) or as fractions (0.24).
        self.percent = spec.prints_percent and shape.percent
        self.factor = _HUNDRED if spec.prints_percent and not shape.percent and shape.highest <= 1 else spec.scale
        self.origin = self.block.whole(source)

    def read(self) -> tuple[Matrix | None, list[Finding]]:
        for code, message, fix, line in self.block.doubts:
            self._add(code, "note", message, fix, origin=self._at(line) if line else None)
        joined = join_header(find_labels(self.shape, self.names), self.shape.columns)
        if joined is None:
            self._cannot_join()
            return None, self.findings
        self._report_header(joined)
        if self.shape.numeric_header:
            self._add(
                "matrix.numeric-header",
                "note",
                f"数字の並ぶ行（{joined.labels[0].text} など）を、値でなく列の見出しとして読みました",
                '元の資料で確かめ、正しければ定義に confirmed = ["numeric-header"] と書いてください',
                origin=self._at(joined.labels[0].line),
            )
        self._report_percent()
        if self.spec.suspect:
            self._add("matrix.suspect", "warning", self.spec.suspect_reason, "警告を添えずに値を引かないでください")
        lines = list(self._body())
        column_totals = self._total_row(lines)
        rows = self._distinct([line for line in lines if total_kind(line.name) is None])
        rows, merged = self._spread(rows)
        self._report_groups(rows)
        value_at = [index for index, label in enumerate(joined.labels) if total_kind(label.name) is None]
        total_at = self._total_at(joined)
        functions = [joined.labels[index] for index in value_at]
        unit_note = self._unit_note()
        questions = _questions(self.below, self.block, self.source) if self.spec.question else ()
        multiple, most = self._answers(questions)
        matrix = Matrix(
            id=self.spec.id,
            title=self.spec.title,
            rows=self._row_axis(rows),
            columns=self._column_axis(functions),
            unit=self.spec.unit,
            cells=tuple(tuple(line.cells[index] for index in value_at) for line in rows),
            origin=self.origin,
            row_totals=None if total_at is None else tuple(line.cells[total_at] for line in rows),
            column_totals=None if column_totals is None else tuple(column_totals.cells[index] for index in value_at),
            grand_total=None if column_totals is None or total_at is None else column_totals.cells[total_at],
            row_total_kind=None
            if total_at is None
            else self._kind(joined.labels[total_at].name, self.spec.row_total, joined.labels[total_at].text),
            column_total_kind=None
            if column_totals is None
            else self._kind(column_totals.name, self.spec.column_total, column_totals.printed),
            unit_note=unit_note,
            merged=merged,
            notes=(*self.remarks, *_notes(self.below, self.block, self.source), *self._remarks()),
            question=questions,
            multiple_answers=multiple,
            max_answers=most,
            suspect=self.spec.suspect,
            bases=self._bases(rows),
            exclusive=self.spec.exclusive,
            edition=self.spec.edition,
        )
        return matrix, self.findings

    def _total_row(self, lines: Sequence[_Line]) -> _Line | None:
        """Return the printed total row; of several the one that the spec expects, else the first."""
        totals = [line for line in lines if total_kind(line.name)]
        chosen = next((line for line in totals if line.name == self.spec.column_total), totals[0] if totals else None)
        for line in totals:
            if line is not chosen:
                self._second_total(line.printed, "行", self._at(line.row.line, 0))
        return chosen

    def _total_at(self, joined: Joined) -> int | None:
        """Return which value column holds the printed totals; of several the one that the spec expects."""
        totals = [index for index, label in enumerate(joined.labels) if total_kind(label.name)]
        expected = [index for index in totals if joined.labels[index].name == self.spec.row_total]
        chosen = next(iter(expected or totals), None)
        for index in totals:
            if index != chosen:
                label = joined.labels[index]
                self._second_total(label.text, "列", self._at(label.line, label.index))
        return chosen

    def _second_total(self, label: str, what: str, origin: Origin) -> None:
        self._add(
            "matrix.second-total",
            "note",
            f"合計や平均の{what}が二つ以上あります。「{tidy_label(label)}」の{what}は使いません",
            f"使う{what}を定義の {'column_total' if what == '行' else 'row_total'} に書いてください",
            origin=origin,
        )

    def _kind(self, label: str, expected: TotalKind | str, printed: str) -> TotalKind:
        kind = total_kind(label) or "合計"
        if names_either_total(printed):
            return "平均" if expected == "平均" or (not expected and self.spec.unit == "%") else "合計"
        if expected and kind != expected:
            self._add(
                "matrix.total-kind",
                "note",
                f"「{expected}」のはずの欄の見出しが「{label}」です。印刷どおり「{kind}」として読みました",
                "元の資料で見出しを確かめてください",
            )
        return kind

    def _at(self, line: int, index: int | None = None) -> Origin:
        return self.block.place(self.source, line, index)

    def _remarks(self) -> Iterator[Quote]:
        for line, index, text in self.block.remarks:
            yield Quote(text, self._at(line, index))

    # --- header

    def _cannot_join(self) -> None:
        labels = find_labels(self.shape, self.names)
        self._add(
            "matrix.shape",
            "error",
            f"見出し{len(labels)}個と値の列{self.shape.columns}個が対応しないため、この表は行列として読めません",
            "見出しの行と値の列の数をそろえるか、*.matrix.toml の列の定義を直してください",
            evidence=(Evidence("見出し", "、".join(tidy_label(label.text) for label in labels)),),
        )

    def _report_header(self, joined: Joined) -> None:
        expected = len({*self.names.values()})
        columns = [label for label in joined.labels if total_kind(label.name) is None]
        if joined.shifted:
            first, last = joined.labels[0], joined.labels[-1]
            count = max(label.index for label in joined.labels)
            self._add(
                "matrix.header-shift",
                "warning",
                f"見出しの行が値の列とずれています（見出しは{count}列目まで、値は{self.shape.columns}列）。"
                "見出しを順に値へ対応させて読みました",
                "元の資料で列の対応を確かめてください",
                origin=self._at(first.line),
                evidence=(Evidence("最初の見出し", first.text), Evidence("最後の見出し", last.text)),
            )
        if joined.extra:
            names = "、".join(tidy_label(label.text) for label in joined.extra)
            self._add(
                "matrix.header-noise",
                "note",
                f"値のない見出しが{len(joined.extra)}個あります（{names}）。読み飛ばしました",
                "元の資料で見出しを確かめてください",
                origin=self._at(joined.extra[0].line, joined.extra[0].index),
            )
        if len(columns) < expected:
            missing = [name for name in dict.fromkeys(self.names.values()) if name not in {c.name for c in columns}]
            self._add(
                "matrix.column-missing",
                "warning",
                f"定義にある列が表にありません：{'、'.join(missing)}",
                "元の資料で列を確かめてください",
            )

    def _report_percent(self) -> None:
        """Tell that percentages stand without their sign, and how they were read."""
        if not self.spec.prints_percent or self.shape.percent:
            return
        if self.factor == _HUNDRED:
            self._add(
                "matrix.percent-sign",
                "warning",
                "値に % の印がなく、すべて 1 以下のため、割合（0.24 = 24%）とみて100倍しました",
                '割合なら定義に confirmed = ["percent-sign"] と書き、百分率なら元の値を直してください',
            )
            return
        self._add(
            "matrix.percent-sign",
            "note",
            "値に % の印がありません。定義の単位に従い、百分率（24 = 24%）として読みました",
            '元の資料で単位を確かめ、正しければ定義に confirmed = ["percent-sign"] と書いてください',
        )

    def _column_axis(self, labels: Sequence[Label]) -> Axis:
        specs = {column.name: column for column in self.spec.columns}
        short = tuple(self._short(label.name, specs.get(label.name)) for label in labels)
        spanners = tuple(specs[label.name].spanners if label.name in specs else () for label in labels)
        if any(spanners):
            self._check_spanners(labels, spanners)
        return Axis(
            kind=self.spec.columns_kind,
            labels=tuple(label.name for label in labels),
            printed=tuple(label.text for label in labels),
            origins=tuple(self._at(label.line, label.index) for label in labels),
            spanners=spanners if any(spanners) else (),
            short=short if any(short) else (),
        )

    def _short(self, name: str, column: ColumnSpec | None) -> str:
        if column is not None:
            return column.short or column.name
        function = find_function(self.taxonomy, name)
        return function.short if function else name

    def _check_spanners(self, labels: Sequence[Label], spanners: Sequence[tuple[str, ...]]) -> None:
        """Compare where the headings above the columns are printed with the columns that the spec gives them to."""
        depth = max(len(levels) for levels in spanners)
        shifted: list[Evidence] = []
        for level in range(depth):
            wanted = [
                (labels[index].index, levels[level])
                for index, levels in enumerate(spanners)
                if level < len(levels) and (index == 0 or spanners[index - 1][: level + 1] != levels[: level + 1])
            ]
            keys = [spelling_key(name) for _, name in wanted]
            for row in self.shape.header:
                if any(row.line == label.line for label in labels):
                    continue
                printed = [(index, text) for index, text in enumerate(row.cells) if text]
                if sum(spelling_key(text) in keys for _, text in printed) * 2 <= len(printed):
                    continue
                if [index for index, _ in printed] != [index for index, _ in wanted]:
                    places = "、".join(f"{text}（{index}列目）" for index, text in printed)
                    shifted.append(Evidence("印刷の位置", places, self._at(row.line)))
                break
        if shifted:
            self._add(
                "matrix.spanner-shift",
                "note",
                "列の上の大見出しが、印刷では列とずれています。意味の上で当てはまる列に対応させて読みました",
                "大見出しと列の対応を元の資料で確かめてください",
                evidence=tuple(shifted),
            )

    # --- body

    def _body(self) -> Iterator[_Line]:
        for row in self.shape.body:
            if self._is_no_row(row):
                continue
            printed = tidy_label(row.cell(0))
            cells = tuple(self._cells(row))
            kind = total_kind(printed)
            names = (kind,) if kind else self._names(row, printed)
            for name in names:
                yield _Line(name, row.cell(0), row, cells)

    def _is_no_row(self, row: Row) -> bool:
        """Tell whether a line among the rows is a note, a source line, or the headings once more (after a page)."""
        filled = [text for text in row.cells[1:] if text]
        if any(read_cell(text).value is not None for text in filled):
            return False
        if is_remark(row.cell(0)):
            self.remarks.append(Quote(" ".join((row.cell(0), *filled)), self._at(row.line)))
            return True
        return len(filled) > 1 and sum(label_key(text, self.names) is not None for text in filled) * 2 > len(filled)

    def _names(self, row: Row, printed: str) -> tuple[str, ...]:
        origin = self._at(row.line, 0)
        if self.spec.rows_kind == "item":
            return (printed,)
        if self.spec.rows_kind == "function":
            function = find_function(self.taxonomy, printed)
            return (function.name if function else printed,)
        names = row_names(row.cell(0), self.taxonomy)
        if len(names) > 1:
            self._add(
                "matrix.glued-rows",
                "note",
                f"一つの欄に{len(names)}つの産業名が入っています（{row.cell(0)}）。"
                f"{'、'.join(names)} の行に分けて読みました",
                "元の資料で行の分かれ目を確かめてください",
                origin=origin,
            )
        if names:
            return names
        near = suggest_sectors(self.taxonomy, printed)
        label = printed or "（空欄）"
        self._add(
            "matrix.unknown-row",
            "warning",
            f"産業名「{label}」は分類にありません。読み違いかもしれないため、印刷どおりの名前で残しました",
            f"taxonomy.toml の aliases に加えてください（近い名前：{'、'.join(near) or 'なし'}）",
            origin=origin,
        )
        return (label,)

    def _cells(self, row: Row) -> Iterator[Cell]:
        for index in range(1, self.shape.columns + 1):
            text = row.cell(index)
            origin = self._at(row.line, index)
            reading = read_cell(text)
            problem = ""
            if not reading.readable:
                problem = f"「{text[:40]}」は数値として読めません。値なしとして扱います"
            elif (reading.unit == "%") != self.percent and reading.value is not None:
                problem = f"「{text[:40]}」の単位が表の単位（{self.spec.unit}）と合いません。値なしとして扱います"
            elif reading.rank is not None and not self.spec.ranks:
                problem = f"「{text[:40]}」は二つの数に見え、値を決められません。値なしとして扱います"
            if problem:
                fix = "元の資料でこの欄の値を確かめて直してください"
                self._add("matrix.cell", "error", problem, fix, origin=origin)
                reading = replace(reading, value=None, rank=None, mark="")
            yield Cell(
                value=None if reading.value is None else self._scaled(reading.value),
                raw=text,
                origin=origin,
                imputed=bool(self.spec.imputed_mark) and reading.mark == self.spec.imputed_mark,
                rank=reading.rank,
            )
        beyond = [text for text in row.cells[self.shape.columns + 1 :] if text]
        if beyond:
            self._add(
                "matrix.cell",
                "error",
                f"列の数を超える値があります（{'、'.join(beyond)[:60]}）。この行の値は列がずれている恐れがあります",
                "元の資料でこの行を確かめて直してください",
                origin=self._at(row.line),
            )

    def _scaled(self, value: Decimal) -> Decimal:
        return value if self.factor == 1 else _plain(value * self.factor)

    def _distinct(self, lines: list[_Line]) -> list[_Line]:
        kept: dict[str, _Line] = {}
        for line in lines:
            first = kept.setdefault(line.name, line)
            if first is not line:
                self._add(
                    "matrix.duplicate-row",
                    "warning",
                    f"「{line.name}」の行が二度あります。初めの行だけを使います",
                    "余分な行を消すか、名前を直してください",
                    origin=self._at(line.row.line),
                    evidence=(Evidence("初めの行", first.row.cell(1), self._at(first.row.line)),),
                )
        return list(kept.values())

    def _spread(self, lines: list[_Line]) -> tuple[list[_Line], tuple[MergedGroup, ...]]:
        """Give the rows of a merged group the values of the one row that prints them."""
        merged = self._fill_spans(lines)
        by_name = {line.name: line for line in lines}
        for group in self.spec.merged:
            members = [by_name[name] for name in group if name in by_name]
            printed = [line for line in members if line.has_values]
            empty = [line for line in members if not line.has_values]
            if len(printed) != 1 or not empty:
                continue
            source = printed[0]
            for line in empty:
                line.cells = tuple(replace(cell, spread=True) for cell in source.cells)
            merged.append(self._group(members, source))
        for line in lines:
            if not line.has_values:
                self._add(
                    "matrix.empty-row",
                    "warning",
                    f"「{line.name}」の行に値がありません",
                    "値が別の行にまとめて印刷されているなら、*.matrix.toml の merged に書いてください",
                    origin=self._at(line.row.line),
                    subjects=(f"sector:{line.name}",),
                )
        return lines, tuple(merged)

    def _group(self, members: Sequence[_Line], source: _Line) -> MergedGroup:
        names = tuple(line.name for line in members)
        self._add(
            "matrix.spread",
            "note",
            f"{'、'.join(names)} は結合された一つの欄で、値は「{source.name}」の行に印刷されています。"
            "同じ値を各行に当てました",
            "産業ごとの違いを述べるときは、共通の値であることに注意してください",
            origin=self._at(source.row.line),
            subjects=tuple(f"sector:{name}" for name in names),
        )
        return MergedGroup(names, source.name)

    def _fill_spans(self, lines: Sequence[_Line]) -> list[MergedGroup]:
        """Give the rows of a cell merged over several rows the value that stands in its first row."""
        by_line = {line.row.line: line for line in reversed(lines)}
        whole: dict[tuple[int, int], set[int]] = {}
        for span in self.block.spans:
            top = by_line.get(span.line)
            if top is None or not 1 <= span.index <= self.shape.columns:
                continue
            if span.end_index > span.index:
                self._add(
                    "matrix.merged-columns",
                    "warning",
                    f"{span.end_index - span.index + 1}列にまたがる結合された欄があります。値は左の列だけに当てました",
                    "元の資料で、この値がどの列のものかを確かめてください",
                    origin=self._at(span.line, span.index),
                )
                continue
            below = [line for line in lines if span.line < line.row.line <= span.end_line]
            for line in below:
                cell = replace(top.cells[span.index - 1], spread=True)
                line.cells = (*line.cells[: span.index - 1], cell, *line.cells[span.index :])
            if below:
                whole.setdefault((span.line, span.end_line), set()).add(span.index)
        groups = []
        for (first, last), indices in sorted(whole.items()):
            members = [line for line in lines if first <= line.row.line <= last]
            if len(indices) == self.shape.columns:
                groups.append(self._group(members, by_line[first]))
                continue
            names = "、".join(line.name for line in members)
            self._add(
                "matrix.spread",
                "note",
                f"{names} の行は、一部の列（{len(indices)}列）だけが結合されています。"
                "結合された欄は同じ値を各行に当てました",
                "元の資料で結合の範囲を確かめてください",
                origin=self._at(first),
            )
        return groups

    def _report_groups(self, lines: Sequence[_Line]) -> None:
        """Tell when a group stands beside one of its members: then it is only the rest of the group."""
        names = {line.name for line in lines}
        for line in lines:
            sector = self.taxonomy.sector(line.name)
            beside = [member for member in (sector.members if sector else ()) if member in names]
            if beside:
                self._add(
                    "matrix.partial-group",
                    "note",
                    f"「{line.name}」の行は「{'、'.join(beside)}」の行と並んでいるため、それを除いた残りと読めます",
                    f"{line.name}全体の値として使わないでください",
                    origin=self._at(line.row.line, 0),
                    subjects=(f"sector:{line.name}",),
                )

    def _row_axis(self, lines: Sequence[_Line]) -> Axis:
        return Axis(
            kind=self.spec.rows_kind,
            labels=tuple(line.name for line in lines),
            printed=tuple(line.printed for line in lines),
            origins=tuple(self._at(line.row.line, 0) for line in lines),
        )

    def _bases(self, lines: Sequence[_Line]) -> tuple[Cell | None, ...]:
        """Return the numbers of respondents that stand in a column of the table itself, () when it has none."""
        if not self.sides.bases or self.sides.original is None:
            return ()
        return tuple(self._base(line.row.line) for line in lines)

    def _base(self, line: int) -> Cell | None:
        found = self.sides.bases.get(line)
        if found is None or self.sides.original is None:
            return None
        index, text = found
        value = read_cell(re.sub(r"^\s*[nN]\s*[=＝]\s*", "", text)).value
        return None if value is None else Cell(value, text, self.sides.original.place(self.source, line, index))

    # --- around

    def _unit_note(self) -> str:
        if self.spec.unit == "%" or not self.spec.unit_note:
            return ""
        near = [text for _, _, text in self.shape.header_cells()] + [text for _, text in self.block.above]
        words = [spelling_key(word) for word in self.spec.unit_words]
        if any(word in spelling_key(text) for word in words for text in near):
            return ""
        fix = "元の資料で単位を確かめてください"
        self._add("matrix.unit", "note", self.spec.unit_note, fix, origin=self.origin)
        return self.spec.unit_note

    def _answers(self, questions: Sequence[Quote]) -> tuple[bool, int | None]:
        texts = [to_half_width(quote.text) for quote in questions] + [
            to_half_width(text) for _, text in self.block.above[:6]
        ]
        for text in texts:
            if match := _MULTIPLE.search(text):
                return True, int(match[1] or match[2])
        return any(_ALL_THAT_APPLY.search(text) for text in texts[: len(questions) or None]), None

    def _add(
        self,
        code: str,
        severity: Severity,
        message: str,
        fix: str,
        *,
        origin: Origin | None = None,
        evidence: tuple[Evidence, ...] = (),
        subjects: tuple[str, ...] = (),
    ) -> None:
        if code.removeprefix("matrix.") in self.spec.confirmed:
            return  # the user has looked at the source and said that this reading is right
        subject = f"matrix:{self.spec.id}"
        text = f"行列「{self.spec.id}」：{message}"
        self.findings.append(Finding(code, severity, text, fix, origin or self.origin, evidence, (subject, *subjects)))
