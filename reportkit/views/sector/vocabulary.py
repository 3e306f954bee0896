"""What links a barrier of the survey to what helps against it. Data only, plus two look-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportkit.corpus.matrix import Axis

_LONGEST = 16


def short_label(axis: Axis, label: str) -> str:
    """Return an answer for charts and sentences: itself when it is short, else the axis' own short name for it.

    An answer without a short name is cut at its first comma or bracket. A short label says more than a short name:
    of 経営層の理解が得られない the name 経営層の理解 alone would say the opposite.
    """
    if len(label) <= _LONGEST:
        return label
    index = axis.labels.index(label)
    if index < len(axis.short) and axis.short[index]:
        return axis.short[index]
    first = re.split(r"[（(、,]", label, maxsplit=1)[0]
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """What helps against the barriers of one theme.

    theme: heading over the barriers in the survey; supports: headings over the wished support that answer to it, ()
    when the survey asked for none.
    words: what the issues, measures and success factors of a case talk about when they talk about this theme.
    task: what a company can do about it itself, in one clause that ends in a noun.
    """

    theme: str
    supports: tuple[str, ...]
    words: tuple[str, ...]
    task: str


THEME_LINKS: tuple[ThemeLink, ...] = (
    ThemeLink(
        "AIへの理解",
        ("AIへの理解",),
        (
            "理解",
            "教育",
            "研修",
            "リテラシー",
            "人材",
            "スキル",
            "文化",
            "民主化",
            "推進チーム",
            "専門チーム",
            "浸透",
            "抵抗",
        ),
        "対象業務を絞った試行と、業務側の推進役の育成",
    ),
    ThemeLink(
        "コスト",
        ("コスト",),
        ("コスト", "費用", "予算", "投資", "ROI", "採算", "料金"),
        "効果の測り方を先に決めた小さな投資と、段階的な拡大",
    ),
    ThemeLink(
        "データ",
        (),
        ("データ", "ナレッジ", "文書", "RAG", "品質のばらつき"),
        "使えるデータの棚卸しと、整備する順番の決定",
    ),
    ThemeLink(
        "セキュリティ",
        ("事実の正確性", "倫理的責任", "セキュリティ"),
        ("セキュリティ", "セキュア", "機密", "漏洩", "漏えい", "プライバシー", "ガバナンス", "閉域", "個人情報"),
        "機密区分に応じた利用環境と、入力してよい情報の線引き",
    ),
    ThemeLink(
        "規制・ルール",
        ("規制・ルール",),
        ("規制", "法務", "法令", "ルール", "コンプライアンス", "著作権", "知的財産", "倫理"),
        "法務・知財部門を初期から加えた利用ルールづくり",
    ),
    ThemeLink(
        "従業員の使い方",
        ("事実の正確性", "倫理的責任", "セキュリティ"),
        ("研修", "教育", "ガイドライン", "ルール", "利用者", "使い方", "ガバナンス"),
        "利用ガイドラインと研修、利用状況の点検",
    ),
    ThemeLink(
        "事実の正確性",
        ("事実の正確性", "倫理的責任", "セキュリティ"),
        ("正確", "精度", "ハルシネーション", "品質", "誤り", "誤回答", "検証", "チューニング", "チェック"),
        "人による確認を残した業務設計と、出力の評価の仕組み",
    ),
    ThemeLink(
        "倫理的責任",
        ("事実の正確性", "倫理的責任", "セキュリティ"),
        ("倫理", "公平", "差別", "責任", "ガバナンス", "透明"),
        "責任者の明確化と、問題のある出力への対応手順",
    ),
)


def link_of(theme: str) -> ThemeLink | None:
    """Return what helps against the barriers of this theme, or None for a theme that the list does not know."""
    return next((link for link in THEME_LINKS if link.theme == theme), None)
