"""The unit of a bare number: what the heading of its column, or its label, says that is counted.

In: a cell and its headings. Out: the cell with its unit, as the grammar of amounts reads it; a cell that has a unit of
its own, or says more than a number, stays as it is.

>>> with_unit("12", "効果額（億円）", "残業代")
'12億円'
"""

from __future__ import annotations

import re

from reportkit.base.text import split_brackets, to_half_width
from reportkit.sources.cases.words import plain_title

_LONGEST_HEADING = 200
_UNIT_WORDS = re.compile(
    r"(?:単位\s*[:：]\s*)?((?:[十百千万億兆]+)?(?:円|ドル|USD|EUR|ユーロ|人|名|件|社|回|時間|分|秒|日|週|月|ヶ月|か月|カ月|年|本|枚|台|店舗|%|ポイント|倍|点)"
    r"(?:/(?:年|月|週|日|人|件|名|回))*)"
)
_COUNTED = (
    ("人", re.compile(r"(?:ユーザー?|利用者|対象者|受講者|参加者|従業員|社員|行員|職員|顧客|担当者|人)数$|人員$")),
    ("件", re.compile(r"(?:ユースケース|案件|事例|問い?合わせ|処理|応答|相談|申請|対応|生成|作成|件)(?:件)?数$")),
    ("社", re.compile(r"(?:企業|会社|導入社|取引先|社)数$")),
    ("店舗", re.compile(r"店舗数$")),
    ("拠点", re.compile(r"拠点数$")),
)
_BARE = re.compile(
    r"(?P<number>(?:約|最大|最低)?\s?[+\-−]?[0-9０-９][0-9０-９,.，．]*(?:\s?[-~〜～–]\s?[0-9０-９][0-9０-９,.，．]*)?)"
    r"(?P<after>以上|超|未満|以下|\+)?"
)


def unit_stated(heading: str) -> str:
    """Return the unit that a heading gives in brackets (`効果額（億円）`, `時間（時間/年）`), "" for none."""
    _, notes = split_brackets(to_half_width(heading[:_LONGEST_HEADING]))
    for note in notes:
        if match := _UNIT_WORDS.fullmatch(note.strip()):
            return {"月": "ヶ月", "名": "人"}.get(match[1], match[1])
    return ""


def with_unit(text: str, heading: str, label: str) -> str:
    """Return a bare number with the unit that its column, else its row, gives it; other text as it is."""
    bare = _BARE.fullmatch(text.strip()) if text else None
    if bare is None:
        return text
    unit = unit_stated(heading) or unit_stated(label)
    if not unit:
        plain = plain_title(label)
        unit = next((word for word, pattern in _COUNTED if pattern.search(plain)), "")
    return f"{bare['number']}{unit}{bare['after'] or ''}" if unit else text
