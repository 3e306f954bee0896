"""What the cover says about an issue: its date, its number, and how old the data is.

The issue date is the one given (`--date`, `date` in reportkit.toml), else that of SOURCE_DATE_EPOCH, else the newest
date in the sources: never the clock, so that the same sources give the same bytes on every day.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.period import Period
from reportkit.corpus.corpus import Corpus
from reportkit.document.block import Issue
from reportkit.project.settings import Settings

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def issue_of(corpus: Corpus, settings: Settings, environment: Mapping[str, str]) -> Issue:
    """Return date, vintage and number of this issue.

    Raises `ProjectError` when no date is given and no source has one, or SOURCE_DATE_EPOCH is no number.
    """
    reports, cases = data_dates(corpus)
    date = settings.date or _epoch_date(environment.get("SOURCE_DATE_EPOCH", ""))
    if not date:
        if not reports + cases:
            fix = "--date 2026-04-01 のように指定するか、reportkit.toml に date を書いてください（--date today は今日）"
            raise ProjectError(Problem("発行日を決められません：日付のある資料がありません", fix))
        date = _newest_day(reports + cases)
    return Issue(date=date, vintage=_vintage(reports, cases), number=settings.issue)


def _newest_day(dates: tuple[str, ...]) -> str:
    """Return the newest day that a source names; where a later month or year is named, that one's last day.

    >>> _newest_day(("2025", "2025-11-07"))
    '2025-11-07'
    >>> _newest_day(("2025-12", "2025-11-07"))
    '2025-12-31'
    """
    newest_day = max((date for date in dates if last_day(date) == date), default="")
    newest = max(dates)
    return newest_day if newest_day >= newest else max(map(last_day, dates))


def data_dates(corpus: Corpus) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the dates of the reports and those of the cases, sorted, as ISO text as exact as the sources give them."""
    reports = {source.date for source in corpus.sources if source.kind != "case" and _ISO.fullmatch(source.date)}
    cases = {source.date for source in corpus.sources if source.kind == "case" and _ISO.fullmatch(source.date)}
    for case in corpus.cases:
        cases.update(_end(case.published))
    return tuple(sorted(reports)), tuple(sorted(cases))


def last_day(date: str) -> str:
    """Return the last day that a date may mean: of the year, of the month, or the day itself.

    >>> last_day("2024-02")
    '2024-02-29'
    """
    match = _ISO.fullmatch(date)
    if match is None:
        raise ValueError(date)
    year, month = int(match[1]), int(match[2] or 12)
    day = int(match[3]) if match[3] else calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day).isoformat()


def in_words(date: str) -> str:
    """Return an ISO date in Japanese, no more exact than it is.

    >>> in_words("2023-09")
    '2023年9月'
    """
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


def _vintage(reports: tuple[str, ...], cases: tuple[str, ...]) -> str:
    """Return `報告書 2024年3月26日〜2025年、事例 2024年1月21日`."""
    spans = [(word, dates) for word, dates in (("報告書", reports), ("事例", cases)) if dates]
    return "、".join(f"{word} {_span(dates)}" for word, dates in spans)


def _span(dates: tuple[str, ...]) -> str:
    first, last = in_words(dates[0]), in_words(dates[-1])
    return first if first == last else f"{first}〜{last}"


def _end(period: Period | None) -> tuple[str, ...]:
    date = (period.end or period.start) if period else None
    return (date.iso(),) if date else ()


def _epoch_date(seconds: str) -> str:
    if not seconds:
        return ""
    try:
        return datetime.datetime.fromtimestamp(int(seconds), tz=datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        fix = "1970年1月1日からの秒数を整数で指定するか、この環境変数を外してください"
        raise ProjectError(Problem(f"環境変数 SOURCE_DATE_EPOCH の値「{seconds}」は使えません", fix)) from None
