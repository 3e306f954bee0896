"""One table and its spec in, a `Matrix` out: headings, rows, shared cells and the text around are put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportkit.base.finding import Finding
from reportkit.base.origin import Quote
from reportkit.corpus.matrix import Matrix, TotalKind
from reportkit.sources.matrices.around import answers_allowed, notes_of, questions_of
from reportkit.sources.matrices.body import Body, Line
from reportkit.sources.matrices.heading import Heading
from reportkit.sources.matrices.merged import Merging
from reportkit.sources.matrices.part import Context, TablePart
from reportkit.sources.matrices.shape import names_either_total, total_kind
from reportkit.sources.taxonomy import spelling_key


class Table(TablePart):
    """One table being read. below: the text under it."""

    def __init__(self, context: Context, below: tuple[tuple[int, str], ...]) -> None:
        super().__init__(context)
        self.below = below

    def read(self) -> tuple[Matrix | None, list[Finding]]:
        """Return the matrix, None when its headings do not fit, and the findings."""
        heading, body, merging = Heading(self.context), Body(self.context), Merging(self.context)
        for code, message, fix, line in self.block.doubts:
            self._add(code, "note", message, fix, origin=self._at(line) if line else None)
        joined = heading.join()
        if joined is None:
            return None, self.findings
        body.report_percent()
        if self.spec.suspect:
            self._add("matrix.suspect", "warning", self.spec.suspect_reason, "警告を添えずに値を引かないでください")
        lines = list(body.lines())
        column_totals = self._total_row(lines, heading)
        rows = body.distinct([line for line in lines if total_kind(line.name) is None])
        rows, merged = merging.spread(rows)
        merging.report_groups(rows)
        value_at = [index for index, label in enumerate(joined.labels) if total_kind(label.name) is None]
        total_at = heading.total_at(joined)
        functions = [joined.labels[index] for index in value_at]
        unit_note = self._unit_note()
        questions = questions_of(self.below, self.block, self.source) if self.spec.question else ()
        multiple, most = answers_allowed(questions, self.block)
        matrix = Matrix(
            id=self.spec.id,
            title=self.spec.title,
            rows=body.axis(rows),
            columns=heading.axis(functions),
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
            notes=(*body.remarks, *notes_of(self.below, self.block, self.source), *self._remarks()),
            question=questions,
            multiple_answers=multiple,
            max_answers=most,
            suspect=self.spec.suspect,
            bases=body.bases(rows),
            exclusive=self.spec.exclusive,
            edition=self.spec.edition,
        )
        return matrix, self.findings

    def _total_row(self, lines: Sequence[Line], heading: Heading) -> Line | None:
        """Return the printed total row; of several the one that the spec expects, else the first."""
        totals = [line for line in lines if total_kind(line.name)]
        chosen = next((line for line in totals if line.name == self.spec.column_total), totals[0] if totals else None)
        for line in totals:
            if line is not chosen:
                heading.second_total(line.printed, "行", self._at(line.row.line, 0))
        return chosen

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

    def _remarks(self) -> Iterator[Quote]:
        for line, index, text in self.block.remarks:
            yield Quote(text, self._at(line, index))

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
