"""Headings of lists of use cases: which column holds what, under any of the names that people give it.

In: the heading row of a table. Out: column indices by what they hold, or None when the table is no list of use cases.

>>> use_case_columns(("No.", "業界", "業務", "ユースケース", "内容"))["industry"]
1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportkit.sources.matrices.labels import bare_label
from reportkit.sources.taxonomy import spelling_key

# What a column holds -> names, the most telling first; the first that a table has counts.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("ユースケース概要", "ユースケース名", "ユースケース", "活用例", "活用事例", "用途"),
    "industry": ("産業", "業界", "業種", "産業分類", "対象業界", "対象業種"),
    "function": ("機能", "業務", "業務機能", "業務領域", "対象業務", "職種"),
    "category": ("カテゴリ", "カテゴリー", "価値の種類", "分類", "区分", "類型"),
    "summary": ("ユースケースの内容", "内容", "説明", "詳細", "概要"),
    "impact": ("付加価値/売上インパクト", "インパクト", "効果", "期待効果", "想定効果", "期待される効果"),
    "data": ("モデル構築に必要な学習データ", "必要な学習データ", "必要なデータ", "必要データ", "学習データ"),
}
_NEEDED = ("name", "industry", "function")


def use_case_columns(heading: Sequence[str]) -> Mapping[str, int] | None:
    """Return the columns by what they hold; None without a name, an industry and a function."""
    keys = [spelling_key(bare_label(text)) for text in heading]
    found: dict[str, int] = {}
    for what, names in _HEADS.items():
        at = next((keys.index(key) for name in names if (key := spelling_key(name)) in keys), None)
        if at is not None and at not in found.values():
            found[what] = at
    if not all(what in found for what in _NEEDED):
        return None
    if "category" not in found and not keys[0] and 0 not in found.values():
        found["category"] = 0  # the report leaves the head over its categories empty
    return found
