"""What a made-up case tells: drawn from a seeded generator, so that one number always tells the same case.

In: the number of the case and the seed of the collection. Out: `Facts`. Companies, people and figures are invented
(架空); most figures agree with each other, and a few contradict each other, as in real collections.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_KINDS = ("製作所", "銀行", "商事", "電機", "病院", "大学", "建設", "物流", "食品", "製薬", "放送", "電力", "ソフト")
INDUSTRIES = {
    "製作所": "製造・産業機械",
    "銀行": "金融・銀行業",
    "商事": "小売・流通",
    "電機": "製造・電機",
    "病院": "医療・ヘルスケア全般",
    "大学": "高等教育（大学）",
    "建設": "建設・不動産",
    "物流": "物流・運輸",
    "食品": "食品・飲料",
    "製薬": "医薬品・創薬",
    "放送": "放送・メディア",
    "電力": "エネルギー・インフラ（電力供給）",
    "ソフト": "エンタープライズソフトウェア",
}
_SEATS = ("東京都千代田区", "大阪府大阪市", "愛知県名古屋市", "福岡県福岡市", "北海道札幌市", "宮城県仙台市")
_TOOLS = (
    "架空対話AI",
    "カクウ・アシスト",
    "Kakuu Copilot",
    "架空LLM（業務版）",
    "カクウ文書エージェント",
    "Kakuu Vision",
)
_VENDORS = ("架空クラウド", "カクウ・テクノロジー", "Kakuu AI Inc.", "自社開発（架空研究所）")
_USES = (
    "文書作成",
    "問い合わせ対応",
    "需要予測",
    "検査記録の要約",
    "見積作成",
    "社内規程の検索",
    "議事録作成",
    "設計書の照合",
)
_TASKS = ("稟議書の作成", "点検記録の整理", "問い合わせの一次回答", "見積書の作成", "週次報告の集計", "契約書の照合")


@dataclass(frozen=True, slots=True)
class Task:
    """One task with its minutes before and after, and the reduction as printed (rounded to whole percent)."""

    name: str
    before: int
    after: int
    stated: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one case. Money in 万円, hours a month, minutes of a task; years and months as numbers."""

    number: int
    name: str
    name_en: str
    industry: str
    seat: str
    employees: int
    founded: int
    tool: str
    second_tool: str
    vendor: str
    uses: tuple[str, ...]
    year: int
    month: int
    hours: int
    users: int
    initial: int
    running: int
    benefit: int
    payback: int
    tasks: tuple[Task, ...]
    score: int

    @property
    def start(self) -> str:
        """The month in which the use began, as Japanese sources write it."""
        return f"{self.year}年{self.month}月"

    @property
    def written(self) -> str:
        """The day on which the file says that it was written."""
        return f"2026-01-{self.number % 28 + 1:02}"


def facts_of(number: int, seed: int) -> Facts:
    """Return the facts of the case with that number; the same for the same seed on every machine."""
    draw = Random(seed * 1_000_003 + number)  # noqa: S311 - made-up figures, no secret
    kind = draw.choice(_KINDS)
    employees = draw.choice((85, 420, 1_200, 3_500, 7_800, 12_000, 45_000, 110_000))
    initial = draw.randrange(800, 9_000, 100)
    running = draw.randrange(200, 2_000, 50)
    benefit = running + draw.randrange(1_500, 30_000, 500)
    payback = max(1, round(initial / (benefit - running) * 12))
    tasks = tuple(_task(draw, name) for name in draw.sample(_TASKS, 4))
    return Facts(
        number=number,
        name=f"架空{kind} No.{number}",
        name_en=f"Kakuu Works No.{number}",
        industry=INDUSTRIES[kind],
        seat=draw.choice(_SEATS),
        employees=employees,
        founded=draw.randrange(1890, 2015),
        tool=draw.choice(_TOOLS),
        second_tool=draw.choice(_TOOLS),
        vendor=draw.choice(_VENDORS),
        uses=tuple(draw.sample(_USES, 3)),
        year=draw.randrange(2021, 2026),
        month=draw.randrange(1, 13),
        hours=draw.randrange(300, 40_000, 100),
        users=max(20, employees // draw.choice((1, 2, 5, 10))),
        initial=initial,
        running=running,
        benefit=benefit,
        payback=payback if draw.random() < 0.95 else payback + 14,
        tasks=tasks,
        score=draw.randrange(60, 100),
    )


def _task(draw: Random, name: str) -> Task:
    before = draw.randrange(30, 600, 10)
    after = max(5, before * draw.randrange(10, 80) // 100)
    stated = round((before - after) / before * 100)
    return Task(name, before, after, stated if draw.random() < 0.97 else min(99, stated + 9))
