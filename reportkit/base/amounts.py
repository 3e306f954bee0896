"""The grammar of amounts: Japanese text in, `Quantity` out, in base units and without inventing a number.

The grammar never raises; text that names no single amount gives a `Quantity` with `is_known` False. Full-width digits
are read as digits; superscripts and circled numbers are note and rank marks and are never digits.

>>> read_quantity("約4,500万円").value
Decimal('45000000')
>>> read_change("325%増").value
Decimal('325')
>>> read_transition("200分/件 → 110分/件").after.value
Decimal('110')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from reportkit.base.quantity import Quantity
from reportkit.base.text import shared, split_brackets, to_half_width

Direction = Literal["up", "down", ""]

_MAX_TEXT = 2000  # an amount that is stated later than this in one cell is not the amount of the cell
_ONE = Decimal(1)
_MAX_DIGITS = 18  # of a number as it is written out; more would be a number that no source means

# --- words of the grammar, as data ------------------------------------------------------------------------------------

_JAPANESE_MAGNITUDES = {
    "千兆": 10**15, "兆": 10**12, "千億": 10**11, "百億": 10**10, "十億": 10**9, "億": 10**8, "千万": 10**7,
    "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3,
}  # fmt: skip
_ENGLISH_MAGNITUDES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "b": 10**9, "trillion": 10**12,
    "t": 10**12,
}  # fmt: skip
_CURRENCY_MARKS = {
    "US$": "USD", "A$": "AUD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "円", "USD": "USD", "EUR": "EUR", "GBP": "GBP",
    "JPY": "円",
}  # fmt: skip
CURRENCIES = frozenset({"円", "USD", "EUR", "GBP", "AUD", "CNY", "KRW", "INR"})
DURATIONS = frozenset({"ms", "秒", "分", "時間", "日", "週", "ヶ月", "年"})

# canonical unit -> spellings; a unit that is not listed is read as it stands when it is a short word of its own
_UNITS = {
    "円": "円 JPY",
    "USD": "USドル 米ドル ドル US$ USD",
    "EUR": "ユーロ EUR",
    "GBP": "ポンド GBP",
    "AUD": "豪ドル AUD",
    "CNY": "人民元 中国元 元 CNY",
    "KRW": "ウォン KRW",
    "INR": "ルピー INR",
    "%": "% パーセント percent",
    "ポイント": "%ポイント パーセントポイント ポイント pp pt pts",
    "倍": "倍 x times",
    "割": "割",
    "人": "ユーザー ユーザ 人 名 employees employee people users",
    "社": "社 companies",
    "時間": "時間 hours hour",
    "分": "分 minutes minute mins min",
    "秒": "秒 seconds second sec",
    "ms": "ms ミリ秒",
    "日": "日間 日 days day",
    "週": "週間 週 weeks week",
    "ヶ月": "ヶ月間 カ月間 か月間 ヶ月 カ月 か月 ヵ月 ケ月 箇月 months month",
    "年": "年間 年 years year",
    "国": "カ国 ヶ国 か国 ヵ国 ケ国 国",
    "回": "回",
    "件": "件",
    "個": "個",
    "種類": "種類",
    "枚": "枚",
    "ページ": "ページ pages",
    "本": "本",
    "台": "台",
    "店舗": "店舗 stores",
    "拠点": "拠点",
    "施設": "施設",
    "戸": "戸",
    "校": "校",
    "点": "点",
    "トン": "トン",
    "文字": "文字",
    "人月": "人月",
    "人日": "人日",
    "項目": "項目",
    "部署": "部署",
    "疾患": "疾患",
    "万円": "",
    "KB": "KB",
    "MB": "MB",
    "GB": "GB",
    "TB": "TB",
    "PB": "PB",
    "PV": "PV",
    "": "つ カテゴリー カテゴリ",
}
_UNIT_OF = {spelling.lower(): unit for unit, spellings in _UNITS.items() for spelling in spellings.split()}
_SMALLER_TIMES = {"時間": ("分", 60), "分": ("秒", 60), "年": ("ヶ月", 12)}
_SIZES = {"KB": 1, "MB": 10**3, "GB": 10**6, "TB": 10**9, "PB": 10**12}
_EXACT_TIMES = {("週", "日"): 7, ("時間", "分"): 60, ("時間", "秒"): 3600, ("分", "秒"): 60, ("年", "ヶ月"): 12}

_QUALIFIERS_BEFORE = {
    "約": "約", "およそ": "約", "おおよそ": "約", "おおむね": "約", "概ね": "約", "ほぼ": "約", "推定": "推定",
    "推計": "推定", "試算": "推定", "最大": "最大", "最高": "最大", "最低": "最低", "最小": "最低",
    "少なくとも": "最低", "延べ": "延べ", "のべ": "延べ", "累計": "累計", "累積": "累計", "平均": "", "合計": "",
    "総計": "", "計": "",
}  # fmt: skip
_QUALIFIERS_AFTER = {
    "以上": "以上", "+": "以上", "超": "超", "を超える": "超", "を超え": "超", "超え": "超", "を上回る": "超",
    "突破": "超", "を突破": "超",
    "未満": "未満", "を下回る": "未満", "以下": "以下", "以内": "以内", "弱": "弱", "強": "強", "前後": "前後",
    "程度": "程度", "ほど": "程度", "くらい": "程度", "ぐらい": "程度", "余り": "余", "余": "余", "近く": "近く",
}  # fmt: skip
_COMPARISONS = {"<": "未満", "≤": "以下", "≦": "以下", ">": "超", "≥": "以上", "≧": "以上"}
_PER_BEFORE = {
    "月間": "月", "毎月": "月", "月額": "月", "月平均": "月", "月次": "月", "月": "月", "ひと月": "月",
    "年間": "年", "毎年": "年", "年額": "年", "年次": "年", "年率": "年", "年平均": "年", "年": "年",
    "週間": "週", "毎週": "週", "週次": "週", "週": "週", "毎日": "日", "日次": "日", "日": "日",
    "半期": "半期", "四半期": "四半期", "毎時": "時間",
}  # fmt: skip
_PER_AFTER = {
    "month": "月", "mo": "月", "ヶ月": "月", "カ月": "月", "月間": "月", "year": "年", "yr": "年", "annum": "年",
    "年間": "年", "week": "週", "週間": "週", "day": "日", "hour": "時間", "user": "人", "employee": "人", "名": "人",
    "1人": "人", "1名": "人", "1件": "件", "1日": "日", "h": "時間",
}  # fmt: skip
_PER_ENGLISH = {
    "month": "月", "year": "年", "annum": "年", "week": "週", "day": "日", "hour": "時間", "user": "人",
    "employee": "人", "person": "人", "annually": "年", "yearly": "年", "monthly": "月", "weekly": "週", "daily": "日",
}  # fmt: skip
_TIME_ORDER = ("年", "半期", "四半期", "月", "週", "日", "時間")

UP_WORDS = ("増加", "増強", "増", "向上", "改善", "アップ", "成長", "拡大", "上昇", "加速", "高速化", "伸長", "強化")
DOWN_WORDS = (
    "削減", "短縮", "低下", "低減", "減少", "縮小", "ダウン", "圧縮", "抑制", "カット", "節約", "節減", "軽減", "減",
)  # fmt: skip

# The same in English; they stand behind the amount (`40% reduction`) or in a label (`Time savings`).
_ENGLISH_UP = (
    "increased", "increase", "improvement", "improved", "growth", "gains", "gain", "boost", "uplift", "faster",
    "higher", "rise", "expansion",
)  # fmt: skip
_ENGLISH_DOWN = (
    "reductions", "reduction", "reduced", "decreased", "decrease", "savings", "saving", "saved", "lower", "cut",
    "shorter", "fewer", "decline", "less",
)  # fmt: skip

# --- the patterns built from them -------------------------------------------------------------------------------------


def _any(words: object) -> str:
    """Return an alternation of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


def _unit_pattern() -> str:
    latin = [word for word in _UNIT_OF if word.isascii() and word.isalpha()]
    other = [word for word in _UNIT_OF if word not in latin]
    return f"(?:(?:{_any(other)})|(?:{_any(latin)})(?![A-Za-z]))"


_SAYS_AMOUNT = re.compile("[0-9０-９数何]")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MAGNITUDE = f"(?:{_any(_JAPANESE_MAGNITUDES)})"
_ENGLISH = r"(?:\s?(?:thousand|million|billion|trillion)(?![A-Za-z])|[KkMBT](?![A-Za-z]))"
_AFTER_WORDS = f"(?:{_any(_QUALIFIERS_AFTER)})"
_CHANGE_WORDS = f"(?:{_any((*UP_WORDS, *DOWN_WORDS))})"
_FREE_UNIT = (
    r"(?!目標|見込|予定|計画|達成|相当|規模|以上|超|未満|以下|以内|程度|前後|弱|強|と|に"
    rf"|{_CHANGE_WORDS})[一-龥々ァ-ヶー]{{1,6}}?"
    rf"(?=$|[\s()/、。,+・;:→~〜～-]|(?:{_AFTER_WORDS}|{_CHANGE_WORDS})(?![一-龥々ァ-ヶー]))"
)
_ATOM = re.compile(
    r"(?<![A-Za-z0-9.])"
    r"(?P<compare>[<>≤≥≦≧]\s?)?"
    r"(?P<sign>±|[+-])?\s?"
    rf"(?P<mark>(?:{_any(_CURRENCY_MARKS)})\s?)?"
    rf"(?P<number>{_NUMBER}(?:{_MAGNITUDE}{_NUMBER})*{_MAGNITUDE}?)"
    rf"(?P<english>{_ENGLISH})?"
    r"(?P<plus>\+)?"
    r"(?P<english_after>\s?(?:thousand|million|billion|trillion)(?![A-Za-z]))?"
    rf"(?P<unit>\s?{_unit_pattern()}|{_FREE_UNIT})?",
    re.IGNORECASE,
)
_DIGIT = re.compile("[0-9]")
# What may stand between the beginning of `_ATOM` and its first digit; it looks for no number further to the left.
_BEFORE_NUMBER = frozenset({*"<>≤≥≦≧±+-", *"".join(_CURRENCY_MARKS), *"".join(_CURRENCY_MARKS).lower(), "ſ"})
_NUMBER_PART = re.compile(f"({_NUMBER})({_MAGNITUDE})?")
_RANGE_MARK = re.compile(r"\+?\s?(?:[-~〜～–—‐]|から|ないし)\s?")
_VAGUE = re.compile(
    r"(?:(?<![一-龥々])|(?<=[年月間約定週期均額大率計]))(?P<vague>(?:数|十数|何)(?:十|百|千)?(?:兆|億|千万|百万|十万|万)?)"
    rf"(?P<unit>{_unit_pattern()})(?![値字])"
)
_FRACTION = re.compile(rf"(?<![0-9.,])({_NUMBER}(?:{_MAGNITUDE}{_NUMBER})*{_MAGNITUDE}?)分の({_NUMBER})")
_SCORE = re.compile(
    rf"(?<![0-9A-Za-z./-])({_NUMBER})(?:\s?[-~〜～–]\s?({_NUMBER}))?\s?/\s?([0-9]{{1,4}}(?:\.0)?)(?![0-9./年])"
)
_ARROW = re.compile(r"→|⇒|->|=>|➡")
_OPERATOR = re.compile(r"[×÷=]|\s[*/]\s")
_ROUND_THE_CLOCK = re.compile(r"(?<![0-9.,])24(?:(?:時間)?\s?/\s?7(?![0-9])|時間\s?[/・]?\s?365\s?日)")
_INDEX = re.compile(r"基準値|指数")
_OF_TARGET = re.compile(r"(?:目標|計画)(?:値)?の$")
_CONVERSION_WORDS = re.compile(r"(?:日本円|円|ドル|米ドル)?(?:換算|相当)?(?:で|額)?")
_SIGN_TRIANGLE = re.compile(r"[△▲▽▼]\s?(?=[0-9$¥€£])")
_TARGET = re.compile(
    r"目標(?!の|比|値?を[^、。]{0,16}(?:達成|上回|超え))|見込[みむ]?|見通し|までに(?!.*(?:達成|到達|完了))|予定|計画(?!比|どおり|通り)|想定|予想|期待|目指"
)
_TARGET_WORD = re.compile("目標|見込|見通し|までに|予定|計画|想定|予想|期待|目指")
_CLAUSE_END = re.compile("[、。;]")
_PREFIX = re.compile(
    rf"(?:(?P<qualifier>{_any(_QUALIFIERS_BEFORE)})"
    r"|(?P<single>1(?P<single_unit>日|週間?|ヶ月|カ月|か月|月|年|時間|件|人|名|社|店舗|回)"
    r"(?:(?:あたり|当たり|当り|につき|平均)|(?:/(?P<single_time>週|月|年|日)))?)"
    r"|(?P<each>[一-龥ァ-ヶー]{1,4})(?:あたり|当たり|当り|につき)"
    rf"|(?<![0-9\x00初翌今昨来前先ヶカかヵ当近例半])(?P<per>{_any(_PER_BEFORE)})"
    r")\s?(?:の|で|:)?\s?$"
)
_PER_ONE = re.compile(
    r"1(?:日|週間?|ヶ月|カ月|か月|月|年|時間|件|人|名|社|店舗|回)(?:(?:あたり|当たり|当り|につき)|"
    r"(?:平均)?(?:/[週月年日])?\s?(?:約|平均)?[0-9])"
)
_SUFFIX = re.compile(
    rf"\s?(?:(?P<qualifier>{_AFTER_WORDS})"
    r"|\s?(?:per|a|each)\s(?P<per_word>month|year|annum|week|day|hour|user|employee|person)s?(?![A-Za-z])"
    r"|\s?(?P<per_adverb>annually|yearly|monthly|weekly|daily)(?![A-Za-z])"
    r"|/\s?(?P<per>[^\s/、。,()0-9→~〜～\-・+;:]{1,14}|1[人名件日])"
    rf"|(?P<worth>分(?![0-9の])|相当|規模|ずつ)"
    rf"|[のをが]?(?:(?!{_CHANGE_WORDS})[一-龥ァ-ヶー]){{0,6}}(?P<change>{_CHANGE_WORDS})"
    rf"|(?:[A-Za-z-]{{1,20}}\s){{0,2}}(?P<english_change>(?i:{_any((*_ENGLISH_UP, *_ENGLISH_DOWN))}))(?![A-Za-z])"
    r")"
)
_DOWN_CHANGES = frozenset({*DOWN_WORDS, *_ENGLISH_DOWN})
_ENGLISH_CHANGE = re.compile(rf"(?<![A-Za-z])(?i:{_any((*_ENGLISH_UP, *_ENGLISH_DOWN))})(?![A-Za-z])")
_LEADING_PER = re.compile(rf"({_any(_PER_BEFORE)})\s?約?[0-9]")
_NOTE_PER = re.compile(
    r"^(?:毎(?P<every>月|週|日|年)|(?P<time>月|週|日|年)間?)?(?:[,、/]\s?)?(?P<person>1?人(?:あたり)?)?$"
)
# Dates, ordinals and product names hold digits that are no amounts.
_NOISE = re.compile(
    r"(?=[0-9A-Za-z第フスレ課事機])(?:"  # one look at the letters that each of them may begin with
    r"(?:19|20)[0-9]{2}\s?[-~〜～–]\s?(?:19|20)[0-9]{2}年度?"
    r"|(?<![0-9,.])(?:19|20)[0-9]{2}年(?:度|代)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
    r"(?:(?:第[1-4]四半期|初頭|[初年度月]?末|前半|後半|上期|下期|春|夏|秋|冬|頃)(?:時点)?)?"
    r"|(?<![0-9,.])(?:19|20)[0-9]{2}[-/](?:0?[1-9]|1[0-2])(?:[-/][0-3]?[0-9])?(?![0-9,.]|[万億兆円人名件社])"
    r"|(?<![0-9,.])(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])\.[0-3]?[0-9](?![0-9,.])"
    r"|(?<![0-9,.])(?:0?[1-9]|1[0-2])月(?:[0-3]?[0-9]日|[上中下初]旬|末|頃|以降|時点|から|まで|に)"
    r"|(?<![0-9,.])(?:0?[1-9]|1[0-2])月(?=$|[\s、。,)第~〜～–-])"
    r"|(?:19|20)[0-9]{2}[-\s]?(?:Q[1-4]|H[12])|Q[1-4]\s?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\s?[-~〜～]+$"
    r"|第[0-9]{1,4}(?:\s?[-~〜～]\s?[0-9]{1,4})?"
    r"|(?<![0-9])[0-9]{1,4}(?:ヶ月|カ月|か月|ヵ月|年|日|回|週|期|社|位|番|件|つ)目"
    r"|(?:FY|Q|H)[0-9]{1,4}(?![0-9])|[1-4]Q(?![A-Za-z])"
    r"|(?:Phase|Tier|Level|Type|Gen|ISO|Ver\.?|フェーズ|ステップ|レベル|課題|事例|機能)\s?[0-9]+(?:\.[0-9]+)*"
    r"|(?<![A-Za-z0-9$])(?!USD|EUR|GBP|JPY|US\b)[A-Za-z]{1,20}-?[0-9]+(?:\.[0-9]+)*[A-Za-z0-9]*)"
)


# --- public readings --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Transition:
    """A change from one state to another, as written in one piece of text, with the rate stated beside it."""

    raw: str
    before: Quantity
    after: Quantity
    change: Quantity | None = None


def read_quantity(text: str) -> Quantity:
    """Return the amount that the text states: the first one outside of brackets, else one that stands alone in them.

    A calculation (`220万時間 × 1,250円`), a transition (`5日→1日`), a vague number (`数十億円`) and a date give no
    value.
    Percentages and points carry the sign that their word gives (`40%削減` is -40); amounts of other units keep theirs.
    """
    return _read_again(text) if len(text) <= _REMEMBERED else _read_quantity(text)


def _read_quantity(text: str) -> Quantity:
    if not _may_hold_amount(text):
        return Quantity(text)
    _, plain, notes = _parts(text)
    if _ARROW.search(plain):
        return Quantity(text)
    return _read_plain(text, plain, notes)


# Reader and checks ask about the same cells; long texts are not kept, they would fill the memory.
_REMEMBERED = 120
_read_again = lru_cache(maxsize=4096)(_read_quantity)


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Return every amount of the text outside of brackets, in order; for calculations and for counting them."""
    return _read_all_again(text) if len(text) <= _REMEMBERED else _read_quantities(text)


def _read_quantities(text: str) -> tuple[Quantity, ...]:
    if not _may_hold_amount(text):
        return ()
    plain = _mask(_parts(text)[1])
    found: list[Quantity] = []
    position = 0
    while amount := _amount_from(plain, position):
        found.append(amount.quantity(plain[amount.start : amount.end]))
        position = amount.end
    return tuple(found)


_read_all_again = lru_cache(maxsize=2048)(_read_quantities)


def read_transition(text: str) -> Transition | None:
    """Return both states of `A → B`, with the stated rate (`（約87%削減）`) when there is one; None when it is none.

    A unit or magnitude written only on the right holds for the left too. 週 and 日, 時間 and 分, 分 and 秒 are brought
    to the smaller unit when the sides differ; 日 and 時間 are not, for a day may be a working day.
    """
    return _read_states_again(text) if len(text) <= _REMEMBERED else _read_transition(text)


def _read_transition(text: str) -> Transition | None:
    if not _may_hold_amount(text):
        return None
    half, plain, notes = _parts(text)
    parts = _ARROW.split(plain)
    if len(parts) < 2:
        return None
    per = _leading_per(parts[0])
    right = _read_plain(parts[-1].strip(), parts[-1], ())
    left = _last_amount(parts[0])
    if not left.is_known and not right.is_known and len(notes) and not re.search("[0-9]", parts[0] + parts[-1]):
        return None
    if not left.is_known and notes:
        left = read_quantity(_ARROW.split(half)[0])  # 基準値(100) → 300
    left = _borrow(left, right, parts[0], parts[-1])
    shared = tuple(dict.fromkeys((*per, *left.per, *right.per)))
    per = _order_per(shared)
    before, after = same_unit(
        left if left.per == per else replace(left, per=per), right if right.per == per else replace(right, per=per)
    )
    if not before.unit and not after.unit and before.is_known and _INDEX.search(text):
        before, after = replace(before, unit="指数"), replace(after, unit="指数")
    change = next((rate for note in notes if (rate := read_change(note)) is not None), None)
    return Transition(text, before, after, _as_points(before, after, change))


_read_states_again = lru_cache(maxsize=2048)(_read_transition)


def read_conversion(text: str) -> Quantity | None:
    """Return the same money in another currency, when a bracket behind an amount states nothing else.

    `約7,000万円（$500,000）` gives the dollars; `500万円（$30/月）` and `3億円（2023年）` give None.
    """
    if ("(" not in text and "（" not in text) or not _may_hold_amount(text):
        return None
    _, plain, notes = _parts(text)
    amount = _read_plain(text, plain, ())
    if amount.unit not in CURRENCIES or not amount.is_known:
        return None
    for note in notes:
        found = _amount_from(_mask(note), 0)
        if found is None or found.unit not in CURRENCIES or found.unit == amount.unit:
            continue
        rest = f"{note[: found.start]}{note[found.end :]}".strip(" =≒")
        quantity = found.quantity(note)
        if _CONVERSION_WORDS.fullmatch(rest) and set(quantity.per) <= set(amount.per):
            return quantity
    return None


def in_percent(factor: Quantity) -> Quantity | None:
    """Return `3倍` as the growth that it means, +200%; None for anything that is no factor."""
    if factor.unit != "倍" or not factor.is_known:
        return None

    def growth(value: Decimal | None) -> Decimal | None:
        return None if value is None else _tidy((value - 1) * 100)

    return replace(
        factor, value=growth(factor.value), low=growth(factor.low), high=growth(factor.high), unit="%", sign_word=""
    )


def read_change(text: str, direction: Direction = "") -> Quantity | None:
    """Return the rate of change that the text states, in %, ポイント or 倍; None when it states none.

    direction: what the heading says (`削減率` is down) for a rate without sign and word of its own.
    """
    quantity = read_quantity(text)
    if not quantity.is_known or quantity.unit not in {"%", "ポイント", "倍"}:
        return None
    signed = _normalise(text).lstrip().startswith(("+", "-", "±"))
    if direction == "down" and quantity.unit != "倍" and not signed and not quantity.sign_word:
        return _negated(quantity)
    return quantity


def same_unit(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Return both amounts in the smaller of their units where the conversion is exact, else as they are."""
    if factor := _EXACT_TIMES.get((first.unit, second.unit)):
        return _scaled(first, factor, second.unit), second
    if factor := _EXACT_TIMES.get((second.unit, first.unit)):
        return first, _scaled(second, factor, first.unit)
    return first, second


@lru_cache(maxsize=1024)
def direction_of(text: str) -> Direction:
    """Return which way the words of a label or an amount point (`削減`, `向上`); "" when none or both are there."""
    up = any(word in text for word in UP_WORDS)
    down = any(word in text for word in DOWN_WORDS)
    if not (up or down) and text[:1].isascii():
        english = {word.lower() for word in _ENGLISH_CHANGE.findall(text[:_MAX_TEXT])}
        up, down = not english.isdisjoint(_ENGLISH_UP), not english.isdisjoint(_ENGLISH_DOWN)
    return "" if up == down else ("up" if up else "down")


@lru_cache(maxsize=1024)
def per_words(label: str) -> tuple[str, ...]:
    """Return what a label says that its amount is per: 月 for `毎月削減時間`, 月 and 人 for `1人当たり月間削減`."""
    half = to_half_width(label)
    match = _LABEL_PER.search(half)
    time = () if match is None else (_LABEL_PERS[match.group()],)
    return (*time, "人") if _LABEL_EACH.search(half) else time


_LABEL_PERS = {
    "毎月": "月", "月間": "月", "月額": "月", "月次": "月", "年間": "年", "毎年": "年", "年額": "年", "年次": "年",
    "毎週": "週", "週間": "週", "週次": "週", "毎日": "日", "日次": "日", "1日": "日",
}  # fmt: skip
_LABEL_EACH = re.compile("(?:1人|一人|行員|社員)(?:あたり|当たり|当り)")
_LABEL_PER = re.compile(rf"(?<![0-9])(?:{_any(_LABEL_PERS)})(?!目|間隔)")


# --- the machinery ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Amount:
    """What the scanner gathers about one amount."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    qualifiers: list[str]
    per: list[str]
    sign: str = ""
    change: str = ""
    target: bool = False

    def quantity(self, raw: str) -> Quantity:
        low, high = self.low, self.high
        if self.sign == "-" or (not self.sign and self.unit in {"%", "ポイント"} and self.change in _DOWN_CHANGES):
            low, high = (None if low is None else -low), (None if high is None else -high)
        if low is not None and high is not None and low > high:
            low, high = high, low
        single, low = (low, None) if high is None else (None, low)
        qualifiers = ["±", *self.qualifiers] if self.sign == "±" else self.qualifiers
        qualifier = "・".join(dict.fromkeys(word for word in qualifiers if word)) if qualifiers else ""
        per = _order_per(self.per) if self.per else ()
        return Quantity(shared(raw), single, low, high, self.unit, qualifier, per, self.change, self.target)


def _may_hold_amount(text: str) -> bool:
    return _SAYS_AMOUNT.search(text, 0, _MAX_TEXT) is not None


def _normalise(text: str) -> str:
    """Return the text with half-width ASCII and one kind of minus; cut at a length that no amount needs."""
    half = to_half_width(text[:_MAX_TEXT].replace("～", "〜"))
    if not half.isascii():
        half = half.replace("−", "-").replace("‐", "-").replace("‑", "-").replace("￥", "¥")
        half = _SIGN_TRIANGLE.sub("-", half)
    return _ROUND_THE_CLOCK.sub("", half) if "24" in half else half


@lru_cache(maxsize=256)  # one text is asked for its amounts, its states and its rate, one after the other
def _parts(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the text as `_normalise` does, the part of it outside of brackets, and what stands in brackets."""
    half = _normalise(text)
    return half, *split_brackets(half)


def _mask(plain: str) -> str:
    return _NOISE.sub(_blank, plain)


def _blank(match: re.Match[str]) -> str:
    return "\x00" * (match.end() - match.start())


def _read_plain(raw: str, plain: str, notes: tuple[str, ...]) -> Quantity:
    masked = _mask(plain)
    if "分の" in masked and (fraction := _FRACTION.search(masked)):
        return _read_fraction(raw, masked, fraction)
    if "/" in masked and (score := _SCORE.search(masked)):
        return _read_score(raw, score)
    amount = _amount_from(masked, 0)
    vague = _VAGUE.search(masked) if "数" in masked or "何" in masked else None
    if vague is not None and (amount is None or vague.start() <= amount.start):
        return _read_vague(raw, masked, vague)
    if amount is None:
        return _read_note(raw, plain, notes)
    if _OPERATOR.search(masked) and _amount_from(masked, amount.end) is not None:
        return Quantity(raw)
    _note_words(amount, masked, notes)
    if amount.unit == "倍" and _OF_TARGET.search(masked, max(0, amount.start - 8), amount.start):
        amount.qualifiers.append("目標比")
    return amount.quantity(raw)


def _read_note(raw: str, plain: str, notes: tuple[str, ...]) -> Quantity:
    """Return the amount of a bracket when the text outside of it holds none (`非公開（推定：10億USD以上）`)."""
    if re.search("[0-9]", plain):
        return Quantity(raw)
    for note in notes:
        if _ARROW.search(note) or _OPERATOR.search(note):
            continue
        quantity = _read_plain(raw, split_brackets(note)[0], ())
        if quantity.is_known:
            return quantity
    return Quantity(raw)


def _read_fraction(raw: str, masked: str, match: re.Match[str]) -> Quantity:
    denominator, numerator = _number(match[1]), _number(match[2])
    if not denominator or numerator is None:
        return Quantity(raw)
    amount = _Amount(match.start(), match.end(), numerator / denominator, None, "", [], [])
    _read_suffix(amount, masked)
    _read_prefix(amount, masked)
    return amount.quantity(raw)


def _read_score(raw: str, match: re.Match[str]) -> Quantity:
    low, high, full = _number(match[1]), _number(match[2] or ""), _number(match[3])
    if low is None or not full or low > full or (high is not None and not low <= high <= full):
        return Quantity(raw)
    qualifier = f"{full.to_integral_value()}点満点"
    if high is None:
        return Quantity(raw, value=low, unit="点", qualifier=qualifier)
    return Quantity(raw, low=low, high=high, unit="点", qualifier=qualifier)


def _read_vague(raw: str, masked: str, match: re.Match[str]) -> Quantity:
    amount = _Amount(match.start(), match.end(), None, None, _UNIT_OF[match["unit"].lower()], [], [])
    _read_prefix(amount, masked)
    qualifiers = [*amount.qualifiers, match["vague"]]
    return replace(amount.quantity(raw), qualifier="・".join(word for word in qualifiers if word))


def _amount_from(masked: str, position: int) -> _Amount | None:
    """Return the next amount at or after the position, ranges and the words around it included."""
    digit = _DIGIT.search(masked, position)
    if digit is None:
        return None
    start = digit.start()
    while start > position and ((before := masked[start - 1]) in _BEFORE_NUMBER or before.isspace()):
        start -= 1
    for match in _ATOM.finditer(masked, start):
        number, english, unit = match.group("number", "english", "unit")
        if number == "1" and _PER_ONE.match(masked, match.start("number")):
            continue  # `1日` in `1日2時間` or `1人/週` in `1人/週 3-5回` only says what the next amount is per
        value = _value(number, english or match["english_after"])
        if value is None:
            continue
        compare, sign, mark, plus = match.group("compare", "sign", "mark", "plus")
        amount = _Amount(match.start(), match.end(), value, None, _unit(unit, mark), [], [])
        amount.sign = sign or ""
        if compare:
            amount.qualifiers.append(_COMPARISONS[compare.strip()])
        if plus:
            amount.qualifiers.append("以上")
        if amount.end < len(masked):
            if amount.unit in _SMALLER_TIMES:
                _join_duration(amount, masked)
            _read_range(amount, match, masked)
        if amount.unit == "割":
            _tenths_to_percent(amount)
        _read_suffix(amount, masked)
        _read_prefix(amount, masked)
        return amount
    return None


def _value(number: str, english: str | None) -> Decimal | None:
    value = _number(number)
    if value is None or not english:
        return value
    return _sensible(_tidy(value * _ENGLISH_MAGNITUDES[english.strip().lower()]))


@lru_cache(maxsize=2048)
def _number(text: str) -> Decimal | None:
    """Return the number with its Japanese magnitudes (`5兆8,000億`), or None when it is none or beyond all sense."""
    if not text or len(_DIGIT.findall(text)) > _MAX_DIGITS:
        return None
    total = Decimal(0)
    for digits, magnitude in _NUMBER_PART.findall(text):
        total += Decimal(digits.replace(",", "")) * _JAPANESE_MAGNITUDES.get(magnitude, 1)
    return _sensible(_tidy(total))


def _sensible(value: Decimal) -> Decimal | None:
    """Return the number, or None when it has more digits than any source means, written out in full."""
    _, digits, exponent = value.as_tuple()
    places = exponent if isinstance(exponent, int) else 0
    return value if max(len(digits) + max(places, 0), 1 - places) <= _MAX_DIGITS else None


def _tidy(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole.quantize(_ONE) if whole == value and abs(whole) < 10**24 else value.normalize()


def _unit(word: str | None, mark: str | None) -> str:
    """Return the unit in one spelling: the word behind the number, else the currency before it."""
    if word and (word := word.strip()):
        return _UNIT_OF.get(word.lower(), word)
    return _CURRENCY_MARKS.get(mark.strip().upper(), "") if mark else ""


def _join_duration(amount: _Amount, masked: str) -> None:
    """Join `5時間30分` and `1年6ヶ月` into one amount of the smaller unit."""
    smaller, most = _SMALLER_TIMES[amount.unit]
    match = _ATOM.match(masked, amount.end)
    if match is None or amount.low is None:
        return
    sign, mark, unit, number, english, after = match.group("sign", "mark", "unit", "number", "english", "english_after")
    if sign or mark or _unit(unit, mark) != smaller:
        return
    rest = _value(number, english or after)
    if rest is not None and rest < most:
        amount.low = amount.low * most + rest
        amount.unit = smaller
        amount.end = match.end()


def _read_range(amount: _Amount, first: re.Match[str], masked: str) -> None:
    mark = _RANGE_MARK.match(masked, amount.end)
    if mark is None:
        return
    if vague := _VAGUE.match(masked, mark.end()):
        if "以上" not in amount.qualifiers:
            amount.qualifiers.append("以上")
        amount.end = vague.end()
        return
    second = _ATOM.match(masked, mark.end())
    if second is None or amount.low is None or second["sign"] in {"-", "±"}:
        return
    high = _value(second["number"], second["english"] or second["english_after"])
    if high is None:
        return
    unit = _unit(second["unit"], second["mark"])
    if not first["unit"]:
        amount.low = _shared_magnitude(amount.low, first, second)
        amount.unit = unit or amount.unit
    elif unit and unit != amount.unit:
        if unit in _SIZES and amount.unit in _SIZES:
            high = _tidy(high * _SIZES[unit] / _SIZES[amount.unit])
        elif factor := _EXACT_TIMES.get((unit, amount.unit)):
            high *= factor
        else:
            return
    amount.high = high
    amount.end = second.end()
    if second["plus"]:
        amount.qualifiers.append("以上")


def _tenths_to_percent(amount: _Amount) -> None:
    amount.unit = "%"
    amount.low = None if amount.low is None else _tidy(amount.low * 10)
    amount.high = None if amount.high is None else _tidy(amount.high * 10)


def _shared_magnitude(low: Decimal, first: re.Match[str], second: re.Match[str]) -> Decimal:
    """Return the left end in the magnitude of the right one (`30-60億円`, `$50-100M`) when it has none of its own."""
    letters = (second["english"] or second["english_after"] or "").strip().lower()
    own = first["english"] or first["english_after"] or first["number"][-1] in "兆億万千"
    if own:
        return low
    if letters:
        return _sensible(_tidy(low * _ENGLISH_MAGNITUDES[letters])) or low
    parts = _NUMBER_PART.findall(second["number"])
    if len(parts) == 1 and parts[0][1]:
        return _sensible(_tidy(low * _JAPANESE_MAGNITUDES[parts[0][1]])) or low
    return low


def _read_suffix(amount: _Amount, masked: str) -> None:
    for _ in range(6):
        if amount.end == len(masked):
            return
        match = _SUFFIX.match(masked, amount.end)
        if match is None:
            return
        if match["qualifier"]:
            amount.qualifiers.append(_QUALIFIERS_AFTER[match["qualifier"]])
        elif word := match["per_word"] or match["per_adverb"]:
            amount.per.append(_PER_ENGLISH[word])
        elif match["per"]:
            per = match["per"].strip()
            amount.per.append(_PER_AFTER.get(per.lower(), per))
        elif match["change"]:
            if amount.change:
                return
            amount.change = match["change"]
        elif match["english_change"]:
            if amount.change:
                return
            amount.change = match["english_change"].lower()
        amount.end = match.end()


def _read_prefix(amount: _Amount, masked: str) -> None:
    """Take in the words that lead up to the amount, from right to left."""
    qualifiers: list[str] = []
    pers: list[str] = []
    for _ in range(6):
        if not amount.start:
            break
        window = masked[max(0, amount.start - 16) : amount.start]
        match = _PREFIX.search(window)
        if match is None:
            break
        if match["qualifier"]:
            qualifiers.insert(0, _QUALIFIERS_BEFORE[match["qualifier"]])
        elif match["single"]:
            unit = match["single_unit"]
            pers.append(_PER_AFTER.get(unit, unit.removesuffix("間") if unit == "週間" else unit))
            if match["single_time"]:
                pers.append(match["single_time"])
        elif match["each"]:
            pers.append(_PER_AFTER.get(match["each"], match["each"]))
        else:
            pers.append(_PER_BEFORE[match["per"]])
        amount.start -= len(window) - match.start()
    if qualifiers:
        amount.qualifiers = [*qualifiers, *amount.qualifiers]
    if pers:
        amount.per = [*pers, *amount.per]


def _note_words(amount: _Amount, masked: str, notes: tuple[str, ...]) -> None:
    """Take in what the clause around the amount and its brackets say: target or not, per month, estimated."""
    if _TARGET_WORD.search(masked):
        left = max(masked.rfind(mark, 0, amount.start) for mark in "、。;") + 1
        end = _CLAUSE_END.search(masked, amount.end)
        amount.target = _TARGET.search(masked, left, len(masked) if end is None else end.start()) is not None
    for note in notes:
        if len(note) > 24:
            continue
        words = note.strip()
        if _TARGET.search(words):
            amount.target = True
        elif words in {"推定", "試算", "推計"}:
            amount.qualifiers.append("推定")
        elif words and not amount.per and (match := _NOTE_PER.match(words)):
            amount.per.extend(
                word for word in (match["every"] or match["time"], "人" if match["person"] else "") if word
            )


def _order_per(per: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return what an amount is per, spans of time first (`/月/人`)."""
    return _ordered(tuple(per)) if per else ()


@lru_cache(maxsize=256)  # a handful of words, in a handful of orders: all amounts share them
def _ordered(per: tuple[str, ...]) -> tuple[str, ...]:
    unique = dict.fromkeys(per)
    return tuple(sorted(unique, key=lambda word: _TIME_ORDER.index(word) if word in _TIME_ORDER else len(_TIME_ORDER)))


def _leading_per(text: str) -> tuple[str, ...]:
    """Return 月 for `月2,000→5,000万円`: the left side leads with a word that holds for both."""
    match = _LEADING_PER.match(text.strip())
    return () if match is None else (_PER_BEFORE[match[1]],)


def _last_amount(text: str) -> Quantity:
    """Return the amount that stands next to the arrow (`1人あたりコスト年間5,000USD→`)."""
    amounts = read_quantities(text)
    if len(amounts) > 1 and not _OPERATOR.search(text):
        return replace(amounts[-1], raw=text.strip())
    return _read_plain(text.strip(), text, ())


def _borrow(left: Quantity, right: Quantity, left_text: str, right_text: str) -> Quantity:
    """Give the left side of a transition the magnitude and unit that are written only on the right."""
    if left.value is None or left.unit or not right.is_known:
        return left if left.unit or not right.is_known or not left.is_known else replace(left, unit=right.unit)
    first, second = _ATOM.search(_mask(left_text)), _ATOM.search(_mask(right_text))
    value = left.value if first is None or second is None else _shared_magnitude(left.value, first, second)
    return replace(left, value=value, unit=right.unit)


def _as_points(before: Quantity, after: Quantity, change: Quantity | None) -> Quantity | None:
    """Return `68% → 82%（+14%）` as 14 points: the rate is the difference of two percentages, not their ratio."""
    if change is None or change.unit != "%" or change.value is None or before.unit != "%" or after.unit != "%":
        return change
    if before.value is None or after.value is None or abs(after.value - before.value - change.value) > Decimal("0.05"):
        return change
    return replace(change, unit="ポイント")


def _scaled(quantity: Quantity, factor: int, unit: str) -> Quantity:
    def scale(value: Decimal | None) -> Decimal | None:
        return None if value is None else _tidy(value * factor)

    return replace(quantity, value=scale(quantity.value), low=scale(quantity.low), high=scale(quantity.high), unit=unit)


def _negated(quantity: Quantity) -> Quantity:
    def negate(value: Decimal | None) -> Decimal | None:
        return None if value is None else -value

    return replace(quantity, value=negate(quantity.value), low=negate(quantity.high), high=negate(quantity.low))
