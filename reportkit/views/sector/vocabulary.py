"""Short names for the long answers of the survey, and what links a barrier to what helps against it. Data only.

A short name is found by a piece of the printed label, so that a re-typed source keeps it; a label that no piece fits
is cut at its first comma or bracket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SHORT_NAMES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "barriers": (
        ("経営層", "経営層の理解が得られない"),
        ("メリット", "メリットがわからない"),
        ("文化", "AIを受け入れない社内文化"),
        ("どこから", "どこから着手すべきか不明"),
        ("高額", "導入・運用コストが高額"),
        ("投資対効果", "投資対効果が判断しにくい"),
        ("トレーニング", "学習・適用データの不足"),
        ("機密データ", "機密データの漏洩"),
        ("規制ルール", "既存の規制・ルール"),
        ("不適切な使い方", "従業員の不適切な使い方"),
        ("著作権", "著作権侵害による訴訟"),
        ("誤った", "予想外・誤った出力"),
        ("差別", "人権侵害・差別的な出力"),
        ("プライバシー", "個人データの不適切な使用"),
    ),
    "support": (
        ("経営層", "経営層の理解"),
        ("導入事例", "産業・職種別の導入事例"),
        ("合意", "社内の合意・理解"),
        ("人材", "業務と技術の双方を理解した人材"),
        ("手順書", "わかりやすいマニュアル・手順書"),
        ("金銭", "コストへの金銭的な支援"),
        ("緩和", "法律・規制・ルールの緩和"),
        ("ガイドライン", "使用ガイドラインとポリシー"),
    ),
    "participation-barriers": (
        ("データ共有したくない", "データを共有したくない"),
        ("企業名", "企業名が漏れる懸念"),
        ("社内調整", "社内調整が煩雑・困難"),
        ("メリット", "参加メリットがわからない"),
        ("リソース", "参加のリソースを割けない"),
        ("法規制", "法規制・コンプライアンス上のリスク"),
    ),
    "data-sharing-barriers": (
        ("競争", "競争上の懸念"),
        ("情報漏洩", "情報漏洩の懸念"),
        ("コンプライアンス", "コンプライアンス上の懸念"),
        ("社内調整", "社内調整の煩雑さ"),
        ("データ整備", "データ整備のコスト・負担"),
        ("メリット", "共有のメリットが小さい・不明"),
    ),
    "data-sharing-support": (
        ("権限", "他企業の権限の制限"),
        ("リスク低減", "リスク低減策の丁寧な説明"),
        ("政府", "政府による法的な対応方法の提示"),
        ("第三者", "第三者機関の専門的な助言"),
        ("経営トップ", "経営トップとの合意の取り付け"),
        ("専門人材", "専門人材によるデータ整備の代行"),
        ("還元", "データ提供の利益の還元"),
        ("異業種", "異業種データとの交換"),
        ("緩和", "法律・規制・ルールの緩和"),
    ),
}
_LONGEST = 18


def short_name(matrix_id: str, label: str) -> str:
    """Return the name of an answer for charts, narrow columns and sentences."""
    for piece, short in _SHORT_NAMES.get(matrix_id, ()):
        if piece in label:
            return short
    first = re.split(r"[（(、,]", label, maxsplit=1)[0]
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """What helps against the barriers of one theme.

    theme: heading over the barriers in the survey; supports: headings over the wished support that answer to it.
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
        ("AIへの理解",),
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
