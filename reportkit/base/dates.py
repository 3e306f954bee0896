"""The grammar of dates: Japanese text in, `Period` out, as exact as it was written and no more.

Never raises; text without a date gives a `Period` without ends. Seasons, 上旬, 頃 and the like stay hints; quarters,
halves and fiscal years (April to March) become months, because they are defined as months.

>>> read_period("2023年8月〜（継続展開）").start.iso()
'2023-08'
>>> read_period("2023年2月-4月").end.iso()
'2023-04'
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from reportkit.base.period import PartialDate, Period
from reportkit.base.text import split_brackets, to_half_width

_MAX_TEXT = 2000
_FIRST_YEAR, _LAST_YEAR = 1600, 2199
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_SEASONS = ("初春", "春", "初夏", "夏", "初秋", "秋", "初冬", "冬")
_BLURS = (
    "上旬",
    "中旬",
    "下旬",
    "初旬",
    "初頭",
    "初め",
    "年初",
    "年末",
    "月末",
    "半ば",
    "中頃",
    "末",
    "初",
    "頃",
    "ごろ",
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_HALVES = {
    "前半": (1, 6), "上半期": (1, 6), "上期": (1, 6), "H1": (1, 6),
    "後半": (7, 12), "下半期": (7, 12), "下期": (7, 12), "H2": (7, 12),
}  # fmt: skip

_YEAR = r"(?:(?P<era>令和|平成|昭和|大正|明治)\s?(?P<era_year>元|[0-9]{1,2})|(?P<year>(?:1[6-9]|2[01])[0-9]{2}))"
_PART = (
    r"Q(?P<quarter>[1-4])|第(?P<quarter_word>[1-4])四半期|(?P<quarter_first>[1-4])Q"
    r"|(?P<half>前半|後半|上半期|下半期|上期|下期|H[12])"
)
_HINT = "|".join((*_SEASONS, *_BLURS))
_DATE = re.compile(
    rf"(?<![0-9]){_YEAR}"
    r"(?:"
    r"\s?年?\s?(?P<term>[0-9]{1,2})月期"
    rf"|\s?(?P<fiscal>年度)\s?(?:{_PART})?"
    rf"|(?:\s?年|[-\s])\s?の?(?:{_PART.replace('<', '<y')})"
    r"|[-/](?P<iso_month>0?[1-9]|1[0-2])(?:[-/](?P<iso_day>[0-3]?[0-9]))?(?![0-9年])"
    r"|\.(?P<dot_month>0?[1-9]|1[0-2])\.(?P<dot_day>[0-3]?[0-9])(?![0-9年])"
    r"|\s?年\s?(?P<month>[0-9]{1,2})\s?月(?:\s?(?P<day>[0-9]{1,2})\s?日)?"
    r"|\s?年(?!代|間|以[上内]|[0-9]*ヶ月)"
    r"|(?![0-9,年.%]|\s?[A-Za-z万億件人名円社時分回個])"
    r")"
    rf"\s?(?P<hint>{_HINT})?"
)
_SAYS_DATE = re.compile("[0-9０-９元]")
_LATIN = re.compile("[A-Za-zſ]")  # ſ is an s where case is not told apart
_QUARTER_FIRST = re.compile(r"Q([1-4])\s?(20[0-9]{2}|19[0-9]{2})(?![0-9])")
_ENGLISH = re.compile(
    rf"({'|'.join(name[:3] for name in _MONTHS)})[a-z]*\.?\s((?:19|20)[0-9]{{2}})(?![0-9])", re.IGNORECASE
)
# The second date of a span may leave out what it shares with the first.
_SHORT_MONTH = re.compile(rf"(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})日)?(?P<hint>{_HINT})?(?![間期])")
_SHORT_DAY = re.compile(r"(?P<day>[0-9]{1,2})日(?!間)")
_SHORT_PART = re.compile(_PART)
_SHORT_YEAR = re.compile(r"(?P<short>[0-9]{2})年(?!間|以)")
_SPAN = re.compile(r"\s*(?:[-~〜～–—−]|から|より|→)+\s*")
_OPEN = re.compile(r"\s*(?:頃|ごろ)?\s*(?:[-~〜～–—−]|から|以降|以後|より|継続|(?:に)?[開導]入?始?以来)")
_UNTIL = re.compile(r"\s*(?:まで|以前)")
_LEADING_MARK = re.compile(r"^[^0-9]{0,6}?[-~〜～–—−]\s*$")


@dataclass(slots=True)
class _Found:
    """A date or a defined span of months, and where it ends in the text."""

    start: PartialDate
    end: PartialDate
    position: int
    stop: int


def read_period(text: str) -> Period:
    """Return the first date or span that the text names, outside of brackets first, else inside of them.

    An end that is left open (`〜`, `以降`, `から`, `継続`) sets `open_end` and leaves `end` None; `～2024年前半` and
    `2027年3月期まで` have no start. Decades (`2020年代`) and impossible dates (month 13) are not invented into dates.
    """
    return _read_again(text) if len(text) <= _REMEMBERED else _read_period(text)


def _read_period(text: str) -> Period:
    if not _SAYS_DATE.search(text, 0, _MAX_TEXT):
        return Period(text)
    half = _english_order(to_half_width(text[:_MAX_TEXT].replace("～", "〜")))
    outside, inside = split_brackets(half)
    for piece in (outside, *inside):
        period = _read_piece(text, piece)
        if period is not None:
            return period
    return Period(text)


# The dates of a case are asked for by its reader, by the title of its file and by its checks.
_REMEMBERED = 120
_read_again = lru_cache(maxsize=1024)(_read_period)


def read_periods(text: str) -> tuple[Period, ...]:
    """Return every date or span that the text names outside of brackets, in order (`1919年（…）、2006年合併`)."""
    half = _english_order(to_half_width(text[:_MAX_TEXT].replace("～", "〜")))
    outside, _ = split_brackets(half)
    found: list[Period] = []
    for part in re.split("[、;]|[,/](?![0-9])", outside):
        period = _read_piece(part.strip(), part)
        if period is not None:
            found.append(period)
    return tuple(found)


def months_between(start: PartialDate, end: PartialDate) -> int | None:
    """Return the length of a span in months, both ends counted; None when a month is not given."""
    if start.month is None or end.month is None:
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _english_order(text: str) -> str:
    """Bring `Q2 2024` and `January 2024` into the Japanese order."""
    if not _LATIN.search(text):
        return text
    text = _QUARTER_FIRST.sub(r"\2-Q\1", text)
    return _ENGLISH.sub(lambda match: f"{match[2]}年{_month_number(match[1])}月", text)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _read_piece(raw: str, piece: str) -> Period | None:
    position = 0
    while match := _DATE.search(piece, position):
        first = _date(match)
        if first is not None:
            return _span(raw, piece, first)
        position = max(match.end(), match.start() + 1)
    return None


def _span(raw: str, piece: str, first: _Found) -> Period:
    mark = _SPAN.match(piece, first.stop)
    if mark is not None:
        second = _second(piece, mark.end(), first)
        if second is not None and not _before(second.end, first.start):
            return Period(raw, first.start, second.end)
    if _LEADING_MARK.match(piece[: first.position]) or _UNTIL.match(piece, first.stop):
        return Period(raw, None, first.end)
    if _OPEN.match(piece, first.stop):
        hint = "頃" if piece[first.stop : first.stop + 2].strip().startswith("頃") else first.start.hint
        start = first.start
        return Period(raw, PartialDate(start.year, start.month, start.day, hint), None, open_end=True)
    return Period(raw, first.start, first.end)


def _second(piece: str, position: int, first: _Found) -> _Found | None:
    """Return the second date of a span; year, and month, may be taken over from the first."""
    match = _DATE.match(piece, position)
    if match is not None and (found := _date(match)) is not None:
        return found
    start = first.start
    if (match := _SHORT_PART.match(piece, position)) is not None:
        months = _part_months(match, "")
        return None if months is None else _months(start.year, months, match, position)
    if (match := _SHORT_YEAR.match(piece, position)) is not None:
        year = start.year // 100 * 100 + int(match["short"])
        return _Found(PartialDate(year), PartialDate(year), position, match.end())
    if (match := _SHORT_MONTH.match(piece, position)) is not None and start.month is not None:
        month = int(match["month"])
        year = start.year + (1 if month < start.month else 0)
        date = _valid(year, month, int(match["day"] or 0) or None, match["hint"] or "")
        return None if date.month is None else _Found(date, date, position, match.end())
    if (match := _SHORT_DAY.match(piece, position)) is not None and start.day is not None:
        date = _valid(start.year, start.month, int(match["day"]), "")
        return _Found(date, date, position, match.end())
    return None


def _date(match: re.Match[str]) -> _Found | None:
    year = _year(match)
    if year is None:
        return None
    hint = _canonical_hint(match["hint"] or "", bool(match["month"] or match["iso_month"]))
    if match["term"]:
        return _term(year, int(match["term"]), match)
    part = _part_months(match, "y") or (_part_months(match, "") if match["fiscal"] else None)
    if match["fiscal"]:
        return _fiscal(year, part, hint, match)
    if part is not None:
        return _months(year, part, match, match.start())
    month = match["month"] or match["iso_month"] or match["dot_month"]
    day = match["day"] or match["iso_day"] or match["dot_day"]
    date = _valid(year, int(month) if month else None, int(day) if day else None, hint)
    return _Found(date, date, match.start(), match.end())


def _canonical_hint(word: str, has_month: bool) -> str:
    """Return one word for each way of blurring: 初頭 and 年初 are 初, the 中旬 of a year is 半ば, 初春 is 春."""
    if word in {"初頭", "初め", "年初"}:
        return "初"
    if word in {"中旬", "中頃"} and not has_month:
        return "半ば"
    return word.removeprefix("初") if word in _SEASONS else word


def _year(match: re.Match[str]) -> int | None:
    if match["era"]:
        if "年" not in match.group():
            return None
        return _ERAS[match["era"]] + (1 if match["era_year"] == "元" else int(match["era_year"]))
    year = int(match["year"])
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _part_months(match: re.Match[str], prefix: str) -> tuple[int, int] | None:
    """Return the first and last month of a quarter or half, as counted in a calendar year."""
    quarter = match[f"{prefix}quarter"] or match[f"{prefix}quarter_word"] or match[f"{prefix}quarter_first"]
    if quarter:
        last = int(quarter) * 3
        return last - 2, last
    half = match[f"{prefix}half"]
    return _HALVES[half] if half else None


def _months(year: int, months: tuple[int, int], match: re.Match[str], position: int) -> _Found:
    return _Found(PartialDate(year, months[0]), PartialDate(year, months[1]), position, match.end())


def _term(year: int, month: int, match: re.Match[str]) -> _Found | None:
    """Return the business year that ends in that month (`2027年3月期`)."""
    if not 1 <= month <= 12:
        return None
    start = PartialDate(year, 1) if month == 12 else PartialDate(year - 1, month + 1)
    return _Found(start, PartialDate(year, month), match.start(), match.end())


def _fiscal(year: int, part: tuple[int, int] | None, hint: str, match: re.Match[str]) -> _Found:
    """Return a fiscal year or its part: April to March of the next year."""
    if hint == "末":
        end = PartialDate(year + 1, 3, hint="年度末")
        return _Found(end, end, match.start(), match.end())
    first, last = part or (1, 12)

    def shifted(month: int) -> PartialDate:
        month += 3
        word = "" if part else "年度"
        return PartialDate(year + 1, month - 12, hint=word) if month > 12 else PartialDate(year, month, hint=word)

    return _Found(shifted(first), shifted(last), match.start(), match.end())


def _valid(year: int, month: int | None, day: int | None, hint: str) -> PartialDate:
    """Return the date with only those parts that can exist."""
    if month is None or not 1 <= month <= 12:
        return PartialDate(year, hint=hint)
    if day is None or not 1 <= day <= monthrange(year, month)[1]:
        return PartialDate(year, month, hint=hint)
    return PartialDate(year, month, day, hint)


def _before(first: PartialDate, second: PartialDate) -> bool:
    """Tell whether the first date lies before the second, as far as both say."""
    if first.year != second.year:
        return first.year < second.year
    if first.month is None or second.month is None:
        return False
    if first.month != second.month:
        return first.month < second.month
    return first.day is not None and second.day is not None and first.day < second.day
