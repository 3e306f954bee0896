"""The respondents behind a table: printed bases against the table of respondents, and shares that no count can give."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.base.finding import Evidence, Finding
from reportkit.checks.matrices.causes import likely_cause
from reportkit.checks.matrices.relations import Relation, Tables, half_step
from reportkit.checks.matrices.words import FIX_SOURCE, cell_key, place_name, sector_keys, shown, shown_range
from reportkit.corpus.corpus import Corpus
from reportkit.corpus.rules import Rules


def relations(corpus: Corpus, rules: Rules) -> Iterator[Relation]:
    """Yield for each cell that it is a share of the respondents in the same cell of the counts.

    Only rows that both tables have: the count of a coarser group says nothing about its parts.
    """
    for rule in rules.bases:
        if not rule.shares or not all(corpus.has_matrix(name) for name in rule.matrices):
            continue
        matrix, counts = corpus.matrix(rule.matrix), corpus.matrix(rule.counts)
        halves = {matrix.id: half_step(matrix), counts.id: half_step(counts)}
        for row in matrix.rows.labels:
            for column, cell in zip(matrix.columns.labels, matrix.cells[matrix.rows.labels.index(row)], strict=True):
                if counts.value(row, column) and cell.value is not None and not cell.imputed and not cell.spread:
                    yield Relation("share", "share", ((counts.id, row, column),), (matrix.id, row, column), halves)


def check_bases(tables: Tables) -> Iterator[Finding]:
    """Compare the respondents that a table prints behind its rows with the table that counts them."""
    for rule in tables.rules.bases:
        if not all(tables.corpus.has_matrix(name) for name in rule.matrices):
            continue
        matrix, counts = tables.corpus.matrix(rule.matrix), tables.corpus.matrix(rule.counts)
        for row, base in zip(matrix.rows.labels, matrix.bases, strict=bool(matrix.bases)):
            count = counts.cell(row, counts.row_total_kind or "合計")
            if base is None or base.value is None or count is None or base.value == count.value:
                continue
            yield Finding(
                "matrix.base",
                "warning",
                f"行列「{matrix.id}」の「{row}」：回答者数 {shown(base.value)}人が、"
                f"「{counts.title}」の {shown(count.value)}人と違います。信頼区間はこの表の人数で計算します",
                FIX_SOURCE,
                base.origin,
                (
                    Evidence("この表の回答者数", base.raw, base.origin),
                    Evidence(counts.title, count.raw, count.origin),
                ),
                (
                    f"matrix:{matrix.id}",
                    f"matrix:{counts.id}",
                    cell_key((counts.id, row, counts.row_total_kind or "合計")),
                    *sector_keys(row),
                ),
            )


def check_shares(tables: Tables) -> Iterator[Finding]:
    """Tell when a share cannot come from that many respondents: 12% of 7 lies between 0 and 1 of them."""
    for relation in tables.broken("share"):
        result, counted = relation.result, relation.parts[0]
        interval = relation.computed(tables.grid)
        if result is None or interval is None:
            continue
        cell, count = tables.cells[result], tables.cells[counted]
        cause = likely_cause(tables, relation)
        yield Finding(
            "matrix.share-of-base",
            "warning",
            f"行列「{result[0]}」の{place_name(result)}：{cell.raw} になる人数は、回答者{shown(count.value)}人の中に"
            f"ありません（最も近い割合は {shown_range(interval, 1)}%）{cause.sentence}",
            FIX_SOURCE,
            cell.origin,
            (Evidence("割合", cell.raw, cell.origin), Evidence("回答人数", f"{shown(count.value)}人", count.origin)),
            (
                f"matrix:{result[0]}",
                f"matrix:{counted[0]}",
                *dict.fromkeys(cell_key(place) for place in (result, counted, *cause.places)),
                *sector_keys(result[1]),
            ),
        )
