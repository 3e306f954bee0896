"""Lengths of time against dates, and the introduction as a whole against its steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportkit.base.amounts import read_quantities
from reportkit.base.dates import months_between, read_period
from reportkit.base.finding import Evidence, Finding
from reportkit.base.period import PartialDate, Period
from reportkit.base.text import split_brackets
from reportkit.checks.cases.passages import Passage, Subject
from reportkit.checks.cases.wording import computation, place, short, warning

_LENGTH = re.compile(r"[0-9]{1,3}\s?[ヶカかヵケ]月(?!目|後|前|以内)")


def check_lengths(subject: Subject) -> Iterable[Finding]:
    """Compare `10ヶ月（2023年1月-10月）` with its own dates, wherever it is written."""
    duration = subject.case.duration
    passages = list(subject.numbers)
    if duration is not None and all(passage.line != duration.origin.line for passage in passages):
        passages.append(Passage(duration.text, duration.label, duration.origin, "process"))
    for passage in passages:
        text = passage.half
        if "月" in text and "(" in text and _LENGTH.search(text):
            yield from _check_length(subject, passage, text)


def _check_length(subject: Subject, passage: Passage, text: str) -> Iterator[Finding]:
    """Compare a length and a span of which one stands in the brackets of the other, and neither twice."""
    plain, notes = split_brackets(text)
    if len(notes) != 1 or len(notes[0]) > 40:
        return
    outside = [amount for amount in read_quantities(plain) if amount.unit == "ヶ月"]
    inside = [amount for amount in read_quantities(notes[0]) if amount.unit == "ヶ月"]
    if len(outside) + len(inside) != 1:
        return
    length, period = (outside[0], read_period(notes[0])) if outside else (inside[0], read_period(plain))
    if period.start is None or period.end is None or period.start == period.end or length.value is None:
        return
    months = months_between(period.start, period.end)
    if months is None or length.value in {months, months - 1} or length.value % 1 or "程度" in length.qualifier:
        return
    label = passage.label or passage.title or "期間"
    message = f"「{short(label)}」は{length.value}ヶ月と書かれていますが、{_span(period)}は{months}ヶ月です"
    evidence = (place(passage), computation(f"{_span(period)} ＝ {months}ヶ月"))
    fix = "期間と日付のどちらが正しいかを出典で確かめてください"
    yield warning(subject, "case.duration-length", message, passage.origin, evidence, fix)


def check_duration(subject: Subject) -> Iterable[Finding]:
    """Compare the stated length of the introduction with its dates, and its dates with the steps."""
    case = subject.case
    if case.duration is None:
        return
    period = read_period(case.duration.text)
    if period.start is None or period.end is None:
        return
    yield from _check_steps(subject, period)


def _check_steps(subject: Subject, period: Period) -> Iterable[Finding]:
    case = subject.case
    assert case.duration is not None
    assert period.start is not None
    assert period.end is not None
    dated = [
        (phase, phase.period) for phase in case.phases if phase.period is not None and phase.period.start is not None
    ]
    starts = [(_month(when.start), phase) for phase, when in dated if when.start is not None and when.start.month]
    if not starts or period.start.month is None:
        return
    first_month, first = min(starts, key=lambda pair: pair[0])
    differences: list[str] = []
    if first_month != _month(period.start):
        differences.append(f"始まりは{_date(period.start)}、最初の段階「{first.name}」は{_date_of(first_month)}から")
    last = first
    if all(when.end is not None and when.end.month for _, when in dated) and period.end.month:
        ends = [(_month(when.end), phase) for phase, when in dated if when.end is not None]
        last_month, last = max(ends, key=lambda pair: pair[0])
        if last_month != _month(period.end):
            differences.append(f"終わりは{_date(period.end)}、最後の段階「{last.name}」は{_date_of(last_month)}まで")
    if not differences:
        return
    yield Finding(
        "case.duration-phases",
        "warning",
        f"実装期間（{_span(period)}）と各段階の時期が合いません。{'。'.join(differences)}です",
        "実装期間に含まれる作業と、各段階の開始・終了時期を出典で確かめてください",
        case.duration.origin,
        (
            Evidence(case.duration.label, case.duration.text, case.duration.origin),
            *(
                Evidence(phase.name, phase.period.raw if phase.period else "", phase.origin)
                for phase in dict.fromkeys((first, last))
            ),
        ),
        (subject.key,),
    )


def _month(date: PartialDate | None) -> int:
    assert date is not None
    return date.year * 12 + (date.month or 1) - 1


def _date(date: PartialDate) -> str:
    return f"{date.year}年{date.month}月"


def _date_of(month: int) -> str:
    return f"{month // 12}年{month % 12 + 1}月"


def _span(period: Period) -> str:
    assert period.start is not None
    assert period.end is not None
    return f"{_date(period.start)}〜{_date(period.end)}" if period.end.month and period.start.month else period.raw
