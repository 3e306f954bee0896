"""One effect from the cells that state it: amount, states before and after, rate of change, target or result.

In: a `Row` of cells by role. Out: `Metric`s, one for each statement of a cell that makes several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reportkit.base.amounts import (
    Direction,
    Transition,
    direction_of,
    per_words,
    read_change,
    read_quantities,
    read_quantity,
    read_transition,
    same_unit,
)
from reportkit.base.period import Period
from reportkit.base.quantity import Quantity
from reportkit.base.text import split_brackets, to_half_width
from reportkit.corpus.case import Metric
from reportkit.sources.cases.fields import Context
from reportkit.sources.cases.series import statements
from reportkit.sources.cases.words import is_no_value

TARGET_WORDS = re.compile(r"目標|見込み?|予測値|計画値|想定|期待")
_PLANNED = re.compile(r"(?:予定|見込み?|目標|計画)(?:[)）])?$")  # at the end of a remark
_EACH = re.compile(r"[あ当]たり")
_TIMES = ("年", "半期", "四半期", "月", "週", "日", "時間")
_RATES = frozenset({"%", "ポイント", "倍"})


@dataclass(slots=True)
class Row:
    """The cells of one effect by role; raw joins them as written, without the remarks."""

    label: str
    raw: str
    line: int
    value: str = ""
    before: str = ""
    after: str = ""
    change: str = ""
    change_heading: str = ""
    per_heading: str = ""  # of the column of the value, which may say what the amounts are per: 削減時間（月間）
    target: str = ""
    actual: str = ""
    note: str = ""
    note_column: int = 0
    is_target: bool = False
    period: Period | None = None
    end_line: int = 0
    heading: str = ""  # the label in the file, where the label of the metric had to be completed


def to_metrics(context: Context, row: Row) -> list[Metric]:
    """Return the effects that a row of cells states: one for each statement of a value that makes several."""
    stated = "" if row.before or row.after or row.change or row.target else row.actual or row.value
    parts = statements(stated)
    if not parts:
        return [to_metric(context, row)]
    # Where one statement says which way it points, the label says it for none: 精度99.8% beside 承認率2%向上.
    own = any(direction_of(words) for _, words in parts)
    return [
        to_metric(
            context,
            replace(
                row,
                label=f"{row.label}（{subject}）",
                raw=words,
                value=words,
                actual="",
                heading=subject if own else row.heading or row.label,
            ),
        )
        for subject, words in parts
    ]


def to_metric(context: Context, row: Row) -> Metric:
    """Return the effect that a row of cells states."""
    hint = direction_of(row.heading or row.label)
    target = row.is_target or TARGET_WORDS.search(row.label) is not None or _PLANNED.search(row.note) is not None
    if row.before and row.value and not row.after:  # 数値 beside 数値前
        row.after, row.value = row.value, ""
    stated = row.actual or row.value
    value = _stated(stated) or _stated(row.target)
    if row.target and value is not None and not _is_known(_stated(row.actual)):
        target = True
    before, after = _stated(row.before), _stated(row.after)
    falls: Direction = "down" if direction_of(row.change_heading) == "down" else hint
    change = read_change(row.change, falls) if row.change else None
    if change is None and row.change and not is_no_value(row.change):
        change = _other_change(row.change)
    for text in (row.change, stated, *split_brackets(to_half_width(stated))[1]):
        moved = _states(text) if before is None and after is None else None
        if moved is not None:
            before, after = moved.before, moved.after
            change = change or moved.change or (_change_of_value(value, stated, hint) if value is not None else None)
            value = None
    if change is None and value is not None and value.unit in _RATES:
        change = _change_of_value(value, stated, hint)
    if value is None and before is None and after is None and change is not None:
        value = _stated(row.change)
    if before is not None and after is not None:
        before, after = _aligned(before, after)
        value = None
    if value is None and (before is None or after is None):
        value = _stated(row.after)  # a state without the one to compare it with
    per = per_words(row.label) or per_words(row.per_heading) or (per_words(stated) if _EACH.search(stated) else ())
    value, before, after = (with_per(quantity, per) for quantity in (value, before, after))
    target = target or any(quantity is not None and quantity.is_target for quantity in (value, after))
    return Metric(
        label=row.label,
        raw=row.raw,
        origin=context.origin(row.line, end_line=row.end_line),
        value=value,
        before=before,
        after=after if before is not None else None,
        change=change,
        note=context.quote(row.note, row.line, row.note_column) if row.note else None,
        is_target=target,
        direction=_direction(change, row.change or stated, before, after, value, hint),
        period=row.period,
    )


def _stated(text: str) -> Quantity | None:
    """Return the amount of a cell, None when it states none, or several of which none is the cell's own."""
    if is_no_value(text):
        return None
    quantity = read_quantity(text)
    if not quantity.is_known:
        return quantity if quantity.qualifier else None
    if (
        "、" in text
        and len(read_quantities(text)) > 1
        and not re.match(r"[^一-龥ァ-ヶA-Za-z]|約|最大|年間?|月間?", text)
    ):
        return None
    return quantity


def _is_known(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.is_known


def _states(text: str) -> Transition | None:
    moved = read_transition(text) if text else None
    return moved if moved is not None and moved.before.is_known and moved.after.is_known else None


def _other_change(text: str) -> Quantity | None:
    """Return a change in another unit than a rate (`+7点`)."""
    quantity = read_quantity(text)
    return quantity if quantity.is_known and quantity.unit not in _RATES else None


def _change_of_value(value: Quantity, text: str, hint: Direction) -> Quantity | None:
    """Return the rate that a value is when it, or its label, says that something changed."""
    if value.sign_word or _is_signed(text):
        return value
    return read_change(text, hint) if hint and value.unit != "倍" else None


def _aligned(before: Quantity, after: Quantity) -> tuple[Quantity, Quantity]:
    first, second = same_unit(before, after)
    if first.unit and not second.unit:
        second = replace(second, unit=first.unit)
    elif second.unit and not first.unit:
        first = replace(first, unit=second.unit)
    return first, second


def with_per(quantity: Quantity | None, per: tuple[str, ...]) -> Quantity | None:
    """Return the quantity with what its label says that it is per (月間, 1人当たり), if it is silent on it."""
    if quantity is None or not per or quantity.unit in {*_RATES, "点"}:
        return quantity
    timed = any(word in _TIMES for word in quantity.per)
    added = tuple(word for word in per if word not in quantity.per and not (timed and word in _TIMES))
    return replace(quantity, per=(*quantity.per, *added) if timed else (*added, *quantity.per)) if added else quantity


def _is_signed(text: str) -> bool:
    return text.lstrip()[:1] in set("+-△▲−＋－")


def _direction(
    change: Quantity | None,
    change_text: str,
    before: Quantity | None,
    after: Quantity | None,
    value: Quantity | None,
    hint: Direction,
) -> Direction:
    """Return which way the effect points: by the rate, else by both states, else by the words of value and label."""
    middle = change.middle if change is not None and change.unit in {"%", "ポイント"} else None
    if change is not None and middle and (change.sign_word or middle < 0 or _is_signed(change_text)):
        return "down" if middle < 0 else "up"
    if before is not None and after is not None and before.unit == after.unit:
        first, second = before.middle, after.middle
        if first is not None and second is not None and first != second:
            return "up" if second > first else "down"
        return ""
    if value is not None and value.sign_word:
        return direction_of(value.sign_word)
    return hint
