"""Text tables of a report: typed records where their headings are known, `TextTable`s for everything else.

In: the lines and tables of a document. Out: `TableReading`. `_READERS` is the visible list of known tables; each is
recognised by the words of its heading row, never by its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin, Quote
from reportkit.base.text import to_half_width
from reportkit.corpus.matrix import Matrix
from reportkit.corpus.survey import (
    FieldEvaluation,
    FieldResource,
    NationalProject,
    PromisingField,
    SurveyDesign,
    TextTable,
    UseCase,
)
from reportkit.corpus.taxonomy import Taxonomy
from reportkit.sources.blocks import Block, Row
from reportkit.sources.fields import FieldName, find_industries, read_field, winning_field
from reportkit.sources.markup import cell_items, clean_cell, plain_cell, plain_label
from reportkit.sources.taxonomy import find_country, find_function, spelling_key
from reportkit.sources.use_case_heads import use_case_columns

_BULLET = re.compile(r"^[-*・•]\s+")
_NUMBERED = re.compile(r"^[-*・•]\s+(\d{1,2})[.．)]?\s+(?P<name>.+)$")
_LEGEND = re.compile(r"^(?:[■□●○◎✓✗:：?]|Source|出典|出所|Illustrative|次頁|<|\()")
_MARK = re.compile(r"^(?P<mark>[◎○△✗×▲-])\s*(?P<remark>.*)$")
_PAGE_TITLE = re.compile(r"(?:サマリー|のユースケース)$")
_DATA_HEADING = re.compile(r"^モデル構築に必要な(?:学習データ|データ)")
_FURNITURE = re.compile(r"^(?:-?\s*[⑤-⑨5-9]\s*(?:必要なリソース|リソース)|\(\d\)|<PAGE|\d{1,3}$)")
_ACROSS = frozenset(map(spelling_key, ("全産業", "全業種", "共通", "産業共通", "業界共通", "全般", "-", "")))
_PARTING = re.compile("[、,]")
_OUTSIDE_BRACKETS = re.compile(r"[、,](?![^(（]*[)）])")


@dataclass(slots=True)
class TableReading:
    """What the text tables of one report said."""

    use_cases: list[UseCase] = field(default_factory=list)
    promising_fields: list[PromisingField] = field(default_factory=list)
    field_evaluations: list[FieldEvaluation] = field(default_factory=list)
    field_resources: list[FieldResource] = field(default_factory=list)
    national_projects: list[NationalProject] = field(default_factory=list)
    survey_design: SurveyDesign | None = None
    text_tables: list[TextTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_tables(
    lines: Sequence[str],
    blocks: Sequence[Block],
    used: frozenset[int],
    matrices: Sequence[Matrix],
    source: str,
    taxonomy: Taxonomy,
) -> TableReading:
    """Read every table that is no matrix. used: the first lines of the tables that became matrices."""
    reader = _Reader(lines, source, taxonomy, blocks[0].sheet if blocks else "")
    for block in blocks:
        if block.line not in used:
            for part in _parts(block):
                reader.read(part)
    reader.read_listed_use_cases()
    impact = next((matrix for matrix in matrices if matrix.id == "impact"), None)
    if impact is not None:
        reader.read_promising_fields(impact.origin.end_line)
    reader.finish_evaluations()
    reader.found.use_cases.sort(key=lambda case: case.origin.line)
    return reader.found


def _parts(block: Block) -> tuple[Block, ...]:
    """Part a block in which a second table follows without a blank line; its heading repeats the first stub."""
    stub = block.rows[0].cell(0)
    starts = [0]
    if stub:
        starts += [index for index, row in enumerate(block.rows[1:], start=1) if row.cell(0) == stub]
    ends = [*starts[1:], len(block.rows)]
    return tuple(replace(block, rows=block.rows[start:end]) for start, end in zip(starts, ends, strict=True))


class _Reader:
    """The text tables of one report being read."""

    def __init__(self, lines: Sequence[str], source: str, taxonomy: Taxonomy, sheet: str = "") -> None:
        self.lines, self.source, self.taxonomy, self.sheet = lines, source, taxonomy, sheet
        self.found = TableReading()
        self.titles = self._page_titles()
        self.evaluated = 0

    def read(self, block: Block) -> None:
        """Read one table: with the first known reader whose heading words it has, else as a text table."""
        heading = spelling_key(" ".join(text for row in block.rows[:2] for text in row.cells if len(text) < 60))
        stubs = {spelling_key(row.cell(0)) for row in block.rows}
        if (columns := use_case_columns(block.rows[0].cells)) is not None:
            self.use_case_list(block, columns)
            return
        for words, in_stub, read in _READERS:
            if all(spelling_key(word) in (stubs if in_stub else heading) for word in words):
                read(self, block)
                return
        self._text_table(block)

    # --- where we are

    def _page_titles(self) -> tuple[tuple[int, FieldName], ...]:
        titles = []
        for number, line in enumerate(self.lines, start=1):
            text = line.strip().lstrip("#* ")
            if len(text) < 60 and _PAGE_TITLE.search(text) and (known := winning_field(text)) is not None:
                titles.append((number, known))
        return tuple(titles)

    def _field_at(self, line: int) -> FieldName | None:
        """Return the winning field of the last page title above a line."""
        return next((known for number, known in reversed(self.titles) if number < line), None)

    # --- use cases

    def use_case_list(self, block: Block, columns: Mapping[str, int]) -> None:
        """Read a list of use cases: name, industry and function, and as far as given category, content, impact, data.

        An empty cell of a category repeats the one above. Industries and functions that nothing knows are a finding.
        """

        def text(row: Row, what: str) -> str:
            return row.cell(columns[what]) if what in columns else ""

        category = ""
        unknown: list[str] = []
        for row in block.rows[1:]:
            if not text(row, "name"):
                continue
            category = plain_label(text(row, "category")) or category
            industry, function = plain_label(text(row, "industry")), plain_label(text(row, "function"))
            found = find_function(self.taxonomy, function)
            sectors = find_industries(industry, self.taxonomy)
            unknown += [industry] if industry and not sectors else []
            self.found.use_cases.append(
                UseCase(
                    name=plain_label(text(row, "name")),
                    origin=block.place(self.source, row.line),
                    category=category,
                    sectors=sectors,
                    sector_raw=industry,
                    function=found.name if found else None,
                    function_raw=function,
                    summary=plain_cell(text(row, "summary")),
                    impact=_stated(text(row, "impact")),
                    data=cell_items(text(row, "data")),
                )
            )
        self._unknown_industries(block, unknown)

    def _unknown_industries(self, block: Block, names: Sequence[str]) -> None:
        """Report the industries of use cases that no sector has; such use cases stand in no briefing."""
        strange = [name for name in dict.fromkeys(names) if spelling_key(name) not in _ACROSS]
        if strange:
            listed = "、".join(f"「{name}」" for name in strange[:8])
            self.found.findings.append(
                Finding(
                    "use-case.unknown-industry",
                    "note",
                    f"ユースケースの表の産業 {listed} は分類にないため、業界別の報告書に載りません",
                    "taxonomy.toml の aliases に加えてください",
                    block.whole(self.source),
                )
            )

    def required_data(self, block: Block) -> None:
        """Read the use cases of one winning field with the data that each of them needs."""
        known = self._field_at(block.line) or _field_named(block)
        if known is None:
            self._text_table(block)
            return
        cases = [self._needing(row, known, block) for row in block.rows[1:]]
        category = ""
        for index, case in enumerate(cases):
            category = case.category or category
            cases[index] = replace(case, category=category)
        filled = _merge_data(cases, whole_category=known.merged_data)
        merged = [after.name for before, after in zip(cases, filled, strict=True) if before.data != after.data]
        if merged:
            self.found.findings.append(
                Finding(
                    "use-case.merged-data",
                    "note",
                    f"「{known.name}」の必要データの表では、{'、'.join(merged)} の欄が結合されています。"
                    "同じ段階の行と共通のデータとして読みました",
                    "元の資料で、結合された欄がどの行に当たるかを確かめてください",
                    block.whole(self.source),
                    subjects=tuple(f"sector:{sector}" for sector in known.sectors),
                )
            )
        self.found.use_cases.extend(filled)

    def _needing(self, row: Row, known: FieldName, block: Block) -> UseCase:
        cells = list(row.cells)
        while len(cells) > 3 and not cells[-1]:
            cells.pop()
        three = len(row.cells) == 3 and (not cells[2] or "<" in cells[2])
        name = cells[1] if len(cells) > 1 else cells[0]
        summary = "" if three or len(cells) < 3 else cells[2]
        data = cells[2] if three else (cells[3] if len(cells) > 3 else "")
        return UseCase(
            name=plain_label(name),
            origin=block.place(self.source, row.line),
            category=plain_label(cells[0]),
            sectors=known.sectors,
            sector_raw=known.name,
            function=known.function,
            summary=plain_cell(summary),
            field=known.name,
            data=cell_items(data),
        )

    def read_listed_use_cases(self) -> None:
        """Read the use cases that a page lists as name, sentence, bullets of data instead of a table."""
        known_names = {spelling_key(case.name) for case in self.found.use_cases}
        number = 0
        while number < len(self.lines):
            number += 1
            if not _DATA_HEADING.match(self.lines[number - 1].strip()):
                continue
            known = self._field_at(number)
            if known is None:
                continue
            cases = self._listed(number, known)
            cases += self._only_in_overview(cases, known)
            for case in cases:
                key = spelling_key(case.name)
                if key not in known_names:
                    known_names.add(key)
                    self.found.use_cases.append(case)

    def _listed(self, start: int, known: FieldName) -> list[UseCase]:
        """Read from the line after `start` to the next page: name, summary, `- data` lines."""
        pieces: list[tuple[int, str]] = []
        for number in range(start + 1, len(self.lines) + 1):
            text = self.lines[number - 1].strip()
            if _FURNITURE.match(text) or "\t" in text or text.startswith("#") or _PAGE_TITLE.search(text):
                break
            if text:
                pieces.append((number, text))
        overview = self._overview(known)
        cases: list[UseCase] = []
        index = 0
        while index + 1 < len(pieces):
            (line, name), (_, summary) = pieces[index], pieces[index + 1]
            if _BULLET.match(name) or _BULLET.match(summary) or len(summary) <= len(name):
                index += 1
                continue
            data: list[str] = []
            index += 2
            while index < len(pieces) and (_BULLET.match(pieces[index][1]) or pieces[index][1][0] in "(（"):
                text = pieces[index][1]
                if _BULLET.match(text):
                    data.append(_BULLET.sub("", text))
                elif data:
                    data[-1] += text
                index += 1
            cases.append(
                UseCase(
                    name=plain_label(name),
                    origin=Origin(self.source, line, sheet=self.sheet),
                    category=overview[spelling_key(name)].category if spelling_key(name) in overview else "",
                    sectors=known.sectors,
                    sector_raw=known.name,
                    function=known.function,
                    summary=summary,
                    field=known.name,
                    data=tuple(data),
                )
            )
        return cases

    def _overview(self, known: FieldName) -> Mapping[str, UseCase]:
        """Return the use cases that the field's overview page lists under the steps of the value chain."""
        found: dict[str, UseCase] = {}
        for start in [number for number, name in self.titles if name == known]:
            if not self.lines[start - 1].strip().endswith("のユースケース"):
                continue
            heading = ""
            for number in range(start + 1, min(start + 40, len(self.lines)) + 1):
                text = self.lines[number - 1].strip()
                if _FURNITURE.match(text) or "\t" in text:
                    break
                if _BULLET.match(text):
                    name = _BULLET.sub("", text)
                    case = UseCase(
                        name=name,
                        origin=Origin(self.source, number, sheet=self.sheet),
                        category=heading,
                        sectors=known.sectors,
                        sector_raw=known.name,
                        function=known.function,
                        field=known.name,
                    )
                    found.setdefault(spelling_key(name), case)
                elif text:
                    heading = text
        return found

    def _only_in_overview(self, listed: Sequence[UseCase], known: FieldName) -> list[UseCase]:
        """Return the use cases of the overview page for which no data are given on any page of the field."""
        pages = [number for number, line in enumerate(self.lines, start=1) if _DATA_HEADING.match(line.strip())]
        last = [number for number in pages if self._field_at(number) == known][-1:]
        if not listed or not last or listed[0].origin.line < last[0]:
            return []
        return list(self._overview(known).values())

    # --- fields

    def evaluations(self, block: Block) -> None:
        """Read the evaluation of fields: impact, competition, potential with remarks."""
        self.evaluated = block.end_line
        for row in block.rows[1:]:
            label = plain_label(row.cell(0))
            if not label:
                continue
            name = read_field(label, self.taxonomy)
            marks = [_MARK.match(plain_label(row.cell(index))) for index in (1, 2, 3)]
            remarks = [match["remark"] for match in marks if match and match["remark"]]
            self.found.field_evaluations.append(
                FieldEvaluation(
                    field=label,
                    origin=block.place(self.source, row.line),
                    sectors=name.sectors,
                    function=name.function,
                    impact=marks[0]["mark"] if marks[0] else plain_label(row.cell(1)),
                    competition=marks[1]["mark"] if marks[1] else plain_label(row.cell(2)),
                    potential=marks[2]["mark"] if marks[2] else plain_label(row.cell(3)),
                    remark="、".join(remarks),
                )
            )

    def finish_evaluations(self) -> None:
        """Mark the evaluations whose field stands in the numbered list below their table."""
        if not self.evaluated:
            return
        chosen = {(name.sectors, name.function) for _, _, name in self._numbered_fields(self.evaluated)}
        self.found.field_evaluations = [
            replace(item, winning=(item.sectors, item.function) in chosen) for item in self.found.field_evaluations
        ]

    def read_promising_fields(self, start: int) -> None:
        """Read the numbered list of fields below the impact matrix."""
        for line, number, name in self._numbered_fields(start):
            self.found.promising_fields.append(
                PromisingField(
                    number, name.name, Origin(self.source, line, sheet=self.sheet), name.sectors, name.function
                )
            )

    def _numbered_fields(self, start: int) -> list[tuple[int, int, FieldName]]:
        """Return `- 4 卸売・小売×` + `調達…` items after a line, up to the first text that is none of them."""
        found: list[tuple[int, int, str]] = []
        for number in range(start + 1, min(start + 60, len(self.lines)) + 1):
            text = self.lines[number - 1].strip()
            match = _NUMBERED.match(text)
            if match:
                found.append((number, int(match[1]), match["name"].strip()))
            elif text and found and found[-1][2].endswith("×"):
                found[-1] = (found[-1][0], found[-1][1], found[-1][2] + text)
            elif text and found:
                break
        return [(line, rank, read_field(plain_label(name), self.taxonomy)) for line, rank, name in found]

    def resources(self, block: Block) -> None:
        """Read the data of the winning fields: what, who holds it, how to secure it, which ministry."""
        for row in block.rows[1:]:
            label = plain_label(row.cell(0))
            if not label:
                continue
            known = winning_field(label) or read_field(label, self.taxonomy)
            data, *extra = _texts(row.cell(1)) or ("",)
            self.found.field_resources.append(
                FieldResource(
                    field=known.name,
                    origin=block.place(self.source, row.line),
                    sectors=known.sectors,
                    function=known.function,
                    data=(*(part.strip() for part in _OUTSIDE_BRACKETS.split(data) if part.strip()), *extra),
                    holders=_texts(row.cell(2)),
                    measures=_texts(row.cell(3)),
                    ministry=plain_label(row.cell(4)),
                )
            )

    # --- other known tables

    def projects(self, block: Block) -> None:
        """Read national technology projects; an empty country cell repeats the one above."""
        country = ""
        for row in block.rows[1:]:
            printed = plain_label(row.cell(0))
            country = (find_country(self.taxonomy, printed) or printed) if printed else country
            self.found.national_projects.append(
                NationalProject(
                    country=country,
                    name=plain_label(row.cell(1)),
                    years=_stated(row.cell(2)),
                    agency=plain_label(row.cell(3)),
                    summary=plain_cell(row.cell(4)),
                    origin=block.place(self.source, row.line),
                )
            )

    def design(self, block: Block) -> None:
        """Read the survey design: labelled lines, and the numbered notes that follow before the next heading."""
        if self.found.survey_design is not None:
            self._text_table(block)
            return
        rows = [row for row in block.rows if row.cell(0)]
        notes = []
        for number in range(block.end_line + 1, min(block.end_line + 30, len(self.lines)) + 1):
            text = self.lines[number - 1].strip()
            if re.match(r"\d{1,2}[.．)]\s", text):
                notes.append(Quote(text, Origin(self.source, number, sheet=self.sheet)))
            elif text.startswith(("Source", "出典", "出所")):
                break
        self.found.survey_design = SurveyDesign(
            title=_caption(block, skip=("調査条件",)),
            lines=tuple(
                (plain_label(row.cell(0)), Quote(plain_label(row.cell(1)), block.place(self.source, row.line, 1)))
                for row in rows
            ),
            notes=tuple(notes),
            origin=block.whole(self.source),
        )

    def _text_table(self, block: Block) -> None:
        width = max((index + 1 for row in block.rows for index, cell in enumerate(row.cells) if cell), default=0)
        if width < 2:
            return
        rows = [tuple(plain_cell(row.cell(index)) for index in range(width)) for row in block.rows]
        header = rows[0] if _has_header(rows) and any(rows[0]) else ()
        body = tuple(row for row in (rows[1:] if header else rows) if any(row))
        if not body:
            return
        self.found.text_tables.append(
            TextTable(
                id=f"table-{len(self.found.text_tables) + 1:02d}",
                caption=_caption(block),
                header=header,
                rows=body,
                origin=block.whole(self.source),
            )
        )


# words of the heading (or, with True, stubs) that all must be there -> how to read the table
_READERS: tuple[tuple[tuple[str, ...], bool, Callable[[_Reader, Block], None]], ...] = (
    (("ユースケース名", "モデル構築に必要な"), False, _Reader.required_data),
    (("領域", "インパクト", "フィージビリティ"), False, _Reader.evaluations),
    (("勝ち筋領域", "データの保有者", "主体となる省庁"), False, _Reader.resources),
    (("国", "プロジェクト名", "実施機関"), False, _Reader.projects),
    (("期間", "回答者", "調査母数"), True, _Reader.design),
)


def _field_named(block: Block) -> FieldName | None:
    """Return the winning field that the caption of a table or its sheet names, or None."""
    named = (
        winning_field(text.lstrip("#*> ")) for text in (*(text for _, text in block.above[:3]), block.sheet) if text
    )
    return next((field for field in named if field is not None), None)


def _merge_data(cases: Sequence[UseCase], *, whole_category: bool) -> list[UseCase]:
    """Give rows of a merged data cell what the cell holds: the row above, or all rows of the category."""
    if whole_category:
        union: dict[str, dict[str, None]] = {}
        for case in cases:
            union.setdefault(case.category, {}).update(dict.fromkeys(case.data))
        return [replace(case, data=tuple(union[case.category])) for case in cases]
    filled: list[UseCase] = []
    for case in cases:
        if not case.data and filled and filled[-1].category == case.category:
            filled.append(replace(case, data=filled[-1].data))
        else:
            filled.append(case)
    return filled


def _texts(cell: str) -> tuple[str, ...]:
    return tuple(line.text for line in clean_cell(cell))


def _stated(cell: str) -> str:
    """Return the text of a cell, "" when it says that there is nothing (N.A, -)."""
    text = plain_cell(cell)
    return "" if to_half_width(text).casefold() in {"n.a", "n.a.", "n/a", "-", "—"} else text


def _caption(block: Block, skip: tuple[str, ...] = ()) -> str:
    """Return the line above a table that names it: no legend, no bullet, no page furniture."""
    for _, text in block.above:
        plain = text.lstrip("#*> ").rstrip("* ")
        if plain and plain not in skip and not _LEGEND.match(plain) and not _BULLET.match(text):
            return plain
    return ""


def _has_header(rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether the first row holds headings: an empty corner, or cells that are all much shorter than the rest."""
    if len(rows) < 2:
        return False
    first, rest = rows[0], rows[1:]
    if not first[0]:
        return True
    for index, cell in enumerate(first[1:], start=1):
        below = [len(row[index]) for row in rest if row[index]]
        if not cell or len(cell) > 25 or not below or sum(below) / len(below) <= 1.5 * len(cell):
            return False
    return True
