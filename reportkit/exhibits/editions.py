"""Change between two editions of the survey: tables of amounts and of shares, and a chart. Shared by all briefings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportkit.document.chart import Chart, Series, ValueAxis
from reportkit.document.inline import Inline
from reportkit.document.table import Column, Emphasis, Table, TableCell
from reportkit.exhibits.parts import (
    Inlines,
    cell,
    fact_cell,
    head,
    inlines,
    mark_notes,
    mark_text,
    named,
    source_line,
)
from reportkit.views.citations import Citation
from reportkit.views.editions import ChangeLine, EditionChange, without_coarser
from reportkit.views.facts import without_unit
from reportkit.views.formats import OKU

_MOST = 6  # columns of one table that are shown, largest change first
_VERDICTS = {"up": "増えた", "down": "減った", "within": "偶然の範囲", "untested": "判断できない", "plain": "–"}
UNKNOWN = "n不明"

Cite = Callable[[str], Citation | None]


def change_chart(chart_id: str, change: EditionChange, subject: Inlines, cite: Cite) -> Chart | None:
    """Return both editions side by side by column, or None when fewer than two columns stand in both."""
    lines = [line for line in change.lines if line.old is not None and line.new is not None and not line.is_total]
    if len(lines) < 2:
        return None
    shown = [line for line in lines if line in change.largest[: _MOST + 2]]
    unit = shown[0].new.quantity.unit if shown[0].new is not None else ""
    told = "、".join(
        f"{line.short}（{line.difference.text}）" for line in change.largest[:2] if line.difference is not None
    )
    axis = ValueAxis(title="億円", divisor=OKU) if unit == "円" else ValueAxis(title="%", number_format='0"%"')
    return Chart(
        id=chart_id,
        kind="bar",
        caption=(*subject, *inlines("の", change.measure, "：二つの版の比較")),
        alt=f"{change.row}の{change.measure}を二つの版で並べた横棒グラフ。変化が大きいのは{told}。",
        categories=tuple(line.short + mark_text(line.old, line.new) for line in shown),
        series=(
            Series(change.pair.old_name, tuple(line.old for line in shown), tone="muted"),
            Series(change.pair.new_name, tuple(line.new for line in shown)),
        ),
        values=axis,
        source=_sources([change], cite),
        notes=mark_notes(fact for line in shown for fact in (line.old, line.new)),
        height=0.12 + 0.045 * len(shown),
    )


def change_table(
    table_id: str, changes: Sequence[EditionChange], caption: Inlines, cite: Cite, *, every: bool = False
) -> Table | None:
    """Return one table of changes, with the number of respondents and the verdict where the values are shares.

    changes: all of them amounts, or all of them shares; None when there is none. every: show all lines, not only the
    largest changes.
    """
    most = max(len(change.lines) for change in changes) if every and changes else _MOST
    if not changes:
        return None
    shares = changes[0].is_share
    bare = [without_coarser(change) for change in changes]
    body = tuple(row for change in bare for row in _rows(change, shares, most))
    facts = [fact for change in bare for line in _shown(change, most) for fact in (line.old, line.new)]
    pair = changes[0].pair
    return Table(
        id=table_id,
        columns=(Column(4.4), *(Column(1.3, "right") for _ in range(3)), Column(1.5, "center" if shares else "right")),
        header=(
            (
                head("項目", align="left"),
                head(named(pair.old_name)),
                head(named(pair.new_name)),
                head("差"),
                head("変化の判定" if shares else "変化率"),
            ),
        ),
        body=body,
        caption=caption,
        source=_sources(changes, cite, computed=True),
        notes=(*_notes(bare, shares, most), *mark_notes(facts)),
        unit="割合：%、差：ポイント" if shares else "",
        small=True,
        summary="二つの版の調査の値と、その差を並べた表。",
    )


def _rows(change: EditionChange, shares: bool, most: int) -> list[tuple[TableCell, ...]]:
    title: list[Inline] = [*inlines(named(change.measure))]
    title += inlines("（", named(change.row), "）")
    rows: list[tuple[TableCell, ...]] = [(cell(*title, emphasis="total", span=5),)]
    if shares:
        unknown = cell(UNKNOWN, align="right", emphasis="muted")
        bases = [unknown if base is None else cell(base, align="right") for base in (change.old_base, change.new_base)]
        rows.append((cell("回答者数"), *bases, cell("–", align="right", emphasis="muted"), cell("–", align="center")))
    rows.extend(_row(line, shares) for line in _shown(change, most))
    if not any(line.size for line in change.lines):
        rows.append((cell("どの項目も変わらない", emphasis="muted", span=5),))
    return rows


def _row(line: ChangeLine, shares: bool) -> tuple[TableCell, ...]:
    emphasis: Emphasis = "total" if line.is_total else ""
    gap = None if line.difference is None else without_unit(line.difference) if shares else line.difference
    if shares:
        word = _VERDICTS["plain" if line.is_total else line.verdict]
        last = cell(word, align="center", emphasis="strong" if line.is_certain else "muted")
    else:
        last = fact_cell(line.percent, emphasis=emphasis)
    return (
        cell("合計" if line.label == "合計" else named(line.label), emphasis=emphasis),
        fact_cell(line.old, emphasis=emphasis),
        fact_cell(line.new, emphasis=emphasis),
        fact_cell(gap, emphasis=emphasis),
        last,
    )


def _shown(change: EditionChange, most: int) -> list[ChangeLine]:
    """Return the largest changes in the order of the table, then the total; what did not change is left out."""
    largest = [line for line in change.largest if line.size or line.difference is None][:most]
    return [line for line in change.lines if line.is_total or any(line is one for one in largest)]


def _notes(changes: Sequence[EditionChange], shares: bool, most: int) -> list[Inlines]:
    notes = []
    if any(len(change.lines) > len(_shown(change, most)) for change in changes):
        notes.append(inlines("表ごとに変化の大きい項目を示す。変わらない項目は省く。"))
    if not shares:
        notes.append(inlines("金額は報告書の試算で、標本の誤差を持たないため、偶然かどうかの検定はしない。"))
        return notes
    if any(change.is_tested for change in changes):
        notes.append(
            inlines(
                "「増えた」「減った」は、二つの版の割合の差が偶然の範囲を超えることを示す（二つの標本の比率の検定、ホルム法で補正）。"
            )
        )
    if any(line.verdict == "untested" for change in changes for line in _shown(change, most)):
        notes.append(
            inlines(
                "「判断できない」は、どちらかの版の回答者数が分からない（n不明）、値が補完か共通の値、"
                "または回答の内訳で、検定できないことを示す。"
            )
        )
    return notes


def _sources(changes: Sequence[EditionChange], cite: Cite, *, computed: bool = False) -> Inlines:
    matrices = [matrix for change in changes for matrix in (change.pair.old, change.pair.new)]
    return source_line(*(cite(matrix.id) for matrix in matrices), computed=computed)
