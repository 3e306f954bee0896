"""The dialects in which made-up cases are written: one function each, from facts to the text of a file.

The shapes (headings, tables, front matter, footers, and their known faults) are those of real collections; words,
companies and figures are made up. `SINGLE` holds dialects of one case a file with their share among the files in
percent; `MANY` holds dialects of several cases a file, with the share and the number of cases; `report` writes what
lies among cases and is none.
"""

# ruff: noqa: E501 - a block of a template stays on one line, Japanese counts two columns a character
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from types import MappingProxyType

from benchmarks.facts import Facts
from benchmarks.parts import (
    LINK,
    adoption,
    backgrounds,
    basics,
    bullets,
    calculation,
    changes,
    checks,
    costs,
    departments,
    effects,
    factors,
    issues,
    join,
    labels,
    lessons,
    outlooks,
    prose,
    sources,
    steps,
    table,
)

_NOTE = "この事例は架空です（測定用に作ったもの）。"


# --- A: twelve numbered sections -------------------------------------------------------------------------------------


def _a1(facts: Facts) -> str:
    return join(
        f"# 事例調査：{facts.name}（{facts.industry}）",
        "## 1. 基本情報",
        table(
            ("項目", "内容", "ソース"),
            [(label, value, f"[公式サイト]({LINK}/{facts.number})") for label, value in basics(facts)],
        ),
        "## 2. AI導入サマリー",
        table(("項目", "内容"), adoption(facts)),
        "## 3. 定量的効果",
        table(("指標", "数値", "備考"), effects(facts), right=facts.number % 2 == 0),
        "## 4. 導入背景・課題",
        bullets(backgrounds(facts)),
        "## 5. ソリューション詳細",
        f"### {facts.tool}\n- **{facts.year}年構築**\n- 社内文書の検索と要約\n  - 根拠の箇所を並べて示す\n  - 用語集を参照",
        "### 連携\n- 文書管理の仕組みと夜間に連携\n- 利用記録の保管：1年間",
        f"### 運用\n{prose(facts)}",
        labels(costs(facts)),
        "### 部門ごとの使い方\n" + departments(facts, 3),
        "## 6. 導入プロセス",
        table(("フェーズ", "時期", "内容"), steps(facts)),
        "## 7. 成功要因分析",
        "\n".join(f"{index}. **{name}**: {text}" for index, (name, text) in enumerate(factors(), 1)),
        "## 8. 課題・対策",
        table(("課題", "対策"), issues()),
        "## 9. 今後の展開",
        bullets(outlooks(facts)),
        "## 10. 他社への示唆",
        bullets(lessons()),
        "## 11. ファクトチェック結果",
        table(("項目", "判定", "ソース"), checks(facts)),
        "## 12. 参考リンク",
        sources(facts),
        "---",
        f"作成日: {facts.written}\nデータソース: 架空の公開資料\nPhase: 1（12セクション詳細版、架空）",
    )


def _a2(facts: Facts) -> str:
    rows = [(label, value, "-") for label, value in basics(facts)]
    return (
        "\n\n".join(
            (
                f"# 事例調査:{facts.name}({facts.industry})",
                "## 1. 基本情報\n" + table(("項目", "内容", "ソース"), rows),
                f"## 2. AI導入サマリー\n{prose(facts)}",
                "## 3. 定量的効果\n### 業務の規模\n" + labels((label, value) for label, value, _ in effects(facts)),
                "## 4. 導入背景・課題\n" + bullets(backgrounds(facts)),
                "## 5. ソリューション詳細\n" + labels(adoption(facts)),
                "## 6. 導入プロセス\n" + bullets(f"**{when}**: {name}。{what}" for name, when, what in steps(facts)),
                "## 7. 成功要因分析\n" + labels(factors()),
                "## 8. 課題・対策\n"
                + bullets(f"**課題**: {issue}\n  - 対策：{measure}" for issue, measure in issues()),
                "## 9. 今後の展開\n" + bullets(outlooks(facts)),
                "## 10. 他社への示唆\n" + bullets(lessons()),
                "## 11. ファクトチェック結果\n" + bullets(f"{verdict} {item}" for item, verdict, _ in checks(facts)),
                "## 12. 参考リンク\n" + sources(facts),
                f"---\n**作成日**: {facts.written}\n**調査担当**: 架空太郎\n**備考**: {_NOTE}",
            )
        )
        + "\n"
    )


def _a3(facts: Facts) -> str:
    front = "\n".join(
        (
            "---",
            "# YAML Front Matter（検索用、架空）",
            f'id: "GUGA_{facts.number:04}"',
            f'title: "{facts.name} - {facts.tool}"',
            f'category: "{facts.industry}"',
            'type: "case_study"',
            'version: "1.0"',
            f'created_at: "{facts.written}"',
            "",
            "# 企業情報",
            "company:",
            f'  name: "{facts.name}株式会社"',
            f'  name_en: "{facts.name_en}"',
            f'  industry: "{facts.industry}"',
            '  country: "日本"',
            f"  employees: {facts.employees}",
            f"  founded: {facts.founded}",
            "ai_adoption:",
            f'  ai_tool: "{facts.tool}"',
            f'  ai_vendor: "{facts.vendor}"',
            f'  use_case_primary: "{facts.uses[0]}"',
            f'  rollout_start: "{facts.year}-{facts.month:02}"',
            "quantitative_impact:",
            *(f'  task_{i}: "{t.before}分 → {t.after}分（{t.stated}%削減）"' for i, t in enumerate(facts.tasks)),
            '  cost_saved: "取得不可"',
            "tags:",
            "  use_case:",
            "    - document_generation",
            "    - search",
            "quality:",
            '  source_tier: "tier1"',
            "  sources_count: 3",
            f'  published_date: "{facts.year}-{facts.month:02}-15"',
            "---",
        )
    )
    return front + "\n\n" + "\n\n---\n\n".join(
        (
            f"# 事例調査：{facts.name}株式会社（{facts.industry}）\n\n**調査日**: {facts.written}  \n**分類**: 架空",
            "## 1. 基本情報\n\n" + table(("項目", "内容"), [(f"**{label}**", value) for label, value in basics(facts)]),
            "## 2. AI導入サマリー\n\n" + table(("項目", "内容"), adoption(facts)),
            "## 3. 定量的効果（目標値）\n\n" + table(("効果指標", "導入前", "導入後", "改善値"), changes(facts)),
            "## 4. 導入背景・課題\n\n" + bullets(backgrounds(facts)),
            "## 5. ソリューション詳細\n\n" + prose(facts),
            "## 6. 導入プロセス（時系列）\n\n" + table(("時期", "フェーズ", "内容"), [(w, n, t) for n, w, t in steps(facts)]),
            "## 7. 成功要因分析（見込み）\n\n" + labels(factors()),
            "## 8. 課題・対策（想定）\n\n" + table(("課題", "対策"), issues()),
            "## 9. 今後の展開\n\n" + bullets(outlooks(facts)),
            "## 10. 他社への示唆\n\n" + bullets(lessons()),
            "## 11. ファクトチェック結果\n\n"
            + table(("項目", "検証状況", "根拠"), [(item, f"**{verdict}**", source) for item, verdict, source in checks(facts)]),
            "## 12. 参考リンク\n\n" + sources(facts),
            f"## 調査者の所見\n\n{_NOTE}\n\n**調査者注記**: 数値は動作の確認にだけ使う。",
        )
    ) + "\n"  # fmt: skip


def _a4(facts: Facts) -> str:
    task = facts.tasks[0]
    return join(
        f'---\ntitle: "{facts.name}の{facts.tool}導入ケーススタディ"\ncompany: "{facts.name}"\n'
        f'industry: "{facts.industry}"\nannouncement_date: "{facts.year}-{facts.month:02}-07"\n'
        f'ai_tool: "{facts.tool}"\nvendor: "{facts.vendor}"\ncategories:\n  - "業務プロセス改善"\n  - "生産性向上"\n'
        f'picker: "架空花子"\nstatus: "Active"\nlast_updated: "{facts.written}"\n---',
        "## 1. ケース概要",
        table(("項目", "内容"), [(f"**{label}**", value) for label, value in basics(facts)])
        + "\n| **戦略的位置づけ | 架空の重点施策 |",
        "## 2. AI導入サマリー",
        table(("側面", "詳細"), adoption(facts)),
        "## 3. 定量的効果（公表値）",
        f"```\n{task.name}: {task.before}分 → {task.after}分（{task.stated}%短縮）\n利用者: {facts.users:,}名\n```",
        calculation(facts),
        "## 4. 導入背景・課題",
        "### 4.1 背景",
        bullets(backgrounds(facts)),
        "## 6. 導入プロセス",
        "\n\n".join(f"### フェーズ{i}: {n}（{w}）\n- {t}" for i, (n, w, t) in enumerate(steps(facts), 1)),
        "## 7. 成功要因分析",
        labels(factors()),
        "## 8. 課題・対策",
        "### 8.1 直面する課題",
        "\n\n".join(
            f"#### 課題{index}：{issue}\n- **現象**：担当者から指摘があった\n- **対策**：\n  - {measure}"
            for index, (issue, measure) in enumerate(issues(), 1)
        ),
        "## 11. ファクトチェック結果",
        table(("項目", "判定", "根拠"), checks(facts)),
        "## 12. 参考リンク",
        sources(facts),
        "---\n**作成者**: 架空花子\n**ステータス**: 完了\n**次レビュー予定**: 未定",
    )


# --- B: file names as titles -----------------------------------------------------------------------------------------


def _b1(facts: Facts) -> str:
    return join(
        f"# {facts.number:03}_{facts.name}_{facts.tool}",
        "## 1. 企業基本情報",
        table(("項目", "内容"), basics(facts)),
        "## 2. AI/生成AI導入の背景",
        "### 課題\n" + bullets(backgrounds(facts)),
        f"### 経営判断\n- {facts.start}に{facts.tool}を導入\n- 関連業務の時間を約{facts.tasks[0].stated}%削減する目標",
        "## 3. 導入したAI技術の詳細",
        f"### AIツール名称\n1. **{facts.tool}** - 本社の業務\n2. **{facts.second_tool}** - 現場の業務",
        f"### 技術仕様\n- **{facts.tool}**:\n  - {facts.vendor}が提供\n  - ひな型の作成を支援",
        "## 4. 具体的な活用領域",
        bullets(facts.uses),
        "## 5. 実装プロセス",
        bullets(f"**{when}**: {name}" for name, when, _ in steps(facts)),
        "## 6. 導入効果と成果",
        labels((label, f"{value}（{note}）" if note else value) for label, value, note in effects(facts)),
        "## 7. 組織体制",
        "- 推進委員会：6名\n- 運用担当：12名",
        "## 8. 課題と対応",
        "\n".join(f"- **{issue}**\n  - 対応：{measure}" for issue, measure in issues()),
        "## 9. 投資規模",
        labels(costs(facts)),
        "## 10. 今後の展望",
        bullets(outlooks(facts)),
        "## 11. 業界への示唆",
        bullets(lessons()),
        "## 12. 参考資料・出典",
        sources(facts),
        _NOTE,
    )


def _b2(facts: Facts) -> str:
    return join(
        f"# {facts.number:03}_{facts.name}_{facts.tool} / {facts.second_tool}",
        f"`#{facts.uses[0]}` `#架空` `#{facts.tool}`",
        "## 1. 企業概要",
        labels(basics(facts)),
        "## 2. AI導入概要",
        labels(adoption(facts)),
        "## 3. 導入背景",
        bullets(backgrounds(facts)),
        "## 4. 技術詳細",
        prose(facts),
        "## 5. 成果・効果",
        table(("指標", "改善度", "詳細"), effects(facts)),
        "## 6. 課題と解決策",
        table(("課題", "対策", "結果"), [(issue, measure, "継続中") for issue, measure in issues()]),
        "## 7. 今後の計画",
        bullets(outlooks(facts)),
        "## 8. 他社への示唆",
        bullets(lessons()),
        "## 9. 品質スコア",
        f"{facts.score}点",
        "## 10. 参照リンク",
        sources(facts),
        f"### 更新履歴\n- {facts.written}: 初版（架空）",
    )


_B0_TITLES = (
    "導入したAIツール・技術", "導入目的・背景", "具体的な活用方法・事例", "導入効果・成果", "課題・障壁", "組織体制・推進体制",
    "投資額・コスト", "外部パートナー・協業", "今後の展開・ロードマップ", "業界への影響・示唆",
)  # fmt: skip


def _b0(facts: Facts) -> str:
    return join(
        f"# {facts.number:03}_{facts.name}_情報取得不可",
        "## 1. 基本情報",
        table(
            ("項目", "内容"),
            (("**企業名**", f"{facts.name}株式会社"), ("**業種**", facts.industry), ("**従業員数**", "取得不可")),
        ),
        *(f"## {index}. {title}\n\n取得不可" for index, title in enumerate(_B0_TITLES, 2)),
        f"## 12. 出典・参考情報\n\n### 調査結果\n\n具体的な事例は確認できませんでした。{_NOTE}\n\n### 調査日\n\n2026年1月8日",
    )


# --- C: front matter and long reports --------------------------------------------------------------------------------


def _c1_front(facts: Facts, first: str, more: Sequence[str]) -> str:
    return "\n".join(
        (
            "---",
            first,
            f'case_title: "{facts.name} - {facts.tool}による{facts.uses[0]}の効率化"',
            f'company_name: "{facts.name}"',
            f'company_category: "{facts.industry}"',
            f'company_founded: "{facts.founded}年"',
            f'company_employees: "約{facts.employees:,}名（架空）"',
            'company_revenue: "約1兆2,000億円（架空）"',
            f'ai_tool: "{facts.tool}"',
            f'ai_developer: "{facts.vendor}"',
            f'ai_launch_date: "{facts.start}（試行）、{facts.year + 1}年4月（全社、予定）"',
            f'business_impact: "月{facts.hours:,}時間の削減、年間約{facts.benefit:,}万円の効果"',
            f"time_savings_hours: {facts.hours * 12}",
            f'productivity_improvement: "{facts.tasks[0].name}{facts.tasks[0].stated}%短縮"',
            f'implementation_scope: "全社（約{facts.users:,}名）"',
            f"reliability_score: {facts.score}",
            f'source_url: "{LINK}/{facts.number} | {LINK}/{facts.number}/release"',
            *more,
            "---",
        )
    )


def _c1a(facts: Facts) -> str:
    tree = "```\n全社\n├── 推進室\n│   ├── 企画\n│   └── 運用\n└── 各部門の推進役\n```"
    return join(
        _c1_front(facts, f'# YAML Frontmatter（30フィールド）\ncase_id: "{facts.number:03}_kakuu"', ("", "# 備考", f'analyst_note: "{_NOTE}"')),
        f"# {facts.name} - {facts.tool}導入",
        f"## 1. エグゼクティブサマリー\n\n{prose(facts)}",
        "## 2. 企業・プロジェクト背景\n\n### 2.1 企業概要",
        table(("項目", "内容"), basics(facts)),
        "### 2.2 課題\n\n" + bullets(backgrounds(facts)),
        "## 3. AI導入スキーム\n\n" + labels(adoption(facts)),
        "### 3.2 推進の形\n\n" + tree,
        "## 4. 導入プロセス",
        "\n\n".join(f"### 4.{i} フェーズ{i}：{n}（{w}）\n\n- {t}\n- 週に一度の振り返り" for i, (n, w, t) in enumerate(steps(facts), 1)),
        "## 5. 定量的インパクト\n\n### 5.1 業務時間",
        table(("指標", "従来（導入前）", "AI導入後", "改善率"), changes(facts)),
        calculation(facts),
        "### 5.2 効果の一覧",
        table(("指標", "数値", "備考"), effects(facts)),
        "### 5.3 部門別\n\n" + departments(facts, facts.number % 5 * 10),
        "## 6. 定性的効果\n\n- 担当者が提案に使う時間が増えた\n- 書類の書き方がそろった",
        "## 7. 課題・リスク・制約事項",
        "\n\n".join(f"**課題{i}: {a}**\n- 対策：{b}" for i, (a, b) in enumerate(issues(), 1)),
        "## 8. 成功要因分析\n\n" + labels(factors()),
        "## 9. ROI分析\n\n" + table(("項目", "金額", "備考"), [(a, b, "架空") for a, b in costs(facts)]),
        "## 10. 今後の戦略・展望\n\n" + bullets(outlooks(facts)),
        "## 11. 信頼性・品質指標\n\n" + table(("情報", "信頼性", "検証方法"), checks(facts)),
        "## 12. 参考資料・出典\n\n" + sources(facts),
        f"---\n\n**信頼度スコア**: {facts.score}/100  \n**最終更新日**: 2026年1月8日",
    )  # fmt: skip


def _c1b(facts: Facts) -> str:
    broken = 'company_region: "グローバル" if country != "日本" else "日本"'
    return join(
        _c1_front(facts, f'# Tier 1 YAML Frontmatter（30フィールド）\ncase_id: "{facts.number}"', ('company_country: "日本"', broken)),
        f"# {facts.name} - {facts.tool}導入による生成AI活用事例",
        f"## 1. エグゼクティブサマリー\n\n{prose(facts)}",
        "## 2. 企業背景\n\n" + "  \n".join(f"**{label}**: {value}" for label, value in basics(facts)),
        "## 3. 導入背景\n\n" + bullets(backgrounds(facts)),
        "## 4. AI導入内容\n\n" + labels(adoption(facts)),
        "## 5. 成果と効果\n\n" + table(("指標", "効果", "詳細"), effects(facts)),
        "## 6. 実装プロセス\n\n" + bullets((f"**{w}**: {n}" for n, w, _ in steps(facts)), "1. "),
        "## 7. 課題と対策\n\n" + table(("課題", "対策"), issues()),
        "## 8. 今後の展望\n\n" + bullets(outlooks(facts)),
        "## 9. 参考資料\n\n" + sources(facts),
        f"## 補足\n\n{_NOTE}\n\n生成日: {facts.written} 11:13:07",
    )  # fmt: skip


def _c1c(facts: Facts) -> str:
    return "\n\n---\n\n".join(
        (
            _c1_front(facts, f'# YAML Frontmatter（60フィールド）\ncase_id: "{facts.number}_kakuu"', ('company_country: "Japan"',))
            + f"\n\n# {facts.name} - {facts.tool}による生成AI導入事例\n\n## 1. エグゼクティブサマリー\n\n{prose(facts)}"
            + f"\n\n### 主な特徴\n- **テクノロジー**: {facts.tool}\n- **開始時期**: {facts.year}年～{facts.year + 1}年",
            "## 2. 機関・プロジェクト背景\n\n### 2.1 機関概要\n\n" + table(("項目", "内容"), basics(facts)),
            "## 3. AI導入スキーム\n\n**特徴**：\n" + bullets(facts.uses),
            "## 4. 実装プロセス\n\n"
            + "\n\n".join(f"**Phase {i}: {n}（3-6ヶ月）**\n- {t}" for i, (n, _, t) in enumerate(steps(facts), 1)),
            "## 5. 成果・効果\n\n### 5.1 定量効果\n\n"
            + table(("KPI", "効果"), [(t.name, f"{max(1, t.stated - 10)}-{t.stated + 10}%短縮") for t in facts.tasks])
            + "\n\n### 5.2 定性効果\n\n- 書類の書き方がそろった",
            "## 6. 課題と対策\n\n**課題**:\n"
            + bullets(issue for issue, _ in issues()) + "\n\n**対策**:\n" + bullets(measure for _, measure in issues()),
            "## 7. 今後の展開\n\n" + bullets(outlooks(facts)),
            f"## 8. 参考資料\n\n{sources(facts)}\n\n**信頼度スコア**: {facts.score}/100\n**最終更新日**: 2026年1月8日\n{_NOTE}",
        )
    ) + "\n"  # fmt: skip


_C1D_SCORES = (
    "adoption_rate",
    "customer_satisfaction",
    "error_rate_reduction",
    "model_accuracy",
    "automation_coverage",
)


def _c1d(facts: Facts) -> str:
    front = "\n".join(
        (
            "---",
            f"case_id: {facts.number}_kakuu",
            f"case_title: {facts.name} - {facts.tool}による{facts.uses[0]}（架空）",
            f"company_name: {facts.name}",
            f"company_category: {facts.industry}",
            f"company_founded: {facts.founded}",
            f"company_employees: {facts.employees}",
            "company_revenue: $12,000,000,000 USD",
            f"ai_tool: {facts.tool}",
            f"ai_developer: {facts.vendor}",
            f"ai_launch_date: {facts.year}年継続改善",
            f"cost_savings_yen: ¥{facts.benefit * 10_000:,}",
            f"cost_savings_usd: ${facts.benefit * 70:,}",
            *(f"{name}: {facts.score - index}" for index, name in enumerate(_C1D_SCORES)),
            *(f"{name}_note: 架空の値" for name in _C1D_SCORES),
            f"total_investment_usd: {facts.initial * 70}",
            f"expected_payback_months: {facts.payback}",
            f"go_live_date: {facts.year}年継続改善",
            "scale_phase_count: 3",
            "---",
        )
    )
    return join(
        front,
        f"# {facts.name} - {facts.tool}による企業価値の向上",
        f"## 1. エグゼクティブサマリー\n\n{prose(facts)}",
        "## 2. 企業・プロジェクト背景\n\n### 2.1 企業概要\n\n" + table(("項目", "内容"), basics(facts)),
        "**課題**:\n" + bullets(backgrounds(facts)),
        "## 3. AI導入スキーム\n\n**主要機能**:\n" + bullets(facts.uses),
        "\n\n".join(f"**Phase {i}: {n}**\n- 期間: {w}\n- 対象: {t}" for i, (n, w, t) in enumerate(steps(facts), 1)),
        "## 5. 定量的な成果\n\n### 5.1 効果指標\n\n" + table(("指標", "導入前", "導入後", "改善率"), changes(facts)),
        "## 6. 課題と学習\n\n" + labels(issues()),
        "## 7. 投資・コスト\n\n" + labels(costs(facts)),
        "## 8. 参考資料\n\n" + sources(facts),
    )


def _c2(facts: Facts) -> str:
    front = "\n".join(
        (
            "---",
            f'id: "GENAI_{facts.number:03}"',
            f'title: "{facts.name_en} - {facts.tool}"',
            'category: "genai_enterprise"',
            'tier: "flagship"',
            f'created_at: "{facts.written}"',
            "",
            "subject:",
            f'  name: "{facts.name_en}"',
            f'  name_ja: "{facts.name}"',
            f'  industry: "{facts.industry}"',
            '  country: "日本"',
            f"  employees: {facts.employees}",
            f"  founded_year: {facts.founded}",
            "",
            "ai_adoption:",
            f'  ai_tool_primary: "{facts.tool}"',
            f'  ai_tool_secondary: ["{facts.second_tool}", "架空の検索"]',
            f'  ai_vendor_primary: "{facts.vendor}"',
            f'  deployment_scope: "{facts.users:,}+ users"',
            "",
            "quantitative_impact:",
            f"  accuracy_improvement_pct: {facts.score - 70 if facts.score > 70 else 5}",
            f"  time_reduction_pct: {facts.tasks[0].stated}",
            f'  quality: "{facts.score - 14}% → {facts.score}% (+14%)"',
            "",
            "implementation_timeline:",
            f'  phase_1: "{facts.year}年"',
            '  phase_1_description: "架空の試行（5拠点）"',
            f'  phase_2: "{facts.year + 1}年後半"',
            '  phase_2_description: "全拠点への展開"',
            "",
            "sources:",
            f'  - title: "発表資料（架空）"\n    url: "{LINK}/{facts.number}/release"',
            "japan_score:",
            f"  total: {facts.score}",
            "",
            "---",
        )
    )
    return join(
        front,
        f"## 1. エグゼクティブサマリー\n\n{prose(facts)}",
        "## 2. 企業背景と業界位置付け\n\n" + bullets(backgrounds(facts)),
        f"## 3. {facts.uses[0]}を変えた仕組み\n\n" + bullets(facts.uses),
        "## 4. AI導入のタイムライン\n\n" + bullets(f"**{w}**: {n}、{t}" for n, w, t in steps(facts)),
        "## 5. 定量的インパクト\n\n"
        + table(("メトリクス", "改善率"), [(t.name, f"-{t.stated}%") for t in facts.tasks]),
        "## 6. 課題・制限事項・戦略転換\n\n" + labels(issues()),
        "## 7. キーサクセスファクター\n\n" + labels(factors()),
        f"## 結論\n\n{_NOTE}",
        "参考資料\n" + sources(facts),
    )


def _c3(facts: Facts) -> str:
    return (
        "\n\n---\n\n".join(
            (
                f"# Tier 1 生成AI導入事例：{facts.name} - {facts.tool}\n\n## 基本情報\n\n### 企業プロフィール\n"
                + labels(basics(facts))
                + "\n\n### AI導入概要\n"
                + labels(adoption(facts)),
                "## 導入背景と課題\n\n### ビジネス課題\n" + bullets(backgrounds(facts), "1. "),
                f"## 導入内容と実装\n\n### 1. {facts.tool}の統合\n\n**概要**: {prose(facts)}\n\n**機能**:\n"
                + bullets(facts.uses),
                "## 成果と数値効果\n\n" + table(("KPI", "改善前", "改善後", "改善率"), changes(facts)),
                "## ROI分析\n\n### 投資とリターン\n" + labels(costs(facts)),
                "## 導入タイムライン（詳細）\n\n"
                + table(("時期", "実施内容", "成果"), [(w, n, t) for n, w, t in steps(facts)]),
                "## 課題・トラブル・対策\n\n" + table(("課題", "対策"), issues()),
                "## 学習ポイント\n\n" + bullets(lessons(), "1. "),
                "## まとめ\n\n" + _asia_footer(facts),
            )
        )
        + "\n"
    )


def _asia_footer(facts: Facts) -> str:
    pairs = (
        ("Document Generated", facts.written),
        ("Status", "Final"),
        ("Region", "日本"),
        ("Case ID", f"KAKUU-{facts.number:03}"),
    )
    return f"{_NOTE}\n\n" + "\n".join(f"**{label}**: {value}" for label, value in pairs)


def _c3b(facts: Facts) -> str:
    return join(
        f"# Tier 2 生成AI導入事例:{facts.name} - {facts.tool}",
        "## 基本情報\n" + labels(basics(facts)),
        "## AI導入概要\n" + labels(adoption(facts)),
        "## 課題と解決策\n" + bullets(backgrounds(facts)),
        "## 成果と効果\n\n### 定量的効果\n"
        f"- **時間削減**: {facts.tasks[0].name}の時間{facts.tasks[0].stated}%削減"
        f"（従来{facts.tasks[0].before}分/件 → {facts.tasks[0].after}分/件）\n"
        f"- **業務時間**: 月{facts.hours:,}時間の削減\n- {facts.tasks[1].name}を{facts.tasks[1].stated}%短縮",
        "## 実装詳細\n### 利用者の声\n> 書類を探す時間が減り、考える時間が増えた（架空の声）",
        f"## 参照情報\n- **ソース**: {LINK}/{facts.number}\n- **品質スコア**: {facts.score}",
    )


def _c4(facts: Facts) -> str:
    head = (
        ("事例ID", f"{facts.number:03}"),
        *basics(facts)[:2],
        ("導入AI", facts.tool),
        ("導入時期", f"{facts.year}年～"),
    )
    return join(
        "# Tier 1 生成AI導入事例",
        "\n".join(f"**{label}**: {value}" for label, value in head),
        "## ビジネス背景\n\n### 課題定義\n" + bullets(backgrounds(facts)),
        f"## 導入内容\n\n### 主要プロジェクト1: {facts.uses[0]}\n\n**技術構成**:\n- {facts.vendor}の基盤\n\n{prose(facts)}",
        "## 実装詳細\n\n"
        + "\n\n".join(
            f"### フェーズ{i}: {n}（{facts.year + i - 1}年）\n- {t}" for i, (n, _, t) in enumerate(steps(facts), 1)
        ),
        "## KPI・成果指標\n\n"
        + table(
            ("KPI", "目標値", "実績値", "達成度"),
            [(t.name, f"{t.before // 2}分以下", f"{t.after}分", "達成✓") for t in facts.tasks],
        ),
        "## 課題と対策\n\n" + table(("課題", "対策"), issues()),
        "## 学習と今後\n\n" + bullets(outlooks(facts)),
        f"## 参考資料\n\n{sources(facts)}\n\n{_NOTE}",
    )


# --- D to G ----------------------------------------------------------------------------------------------------------


def _d1(facts: Facts) -> str:
    return join(
        f"---\ncase_id: {facts.number}\ncompany_name_ja: {facts.name}\ncompany_name_en: {facts.name_en} (Kakuu)\n"
        f"country: 日本\nindustry: {facts.industry}\nemployees: {facts.employees}\nfounded_year: {facts.founded}\n"
        f"ai_adoption_year: {facts.year}\n---",
        f"# {facts.name} - 生成AI導入事例",
        "## 1. 基本情報\n\n**機関概要**\n" + bullets(f"{label}：{value}" for label, value in basics(facts)),
        f"**組織特性**\n{prose(facts)}",
        "## 2. 導入背景\n\n**導入前の課題**\n" + bullets(backgrounds(facts)),
        f"**予算規模**\n初期投資：約{facts.initial:,}万円\n年間運用費：約{facts.running:,}万円",
        f"## 3. 技術詳細\n\n**使用AIツール/LLM**\n- {facts.tool}\n- {facts.second_tool}",
        "## 4. 実装プロセス\n\n**導入フェーズ**",
        "\n\n".join(f"**フェーズ{i}：{n}（{w}）**\n- {t}" for i, (n, w, t) in enumerate(steps(facts), 1)),
        f"**実装期間**\n- 合計：9ヶ月（{facts.year}年1月-{facts.year}年9月）",
        "## 5. 成果・効果\n\n**定量効果**\n\n" + table(("指標", "導入前", "導入後", "改善率"), changes(facts)),
        f"**ROI**\n- 初期投資回収期間：{facts.payback}ヶ月\n- 年間効果：約{facts.benefit:,}万円相当",
        "## 6. 課題・対策\n\n" + "\n\n".join(f"**{a}**\n- 現場から指摘\n- 対策：{b}" for a, b in issues()),
        "## 7. 将来展望\n\n**拡張計画**\n" + bullets(outlooks(facts)),
        f"## 8. 参考情報\n\n{sources(facts)}\n\n{_NOTE}\n\n**更新日**\n2026年1月8日",
    )


def _e1(facts: Facts) -> str:
    return join(
        f"# {facts.name} 生成AI導入事例",
        "## 基本情報\n\n" + labels(basics(facts)),
        "## AI導入詳細\n\n" + labels(adoption(facts)),
        f"## ビジネス効果\n\n- **時間削減（時間/年）**: 約{facts.hours * 12:,}時間/年（全社）\n"
        f"- **コスト削減（円）**: 約{facts.benefit:,}万円/年\n- **生産性向上率（%）**: 25-35%",
        "## 実装詳細\n\n- **対象業務**:\n" + bullets(facts.uses, "  - ")
        + f"\n\n- **成功レベル**: 高\n- **投資回収期間（月）**: {facts.payback}ヶ月",
        "## 課題と学習\n\n- **課題**:\n" + bullets((a for a, _ in issues()), "  - ")
        + "\n\n- **学んだ教訓**:\n" + bullets(lessons(), "  - "),
        "## 実装パターン\n\n" + bullets(f"**{n}**（{w}）" for n, w, _ in steps(facts)),
        "## 組織体制\n\n- 推進室：8名",
        "## 日本市場適用性\n\n- **適用性**: 高",
        "## 業界への影響\n\n" + bullets(lessons()),
        "## 今後の展望\n\n" + bullets(outlooks(facts)),
        "## 参考資料\n\n" + sources(facts),
        "## 検証日\n\n2026-01-08",
        f"## 品質スコア\n\n{facts.score}/100",
        f"## 備考\n\n{_NOTE}",
    )  # fmt: skip


def _f1(facts: Facts) -> str:
    return "\n\n---\n\n".join(
        (
            f"# {facts.number}. {facts.name} ({facts.name_en})\n\n## 基本情報（8フィールド）\n\n"
            + table(("フィールド", "内容"), [(f"**{label}**", value) for label, value in basics(facts)]),
            "## 導入背景（8フィールド）\n\n### 経営課題\n" + bullets(backgrounds(facts)),
            "## 技術詳細（12フィールド）\n\n### AIツール・モデル\n" + labels(adoption(facts)),
            "## 実装プロセス（8フィールド）\n\n"
            + table(("フェーズ", "期間", "内容"), [(f"**{i}. {n}**", w, t) for i, (n, w, t) in enumerate(steps(facts), 1)]),
            "## 成果・効果（12フィールド）\n\n### 定量効果\n" + labels((a, b) for a, b, _ in effects(facts))
            + "\n\n### ROI・ビジネスインパクト\n" + labels(costs(facts)),
            "## 課題・対策（12フィールド）\n\n### 技術的課題\n" + table(("課題", "対策", "結果"), [(a, b, "改善") for a, b in issues()]),
            f"## 参考資料\n{sources(facts)}\n\n**作成日**: {facts.written} | **Tier**: 1 | **検証**: 架空",
        )
    ) + "\n"  # fmt: skip


def _f2(facts: Facts) -> str:
    return (
        "\n\n---\n\n".join(
            (
                f"# {facts.number}. {facts.name} ({facts.name_en})\n\n## 基本情報\n"
                + "\n".join(f"| {label} | {value} |" for label, value in basics(facts)),
                f"## 導入背景\n- **課題**: {facts.uses[0]}の負担\n- **目的**: {facts.uses[1]}の効率化",
                f"## 技術詳細\n- **主要AI**: {facts.tool}",
                f"## 成果・効果\n- 業務時間の削減：月{facts.hours:,}時間\n- 導入状況：展開中",
                f"## 参考資料\n- 架空の公式資料\n\n**作成日**: {facts.written} | **Tier**: 1 | **検証**: 架空",
            )
        )
        + "\n"
    )


def _g1(facts: Facts) -> str:
    return join(
        f"# {facts.name} AI活用100本ノック - 事例{facts.number:03}",
        f"## 基本情報\n- **case_id**: kakuu_100knock_{facts.number:03}\n- **企業名**: {facts.name}\n"
        f"- **業界**: {facts.industry}\n- **国**: 日本\n- **職種カテゴリ**: エンジニア（架空）",
        f"## AI導入\n- **AIツール**: {facts.tool}\n- **AIベンダー**: {facts.vendor}\n- **導入時期**: {facts.year}-Q4",
        f"## ビジネス効果\n- **時間削減効果**: {facts.tasks[0].name}の時間を{facts.tasks[0].stated}%削減\n- **成功レベル**: 4",
        f"## 実装詳細\n- **解決策**: {facts.uses[0]}の自動化\n- **利用者の声**: 待ち時間が減った",
        f"## 参照情報\n- **ソース**: {LINK}/{facts.number}\n- **品質スコア**: {facts.score}",
    )


def _x1(facts: Facts) -> str:
    return join(
        f"# {facts.name_en} × {facts.tool}: 架空エージェント導入事例",
        f"## Business Profile\n- **Company**: {facts.name_en}\n- **Industry**: {facts.industry}\n- **Country**: Japan\n"
        f"- **Company Size**: {facts.employees:,}+ employees",
        f"## AI Integration Strategy\n- **AI Tool**: {facts.tool}\n- **Vendor**: {facts.vendor}\n- **Use**: document search",
        "## Implementation Timeline\n" + bullets(f"**{facts.year} Q{i}**: step {i}, made up" for i in (1, 2, 3)),
        f"## Financial Impact (Quantified)\n- **Cost savings**: ${facts.benefit // 100}M per year\n"
        f"- **Processing time**: {facts.tasks[0].before} minutes → {facts.tasks[0].after} minutes",
        "## Risks & Challenges\n- Wrong answers: answers show their source",
        f"## Sources & References\n- [Release (made up)]({LINK}/{facts.number}/release)\n\n{_NOTE}",
    )


def _j1(facts: Facts) -> str:
    task = facts.tasks[0]
    fields = {
        "case_id": facts.number,
        "company_name": facts.name,
        "company_name_en": facts.name_en,
        "case_title": f"{facts.tool}による{facts.uses[0]}の見直し（架空）",
        "case_title_en": "A made-up case",
        "industry": facts.industry,
        "ai_model": facts.tool,
        "ai_model_vendor": facts.vendor,
        "project_start_date": f"{facts.year}-{facts.month:02}-01",
        "employee_count": f"{facts.employees:,}+",
        "challenge_statement": "。".join(backgrounds(facts)),
        "challenge_statement_en": "Work by hand took too long.",
        "solution_description": prose(facts),
        "key_outcomes_1": f"時間の削減 - 月{facts.hours:,}時間",
        "key_outcomes_2": f"{task.name} - {task.before}分/件 → {task.after}分/件（{task.stated}%削減）",
        "implementation_approach": "\n".join(f"{i}段階目: {name}" for i, (name, _, _) in enumerate(steps(facts), 1)),
        "success_metrics": [f"{other.name}: {other.stated}%短縮" for other in facts.tasks[1:]],
        "budget_range": f"{facts.initial:,}万円",
        "risks_identified": [issue for issue, _ in issues()],
        "risk_mitigation": issues()[0][1],
        "lessons_learned": list(lessons()),
        "future_roadmap": list(outlooks(facts)),
        "data_sources": [f"{LINK}/{facts.number}/release"],
        "notes": _NOTE,
    }
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def report(names: Sequence[str]) -> str:
    """Return a report about files (dialect I2): no case, though it speaks of cases."""
    return join(
        f"# 生成AI導入事例 進捗レポート（架空、{names[0]}から）",
        "## 概要\n\n- 収録数: 100社（架空）\n- 完了率: 100%",
        "## ファイル一覧\n\n" + bullets(f"`{name}`" for name in names),
        "## 次のステップ\n\n- 検証を続ける\n- " + _NOTE,
    )


# --- several cases in one file ---------------------------------------------------------------------------------------


def _m1(many: Sequence[Facts]) -> str:
    parts = [
        f"## {facts.number:03}_{facts.name}_{facts.uses[0]}_{facts.tool}\n\n**事例ID**: {facts.number:03}\n"
        f"**企業名**: {facts.name}\n**業界**: {facts.industry}\n**導入AI**: {facts.tool}\n**導入時期**: {facts.year}年～\n\n"
        f"### 背景\n{bullets(backgrounds(facts)[:3])}\n\n### AI導入内容\n1. **{facts.uses[0]}**\n   - 検索と要約\n\n"
        f"### 成果指標\n- {facts.tasks[0].name}: {facts.tasks[0].stated}%短縮\n- 投資規模: 年間約{facts.initial:,}万円\n\n"
        f"### 今後の展望\n{bullets(outlooks(facts))}"
        for facts in many
    ]
    return "\n\n---\n\n".join(("# Tier 1 生成AI導入事例（複数企業サマリー、架空）", *parts)) + "\n"


def _m2(many: Sequence[Facts]) -> str:
    parts = [
        f"## {facts.number:03} | {facts.name_en} × {facts.tool}: {facts.uses[0]}\n\n**Profile**:\n"
        f"- Company: {facts.name_en}\n- Industry: {facts.industry}\n- Employees: {facts.employees:,}+\n\n"
        f"**Results**:\n- Cost savings: €{facts.benefit // 100}M\n- Time: {facts.tasks[0].stated}% reduction\n\n"
        f"**Implementation**: {facts.year} Q2, made up"
        for facts in many
    ]
    return "\n\n---\n\n".join(("# Enterprise cases (架空)", *parts)) + "\n"


def _m3(many: Sequence[Facts]) -> str:
    parts = [
        f"## {facts.number:03}. {facts.name} - {facts.uses[0]}\n\n### 基本情報\n- **企業名**: {facts.name}\n"
        f"- **業界**: {facts.industry}\n- **国**: 日本\n\n### 定量的効果\n- 削減時間: 月{facts.hours:,}時間\n"
        f"- ROI: 情報収集中\n\n### 概要\n{prose(facts)}\n\n### 日本適用性スコア\n{facts.score}/100\n\n"
        f"### 参考リンク\n- {LINK}/{facts.number}"
        for facts in many
    ]
    return "\n\n".join(("# 生成AI導入事例 一覧（架空）", *parts)) + "\n"


def _i1(many: Sequence[Facts]) -> str:
    rows = [(str(f.number), f.name, "日本", f.industry, f.tool, f"{f.uses[0]}（月{f.hours:,}時間削減）") for f in many]
    return join(
        f"# Tier 4 インデックス（架空 {many[0].number}-{many[-1].number}）",
        f"架空の事例{len(many)}社の一覧",
        "## インデックス一覧",
        table(("No.", "企業名", "国", "業界", "AIツール", "主な用途"), rows),
        f"---\n\n**作成日**: 2026年1月8日\n**総企業数**: {len(many)}社（架空）",
    )


SINGLE: MappingProxyType[str, tuple[Callable[[Facts], str], float]] = MappingProxyType(
    {
        "A1": (_a1, 40), "A2": (_a2, 4), "A3": (_a3, 2), "A4": (_a4, 1), "B1": (_b1, 5), "B2": (_b2, 1), "B0": (_b0, 1),
        "C1a": (_c1a, 4), "C1b": (_c1b, 4), "C1c": (_c1c, 3), "C1d": (_c1d, 2), "C2": (_c2, 3), "C3": (_c3, 7),
        "C3b": (_c3b, 2), "C4": (_c4, 1), "D1": (_d1, 2), "E1": (_e1, 5), "F1": (_f1, 2), "F2": (_f2, 1), "G1": (_g1, 6),
        "X1": (_x1, 1), "J1": (_j1, 1),
    }
)  # fmt: skip
MANY: MappingProxyType[str, tuple[Callable[[Sequence[Facts]], str], float, int]] = MappingProxyType(
    {"M1": (_m1, 0.4, 5), "M2": (_m2, 0.2, 8), "M3": (_m3, 0.2, 20), "I1": (_i1, 0.2, 30)}
)
