"""Return on investment: (benefit − cost) ÷ cost, row by row, and one cumulative value in the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from reportkit.base.amounts import CURRENCIES, read_quantity
from reportkit.base.finding import Finding
from reportkit.base.quantity import Quantity
from reportkit.checks.cases.passages import ABOUT_OTHERS, Passage, Subject, Table, plain_words
from reportkit.checks.cases.wording import computation, place, rounded, short, signed, stated, warning

_COST = re.compile(r"(?:総|累積|累計|年間|合計)?(?:投資額?|コスト|費用|投資コスト|投資総額)(?:合計)?")
_GAIN = re.compile(r"(?:総|累積|累計|年間|合計)?(?:効果額?|便益|リターン|利益|効果合計|収益)(?:合計)?")
_CUMULATIVE = re.compile("累積|累計|通算")
_FIX = "ROIの定義（累積か単年か、何を効果に含めるか）と費用・効果の額を出典で確かめてください"


def check_roi(subject: Subject) -> Iterable[Finding]:
    """Compare every ROI of a table with the cost and the benefit of its column, as of the year and cumulated."""
    for table in subject.tables:
        if table.kind in ABOUT_OTHERS:
            continue
        rows = {kind: row for row in table.rows if (kind := _kind(row[0].text))}
        if len(rows) == 3:
            yield from _check_table(subject, table, rows["roi"], rows["cost"], rows["gain"])


@lru_cache(maxsize=1024)
def _kind(label: str) -> str:
    plain = plain_words(label)
    if "ROI" in plain.upper():
        return "roi"
    if _COST.fullmatch(plain):
        return "cost"
    return "gain" if _GAIN.fullmatch(plain) else ""


def _check_table(
    subject: Subject, table: Table, roi: tuple[Passage, ...], cost: tuple[Passage, ...], gain: tuple[Passage, ...]
) -> Iterator[Finding]:
    spent_so_far, gained_so_far = Decimal(0), Decimal(0)
    for column in range(1, min(len(roi), len(cost), len(gain))):
        said, spent, gained = (read_quantity(row[column].text) for row in (roi, cost, gain))
        if not _usable(said, spent, gained):
            continue
        assert said.value is not None
        assert spent.value is not None
        assert gained.value is not None
        spent_so_far += spent.value
        gained_so_far += gained.value
        single = (gained.value - spent.value) / spent.value * 100
        running = (gained_so_far - spent_so_far) / spent_so_far * 100
        if any(abs(said.value - value) <= 1 for value in (single, running, single + 100)):
            continue
        what = f"{table.header[column]}の{roi[0].text}" if column < len(table.header) else roi[0].text
        message = (
            f"「{short(what)}」は{stated(said)}と書かれていますが、"
            f"{stated(gained)}の効果と{stated(spent)}の費用からは{signed(single)}%です"
        )
        sums = f"（{stated(gained)} − {stated(spent)}）÷ {stated(spent)} ＝ {signed(single)}%"
        evidence = (place(roi[column]), place(gain[column]), place(cost[column]), computation(sums))
        yield warning(subject, "case.roi", message, roi[column].origin, evidence, _FIX)


def _usable(said: Quantity, spent: Quantity, gained: Quantity) -> bool:
    if said.unit != "%" or spent.unit not in CURRENCIES or spent.unit != gained.unit:
        return False
    return said.value is not None and gained.value is not None and bool(spent.value) and (spent.value or 0) > 0


def check_roi_twice(subject: Subject) -> Iterable[Finding]:
    """Find two cumulative ROI that differ."""
    first: tuple[Passage, Quantity] | None = None
    for passage, quantity in subject.amounts:
        if not _is_cumulative(passage) or quantity.unit != "%" or quantity.value is None:
            continue
        if first is None:
            first = (passage, quantity)
            continue
        assert first[1].value is not None
        gap = abs(first[1].value - quantity.value)
        if gap > 2 and first[0].row != passage.row:
            message = f"累積ROIが二つの値で書かれています。{stated(first[1])}と{stated(quantity)}です"
            evidence = (place(first[0]), place(passage), computation(f"差は{rounded(gap)}ポイント"))
            yield warning(subject, "case.roi-twice", message, passage.origin, evidence, _FIX)
            return


def _is_cumulative(passage: Passage) -> bool:
    """Tell whether a cell states the ROI over all years: by its label, in a table of years only in such a column."""
    if passage.kind in ABOUT_OTHERS or "ROI" not in passage.label.upper():
        return False
    if passage.is_row and re.search("[0-9]", passage.header):
        return _CUMULATIVE.search(passage.header) is not None
    return passage.column <= 1 and _CUMULATIVE.search(passage.label) is not None
