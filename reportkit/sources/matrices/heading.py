"""The headings of a table: which column each names, what is wrong with them, and the headings above them."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.base.finding import Evidence
from reportkit.base.origin import Origin
from reportkit.corpus.matrix import Axis
from reportkit.sources.matrices.part import TablePart
from reportkit.sources.matrices.shape import Joined, Label, find_labels, join_header, tidy_label, total_kind
from reportkit.sources.matrices.spec import ColumnSpec
from reportkit.sources.taxonomy import find_function, spelling_key


class Heading(TablePart):
    """The headings of one table being read."""

    def join(self) -> Joined | None:
        """Lay the labels over the columns of values, and report what is wrong; None when they do not fit."""
        joined = join_header(find_labels(self.shape, self.names), self.shape.columns)
        if joined is None:
            self._cannot_join()
            return None
        self._report_header(joined)
        if self.shape.numeric_header:
            self._add(
                "matrix.numeric-header",
                "note",
                f"数字の並ぶ行（{joined.labels[0].text} など）を、値でなく列の見出しとして読みました",
                '元の資料で確かめ、正しければ定義に confirmed = ["numeric-header"] と書いてください',
                origin=self._at(joined.labels[0].line),
            )
        return joined

    def total_at(self, joined: Joined) -> int | None:
        """Return which value column holds the printed totals; of several the one that the spec expects."""
        totals = [index for index, label in enumerate(joined.labels) if total_kind(label.name)]
        expected = [index for index in totals if joined.labels[index].name == self.spec.row_total]
        chosen = next(iter(expected or totals), None)
        for index in totals:
            if index != chosen:
                label = joined.labels[index]
                self.second_total(label.text, "列", self._at(label.line, label.index))
        return chosen

    def second_total(self, label: str, what: str, origin: Origin) -> None:
        """Report a total that is not used. what: 行 or 列."""
        self._add(
            "matrix.second-total",
            "note",
            f"合計や平均の{what}が二つ以上あります。「{tidy_label(label)}」の{what}は使いません",
            f"使う{what}を定義の {'column_total' if what == '行' else 'row_total'} に書いてください",
            origin=origin,
        )

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

    def axis(self, labels: Sequence[Label]) -> Axis:
        """Return the columns of values as an axis, with the headings that the spec gives them to."""
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
