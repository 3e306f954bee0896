"""Rules of the user that check nothing, because what they name is not there: a check must not be silent about that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportkit.base.finding import Finding
from reportkit.base.origin import Origin
from reportkit.checks.matrices.relations import Tables
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.rules import AverageRule, ImputationRule, ProseRule, Rules, SumOfLines, SumOfMatrices, base_id


def check_unused_rules(tables: Tables) -> Iterator[Finding]:
    """Name for each rule of the user what keeps it from being checked; built-in rules wait for their tables."""
    for rule in _own(tables.corpus.rules):
        reason = _reason(tables.corpus, rule)
        if reason:
            file, _, line = rule.place.rpartition(":")
            yield Finding(
                "rule.unused",
                "warning",
                f"規則を調べられません：{reason}",
                "規則の中の名前か、資料を確かめてください",
                Origin(file, int(line)),
                (),
                (f"rule:{rule.place}",),
            )


def _own(rules: Rules) -> Iterator[Any]:
    groups = (
        rules.identities,
        rules.sums,
        rules.lines,
        rules.averages,
        rules.imputations,
        rules.bases,
        rules.prose,
        rules.prose_series,
        rules.parts,
    )
    yield from (rule for group in groups for rule in group if rule.place)


def _reason(corpus: Corpus, rule: Any) -> str:
    names = getattr(rule, "matrices", (rule.matrix,) if hasattr(rule, "matrix") else ())
    there = {matrix.id for matrix in corpus.matrices} | {base_id(matrix.id) for matrix in corpus.matrices}
    if missing := [name for name in names if name not in there]:
        return f"行列「{'」「'.join(missing)}」が資料にありません"
    statistics = {statistic.id for statistic in corpus.statistics}
    wanted = (rule.statistic,) if isinstance(rule, ProseRule) else (rule.whole, *rule.parts) if not names else ()
    if missing := [name for name in wanted if name not in statistics]:
        return f"本文の数値「{'」「'.join(missing)}」が資料にありません"
    plain = next((matrix for matrix in corpus.matrices if names and base_id(matrix.id) == base_id(names[0])), None)
    if plain is None:
        return ""
    if isinstance(rule, SumOfMatrices):
        units = {matrix.unit for matrix in corpus.matrices if matrix.id in names}
        return f"単位が違います（{'、'.join(sorted(units))}）" if len(units) > 1 else ""
    if isinstance(rule, SumOfLines):
        axis = plain.rows if rule.of == "rows" else plain.columns
        absent = [name for name in (rule.whole, *rule.parts) if name not in axis.labels]
        return f"行列「{plain.id}」に「{'」「'.join(absent)}」がありません" if absent else ""
    if isinstance(rule, ProseRule) and plain.cell(rule.row, rule.column) is None:
        return f"行列「{plain.id}」に「{rule.row}」×「{rule.column}」の欄がありません"
    if isinstance(rule, AverageRule):
        kind = plain.row_total_kind if rule.of == "rows" else plain.column_total_kind
        return "" if kind == "平均" else f"行列「{plain.id}」に平均の欄がありません"
    if isinstance(rule, ImputationRule):
        kind = plain.row_total_kind if rule.average == "row" else plain.column_total_kind
        return "" if kind == "平均" else f"行列「{plain.id}」に平均の欄がありません"
    return ""
