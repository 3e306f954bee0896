"""Several amounts where one is expected: columns for years, and cells that state two things at once.

In: the headings of a table, or the words of a cell. Out: which columns stand for years, and the statements of a cell
with what each is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.base.amounts import read_quantities, read_transition
from reportkit.base.dates import read_period
from reportkit.base.period import Period
from reportkit.base.text import to_half_width
from reportkit.sources.cases.words import plain_title

_RELATIVE = re.compile(
    r"年[0-9]{1,2}|[0-9]{1,2}年目|[0-9]{1,2}年後|(?:year|y)[0-9]{1,2}|初年度|次年度|(?:導入)?[0-9]{1,2}(?:ヶ|か|カ|ヵ)月[目後]"
    r"|第[0-9]{1,2}期",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"(?:FY)?(?:19|20)[0-9]{2}(?:年度?|年?[0-9]{1,2}月期?|[-年]?[QH][1-4])?(?:実績|見込み?|予測|予想|目標|計画)?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"累[計積](?:[0-9]+年間?)?|[0-9]+年(?:累[計積]|合計|間計)|合計|(?:[0-9]+年間?)?計")
_FEWEST = 3  # two calendar years are a state before and one after
_PARTS = re.compile(r"[、;；]|，|,(?![0-9])")
_SUBJECT = re.compile(
    r"^(?P<subject>[^0-9０-９]*?[一-龥々ァ-ヶーA-Za-zぁ-ん])[はがを:：\s]*?"
    r"(?P<amount>(?:(?:約|最大|最低|平均|年間|月間|年率|年|月|延べ|累計|推定)\s?){0,3}[+\-−<>≥≤$¥€£]?[0-9０-９].*)$"
)
_NO_SUBJECT = re.compile(r"(?:約|最大|最低|平均|推定|毎?[年月週日]間?|[年月]額|延べ|累計|合計|計|さらに|また|うち)+")
_MAX_TEXT = 300


def series_columns(header: Sequence[str]) -> dict[int, str]:
    """Return the columns that stand for years (`年1`, `2024年度`) with their headings, a total of them included.

    {} when fewer than three calendar years, or fewer than two years of the introduction, stand in the heading row.
    """
    plain = {index: plain_title(cell) for index, cell in enumerate(header) if index}
    relative = [index for index, cell in plain.items() if _RELATIVE.fullmatch(cell)]
    calendar = [index for index, cell in plain.items() if _CALENDAR.fullmatch(cell)]
    if len(relative) < 2 and len(calendar) < _FEWEST:
        return {}
    whole = [index for index, cell in plain.items() if _WHOLE.fullmatch(cell) and index > min(*relative, *calendar)]
    return {index: to_half_width(header[index]).strip() for index in sorted({*relative, *calendar, *whole})}


def period_of(heading: str) -> Period:
    """Return the period that a heading names; one without dates (`年1`) keeps only its words."""
    return read_period(heading)


def statements(text: str) -> list[tuple[str, str]]:
    """Return (subject, words) of each statement of a text that makes several: `顧客数30%成長、費用20%削減`.

    [] when it makes only one, or when a part does not say what it is about.
    """
    if len(text) > _MAX_TEXT or not _PARTS.search(text):
        return []
    found: list[tuple[str, str]] = []
    for part in _outside_brackets(text):
        if not read_quantities(part) and read_transition(part) is None:
            continue
        match = _SUBJECT.match(part)
        if match is None or _NO_SUBJECT.fullmatch(match["subject"]):
            return []
        found.append((match["subject"].strip(), part))
    subjects = {subject for subject, _ in found}
    return found if len(found) > 1 and len(subjects) == len(found) else []


def _outside_brackets(text: str) -> list[str]:
    parts: list[str] = []
    depth = start = 0
    for match in re.finditer(r"[（(「]|[）)」]|" + _PARTS.pattern, text):
        if match.group() in "（(「":
            depth += 1
        elif match.group() in "）)」":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
