"""Passages of made-up cases that several dialects share: tables, lists, steps and prose in words of our own.

In: `Facts`. Out: Markdown lines as text, without a line feed at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.facts import Facts

LINK = "https://www.example.com"
_BACKGROUNDS = (
    "手作業で行っていた{0}に時間がかかり、担当者の残業が続いていた",
    "部門ごとに資料の書き方が違い、{0}の品質にばらつきがあった",
    "経験の長い社員が退職し、{0}のこつを若手へ渡す手段がなかった",
    "問い合わせが年々増え、{0}を担う人を増やすことも難しかった",
    "紙と表計算の記録が混ざり、{0}に必要な情報を探すだけで半日かかることもあった",
)
_ISSUES = (
    ("誤った回答が混ざる", "根拠となる社内文書の該当箇所を必ず並べて示す"),
    ("利用が一部の部署に偏る", "部署ごとに推進役を置き、月に一度使い方を持ち寄る"),
    ("機密の扱いに不安がある", "入力してよい情報の区分を定め、送信前に自動で確かめる"),
    ("効果の測り方が定まらない", "導入前の作業時間を記録し、同じ作業で比べる"),
    ("既存の仕組みとつながらない", "夜間に文書を取り込む小さな連携から始める"),
)
_FACTORS = (
    ("現場の参加", "試行の段階から現場の担当者が評価に加わった"),
    ("小さく始める", "一つの作業に絞って効果を確かめ、そのあとで広げた"),
    ("経営の後押し", "役員が自ら使い、目的を繰り返し説明した"),
    ("教育", "全員が半日の講習を受け、手引きを版を重ねて直した"),
)
_OUTLOOKS = (
    "{0}から{1}へ対象を広げる予定である",
    "海外の拠点でも使えるように、用語集を整える",
    "利用記録をもとに、次の年度の目標を見直す",
    "取引先との文書のやり取りにも使えるか検討する",
)
_LESSONS = (
    "作業時間を先に測っておくと、効果を疑われずに説明できる",
    "入力の決まりを一枚にまとめると、現場が迷わない",
    "うまくいかなかった試みも記録し、次の部署へ伝える",
)


def join(*blocks: str) -> str:
    """Return blocks with a blank line between them and a line feed at the end."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: bool = False) -> str:
    """Return a table; with `right` the last column is aligned to the right, as some editors leave it."""
    rules = ["------"] * len(header)
    if right:
        rules[-1] = "---------:"
    return "\n".join(
        (
            "| " + " | ".join(header) + " |",
            "|" + "|".join(rules) + "|",
            *("| " + " | ".join(row) + " |" for row in rows),
        )
    )


def bullets(items: Iterable[str], mark: str = "- ") -> str:
    """Return a list."""
    return "\n".join(f"{mark}{item}" for item in items)


def labels(pairs: Iterable[tuple[str, str]], mark: str = "- ") -> str:
    """Return `- **項目**: 値` lines."""
    return bullets((f"**{label}**: {value}" for label, value in pairs), mark)


def basics(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return what every dialect says about the company, label and value."""
    return (
        ("企業名", f"{facts.name}株式会社"),
        ("業界", facts.industry),
        ("本社所在地", facts.seat),
        ("従業員数", f"約{facts.employees:,}名（連結、架空）"),
        ("設立年", f"{facts.founded}年"),
        ("公表日", f"{facts.year}年{facts.month}月15日"),
    )


def adoption(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return what every dialect says about the use of AI, label and value."""
    return (
        ("AIツール名", f"{facts.tool}、{facts.second_tool}"),
        ("ベンダー", facts.vendor),
        ("導入時期", f"{facts.start}〜"),
        ("対象範囲", f"全社（約{facts.users:,}名）"),
        ("主な用途", "、".join(facts.uses)),
    )


def effects(facts: Facts) -> tuple[tuple[str, str, str], ...]:
    """Return effects as label, value and remark."""
    return (
        ("業務時間の削減", f"月{facts.hours:,}時間", "社内の集計（架空）"),
        ("利用者数", f"{facts.users:,}名超", f"{facts.year + 1}年度末"),
        ("年間効果額", f"約{facts.benefit:,}万円/年", "試算"),
        ("回答の正確さ", f"{facts.score - 12}% → {facts.score}%", "抜き取り検査"),
        *((task.name, f"{task.before}分/件 → {task.after}分/件", f"約{task.stated}%削減") for task in facts.tasks),
        ("利用回数", f"月{facts.users * 7:,}回以上", ""),
    )


def changes(facts: Facts) -> list[tuple[str, ...]]:
    """Return rows of 指標・導入前・導入後・改善率."""
    return [(task.name, f"{task.before}分/件", f"{task.after}分/件", f"{task.stated}%削減") for task in facts.tasks]


def backgrounds(facts: Facts) -> tuple[str, ...]:
    """Return why the company began."""
    return tuple(text.format(facts.uses[index % 3]) for index, text in enumerate(_BACKGROUNDS))


def issues() -> tuple[tuple[str, str], ...]:
    """Return issues with their measures."""
    return _ISSUES


def factors() -> tuple[tuple[str, str], ...]:
    """Return success factors with their explanations."""
    return _FACTORS


def outlooks(facts: Facts) -> tuple[str, ...]:
    """Return plans."""
    return tuple(text.format(facts.uses[0], facts.uses[1]) for text in _OUTLOOKS)


def lessons() -> tuple[str, ...]:
    """Return what others can learn."""
    return _LESSONS


def steps(facts: Facts) -> tuple[tuple[str, str, str], ...]:
    """Return steps as name, period and content."""
    year = facts.year
    return (
        ("試行", f"{year}年1月-{year}年3月", f"{facts.uses[0]}の担当者30名で効果を測った"),
        ("部門展開", f"{year}年4月-{year}年9月", "三つの部門へ広げ、手引きを整えた"),
        ("全社展開", f"{year}年10月〜", f"約{facts.users:,}名が使えるようにした"),
    )


def costs(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return costs, benefit and pay-back."""
    return (
        ("初期投資", f"約{facts.initial:,}万円"),
        ("年間運用費", f"約{facts.running:,}万円"),
        ("年間効果", f"約{facts.benefit:,}万円相当"),
        ("投資回収期間", f"{facts.payback}ヶ月"),
    )


def calculation(facts: Facts) -> str:
    """Return a code fence with the arithmetic behind the effect."""
    hours = facts.hours * 12
    return "\n".join(
        (
            "```",
            f"月間削減時間: {facts.hours:,}時間",
            f"年間削減時間 = {facts.hours:,}時間 × 12ヶ月 = {hours:,}時間",
            f"  ├─ {facts.uses[0]}: {hours // 2:,}時間",
            f"  └─ {facts.uses[1]}: {hours - hours // 2:,}時間",
            f"効果額: {hours:,}時間 × 2,500円 = {hours * 2500 / 1e8:.2f}億円",
            "```",
        )
    )


def checks(facts: Facts) -> tuple[tuple[str, str, str], ...]:
    """Return checked statements: item, verdict, source."""
    return (
        ("導入時期", "✅ PASS", f"[発表資料]({LINK}/{facts.number}/release)"),
        ("削減時間", "⚠️ PARTIAL", "社内の集計のみ"),
        ("投資額", "❌ 未公表", "-"),
    )


def sources(facts: Facts) -> str:
    """Return a list of links."""
    return bullets(
        (
            f"[{facts.name} 発表資料（架空）]({LINK}/{facts.number}/release)",
            f"[導入事例の紹介（架空）]({LINK}/case/{facts.number}?lang=ja)",
            f"{facts.vendor}：{LINK}/vendor/{facts.number}",
        )
    )


def prose(facts: Facts) -> str:
    """Return a paragraph about the whole."""
    return (
        f"{facts.name}は{facts.start}から**{facts.tool}**を{facts.uses[0]}と{facts.uses[1]}に使い、"
        f"月{facts.hours:,}時間の業務時間を削減したと説明している。対象は約{facts.users:,}名で、"
        f"{facts.vendor}の支援を受けた。この事例は動作の測定のために作った架空のものである。"
    )


_DEPARTMENTS = ("営業部門", "製造部門", "人事部門", "経理部門", "調達部門", "品質保証部門", "研究部門", "顧客窓口")


def departments(facts: Facts, count: int) -> str:
    """Return how departments use the tool, two lines for each."""
    return "\n".join(
        f"- **{_DEPARTMENTS[index % 8]}**: {facts.uses[index % 3]}に使い、担当者{index * 3 + 4}名が毎週{index + 2}件を"
        "処理する\n"
        f"  - 手順書は第{index + 1}版。入力の決まりと確かめ方を一枚にまとめ、誤りがあればその日のうちに直す"
        for index in range(count)
    )
