"""Rows that share cells: one row of values for a group, cells merged on a sheet, groups beside their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportkit.corpus.matrix import MergedGroup
from reportkit.sources.matrices.body import Line
from reportkit.sources.matrices.part import TablePart


class Merging(TablePart):
    """The shared cells of one table being read."""

    def spread(self, lines: list[Line]) -> tuple[list[Line], tuple[MergedGroup, ...]]:
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

    def _group(self, members: Sequence[Line], source: Line) -> MergedGroup:
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

    def _fill_spans(self, lines: Sequence[Line]) -> list[MergedGroup]:
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

    def report_groups(self, lines: Sequence[Line]) -> None:
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
