"""The vocabulary of case files, as data: what sections, sub-headings, labels and table headings are called.

A new dialect is mostly new words here. Words are compared without blanks, numbers in front, emoji and trailing brackets
(`6. 導入プロセス（時系列）` is 導入プロセス); see `plain_title` and `plain_label`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from reportkit.base.text import to_half_width

# --- sections: canonical kind -> titles of level-2 headings -----------------------------------------------------------

_SECTION_TITLES = {
    "basic_info": (
        "基本情報 企業概要 機関概要 企業基本情報 企業背景 企業プロフィール ケース概要 BusinessProfile Profile "
        "企業・プロジェクト背景 機関・プロジェクト背景 企業背景と業界位置付け 会社概要 組織概要 企業情報 団体概要 "
        "CompanyProfile CompanyOverview"
    ),
    "summary": (
        "AI導入サマリー エグゼクティブサマリー 概要 AI導入概要 メタバース・AI戦略概要 AIIntegrationStrategy "
        "AI導入 AI導入詳細 サマリー 導入概要 AI導入データ ExecutiveSummary Summary Overview"
    ),
    "quant_effect": (
        "定量的効果 定量効果 定量的な成果 定量的成果 定量的インパクト 成果・効果 成果と効果 成果と数値効果 "
        "成果・KPI KPI・成果指標 ビジネス効果 導入効果・成果 導入効果と成果 成果指標 成果 効果指標 主要KPI "
        "労働時間削減効果 コスト削減効果 ユースケース数と実装率 FinancialAutomationResults FinancialImpact 効果 "
        "収益への影響 導入効果 Results KeyResults KeyMetrics BusinessImpact"
    ),
    "qual_effect": "定性効果 定性的効果 定性的成果 非定量的効果 間接効果・無形資産 間接効果 業績・市場評価への影響",
    "background": (
        "導入背景・課題 導入背景 導入背景と課題 背景 ビジネス背景 実施背景 AI導入の背景・課題 AI/生成AI導入の背景 "
        "導入目的・背景 導入目的 プロジェクト背景 プロジェクト背景と課題"
    ),
    "solution": (
        "ソリューション詳細 AI導入スキーム AI導入スキーム詳細 導入内容 導入内容と実装 導入したAIツール "
        "導入したAIツール・技術 導入したAI技術の詳細 AI/生成AIツール名称 具体的な活用領域 具体的な活用方法・事例 "
        "主な機能・活用方法 主な機能・活用シーン ChatGPT活用シーン AI活用シーン AI導入内容 AI動的価格設定システム "
        "ソリューション 活用内容"
    ),
    "tech_stack": (
        "技術詳細 技術スタック 技術スタック・使用モデル 実装技術とAI活用 技術基盤とAIアーキテクチャ "
        "技術構成・システムアーキテクチャ 技術的な詳細 TechnicalArchitecture AI技術スタック 技術仕様 使用技術 "
        "技術概要"
    ),
    "process": (
        "導入プロセス 実装プロセス 導入フェーズ 導入タイムライン AI導入のタイムライン 導入時期 実装詳細 "
        "実装パターン ImplementationTimeline タイムライン 段階的展開 実装スケジュール"
    ),
    "success_factors": (
        "成功要因分析 成功要因 成功要因と学習 キーサクセスファクター 教訓・ベストプラクティス 学習ポイント "
        "主要な学習ポイント 技術的成功要因 組織的成功要因 ビジネス的成功要因 組織的要因 技術的要因 市場的要因"
    ),
    "issues": (
        "課題・対策 課題と対策 課題と対応 課題と解決策 課題と学習 課題・障壁 課題・リスク・制約事項 "
        "実装の工夫と課題対応 課題・トラブル・対策 課題・制限事項・戦略転換 リスク管理 Risks&Challenges "
        "課題と展望 導入上の課題と対応 技術的課題 組織的課題 直面する課題 対策の実装状況"
    ),
    "cost_roi": (
        "コスト分析 ROI分析 ROI ROI・ビジネスインパクト 投資規模と経済効果 投資規模 投資・コスト 投資額・コスト "
        "投資額 予算規模 期待される経済効果 経済効果 初期投資 コスト 費用 導入コスト 削減コスト 投資額の内訳 "
        "削減コストの内訳 AI導入の投資規模"
    ),
    "organisation": (
        "組織体制 組織体制・推進体制 チーム構成 推進体制 組織変革とカルチャー転換 外部パートナー・協業 "
        "セキュリティ・ガバナンス対策 チーム・ガバナンス 推進組織"
    ),
    "outlook": (
        "今後の展開 今後の展開予定 今後の展望 今後の展望・計画 今後の計画 将来展望 展望・今後の計画 "
        "今後の戦略・展望 学習と今後 FutureRoadmap 今後の展開・ロードマップ 拡張計画 長期戦略 技術ロードマップ "
        "利用目標 展望 ロードマップ FuturePlans NextSteps"
    ),
    "lessons": (
        "他社への示唆 他機関への示唆 他自治体への示唆 業界への影響・示唆 業界への影響 業界への示唆 日本市場適用性 "
        "日本市場適用性評価 日本市場への適用性評価 日本適用性スコア 適用可能な業界・業種 "
        "競合比較・業界での位置づけ 推奨事項 日本企業への示唆 他企業への示唆 学んだ教訓 教訓"
    ),
    "fact_check": (
        "ファクトチェック結果 ファクトチェック 信頼性・品質指標 品質スコア 検証日 補足:データ統計の信頼度 "
        "補足:データ統計の出典と信頼度 確認できた事実 確認できなかった事項 主要数値の検証 未確認情報"
    ),
    "references": (
        "参考リンク 参照リンク 参考資料 参考資料・出典 参考情報 参考情報・出典 出典・参考情報 参照情報 主要ソース "
        "データソース 情報源 参照資料 参照資料とソース Sources&References 参考文献 出典 主要参照記事"
    ),
    "notes": (
        "備考 補足 補足情報 補足資料 付録:データサマリー 分析者コメント 調査者の所見 まとめ 結論 結論と学び メモ "
        "参考データ"
    ),
    # How large a market is says nothing about what was achieved.
    "market": "市場機会 市場規模 MarketOpportunity MarketSize",
    "footer": "更新日 更新履歴 調査実施情報 調査日 ドキュメント情報 作成日",
}
# A title that is none of these is recognised by the words in it; the first line that fits wins.
_SECTION_WORDS = (
    ("fact_check", ("ファクトチェック", "検証結果", "信頼性", "品質スコア", "信頼度")),
    ("references", ("参考リンク", "参考資料", "参考文献", "参照リンク", "出典")),
    ("success_factors", ("成功要因", "サクセスファクター", "ベストプラクティス")),
    ("cost_roi", ("ROI", "投資", "コスト分析", "費用対効果")),
    ("qual_effect", ("定性",)),
    ("quant_effect", ("定量", "KPI", "成果", "導入効果", "ビジネス効果")),
    ("issues", ("課題・", "課題と対", "課題と解決", "リスク")),
    ("outlook", ("今後", "将来", "展望", "ロードマップ")),
    ("lessons", ("示唆", "適用性", "教訓")),
    ("process", ("プロセス", "タイムライン", "フェーズ", "スケジュール")),
    ("tech_stack", ("技術", "アーキテクチャ")),
    ("organisation", ("体制", "ガバナンス", "パートナー")),
    ("background", ("背景", "導入目的")),
    ("solution", ("ソリューション", "導入内容", "活用", "ツール")),
    ("summary", ("サマリー", "AI導入")),
    ("basic_info", ("基本情報", "企業概要")),
    ("notes", ("補足", "付録", "まとめ", "結論")),
    ("lessons", ("Lessons",)),
    ("issues", ("Risks", "Challenges")),
    ("outlook", ("Future", "Roadmap")),
    ("process", ("Timeline", "Phases")),
    ("quant_effect", ("Results", "Impact", "Metrics")),
    ("references", ("Sources", "References")),
    ("tech_stack", ("Technical", "Architecture")),
    ("summary", ("IntegrationStrategy",)),
    ("basic_info", ("Profile",)),
)

# --- sub-headings and bold lines that start something else than their section ---------------------------------------

# Exact titles that mean the same wherever they stand. 課題, 背景, データソース and the like are left to their section.
_SUB_KINDS = (
    "basic_info", "summary", "quant_effect", "qual_effect", "process", "success_factors", "cost_roi", "organisation",
    "outlook", "lessons", "tech_stack", "references", "footer", "fact_check",
)  # fmt: skip
_SUB_EXCEPTIONS = frozenset(
    {
        "概要", "成果", "効果", "コスト", "データソース", "情報源", "出典", "技術仕様", "使用技術", "実装詳細",
        "導入時期", "背景", "組織的要因", "技術的要因", "市場的要因", "成果指標", "参照情報", "検証日", "技術概要",
        "備考", "AI導入",
    }
)  # fmt: skip
_SUB_TITLES = {
    "tools": "使用AIツール/LLM 使用AIツール 導入AIツール AIツール 採用AI AI/生成AIツール名称 AIツール名称",
    "vendors": "パートナー企業 ベンダー AIベンダー 技術パートナー",
    "duration": "実装期間 導入期間 プロジェクト期間",
    "qual_effect": "定性効果 定性的効果 定性的成果",
    "measures": "対策 対応策 対策案 克服方法 軽減策 対応 解決策",
    "voices": "利用者の声",
    "notes": "今後の調査推奨 調査結果",
    "market": "市場機会 市場規模",
    "outlook": "拡張計画 長期戦略 中期戦略 今後の展開",
    "background": "プロジェクト背景 プロジェクト背景と課題 導入前の課題 導入背景",
    "issues": "課題・対策 課題と対策 課題と対応 課題と解決策 導入上の課題と対応 克服した課題",
}
_SUB_WORDS = (("outlook", re.compile(r".*(?:の|年|期)展望")),)

# --- labels: field -> label ------------------------------------------------------------------------------------------

LABELS = {
    "id": "case_id 事例ID CaseID 事例番号",
    "company": (
        "企業名 企業名（日本語） 企業名（日本） 機関名 組織名 自治体名 団体名 会社名 Company CompanyName 社名 学校名 "
        "病院名"
    ),
    "company_en": "企業名（英語） 企業名（英） 英語名 機関名（英語） 英文社名",
    "country": "国 国/地域 国名 Country Region 地域",
    "industry": "業界 業種 種別 カテゴリ 業態 Industry",
    "employees": (
        "従業員数 職員数 教職員数 研究職員数 社員数 CompanySize 従業員 グループ従業員数 連結従業員数 従業員規模 行員数 "
        "Employees"
    ),
    "headquarters": "本社 本社所在地 本部 本部所在地 本所 所在地 本店所在地 Headquarters HQ",
    "founded": "設立年 設立 創業 創業年 設立・制度開始年 創立 設立年月 Founded",
    "tools": (
        "AIツール名 AIツール名称 導入AIツール AIツール AI製品 採用AI 導入AI 主要ツール 主要AI プロダクト名 "
        "AIサービス 使用AI 使用AIツール 利用AI AITool AITools Tool Product"
    ),
    "vendors": "ベンダー AIベンダー 提供企業 AI提供企業 Vendor AIVendor",
    "partners": "協業先 パートナー企業 パートナー 外部パートナー 技術パートナー",
    "start": (
        "導入時期 AI導入時期 AI導入開始年 AI導入年 導入開始日 導入開始 開始時期 宣言時期 AI導入開始時期 "
        "導入開始時期 導入年 AI導入開始日 サービス開始 StartDate LaunchDate Launched Started"
    ),
    "published": "公表日 発表日 公開日 PublicationDate",
    "scope": "対象範囲 対象部門/範囲 対象部門 導入規模 導入範囲 導入対象部門 対象業務 導入対象 対象 Scope",
    "duration": "実装期間 導入期間",
}
FRONT_MATTER = {
    "id": ("case_id", "id", "case_study_id", "case_number"),
    "title": ("case_title", "title"),
    "company": (
        "company_name_ja", "company_name", "company.name", "subject.name_ja", "subject.name", "company", "organization",
    ),
    "company_en": ("company_name_en", "company.name_en", "subject.name_en", "subject.name"),
    "country": ("country", "company_country", "company.country", "subject.country"),
    "industry": ("industry", "company_category", "company.industry", "subject.industry"),
    "employees": ("employees", "company_employees", "company.employees", "subject.employees", "employee_count"),
    "headquarters": ("headquarters", "company.headquarters", "subject.headquarters"),
    "founded": ("founded_year", "company_founded", "company.founded", "subject.founded_year"),
    "tools": (
        "ai_tool", "ai_adoption.ai_tool", "ai_adoption.ai_tool_primary", "ai_tool_primary",
        "ai_adoption.ai_tool_secondary",
        "ai_tool_secondary", "ai_model",
    ),
    "vendors": (
        "ai_vendor", "ai_developer", "vendor", "vendors", "ai_adoption.ai_vendor", "ai_adoption.ai_vendor_primary",
        "ai_adoption.ai_vendor_secondary", "ai_model_vendor",
    ),
    "partners": ("key_partnerships", "partners"),
    "start": (
        "ai_launch_date", "ai_adoption.rollout_start", "ai_adoption_year", "go_live_date",
        "implementation_timeline.phase_1", "adoption_date", "implementation_date", "project_start_date",
    ),
    "published": (
        "announcement_date", "announced_date", "published_date", "publication_date", "quality.published_date",
    ),
    "scope": ("implementation_scope", "ai_adoption.rollout_scope", "ai_adoption.deployment_scope", "scale"),
}  # fmt: skip

# Words that stand where a value should, and mean that there is none.
NO_VALUES = frozenset(
    {
        "-", "‐", "–", "—", "―", "−", "/", "取得不可", "未公表", "非公開", "情報収集中", "不明", "なし", "無し",
        "N/A", "n/a", "NA", "null", "None", "未定", "未確認", "多数", "大規模企業", "数値なし", "調査中", "確認中",
        "－", "ー", "TBD",
    }
)  # fmt: skip

# --- tables: what a column holds, by its heading ---------------------------------------------------------------------

METRIC_COLUMNS = (
    ("target", r"目標値?|KPI目標|計画値"),
    ("actual", r"実績値?|達成値"),
    ("before", r"(?:AI)?導入前|改善前|従来.*|数値前|以前|Before|現状|ベースライン|前"),
    ("after", r"(?:AI)?導入後(?:\(?目標\)?)?|改善後|After|AI|後|適用後"),
    ("change", r".*(?:改善率|改善度|改善値|改善幅|削減率|短縮率|向上率|成長率|増減率?|変化率?|伸び率|増加率|変化)"),
    ("note", r"備考|詳細|ソース|出典|根拠|計算根拠|コメント|説明|検証|注記?|評価|達成度|補足|参照|情報源"),
    (
        "value",
        r"数値|内容|成果|効果|定量指標|金額|指標値|値|結果|推定効果|効果額|スコア|実測値|規模|.*時間.*|.*金額.*|.*額",
    ),
)
PHASE_COLUMNS = (
    ("period", r"時期|期間|日付|年月|スケジュール|日程|年|実施時期"),
    ("name", r"フェーズ|段階|ステップ|イベント|実施内容|工程|マイルストーン|Phase"),
    ("detail", r".*"),
)
ISSUE_COLUMNS = (
    ("issue", r".*課題|.*リスク|問題.*|障壁"),
    ("measure", r".*対策|.*対応策?|対応方法|.*解決策|.*打ち手|軽減策"),
    ("other", r".*"),
)
CHECK_COLUMNS = (
    ("verdict", r"判定|検証状況|検証結果|確度|信頼度|信頼性|評価|ステータス|結果"),
    ("source", r"ソース|根拠|出典|情報源|検証方法|備考|理由"),
    ("item", r"項目|主張|情報|内容|資料|ソース名|確認事項"),
    ("other", r".*"),
)

# --- costs, phases, footers, verdicts --------------------------------------------------------------------------------

COST_LABEL = re.compile(
    r"初期投資|初期費用|導入費用|導入コスト|投資額|投資規模|総投資|運用費|運用コスト|ランニングコスト|年間効果|効果額|回収期間|"
    r"投資回収|ペイバック|^ROI|年間コスト|予算規模|保守・運用"
)
PHASE_TITLE = re.compile(
    r"(?:フェーズ|Phase|ステップ|Step|段階|第)\s*[0-9０-９一二三四五六]+|第?[0-9一二三四五六]+(?:段階|フェーズ|ステップ)目?",
    re.IGNORECASE,
)
ISSUE_TITLE = re.compile(r"(?:課題|リスク|障壁)\s*[0-9０-９]*\s*[：:]\s*(.+)")
FOOTER_LABEL = re.compile(
    r"(?:ドキュメント)?作成日|データソース|Phase|調査担当|調査日|作成者|ステータス|次レビュー予定|次回更新.*|最終更新日?|更新日|"
    r"更新推奨日|バージョン|分類|Tier|検証(?:ステータス)?|信頼度スコア|情報密度|情報確度|情報源|DocumentGenerated|Status|Region|"
    r"UseCase|CaseID|生成日|フォーマット|品質スコア|検証日|調査者注記|注釈|備考|文献|調査者|総企業数|データ対象期間|PICKER|出所"
)
# The first line that fits wins, so that `✅ 部分確認` is partial and `未確認` is not 確認.
VERDICTS: tuple[tuple[str, str], ...] = (
    ("partial", r"部分|PARTIAL|⏳|△|中[～〜~-]高|報道ベース|推定値|計画ベース|一部"),
    ("unconfirmed", r"❌|✗|×|未確認|未検証|取得不可|未公表|非公開|情報収集中|FAIL|UNVERIFIED|不明|低"),
    ("confirmed", r"✅|✓|☑|◎|○|〇|PASS|VERIFIED|確認済|確認|A級|高|数学的に検証可能|^A[+-]?$"),
    ("partial", r"⚠|B級|中|推定|^B[+-]?$|^参考"),
    ("unconfirmed", r"C級|^C[+-]?$|^D$"),
)
NOT_VERIFIED = re.compile(
    r"情報取得不可|未検証|検証されていない|検証していない|拡張生成|取得できませんでした|架空の事例|仮想事例"
)

# `3.`, `第3章`, `③`, `Ⅲ.`, `(3)`, `三、` and `C.` number a heading.
_LEAD = re.compile(
    r"^[^\w(（【①-⑳Ⅰ-ⅻ]*(?:第?[0-9]+(?:[.\-][0-9]+)*(?:[.)、章節]\s*|\s+)|第?[一二三四五六七八九十]{1,3}(?:[、.章節]\s*)"
    r"|[①-⑳]\s*|(?:[Ⅰ-ⅻ]+|[IVX]{1,5}(?=[.)、]))[.)、]?\s*|[(（][0-9]{1,2}[)）]\s*|[A-Z][.)]\s+)?[^\w(（【]*"
)
_WHOLE_BRACKET = re.compile(r"[【\[「『<〈《](.+)[】\]」』>〉》]")
_BRACKETED = re.compile(r"\s*[(（【\[][^()（）【】\[\]]*[)）】\]]\s*$")
_MAX_NAME = 300  # no heading or label that means something is longer
_SPACES = re.compile(r"\s+")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@lru_cache(maxsize=2048)
def plain_title(title: str) -> str:
    """Return a heading without number, emoji, blanks, width and trailing brackets, for comparison."""
    text = _LEAD.sub("", _SPACES.sub(" ", to_half_width(title[:_MAX_NAME]).strip()), count=1)
    if whole := _WHOLE_BRACKET.fullmatch(text):
        text = _LEAD.sub("", whole[1], count=1)
    for _ in range(3):
        shorter = _BRACKETED.sub("", text)
        if shorter == text or not shorter:
            break
        text = shorter
    return _SPACES.sub("", text).rstrip(":")


@lru_cache(maxsize=2048)
def plain_label(label: str) -> str:
    """Return a label without blanks and width; its brackets stay, they tell 企業名（英語） from 企業名."""
    return _SPACES.sub("", to_half_width(label[:_MAX_NAME])).strip(":*").lower()


_SECTIONS = MappingProxyType(
    {plain_title(word).lower(): kind for kind, titles in _SECTION_TITLES.items() for word in _words(titles)}
)
_SUBS = MappingProxyType(
    {
        word: kind
        for word, kind in _SECTIONS.items()
        if kind in _SUB_KINDS and word not in {w.lower() for w in _SUB_EXCEPTIONS}
    }
    | {plain_title(word).lower(): kind for kind, titles in _SUB_TITLES.items() for word in _words(titles)}
)
_FIELDS = MappingProxyType({plain_label(word): field for field, labels in LABELS.items() for word in _words(labels)})


@lru_cache(maxsize=2048)
def section_kind(title: str) -> str:
    """Return the canonical kind of a level-2 heading, "other" when no synonym and no word fits."""
    plain = plain_title(title)
    if kind := _SECTIONS.get(plain.lower()):
        return kind
    return next((kind for kind, words in _SECTION_WORDS if any(word in plain for word in words)), "other")


def is_section_title(title: str) -> bool:
    """Tell whether a heading is exactly what sections of cases are called."""
    return plain_title(title).lower() in _SECTIONS


@lru_cache(maxsize=2048)
def sub_kind(title: str) -> str | None:
    """Return the kind that a sub-heading or bold line starts, None when it only divides its section."""
    plain = plain_title(title)
    return _SUBS.get(plain.lower()) or next((kind for kind, pattern in _SUB_WORDS if pattern.fullmatch(plain)), None)


@lru_cache(maxsize=2048)
def label_field(label: str) -> str | None:
    """Return the field that a label names (`AI ツール` is tools), or None."""
    plain = plain_label(label)
    return _FIELDS.get(plain) or _FIELDS.get(_BRACKETED.sub("", plain))


@lru_cache(maxsize=4096)
def column_role(heading: str, roles: tuple[tuple[str, str], ...]) -> str | None:
    """Return what a column holds by its heading: the first role whose pattern fits all of it."""
    plain = plain_title(heading)
    return next((role for role, pattern in roles if re.fullmatch(pattern, plain, re.IGNORECASE)), None)


def is_no_value(text: str) -> bool:
    """Tell whether a cell or value says that there is no value (`-`, `取得不可`)."""
    return not text or (words := text.strip()) in NO_VALUES or words.startswith(("取得不可", "情報取得不可", "未公表"))
